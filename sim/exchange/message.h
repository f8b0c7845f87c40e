/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What households say to each other across blocks: hosts offer, orphans ask, persons move.
 *
 * An orphaned household names itself; households drawn as possible hosts name themselves; every
 * orphaned household goes to the host of its zone with the smallest keyed score of the pair, so
 * that one more orphan or host alters one choice and no other.
 */
#ifndef TW_EXCHANGE_MESSAGE_H
#define TW_EXCHANGE_MESSAGE_H

#include "base/draw.h"
#include "population/block.h"

/** A household that names itself: where it is found. */
typedef struct tw_host {
    uint64_t uid;
    int32_t block;
    int32_t zone;
} tw_host;

typedef struct tw_host_list {
    int32_t count, max;
    tw_host *row;
} tw_host_list;

TW_MUST_CHECK tw_status tw_host_list_add(tw_host_list *list, tw_host host);
void tw_host_list_free(tw_host_list *list);

/** "The persons of this household move to that one." */
typedef struct tw_message {
    tw_host from, to;
} tw_message;

/**
 * Pairs orphaned households with hosts of their zone.
 *
 * @param hosts, orphans  any order; both are sorted in place
 * @param message         out: [orphans->count]; ordered by uid of the orphaned household
 * @return number of messages: an orphan without any host in its zone gets none
 *
 * Draws: HOST_PAIR, key = uid of the orphaned household mixed with the host's.
 */
int32_t tw_match_hosts(tw_key key, int32_t quarter, tw_host_list *hosts, tw_host_list *orphans,
                       tw_message *message);

/**
 * Delivers the messages: persons leave one household, which ends, and join the other as its last
 * members, in the order of the messages. Not for parallel use.
 * @param delivered  out: [zones], persons added per zone; may be NULL
 */
TW_MUST_CHECK tw_status tw_messages_deliver(tw_population *population, const tw_message *message,
                                            int32_t num_messages, tw_block *scratch,
                                            int64_t *delivered);

#endif
