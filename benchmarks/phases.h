/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Seconds by step of a quarter: the linker sends the calls of one file to another through a clock
 * (option --wrap, set in CMakeLists.txt), so that the library knows nothing of being timed. A step
 * within another one is taken off from it, so the rows add up to the quarter. One thread only, and
 * its own time: others that run on the machine do not count.
 */
#ifndef TW_BENCHMARKS_PHASES_H
#define TW_BENCHMARKS_PHASES_H

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "engine/pass.h"
#include "engine/quarter.h"
#include "process/budget/budget.h"
#include "process/demography/demography.h"
#include "process/hazards/hazards.h"
#include "process/households/households.h"
#include "process/housing/housing.h"
#include "process/labour/labour.h"
#include "process/moving/moving.h"
#include "process/organised/organised.h"
#include "process/outside/outside.h"
#include "process/registration/registration.h"
#include "process/schooling/schooling.h"

/** X(name, sentence): rows of the table. */
#define PHASE_ROWS(X)                                                          \
    X(OPEN, "opening: published state of all processes")                       \
    X(EVENTS, "events: draws, thinning; demography, schooling, work, leaving") \
    X(DEPARTURES, "events: departures from the region")                        \
    X(JOINING, "events: kin, hosts and collective homes")                      \
    X(KIN, "matching: kin and hosts")                                          \
    X(PAIRING, "matching: pairing of partners")                                \
    X(COUPLES, "matching: homes of new couples")                               \
    X(ORDER, "changes: bringing edits to their blocks")                        \
    X(REBUILD, "changes: new shape of the blocks")                             \
    X(FOUND, "changes: new households")                                        \
    X(SUBSIDIES, "changes: rental subsidies")                                  \
    X(HAZARDS, "changes: hazards")                                             \
    X(REGISTRATION, "changes: registration and land")                          \
    X(BUDGET, "changes: budgets")                                              \
    X(SEEKING, "changes: those who look for a job")                            \
    X(ORGANISED, "changes: lots for organised flows")                          \
    X(SEARCH, "changes: search for a place")                                   \
    X(COUNTS, "changes: merging of edits, counts by zone")                     \
    X(JOIN, "counts of the threads added up")                                  \
    X(HIRES, "markets: labour")                                                \
    X(FLOWS, "markets: organised flows")                                       \
    X(HOUSING, "markets: dwellings, arrivals and grants")                      \
    X(DELIVERY, "markets: delivery of moves")                                  \
    X(CLOSE, "closing: prices, building, books, blocks that split")            \
    X(OTHER, "other")

enum {
#define PHASE_ENUM(name, sentence) PHASE_##name,
    PHASE_ROWS(PHASE_ENUM) NUM_PHASES
#undef PHASE_ENUM
};

static double phase_seconds[NUM_PHASES], phase_since;
static int phase_on, phase_now = PHASE_OTHER;

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The time since the last change of step goes to the step that ends here. */
static int phase_enter(int phase)
{
    const int before = phase_now;
    if (phase_on) {
        const double time = seconds(CLOCK_PROCESS_CPUTIME_ID);
        phase_seconds[before] += time - phase_since;
        phase_since = time;
        phase_now = phase;
    }
    return before;
}

static void phase_start(void)
{
    phase_on = 1;
    phase_now = PHASE_OTHER;
    phase_since = seconds(CLOCK_PROCESS_CPUTIME_ID);
}

static void phase_stop(void)
{
    (void)phase_enter(PHASE_OTHER);
    phase_on = 0;
}

#define PHASE_STATUS(name, phase, parameters, arguments)  \
    tw_status __real_##name parameters;                   \
    tw_status __wrap_##name parameters;                   \
    tw_status __wrap_##name parameters                    \
    {                                                     \
        const int before = phase_enter(PHASE_##phase);    \
        const tw_status status = __real_##name arguments; \
        (void)phase_enter(before);                        \
        return status;                                    \
    }
#define PHASE_VOID(name, phase, parameters, arguments) \
    void __real_##name parameters;                     \
    void __wrap_##name parameters;                     \
    void __wrap_##name parameters                      \
    {                                                  \
        const int before = phase_enter(PHASE_##phase); \
        __real_##name arguments;                       \
        (void)phase_enter(before);                     \
    }
#define PHASE_WORLD(name, phase)        PHASE_VOID(name, phase, (tw_world * world), (world))
#define PHASE_WORLD_STATUS(name, phase) PHASE_STATUS(name, phase, (tw_world * world), (world))
#define PHASE_BLOCK(name, phase)                                                           \
    PHASE_STATUS(name, phase, (tw_world * world, tw_worker * worker, int32_t block_index), \
                 (world, worker, block_index))

PHASE_WORLD(tw_policy_open, OPEN)
PHASE_WORLD(tw_hazards_open, OPEN)
PHASE_WORLD(tw_labour_open, OPEN)
PHASE_WORLD(tw_budget_open, OPEN)
PHASE_WORLD(tw_outside_open, OPEN)
PHASE_WORLD(tw_organised_open, OPEN)
PHASE_WORLD(tw_demography_open, OPEN)
PHASE_WORLD(tw_schooling_open, OPEN)
PHASE_WORLD(tw_households_open, OPEN)
PHASE_WORLD(tw_registration_open, OPEN)
PHASE_WORLD_STATUS(tw_moving_open, OPEN)
PHASE_WORLD_STATUS(tw_pass_events, EVENTS)
PHASE_VOID(tw_outside_departures, DEPARTURES,
           (tw_world * world, tw_worker *worker, tw_block *block, int32_t first_candidate),
           (world, worker, block, first_candidate))
PHASE_STATUS(tw_households_block, JOINING,
             (tw_world * world, tw_worker *worker, int32_t block_index, int32_t first_edit,
              int32_t first_candidate),
             (world, worker, block_index, first_edit, first_candidate))
PHASE_WORLD_STATUS(tw_households_match, KIN)
PHASE_WORLD_STATUS(tw_unions_make, COUPLES)
PHASE_STATUS(tw_seekers_pair, PAIRING,
             (tw_seekers * list, tw_key key, int32_t quarter, const tw_age_window *window,
              int num_threads, tw_pair *pair, int32_t *num_pairs),
             (list, key, quarter, window, num_threads, pair, num_pairs))
PHASE_WORLD_STATUS(tw_pass_changes, COUNTS)
PHASE_STATUS(tw_transfers_join, ORDER, (tw_transfers * transfers, const tw_transfers *part),
             (transfers, part))
PHASE_STATUS(tw_transfers_sort, ORDER,
             (tw_transfers * transfers, int32_t num_blocks, int num_threads),
             (transfers, num_blocks, num_threads))
PHASE_STATUS(tw_block_rebuild, REBUILD, (tw_block * block, tw_edits *edits, int32_t quarter),
             (block, edits, quarter))
PHASE_STATUS(tw_transfers_append, FOUND,
             (const tw_transfers *transfers, int32_t index, tw_block *block),
             (transfers, index, block))
PHASE_VOID(tw_housing_pay_block, SUBSIDIES, (tw_world * world, tw_worker *worker, tw_block *block),
           (world, worker, block))
PHASE_VOID(tw_hazards_block, HAZARDS, (tw_world * world, tw_worker *worker, int32_t block_index),
           (world, worker, block_index))
PHASE_VOID(tw_registration_block, REGISTRATION,
           (const tw_world *world, tw_worker *worker, tw_block *block), (world, worker, block))
PHASE_VOID(tw_budget_block, BUDGET, (tw_world * world, tw_worker *worker, tw_block *block),
           (world, worker, block))
PHASE_BLOCK(tw_labour_block, SEEKING)
PHASE_BLOCK(tw_organised_block, ORGANISED)
PHASE_BLOCK(tw_moving_block, SEARCH)
PHASE_WORLD(tw_pass_join, JOIN)
PHASE_WORLD_STATUS(tw_labour_clear, HIRES)
PHASE_WORLD_STATUS(tw_organised_clear, FLOWS)
PHASE_WORLD_STATUS(tw_outside_apply, HOUSING)
PHASE_WORLD_STATUS(tw_housing_clear, HOUSING)
PHASE_WORLD_STATUS(tw_moving_deliver, DELIVERY)
PHASE_WORLD_STATUS(tw_housing_grant, HOUSING)
PHASE_WORLD_STATUS(tw_outside_arrive, HOUSING)
PHASE_WORLD(tw_hazards_close, CLOSE)
PHASE_WORLD(tw_housing_close, CLOSE)
PHASE_WORLD(tw_schooling_close, CLOSE)
PHASE_WORLD(tw_budget_close, CLOSE)
PHASE_STATUS(tw_population_tidy, CLOSE, (tw_population * population), (population))

static void phase_print(int quarters)
{
    static const char *const sentence[] = {
#define PHASE_SENTENCE(name, text) text,
        PHASE_ROWS(PHASE_SENTENCE)
#undef PHASE_SENTENCE
    };
    double all = 0;
    for (int p = 0; p < NUM_PHASES; p++) {
        all += phase_seconds[p];
    }
    printf("# milliseconds a quarter on one thread, percent, step\n");
    for (int p = 0; p < NUM_PHASES; p++) {
        printf("step %7.2f %5.1f  %s\n", 1e3 * phase_seconds[p] / quarters,
               100 * phase_seconds[p] / all, sentence[p]);
    }
}

#endif
