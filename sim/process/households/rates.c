/* SPDX-License-Identifier: Apache-2.0 */
/** Probabilities of a quarter by age, from the settings; bounds of the events. */
#include <string.h>

#include "process/households/households.h"

/** Ages, in years, at which the events of households are possible; assumed. */
enum { LOWEST_ADULT = 16, HIGHEST_UNION = 59, HIGHEST_LEAVE = 59 };

/* Rises from 0 at the lowest age to 1 at the peak and falls off behind it: x exp(1 - x). */
static double hump(double age, double lowest, double peak)
{
    const double x = (age + 0.5 - lowest) / (peak - lowest);
    return x <= 0 ? 0 : x * tw_exp(1 - x);
}

static void publish_unions(tw_world *world)
{
    const tw_settings *settings = world->settings;
    const double level[] = {settings->union_men, settings->union_women};
    const double peak[] = {settings->union_age_men, settings->union_age_women};
    tw_household_rates *rates = &world->forming;
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        for (int age = LOWEST_ADULT; age <= HIGHEST_UNION; age++) {
            rates->first_union[sex][age] =
                tw_quarterly(level[sex] * hump(age, LOWEST_ADULT, peak[sex]));
            rates->next_union[sex][age] = tw_quarterly(settings->next_union * (age < 50 ? 1 : 0.3));
        }
    }
}

static void publish_leaving(tw_world *world)
{
    const tw_settings *settings = world->settings;
    tw_household_rates *rates = &world->forming;
    for (int kind = 0; kind < TW_NUM_ZONE_KINDS; kind++) {
        const double here = kind == TW_TOWN ? 1 : settings->leave_rural;
        for (int age = LOWEST_ADULT; age <= HIGHEST_LEAVE; age++) {
            const double rate =
                settings->leave_level * here * hump(age, LOWEST_ADULT, settings->leave_age);
            rates->leave[kind][0][age] = tw_quarterly(rate);
            rates->leave[kind][1][age] = tw_quarterly(rate * settings->leave_coupled);
        }
        rates->split[kind] = tw_quarterly(settings->split_level * here);
    }
    rates->parting = tw_quarterly(settings->parting);
}

static void publish_joining(tw_world *world)
{
    const tw_settings *settings = world->settings;
    tw_household_rates *rates = &world->forming;
    /* Institutions keep the old; dormitories and sites let go at any age. */
    for (int age = 0; age < TW_AGES; age++) {
        rates->collective_exit[age] =
            age < LOWEST_ADULT ? 0 : tw_quarterly(settings->collective_exit * (age < 60 ? 1 : 0.2));
    }
    rates->join_elder = tw_quarterly(settings->join_elder);
    rates->join_alone = tw_quarterly(settings->join_alone);
}

static void bound_ages(tw_world *world, int sex, int age)
{
    const tw_household_rates *rates = &world->forming;
    const double next = rates->next_union[sex][age];
    double alone = 0, coupled = 0;
    for (int kind = 0; kind < TW_NUM_ZONE_KINDS; kind++) {
        alone = rates->leave[kind][0][age] > alone ? rates->leave[kind][0][age] : alone;
        coupled = rates->leave[kind][1][age] > coupled ? rates->leave[kind][1][age] : coupled;
    }
    tw_bound_person(world, TW_SLOT_UNION, sex, TW_NEVER_MARRIED, age, rates->first_union[sex][age]);
    tw_bound_person(world, TW_SLOT_UNION, sex, TW_DIVORCED, age, next);
    tw_bound_person(world, TW_SLOT_UNION, sex, TW_WIDOWED, age, next);
    for (int marital = 0; marital < TW_NUM_MARITAL; marital++) {
        /* The married may live alone. */
        tw_bound_person(world, TW_SLOT_LEAVE, sex, marital, age, alone > coupled ? alone : coupled);
    }
}

static void publish_bounds(tw_world *world)
{
    const tw_household_rates *rates = &world->forming;
    const double split = rates->split[TW_TOWN] > rates->split[TW_RURAL] ? rates->split[TW_TOWN]
                                                                        : rates->split[TW_RURAL];
    double most = 0;
    for (int age = 0; age < TW_AGES; age++) {
        for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
            bound_ages(world, sex, age);
            /* A married person whose partner lives elsewhere may lose that partner by death too. */
            tw_bound_person(world, TW_SLOT_PARTING, sex, TW_MARRIED, age,
                            rates->parting + world->vital.death[1 - sex][age]);
        }
        tw_bound_person(world, TW_SLOT_SPLIT, TW_FEMALE, TW_MARRIED, age, split);
        most = rates->collective_exit[age] > most ? rates->collective_exit[age] : most;
    }
    tw_bound_household(world, TW_SLOT_COLLECTIVE_EXIT, most);
    tw_bound_household(
        world, TW_SLOT_JOIN_KIN,
        rates->join_elder > rates->join_alone ? rates->join_elder : rates->join_alone);
}

void tw_households_open(tw_world *world)
{
    if (world->settings->households == TW_PROCESS_NONE) {
        return;
    }
    /* The rates do not change within a run. */
    if (world->quarter == world->start) {
        memset(&world->forming, 0, sizeof world->forming);
        publish_unions(world);
        publish_leaving(world);
        publish_joining(world);
    }
    publish_bounds(world);
}
