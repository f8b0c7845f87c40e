/* SPDX-License-Identifier: Apache-2.0 */
/** Households that join their kin or a host of the zone; collective homes that are left. */
#include "process/households/households.h"
#include "process/members.h"

enum { AGE_OF_ELDERS = 65 };

/* Nobody under an age, nobody leaving: orphans cannot host, elders live among elders. */
static int youngest_age(const tw_world *world, const tw_block *block, int32_t row)
{
    int youngest = TW_MAX_AGE;
    for (int32_t p = block->first_person[row]; p < block->first_person[row + 1]; p++) {
        const int age = tw_age_index(world, block, p);
        youngest = age < youngest ? age : youngest;
    }
    return youngest;
}

/* Someone grown up is at home and stays there. */
static int can_host(const tw_world *world, const tw_block *block, int32_t row)
{
    const int32_t first = block->first_person[row];
    return block->tenure[row] != TW_COLLECTIVE &&
           !(block->flags[row] & (TW_LEAVES_REGION | TW_JOINS | TW_HOSTS | TW_ORPHANED)) &&
           block->unit[first] != 0 && tw_age_index(world, block, first) >= 18;
}

/* Whether anything happened to the household in this quarter's first pass. */
static int was_edited(const tw_worker *worker, int32_t first_edit, int32_t row)
{
    for (int32_t e = first_edit; e < worker->changes.edits.count; e++) {
        if (worker->changes.edits.row[e].household == row) {
            return 1;
        }
    }
    return 0;
}

/* Whether an event is worth a look: its leading bits pass the bound of all households. */
static int passes(const tw_world *world, const tw_candidate *candidate, int slot)
{
    return tw_event_lead(candidate->word[0], candidate->word[1], slot) <
           world->household_bound[slot];
}

static int candidate_event(const tw_world *world, const tw_candidate *candidate, int slot,
                           tw_purpose purpose, uint64_t uid, double p)
{
    return tw_event_happens(world->key, purpose, uid, world->quarter,
                            tw_event_lead(candidate->word[0], candidate->word[1], slot), p);
}

double tw_join_chance(const tw_world *world, const tw_block *block, int32_t row)
{
    const int32_t first = block->first_person[row];
    if (youngest_age(world, block, row) >= AGE_OF_ELDERS) {
        return world->forming.join_elder;
    }
    return tw_household_size(block, row) == 1 && block->kin_uid[first] != 0
               ? world->forming.join_alone
               : 0;
}

static tw_status candidate_acts(tw_world *world, tw_worker *worker, tw_place place,
                                const tw_candidate *candidate, int32_t first_edit)
{
    tw_block *block = &world->population->blocks[place.block];
    const uint64_t uid = block->uid[place.row];
    const int32_t first = block->first_person[place.row];
    const int collective = block->tenure[place.row] == TW_COLLECTIVE;
    if (block->flags[place.row] & TW_LEAVES_REGION) {
        return TW_OK;
    }
    if (block->flags[place.row] & TW_ORPHANED) {
        return tw_ask_kin(worker, block, place, TW_JOIN_ORPHANS);
    }
    if (collective && passes(world, candidate, TW_SLOT_COLLECTIVE_EXIT) &&
        block->unit[first] != 0 &&
        candidate_event(world, candidate, TW_SLOT_COLLECTIVE_EXIT, TW_DRAW_COLLECTIVE_EXIT, uid,
                        world->forming.collective_exit[tw_age_index(world, block, first)]) &&
        !was_edited(worker, first_edit, place.row)) {
        const tw_draw draw = tw_draw_at(world->key, TW_DRAW_LEAVER, uid, world->quarter, 1);
        if (block->kin_uid[first] != 0 &&
            tw_uniform(draw.word[0]) < world->settings->collective_return) {
            return tw_ask_kin(worker, block, place, TW_JOIN_COLLECTIVE);
        }
        tw_leave_collective(world, block, place.row, &worker->tally);
        return TW_OK;
    }
    if (!collective && passes(world, candidate, TW_SLOT_JOIN_KIN) &&
        candidate_event(world, candidate, TW_SLOT_JOIN_KIN, TW_DRAW_JOIN_KIN, uid,
                        tw_join_chance(world, block, place.row)) &&
        !was_edited(worker, first_edit, place.row)) {
        const int elders = youngest_age(world, block, place.row) >= AGE_OF_ELDERS;
        return tw_ask_kin(worker, block, place, elders ? TW_JOIN_ELDERS : TW_JOIN_ALONE);
    }
    return TW_OK;
}

tw_status tw_households_block(tw_world *world, tw_worker *worker, int32_t block_index,
                              int32_t first_edit, int32_t first_candidate)
{
    const tw_block *block = &world->population->blocks[block_index];
    tw_status status = TW_OK;
    if (world->settings->households == TW_PROCESS_NONE) {
        return status;
    }
    for (int32_t c = first_candidate; c < worker->num_candidates && status == TW_OK; c++) {
        const tw_candidate *candidate = &worker->candidate[c];
        const tw_place place = {block_index, candidate->row};
        /* One family in 256, whatever the bounds are: hosts are drawn, not thinned. */
        if (tw_event_lead(candidate->word[0], candidate->word[1], TW_SLOT_HOST) < 256 &&
            can_host(world, block, place.row)) {
            const tw_host host = {
                .uid = block->uid[place.row], .place = place, .zone = block->zone[place.row]};
            status = tw_host_list_add(&worker->hosts, &host);
        }
        if (status == TW_OK) {
            status = candidate_acts(world, worker, place, candidate, first_edit);
        }
    }
    return status;
}

/* Where it goes: to its kin, else, for those who need one, to a host of the zone. */
static int find_home(const tw_world *world, const tw_host_list *hosts, const tw_host *asking,
                     tw_place *home)
{
    const tw_population *population = world->population;
    if (tw_population_find(population, asking->kin, home) && asking->kin != asking->uid &&
        can_host(world, &population->blocks[home->block], home->row)) {
        return 1;
    }
    if (asking->reason != TW_JOIN_ORPHANS && asking->reason != TW_JOIN_ELDERS) {
        return 0;
    }
    const tw_host *host = tw_host_best(hosts, asking, world->key, world->quarter);
    if (host == NULL) {
        return 0;
    }
    *home = host->place;
    return can_host(world, &population->blocks[home->block], home->row);
}

/* A married person comes home to a partner who stayed there: of the other sex, at most 20 years
 * off.
 */
static int32_t partner_at_home(const tw_block *block, int32_t row, const tw_person *person)
{
    if (person->marital != TW_MARRIED) {
        return -1;
    }
    for (int32_t p = block->first_person[row]; p < block->first_person[row + 1]; p++) {
        const int32_t apart = block->birth_quarter[p] - person->birth_quarter;
        if (block->marital[p] == TW_MARRIED && block->unit[p] != 0 &&
            block->sex[p] != person->sex && apart > -80 && apart < 80 &&
            tw_partner_row(block, row, p) < 0) {
            return p;
        }
    }
    return -1;
}

static tw_status join(tw_world *world, const tw_host *asking, tw_place home)
{
    tw_block *from = &world->population->blocks[asking->place.block];
    tw_block *into = &world->population->blocks[home.block];
    const int32_t row = asking->place.row;
    const int32_t first = from->first_person[row], end = from->first_person[row + 1];
    uint8_t number[256] = {0}; /* unit there by unit here */
    tw_status status = TW_OK;
    int next = 1, moved = 0;
    for (int32_t p = first; p < end && status == TW_OK; p++) {
        tw_person person;
        if (from->unit[p] == 0) {
            continue;
        }
        status = tw_transfer_out(&world->transfers, world->population, asking->place, p, &person,
                                 &into->savings[home.row]);
        if (number[person.unit] == 0) {
            const int32_t partner =
                end - first == 1 ? partner_at_home(into, home.row, &person) : -1;
            next = partner >= 0 ? into->unit[partner] : tw_free_unit(into, home.row, next);
            number[person.unit] = (uint8_t)next++;
        }
        person.unit = number[person.unit];
        person.activity = tw_activity_after(world, person.person_uid, person.activity,
                                            from->zone[row], into->zone[home.row]);
        if (status == TW_OK) {
            status = tw_transfer_in(&world->transfers, home, &person);
        }
        moved++;
    }
    from->flags[row] |= TW_JOINS;
    into->flags[home.row] |= moved > 0 ? TW_HOSTS : 0;
    tw_count_transfer(&world->worker[0].tally, from->zone[row], into->zone[home.row], moved);
    TW_AT(&world->worker[0].tally, taken_in, into->zone[home.row]) += moved;
    return status;
}

tw_status tw_kin_join(tw_world *world)
{
    tw_host_list asking = {0}, hosts = {0};
    tw_status status = TW_OK;
    for (int w = 0; w < world->num_workers && status == TW_OK; w++) {
        status = tw_host_list_join(&asking, &world->worker[w].joining);
        if (status == TW_OK) {
            status = tw_host_list_join(&hosts, &world->worker[w].hosts);
        }
    }
    tw_host_list_sort(&asking);
    tw_host_list_sort_by_zone(&hosts);
    for (int32_t i = 0; i < asking.count && status == TW_OK; i++) {
        const tw_host *one = &asking.row[i];
        tw_block *block = &world->population->blocks[one->place.block];
        tw_place home;
        if (block->flags[one->place.row] & (TW_HOSTS | TW_JOINS)) {
            continue;
        }
        if (find_home(world, &hosts, one, &home)) {
            status = join(world, one, home);
        } else if (one->reason == TW_JOIN_COLLECTIVE &&
                   block->tenure[one->place.row] == TW_COLLECTIVE) {
            tw_leave_collective(world, block, one->place.row, &world->worker[0].tally);
        }
    }
    tw_host_list_free(&asking);
    tw_host_list_free(&hosts);
    return status;
}

tw_status tw_households_match(tw_world *world)
{
    tw_status status = tw_kin_join(world);
    return status == TW_OK ? tw_unions_make(world) : status;
}
