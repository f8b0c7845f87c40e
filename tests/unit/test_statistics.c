/* SPDX-License-Identifier: Apache-2.0 */
/** Student's t, paired and unpaired errors, Fieller's interval, against published or own sums. */
#include "compare/statistics.h"

#include "test.h"

/* Published quantiles 0.975. */
static void student_t_is_as_published(void)
{
    CHECK_NEAR(tw_student_95(1), 12.7062, 5e-5);
    CHECK_NEAR(tw_student_95(3), 3.1824, 5e-5);
    CHECK_NEAR(tw_student_95(30), 2.0423, 5e-5);
    CHECK_NEAR(tw_student_95(31), 2.0395, 5e-5);
    CHECK_NEAR(tw_student_95(40), 2.0211, 5e-5);
    CHECK_NEAR(tw_student_95(100), 1.9840, 5e-5);
    CHECK_NEAR(tw_student_95(1000), 1.9623, 5e-5);
}

static void pairs_take_out_what_is_common(void)
{
    const double base[4] = {10, 20, 30, 40}, other[4] = {11, 21.2, 30.8, 41};
    const tw_difference row = tw_difference_make(base, other, 4);
    CHECK_NEAR(row.mean, 1, 1e-12);
    CHECK_NEAR(row.error, sqrt(0.08 / 3 / 4), 1e-12);
    CHECK_NEAR(row.high - row.mean, 3.1824463 * row.error, 1e-9);
    CHECK_NEAR(row.mean - row.low, row.high - row.mean, 1e-12);
    CHECK(row.unpaired > 50 * row.error);
}

static void one_pair_has_no_error(void)
{
    const double base[1] = {1}, other[1] = {3};
    const tw_difference row = tw_difference_make(base, other, 1);
    CHECK(row.mean == 2 && isnan(row.error) && isnan(row.low) && isnan(row.unpaired));
    const tw_ratio ratio = tw_ratio_make(base, other, 1);
    CHECK_NEAR(ratio.value, 1.0 / 3, 1e-15);
    CHECK(isnan(ratio.error) && isnan(ratio.low));
}

/* The ends of Fieller's interval are those ratios q for which cost - q effect is t errors from 0.
 */
static void fieller_ends_are_just_distinguishable(void)
{
    const double cost[5] = {100, 104, 98, 101, 97}, effect[5] = {10, 11, 9, 10.5, 9.7};
    const tw_ratio ratio = tw_ratio_make(cost, effect, 5);
    const double end[2] = {ratio.low, ratio.high};
    CHECK(ratio.low < ratio.value && ratio.value < ratio.high && ratio.error > 0);
    for (int i = 0; i < 2; i++) {
        double rest[5];
        for (int r = 0; r < 5; r++) {
            rest[r] = cost[r] - end[i] * effect[r];
        }
        CHECK_NEAR(fabs(tw_mean_of(rest, 5)) / tw_error_of(rest, 5), tw_student_95(4), 1e-6);
    }
}

static void an_effect_near_zero_has_no_cost(void)
{
    const double cost[3] = {100, 100, 100}, effect[3] = {-1, 0, 2};
    const tw_ratio ratio = tw_ratio_make(cost, effect, 3);
    CHECK(isnan(ratio.value) && isnan(ratio.error) && isnan(ratio.low) && isnan(ratio.high));
}

int main(void)
{
    RUN(student_t_is_as_published);
    RUN(pairs_take_out_what_is_common);
    RUN(one_pair_has_no_error);
    RUN(fieller_ends_are_just_distinguishable);
    RUN(an_effect_near_zero_has_no_cost);
    return REPORT();
}
