/* SPDX-License-Identifier: Apache-2.0 */
/** Allocation of a comparison, its names, its programmes. */
#include "compare/comparison.h"

#include <stdlib.h>
#include <string.h>

#include "compare/figures.h"
#include "compare/programmes.h"
#include "compare/runs.h"

static const struct {
    const char *name, *sentence;
} classes[TW_NUM_CLASSES] = {
#define CLASS_ROW(id, sentence) {#id, sentence},
    TW_CLASS_LIST(CLASS_ROW)
#undef CLASS_ROW
};

const char *tw_class_name(int class_of)
{
    return classes[class_of].name;
}

const char *tw_class_sentence(int class_of)
{
    return classes[class_of].sentence;
}

void tw_comparison_free(tw_comparison *comparison)
{
    if (comparison == NULL) {
        return;
    }
    tw_attribution_free(comparison->attribution, comparison->num_alternatives);
    tw_singles_free(comparison->singles);
    void *owned[] = {comparison->name,
                     comparison->area,
                     comparison->value,
                     comparison->classes,
                     comparison->only_town,
                     comparison->broken,
                     comparison->pyramid,
                     comparison->flow,
                     comparison->programme,
                     comparison->outlay,
                     comparison->recipients,
                     comparison->spent,
                     (void *)comparison->scenario};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    free(comparison);
}

/* The file's name; a scenario that comes again gets a number. */
static void set_name(tw_comparison *of, int scenario)
{
    int again = 1;
    for (int s = 0; s < scenario; s++) {
        again += strcmp(tw_scenario_name(of->scenario[s]),
                        tw_scenario_name(of->scenario[scenario])) == 0;
    }
    snprintf(of->name[scenario], sizeof of->name[scenario], again > 1 ? "%s-%d" : "%s",
             tw_scenario_name(of->scenario[scenario]), again);
}

static int list_programmes(const tw_comparison *of, tw_compared_programme *row)
{
    int num = 0;
    for (int a = 0; a < of->num_alternatives; a++) {
        const tw_scenario *alternative = of->scenario[a + 1];
        for (int i = 0; i < tw_scenario_num_programmes(alternative); i++) {
            const tw_programme *programme = tw_scenario_programme(alternative, i);
            if (tw_programme_in(programme, of->scenario[0])) {
                continue;
            }
            if (row != NULL) {
                row[num] = (tw_compared_programme){a, i, programme};
            }
            num++;
        }
    }
    return num;
}

static void set_years(tw_comparison *of, const tw_compare_options *options)
{
    const tw_settings *settings = tw_scenario_settings(of->scenario[0]);
    int year, month;
    tw_quarter_start((int32_t)settings->run_start, &year, &month);
    of->first_year = year;
    of->num_years = (int32_t)(settings->run_end - settings->run_start) / 4 + 1;
    const int wanted = (options->horizon_year != 0 ? options->horizon_year : 2030) - year;
    of->horizon = wanted > 0 && wanted < of->num_years ? wanted : of->num_years - 1;
    of->num_replicates = (int32_t)settings->run_replicates;
    of->sample = settings->run_sample;
}

/* Cells of a table, zeroed; notes when memory is short. */
static void *cells(size_t count, size_t size, tw_status *status)
{
    void *memory = calloc(count + 1, size);
    *status = memory == NULL ? TW_NO_MEMORY : *status;
    return memory;
}

static tw_status allocate(tw_comparison *of)
{
    tw_status status =
        tw_areas_create(tw_scenario_region(of->scenario[0]), &of->area, &of->num_areas);
    const size_t areas = (size_t)of->num_areas, replicates = (size_t)of->num_replicates;
    const size_t moments = replicates * (size_t)of->num_years;
    const size_t scenarios = (size_t)of->num_scenarios;
    const size_t alternatives = (size_t)of->num_alternatives;
    const size_t programmes = (size_t)of->num_programmes;
    of->value = cells(scenarios * moments * TW_NUM_FIGURES * areas, sizeof(double), &status);
    of->classes = cells(alternatives * moments * TW_NUM_CLASSES * TW_NUM_STARTS * areas,
                        sizeof(int64_t), &status);
    of->only_town = cells(alternatives * moments * 2 * areas, sizeof(int64_t), &status);
    of->broken =
        cells(alternatives * TW_NUM_BREAKDOWNS * replicates * TW_NUM_CLASSES * TW_BREAKDOWN_CLASSES,
              sizeof(int64_t), &status);
    of->pyramid = cells(
        scenarios * (size_t)of->num_years * TW_NUM_ZONE_KINDS * TW_NUM_SEXES * TW_NUM_AGE_GROUPS,
        sizeof(int64_t), &status);
    of->programme = cells(programmes, sizeof(*of->programme), &status);
    of->outlay = cells(programmes * moments, sizeof(*of->outlay), &status);
    of->recipients = cells(programmes * replicates, sizeof(*of->recipients), &status);
    of->spent = cells(scenarios * moments, sizeof(int64_t), &status);
    return status;
}

tw_status tw_comparison_create(const tw_scenario *const *scenario, int num,
                               const tw_compare_options *options, tw_comparison **out)
{
    tw_comparison *of = calloc(1, sizeof(*of));
    if (of == NULL) {
        return TW_NO_MEMORY;
    }
    tw_status status = TW_OK;
    const tw_scenario **list = cells((size_t)num, sizeof(*list), &status);
    of->scenario = list;
    of->num_scenarios = num;
    of->num_alternatives = num - 1;
    of->name = cells((size_t)num, sizeof(*of->name), &status);
    if (status == TW_OK) {
        memcpy(list, scenario, (size_t)num * sizeof(*list));
        for (int s = 0; s < num; s++) {
            set_name(of, s);
        }
        set_years(of, options);
        of->num_programmes = list_programmes(of, NULL);
        status = allocate(of);
    }
    if (status != TW_OK) {
        tw_comparison_free(of);
        return status;
    }
    list_programmes(of, of->programme);
    *out = of;
    return TW_OK;
}
