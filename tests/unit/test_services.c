/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Services: what circles reach, how load lowers quality, who is admitted to school, what the
 * process without effect publishes.
 */
#include <math.h>
#include <stdlib.h>

#include "engine/world.h"
#include "process/services/services.h"
#include "property/worlds.h"
#include "test.h"

enum { COUNTIES = 3, ZONES = 2 * COUNTIES };

/* Three counties; minutes between towns 0-1: 30, 0-2: 60, 1-2: 90. */
static const double minutes[COUNTIES * COUNTIES] = {0, 30, 60, 30, 0, 90, 60, 90, 0};

static void reach(const double *places, const double *load, double *reached, int circles)
{
    static int32_t members[COUNTIES] = {0, 1, 2}, circle[2] = {0, 0};
    tw_group group = {"all", COUNTIES, members};
    const tw_region region = {.num_counties = COUNTIES,
                              .num_groups = 1,
                              .groups = &group,
                              .num_circles = circles,
                              .circles = circle};
    const tw_settings settings = {.integration = 0.5, .reach_minutes = 60};
    const double more[COUNTIES] = {0};
    tw_services_reach(&region, &settings, minutes, more, places, load, reached);
}

static double sum_of(const double *value)
{
    double sum = 0;
    for (int z = 0; z < ZONES; z++) {
        sum += value[z];
    }
    return sum;
}

static void towns_reach_a_part_of_what_they_lack_the_less_the_farther(void)
{
    const double places[ZONES] = {9, 1000, 9, 100, 9, 100}, load[ZONES] = {9, 500, 9, 140, 9, 140};
    double reached[ZONES];
    reach(places, load, reached, 1);
    CHECK_NEAR(reached[3], 40 * 0.5 * exp(-0.5), 1e-9);
    CHECK_NEAR(reached[5], 40 * 0.5 * exp(-1.0), 1e-9);
    CHECK_NEAR(sum_of(reached), 0, 1e-9);
    CHECK(reached[0] == 0 && reached[2] == 0 && reached[4] == 0);
    reach(places, load, reached, 0);
    CHECK(reached[1] == 0 && reached[3] == 0 && reached[5] == 0);
}

static void nobody_gives_more_than_it_can_spare(void)
{
    const double places[ZONES] = {0, 505, 0, 100, 0, 100}, load[ZONES] = {0, 500, 0, 140, 0, 140};
    double reached[ZONES];
    for (int circles = 1; circles <= 2; circles++) {
        reach(places, load, reached, circles);
        CHECK_NEAR(reached[1], -5, 1e-9);
        CHECK_NEAR(sum_of(reached), 0, 1e-9);
        CHECK(reached[3] > reached[5] && reached[5] > 0);
    }
}

static void nobody_gets_more_than_it_lacks(void)
{
    const double places[ZONES] = {0, 900, 0, 100, 0, 900}, load[ZONES] = {0, 0, 0, 110, 0, 0};
    double reached[ZONES];
    reach(places, load, reached, 2);
    CHECK(reached[3] <= 10 + 1e-12);
    CHECK_NEAR(sum_of(reached), 0, 1e-9);
}

/* ---- in a world ---- */

static double quality_of(const tw_world *world, int service, int zone)
{
    return world->services.quality[service * world->num_zones + zone];
}

static tw_world *small_world(tw_scenario **scenario, const char *text)
{
    *scenario = scenario_in("tests/regions/three", "baseline.cfg", TEXTS("run.sample=0.2", text));
    return world_of(*scenario, start_of(*scenario), 1);
}

static void half_of_the_places_half_of_the_quality(void)
{
    tw_scenario *scenario;
    tw_world *world = small_world(&scenario, "services.congestion=2");
    const int town = tw_zone(1, TW_TOWN), village = tw_zone(1, TW_RURAL);
    const int64_t persons = TW_AT(&world->zones, persons, town);
    TW_AT(&world->zones, places_utilities, town) = persons * 2;
    tw_services_open(world);
    const double level = quality_of(world, TW_SERVICE_UTILITIES, town);
    CHECK(level >= 1);
    TW_AT(&world->zones, places_utilities, town) = persons / 2;
    TW_AT(&world->zones, places_utilities, village) = 0;
    tw_services_open(world);
    CHECK_NEAR(quality_of(world, TW_SERVICE_UTILITIES, town), level * 0.25, 0.01);
    CHECK(quality_of(world, TW_SERVICE_UTILITIES, village) == 0);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

static void children_of_other_counties_get_what_is_left(void)
{
    tw_scenario *scenario;
    tw_world *world = small_world(&scenario, "services.entitlement=0.5");
    const int town = tw_zone(0, TW_TOWN);
    int64_t *places = &TW_AT(&world->zones, places_school, town);
    const int64_t all = TW_AT(&world->zones, school_age, town);
    const int64_t elsewhere = TW_AT(&world->zones, school_age_elsewhere, town);
    CHECK(elsewhere > 10 && elsewhere < all);
    const int64_t given[] = {all + 100, all - elsewhere / 2, all - elsewhere, 0};
    const int64_t admitted[] = {elsewhere, elsewhere - elsewhere / 2, 0, 0};
    for (int i = 0; i < 4; i++) {
        *places = given[i];
        tw_services_open(world);
        CHECK_EQ_INT(TW_AT(&world->zones, school_admitted, town), admitted[i]);
        CHECK_NEAR(world->services.admission[0], (double)admitted[i] / (double)elsewhere, 1e-12);
    }
    /* Who is registered elsewhere has half of what is left of it. */
    *places = all - elsewhere / 2;
    tw_services_open(world);
    CHECK_NEAR(world->places.service_elsewhere[town],
               world->places.service[town] * 0.5 * world->services.admission[0], 1e-12);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

static void places_are_added_once_a_year_and_never_closed(void)
{
    tw_scenario *scenario;
    tw_world *world = small_world(&scenario, "services.build_rate=0.3");
    const int town = tw_zone(0, TW_TOWN);
    int64_t *places = &TW_AT(&world->zones, places_utilities, town);
    const int64_t start = *places;
    *places = start / 2;
    tw_services_open(world);
    CHECK_EQ_INT(*places, start / 2);
    world->quarter += 4;
    tw_services_open(world);
    CHECK_NEAR((double)*places, (double)(start / 2) + (1 - exp(-0.3)) * (double)(start - start / 2),
               2);
    *places = 3 * start;
    world->quarter += 4;
    tw_services_open(world);
    CHECK_EQ_INT(*places, 3 * start);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

static void lost_services_lower_quality(void)
{
    tw_scenario *scenario;
    tw_world *world = small_world(&scenario, "services.slack=1");
    const int town = tw_zone(0, TW_TOWN);
    const double before = quality_of(world, TW_SERVICE_UTILITIES, town);
    world->service_lost[town] = 0.25;
    tw_services_open(world);
    CHECK_NEAR(quality_of(world, TW_SERVICE_UTILITIES, town), before * 0.75, 0.01);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

static void without_the_process_services_are_worth_nothing(void)
{
    tw_scenario *scenario;
    tw_world *world = small_world(&scenario, "process.services=none");
    for (int i = 0; i < TW_NUM_SERVICES * world->num_zones; i++) {
        CHECK(world->places.service[i] == 0 && world->places.service_elsewhere[i] == 0);
    }
    for (int c = 0; c < world->num_counties; c++) {
        CHECK(world->services.worth[c] == 1 && world->services.admission[c] == 1);
    }
    tw_world_free(world);
    tw_scenario_free(scenario);
}

int main(void)
{
    RUN(towns_reach_a_part_of_what_they_lack_the_less_the_farther);
    RUN(nobody_gives_more_than_it_can_spare);
    RUN(nobody_gets_more_than_it_lacks);
    RUN(half_of_the_places_half_of_the_quality);
    RUN(children_of_other_counties_get_what_is_left);
    RUN(places_are_added_once_a_year_and_never_closed);
    RUN(lost_services_lower_quality);
    RUN(without_the_process_services_are_worth_nothing);
    return REPORT();
}
