/* SPDX-License-Identifier: Apache-2.0 */
/** The cheapest amounts of some levers that reach a value: what a point is, and how it is told. */
#include "compare/reach.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare/print.h"
#include "compare/programmes.h"
#include "compare/statistics.h"
#include "compare/worlds.h"
#include "engine/world.h"
#include "townward/run.h"

/** What an evaluation needs. */
typedef struct trial {
    const tw_scenario *base, *alternative;
    const tw_reach_options *wanted;
    tw_reached *out;
    tw_population *start;
    tw_pace pace;
    int years, replicates;
    double *value; /**< [years + 1][TW_NUM_FIGURES] */
    const double *x;
} trial;

/* Factors at which the first programme of a lever meets its high amount, or the lever's most. */
static double bound_of(const tw_scenario *base, const tw_scenario *alternative, tw_lever lever,
                       int *by_high)
{
    const double most = tw_lever_row_at((int)lever).most;
    double bound = INFINITY;
    *by_high = 0;
    for (int i = 0; i < tw_scenario_num_programmes(alternative); i++) {
        const tw_programme *programme = tw_scenario_programme(alternative, i);
        if (programme->lever != lever || !(programme->amount > 0) ||
            tw_programme_in(programme, base)) {
            continue;
        }
        const int high =
            programme->amount_high > programme->amount && programme->amount_high <= most;
        const double own = (high ? programme->amount_high : most) / programme->amount;
        if (own < bound) {
            bound = own;
            *by_high = high;
        }
    }
    return bound;
}

int tw_reach_has(const tw_scenario *base, const tw_scenario *alternative, tw_lever lever)
{
    int by_high = 0;
    return bound_of(base, alternative, lever, &by_high) < INFINITY;
}

static double factor_of(const tw_programme *programme, const void *context)
{
    const trial *on = context;
    for (int l = 0; l < on->wanted->num_levers; l++) {
        if (on->wanted->lever[l] == programme->lever) {
            return on->x[l] * on->out->bound[l];
        }
    }
    return 1;
}

/* Means over replicates of the value and of the outlay up to the year, of a scenario. */
static tw_status run_all(trial *on, const tw_scenario *scenario, tw_outcome *out)
{
    tw_status status = TW_OK;
    *out = (tw_outcome){0, 0};
    for (int r = 0; r < on->replicates && status == TW_OK; r++) {
        status = tw_run_alone(scenario, r, on->start, on->years, &on->pace, on->value);
        for (int y = 0; y <= on->years && status == TW_OK; y++) {
            out->cost += on->value[y * TW_NUM_FIGURES + TW_FIGURE_outlay] / on->replicates;
        }
        if (status == TW_OK) {
            out->value +=
                on->value[on->years * TW_NUM_FIGURES + on->wanted->indicator] / on->replicates;
        }
    }
    return status;
}

static tw_status evaluate(void *context, const double *x, tw_outcome *out)
{
    trial *on = context;
    tw_scenario *mixture = NULL;
    on->x = x;
    tw_status status =
        tw_scenario_mix(on->base, on->alternative, on->alternative, factor_of, on, &mixture);
    if (status == TW_OK) {
        status = run_all(on, mixture, out);
        out->cost -= on->out->base_cost;
    }
    tw_scenario_free(mixture);
    return status;
}

static void find_bounds(const trial *on, tw_reached *out)
{
    out->num_levers = on->wanted->num_levers;
    for (int l = 0; l < out->num_levers; l++) {
        out->bound[l] = bound_of(on->base, on->alternative, on->wanted->lever[l], &out->by_high[l]);
    }
}

static tw_status search(trial *on, tw_reached *out)
{
    tw_outcome base;
    tw_found found;
    tw_status status = run_all(on, on->base, &base);
    if (status != TW_OK) {
        return status;
    }
    out->base_value = base.value;
    out->base_cost = base.cost;
    out->direction = on->wanted->target >= base.value ? 1 : -1;
    const tw_search plan = {on->wanted->num_levers,
                            on->wanted->target,
                            out->direction,
                            on->wanted->budget_yuan,
                            on->wanted->evaluations,
                            evaluate,
                            on};
    status = tw_search_cheapest(&plan, &found);
    if (status == TW_OK) {
        out->reached = found.reached;
        out->value = found.at.value;
        out->cost = found.at.cost;
        out->most_value = found.most.value;
        out->evaluations = found.evaluations;
        for (int l = 0; l < out->num_levers; l++) {
            out->factor[l] = found.x[l] * out->bound[l];
        }
    }
    return status;
}

tw_status tw_reach(const tw_scenario *base, const tw_scenario *alternative,
                   const tw_compare_options *options, const tw_reach_options *wanted,
                   tw_report *report, tw_reached *out)
{
    const tw_settings *settings = tw_scenario_settings(base);
    trial on = {.base = base,
                .alternative = alternative,
                .wanted = wanted,
                .out = out,
                .years = wanted->years,
                .replicates = (int)settings->run_replicates};
    memset(out, 0, sizeof *out);
    find_bounds(&on, out);
    on.pace = (tw_pace){
        options, report, "searching", 0, 4 * on.years * on.replicates * (wanted->evaluations + 1),
        0};
    on.value = malloc((size_t)(on.years + 1) * TW_NUM_FIGURES * sizeof(*on.value));
    tw_status status = on.value == NULL ? TW_NO_MEMORY : tw_run_check(alternative, report);
    if (status == TW_OK) {
        status = tw_start_population(base, tw_threads(options->num_threads), report, &on.start);
    }
    if (status == TW_OK) {
        status = search(&on, out);
    }
    tw_population_free(on.start);
    free(on.value);
    return status;
}

static void print_levers(const tw_scenario *base, const tw_scenario *alternative,
                         const tw_reach_options *wanted, const tw_reached *found, FILE *out)
{
    fprintf(out, "%-52s%10s%14s%12s  %s\n", "programme", "factor", "amount", "at most", "unit");
    for (int i = 0; i < tw_scenario_num_programmes(alternative); i++) {
        const tw_programme *programme = tw_scenario_programme(alternative, i);
        const tw_lever_row row = tw_lever_row_at((int)programme->lever);
        for (int l = 0; l < wanted->num_levers; l++) {
            if (wanted->lever[l] != programme->lever || tw_programme_in(programme, base)) {
                continue;
            }
            char label[128];
            snprintf(label, sizeof label, "%s.%s", row.path, programme->name);
            fprintf(out, "%-52.52s%10.2f%14s%12s  %s\n", label, found->factor[l],
                    tw_number_of(found->factor[l] * programme->amount, 2, 0).text,
                    tw_number_of(found->bound[l] * programme->amount, 2, 0).text, row.unit);
        }
    }
    fprintf(out, "\n");
}

void tw_reach_print(const tw_scenario *base, const tw_scenario *alternative,
                    const tw_reach_options *wanted, const tw_reached *found, FILE *out)
{
    const tw_print_form form = tw_print_form_of(wanted->indicator);
    const double factor = form.factor;
    const char *side = found->direction > 0 ? "at least" : "at most";
    const tw_number target = tw_number_of(factor * wanted->target, form.decimals, 0);
    const tw_number value = tw_number_of(factor * found->value, form.decimals, 0);
    const tw_number cost = tw_number_of(found->cost / 1e6, 1, 0);
    if (found->reached) {
        tw_print_paragraph(out,
                           "%s of %s %s %s in %d costs %s M yuan more than %s up to then (%s: %s): "
                           "the cheapest found with these amounts.",
                           form.label, side, target.text, form.unit, wanted->year, cost.text,
                           tw_scenario_name(base), form.label, value.text);
    } else if (found->cost > wanted->budget_yuan) {
        tw_print_paragraph(out,
                           "The budget is not enough for %s with none of these amounts: that costs "
                           "%s M yuan more than %s up to %d, with a %s of %s %s.",
                           tw_scenario_name(alternative), cost.text, tw_scenario_name(base),
                           wanted->year, form.label, value.text, form.unit);
    } else {
        tw_print_paragraph(
            out,
            "%s of %s %s %s in %d is not reached%s: the nearest found is %s %s, for %s M yuan more "
            "than %s up to then; with all amounts at their bounds it is %s.",
            form.label, side, target.text, form.unit, wanted->year,
            wanted->budget_yuan < INFINITY ? " within the budget" : "", value.text, form.unit,
            cost.text, tw_scenario_name(base),
            tw_number_of(factor * found->most_value, form.decimals, 0).text);
    }
    print_levers(base, alternative, wanted, found, out);
    tw_print_paragraph(
        out,
        "Other programmes of %s stay as they are. A factor is bounded where the first programme of "
        "its lever meets its high amount, or the most of the lever where the scenario gives no "
        "high "
        "one. %s has %s %s. %d points were tried, %d replicate%s each, %.4g %% of households.",
        tw_scenario_name(alternative), tw_scenario_name(base),
        tw_number_of(factor * found->base_value, form.decimals, 0).text, form.unit,
        found->evaluations, (int)tw_scenario_settings(base)->run_replicates,
        tw_scenario_settings(base)->run_replicates == 1 ? "" : "s",
        100 * tw_scenario_settings(base)->run_sample);
}
