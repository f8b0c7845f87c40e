/* SPDX-License-Identifier: Apache-2.0 */
/** What the markets made of the applications: jobs, organised flows, dwellings, grants. */
#include <stdio.h>

#include "process/members.h"
#include "trace/tracer.h"

/* ---- whose turn it is ---- */

static int before_in_turn(const tw_application *a, const tw_application *b)
{
    if (a->priority != b->priority) {
        return a->priority < b->priority;
    }
    return a->lottery != b->lottery ? a->lottery < b->lottery : a->uid < b->uid;
}

/** Whether an application takes part where another one does. */
typedef int taking_part(const tw_application *one, const tw_application *own);

/* Place in the queue, from 1, and in *num the length of the queue. */
static int turn_of(const tw_world *world, const tw_application *own, taking_part *takes_part,
                   int *num)
{
    int turn = 1;
    *num = 0;
    for (int w = 0; w < world->num_workers; w++) {
        const tw_applications *list = &world->worker[w].applications;
        for (int32_t i = 0; i < list->count; i++) {
            if (takes_part(&list->row[i], own)) {
                *num += 1;
                turn += before_in_turn(&list->row[i], own);
            }
        }
    }
    return turn;
}

/* ---- jobs ---- */

static int job_turn(const tw_world *world, const tw_application *own)
{
    int turn = 1;
    for (int w = 0; w < world->num_workers; w++) {
        const tw_applications *list = &world->worker[w].work;
        for (int32_t i = 0; i < list->count; i++) {
            turn += list->row[i].market == own->market && before_in_turn(&list->row[i], own);
        }
    }
    return turn;
}

void tw_trace_seeks_jobs(tw_tracer *tracer)
{
    const tw_world *world = tracer->world;
    tw_decision *decision = &tracer->decision;
    for (int w = 0; w < world->num_workers; w++) {
        const tw_applications *list = &world->worker[w].work;
        for (int32_t i = 0; i < list->count && decision->seekers < TW_TRACE_MEMBERS; i++) {
            const tw_application *one = &list->row[i];
            if (tw_glimpse_member(&tracer->now, one->uid) >= 0) {
                decision->seeker[decision->seekers++] =
                    (tw_job_seeker){one->uid, one->market, job_turn(world, one)};
            }
        }
    }
}

static void tell_job(tw_tracer *tracer, const tw_job_seeker *seeker)
{
    const tw_market *market = &tracer->world->work.market[seeker->market];
    const int member = tw_glimpse_member(&tracer->now, seeker->person);
    char who[TW_WORDS];
    if (member < 0) {
        return;
    }
    const tw_person *person = &tracer->now.person[member];
    const int activity = TW_EMPLOYED + seeker->market % TW_NUM_SECTORS;
    tw_tell(&tracer->lines, "  %s %s %s (%lld hired of %lld who looked, turn %d)",
            tw_person_words(tracer, person, who),
            person->activity == activity ? "finds a job" : "finds no job",
            tw_activity_words(activity), (long long)market->given, (long long)market->demand,
            seeker->turn);
    const int was = tw_glimpse_member(&tracer->before, seeker->person);
    if (was >= 0 && tracer->before.person[was].schooling != person->schooling) {
        tw_tell(&tracer->lines, "  %s takes a course: its skill is that of junior school",
                tw_person_words(tracer, person, who));
    }
}

/* Seekers in the order of the members, whatever list they were in. */
void tw_trace_hired(tw_tracer *tracer)
{
    for (int i = 0; i < tracer->now.num; i++) {
        for (int s = 0; s < tracer->decision.seekers; s++) {
            if (tracer->decision.seeker[s].person == tracer->now.person[i].person_uid) {
                tell_job(tracer, &tracer->decision.seeker[s]);
            }
        }
    }
}

/* ---- organised flows ---- */

void tw_trace_organised(tw_tracer *tracer)
{
    char zone[TW_WORDS];
    const tw_world *world = tracer->world;
    const int before = tracer->before.household.zone, now = tracer->now.household.zone;
    for (int w = 0; w < world->num_workers && world->any_flow_due; w++) {
        const tw_applications *list = &world->worker[w].organised;
        for (int32_t i = 0; i < list->count; i++) {
            if (list->row[i].uid != tracer->household) {
                continue;
            }
            const int relabels = world->flow[list->row[i].market].reclassified;
            tw_tell(&tracer->lines, "  %s %s (lottery number %.6f of 1)",
                    now == before ? "is not drawn for"
                    : relabels    ? "its place is relabelled to"
                                  : "is relocated to",
                    now != before ? tw_zone_words(world->region, now, zone)
                    : relabels    ? "the places that are relabelled"
                                  : "the relocation",
                    tw_uniform(list->row[i].lottery));
        }
    }
}

/* ---- dwellings ---- */

static int64_t free_in(const tw_world *world, int stock, int used, int zone)
{
    const int64_t left =
        tw_zone_column(&world->zones, stock)[zone] - tw_zone_column(&world->zones, used)[zone];
    return zone >= 0 && left > 0 ? left : 0;
}

void tw_trace_markets(tw_tracer *tracer)
{
    const tw_world *world = tracer->world;
    tw_decision *decision = &tracer->decision;
    const tw_application *of = &decision->application;
    if (!decision->applied) {
        return;
    }
    const int second = of->second >= 0 ? of->second : of->destination;
    decision->public_free =
        free_in(world, TW_ZONE_public_dwellings, TW_ZONE_public_used, of->destination);
    decision->dwellings_free[0] =
        free_in(world, TW_ZONE_dwellings, TW_ZONE_dwellings_used, of->destination);
    decision->dwellings_free[1] = free_in(world, TW_ZONE_dwellings, TW_ZONE_dwellings_used, second);
}

static int in_public_round(const tw_application *one, const tw_application *own)
{
    return (one->wants & TW_NEEDS_DWELLING) && (one->wants & TW_WANTS_PUBLIC) &&
           one->destination == own->destination;
}

static int in_first_round(const tw_application *one, const tw_application *own)
{
    return (one->wants & TW_NEEDS_DWELLING) && !(one->wants & TW_GOT_PUBLIC) &&
           one->destination == own->destination;
}

static int in_second_round(const tw_application *one, const tw_application *own)
{
    return (one->wants & TW_NEEDS_DWELLING) && !(one->wants & (TW_GOT_PUBLIC | TW_GOT_FIRST)) &&
           !((one->wants & TW_SECOND_HOUSED) && (one->wants & TW_GOT_SECOND)) &&
           one->second == own->second;
}

static void tell_round(tw_tracer *tracer, const char *what, int zone, int64_t free_now,
                       taking_part *takes_part, int got)
{
    char name[TW_WORDS];
    int num;
    const int turn = turn_of(tracer->world, &tracer->decision.application, takes_part, &num);
    tw_tell(&tracer->lines, "  %s of %s: %lld free, %d applied, turn %d: %s", what,
            tw_zone_words(tracer->world->region, zone, name), (long long)free_now, num, turn,
            got ? "served" : "not served, none is left");
}

/* Of the first round the second one takes what it gave. */
static int64_t free_in_second(const tw_tracer *tracer)
{
    int64_t left = tracer->decision.dwellings_free[1];
    for (int w = 0; w < tracer->world->num_workers; w++) {
        const tw_applications *list = &tracer->world->worker[w].applications;
        for (int32_t i = 0; i < list->count; i++) {
            left -= (list->row[i].wants & TW_NEEDS_DWELLING) &&
                    (list->row[i].wants & TW_GOT_FIRST) &&
                    list->row[i].destination == tracer->decision.application.second;
        }
    }
    return left > 0 ? left : 0;
}

static void tell_rounds(tw_tracer *tracer, const tw_application *of)
{
    if (of->wants & TW_WANTS_PUBLIC) {
        tell_round(tracer, "public dwellings", of->destination, tracer->decision.public_free,
                   in_public_round, of->wants & TW_GOT_PUBLIC);
    }
    if (!(of->wants & TW_GOT_PUBLIC)) {
        tell_round(tracer, "market dwellings", of->destination, tracer->decision.dwellings_free[0],
                   in_first_round, of->wants & TW_GOT_FIRST);
    }
    if (of->second < 0 || (of->wants & (TW_GOT_PUBLIC | TW_GOT_FIRST))) {
        return;
    }
    if (of->wants & TW_SECOND_HOUSED) {
        tw_tell(&tracer->lines, "  at the second choice an employer or kin house it: served");
    } else {
        tell_round(tracer, "market dwellings", of->second, free_in_second(tracer), in_second_round,
                   of->wants & TW_GOT_SECOND);
    }
}

void tw_trace_allotted(tw_tracer *tracer)
{
    const tw_world *world = tracer->world;
    tw_application *of = &tracer->decision.application;
    if (!tracer->decision.applied) {
        return;
    }
    for (int w = 0; w < world->num_workers; w++) {
        const tw_applications *list = &world->worker[w].applications;
        for (int32_t i = 0; i < list->count; i++) {
            if (list->row[i].uid == of->uid && list->row[i].reason == of->reason) {
                *of = list->row[i];
            }
        }
    }
    if (of->wants & TW_NEEDS_DWELLING) {
        tell_rounds(tracer, of);
    } else {
        tw_tell(&tracer->lines,
                "  a rural house, a dormitory, an employer or kin house it: served");
    }
}

void tw_trace_moved(tw_tracer *tracer)
{
    char from[TW_WORDS], to[TW_WORDS];
    const tw_region *region = tracer->world->region;
    const tw_household *before = &tracer->before.household, *now = &tracer->now.household;
    if (!tracer->decision.applied) {
        return;
    }
    if (before->zone != now->zone) {
        tw_tell(&tracer->lines, "  moves from %s to %s: %s",
                tw_zone_words(region, before->zone, from), tw_zone_words(region, now->zone, to),
                tw_tenure_words(now->tenure));
    } else if (tracer->decision.application.wants & TW_GOT_ANY) {
        tw_tell(&tracer->lines, "  has a dwelling in %s: %s", tw_zone_words(region, now->zone, to),
                tw_tenure_words(now->tenure));
    } else {
        tw_tell(&tracer->lines, "  stays where it is: it was not served");
    }
}

void tw_trace_granted(tw_tracer *tracer)
{
    const int before = tracer->before.household.subsidy_kind;
    const tw_application *of = &tracer->decision.application;
    if (before == 0 && tracer->now.household.subsidy_kind != 0) {
        tw_tell(&tracer->lines, "  is granted the rental subsidy");
    } else if (tracer->decision.applied && (of->wants & TW_WANTS_SUBSIDY) &&
               (of->wants & TW_NEEDS_DWELLING) && (of->wants & (TW_GOT_FIRST | TW_GOT_SECOND))) {
        const int zone = of->wants & TW_GOT_SECOND ? of->second : of->destination;
        const int offered = tw_grant_for(tracer->world, TW_LEVER_RENT_SUBSIDY,
                                         &tracer->world->population->blocks[of->block], of->row,
                                         zone / TW_NUM_ZONE_KINDS);
        tw_tell(&tracer->lines, "  gets no rental subsidy: %s",
                offered < 0 ? "the county has none for it in this quarter"
                            : "the ceiling of the year is reached");
    }
}

/* Grants that are paid once: for settling, for buying, for giving up land. */
void tw_trace_paid(tw_tracer *tracer)
{
    const tw_world *world = tracer->world;
    char yuan[TW_WORDS];
    for (int w = 0; w < world->num_workers; w++) {
        const tw_applications *grants = &world->worker[w].grants;
        for (int32_t i = 0; i < grants->count; i++) {
            const tw_application *grant = &grants->row[i];
            if (grant->uid == tracer->household && grant->market >= 0) {
                const tw_programme *programme =
                    tw_scenario_programme(world->scenario, grant->market);
                tw_tell(&tracer->lines, "  asks for %s, %s: %s",
                        tw_lever_row_at((int)programme->lever).path,
                        tw_yuan_words(grant->units, yuan),
                        grant->served ? "is paid" : "the money of the year is used up");
            }
        }
    }
}
