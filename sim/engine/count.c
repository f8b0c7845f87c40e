/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Persons are counted in lanes of a word: a word a person, sums over all persons before, and a
 * household is the difference of two of them. Zones add up households until their lanes are full.
 */
#include "engine/count.h"

#include "base/assert.h"
#include "base/clones.h"

/* Lanes of residents, 16 bits each, and of work: an activity each but for those at home. */
enum { BITS_WORKER = 0, BITS_OUTSIDE = 16, BITS_TOWN = 32, BITS_HERE = 48, BITS_MASK = 0xffff };
enum { WORK_BITS = 9, WORK_MASK = (1 << WORK_BITS) - 1, MOST_SUMMED = WORK_MASK };
_Static_assert((TW_NUM_ACTIVITIES - 1) * WORK_BITS < 64, "lanes of work fit into a word");

/* Of working age; registered outside, in a town, in the very zone of residence. */
TW_CLONES static void flag_residents(const int16_t *restrict birth,
                                     const int16_t *restrict registered,
                                     const int16_t *restrict zone, int32_t quarter, int32_t count,
                                     uint64_t *restrict flag)
{
    /* Birth quarters of the ages 15 to 64 at this opening. */
    const int32_t youngest = quarter - 4 * 15, oldest = quarter - 4 * 65;
    for (int32_t p = 0; p < count; p++) {
        const int at = registered[p];
        flag[p] = (uint64_t)((birth[p] <= youngest) & (birth[p] > oldest)) << BITS_WORKER |
                  (uint64_t)(at == TW_OUTSIDE) << BITS_OUTSIDE |
                  (uint64_t)((at >= 0) & (at % TW_NUM_ZONE_KINDS == TW_TOWN)) << BITS_TOWN |
                  (uint64_t)(at == zone[p]) << BITS_HERE;
    }
}

/* 1 in the lane of the activity; those at home are shifted out. */
TW_CLONES static void flag_work(const uint8_t *restrict activity, int32_t count,
                                uint64_t *restrict flag)
{
    for (int32_t p = 0; p < count; p++) {
        flag[p] = UINT64_C(1) << (uint64_t)(WORK_BITS * activity[p]) >> WORK_BITS;
    }
}

/* Sums of all rows before each and, behind them, of all; in place. */
static void cumulate(uint64_t *restrict a, uint64_t *restrict b, int32_t count)
{
    uint64_t sum_a = 0, sum_b = 0;
    for (int32_t p = 0; p < count; p++) {
        const uint64_t add_a = a[p], add_b = b[p];
        a[p] = sum_a;
        b[p] = sum_b;
        sum_a += add_a;
        sum_b += add_b;
    }
    a[count] = sum_a;
    b[count] = sum_b;
}

/* Persons of a rural home county who live in a town. */
static void count_migrants(const tw_world *world, tw_worker *worker, const tw_block *block,
                           int32_t row)
{
    const int32_t first = block->first_person[row];
    const int land = block->land_zone[row];
    const int home = land >= 0 ? land : block->registered_zone[first];
    if (home >= 0 && !tw_is_town(home)) {
        worker->migrants[(home / TW_NUM_ZONE_KINDS) * world->num_counties +
                         block->zone[row] / TW_NUM_ZONE_KINDS] +=
            block->first_person[row + 1] - first;
    }
}

static void book_work(tw_worker *worker, int zone, uint64_t sum)
{
    static const int field[TW_NUM_ACTIVITIES - 1] = {TW_ZONE_seeking,
                                                     TW_ZONE_farming,
                                                     TW_ZONE_self_employed,
                                                     TW_ZONE_employed_industry,
                                                     TW_ZONE_employed_construction,
                                                     TW_ZONE_employed_services,
                                                     TW_ZONE_employed_public};
    for (int a = 0; a < TW_NUM_ACTIVITIES - 1; a++) {
        tw_zone_column(&worker->tally, field[a])[zone] +=
            (int64_t)(sum >> (WORK_BITS * a)) & WORK_MASK;
    }
}

/* Takes what has been summed of a zone into the tally. */
static void book_zone(tw_worker *worker, int zone)
{
    tw_zone_persons *counted = &worker->counted[zone];
    const uint64_t sum = counted->residents;
    const int64_t persons = counted->persons;
    const int64_t outside = (int64_t)(sum >> BITS_OUTSIDE & BITS_MASK);
    const int64_t town = (int64_t)(sum >> BITS_TOWN & BITS_MASK);
    TW_AT(&worker->tally, workers, zone) += (int64_t)(sum >> BITS_WORKER & BITS_MASK);
    TW_AT(&worker->tally, outsiders, zone) += outside;
    TW_AT(&worker->tally, registered_town, zone) += town;
    TW_AT(&worker->tally, registered_here, zone) += (int64_t)(sum >> BITS_HERE);
    TW_AT(&worker->tally, registered_region, zone) += persons - outside;
    TW_AT(&worker->tally, agropastoral_migrants, zone) +=
        tw_is_town(zone) ? persons - outside - town : 0;
    book_work(worker, zone, counted->work);
    *counted = (tw_zone_persons){0, 0, 0};
}

/* Adds neighbouring persons of one zone to what is summed of it. */
static void add_persons(tw_worker *worker, int zone, int32_t first, int32_t end)
{
    const uint64_t *residents = worker->draw[0], *work = worker->draw[1];
    tw_zone_persons *counted = &worker->counted[zone];
    if (counted->persons + end - first > MOST_SUMMED) {
        tw_assert(end - first <= MOST_SUMMED);
        book_zone(worker, zone);
    }
    counted->residents += residents[end] - residents[first];
    counted->work += work[end] - work[first];
    counted->persons += end - first;
}

/* The row after the neighbours of one zone from a row on, as many as can be summed together. */
static int32_t end_of_neighbours(const tw_block *block, int32_t row)
{
    const int zone = block->zone[row];
    const int32_t most = block->first_person[row] + MOST_SUMMED;
    int32_t next = row + 1;
    while (next < block->num_households && block->zone[next] == zone &&
           block->first_person[next + 1] <= most) {
        next++;
    }
    return next;
}

void tw_count_block(const tw_world *world, tw_worker *worker, const tw_block *block)
{
    flag_residents(block->birth_quarter, block->registered_zone, worker->person_zone,
                   world->quarter, block->num_persons, worker->draw[0]);
    flag_work(block->activity, block->num_persons, worker->draw[1]);
    cumulate(worker->draw[0], worker->draw[1], block->num_persons);
    for (int32_t row = 0, next; row < block->num_households; row = next) {
        const int zone = block->zone[row];
        next = end_of_neighbours(block, row);
        add_persons(worker, zone, block->first_person[row], block->first_person[next]);
        for (int32_t town_row = row; town_row < next && tw_is_town(zone); town_row++) {
            count_migrants(world, worker, block, town_row);
        }
    }
    for (int z = 0; z < world->num_zones; z++) {
        if (worker->counted[z].persons > 0) {
            book_zone(worker, z);
        }
    }
}

void tw_count_residence(const tw_worker *worker, tw_block *block)
{
    const uint64_t *before = worker->draw[0];
    for (int32_t row = 0; row < block->num_households; row++) {
        const int32_t first = block->first_person[row], end = block->first_person[row + 1];
        const int here = (int)((before[end] - before[first]) >> BITS_HERE);
        const int quarters = block->permit_quarters[row];
        /* Without a branch that goes either way. */
        const int longer = quarters + (quarters < UINT8_MAX), elsewhere = here < end - first;
        block->permit_quarters[row] = (uint8_t)(longer & -elsewhere);
    }
}

void tw_count_women(const tw_world *world, tw_worker *worker, const tw_block *block)
{
    /* By sex, too: without a branch that goes either way. */
    int32_t all[TW_NUM_SEXES][TW_AGES] = {{0}}, married[TW_NUM_SEXES][TW_AGES] = {{0}};
    for (int32_t p = 0; p < block->num_persons; p++) {
        const int age = tw_age_index(world, block, p);
        all[block->sex[p]][age]++;
        married[block->sex[p]][age] += block->marital[p] == TW_MARRIED;
    }
    for (int age = 0; age < TW_AGES; age++) {
        worker->women[age] += all[TW_FEMALE][age];
        worker->married_women[age] += married[TW_FEMALE][age];
    }
}
