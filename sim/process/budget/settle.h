/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Households that settle together, in vectors. Amounts are whole cents in doubles: as long as
 * none of them reaches TW_SETTLE_BOUND, every sum and product is a whole number below 2^53 and
 * therefore exact, and every quotient rounded down is that of integers.
 */
#ifndef TW_PROCESS_BUDGET_SETTLE_H
#define TW_PROCESS_BUDGET_SETTLE_H

#include "process/world.h"

enum { TW_SETTLE_MOST = 64 /**< households at once */ };

/** No income of a quarter reaches it in cents: 21 million yuan. */
#define TW_SETTLE_BOUND 2147483647.0

/** Columns of households. */
typedef struct tw_settling {
    uint64_t
        paid[TW_SETTLE_MOST]; /**< what the members earn: cents, and in the upper half others */
    tw_terms terms[TW_SETTLE_MOST];   /**< no amount is negative */
    int64_t minimum[TW_SETTLE_MOST];  /**< out: what is missing to the minimum */
    int64_t income[TW_SETTLE_MOST];   /**< out: all that comes in, with it */
    int64_t consumed[TW_SETTLE_MOST]; /**< out: at most what they have */
    int64_t savings[TW_SETTLE_MOST];  /**< out: what is left */
} tw_settling;

/**
 * Income, consumption and new savings of `count` households, by what budget->slope and
 * budget->most_members tell.
 *
 * @param first    [count + 1] rows of their first persons
 * @param savings  [count] before
 * @return 1, or 0 when an amount or a household reaches its bound: then nothing of what is out is
 *         valid
 */
int tw_settle_many(const tw_budget *budget, const int32_t *first, const int64_t *savings,
                   int32_t count, tw_settling *settling);

#endif
