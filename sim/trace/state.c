/* SPDX-License-Identifier: Apache-2.0 */
/** A household at one moment: looked up, and told. */
#include <stdio.h>
#include <string.h>

#include "trace/tracer.h"

void tw_glimpse_take(const tw_population *population, uint64_t household, tw_glimpse *out)
{
    tw_place place;
    out->there = tw_population_find(population, household, &place);
    out->num = 0;
    if (!out->there) {
        return;
    }
    const tw_block *block = &population->blocks[place.block];
    const int32_t first = block->first_person[place.row];
    const int32_t size = tw_household_size(block, place.row);
    out->household = tw_block_household(block, place.row);
    out->num = size < TW_TRACE_MEMBERS ? size : TW_TRACE_MEMBERS;
    for (int i = 0; i < out->num; i++) {
        out->person[i] = tw_block_person(block, first + i);
    }
}

int tw_glimpse_member(const tw_glimpse *glimpse, uint64_t person)
{
    for (int i = 0; i < glimpse->num; i++) {
        if (glimpse->person[i].person_uid == person) {
            return i;
        }
    }
    return -1;
}

uint64_t tw_trace_home_of(const tw_population *population, uint64_t person)
{
    for (int32_t b = 0; b < population->num_blocks; b++) {
        const tw_block *block = &population->blocks[b];
        for (int32_t p = 0; p < block->num_persons; p++) {
            if (block->person_uid[p] == person) {
                return block->uid[tw_block_household_of(block, p)];
            }
        }
    }
    return 0;
}

/* ---- telling ---- */

static const char *land_words(const tw_tracer *tracer, const tw_household *household,
                              char out[2 * TW_WORDS])
{
    static const char *const state[] = {"", "uses", "lets", "gave up"};
    char zone[TW_WORDS];
    out[0] = '\0';
    if (household->land_zone >= 0) {
        snprintf(out, 2 * TW_WORDS, ", %s land in %s", state[household->land_state],
                 tw_zone_words(tracer->world->region, household->land_zone, zone));
    } else if (household->land_state == TW_LAND_EXITED) {
        snprintf(out, 2 * TW_WORDS, ", gave its land up for pay");
    }
    return out;
}

/* Where and how it lives: told in November and when it has changed. */
static void tell_home(tw_tracer *tracer, const tw_glimpse *glimpse)
{
    const tw_household *of = &glimpse->household;
    char zone[TW_WORDS], land[2 * TW_WORDS];
    tw_tell(&tracer->lines, "%s, %s, %d person%s%s%s%s%s%s",
            tw_zone_words(tracer->world->region, of->zone, zone), tw_tenure_words(of->tenure),
            glimpse->num, glimpse->num == 1 ? "" : "s", land_words(tracer, of, land),
            of->flags & TW_DISPLACED ? "; displaced" : "",
            of->subsidy_kind != 0 ? "; receives the rental subsidy" : "",
            of->flags & TW_SEEKS_DWELLING ? "; looks for a dwelling" : "",
            of->flags & TW_ORPHANED ? "; children only" : "");
}

static void tell_money(tw_tracer *tracer, const tw_glimpse *glimpse)
{
    char savings[TW_WORDS], debt[TW_WORDS];
    const int quarters = glimpse->household.permit_quarters;
    tw_tell(&tracer->lines, "  savings %s, debt %s; residence for a permit %d quarter%s",
            tw_yuan_words(glimpse->household.savings, savings),
            tw_yuan_words(glimpse->household.debt, debt), quarters, quarters == 1 ? "" : "s");
}

/* With the uid where the person is listed for the first time. */
static void tell_member(tw_tracer *tracer, const tw_person *person)
{
    static const char *const marital[] = {"never married", "married", "divorced", "widowed"};
    char who[TW_WORDS], zone[TW_WORDS];
    tw_tell(&tracer->lines, "  %s, %s, %s, %s, registered %s", tw_person_words(tracer, person, who),
            marital[person->marital], tw_activity_words(person->activity),
            tw_school_words(person->schooling),
            tw_zone_words(tracer->world->region, person->registered_zone, zone));
    if (tw_glimpse_member(&tracer->told, person->person_uid) < 0) {
        tw_tell(&tracer->lines, "    #%d is person %llu",
                tw_cast_number(tracer->cast, person->person_uid),
                (unsigned long long)person->person_uid);
    }
}

static int homes_differ(const tw_glimpse *a, const tw_glimpse *b)
{
    const tw_household *x = &a->household, *y = &b->household;
    return x->uid != y->uid || x->zone != y->zone || x->tenure != y->tenure ||
           x->land_zone != y->land_zone || x->land_state != y->land_state || x->flags != y->flags ||
           x->subsidy_kind != y->subsidy_kind || a->num != b->num;
}

static int members_differ(const tw_glimpse *a, const tw_glimpse *b)
{
    int differ = a->num != b->num;
    for (int i = 0; i < a->num && !differ; i++) {
        const tw_person *x = &a->person[i], *y = &b->person[i];
        differ = x->person_uid != y->person_uid || x->activity != y->activity ||
                 x->schooling != y->schooling || x->marital != y->marital ||
                 x->registered_zone != y->registered_zone;
    }
    return differ;
}

void tw_tell_state(tw_tracer *tracer, const tw_glimpse *glimpse, int whole)
{
    const int members = whole || members_differ(glimpse, &tracer->told);
    if (whole || homes_differ(glimpse, &tracer->told)) {
        tell_home(tracer, glimpse);
    }
    tell_money(tracer, glimpse);
    for (int i = 0; i < glimpse->num && members; i++) {
        tell_member(tracer, &glimpse->person[i]);
    }
    tracer->told = *glimpse;
}
