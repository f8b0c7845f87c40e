/* SPDX-License-Identifier: Apache-2.0 */
/** Two scenarios that go together, and their worlds. */
#include "trace/worlds.h"

#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "engine/world.h"
#include "townward/run.h"

static int same_region(const tw_region *a, const tw_region *b)
{
    int same = strcmp(a->name, b->name) == 0 && a->num_counties == b->num_counties;
    for (int32_t c = 0; c < a->num_counties && same; c++) {
        same = a->counties[c].code == b->counties[c].code;
    }
    return same;
}

/* Findings for all that keeps two scenarios from being compared household by household. */
static tw_status check_worlds(const tw_scenario *scenario, const tw_scenario *other,
                              tw_report *report)
{
    const tw_settings *a = tw_scenario_settings(scenario), *b = tw_scenario_settings(other);
    const tw_region *one = tw_scenario_region(scenario), *two = tw_scenario_region(other);
    const char *name = tw_scenario_name(other);
    tw_status status = TW_OK;
    if (!same_region(one, two)) {
        status = tw_report_add(report, TW_BAD_INPUT, name, 0, "the region of both to be the same",
                               "region %s with %d counties, the other scenario has %s with %d",
                               two->name, two->num_counties, one->name, one->num_counties);
    }
    if (a->run_start != b->run_start) {
        status = tw_report_add(report, TW_BAD_INPUT, name, 0, "the start of both to be the same",
                               "run.start is not that of %s", tw_scenario_name(scenario));
    }
    if (a->run_seed != b->run_seed) {
        status = tw_report_add(report, TW_BAD_INPUT, name, 0, "the same draws: one seed for both",
                               "run.seed = %lld, that of %s is %lld", (long long)b->run_seed,
                               tw_scenario_name(scenario), (long long)a->run_seed);
    }
    return status;
}

static int threads_of(int wanted)
{
#ifdef _OPENMP
    return wanted > 0 ? wanted : omp_get_max_threads();
#else
    (void)wanted;
    return 1;
#endif
}

static tw_status create_world(const tw_scenario *scenario, const tw_trace_options *options,
                              tw_report *report, tw_world **out)
{
    const int threads = threads_of(options->num_threads);
    tw_population *population = NULL;
    tw_status status = tw_run_check(scenario, report);
    if (status == TW_OK) {
        status = tw_start_population(scenario, threads, report, &population);
    }
    if (status == TW_OK) {
        status = tw_world_create(scenario, options->replicate, threads, population, out);
        if (status != TW_OK) {
            tw_population_free(population);
        }
    }
    return status;
}

tw_status tw_worlds_create(const tw_scenario *scenario, const tw_scenario *other,
                           const tw_trace_options *options, tw_report *report, tw_worlds *out)
{
    *out = (tw_worlds){
        .num = other == NULL ? 1 : 2,
        .replicate = options->replicate,
        .end = (int32_t)tw_scenario_settings(scenario)->run_end,
        .scenario = {scenario, other}
    };
    tw_status status = other == NULL ? TW_OK : check_worlds(scenario, other, report);
    if (status == TW_OK && other != NULL && tw_scenario_settings(other)->run_end < out->end) {
        out->end = (int32_t)tw_scenario_settings(other)->run_end;
    }
    for (int i = 0; i < out->num && status == TW_OK; i++) {
        status = create_world(out->scenario[i], options, report, &out->world[i]);
    }
    return status;
}

void tw_worlds_free(tw_worlds *worlds)
{
    for (int i = 0; i < worlds->num; i++) {
        tw_world_free(worlds->world[i]);
        worlds->world[i] = NULL;
    }
}
