/* SPDX-License-Identifier: Apache-2.0 */
/** `townward synthesize`: the starting population, its fit, its file. */
#include "cli/cli.h"
#include "townward/results.h"
#include "townward/run.h"
#include "townward/synthesis.h"

int tw_cli_synthesize(const tw_cli_options *options)
{
    if (options->num_files != 1) {
        return tw_cli_wrong_use("synthesize needs one scenario file, found %d", options->num_files);
    }
    static tw_fit fit;
    tw_report *report = tw_report_create();
    tw_scenario *scenario = NULL;
    tw_population *population = NULL;
    tw_status status =
        tw_scenario_read(options->files[0], options->sets, options->num_sets, report, &scenario);
    if (status == TW_OK && options->output != NULL) {
        status = tw_results_check(options->output, options->force, report);
    }
    if (status == TW_OK) {
        status = tw_start_population_fit(scenario, options->threads, report, &fit, &population);
    }
    if (status == TW_OK && options->output != NULL) {
        status = tw_results_write_population(scenario, population, options->output, options->force,
                                             report);
    }
    if (status == TW_OK) {
        const tw_population_totals totals = tw_population_count(population);
        printf(
            "persons %lld, in towns %lld, family households %lld with %lld persons, "
            "collective residents %lld\n\n",
            (long long)totals.persons, (long long)totals.urban_persons, (long long)totals.families,
            (long long)totals.family_persons, (long long)totals.collectives);
        tw_fit_print(&fit, tw_scenario_region(scenario), stdout);
    }
    const int code = status == TW_OK ? TW_EXIT_DONE : tw_cli_fail(status, report);
    tw_population_free(population);
    tw_scenario_free(scenario);
    tw_report_free(report);
    return code;
}
