/* SPDX-License-Identifier: Apache-2.0 */
/** Whether the household searches or goes back, what it compares, what it applies for. */
#include <stdio.h>

#include "process/moving/search.h"
#include "trace/tracer.h"

/* The household as a candidate of the quarter: what the first pass would have noted of it. */
static tw_candidate candidate_of(const tw_tracer *tracer, const tw_block *block, int32_t row)
{
    const tw_world *world = tracer->world;
    if (!tracer->opening.there || tracer->opening.household.uid != tracer->household) {
        /* Founded in this quarter: it acts only if its dwelling is lost at once. */
        return (tw_candidate){
            row, 0, {UINT64_MAX, UINT64_MAX}
        };
    }
    const tw_draw draw =
        tw_draw_at(world->key, TW_DRAW_HOUSEHOLD_EVENTS, tracer->household, world->quarter, 0);
    int flags = tracer->opening.household.flags;
    if (world->hazard.restored != NULL && world->hazard.restored[block->zone[row]]) {
        flags &= ~TW_DISPLACED; /* stood again, and may have been lost again */
    }
    return (tw_candidate){
        row, flags, {draw.word[0], draw.word[1]}
    };
}

static void note_chances(tw_tracer *tracer, const tw_block *block, int32_t row)
{
    const tw_world *world = tracer->world;
    const int in_town = tw_is_town(block->zone[row]);
    if (!tracer->opening.there) {
        return;
    }
    tw_chance_note(tracer, TW_CHANCE_SEARCH, tracer->household,
                   tw_search_probability(world, block, row));
    tw_chance_note(tracer, TW_CHANCE_RETURN, tracer->household,
                   in_town && block->land_zone[row] >= 0 ? world->go_back : 0);
    tw_chance_note(tracer, TW_CHANCE_PUBLIC_EXIT, tracer->household,
                   block->tenure[row] == TW_PUBLIC_RENTAL ? world->leave_public : 0);
}

static void find_application(tw_tracer *tracer)
{
    const tw_world *world = tracer->world;
    for (int w = 0; w < world->num_workers; w++) {
        const tw_applications *list = &world->worker[w].applications;
        for (int32_t i = 0; i < list->count; i++) {
            if (list->row[i].uid == tracer->household && list->row[i].reason != TW_REASON_ARRIVAL) {
                tracer->decision.applied = 1;
                tracer->decision.application = list->row[i];
            }
        }
    }
}

/* ---- telling ---- */

/* Indices of the best places but the present one, best first; returns their number. */
static int best_places(const tw_tracer *tracer, int32_t *best)
{
    int num = 0;
    for (int32_t c = 0; c < tracer->world->num_counties; c++) {
        int at = num < TW_TRACE_BEST ? num++ : TW_TRACE_BEST;
        if (c == tracer->decision.staying) {
            num -= at < TW_TRACE_BEST;
            continue;
        }
        const double utility = tracer->prospect[c].utility;
        while (at > 0 && tracer->prospect[best[at - 1]].utility < utility) {
            if (at < TW_TRACE_BEST) {
                best[at] = best[at - 1];
            }
            at--;
        }
        if (at < TW_TRACE_BEST) {
            best[at] = c;
        }
    }
    return num;
}

static void tell_place(tw_tracer *tracer, const char *rank, int32_t place)
{
    const tw_prospect *of = &tracer->prospect[place];
    char zone[TW_WORDS];
    tw_tell(&tracer->lines, "  %-4s %-19s%8.3f%7.3f%8.3f%8.3f%7.3f%8.3f%8.3f%8.3f", rank,
            tw_zone_words(tracer->world->region, of->zone, zone), of->value, of->services,
            of->nearness, of->network, 0.0 - of->cost, of->lasting, of->passing, of->utility);
}

static void tell_prospects(tw_tracer *tracer)
{
    int32_t best[TW_TRACE_BEST + 1];
    char rank[16];
    const int num = best_places(tracer, best);
    tw_tell(&tracer->lines, "  %-24s%8s%7s%8s%8s%7s%8s%8s%8s", "in units of utility", "value",
            "serv.", "near", "network", "cost", "lasting", "passing", "utility");
    tell_place(tracer, "home", tracer->decision.staying);
    for (int i = 0; i < num; i++) {
        snprintf(rank, sizeof rank, "%d", i + 1);
        tell_place(tracer, rank, best[i]);
    }
}

static void tell_search(tw_tracer *tracer)
{
    char chance[TW_WORDS];
    const int lost = tracer->now.household.flags & ~tracer->opening.household.flags & TW_DISPLACED;
    const int came = tw_chance_came(tracer, TW_CHANCE_SEARCH, tracer->household);
    tw_tell(&tracer->lines, "  searches%s, compares its home with %d towns:",
            came || !lost ? tw_chance_text(tracer, TW_CHANCE_SEARCH, tracer->household, chance)
                          : " at once, its dwelling being lost",
            tracer->world->num_counties - tw_is_town(tracer->now.household.zone));
    tell_prospects(tracer);
    if (!tracer->decision.applied) {
        tw_tell(&tracer->lines, "  stays: no place is better than home");
    }
}

static void tell_application(tw_tracer *tracer)
{
    const tw_application *of = &tracer->decision.application;
    char zone[TW_WORDS], second[TW_WORDS];
    const int needs = of->wants & TW_NEEDS_DWELLING;
    tw_tell(&tracer->lines, "  applies for %s%s%s: %s%s%s",
            tw_zone_words(tracer->world->region, of->destination, zone),
            of->second >= 0 ? ", else " : "",
            of->second >= 0 ? tw_zone_words(tracer->world->region, of->second, second) : "",
            !needs                        ? "needs no dwelling of the market there"
            : of->wants & TW_WANTS_PUBLIC ? "a public dwelling, else one of the market"
                                          : "a dwelling of the market",
            needs && (of->wants & TW_WANTS_SUBSIDY) ? ", with the rental subsidy" : "", "");
    tw_tell(&tracer->lines, "  lottery number %.6f of 1 (low ones come first), priority %d",
            tw_uniform(of->lottery), of->priority);
}

static void tell_act(tw_tracer *tracer)
{
    char chance[TW_WORDS];
    const uint64_t uid = tracer->household;
    switch (tracer->decision.act) {
        case TW_ACT_SEARCH:
            tell_search(tracer);
            break;
        case TW_ACT_RETURN:
            tw_tell(&tracer->lines, "  goes back%s",
                    tw_chance_text(tracer, TW_CHANCE_RETURN, uid, chance));
            break;
        case TW_ACT_FOUNDED:
            tw_tell(&tracer->lines, "  has no dwelling and looks for one where it lives");
            break;
        case TW_ACT_PUBLIC_EXIT:
            tw_tell(&tracer->lines, "  leaves public rental housing%s",
                    tw_chance_text(tracer, TW_CHANCE_PUBLIC_EXIT, uid, chance));
            break;
        case TW_ACT_NONE:
            break;
    }
}

void tw_trace_decides(tw_tracer *tracer, tw_place place)
{
    const tw_world *world = tracer->world;
    const tw_block *block = &world->population->blocks[place.block];
    const tw_candidate candidate = candidate_of(tracer, block, place.row);
    tw_decision *decision = &tracer->decision;
    note_chances(tracer, block, place.row);
    /* Workers rest between the steps: the first one lends its workspace. */
    decision->staying =
        tw_moving_prospects(world, &tracer->world->worker[0], block, place.row, tracer->prospect);
    decision->act = candidate.word[0] == UINT64_MAX && !(block->flags[place.row] & TW_DISPLACED)
                        ? TW_ACT_NONE
                        : tw_moving_act(world, block, &candidate);
    find_application(tracer);
    tell_act(tracer);
    if (decision->applied) {
        tell_application(tracer);
    }
}
