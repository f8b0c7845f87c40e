/* SPDX-License-Identifier: Apache-2.0 */
/** Households that settle together, in vectors. */
#include "process/budget/settle.h"

#include <string.h>

#include "base/clones.h"

/* Whole numbers below 2^51 stand in the last bits of a double that begins like this one. */
#define TW_WHOLE 6755399441055744.0 /* 1.5 x 2^52 */

/* (int64_t)cents, which has no vector instruction, of a whole number below 2^51. */
static inline int64_t to_cents(double cents)
{
    const double whole = TW_WHOLE, shifted = cents + TW_WHOLE;
    int64_t bits, base;
    memcpy(&bits, &shifted, sizeof bits);
    memcpy(&base, &whole, sizeof base);
    return bits - base;
}

/* Thousandths, rounded down, of a whole amount below 2^42: what is left over is 0 to 0.999, so that
 * the nearest number to a little less than a half below is that, and errors of 2^-19 change none.
 */
static inline double thousandth(double amount)
{
    return amount * 0.001 - 0.4995 + TW_WHOLE - TW_WHOLE;
}

TW_CLONES int tw_settle_many(int64_t slope, const int32_t *restrict first,
                             const int64_t *restrict savings, int32_t count,
                             tw_settling *restrict s)
{
    const double of_more = (double)slope;
    int64_t beyond = 0;
    for (int32_t i = 0; i < count; i++) {
        const double size = first[i + 1] - first[i], earned = s->own[i] + size * s->head[i];
        const double least = size * s->least[i], all = earned > least ? earned : least;
        const double consumes = size * s->consumption[i] + thousandth(thousandth(all) * of_more);
        const int64_t income = to_cents(all), wish = to_cents(consumes);
        const int64_t has = savings[i] + income, consumed = wish < has ? wish : has;
        s->minimum[i] = income - to_cents(earned);
        s->income[i] = income;
        s->consumed[i] = consumed;
        s->savings[i] = has - consumed;
        beyond |= (all >= TW_SETTLE_BOUND) | (consumes >= 2 * TW_SETTLE_BOUND);
    }
    return beyond == 0;
}
