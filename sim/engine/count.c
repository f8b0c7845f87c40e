/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Persons are counted in lanes of a word: a word for what a person is and one for what it does,
 * sums over all neighbours before, and a household is the difference of two of them. Zones add up
 * neighbours until their lanes are full.
 */
#include "engine/count.h"

#include "base/assert.h"
#include "base/clones.h"

/* What a person is, a bit each: of working age; registered outside, in a town, in the very zone. */
enum { WORKER = 1, OUTSIDE = 2, TOWN = 4, HERE = 8, NUM_KINDS = 16 };
/* Lanes of residents, 16 bits each, and of work: an activity each but for those at home. */
enum { BITS_WORKER = 0, BITS_OUTSIDE = 16, BITS_TOWN = 32, BITS_HERE = 48, BITS_MASK = 0xffff };
enum { WORK_BITS = 9, WORK_MASK = (1 << WORK_BITS) - 1, MOST_SUMMED = WORK_MASK };
_Static_assert((TW_NUM_ACTIVITIES - 1) * WORK_BITS < 64, "lanes of work fit into a word");
_Static_assert(TW_NUM_ZONE_KINDS == 2 && TW_TOWN == 1, "the last bit of a zone tells its kind");

TW_CLONES static void find_kinds(const int16_t *restrict birth, const int16_t *restrict registered,
                                 const int16_t *restrict zone, int32_t quarter, int32_t count,
                                 uint8_t *restrict kind)
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
        kind[p] = (uint8_t)is;
    }
}

/** The lanes of persons by what they are and by what they do. */
typedef struct lanes {
    uint64_t residents[NUM_KINDS], work[TW_NUM_ACTIVITIES];
} lanes;

static lanes set_lanes(void)
{
    lanes set = {.work = {0}};
    for (uint64_t kind = 0; kind < NUM_KINDS; kind++) {
        set.residents[kind] = (kind & WORKER ? UINT64_C(1) << BITS_WORKER : 0) |
                              (kind & OUTSIDE ? UINT64_C(1) << BITS_OUTSIDE : 0) |
                              (kind & TOWN ? UINT64_C(1) << BITS_TOWN : 0) |
                              (kind & HERE ? UINT64_C(1) << BITS_HERE : 0);
    }
    for (int activity = 1; activity < TW_NUM_ACTIVITIES; activity++) {
        set.work[activity] = UINT64_C(1) << (WORK_BITS * (activity - 1));
    }
    return set;
}

/* Persons of a rural home county who live in a town: none of others, without a branch. */
static void count_migrants(const tw_world *world, tw_worker *worker, const tw_block *block,
                           int32_t row)
{
    const int32_t first = block->first_person[row], persons = block->first_person[row + 1] - first;
    const int land = block->land_zone[row], registered = block->registered_zone[first];
    const int home = land >= 0 ? land : registered;
    const int rural = (home >= 0) & !(home & 1);
    const int cell =
        (home / TW_NUM_ZONE_KINDS) * world->num_counties + block->zone[row] / TW_NUM_ZONE_KINDS;
    worker->migrants[cell & -rural] += persons & -rural;
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

/* Adds neighbouring persons of one zone to what is summed of it, and notes the sums before each. */
static void add_persons(tw_worker *worker, const tw_block *block, const lanes *of, int zone,
                        int32_t first, int32_t end)
{
    const uint8_t *kind = worker->passed, *activity = block->activity;
    uint64_t *restrict before = worker->draw[0];
    tw_zone_persons *counted = &worker->counted[zone];
    if (counted->persons + end - first > MOST_SUMMED) {
        tw_assert(end - first <= MOST_SUMMED);
        book_zone(worker, zone);
    }
    uint64_t residents = 0, work = 0;
    for (int32_t p = first; p < end; p++) {
        before[p] = residents;
        residents += of->residents[kind[p]];
        work += of->work[activity[p]];
    }
    before[end] = residents;
    counted->residents += residents;
    counted->work += work;
    counted->persons += end - first;
}

/* One more quarter of residence for those of which a member is registered elsewhere; without a
 * branch that goes either way. */
static void add_residence(const tw_worker *worker, tw_block *block, int32_t row, int32_t end)
{
    const uint64_t *before = worker->draw[0];
    const int32_t *first = block->first_person;
    for (; row < end; row++) {
        const int here = (int)((before[first[row + 1]] - before[first[row]]) >> BITS_HERE);
        const int quarters = block->permit_quarters[row];
        const int longer = quarters + (quarters < UINT8_MAX);
        const int elsewhere = here < first[row + 1] - first[row];
        block->permit_quarters[row] = (uint8_t)(longer & -elsewhere);
    }
}

void tw_count_block(const tw_world *world, tw_worker *worker, tw_block *block, int residence)
{
    const lanes of = set_lanes();
    find_kinds(block->birth_quarter, block->registered_zone, worker->person_zone, world->quarter,
               block->num_persons, worker->passed);
    for (int32_t row = 0, next; row < block->num_households; row = next) {
        const int zone = block->zone[row];
        next = tw_block_end_of_neighbours(block, row, MOST_SUMMED);
        add_persons(worker, block, &of, zone, block->first_person[row], block->first_person[next]);
        if (residence) {
            add_residence(worker, block, row, next);
        }
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
