/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Harris & Todaro (1970): with tastes of no weight, jobs that are given anew each quarter and equal
 * skills, people move into the town until what they can expect there, the wage times the chance of
 * a job, is what they have in the village and the cost of the move. One county, two zones.
 */
#include <math.h>

#include "engine/pass.h"
#include "engine/quarter.h"
#include "property/worlds.h"
#include "test.h"

/* ln of the published incomes of town and village of the county at the start is 1.04. */
static const char *const equilibrium[] = {"run.sample=1",
                                          "process.demography=none",
                                          "process.households=none",
                                          "process.schooling=none",
                                          "process.outside=none",
                                          "process.organised=none",
                                          "process.hazards=none",
                                          "process.registration=none",
                                          "process.services=none",
                                          "process.trends=off",
                                          "moving.taste_scale=0",
                                          "moving.search_level=0.3",
                                          "moving.return_level=0",
                                          "moving.town_level=0",
                                          "moving.city_level=0",
                                          "moving.size=0",
                                          "moving.openness=0",
                                          "moving.travel=0",
                                          "moving.network=0",
                                          "moving.rent=0",
                                          "moving.income=1",
                                          "moving.cost=0.95",
                                          "housing.seek_share=0",
                                          "labour.service_follow=0",
                                          "labour.public_follow=0",
                                          "labour.separation=4",
                                          "labour.give_up=0",
                                          "labour.end_business=0",
                                          "labour.leave_prime=0",
                                          "labour.leave_old=0",
                                          "budget.low_skill_wage=1",
                                          "budget.high_skill_wage=1"};
enum { QUARTERS = 40 };

/* Expected income in the town over that in the village and the cost of moving. */
static double gain_of(const tw_world *world)
{
    const double cost = exp(world->settings->moving_cost);
    return world->income[TW_TOWN] / (world->income[TW_RURAL] * cost);
}

static int64_t exits_in(tw_world *world, int quarters)
{
    int64_t exits = 0;
    for (int q = 0; q < quarters; q++) {
        CHECK(tw_quarter(world) == TW_OK);
        exits += TW_AT(&world->zones, exits, TW_TOWN);
    }
    return exits;
}

static void inflow_stops_where_expected_incomes_are_equal(void)
{
    tw_scenario *scenario = scenario_in("tests/regions/one", "baseline.cfg", equilibrium,
                                        sizeof equilibrium / sizeof *equilibrium);
    tw_world *world = world_of(scenario, start_of(scenario), 2);
    const double at_start = gain_of(world);
    const int64_t moved = exits_in(world, QUARTERS), late = exits_in(world, 4);
    const double settled = gain_of(world);
    printf(
        "       gain of moving at the start %.4f; %lld persons move, %lld in the last year; then "
        "%.4f\n",
        at_start, (long long)moved, (long long)late, settled);
    CHECK(at_start > 1.05);
    CHECK(moved > 500);
    CHECK(late < moved / 50);
    CHECK_NEAR(settled, 1, 0.03);
    /* More jobs draw more people, and to the same end. */
    for (int s = 0; s < TW_NUM_SECTORS; s++) {
        tw_add_jobs(world, TW_TOWN, s, 300);
    }
    const int64_t more = exits_in(world, QUARTERS);
    printf("       with 1200 more jobs %lld more persons move; then %.4f\n", (long long)more,
           gain_of(world));
    CHECK(more > 300);
    CHECK_NEAR(gain_of(world), 1, 0.03);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

int main(void)
{
    RUN(inflow_stops_where_expected_incomes_are_equal);
    return REPORT();
}
