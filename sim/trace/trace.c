/* SPDX-License-Identifier: Apache-2.0 */
/** One or two scenarios, quarter by quarter, as text. */
#include "townward/trace.h"

#include <stdlib.h>
#include <string.h>

#include "engine/quarter.h"
#include "trace/tracer.h"
#include "trace/worlds.h"

/* ---- lines of two scenarios side by side ---- */

/* [i][j] lines that rest of A from i and rest of B from j have in common, in order. */
static int *common_lines(const tw_lines *a, const tw_lines *b)
{
    const int width = b->num + 1;
    int *common = calloc((size_t)(a->num + 1) * (size_t)width, sizeof(*common));
    if (common == NULL) {
        return NULL;
    }
    for (int i = a->num - 1; i >= 0; i--) {
        for (int j = b->num - 1; j >= 0; j--) {
            const int without_a = common[(i + 1) * width + j];
            const int without_b = common[i * width + j + 1];
            common[i * width + j] = strcmp(a->row[i], b->row[j]) == 0
                                        ? common[(i + 1) * width + j + 1] + 1
                                    : without_a > without_b ? without_a
                                                            : without_b;
        }
    }
    return common;
}

/* The date stands on the first line of a quarter. */
static void put_line(FILE *out, char date[TW_WORDS], char side, const char *line)
{
    fprintf(out, "%-7s %c %s\n", date, side, line);
    date[0] = '\0';
}

/* Lines of both have no letter, the others A or B. */
static tw_status put_both(FILE *out, int32_t quarter, const tw_lines *a, const tw_lines *b)
{
    char date[TW_WORDS];
    int i = 0, j = 0;
    const int width = b->num + 1;
    int *common = common_lines(a, b);
    if (common == NULL) {
        return TW_NO_MEMORY;
    }
    tw_date_words(quarter, date);
    while (i < a->num || j < b->num) {
        if (i < a->num && j < b->num && strcmp(a->row[i], b->row[j]) == 0) {
            put_line(out, date, ' ', a->row[i++]);
            j++;
        } else if (j == b->num ||
                   (i < a->num && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
            put_line(out, date, 'A', a->row[i++]);
        } else {
            put_line(out, date, 'B', b->row[j++]);
        }
    }
    free(common);
    return TW_OK;
}

static void put_lines(FILE *out, int32_t quarter, const tw_lines *lines)
{
    char date[TW_WORDS];
    tw_date_words(quarter, date);
    for (int i = 0; i < lines->num; i++) {
        put_line(out, date, ' ', lines->row[i]);
    }
}

/* ---- a trace ---- */

/** Two worlds at most, and who watches them. */
typedef struct tw_trace_run {
    tw_worlds worlds;
    tw_tracer *tracer[2];
    tw_cast cast;
    int parted;
    FILE *out;
} tw_trace_run;

/* What the two have in common until they part, then what differs. */
static tw_status put_parting(tw_trace_run *run)
{
    tw_lines lines = {0};
    const tw_tracer *a = run->tracer[0], *b = run->tracer[1];
    if (run->parted || !tw_trace_parts(a, b)) {
        return TW_OK;
    }
    run->parted = 1;
    fprintf(run->out,
            "        = A and B part in this quarter. What differs (* counts of the sample):\n");
    tw_trace_explain(a, b, &lines);
    if (lines.num == 0) {
        tw_tell(&lines, "    nothing published: what others did in this quarter");
    }
    for (int i = 0; i < lines.num; i++) {
        fprintf(run->out, "        = %s\n", lines.row[i]);
    }
    const tw_status status = lines.failed ? TW_NO_MEMORY : TW_OK;
    tw_lines_free(&lines);
    return status;
}

static tw_status put_quarter(tw_trace_run *run, int32_t quarter)
{
    if (run->worlds.num == 1) {
        put_lines(run->out, quarter, &run->tracer[0]->lines);
        return TW_OK;
    }
    return put_both(run->out, quarter, &run->tracer[0]->lines, &run->tracer[1]->lines);
}

static int over(const tw_trace_run *run)
{
    int ended = 1;
    for (int i = 0; i < run->worlds.num; i++) {
        ended &= run->tracer[i]->state == TW_TRACE_ENDED;
    }
    return ended;
}

static tw_status run_quarter(tw_trace_run *run)
{
    const int32_t quarter = run->worlds.world[0]->quarter;
    tw_status status = TW_OK;
    for (int i = 0; i < run->worlds.num && status == TW_OK; i++) {
        tw_tracer_open(run->tracer[i]);
        status = tw_quarter(run->worlds.world[i]);
    }
    if (status == TW_OK) {
        status = put_quarter(run, quarter);
    }
    return status == TW_OK && run->worlds.num == 2 ? put_parting(run) : status;
}

static tw_status run_quarters(tw_trace_run *run)
{
    tw_status status = TW_OK;
    while (run->worlds.world[0]->quarter < run->worlds.end && !over(run) && status == TW_OK) {
        status = run_quarter(run);
    }
    if (status == TW_OK && !over(run)) {
        for (int i = 0; i < run->worlds.num; i++) {
            tw_tracer_end(run->tracer[i]);
        }
        status = put_quarter(run, run->worlds.end);
    }
    return status;
}

static void put_heading(const tw_trace_run *run, uint64_t uid)
{
    const tw_worlds *worlds = &run->worlds;
    const tw_settings *settings = worlds->world[0]->settings;
    fprintf(run->out, "uid %llu, seed %lld, replicate %d, %.4g %% of the households simulated\n",
            (unsigned long long)uid, (long long)settings->run_seed, worlds->replicate,
            100 * settings->run_sample);
    if (worlds->num == 2) {
        fprintf(run->out, "A = %.40s, B = %.40s; lines without a letter are of both\n",
                tw_scenario_name(worlds->scenario[0]), tw_scenario_name(worlds->scenario[1]));
    }
    fprintf(run->out,
            "Each date: the state at the opening of the quarter, then what happened in "
            "the quarter.\n\n");
}

/* Uids of the starting population have to be there; the others may come yet. */
static tw_status check_uid(const tw_trace_run *run, uint64_t uid, tw_report *report)
{
    int found = 0;
    for (int i = 0; i < run->worlds.num; i++) {
        found |= run->tracer[i]->state != TW_TRACE_AWAITED;
    }
    const int of_the_start = uid >> 63 == 0;
    if (found || (!of_the_start && run->worlds.world[0]->quarter < run->worlds.end)) {
        return TW_OK;
    }
    return tw_report_add(report, TW_BAD_INPUT, "--uid", 0,
                         "one that --find prints or that a population file has",
                         "no household and no person is %llu %s", (unsigned long long)uid,
                         of_the_start ? "in the starting population" : "at any time of the run");
}

static tw_status run_trace(tw_trace_run *run, uint64_t uid, tw_report *report)
{
    tw_status status = TW_OK;
    for (int i = 0; i < run->worlds.num && status == TW_OK; i++) {
        status = tw_tracer_create(run->worlds.world[i], uid, &run->cast, &run->tracer[i]);
    }
    if (status == TW_OK) {
        status = check_uid(run, uid, report);
    }
    if (status == TW_OK) {
        put_heading(run, uid);
        status = run_quarters(run);
    }
    return status == TW_OK ? check_uid(run, uid, report) : status;
}

tw_status tw_trace(const tw_scenario *scenario, const tw_scenario *other, uint64_t uid,
                   const tw_trace_options *options, tw_report *report, FILE *out)
{
    tw_trace_run run = {.out = out};
    tw_status status = tw_worlds_create(scenario, other, options, report, &run.worlds);
    if (status == TW_OK) {
        status = run_trace(&run, uid, report);
    }
    tw_tracer_free(run.tracer[0]);
    tw_tracer_free(run.tracer[1]);
    tw_cast_free(&run.cast);
    tw_worlds_free(&run.worlds);
    return status;
}
