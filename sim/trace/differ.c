/* SPDX-License-Identifier: Apache-2.0 */
/** Where two scenarios part, and what was different before they did. */
#include <stdio.h>
#include <string.h>

#include "trace/tracer.h"

/* ---- whether ---- */

static int same_person(const tw_person *a, const tw_person *b)
{
    return a->person_uid == b->person_uid && a->registered_zone == b->registered_zone &&
           a->schooling == b->schooling && a->marital == b->marital && a->unit == b->unit &&
           a->activity == b->activity && a->kin_uid == b->kin_uid;
}

/* All but money. */
static int same_household(const tw_glimpse *a, const tw_glimpse *b)
{
    const tw_household *x = &a->household, *y = &b->household;
    int same = a->there == b->there && a->num == b->num && x->uid == y->uid && x->zone == y->zone &&
               x->land_zone == y->land_zone && x->taste_zone == y->taste_zone &&
               x->moved_quarter == y->moved_quarter && x->tenure == y->tenure &&
               x->land_state == y->land_state && x->permit_quarters == y->permit_quarters &&
               x->flags == y->flags && x->subsidy_kind == y->subsidy_kind;
    for (int i = 0; i < a->num && same; i++) {
        same = same_person(&a->person[i], &b->person[i]);
    }
    return same;
}

static int same_decision(const tw_decision *a, const tw_decision *b)
{
    const tw_application *x = &a->application, *y = &b->application;
    return a->act == b->act && a->applied == b->applied && x->destination == y->destination &&
           x->second == y->second && x->wants == y->wants;
}

int tw_trace_parts(const tw_tracer *a, const tw_tracer *b)
{
    return a->state != b->state ||
           (a->state == TW_TRACE_FOLLOWED &&
            (!same_household(&a->now, &b->now) || !same_decision(&a->decision, &b->decision)));
}

/* ---- what ---- */

/** Values that both scenarios have, under a heading that is told with the first that differs. */
typedef struct tw_facts {
    tw_lines *lines;
    char heading[2 * TW_WORDS];
    int told;
} tw_facts;

static void compare(tw_facts *facts, const char *name, const char *unit, int digits, double a,
                    double b)
{
    char in_a[64], in_b[64];
    snprintf(in_a, sizeof in_a, "%.*f", digits, a);
    snprintf(in_b, sizeof in_b, "%.*f", digits, b);
    if (strcmp(in_a, in_b) == 0) {
        return;
    }
    if (!facts->told) {
        tw_tell(facts->lines, "    %s", facts->heading);
        facts->told = 1;
    }
    tw_tell(facts->lines, "      %-33s A %11s   B %11s  %s", name, in_a, in_b, unit);
}

static double vacant_jobs(const tw_zones *zones, int zone)
{
    double vacant = 0;
    for (int s = 0; s < TW_NUM_SECTORS; s++) {
        vacant += (double)(tw_zone_column(zones, TW_ZONE_jobs_industry + s)[zone] -
                           tw_zone_column(zones, TW_ZONE_employed_industry + s)[zone]);
    }
    return vacant;
}

static void compare_field(tw_facts *facts, const char *name, const char *unit, int field,
                          const tw_tracer *a, const tw_tracer *b, int zone)
{
    compare(facts, name, unit, 0, (double)tw_zone_column(&a->published, field)[zone],
            (double)tw_zone_column(&b->published, field)[zone]);
}

static int same_level(const tw_world *world, tw_lever lever, int county, int other)
{
    const double apart = tw_policy(world, lever, county) - tw_policy(world, lever, other);
    return apart > -1e-9 && apart < 1e-9;
}

/* Levels in force in a county; those that are as in the county told first are not told again. */
static void compare_levers(tw_facts *facts, const tw_world *x, const tw_world *y, int county,
                           int told)
{
    for (int i = 0; i < TW_NUM_LEVERS; i++) {
        const tw_lever lever = (tw_lever)i;
        const tw_lever_row row = tw_lever_row_at(i);
        if (told >= 0 && same_level(x, lever, county, told) && same_level(y, lever, county, told)) {
            continue;
        }
        compare(facts, row.path, strcmp(row.unit, "1") == 0 ? "share" : row.unit, 3,
                tw_policy(x, lever, county), tw_policy(y, lever, county));
    }
}

/* What is published of a zone in the quarter. */
static void tell_zone(const tw_tracer *a, const tw_tracer *b, int zone, int told, tw_lines *lines)
{
    const tw_world *x = a->world, *y = b->world;
    const int county = zone / TW_NUM_ZONE_KINDS;
    char name[TW_WORDS];
    tw_facts facts = {.lines = lines};
    snprintf(facts.heading, sizeof facts.heading, "%s, as published in the quarter",
             tw_zone_words(x->region, zone, name));
    compare(&facts, "expected income", "yuan/head a year", 0, x->income[zone], y->income[zone]);
    compare(&facts, "rent", "yuan a month", 2, 0.01 * (double)TW_AT(&a->published, rent, zone),
            0.01 * (double)TW_AT(&b->published, rent, zone));
    if (tw_is_town(zone)) {
        compare(&facts, "chance of a public dwelling", "of 1", 6, a->public_chance[county],
                b->public_chance[county]);
    }
    compare_levers(&facts, x, y, county, told);
    compare(&facts, "vacant jobs", "jobs*", 0, vacant_jobs(&a->published, zone),
            vacant_jobs(&b->published, zone));
    compare_field(&facts, "looking for a job", "persons*", TW_ZONE_seeking, a, b, zone);
    compare_field(&facts, "residents", "persons*", TW_ZONE_persons, a, b, zone);
    compare_field(&facts, "market dwellings", "dwellings*", TW_ZONE_dwellings, a, b, zone);
    compare_field(&facts, "of them lived in", "dwellings*", TW_ZONE_dwellings_used, a, b, zone);
    compare_field(&facts, "public dwellings", "dwellings*", TW_ZONE_public_dwellings, a, b, zone);
}

/* Index of a place in the prospects, or -1. */
static int place_of(const tw_tracer *tracer, int zone)
{
    for (int32_t i = 0; i <= tracer->world->num_counties; i++) {
        if (tracer->prospect[i].zone == zone) {
            return i;
        }
    }
    return -1;
}

static void tell_prospect(const tw_tracer *a, const tw_tracer *b, int zone, tw_lines *lines)
{
    const int i = place_of(a, zone), j = place_of(b, zone);
    char name[TW_WORDS];
    if (i < 0 || j < 0) {
        return;
    }
    const tw_prospect *x = &a->prospect[i], *y = &b->prospect[j];
    tw_facts facts = {.lines = lines};
    snprintf(facts.heading, sizeof facts.heading, "%s, as the household sees it",
             tw_zone_words(a->world->region, zone, name));
    compare(&facts, "value", "units of utility", 6, x->value, y->value);
    compare(&facts, "services", "units of utility", 6, x->services, y->services);
    compare(&facts, "nearness", "units of utility", 6, x->nearness, y->nearness);
    compare(&facts, "network", "units of utility", 6, x->network, y->network);
    compare(&facts, "cost of moving", "units of utility", 6, x->cost, y->cost);
    compare(&facts, "lasting taste", "units of utility", 6, x->lasting, y->lasting);
    compare(&facts, "passing taste", "units of utility", 6, x->passing, y->passing);
    compare(&facts, "utility", "units of utility", 6, x->utility, y->utility);
}

/* Events whose draw lies between the two probabilities. */
static void tell_chances(const tw_tracer *a, const tw_tracer *b, tw_lines *lines)
{
    for (int i = 0; i < a->num_chances; i++) {
        const tw_chance *x = &a->chance[i], *y = tw_chance_find(b, x->kind, x->who);
        char who[32] = "the household";
        if (y == NULL || (x->u < x->p) == (y->u < y->p)) {
            continue;
        }
        if (x->who != a->household) {
            snprintf(who, sizeof who, "#%d", tw_cast_number(a->cast, x->who));
        }
        tw_tell(lines, "    %s %s if U < p: U %.6f, p in A %.6f, in B %.6f", who,
                tw_chance_words(x->kind), x->u, x->p, y->p);
    }
}

static void tell_money(const tw_tracer *a, const tw_tracer *b, tw_lines *lines)
{
    const tw_household *x = &a->opening.household, *y = &b->opening.household;
    tw_facts facts = {.lines = lines, .heading = "the household, at the opening of the quarter"};
    compare(&facts, "savings", "yuan", 2, 0.01 * (double)x->savings, 0.01 * (double)y->savings);
    compare(&facts, "debt", "yuan", 2, 0.01 * (double)x->debt, 0.01 * (double)y->debt);
}

/* Places that the two look at: homes, and where they apply; each once. */
static int places_looked_at(const tw_tracer *a, const tw_tracer *b, int *zone)
{
    const tw_tracer *both[] = {a, b};
    int num = 0;
    for (int t = 0; t < 2; t++) {
        const tw_decision *decision = &both[t]->decision;
        const int seen[] = {both[t]->opening.household.zone,
                            decision->applied ? decision->application.destination : -1,
                            decision->applied ? decision->application.second : -1};
        for (int s = 0; s < 3; s++) {
            int known = seen[s] < 0;
            for (int i = 0; i < num; i++) {
                known |= zone[i] == seen[s];
            }
            if (!known) {
                zone[num++] = seen[s];
            }
        }
    }
    return num;
}

void tw_trace_explain(const tw_tracer *a, const tw_tracer *b, tw_lines *lines)
{
    int zone[6];
    if (a->state == TW_TRACE_AWAITED || b->state == TW_TRACE_AWAITED) {
        tw_tell(lines, "    it lives in one of the two only");
        return;
    }
    const int num = places_looked_at(a, b, zone);
    const int compared = a->decision.act != TW_ACT_NONE || b->decision.act != TW_ACT_NONE;
    tell_money(a, b, lines);
    for (int i = 0; i < num; i++) {
        tell_zone(a, b, zone[i], i == 0 ? -1 : zone[0] / TW_NUM_ZONE_KINDS, lines);
    }
    for (int i = 0; i < num && compared; i++) {
        tell_prospect(a, b, zone[i], lines);
    }
    tell_chances(a, b, lines);
}
