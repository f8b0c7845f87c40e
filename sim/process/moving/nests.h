/* SPDX-License-Identifier: Apache-2.0 */
/** Nests of places: own village, county towns, cities with the capital. */
#ifndef TW_PROCESS_MOVING_NESTS_H
#define TW_PROCESS_MOVING_NESTS_H

#include "townward/region.h"

typedef enum tw_nest {
    TW_NEST_VILLAGE,
    TW_NEST_COUNTY_TOWNS,
    TW_NEST_CITIES,
    TW_NUM_NESTS
} tw_nest;

static inline tw_nest tw_nest_of(tw_tier tier)
{
    return tier == TW_COUNTY_TOWN ? TW_NEST_COUNTY_TOWNS : TW_NEST_CITIES;
}

#endif
