/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Households that can take others in, and households that ask.
 *
 * A household that joins another one names itself and its kin; households drawn as possible hosts
 * name themselves. Who has no kin is taken in by the host of the zone with the smallest keyed score
 * of the pair, so that one more of either alters one choice and no other.
 */
#ifndef TW_EXCHANGE_HOSTS_H
#define TW_EXCHANGE_HOSTS_H

#include "base/draw.h"
#include "population/block.h"

/** A household that names itself. */
typedef struct tw_host {
    uint64_t uid;
    uint64_t kin; /**< of one that asks: household of its kin, 0 = none */
    tw_place place;
    int16_t zone;
    uint8_t reason; /**< the process's own word for why it asks */
} tw_host;

typedef struct tw_host_list {
    int32_t count, max;
    tw_host *row;
} tw_host_list;

TW_MUST_CHECK tw_status tw_host_list_add(tw_host_list *list, const tw_host *host);
TW_MUST_CHECK tw_status tw_host_list_join(tw_host_list *list, const tw_host_list *part);
void tw_host_list_free(tw_host_list *list);
/** Sorts by zone, then uid: the order that tw_host_best needs. */
void tw_host_list_sort_by_zone(tw_host_list *list);
/** Sorts by uid. */
void tw_host_list_sort(tw_host_list *list);

/**
 * The host of the zone with the smallest score, or NULL when there is none but itself.
 *
 * @param hosts  sorted by zone
 * Draws: HOST_PAIR, key = uid of the household that asks mixed with the host's.
 */
const tw_host *tw_host_best(const tw_host_list *hosts, const tw_host *asking, tw_key key,
                            int32_t quarter);

#endif
