/* SPDX-License-Identifier: Apache-2.0 */
/** Thinning of many at once finds whom a comparison of one event after the other finds. */
#include "engine/thinning.h"

#include <stdlib.h>

#include "base/rows.h"
#include "test.h"

enum { ZONES = 3, MOST = 700, SLOTS = 8 };
static const int32_t counts[] = {0, 1, 3, 63, 64, 65, 128, 511, 512, 513, 577, MOST};
enum { NUM_COUNTS = sizeof counts / sizeof *counts };

static uint64_t word[2][MOST], uid[MOST];
static int16_t birth[MOST], zone[MOST];
static uint8_t sex[MOST], marital[MOST], activity[MOST], flags[MOST];

/* Often 0, sometimes all ones: what comparisons of lanes could get wrong. */
static uint64_t some_lane(uint64_t seed)
{
    const uint64_t bits = tw_mix2(seed, 1);
    return bits % 4 == 0 ? 0 : bits % 61 == 0 ? 0xffff : bits >> 48 & (bits % 7 == 0 ? 0xffff : 63);
}

static void fill(tw_block *block, int32_t count, uint64_t seed)
{
    for (int32_t i = 0; i < count; i++) {
        const uint64_t bits = tw_mix2(seed, (uint64_t)i);
        word[0][i] = tw_mix2(bits, 2);
        word[1][i] = tw_mix2(bits, 3);
        for (int slot = 0; slot < SLOTS && bits % 5 == 0; slot++) {
            word[slot / 4][i] &= ~(UINT64_C(0xffff) << 16 * (slot % 4));
            word[slot / 4][i] |= some_lane(bits + (uint64_t)slot) << 16 * (slot % 4);
        }
        birth[i] = (int16_t)(480 - (int)(bits % 560));
        sex[i] = (uint8_t)(bits >> 10 & 1);
        marital[i] = (uint8_t)((bits >> 11) % TW_NUM_MARITAL);
        activity[i] = (uint8_t)((bits >> 20) % TW_NUM_ACTIVITIES);
        flags[i] = (uint8_t)(bits % 17 == 0 ? bits >> 30 : 0);
        zone[i] = (int16_t)((bits >> 40) % ZONES);
    }
    *block = (tw_block){.num_persons = count,
                        .num_households = count,
                        .person_uid = uid,
                        .birth_quarter = birth,
                        .zone = zone,
                        .sex = sex,
                        .marital = marital,
                        .activity = activity,
                        .flags = flags};
}

static tw_world *make_world(void)
{
    const size_t cells = (size_t)ZONES * TW_NUM_ACTIVITIES * TW_WORK_AGES;
    tw_world *world = calloc(1, sizeof(*world));
    world->quarter = 480;
    world->num_zones = ZONES;
    world->work.limit = calloc(cells, sizeof(*world->work.limit));
    for (size_t i = 0; i < cells; i++) {
        world->work.limit[i] = (uint32_t)some_lane(1000 + i);
    }
    for (uint64_t i = 0; i < TW_PERSON_STATES * (uint64_t)SLOTS; i++) {
        const uint64_t slot = i % SLOTS, lane = slot == TW_SLOT_WORK ? 0 : some_lane(5000 + i);
        world->person_limit[i / SLOTS][slot / 4] |= lane << 16 * (slot % 4);
    }
    return world;
}

static int person_passes(const tw_world *world, const tw_block *block, int32_t person)
{
    const int age = tw_age_index(world, block, person);
    const uint64_t *limit = world->person_limit[tw_person_state(sex[person], marital[person], age)];
    int passes = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
        uint32_t most = tw_event_lead(limit[0], limit[1], slot);
        for (int z = 0; z < ZONES && slot == TW_SLOT_WORK; z++) {
            const uint32_t of = world->work.limit[tw_work_cell(z, activity[person], age)];
            most = of > most ? of : most;
        }
        passes |= tw_event_lead(word[0][person], word[1][person], slot) <= most;
    }
    return passes;
}

static void persons(void)
{
    tw_world *world = make_world();
    tw_thinning_open(world);
    for (int c = 0; c < NUM_COUNTS; c++) {
        tw_block block;
        int32_t row[MOST], num = 0;
        fill(&block, counts[c], (uint64_t)c);
        const int32_t found = tw_thin_persons(world, &block, word[0], word[1], row);
        for (int32_t i = 0; i < counts[c]; i++) {
            if (person_passes(world, &block, i)) {
                CHECK(num < found && row[num] == i);
                num++;
            }
        }
        CHECK_EQ_INT(found, num);
        CHECK(counts[c] < 64 || (num > 0 && num < counts[c]));
    }
    free(world->work.limit);
    free(world);
}

static void households(void)
{
    static const uint32_t bounds[] = {0, 1, 40, 65536, 300, 0, 20, 0};
    tw_world *world = calloc(1, sizeof(*world));
    static tw_candidate candidate[MOST];
    for (int c = 0; c < 2 * NUM_COUNTS; c++) {
        tw_block block;
        int32_t num = 0;
        fill(&block, counts[c / 2], (uint64_t)c);
        memcpy(world->household_bound, bounds, sizeof bounds);
        world->household_bound[3] = c % 2 ? 65536 : 7; /* all of them, few of them */
        const int32_t found = tw_thin_households(world, &block, word[0], word[1], candidate);
        for (int32_t i = 0; i < counts[c / 2]; i++) {
            int passes = (flags[i] & (TW_SEEKS_DWELLING | TW_ORPHANED)) != 0;
            for (int slot = 0; slot < SLOTS; slot++) {
                passes |=
                    tw_event_lead(word[0][i], word[1][i], slot) < world->household_bound[slot];
            }
            if (passes) {
                CHECK(num < found && candidate[num].row == i && candidate[num].flags == flags[i] &&
                      candidate[num].word[0] == word[0][i] && candidate[num].word[1] == word[1][i]);
                num++;
            }
        }
        CHECK_EQ_INT(found, num);
    }
    free(world);
}

static void rows(void)
{
    static const uint8_t mark[ZONES] = {0, 1, 0};
    for (int c = 0; c < NUM_COUNTS; c++) {
        tw_block block;
        int32_t row[MOST], num = 0;
        fill(&block, counts[c], 99 + (uint64_t)c);
        const int32_t found = tw_rows_equal(activity, 2, counts[c], row);
        const int32_t some = tw_rows_from(0, counts[c]);
        const uint64_t marked = tw_bits_marked(zone, mark, some);
        const uint64_t flagged = tw_bits_unequal(flags, 0, some);
        for (int32_t i = 0; i < counts[c]; i++) {
            CHECK(activity[i] != 2 || (num < found && row[num] == i));
            num += activity[i] == 2;
            CHECK(i >= some || (marked >> i & 1) == (zone[i] == 1));
            CHECK(i >= some || (flagged >> i & 1) == (flags[i] != 0));
        }
        CHECK_EQ_INT(found, num);
        CHECK(some == TW_ROWS_AT_ONCE || ((marked | flagged) >> some) == 0);
    }
}

int main(void)
{
    RUN(persons);
    RUN(households);
    RUN(rows);
    return REPORT();
}
