/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is promised of a comparison, over three counties: nothing differs from itself; classes add
 * up to everybody and counties to the region; the same bits for any threads and blocks; indicators
 * are those of a run; a scenario made in memory runs as its file would; Shapley values add up.
 */
#include <stdlib.h>
#include <unistd.h>

#include "compare/programmes.h"
#include "compare/roll.h"
#include "engine/quarter.h"
#include "engine/world.h"
#include "test.h"
#include "townward/compare.h"
#include "worlds.h"

#define THREE "tests/regions/three"
#define SMALL "run.sample=0.2", "run.end=2024"
/* A subsidy of the alternative that shows within three years. */
#define STRONG                                                           \
    "levers.housing.rent_subsidy.settling_2025.start=2021-05",           \
        "levers.housing.rent_subsidy.settling_2025.ramp=0",              \
        "levers.housing.rent_subsidy.settling_2025.yuan_per_month=3000", \
        "levers.housing.rent_subsidy.settling_2025.high=3000"

static tw_scenario *three(const char *name, const char *const *texts, int num)
{
    return scenario_in(THREE, name, texts, num);
}

/* Compares two scenarios, which go on to live. */
static tw_comparison *compare(const tw_scenario *base, const tw_scenario *other,
                              const tw_compare_options *options)
{
    const tw_scenario *const pair[] = {base, other};
    const char *const files[] = {"base", "other"};
    tw_report *report = tw_report_create();
    tw_comparison *out = NULL;
    if (tw_compare_check(pair, files, 2, options, report) != TW_OK ||
        tw_compare(pair, 2, options, report, &out) != TW_OK) {
        fprintf(stderr, "no comparison: %s\n",
                tw_report_count(report) > 0 ? tw_report_finding(report, 0).found : "");
        exit(1);
    }
    tw_report_free(report);
    return out;
}

static size_t moments(const tw_comparison *of)
{
    return (size_t)of->num_replicates * (size_t)of->num_years;
}

/* Persons of a class at a moment, all starts, in an area. */
static int64_t persons_of(const tw_comparison *of, int replicate, int year, int class_of, int area)
{
    int64_t sum = 0;
    for (int start = 0; start < TW_NUM_STARTS; start++) {
        sum += tw_classes_at(of, 0, replicate, year)[tw_class_cell(of, class_of, start, area)];
    }
    return sum;
}

/* Every difference is exactly 0, and nobody is anywhere else. */
static void check_nothing_differs(const tw_comparison *of)
{
    int64_t moved = 0, wrong = 0;
    for (int i = 0; i < TW_NUM_FIGURES * of->num_areas * of->num_years; i++) {
        const int indicator = i / of->num_areas % TW_NUM_FIGURES;
        const tw_difference row = tw_difference_of(of, 0, i / of->num_areas / TW_NUM_FIGURES,
                                                   indicator, i % of->num_areas);
        wrong += !isnan(row.base) && (row.mean != 0 || row.error != 0);
    }
    for (int r = 0; r < of->num_replicates; r++) {
        for (int y = 0; y < of->num_years; y++) {
            moved += persons_of(of, r, y, TW_CLASS_redirected, 0) +
                     persons_of(of, r, y, TW_CLASS_induced, 0) +
                     persons_of(of, r, y, TW_CLASS_deterred, 0) +
                     persons_of(of, r, y, TW_CLASS_only_base, 0) +
                     persons_of(of, r, y, TW_CLASS_only_alternative, 0);
        }
    }
    CHECK_EQ_INT(wrong, 0);
    CHECK_EQ_INT(moved, 0);
    CHECK(persons_of(of, 0, of->horizon, TW_CLASS_always, 0) > 0);
    CHECK(persons_of(of, 0, of->horizon, TW_CLASS_never, 0) > 0);
}

static void nothing_differs_from_itself(void)
{
    const tw_compare_options options = {.num_threads = 1};
    tw_scenario *base = three("plan-2030.cfg", TEXTS(SMALL, STRONG, "run.replicates=2"));
    tw_comparison *of = compare(base, base, &options);
    check_nothing_differs(of);
    CHECK_EQ_INT(of->num_programmes, 0);
    CHECK_STR(of->name[1], "plan-2030-2");
    CHECK(isnan(tw_cost_per(of, 0, TW_FIGURE_town_residents).value));
    tw_comparison_free(of);
    tw_scenario_free(base);
}

/* An amount of 0, and a date behind the end. */
static void a_lever_for_nobody_changes_nothing(void)
{
    static const char *const idle[] = {"levers.housing.rent_subsidy.settling_2025.yuan_per_month=0",
                                       "levers.housing.rent_subsidy.settling_2025.start=2026"};
    const tw_compare_options options = {.num_threads = 1};
    tw_scenario *base = three("baseline.cfg", TEXTS(SMALL, "run.replicates=2"));
    for (int i = 0; i < 2; i++) {
        const char *off[] = {SMALL,
                             "run.replicates=2",
                             idle[i],
                             "levers.housing.public_rental.continued_2026.start=2026",
                             "levers.housing.idle_land.idle_land_2025.start=2026",
                             "levers.housing.public_rental.continued_2026.low=0",
                             "levers.housing.rent_subsidy.settling_2025.low=0"};
        tw_scenario *other = three("plan-2030.cfg", off, 7);
        tw_comparison *of = compare(base, other, &options);
        check_nothing_differs(of);
        CHECK(of->num_programmes >= 3);
        for (int p = 0; p < of->num_programmes * of->num_replicates; p++) {
            CHECK_EQ_INT(of->recipients[p].ever, 0);
        }
        tw_comparison_free(of);
        tw_scenario_free(other);
    }
    tw_scenario_free(base);
}

static int64_t town_persons(const tw_comparison *of, int scenario, int replicate, int year)
{
    return tw_round(tw_compared_value(of, scenario, replicate, year, TW_FIGURE_town_residents, 0) *
                    of->sample);
}

static int64_t all_persons(const tw_comparison *of, int scenario, int replicate, int year)
{
    return tw_round(tw_compared_value(of, scenario, replicate, year, TW_FIGURE_residents, 0) *
                    of->sample);
}

/* Classes make up the union; what differs between towns is induced, deterred, or alone. */
static void check_sums(const tw_comparison *of, int replicate, int year)
{
    const int64_t *only = tw_only_town_at(of, 0, replicate, year);
    int64_t sum[TW_NUM_CLASSES], both = 0;
    for (int c = 0; c < TW_NUM_CLASSES; c++) {
        sum[c] = persons_of(of, replicate, year, c, 0);
        both += c < TW_CLASS_only_base ? sum[c] : 0;
    }
    CHECK_EQ_INT(both + sum[TW_CLASS_only_base], all_persons(of, 0, replicate, year));
    CHECK_EQ_INT(both + sum[TW_CLASS_only_alternative], all_persons(of, 1, replicate, year));
    CHECK_EQ_INT(sum[TW_CLASS_always] + sum[TW_CLASS_redirected] + sum[TW_CLASS_deterred] + only[0],
                 town_persons(of, 0, replicate, year));
    CHECK_EQ_INT(sum[TW_CLASS_induced] - sum[TW_CLASS_deterred] + only[of->num_areas] - only[0],
                 town_persons(of, 1, replicate, year) - town_persons(of, 0, replicate, year));
}

/* Counties add up to prefectures and to the region in every row of a table by area. */
static void check_areas(const tw_comparison *of, const int64_t *table, size_t rows)
{
    int64_t wrong = 0;
    for (size_t row = 0; row < rows; row++) {
        const int64_t *cell = table + row * (size_t)of->num_areas;
        int64_t counties = 0, prefectures = 0;
        for (int a = 1; a < of->num_areas; a++) {
            counties += of->area[a].kind == TW_COMPARED_COUNTY ? cell[a] : 0;
            prefectures += of->area[a].kind == TW_COMPARED_PREFECTURE ? cell[a] : 0;
        }
        wrong += counties != cell[0] || prefectures != cell[0];
    }
    CHECK_EQ_INT(wrong, 0);
}

/* Breakdowns hold everybody who was there at the start. */
static void check_breakdowns(const tw_comparison *of, int replicate)
{
    const int64_t *classes = tw_classes_at(of, 0, replicate, of->horizon);
    for (int b = 0; b < TW_NUM_BREAKDOWNS; b++) {
        const int64_t *broken = tw_broken_at(of, 0, b, replicate);
        for (int c = 0; c < TW_NUM_CLASSES; c++) {
            int64_t sum = 0;
            for (int i = 0; i < TW_BREAKDOWN_CLASSES; i++) {
                sum += broken[c * TW_BREAKDOWN_CLASSES + i];
            }
            CHECK_EQ_INT(sum, classes[tw_class_cell(of, c, TW_START_VILLAGE, 0)] +
                                  classes[tw_class_cell(of, c, TW_START_TOWN, 0)]);
        }
    }
}

/* Flows of a class are its persons of the start who were not in that town already. */
static void check_flows(const tw_comparison *of)
{
    int64_t flow[TW_NUM_CLASSES] = {0}, expected = 0;
    for (int i = 0; i < of->num_flows; i++) {
        flow[of->flow[i].class_of] += of->flow[i].persons;
        CHECK(of->flow[i].persons > 0 && of->area[of->flow[i].origin].kind == TW_COMPARED_COUNTY);
    }
    for (int r = 0; r < of->num_replicates; r++) {
        const int64_t *classes = tw_classes_at(of, 0, r, of->horizon);
        expected += classes[tw_class_cell(of, TW_CLASS_induced, TW_START_VILLAGE, 0)];
    }
    CHECK(flow[TW_CLASS_induced] >= expected);
    CHECK(flow[TW_CLASS_always] > 0);
    CHECK_EQ_INT(flow[TW_CLASS_never], 0);
}

static void check_error_of_pairs(const tw_comparison *of)
{
    const tw_difference rate = tw_difference_of(of, 0, of->horizon, TW_FIGURE_urbanization_rate, 0);
    printf("       urbanization rate %+.4f points, paired error %.4f, unpaired %.4f: %.1f times\n",
           100 * rate.mean, 100 * rate.error, 100 * rate.unpaired, rate.unpaired / rate.error);
    CHECK(rate.error > 0 && 3 * rate.error <= rate.unpaired);
}

static void classes_add_up(void)
{
    const tw_compare_options options = {.num_threads = 1};
    tw_scenario *base = three("baseline.cfg", TEXTS(SMALL, "run.replicates=4"));
    tw_scenario *other = three("plan-2030.cfg", TEXTS(SMALL, STRONG, "run.replicates=4"));
    tw_comparison *of = compare(base, other, &options);
    for (int r = 0; r < of->num_replicates; r++) {
        for (int y = 0; y < of->num_years; y++) {
            check_sums(of, r, y);
        }
        check_breakdowns(of, r);
    }
    check_areas(of, of->classes, moments(of) * TW_NUM_CLASSES * TW_NUM_STARTS);
    check_areas(of, of->only_town, moments(of) * 2);
    check_flows(of);
    check_error_of_pairs(of);
    CHECK(persons_of(of, 0, of->horizon, TW_CLASS_induced, 0) > 0);
    tw_comparison_free(of);
    tw_scenario_free(other);
    tw_scenario_free(base);
}

static int same_bytes(const void *a, const void *b, size_t count, size_t size)
{
    return memcmp(a, b, count * size) == 0;
}

/* Every table of two comparisons is the same, to the bit. */
static void check_same(const tw_comparison *a, const tw_comparison *b)
{
    const size_t m = moments(a), areas = (size_t)a->num_areas,
                 programmes = (size_t)a->num_programmes;
    CHECK(same_bytes(a->value, b->value, 2 * m * TW_NUM_FIGURES * areas, sizeof(double)));
    CHECK(same_bytes(a->classes, b->classes, m * TW_NUM_CLASSES * TW_NUM_STARTS * areas, 8));
    CHECK(same_bytes(a->only_town, b->only_town, m * 2 * areas, 8));
    CHECK(same_bytes(a->broken, b->broken,
                     (size_t)TW_NUM_BREAKDOWNS * (size_t)a->num_replicates * TW_NUM_CLASSES *
                         TW_BREAKDOWN_CLASSES,
                     8));
    CHECK(same_bytes(
        a->pyramid, b->pyramid,
        2 * (size_t)a->num_years * TW_NUM_ZONE_KINDS * TW_NUM_SEXES * TW_NUM_AGE_GROUPS, 8));
    CHECK(a->num_flows == b->num_flows &&
          same_bytes(a->flow, b->flow, (size_t)a->num_flows, sizeof(*a->flow)));
    CHECK(same_bytes(a->outlay, b->outlay, programmes * m, sizeof(*a->outlay)));
    CHECK(same_bytes(a->recipients, b->recipients, programmes * (size_t)a->num_replicates,
                     sizeof(*a->recipients)));
    CHECK(same_bytes(a->spent, b->spent, 2 * m, 8));
}

static void the_same_bits_for_threads_and_blocks(void)
{
    static const struct {
        int threads;
        const char *blocks;
    } ways[] = {
        {1, "engine.block_size=2048"},
        {2, "engine.block_size=2048"},
        {3, "engine.block_size=64"  },
        {1, "engine.block_size=512" }
    };
    tw_comparison *first = NULL;
    tw_scenario *base[4], *other[4];
    for (int i = 0; i < 4; i++) {
        const char *texts[] = {SMALL, ways[i].blocks, STRONG};
        const tw_compare_options options = {.num_threads = ways[i].threads};
        base[i] = three("baseline.cfg", texts, 3);
        other[i] = three("plan-2030.cfg", texts, 7);
        tw_comparison *of = compare(base[i], other[i], &options);
        if (i == 0) {
            int64_t ever = 0;
            for (int p = 0; p < of->num_programmes; p++) {
                ever += of->recipients[p].ever;
            }
            CHECK(ever > 0);
            first = of;
        } else {
            check_same(first, of);
            tw_comparison_free(of);
        }
    }
    tw_comparison_free(first);
    for (int i = 0; i < 4; i++) {
        tw_scenario_free(base[i]);
        tw_scenario_free(other[i]);
    }
}

/* Indicators are those that the record of a run gives. */
static void indicators_are_those_of_a_run(void)
{
    const tw_compare_options options = {.num_threads = 1};
    const tw_run_options run = {.num_threads = 1};
    tw_scenario *base = three("baseline.cfg", TEXTS(SMALL));
    tw_scenario *other = three("plan-2030.cfg", TEXTS(SMALL, STRONG));
    tw_comparison *of = compare(base, other, &options);
    tw_record *record = NULL;
    CHECK(tw_run(other, &run, NULL, &record) == TW_OK);
    for (int y = 0; y < of->num_years; y++) {
        const int64_t *persons = tw_record_at(record, 0, 4 * y, tw_record_find("persons"));
        double town = 0, all = 0, yuan = 0;
        for (int z = 0; z < record->num_zones; z++) {
            all += (double)persons[z];
            town += z % 2 == TW_TOWN ? (double)persons[z] : 0;
        }
        for (int t = 4 * y - 3; t <= 4 * y && y > 0; t++) {
            for (int p = 0; p < record->num_programmes; p++) {
                yuan += (double)record->outlay[t * record->num_programmes + p].cents / 100;
            }
        }
        CHECK(tw_compared_value(of, 1, 0, y, TW_FIGURE_urbanization_rate, 0) == town / all);
        CHECK_NEAR(tw_compared_value(of, 1, 0, y, TW_FIGURE_outlay, 0), yuan, 0.01);
    }
    tw_record_free(record);
    tw_comparison_free(of);
    tw_scenario_free(other);
    tw_scenario_free(base);
}

static tw_digest digest_after(const tw_scenario *scenario, tw_population *population, int quarters)
{
    tw_world *world = world_of(scenario, population, 1);
    world->notes_grants = quarters % 2;
    for (int q = 0; q < quarters; q++) {
        CHECK(tw_quarter(world) == TW_OK);
    }
    const tw_digest digest = tw_world_digest(world);
    tw_world_free(world);
    return digest;
}

static double none_of(const tw_programme *programme, const void *context)
{
    (void)programme;
    (void)context;
    return 0;
}

static double all_of(const tw_programme *programme, const void *context)
{
    (void)programme;
    (void)context;
    return 1;
}

static double housing_of(const tw_programme *programme, const void *context)
{
    (void)context;
    return tw_lever_group_of((int)programme->lever) == TW_LEVER_GROUP_HOUSING;
}

static int same_digest(tw_digest a, tw_digest b)
{
    return a.low == b.low && a.high == b.high;
}

/* Masked programmes leave what a file without them would give: on the shipped region. */
static void variants_run_as_their_files(void)
{
    enum { QUARTERS = 23 }; /* to 2026-08; odd: grants are noted, which changes nothing */
    static tw_mix_factor *const factor[] = {none_of, all_of, housing_of};
    const char *const texts[] = {"run.sample=0.005", "run.end=2030"};
    tw_scenario *base = scenario_of("baseline.cfg", texts, 2);
    tw_scenario *plan = scenario_of("plan-2030.cfg", texts, 2);
    tw_scenario *housing = scenario_of("only-housing.cfg", texts, 2);
    const tw_scenario *const file[] = {base, plan, housing};
    tw_population *start = start_of(base);
    for (int i = 0; i < 3; i++) {
        tw_scenario *mixture = NULL;
        CHECK(tw_scenario_mix(base, plan, plan, factor[i], NULL, &mixture) == TW_OK);
        CHECK_EQ_INT(tw_scenario_num_programmes(mixture), tw_scenario_num_programmes(file[i]));
        CHECK(same_digest(digest_after(mixture, copy_of(start), QUARTERS),
                          digest_after(file[i], copy_of(start), QUARTERS)));
        tw_scenario_free(mixture);
    }
    CHECK(!same_digest(digest_after(base, copy_of(start), QUARTERS),
                       digest_after(plan, copy_of(start), QUARTERS)));
    tw_population_free(start);
    tw_scenario_free(housing);
    tw_scenario_free(plan);
    tw_scenario_free(base);
}

static int announced;
static void note_announcement(void *context, const char *text)
{
    (void)context;
    announced += strstr(text, "runs") != NULL;
}

/* Housing and a setting that is no lever share the difference out; nothing is left over. */
static void attribution_adds_up(void)
{
    const tw_compare_options options = {.num_threads = 1,
                                        .attribute = 1,
                                        .each_lever = 1,
                                        .announce = note_announcement,
                                        .horizon_year = 2023};
    tw_scenario *base = three("baseline.cfg", TEXTS(SMALL, "run.replicates=2"));
    tw_scenario *other =
        three("plan-2030.cfg", TEXTS(SMALL, "run.replicates=2", "moving.search_level=0.05"));
    tw_comparison *of = compare(base, other, &options);
    const tw_attribution *from = &of->attribution[0];
    CHECK_EQ_INT(from->num_groups, 2);
    CHECK_EQ_INT(announced, 2);
    for (int i = 0; i < TW_NUM_ATTRIBUTED; i++) {
        const int indicator = (int)tw_attributed_figure(i);
        const double total = tw_difference_of(of, 0, of->horizon, indicator, 0).mean;
        double sum = 0;
        for (int g = 0; g < from->num_groups; g++) {
            sum += tw_group_worth_of(of, 0, i, g).shapley;
        }
        CHECK_NEAR(sum, total, 1e-9 * (fabs(total) + 1e-3));
    }
    CHECK(tw_group_worth_of(of, 0, 2, 1).shapley != 0);
    CHECK(of->singles->num >= 3);
    tw_comparison_free(of);
    tw_scenario_free(other);
    tw_scenario_free(base);
}

int main(void)
{
    RUN(nothing_differs_from_itself);
    RUN(a_lever_for_nobody_changes_nothing);
    RUN(classes_add_up);
    RUN(the_same_bits_for_threads_and_blocks);
    RUN(indicators_are_those_of_a_run);
    RUN(variants_run_as_their_files);
    RUN(attribution_adds_up);
    return REPORT();
}
