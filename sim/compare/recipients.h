/* SPDX-License-Identifier: Apache-2.0 */
/** Whoever was granted something by a programme. */
#ifndef TW_COMPARE_RECIPIENTS_H
#define TW_COMPARE_RECIPIENTS_H

#include "compare/roll.h"

/** A byte for each place of the roll. */
typedef struct tw_granted_set {
    tw_extent extent;
    uint8_t *granted; /**< [extent.num] 1 = received a grant */
} tw_granted_set;

void tw_granted_set_free(tw_granted_set *set);
void tw_granted_set_clear(tw_granted_set *set);
/** Notes a recipient, who gets a place if it has none. @return OK or NO_MEMORY */
TW_MUST_CHECK tw_status tw_granted_set_add(tw_roll *roll, uint64_t uid, tw_granted_set *set);

/** Counts the recipients in both sightings, which have room for all places. */
tw_recipients tw_granted_set_count(const tw_sighting *base, const tw_sighting *alternative,
                                   const tw_granted_set *set);

#endif
