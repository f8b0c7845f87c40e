/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One event more: two worlds that differ by a few births, arrivals or unions at their start.
 *
 * With towns, prices and the partner market held fixed nobody else's life changes, to the bit. With
 * everything on, whom an event can reach by markets, partners and kin are few.
 */
#include <stdlib.h>

#include "engine/quarter.h"
#include "engine/world.h"
#include "test.h"
#include "worlds.h"

enum { MOST_TOUCHED = 256, QUARTERS = 8 };

/** Persons whom the event concerns: they, and whoever lives with them, may differ. */
typedef struct touched {
    int count;
    uint64_t person[MOST_TOUCHED];
} touched;

/**
 * What a household looks like in one word, but for its money: the level of wages rests on the work
 * of all at the start, so that one person more moves everyone's cents. Whether it holds somebody
 * who is touched. */
typedef struct look {
    uint64_t uid, hash;
    int touched;
} look;

typedef struct looks {
    int64_t count;
    look *row;
} looks;

static void touch_household(touched *who, const tw_block *block, int32_t h)
{
    for (int32_t p = block->first_person[h]; p < block->first_person[h + 1]; p++) {
        CHECK(who->count < MOST_TOUCHED);
        who->person[who->count++] = block->person_uid[p];
    }
}

static int is_touched(const touched *who, uint64_t person)
{
    int found = 0;
    for (int i = 0; i < who->count; i++) {
        found |= who->person[i] == person;
    }
    return found;
}

static uint64_t mix_words(const uint64_t *word, size_t count, uint64_t hash)
{
    for (size_t i = 0; i < count; i++) {
        hash = tw_mix2(hash, word[i]);
    }
    return hash;
}

static look look_at(const tw_block *block, int32_t h, const touched *who)
{
    tw_household household_row = tw_block_household(block, h);
    household_row.savings = household_row.debt = 0;
#define WORD(name, type, unit, sentence) (uint64_t) household_row.name,
    const uint64_t household[] = {TW_HOUSEHOLD_FIELDS(WORD)};
#undef WORD
#define WORD(name, type, unit, sentence) (uint64_t) block->name[row],
    look of = {block->uid[h], mix_words(household, sizeof household / sizeof *household, 0), 0};
    for (int32_t row = block->first_person[h]; row < block->first_person[h + 1]; row++) {
        const uint64_t person[] = {TW_PERSON_FIELDS(WORD)};
        of.hash = mix_words(person, sizeof person / sizeof *person, of.hash);
        of.touched |= is_touched(who, block->person_uid[row]);
    }
#undef WORD
    return of;
}

static int compare_looks(const void *left, const void *right)
{
    const look *a = left, *b = right;
    return (a->uid > b->uid) - (a->uid < b->uid);
}

static looks looks_of(const tw_population *population, const touched *who)
{
    const tw_population_totals totals = tw_population_count(population);
    looks all = {0, malloc((size_t)(totals.families + totals.collectives + 1) * sizeof(look))};
    if (all.row == NULL) {
        exit(1);
    }
    for (int32_t b = 0; b < population->num_blocks; b++) {
        for (int32_t h = 0; h < population->blocks[b].num_households; h++) {
            all.row[all.count++] = look_at(&population->blocks[b], h, who);
        }
    }
    qsort(all.row, (size_t)all.count, sizeof(*all.row), compare_looks);
    return all;
}

/** Households that are not the same in two worlds: with somebody touched, and the others. */
typedef struct difference {
    int64_t touched, others, all;
} difference;

static void tell_apart(const looks *a, const looks *b, difference *found)
{
    int64_t i = 0, j = 0;
    while (i < a->count || j < b->count) {
        const uint64_t left = i < a->count ? a->row[i].uid : UINT64_MAX;
        const uint64_t right = j < b->count ? b->row[j].uid : UINT64_MAX;
        const int in_a = left <= right, in_b = right <= left;
        const int same = in_a && in_b && a->row[i].hash == b->row[j].hash;
        const int one = (in_a && a->row[i].touched) || (in_b && b->row[j].touched);
        found->touched += !same && one;
        found->others += !same && !one;
        i += in_a;
        j += in_b;
    }
    found->all = b->count;
}

static difference difference_of(const tw_world *a, const tw_world *b, const touched *who)
{
    looks left = looks_of(a->population, who), right = looks_of(b->population, who);
    difference found = {0};
    tell_apart(&left, &right, &found);
    free(left.row);
    free(right.row);
    return found;
}

/** Makes event `number` happen in a starting population, and says whom it concerns. */
typedef void make_event(tw_population *population, int number, int32_t quarter, touched *who);

/* Applies edits of one block to it. */
static void edit_block(tw_block *block, tw_edits *edits, int32_t quarter)
{
    CHECK(tw_block_rebuild(block, edits, quarter) == TW_OK);
    edits->count = 0;
}

/* A couple with children at home, somewhere in the middle. */
static int is_young_family(const tw_block *block, int32_t h, int32_t quarter)
{
    const int32_t first = block->first_person[h];
    const int age = tw_age(block->birth_quarter[first], quarter);
    return block->tenure[h] == TW_RURAL_HOUSE && block->first_person[h + 1] - first == 4 &&
           age >= 28 && age <= 38 && tw_partner_row(block, h, first) >= 0;
}

/* The first household that fits, from a place on that differs by number; nobody touched yet. */
static tw_place find_place(const tw_population *population, int number, int32_t quarter,
                           const touched *who,
                           int (*fits)(const tw_block *block, int32_t h, int32_t quarter))
{
    const int32_t num = population->num_blocks;
    for (int32_t i = 0; i < num; i++) {
        const int32_t b = (3 + 7 * number + i) % num;
        const tw_block *block = &population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            if (fits(block, h, quarter) &&
                !is_touched(who, block->person_uid[block->first_person[h]])) {
                return (tw_place){b, h};
            }
        }
    }
    fprintf(stderr, "nobody fits\n");
    exit(1);
}

static void one_more_birth(tw_population *population, int number, int32_t quarter, touched *who)
{
    const tw_place place = find_place(population, number, quarter, who, is_young_family);
    tw_block *block = &population->blocks[place.block];
    const int32_t first = block->first_person[place.row];
    tw_edits edits = {0};
    tw_edit *edit = tw_edits_add(&edits);
    edit->kind = TW_EDIT_ADD_PERSON;
    edit->household = place.row;
    edit->added = (tw_person){.person_uid = tw_mix2(4711, (uint64_t)number) | UINT64_C(1) << 63,
                              .kin_uid = block->kin_uid[first],
                              .birth_quarter = (int16_t)quarter,
                              .registered_zone = block->registered_zone[first],
                              .sex = TW_FEMALE,
                              .unit = block->unit[first]};
    edit_block(block, &edits, quarter);
    touch_household(who, block, place.row);
    tw_edits_free(&edits);
}

static void one_more_arrival(tw_population *population, int number, int32_t quarter, touched *who)
{
    const uint64_t uid = tw_mix2(4712, (uint64_t)number) | UINT64_C(3) << 62;
    const tw_household household = {.uid = uid,
                                    .zone = (int16_t)tw_zone(number, TW_TOWN),
                                    .land_zone = TW_NO_ZONE,
                                    .taste_zone = TW_NO_ZONE,
                                    .moved_quarter = (int16_t)quarter,
                                    .tenure = TW_COLLECTIVE};
    const tw_person person = {.person_uid = tw_mix2(4713, (uint64_t)number) | UINT64_C(1) << 63,
                              .birth_quarter = (int16_t)(quarter - 4 * 30),
                              .registered_zone = TW_OUTSIDE,
                              .schooling = TW_SCHOOL_JUNIOR,
                              .unit = 1};
    tw_block *block = &population->blocks[tw_population_block_of(population, uid)];
    CHECK(tw_block_grow(block, 1, 1) == TW_OK);
    tw_block_append(block, &household, 1, &person);
    touch_household(who, block, block->num_households - 1);
}

static int lives_alone(const tw_block *block, int32_t h, int32_t quarter, int sex)
{
    const int32_t first = block->first_person[h];
    const int age = tw_age(block->birth_quarter[first], quarter);
    return block->tenure[h] == TW_RURAL_HOUSE && block->first_person[h + 1] - first == 1 &&
           age >= 25 && age <= 45 && block->marital[first] != TW_MARRIED &&
           block->sex[first] == sex;
}

static int is_man_alone(const tw_block *block, int32_t h, int32_t quarter)
{
    return lives_alone(block, h, quarter, TW_MALE);
}

static int is_woman_alone(const tw_block *block, int32_t h, int32_t quarter)
{
    return lives_alone(block, h, quarter, TW_FEMALE);
}

/* She gives up her household for his. */
static void one_more_union(tw_population *population, int number, int32_t quarter, touched *who)
{
    const tw_place his = find_place(population, number, quarter, who, is_man_alone);
    const tw_place hers = find_place(population, number, quarter, who, is_woman_alone);
    tw_block *from = &population->blocks[hers.block], *into = &population->blocks[his.block];
    tw_edits edits = {0};
    tw_edit *edit = tw_edits_add(&edits);
    touch_household(who, from, hers.row);
    touch_household(who, into, his.row);
    tw_person woman = tw_block_person(from, from->first_person[hers.row]);
    woman.marital = into->marital[into->first_person[his.row]] = TW_MARRIED;
    woman.unit = into->unit[into->first_person[his.row]];
    edit->kind = TW_EDIT_ADD_PERSON;
    edit->household = his.row;
    edit->added = woman;
    edit_block(into, &edits, quarter);
    /* Her row may have shifted only if both lie in one block, where nobody was dropped. */
    edit = tw_edits_add(&edits);
    edit->kind = TW_EDIT_REMOVE_HOUSEHOLD;
    edit->household = hers.row;
    edit_block(from, &edits, quarter);
    tw_edits_free(&edits);
}

/* Births follow the women of the last count: those of one world serve both. */
static void share_women(const tw_world *from, tw_world *to)
{
    memcpy(to->women, from->women, sizeof to->women);
    memcpy(to->married_women, from->married_women, sizeof to->married_women);
}

/*
 * Two worlds side by side, the second with a few events more.
 *
 * @param most  of the others that may differ after a year, per event; < 0: none in any quarter,
 *              with women shared by the two worlds
 */
static void run_side_by_side(const tw_scenario *scenario, const tw_population *start,
                             const char *what, make_event *event, int events, double most)
{
    const int fixed = most < 0;
    touched who = {0};
    const int32_t quarter = (int32_t)tw_scenario_settings(scenario)->run_start;
    tw_population *with = copy_of(start);
    for (int i = 0; i < events; i++) {
        event(with, i, quarter, &who);
    }
    tw_world *plain = world_of(scenario, copy_of(start), 2);
    tw_world *more = world_of(scenario, with, 2);
    difference found = difference_of(plain, more, &who);
    CHECK_EQ_INT(found.others, 0);
    CHECK(found.touched > 0);
    printf("%d %s; other households that differ by quarter:", events, what);
    for (int q = 1; q <= QUARTERS; q++) {
        if (fixed) {
            share_women(plain, more);
        }
        CHECK(tw_quarter(plain) == TW_OK);
        CHECK(tw_quarter(more) == TW_OK);
        found = difference_of(plain, more, &who);
        printf(" %lld", (long long)found.others);
        if (fixed) {
            CHECK_EQ_INT(found.others, 0);
        } else if (q == 4) {
            CHECK((double)found.others <= most * events);
        }
    }
    printf(" of %lld\n", (long long)found.all);
    CHECK(found.touched > 0);
    tw_world_free(plain);
    tw_world_free(more);
}

/* Towns, prices and the partner market held fixed; nobody joins others without need. */
static void nobody_else_is_touched(void)
{
    tw_scenario *scenario = scenario_of(
        "hindcast-2010.cfg",
        TEXTS("run.sample=0.05", "process.moving=none", "process.housing=none",
              "process.labour=none", "process.budget=none", "process.outside=none",
              "process.organised=none", "households.union_men=0", "households.union_women=0",
              "households.next_union=0", "households.join_elder=0", "households.join_alone=0"));
    tw_population *start = start_of(scenario);
    run_side_by_side(scenario, start, "births, all else fixed", one_more_birth, 5, -1);
    run_side_by_side(scenario, start, "arrivals, all else fixed", one_more_arrival, 5, -1);
    run_side_by_side(scenario, start, "unions, all else fixed", one_more_union, 5, -1);
    tw_population_free(start);
    tw_scenario_free(scenario);
}

/* Everything on, events enough to be felt. */
static void few_others_are_reached(void)
{
    tw_scenario *scenario = scenario_of("plan-2030.cfg", TEXTS("run.sample=0.05"));
    tw_population *start = start_of(scenario);
    run_side_by_side(scenario, start, "births", one_more_birth, 20, 5);
    /* One more adult also enters the levels of the labour market that keep the start at rest. */
    run_side_by_side(scenario, start, "arrivals", one_more_arrival, 20, 15);
    run_side_by_side(scenario, start, "unions", one_more_union, 20, 5);
    tw_population_free(start);
    tw_scenario_free(scenario);
}

int main(void)
{
    RUN(nobody_else_is_touched);
    RUN(few_others_are_reached);
    return REPORT();
}
