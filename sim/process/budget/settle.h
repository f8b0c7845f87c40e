/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Households that settle together, in vectors. Amounts are whole cents in doubles: as long as
 * none of them reaches TW_SETTLE_BOUND, every sum and product is a whole number below 2^53 and
 * therefore exact, and every quotient rounded down is that of integers.
 */
#ifndef TW_PROCESS_BUDGET_SETTLE_H
#define TW_PROCESS_BUDGET_SETTLE_H

#include <stdint.h>

enum { TW_SETTLE_MOST = 64 /**< households at once */ };

/** No income of a quarter reaches it in cents: 21 million yuan. */
#define TW_SETTLE_BOUND 2147483647.0

/** Columns of households. Of amounts in cents none is negative. */
typedef struct tw_settling {
    double own[TW_SETTLE_MOST];         /**< income that the number of members does not change */
    double head[TW_SETTLE_MOST];        /**< more of it for each member */
    double least[TW_SETTLE_MOST];       /**< minimum living allowance for each member */
    double consumption[TW_SETTLE_MOST]; /**< for each member, of whatever income */
    int64_t minimum[TW_SETTLE_MOST];    /**< out: what is missing to the minimum */
    int64_t income[TW_SETTLE_MOST];     /**< out: all that comes in, with it */
    int64_t consumed[TW_SETTLE_MOST];   /**< out: at most what they have */
    int64_t savings[TW_SETTLE_MOST];    /**< out: what is left */
} tw_settling;

/**
 * Income, consumption and new savings of `count` households.
 *
 * @param slope    consumed of one more yuan of income, millionths, 0 to a million
 * @param first    [count + 1] rows of their first persons
 * @param savings  [count] before
 * @return 1, or 0 when an amount reaches its bound: then nothing of what is out is valid
 */
int tw_settle_many(int64_t slope, const int32_t *first, const int64_t *savings, int32_t count,
                   tw_settling *settling);

#endif
