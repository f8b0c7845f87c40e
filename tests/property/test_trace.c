/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A trace says what the run did, and the run does not know of it: the shipped region, sampled.
 * Many households are traced at once, by a watcher that hands each step to all tracers.
 */
#include "test.h"

#include <stdlib.h>

#include "engine/pass.h"
#include "engine/quarter.h"
#include "process/moving/moving.h"
#include "property/worlds.h"
#include "townward/trace.h"
#include "trace/tracer.h"

enum { NUM_TRACED = 150, QUARTERS = 10 };

/** Households of one world, each with a tracer. */
typedef struct crowd {
    tw_world *world;
    tw_cast cast;
    tw_tracer *tracer[NUM_TRACED];
    int num;
    int searches, applications, not_best, too_wide, lines;
} crowd;

static tw_scenario *plan(const char *hazards)
{
    return scenario_of("plan-2030.cfg", TEXTS("run.sample=0.02", "run.end=2023-11", hazards));
}

/* Made once: it does not hang on what the scenarios here differ in. */
static tw_population *start;

static tw_status hand_on(void *context, tw_world *world, tw_step *step)
{
    crowd *all = context;
    tw_status status = TW_OK;
    for (int i = 0; i < all->num && status == TW_OK; i++) {
        status = all->tracer[i]->watcher.see(all->tracer[i], world, step);
    }
    return status;
}

/* Every so many households: families and collectives, of all counties. */
static void fill(crowd *all)
{
    const tw_population *population = all->world->population;
    const tw_population_totals totals = tw_population_count(population);
    const int64_t apart = (totals.families + totals.collectives) / NUM_TRACED;
    int64_t at = 0;
    for (int32_t b = 0; b < population->num_blocks; b++) {
        for (int32_t h = 0; h < population->blocks[b].num_households; h++, at++) {
            if (at % apart == 0 && all->num < NUM_TRACED &&
                tw_tracer_create(all->world, population->blocks[b].uid[h], &all->cast,
                                 &all->tracer[all->num]) == TW_OK) {
                all->num++;
            }
        }
    }
}

static void check_lines(crowd *all)
{
    for (int i = 0; i < all->num; i++) {
        const tw_lines *lines = &all->tracer[i]->lines;
        for (int line = 0; line < lines->num; line++) {
            all->too_wide += strlen(lines->row[line]) > TW_TRACE_WIDTH;
        }
        all->lines += lines->num;
    }
}

static void run_crowd(crowd *all)
{
    const tw_watcher watcher = {hand_on, all};
    all->world->watcher = &watcher;
    for (int q = 0; q < QUARTERS; q++) {
        for (int i = 0; i < all->num; i++) {
            tw_tracer_open(all->tracer[i]);
        }
        CHECK(tw_quarter(all->world) == TW_OK);
        check_lines(all);
    }
}

static void empty(crowd *all)
{
    for (int i = 0; i < all->num; i++) {
        tw_tracer_free(all->tracer[i]);
    }
    tw_cast_free(&all->cast);
    tw_world_free(all->world);
}

static int same_household(const tw_household *a, const tw_household *b)
{
#define SAME(name, type, unit, sentence) &&a->name == b->name
    return 1 TW_HOUSEHOLD_FIELDS(SAME);
}

static int same_person(const tw_person *a, const tw_person *b)
{
    return 1 TW_PERSON_FIELDS(SAME);
#undef SAME
}

static int same_state(const tw_glimpse *a, const tw_glimpse *b)
{
    int same =
        a->there && b->there && a->num == b->num && same_household(&a->household, &b->household);
    for (int i = 0; i < a->num && same; i++) {
        same = same_person(&a->person[i], &b->person[i]);
    }
    return same;
}

/* Those who are still followed are as in a run that nobody watched; the others are in none. */
static void check_against(const crowd *all, const tw_world *unwatched)
{
    int followed = 0, ended = 0, same = 0, gone = 0;
    for (int i = 0; i < all->num; i++) {
        static tw_glimpse there;
        const tw_tracer *tracer = all->tracer[i];
        if (tracer->state == TW_TRACE_FOLLOWED) {
            tw_glimpse_take(unwatched->population, tracer->household, &there);
            same += same_state(&there, &tracer->now);
            followed++;
        } else {
            gone += tw_trace_home_of(unwatched->population, tracer->person) == 0;
            ended++;
        }
    }
    CHECK(followed > NUM_TRACED / 2);
    CHECK(ended > 0);
    CHECK_EQ_INT(same, followed);
    CHECK_EQ_INT(gone, ended);
}

static void test_the_run_does_not_know_of_it(void)
{
    tw_scenario *scenario = plan("process.hazards=frequencies");
    tw_world *unwatched = world_of(scenario, copy_of(start), 1);
    static crowd all;
    all.world = world_of(scenario, copy_of(start), 2);
    fill(&all);
    CHECK_EQ_INT(all.num, NUM_TRACED);
    run_crowd(&all);
    for (int q = 0; q < QUARTERS; q++) {
        CHECK(tw_quarter(unwatched) == TW_OK);
    }
    const tw_digest a = tw_world_digest(unwatched), b = tw_world_digest(all.world);
    CHECK(a.low == b.low && a.high == b.high);
    check_against(&all, unwatched);
    CHECK_EQ_INT(all.too_wide, 0);
    CHECK(all.lines > NUM_TRACED * QUARTERS / 2);
    empty(&all);
    tw_world_free(unwatched);
    tw_scenario_free(scenario);
}

/* ---- what a household compares ---- */

/* Index of the best place but one: of the present place when none is better. */
static int best_place(const tw_prospect *prospect, int staying, int towns, int but)
{
    int best = staying;
    for (int c = 0; c < towns; c++) {
        if (c != but && prospect[c].utility > prospect[best].utility) {
            best = c;
        }
    }
    return best;
}

static void check_parts(const tw_prospect *of)
{
    CHECK_NEAR(of->value + of->services + of->nearness + of->network - of->cost, of->known, 1e-9);
    CHECK_NEAR(of->known + of->lasting + of->passing, of->utility, 1e-9);
}

static void check_application(crowd *all, tw_world *world, const tw_application *one,
                              tw_prospect *prospect)
{
    const tw_block *block = &world->population->blocks[one->block];
    const int towns = world->num_counties;
    const int staying = tw_moving_prospects(world, &world->worker[0], block, one->row, prospect);
    const int best = best_place(prospect, staying, towns, -1);
    const int second = best_place(prospect, staying, towns, best);
    const int second_zone = second == staying ? -1 : prospect[second].zone;
    all->applications++;
    all->not_best += prospect[best].zone != one->destination || second_zone != one->second;
    check_parts(&prospect[best]);
    check_parts(&prospect[staying]);
}

/* Households that search, by the decision of one household. */
static int count_searches(const tw_world *world)
{
    int searches = 0;
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            const tw_draw draw =
                tw_draw_at(world->key, TW_DRAW_HOUSEHOLD_EVENTS, block->uid[h], world->quarter, 0);
            const tw_candidate candidate = {
                h, block->flags[h], {draw.word[0], draw.word[1]}
            };
            const int founded_now = block->moved_quarter[h] == world->quarter;
            searches += !founded_now && tw_moving_act(world, block, &candidate) == TW_ACT_SEARCH;
        }
    }
    return searches;
}

static tw_status look_at_searches(void *context, tw_world *world, tw_step *step)
{
    crowd *all = context;
    if (step != tw_pass_changes || world->quarter == world->start) {
        return TW_OK;
    }
    tw_prospect *prospect = room(world->num_counties + 1, sizeof(*prospect));
    int64_t searches = 0;
    for (int w = 0; w < world->num_workers; w++) {
        const tw_applications *list = &world->worker[w].applications;
        searches += tw_zones_sum(&world->worker[w].tally, TW_ZONE_searches, -1);
        for (int32_t i = 0; i < list->count; i++) {
            if (list->row[i].reason == TW_REASON_SEARCH) {
                check_application(all, world, &list->row[i], prospect);
            }
        }
    }
    CHECK_EQ_INT(count_searches(world), searches);
    all->searches += (int)searches;
    free(prospect);
    return TW_OK;
}

/* Without hazards, so that the marks of a household are those of the opening. */
static void test_it_applies_where_utility_is_highest(void)
{
    tw_scenario *scenario = plan("process.hazards=none");
    static crowd all;
    const tw_watcher watcher = {look_at_searches, &all};
    all.world = world_of(scenario, copy_of(start), 2);
    all.world->watcher = &watcher;
    for (int q = 0; q < QUARTERS; q++) {
        CHECK(tw_quarter(all.world) == TW_OK);
    }
    printf("%d searches, %d applications\n", all.searches, all.applications);
    CHECK(all.searches > all.applications);
    CHECK(all.applications > 50);
    CHECK_EQ_INT(all.not_best, 0);
    tw_world_free(all.world);
    tw_scenario_free(scenario);
}

/* ---- the text: three counties, which start faster ---- */

static tw_scenario *three_counties(const char *cost)
{
    return scenario_in("tests/regions/three", "plan-2030.cfg",
                       TEXTS("run.sample=0.3", "run.end=2025-11", cost));
}

/* Whole text of a trace; caller frees. */
static char *text_of(const tw_scenario *a, const tw_scenario *b, uint64_t uid, int threads)
{
    const tw_trace_options options = {.num_threads = threads};
    FILE *file = tmpfile();
    CHECK(file != NULL && tw_trace(a, b, uid, &options, NULL, file) == TW_OK);
    const long size = ftell(file);
    char *text = room(size + 1, 1);
    rewind(file);
    CHECK(fread(text, 1, (size_t)size, file) == (size_t)size);
    fclose(file);
    return text;
}

/* A uid that --find prints. */
static uint64_t found(const tw_scenario *a, const tw_scenario *b, tw_find_kind kind)
{
    const tw_trace_options options = {.num_threads = 2};
    unsigned long long uid = 0;
    char line[256];
    FILE *file = tmpfile();
    CHECK(file != NULL && tw_trace_find(a, b, kind, &options, NULL, file) == TW_OK);
    rewind(file);
    CHECK(fgets(line, sizeof line, file) != NULL && strstr(line, "cases") != NULL);
    CHECK(fscanf(file, "%llu", &uid) == 1);
    fclose(file);
    return uid;
}

static void check_widths(const char *text)
{
    size_t longest = 0, length = 0;
    for (const char *at = text; *at != '\0'; at += length + (at[length] == '\n')) {
        length = strcspn(at, "\n");
        longest = length > longest ? length : longest;
        CHECK(length == 0 || at[length - 1] != ' ');
    }
    CHECK(longest > 50 && longest <= 100);
}

static void test_threads_say_the_same(void)
{
    tw_scenario *scenario = three_counties("moving.cost=1.5");
    const uint64_t uid = found(scenario, NULL, TW_FIND_MOVED);
    char *one = text_of(scenario, NULL, uid, 1), *two = text_of(scenario, NULL, uid, 2);
    CHECK_STR(one, two);
    CHECK(strstr(one, "  searches (U 0.") != NULL && strstr(one, "  moves from ") != NULL);
    check_widths(one);
    free(one);
    free(two);
    tw_scenario_free(scenario);
}

static int lines_of(const char *text, char side)
{
    int lines = 0;
    for (const char *at = strchr(text, '\n'); at != NULL; at = strchr(at + 1, '\n')) {
        lines += strlen(at) > 10 && at[9] == side && at[10] == ' ';
    }
    return lines;
}

static void test_two_scenarios(void)
{
    tw_scenario *a = three_counties("moving.cost=1.5"), *b = three_counties("moving.cost=0.5");
    const uint64_t uid = found(a, b, TW_FIND_PARTED);
    char *same = text_of(a, a, uid, 2), *apart = text_of(a, b, uid, 2);
    CHECK_EQ_INT(lines_of(same, 'A') + lines_of(same, 'B'), 0);
    CHECK(strstr(same, "A and B part in this") == NULL);
    CHECK(lines_of(apart, 'A') > 3 && lines_of(apart, 'B') > 3);
    CHECK(strstr(apart, "A and B part in this") != NULL);
    CHECK(strstr(apart, "as the household sees it") != NULL);
    check_widths(same);
    check_widths(apart);
    free(same);
    free(apart);
    tw_scenario_free(a);
    tw_scenario_free(b);
}

int main(void)
{
    tw_scenario *scenario = plan("process.hazards=frequencies");
    start = start_of(scenario);
    RUN(test_the_run_does_not_know_of_it);
    RUN(test_it_applies_where_utility_is_highest);
    RUN(test_threads_say_the_same);
    RUN(test_two_scenarios);
    tw_population_free(start);
    tw_scenario_free(scenario);
    return REPORT();
}
