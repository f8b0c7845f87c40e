/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is promised of a run, on the shipped region and the small ones: the same bits for any
 * threads, blocks and bounds; books that close; nothing moves when everything is off; no burst at
 * the start.
 */
#include <stdlib.h>

#include "engine/pass.h"
#include "engine/quarter.h"
#include "engine/world.h"
#include "test.h"
#include "townward/run.h"
#include "worlds.h"

/* Runs with every check on; the scenario is freed. */
static tw_record *record_and_free(tw_scenario *scenario, int threads)
{
    tw_run_options options = {.num_threads = threads, .verify = 1};
    tw_report *report = tw_report_create();
    tw_record *record = NULL;
    tw_status status = tw_run(scenario, &options, report, &record);
    if (status != TW_OK) {
        fprintf(stderr, "run failed: %s\n",
                tw_report_count(report) > 0 ? tw_report_finding(report, 0).found
                                            : tw_status_sentence(status));
        exit(1);
    }
    tw_report_free(report);
    tw_scenario_free(scenario);
    return record;
}

static tw_record *record_of(const char *name, const char *const *texts, int num, int threads)
{
    return record_and_free(scenario_of(name, texts, num), threads);
}

/* Sampled, with subsidies and relocation in force: twelve quarters from 2020. */
#define SMALL "run.sample=0.05", "run.end=2023", "run.replicates=2"
/* The same from 2010, one year less: relabelled places, no programme. */
#define EARLY "run.sample=0.05", "run.end=2012", "run.start=2010-11"

static int same_bits(const tw_record *a, const tw_record *b)
{
    return a->digest[0] == b->digest[0] && a->digest[1] == b->digest[1];
}

typedef struct variant {
    int threads;
    const char *blocks, *bounds;
} variant;

/* Every variant has the digest of the plain run on one thread; another seed has not. */
static void check_variants(const char *name, const char *const *texts, int num,
                           const variant *variants, int num_variants)
{
    tw_record *first = record_of(name, texts, num, 1);
    const char *varied[16];
    memcpy(varied, texts, (size_t)num * sizeof(*texts));
    for (int v = 0; v < num_variants; v++) {
        varied[num] = variants[v].blocks;
        varied[num + 1] = variants[v].bounds;
        tw_record *other = record_of(name, varied, num + 2, variants[v].threads);
        CHECK(same_bits(first, other));
        tw_record_free(other);
    }
    varied[num] = "run.seed=2";
    tw_record *other = record_of(name, varied, num + 1, 1);
    CHECK(!same_bits(first, other));
    tw_record_free(other);
    tw_record_free(first);
}

static void same_bits_for_threads_blocks_and_bounds(void)
{
    static const variant variants[] = {
        {3, "engine.block_size=16",   "engine.thinning_bound=1"      },
        {2, "engine.block_size=8192", "engine.thinning_bound=1000000"},
        {2, "engine.block_size=256",  "engine.thinning_bound=4"      },
        {3, "engine.block_size=2048", "engine.thinning_bound=2"      }
    };
    check_variants("plan-2030.cfg", TEXTS(SMALL), variants, 4);
    check_variants("hindcast-2010.cfg", TEXTS(EARLY), variants, 2);
}

/* Flows of the last quarter of persons, households, registrations and money. */
static int64_t all_flows(const tw_world *world)
{
    int64_t sum = 0;
    for (int f = TW_END_COUNTS; f < TW_NUM_ZONE_FIELDS; f++) {
        const int building = f == TW_ZONE_built || f == TW_ZONE_public_built;
        sum += building ? 0 : tw_zones_sum(&world->zones, f, -1);
    }
    return sum;
}

/* Everything off: nobody moves, nobody's tenure changes, nothing is paid; only ages change. */
static void check_standstill(const char *folder, const char *sample, int quarters)
{
    const char *off[] = {sample,
                         "process.moving=none",
                         "process.demography=none",
                         "process.outside=none",
                         "process.organised=none",
                         "run.end=2035",
                         "process.households=none",
                         "process.schooling=none",
                         "process.labour=none",
                         "process.budget=none",
                         "process.hazards=none",
                         "process.registration=none",
                         "process.services=none"};
    tw_scenario *scenario = scenario_in(folder, "baseline.cfg", off, 13);
    tw_world *world = world_of(scenario, start_of(scenario), 2);
    int64_t flows = 0;
    const tw_digest before = tw_population_digest(world->population, 1);
    for (int q = 0; q < quarters; q++) {
        CHECK(tw_quarter(world) == TW_OK);
        flows += all_flows(world);
    }
    const tw_digest after = tw_population_digest(world->population, 1);
    CHECK(before.low == after.low && before.high == after.high);
    CHECK_EQ_INT(flows, 0);
    CHECK(tw_pass_verify(world, NULL) == TW_OK);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

static void nothing_moves_when_all_is_off(void)
{
    check_standstill("scenarios/xizang", "run.sample=0.1", 60);
    check_standstill("tests/regions/three", "run.sample=1", 20);
    check_standstill("tests/regions/one", "run.sample=1", 20);
}

/* A record of the three counties, two or three years long; with this seed a hazard strikes one. */
static tw_record *small_record(const char *name, const char *end, const char *form)
{
    const char *texts[] = {"run.sample=0.3", "run.seed=7", end, form};
    return record_and_free(scenario_in("tests/regions/three", name, texts, form == NULL ? 3 : 4),
                           1);
}

/* Every process has a form in which it does nothing; the books close without it, and the run is
 * another one. */
static void every_process_can_be_left_out(void)
{
    static const char *const none[] = {
        "process.budget=none",       "process.demography=none", "process.hazards=none",
        "process.households=none",   "process.housing=none",    "process.labour=none",
        "process.moving=none",       "process.organised=none",  "process.outside=none",
        "process.registration=none", "process.schooling=none"};
    tw_record *plan = small_record("plan-2030.cfg", "run.end=2023", NULL);
    tw_record *past = small_record("hindcast-2010.cfg", "run.end=2012", NULL);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        tw_record *plan_without = small_record("plan-2030.cfg", "run.end=2023", none[i]);
        tw_record *past_without = small_record("hindcast-2010.cfg", "run.end=2012", none[i]);
        if (same_bits(plan, plan_without) && same_bits(past, past_without)) {
            fprintf(stderr, "%s changes nothing\n", none[i]);
        }
        CHECK(!same_bits(plan, plan_without) || !same_bits(past, past_without));
        tw_record_free(plan_without);
        tw_record_free(past_without);
    }
    tw_record_free(plan);
    tw_record_free(past);
}

static int64_t moves_of_year(const tw_record *record, int year)
{
    const int field = tw_record_find("moves_in");
    int64_t sum = 0;
    for (int t = 4 * year + 1; t <= 4 * year + 4; t++) {
        const int64_t *value = tw_record_at(record, 0, t, field);
        for (int z = 0; z < record->num_zones; z++) {
            sum += value[z];
        }
    }
    return sum;
}

/* Trends and levers off: the first year's moves are within 10 % of the mean of years 2 to 5. */
static void no_burst_at_the_start(void)
{
    const char *off[] = {
        "run.sample=0.5",       "run.end=2025",
        "process.trends=off",   "process.organised=none",
        "process.hazards=none", "levers.housing.public_rental.five_year_plan_14.units_per_year=0"};
    tw_record *record = record_of("baseline.cfg", off, 6, 2);
    double later = 0;
    for (int year = 1; year < 5; year++) {
        later += (double)moves_of_year(record, year) / 4;
    }
    const double first = (double)moves_of_year(record, 0);
    printf("moves in year 1: %.0f, mean of years 2-5: %.0f, ratio %.3f\n", first, later,
           first / later);
    CHECK(first > 0);
    CHECK_NEAR(first / later, 1, 0.1);
    tw_record_free(record);
}

/* A programme of nothing is no programme: the same bits as without it. */
static void lever_at_zero_changes_no_bit(void)
{
    const char *none[] = {"run.sample=0.05", "run.start=2020-11", "run.end=2028"};
    const char *zero[] = {"run.sample=0.05",
                          "run.start=2020-11",
                          "run.end=2028",
                          "levers.rural.industry.industry_2025.jobs_per_year=0",
                          "levers.rural.village_upgrade.village_upgrade_2025.share=0",
                          "levers.rural.roads.roads_2025.share=0"};
    tw_record *base = record_of("baseline.cfg", none, 3, 2);
    tw_record *plan = record_of("only-rural.cfg", zero, 6, 2);
    tw_record *real = record_of("only-rural.cfg", none, 3, 2);
    CHECK(base->digest[0] == plan->digest[0] && base->digest[1] == plan->digest[1]);
    CHECK(base->digest[0] != real->digest[0]);
    tw_record_free(base);
    tw_record_free(plan);
    tw_record_free(real);
}

/* The zone table of a moment of a record. */
static tw_zones zones_at(const tw_record *record, int replicate, int time)
{
    return (tw_zones){record->num_zones, (int64_t *)tw_record_at(record, replicate, time, 0)};
}

/* The counters of every zone tell the whole change of its residents. */
static void flows_explain_stocks(void)
{
    const char *texts[] = {SMALL};
    tw_record *record = record_of("plan-2030.cfg", texts, 3, 2);
    int wrong = 0;
    for (int r = 0; r < record->num_replicates; r++) {
        for (int t = 1; t < record->num_times; t++) {
            const tw_zones opening = zones_at(record, r, t - 1), closing = zones_at(record, r, t);
            wrong += persons_unexplained(&opening, &closing);
        }
    }
    CHECK_EQ_INT(wrong, 0);
    tw_record_free(record);
}

int main(void)
{
    RUN(same_bits_for_threads_blocks_and_bounds);
    RUN(nothing_moves_when_all_is_off);
    RUN(every_process_can_be_left_out);
    RUN(no_burst_at_the_start);
    RUN(lever_at_zero_changes_no_bit);
    RUN(flows_explain_stocks);
    return REPORT();
}
