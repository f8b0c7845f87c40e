/* SPDX-License-Identifier: Apache-2.0 */
/** `townward inspect`: what is in a result file; several compared with the first. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "townward/results.h"

static void print_headline(const tw_headline *headline)
{
    printf("\n%s, %d replicate%s, %s to %s\n", headline->scenario, headline->num_replicates,
           headline->num_replicates == 1 ? "" : "s", headline->first, headline->last);
    printf("%-8s %16s %16s %14s %18s %18s %16s\n", "date", "residents", "town residents",
           "households", "urbanization rate", "by registration", "outlay");
    for (int i = 0; i < headline->num_years; i++) {
        const struct tw_headline_year *year = &headline->year[i];
        if (i % 5 != 0 && i != headline->num_years - 1) {
            continue;
        }
        printf("%-8s %16.0f %16.0f %14.0f %16.2f %% %16.2f %% %9.1f M yuan\n", year->date,
               year->population, year->urban_population, year->households,
               100 * year->urbanization_rate, 100 * year->registered_urbanization_rate,
               year->outlay_yuan / 1e6);
    }
}

static double outlay_until(const tw_headline *headline, int last)
{
    double sum = 0;
    for (int i = 0; i <= last; i++) {
        sum += headline->year[i].outlay_yuan;
    }
    return sum;
}

/* Differences with the first file, at the years both have. */
static void print_comparison(const tw_headline *base, const tw_headline *other)
{
    printf("\n%s less %s\n%-8s %16s %20s %20s\n", other->scenario, base->scenario, "date",
           "town residents", "urbanization rate", "outlay since start");
    for (int i = 0; i < base->num_years && i < other->num_years; i++) {
        const struct tw_headline_year *a = &base->year[i], *b = &other->year[i];
        if (strcmp(a->date, b->date) != 0 || (i % 5 != 0 && i != base->num_years - 1)) {
            continue;
        }
        printf("%-8s %+16.0f %+13.3f points %+13.1f M yuan\n", a->date,
               b->urban_population - a->urban_population,
               100 * (b->urbanization_rate - a->urbanization_rate),
               (outlay_until(other, i) - outlay_until(base, i)) / 1e6);
    }
}

static tw_status print_observed(const char *path, tw_report *report)
{
    tw_observed *list = NULL;
    int num = 0;
    const tw_status status = tw_results_observed(path, report, &list, &num);
    if (status == TW_OK) {
        tw_cli_print_observed(list, num);
    }
    free(list);
    return status;
}

int tw_cli_inspect(const tw_cli_options *options)
{
    if (options->num_files == 0) {
        return tw_cli_wrong_use("inspect needs at least one result file");
    }
    tw_report *report = tw_report_create();
    tw_headline *headline = calloc((size_t)options->num_files, sizeof(*headline));
    tw_status status = headline == NULL ? TW_NO_MEMORY : TW_OK;
    for (int i = 0; i < options->num_files && status == TW_OK; i++) {
        status = tw_results_headline(options->files[i], report, &headline[i]);
    }
    if (status == TW_OK && options->num_files == 1) {
        status = tw_results_describe(options->files[0], report, stdout);
    }
    for (int i = 0; i < options->num_files && status == TW_OK; i++) {
        print_headline(&headline[i]);
    }
    if (status == TW_OK && options->num_files == 1) {
        status = print_observed(options->files[0], report);
    }
    for (int i = 1; i < options->num_files && status == TW_OK; i++) {
        print_comparison(&headline[0], &headline[i]);
    }
    const int code = status == TW_OK ? TW_EXIT_DONE : tw_cli_fail(status, report);
    free(headline);
    tw_report_free(report);
    return code;
}
