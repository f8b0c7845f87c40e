/* SPDX-License-Identifier: Apache-2.0 */
/** Persons of two sightings of one moment, put into classes and counted. */
#ifndef TW_COMPARE_CLASSES_H
#define TW_COMPARE_CLASSES_H

#include "compare/roll.h"

/** Class of a person by its zone in the base and in the alternative; -1 = not there, not both. */
static inline tw_class tw_class_of(int base, int alternative)
{
    if (base < 0) {
        return TW_CLASS_only_alternative;
    }
    if (alternative < 0) {
        return TW_CLASS_only_base;
    }
    const int town = base & TW_TOWN, town_then = alternative & TW_TOWN;
    if (town && town_then) {
        return base == alternative ? TW_CLASS_always : TW_CLASS_redirected;
    }
    return town_then ? TW_CLASS_induced : town ? TW_CLASS_deterred : TW_CLASS_never;
}

/** Persons of the sample, by county. */
typedef struct tw_class_counts {
    int32_t num_counties;
    int64_t *persons;   /**< [class][start][county] */
    int64_t *only_town; /**< [base, alternative][county] */
    int64_t *flow;      /**< [always..deterred][county of the start][county of the town] */
    int64_t broken[TW_NUM_BREAKDOWNS][TW_NUM_CLASSES][TW_BREAKDOWN_CLASSES];
} tw_class_counts;

/** Classes with flows: always, redirected, induced, deterred. */
enum { TW_FLOW_CLASSES = TW_CLASS_deterred + 1 };

TW_MUST_CHECK tw_status tw_class_counts_create(int32_t num_counties, tw_class_counts *out);
void tw_class_counts_free(tw_class_counts *counts);

/**
 * Counts everybody who is in either sighting, which have room for all places.
 * @param breakdowns  nonzero: `broken` is counted too, else it stays at zero
 */
TW_MUST_CHECK tw_status tw_classes_count(const tw_roll *roll, const tw_sighting *base,
                                         const tw_sighting *alternative, int breakdowns,
                                         int num_threads, tw_class_counts *out);

#endif
