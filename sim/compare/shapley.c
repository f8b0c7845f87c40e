/* SPDX-License-Identifier: Apache-2.0 */
/** Shapley values, and parts rounded to their sum. */
#include "compare/shapley.h"

#include <math.h>

#include "base/assert.h"

static int members(unsigned coalition)
{
    int num = 0;
    for (; coalition != 0; coalition &= coalition - 1) {
        num++;
    }
    return num;
}

/* Share of the orders in which exactly `before` given players of `num` come before a given one. */
static double weight(int before, int num)
{
    double orders = num;
    for (int i = 1; i <= before; i++) {
        orders *= (double)(num - i) / i; /* num times the coalitions of that size */
    }
    return 1 / orders;
}

void tw_shapley(const double *value, int num, double *share)
{
    for (int player = 0; player < num; player++) {
        const unsigned bit = 1u << player;
        share[player] = 0;
        for (unsigned coalition = 0; coalition < 1u << num; coalition++) {
            if (!(coalition & bit)) {
                share[player] +=
                    weight(members(coalition), num) * (value[coalition | bit] - value[coalition]);
            }
        }
    }
}

void tw_round_parts(double *value, int num, double total, double unit)
{
    enum { MOST = 64 };
    double rest[MOST], sum = 0;
    tw_assert(num <= MOST);
    for (int i = 0; i < num; i++) {
        const double units = floor(value[i] / unit);
        rest[i] = value[i] / unit - units;
        value[i] = units;
        sum += units;
    }
    for (double missing = floor(total / unit + 0.5) - sum; missing > 0.5 && num > 0; missing--) {
        int most = 0;
        for (int i = 1; i < num; i++) {
            most = rest[i] > rest[most] ? i : most;
        }
        value[most] += 1;
        rest[most] -= 1;
    }
    for (int i = 0; i < num; i++) {
        value[i] *= unit;
    }
}
