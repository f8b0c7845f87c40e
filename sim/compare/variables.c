/* SPDX-License-Identifier: Apache-2.0 */
/** Axes and tables of a comparison: the names that docs/comparison.md explains. */
#include "compare/variables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "townward_version.h"

/* The last goal that the region publishes for a year of the comparison: a mark in charts. */
static void put_goal(const tw_comparison *of, tw_dataset *set)
{
    const tw_region *region = tw_scenario_region(of->scenario[0]);
    const tw_series_row *goal = NULL;
    for (int i = 0; i < region->num_series_rows; i++) {
        const tw_series_row *row = &region->series_rows[i];
        const int within = row->year > of->first_year && row->year < of->first_year + of->num_years;
        if (within && strcmp(row->series, "target_urban_share") == 0 &&
            strcmp(row->area, "region") == 0 && (goal == NULL || row->year > goal->year)) {
            goal = row;
        }
    }
    if (goal != NULL) {
        tw_dataset_attribute_integer(set, "goal_year", goal->year);
        tw_dataset_attribute_real(set, "goal_urbanization_rate", goal->value / 100);
    }
}

static void put_attributes(const tw_comparison *of, tw_dataset *set)
{
    const tw_region *region = tw_scenario_region(of->scenario[0]);
    char *title = tw_dataset_keep(set, calloc(1, 256));
    if (title != NULL) {
        snprintf(title, 256, "%s: %d scenario%s compared with %s", region->name,
                 (int)of->num_alternatives, of->num_alternatives == 1 ? "" : "s", of->name[0]);
    }
    tw_dataset_attribute(set, "Conventions", "CF-1.10");
    tw_dataset_attribute(set, "title", title == NULL ? "" : title);
    tw_dataset_attribute(set, "source", "townward " TW_VERSION " (" TW_REVISION ")");
    tw_dataset_attribute(set, "townward_version", TW_VERSION);
    tw_dataset_attribute(set, "townward_revision", TW_REVISION);
    tw_dataset_attribute(set, "base", of->name[0]);
    tw_dataset_attribute_integer(set, "horizon_year", of->first_year + of->horizon);
    tw_dataset_attribute_real(set, "sample", of->sample);
    tw_dataset_attribute_integer(set, "seed", tw_scenario_settings(of->scenario[0])->run_seed);
    tw_dataset_attribute(set, "region", region->name);
    put_goal(of, set);
}

static void put_scenarios(const tw_comparison *of, tw_dataset *set)
{
    const char **name = tw_dataset_words(set, "scenario", "the base first", of->num_scenarios);
    const char **other = tw_dataset_words(
        set, "alternative", "scenarios but the base, in the same order", of->num_alternatives);
    const char **question =
        tw_dataset_text(set, "scenario_question", "the question the scenario answers", "scenario");
    const char **text = tw_dataset_text(set, "scenario_text",
                                        "the resolved scenario, defaults included", "scenario");
    for (int s = 0; s < of->num_scenarios && !set->failed; s++) {
        name[s] = of->name[s];
        question[s] = tw_scenario_question(of->scenario[s]);
        text[s] = tw_dataset_keep(set, tw_scenario_text(of->scenario[s]));
        if (s > 0) {
            other[s - 1] = of->name[s];
        }
    }
}

static void put_count(tw_dataset *set, const char *name, const char *unit, const char *sentence,
                      int64_t length, int64_t first)
{
    int64_t *number = tw_dataset_numbers(set, name, unit, sentence, length);
    for (int64_t i = 0; i < length && number != NULL; i++) {
        number[i] = first + i;
    }
}

static void put_area_places(const tw_comparison *of, tw_dataset *set)
{
    int64_t *parent = tw_dataset_integer(set, "area_parent", "1",
                                         "index of the prefecture of a county; -1 = none", "area");
    double *longitude =
        tw_dataset_real(set, "longitude", "degrees_east", "longitude of the county seat", "area");
    double *latitude =
        tw_dataset_real(set, "latitude", "degrees_north", "latitude of the county seat", "area");
    for (int a = 0; a < of->num_areas && !set->failed; a++) {
        parent[a] = of->area[a].parent;
        longitude[a] = of->area[a].longitude;
        latitude[a] = of->area[a].latitude;
    }
}

static void put_areas(const tw_comparison *of, tw_dataset *set)
{
    static const char *const kinds[TW_NUM_COMPARED_KINDS] = {"region", "prefecture", "county"};
    const char **code = tw_dataset_words(
        set, "area", "administrative code: the region, its prefectures, its counties",
        of->num_areas);
    const char **name = tw_dataset_text(set, "area_name", "name of the area", "area");
    const char **name_zh = tw_dataset_text(set, "area_name_zh", "Chinese name", "area");
    const char **kind = tw_dataset_text(set, "area_kind", "region, prefecture or county", "area");
    for (int a = 0; a < of->num_areas && !set->failed; a++) {
        code[a] = of->area[a].code;
        name[a] = of->area[a].name;
        name_zh[a] = of->area[a].name_zh;
        kind[a] = kinds[of->area[a].kind];
    }
    put_area_places(of, set);
}

static void put_indicators(tw_dataset *set)
{
    const char **name = tw_dataset_words(set, "indicator", "what is compared", TW_NUM_FIGURES);
    const char **unit =
        tw_dataset_text(set, "indicator_unit", "unit of the indicator", "indicator");
    const char **sentence =
        tw_dataset_text(set, "indicator_sentence", "what the indicator is", "indicator");
    for (int i = 0; i < TW_NUM_FIGURES && !set->failed; i++) {
        const tw_figure_row row = tw_figure_at(i);
        name[i] = row.name;
        unit[i] = row.unit;
        sentence[i] = row.sentence;
    }
}

static void put_classes(tw_dataset *set)
{
    static const char *const starts[TW_NUM_STARTS] = {"village", "town", "later"};
    const char **name = tw_dataset_words(set, "class", "classes of persons", TW_NUM_CLASSES);
    const char **sentence =
        tw_dataset_text(set, "class_sentence", "who belongs to the class", "class");
    const char **start = tw_dataset_words(
        set, "start", "where a person was at the start; later = was not there", TW_NUM_STARTS);
    const char **side = tw_dataset_words(set, "side", "in which run a person is alone", 2);
    for (int i = 0; i < TW_NUM_CLASSES && !set->failed; i++) {
        name[i] = tw_class_name(i);
        sentence[i] = tw_class_sentence(i);
    }
    for (int i = 0; i < TW_NUM_STARTS && !set->failed; i++) {
        start[i] = starts[i];
        side[0] = "base";
        side[1] = "alternative";
    }
}

static void put_breakdowns(tw_dataset *set)
{
    put_count(set, "income_class", "1",
              "fifths of household income per head at the start, 1 = lowest", TW_BREAKDOWN_CLASSES,
              1);
    const char **age =
        tw_dataset_words(set, "age_class", "age at the start, years", TW_BREAKDOWN_CLASSES);
    const char **household =
        tw_dataset_words(set, "household_type", "household at the start; children are under 15",
                         TW_BREAKDOWN_CLASSES);
    for (int i = 0; i < TW_BREAKDOWN_CLASSES && !set->failed; i++) {
        age[i] = tw_breakdown_class(TW_BY_AGE, i);
        household[i] = tw_breakdown_class(TW_BY_HOUSEHOLD, i);
    }
}

static void put_pyramid_axes(tw_dataset *set)
{
    const char **kind = tw_dataset_words(set, "zone_kind", "rural zones or towns", 2);
    const char **sex = tw_dataset_words(set, "sex", "sex", 2);
    int64_t *group =
        tw_dataset_numbers(set, "age_group", "year",
                           "lowest age of the group; groups as in the census", TW_NUM_AGE_GROUPS);
    for (int i = 0; i < TW_NUM_AGE_GROUPS && !set->failed; i++) {
        group[i] = tw_age_group_start(i);
    }
    if (!set->failed) {
        kind[TW_RURAL] = "rural";
        kind[TW_TOWN] = "town";
        sex[TW_MALE] = "male";
        sex[TW_FEMALE] = "female";
    }
}

static void put_values(const tw_comparison *of, tw_dataset *set)
{
    const size_t cells = (size_t)of->num_scenarios * (size_t)of->num_replicates *
                         (size_t)of->num_years * TW_NUM_FIGURES * (size_t)of->num_areas;
    double *value = tw_dataset_real(set, "indicator_value", "see indicator_unit",
                                    "value of an indicator on 1 November; NaN where undefined",
                                    "scenario replicate year indicator area");
    if (value != NULL) {
        memcpy(value, of->value, cells * sizeof(*value));
    }
}

static void put_differences(const tw_comparison *of, tw_dataset *set)
{
    static const char axes[] = "alternative year indicator area", unit[] = "see indicator_unit";
    double *mean =
        tw_dataset_real(set, "difference", unit,
                        "alternative less base on the same draws, mean over replicates", axes);
    double *error =
        tw_dataset_real(set, "difference_se", unit,
                        "standard error of the difference; NaN with one replicate", axes);
    double *low = tw_dataset_real(set, "difference_low", unit,
                                  "lower end of its 95 % interval by Student's t", axes);
    double *high = tw_dataset_real(set, "difference_high", unit,
                                   "upper end of its 95 % interval by Student's t", axes);
    double *unpaired =
        tw_dataset_real(set, "difference_se_unpaired", unit,
                        "standard error that runs on draws of their own would have", axes);
    size_t at = 0;
    for (int a = 0; a < of->num_alternatives && !set->failed; a++) {
        for (int y = 0; y < of->num_years; y++) {
            for (int i = 0; i < TW_NUM_FIGURES * of->num_areas; i++, at++) {
                const tw_difference row =
                    tw_difference_of(of, a, y, i / of->num_areas, i % of->num_areas);
                mean[at] = row.mean;
                error[at] = row.error;
                low[at] = row.low;
                high[at] = row.high;
                unpaired[at] = row.unpaired;
            }
        }
    }
}

/* A table of counts of the sample as persons of the region. */
static void put_persons(const tw_comparison *of, tw_dataset *set, const char *name,
                        const char *sentence, const char *axes, const int64_t *count, double runs)
{
    double *value = tw_dataset_real(set, name, "persons", sentence, axes);
    const int64_t cells = set->variable[set->num_variables - 1].cells;
    for (int64_t i = 0; i < cells && value != NULL; i++) {
        value[i] = tw_comparison_persons(of, count[i]) / runs;
    }
}

static void put_broken(const tw_comparison *of, tw_dataset *set, int breakdown, const char *name,
                       const char *sentence, const char *axes)
{
    double *value = tw_dataset_real(set, name, "persons", sentence, axes);
    for (int a = 0; a < of->num_alternatives && value != NULL; a++) {
        const int64_t *count = tw_broken_at(of, a, breakdown, 0);
        const int64_t cells = (int64_t)of->num_replicates * TW_NUM_CLASSES * TW_BREAKDOWN_CLASSES;
        for (int64_t i = 0; i < cells; i++) {
            value[a * cells + i] = tw_comparison_persons(of, count[i]);
        }
    }
}

static void put_persons_tables(const tw_comparison *of, tw_dataset *set)
{
    put_persons(of, set, "class_persons",
                "persons by class; the area is that of the start, of those who came later where "
                "they live in the base, or else in the alternative",
                "alternative replicate year class start area", of->classes, 1);
    put_persons(of, set, "only_town", "of the persons in one run only: those who live in a town",
                "alternative replicate year side area", of->only_town, 1);
    put_broken(of, set, TW_BY_INCOME, "class_by_income",
               "persons of the start at the horizon, by class and income at the start",
               "alternative replicate class income_class");
    put_broken(of, set, TW_BY_AGE, "class_by_age",
               "persons of the start at the horizon, by class and age at the start",
               "alternative replicate class age_class");
    put_broken(of, set, TW_BY_HOUSEHOLD, "class_by_household",
               "persons of the start at the horizon, by class and household at the start",
               "alternative replicate class household_type");
    put_persons(of, set, "pyramid", "residents of the region, mean over replicates",
                "scenario year zone_kind sex age_group", of->pyramid, of->num_replicates);
}

static void put_flows(const tw_comparison *of, tw_dataset *set)
{
    put_count(set, "flow", "1", "nonzero flow at the horizon", of->num_flows, 0);
    int64_t *alternative =
        tw_dataset_integer(set, "flow_alternative", "1", "index of the alternative", "flow");
    int64_t *class_of = tw_dataset_integer(set, "flow_class", "1", "index of the class", "flow");
    int64_t *origin = tw_dataset_integer(set, "flow_origin", "1",
                                         "index of the area of the county of the start", "flow");
    int64_t *destination = tw_dataset_integer(
        set, "flow_destination", "1",
        "index of the county in whose town they live in the alternative, deterred in the base",
        "flow");
    double *persons = tw_dataset_real(set, "flow_persons", "persons",
                                      "persons of the flow, mean over replicates", "flow");
    for (int i = 0; i < of->num_flows && !set->failed; i++) {
        const tw_compared_flow *flow = &of->flow[i];
        alternative[i] = flow->alternative;
        class_of[i] = flow->class_of;
        origin[i] = flow->origin;
        destination[i] = flow->destination;
        persons[i] = tw_comparison_persons(of, flow->persons) / of->num_replicates;
    }
}

static void put_programme_words(const tw_comparison *of, tw_dataset *set)
{
    static const char *const grades[] = {"A", "B", "C"};
    const char **lever =
        tw_dataset_text(set, "programme_lever", "lever of the programme", "programme");
    const char **name = tw_dataset_text(set, "programme_name",
                                        "name of the programme in its scenario", "programme");
    const char **group = tw_dataset_text(set, "programme_group", "group of its lever", "programme");
    const char **plan =
        tw_dataset_text(set, "programme_plan", "paragraph of the plan", "programme");
    const char **payer = tw_dataset_text(set, "programme_payer", "who pays", "programme");
    const char **grade =
        tw_dataset_text(set, "programme_grade",
                        "of its amount: A measured here, B elsewhere, C assumed", "programme");
    for (int p = 0; p < of->num_programmes && !set->failed; p++) {
        const tw_programme *programme = of->programme[p].programme;
        lever[p] = tw_lever_row_at((int)programme->lever).path;
        name[p] = programme->name;
        group[p] = tw_lever_group_name(tw_lever_group_of((int)programme->lever));
        plan[p] = tw_lever_row_at((int)programme->lever).plan;
        payer[p] = tw_payer_word(programme->payer);
        grade[p] = grades[programme->grade - 'A'];
    }
}

static void put_programmes(const tw_comparison *of, tw_dataset *set)
{
    static const char axes[] = "programme replicate year";
    put_count(set, "programme", "1",
              "programmes of the alternatives that the base does not have as they are",
              of->num_programmes, 0);
    int64_t *alternative = tw_dataset_integer(set, "programme_alternative", "1",
                                              "index of the alternative", "programme");
    put_programme_words(of, set);
    double *outlay =
        tw_dataset_real(set, "programme_outlay", "yuan", "outlay in the year that ends here", axes);
    double *units = tw_dataset_real(set, "programme_units", "1",
                                    "units built or paid, or households paid, in the year", axes);
    double *refused =
        tw_dataset_real(set, "programme_refused", "1",
                        "units or households that a ceiling excluded in the year", axes);
    const int64_t cells = (int64_t)of->num_programmes * of->num_replicates * of->num_years;
    for (int64_t i = 0; i < cells && !set->failed; i++) {
        outlay[i] = (double)of->outlay[i].cents / 100;
        units[i] = (double)of->outlay[i].units;
        refused[i] = (double)of->outlay[i].refused;
    }
    for (int p = 0; p < of->num_programmes && !set->failed; p++) {
        alternative[p] = of->programme[p].alternative;
    }
}

static void put_recipients(const tw_comparison *of, tw_dataset *set)
{
    double *ever = tw_dataset_real(
        set, "programme_recipients", "persons",
        "persons of households that received a grant up to the horizon; NaN = no grant",
        "programme replicate");
    double *share = tw_dataset_real(
        set, "deadweight", "1",
        "of the recipients in both runs: share in the same town at the horizon in the base too",
        "programme");
    double *error =
        tw_dataset_real(set, "deadweight_se", "1", "standard error of the deadweight", "programme");
    for (int p = 0; p < of->num_programmes && !set->failed; p++) {
        const tw_difference dead = tw_deadweight_of(of, p);
        share[p] = dead.mean;
        error[p] = dead.error;
        for (int r = 0; r < of->num_replicates; r++) {
            const int i = p * of->num_replicates + r;
            ever[i] = tw_is_grant(of, p) ? tw_comparison_persons(of, of->recipients[i].ever) : NAN;
        }
    }
}

typedef struct cost_names {
    const char *value, *error, *low, *high, *sentence;
} cost_names;

static void put_cost(const tw_comparison *of, tw_dataset *set, int indicator,
                     const cost_names *names)
{
    static const char axes[] = "alternative", unit[] = "yuan";
    double *value = tw_dataset_real(set, names->value, unit, names->sentence, axes);
    double *error = tw_dataset_real(set, names->error, unit, "its standard error", axes);
    double *low = tw_dataset_real(set, names->low, unit, "lower end of its 95 % interval", axes);
    double *high = tw_dataset_real(set, names->high, unit, "upper end of its 95 % interval", axes);
    for (int a = 0; a < of->num_alternatives && !set->failed; a++) {
        const tw_ratio ratio = tw_cost_per(of, a, indicator);
        value[a] = ratio.value;
        error[a] = ratio.error;
        low[a] = ratio.low;
        high[a] = ratio.high;
    }
}

static void put_costs(const tw_comparison *of, tw_dataset *set)
{
    static const cost_names resident = {
        "cost_per_resident", "cost_per_resident_se", "cost_per_resident_low",
        "cost_per_resident_high",
        "additional outlay up to the horizon over additional town residents at it; NaN where these "
        "cannot be told from 0"};
    static const cost_names registered = {
        "cost_per_registered", "cost_per_registered_se", "cost_per_registered_low",
        "cost_per_registered_high",
        "additional outlay up to the horizon over additional residents registered in towns at it; "
        "NaN where these cannot be told from 0"};
    put_cost(of, set, TW_FIGURE_town_residents, &resident);
    put_cost(of, set, TW_FIGURE_town_registered, &registered);
}

tw_status tw_comparison_tables(const tw_comparison *of, tw_dataset *set)
{
    put_attributes(of, set);
    put_scenarios(of, set);
    put_count(set, "replicate", "1", "number of the replicate: other draws, all else equal",
              of->num_replicates, 0);
    put_count(set, "year", "1", "calendar year of the 1 November that is looked at", of->num_years,
              of->first_year);
    put_areas(of, set);
    put_indicators(set);
    put_classes(set);
    put_breakdowns(set);
    put_pyramid_axes(set);
    put_values(of, set);
    put_differences(of, set);
    put_persons_tables(of, set);
    put_flows(of, set);
    put_programmes(of, set);
    put_recipients(of, set);
    put_costs(of, set);
    tw_attribution_tables(of, set);
    tw_singles_tables(of, set);
    return set->failed ? TW_NO_MEMORY : TW_OK;
}

/** Where a comparison goes. */
typedef struct output {
    tw_comparison_form form;
    const tw_provenance *provenance;
    const char *path;
    int force;
} output;

static tw_status write_set(const tw_dataset *set, const output *to, tw_report *report)
{
    switch (to->form) {
        case TW_COMPARISON_CSV:
            return tw_dataset_write_csv(set, to->path, to->force, report);
        case TW_COMPARISON_JSON:
            return tw_dataset_write_json(set, to->path, to->force, report);
        default:
            return tw_dataset_write_h5(set, to->provenance, to->path, to->force, report);
    }
}

tw_status tw_comparison_write(const tw_comparison *of, tw_comparison_form form,
                              const tw_provenance *provenance, const char *path, int force,
                              tw_report *report)
{
    const output to = {form, provenance, path, force};
    tw_dataset *set = calloc(1, sizeof(*set));
    tw_status status = set == NULL ? TW_NO_MEMORY : tw_comparison_tables(of, set);
    if (status == TW_OK) {
        status = write_set(set, &to, report);
    }
    if (set != NULL) {
        tw_dataset_free(set);
    }
    free(set);
    return status;
}
