/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Every lever of the list, one after the other, on the shipped region: at zero it changes no bit;
 * at work it changes something; with its channel frozen it moves nobody, to the bit; outlay is
 * units times unit cost; a ceiling of one unit serves one and refuses the rest; outside its dates
 * and places it does nothing.
 */
#include <stdlib.h>
#include <unistd.h>

#include "engine/quarter.h"
#include "engine/world.h"
#include "test.h"
#include "worlds.h"

#define SAMPLE "run.sample=0.015"
/* From November 2020: the earthquake of January 2025 is within the long run. */
enum { LONG = 18, SHORT = 5, TWO_YEARS = 8 };

static char folder[] = "/tmp/townward-levers-XXXXXX";

/** A programme as a scenario says it. */
typedef struct wording {
    double amount;
    const char *start, *places, *more;
} wording;

static void write_scenario(const char *path, int lever, const wording *of)
{
    const tw_lever_row row = tw_lever_row_at(lever);
    const char *source = getenv("TOWNWARD_SOURCE");
    const char *point = strchr(row.path, '.');
    char here[2048];
    FILE *file = fopen(path, "w");
    CHECK(file != NULL && getcwd(here, sizeof here) != NULL);
    fprintf(file, "base = \"%s/scenarios/xizang/baseline.cfg\";\n", source == NULL ? here : source);
    fprintf(file,
            "levers: { %.*s: { %s: { x = { start = \"%s\"; %s = %.10g; places = [\"%s\"]; "
            "payer = \"region\"; %s }; }; }; };\n",
            (int)(point - row.path), row.path, point + 1, of->start, row.amount, of->amount,
            of->places, of->more);
    fclose(file);
}

static tw_scenario *scenario_with(int lever, const wording *of, const char *text)
{
    char path[64];
    tw_scenario *scenario = NULL;
    tw_report *report = tw_report_create();
    const tw_override overrides[] = {{SAMPLE}, {text}};
    snprintf(path, sizeof path, "%s/x.cfg", folder);
    write_scenario(path, lever, of);
    const tw_status status =
        tw_scenario_read(path, overrides, text == NULL ? 1 : 2, report, &scenario);
    if (status != TW_OK) {
        fprintf(stderr, "%s: %s\n", tw_lever_row_at(lever).path,
                tw_report_finding(report, 0).found);
        exit(1);
    }
    tw_report_free(report);
    return scenario;
}

/** What a run did. */
typedef struct outcome {
    tw_digest all, homes;
    int64_t units, refused, cents;
    int elsewhere; /**< counties outside its places with a level or a part of a unit */
} outcome;

static tw_population *start;

static int acts_elsewhere(const tw_world *world, int programme)
{
    const tw_programme *of = tw_scenario_programme(world->scenario, programme);
    int found = 0;
    for (int c = 0; c < world->num_counties; c++) {
        const double level = tw_policy(world, of->lever, c);
        found +=
            !of->in_place[c] && (level != 0 || world->programme[programme].county_carry[c] != 0);
    }
    return found;
}

/* Who lives where: what a lever with a frozen channel must not touch. */
static tw_digest homes_of(const tw_population *population)
{
    tw_digest digest = {0, 0};
    for (int32_t b = 0; b < population->num_blocks; b++) {
        const tw_block *block = &population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            const uint64_t words[] = {block->uid[h], (uint64_t)block->zone[h]};
            tw_digest_add(&digest, words, 2);
        }
    }
    return digest;
}

static outcome outcome_of(tw_scenario *scenario, int quarters)
{
    tw_world *world = world_of(scenario, copy_of(start), 1);
    const int last = world->num_programmes - 1; /* behind those of the baseline */
    outcome out = {.units = 0};
    for (int q = 0; q < quarters; q++) {
        CHECK(tw_quarter(world) == TW_OK);
        if (strcmp(tw_scenario_programme(scenario, last)->name, "x") == 0) {
            out.units += world->programme[last].units;
            out.refused += world->programme[last].refused;
            out.cents += world->programme[last].quarter_cents;
            out.elsewhere += acts_elsewhere(world, last);
        }
    }
    out.all = tw_world_digest(world);
    out.homes = homes_of(world->population);
    tw_world_free(world);
    tw_scenario_free(scenario);
    return out;
}

static int same(tw_digest a, tw_digest b)
{
    return a.low == b.low && a.high == b.high;
}

static double test_amount(const tw_lever_row *row)
{
    if (row->kind == TW_KIND_GRANT) {
        return 2000;
    }
    return row->kind == TW_KIND_LEVEL ? (row->most < 0.5 ? row->most : 0.5) : 50000;
}

static const char *grant_keys(const tw_lever_row *row)
{
    return row->kind == TW_KIND_GRANT ? "years = 3;" : "";
}

static void check_lever(int lever, const outcome *base, const outcome *soon)
{
    const tw_lever_row row = tw_lever_row_at(lever);
    const double amount = test_amount(&row);
    const wording none = {0, "2020-11", "all", grant_keys(&row)};
    const wording late = {amount, "2031-11", "all", grant_keys(&row)};
    const wording full = {amount, "2020-11", "all", grant_keys(&row)};
    const outcome at_zero = outcome_of(scenario_with(lever, &none, NULL), SHORT);
    const outcome too_late = outcome_of(scenario_with(lever, &late, NULL), SHORT);
    const outcome works = outcome_of(scenario_with(lever, &full, NULL), LONG);
    CHECK(same(at_zero.all, soon->all));
    CHECK(same(too_late.all, soon->all));
    CHECK(at_zero.cents == 0 && too_late.cents == 0);
    CHECK(!same(works.all, base->all));
    CHECK(works.cents > 0 && works.units > 0);
    if (same(works.all, base->all) || works.cents <= 0) {
        printf("       %s does nothing\n", row.path);
    }
}

static outcome base_with(const char *text, int quarters)
{
    const wording none = {0, "2031-11", "all", ""};
    return outcome_of(scenario_with(TW_LEVER_SCHOOL_PLACES, &none, text), quarters);
}

/* Levers that share a channel are compared with one run without it. */
static void check_channel(int lever, const outcome *base)
{
    const tw_lever_row row = tw_lever_row_at(lever);
    char text[64];
    snprintf(text, sizeof text, "process.%s=none", row.process);
    const wording full = {test_amount(&row), "2020-11", "all", grant_keys(&row)};
    const outcome frozen = outcome_of(scenario_with(lever, &full, text), LONG);
    CHECK(same(frozen.homes, base->homes));
    if (!same(frozen.homes, base->homes)) {
        printf("       %s acts past process.%s\n", row.path, row.process);
    }
}

static void check_money(int lever)
{
    const tw_lever_row row = tw_lever_row_at(lever);
    char ceiling[64];
    if (row.kind == TW_KIND_GRANT) {
        return;
    }
    const wording dear = {test_amount(&row), "2020-11", "Chengguan", "yuan_per_unit = 1234.56;"};
    snprintf(ceiling, sizeof ceiling, "yuan_per_unit = 1000; ceiling_yuan_per_year = 1999;");
    const wording tight = {test_amount(&row), "2020-11", "Chengguan", ceiling};
    const outcome costs = outcome_of(scenario_with(lever, &dear, NULL), TWO_YEARS);
    const outcome capped = outcome_of(scenario_with(lever, &tight, NULL), TWO_YEARS);
    CHECK(costs.cents == costs.units * 123456);
    CHECK_EQ_INT(costs.elsewhere, 0);
    /* Of a county and year a unit is due in two years: nothing to refuse. */
    CHECK_EQ_INT(capped.units, row.base == TW_BASE_COUNTY ? 1 : TWO_YEARS / 4);
    CHECK(row.base == TW_BASE_COUNTY || capped.refused > 0);
}

static void every_lever_does_what_it_says(void)
{
    const outcome base = base_with(NULL, LONG), soon = base_with(NULL, SHORT);
    for (int lever = 0; lever < TW_NUM_LEVERS; lever++) {
        check_lever(lever, &base, &soon);
    }
}

static void check_process(const char *process)
{
    char text[64];
    snprintf(text, sizeof text, "process.%s=none", process);
    const outcome base = base_with(text, LONG);
    for (int lever = 0; lever < TW_NUM_LEVERS; lever++) {
        if (strcmp(tw_lever_row_at(lever).process, process) == 0) {
            check_channel(lever, &base);
        }
    }
}

static void no_lever_acts_past_its_channel(void)
{
    for (int first = 0; first < TW_NUM_LEVERS; first++) {
        const char *process = tw_lever_row_at(first).process;
        int done = 0;
        for (int lever = 0; lever < first; lever++) {
            done |= strcmp(tw_lever_row_at(lever).process, process) == 0;
        }
        if (!done) {
            check_process(process);
        }
    }
}

static void what_is_paid_is_units_times_cost_within_the_ceiling(void)
{
    for (int lever = 0; lever < TW_NUM_LEVERS; lever++) {
        check_money(lever);
    }
}

int main(void)
{
    const char *texts[] = {SAMPLE};
    tw_scenario *scenario = scenario_of("baseline.cfg", texts, 1);
    char path[64];
    CHECK(mkdtemp(folder) != NULL);
    start = start_of(scenario);
    RUN(every_lever_does_what_it_says);
    RUN(no_lever_acts_past_its_channel);
    RUN(what_is_paid_is_units_times_cost_within_the_ceiling);
    tw_population_free(start);
    tw_scenario_free(scenario);
    snprintf(path, sizeof path, "%s/x.cfg", folder);
    remove(path);
    rmdir(folder);
    return REPORT();
}
