/* SPDX-License-Identifier: Apache-2.0 */
/** Places of persons: two zones at the start, and more later persons than the table begins with. */
#include <stdlib.h>

#include "base/digest.h"
#include "compare/roll.h"
#include "test.h"

enum { LATER = 5000 };

static uint64_t later_uid(int number)
{
    return tw_mix((uint64_t)number + 1) | UINT64_C(1) << 63;
}

/* Zones 5401020 with three persons and 5401021 with two. */
static tw_roll roll_of_five(void)
{
    tw_roll roll = {.num_zones = 2, .num = 5, .num_places = 5, .num_slots = 16};
    roll.code = calloc(2, sizeof(*roll.code));
    roll.first = calloc(3, sizeof(*roll.first));
    roll.later = calloc(roll.num_slots, sizeof(*roll.later));
    CHECK(roll.code != NULL && roll.first != NULL && roll.later != NULL);
    roll.code[0] = 5401020;
    roll.code[1] = 5401021;
    roll.first[1] = 3;
    roll.first[2] = 5;
    return roll;
}

static void the_start_has_its_places(void)
{
    tw_roll roll = roll_of_five();
    int32_t hint = 0;
    int64_t place;
    CHECK(tw_roll_start(&roll, tw_start_person_uid(5401020, 2), &hint) == 2 && hint == 0);
    CHECK(tw_roll_start(&roll, tw_start_person_uid(5401021, 1), &hint) == 4 && hint == 1);
    CHECK(tw_roll_start(&roll, tw_start_person_uid(5401020, 0), &hint) == 0 && hint == 0);
    CHECK(tw_roll_add(&roll, tw_start_person_uid(5401021, 0), &place) == TW_OK && place == 3);
    CHECK(roll.num_places == 5);
    tw_roll_free(&roll);
}

static void later_persons_keep_their_places(void)
{
    tw_roll roll = roll_of_five();
    int64_t place;
    for (int i = 0; i < LATER; i++) {
        CHECK(tw_roll_later(&roll, later_uid(i)) == -1);
        CHECK(tw_roll_add(&roll, later_uid(i), &place) == TW_OK && place == 5 + i);
    }
    for (int i = 0; i < LATER; i++) {
        CHECK(tw_roll_add(&roll, later_uid(i), &place) == TW_OK && place == 5 + i);
        CHECK(tw_roll_later(&roll, later_uid(i)) == 5 + i);
    }
    CHECK(roll.num_places == 5 + LATER && roll.num_slots >= 2 * LATER);
    tw_roll_forget(&roll);
    CHECK(roll.num_places == 5 && tw_roll_later(&roll, later_uid(0)) == -1);
    tw_roll_free(&roll);
}

static void arrays_follow(void)
{
    tw_roll roll = roll_of_five();
    tw_sighting sighting = {.zone = NULL};
    int64_t place;
    CHECK(tw_sighting_fit(&roll, &sighting) == TW_OK && sighting.extent.num == 5);
    sighting.zone[4] = 7;
    for (int i = 0; i < LATER; i++) {
        CHECK(tw_roll_add(&roll, later_uid(i), &place) == TW_OK);
        CHECK(tw_sighting_fit(&roll, &sighting) == TW_OK && sighting.zone[place] == -1);
        sighting.zone[place] = (int16_t)i;
    }
    CHECK(sighting.zone[0] == -1 && sighting.zone[4] == 7);
    CHECK(sighting.zone[5] == 0 && sighting.zone[4 + LATER] == LATER - 1);
    tw_sighting_free(&sighting);
    tw_roll_free(&roll);
}

int main(void)
{
    RUN(the_start_has_its_places);
    RUN(later_persons_keep_their_places);
    RUN(arrays_follow);
    return REPORT();
}
