/* SPDX-License-Identifier: Apache-2.0 */
/** Indicators of a world, by area. */
#ifndef TW_COMPARE_FIGURES_H
#define TW_COMPARE_FIGURES_H

#include "process/world.h"
#include "townward/compare.h"

/** The region, its prefectures, its counties; caller owns. */
TW_MUST_CHECK tw_status tw_areas_create(const tw_region *region, tw_compared_area **out,
                                        int32_t *num);
static inline int tw_area_of_county(const tw_region *region, int county)
{
    return 1 + region->num_prefectures + county;
}
static inline int tw_area_of_prefecture(const tw_region *region, int county)
{
    return 1 + region->counties[county].prefecture;
}

/**
 * All indicators of the present moment.
 *
 * @param cents  [num_counties] outlay of all programmes in the year that ends here
 * @param value  out: [TW_NUM_FIGURES][num_areas]; NaN where undefined. Sums over counties in
 *               their order: the same bits for any threads and blocks.
 */
void tw_figures_take(const tw_world *world, int32_t num_areas, const int64_t *cents, double *value);

#endif
