/* SPDX-License-Identifier: Apache-2.0 */
/** Directory: households are found where their uid says, through every split of the blocks. */
#include "exchange/transfer.h"
#include "population/block.h"
#include "test.h"

enum { ZONES = 6, PER_ZONE = 60, FOUNDED = 6000 };

static int size_of(uint64_t uid)
{
    return 1 + (int)(tw_mix(uid) % 4);
}

static void persons_of(uint64_t uid, tw_person *person)
{
    for (int i = 0; i < 4; i++) {
        person[i] = (tw_person){.person_uid = tw_mix2(uid, (uint64_t)i),
                                .birth_quarter = (int16_t)(uid % 97),
                                .unit = 1};
    }
}

static tw_status add(tw_block *block, uint64_t uid)
{
    const tw_household household = {.uid = uid, .zone = (int16_t)(uid >> 32 & 7)};
    tw_person person[4];
    persons_of(uid, person);
    tw_status status = tw_block_grow(block, 1, size_of(uid));
    if (status == TW_OK) {
        tw_block_append(block, &household, size_of(uid), person);
    }
    return status;
}

/* Of these households, not sealed: from three parts, of which the second is empty. */
static tw_population *population_of(const uint64_t *uid, int num, int32_t block_size)
{
    tw_population *population = NULL;
    tw_block part[3] = {{0}};
    for (int i = 0; i < num; i++) {
        CHECK(add(&part[2 * i < num ? 0 : 2], uid[i]) == TW_OK);
    }
    CHECK(tw_population_create(block_size, part, 3, 3, &population) == TW_OK);
    for (int i = 0; i < 3; i++) {
        tw_block_free(&part[i]);
    }
    return population;
}

static uint64_t start_uid(int i)
{
    return tw_start_household_uid(540100 + i / PER_ZONE, (uint32_t)(i % PER_ZONE));
}

static tw_population *sealed_population(int32_t block_size)
{
    uint64_t uid[ZONES * PER_ZONE];
    for (int i = 0; i < ZONES * PER_ZONE; i++) {
        uid[i] = start_uid(i);
    }
    tw_population *population = population_of(uid, ZONES * PER_ZONE, block_size);
    CHECK(tw_population_seal(population) == TW_OK);
    return population;
}

/* As founding and arrival do: into the block that the uid names. */
static tw_status append(tw_population *population, uint64_t uid)
{
    return add(&population->blocks[tw_population_block_of(population, uid)], uid);
}

static uint64_t founded_uid(int i)
{
    return tw_founding_uid((uint64_t)i / 2 + 1, i % 2);
}

/* Found in the block that the uid names, with its own persons. */
static int is_found(const tw_population *population, uint64_t uid)
{
    tw_place place;
    if (!tw_population_find(population, uid, &place) ||
        place.block != tw_population_block_of(population, uid)) {
        return 0;
    }
    const tw_block *block = &population->blocks[place.block];
    const int32_t first = block->first_person[place.row];
    return block->uid[place.row] == uid &&
           block->first_person[place.row + 1] - first == size_of(uid) &&
           block->person_uid[first] == tw_mix2(uid, 0);
}

static int count_lost(const tw_population *population, int founded)
{
    int lost = 0;
    for (int i = 0; i < ZONES * PER_ZONE; i++) {
        lost += !is_found(population, start_uid(i));
    }
    for (int i = 0; i < founded; i++) {
        lost += !is_found(population, founded_uid(i));
    }
    return lost;
}

static int32_t largest_block(const tw_population *population)
{
    int32_t most = 0;
    for (int32_t b = 0; b < population->num_blocks; b++) {
        const int32_t rows = population->blocks[b].num_households;
        most = rows > most ? rows : most;
    }
    return most;
}

static void start_households_are_found(void)
{
    tw_population *population = sealed_population(16);
    CHECK_EQ_INT(population->num_start_blocks, (ZONES * PER_ZONE + 15) / 16);
    CHECK_EQ_INT(count_lost(population, 0), 0);
    tw_place place;
    CHECK(!tw_population_find(population, 0, &place));
    CHECK(!tw_population_find(population, founded_uid(0), &place));
    /* Behind the last of a zone, before the first and behind the last of all. */
    CHECK(!tw_population_find(population, start_uid(PER_ZONE - 1) + 1, &place));
    CHECK(!tw_population_find(population, start_uid(0) - 1, &place));
    CHECK(!tw_population_find(population, tw_start_household_uid(999999, 0), &place));
    tw_population_free(population);
}

/* Six thousand foundings, tidied as after every quarter: from 23 blocks to hundreds. */
static void splits_lose_nobody(void)
{
    tw_population *population = sealed_population(16), *copy = NULL;
    int changed = 0, too_full = 0, lost = 0, most_splits = 0;
    for (int i = 0; i < FOUNDED; i++) {
        CHECK(append(population, founded_uid(i)) == TW_OK);
        if (i % 100 != 99) {
            continue;
        }
        const tw_digest before = tw_population_digest(population, 1);
        lost += count_lost(population, i + 1);
        CHECK(tw_population_tidy(population) == TW_OK);
        const tw_digest after = tw_population_digest(population, 1);
        changed += before.low != after.low || before.high != after.high;
        lost += count_lost(population, i + 1);
        too_full += largest_block(population) > 2 * population->block_size;
    }
    CHECK_EQ_INT(lost, 0);
    CHECK_EQ_INT(changed, 0);
    CHECK_EQ_INT(too_full, 0);
    CHECK_EQ_INT(tw_population_count(population).families, ZONES * PER_ZONE + FOUNDED);
    CHECK(population->num_blocks > 200);
    CHECK_EQ_INT(population->num_start_blocks, (ZONES * PER_ZONE + 15) / 16);
    for (int32_t b = 0; b < population->num_blocks; b++) {
        const int splits = population->blocks[b].num_splits;
        most_splits = splits > most_splits ? splits : most_splits;
    }
    CHECK(most_splits >= 4);
    CHECK(tw_population_copy(population, &copy) == TW_OK);
    CHECK_EQ_INT(count_lost(copy, FOUNDED), 0);
    tw_population_free(copy);
    tw_population_free(population);
}

/* New households spread evenly over the start blocks: none has much more than its share. */
static void new_households_spread(void)
{
    tw_population *population = sealed_population(16);
    int32_t count[64] = {0}, most = 0, least = FOUNDED;
    for (int i = 0; i < FOUNDED; i++) {
        count[tw_population_block_of(population, founded_uid(i))]++;
    }
    for (int32_t b = 0; b < population->num_start_blocks; b++) {
        most = count[b] > most ? count[b] : most;
        least = count[b] < least ? count[b] : least;
    }
    /* 261 on average with a standard error of 16. */
    CHECK(most < 261 + 5 * 16 && least > 261 - 5 * 16);
    tw_population_free(population);
}

static void idle_room_is_given_back(void)
{
    uint64_t uid[2000];
    tw_edits edits = {0};
    for (uint32_t serial = 0; serial < 2000; serial++) {
        uid[serial] = tw_start_household_uid(7, serial);
    }
    tw_population *population = population_of(uid, 2000, 2048);
    CHECK(tw_population_seal(population) == TW_OK);
    tw_block *block = &population->blocks[0];
    for (int32_t row = 0; row < 2000; row++) {
        if (row % 20 != 0) {
            tw_edit *edit = tw_edits_add(&edits);
            edit->kind = TW_EDIT_REMOVE_HOUSEHOLD;
            edit->household = row;
        }
    }
    CHECK(tw_block_rebuild(block, &edits, 0) == TW_OK);
    const int32_t households = block->max_households, persons = block->max_persons;
    const tw_digest before = tw_population_digest(population, 1);
    CHECK(tw_population_tidy(population) == TW_OK);
    const tw_digest after = tw_population_digest(population, 1);
    CHECK(before.low == after.low && before.high == after.high);
    block = &population->blocks[0];
    CHECK_EQ_INT(block->num_households, 100);
    CHECK(block->max_households < households / 2 && block->max_persons < persons / 2);
    CHECK(block->max_households >= 100 && block->max_persons >= block->num_persons);
    for (uint32_t serial = 0; serial < 2000; serial++) {
        const int found = is_found(population, tw_start_household_uid(7, serial));
        CHECK_EQ_INT(found, serial % 20 == 0);
    }
    tw_edits_free(&edits);
    tw_population_free(population);
}

static tw_status seal_of(const uint64_t *uid, int num)
{
    tw_population *population = population_of(uid, num, 16);
    tw_status status = tw_population_seal(population);
    CHECK_EQ_INT(population->num_start_blocks > 0, status == TW_OK);
    tw_population_free(population);
    return status;
}

static void seal_refuses_wrong_order(void)
{
    const uint64_t a = tw_start_household_uid(1, 5), b = tw_start_household_uid(2, 0);
    CHECK(seal_of((const uint64_t[]){a, b}, 2) == TW_OK);
    CHECK(seal_of((const uint64_t[]){b, a}, 2) == TW_BAD_STATE);
    CHECK(seal_of((const uint64_t[]){a, a}, 2) == TW_BAD_STATE);
    CHECK(seal_of((const uint64_t[]){a, founded_uid(0)}, 2) == TW_BAD_STATE);
    CHECK(seal_of((const uint64_t[]){1, 2}, 2) == TW_BAD_STATE);
    /* Across blocks too. */
    uint64_t many[40];
    for (int i = 0; i < 40; i++) {
        many[i] = tw_start_household_uid(3, (uint32_t)i);
    }
    CHECK(seal_of(many, 40) == TW_OK);
    many[16] = many[15];
    CHECK(seal_of(many, 40) == TW_BAD_STATE);
}

int main(void)
{
    RUN(start_households_are_found);
    RUN(splits_lose_nobody);
    RUN(new_households_spread);
    RUN(idle_room_is_given_back);
    RUN(seal_refuses_wrong_order);
    return REPORT();
}
