/* SPDX-License-Identifier: Apache-2.0 */
/** Blocks: edits, growth, digest without order. */
#include "population/block.h"

#include "test.h"

static void add_household(tw_block *part, uint64_t uid, int size)
{
    tw_household household = {.uid = uid, .zone = (int16_t)(uid % 4), .land_zone = TW_NO_ZONE};
    tw_person person[16];
    for (int i = 0; i < size; i++) {
        person[i] = (tw_person){.person_uid = 1000 * uid + (uint64_t)i,
                                .birth_quarter = (int16_t)(100 + i),
                                .sex = (uint8_t)(i % 2),
                                .unit = 1};
    }
    CHECK(tw_block_grow(part, 1, size) == TW_OK);
    tw_block_append(part, &household, size, person);
}

static tw_population *some_population(int32_t block_size, int backwards)
{
    tw_population *population = NULL;
    tw_block part = {0};
    for (uint64_t i = 1; i <= 500; i++) {
        uint64_t uid = backwards ? 501 - i : i;
        add_household(&part, uid, 1 + (int)(uid % 7));
    }
    CHECK(tw_population_create(block_size, &part, 1, 1, &population) == TW_OK);
    tw_block_free(&part);
    return population;
}

static void digest_has_no_order(void)
{
    tw_population *a = some_population(16, 0), *b = some_population(400, 1);
    tw_digest first = tw_population_digest(a, 1), second = tw_population_digest(b, 1);
    CHECK(first.low == second.low && first.high == second.high);
    CHECK(a->num_blocks > b->num_blocks);
    b->blocks[0].sex[0] ^= 1;
    second = tw_population_digest(b, 1);
    CHECK(first.low != second.low && first.high != second.high);
    tw_population_free(a);
    tw_population_free(b);
}

static void copy_shares_nothing(void)
{
    tw_population *a = some_population(64, 0), *b = NULL;
    CHECK(tw_population_copy(a, &b) == TW_OK);
    tw_digest before = tw_population_digest(a, 1);
    b->blocks[0].zone[0] = 99;
    tw_digest after = tw_population_digest(a, 1);
    CHECK(before.low == after.low);
    CHECK_EQ_INT(tw_population_count(b).persons, tw_population_count(a).persons);
    tw_population_free(a);
    tw_population_free(b);
}

/* Removing, adding and ending households keeps all others in order, whole and findable. */
static void rebuild_applies_edits(void)
{
    tw_population *population = some_population(1000, 0);
    tw_block *block = &population->blocks[0];
    tw_edits edits = {0};
    *tw_edits_add(&edits) = (tw_edit){.kind = TW_EDIT_REMOVE_PERSON,
                                      .household = 6,
                                      .person = block->first_person[6]}; /* uid 7: one person */
    *tw_edits_add(&edits) = (tw_edit){.kind = TW_EDIT_REMOVE_PERSON,
                                      .household = 9,
                                      .person = block->first_person[9]}; /* uid 10: 4 persons */
    *tw_edits_add(&edits) =
        (tw_edit){.kind = TW_EDIT_ADD_PERSON, .household = 9, .added = {.person_uid = 77}};
    *tw_edits_add(&edits) = (tw_edit){.kind = TW_EDIT_REMOVE_HOUSEHOLD, .household = 499};
    const int32_t persons = block->num_persons, last = 1 + 500 % 7;
    CHECK(tw_block_rebuild(block, &edits, 200) == TW_OK);
    CHECK_EQ_INT(block->num_households, 498);
    CHECK_EQ_INT(block->num_persons, persons - 1 - 1 + 1 - last);
    CHECK_EQ_INT(edits.num_dropped, 2);
    CHECK_EQ_INT(edits.dropped[0], 6);
    CHECK_EQ_INT(edits.dropped[1], 499);
    const int32_t row = tw_block_find(block, 10);
    CHECK_EQ_INT(row, 8);
    CHECK_EQ_INT(block->first_person[row + 1] - block->first_person[row], 4);
    CHECK(block->person_uid[block->first_person[row]] == 10001); /* the next one leads */
    CHECK(block->person_uid[block->first_person[row + 1] - 1] == 77);
    CHECK_EQ_INT(tw_block_household_of(block, block->first_person[row + 1] - 1), row);
    CHECK_EQ_INT(tw_block_find(block, 7), -1);
    CHECK_EQ_INT(tw_block_find(block, 499), 497);
    tw_edits_free(&edits);
    tw_population_free(population);
}

/* An empty block with room, for households made row by row. */
static tw_block empty_block(void)
{
    tw_block block = {0};
    CHECK(tw_block_reserve(&block, 64, 256) == TW_OK);
    return block;
}

enum { NOW = 200, YEAR = 4, ADULT = NOW - 15 * YEAR, CHILD = ADULT + 1 };

/* A household whose persons have these quarters of birth and the uids 10 uid, 10 uid + 1, ... */
static void add_family(tw_block *block, uint64_t uid, int flags, int num, const int16_t *birth)
{
    const tw_household household = {.uid = uid, .flags = (uint8_t)flags};
    tw_person person[8];
    for (int i = 0; i < num; i++) {
        person[i] = (tw_person){.person_uid = 10 * uid + (uint64_t)i,
                                .birth_quarter = birth[i],
                                .marital = TW_MARRIED,
                                .unit = 1};
    }
    tw_block_append(block, &household, num, person);
}

static void edit(tw_edits *edits, tw_edit_kind kind, int32_t household, int32_t person,
                 tw_person added)
{
    tw_edit *row = tw_edits_add(edits);
    CHECK(row != NULL);
    *row = (tw_edit){.kind = kind, .household = household, .person = person, .added = added};
}

/* Rebuilds with the edits given so far, which are spent. */
static void rebuild(tw_block *block, tw_edits *edits)
{
    CHECK(tw_block_rebuild(block, edits, NOW) == TW_OK);
    edits->count = 0;
}

/* Of those left the first one of 15 or over leads; the others keep their order. */
static void first_adult_leads(void)
{
    static const int16_t birth[] = {100, CHILD, CHILD + 1, ADULT, 110};
    tw_block block = empty_block();
    tw_edits edits = {0};
    add_family(&block, 1, 0, 5, birth);
    add_family(&block, 2, 0, 5, birth);
    edit(&edits, TW_EDIT_REMOVE_PERSON, 0, 0, (tw_person){0});
    rebuild(&block, &edits);
    const uint64_t expected[] = {13, 11, 12, 14, 20, 21, 22, 23, 24};
    CHECK_EQ_INT(block.num_persons, 9);
    for (int p = 0; p < 9; p++) {
        CHECK_EQ_INT(block.person_uid[p], expected[p]);
    }
    CHECK_EQ_INT(block.flags[0] & TW_ORPHANED, 0);
    tw_edits_free(&edits);
    tw_block_free(&block);
}

static void children_alone_are_orphaned(void)
{
    static const int16_t birth[] = {100, CHILD, CHILD + 8};
    tw_block block = empty_block();
    tw_edits edits = {0};
    add_family(&block, 1, TW_GRANTED, 3, birth);
    edit(&edits, TW_EDIT_REMOVE_PERSON, 0, 0, (tw_person){0});
    rebuild(&block, &edits);
    CHECK_EQ_INT(block.flags[0], TW_GRANTED | TW_ORPHANED);
    CHECK_EQ_INT(block.person_uid[0], 11);
    /* Someone grown up joins, as the last row, and leads. */
    edit(&edits, TW_EDIT_ADD_PERSON, 0, 0, (tw_person){.person_uid = 99, .birth_quarter = ADULT});
    rebuild(&block, &edits);
    CHECK_EQ_INT(block.flags[0], TW_GRANTED);
    CHECK_EQ_INT(block.person_uid[0], 99);
    CHECK_EQ_INT(block.person_uid[1], 11);
    CHECK_EQ_INT(block.person_uid[2], 12);
    tw_edits_free(&edits);
    tw_block_free(&block);
}

static void flags_of_a_quarter_are_cleared(void)
{
    static const int16_t birth[] = {100, 101};
    const int lasting = TW_GRANTED | TW_SEEKS_DWELLING;
    tw_block block = empty_block();
    tw_edits edits = {0};
    add_family(&block, 1, lasting | TW_HOSTS, 2, birth);
    add_family(&block, 2, lasting | TW_JOINS, 2, birth);
    add_family(&block, 3, lasting | TW_HOSTS, 2, birth);
    edit(&edits, TW_EDIT_ADD_PERSON, 0, 0, (tw_person){.person_uid = 9, .birth_quarter = CHILD});
    edit(&edits, TW_EDIT_REMOVE_PERSON, 1, 3, (tw_person){0});
    rebuild(&block, &edits);
    CHECK_EQ_INT(block.flags[0], lasting);
    CHECK_EQ_INT(block.flags[1], lasting);
    CHECK_EQ_INT(block.flags[2], lasting | TW_HOSTS); /* no edit, no change */
    tw_edits_free(&edits);
    tw_block_free(&block);
}

/* Of a person removed and changed at once nothing stays; the last change of a status counts. */
static void marital_status_is_set(void)
{
    static const int16_t birth[] = {100, 101, 102};
    tw_block block = empty_block();
    tw_edits edits = {0};
    add_family(&block, 1, 0, 3, birth);
    add_family(&block, 2, 0, 3, birth);
    edit(&edits, TW_EDIT_REMOVE_PERSON, 0, 0, (tw_person){0});
    edit(&edits, TW_EDIT_SET_MARITAL, 0, 0, (tw_person){.marital = TW_DIVORCED});
    edit(&edits, TW_EDIT_SET_MARITAL, 0, 1, (tw_person){.marital = TW_DIVORCED});
    edit(&edits, TW_EDIT_SET_MARITAL, 0, 1, (tw_person){.marital = TW_WIDOWED});
    rebuild(&block, &edits);
    CHECK_EQ_INT(block.num_persons, 5);
    CHECK_EQ_INT(block.person_uid[0], 11);
    CHECK_EQ_INT(block.marital[0], TW_WIDOWED);
    for (int p = 1; p < 5; p++) {
        CHECK_EQ_INT(block.marital[p], TW_MARRIED);
    }
    tw_edits_free(&edits);
    tw_block_free(&block);
}

/* A household that is removed ends whoever was put into it; one that is emptied and joined stays.
 */
static void households_end_and_are_renewed(void)
{
    static const int16_t birth[] = {100, 101, 102};
    tw_block block = empty_block();
    tw_edits edits = {0};
    for (uint64_t uid = 1; uid <= 4; uid++) {
        add_family(&block, uid, 0, 2, birth);
    }
    edit(&edits, TW_EDIT_ADD_PERSON, 0, 0, (tw_person){.person_uid = 7, .birth_quarter = ADULT});
    edit(&edits, TW_EDIT_REMOVE_HOUSEHOLD, 0, 0, (tw_person){0});
    edit(&edits, TW_EDIT_REMOVE_PERSON, 2, 4, (tw_person){0});
    edit(&edits, TW_EDIT_REMOVE_PERSON, 2, 5, (tw_person){0});
    edit(&edits, TW_EDIT_ADD_PERSON, 2, 0, (tw_person){.person_uid = 8, .birth_quarter = ADULT});
    edit(&edits, TW_EDIT_REMOVE_PERSON, 3, 6, (tw_person){0});
    edit(&edits, TW_EDIT_REMOVE_PERSON, 3, 7, (tw_person){0});
    rebuild(&block, &edits);
    CHECK_EQ_INT(block.num_households, 2);
    CHECK_EQ_INT(block.num_persons, 3);
    CHECK_EQ_INT(block.uid[0], 2);
    CHECK_EQ_INT(block.uid[1], 3);
    CHECK_EQ_INT(block.first_person[1], 2);
    CHECK_EQ_INT(block.person_uid[2], 8);
    CHECK_EQ_INT(edits.num_dropped, 2);
    CHECK_EQ_INT(edits.dropped[0], 0);
    CHECK_EQ_INT(edits.dropped[1], 3);
    tw_edits_free(&edits);
    tw_block_free(&block);
}

/* Values of all columns that follow from a number; grown up, and of a unit. */
static tw_household household_of(uint64_t number)
{
    uint64_t word = number;
    tw_household household;
#define FILL(name, type, unit, sentence) household.name = (type)(word = tw_mix2(word, 1));
    TW_HOUSEHOLD_FIELDS(FILL)
#undef FILL
    household.flags = 0;
    return household;
}

static tw_person person_of(uint64_t number)
{
    uint64_t word = number;
    tw_person person;
#define FILL(name, type, unit, sentence) person.name = (type)(word = tw_mix2(word, 1));
    TW_PERSON_FIELDS(FILL)
#undef FILL
    person.birth_quarter = (int16_t)(number % ADULT);
    person.unit = 1;
    return person;
}

static int differs(const tw_block *block, const tw_block *expected)
{
    int differs = block->num_households != expected->num_households ||
                  block->num_persons != expected->num_persons;
#define COMPARE(name, type, unit, sentence) differs |= block->name[i] != expected->name[i];
    for (int32_t i = 0; i < expected->num_households && !differs; i++) {
        differs |= block->first_person[i + 1] != expected->first_person[i + 1];
        TW_HOUSEHOLD_FIELDS(COMPARE)
    }
    for (int32_t i = 0; i < expected->num_persons && !differs; i++) {
        TW_PERSON_FIELDS(COMPARE)
    }
#undef COMPARE
    return differs;
}

/* Edits of household `row` and what becomes of it: nine of ten times nothing; else each third
 * person goes, or all, or up to 40 come. */
static void change_family(tw_edits *edits, int32_t row, int32_t first, uint64_t number, int num,
                          tw_block *expected)
{
    const uint64_t chance = tw_mix2(number, 2), many = chance >> 32;
    const tw_household household = household_of(number);
    tw_person person[64];
    int left = 0;
    for (int i = 0; i < num; i++) {
        person[left] = person_of(1000 * number + (uint64_t)i);
        if (chance % 20 == 0 || (chance % 20 == 1 && i % 3 == 0)) {
            edit(edits, TW_EDIT_REMOVE_PERSON, row, first + i, (tw_person){0});
        } else {
            left++;
        }
    }
    for (uint64_t i = 0; i < many % 40 && chance % 20 == 1 + many % 2; i++) {
        person[left] = person_of(tw_mix2(number, i));
        edit(edits, TW_EDIT_ADD_PERSON, row, 0, person[left++]);
    }
    if (left > 0) {
        tw_block_append(expected, &household, left, person);
    }
}

/* Runs of any length move up and down by any distance, in every column. */
static void rows_move_whole(void)
{
    enum { TRIALS = 60, FAMILIES = 150 };
    int different = 0;
    for (uint64_t trial = 0; trial < TRIALS; trial++) {
        tw_block block = {0}, expected = {0};
        tw_edits edits = {0};
        CHECK(tw_block_reserve(&block, FAMILIES, 20 * FAMILIES) == TW_OK);
        CHECK(tw_block_reserve(&expected, FAMILIES, 60 * FAMILIES) == TW_OK);
        for (int32_t row = 0; row < FAMILIES; row++) {
            const uint64_t number = 1000 * trial + (uint64_t)row + 1;
            const tw_household household = household_of(number);
            const int num = 1 + (int)(tw_mix2(number, 3) % 20);
            tw_person person[20];
            for (int i = 0; i < num; i++) {
                person[i] = person_of(1000 * number + (uint64_t)i);
            }
            change_family(&edits, row, block.num_persons, number, num, &expected);
            tw_block_append(&block, &household, num, person);
        }
        CHECK(edits.count > 0);
        rebuild(&block, &edits);
        different += differs(&block, &expected);
        tw_edits_free(&edits);
        tw_block_free(&block);
        tw_block_free(&expected);
    }
    CHECK_EQ_INT(different, 0);
}

/* Without edits not even the storage moves. */
static void no_edit_no_change(void)
{
    static const int16_t birth[] = {100};
    tw_block block = empty_block();
    tw_edits edits = {0};
    add_family(&block, 1, TW_HOSTS, 1, birth);
    const void *before = block.storage;
    CHECK(tw_block_rebuild(&block, &edits, NOW) == TW_OK);
    CHECK(block.storage == before);
    CHECK_EQ_INT(block.flags[0], TW_HOSTS);
    CHECK_EQ_INT(edits.num_dropped, 0);
    tw_block_free(&block);
}

static void growth_keeps_rows(void)
{
    tw_population *population = some_population(1000, 0);
    tw_digest before = tw_population_digest(population, 1);
    CHECK(tw_block_reserve(&population->blocks[0], 5000, 20000) == TW_OK);
    tw_digest after = tw_population_digest(population, 1);
    CHECK(before.low == after.low && before.high == after.high);
    tw_population_free(population);
}

int main(void)
{
    RUN(digest_has_no_order);
    RUN(copy_shares_nothing);
    RUN(rebuild_applies_edits);
    RUN(first_adult_leads);
    RUN(children_alone_are_orphaned);
    RUN(flags_of_a_quarter_are_cleared);
    RUN(marital_status_is_set);
    RUN(households_end_and_are_renewed);
    RUN(rows_move_whole);
    RUN(no_edit_no_change);
    RUN(growth_keeps_rows);
    return REPORT();
}
