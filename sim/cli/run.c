/* SPDX-License-Identifier: Apache-2.0 */
/** `townward run`: a scenario into a result file. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/digest.h"
#include "cli/cli.h"
#include "townward/results.h"
#include "townward/run.h"

static volatile sig_atomic_t interrupted;

static void note_signal(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

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
        const double passed = seconds_now() - line->begun;
        fprintf(stderr, "\rreplicate %d of %d, quarter %d of %d, %.0f s left   ", replicate + 1,
                line->replicates, quarter, num_quarters, passed / done * (line->replicates - done));
    }
    return interrupted;
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

static tw_status write_result(const tw_scenario *scenario, const tw_record *record,
                              const tw_cli_options *options, double seconds, tw_report *report)
{
    char host[256] = "", date[32] = "", command[4096];
    const time_t clock = time(NULL);
    struct tm utc;
    gethostname(host, sizeof host - 1);
    if (gmtime_r(&clock, &utc) != NULL) {
        strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &utc);
    }
    size_t at = (size_t)snprintf(command, sizeof command, "townward run %s", options->files[0]);
    for (int i = 0; i < options->num_sets && at < sizeof command; i++) {
        at +=
            (size_t)snprintf(command + at, sizeof command - at, " --set %s", options->sets[i].text);
    }
    const tw_provenance provenance = {command, host, date, options->threads, seconds};
    return tw_results_write(scenario, record, &provenance, options->output, options->force, report);
}

static tw_status simulate(const tw_scenario *scenario, const tw_cli_options *options,
                          tw_report *report, tw_record **record)
{
    tw_progress_line line = {seconds_now(), (int)tw_scenario_settings(scenario)->run_replicates,
                             isatty(STDERR_FILENO)};
    const tw_run_options run = {options->threads, show_progress, &line, options->verify};
    struct sigaction action = {.sa_handler = note_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
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
    const double begun = seconds_now();
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
        status = write_result(scenario, record, options, seconds_now() - begun, report);
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
