/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The indicators of a region, one row each: sums of the zone table and rates of such sums, by
 * county, prefecture and region. The results are written and observations are read by this list.
 */
#ifndef TOWNWARD_INDICATORS_H
#define TOWNWARD_INDICATORS_H

#ifdef __cplusplus
extern "C" {
#endif

enum { TW_MOST_SUMMED = 6 };

/** Sum of fields of the zone table over the zones of a kind. */
typedef struct tw_indicator_sum {
    int kind;                          /**< TW_RURAL, TW_TOWN, -1 = both */
    const char *field[TW_MOST_SUMMED]; /**< NULL after the last; one named twice counts twice */
} tw_indicator_sum;

typedef struct tw_indicator {
    const char *name, *unit, *sentence;
    double highest; /**< no value lies above; the lowest is 0 */
    int is_flow;    /**< 1: of a quarter; observed over the twelve months up to a date */
    int is_field;   /**< 1: a field of the zone table, which the results hold by zone */
    tw_indicator_sum part, whole; /**< part over whole; no field in `whole`: the part is a count */
} tw_indicator;

int tw_num_indicators(void);
/** Row of an index in [0, tw_num_indicators()): counts, rates, then fields of the zone table. */
tw_indicator tw_indicator_at(int index);
/** Index of a name, or -1. */
int tw_indicator_find(const char *name);

#ifdef __cplusplus
}
#endif
#endif
