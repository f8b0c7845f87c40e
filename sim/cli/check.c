/* SPDX-License-Identifier: Apache-2.0 */
/** `townward check`: every mistake of scenarios, all at once. */
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"

/* Settings whose value is another than the default. */
static int count_changed(const tw_scenario *scenario)
{
    int changed = 0;
    char value[64], origin[600];
    for (int i = 0; i < tw_num_settings(); i++) {
        const char *usual = tw_setting_row_at(i).default_text;
        double a, b;
        tw_scenario_value(scenario, i, value, origin);
        const int numbers = tw_text_real(value, &a) == 0 && tw_text_real(usual, &b) == 0;
        changed += numbers ? a < b || a > b : strcmp(value, usual) != 0;
    }
    return changed;
}

static int check_file(const char *file, const tw_cli_options *options)
{
    tw_report *report = tw_report_create();
    tw_scenario *scenario = NULL;
    tw_status status = tw_scenario_read(file, options->sets, options->num_sets, report, &scenario);
    int code = TW_EXIT_DONE;
    if (status == TW_OK) {
        printf("%s: valid (%d settings changed, %d programmes)\n", file, count_changed(scenario),
               tw_scenario_num_programmes(scenario));
    } else {
        code = tw_cli_fail(status, report);
    }
    tw_scenario_free(scenario);
    tw_report_free(report);
    return code;
}

int tw_cli_check(const tw_cli_options *options)
{
    int worst = TW_EXIT_DONE;
    if (options->num_files == 0) {
        return tw_cli_wrong_use("check needs at least one scenario file");
    }
    for (int i = 0; i < options->num_files; i++) {
        const int code = check_file(options->files[i], options);
        worst = code > worst ? code : worst;
    }
    return worst;
}
