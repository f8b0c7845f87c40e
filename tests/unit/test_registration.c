/* SPDX-License-Identifier: Apache-2.0 */
/** Chances to transfer registration and to give up land: values by hand, direction of each term. */
#include "process/registration/registration.h"

#include "population/block.h"
#include "test.h"

static tw_settings plain(void)
{
    return (tw_settings){.registration_level = -2,
                         .outside_level = -5,
                         .registration_gain = 0.2,
                         .entitlement = 0.25,
                         .gain_years = 8,
                         .procedure_cost = 0.5,
                         .land_risk = 0.4,
                         .land_protection = 0.5,
                         .exit_threshold = 1000,
                         .exit_spread = 200};
}

/* What the settings make of the terms, for a county town with enough places. */
static tw_registration_terms terms_of(const tw_settings *settings)
{
    return (tw_registration_terms){.worth = 1,
                                   .lacking = 1 - settings->entitlement,
                                   .procedure = settings->procedure_cost,
                                   .protected = settings->land_protection};
}

static double chance_of(const tw_settings *settings, int stake, int quarters)
{
    const tw_registration_terms terms = terms_of(settings);
    return tw_registration_chance(settings, stake, quarters, &terms);
}

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

static void values_by_hand(void)
{
    const tw_settings settings = plain();
    /* Four years: 0.2 * 0.75 * 4 = 0.6. */
    CHECK_NEAR(chance_of(&settings, TW_STAKE_NONE, 16), logistic(-2 + 0.6 - 0.5), 1e-15);
    CHECK_NEAR(chance_of(&settings, TW_STAKE_LAND, 16), logistic(-2 + 0.6 - 0.5 - 0.2), 1e-15);
    CHECK_NEAR(chance_of(&settings, TW_STAKE_OUTSIDE, 16), logistic(-5 + 0.6 - 0.5), 1e-15);
    /* The gain ends with eight years. */
    CHECK_NEAR(chance_of(&settings, TW_STAKE_NONE, 32), logistic(-2 + 1.2 - 0.5), 1e-15);
    CHECK(chance_of(&settings, TW_STAKE_NONE, 255) == chance_of(&settings, TW_STAKE_NONE, 32));
}

static void every_term_has_its_sign(void)
{
    tw_settings settings = plain();
    const double chance = chance_of(&settings, TW_STAKE_LAND, 16);
    CHECK(chance_of(&settings, TW_STAKE_LAND, 17) > chance);
    settings.land_protection = 1;
    CHECK(chance_of(&settings, TW_STAKE_LAND, 16) == chance_of(&settings, TW_STAKE_NONE, 16));
    settings = plain();
    settings.entitlement = 1;
    CHECK(chance_of(&settings, TW_STAKE_LAND, 16) < chance);
    CHECK(chance_of(&settings, TW_STAKE_LAND, 0) == chance_of(&settings, TW_STAKE_LAND, 255));
    settings = plain();
    settings.procedure_cost = 0;
    CHECK(chance_of(&settings, TW_STAKE_LAND, 16) > chance);
}

static void land_is_given_up_for_pay(void)
{
    tw_settings settings = plain();
    CHECK(tw_land_exit_chance(&settings, 0) == 0);
    CHECK_NEAR(tw_land_exit_chance(&settings, 1000), 0.5, 1e-15);
    CHECK_NEAR(tw_land_exit_chance(&settings, 1200), logistic(1), 1e-15);
}

/* A household of one in a block of its own. */
static tw_block home_of(tw_household household)
{
    const tw_person person = {.person_uid = 7, .unit = 1};
    tw_block block = {0};
    CHECK(tw_block_reserve(&block, 4, 4) == TW_OK);
    tw_block_append(&block, &household, 1, &person);
    return block;
}

enum { COUNTIES = 8 };

/* Own town, another county's town, back home: the land stays, the clock begins anew elsewhere. */
static void settling_keeps_land(void)
{
    static double policy[TW_NUM_LEVERS * COUNTIES];
    const tw_settings settings = {.registration = TW_PROCESS_ON};
    const tw_world world = {.settings = &settings, .num_counties = COUNTIES, .policy = policy};
    tw_block block = home_of((tw_household){.zone = (int16_t)tw_zone(3, TW_TOWN),
                                            .land_zone = (int16_t)tw_zone(3, TW_RURAL),
                                            .land_state = TW_LAND_LET,
                                            .permit_quarters = 9});
    tw_settle(&world, &block, 0, tw_zone(4, TW_TOWN));
    CHECK_EQ_INT(block.permit_quarters[0], 0);
    CHECK_EQ_INT(block.land_state[0], TW_LAND_LET);
    block.permit_quarters[0] = 5;
    tw_settle(&world, &block, 0, tw_zone(4, TW_RURAL));
    CHECK_EQ_INT(block.permit_quarters[0], 5);
    tw_settle(&world, &block, 0, tw_zone(3, TW_RURAL));
    CHECK_EQ_INT(block.zone[0], tw_zone(3, TW_RURAL));
    CHECK_EQ_INT(block.land_state[0], TW_LAND_USED);
    /* Where residence is recognised, half of it is kept. */
    policy[TW_LEVER_PERMIT_RECOGNITION * COUNTIES + 5] = 0.5;
    block.permit_quarters[0] = 8;
    tw_settle(&world, &block, 0, tw_zone(5, TW_TOWN));
    CHECK_EQ_INT(block.permit_quarters[0], 4);
    tw_block_free(&block);
}

/* A relabelled village takes the land away; what was given up for pay stays so until new land. */
static void land_is_given_and_taken(void)
{
    tw_block block = home_of((tw_household){.land_zone = 6, .land_state = TW_LAND_LET});
    tw_give_land(&block, 0, TW_NO_ZONE);
    CHECK(block.land_zone[0] == TW_NO_ZONE && block.land_state[0] == TW_LAND_NONE);
    block.land_state[0] = TW_LAND_EXITED;
    tw_give_land(&block, 0, TW_NO_ZONE);
    CHECK_EQ_INT(block.land_state[0], TW_LAND_EXITED);
    tw_give_land(&block, 0, 8);
    CHECK(block.land_zone[0] == 8 && block.land_state[0] == TW_LAND_USED);
    tw_block_free(&block);
}

int main(void)
{
    RUN(values_by_hand);
    RUN(every_term_has_its_sign);
    RUN(land_is_given_up_for_pay);
    RUN(settling_keeps_land);
    RUN(land_is_given_and_taken);
    return REPORT();
}
