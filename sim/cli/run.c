/* SPDX-License-Identifier: Apache-2.0 */
/** `townward run`: a scenario into a result file. */
#include <unistd.h>

#include "base/digest.h"
#include "cli/cli.h"
#include "townward/results.h"
#include "townward/run.h"

/** What the progress line needs. */
typedef struct tw_progress_line {
    double begun;
    int replicates, terminal;
} tw_progress_line;

/* One line with the time left, on a terminal only. */
static int show_progress(void *context, int replicate, int quarter, int num_quarters)
{
    const tw_progress_line *line = context;
    const double done = (double)replicate + (double)quarter / num_quarters;
    if (line->terminal) {
        const double passed = tw_cli_seconds() - line->begun;
        fprintf(stderr, "\rreplicate %d of %d, quarter %d of %d, %.0f s left   ", replicate + 1,
                line->replicates, quarter, num_quarters, passed / done * (line->replicates - done));
    }
    return tw_cli_interrupted();
}

static void end_progress(const tw_progress_line *line)
{
    if (line->terminal) {
        fprintf(stderr, "\r%70s\r", "");
    }
}

static int64_t sum_at(const tw_record *record, int replicate, int time, const char *field, int kind)
{
    const int64_t *value = tw_record_at(record, replicate, time, tw_record_find(field));
    int64_t sum = 0;
    for (int z = 0; z < record->num_zones; z++) {
        sum += kind < 0 || z % TW_NUM_ZONE_KINDS == kind ? value[z] : 0;
    }
    return sum;
}

/* Residents and urbanization rate at the start, every fifth year and the end. */
static void print_headline(const tw_record *record)
{
    printf("%-8s %16s %16s %18s\n", "date", "residents", "town residents", "urbanization rate");
    for (int t = 0; t < record->num_times; t++) {
        if (t % 20 != 0 && t != record->num_times - 1) {
            continue;
        }
        double persons = 0, urban = 0;
        for (int r = 0; r < record->num_replicates; r++) {
            persons += (double)sum_at(record, r, t, "persons", -1) / record->num_replicates;
            urban += (double)sum_at(record, r, t, "persons", TW_TOWN) / record->num_replicates;
        }
        int year, month;
        tw_quarter_start(record->start + t, &year, &month);
        printf("%04d-%02d %17.0f %16.0f %17.2f %%\n", year, month, persons / record->sample,
               urban / record->sample, persons > 0 ? 100 * urban / persons : 0);
    }
}

static void print_digest(const tw_record *record)
{
    char text[33];
    tw_digest_text((tw_digest){record->digest[0], record->digest[1]}, text);
    printf("digest %s\n", text);
}

static tw_status simulate(const tw_scenario *scenario, const tw_cli_options *options,
                          tw_report *report, tw_record **record)
{
    tw_progress_line line = {tw_cli_seconds(), (int)tw_scenario_settings(scenario)->run_replicates,
                             isatty(STDERR_FILENO)};
    const tw_run_options run = {options->threads, show_progress, &line, options->verify};
    tw_cli_heed_signals();
    tw_status status = tw_run(scenario, &run, report, record);
    end_progress(&line);
    return status;
}

int tw_cli_run(const tw_cli_options *options)
{
    if (options->num_files != 1) {
        return tw_cli_wrong_use("run needs one scenario file, found %d", options->num_files);
    }
    tw_report *report = tw_report_create();
    tw_scenario *scenario = NULL;
    tw_record *record = NULL;
    const double begun = tw_cli_seconds();
    /* Everything that can be wrong is found before the work begins. */
    tw_status status =
        tw_scenario_read(options->files[0], options->sets, options->num_sets, report, &scenario);
    if (status == TW_OK && options->output != NULL) {
        status = tw_results_check(options->output, options->force, report);
    }
    if (status == TW_OK) {
        status = simulate(scenario, options, report, &record);
    }
    if (status == TW_OK && options->output != NULL) {
        const tw_provenance provenance =
            tw_cli_provenance(options, "run", tw_cli_seconds() - begun);
        status = tw_results_write(scenario, record, &provenance, options->output, options->force,
                                  report);
    }
    if (status == TW_OK) {
        print_headline(record);
        print_digest(record);
    }
    const int code = status == TW_OK ? TW_EXIT_DONE : tw_cli_fail(status, report);
    tw_record_free(record);
    tw_scenario_free(scenario);
    tw_report_free(report);
    return code;
}
