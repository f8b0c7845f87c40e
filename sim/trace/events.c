/* SPDX-License-Identifier: Apache-2.0 */
/** What the first pass did to the members: work, school, births, deaths, who leaves. */
#include <stdio.h>

#include "process/demography/demography.h"
#include "process/households/households.h"
#include "trace/tracer.h"

/* ---- chances ---- */

static void note_of_work(tw_tracer *tracer, const tw_person *person, int zone, int age)
{
    const int idle = person->activity == TW_SEEKING || tw_at_school(age, person->schooling);
    const double *chance = tracer->world->work.chance;
    tw_chance_note(tracer, TW_CHANCE_WORK, person->person_uid,
                   idle ? 0 : chance[tw_work_cell(zone, person->activity, age)]);
}

static void note_of_couples(tw_tracer *tracer, const tw_block *block, tw_place place, int32_t row)
{
    const tw_world *world = tracer->world;
    const int32_t first = block->first_person[place.row];
    const int kind = block->zone[place.row] % TW_NUM_ZONE_KINDS;
    const uint64_t uid = block->person_uid[row];
    if (block->marital[row] != TW_MARRIED) {
        return;
    }
    const double widowed =
        tw_partner_row(block, place.row, row) >= 0
            ? 0
            : world->vital.death[1 - block->sex[row]][tw_age_index(world, block, row)];
    tw_chance_note(tracer, TW_CHANCE_PARTING, uid, world->forming.parting + widowed);
    if (block->sex[row] == TW_FEMALE && block->unit[row] != block->unit[first]) {
        tw_chance_note(tracer, TW_CHANCE_SPLIT, uid, world->forming.split[kind]);
    }
}

static void note_of_person(tw_tracer *tracer, const tw_block *block, tw_place place, int index)
{
    const tw_world *world = tracer->world;
    const int32_t row = block->first_person[place.row] + index;
    const uint64_t uid = block->person_uid[row];
    tw_chance_note(tracer, TW_CHANCE_DEATH, uid, tw_death_chance(world, block, row));
    tw_chance_note(tracer, TW_CHANCE_BIRTH, uid, tw_birth_chance(world, block, place.row, row));
    note_of_work(tracer, &tracer->opening.person[index], block->zone[place.row],
                 tw_age_index(world, block, row));
    note_of_couples(tracer, block, place, row);
    if (tracer->opening.household.tenure != TW_COLLECTIVE) {
        tw_chance_note(tracer, TW_CHANCE_LEAVE, uid, tw_leave_chance(world, block, place.row, row));
    }
    tw_chance_note(tracer, TW_CHANCE_UNION, uid, tw_union_chance(world, block, row));
}

static void note_of_household(tw_tracer *tracer, const tw_block *block, tw_place place)
{
    const tw_world *world = tracer->world;
    const int32_t first = block->first_person[place.row];
    if (block->flags[place.row] & TW_LEAVES_REGION) {
        tw_chance_note(tracer, TW_CHANCE_DEPARTURE, tracer->household, world->departure);
    }
    if (tracer->opening.household.tenure == TW_COLLECTIVE) {
        tw_chance_note(tracer, TW_CHANCE_COLLECTIVE_EXIT, tracer->household,
                       world->forming.collective_exit[tw_age_index(world, block, first)]);
    } else {
        tw_chance_note(tracer, TW_CHANCE_JOIN_KIN, tracer->household,
                       tw_join_chance(world, block, place.row));
    }
}

/* ---- telling ---- */

static const char *work_words(int before, int after, int age)
{
    if (before == TW_AT_HOME) {
        return after == TW_FARMING ? "begins to farm" : "begins to look for a job";
    }
    if (after == TW_AT_HOME) {
        return age >= 50 ? "retires" : "gives up work for the household";
    }
    if (after == TW_SELF_EMPLOYED) {
        return "begins a business";
    }
    if (after == TW_FARMING) {
        return "goes back to the farm";
    }
    return before == TW_FARMING         ? "leaves the farm to look for a job"
           : before == TW_SELF_EMPLOYED ? "closes the business and looks for a job"
                                        : "loses the job";
}

static void tell_work(tw_tracer *tracer, const tw_person *before, const tw_person *now)
{
    char who[TW_WORDS], chance[TW_WORDS];
    const int age = tw_age(now->birth_quarter, tracer->world->quarter);
    tw_tell(&tracer->lines, "  %s %s%s", tw_person_words(tracer, now, who),
            work_words(before->activity, now->activity, age),
            tw_chance_text(tracer, TW_CHANCE_WORK, now->person_uid, chance));
}

/* The founding that a person takes part in, among those of the first pass. */
static const tw_founding *find_founding(const tw_world *world, uint64_t person,
                                        const tw_person **members)
{
    for (int w = 0; w < world->num_workers; w++) {
        const tw_transfers *changes = &world->worker[w].changes;
        for (int32_t f = 0; f < changes->num_foundings; f++) {
            const tw_founding *founding = &changes->founding[f];
            *members = changes->person + founding->first_person;
            for (int32_t i = 0; i < founding->num_persons; i++) {
                if ((*members)[i].person_uid == person) {
                    return founding;
                }
            }
        }
    }
    return NULL;
}

/* The chance of one of the members that came, as text. */
static const char *whose_chance(const tw_tracer *tracer, tw_chance_kind kind, char out[TW_WORDS])
{
    out[0] = '\0';
    for (int i = 0; i < tracer->opening.num; i++) {
        const uint64_t uid = tracer->opening.person[i].person_uid;
        if (tw_chance_came(tracer, kind, uid)) {
            return tw_chance_text(tracer, kind, uid, out);
        }
    }
    return out;
}

static const char *founding_words(const tw_tracer *tracer, const tw_founding *founding,
                                  const tw_person *members, char chance[TW_WORDS])
{
    const int age = tw_age(members[0].birth_quarter, tracer->world->quarter);
    const int couple = founding->num_persons > 1 && members[0].marital == TW_MARRIED &&
                       members[1].marital == TW_MARRIED;
    chance[0] = '\0';
    if (founding->household.tenure == TW_COLLECTIVE && age < 19 &&
        !tw_chance_came(tracer, TW_CHANCE_LEAVE, members[0].person_uid)) {
        return age < 18 ? "boards at a senior school:" : "goes to college:";
    }
    if (members[0].marital == TW_DIVORCED && whose_chance(tracer, TW_CHANCE_PARTING, chance)[0]) {
        return "parts from the partner and founds";
    }
    if (couple) {
        whose_chance(tracer, TW_CHANCE_SPLIT, chance);
        return "leaves with the partner and founds";
    }
    tw_chance_text(tracer, TW_CHANCE_LEAVE, members[0].person_uid, chance);
    return founding->household.tenure == TW_COLLECTIVE ? "leaves for a dormitory or building site:"
                                                       : "leaves for a home of its own:";
}

static void tell_founding(tw_tracer *tracer, const tw_person *person, const tw_founding *founding,
                          const tw_person *members)
{
    char who[TW_WORDS], zone[TW_WORDS], chance[TW_WORDS];
    tw_person_words(tracer, person, who);
    if (members[0].person_uid != person->person_uid) {
        tw_tell(&tracer->lines, "  %s goes along to household %llu", who,
                (unsigned long long)founding->household.uid);
        return;
    }
    const char *words = founding_words(tracer, founding, members, chance);
    tw_tell(&tracer->lines, "  %s %s household %llu in %s%s", who, words,
            (unsigned long long)founding->household.uid,
            tw_zone_words(tracer->world->region, founding->household.zone, zone), chance);
}

static void tell_leaving(tw_tracer *tracer, const tw_person *person)
{
    char who[TW_WORDS], chance[TW_WORDS];
    const tw_person *members;
    const tw_founding *founding = find_founding(tracer->world, person->person_uid, &members);
    if (founding != NULL) {
        tell_founding(tracer, person, founding, members);
    } else if (tw_chance_came(tracer, TW_CHANCE_DEATH, person->person_uid)) {
        tw_tell(&tracer->lines, "  %s dies%s", tw_person_words(tracer, person, who),
                tw_chance_text(tracer, TW_CHANCE_DEATH, person->person_uid, chance));
    } else {
        tw_tell(&tracer->lines, "  %s leaves the region for college",
                tw_person_words(tracer, person, who));
    }
}

static void tell_person(tw_tracer *tracer, const tw_person *before, const tw_person *now)
{
    char who[TW_WORDS], chance[TW_WORDS];
    tw_person_words(tracer, now, who);
    if (before->activity != now->activity) {
        tell_work(tracer, before, now);
    }
    if (before->schooling != now->schooling) {
        tw_tell(&tracer->lines, "  %s enters %s", who, tw_school_words(now->schooling));
    }
    if (before->children_born != now->children_born) {
        tw_tell(&tracer->lines, "  %s gives birth%s", who,
                tw_chance_text(tracer, TW_CHANCE_BIRTH, now->person_uid, chance));
    }
    if (before->unit != 0 && now->unit == 0) {
        tell_leaving(tracer, now);
    }
}

void tw_trace_events(tw_tracer *tracer, tw_place place)
{
    const tw_block *block = &tracer->world->population->blocks[place.block];
    char chance[TW_WORDS];
    for (int i = 0; i < tracer->opening.num; i++) {
        note_of_person(tracer, block, place, i);
    }
    note_of_household(tracer, block, place);
    if (tracer->now.household.flags & TW_LEAVES_REGION) {
        tw_tell(&tracer->lines, "  the household departs from the region%s",
                tw_chance_text(tracer, TW_CHANCE_DEPARTURE, tracer->household, chance));
        return;
    }
    for (int i = 0; i < tracer->now.num; i++) {
        tell_person(tracer, &tracer->before.person[i], &tracer->now.person[i]);
    }
    if (tracer->before.household.tenure != tracer->now.household.tenure) {
        tw_tell(&tracer->lines, "  leaves the collective home for one of its own%s",
                tw_chance_text(tracer, TW_CHANCE_COLLECTIVE_EXIT, tracer->household, chance));
    }
}
