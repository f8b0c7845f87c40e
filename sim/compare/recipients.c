/* SPDX-License-Identifier: Apache-2.0 */
/** A byte for each person of the start, and a list of the others. */
#include "compare/recipients.h"

#include <stdlib.h>

#include "compare/classes.h"

tw_status tw_granted_set_create(const tw_roll *roll, tw_granted_set *out)
{
    *out = (tw_granted_set){.start = calloc((size_t)roll->num + 1, 1)};
    return out->start == NULL ? TW_NO_MEMORY : TW_OK;
}

void tw_granted_set_free(tw_granted_set *set)
{
    free(set->start);
    free(set->later);
    memset(set, 0, sizeof *set);
}

void tw_granted_set_clear(const tw_roll *roll, tw_granted_set *set)
{
    memset(set->start, 0, (size_t)roll->num);
    set->num = 0;
}

tw_status tw_granted_set_add(const tw_roll *roll, uint64_t uid, tw_granted_set *set)
{
    int32_t hint = 0;
    const int64_t place = tw_roll_find(roll, uid, &hint);
    if (place >= 0) {
        set->start[place] = 1;
        return TW_OK;
    }
    if (set->num == set->max) {
        const int64_t grown = 2 * set->max + 1024;
        uint64_t *later = realloc(set->later, (size_t)grown * sizeof(*later));
        if (later == NULL) {
            return TW_NO_MEMORY;
        }
        set->later = later;
        set->max = grown;
    }
    set->later[set->num++] = uid;
    return TW_OK;
}

static int compare_uids(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static void count_one(tw_recipients *counts, int base, int alternative)
{
    counts->ever++;
    if (base >= 0 && alternative >= 0) {
        counts->both++;
        counts->same_place += tw_class_of(base, alternative) == TW_CLASS_always;
    }
}

tw_recipients tw_granted_set_count(const tw_roll *roll, const tw_sighting *base,
                                   const tw_sighting *alternative, tw_granted_set *set)
{
    tw_recipients counts = {0, 0, 0};
    for (int64_t i = 0; i < roll->num; i++) {
        if (set->start[i]) {
            count_one(&counts, base->zone[i], alternative->zone[i]);
        }
    }
    if (set->num > 0) {
        qsort(set->later, (size_t)set->num, sizeof(*set->later), compare_uids);
    }
    for (int64_t i = 0; i < set->num; i++) {
        if (i > 0 && set->later[i] == set->later[i - 1]) {
            continue;
        }
        const tw_later *before = tw_sighting_find(base, set->later[i]);
        const tw_later *after = tw_sighting_find(alternative, set->later[i]);
        count_one(&counts, before == NULL ? -1 : before->zone, after == NULL ? -1 : after->zone);
    }
    return counts;
}
