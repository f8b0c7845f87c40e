/* SPDX-License-Identifier: Apache-2.0 */
/** Groups of persons, founding, counting: what processes that move persons have in common. */
#include "process/members.h"

tw_household_kind tw_kind_of_household(const tw_world *world, const tw_block *block, int32_t row)
{
    const int32_t first = block->first_person[row], size = tw_household_size(block, row);
    if (block->tenure[row] == TW_COLLECTIVE) {
        return TW_HOUSEHOLD_COLLECTIVE;
    }
    if (size == 1) {
        return TW_HOUSEHOLD_ONE_PERSON;
    }
    for (int32_t p = first; p < first + size; p++) {
        if (tw_age(block->birth_quarter[p], world->quarter) < 15) {
            return TW_HOUSEHOLD_WITH_CHILDREN;
        }
    }
    return size == 2 && tw_partner_row(block, row, first) >= 0 ? TW_HOUSEHOLD_COUPLE
                                                               : TW_HOUSEHOLD_OTHER;
}

int tw_grant_for(const tw_world *world, tw_lever lever, const tw_block *block, int32_t row,
                 int county)
{
    const int kind = (int)tw_kind_of_household(world, block, row);
    return tw_grant_in_force(world, lever, kind, county, world->quarter);
}

int tw_is_child_of_unit(const tw_block *block, int32_t household, int32_t person)
{
    for (int32_t p = block->first_person[household]; p < block->first_person[household + 1]; p++) {
        if (block->unit[p] == block->unit[person] &&
            block->birth_quarter[person] - block->birth_quarter[p] >= 4 * TW_GENERATION) {
            return 1;
        }
    }
    return 0;
}

int tw_members_group(const tw_world *world, const tw_block *block, int32_t household,
                     int32_t person, int32_t *row)
{
    int num = 0;
    row[num++] = person;
    if (tw_is_child_of_unit(block, household, person)) {
        return num;
    }
    for (int32_t p = block->first_person[household];
         p < block->first_person[household + 1] && num < TW_MOST_MOVERS; p++) {
        if (p != person && block->unit[p] == block->unit[person] &&
            block->marital[p] == TW_NEVER_MARRIED &&
            tw_age_index(world, block, p) < TW_AGE_OF_LEAVING) {
            row[num++] = p;
        }
    }
    return num;
}

uint8_t tw_free_unit(const tw_block *block, int32_t household, int from)
{
    for (int unit = from; unit < 255; unit++) {
        int taken = 0;
        for (int32_t p = block->first_person[household]; p < block->first_person[household + 1];
             p++) {
            taken |= block->unit[p] == unit;
        }
        if (!taken) {
            return (uint8_t)unit;
        }
    }
    return 255;
}

void tw_count_founded(tw_zones *tally, int zone, int tenure)
{
    TW_AT(tally, families, zone) += tenure != TW_COLLECTIVE;
    TW_AT(tally, collectives, zone) += tenure == TW_COLLECTIVE;
    TW_AT(tally, founded, zone) += 1;
}

void tw_note_kin(tw_block *block, int32_t household, uint64_t uid)
{
    for (int32_t p = block->first_person[household]; p < block->first_person[household + 1]; p++) {
        if (block->unit[p] != 0) {
            block->kin_uid[p] = uid;
        }
    }
}

void tw_count_transfer(tw_zones *tally, int from, int to, int32_t persons)
{
    if (from != to) {
        TW_AT(tally, joined_out, from) += persons;
        TW_AT(tally, joined_in, to) += persons;
    }
}

int tw_tenure_founded(int zone)
{
    return tw_is_town(zone) ? TW_OTHER_TENURE : TW_RURAL_HOUSE;
}

void tw_household_changes_work(const tw_world *world, tw_block *block, int32_t household, int zone)
{
    for (int32_t p = block->first_person[household]; p < block->first_person[household + 1]; p++) {
        block->activity[p] = tw_activity_after(world, block->person_uid[p], block->activity[p],
                                               block->zone[household], zone);
    }
}

tw_household tw_household_founded(const tw_world *world, const tw_block *block, int32_t row,
                                  tw_person *founder, int zone, int tenure)
{
    const uint64_t uid = tw_founding_uid(founder->person_uid, founder->foundings++);
    const int seeks = tenure != TW_COLLECTIVE && tw_needs_dwelling(world, uid, zone);
    const int same_county = zone / TW_NUM_ZONE_KINDS == block->zone[row] / TW_NUM_ZONE_KINDS;
    const int on_land = zone == block->land_zone[row];
    const uint8_t land_state = on_land ? (uint8_t)TW_LAND_USED : block->land_state[row];
    return (tw_household){
        .uid = uid,
        .zone = (int16_t)zone,
        .land_zone = block->land_zone[row],
        .taste_zone = (int16_t)(zone == block->taste_zone[row] ? zone : TW_NO_ZONE),
        .moved_quarter = (int16_t)world->quarter,
        .land_state = land_state,
        .permit_quarters = same_county ? block->permit_quarters[row] : 0,
        .tenure = (uint8_t)tenure,
        .flags = (uint8_t)(seeks ? TW_SEEKS_DWELLING : 0)};
}

tw_status tw_members_found(tw_world *world, tw_transfers *transfers, tw_zones *tally,
                           tw_place place, const int32_t *row, int num, int zone, int tenure)
{
    tw_block *block = &world->population->blocks[place.block];
    tw_person person[TW_MOST_MOVERS];
    int64_t money = 0;
    tw_status status = TW_OK;
    for (int i = 0; i < num && status == TW_OK; i++) {
        status = tw_transfer_out(transfers, world->population, place, row[i], &person[i], &money);
        person[i].unit = 1;
        person[i].activity = tw_activity_after(world, person[i].person_uid, person[i].activity,
                                               block->zone[place.row], zone);
    }
    if (status != TW_OK) {
        return status;
    }
    /* Of a couple the lower uid founds, whoever comes first in the household. */
    const int couple = num > 1 && person[1].marital == TW_MARRIED;
    tw_person *founder =
        couple && person[1].person_uid < person[0].person_uid ? &person[1] : person;
    tw_household household = tw_household_founded(world, block, place.row, founder, zone, tenure);
    household.savings = money;
    tw_note_kin(block, place.row, household.uid);
    tw_count_founded(tally, zone, tenure);
    tw_count_transfer(tally, block->zone[place.row], zone, num);
    return tw_transfer_found(transfers, world->population, &household, num, person);
}

void tw_leave_collective(const tw_world *world, tw_block *block, int32_t row, tw_zones *tally)
{
    const int zone = block->zone[row];
    block->tenure[row] = (uint8_t)tw_tenure_founded(zone);
    if (tw_needs_dwelling(world, block->uid[row], zone)) {
        block->flags[row] |= TW_SEEKS_DWELLING;
    }
    TW_AT(tally, collectives, zone) -= 1;
    TW_AT(tally, families, zone) += 1;
}

unsigned tw_household_needs(const tw_world *world, const tw_block *block, int32_t household)
{
    unsigned school = 0, senior = 0, care = 0;
    for (int32_t p = block->first_person[household]; p < block->first_person[household + 1]; p++) {
        const int age = tw_age(block->birth_quarter[p], world->quarter);
        school |= age >= 6 && age < 15;
        senior |= age >= 12 && age < 18;
        care |= age < 3 || age >= 65;
    }
    return school << TW_SERVICE_SCHOOL | senior << TW_SERVICE_SENIOR | care << TW_SERVICE_CARE |
           1U << TW_SERVICE_HOSPITAL | 1U << TW_SERVICE_UTILITIES;
}

tw_status tw_ask_kin(tw_worker *worker, const tw_block *block, tw_place place, int reason)
{
    const tw_host asking = {.uid = block->uid[place.row],
                            .kin = block->kin_uid[block->first_person[place.row]],
                            .place = place,
                            .zone = block->zone[place.row],
                            .reason = (uint8_t)reason};
    return tw_host_list_add(&worker->joining, &asking);
}

tw_status tw_member_remove(tw_transfers *transfers, const tw_subject *subject)
{
    tw_edit *edit = tw_edits_add(&transfers->edits);
    if (edit == NULL) {
        return TW_NO_MEMORY;
    }
    edit->kind = TW_EDIT_REMOVE_PERSON;
    edit->block = subject->place.block;
    edit->household = subject->place.row;
    edit->person = subject->person;
    subject->block->unit[subject->person] = 0;
    return TW_OK;
}

tw_status tw_member_set_marital(tw_transfers *transfers, tw_place place, int32_t person,
                                int marital)
{
    tw_edit *edit = tw_edits_add(&transfers->edits);
    if (edit == NULL) {
        return TW_NO_MEMORY;
    }
    edit->kind = TW_EDIT_SET_MARITAL;
    edit->block = place.block;
    edit->household = place.row;
    edit->person = person;
    edit->added.marital = (uint8_t)marital;
    return TW_OK;
}
