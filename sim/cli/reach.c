/* SPDX-License-Identifier: Apache-2.0 */
/** `townward compare --reach`: what is asked for, and the answer. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/reach.h"

static int find_indicator(const char *name, tw_report *report)
{
    const char *names[TW_NUM_FIGURES];
    char expected[128];
    const int indicator = tw_figure_find(name);
    if (indicator >= 0 && indicator != TW_FIGURE_outlay) {
        return indicator;
    }
    for (int i = 0; i < TW_NUM_FIGURES; i++) {
        names[i] = i == TW_FIGURE_outlay ? NULL : tw_figure_at(i).name;
    }
    const char *nearest = tw_text_nearest(name, names, TW_NUM_FIGURES);
    snprintf(expected, sizeof expected, "an indicator%s%s%s",
             nearest == NULL ? " such as urbanization_rate" : ": did you mean ",
             nearest == NULL ? "" : nearest, nearest == NULL ? "" : "?");
    tw_report_add(report, TW_BAD_USE, "--reach", 0, expected, "%s", name);
    return 0;
}

/* INDICATOR=VALUE@YEAR; the year may be missing. */
static void read_target(const char *text, tw_reach_options *wanted, tw_report *report)
{
    char name[64], value[64];
    const size_t equals = strcspn(text, "=");
    const char *rest = text[equals] == '=' ? text + equals + 1 : "";
    const size_t at = strcspn(rest, "@");
    int64_t year = wanted->year;
    snprintf(name, sizeof name, "%.*s", (int)equals, text);
    snprintf(value, sizeof value, "%.*s", (int)at, rest);
    const int bad_year = rest[at] == '@' && tw_text_int(rest + at + 1, &year) != 0;
    if (rest[0] == '\0' || bad_year || tw_text_real(value, &wanted->target) != 0) {
        tw_report_add(report, TW_BAD_USE, "--reach", 0,
                      "INDICATOR=VALUE@YEAR, such as urbanization_rate=0.45@2030", "%s", text);
        return;
    }
    wanted->year = (int)year;
    wanted->indicator = find_indicator(name, report);
}

static int find_lever(const char *path)
{
    for (int l = 0; l < TW_NUM_LEVERS; l++) {
        if (strcmp(tw_lever_row_at(l).path, path) == 0) {
            return l;
        }
    }
    return -1;
}

static void report_lever(const char *path, tw_report *report)
{
    const char *names[TW_NUM_LEVERS];
    char expected[160];
    for (int l = 0; l < TW_NUM_LEVERS; l++) {
        names[l] = tw_lever_row_at(l).path;
    }
    const char *nearest = tw_text_nearest(path, names, TW_NUM_LEVERS);
    snprintf(expected, sizeof expected, "a lever%s%s%s",
             nearest == NULL ? "; see townward explain levers" : ": did you mean ",
             nearest == NULL ? "" : nearest, nearest == NULL ? "" : "?");
    tw_report_add(report, TW_BAD_USE, "--using", 0, expected, "%s", path);
}

static void add_lever(const char *path, tw_reach_options *wanted, tw_report *report)
{
    const int lever = find_lever(path);
    for (int l = 0; l < wanted->num_levers; l++) {
        if ((int)wanted->lever[l] == lever) {
            return;
        }
    }
    if (lever < 0) {
        report_lever(path, report);
    } else if (wanted->num_levers == TW_MOST_REACH_LEVERS) {
        tw_report_add(report, TW_BAD_USE, "--using", 0, "fewer levers", "more than %d levers",
                      TW_MOST_REACH_LEVERS);
    } else {
        wanted->lever[wanted->num_levers++] = (tw_lever)lever;
    }
}

static void read_levers(const char *text, tw_reach_options *wanted, tw_report *report)
{
    if (text == NULL) {
        tw_report_add(report, TW_BAD_USE, "--reach", 0, "--using LEVER,LEVER", "no lever is named");
        return;
    }
    while (*text != '\0') {
        char path[96];
        const size_t length = strcspn(text, ",");
        snprintf(path, sizeof path, "%.*s", (int)length, text);
        add_lever(path, wanted, report);
        text += length + (text[length] == ',');
    }
}

void tw_cli_reach_read(const tw_cli_options *options, tw_reach_options *wanted, tw_report *report)
{
    const tw_cli_compare_options *compare = &options->compare;
    *wanted = (tw_reach_options){.budget_yuan = INFINITY, .evaluations = 80};
    wanted->year = 2030;
    read_target(compare->reach, wanted, report);
    read_levers(compare->levers, wanted, report);
    if (compare->minimise != NULL && strcmp(compare->minimise, "outlay") != 0) {
        tw_report_add(report, TW_BAD_USE, "--minimise", 0, "outlay", "%s", compare->minimise);
    }
    if (compare->budget != NULL &&
        (tw_text_real(compare->budget, &wanted->budget_yuan) != 0 || !(wanted->budget_yuan >= 0))) {
        tw_report_add(report, TW_BAD_USE, "--budget", 0, "yuan, 0 or more", "%s", compare->budget);
    }
    if (options->num_files != 2) {
        tw_report_add(report, TW_BAD_USE, "--reach", 0, "a base and one alternative", "%d files",
                      options->num_files);
    }
    if (options->output != NULL || compare->csv != NULL || compare->json != NULL) {
        tw_report_add(report, TW_BAD_USE, "--reach", 0, "no -o, --csv or --json",
                      "the answer is printed and no file written");
    }
}

void tw_cli_reach_check(const tw_scenario *base, const tw_scenario *alternative,
                        tw_reach_options *wanted, tw_report *report)
{
    const tw_settings *settings = tw_scenario_settings(base);
    int first, month;
    tw_quarter_start((int32_t)settings->run_start, &first, &month);
    const int last = first + (int)(settings->run_end - settings->run_start) / 4;
    wanted->years = wanted->year - first;
    if (wanted->years < 1 || wanted->year > last) {
        char expected[64];
        snprintf(expected, sizeof expected, "a year of the runs: %d to %d", first + 1, last);
        tw_report_add(report, TW_BAD_USE, "--reach", 0, expected, "%d", wanted->year);
    }
    for (int l = 0; l < wanted->num_levers; l++) {
        if (!tw_reach_has(base, alternative, wanted->lever[l])) {
            tw_report_add(report, TW_BAD_USE, "--using", 0,
                          "a lever of which the alternative has a programme of its own", "%s",
                          tw_lever_row_at((int)wanted->lever[l]).path);
        }
    }
}
