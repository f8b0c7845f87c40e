/* SPDX-License-Identifier: Apache-2.0 */
/** Who leaves a household: after parting, alone for work or an own home, as a couple. */
#include "process/households/households.h"
#include "process/members.h"

static tw_status found(tw_world *world, tw_worker *worker, const tw_subject *subject,
                       const int32_t *row, int num, int tenure)
{
    return tw_members_found(world, &worker->changes, &worker->tally, subject->place, row, num,
                            subject->block->zone[subject->place.row], tenure);
}

/* One who parts: as found(), but divorced. */
static tw_status found_apart(tw_world *world, tw_worker *worker, const tw_subject *subject,
                             const int32_t *row, int num)
{
    tw_transfers *changes = &worker->changes;
    const int32_t zone = subject->block->zone[subject->place.row];
    tw_status status = found(world, worker, subject, row, num, tw_tenure_founded(zone));
    if (status == TW_OK) {
        changes->person[changes->num_persons - num].marital = TW_DIVORCED;
    }
    return status;
}

/* The woman decides for a couple; a married person whose partner lives elsewhere for himself. */
static tw_status part(tw_world *world, tw_worker *worker, const tw_subject *subject, int *busy)
{
    const tw_block *block = subject->block;
    const int32_t row = subject->person;
    const int sex = block->sex[row];
    const double parting = world->forming.parting;
    const double widowed = world->vital.death[1 - sex][tw_age_index(world, block, row)];
    const uint32_t lead = tw_event_lead(subject->word[0], subject->word[1], TW_SLOT_PARTING);
    if (block->marital[row] != TW_MARRIED || lead >= tw_event_bound(parting + widowed)) {
        return TW_OK;
    }
    const int32_t partner = tw_partner_row(block, subject->place.row, row);
    const double dies = partner >= 0 ? 0 : widowed;
    const double u =
        tw_event_uniform(world->key, TW_DRAW_PARTING, block->person_uid[row], world->quarter, lead);
    if (u >= parting + dies || (partner >= 0 && sex == TW_MALE)) {
        return TW_OK;
    }
    const int32_t first = block->first_person[subject->place.row];
    tw_status status = tw_member_set_marital(&worker->changes, subject->place, row,
                                             u < dies ? TW_WIDOWED : TW_DIVORCED);
    if (partner < 0 || status != TW_OK) {
        return status;
    }
    *busy = 1;
    status = tw_member_set_marital(&worker->changes, subject->place, partner, TW_DIVORCED);
    /* The reference person stays; the children are with their mother. */
    int32_t group[TW_MOST_MOVERS] = {partner};
    const int num =
        partner == first ? tw_members_group(world, block, subject->place.row, row, group) : 1;
    return status == TW_OK ? found_apart(world, worker, subject, group, num) : status;
}

static int adult_stays(const tw_world *world, const tw_block *block, int32_t household,
                       int32_t leaver)
{
    for (int32_t p = block->first_person[household]; p < block->first_person[household + 1]; p++) {
        if (p != leaver && block->unit[p] != 0 && tw_age_index(world, block, p) >= 18) {
            return 1;
        }
    }
    return 0;
}

double tw_leave_chance(const tw_world *world, const tw_block *block, int32_t household,
                       int32_t person)
{
    const int kind = block->zone[household] % TW_NUM_ZONE_KINDS;
    const int coupled = block->marital[person] == TW_MARRIED;
    return world->forming.leave[kind][coupled][tw_age_index(world, block, person)];
}

/* Alone: for work into a dormitory or onto a site, or into a home of one's own in the same zone. */
static tw_status leave(tw_world *world, tw_worker *worker, const tw_subject *subject, int *busy)
{
    const tw_block *block = subject->block;
    const int32_t row = subject->person, household = subject->place.row;
    const double p = tw_leave_chance(world, block, household, row);
    const uint64_t uid = block->person_uid[row];
    int32_t group[TW_MOST_MOVERS];
    if (!tw_event_happens(world->key, TW_DRAW_LEAVE, uid, world->quarter,
                          tw_event_lead(subject->word[0], subject->word[1], TW_SLOT_LEAVE), p) ||
        block->tenure[household] == TW_COLLECTIVE || !adult_stays(world, block, household, row)) {
        return TW_OK;
    }
    /* A lone parent does not leave children behind. */
    const int lone = tw_partner_row(block, household, row) < 0;
    if (lone && tw_members_group(world, block, household, row, group) > 1) {
        return TW_OK;
    }
    *busy = 1;
    const tw_draw draw = tw_draw_at(world->key, TW_DRAW_LEAVER, uid, world->quarter, 0);
    const int dormitory = tw_uniform(draw.word[0]) < world->settings->dormitory_share;
    return found(world, worker, subject, &row, 1,
                 dormitory ? TW_COLLECTIVE : tw_tenure_founded(block->zone[household]));
}

/* A couple that lives in the household of others founds its own; the unit goes along. */
static tw_status split(tw_world *world, tw_worker *worker, const tw_subject *subject, int *busy)
{
    const tw_block *block = subject->block;
    const int32_t row = subject->person, household = subject->place.row;
    const int32_t first = block->first_person[household], end = block->first_person[household + 1];
    const uint8_t unit = block->unit[row];
    const double p = world->forming.split[block->zone[household] % TW_NUM_ZONE_KINDS];
    if (block->sex[row] != TW_FEMALE || block->marital[row] != TW_MARRIED ||
        block->unit[first] == unit || block->unit[first] == 0 ||
        !tw_event_happens(world->key, TW_DRAW_SPLIT, block->person_uid[row], world->quarter,
                          tw_event_lead(subject->word[0], subject->word[1], TW_SLOT_SPLIT), p)) {
        return TW_OK;
    }
    const int32_t partner = tw_partner_row(block, household, row);
    if (partner < 0) {
        return TW_OK;
    }
    int32_t group[TW_MOST_MOVERS] = {partner, row};
    int num = 2;
    for (int32_t q = first; q < end && num < TW_MOST_MOVERS; q++) {
        if (block->unit[q] == unit && q != row && q != partner) {
            group[num++] = q;
        }
    }
    *busy = 1;
    return found(world, worker, subject, group, num, tw_tenure_founded(block->zone[household]));
}

tw_status tw_households_person(tw_world *world, tw_worker *worker, const tw_subject *subject)
{
    int busy = 0;
    if (world->settings->households == TW_PROCESS_NONE) {
        return TW_OK;
    }
    tw_status status = TW_OK;
    if (tw_within_limit(world, subject, TW_SLOT_PARTING)) {
        status = part(world, worker, subject, &busy);
    }
    if (status == TW_OK && !busy && tw_within_limit(world, subject, TW_SLOT_SPLIT)) {
        status = split(world, worker, subject, &busy);
    }
    if (status == TW_OK && !busy && tw_within_limit(world, subject, TW_SLOT_LEAVE)) {
        status = leave(world, worker, subject, &busy);
    }
    if (status == TW_OK && !busy && tw_within_limit(world, subject, TW_SLOT_UNION)) {
        status = tw_union_seek(world, worker, subject);
    }
    return status;
}
