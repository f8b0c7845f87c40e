/* SPDX-License-Identifier: Apache-2.0 */
/** Shapley values of games whose answer is known, and parts rounded to their sum. */
#include "compare/shapley.h"

#include "test.h"

static void parts_add_up_to_the_whole(void)
{
    double value[1 << 7], share[7], sum = 0;
    unsigned state = 1;
    for (int c = 0; c < 1 << 7; c++) {
        state = state * 1103515245u + 12345u;
        value[c] = (double)(state >> 8 & 0xffff) / 1000;
    }
    tw_shapley(value, 7, share);
    for (int i = 0; i < 7; i++) {
        sum += share[i];
    }
    CHECK_NEAR(sum, value[127] - value[0], 1e-12);
}

/* The glove game: one left glove, two right ones; a pair is worth 1. Known: 2/3, 1/6, 1/6. */
static void the_glove_game(void)
{
    double value[8], share[3];
    for (unsigned c = 0; c < 8; c++) {
        value[c] = (c & 1) && (c & 6);
    }
    tw_shapley(value, 3, share);
    CHECK_NEAR(share[0], 2.0 / 3, 1e-15);
    CHECK_NEAR(share[1], 1.0 / 6, 1e-15);
    CHECK(share[1] == share[2]);
}

static void equal_players_are_equal_and_a_null_player_gets_nothing(void)
{
    double value[16], share[4];
    for (unsigned c = 0; c < 16; c++) {
        const int both = (c & 1) + (c >> 1 & 1); /* players 0 and 1 alike, 3 adds nothing */
        value[c] = both * both + 0.7 * (c >> 2 & 1) * both;
    }
    tw_shapley(value, 4, share);
    CHECK_NEAR(share[0], share[1], 1e-15);
    CHECK(share[3] == 0);
    CHECK_NEAR(share[0] + share[1] + share[2], value[15], 1e-14);
}

static void one_player_gets_all_and_none_nothing(void)
{
    const double value[2] = {0.25, 1};
    double share[1] = {0};
    tw_shapley(value, 1, share);
    CHECK(share[0] == 0.75);
    tw_shapley(value, 0, share);
    CHECK(share[0] == 0.75);
}

static void rounded_parts_add_up_to_the_rounded_whole(void)
{
    double part[4] = {0.334, 0.333, -0.106, 0.444}, sum = 0;
    tw_round_parts(part, 4, 1.005000001, 0.01);
    for (int i = 0; i < 4; i++) {
        sum += part[i];
        CHECK_NEAR(part[i] * 100, floor(part[i] * 100 + 0.5), 1e-9);
    }
    CHECK_NEAR(sum, 1.01, 1e-12);
    CHECK_NEAR(part[2], -0.1, 0.011);
}

int main(void)
{
    RUN(parts_add_up_to_the_whole);
    RUN(the_glove_game);
    RUN(equal_players_are_equal_and_a_null_player_gets_nothing);
    RUN(one_player_gets_all_and_none_nothing);
    RUN(rounded_parts_add_up_to_the_rounded_whole);
    return REPORT();
}
