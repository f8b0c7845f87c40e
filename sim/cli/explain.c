/* SPDX-License-Identifier: Apache-2.0 */
/** `townward explain`: settings, levers, limits, resolved scenarios. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"

/* Whether a path stands below a group; "" is above all. */
static int is_below(const char *path, const char *group)
{
    const size_t length = strlen(group);
    return length == 0 || (strncmp(path, group, length) == 0 && path[length] == '.');
}

static void print_list(const char *group)
{
    char before[64] = "";
    for (int i = 0; i < tw_num_settings(); i++) {
        const tw_setting_row row = tw_setting_row_at(i);
        if (is_below(row.path, group)) {
            const int length = (int)strcspn(row.path, ".");
            if (strncmp(before, row.path, (size_t)length + 1) != 0) {
                printf("%s%.*s\n", before[0] == '\0' ? "" : "\n", length, row.path);
                snprintf(before, sizeof before, "%.*s.", length, row.path);
            }
            /* A choice has words where others have a range. */
            const int choice = strcmp(row.type, "CHOICE") == 0;
            char range[80];
            snprintf(range, sizeof range, "%s%s%s", row.low, choice ? "" : " to ",
                     choice ? "" : row.high);
            printf("  %-34s %-10s %-15s %-29s %-11s %s\n", row.path, row.default_text, row.unit,
                   range, row.kind, row.sentence);
        }
    }
}

static void print_setting(const tw_setting_row *row)
{
    printf("%s\n  %s\n", row->path, row->sentence);
    if (strcmp(row->type, "CHOICE") == 0) {
        printf("  one of     %s\n  default    %s\n  kind       %s\n", row->low, row->default_text,
               row->kind);
        return;
    }
    printf("  unit       %s\n  default    %s\n  range      %s to %s\n", row->unit,
           row->default_text, row->low, row->high);
    printf("  kind       %s\n  source     %s\n", row->kind, row->source);
    if (strcmp(row->kind, "choice") != 0) {
        printf("  plausible  %s to %s\n", row->plausible_low, row->plausible_high);
    }
}

/** Path of a lever as a scenario has it. */
typedef struct lever_name {
    char path[96];
} lever_name;

static lever_name name_of(int lever)
{
    lever_name name;
    snprintf(name.path, sizeof name.path, "levers.%s", tw_lever_row_at(lever).path);
    return name;
}

/* What a unit of a lever is paid for, in words. */
static void paid_for(const tw_lever_row *row, char text[96])
{
    const char *unit = tw_lever_base_unit(row->base);
    switch (row->kind) {
        case TW_KIND_LEVEL:
            snprintf(text, 96, "per %s and year, times the amount", unit);
            break;
        case TW_KIND_DEMAND:
            snprintf(text, 96, "per %s, for the share", unit);
            break;
        case TW_KIND_ROAD:
            snprintf(text, 96, "for the road, when it opens");
            break;
        case TW_KIND_GRANT:
            snprintf(text, 96, "what is granted");
            break;
        default:
            snprintf(text, 96, "a unit");
            break;
    }
}

static void print_lever(int lever)
{
    const tw_lever_row row = tw_lever_row_at(lever);
    char text[96];
    paid_for(&row, text);
    printf("levers.%s.NAME\n  plan %s: %s\n  amount    %s (%s), 0 to %g\n", row.path, row.plan,
           row.sentence, row.amount, row.unit, row.most);
    if (row.kind == TW_KIND_UNITS || row.kind == TW_KIND_OFFER) {
        printf("  shared    in proportion to each %s\n", tw_lever_base_unit(row.base));
    }
    printf("  cost      %s%s\n", row.kind == TW_KIND_GRANT ? "" : "yuan ", text);
    printf("  group     %s\n  channel   process.%s\n",
           tw_lever_group_name(tw_lever_group_of(lever)), row.process);
}

/* The levers at or below a path, then what all programmes share; returns how many there are. */
static int print_levers(const char *path)
{
    int num = 0;
    for (int i = 0; i < TW_NUM_LEVERS; i++) {
        const lever_name name = name_of(i);
        if (strcmp(name.path, path) == 0 || is_below(name.path, path)) {
            print_lever(i);
            num++;
        }
    }
    if (num == 0) {
        return 0;
    }
    printf(
        "\nkeys of a programme\n"
        "  start, end              dates; it acts from start and before end (no end: for ever)\n"
        "  ramp                    quarters from nothing to the full amount\n"
        "  places                  [\"all\"], county codes or names, groups of the region; of a "
        "road:\n"
        "                          the two counties that it joins\n"
        "  households              of grants: kinds of households they are for, all unless said:\n"
        "                          collective, one_person, couple, family_with_children, other\n"
        "  payer                   centre, region, county or banks\n"
        "  yuan_per_unit           cost of a unit, yuan, where it is not that of the region's "
        "table\n"
        "  years                   years a household receives a grant that is paid by the month\n"
        "  ceiling_yuan_per_year   outlay at most, from November to October\n"
        "  low, high               plausible interval of the amount\n"
        "  grade, source           A measured here, B elsewhere, C assumed; where it comes from\n"
        "\nNot needed: end, ramp, households, yuan_per_unit, ceiling_yuan_per_year, low, high, "
        "grade, source.\n");
    return num;
}

enum { MAX_NAMES = 1024 };

/* Adds a name, or the group before its point, unless it is there. */
static int add_name(char names[][64], int num, const char *path, size_t length)
{
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)length, path);
    for (int i = 0; i < num; i++) {
        if (strcmp(names[i], name) == 0) {
            return num;
        }
    }
    if (num < MAX_NAMES) {
        memcpy(names[num++], name, sizeof name);
    }
    return num;
}

/* The nearest of everything explain knows: settings, their groups, levers. */
static int unknown_name(const char *path)
{
    static char names[MAX_NAMES][64];
    const char *known[MAX_NAMES];
    int num = add_name(names, 0, "levers", 6);
    num = add_name(names, num, "limits", 6);
    for (int i = 0; i < TW_NUM_LEVERS; i++) {
        const lever_name name = name_of(i);
        const char *lever = name.path, *last = strrchr(lever, '.');
        num = add_name(names, num, lever, (size_t)(last - lever));
        num = add_name(names, num, lever, strlen(lever));
    }
    for (int i = 0; i < tw_num_settings(); i++) {
        const char *setting = tw_setting_row_at(i).path;
        num = add_name(names, num, setting, strcspn(setting, "."));
        num = add_name(names, num, setting, strlen(setting));
    }
    for (int i = 0; i < num; i++) {
        known[i] = names[i];
    }
    const char *nearest = tw_text_nearest(path, known, num);
    return tw_cli_wrong_use("no setting %s; %s%s", path,
                            nearest != NULL ? "did you mean " : "see townward explain",
                            nearest != NULL ? nearest : "");
}

/* One setting, a group by its name, a lever, or a finding with the nearest name. */
static int explain_path(const char *path)
{
    int in_group = 0;
    for (int i = 0; i < tw_num_settings(); i++) {
        const tw_setting_row row = tw_setting_row_at(i);
        if (strcmp(row.path, path) == 0) {
            print_setting(&row);
            return TW_EXIT_DONE;
        }
        in_group += is_below(row.path, path);
    }
    if (path[0] == '\0') {
        return unknown_name(path);
    }
    if (in_group > 0) {
        print_list(path);
        return TW_EXIT_DONE;
    }
    return print_levers(path) > 0 ? TW_EXIT_DONE : unknown_name(path);
}

static void print_date(int32_t quarter)
{
    int year, month;
    tw_quarter_start(quarter, &year, &month);
    printf("%04d-%02d", year, month);
}

/* Whom a grant is for, unless it is for all. */
static void print_households(const tw_programme *programme)
{
    for (int kind = 0, named = 0; kind < TW_NUM_HOUSEHOLD_KINDS; kind++) {
        const int all = programme->households == TW_ALL_HOUSEHOLDS;
        if (!all && (programme->households >> kind & 1)) {
            printf("%s %s", named++ ? "," : ", for",
                   tw_household_kind_word((tw_household_kind)kind));
        }
    }
    printf("\n");
}

static void print_programme(const tw_programme *programme, const tw_region *region)
{
    int places = 0;
    for (int c = 0; c < region->num_counties; c++) {
        places += programme->in_place[c];
    }
    printf("%s.%s\n  from ", name_of((int)programme->lever).path, programme->name);
    print_date(programme->start);
    if (programme->end != INT32_MAX) {
        printf(" until ");
        print_date(programme->end);
    }
    printf(": %g %s (plausible %g to %g), %d of %d counties", programme->amount,
           tw_lever_row_at((int)programme->lever).unit, programme->amount_low,
           programme->amount_high, places, region->num_counties);
    print_households(programme);
    printf("  grade %c: %s\n  %s:%ld\n", programme->grade, programme->source, programme->file,
           programme->line);
}

static int explain_scenario(const tw_cli_options *options)
{
    tw_report *report = tw_report_create();
    tw_scenario *scenario = NULL;
    const tw_status status =
        tw_scenario_read(options->files[0], options->sets, options->num_sets, report, &scenario);
    char value[64], origin[600];
    int code = TW_EXIT_DONE;
    if (status == TW_OK) {
        printf("%s: %s\n\n", tw_scenario_name(scenario), tw_scenario_question(scenario));
        for (int i = 0; i < tw_num_settings(); i++) {
            const tw_setting_row row = tw_setting_row_at(i);
            tw_scenario_value(scenario, i, value, origin);
            printf("%-34s %-12s %-22s %s\n", row.path, value, row.unit, origin);
        }
        for (int i = 0; i < tw_scenario_num_programmes(scenario); i++) {
            printf("%s", i == 0 ? "\n" : "");
            print_programme(tw_scenario_programme(scenario, i), tw_scenario_region(scenario));
        }
    } else {
        code = tw_cli_fail(status, report);
    }
    tw_scenario_free(scenario);
    tw_report_free(report);
    return code;
}

/* A text as a cell of a Markdown table. */
static void print_cell(const char *text)
{
    putchar(' ');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '|') {
            putchar('\\');
        }
        putchar(*c);
    }
    fputs(" |", stdout);
}

static void print_parameter(const tw_setting_row *row)
{
    char interval[80] = "";
    if (strcmp(row->type, "CHOICE") == 0) {
        snprintf(interval, sizeof interval, "%s", row->low);
    } else if (row->plausible_low[0] != '\0' && strcmp(row->kind, "choice") != 0) {
        snprintf(interval, sizeof interval, "%s to %s", row->plausible_low, row->plausible_high);
    }
    printf("|");
    const char *cells[] = {row->path, row->default_text, row->unit,  row->kind,
                           interval,  row->sentence,     row->source};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        print_cell(cells[i]);
    }
    printf("\n");
}

/* The table of parameters of the documentation, in Markdown. */
static void print_parameters(void)
{
    char before[64] = "";
    printf(
        "<!-- Generated by: townward explain --parameters -->\n# Parameters\n\nKinds: measured "
        "in the region, derived from such values, from the literature, calibrated to the "
        "censuses,\nassumed. The interval is what sweeps should span.\n");
    for (int i = 0; i < tw_num_settings(); i++) {
        const tw_setting_row row = tw_setting_row_at(i);
        const int length = (int)strcspn(row.path, ".");
        if (strncmp(before, row.path, (size_t)length + 1) != 0) {
            printf(
                "\n## %.*s\n\n| setting | value | unit | kind | interval | what it is | source "
                "|\n|---|---|---|---|---|---|---|\n",
                length, row.path);
            snprintf(before, sizeof before, "%.*s.", length, row.path);
        }
        print_parameter(&row);
    }
}

/* A lever and what it costs in a region; without one the cost is left open. */
static void print_lever_row(int lever, const tw_region *region)
{
    const tw_lever_row row = tw_lever_row_at(lever);
    const tw_lever_cost *cost = region == NULL ? NULL : tw_region_lever_cost(region, row.path);
    char amount[96], text[96], yuan[192] = "";
    paid_for(&row, text);
    snprintf(amount, sizeof amount, "%s (%s)", row.amount, row.unit);
    if (row.kind == TW_KIND_GRANT) {
        snprintf(yuan, sizeof yuan, "%s", text);
    } else if (cost != NULL) {
        snprintf(yuan, sizeof yuan, "%g (%g-%g) yuan %s", cost->yuan, cost->low, cost->high, text);
    } else {
        snprintf(yuan, sizeof yuan, "yuan_per_unit of the programme, %s", text);
    }
    const char grade[] = {cost == NULL ? ' ' : cost->grade, '\0'};
    const char *cells[] = {row.plan,
                           row.path,
                           row.sentence,
                           amount,
                           tw_lever_group_name(tw_lever_group_of(lever)),
                           row.process,
                           yuan,
                           grade,
                           cost == NULL ? "" : cost->source};
    printf("|");
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        print_cell(cells[i]);
    }
    printf("\n");
}

/* The table of levers of the documentation, in Markdown. */
static void print_lever_table(const tw_region *region)
{
    printf(
        "<!-- Generated by: townward explain --levers SCENARIO.cfg -->\n# Levers\n\nEvery lever "
        "acts "
        "through the process of its channel: with `process.NAME = \"none\"` it moves nobody "
        "(tested). Costs are those\nof %s%s, with grades: A measured in the region, B elsewhere, C "
        "assumed; a programme may say another\n(`yuan_per_unit`). Groups are what attribution and "
        "the scenario library speak of.\n\n| plan | lever | what it does | amount | group | "
        "channel | cost | grade | source of the cost |\n|---|---|---|---|---|---|---|---|---|\n",
        region == NULL ? "no region" : "the region ", region == NULL ? "" : region->name);
    for (int lever = 0; lever < TW_NUM_LEVERS; lever++) {
        print_lever_row(lever, region);
    }
}

/* With the costs of a scenario's region, or of none. */
static int explain_levers(const tw_cli_options *options)
{
    tw_report *report = tw_report_create();
    tw_scenario *scenario = NULL;
    tw_status status = TW_OK;
    if (options->num_files > 0) {
        status = tw_scenario_read(options->files[0], options->sets, options->num_sets, report,
                                  &scenario);
    }
    if (status == TW_OK) {
        print_lever_table(scenario == NULL ? NULL : tw_scenario_region(scenario));
    }
    const int code = status == TW_OK ? TW_EXIT_DONE : tw_cli_fail(status, report);
    tw_scenario_free(scenario);
    tw_report_free(report);
    return code;
}

int tw_cli_explain(const tw_cli_options *options)
{
    if (options->levers) {
        return explain_levers(options);
    }
    if (options->parameters) {
        print_parameters();
        return TW_EXIT_DONE;
    }
    if (options->reference) {
        return tw_cli_exit_code(tw_scenario_write_reference(stdout));
    }
    if (options->num_files == 0) {
        print_list("");
        return TW_EXIT_DONE;
    }
    if (options->num_files > 1) {
        return tw_cli_wrong_use("explain takes one name, found %d", options->num_files);
    }
    const char *what = options->files[0];
    const size_t length = strlen(what);
    if (strcmp(what, "limits") == 0) {
        fputs(tw_cli_limits, stdout);
        return TW_EXIT_DONE;
    }
    if (length > 4 && strcmp(what + length - 4, ".cfg") == 0) {
        return explain_scenario(options);
    }
    return explain_path(what);
}
