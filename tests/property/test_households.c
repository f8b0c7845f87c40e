/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Households in a run of the shipped region: books that close, households that are sound, counts
 * that a recount finds again, processes that do nothing when they are off.
 */
#include <stdlib.h>

#include "engine/pass.h"
#include "engine/quarter.h"
#include "engine/world.h"
#include "process/members.h"
#include "test.h"
#include "worlds.h"

static int compare_uids(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/** Counts of what must not be; all 0 in a sound population. */
typedef struct faults {
    int empty, unit_0, unit_too_married, collective, left_flag, orphans, lost, twice;
} faults;

static void print_household(const char *what, const tw_block *block, int32_t h)
{
    fprintf(stderr, "%s: household %llx, zone %d, tenure %d, flags %d\n", what,
            (unsigned long long)block->uid[h], block->zone[h], block->tenure[h], block->flags[h]);
    for (int32_t p = block->first_person[h]; p < block->first_person[h + 1]; p++) {
        fprintf(stderr, "    %llx born %d sex %d marital %d unit %d\n",
                (unsigned long long)block->person_uid[p], block->birth_quarter[p], block->sex[p],
                block->marital[p], block->unit[p]);
    }
}

/* Notes a fault; the first one of its kind is told. */
static void note(int *count, const char *what, const tw_block *block, int32_t h)
{
    if ((*count)++ == 0) {
        print_household(what, block, h);
    }
}

/* At most two married persons in a unit, and then a woman and a man. */
static int is_too_married(const tw_block *block, int32_t h)
{
    int married[256] = {0}, women[256] = {0};
    for (int32_t p = block->first_person[h]; p < block->first_person[h + 1]; p++) {
        const int here = block->marital[p] == TW_MARRIED;
        married[block->unit[p]] += here;
        women[block->unit[p]] += here && block->sex[p] == TW_FEMALE;
    }
    for (int unit = 0; unit < 256; unit++) {
        if (married[unit] > 2 || (married[unit] == 2 && women[unit] != 1)) {
            return 1;
        }
    }
    return 0;
}

/* Ages as the rebuild of the quarter took them. */
static void check_household(const tw_block *block, int32_t h, int32_t quarter, faults *found)
{
    const int32_t size = tw_household_size(block, h);
    int grown_up = 0, unit_0 = 0;
    for (int32_t p = block->first_person[h]; p < block->first_person[h + 1]; p++) {
        grown_up |= tw_age(block->birth_quarter[p], quarter) >= TW_AGE_OF_ORPHANS;
        unit_0 |= block->unit[p] == 0;
    }
    if (size < 1) {
        note(&found->empty, "empty", block, h);
    }
    if (unit_0) {
        note(&found->unit_0, "a mark was left", block, h);
    }
    if (size > 2 && is_too_married(block, h)) {
        note(&found->unit_too_married, "a unit of several couples", block, h);
    }
    if (block->tenure[h] == TW_COLLECTIVE && size != 1) {
        note(&found->collective, "a collective home of several persons", block, h);
    }
    if (block->flags[h] & TW_WITHIN_QUARTER) {
        note(&found->left_flag, "a flag of the quarter was left", block, h);
    }
    if (block->tenure[h] != TW_COLLECTIVE && !grown_up && !(block->flags[h] & TW_ORPHANED)) {
        note(&found->orphans, "children alone and not flagged", block, h);
    }
}

static int count_twice(const uint64_t *uid, int64_t count)
{
    int twice = 0;
    for (int64_t i = 1; i < count; i++) {
        twice += uid[i] == uid[i - 1];
    }
    return twice;
}

/* Every household is sound and where its uid says; no uid is there twice. */
static void check_households(const tw_population *population, int32_t quarter, const roll *persons)
{
    const tw_population_totals totals = tw_population_count(population);
    uint64_t *uid = room(totals.families + totals.collectives, sizeof(*uid));
    int64_t num = 0;
    faults found = {0};
    for (int32_t b = 0; b < population->num_blocks; b++) {
        const tw_block *block = &population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            tw_place place;
            check_household(block, h, quarter, &found);
            if (!tw_population_find(population, block->uid[h], &place) || place.block != b ||
                place.row != h) {
                note(&found.lost, "not where its uid says", block, h);
            }
            uid[num++] = block->uid[h];
        }
    }
    qsort(uid, (size_t)num, sizeof(*uid), compare_uids);
    found.twice = count_twice(uid, num);
    for (int64_t i = 1; i < persons->count; i++) {
        found.twice += persons->row[i].uid == persons->row[i - 1].uid;
    }
    CHECK_EQ_INT(found.empty, 0);
    CHECK_EQ_INT(found.unit_0, 0);
    CHECK_EQ_INT(found.unit_too_married, 0);
    CHECK_EQ_INT(found.collective, 0);
    CHECK_EQ_INT(found.left_flag, 0);
    CHECK_EQ_INT(found.orphans, 0);
    CHECK_EQ_INT(found.lost, 0);
    CHECK_EQ_INT(found.twice, 0);
    free(uid);
}

/** Stocks at the opening of a quarter. */
typedef struct opening {
    int64_t *persons; /**< [num_zones] */
    int64_t households;
} opening;

static int64_t households_of(const tw_world *world)
{
    return tw_zones_sum(&world->zones, TW_ZONE_families, -1) +
           tw_zones_sum(&world->zones, TW_ZONE_collectives, -1);
}

static opening open_books(const tw_world *world)
{
    opening books = {room(world->num_zones, sizeof(int64_t)), households_of(world)};
    memcpy(books.persons, tw_zone_column(&world->zones, TW_ZONE_persons),
           (size_t)world->num_zones * sizeof(*books.persons));
    return books;
}

/* Persons by zone and households of the region: opening + in - out = closing. */
static void check_books(const tw_world *world, opening *books)
{
    const tw_zones *zones = &world->zones;
    int wrong = 0;
    for (int z = 0; z < world->num_zones; z++) {
        const int64_t natural = TW_AT(zones, births, z) - TW_AT(zones, deaths, z);
        const int64_t outside = TW_AT(zones, arrivals, z) - TW_AT(zones, departures, z);
        const int64_t moved = TW_AT(zones, moves_in, z) - TW_AT(zones, moves_out, z);
        const int64_t relocated = TW_AT(zones, relocated_in, z) - TW_AT(zones, relocated_out, z);
        const int64_t relabelled =
            TW_AT(zones, reclassified_in, z) - TW_AT(zones, reclassified_out, z);
        const int64_t joined = TW_AT(zones, joined_in, z) - TW_AT(zones, joined_out, z);
        wrong += books->persons[z] + natural + outside + moved + relocated + relabelled + joined !=
                 TW_AT(zones, persons, z);
    }
    CHECK_EQ_INT(wrong, 0);
    const int64_t in =
        tw_zones_sum(zones, TW_ZONE_founded, -1) + tw_zones_sum(zones, TW_ZONE_households_in, -1);
    const int64_t out = tw_zones_sum(zones, TW_ZONE_dissolved, -1) +
                        tw_zones_sum(zones, TW_ZONE_households_out, -1);
    CHECK_EQ_INT(books->households + in - out, households_of(world));
    CHECK_EQ_INT(tw_zones_sum(zones, TW_ZONE_joined_in, -1),
                 tw_zones_sum(zones, TW_ZONE_joined_out, -1));
    free(books->persons);
}

/** What the second pass counts, counted again. */
typedef struct recount {
    int64_t *workers, *outsiders, *migrants; /**< by zone; home county, town county */
    int64_t women[TW_AGES], married_women[TW_AGES];
} recount;

static void recount_household(const tw_world *world, const tw_block *block, int32_t h,
                              int32_t quarter, recount *counts)
{
    const int zone = block->zone[h], home = tw_home_county(world, block, h);
    for (int32_t p = block->first_person[h]; p < block->first_person[h + 1]; p++) {
        const int age = tw_age(block->birth_quarter[p], quarter);
        const int index = age > TW_MAX_AGE ? TW_MAX_AGE : age;
        counts->workers[zone] += age >= 15 && age < 65;
        counts->outsiders[zone] += block->registered_zone[p] == TW_OUTSIDE;
        counts->women[index] += block->sex[p] == TW_FEMALE;
        counts->married_women[index] +=
            block->sex[p] == TW_FEMALE && block->marital[p] == TW_MARRIED;
    }
    const int land = block->land_zone[h];
    const int origin = land >= 0 ? land : block->registered_zone[block->first_person[h]];
    if (tw_is_town(zone) && home >= 0 && !tw_is_town(origin)) {
        counts->migrants[home * world->num_counties + zone / TW_NUM_ZONE_KINDS] +=
            tw_household_size(block, h);
    }
}

/*
 * Counted after births and deaths and before moves and arrivals: who arrived in this quarter, in
 * households led by somebody who was not there before, is left out here too.
 */
static recount recount_of(const tw_world *world, int32_t quarter, const roll *before)
{
    recount counts = {room(world->num_zones, sizeof(int64_t)),
                      room(world->num_zones, sizeof(int64_t)),
                      room(world->num_counties * world->num_counties, sizeof(int64_t)),
                      {0},
                      {0}};
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            if (look_up(before, block->person_uid[block->first_person[h]]) != NULL) {
                recount_household(world, block, h, quarter, &counts);
            }
        }
    }
    return counts;
}

static int64_t sum_of(const int64_t *value, int count)
{
    int64_t sum = 0;
    for (int i = 0; i < count; i++) {
        sum += value[i];
    }
    return sum;
}

/* By zone where nobody moves after the count, else of the region. */
static void check_counts(const tw_world *world, int32_t quarter, const roll *before, int by_zone)
{
    recount counts = recount_of(world, quarter, before);
    const size_t zones = (size_t)world->num_zones * sizeof(int64_t);
    const int pairs = world->num_counties * world->num_counties;
    const int64_t *workers = tw_zone_column(&world->zones, TW_ZONE_workers);
    const int64_t *outsiders = tw_zone_column(&world->zones, TW_ZONE_outsiders);
    if (by_zone) {
        CHECK(memcmp(workers, counts.workers, zones) == 0);
        CHECK(memcmp(outsiders, counts.outsiders, zones) == 0);
        CHECK(memcmp(world->migrants, counts.migrants, (size_t)pairs * sizeof(int64_t)) == 0);
    }
    CHECK_EQ_INT(sum_of(workers, world->num_zones), sum_of(counts.workers, world->num_zones));
    CHECK_EQ_INT(sum_of(outsiders, world->num_zones), sum_of(counts.outsiders, world->num_zones));
    CHECK(sum_of(workers, world->num_zones) > 0 && sum_of(world->migrants, pairs) > 0);
    if ((quarter + 1 - world->start) % 4 == 0) {
        CHECK(memcmp(world->women, counts.women, sizeof counts.women) == 0);
        CHECK(memcmp(world->married_women, counts.married_women, sizeof counts.married_women) == 0);
    }
    free(counts.workers);
    free(counts.outsiders);
    free(counts.migrants);
}

/* Quarters of a scenario, with everything checked after each. */
static void check_run(const char *name, const char *const *texts, int num, int quarters,
                      int by_zone)
{
    tw_scenario *scenario = scenario_of(name, texts, num);
    tw_world *world = world_of(scenario, start_of(scenario), 2);
    roll before = roll_of(world->population);
    int64_t unions = 0, dissolved = 0, taken_in = 0;
    check_households(world->population, world->quarter, &before);
    for (int q = 0; q < quarters; q++) {
        opening books = open_books(world);
        CHECK(tw_quarter(world) == TW_OK);
        roll now = roll_of(world->population);
        check_books(world, &books);
        check_households(world->population, world->quarter - 1, &now);
        CHECK(tw_pass_verify(world, NULL) == TW_OK);
        check_counts(world, world->quarter - 1, &before, by_zone);
        unions += tw_zones_sum(&world->zones, TW_ZONE_unions, -1);
        dissolved += tw_zones_sum(&world->zones, TW_ZONE_dissolved, -1);
        taken_in += tw_zones_sum(&world->zones, TW_ZONE_taken_in, -1);
        free(before.row);
        before = now;
    }
    CHECK(unions > 0 && dissolved > 0 && taken_in > 0);
    free(before.row);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

/* Small blocks, so that they split on the way. */
static void hindcast_is_sound(void)
{
    check_run("hindcast-2010.cfg", TEXTS("run.sample=0.1", "engine.block_size=64"), 8, 0);
}

static void plan_is_sound(void)
{
    check_run("plan-2030.cfg", TEXTS("run.sample=0.05"), 8, 0);
}

static void nobody_moves_between_count_and_close(void)
{
    check_run("plan-2030.cfg",
              TEXTS("run.sample=0.05", "process.moving=none", "process.organised=none"), 8, 1);
}

static uint64_t orphan_home(int i)
{
    return tw_founding_uid((uint64_t)i + 1, 0);
}

enum { ORPHANS = 200 };

static int is_added_orphan(const person_row *person)
{
    int found = 0;
    for (int i = 0; i < ORPHANS; i++) {
        found |= person->household == orphan_home(i);
    }
    return found;
}

/* Infants who live alone, orphaned, each with another family for kin. */
static int add_orphans(tw_population *population, int32_t quarter)
{
    int added = 0;
    for (int i = 0; i < ORPHANS; i++) {
        const tw_block *kin = &population->blocks[i % population->num_start_blocks];
        const int32_t h = kin->num_households / 2 + i / population->num_start_blocks;
        const uint64_t uid = orphan_home(i);
        if (kin->tenure[h] == TW_COLLECTIVE || tw_household_size(kin, h) < 2) {
            continue;
        }
        const tw_household household = {.uid = uid,
                                        .zone = kin->zone[h],
                                        .land_zone = kin->land_zone[h],
                                        .taste_zone = TW_NO_ZONE,
                                        .moved_quarter = (int16_t)quarter,
                                        .land_state = kin->land_state[h],
                                        .tenure = (uint8_t)tw_tenure_founded(kin->zone[h]),
                                        .flags = TW_ORPHANED};
        const tw_person person = {.person_uid = tw_mix(uid) | UINT64_C(1) << 63,
                                  .kin_uid = kin->uid[h],
                                  .birth_quarter = (int16_t)quarter,
                                  .registered_zone = kin->zone[h],
                                  .unit = 1};
        tw_block *block = &population->blocks[tw_population_block_of(population, uid)];
        CHECK(tw_block_grow(block, 1, 1) == TW_OK);
        tw_block_append(block, &household, 1, &person);
        added++;
    }
    return added;
}

/*
 * Orphans live with their kin after a quarter; those who die in it leave no trace there. Nobody
 * else asks for a home.
 */
static void orphans_go_to_their_kin(void)
{
    tw_scenario *scenario = scenario_of(
        "hindcast-2010.cfg",
        TEXTS("run.sample=0.02", "demography.infant_mortality=200", "demography.mortality_level=5",
              "households.join_elder=0", "households.join_alone=0"));
    tw_population *population = start_of(scenario);
    const int orphans = add_orphans(population, tw_quarter_of(2010, 11));
    tw_world *world = world_of(scenario, population, 2);
    roll before = roll_of(world->population);
    CHECK(orphans > 100);
    CHECK(tw_quarter(world) == TW_OK);
    roll now = roll_of(world->population);
    check_households(world->population, world->quarter - 1, &now);
    int dead = 0, at_home = 0;
    for (int64_t i = 0; i < before.count; i++) {
        const person_row *orphan = &before.row[i];
        const person_row *later = look_up(&now, orphan->uid);
        if (is_added_orphan(orphan)) {
            dead += later == NULL;
            at_home += later != NULL && later->household != orphan->household;
        }
    }
    CHECK(dead > 0);
    /* Few had kin without room for them and no other host in the zone: they ask again. */
    CHECK(dead + at_home > orphans * 19 / 20);
    free(before.row);
    free(now.row);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

/** Changes of the persons present in both of two rolls. */
typedef struct changes {
    int household, marital, schooling, widowed;
} changes;

static changes compare_rolls(const roll *before, const roll *now)
{
    changes found = {0};
    for (int64_t i = 0; i < now->count; i++) {
        const person_row *a = look_up(before, now->row[i].uid), *b = &now->row[i];
        if (a == NULL) {
            continue;
        }
        /* Whose partner died is widowed, by demography, and nobody else's status changes. */
        const int bereaved = a->partner != 0 && look_up(now, a->partner) == NULL;
        found.household += a->household != b->household;
        found.schooling += a->schooling != b->schooling;
        found.marital += b->marital != (bereaved ? TW_WIDOWED : a->marital);
        found.widowed += bereaved;
    }
    return found;
}

static changes changes_of(const char *const *texts, int num, int quarters)
{
    tw_scenario *scenario = scenario_of("plan-2030.cfg", texts, num);
    tw_world *world = world_of(scenario, start_of(scenario), 2);
    changes sum = {0};
    for (int q = 0; q < quarters; q++) {
        roll before = roll_of(world->population);
        CHECK(tw_quarter(world) == TW_OK);
        roll now = roll_of(world->population);
        const changes found = compare_rolls(&before, &now);
        sum.household += found.household;
        sum.marital += found.marital;
        sum.schooling += found.schooling;
        sum.widowed += found.widowed;
        free(before.row);
        free(now.row);
    }
    tw_world_free(world);
    tw_scenario_free(scenario);
    return sum;
}

#define OFF "run.sample=0.05", "process.households=none", "process.schooling=none"

/* Households and schools off: nobody changes household or schooling, only bereaved ones status;
 * not even when everyone is looked at. */
static void processes_that_are_off_do_nothing(void)
{
    const changes off = changes_of(TEXTS(OFF), 4);
    CHECK_EQ_INT(off.household, 0);
    CHECK_EQ_INT(off.schooling, 0);
    CHECK_EQ_INT(off.marital, 0);
    CHECK(off.widowed > 0);
    const changes looked_at = changes_of(TEXTS(OFF, "engine.thinning_bound=1000000"), 4);
    CHECK_EQ_INT(looked_at.household, 0);
    CHECK_EQ_INT(looked_at.schooling, 0);
    CHECK_EQ_INT(looked_at.marital, 0);
    const changes nobody_dies = changes_of(TEXTS(OFF, "process.demography=none"), 2);
    CHECK_EQ_INT(nobody_dies.widowed, 0);
    CHECK_EQ_INT(nobody_dies.household + nobody_dies.marital + nobody_dies.schooling, 0);
    const changes on = changes_of(TEXTS("run.sample=0.05"), 4);
    CHECK(on.household > 0 && on.marital > 0 && on.schooling > 0);
}

int main(void)
{
    RUN(hindcast_is_sound);
    RUN(plan_is_sound);
    RUN(nobody_moves_between_count_and_close);
    RUN(orphans_go_to_their_kin);
    RUN(processes_that_are_off_do_nothing);
    return REPORT();
}
