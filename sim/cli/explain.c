/* SPDX-License-Identifier: Apache-2.0 */
/** `townward explain`: settings, levers, limits, resolved scenarios. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"

static void print_list(const char *prefix)
{
    const size_t length = strlen(prefix);
    for (int i = 0; i < tw_num_settings(); i++) {
        const tw_setting_row row = tw_setting_row_at(i);
        if (strncmp(row.path, prefix, length) == 0) {
            printf("%-34s %-12s %-22s %-11s %s\n", row.path, row.default_text, row.unit, row.kind,
                   row.sentence);
        }
    }
}

static void print_setting(const tw_setting_row *row)
{
    printf("%s\n  %s\n", row->path, row->sentence);
    if (strcmp(row->type, "CHOICE") == 0) {
        printf("  one of     %s\n  default    %s\n", row->low, row->default_text);
        return;
    }
    printf("  unit       %s\n  default    %s\n  range      %s to %s\n", row->unit,
           row->default_text, row->low, row->high);
    printf("  kind       %s\n  source     %s\n", row->kind, row->source);
    if (strcmp(row->kind, "choice") != 0) {
        printf("  plausible  %s to %s\n", row->plausible_low, row->plausible_high);
    }
}

static void print_levers(void)
{
#define PRINT_LEVER(id, path, amount, unit, sentence) \
    printf("levers.%s.NAME\n  %s\n  amount    %s (%s)\n", path, sentence, amount, unit);
    TW_LEVER_LIST(PRINT_LEVER)
#undef PRINT_LEVER
    printf(
        "\nkeys of a programme\n"
        "  start, end              dates; it acts from start and before end (no end: for ever)\n"
        "  ramp                    quarters from nothing to the full amount\n"
        "  places                  [\"all\"], county codes or names, groups of the region\n"
        "  payer                   centre, region, county or banks\n"
        "  yuan_per_unit           cost of a dwelling, yuan (public_rental)\n"
        "  years                   years a household receives it (rent_subsidy)\n"
        "  ceiling_yuan_per_year   outlay at most, from November to October\n"
        "  low, high               plausible interval of the amount\n"
        "  grade, source           A measured here, B elsewhere, C assumed; where it comes from\n");
}

/* One setting, a group by prefix, or a finding with the nearest name. */
static int explain_path(const char *path)
{
    const char *names[1024];
    int in_group = 0;
    const size_t length = strlen(path);
    for (int i = 0; i < tw_num_settings() && i < 1024; i++) {
        const tw_setting_row row = tw_setting_row_at(i);
        names[i] = row.path;
        if (strcmp(row.path, path) == 0) {
            print_setting(&row);
            return TW_EXIT_DONE;
        }
        in_group += strncmp(row.path, path, length) == 0 && row.path[length] == '.';
    }
    if (in_group > 0) {
        print_list(path);
        return TW_EXIT_DONE;
    }
    const char *nearest = tw_text_nearest(path, names, tw_num_settings());
    return tw_cli_wrong_use("no setting %s; %s%s", path,
                            nearest != NULL ? "did you mean " : "see townward explain",
                            nearest != NULL ? nearest : "");
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
            const tw_programme *programme = tw_scenario_programme(scenario, i);
            printf("programme %s: amount %g, grade %c, %s:%ld\n", programme->name,
                   programme->amount, programme->grade, programme->file, programme->line);
        }
    } else {
        code = tw_cli_fail(status, report);
    }
    tw_scenario_free(scenario);
    tw_report_free(report);
    return code;
}

int tw_cli_explain(const tw_cli_options *options)
{
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
    if (strcmp(what, "levers") == 0) {
        print_levers();
        return TW_EXIT_DONE;
    }
    if (strcmp(what, "limits") == 0) {
        fputs(tw_cli_limits, stdout);
        return TW_EXIT_DONE;
    }
    if (length > 4 && strcmp(what + length - 4, ".cfg") == 0) {
        return explain_scenario(options);
    }
    return explain_path(what);
}
