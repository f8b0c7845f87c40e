/* SPDX-License-Identifier: Apache-2.0 */
/** What was matched between the passes: unions, joining and taking in. */
#include <stdio.h>

#include "process/registration/registration.h"
#include "trace/tracer.h"

/* ---- chances of the second pass, from the state before the rebuild ---- */

static double register_uniform(const tw_tracer *tracer, uint32_t k)
{
    const tw_world *world = tracer->world;
    const uint64_t person = tracer->now.person[0].person_uid;
    return tw_uniform(tw_draw_at(world->key, TW_DRAW_REGISTER, person, world->quarter, k).word[0]);
}

static void note_registration(tw_tracer *tracer, const tw_block *block, int32_t row)
{
    enum { TRANSFER, LET, EXIT }; /* k of the draws */
    const tw_world *world = tracer->world;
    const int land = block->land_zone[row];
    if (!world->registering.deciding || !tw_is_town(block->zone[row]) || tracer->now.num == 0) {
        return;
    }
    tw_chance_note_uniform(tracer, TW_CHANCE_TRANSFER, tracer->household,
                           register_uniform(tracer, TRANSFER),
                           tw_transfer_chance(world, block, row));
    if (land >= 0) {
        tw_chance_note_uniform(tracer, TW_CHANCE_EXIT, tracer->household,
                               register_uniform(tracer, EXIT),
                               world->registering.exit[land / TW_NUM_ZONE_KINDS]);
    }
    if (land >= 0 && block->land_state[row] == TW_LAND_USED) {
        tw_chance_note_uniform(tracer, TW_CHANCE_LET, tracer->household,
                               register_uniform(tracer, LET), tw_land_let_chance(world, land));
    }
}

static void note_loss(tw_tracer *tracer, const tw_block *block, int32_t row)
{
    const tw_world *world = tracer->world;
    if (world->hazard.loss == NULL || block->tenure[row] == TW_COLLECTIVE) {
        return;
    }
    const tw_draw draw =
        tw_draw_at(world->key, TW_DRAW_DWELLING_LOST, tracer->household, world->quarter, 0);
    tw_chance_note_uniform(tracer, TW_CHANCE_LOSS, tracer->household, tw_uniform(draw.word[0]),
                           world->hazard.loss[block->zone[row]]);
}

static void note_stopping(tw_tracer *tracer)
{
    const tw_world *world = tracer->world;
    const int zone = tracer->now.household.zone;
    for (int i = 0; i < tracer->now.num; i++) {
        const tw_person *person = &tracer->now.person[i];
        const int age = tw_age(person->birth_quarter, world->quarter);
        if (person->activity == TW_SEEKING) {
            const tw_draw draw =
                tw_draw_at(world->key, TW_DRAW_JOB, person->person_uid, world->quarter, 2);
            tw_chance_note_uniform(tracer, TW_CHANCE_STOP, person->person_uid,
                                   tw_uniform(draw.word[0]),
                                   world->work.chance[tw_work_cell(zone, TW_SEEKING, age)]);
        }
    }
}

/* ---- telling ---- */

/** Where somebody goes: a household and its zone; uid 0 = not known. */
typedef struct goal {
    uint64_t household;
    int zone, founded;
} goal;

static goal goal_of(const tw_world *world, uint64_t person)
{
    const tw_transfers *transfers = &world->transfers;
    for (int32_t i = 0; i < transfers->edits.count; i++) {
        const tw_edit *edit = &transfers->edits.row[i];
        if (edit->kind == TW_EDIT_ADD_PERSON && edit->added.person_uid == person) {
            const tw_block *block = &world->population->blocks[edit->block];
            return (goal){block->uid[edit->household], block->zone[edit->household], 0};
        }
    }
    for (int32_t f = 0; f < transfers->num_foundings; f++) {
        const tw_founding *founding = &transfers->founding[f];
        for (int32_t i = 0; i < founding->num_persons; i++) {
            if (transfers->person[founding->first_person + i].person_uid == person) {
                return (goal){founding->household.uid, founding->household.zone, 1};
            }
        }
    }
    return (goal){0, TW_NO_ZONE, 0};
}

static void tell_joining(tw_tracer *tracer)
{
    char zone[TW_WORDS], chance[TW_WORDS];
    const goal to = goal_of(tracer->world, tracer->now.person[0].person_uid);
    const int orphans = tracer->before.household.flags & TW_ORPHANED;
    const tw_chance_kind kind = tracer->opening.household.tenure == TW_COLLECTIVE
                                    ? TW_CHANCE_COLLECTIVE_EXIT
                                    : TW_CHANCE_JOIN_KIN;
    const int came = !orphans && tw_chance_came(tracer, kind, tracer->household);
    tw_tell(&tracer->lines, "  the household joins household %llu in %s%s",
            (unsigned long long)to.household, tw_zone_words(tracer->world->region, to.zone, zone),
            orphans ? ": children alone"
            : came  ? tw_chance_text(tracer, kind, tracer->household, chance)
                    : ": home from school");
}

static void tell_going(tw_tracer *tracer, const tw_person *before)
{
    char who[TW_WORDS], zone[TW_WORDS], chance[TW_WORDS];
    const goal to = goal_of(tracer->world, before->person_uid);
    const int seeks = tw_chance_came(tracer, TW_CHANCE_UNION, before->person_uid);
    tw_tell(&tracer->lines, "  %s %s household %llu in %s%s", tw_person_words(tracer, before, who),
            !seeks       ? "goes along to"
            : to.founded ? "finds a partner and founds"
                         : "finds a partner and moves to",
            (unsigned long long)to.household, tw_zone_words(tracer->world->region, to.zone, zone),
            seeks ? tw_chance_text(tracer, TW_CHANCE_UNION, before->person_uid, chance) : "");
}

static void tell_person(tw_tracer *tracer, const tw_person *before, const tw_person *now)
{
    char who[TW_WORDS], chance[TW_WORDS];
    if (before->unit != 0 && now->unit == 0) {
        tell_going(tracer, before);
    } else if (before->marital != TW_MARRIED && now->marital == TW_MARRIED) {
        tw_tell(&tracer->lines, "  %s finds a partner, who moves in%s",
                tw_person_words(tracer, now, who),
                tw_chance_text(tracer, TW_CHANCE_UNION, now->person_uid, chance));
    }
}

void tw_trace_matches(tw_tracer *tracer, tw_place place)
{
    const tw_block *block = &tracer->world->population->blocks[place.block];
    const int before = tracer->before.household.flags, now = tracer->now.household.flags;
    note_registration(tracer, block, place.row);
    note_loss(tracer, block, place.row);
    note_stopping(tracer);
    if (now & ~before & TW_JOINS) {
        tell_joining(tracer);
        return;
    }
    if (now & ~before & TW_HOSTS) {
        tw_tell(&tracer->lines, "  takes in another household");
    }
    if (tracer->before.household.tenure != tracer->now.household.tenure) {
        tw_tell(&tracer->lines, "  leaves the collective home for one of its own");
    }
    for (int i = 0; i < tracer->now.num; i++) {
        tell_person(tracer, &tracer->before.person[i], &tracer->now.person[i]);
    }
}
