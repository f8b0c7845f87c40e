/* SPDX-License-Identifier: Apache-2.0 */
/** Lists of observed values: read from a table, one list laid over another. */
#ifndef TW_REGION_OBSERVATIONS_H
#define TW_REGION_OBSERVATIONS_H

#include "townward/region.h"

/**
 * Reads and checks a table of observations for a region that has been read; everything wrong is
 * reported.
 *
 * @param out  owned by the caller (free); untouched on failure
 * @return OK, BAD_INPUT, IO_FAILED (findings in report), NO_MEMORY
 */
TW_MUST_CHECK tw_status tw_observations_from(tw_region *region, const char *path, tw_report *report,
                                             tw_observation **out, int32_t *num);

/**
 * Adds `more` to a list: a value for the same indicator, area and date replaces the former one. The
 * list is in the order of indicator, kind of area, area, date.
 *
 * @param list  in and out: owned by the caller (free), may be NULL
 * @return OK, NO_MEMORY
 */
TW_MUST_CHECK tw_status tw_observations_lay(tw_observation **list, int32_t *num,
                                            const tw_observation *more, int32_t num_more);

/** Name of the area: "region", or that of a prefecture or county. */
const char *tw_observation_area(const tw_region *region, const tw_observation *observation);

#endif
