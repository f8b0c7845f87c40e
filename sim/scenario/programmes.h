/* SPDX-License-Identifier: Apache-2.0 */
/** Programmes of levers out of entries `levers.GROUP.LEVER.NAME.KEY`. */
#ifndef TW_SCENARIO_PROGRAMMES_H
#define TW_SCENARIO_PROGRAMMES_H

#include "scenario/entries.h"
#include "townward/levers.h"

/** Whether a path is one of the groups above programmes: "levers.housing". */
int tw_lever_is_group(const char *path);

/** Reports costs of the region's table that are of no lever. */
void tw_lever_costs_check(const tw_region *region, tw_report *report);

/**
 * Reads every programme and checks it; marks the entries it took as used.
 *
 * @param region    may be NULL when it could not be read: places are then not checked
 * @param out       [*num] owned by the caller (tw_programmes_free)
 */
TW_MUST_CHECK tw_status tw_programmes_read(tw_entries *entries, const tw_region *region,
                                           tw_report *report, tw_programme **out, int *num);
void tw_programmes_free(tw_programme *programmes, int num);

#endif
