/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Who finds whom: men and women of one list are paired by the score of the pair.
 *
 * The score of a pair is keyed by both uids and worsens with the distance of the ages from the
 * usual one. Two who are each other's best are paired, then the best among those left, and so on:
 * the one stable pairing of symmetric scores. It does not depend on the order of the lists, and one
 * more seeker alters one chain of choices, not the whole queue.
 */
#ifndef TW_EXCHANGE_PAIRING_H
#define TW_EXCHANGE_PAIRING_H

#include "base/draw.h"
#include "population/block.h"

/** A person who looks for a partner in this quarter. */
typedef struct tw_seeker {
    uint64_t uid, kin_uid;
    uint64_t household_uid;
    tw_place place;             /**< the household */
    int32_t person;             /**< row */
    int32_t prefecture, county; /**< of residence */
    int16_t birth;              /**< quarter */
    uint8_t sex;
    uint8_t paired;
} tw_seeker;

typedef struct tw_seekers {
    int32_t count, max;
    tw_seeker *row;
} tw_seekers;

TW_MUST_CHECK tw_status tw_seekers_add(tw_seekers *list, const tw_seeker *seeker);
void tw_seekers_free(tw_seekers *list);

/** Ages that go together, in quarters. */
typedef struct tw_age_window {
    int32_t man_older, man_younger; /**< at most, >= 0 */
    int32_t usual;                  /**< by which the man is usually older */
} tw_age_window;

/** A pair: indices into a list of seekers. */
typedef struct tw_pair {
    int32_t man, woman;
} tw_pair;

/**
 * Pairs the seekers of a list within rings: first within counties, then within prefectures, then in
 * the whole region.
 *
 * @param list       sorted here; `paired` is set
 * @param pair       out: [list->count / 2 + 1]; caller owns. Ordered by ring, then by rounds: an
 *                   order that follows from the set of seekers alone
 * @param num_pairs  out
 *
 * Draws: PARTNER_PAIR, one per quarter, mixed with both uids. Runs in parallel over counties; the
 * result does not depend on the number of threads.
 */
TW_MUST_CHECK tw_status tw_seekers_pair(tw_seekers *list, tw_key key, int32_t quarter,
                                        const tw_age_window *window, int num_threads, tw_pair *pair,
                                        int32_t *num_pairs);

#endif
