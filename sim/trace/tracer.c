/* SPDX-License-Identifier: Apache-2.0 */
/** Follows a household, or a person from household to household, step by step. */
#include "trace/tracer.h"

#include <stdlib.h>
#include <string.h>

#include "engine/pass.h"
#include "process/households/households.h"
#include "process/housing/housing.h"
#include "process/labour/labour.h"
#include "process/organised/organised.h"
#include "process/outside/outside.h"
#include "process/policy/policy.h"

/* ---- finding ---- */

/* Begins to follow the household or the person asked for, once it is there. */
static void look_for(tw_tracer *tracer)
{
    const tw_population *population = tracer->world->population;
    tw_place place;
    uint64_t home = 0;
    if (tw_population_find(population, tracer->uid, &place)) {
        home = tracer->uid;
    } else if ((home = tw_trace_home_of(population, tracer->uid)) != 0) {
        tracer->person = tracer->uid;
    }
    if (home != 0) {
        tracer->household = home;
        tracer->state = TW_TRACE_FOLLOWED;
    }
}

/* Uids of the starting population: such a household was there before the quarter. */
static int of_the_start(uint64_t household)
{
    return household >> 62 == 1;
}

/* The person goes on in another household, or is gone. */
static void follow(tw_tracer *tracer, uint64_t person)
{
    const tw_world *world = tracer->world;
    const uint64_t home = tw_trace_home_of(world->population, person);
    const int number = tw_cast_number(tracer->cast, person);
    tracer->person = person;
    if (home == 0) {
        tracer->state = TW_TRACE_ENDED;
        tw_tell(&tracer->lines, "  #%d does not live on in the region: the trace ends here",
                number);
        return;
    }
    tw_tell(&tracer->lines, "  from here on the trace follows #%d in household %llu", number,
            (unsigned long long)home);
    tracer->household = home;
    tw_glimpse_take(world->population, home, &tracer->now);
    tracer->opening = tracer->now;
    tracer->opening.there = of_the_start(home);
}

/* What the decisions met: not yet what the quarter makes of it. */
static void keep_published(tw_tracer *tracer)
{
    const tw_world *world = tracer->world;
    memcpy(tracer->public_chance, world->public_chance,
           (size_t)world->num_counties * sizeof(*world->public_chance));
    memcpy(tracer->published.value, world->zones.value,
           (size_t)TW_NUM_ZONE_FIELDS * (size_t)world->num_zones * sizeof(*world->zones.value));
}

/* After the rebuild: the household has changed, has ended, or was left by who is followed. */
static void see_changes(tw_tracer *tracer)
{
    const uint64_t reference = tracer->opening.person[0].person_uid;
    const uint64_t person = tracer->person != 0 ? tracer->person : reference;
    tw_place place;
    keep_published(tracer);
    if (!tracer->now.there) {
        tw_tell(&tracer->lines, "  household %llu ends", (unsigned long long)tracer->household);
        follow(tracer, person);
    } else if (tracer->person != 0 && tw_glimpse_member(&tracer->now, person) < 0) {
        follow(tracer, person);
    } else {
        tw_trace_changes(tracer);
    }
    if (tracer->state == TW_TRACE_FOLLOWED &&
        tw_population_find(tracer->world->population, tracer->household, &place)) {
        tw_trace_seeks_jobs(tracer);
        tw_trace_decides(tracer, place);
    }
}

/* ---- watching ---- */

typedef struct seen_step {
    tw_step *step;
    void (*told)(tw_tracer *tracer);
} seen_step;

/* Steps after the passes, each with what it did. */
static const seen_step later_steps[] = {
    {tw_pass_changes,    see_changes       },
    {tw_labour_clear,    tw_trace_hired    },
    {tw_organised_clear, tw_trace_organised},
    {tw_outside_apply,   tw_trace_markets  },
    {tw_housing_clear,   tw_trace_allotted },
    {tw_moving_deliver,  tw_trace_moved    },
    {tw_housing_grant,   tw_trace_granted  },
    {tw_policy_grant,    tw_trace_paid     },
    {tw_outside_arrive,  tw_trace_settled  }
};

static void see_step(tw_tracer *tracer, tw_step *step, tw_place place)
{
    if (step == tw_pass_events) {
        tw_trace_events(tracer, place);
    } else if (step == tw_households_match) {
        tw_trace_matches(tracer, place);
    }
    for (size_t i = 0; i < sizeof later_steps / sizeof *later_steps; i++) {
        if (step == later_steps[i].step) {
            later_steps[i].told(tracer);
        }
    }
}

static tw_status see(void *context, tw_world *world, tw_step *step)
{
    tw_tracer *tracer = context;
    tw_place place = {0, 0};
    if (tracer->state != TW_TRACE_FOLLOWED) {
        return TW_OK;
    }
    (void)tw_population_find(world->population, tracer->household, &place);
    tw_glimpse_take(world->population, tracer->household, &tracer->now);
    see_step(tracer, step, place);
    tracer->before = tracer->now;
    return tracer->lines.failed ? TW_NO_MEMORY : TW_OK;
}

/* ---- quarters ---- */

static tw_status allocate(tw_tracer *tracer, const tw_world *world)
{
    const size_t counties = (size_t)world->num_counties;
    tracer->prospect = calloc(counties + 1, sizeof(*tracer->prospect));
    tracer->public_chance = calloc(counties, sizeof(*tracer->public_chance));
    return tracer->prospect == NULL || tracer->public_chance == NULL
               ? TW_NO_MEMORY
               : tw_zones_create(world->num_zones, &tracer->published);
}

tw_status tw_tracer_create(tw_world *world, uint64_t uid, tw_cast *cast, tw_tracer **out)
{
    tw_tracer *tracer = calloc(1, sizeof(*tracer));
    if (tracer == NULL) {
        return TW_NO_MEMORY;
    }
    tracer->world = world;
    tracer->uid = uid;
    tracer->cast = cast;
    if (allocate(tracer, world) != TW_OK) {
        tw_tracer_free(tracer);
        return TW_NO_MEMORY;
    }
    tracer->watcher = (tw_watcher){see, tracer};
    world->watcher = &tracer->watcher;
    look_for(tracer);
    *out = tracer;
    return TW_OK;
}

void tw_tracer_free(tw_tracer *tracer)
{
    if (tracer != NULL) {
        tracer->world->watcher = NULL;
        tw_lines_free(&tracer->lines);
        tw_zones_free(&tracer->published);
        free(tracer->public_chance);
        free(tracer->prospect);
        free(tracer);
    }
}

static void open_quarter(tw_tracer *tracer, int whole)
{
    tracer->lines.num = tracer->num_chances = 0;
    memset(&tracer->decision, 0, sizeof tracer->decision);
    if (tracer->state == TW_TRACE_AWAITED) {
        look_for(tracer);
    }
    if (tracer->state != TW_TRACE_FOLLOWED) {
        return;
    }
    tw_glimpse_take(tracer->world->population, tracer->household, &tracer->opening);
    tracer->before = tracer->now = tracer->opening;
    tw_tell_state(tracer, &tracer->opening, whole);
}

void tw_tracer_open(tw_tracer *tracer)
{
    open_quarter(tracer, tracer->world->quarter % 4 == 0);
}

void tw_tracer_end(tw_tracer *tracer)
{
    open_quarter(tracer, 1);
}
