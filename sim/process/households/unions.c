/* SPDX-License-Identifier: Apache-2.0 */
/** Who looks for a partner, and where a new couple lives. */
#include <stdlib.h>
#include <string.h>

#include "process/households/households.h"
#include "process/members.h"

double tw_union_chance(const tw_world *world, const tw_block *block, int32_t person)
{
    const int sex = block->sex[person], marital = block->marital[person];
    const int age = tw_age_index(world, block, person);
    if (marital == TW_MARRIED) {
        return 0;
    }
    return marital == TW_NEVER_MARRIED ? world->forming.first_union[sex][age]
                                       : world->forming.next_union[sex][age];
}

tw_status tw_union_seek(const tw_world *world, tw_worker *worker, const tw_subject *subject)
{
    const tw_block *block = subject->block;
    const int32_t row = subject->person, household = subject->place.row;
    const double p = tw_union_chance(world, block, row);
    if (!tw_event_happens(world->key, TW_DRAW_UNION, block->person_uid[row], world->quarter,
                          tw_event_lead(subject->word[0], subject->word[1], TW_SLOT_UNION), p)) {
        return TW_OK;
    }
    const int county = block->zone[household] / TW_NUM_ZONE_KINDS;
    const tw_seeker seeker = {.uid = block->person_uid[row],
                              .kin_uid = block->kin_uid[row],
                              .household_uid = block->uid[household],
                              .place = subject->place,
                              .person = row,
                              .prefecture = world->region->counties[county].prefecture,
                              .county = county,
                              .birth = block->birth_quarter[row],
                              .sex = block->sex[row]};
    return tw_seekers_add(&worker->seekers, &seeker);
}

/** A partner at home: block, household and whether the household is his or her own. */
typedef struct tw_party {
    const tw_seeker *seeker;
    tw_block *block;
    int32_t row, person;
    int own, collective;
} tw_party;

static tw_party party_of(const tw_world *world, const tw_seeker *seeker)
{
    tw_block *block = &world->population->blocks[seeker->place.block];
    const int32_t row = seeker->place.row;
    const int collective = block->tenure[row] == TW_COLLECTIVE;
    return (tw_party){seeker,
                      block,
                      row,
                      seeker->person,
                      !collective && block->first_person[row] == seeker->person,
                      collective};
}

/* Whose home it will be: an own household before a parental one before a collective home, else the
 * man's by the setting. */
static int host_is_man(const tw_world *world, const tw_party *man, const tw_party *woman, double u)
{
    if (man->own != woman->own) {
        return man->own;
    }
    if (man->collective != woman->collective) {
        return woman->collective;
    }
    return u < world->settings->home_of_man;
}

/* Somebody else of the unit is married: a sibling with a couple's unit, a parent near in age. */
static int unit_is_taken(const tw_party *host)
{
    const tw_block *block = host->block;
    for (int32_t p = block->first_person[host->row]; p < block->first_person[host->row + 1]; p++) {
        if (p != host->person && block->unit[p] == block->unit[host->person] &&
            block->marital[p] == TW_MARRIED) {
            return 1;
        }
    }
    return 0;
}

/* The other one, with children, into the household of the host. */
static tw_status move_in(tw_world *world, const tw_party *host, const tw_party *mover)
{
    tw_zones *tally = &world->worker[0].tally;
    tw_person person;
    int32_t group[TW_MOST_MOVERS];
    const int num = tw_members_group(world, mover->block, mover->row, mover->person, group);
    const int taken = host->block->flags[host->row] & TW_HOSTS ? 64 : 1;
    tw_status status = TW_OK;
    if (tw_is_child_of_unit(host->block, host->row, host->person) || unit_is_taken(host)) {
        host->block->unit[host->person] = tw_free_unit(host->block, host->row, taken);
    }
    host->block->marital[host->person] = TW_MARRIED;
    for (int i = 0; i < num && status == TW_OK; i++) {
        status = tw_transfer_out(&world->transfers, world->population, mover->seeker->place,
                                 group[i], &person, &host->block->savings[host->row]);
        person.unit = host->block->unit[host->person];
        person.activity =
            tw_activity_after(world, person.person_uid, person.activity,
                              mover->block->zone[mover->row], host->block->zone[host->row]);
        person.marital = i == 0 ? TW_MARRIED : person.marital;
        if (status == TW_OK) {
            status = tw_transfer_in(&world->transfers, host->seeker->place, &person);
        }
    }
    tw_note_kin(mover->block, mover->row, host->seeker->household_uid);
    tw_count_transfer(tally, mover->block->zone[mover->row], host->block->zone[host->row], num);
    return status;
}

static tw_status take_out(tw_world *world, const tw_party *party, int zone, tw_person *person,
                          int *num, int64_t *money)
{
    int32_t group[TW_MOST_MOVERS];
    const int size = tw_members_group(world, party->block, party->row, party->person, group);
    tw_status status = TW_OK;
    for (int i = 0; i < size && status == TW_OK; i++) {
        status = tw_transfer_out(&world->transfers, world->population, party->seeker->place,
                                 group[i], &person[*num], money);
        person[*num].unit = 1;
        person[*num].activity =
            tw_activity_after(world, person[*num].person_uid, person[*num].activity,
                              party->block->zone[party->row], zone);
        person[*num].marital = i == 0 ? TW_MARRIED : person[*num].marital;
        ++*num;
    }
    return status;
}

/* A household of their own in the host's zone: the couple first, then the children of both. */
static tw_status found_together(tw_world *world, const tw_party *host, const tw_party *other)
{
    tw_zones *tally = &world->worker[0].tally;
    tw_person of_host[TW_MOST_MOVERS], of_other[TW_MOST_MOVERS], all[2 * TW_MOST_MOVERS];
    const int zone = host->block->zone[host->row], tenure = tw_tenure_founded(zone);
    int hosts = 0, others = 0, num = 0;
    int64_t money = 0;
    tw_status status = take_out(world, host, zone, of_host, &hosts, &money);
    if (status == TW_OK) {
        status = take_out(world, other, zone, of_other, &others, &money);
    }
    if (status != TW_OK) {
        return status;
    }
    const int man_first = host->seeker->sex == TW_MALE;
    all[num++] = man_first ? of_host[0] : of_other[0];
    all[num++] = man_first ? of_other[0] : of_host[0];
    memcpy(all + num, of_host + 1, (size_t)(hosts - 1) * sizeof(*all));
    num += hosts - 1;
    memcpy(all + num, of_other + 1, (size_t)(others - 1) * sizeof(*all));
    num += others - 1;
    tw_person *founder = all[1].person_uid < all[0].person_uid ? &all[1] : &all[0];
    tw_household household =
        tw_household_founded(world, host->block, host->row, founder, zone, tenure);
    household.savings = money;
    tw_note_kin(host->block, host->row, household.uid);
    tw_note_kin(other->block, other->row, household.uid);
    tw_count_founded(tally, zone, tenure);
    tw_count_transfer(tally, other->block->zone[other->row], zone, others);
    return tw_transfer_found(&world->transfers, world->population, &household, num, all);
}

static tw_status settle(tw_world *world, const tw_seeker *man, const tw_seeker *woman)
{
    const tw_party his = party_of(world, man), hers = party_of(world, woman);
    const tw_draw draw = tw_draw_at(world->key, TW_DRAW_COUPLE_HOME, tw_mix2(man->uid, woman->uid),
                                    world->quarter, 0);
    const int at_his = host_is_man(world, &his, &hers, tw_uniform(draw.word[0]));
    const tw_party *host = at_his ? &his : &hers, *other = at_his ? &hers : &his;
    const int town = tw_is_town(host->block->zone[host->row]);
    const double joins =
        town ? world->settings->join_parents_town : world->settings->join_parents_rural;
    TW_AT(&world->worker[0].tally, unions, host->block->zone[host->row]) += 1;
    if (host->own || (!host->collective && tw_uniform(draw.word[1]) < joins)) {
        return move_in(world, host, other);
    }
    return found_together(world, host, other);
}

/* Couples come from all over: the rows of one are on their way while those before it settle. */
enum { AHEAD = 4 };

static void fetch(const tw_world *world, const tw_seeker *seeker)
{
    tw_block_prefetch(&world->population->blocks[seeker->place.block], seeker->place.row,
                      seeker->person);
}

/* Who left or moved to kin in the meantime looks no longer. */
static tw_status gather(const tw_world *world, tw_seekers *list)
{
    tw_status status = TW_OK;
    for (int w = 0; w < world->num_workers; w++) {
        const tw_seekers *part = &world->worker[w].seekers;
        for (int32_t i = 0; i < part->count && status == TW_OK; i++) {
            const tw_seeker *seeker = &part->row[i];
            const tw_block *block = &world->population->blocks[seeker->place.block];
            const int gone = block->unit[seeker->person] == 0 ||
                             (block->flags[seeker->place.row] & TW_LEAVES_REGION);
            status = gone ? TW_OK : tw_seekers_add(list, seeker);
        }
    }
    return status;
}

tw_status tw_unions_make(tw_world *world)
{
    const tw_settings *settings = world->settings;
    const tw_age_window window = {(int32_t)(4 * settings->man_older),
                                  (int32_t)(4 * settings->man_younger),
                                  (int32_t)(4 * settings->man_usually_older)};
    tw_seekers list = {0};
    tw_pair *pair = NULL;
    int32_t num_pairs = 0;
    tw_status status = gather(world, &list);
    if (status == TW_OK) {
        pair = malloc(((size_t)list.count / 2 + 1) * sizeof(*pair));
        status = pair == NULL ? TW_NO_MEMORY : TW_OK;
    }
    if (status == TW_OK) {
        status = tw_seekers_pair(&list, world->key, world->quarter, &window, world->num_workers,
                                 pair, &num_pairs);
    }
    for (int32_t i = 0; i < num_pairs && status == TW_OK; i++) {
        if (i + AHEAD < num_pairs) {
            fetch(world, &list.row[pair[i + AHEAD].man]);
            fetch(world, &list.row[pair[i + AHEAD].woman]);
        }
        status = settle(world, &list.row[pair[i].man], &list.row[pair[i].woman]);
    }
    free(pair);
    tw_seekers_free(&list);
    return status;
}
