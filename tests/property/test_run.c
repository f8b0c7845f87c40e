/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is promised of a run, on the shipped region: the same bits for any threads, blocks and
 * bounds; books that close; nothing moves when everything is off; no burst at the start.
 */
#include <stdlib.h>

#include "engine/pass.h"
#include "engine/quarter.h"
#include "engine/world.h"
#include "test.h"
#include "townward/run.h"
#include "worlds.h"

/* Runs with every check on. */
static tw_record *record_of(const char *name, const char *const *texts, int num, int threads)
{
    tw_scenario *scenario = scenario_of(name, texts, num);
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

/* Everything off: for sixty quarters nobody moves, nobody's tenure changes; only ages do. */
static void nothing_moves_when_all_is_off(void)
{
    const char *off[] = {
        "run.sample=0.1",          "process.moving=none",    "process.demography=none",
        "process.outside=none",    "process.organised=none", "run.end=2035",
        "process.households=none", "process.schooling=none", "process.labour=none",
        "process.budget=none",     "process.hazards=none",   "process.registration=none",
        "process.services=none"};
    tw_scenario *scenario = scenario_of("baseline.cfg", off, 13);
    tw_population *population = NULL;
    tw_world *world = NULL;
    CHECK(tw_start_population(scenario, 2, NULL, &population) == TW_OK);
    tw_digest before = tw_population_digest(population);
    CHECK(tw_world_create(scenario, 0, 2, population, &world) == TW_OK);
    for (int q = 0; q < 60; q++) {
        CHECK(tw_quarter(world) == TW_OK);
    }
    tw_digest after = tw_population_digest(world->population);
    CHECK(before.low == after.low && before.high == after.high);
    CHECK(tw_pass_verify(world, NULL) == TW_OK);
    tw_world_free(world);
    tw_scenario_free(scenario);
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
    const char *zero[] = {"run.sample=0.05", "run.start=2020-11", "run.end=2028",
                          "levers.housing.public_rental.continued_2026.units_per_year=0",
                          "levers.housing.rent_subsidy.settling_2025.yuan_per_month=0"};
    tw_record *base = record_of("baseline.cfg", none, 3, 2);
    tw_record *plan = record_of("plan-2030.cfg", zero, 5, 2);
    tw_record *real = record_of("plan-2030.cfg", none, 3, 2);
    CHECK(base->digest[0] == plan->digest[0] && base->digest[1] == plan->digest[1]);
    CHECK(base->digest[0] != real->digest[0]);
    tw_record_free(base);
    tw_record_free(plan);
    tw_record_free(real);
}

/* The counters of every zone tell the whole change of its residents. */
static void flows_explain_stocks(void)
{
    const char *texts[] = {SMALL};
    tw_record *record = record_of("plan-2030.cfg", texts, 3, 2);
    static const char *const plus[] = {"births",       "moves_in",        "arrivals",
                                       "relocated_in", "reclassified_in", "joined_in"};
    static const char *const minus[] = {"deaths",        "moves_out",        "departures",
                                        "relocated_out", "reclassified_out", "joined_out"};
    const int persons = tw_record_find("persons");
    int wrong = 0;
    for (int r = 0; r < record->num_replicates; r++) {
        for (int t = 1; t < record->num_times; t++) {
            for (int z = 0; z < record->num_zones; z++) {
                int64_t expected = tw_record_at(record, r, t - 1, persons)[z];
                for (int i = 0; i < 6; i++) {
                    expected += tw_record_at(record, r, t, tw_record_find(plus[i]))[z];
                    expected -= tw_record_at(record, r, t, tw_record_find(minus[i]))[z];
                }
                wrong += expected != tw_record_at(record, r, t, persons)[z];
            }
        }
    }
    CHECK_EQ_INT(wrong, 0);
    tw_record_free(record);
}

int main(void)
{
    RUN(same_bits_for_threads_blocks_and_bounds);
    RUN(nothing_moves_when_all_is_off);
    RUN(no_burst_at_the_start);
    RUN(lever_at_zero_changes_no_bit);
    RUN(flows_explain_stocks);
    return REPORT();
}
