/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Pairs of runs that have all luck in common and differ in one thing, for tests of behaviour: a
 * trial says what is changed, expectations say which way each figure must go.
 */
#ifndef TOWNWARD_TEST_PAIRS_H
#define TOWNWARD_TEST_PAIRS_H

#include <math.h>

#include "engine/pass.h"
#include "engine/quarter.h"
#include "process/members.h"
#include "property/worlds.h"
#include "test.h"

enum { SEEDS = 20, MOST_TEXTS = 24, MOST_FIGURES = 4 };

/** Where a behaviour is looked for: a region, and two of its counties joined by a road. */
typedef struct site {
    const char *name, *folder, *sample;
    int32_t county, other; /**< codes; what is changed is changed in `county` */
} site;

/** Both sampled, so that a quarter takes a hundredth of a second. */
static const site sites[] = {
    {"three counties", "tests/regions/three", "run.sample=0.3",  540521, 540502},
    {"Xizang",         "scenarios/xizang",    "run.sample=0.02", 540103, 540102}
};
enum { NUM_SITES = sizeof sites / sizeof *sites };

static inline int county_of(const tw_world *world, int32_t code)
{
    const int county = tw_region_find_county(world->region, code);
    CHECK(county >= 0);
    return county < 0 ? 0 : county;
}

static inline int town_of(const tw_world *world, int32_t code)
{
    return tw_zone(county_of(world, code), TW_TOWN);
}

/** What a world did: flows summed over its quarters, stocks and counts at the end. */
typedef struct outcome {
    tw_zones sum;
    tw_zones first;      /**< flows of the first quarter, and what there was after it */
    int64_t *households; /**< [origin zone][destination zone] that moved */
    int64_t families[2]; /**< that searched and moved into the site's town: without, with a child of
                            school age */
    int county, other;   /**< the site's, as indices */
} outcome;

/** Does something to a world before its first quarter. */
typedef void change_of(tw_world *world, const site *at);
/** A figure of an outcome. */
typedef double figure_of(const outcome *out);

typedef struct expectation {
    const char *what;
    figure_of *figure;
    int sign; /**< of second less first world; 0 = only told */
} expectation;

/** Overrides of a trial, ended by NULL. */
#define SETTINGS(...) ((const char *const[]){__VA_ARGS__, NULL})

typedef struct trial {
    int quarters;
    const char *const *texts;   /**< overrides of both worlds, or NULL */
    const char *first, *second; /**< one more override of either world, or NULL */
    change_of *prepare;         /**< of both worlds, or NULL */
    change_of *change;          /**< of the second world, or NULL */
} trial;

static inline void add_households(const tw_world *world, int64_t *households)
{
    for (int w = 0; w < world->num_workers; w++) {
        const tw_moves *moves = &world->worker[w].moves;
        for (int32_t i = 0; i < moves->count; i++) {
            households[moves->row[i].origin * world->num_zones + moves->row[i].destination]++;
        }
    }
}

/* Households that found a place in a town in this quarter, by whether they have children at school.
 */
static inline void add_families(const tw_world *world, int town, int64_t families[2])
{
    for (int w = 0; w < world->num_workers; w++) {
        const tw_applications *list = &world->worker[w].applications;
        for (int32_t i = 0; i < list->count; i++) {
            const tw_application *row = &list->row[i];
            tw_place place;
            if (row->reason != TW_REASON_SEARCH || !(row->wants & TW_GOT_ANY) ||
                !tw_population_find(world->population, row->uid, &place)) {
                continue;
            }
            const tw_block *block = &world->population->blocks[place.block];
            if (block->zone[place.row] == town) {
                const unsigned needs = tw_household_needs(world, block, place.row);
                families[needs >> TW_SERVICE_SCHOOL & 1]++;
            }
        }
    }
}

static inline void outcome_free(outcome *out)
{
    tw_zones_free(&out->sum);
    tw_zones_free(&out->first);
    free(out->households);
}

/** Runs a world, which is freed, and recounts its books at the end. */
static inline outcome outcome_of(tw_world *world, const site *at, int quarters)
{
    outcome out = {.county = county_of(world, at->county), .other = county_of(world, at->other)};
    out.households = room((int64_t)world->num_zones * world->num_zones, sizeof(int64_t));
    CHECK(tw_zones_create(world->num_zones, &out.sum) == TW_OK);
    CHECK(tw_zones_create(world->num_zones, &out.first) == TW_OK);
    for (int q = 0; q < quarters; q++) {
        CHECK(tw_quarter(world) == TW_OK);
        tw_zones_join(&out.sum, &world->zones, TW_END_COUNTS, TW_NUM_ZONE_FIELDS);
        add_households(world, out.households);
        add_families(world, tw_zone(out.county, TW_TOWN), out.families);
        if (q == 0) {
            tw_zones_join(&out.first, &world->zones, 0, TW_NUM_ZONE_FIELDS);
        }
    }
    tw_zones_join(&out.sum, &world->zones, 0, TW_END_COUNTS);
    CHECK(tw_pass_verify(world, NULL) == TW_OK);
    tw_world_free(world);
    return out;
}

/** The first or second scenario of a trial at a site. */
static inline tw_scenario *scenario_at(const trial *plan, const site *at, int which)
{
    const char *texts[MOST_TEXTS + 2] = {at->sample};
    const char *own = which == 0 ? plan->first : plan->second;
    int num = 1;
    for (int i = 0; plan->texts != NULL && plan->texts[i] != NULL && i < MOST_TEXTS; i++) {
        texts[num++] = plan->texts[i];
    }
    if (own != NULL) {
        texts[num++] = own;
    }
    return scenario_in(at->folder, "baseline.cfg", texts, num);
}

/**
 * The starting population of a site, made once: what a trial changes must not be settings of the
 * synthesis. Lent; forget_starts gives all back.
 */
static tw_population *start_at_site[NUM_SITES];
static inline const tw_population *start_at(const site *at)
{
    tw_population **start = &start_at_site[at - sites];
    if (*start == NULL) {
        tw_scenario *scenario = scenario_in(at->folder, "baseline.cfg", &at->sample, 1);
        *start = start_of(scenario);
        tw_scenario_free(scenario);
    }
    return *start;
}

static inline void forget_starts(void)
{
    for (int s = 0; s < NUM_SITES; s++) {
        tw_population_free(start_at_site[s]);
        start_at_site[s] = NULL;
    }
}

/** One world of a pair from its start to its outcome. */
static inline outcome half_of(const trial *plan, const site *at, const tw_scenario *scenario,
                              int seed, int which)
{
    tw_world *world = NULL;
    CHECK(tw_world_create(scenario, seed, 1, copy_of(start_at(at)), &world) == TW_OK);
    if (plan->prepare != NULL) {
        plan->prepare(world, at);
    }
    if (which == 1 && plan->change != NULL) {
        plan->change(world, at);
    }
    return outcome_of(world, at, plan->quarters);
}

/** Both values of a figure, by seed. */
typedef struct series {
    double value[2][SEEDS];
} series;

static inline void run_pairs(const trial *plan, const site *at, const expectation *expected,
                             int num, series *all)
{
    for (int which = 0; which < 2; which++) {
        tw_scenario *scenario = scenario_at(plan, at, which);
        for (int seed = 0; seed < SEEDS; seed++) {
            outcome out = half_of(plan, at, scenario, seed, which);
            for (int f = 0; f < num; f++) {
                all[f].value[which][seed] = expected[f].figure(&out);
            }
            outcome_free(&out);
        }
        tw_scenario_free(scenario);
    }
}

/** Mean and standard error of the mean over the seeds. */
typedef struct estimate {
    double mean, error;
} estimate;

static inline estimate estimate_of(const double *value)
{
    double sum = 0, square = 0;
    for (int i = 0; i < SEEDS; i++) {
        sum += value[i] / SEEDS;
    }
    for (int i = 0; i < SEEDS; i++) {
        square += (value[i] - sum) * (value[i] - sum);
    }
    return (estimate){sum, sqrt(square / (SEEDS - 1.0) / SEEDS)};
}

/* The mean difference has the sign that was expected, by more than three standard errors. */
static inline void check_figure(const expectation *expected, const site *at, const series *all)
{
    double difference[SEEDS];
    for (int i = 0; i < SEEDS; i++) {
        difference[i] = all->value[1][i] - all->value[0][i];
    }
    const estimate first = estimate_of(all->value[0]), change = estimate_of(difference);
    printf("       %s: %s %.5g, change %+.4g, standard error %.2g, t %+.1f\n", at->name,
           expected->what, first.mean, change.mean, change.error,
           change.error > 0 ? change.mean / change.error : 0);
    if (expected->sign != 0) {
        CHECK(expected->sign * change.mean > 3 * change.error);
    }
}

/** Runs SEEDS pairs at every site and checks every figure. */
static inline void check_everywhere(const trial *plan, const expectation *expected, int num)
{
    series all[MOST_FIGURES];
    CHECK(num <= MOST_FIGURES);
    for (int s = 0; s < NUM_SITES && num <= MOST_FIGURES; s++) {
        run_pairs(plan, &sites[s], expected, num, all);
        for (int f = 0; f < num; f++) {
            check_figure(&expected[f], &sites[s], &all[f]);
        }
    }
}

#endif
