/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A quarter, from opening to opening. Read this first: every process of the model appears here
 * once, in its order. What a process does stands in its folder under sim/process/.
 */
#include "engine/quarter.h"

#include "engine/pass.h"
#include "process/budget/budget.h"
#include "process/demography/demography.h"
#include "process/hazards/hazards.h"
#include "process/households/households.h"
#include "process/housing/housing.h"
#include "process/labour/labour.h"
#include "process/moving/moving.h"
#include "process/organised/organised.h"
#include "process/outside/outside.h"
#include "process/policy/policy.h"
#include "process/registration/registration.h"
#include "process/schooling/schooling.h"
#include "process/services/services.h"

/** Runs a step, and lets a watcher see what it did. */
static tw_status run_step(tw_world *world, tw_step *step)
{
    const tw_status status = step(world);
    if (status != TW_OK || world->watcher == NULL) {
        return status;
    }
    return world->watcher->see(world->watcher->context, world, step);
}

/** Runs the steps one after the other until one fails. */
#define STEP(step)                                     \
    do {                                               \
        const tw_status done_ = run_step(world, step); \
        if (done_ != TW_OK) {                          \
            return done_;                              \
        }                                              \
    } while (0)

/* (a) Serial: the calendar turns, levers act on stocks, zones publish what everyone can know. */
static tw_status publish(tw_world *world)
{
    tw_zones_clear(&world->zones, TW_END_COUNTS, TW_NUM_ZONE_FIELDS);
    tw_policy_open(world);
    tw_persons_unbound(world);
    tw_hazards_open(world);
    tw_labour_open(world);
    tw_budget_open(world);
    tw_outside_open(world);
    tw_organised_open(world);
    tw_demography_open(world);
    tw_schooling_open(world);
    tw_households_open(world);
    STEP(tw_moving_travel);
    tw_services_open(world);
    tw_registration_open(world);
    tw_moving_open(world);
    return TW_OK;
}

/*
 * (b) Parallel, block by block: deaths, births, schools, who leaves home or seeks a partner; kin
 * and partners find each other; households take their new shape, decide on their
 * registration and where to live.
 */
static tw_status live(tw_world *world)
{
    STEP(tw_pass_events);
    STEP(tw_households_match);
    STEP(tw_pass_changes);
    tw_pass_join(world);
    return TW_OK;
}

/* (c) Market by market: gather the lists, clear exactly, deliver. */
static tw_status clear_markets(tw_world *world)
{
    STEP(tw_labour_clear);
    STEP(tw_organised_clear);
    STEP(tw_outside_apply);
    STEP(tw_housing_clear);
    STEP(tw_moving_deliver);
    STEP(tw_housing_grant);
    STEP(tw_policy_grant);
    tw_registration_exits(world);
    tw_budget_purchases(world);
    STEP(tw_outside_arrive);
    return TW_OK;
}

/* (d) Serial: towns build, rents move, the books close, full blocks split. */
static tw_status close_books(tw_world *world)
{
    for (int w = 0; w < world->num_workers; w++) {
        tw_zones_join(&world->zones, &world->worker[w].tally, 0, TW_NUM_ZONE_FIELDS);
    }
    tw_hazards_close(world);
    tw_housing_close(world);
    tw_schooling_close(world);
    tw_budget_close(world);
    tw_policy_close(world);
    return tw_population_tidy(world->population);
}

tw_status tw_quarter(tw_world *world)
{
    STEP(publish);
    STEP(live);
    STEP(clear_markets);
    STEP(close_books);
    world->quarter++;
    return TW_OK;
}
