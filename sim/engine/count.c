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
/* Lanes of residents, the last one for all of them, and of work: an activity each but for those at
 * home. */
enum { BITS_WORKER = 0, BITS_OUTSIDE = 12, BITS_TOWN = 24, BITS_HERE = 36, BITS_ALL = 48 };
enum { BITS_MASK = 0xfff };
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
        of[i].residents = UINT64_C(1) << BITS_ALL | (i & WORKER ? UINT64_C(1) << BITS_WORKER : 0) |
                          (i & OUTSIDE ? UINT64_C(1) << BITS_OUTSIDE : 0) |
                          (i & TOWN ? UINT64_C(1) << BITS_TOWN : 0) |
                          (i & HERE ? UINT64_C(1) << BITS_HERE : 0);
        of[i].work = activity > 0 ? UINT64_C(1) << (WORK_BITS * (activity - 1)) : 0;
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
static void book_zone(tw_worker *worker, int zone, tw_zone_persons *counted)
{
    const uint64_t sum = counted->residents;
    const int64_t persons = (int64_t)(sum >> BITS_ALL);
    const int64_t outside = (int64_t)(sum >> BITS_OUTSIDE & BITS_MASK);
    const int64_t town = (int64_t)(sum >> BITS_TOWN & BITS_MASK);
    TW_AT(&worker->tally, workers, zone) += (int64_t)(sum >> BITS_WORKER & BITS_MASK);
    TW_AT(&worker->tally, outsiders, zone) += outside;
    TW_AT(&worker->tally, registered_town, zone) += town;
    TW_AT(&worker->tally, registered_here, zone) += (int64_t)(sum >> BITS_HERE & BITS_MASK);
    TW_AT(&worker->tally, registered_region, zone) += persons - outside;
    TW_AT(&worker->tally, agropastoral_migrants, zone) +=
        tw_is_town(zone) ? persons - outside - town : 0;
    book_work(worker, zone, counted->work);
    *counted = (tw_zone_persons){0, 0};
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

/* Adds the persons of a household to what is summed of their zone, in two places in turn, so that
 * neighbours do not wait for each other. */
static void add_persons(tw_worker *worker, int zone, int32_t row, lanes sum)
{
    tw_zone_persons *counted = &worker->counted[2 * zone + (row & 1)];
    if ((counted->residents >> BITS_ALL) + (sum.residents >> BITS_ALL) > MOST_SUMMED) {
        tw_assert(sum.residents >> BITS_ALL <= MOST_SUMMED);
        book_zone(worker, zone, counted);
    }
    counted->residents += sum.residents;
    counted->work += sum.work;
}

/** What is noted of households that are counted together. */
typedef struct noted {
    int32_t num_migrants, migrant[HOUSEHOLDS_AT_ONCE]; /**< rows */
    uint8_t elsewhere[HOUSEHOLDS_AT_ONCE];             /**< a member is registered elsewhere */
} noted;

/* Whether a household of a rural home county lives in a town. */
static int is_migrant(int land_zone, int registered, int zone)
{
    const int home = land_zone >= 0 ? land_zone : registered;
    return (home >= 0) & !(home & 1) & (zone & 1);
}

/* Households [row, end), with the sums before each of their persons; no branch goes either way. */
static void count_households(tw_worker *worker, const tw_block *block, int32_t row, int32_t end,
                             noted *note)
{
    const int32_t *first = block->first_person + row, from = first[0];
    const int16_t *zone = block->zone + row, *land = block->land_zone + row;
    const int16_t *registered = block->registered_zone;
    const uint64_t *residents = worker->draw[0], *work = worker->draw[1];
    int32_t num = 0;
    for (int32_t i = 0; i < end - row; i++) {
        const int32_t at = first[i] - from, next = first[i + 1] - from;
        const lanes sum = {residents[next] - residents[at], work[next] - work[at]};
        add_persons(worker, zone[i], i, sum);
        note->migrant[num] = row + i;
        num += is_migrant(land[i], registered[first[i]], zone[i]);
        note->elsewhere[i] = (uint64_t)(next - at) != (sum.residents >> BITS_HERE & BITS_MASK);
    }
    note->num_migrants = num;
}

static void count_migrants(const tw_world *world, tw_worker *worker, const tw_block *block,
                           const noted *note)
{
    for (int32_t i = 0; i < note->num_migrants; i++) {
        const int32_t row = note->migrant[i], land = block->land_zone[row];
        const int home = land >= 0 ? land : block->registered_zone[block->first_person[row]];
        const int32_t cell =
            (home / TW_NUM_ZONE_KINDS) * world->num_counties + block->zone[row] / TW_NUM_ZONE_KINDS;
        worker->migrants[cell] += tw_household_size(block, row);
    }
}

/* One more quarter of residence for those of which a member is registered elsewhere. */
TW_CLONES static void add_residence(const uint8_t *restrict elsewhere, int32_t count,
                                    uint8_t *restrict quarters)
{
    for (int32_t i = 0; i < count; i++) {
        const uint8_t longer = (uint8_t)(quarters[i] + (quarters[i] < UINT8_MAX ? 1 : 0));
        quarters[i] = elsewhere[i] ? longer : 0;
    }
}

void tw_count_block(const tw_world *world, tw_worker *worker, tw_block *block, int residence)
{
    lanes of[NUM_KINDS * TW_NUM_ACTIVITIES];
    noted note;
    const int32_t *first = block->first_person, rows = block->num_households;
    set_lanes(of);
    find_kinds(block->birth_quarter, block->registered_zone, block->activity, worker->person_zone,
               world->quarter, block->num_persons, worker->kind);
    for (int32_t row = 0, end; row < rows; row = end) {
        end = row + HOUSEHOLDS_AT_ONCE < rows ? row + HOUSEHOLDS_AT_ONCE : rows;
        sum_persons(of, worker->kind, first[row], first[end], worker->draw[0], worker->draw[1]);
        count_households(worker, block, row, end, &note);
        count_migrants(world, worker, block, &note);
        if (residence) {
            add_residence(note.elsewhere, end - row, block->permit_quarters + row);
        }
    }
}

void tw_count_book(const tw_world *world, tw_worker *worker)
{
    for (int z = 0; z < world->num_zones; z++) {
        book_zone(worker, z, &worker->counted[2 * z]);
        book_zone(worker, z, &worker->counted[2 * z + 1]);
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
