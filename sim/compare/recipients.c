/* SPDX-License-Identifier: Apache-2.0 */
/** Recipients by place. */
#include "compare/recipients.h"

#include <stdlib.h>

#include "compare/classes.h"

void tw_granted_set_free(tw_granted_set *set)
{
    free(set->granted);
    memset(set, 0, sizeof *set);
}

void tw_granted_set_clear(tw_granted_set *set)
{
    set->extent.num = 0;
}

tw_status tw_granted_set_add(tw_roll *roll, uint64_t uid, tw_granted_set *set)
{
    int64_t place;
    if (tw_roll_add(roll, uid, &place) != TW_OK) {
        return TW_NO_MEMORY;
    }
    uint8_t *granted = tw_roll_fit(roll, set->granted, sizeof(*set->granted), 0, &set->extent);
    if (granted == NULL) {
        return TW_NO_MEMORY;
    }
    set->granted = granted;
    granted[place] = 1;
    return TW_OK;
}

static void count_one(tw_recipients *counts, int base, int alternative)
{
    counts->ever++;
    if (base >= 0 && alternative >= 0) {
        counts->both++;
        counts->same_place += tw_class_of(base, alternative) == TW_CLASS_always;
    }
}

tw_recipients tw_granted_set_count(const tw_sighting *base, const tw_sighting *alternative,
                                   const tw_granted_set *set)
{
    tw_recipients counts = {0, 0, 0};
    for (int64_t i = 0; i < set->extent.num; i++) {
        if (set->granted[i]) {
            count_one(&counts, base->zone[i], alternative->zone[i]);
        }
    }
    return counts;
}
