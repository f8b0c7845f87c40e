/* SPDX-License-Identifier: Apache-2.0 */
/** Vital events: tables by age published once a year, thinned draws per block, edits. */
#include "process/demography/demography.h"

#include <string.h>

#include "base/clones.h"
#include "base/rows.h"

/** Boys per birth: sex ratio at birth of 105, usual without selection (UN); assumed here. */
static const double male_birth_share = 0.512;
/** Deaths at ages 1-4 a year relative to the first year of life; assumed from model life tables. */
static const double child_to_infant = 0.1;

static const char *const fertility_schedule[TW_NUM_TIERS + 1] = {
    [TW_COUNTY_TOWN] = "asfr_scaled_town",
    [TW_CITY] = "asfr_scaled_city",
    [TW_CAPITAL] = "asfr_scaled_city",
    [TW_NUM_TIERS] = "asfr_scaled_rural"};

tw_status tw_demography_check(const tw_region *region, tw_report *report)
{
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        for (int age = 5; age < 100; age++) {
            if (tw_region_schedule(region, "mx_fitted", sex, age, 2020) < 0) {
                return tw_report_add(report, TW_BAD_INPUT, region->folder, 0,
                                     "a rate for every age from 5 and both sexes",
                                     "schedule mx_fitted has no row for age %d, sex %d", age, sex);
            }
        }
    }
    for (int tier = 0; tier <= TW_NUM_TIERS; tier++) {
        if (tw_region_schedule(region, fertility_schedule[tier], TW_FEMALE, 25, 2020) < 0) {
            return tw_report_add(report, TW_BAD_INPUT, region->folder, 0,
                                 "births per 1000 women a year by age",
                                 "schedule %s has no row for age 25", fertility_schedule[tier]);
        }
    }
    return TW_OK;
}

/* Level of fertility: one until the census of 2020, another from late 2022, linear between. */
static double birth_level(const tw_settings *settings, double year)
{
    const double from = 2020.83, to = 2022.83;
    double share = year <= from ? 0.0 : year >= to ? 1.0 : (year - from) / (to - from);
    return settings->birth_level_2010s +
           share * (settings->birth_level - settings->birth_level_2010s);
}

static double death_rate(const tw_world *world, int sex, int age, double year)
{
    const double infant = world->settings->infant_mortality / 1000.0;
    double rate = age == 0   ? infant
                  : age <= 4 ? child_to_infant * infant
                             : tw_region_schedule(world->region, "mx_fitted", sex, age, year);
    return rate * world->settings->mortality_level;
}

static void publish_bounds(tw_world *world)
{
    tw_vital_rates *vital = &world->vital;
    const double factor = world->settings->thinning_bound;
    memset(vital->bound, 0, sizeof vital->bound);
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        for (int age = 0; age < TW_AGES; age++) {
            double birth = 0;
            for (int tier = 0; tier <= TW_NUM_TIERS && sex == TW_FEMALE; tier++) {
                birth = vital->birth[tier][age] > birth ? vital->birth[tier][age] : birth;
            }
            uint64_t death_bits = tw_event_bound(factor * vital->death[sex][age]);
            uint64_t birth_bits = tw_event_bound(factor * birth);
            vital->bound[sex * 128 + age] = death_bits | birth_bits << 32;
        }
    }
}

void tw_demography_open(tw_world *world)
{
    tw_vital_rates *vital = &world->vital;
    if ((world->quarter - world->start) % 4 != 0) {
        return;
    }
    memset(vital, 0, sizeof *vital);
    if (world->settings->demography == TW_PROCESS_NONE) {
        return;
    }
    const double year = tw_year_now(world), level = birth_level(world->settings, year);
    for (int age = 0; age < TW_AGES; age++) {
        for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
            vital->death[sex][age] = tw_quarterly(death_rate(world, sex, age, year));
        }
        for (int tier = 0; tier <= TW_NUM_TIERS; tier++) {
            double rate =
                tw_region_schedule(world->region, fertility_schedule[tier], TW_FEMALE, age, year);
            vital->birth[tier][age] = rate < 0 ? 0 : tw_quarterly(level * rate / 1000.0);
        }
    }
    publish_bounds(world);
}

/* Which persons pass a bound: no branches, so that it runs in vectors. */
TW_CLONES static void find_passing(const uint64_t *restrict word0, const int16_t *restrict birth,
                                   const uint8_t *restrict sex, const uint64_t *restrict bound,
                                   int32_t quarter, int32_t count, uint8_t *restrict passed)
{
    for (int32_t i = 0; i < count; i++) {
        int32_t age = (quarter - birth[i]) >> 2;
        age = age > TW_MAX_AGE ? TW_MAX_AGE : age;
        uint64_t bounds = bound[sex[i] * 128 + age];
        uint64_t death_lead = word0[i] & 0xffff, birth_lead = (word0[i] >> 16) & 0xffff;
        passed[i] = (death_lead < (bounds & 0xffffffff)) | (birth_lead < (bounds >> 32));
    }
}

static int age_index(const tw_block *block, int32_t person, int32_t quarter)
{
    int age = tw_age(block->birth_quarter[person], quarter);
    return age > TW_MAX_AGE ? TW_MAX_AGE : age;
}

static int dies(const tw_world *world, const tw_block *block, int32_t person, uint64_t word0)
{
    const int age = age_index(block, person, world->quarter);
    const double p = world->vital.death[block->sex[person]][age];
    const uint32_t lead = tw_event_lead(word0, 0, TW_SLOT_DEATH);
    return lead < tw_event_bound(p) &&
           tw_event_uniform(world->key, TW_DRAW_DEATH, block->person_uid[person], world->quarter,
                            lead) < p;
}

static int gives_birth(const tw_world *world, const tw_block *block, int32_t person, int zone,
                       uint64_t word0)
{
    if (block->sex[person] != TW_FEMALE) {
        return 0;
    }
    const int tier = tw_is_town(zone) ? (int)world->region->counties[zone / 2].tier : TW_NUM_TIERS;
    const double p = world->vital.birth[tier][age_index(block, person, world->quarter)];
    const uint32_t lead = tw_event_lead(word0, 0, TW_SLOT_BIRTH);
    return lead < tw_event_bound(p) &&
           tw_event_uniform(world->key, TW_DRAW_BIRTH, block->person_uid[person], world->quarter,
                            lead) < p;
}

/* The child's uid depends on its mother and its number among her children, not on the quarter. */
static tw_person newborn(const tw_world *world, tw_block *block, int32_t mother)
{
    const uint64_t number = block->children_born[mother]++;
    const uint64_t uid =
        tw_mix2(tw_mix2(block->person_uid[mother], TW_DRAW_BIRTH), number) | UINT64_C(1) << 63;
    const double u = tw_uniform(tw_draw_at(world->key, TW_DRAW_CHILD, uid, 0, 0).word[0]);
    return (tw_person){.person_uid = uid,
                       .birth_quarter = (int16_t)world->quarter,
                       .registered_zone = block->registered_zone[mother],
                       .sex = u < male_birth_share ? TW_MALE : TW_FEMALE,
                       .schooling = TW_SCHOOL_NONE,
                       .marital = TW_NEVER_MARRIED};
}

static tw_status departure_edit(tw_worker *worker, const tw_block *block, int32_t household)
{
    tw_edit *edit = tw_edits_add(&worker->edits);
    if (edit == NULL) {
        return TW_NO_MEMORY;
    }
    edit->kind = TW_EDIT_REMOVE_HOUSEHOLD;
    edit->household = household;
    TW_AT(&worker->tally, departures, block->zone[household]) +=
        tw_household_size(block, household);
    return TW_OK;
}

/* One person's events; `household` holds the person and does not leave in this quarter. */
static tw_status person_edits(tw_world *world, tw_worker *worker, tw_block *block,
                              int32_t household, int32_t person)
{
    const uint64_t word0 = worker->draw[0][person];
    const int zone = block->zone[household];
    tw_edit *edit = NULL;
    if (dies(world, block, person, word0)) {
        edit = tw_edits_add(&worker->edits);
        if (edit != NULL) {
            edit->kind = TW_EDIT_REMOVE_PERSON;
            edit->household = household;
            edit->person = person;
            TW_AT(&worker->tally, deaths, zone) += 1;
        }
    } else if (gives_birth(world, block, person, zone, word0)) {
        edit = tw_edits_add(&worker->edits);
        if (edit != NULL) {
            edit->kind = TW_EDIT_ADD_PERSON;
            edit->household = household;
            edit->added = newborn(world, block, person);
            TW_AT(&worker->tally, births, zone) += 1;
        }
    } else {
        return TW_OK;
    }
    return edit == NULL ? TW_NO_MEMORY : TW_OK;
}

static void draw_persons(tw_world *world, tw_worker *worker, const tw_block *block)
{
    tw_draw_many(world->key, TW_DRAW_PERSON_EVENTS, world->quarter, 0, block->person_uid,
                 block->num_persons, worker->draw[0], worker->draw[1]);
    find_passing(worker->draw[0], block->birth_quarter, block->sex, world->vital.bound,
                 world->quarter, block->num_persons, worker->passed);
    worker->num_person_rows =
        tw_compact_rows(worker->passed, block->num_persons, worker->person_row);
}

tw_status tw_demography_block(tw_world *world, tw_worker *worker, tw_block *block)
{
    tw_status status = TW_OK;
    int32_t leaving = 0;
    worker->edits.count = 0;
    worker->num_person_rows = 0;
    if (world->settings->demography != TW_PROCESS_NONE) {
        draw_persons(world, worker, block);
    }
    for (int32_t i = 0; i < worker->num_person_rows && status == TW_OK; i++) {
        const int32_t person = worker->person_row[i];
        const int32_t household = tw_block_household_of(block, person);
        while (status == TW_OK && leaving < worker->num_departing &&
               worker->departing[leaving] < household) {
            status = departure_edit(worker, block, worker->departing[leaving++]);
        }
        int leaves = leaving < worker->num_departing && worker->departing[leaving] == household;
        if (status == TW_OK && !leaves) {
            status = person_edits(world, worker, block, household, person);
        }
    }
    while (status == TW_OK && leaving < worker->num_departing) {
        status = departure_edit(worker, block, worker->departing[leaving++]);
    }
    return status;
}

static int only_children(const tw_block *block, int32_t household, int32_t quarter)
{
    for (int32_t p = block->first_person[household]; p < block->first_person[household + 1]; p++) {
        if (tw_age(block->birth_quarter[p], quarter) >= 15) {
            return 0;
        }
    }
    return 1;
}

static tw_host host_of(const tw_block *block, int32_t block_index, int32_t row)
{
    return (tw_host){block->uid[row], block_index, block->zone[row]};
}

/* Households that lost a person and hold no one over 14 any more. */
static tw_status list_orphans(tw_world *world, tw_worker *worker, int32_t block_index)
{
    const tw_block *block = &world->population->blocks[block_index];
    tw_status status = TW_OK;
    int32_t dropped = 0;
    for (int32_t e = 0, last = -1; e < worker->edits.count && status == TW_OK; e++) {
        const tw_edit *edit = &worker->edits.row[e];
        while (dropped < worker->edits.num_dropped &&
               worker->edits.dropped[dropped] < edit->household) {
            dropped++;
        }
        int gone = dropped < worker->edits.num_dropped &&
                   worker->edits.dropped[dropped] == edit->household;
        const int32_t row = edit->household - dropped;
        if (edit->kind == TW_EDIT_REMOVE_PERSON && !gone && row != last &&
            only_children(block, row, world->quarter)) {
            status = tw_host_list_add(&worker->orphans, host_of(block, block_index, row));
            last = row;
        }
    }
    return status;
}

tw_status tw_demography_orphans(tw_world *world, tw_worker *worker, int32_t block_index)
{
    const tw_block *block = &world->population->blocks[block_index];
    tw_status status = list_orphans(world, worker, block_index);
    for (int32_t c = 0; c < worker->num_candidates && status == TW_OK; c++) {
        const tw_candidate *candidate = &worker->candidate[c];
        const uint32_t lead = tw_event_lead(candidate->word[0], candidate->word[1], TW_SLOT_HOST);
        /* One family in 256, whatever the bounds are: hosts are drawn, not thinned. */
        if (lead < 256 && block->tenure[candidate->row] != TW_COLLECTIVE &&
            !only_children(block, candidate->row, world->quarter)) {
            status = tw_host_list_add(&worker->hosts, host_of(block, block_index, candidate->row));
        }
    }
    return status;
}
