/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Registration and land on the shipped region: what entitlement does to transfers; books that equal
 * the persons; `none` and offers of nothing change no bit. Protection of land:
 * test_behaviour_places.c.
 */
#include <stdlib.h>

#include "engine/pass.h"
#include "engine/quarter.h"
#include "engine/world.h"
#include "process/registration/registration.h"
#include "test.h"
#include "townward/run.h"
#include "worlds.h"

#define EXIT  "levers.land.paid_exit.offer.yuan_per_household="
#define SMALL "run.sample=0.02"
enum { QUARTERS = 9 }; /* three times 1 November */

/** What a world did in QUARTERS quarters. */
typedef struct outcome {
    int64_t transfers, let, exits;
    tw_digest digest;
} outcome;

/* Runs a copy of a population; the scenario is the baseline with these overrides. */
static outcome outcome_of(const tw_population *start, const char *const *texts, int num)
{
    tw_scenario *scenario = scenario_in("tests/property", "paid_exit.cfg", texts, num);
    tw_world *world = world_of(scenario, copy_of(start), 1);
    outcome sum = {0};
    for (int q = 0; q < QUARTERS; q++) {
        CHECK(tw_quarter(world) == TW_OK);
        sum.transfers += tw_zones_sum(&world->zones, TW_ZONE_transfers, -1);
        sum.let += tw_zones_sum(&world->zones, TW_ZONE_land_let, -1);
        sum.exits += tw_zones_sum(&world->zones, TW_ZONE_land_exits, -1);
    }
    CHECK(tw_pass_verify(world, NULL) == TW_OK);
    sum.digest = tw_world_digest(world);
    tw_world_free(world);
    tw_scenario_free(scenario);
    return sum;
}

static int same_bits(const outcome *a, const outcome *b)
{
    return a->digest.low == b->digest.low && a->digest.high == b->digest.high;
}

static tw_population *small_start(void)
{
    const char *texts[] = {SMALL};
    tw_scenario *scenario = scenario_of("baseline.cfg", texts, 1);
    tw_population *start = start_of(scenario);
    tw_scenario_free(scenario);
    return start;
}

/** Sums over paired seeds with one setting changed. */
typedef struct pairs {
    int64_t transfers[2];
} pairs;

static pairs pairs_of(const tw_population *start, int seeds, const char *low, const char *high)
{
    pairs sum = {{0}};
    for (int seed = 1; seed <= seeds; seed++) {
        char text[32];
        snprintf(text, sizeof text, "run.seed=%d", seed);
        const outcome one = outcome_of(start, TEXTS(SMALL, text, low));
        const outcome two = outcome_of(start, TEXTS(SMALL, text, high));
        sum.transfers[0] += one.transfers;
        sum.transfers[1] += two.transfers;
    }
    return sum;
}

static void entitlement_of_all_lowers_transfers(void)
{
    tw_population *start = small_start();
    const pairs sum = pairs_of(start, 5, "services.entitlement=0.5", "services.entitlement=1");
    printf("transfers %lld, with full entitlement %lld\n", (long long)sum.transfers[0],
           (long long)sum.transfers[1]);
    CHECK(sum.transfers[1] > 0 && sum.transfers[1] < sum.transfers[0]);
    tw_population_free(start);
}

/** Registration of a person. */
typedef struct entry {
    uint64_t uid;
    int zone;
} entry;

static int compare_entries(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    return (a->uid > b->uid) - (a->uid < b->uid);
}

/* All persons by uid; caller frees. */
static entry *register_of(const tw_population *population, int64_t *count)
{
    entry *all = room(tw_population_count(population).persons, sizeof(*all));
    *count = 0;
    for (int32_t b = 0; b < population->num_blocks; b++) {
        const tw_block *block = &population->blocks[b];
        for (int32_t p = 0; p < block->num_persons; p++) {
            all[(*count)++] = (entry){block->person_uid[p], block->registered_zone[p]};
        }
    }
    qsort(all, (size_t)*count, sizeof(*all), compare_entries);
    return all;
}

static void none_changes_no_registration(void)
{
    tw_scenario *scenario = scenario_in("tests/property", "paid_exit.cfg",
                                        TEXTS(SMALL, "process.registration=none", EXIT "1000000"));
    tw_world *world = world_of(scenario, start_of(scenario), 2);
    int64_t before, after, flows = 0, moved = 0, alive = 0;
    entry *then = register_of(world->population, &before);
    for (int q = 0; q < QUARTERS; q++) {
        CHECK(tw_quarter(world) == TW_OK);
        flows += tw_zones_sum(&world->zones, TW_ZONE_transfers, -1) +
                 tw_zones_sum(&world->zones, TW_ZONE_land_let, -1) +
                 tw_zones_sum(&world->zones, TW_ZONE_land_exits, -1);
    }
    entry *now = register_of(world->population, &after);
    for (int64_t i = 0; i < after; i++) {
        const entry *old = bsearch(&now[i], then, (size_t)before, sizeof(*then), compare_entries);
        alive += old != NULL;
        moved += old != NULL && old->zone != now[i].zone;
    }
    CHECK_EQ_INT(flows, 0);
    CHECK_EQ_INT(moved, 0);
    CHECK(alive > before / 2);
    free(then);
    free(now);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

/** Counts of registration by zone, made from the persons. */
typedef struct recount {
    int64_t *town, *rural_in_town, *here, *region;
} recount;

static void recount_block(const tw_block *block, recount *counts, int64_t *wrong_clocks)
{
    for (int32_t h = 0; h < block->num_households; h++) {
        const int zone = block->zone[h];
        int elsewhere = 0;
        for (int32_t p = block->first_person[h]; p < block->first_person[h + 1]; p++) {
            const int at = block->registered_zone[p];
            counts->region[zone] += at >= 0;
            counts->town[zone] += at >= 0 && tw_is_town(at);
            counts->rural_in_town[zone] += at >= 0 && !tw_is_town(at) && tw_is_town(zone);
            counts->here[zone] += at == zone;
            elsewhere |= at != zone;
        }
        *wrong_clocks += (block->permit_quarters[h] > 0) != elsewhere;
    }
}

/* Nobody changes zone after the count. */
static void books_equal_persons(void)
{
    tw_scenario *scenario = scenario_of(
        "baseline.cfg",
        TEXTS(SMALL, "process.moving=none", "process.outside=none", "process.organised=none"));
    tw_world *world = world_of(scenario, start_of(scenario), 2);
    const size_t zones = (size_t)world->num_zones * sizeof(int64_t);
    for (int q = 0; q < QUARTERS; q++) {
        recount counts = {room(world->num_zones, 8), room(world->num_zones, 8),
                          room(world->num_zones, 8), room(world->num_zones, 8)};
        int64_t wrong_clocks = 0;
        CHECK(tw_quarter(world) == TW_OK);
        for (int32_t b = 0; b < world->population->num_blocks; b++) {
            recount_block(&world->population->blocks[b], &counts, &wrong_clocks);
        }
        const tw_zones *books = &world->zones;
        CHECK(memcmp(counts.town, tw_zone_column(books, TW_ZONE_registered_town), zones) == 0);
        CHECK(memcmp(counts.rural_in_town, tw_zone_column(books, TW_ZONE_agropastoral_migrants),
                     zones) == 0);
        CHECK(memcmp(counts.here, tw_zone_column(books, TW_ZONE_registered_here), zones) == 0);
        CHECK(memcmp(counts.region, tw_zone_column(books, TW_ZONE_registered_region), zones) == 0);
        CHECK_EQ_INT(wrong_clocks, 0);
        CHECK_EQ_INT(tw_zones_sum(books, TW_ZONE_transfers, -1) > 0, q % 4 == 0);
        CHECK_EQ_INT(tw_zones_sum(books, TW_ZONE_transfers, TW_RURAL), 0);
        free(counts.town);
        free(counts.rural_in_town);
        free(counts.here);
        free(counts.region);
    }
    tw_world_free(world);
    tw_scenario_free(scenario);
}

/* Chances are asked for only where a draw is below the highest: no household may be above it. */
static void no_chance_is_above_the_highest(void)
{
    static const char *const scenario_name[] = {"baseline.cfg", "plan-2030.cfg"};
    for (int i = 0; i < 2; i++) {
        tw_scenario *scenario = scenario_of(scenario_name[i], TEXTS(SMALL));
        tw_world *world = world_of(scenario, start_of(scenario), 2);
        double highest = 0;
        for (int q = 0; q < (i == 0 ? 1 : 25); q++) { /* the plan is at work in November 2026 */
            CHECK(tw_quarter(world) == TW_OK);
        }
        CHECK(world->registering.deciding);
        for (int32_t b = 0; b < world->population->num_blocks; b++) {
            const tw_block *block = &world->population->blocks[b];
            for (int32_t h = 0; h < block->num_households; h++) {
                const int decides = tw_is_town(block->zone[h]);
                const double p = decides ? tw_transfer_chance(world, block, h) : 0;
                highest = p > highest ? p : highest;
            }
        }
        printf("       highest chance found %.4f, bound %.4f\n", highest, world->registering.most);
        CHECK(highest <= world->registering.most && highest > 0.25 * world->registering.most);
        tw_world_free(world);
        tw_scenario_free(scenario);
    }
}

static int64_t transfers_into_capital(const tw_world *world)
{
    int64_t sum = 0;
    for (int c = 0; c < world->num_counties; c++) {
        sum += world->region->counties[c].tier == TW_CAPITAL
                   ? TW_AT(&world->zones, transfers, tw_zone(c, TW_TOWN))
                   : 0;
    }
    return sum;
}

static void capital_opens_by_setting(void)
{
    static const char *const open[] = {"registration.capital_open=no",
                                       "registration.capital_open=yes"};
    for (int i = 0; i < 2; i++) {
        tw_scenario *scenario = scenario_of("baseline.cfg", TEXTS(SMALL, open[i]));
        tw_world *world = world_of(scenario, start_of(scenario), 2);
        CHECK(tw_quarter(world) == TW_OK);
        CHECK(i == 0 ? transfers_into_capital(world) == 0 : transfers_into_capital(world) > 0);
        tw_world_free(world);
        tw_scenario_free(scenario);
    }
}

static void an_exit_for_nothing_is_no_offer(void)
{
    tw_population *start = small_start();
    const outcome base = outcome_of(start, TEXTS(SMALL));
    const outcome zero = outcome_of(start, TEXTS(SMALL, EXIT "0", "land.exit_threshold_yuan=1"));
    const outcome paid = outcome_of(start, TEXTS(SMALL, EXIT "400000"));
    CHECK(same_bits(&base, &zero));
    CHECK_EQ_INT(base.exits, 0);
    CHECK(paid.exits > 0 && !same_bits(&base, &paid));
    CHECK(base.let > 0 && paid.let > 0);
    tw_population_free(start);
}

static void same_bits_for_threads_and_blocks(void)
{
    static const char *const blocks[] = {"engine.block_size=2048", "engine.block_size=256",
                                         "engine.block_size=8192"};
    uint64_t digest[2] = {0, 0};
    for (int i = 0; i < 3; i++) {
        tw_scenario *scenario =
            scenario_in("tests/property", "paid_exit.cfg",
                        TEXTS("run.sample=0.1", "run.end=2022-11", blocks[i], EXIT "100000"));
        const tw_run_options options = {.num_threads = i + 1, .verify = 1};
        tw_record *record = NULL;
        CHECK(tw_run(scenario, &options, NULL, &record) == TW_OK);
        CHECK(i == 0 || (digest[0] == record->digest[0] && digest[1] == record->digest[1]));
        memcpy(digest, record->digest, sizeof digest);
        tw_record_free(record);
        tw_scenario_free(scenario);
    }
}

int main(void)
{
    RUN(entitlement_of_all_lowers_transfers);
    RUN(none_changes_no_registration);
    RUN(books_equal_persons);
    RUN(no_chance_is_above_the_highest);
    RUN(capital_opens_by_setting);
    RUN(an_exit_for_nothing_is_no_offer);
    RUN(same_bits_for_threads_and_blocks);
    return REPORT();
}
