/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Persons are counted in lanes of words: a word for what a person is and one for what it does, sums
 * over all persons before, and a household is the difference of two of them. So nothing hangs on
 * who lives next to whom. Zones add up households until their lanes are full.
 */
#include "engine/count.h"

#include "base/assert.h"
#include "base/clones.h"

/* What a person is, a bit each: of working age; registered outside, in a town, in the very zone. */
enum { WORKER = 1, OUTSIDE = 2, TOWN = 4, HERE = 8, NUM_KINDS = 16 };
/* Lanes of residents, 16 bits each, and of work: an activity each but for those at home. */
enum { BITS_WORKER = 0, BITS_OUTSIDE = 16, BITS_TOWN = 32, BITS_HERE = 48, BITS_MASK = 0xffff };
enum { WORK_BITS = 9, WORK_MASK = (1 << WORK_BITS) - 1, MOST_SUMMED = WORK_MASK };
/* Sums over the persons of so many households are kept. */
enum { HOUSEHOLDS_AT_ONCE = 256 };
_Static_assert((TW_NUM_ACTIVITIES - 1) * WORK_BITS < 64, "lanes of work fit into a word");
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

/** The lanes of a person, or sums of them. */
typedef struct lanes {
    uint64_t residents, work;
} lanes;

/* By what a person is and does. */
static void set_lanes(lanes *of)
{
    for (uint64_t i = 0; i < NUM_KINDS * TW_NUM_ACTIVITIES; i++) {
        const uint64_t activity = i / NUM_KINDS;
        of[i].residents = (i & WORKER ? UINT64_C(1) << BITS_WORKER : 0) |
                          (i & OUTSIDE ? UINT64_C(1) << BITS_OUTSIDE : 0) |
                          (i & TOWN ? UINT64_C(1) << BITS_TOWN : 0) |
                          (i & HERE ? UINT64_C(1) << BITS_HERE : 0);
        of[i].work = activity > 0 ? UINT64_C(1) << (WORK_BITS * (activity - 1)) : 0;
    }
}

/** Households of a rural home county that live in a town. */
typedef struct migrants {
    int32_t num, cell[HOUSEHOLDS_AT_ONCE], persons[HOUSEHOLDS_AT_ONCE];
} migrants;

/* Lists a household if it is one of them, without a branch. */
static void list_migrants(const tw_world *world, const tw_block *block, int32_t row,
                          int32_t persons, migrants *list)
{
    const int land = block->land_zone[row];
    const int registered = block->registered_zone[block->first_person[row]];
    const int home = land >= 0 ? land : registered, zone = block->zone[row];
    list->cell[list->num] =
        (home / TW_NUM_ZONE_KINDS) * world->num_counties + zone / TW_NUM_ZONE_KINDS;
    list->persons[list->num] = persons;
    list->num += (home >= 0) & !(home & 1) & (zone & 1);
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

/* Sums of the lanes of all persons [first, end) before each, and of all of them. */
static void sum_persons(const lanes *of, const uint8_t *restrict kind, int32_t first, int32_t end,
                        uint64_t *restrict residents, uint64_t *restrict work)
{
    lanes sum = {0, 0};
    for (int32_t p = first; p < end; p++) {
        residents[p - first] = sum.residents;
        work[p - first] = sum.work;
        sum.residents += of[kind[p]].residents;
        sum.work += of[kind[p]].work;
    }
    residents[end - first] = sum.residents;
    work[end - first] = sum.work;
}

/* Adds persons to what is summed of their zone. */
static void add_persons(tw_worker *worker, int zone, int32_t persons, lanes sum)
{
    tw_zone_persons *counted = &worker->counted[zone];
    if (counted->persons + persons > MOST_SUMMED) {
        tw_assert(persons <= MOST_SUMMED);
        book_zone(worker, zone);
    }
    counted->residents += sum.residents;
    counted->work += sum.work;
    counted->persons += persons;
}

/* One more quarter of residence for those of which a member is registered elsewhere; without a
 * branch that goes either way. */
static void add_residence(tw_block *block, int32_t row, int32_t elsewhere)
{
    const int quarters = block->permit_quarters[row];
    const int longer = quarters + (quarters < UINT8_MAX);
    block->permit_quarters[row] = (uint8_t)(longer & -(elsewhere > 0));
}

/* Households [row, end), with the sums before each of their persons. */
static void count_households(const tw_world *world, tw_worker *worker, tw_block *block, int32_t row,
                             int32_t end, int residence)
{
    const int32_t *first = block->first_person, from = first[row];
    const uint64_t *residents = worker->draw[0], *work = worker->draw[1];
    migrants list;
    list.num = 0;
    for (; row < end; row++) {
        const int32_t at = first[row] - from, next = first[row + 1] - from, persons = next - at;
        const lanes sum = {residents[next] - residents[at], work[next] - work[at]};
        add_persons(worker, block->zone[row], persons, sum);
        list_migrants(world, block, row, persons, &list);
        if (residence) {
            add_residence(block, row, persons - (int32_t)(sum.residents >> BITS_HERE));
        }
    }
    for (int32_t i = 0; i < list.num; i++) {
        worker->migrants[list.cell[i]] += list.persons[i];
    }
}

void tw_count_block(const tw_world *world, tw_worker *worker, tw_block *block, int residence)
{
    lanes of[NUM_KINDS * TW_NUM_ACTIVITIES];
    const int32_t *first = block->first_person, rows = block->num_households;
    set_lanes(of);
    find_kinds(block->birth_quarter, block->registered_zone, block->activity, worker->person_zone,
               world->quarter, block->num_persons, worker->passed);
    for (int32_t row = 0, end; row < rows; row = end) {
        end = row + HOUSEHOLDS_AT_ONCE < rows ? row + HOUSEHOLDS_AT_ONCE : rows;
        sum_persons(of, worker->passed, first[row], first[end], worker->draw[0], worker->draw[1]);
        count_households(world, worker, block, row, end, residence);
    }
}

void tw_count_book(const tw_world *world, tw_worker *worker)
{
    for (int z = 0; z < world->num_zones; z++) {
        book_zone(worker, z);
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
