/* SPDX-License-Identifier: Apache-2.0 */
/** The search for the cheapest point, on functions whose answer is known. */
#include "compare/reach.h"

#include "test.h"

/* Value x + y, cost x^2 + 3 y^2: of all with x + y = c the cheapest is x = 3c/4, y = c/4. */
static tw_status bowl(void *context, const double *x, tw_outcome *out)
{
    int *calls = context;
    ++*calls;
    *out = (tw_outcome){x[0] + x[1], x[0] * x[0] + 3 * x[1] * x[1]};
    return TW_OK;
}

static tw_found found_of(double target, int direction, double budget, int *calls)
{
    const tw_search search = {2, target, direction, budget, 120, bowl, calls};
    tw_found found;
    *calls = 0;
    CHECK(tw_search_cheapest(&search, &found) == TW_OK);
    return found;
}

static void the_cheapest_is_found(void)
{
    int calls;
    const tw_found found = found_of(1, 1, INFINITY, &calls);
    CHECK(found.reached && found.at.value >= 1);
    CHECK_NEAR(found.x[0], 0.75, 0.03);
    CHECK_NEAR(found.x[1], 0.25, 0.03);
    CHECK_NEAR(found.at.cost, 0.75, 0.02);
    CHECK(calls <= 120 && found.evaluations == calls);
    printf("       %d points: %.3f %.3f, cost %.4f, least 0.7500\n", calls, found.x[0], found.x[1],
           found.at.cost);
}

static void what_costs_nothing_is_enough(void)
{
    int calls;
    const tw_found found = found_of(-0.5, 1, INFINITY, &calls);
    CHECK(found.reached && found.at.cost == 0 && found.x[0] == 0 && found.x[1] == 0);
}

static void out_of_reach_is_said_with_the_nearest(void)
{
    int calls;
    const tw_found found = found_of(2.5, 1, INFINITY, &calls);
    CHECK(!found.reached);
    CHECK_NEAR(found.at.value, 2, 1e-9);
    CHECK_NEAR(found.most.value, 2, 1e-9);
}

/* For a cost of 0.5 at most: the largest sum is where x = 3 y, 12 y^2 = 0.5. */
static void a_budget_binds(void)
{
    int calls;
    const tw_found found = found_of(1, 1, 0.5, &calls);
    CHECK(!found.reached && found.at.cost <= 0.5);
    CHECK_NEAR(found.at.value, 4 * sqrt(0.5 / 12), 0.05);
    CHECK(found_of(0.6, 1, 0.5, &calls).reached);
}

static tw_status fails(void *context, const double *x, tw_outcome *out)
{
    int *calls = context;
    (void)x;
    *out = (tw_outcome){0, 0};
    return ++*calls == 5 ? TW_INTERRUPTED : TW_OK;
}

static void a_failure_ends_the_search(void)
{
    int calls = 0;
    const tw_search search = {2, 1, 1, INFINITY, 120, fails, &calls};
    tw_found found;
    CHECK(tw_search_cheapest(&search, &found) == TW_INTERRUPTED);
    CHECK_EQ_INT(calls, 5);
}

int main(void)
{
    RUN(the_cheapest_is_found);
    RUN(what_costs_nothing_is_enough);
    RUN(out_of_reach_is_said_with_the_nearest);
    RUN(a_budget_binds);
    RUN(a_failure_ends_the_search);
    return REPORT();
}
