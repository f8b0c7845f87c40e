/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Persons are counted in lanes, one for each thing that a person is or does, added to those of its
 * zone all at once. So nothing hangs on who lives next to whom. Lanes are taken into the tally
 * before they can be full.
 */
#include "engine/count.h"

#include <string.h>

#include "base/clones.h"

/* What a person is, a bit each: of working age; registered outside, in a town, in the very zone. */
enum { WORKER = 1, OUTSIDE = 2, TOWN = 4, HERE = 8, NUM_KINDS = 16 };
/* Lanes: all persons, these bits in their order, the activities. */
enum { LANE_ALL, LANE_WORKER, LANE_OUTSIDE, LANE_TOWN, LANE_HERE, LANE_ACTIVITIES };
/* Neighbours are added in so many places in turn: none waits for the one before. */
enum { PLACES = TW_COUNTED_PLACES, MOST_COUNTED = UINT16_MAX };
_Static_assert(LANE_ACTIVITIES + TW_NUM_ACTIVITIES <= TW_COUNTED_LANES, "there are enough lanes");
_Static_assert(NUM_KINDS *TW_NUM_ACTIVITIES <= UINT8_MAX + 1, "both fit into a byte");
_Static_assert(TW_NUM_ZONE_KINDS == 2 && TW_TOWN == 1, "the last bit of a zone tells its kind");

/* What a person is and does, in a byte. */
TW_CLONES static void find_kinds(const int16_t *restrict birth, const int16_t *restrict registered,
                                 const uint8_t *restrict activity, const int16_t *restrict zone,
                                 int32_t quarter, int32_t count, uint8_t *restrict kind)
{
    /* Birth quarters of the ages 15 to 64 at this opening. */
    const int16_t youngest = (int16_t)(quarter - 4 * 15), oldest = (int16_t)(quarter - 4 * 65);
    /* In numbers as short as the columns: twelve times as fast as with truth values. */
    for (int32_t p = 0; p < count; p++) {
        const int16_t at = registered[p], born = birth[p];
        int16_t is = born <= youngest && born > oldest ? WORKER : 0;
        is = (int16_t)(is | (at == TW_OUTSIDE ? OUTSIDE : 0));
        is = (int16_t)(is | (at >= 0 ? (at & 1) * TOWN : 0));
        is = (int16_t)(is | (at == zone[p] ? HERE : 0));
        kind[p] = (uint8_t)(is + activity[p] * NUM_KINDS);
    }
}

/* The lanes of a person, by what it is and does. */
static void set_lanes(tw_counted *of)
{
    memset(of, 0, NUM_KINDS * TW_NUM_ACTIVITIES * sizeof(*of));
    for (int i = 0; i < NUM_KINDS * TW_NUM_ACTIVITIES; i++) {
        of[i].lane[LANE_ALL] = 1;
        for (int bit = 0; 1 << bit < NUM_KINDS; bit++) {
            of[i].lane[LANE_WORKER + bit] = (uint16_t)(i >> bit & 1);
        }
        of[i].lane[LANE_ACTIVITIES + i / NUM_KINDS] = 1;
    }
}

/* Adds persons to what is counted of their zones. */
TW_CLONES static void add_persons(const tw_counted *restrict of, const uint8_t *restrict kind,
                                  const int16_t *restrict zone, int32_t count,
                                  tw_counted *restrict counted)
{
    for (int32_t p = 0; p < count; p++) {
        tw_counted *restrict to = &counted[PLACES * zone[p] + p % PLACES];
        const tw_counted *restrict one = &of[kind[p]];
        for (int lane = 0; lane < TW_COUNTED_LANES; lane++) {
            to->lane[lane] = (uint16_t)(to->lane[lane] + one->lane[lane]);
        }
    }
}

/* Takes what has been counted in one place of a zone into the tally. */
static void book_place(tw_worker *worker, int zone, tw_counted *counted)
{
    static const int field[TW_NUM_ACTIVITIES] = {
        [TW_SEEKING] = TW_ZONE_seeking, TW_ZONE_farming,
        TW_ZONE_self_employed,          TW_ZONE_employed_industry,
        TW_ZONE_employed_construction,  TW_ZONE_employed_services,
        TW_ZONE_employed_public};
    const uint16_t *lane = counted->lane;
    const int persons = lane[LANE_ALL], outside = lane[LANE_OUTSIDE], town = lane[LANE_TOWN];
    TW_AT(&worker->tally, workers, zone) += lane[LANE_WORKER];
    TW_AT(&worker->tally, outsiders, zone) += outside;
    TW_AT(&worker->tally, registered_town, zone) += town;
    TW_AT(&worker->tally, registered_here, zone) += lane[LANE_HERE];
    TW_AT(&worker->tally, registered_region, zone) += persons - outside;
    TW_AT(&worker->tally, agropastoral_migrants, zone) +=
        tw_is_town(zone) ? persons - outside - town : 0;
    for (int a = TW_SEEKING; a < TW_NUM_ACTIVITIES; a++) {
        tw_zone_column(&worker->tally, field[a])[zone] += lane[LANE_ACTIVITIES + a];
    }
    memset(counted, 0, sizeof *counted);
}

void tw_count_book(const tw_world *world, tw_worker *worker)
{
    for (int32_t i = 0; i < PLACES * world->num_zones; i++) {
        book_place(worker, i / PLACES, &worker->counted[i]);
    }
    worker->num_counted = 0;
}

/* All persons of a block, by what they are and do. */
static void count_persons(const tw_world *world, tw_worker *worker, const tw_block *block)
{
    tw_counted of[NUM_KINDS * TW_NUM_ACTIVITIES];
    set_lanes(of);
    for (int32_t p = 0, some; p < block->num_persons; p += some) {
        some = block->num_persons - p < MOST_COUNTED ? block->num_persons - p : MOST_COUNTED;
        if (worker->num_counted + some > MOST_COUNTED) {
            tw_count_book(world, worker);
        }
        add_persons(of, worker->kind + p, worker->person_zone + p, some, worker->counted);
        worker->num_counted += some;
    }
}

/* Rows of the households that live in towns. */
static int32_t find_townspeople(const tw_block *block, int32_t *restrict row)
{
    const int16_t *restrict zone = block->zone;
    int32_t num = 0;
    for (int32_t h = 0; h < block->num_households; h++) {
        row[num] = h;
        num += zone[h] & 1;
    }
    return num;
}

/*
 * Residents of towns whose household has a rural home county: where it holds land, or where its
 * first member is registered. What a household is makes no branch.
 *
 * @param row  in: households of towns; used up
 */
static void count_migrants(const tw_world *world, tw_worker *worker, const tw_block *block,
                           int32_t *restrict row, int32_t num)
{
    const int32_t *restrict first = block->first_person;
    const int16_t *restrict land_zone = block->land_zone, *restrict zone = block->zone;
    const int16_t *restrict registered = block->registered_zone;
    int32_t migrants = 0;
    for (int32_t k = 0; k < num; k++) {
        const int32_t h = row[k], land = land_zone[h], without = land >> 31;
        const int32_t home = (registered[first[h]] & without) | (land & ~without);
        row[migrants] = h;
        migrants += (home >= 0) & ~home & 1;
    }
    for (int32_t k = 0; k < migrants; k++) {
        const int32_t h = row[k], home = tw_home_county(world, block, h);
        worker->migrants[home * world->num_counties + (zone[h] >> 1)] += first[h + 1] - first[h];
    }
}

/* Whether any of so many persons is registered elsewhere, by eight kinds at once. */
static inline int any_elsewhere(const uint8_t *kind, int32_t persons)
{
    /* From 8 - n on, the first n of eight bytes ask. */
    static const uint8_t here[16] = {HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE};
    uint64_t eight, asks, elsewhere = 0;
    for (memcpy(&asks, here, sizeof asks); persons > 8; persons -= 8, kind += 8) {
        memcpy(&eight, kind, sizeof eight);
        elsewhere |= ~eight & asks;
    }
    memcpy(&eight, kind, sizeof eight);
    memcpy(&asks, here + 8 - persons, sizeof asks);
    return (elsewhere | (~eight & asks)) != 0;
}

/* One more quarter of residence for households of which a member is registered elsewhere. */
static void add_residence(const tw_block *block, const uint8_t *restrict kind)
{
    const int32_t *restrict first = block->first_person;
    uint8_t *restrict quarters = block->permit_quarters;
    for (int32_t h = 0; h < block->num_households; h++) {
        const int elsewhere = any_elsewhere(kind + first[h], first[h + 1] - first[h]);
        quarters[h] = (uint8_t)(-elsewhere & (quarters[h] + (quarters[h] < UINT8_MAX)));
    }
}

void tw_count_block(const tw_world *world, tw_worker *worker, tw_block *block, int residence)
{
    find_kinds(block->birth_quarter, block->registered_zone, block->activity, worker->person_zone,
               world->quarter, block->num_persons, worker->kind);
    count_persons(world, worker, block);
    count_migrants(world, worker, block, worker->person_row,
                   find_townspeople(block, worker->person_row));
    if (residence) {
        add_residence(block, worker->kind);
    }
}

/** Persons whose cells are found before they are counted. */
enum { CELLS_AT_ONCE = 512 };

/* States of persons [first, first + count). */
TW_CLONES static void find_cells(const tw_block *block, int32_t first, int32_t count,
                                 int32_t quarter, uint16_t *restrict cell)
{
    const int16_t *restrict birth = block->birth_quarter + first, now = (int16_t)quarter;
    const uint8_t *restrict sex = block->sex + first, *restrict marital = block->marital + first;
    for (int32_t p = 0; p < count; p++) {
        cell[p] = (uint16_t)tw_person_state(sex[p], marital[p], tw_short_age(birth[p], now));
    }
}

void tw_count_women(const tw_world *world, tw_worker *worker, const tw_block *block)
{
    /* Men, too: without a branch that goes either way. */
    int32_t persons[TW_PERSON_STATES] = {0};
    uint16_t cell[CELLS_AT_ONCE];
    for (int32_t p = 0, some; p < block->num_persons; p += some) {
        some = block->num_persons - p < CELLS_AT_ONCE ? block->num_persons - p : CELLS_AT_ONCE;
        find_cells(block, p, some, world->quarter, cell);
        for (int32_t i = 0; i < some; i++) {
            persons[cell[i]]++;
        }
    }
    for (int age = 0; age < TW_AGES; age++) {
        for (int marital = 0; marital < TW_NUM_MARITAL; marital++) {
            worker->women[age] += persons[tw_person_state(TW_FEMALE, marital, age)];
        }
        worker->married_women[age] += persons[tw_person_state(TW_FEMALE, TW_MARRIED, age)];
    }
}
