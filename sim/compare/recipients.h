/* SPDX-License-Identifier: Apache-2.0 */
/** Whoever was granted something by a programme. */
#ifndef TW_COMPARE_RECIPIENTS_H
#define TW_COMPARE_RECIPIENTS_H

#include "compare/roll.h"

typedef struct tw_granted_set {
    uint8_t *start;   /**< [roll->num] 1 = person of the start who received a grant */
    int64_t num, max; /**< of `later` */
    uint64_t *later;  /**< uids of others, with repetitions until they are counted */
} tw_granted_set;

TW_MUST_CHECK tw_status tw_granted_set_create(const tw_roll *roll, tw_granted_set *out);
void tw_granted_set_free(tw_granted_set *set);
void tw_granted_set_clear(const tw_roll *roll, tw_granted_set *set);
TW_MUST_CHECK tw_status tw_granted_set_add(const tw_roll *roll, uint64_t uid, tw_granted_set *set);

/** Counts the recipients in both sightings, which have their tables. Sorts the set. */
tw_recipients tw_granted_set_count(const tw_roll *roll, const tw_sighting *base,
                                   const tw_sighting *alternative, tw_granted_set *set);

#endif
