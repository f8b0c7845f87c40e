/* SPDX-License-Identifier: Apache-2.0 */
/** Households that settle together, in vectors. */
#include "process/budget/settle.h"

#include <string.h>

#include "base/clones.h"

/* Whole numbers below 2^51 stand in the last bits of a double that begins like this one. */
#define TW_WHOLE 6755399441055744.0 /* 1.5 x 2^52 */

/* The lower half, which has no vector instruction either. */
static inline double lower_half(uint64_t halves)
{
    const double whole = TW_WHOLE;
    uint64_t bits;
    double shifted;
    memcpy(&bits, &whole, sizeof bits);
    bits |= halves & UINT32_MAX;
    memcpy(&shifted, &bits, sizeof shifted);
    return shifted - TW_WHOLE;
}

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

TW_CLONES int tw_settle_many(const tw_budget *budget, const int32_t *restrict first,
                             const int64_t *restrict savings, int32_t count,
                             tw_settling *restrict s)
{
    const double of_more = (double)budget->slope;
    const int32_t most = budget->most_members;
    int64_t beyond = 0;
    for (int32_t i = 0; i < count; i++) {
        const tw_terms terms = s->terms[i];
        const int32_t members = first[i + 1] - first[i];
        const double size = members;
        const double earned = lower_half(s->paid[i]) + terms.own + size * terms.head;
        const double least = size * terms.least, all = earned > least ? earned : least;
        const double consumes = size * terms.consumption + thousandth(thousandth(all) * of_more);
        const int64_t income = to_cents(all), wish = to_cents(consumes);
        const int64_t has = savings[i] + income, consumed = wish < has ? wish : has;
        s->minimum[i] = income - to_cents(earned);
        s->income[i] = income;
        s->consumed[i] = consumed;
        s->savings[i] = has - consumed;
        beyond |= (all >= TW_SETTLE_BOUND) | (consumes >= 2 * TW_SETTLE_BOUND) | (members > most);
    }
    return beyond == 0;
}
