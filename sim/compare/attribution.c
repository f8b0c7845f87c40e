/* SPDX-License-Identifier: Apache-2.0 */
/** A difference shared out among groups of levers: every coalition is run on the same draws. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare/print.h"
#include "compare/programmes.h"
#include "compare/runs.h"
#include "compare/shapley.h"
#include "compare/statistics.h"
#include "compare/variables.h"

enum { SETTINGS = TW_NUM_LEVER_GROUPS };

void tw_attribution_free(tw_attribution *attribution, int num)
{
    for (int i = 0; attribution != NULL && i < num; i++) {
        free(attribution[i].value);
    }
    free(attribution);
}

tw_figure tw_attributed_figure(int i)
{
    static const tw_figure attributed[TW_NUM_ATTRIBUTED] = {TW_FIGURE_urbanization_rate,
                                                            TW_FIGURE_registered_urbanization_rate,
                                                            TW_FIGURE_town_residents};
    return attributed[i];
}

static const char *group_name(int group)
{
    return group == SETTINGS ? "settings" : tw_lever_group_name((tw_lever_group)group);
}

/* Marks the groups of the programmes of one scenario that the other has not. */
static void mark_groups(const tw_scenario *one, const tw_scenario *other, int marked[])
{
    for (int i = 0; i < tw_scenario_num_programmes(one); i++) {
        const tw_programme *programme = tw_scenario_programme(one, i);
        marked[tw_lever_group_of((int)programme->lever)] |= !tw_programme_in(programme, other);
    }
}

/* The groups that differ between the base and an alternative, and room for their coalitions. */
static tw_status list_groups(const tw_comparison *of, int alternative, tw_attribution *out)
{
    const tw_scenario *base = of->scenario[0], *other = of->scenario[alternative + 1];
    int marked[TW_MOST_GROUPS] = {0};
    mark_groups(other, base, marked);
    mark_groups(base, other, marked);
    marked[SETTINGS] = !tw_settings_same(base, other);
    for (int g = 0; g < TW_MOST_GROUPS; g++) {
        if (marked[g]) {
            out->group[out->num_groups++] = g;
        }
    }
    const size_t coalitions = (size_t)1 << out->num_groups;
    out->value =
        calloc((size_t)of->num_replicates * coalitions * TW_NUM_ATTRIBUTED, sizeof(*out->value));
    return out->value == NULL ? TW_NO_MEMORY : TW_OK;
}

static double *coalition_at(const tw_attribution *of, int replicate, unsigned coalition)
{
    const size_t row = ((size_t)replicate << of->num_groups) + coalition;
    return of->value + row * TW_NUM_ATTRIBUTED;
}

/** What the mixture of a coalition asks of each programme. */
typedef struct chosen {
    const tw_attribution *of;
    unsigned coalition;
} chosen;

static int in_coalition(const chosen *of, int group)
{
    for (int g = 0; g < of->of->num_groups; g++) {
        if (of->of->group[g] == group) {
            return (int)(of->coalition >> g & 1);
        }
    }
    return 0;
}

static double factor_of(const tw_programme *programme, const void *context)
{
    return in_coalition(context, (int)tw_lever_group_of((int)programme->lever));
}

/* The base and the alternative have been run already. */
static void copy_ends(const tw_comparison *of, int alternative, tw_attribution *out)
{
    const unsigned all = (1u << out->num_groups) - 1;
    for (int r = 0; r < of->num_replicates; r++) {
        for (int i = 0; i < TW_NUM_ATTRIBUTED; i++) {
            const int indicator = (int)tw_attributed_figure(i);
            coalition_at(out, r, 0)[i] = tw_compared_value(of, 0, r, of->horizon, indicator, 0);
            if (all > 0) {
                coalition_at(out, r, all)[i] =
                    tw_compared_value(of, alternative + 1, r, of->horizon, indicator, 0);
            }
        }
    }
}

static tw_status run_coalition(const tw_further *further, int alternative, unsigned coalition,
                               tw_pace *pace, double *value, tw_attribution *out)
{
    const tw_comparison *of = further->of;
    const tw_scenario *base = of->scenario[0], *other = of->scenario[alternative + 1];
    const chosen choice = {out, coalition};
    tw_scenario *mixture = NULL;
    tw_status status = tw_scenario_mix(base, other, in_coalition(&choice, SETTINGS) ? other : base,
                                       factor_of, &choice, &mixture);
    for (int r = 0; r < of->num_replicates && status == TW_OK; r++) {
        status = tw_run_alone(mixture, r, further->start, of->horizon, pace, value);
        for (int i = 0; i < TW_NUM_ATTRIBUTED && status == TW_OK; i++) {
            coalition_at(out, r, coalition)[i] =
                value[of->horizon * TW_NUM_FIGURES + (int)tw_attributed_figure(i)];
        }
    }
    tw_scenario_free(mixture);
    return status;
}

static int runs_of(const tw_attribution *of)
{
    return of->num_groups < 2 ? 0 : (1 << of->num_groups) - 2;
}

tw_status tw_attribution_run(const tw_further *further)
{
    tw_comparison *of = further->of;
    tw_pace pace = {further->options, further->report, "attribution", 0, 0, 0};
    of->attribution = calloc((size_t)of->num_alternatives, sizeof(*of->attribution));
    double *value = malloc((size_t)(of->horizon + 1) * TW_NUM_FIGURES * sizeof(*value));
    tw_status status = of->attribution == NULL || value == NULL ? TW_NO_MEMORY : TW_OK;
    int runs = 0;
    for (int a = 0; a < of->num_alternatives && status == TW_OK; a++) {
        status = list_groups(of, a, &of->attribution[a]);
        runs += status == TW_OK ? runs_of(&of->attribution[a]) * of->num_replicates : 0;
    }
    pace.quarters = 4 * of->horizon * runs;
    if (status == TW_OK) {
        tw_announce(further, "attribution", runs, of->horizon);
    }
    for (int a = 0; a < of->num_alternatives && status == TW_OK; a++) {
        tw_attribution *out = &of->attribution[a];
        copy_ends(of, a, out);
        for (int c = 1; c <= runs_of(out) && status == TW_OK; c++) {
            status = run_coalition(further, a, (unsigned)c, &pace, value, out);
        }
    }
    free(value);
    return status;
}

void tw_announce(const tw_further *further, const char *what, int runs, int years)
{
    const tw_compare_options *options = further->options;
    char text[160];
    const double minutes = 4.0 * years * runs * further->seconds_per_quarter / 60;
    snprintf(text, sizeof text, "%s: %d more runs of %d years, about %.1f minutes", what, runs,
             years, minutes);
    if (options->announce != NULL && runs > 0) {
        options->announce(options->context, text);
    }
}

/* What a group is worth for an indicator, by replicate: as Shapley value, alone, as the last. */
static void worth_of(const tw_attribution *of, int replicate, int indicator, double *share,
                     double *alone, double *last)
{
    double value[1 << TW_MOST_GROUPS];
    const unsigned all = (1u << of->num_groups) - 1;
    for (unsigned c = 0; c <= all; c++) {
        value[c] = coalition_at(of, replicate, c)[indicator];
    }
    tw_shapley(value, of->num_groups, share);
    for (int g = 0; g < of->num_groups; g++) {
        alone[g] = value[1u << g] - value[0];
        last[g] = value[all] - value[all & ~(1u << g)];
    }
}

tw_group_worth tw_group_worth_of(const tw_comparison *of, int alternative, int indicator, int group)
{
    const tw_attribution *from = &of->attribution[alternative];
    const int num = of->num_replicates;
    double share[TW_MOST_GROUPS], alone[TW_MOST_GROUPS], last[TW_MOST_GROUPS];
    double *by_replicate = malloc((size_t)num * sizeof(*by_replicate));
    tw_group_worth worth = {0, 0, 0, 0};
    for (int r = 0; r < num && by_replicate != NULL; r++) {
        worth_of(from, r, indicator, share, alone, last);
        by_replicate[r] = share[group];
        worth.shapley += share[group] / num;
        worth.alone += alone[group] / num;
        worth.last += last[group] / num;
    }
    worth.error = by_replicate == NULL ? NAN : tw_error_of(by_replicate, num);
    free(by_replicate);
    return worth;
}

/* Index of a group among those of an alternative, or -1: there it adds nothing. */
static int find_group(const tw_attribution *of, int group)
{
    for (int g = 0; g < of->num_groups; g++) {
        if (of->group[g] == group) {
            return g;
        }
    }
    return -1;
}

static int list_all(const tw_comparison *of, int group[TW_MOST_GROUPS])
{
    int num = 0;
    for (int g = 0; g < TW_MOST_GROUPS; g++) {
        int found = 0;
        for (int a = 0; a < of->num_alternatives; a++) {
            found |= find_group(&of->attribution[a], g) >= 0;
        }
        if (found) {
            group[num++] = g;
        }
    }
    return num;
}

void tw_attribution_tables(const tw_comparison *of, tw_dataset *set)
{
    static const char axes[] = "alternative indicator_attributed group";
    static const char unit[] = "see indicator_unit";
    int group[TW_MOST_GROUPS];
    if (of->attribution == NULL) {
        return;
    }
    const int num = list_all(of, group);
    const char **name = tw_dataset_words(
        set, "group", "groups of levers; settings = what differs beside levers", num);
    const char **indicator = tw_dataset_words(set, "indicator_attributed",
                                              "indicators that are attributed, of the region at "
                                              "the horizon",
                                              TW_NUM_ATTRIBUTED);
    double *shapley = tw_dataset_real(
        set, "shapley", unit, "Shapley value: mean over all orders of what the group adds", axes);
    double *error =
        tw_dataset_real(set, "shapley_se", unit, "standard error of the Shapley value", axes);
    double *alone = tw_dataset_real(set, "shapley_alone", unit, "the group alone less base", axes);
    double *last =
        tw_dataset_real(set, "shapley_last", unit, "alternative less all but the group", axes);
    const int cells = of->num_alternatives * TW_NUM_ATTRIBUTED * num;
    for (int i = 0; i < cells && !set->failed; i++) {
        const int a = i / num / TW_NUM_ATTRIBUTED, g = group[i % num];
        const int at = find_group(&of->attribution[a], g);
        tw_group_worth worth = {0, 0, 0, 0};
        if (at >= 0) {
            worth = tw_group_worth_of(of, a, i / num % TW_NUM_ATTRIBUTED, at);
        }
        shapley[i] = worth.shapley;
        error[i] = worth.error;
        alone[i] = worth.alone;
        last[i] = worth.last;
    }
    for (int g = 0; g < num && !set->failed; g++) {
        name[g] = group_name(group[g]);
    }
    for (int i = 0; i < TW_NUM_ATTRIBUTED && !set->failed; i++) {
        indicator[i] = tw_figure_at((int)tw_attributed_figure(i)).name;
    }
}

static void print_indicator(const tw_comparison *of, int alternative, int indicator, FILE *out)
{
    const tw_attribution *from = &of->attribution[alternative];
    const tw_print_form form = tw_print_form_of((int)tw_attributed_figure(indicator));
    const double unit = form.decimals == 2 ? 0.01 : 1;
    tw_group_worth worth[TW_MOST_GROUPS];
    double part[TW_MOST_GROUPS], total = 0;
    for (int g = 0; g < from->num_groups; g++) {
        worth[g] = tw_group_worth_of(of, alternative, indicator, g);
        part[g] = form.factor * worth[g].shapley;
        total += part[g];
    }
    tw_round_parts(part, from->num_groups, total, unit);
    char label[64];
    snprintf(label, sizeof label, "%s, %s", form.label, form.unit_of_difference);
    fprintf(out, "%-40s%12s%12s%12s%12s%12s\n", label, "Shapley", "se", "alone", "last",
            "interaction");
    for (int g = 0; g < from->num_groups; g++) {
        fprintf(
            out, "  %-38s%12s%12s%12s%12s%12s\n", group_name(from->group[g]),
            tw_number_of(part[g], form.decimals, 1).text,
            tw_number_of(form.factor * worth[g].error, form.decimals, 0).text,
            tw_number_of(form.factor * worth[g].alone, form.decimals, 1).text,
            tw_number_of(form.factor * worth[g].last, form.decimals, 1).text,
            tw_number_of(form.factor * (worth[g].shapley - worth[g].alone), form.decimals, 1).text);
    }
    fprintf(out, "  %-38s%12s\n\n", "all together", tw_number_of(total, form.decimals, 1).text);
}

void tw_print_attribution(const tw_comparison *of, int alternative, FILE *out)
{
    tw_print_paragraph(out,
                       "The difference in %d by groups of levers. Shapley: mean over all orders of "
                       "what a group adds; alone: with no other; last: when all others are there; "
                       "interaction: Shapley less alone.",
                       (int)(of->first_year + of->horizon));
    for (int i = 0; i < TW_NUM_ATTRIBUTED; i++) {
        print_indicator(of, alternative, i, out);
    }
}
