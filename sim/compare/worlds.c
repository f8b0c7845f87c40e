/* SPDX-License-Identifier: Apache-2.0 */
/** Quarters of a world, timed from outside. */
#include "compare/worlds.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "compare/figures.h"
#include "engine/quarter.h"
#include "engine/world.h"

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static tw_status note_pace(tw_pace *pace, double begun)
{
    const tw_compare_options *options = pace->options;
    pace->seconds += seconds_now() - begun;
    pace->done++;
    if (options->progress != NULL &&
        options->progress(options->context, pace->what, pace->done, pace->quarters)) {
        return tw_report_add(pace->report, TW_INTERRUPTED, NULL, 0, NULL,
                             "%s: stopped after %d of %d quarters", pace->what, pace->done,
                             pace->quarters);
    }
    return TW_OK;
}

tw_status tw_advance_year(tw_world *world, tw_pace *pace, tw_after_quarter *after, void *context,
                          int64_t *cents)
{
    memset(cents, 0, (size_t)world->num_counties * sizeof(*cents));
    for (int q = 0; q < 4; q++) {
        const double begun = seconds_now();
        tw_status status = tw_quarter(world);
        for (int i = 0; i < world->num_programmes && status == TW_OK; i++) {
            for (int c = 0; c < world->num_counties; c++) {
                cents[c] += world->programme[i].county[c].cents;
            }
        }
        if (status == TW_OK && after != NULL) {
            status = after(context, world);
        }
        if (status == TW_OK) {
            status = note_pace(pace, begun);
        }
        if (status != TW_OK) {
            return status;
        }
    }
    return TW_OK;
}

/* Years of a world into the values of the region; `all` has room for every area. */
static tw_status run_years(tw_world *world, int years, tw_pace *pace, int32_t num_areas,
                           int64_t *cents, double *all, double *value)
{
    tw_status status = TW_OK;
    for (int y = 0; y <= years && status == TW_OK; y++) {
        if (y > 0) {
            status = tw_advance_year(world, pace, NULL, NULL, cents);
        }
        tw_figures_take(world, num_areas, cents, all);
        for (int i = 0; i < TW_NUM_FIGURES; i++) {
            value[y * TW_NUM_FIGURES + i] = all[i * num_areas];
        }
    }
    return status;
}

tw_status tw_run_alone(const tw_scenario *scenario, int replicate, const tw_population *start,
                       int years, tw_pace *pace, double *value)
{
    const tw_region *region = tw_scenario_region(scenario);
    const int32_t areas = 1 + region->num_prefectures + region->num_counties;
    double *all = malloc((size_t)areas * TW_NUM_FIGURES * sizeof(*all));
    int64_t *cents = calloc((size_t)areas, sizeof(*cents));
    tw_population *population = NULL;
    tw_world *world = NULL;
    tw_status status =
        all == NULL || cents == NULL ? TW_NO_MEMORY : tw_population_copy(start, &population);
    if (status == TW_OK) {
        status = tw_world_create(scenario, replicate, tw_threads(pace->options->num_threads),
                                 population, &world);
    }
    if (status == TW_OK) {
        population = NULL; /* the world's own now */
        status = run_years(world, years, pace, areas, cents, all, value);
    }
    tw_world_free(world);
    tw_population_free(population);
    free(all);
    free(cents);
    return status;
}
