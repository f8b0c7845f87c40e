/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Arrivals from outside on the shipped region: more arrivals in a cell leave the others as they
 * are; flows by county add up to the settings; ages; students who come back.
 */
#include <stdlib.h>

#include "engine/world.h"
#include "process/outside/outside.h"
#include "test.h"
#include "townward/run.h"

/* Ends the test program when the scenario is not valid. */
static tw_scenario *scenario_of(const char *name, const char *const *texts, int num)
{
    const char *folder = getenv("TOWNWARD_SOURCE");
    char path[4096];
    tw_override overrides[16];
    tw_scenario *scenario = NULL;
    snprintf(path, sizeof path, "%s/scenarios/xizang/%s", folder == NULL ? "." : folder, name);
    for (int i = 0; i < num; i++) {
        overrides[i].text = texts[i];
    }
    if (tw_scenario_read(path, overrides, num, NULL, &scenario) != TW_OK) {
        fprintf(stderr, "scenario %s is not valid\n", path);
        exit(1);
    }
    return scenario;
}

/* A world at its opening, before its first quarter. */
static tw_world *world_of(const tw_scenario *scenario)
{
    tw_population *population = NULL;
    tw_world *world = NULL;
    if (tw_start_population(scenario, 2, NULL, &population) != TW_OK ||
        tw_world_create(scenario, 0, 2, population, &world) != TW_OK) {
        fprintf(stderr, "no world\n");
        exit(1);
    }
    return world;
}

static int32_t *cell_of(const tw_world *world, int county, int kind, int type)
{
    return &world->arrivals[tw_zone(county, kind) * TW_ARRIVAL_TYPES + type];
}

/* The given numbers arrive in two towns and a rural zone; every family finds a dwelling. */
static void arrive(tw_world *world, const int32_t due[TW_ARRIVAL_TYPES])
{
    for (int i = 0; i < world->num_zones * TW_ARRIVAL_TYPES; i++) {
        world->arrivals[i] = 0;
    }
    for (int type = 0; type < TW_ARRIVAL_TYPES; type++) {
        *cell_of(world, 3, TW_TOWN, type) = due[type];
        *cell_of(world, 8, TW_TOWN, type) = 7;
        *cell_of(world, 8, TW_RURAL, type) = 5;
    }
    CHECK(tw_outside_apply(world) == TW_OK);
    tw_applications *list = &world->worker[0].applications;
    for (int32_t i = 0; i < list->count; i++) {
        list->row[i].wants |= TW_GOT_FIRST;
    }
    CHECK(tw_outside_arrive(world) == TW_OK);
    list->count = 0;
}

static int is_arrival(uint64_t uid)
{
    return uid >> 62 == 3;
}

/* Arrived households of `a` that are in `b` with the same values of every member. */
static int count_shared(const tw_world *a, const tw_world *b, int *arrived)
{
    int shared = 0;
    for (int32_t k = 0; k < a->population->num_blocks; k++) {
        const tw_block *block = &a->population->blocks[k];
        for (int32_t h = 0; h < block->num_households; h++) {
            tw_place place;
            if (!is_arrival(block->uid[h])) {
                continue;
            }
            *arrived += 1;
            if (!tw_population_find(b->population, block->uid[h], &place)) {
                continue;
            }
            const tw_block *other = &b->population->blocks[place.block];
            const tw_household one = tw_block_household(block, h);
            const tw_household two = tw_block_household(other, place.row);
            int same = one.zone == two.zone && one.tenure == two.tenure &&
                       tw_household_size(block, h) == tw_household_size(other, place.row);
            for (int32_t i = 0; same && i < tw_household_size(block, h); i++) {
                const tw_person p = tw_block_person(block, block->first_person[h] + i);
                const tw_person q = tw_block_person(other, other->first_person[place.row] + i);
#define TW_SAME(field, type, unit, sentence) same &= p.field == q.field;
                TW_PERSON_FIELDS(TW_SAME)
#undef TW_SAME
            }
            shared += same;
        }
    }
    return shared;
}

#define SMALL "run.sample=0.02"

static void more_arrivals_leave_the_others_alone(void)
{
    const char *texts[] = {SMALL};
    tw_scenario *scenario = scenario_of("baseline.cfg", texts, 1);
    tw_world *ten = world_of(scenario), *twelve = world_of(scenario);
    const int32_t fewer[] = {10, 10, 10, 10}, more[] = {12, 10, 12, 10};
    arrive(ten, fewer);
    arrive(twelve, more);
    int arrived = 0, arrived_more = 0;
    CHECK_EQ_INT(count_shared(ten, twelve, &arrived), 4 * (10 + 7 + 5));
    CHECK_EQ_INT(arrived, 4 * (10 + 7 + 5));
    CHECK_EQ_INT(count_shared(twelve, ten, &arrived_more), arrived);
    CHECK_EQ_INT(arrived_more, arrived + 4);
    /* Students live in the town of the county where they are registered. */
    CHECK_EQ_INT(TW_AT(&ten->zones, arrivals, tw_zone(8, TW_TOWN)), 7 * (1 + 2 + 3 + 1) + 5);
    CHECK_EQ_INT(TW_AT(&ten->zones, arrivals, tw_zone(8, TW_RURAL)), 5 * (1 + 2 + 3));
    CHECK_EQ_INT(TW_AT(&twelve->zones, arrivals, tw_zone(3, TW_TOWN)), 12 + 20 + 36 + 10);
    tw_world_free(ten);
    tw_world_free(twelve);
    tw_scenario_free(scenario);
}

/* What may be of one arrived household; counts men and members who are adults from outside. */
static void check_household(const tw_world *world, const tw_block *block, int32_t h, int64_t *men,
                            int64_t *adults)
{
    const int32_t first = block->first_person[h], size = tw_household_size(block, h);
    int wrong = 0;
    for (int32_t p = first; p < first + size; p++) {
        const int age = tw_age(block->birth_quarter[p], world->quarter);
        const int student = block->registered_zone[p] != TW_OUTSIDE;
        wrong += block->unit[p] != 1 || block->person_uid[p] >> 63 != 1;
        if (p == first + 2) {
            const int older = tw_age(block->birth_quarter[first + 1], block->birth_quarter[p]);
            wrong += age > 12 || older < 18 || block->marital[p] != TW_NEVER_MARRIED;
            continue;
        }
        wrong += age < (size > 1 ? 18 : 15) || age >= 60;
        wrong += (block->marital[p] == TW_MARRIED) != (size > 1);
        wrong += student && (age != 22 || block->schooling[p] != TW_SCHOOL_COLLEGE ||
                             block->zone[h] != tw_zone(block->registered_zone[p] / 2, TW_TOWN));
        *adults += !student;
        *men += !student && block->sex[p] == TW_MALE;
    }
    if (size > 1) {
        const int gap = block->birth_quarter[first + 1] - block->birth_quarter[first];
        wrong += gap > 20 || gap < -4 * 4 || block->sex[first + 1] != TW_FEMALE;
        wrong += tw_partner_row(block, h, first) != first + 1;
    }
    CHECK_EQ_INT(wrong, 0);
}

/* Share of men of the schedule among all adults, when types come as the settings say. */
static void members_are_plausible(void)
{
    const char *texts[] = {SMALL, "outside.single_share=0.6"};
    tw_scenario *scenario = scenario_of("baseline.cfg", texts, 2);
    tw_world *world = world_of(scenario);
    double expected = 0;
    for (int age = 0; age < TW_AGES; age++) {
        const double share = tw_region_schedule(world->region, "arrival_age", TW_MALE, age, 2020);
        expected += share > 0 ? share : 0;
    }
    /* 0.6, 0.2 and 0.2 of the persons. */
    const int32_t due[] = {6000, 1000, 667, 500};
    arrive(world, due);
    int64_t men = 0, adults = 0;
    for (int32_t k = 0; k < world->population->num_blocks; k++) {
        const tw_block *block = &world->population->blocks[k];
        for (int32_t h = 0; h < block->num_households; h++) {
            if (is_arrival(block->uid[h])) {
                check_household(world, block, h, &men, &adults);
            }
        }
    }
    printf("men among arriving adults: %.4f, schedule %.4f\n", (double)men / (double)adults,
           expected);
    CHECK(expected > 0.5);
    CHECK_NEAR((double)men / (double)adults, expected, 0.015); /* three standard errors */
    tw_world_free(world);
    tw_scenario_free(scenario);
}

static double expected_in(const tw_world *world, int county)
{
    return world->outsiders_expected[tw_zone(county, TW_RURAL)] +
           world->outsiders_expected[tw_zone(county, TW_TOWN)];
}

/* Persons due in a quarter, those waiting included. */
static double persons_due(tw_world *world)
{
    double before = 0, after = 0;
    for (int i = 0; i < world->num_zones * TW_ARRIVAL_TYPES; i++) {
        before += world->arrival_carry[i] * tw_arrival_size(i % TW_ARRIVAL_TYPES);
    }
    tw_outside_open(world);
    for (int i = 0; i < world->num_zones * TW_ARRIVAL_TYPES; i++) {
        CHECK(world->arrivals[i] >= 0 && world->arrival_carry[i] < 1);
        after +=
            (world->arrival_carry[i] + world->arrivals[i]) * tw_arrival_size(i % TW_ARRIVAL_TYPES);
    }
    return after - before;
}

/* From 2010 the expected stock grows by the setting, each county's by its part of the censuses'. */
static void county_flows_add_up(void)
{
    const char *texts[] = {"run.sample=0.2", "outside.student_return=0",
                           "outside.net_arrivals_2010s=30000", "outside.net_arrivals=-6000"};
    tw_scenario *scenario = scenario_of("hindcast-2010.cfg", texts, 4);
    tw_world *world = world_of(scenario);
    const tw_region *region = world->region;
    double start[256] = {0}, total = 0, growth = 0, stock = 0;
    for (int c = 0; c < world->num_counties; c++) {
        start[c] = expected_in(world, c);
        stock += start[c];
        growth += (double)(region->census[1][c].registered_elsewhere[TW_ELSEWHERE_OUTSIDE] -
                           region->census[0][c].registered_elsewhere[TW_ELSEWHERE_OUTSIDE]);
    }
    /* Jobs are those of the start: nothing but replacement and the net flow. */
    const double replaced = stock * tw_quarterly(1 / tw_scenario_settings(scenario)->mean_stay);
    CHECK_NEAR(persons_due(world), replaced + 0.2 * 30000 / 4, 1e-6 * stock);
    for (int q = 1; q < 40; q++) {
        world->quarter++;
        tw_outside_open(world);
    }
    int wrong = 0, losing = 0;
    for (int c = 0; c < world->num_counties; c++) {
        const double part =
            (double)(region->census[1][c].registered_elsewhere[TW_ELSEWHERE_OUTSIDE] -
                     region->census[0][c].registered_elsewhere[TW_ELSEWHERE_OUTSIDE]) /
            growth;
        const double gain = expected_in(world, c) - start[c];
        wrong += fabs(gain - part * 0.2 * 300000) > 0.01;
        losing += gain < 0;
        total += gain;
    }
    CHECK_EQ_INT(wrong, 0);
    CHECK_EQ_INT(losing, 3);
    CHECK_NEAR(total, 0.2 * 300000, 0.01);
    /* After 2020 every county loses the same share. */
    const double before = expected_in(world, 0), other = expected_in(world, 5);
    world->quarter++;
    tw_outside_open(world);
    stock += total;
    CHECK_NEAR(expected_in(world, 0) / before, 1 - 0.2 * 6000 / 4 / stock, 1e-9);
    CHECK_NEAR(expected_in(world, 5) / other, 1 - 0.2 * 6000 / 4 / stock, 1e-9);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

/* The ring starts with four years of leavers; each is taken once, its share comes back. */
static void students_come_back(void)
{
    const char *texts[] = {SMALL, "outside.student_return=0.7"};
    tw_scenario *scenario = scenario_of("baseline.cfg", texts, 2);
    tw_world *world = world_of(scenario);
    const int zones = world->num_zones, slots = TW_STUDY_QUARTERS * zones;
    int64_t *left = calloc((size_t)zones, sizeof *left), *back = calloc((size_t)zones, 8);
    int64_t all = 0, off_season = 0;
    for (int i = 0; i < slots; i++) {
        left[i % zones] += world->students_away[i];
        all += world->students_away[i];
        off_season += i / zones % 4 == 3 ? 0 : world->students_away[i];
    }
    printf("students away at the start: %lld\n", (long long)all);
    CHECK(all > 0);
    CHECK_EQ_INT(off_season, 0);
    for (int q = 0; q < 2 * TW_STUDY_QUARTERS; q++) {
        tw_outside_open(world);
        for (int z = 0; z < zones; z++) {
            back[z] += world->arrivals[z * TW_ARRIVAL_TYPES + TW_ARRIVAL_STUDENT];
            CHECK_EQ_INT(world->students_away[world->quarter % TW_STUDY_QUARTERS * zones + z], 0);
        }
        /* In the first four years as many leave again as left then. */
        if (q < TW_STUDY_QUARTERS && q % 5 == 0) {
            world->students_away[world->quarter % TW_STUDY_QUARTERS * zones + q] = 11;
            left[q] += 11;
        }
        world->quarter++;
    }
    int wrong = 0;
    for (int z = 0; z < zones; z++) {
        const double carry = world->arrival_carry[z * TW_ARRIVAL_TYPES + TW_ARRIVAL_STUDENT];
        wrong += fabs((double)back[z] + carry - 0.7 * (double)left[z]) > 1e-9;
    }
    for (int i = 0; i < slots; i++) {
        wrong += world->students_away[i] != 0;
    }
    CHECK_EQ_INT(wrong, 0);
    free(left);
    free(back);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

/* No schooling: nobody has left, nobody comes back. No outside: nobody is due. */
static void none_does_nothing(void)
{
    const char *texts[] = {SMALL, "process.schooling=none"};
    const char *closed[] = {SMALL, "process.outside=none"};
    tw_scenario *scenario = scenario_of("baseline.cfg", texts, 2);
    tw_world *world = world_of(scenario);
    int64_t away = 0, due = 0;
    for (int i = 0; i < TW_STUDY_QUARTERS * world->num_zones; i++) {
        away += world->students_away[i];
    }
    CHECK_EQ_INT(away, 0);
    tw_world_free(world);
    tw_scenario_free(scenario);
    scenario = scenario_of("baseline.cfg", closed, 2);
    world = world_of(scenario);
    tw_outside_open(world);
    for (int i = 0; i < TW_ARRIVAL_TYPES * world->num_zones; i++) {
        due += world->arrivals[i];
    }
    CHECK_EQ_INT(due, 0);
    CHECK(world->departure == 0 && world->household_bound[TW_SLOT_DEPARTURE] == 0);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

/* A region whose shares of ages are gone, or do not add up, is no input. */
static void shares_are_checked(void)
{
    const char *texts[] = {SMALL};
    tw_scenario *scenario = scenario_of("baseline.cfg", texts, 1);
    tw_region region = *tw_scenario_region(scenario);
    tw_report *report = tw_report_create();
    CHECK(tw_outside_check(&region, report) == TW_OK);
    region.num_schedule_rows -= 1; /* the last ones are arrival_age; this one is 0 */
    CHECK(tw_outside_check(&region, report) == TW_OK);
    region.num_schedule_rows -= 4;
    CHECK(tw_outside_check(&region, report) == TW_BAD_INPUT);
    region.num_schedule_rows = 0;
    CHECK(tw_outside_check(&region, report) == TW_BAD_INPUT);
    CHECK_EQ_INT(tw_report_count(report), 2);
    tw_report_free(report);
    tw_scenario_free(scenario);
}

int main(void)
{
    RUN(more_arrivals_leave_the_others_alone);
    RUN(members_are_plausible);
    RUN(county_flows_add_up);
    RUN(students_come_back);
    RUN(none_does_nothing);
    RUN(shares_are_checked);
    return REPORT();
}
