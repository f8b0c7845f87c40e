/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Worlds side by side: each is advanced by a year, everybody is looked up, and the next year
 * begins. Nothing of the persons is kept from one year to the next but what they were at the start.
 */
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "compare/classes.h"
#include "compare/comparison.h"
#include "compare/figures.h"
#include "compare/recipients.h"
#include "compare/runs.h"
#include "compare/worlds.h"
#include "engine/world.h"
#include "townward/run.h"

/** All that is at work while scenarios are compared. */
typedef struct workshop {
    tw_comparison *of;
    tw_pace pace;
    int threads;
    tw_population *start;
    tw_roll roll;            /* of the start made with the first base world, which all share */
    tw_world **world;        /* [scenarios] */
    tw_sighting *sighting;   /* [scenarios] */
    tw_granted_set *granted; /* [programmes]; empty but for grants */
    tw_class_counts counts;
    int64_t *cents; /* [counties] outlay of the year of one world */
    int64_t *flow;  /* [alternatives][flow class][county][county], all replicates */
} workshop;

/** One world in one year, while it is advanced. */
typedef struct stage {
    workshop *shop;
    int scenario, replicate, year;
} stage;

static tw_compared_outlay *outlay_at(const tw_comparison *of, int programme, int replicate,
                                     int year)
{
    return &of->outlay[tw_moment_of(of, programme, replicate, year)];
}

/* Takes the grants of a quarter into the set of their programme. */
static tw_status take_grants(workshop *shop, tw_world *world, int programme)
{
    const int index = shop->of->programme[programme].index;
    tw_status status = TW_OK;
    for (int w = 0; w < world->num_workers; w++) {
        const tw_grants *grants = &world->worker[w].granted;
        for (int32_t i = 0; i < grants->count && status == TW_OK; i++) {
            if (grants->row[i].programme == index) {
                status = tw_granted_set_add(&shop->roll, grants->row[i].person,
                                            &shop->granted[programme]);
            }
        }
    }
    return status;
}

/* After a quarter: what programmes spent, and on whom. */
static tw_status take_quarter(void *context, tw_world *world)
{
    const stage *at = context;
    tw_comparison *of = at->shop->of;
    tw_status status = TW_OK;
    for (int p = 0; p < of->num_programmes && status == TW_OK; p++) {
        if (of->programme[p].alternative + 1 != at->scenario) {
            continue;
        }
        const tw_programme_state *state = &world->programme[of->programme[p].index];
        tw_compared_outlay *outlay = outlay_at(of, p, at->replicate, at->year);
        outlay->cents += state->quarter_cents;
        outlay->units += state->units;
        outlay->refused += state->refused;
        if (tw_is_grant(of, p) && at->year <= of->horizon) {
            status = take_grants(at->shop, world, p);
        }
    }
    for (int w = 0; w < world->num_workers; w++) {
        world->worker[w].granted.count = 0;
    }
    return status;
}

/* Advances a world to a year and looks at it. */
static tw_status take_world(workshop *shop, int scenario, int replicate, int year)
{
    tw_comparison *of = shop->of;
    stage at = {shop, scenario, replicate, year};
    tw_world *world = shop->world[scenario];
    tw_sighting *sighting = &shop->sighting[scenario];
    const size_t moment = tw_moment_of(of, scenario, replicate, year);
    tw_status status = TW_OK;
    memset(shop->cents, 0, (size_t)world->num_counties * sizeof(*shop->cents));
    if (year > 0) {
        status = tw_advance_year(world, &shop->pace, take_quarter, &at, shop->cents);
    }
    if (status == TW_OK) {
        status = tw_sighting_take(&shop->roll, world, sighting);
    }
    if (status != TW_OK) {
        return status;
    }
    for (int c = 0; c < world->num_counties; c++) {
        of->spent[moment] += shop->cents[c];
    }
    tw_figures_take(world, of->num_areas, shop->cents,
                    of->value + moment * TW_NUM_FIGURES * (size_t)of->num_areas);
    int64_t *pyramid = of->pyramid + ((size_t)scenario * (size_t)of->num_years + (size_t)year) *
                                         (sizeof sighting->pyramid / sizeof(int64_t));
    for (size_t i = 0; i < sizeof sighting->pyramid / sizeof(int64_t); i++) {
        pyramid[i] += (&sighting->pyramid[0][0][0])[i];
    }
    return TW_OK;
}

/* Counts by county into the areas: the county, its prefecture, the region. */
static void spread(const tw_comparison *of, const int64_t *counties, int64_t *areas)
{
    const tw_region *region = tw_scenario_region(of->scenario[0]);
    for (int c = 0; c < region->num_counties; c++) {
        areas[0] += counties[c];
        areas[tw_area_of_prefecture(region, c)] += counties[c];
        areas[tw_area_of_county(region, c)] += counties[c];
    }
}

static int64_t in_class(const tw_comparison *of, const int64_t *classes, int class_of)
{
    int64_t sum = 0;
    for (int start = 0; start < TW_NUM_STARTS; start++) {
        sum += classes[tw_class_cell(of, class_of, start, 0)];
    }
    return sum;
}

/*
 * The classes add up to everybody, and the difference of town residents is induced less deterred
 * and what the runs have alone: both against the books of the zones, which persons do not enter.
 */
static void check_identity(const workshop *shop, int alternative, int replicate, int year)
{
    const tw_comparison *of = shop->of;
    const tw_zones *base = &shop->world[0]->zones, *other = &shop->world[alternative + 1]->zones;
    const int64_t *classes = tw_classes_at(of, alternative, replicate, year);
    const int64_t *only = tw_only_town_at(of, alternative, replicate, year);
    int64_t sum[TW_NUM_CLASSES], both = 0;
    for (int class_of = 0; class_of < TW_NUM_CLASSES; class_of++) {
        sum[class_of] = in_class(of, classes, class_of);
        both += class_of < TW_CLASS_only_base ? sum[class_of] : 0;
    }
    tw_assert(both + sum[TW_CLASS_only_base] == tw_zones_sum(base, TW_ZONE_persons, -1));
    tw_assert(both + sum[TW_CLASS_only_alternative] == tw_zones_sum(other, TW_ZONE_persons, -1));
    tw_assert(sum[TW_CLASS_induced] - sum[TW_CLASS_deterred] + only[of->num_areas] - only[0] ==
              tw_zones_sum(other, TW_ZONE_persons, TW_TOWN) -
                  tw_zones_sum(base, TW_ZONE_persons, TW_TOWN));
}

/* What is asked at the horizon alone. */
static void take_horizon(workshop *shop, int alternative, int replicate)
{
    tw_comparison *of = shop->of;
    const size_t n = (size_t)shop->counts.num_counties, flows = TW_FLOW_CLASSES * n * n;
    for (int b = 0; b < TW_NUM_BREAKDOWNS; b++) {
        memcpy(tw_broken_at(of, alternative, b, replicate), shop->counts.broken[b],
               sizeof shop->counts.broken[b]);
    }
    for (size_t i = 0; i < flows; i++) {
        shop->flow[(size_t)alternative * flows + i] += shop->counts.flow[i];
    }
    for (int p = 0; p < of->num_programmes; p++) {
        if (of->programme[p].alternative == alternative && tw_is_grant(of, p)) {
            of->recipients[p * of->num_replicates + replicate] = tw_granted_set_count(
                &shop->sighting[0], &shop->sighting[alternative + 1], &shop->granted[p]);
        }
    }
}

static tw_status take_pair(workshop *shop, int alternative, int replicate, int year)
{
    tw_comparison *of = shop->of;
    const size_t n = (size_t)shop->counts.num_counties;
    int64_t *classes = tw_classes_at(of, alternative, replicate, year);
    int64_t *only = tw_only_town_at(of, alternative, replicate, year);
    tw_status status =
        tw_classes_count(&shop->roll, &shop->sighting[0], &shop->sighting[alternative + 1],
                         year == of->horizon, shop->threads, &shop->counts);
    if (status != TW_OK) {
        return status;
    }
    for (size_t row = 0; row < (size_t)TW_NUM_CLASSES * TW_NUM_STARTS; row++) {
        spread(of, shop->counts.persons + row * n, classes + row * (size_t)of->num_areas);
    }
    for (size_t side = 0; side < 2; side++) {
        spread(of, shop->counts.only_town + side * n, only + side * (size_t)of->num_areas);
    }
    check_identity(shop, alternative, replicate, year);
    if (year == of->horizon) {
        take_horizon(shop, alternative, replicate);
    }
    return TW_OK;
}

static tw_status take_year(workshop *shop, int replicate, int year)
{
    const tw_comparison *of = shop->of;
    tw_status status = TW_OK;
    for (int s = 0; s < of->num_scenarios && status == TW_OK; s++) {
        status = take_world(shop, s, replicate, year);
    }
    for (int s = 0; s < of->num_scenarios && status == TW_OK; s++) {
        status = tw_sighting_fit(&shop->roll, &shop->sighting[s]);
    }
    for (int a = 0; a < of->num_alternatives && status == TW_OK; a++) {
        status = take_pair(shop, a, replicate, year);
    }
    return status;
}

static tw_status create_world(workshop *shop, int scenario, int replicate)
{
    tw_population *population = NULL;
    tw_status status = tw_population_copy(shop->start, &population);
    if (status == TW_OK) {
        status = tw_world_create(shop->of->scenario[scenario], replicate, shop->threads, population,
                                 &shop->world[scenario]);
    }
    if (status != TW_OK) {
        tw_population_free(population);
        return status;
    }
    shop->world[scenario]->notes_grants = scenario > 0;
    return TW_OK;
}

static void free_worlds(workshop *shop)
{
    for (int s = 0; shop->world != NULL && s < shop->of->num_scenarios; s++) {
        tw_world_free(shop->world[s]);
        shop->world[s] = NULL;
    }
}

static tw_status take_replicate(workshop *shop, int replicate)
{
    const tw_comparison *of = shop->of;
    tw_status status = TW_OK;
    for (int s = 0; s < of->num_scenarios && status == TW_OK; s++) {
        status = create_world(shop, s, replicate);
    }
    if (status == TW_OK && replicate == 0) {
        status = tw_roll_create(shop->world[0], &shop->roll);
    }
    if (status == TW_OK) {
        tw_roll_forget(&shop->roll);
    }
    for (int p = 0; p < of->num_programmes; p++) {
        tw_granted_set_clear(&shop->granted[p]);
    }
    for (int y = 0; y < of->num_years && status == TW_OK; y++) {
        status = take_year(shop, replicate, y);
    }
    free_worlds(shop);
    return status;
}

/* Nonzero flows of all replicates, in the order of alternative, class, origin and destination. */
static tw_status store_flows(workshop *shop)
{
    tw_comparison *of = shop->of;
    const tw_region *region = tw_scenario_region(of->scenario[0]);
    const int n = region->num_counties, cells = of->num_alternatives * TW_FLOW_CLASSES * n * n;
    int32_t num = 0;
    for (int i = 0; i < cells; i++) {
        num += shop->flow[i] != 0;
    }
    of->flow = calloc((size_t)num + 1, sizeof(*of->flow));
    if (of->flow == NULL) {
        return TW_NO_MEMORY;
    }
    for (int i = 0; i < cells; i++) {
        if (shop->flow[i] != 0) {
            of->flow[of->num_flows++] =
                (tw_compared_flow){i / (n * n) / TW_FLOW_CLASSES, i / (n * n) % TW_FLOW_CLASSES,
                                   tw_area_of_county(region, i / n % n),
                                   tw_area_of_county(region, i % n), shop->flow[i]};
        }
    }
    return TW_OK;
}

static tw_status open_workshop(workshop *shop)
{
    const tw_comparison *of = shop->of;
    const size_t scenarios = (size_t)of->num_scenarios;
    const size_t n = (size_t)tw_scenario_region(of->scenario[0])->num_counties;
    shop->world = calloc(scenarios, sizeof(tw_world *));
    shop->sighting = calloc(scenarios, sizeof(*shop->sighting));
    shop->granted = calloc((size_t)of->num_programmes + 1, sizeof(*shop->granted));
    shop->cents = calloc(n + 1, sizeof(*shop->cents));
    shop->flow =
        calloc((size_t)of->num_alternatives * TW_FLOW_CLASSES * n * n + 1, sizeof(*shop->flow));
    if (shop->cents == NULL || shop->world == NULL || shop->sighting == NULL ||
        shop->granted == NULL || shop->flow == NULL) {
        return TW_NO_MEMORY;
    }
    shop->pace.quarters = of->num_replicates * of->num_scenarios * 4 * (of->num_years - 1);
    tw_status status = tw_class_counts_create((int32_t)n, &shop->counts);
    for (int s = 0; s < of->num_scenarios && status == TW_OK; s++) {
        status = tw_run_check(of->scenario[s], shop->pace.report);
    }
    if (status == TW_OK) {
        status =
            tw_start_population(of->scenario[0], shop->threads, shop->pace.report, &shop->start);
    }
    return status;
}

static void close_workshop(workshop *shop)
{
    free_worlds(shop);
    for (int s = 0; shop->sighting != NULL && s < shop->of->num_scenarios; s++) {
        tw_sighting_free(&shop->sighting[s]);
    }
    for (int p = 0; shop->granted != NULL && p < shop->of->num_programmes; p++) {
        tw_granted_set_free(&shop->granted[p]);
    }
    tw_roll_free(&shop->roll);
    tw_class_counts_free(&shop->counts);
    tw_population_free(shop->start);
    free(shop->world);
    free(shop->sighting);
    free(shop->granted);
    free(shop->cents);
    free(shop->flow);
}

/* Attribution and single levers, when they are asked for. */
static tw_status run_further(workshop *shop)
{
    const tw_compare_options *options = shop->pace.options;
    shop->of->seconds_per_quarter =
        shop->pace.seconds / (shop->pace.done > 0 ? shop->pace.done : 1);
    const tw_further further = {shop->of, shop->start, options, shop->pace.report,
                                shop->of->seconds_per_quarter};
    tw_status status = options->attribute ? tw_attribution_run(&further) : TW_OK;
    if (status == TW_OK && options->each_lever) {
        status = tw_singles_run(&further);
    }
    return status;
}

tw_status tw_compare(const tw_scenario *const *scenario, int num, const tw_compare_options *options,
                     tw_report *report, tw_comparison **out)
{
    tw_comparison *of = NULL;
    tw_status status = tw_comparison_create(scenario, num, options, &of);
    if (status != TW_OK) {
        return status;
    }
    workshop shop = {
        .of = of,
        .pace = {options, report, "comparing", 0, 0, 0},
        .threads = tw_threads(options->num_threads)
    };
    status = open_workshop(&shop);
    for (int r = 0; r < of->num_replicates && status == TW_OK; r++) {
        status = take_replicate(&shop, r);
    }
    if (status == TW_OK) {
        status = store_flows(&shop);
    }
    if (status == TW_OK) {
        status = run_further(&shop);
    }
    close_workshop(&shop);
    if (status != TW_OK) {
        tw_comparison_free(of);
        return status;
    }
    *out = of;
    return TW_OK;
}
