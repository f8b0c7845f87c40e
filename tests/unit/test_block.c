/* SPDX-License-Identifier: Apache-2.0 */
/** Blocks: edits, growth, digest without order. */
#include "population/block.h"

#include "test.h"

static void add_household(tw_population *population, uint64_t uid, int size)
{
    tw_household household = {.uid = uid, .zone = (int16_t)(uid % 4), .land_zone = TW_NO_ZONE};
    tw_person person[16];
    for (int i = 0; i < size; i++) {
        person[i] = (tw_person){.person_uid = 1000 * uid + (uint64_t)i,
                                .birth_quarter = (int16_t)(100 + i),
                                .sex = (uint8_t)(i % 2)};
    }
    CHECK(tw_population_add(population, &household, size, person) == TW_OK);
}

static tw_population *some_population(int32_t block_size, int backwards)
{
    tw_population *population = NULL;
    CHECK(tw_population_create(block_size, &population) == TW_OK);
    for (uint64_t i = 1; i <= 500; i++) {
        uint64_t uid = backwards ? 501 - i : i;
        add_household(population, uid, 1 + (int)(uid % 7));
    }
    return population;
}

static void digest_has_no_order(void)
{
    tw_population *a = some_population(16, 0), *b = some_population(400, 1);
    tw_digest first = tw_population_digest(a), second = tw_population_digest(b);
    CHECK(first.low == second.low && first.high == second.high);
    CHECK(a->num_blocks > b->num_blocks);
    b->blocks[0].sex[0] ^= 1;
    second = tw_population_digest(b);
    CHECK(first.low != second.low && first.high != second.high);
    tw_population_free(a);
    tw_population_free(b);
}

static void copy_shares_nothing(void)
{
    tw_population *a = some_population(64, 0), *b = NULL;
    CHECK(tw_population_copy(a, &b) == TW_OK);
    tw_digest before = tw_population_digest(a);
    b->blocks[0].zone[0] = 99;
    tw_digest after = tw_population_digest(a);
    CHECK(before.low == after.low);
    CHECK_EQ_INT(tw_population_count(b).persons, tw_population_count(a).persons);
    tw_population_free(a);
    tw_population_free(b);
}

/* Removing, adding and ending households keeps all others in order, whole and findable. */
static void rebuild_applies_edits(void)
{
    tw_population *population = some_population(1000, 0);
    tw_block *block = &population->blocks[0], scratch = {0};
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
    CHECK(tw_block_rebuild(block, &edits, 200, &scratch) == TW_OK);
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
    tw_block_free(&scratch);
    tw_population_free(population);
}

static void growth_keeps_rows(void)
{
    tw_population *population = some_population(1000, 0);
    tw_digest before = tw_population_digest(population);
    CHECK(tw_block_reserve(&population->blocks[0], 5000, 20000) == TW_OK);
    tw_digest after = tw_population_digest(population);
    CHECK(before.low == after.low && before.high == after.high);
    tw_population_free(population);
}

int main(void)
{
    RUN(digest_has_no_order);
    RUN(copy_shares_nothing);
    RUN(rebuild_applies_edits);
    RUN(growth_keeps_rows);
    return REPORT();
}
