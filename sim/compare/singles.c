/* SPDX-License-Identifier: Apache-2.0 */
/** Levers one by one: each alone with the base, and the alternative without it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare/print.h"
#include "compare/programmes.h"
#include "compare/runs.h"
#include "compare/statistics.h"
#include "compare/variables.h"

enum { ALONE, WITHOUT, WAYS };

void tw_singles_free(tw_singles *singles)
{
    if (singles != NULL) {
        free(singles->single);
        free(singles->value);
        free(singles);
    }
}

/* Levers with programmes of their own, in the order of the alternatives; counts when out is NULL.
 */
static int list_levers(const tw_comparison *of, tw_single *out)
{
    int num = 0;
    for (int p = 0; p < of->num_programmes; p++) {
        const tw_compared_programme *row = &of->programme[p];
        int first = 1;
        for (int q = 0; q < p; q++) {
            first &= of->programme[q].alternative != row->alternative ||
                     of->programme[q].programme->lever != row->programme->lever;
        }
        if (first && out != NULL) {
            out[num] = (tw_single){row->alternative, row->programme->lever};
        }
        num += first;
    }
    return num;
}

static double only(const tw_programme *programme, const void *context)
{
    return programme->lever == ((const tw_single *)context)->lever;
}

static double all_but(const tw_programme *programme, const void *context)
{
    return programme->lever != ((const tw_single *)context)->lever;
}

static double *values_at(const tw_comparison *of, int single, int way, int replicate)
{
    return of->singles->value +
           (((size_t)single * WAYS + (size_t)way) * (size_t)of->num_replicates +
            (size_t)replicate) *
               (size_t)of->num_years * TW_NUM_FIGURES;
}

static tw_status run_single(const tw_further *further, int single, int way, tw_pace *pace)
{
    const tw_comparison *of = further->of;
    const tw_single *row = &of->singles->single[single];
    const tw_scenario *base = of->scenario[0], *other = of->scenario[row->alternative + 1];
    tw_scenario *mixture = NULL;
    tw_status status = tw_scenario_mix(base, other, way == ALONE ? base : other,
                                       way == ALONE ? only : all_but, row, &mixture);
    for (int r = 0; r < of->num_replicates && status == TW_OK; r++) {
        status = tw_run_alone(mixture, r, further->start, of->num_years - 1, pace,
                              values_at(of, single, way, r));
    }
    tw_scenario_free(mixture);
    return status;
}

tw_status tw_singles_run(const tw_further *further)
{
    tw_comparison *of = further->of;
    tw_pace pace = {further->options, further->report, "single levers", 0, 0, 0};
    tw_singles *singles = calloc(1, sizeof(*singles));
    if (singles == NULL) {
        return TW_NO_MEMORY;
    }
    of->singles = singles;
    singles->num = list_levers(of, NULL);
    const int runs = WAYS * singles->num * of->num_replicates;
    singles->single = calloc((size_t)singles->num + 1, sizeof(*singles->single));
    singles->value =
        calloc((size_t)runs * (size_t)of->num_years * TW_NUM_FIGURES + 1, sizeof(*singles->value));
    tw_status status = singles->single == NULL || singles->value == NULL ? TW_NO_MEMORY : TW_OK;
    if (status == TW_OK) {
        list_levers(of, singles->single);
        pace.quarters = 4 * (of->num_years - 1) * runs;
        tw_announce(further, "single levers", runs, of->num_years - 1);
    }
    for (int i = 0; i < WAYS * singles->num && status == TW_OK; i++) {
        status = run_single(further, i / WAYS, i % WAYS, &pace);
    }
    return status;
}

/* Alone less base, or the alternative less what it is without the lever. */
static tw_difference effect_of(const tw_comparison *of, int single, int way, int year,
                               int indicator)
{
    const int num = of->num_replicates;
    const int scenario = way == ALONE ? 0 : of->singles->single[single].alternative + 1;
    tw_difference out = {NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    double *value = malloc(2 * (size_t)num * sizeof(*value));
    for (int r = 0; r < num && value != NULL; r++) {
        const double whole = tw_compared_value(of, scenario, r, year, indicator, 0);
        const double part = values_at(of, single, way, r)[year * TW_NUM_FIGURES + indicator];
        value[r] = way == ALONE ? whole : part;
        value[num + r] = way == ALONE ? part : whole;
    }
    if (value != NULL) {
        out = tw_difference_make(value, value + num, num);
    }
    free(value);
    return out;
}

/* Yuan of the lever's own programmes in a year of the alternative, mean over replicates. */
static double outlay_of(const tw_comparison *of, int single, int year)
{
    const tw_single *row = &of->singles->single[single];
    double yuan = 0;
    for (int p = 0; p < of->num_programmes; p++) {
        if (of->programme[p].alternative != row->alternative ||
            of->programme[p].programme->lever != row->lever) {
            continue;
        }
        for (int r = 0; r < of->num_replicates; r++) {
            yuan += (double)of->outlay[tw_moment_of(of, p, r, year)].cents / 100;
        }
    }
    return yuan / of->num_replicates;
}

static void put_effects(const tw_comparison *of, tw_dataset *set, int way, const char *name,
                        const char *error_name, const char *sentence)
{
    static const char axes[] = "single year indicator", unit[] = "see indicator_unit";
    double *mean = tw_dataset_real(set, name, unit, sentence, axes);
    double *error = tw_dataset_real(set, error_name, unit, "its standard error", axes);
    size_t at = 0;
    for (int s = 0; s < of->singles->num && !set->failed; s++) {
        for (int y = 0; y < of->num_years; y++) {
            for (int i = 0; i < TW_NUM_FIGURES; i++, at++) {
                const tw_difference row = effect_of(of, s, way, y, i);
                mean[at] = row.mean;
                error[at] = row.error;
            }
        }
    }
}

void tw_singles_tables(const tw_comparison *of, tw_dataset *set)
{
    if (of->singles == NULL) {
        return;
    }
    const int num = of->singles->num;
    const char **lever = tw_dataset_words(set, "single", "levers looked at one by one", num);
    int64_t *alternative =
        tw_dataset_integer(set, "single_alternative", "1", "index of the alternative", "single");
    put_effects(of, set, ALONE, "single_alone", "single_alone_se",
                "the lever alone less base, region");
    put_effects(of, set, WITHOUT, "single_without", "single_without_se",
                "the alternative less the alternative without the lever, region");
    double *outlay = tw_dataset_real(
        set, "single_outlay", "yuan",
        "outlay of the lever in the alternative in the year that ends here, mean over replicates",
        "single year");
    for (int s = 0; s < num && !set->failed; s++) {
        lever[s] = tw_lever_row_at((int)of->singles->single[s].lever).path;
        alternative[s] = of->singles->single[s].alternative;
        for (int y = 0; y < of->num_years; y++) {
            outlay[s * of->num_years + y] = outlay_of(of, s, y);
        }
    }
}

static void print_single(const tw_comparison *of, int single, FILE *out)
{
    const tw_lever_row lever = tw_lever_row_at((int)of->singles->single[single].lever);
    double yuan = 0;
    for (int y = 0; y <= of->horizon; y++) {
        yuan += outlay_of(of, single, y);
    }
    fprintf(out, "%-32.32s%12s", lever.path, tw_number_of(yuan / 1e6, 1, 0).text);
    for (int way = 0; way < WAYS; way++) {
        const tw_difference rate =
            effect_of(of, single, way, of->horizon, TW_FIGURE_urbanization_rate);
        const tw_difference persons =
            effect_of(of, single, way, of->horizon, TW_FIGURE_town_residents);
        fprintf(out, "%10s%8s%10s", tw_number_of(100 * rate.mean, 3, 1).text,
                tw_number_of(100 * rate.error, 3, 0).text, tw_number_of(persons.mean, 0, 1).text);
    }
    fprintf(out, "\n");
}

void tw_print_singles(const tw_comparison *of, int alternative, FILE *out)
{
    fprintf(out, "%-32s%12s%28s%28s\n", "each lever, up to the horizon", "M yuan",
            "alone less base", "with all less without it");
    fprintf(out, "%-32s%12s", "", "");
    for (int way = 0; way < WAYS; way++) {
        fprintf(out, "%10s%8s%10s", "points", "se", "residents");
    }
    fprintf(out, "\n");
    for (int s = 0; s < of->singles->num; s++) {
        if (of->singles->single[s].alternative == alternative) {
            print_single(of, s, out);
        }
    }
    fprintf(out, "\n");
    tw_print_paragraph(out,
                       "Points of the urbanization rate in %d and their standard error; town "
                       "residents.",
                       (int)(of->first_year + of->horizon));
}
