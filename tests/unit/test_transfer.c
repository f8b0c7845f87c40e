/* SPDX-License-Identifier: Apache-2.0 */
/** Transfers: nobody is taken twice, lists come to their blocks in one order, nobody is lost. */
#include "exchange/transfer.h"

#include <stdlib.h>

#include "test.h"

enum { HOUSEHOLDS = 64, SIZE = 4, BLOCK_SIZE = 16, QUARTER = 200 };

static uint64_t household_uid(int h)
{
    return tw_start_household_uid(7, (uint32_t)h);
}

/* Sealed, in four blocks; every eighth household is a collective one. */
static tw_population *some_population(void)
{
    tw_population *population = NULL;
    tw_block part = {0};
    for (int h = 0; h < HOUSEHOLDS; h++) {
        const int collective = h % 8 == 7;
        const tw_household household = {
            .uid = household_uid(h),
            .tenure = (uint8_t)(collective ? TW_COLLECTIVE : TW_RURAL_HOUSE)};
        tw_person person[SIZE];
        for (int i = 0; i < SIZE; i++) {
            person[i] = (tw_person){.person_uid = (uint64_t)(SIZE * h + i + 1),
                                    .kin_uid = 77,
                                    .birth_quarter = (int16_t)(20 + 10 * i),
                                    .schooling = (uint8_t)(h % 5),
                                    .unit = (uint8_t)(1 + i / 2)};
        }
        const int size = collective ? 1 : SIZE;
        CHECK(tw_block_grow(&part, 1, size) == TW_OK);
        tw_block_append(&part, &household, size, person);
    }
    CHECK(tw_population_create(BLOCK_SIZE, &part, 1, 1, &population) == TW_OK);
    tw_block_free(&part);
    CHECK(tw_population_seal(population) == TW_OK);
    return population;
}

static tw_place place_of(const tw_population *population, int h)
{
    tw_place place = {-1, -1};
    CHECK(tw_population_find(population, household_uid(h), &place));
    return place;
}

static int64_t taken_along;

/* Takes member i of household h out. */
static tw_person take(tw_transfers *transfers, tw_population *population, int h, int i)
{
    const tw_place from = place_of(population, h);
    tw_person person = {0};
    CHECK(tw_transfer_out(transfers, population, from,
                          population->blocks[from.block].first_person[from.row] + i, &person,
                          &taken_along) == TW_OK);
    return person;
}

/* Everyone who leaves takes an equal part of the money, the last one what is left. */
static void money_goes_along(void)
{
    tw_population *population = some_population();
    tw_transfers transfers = {0};
    const tw_place from = place_of(population, 18);
    int64_t *savings = &population->blocks[from.block].savings[from.row];
    *savings = 100 * SIZE + 1;
    int64_t before = *savings;
    for (int i = 0; i < SIZE; i++) {
        taken_along = 0;
        (void)take(&transfers, population, 18, i);
        CHECK_EQ_INT(taken_along, i < SIZE - 1 ? 100 : 101);
        CHECK_EQ_INT(*savings, before - taken_along);
        before = *savings;
    }
    CHECK_EQ_INT(*savings, 0);
    tw_transfers_free(&transfers);
    tw_population_free(population);
}

static void who_is_taken_is_marked(void)
{
    tw_population *population = some_population();
    tw_transfers transfers = {0};
    const tw_person person = take(&transfers, population, 18, 2);
    const tw_place from = place_of(population, 18);
    const tw_block *block = &population->blocks[from.block];
    const int32_t row = block->first_person[from.row] + 2;
    CHECK_EQ_INT(from.block, 1);
    CHECK_EQ_INT(block->unit[row], 0);
    CHECK_EQ_INT(block->unit[row - 1], 1);
    CHECK_EQ_INT(person.unit, 2);
    CHECK_EQ_INT(person.person_uid, SIZE * 18 + 3);
    CHECK_EQ_INT(person.birth_quarter, 40);
    CHECK_EQ_INT(person.schooling, 18 % 5);
    CHECK(person.kin_uid == household_uid(18));
    CHECK_EQ_INT(transfers.edits.count, 1);
    CHECK_EQ_INT(transfers.edits.row[0].kind, TW_EDIT_REMOVE_PERSON);
    CHECK_EQ_INT(transfers.edits.row[0].person, row);
    /* A dormitory is no kin. */
    CHECK_EQ_INT(take(&transfers, population, 7, 0).kin_uid, 77);
    tw_transfers_free(&transfers);
    tw_population_free(population);
}

static int compare_uids(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static void founding_uids_are_unique(void)
{
    enum { FOUNDERS = 20000, NUMBERS = 8 };
    uint64_t *uid = malloc(FOUNDERS * NUMBERS * sizeof(*uid));
    CHECK(uid != NULL);
    int same = 0, wrong_kind = 0;
    for (int i = 0; uid != NULL && i < FOUNDERS * NUMBERS; i++) {
        uid[i] = tw_founding_uid(tw_start_person_uid(540100, (uint32_t)(i / NUMBERS)), i % NUMBERS);
        wrong_kind += uid[i] >> 62 != 3; /* no household of the start, no newborn */
    }
    if (uid != NULL) {
        CHECK(uid[5] == tw_founding_uid(tw_start_person_uid(540100, 0), 5));
        qsort(uid, FOUNDERS * NUMBERS, sizeof(*uid), compare_uids);
        for (int i = 1; i < FOUNDERS * NUMBERS; i++) {
            same += uid[i] == uid[i - 1];
        }
    }
    CHECK_EQ_INT(same, 0);
    CHECK_EQ_INT(wrong_kind, 0);
    free(uid);
}

/* One change: member 1 of household h goes into household `into`, or founds one (into < 0). */
static void change(tw_transfers *transfers, tw_population *population, int h, int into)
{
    const tw_person person = take(transfers, population, h, 1);
    if (into >= 0) {
        CHECK(tw_transfer_in(transfers, place_of(population, into), &person) == TW_OK);
        return;
    }
    const tw_household household = {.uid = tw_founding_uid(person.person_uid, 0)};
    CHECK(tw_transfer_found(transfers, population, &household, 1, &person) == TW_OK);
}

/* Every household but the collective ones gives one member; forward or backwards, in two lists. */
static void make_changes(tw_transfers *transfers, tw_population *population, int backwards)
{
    tw_transfers part = {0};
    for (int i = 0; i < HOUSEHOLDS; i++) {
        const int h = backwards ? HOUSEHOLDS - 1 - i : i;
        if (h % 8 == 7) {
            continue;
        }
        if (h % 3 == 0) {
            change(i % 2 ? transfers : &part, population, h, -1);
        } else {
            change(transfers, population, h, (h / 2 * 5) % HOUSEHOLDS);
        }
    }
    CHECK(tw_transfers_join(transfers, &part) == TW_OK);
    /* Edits stay with the list that made them: these are of the same blocks. */
    for (int32_t e = 0; e < part.edits.count; e++) {
        tw_edit *edit = tw_edits_add(&transfers->edits);
        CHECK(edit != NULL);
        *edit = part.edits.row[e];
    }
    tw_transfers_free(&part);
}

static int edit_precedes(const tw_edit *a, const tw_edit *b)
{
    if (a->household != b->household) {
        return a->household < b->household;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind;
    }
    return a->kind == TW_EDIT_ADD_PERSON ? a->added.person_uid < b->added.person_uid
                                         : a->person < b->person;
}

static void check_blocks(const tw_transfers *transfers, const tw_population *population)
{
    int wrong = 0, adds_of_one = 0;
    for (int32_t b = 0; b < population->num_blocks; b++) {
        for (int32_t e = transfers->first_edit[b]; e < transfers->first_edit[b + 1]; e++) {
            const tw_edit *edit = &transfers->edits.row[e];
            wrong += edit->block != b;
            if (e > transfers->first_edit[b]) {
                wrong += !edit_precedes(edit - 1, edit);
                adds_of_one += edit->household == edit[-1].household &&
                               edit->kind == TW_EDIT_ADD_PERSON && edit[-1].kind == edit->kind;
            }
        }
        for (int32_t f = transfers->first_founding[b]; f < transfers->first_founding[b + 1]; f++) {
            const tw_founding *founding = &transfers->founding[f];
            wrong += founding->block != b ||
                     tw_population_block_of(population, founding->household.uid) != b;
            wrong += f > transfers->first_founding[b] &&
                     founding[-1].household.uid >= founding->household.uid;
            wrong += tw_founding_uid(transfers->person[founding->first_person].person_uid, 0) !=
                     founding->household.uid;
        }
    }
    CHECK_EQ_INT(wrong, 0);
    CHECK(adds_of_one > 0); /* else the order among them was not put to the test */
    CHECK_EQ_INT(transfers->first_edit[population->num_blocks], transfers->edits.count);
    CHECK_EQ_INT(transfers->first_founding[population->num_blocks], transfers->num_foundings);
}

/* Rebuilds all blocks with the sorted transfers, as the second pass does. */
static void apply(const tw_transfers *transfers, tw_population *population)
{
    tw_edits edits = {0};
    for (int32_t b = 0; b < population->num_blocks; b++) {
        edits.count = 0;
        for (int32_t e = transfers->first_edit[b]; e < transfers->first_edit[b + 1]; e++) {
            tw_edit *edit = tw_edits_add(&edits);
            CHECK(edit != NULL);
            *edit = transfers->edits.row[e];
        }
        CHECK(tw_block_rebuild(&population->blocks[b], &edits, QUARTER) == TW_OK);
        CHECK(tw_transfers_append(transfers, b, &population->blocks[b]) == TW_OK);
    }
    tw_edits_free(&edits);
}

static tw_population *changed_population(int backwards, int threads)
{
    tw_population *population = some_population();
    tw_transfers transfers = {0};
    make_changes(&transfers, population, backwards);
    CHECK(tw_transfers_sort(&transfers, population->num_blocks, threads) == TW_OK);
    check_blocks(&transfers, population);
    apply(&transfers, population);
    tw_transfers_free(&transfers);
    return population;
}

static void order_of_changes_does_not_matter(void)
{
    tw_population *first = changed_population(0, 1);
    const tw_digest expected = tw_population_digest(first, 1);
    for (int threads = 1; threads <= 3; threads++) {
        tw_population *other = changed_population(1, threads);
        const tw_digest digest = tw_population_digest(other, 1);
        CHECK(digest.low == expected.low && digest.high == expected.high);
        tw_population_free(other);
    }
    tw_population_free(first);
}

static void nobody_is_lost_or_doubled(void)
{
    tw_population *before = some_population(), *after = changed_population(0, 2);
    const int64_t persons = tw_population_count(before).persons;
    uint8_t seen[SIZE * HOUSEHOLDS + 1] = {0};
    int doubled = 0, left_marked = 0, founded = 0;
    CHECK_EQ_INT(tw_population_count(after).persons, persons);
    for (int32_t b = 0; b < after->num_blocks; b++) {
        const tw_block *block = &after->blocks[b];
        for (int32_t p = 0; p < block->num_persons; p++) {
            doubled += seen[block->person_uid[p]]++ > 0;
            left_marked += block->unit[p] == 0;
        }
        for (int32_t h = 0; h < block->num_households; h++) {
            tw_place place;
            CHECK(tw_population_find(after, block->uid[h], &place));
            CHECK(place.block == b && place.row == h);
            founded += block->uid[h] >> 62 == 3;
        }
    }
    CHECK_EQ_INT(doubled, 0);
    CHECK_EQ_INT(left_marked, 0);
    CHECK_EQ_INT(founded, 19); /* multiples of 3 below 64 but 15, 39 and 63 */
    tw_population_free(before);
    tw_population_free(after);
}

/* Cleared lists are used again, for more blocks and for none at all. */
static void lists_are_used_again(void)
{
    tw_population *population = some_population();
    tw_transfers transfers = {0};
    make_changes(&transfers, population, 0);
    CHECK(tw_transfers_sort(&transfers, population->num_blocks, 1) == TW_OK);
    tw_transfers_clear(&transfers);
    CHECK(tw_transfers_sort(&transfers, 500, 2) == TW_OK);
    for (int b = 0; b <= 500; b++) {
        CHECK_EQ_INT(transfers.first_edit[b], 0);
        CHECK_EQ_INT(transfers.first_founding[b], 0);
    }
    const int32_t rows = population->blocks[2].num_households;
    CHECK(tw_transfers_append(&transfers, 2, &population->blocks[2]) == TW_OK);
    CHECK_EQ_INT(population->blocks[2].num_households, rows);
    tw_transfers_free(&transfers);
    tw_population_free(population);
}

int main(void)
{
    RUN(who_is_taken_is_marked);
    RUN(money_goes_along);
    RUN(founding_uids_are_unique);
    RUN(order_of_changes_does_not_matter);
    RUN(nobody_is_lost_or_doubled);
    RUN(lists_are_used_again);
    return REPORT();
}
