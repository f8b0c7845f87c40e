/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Applications and their exact clearing.
 *
 * An application asks a market for units (or cents). Markets serve by priority class, then lottery
 * number, then uid, until the first application that does not fit. The result depends on the set of
 * applications alone: not on their order, on lists or on threads.
 */
#ifndef TW_EXCHANGE_APPLICATION_H
#define TW_EXCHANGE_APPLICATION_H

#include <stdint.h>

#include "townward/status.h"

enum { TW_NUM_PRIORITIES = 4 };

typedef struct tw_application {
    uint64_t uid;     /**< household */
    uint64_t lottery; /**< keyed by (uid, market kind, quarter) */
    int64_t units;    /**< > 0 */
    int32_t market;   /**< [0, num_markets), or -1 when it takes no part in this round */
    int32_t block, row;
    int16_t destination, second; /**< zone indices of first and second choice, -1 = none */
    uint8_t priority;            /**< 0 is served first */
    uint8_t reason;              /**< the process's own word for what it asks */
    uint8_t served;              /**< out: 1 when the market served it */
    uint8_t wants;               /**< the process's own flags */
} tw_application;

typedef struct tw_applications {
    int32_t count, max;
    tw_application *row;
} tw_applications;

/** One more application, zeroed, or NULL when memory is short. */
tw_application *tw_applications_add(tw_applications *list);
void tw_applications_free(tw_applications *list);

/** What a market did. */
typedef struct tw_market {
    int64_t capacity; /**< in: units it can give, >= 0 */
    int64_t demand;   /**< out: units asked for */
    int64_t given;    /**< out: units served, <= min(capacity, demand) */
} tw_market;

/**
 * Clears all markets over several lists at once; sets `served` of every application with a market.
 *
 * With single units, given = min(capacity, demand) exactly.
 * @param lists    [num_lists], one per thread; applications with market -1 are left alone
 * @param markets  [num_markets]
 */
TW_MUST_CHECK tw_status tw_markets_clear(tw_applications *lists, int num_lists, tw_market *markets,
                                         int num_markets);

#endif
