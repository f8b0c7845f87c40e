/* SPDX-License-Identifier: Apache-2.0 */
/** `townward compare`: a base and alternatives on the same draws. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/reach.h"
#include "townward/compare.h"

/** All that a comparison needs and makes. */
typedef struct tw_cli_comparison {
    const tw_cli_options *options;
    tw_report *report;
    tw_scenario *scenario[TW_CLI_MAX_FILES];
    tw_compare_options compare;
    int by; /**< a tw_comparison_by */
    double begun;
    tw_comparison *comparison;
    tw_reach_options reach; /**< when --reach is given */
    tw_reached reached;
} tw_cli_comparison;

/** The progress line; it begins anew with every kind of work. */
typedef struct tw_progress_line {
    const char *what;
    double begun;
    int terminal;
} tw_progress_line;

static int show_progress(void *context, const char *what, int done, int quarters)
{
    tw_progress_line *line = context;
    if (line->what != what || done <= 1) {
        line->what = what;
        line->begun = tw_cli_seconds();
    }
    if (line->terminal) {
        const double passed = tw_cli_seconds() - line->begun;
        const double left = done > 1 ? passed / (done - 1) * (quarters - done) : 0;
        fprintf(stderr, "\r%s: quarter %d of %d, %.0f s left   ", what, done, quarters, left);
    }
    return tw_cli_interrupted();
}

static void announce(void *context, const char *text)
{
    const tw_progress_line *line = context;
    fprintf(stderr, line->terminal ? "\r%s%30s\n" : "%s%s\n", text, "");
}

static void read_by(tw_cli_comparison *work)
{
    const char *by = work->options->compare.by;
    work->by = TW_COMPARED_BY_NOTHING;
    if (by == NULL) {
        return;
    }
    work->by = tw_comparison_by_find(by);
    if (work->by < 0) {
        tw_report_add(work->report, TW_BAD_USE, "--by", 0,
                      "county, prefecture, tier, income, age or household", "%s", by);
    }
}

static void read_year(tw_cli_comparison *work)
{
    int64_t year = 0;
    const char *text = work->options->compare.year;
    if (text != NULL && (tw_text_int(text, &year) != 0 || year < 1900 || year > 8000)) {
        tw_report_add(work->report, TW_BAD_USE, "--year", 0, "a calendar year", "%s", text);
        year = 0;
    }
    work->compare.horizon_year = (int)year;
}

/* Every scenario is read, whatever is wrong with the others. */
static tw_status read_scenarios(tw_cli_comparison *work)
{
    const tw_cli_options *options = work->options;
    tw_status status = TW_OK;
    for (int i = 0; i < options->num_files; i++) {
        const tw_status read = tw_scenario_read(options->files[i], options->sets, options->num_sets,
                                                work->report, &work->scenario[i]);
        status = status == TW_OK ? read : status;
    }
    if (status == TW_OK) {
        status = tw_compare_check((const tw_scenario *const *)work->scenario, options->files,
                                  options->num_files, &work->compare, work->report);
    }
    return status;
}

/* Everything that can be wrong is found before the work begins. */
static tw_status prepare(tw_cli_comparison *work)
{
    const tw_cli_options *options = work->options;
    const char *const output[] = {options->output, options->compare.csv, options->compare.json};
    read_by(work);
    read_year(work);
    if (options->compare.reach != NULL) {
        tw_cli_reach_read(options, &work->reach, work->report);
    }
    const int wrong_use = tw_report_count(work->report) > 0;
    tw_status status = read_scenarios(work);
    if (status == TW_OK && options->compare.reach != NULL && options->num_files == 2) {
        tw_cli_reach_check(work->scenario[0], work->scenario[1], &work->reach, work->report);
    }
    for (size_t i = 0; i < sizeof output / sizeof *output; i++) {
        if (output[i] != NULL) {
            const tw_status good = tw_results_check(output[i], options->force, work->report);
            status = status == TW_OK ? good : status;
        }
        for (size_t j = 0; j < i && output[i] != NULL; j++) {
            if (output[j] != NULL && strcmp(output[i], output[j]) == 0) {
                tw_report_add(work->report, TW_BAD_USE, output[i], 0, "another name",
                              "two outputs have one name");
            }
        }
    }
    if (wrong_use) {
        return TW_BAD_USE;
    }
    return status != TW_OK ? status : tw_report_status(work->report);
}

static tw_status write_files(const tw_cli_comparison *work)
{
    const tw_cli_options *options = work->options;
    const tw_provenance provenance =
        tw_cli_provenance(options, "compare", tw_cli_seconds() - work->begun);
    const struct {
        tw_comparison_form form;
        const char *path;
    } file[] = {
        {TW_COMPARISON_HDF5, options->output      },
        {TW_COMPARISON_CSV,  options->compare.csv },
        {TW_COMPARISON_JSON, options->compare.json}
    };
    tw_status status = TW_OK;
    for (size_t i = 0; i < sizeof file / sizeof *file && status == TW_OK; i++) {
        if (file[i].path != NULL) {
            status = tw_comparison_write(work->comparison, file[i].form, &provenance, file[i].path,
                                         options->force, work->report);
        }
    }
    return status;
}

static tw_status compare(tw_cli_comparison *work)
{
    tw_progress_line line = {NULL, 0, isatty(STDERR_FILENO)};
    work->compare.num_threads = work->options->threads;
    work->compare.progress = show_progress;
    work->compare.announce = announce;
    work->compare.attribute = work->options->compare.attribute;
    work->compare.each_lever = work->options->compare.each_lever;
    work->compare.context = &line;
    tw_cli_heed_signals();
    const tw_scenario *const *scenario = (const tw_scenario *const *)work->scenario;
    const tw_status status = work->options->compare.reach != NULL
                                 ? tw_reach(scenario[0], scenario[1], &work->compare, &work->reach,
                                            work->report, &work->reached)
                                 : tw_compare(scenario, work->options->num_files, &work->compare,
                                              work->report, &work->comparison);
    if (line.terminal) {
        fprintf(stderr, "\r%70s\r", "");
    }
    return status;
}

/* Prints the answer; 1 when what was to be reached is not. */
static int answer(const tw_cli_comparison *work)
{
    if (work->options->compare.reach == NULL) {
        tw_comparison_print(work->comparison, work->by, stdout);
        return TW_EXIT_DONE;
    }
    tw_reach_print(work->scenario[0], work->scenario[1], &work->reach, &work->reached, stdout);
    return work->reached.reached ? TW_EXIT_DONE : TW_EXIT_FAILED;
}

int tw_cli_compare(const tw_cli_options *options)
{
    if (options->num_files < 2) {
        return tw_cli_wrong_use(
            "compare needs a base and at least one alternative, found %d file%s",
            options->num_files, options->num_files == 1 ? "" : "s");
    }
    tw_cli_comparison work = {
        .options = options, .report = tw_report_create(), .begun = tw_cli_seconds()};
    tw_status status = prepare(&work);
    if (status == TW_OK) {
        status = compare(&work);
    }
    if (status == TW_OK && work.comparison != NULL) {
        status = write_files(&work);
    }
    const int code = status == TW_OK ? answer(&work) : tw_cli_fail(status, work.report);
    tw_comparison_free(work.comparison);
    for (int i = 0; i < options->num_files; i++) {
        tw_scenario_free(work.scenario[i]);
    }
    tw_report_free(work.report);
    return code;
}
