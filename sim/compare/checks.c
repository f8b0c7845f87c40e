/* SPDX-License-Identifier: Apache-2.0 */
/** Whether scenarios can be compared: all findings at once. */
#include <inttypes.h>
#include <string.h>

#include "townward/compare.h"
#include "townward/run.h"

static void date_text(int64_t quarter, char text[16])
{
    int year, month;
    tw_quarter_start((int32_t)quarter, &year, &month);
    snprintf(text, 16, "%04d-%02d", year % 10000, month);
}

/* The tables of two regions are the same bytes. */
static int same_region(const tw_region *a, const tw_region *b)
{
    int same = strcmp(a->name, b->name) == 0 && a->num_tables == b->num_tables;
    for (int i = 0; same && i < a->num_tables; i++) {
        same = strcmp(a->tables[i].name, b->tables[i].name) == 0 &&
               memcmp(a->tables[i].digest, b->tables[i].digest, sizeof a->tables[i].digest) == 0;
    }
    return same;
}

static void check_dates(const tw_settings *base, const tw_settings *other, const char *file,
                        tw_report *report)
{
    char expected[64], found[16], wanted[16];
    const struct {
        const char *path;
        int64_t base, other;
    } row[] = {
        {"run.start", base->run_start, other->run_start},
        {"run.end",   base->run_end,   other->run_end  }
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        if (row[i].base != row[i].other) {
            date_text(row[i].base, wanted);
            date_text(row[i].other, found);
            snprintf(expected, sizeof expected, "%s as in the base", wanted);
            tw_report_add(report, TW_BAD_INPUT, file, 0, expected, "%s = %s", row[i].path, found);
        }
    }
}

static void check_runs(const tw_settings *base, const tw_settings *other, const char *file,
                       tw_report *report)
{
    char expected[64];
    const struct {
        const char *path;
        int64_t base, other;
    } row[] = {
        {"run.seed",       base->run_seed,       other->run_seed      },
        {"run.replicates", base->run_replicates, other->run_replicates}
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        if (row[i].base != row[i].other) {
            snprintf(expected, sizeof expected, "%" PRId64 " as in the base", row[i].base);
            tw_report_add(report, TW_BAD_INPUT, file, 0, expected, "%s = %" PRId64, row[i].path,
                          row[i].other);
        }
    }
    if (base->run_sample != other->run_sample) {
        snprintf(expected, sizeof expected, "%.10g as in the base", base->run_sample);
        tw_report_add(report, TW_BAD_INPUT, file, 0, expected, "run.sample = %.10g",
                      other->run_sample);
    }
}

static void check_pair(const tw_scenario *base, const tw_scenario *other, const char *file,
                       tw_report *report)
{
    const tw_region *region = tw_scenario_region(base), *second = tw_scenario_region(other);
    const int before = tw_report_count(report);
    char expected[128];
    if (!same_region(region, second)) {
        snprintf(expected, sizeof expected, "the region of the base, %s, with the same tables",
                 region->name);
        tw_report_add(report, TW_BAD_INPUT, file, 0, expected, "region %s", second->name);
    }
    check_dates(tw_scenario_settings(base), tw_scenario_settings(other), file, report);
    check_runs(tw_scenario_settings(base), tw_scenario_settings(other), file, report);
    const char *differs = tw_start_differs(base, other);
    if (differs != NULL && tw_report_count(report) == before) {
        tw_report_add(report, TW_BAD_INPUT, file, 0, "the value of the base",
                      "%s differs: other persons would start", differs);
    }
}

static void check_horizon(const tw_settings *settings, const char *file, int horizon,
                          tw_report *report)
{
    int first, last, month;
    char expected[96];
    tw_quarter_start((int32_t)settings->run_start, &first, &month);
    const int years = (int)(settings->run_end - settings->run_start) / 4;
    last = first + years;
    if (years < 1) {
        tw_report_add(report, TW_BAD_INPUT, file, 0, "a run of at least a year",
                      "run.end is less than a year after run.start");
    } else if (horizon != 0 && (horizon <= first || horizon > last)) {
        snprintf(expected, sizeof expected, "a 1 November of the runs: %d to %d", first + 1, last);
        tw_report_add(report, TW_BAD_INPUT, "--year", 0, expected, "%d", horizon);
    }
}

tw_status tw_compare_check(const tw_scenario *const *scenario, const char *const *file, int num,
                           const tw_compare_options *options, tw_report *report)
{
    const int before = tw_report_count(report);
    for (int s = 1; s < num; s++) {
        check_pair(scenario[0], scenario[s], file[s], report);
    }
    check_horizon(tw_scenario_settings(scenario[0]), file[0], options->horizon_year, report);
    return tw_report_count(report) > before ? TW_BAD_INPUT : TW_OK;
}
