/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Hazards on the shipped region: nothing without events; losses and reconstruction as stated; the
 * same luck and the same bits however a run is made. Who moves: test_behaviour_places.c.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/pass.h"
#include "engine/quarter.h"
#include "engine/world.h"
#include "own_region.h"
#include "process/hazards/hazards.h"
#include "test.h"
#include "townward/run.h"
#include "worlds.h"

enum { COUNTY = 540223 };
#define SMALL "run.sample=0.05"
/* Nobody moves, is born or comes, nothing is built: what changes is the hazards' doing. */
#define STILL                                                                       \
    "process.moving=none", "process.demography=none", "process.households=none",    \
        "process.schooling=none", "process.outside=none", "process.organised=none", \
        "process.housing=none", "levers.housing.public_rental.five_year_plan_14.units_per_year=0"

/** A quarter after which every book is counted again and no stock is below zero. */
static void checked_quarter(tw_world *world)
{
    int negative = 0;
    CHECK(tw_quarter(world) == TW_OK);
    CHECK(tw_pass_verify(world, NULL) == TW_OK);
    for (int z = 0; z < world->num_zones; z++) {
        negative += TW_AT(&world->zones, dwellings, z) < 0 ||
                    TW_AT(&world->zones, public_dwellings, z) < 0 ||
                    TW_AT(&world->zones, displaced, z) < 0;
    }
    CHECK_EQ_INT(negative, 0);
}

static tw_digest digest_after(tw_world *world, int quarters)
{
    for (int q = 0; q < quarters; q++) {
        CHECK(tw_quarter(world) == TW_OK);
    }
    return tw_world_digest(world);
}

/* Frequencies of 0 and no dated event: not a bit differs from a run without the process. */
static void nothing_strikes(void)
{
    static own_region own;
    tw_scenario *with = scenario_of("plan-2030.cfg", TEXTS(SMALL, "run.end=2026"));
    tw_scenario *without =
        scenario_of("plan-2030.cfg", TEXTS(SMALL, "run.end=2026", "process.hazards=none"));
    tw_hazard_rates *never = room(tw_scenario_region(with)->num_counties, sizeof *never);
    tw_world *one = world_of(with, start_of(with), 2);
    tw_world *two = world_of(without, start_of(without), 2);
    own_events(&own, with);
    own.region.hazard_rates = never;
    one->region = &own.region;
    const tw_digest a = digest_after(one, 18), b = digest_after(two, 18);
    CHECK(a.low == b.low && a.high == b.high);
    CHECK_EQ_INT(tw_zones_sum(&two->zones, TW_ZONE_displaced, -1), 0);
    tw_world_free(one);
    tw_world_free(two);
    tw_scenario_free(with);
    tw_scenario_free(without);
    free(never);
}

/** What a zone holds, and what it would lose. */
typedef struct holdings {
    int64_t dwellings, public_dwellings, families;
} holdings;

static holdings holdings_of(const tw_world *world, int zone)
{
    return (holdings){TW_AT(&world->zones, dwellings, zone),
                      TW_AT(&world->zones, public_dwellings, zone),
                      TW_AT(&world->zones, families, zone)};
}

/* In the quarter of the event: shares as stated, within four standard errors. */
static void check_losses(const tw_world *world, int county, const holdings before[2])
{
    const int rural = tw_zone(county, TW_RURAL), town = tw_zone(county, TW_TOWN);
    const holdings after = holdings_of(world, town);
    const double families[2] = {(double)before[0].families, (double)before[1].families};
    const double lost = (double)TW_AT(&world->zones, dwellings_lost, rural);
    const double displaced = (double)TW_AT(&world->zones, displaced, town);
    CHECK_NEAR(lost / families[0], 0.3, 4 * sqrt(0.3 * 0.7 / families[0]));
    CHECK_NEAR(displaced / families[1], 0.2, 4 * sqrt(0.2 * 0.8 / families[1]));
    CHECK_EQ_INT(TW_AT(&world->zones, displaced, rural),
                 TW_AT(&world->zones, dwellings_lost, rural));
    CHECK_EQ_INT(
        before[1].dwellings - after.dwellings + before[1].public_dwellings - after.public_dwellings,
        TW_AT(&world->zones, dwellings_lost, town));
    CHECK(after.dwellings < before[1].dwellings);
    CHECK_NEAR(world->service_lost[rural], 0.25, 1e-12);
    CHECK_NEAR(world->service_lost[town], 0.25, 1e-12);
    CHECK_NEAR(world->service_lost[rural - 2], 0, 0);
    CHECK_EQ_INT(tw_zones_sum(&world->zones, TW_ZONE_displaced, -1),
                 TW_AT(&world->zones, displaced, rural) + TW_AT(&world->zones, displaced, town));
}

/* A dated event in a still world, from its quarter to the reconstruction three quarters later. */
static void losses_and_reconstruction(void)
{
    static own_region own;
    tw_scenario *scenario = scenario_of("baseline.cfg", TEXTS("run.sample=0.5", STILL));
    tw_world *world = world_of(scenario, start_of(scenario), 2);
    const int county = tw_region_find_county(world->region, COUNTY);
    const int rural = tw_zone(county, TW_RURAL), town = tw_zone(county, TW_TOWN);
    own_events(&own, scenario);
    add_event(&own, county, world->start + 1, world->start + 4, 0.3, 0.2);
    world->region = &own.region;
    checked_quarter(world);
    CHECK_EQ_INT(tw_zones_sum(&world->zones, TW_ZONE_displaced, -1), 0);
    const holdings before[2] = {holdings_of(world, rural), holdings_of(world, town)};
    checked_quarter(world);
    check_losses(world, county, before);
    const int64_t lost = tw_zones_sum(&world->zones, TW_ZONE_dwellings_lost, -1);
    checked_quarter(world);
    checked_quarter(world);
    CHECK(TW_AT(&world->zones, displaced, rural) > 0);
    CHECK_EQ_INT(tw_zones_sum(&world->zones, TW_ZONE_dwellings_rebuilt, -1), 0);
    checked_quarter(world);
    CHECK_EQ_INT(tw_zones_sum(&world->zones, TW_ZONE_displaced, -1), 0);
    CHECK_EQ_INT(tw_zones_sum(&world->zones, TW_ZONE_dwellings_rebuilt, -1), lost);
    CHECK_NEAR(world->service_lost[rural], 0, 0);
    const holdings after = holdings_of(world, town);
    CHECK_EQ_INT(after.dwellings, before[1].dwellings);
    CHECK_EQ_INT(after.public_dwellings, before[1].public_dwellings);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

/* Events that overlap: the zone is reconstructed with the last; without reconstruction never. */
static void overlapping_events(void)
{
    static own_region own;
    static const char *const words[2] = {"levers.rural.reconstruction.standing.share=1",
                                         "levers.rural.reconstruction.standing.share=0"};
    for (int off = 0; off < 2; off++) {
        tw_scenario *scenario = scenario_of("baseline.cfg", TEXTS(SMALL, STILL, words[off]));
        tw_world *world = world_of(scenario, start_of(scenario), 2);
        const int county = tw_region_find_county(world->region, COUNTY);
        own_events(&own, scenario);
        add_event(&own, county, world->start, world->start + 2, 0.5, 0.5);
        add_event(&own, county, world->start + 1, INT32_MIN, 0.5, 0.5); /* four quarters, default */
        world->region = &own.region;
        for (int q = 0; q < 7; q++) {
            static const double lost[7] = {0.25, 0.4375, 0.25, 0.25, 0.25, 0, 0};
            checked_quarter(world);
            const int64_t displaced = tw_zones_sum(&world->zones, TW_ZONE_displaced, -1);
            CHECK((displaced > 0) == (off || q < 5));
            CHECK_NEAR(world->service_lost[tw_zone(county, TW_TOWN)],
                       off ? lost[q < 1 ? 0 : 1] : lost[q], 1e-12);
        }
        tw_world_free(world);
        tw_scenario_free(scenario);
    }
}

/* All towns lose everything, again and again, in a world that lives and builds. */
static void stocks_stay_whole(void)
{
    static own_region own;
    tw_scenario *scenario = scenario_of("plan-2030.cfg", TEXTS("run.sample=0.02", "run.end=2025"));
    tw_world *world = world_of(scenario, start_of(scenario), 2);
    own_events(&own, scenario);
    for (int c = 0; c < world->num_counties; c++) {
        for (int k = 0; k < 6; k++) {
            const int32_t date = world->start + 1 + 3 * k + c % 3;
            add_event(&own, c, date, date + 1 + c % 5, k % 2 ? 1 : 0.4, k % 2 ? 0.4 : 1);
        }
    }
    world->region = &own.region;
    int64_t lost = 0;
    for (int q = 0; q < 20; q++) {
        checked_quarter(world);
        lost += tw_zones_sum(&world->zones, TW_ZONE_dwellings_lost, TW_TOWN);
    }
    CHECK(lost > 0);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

/* Zones struck in each quarter by chance, in a world that does not move on otherwise. */
static int64_t strikes_of(tw_world *world, uint64_t *which, double *expected)
{
    int64_t strikes = 0;
    *which = 0;
    *expected = 0;
    for (int q = 0; q < 300; q++) {
        tw_hazards_open(world);
        for (int c = 0; c < world->num_counties; c++) {
            const tw_hazard_rates *rates = &world->region->hazard_rates[c];
            const int struck = world->hazard.loss[tw_zone(c, TW_RURAL)] > 0;
            strikes += struck;
            *which = tw_mix2(*which, (uint64_t)struck);
            *expected += tw_quarterly(rates->earthquake_m5 + rates->flood);
        }
        world->quarter++;
    }
    return strikes;
}

/* As often as the frequencies say; the same luck whatever else a scenario does. */
static void chance_is_keyed(void)
{
    tw_scenario *base = scenario_of("baseline.cfg", TEXTS("run.sample=0.01", "run.end=2100"));
    tw_scenario *plan = scenario_of(
        "plan-2030.cfg", TEXTS("run.sample=0.02", "run.end=2060", "hazards.flood_loss=0.2"));
    tw_world *one = world_of(base, start_of(base), 1), *two = world_of(plan, start_of(plan), 2);
    uint64_t struck_one = 0, struck_two = 0;
    double expected = 0;
    const int64_t strikes = strikes_of(one, &struck_one, &expected);
    CHECK_EQ_INT(strikes_of(two, &struck_two, &expected), strikes);
    CHECK(struck_one == struck_two);
    printf("       %lld strikes, %.1f expected\n", (long long)strikes, expected);
    CHECK_NEAR((double)strikes, expected + 5, 4 * sqrt(expected)); /* five counties of 2025 */
    tw_world_free(one);
    tw_world_free(two);
    tw_scenario_free(base);
    tw_scenario_free(plan);
}

/* Digest of a run that holds drawn events and the one of January 2025, every book checked. */
static tw_digest digest_of_run(const char *blocks, int threads)
{
    tw_scenario *scenario = scenario_of(
        "plan-2030.cfg", TEXTS(SMALL, "run.end=2026", "hazards.flood_loss=0.1", blocks));
    tw_run_options options = {.num_threads = threads, .verify = 1};
    tw_record *record = NULL;
    CHECK(tw_run(scenario, &options, NULL, &record) == TW_OK);
    const tw_digest digest = {record->digest[0], record->digest[1]};
    tw_record_free(record);
    tw_scenario_free(scenario);
    return digest;
}

static void same_bits_for_threads_and_blocks(void)
{
    static const char *const blocks[2] = {"engine.block_size=256", "engine.block_size=8192"};
    const tw_digest first = digest_of_run(blocks[0], 1);
    for (int v = 1; v < 6; v++) {
        const tw_digest other = digest_of_run(blocks[v / 3], 1 + v % 3);
        CHECK(other.low == first.low && other.high == first.high);
    }
}

int main(void)
{
    RUN(nothing_strikes);
    RUN(losses_and_reconstruction);
    RUN(overlapping_events);
    RUN(stocks_stay_whole);
    RUN(chance_is_keyed);
    RUN(same_bits_for_threads_and_blocks);
    return REPORT();
}
