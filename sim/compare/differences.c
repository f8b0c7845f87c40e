/* SPDX-License-Identifier: Apache-2.0 */
/** Differences, costs and deadweight of a comparison, from its values by replicate. */
#include <math.h>
#include <stdlib.h>

#include "compare/statistics.h"

static void gather(const tw_comparison *of, int scenario, int year, int indicator, int area,
                   double *out)
{
    for (int r = 0; r < of->num_replicates; r++) {
        out[r] = tw_compared_value(of, scenario, r, year, indicator, area);
    }
}

static tw_difference unknown_difference(void)
{
    return (tw_difference){NAN, NAN, NAN, NAN, NAN, NAN, NAN};
}

tw_difference tw_difference_of(const tw_comparison *of, int alternative, int year, int indicator,
                               int area)
{
    tw_difference out = unknown_difference();
    double *value = malloc(2 * (size_t)of->num_replicates * sizeof(*value));
    if (value != NULL) {
        gather(of, 0, year, indicator, area, value);
        gather(of, alternative + 1, year, indicator, area, value + of->num_replicates);
        out = tw_difference_make(value, value + of->num_replicates, of->num_replicates);
    }
    free(value);
    return out;
}

/* Yuan of all programmes of a scenario up to the horizon. */
static double spent_until_horizon(const tw_comparison *of, int scenario, int replicate)
{
    int64_t cents = 0;
    for (int y = 0; y <= of->horizon; y++) {
        cents += of->spent[tw_moment_of(of, scenario, replicate, y)];
    }
    return (double)cents / 100;
}

tw_ratio tw_cost_per(const tw_comparison *of, int alternative, int indicator)
{
    const int num = of->num_replicates;
    tw_ratio out = {NAN, NAN, NAN, NAN};
    double *cost = malloc(2 * (size_t)num * sizeof(*cost)), *effect = cost + num;
    for (int r = 0; r < num && cost != NULL; r++) {
        cost[r] = spent_until_horizon(of, alternative + 1, r) - spent_until_horizon(of, 0, r);
        effect[r] = tw_compared_value(of, alternative + 1, r, of->horizon, indicator, 0) -
                    tw_compared_value(of, 0, r, of->horizon, indicator, 0);
    }
    if (cost != NULL) {
        out = tw_ratio_make(cost, effect, num);
    }
    free(cost);
    return out;
}

tw_difference tw_spent_of(const tw_comparison *of, int alternative)
{
    const int num = of->num_replicates;
    tw_difference out = unknown_difference();
    double *value = malloc(2 * (size_t)num * sizeof(*value));
    for (int r = 0; r < num && value != NULL; r++) {
        value[r] = spent_until_horizon(of, 0, r);
        value[num + r] = spent_until_horizon(of, alternative + 1, r);
    }
    if (value != NULL) {
        out = tw_difference_make(value, value + num, num);
    }
    free(value);
    return out;
}

tw_difference tw_deadweight_of(const tw_comparison *of, int programme)
{
    const int num = of->num_replicates;
    tw_difference out = unknown_difference();
    double *value = calloc(2 * (size_t)num, sizeof(*value));
    int known = value != NULL && tw_is_grant(of, programme);
    for (int r = 0; r < num && known; r++) {
        const tw_recipients *row = &of->recipients[programme * num + r];
        known = row->both > 0;
        value[num + r] = known ? (double)row->same_place / (double)row->both : 0;
    }
    if (known) {
        out = tw_difference_make(value, value + num, num);
    }
    free(value);
    return out;
}
