/* SPDX-License-Identifier: Apache-2.0 */
/** Amounts of a quarter, in cents, from published incomes. */
#include "process/budget/budget.h"

enum { SUMMER_FIRST = 2, SUMMER_LAST = 3 }; /* quarters of May and August, of four from November */

/* Wage by sector and skill relative to a job in industry with middle skill. */
static double relative_wage(const tw_world *world, int activity, int skill)
{
    const double by_sector[TW_NUM_SECTORS] = {1, world->settings->construction_wage,
                                              world->settings->services_wage,
                                              world->settings->public_wage};
    const double by_skill[TW_NUM_SKILLS] = {world->settings->low_skill_wage, 1,
                                            world->settings->high_skill_wage};
    if (activity == TW_SELF_EMPLOYED) {
        return world->settings->business_income * by_skill[skill];
    }
    return activity >= TW_EMPLOYED ? by_sector[activity - TW_EMPLOYED] * by_skill[skill] : 0;
}

/* Sum of relative wages over the residents of a zone kind, and the residents. */
static void sum_wages(const tw_world *world, double *wages, double *residents)
{
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            const int kind = block->zone[h] % TW_NUM_ZONE_KINDS;
            for (int32_t p = block->first_person[h]; p < block->first_person[h + 1]; p++) {
                residents[kind] += 1;
                wages[kind] +=
                    relative_wage(world, block->activity[p], tw_skill_of(block->schooling[p]));
            }
        }
    }
}

/* Members of households that use land in their zone. */
static double land_users(const tw_world *world)
{
    double users = 0;
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            users += block->land_zone[h] == block->zone[h] ? tw_household_size(block, h) : 0;
        }
    }
    return users;
}

/* Share of those who farm in a zone that goes for seasonal work: the most next to a town. */
static double seasonal_share(const tw_world *world, int county)
{
    const double minutes = world->access[county];
    const double share =
        world->settings->seasonal_share * tw_exp(-minutes / world->settings->seasonal_minutes);
    const double more = share + tw_policy(world, TW_LEVER_WORK_RELIEF, county);
    return more < 1 ? more : 1;
}

/* For a quarter away: half of what a seasonal worker earns in a year; grows with rural incomes. */
static int64_t seasonal_cents(const tw_world *world)
{
    const double since = world->income_head[TW_RURAL] / world->income_head_2021[TW_RURAL];
    return tw_round(50 * world->settings->seasonal_income * since);
}

/* Cents that seasonal work brings the rural zones in a year. */
static double seasonal_wages(const tw_world *world)
{
    double workers = 0;
    for (int c = 0; c < world->num_counties; c++) {
        workers +=
            seasonal_share(world, c) * (double)TW_AT(&world->zones, farming, tw_zone(c, TW_RURAL));
    }
    return 2 * workers * (double)seasonal_cents(world);
}

/* Wages, farms: cents per year of the level, for a published income of one yuan per head. Published
 * wages of rural zones hold those of seasonal work. */
static void set_levels(tw_world *world)
{
    double wages[TW_NUM_ZONE_KINDS] = {0}, residents[TW_NUM_ZONE_KINDS] = {0};
    const tw_settings *settings = world->settings;
    const double share[TW_NUM_ZONE_KINDS] = {settings->rural_wage_share, settings->town_wage_share};
    sum_wages(world, wages, residents);
    for (int kind = 0; kind < TW_NUM_ZONE_KINDS; kind++) {
        const double seasonal = kind == TW_RURAL ? seasonal_wages(world) : 0;
        const double paid =
            100 * share[kind] * residents[kind] - seasonal / world->income_head[kind];
        world->budget.wage_level[kind] = wages[kind] > 0 && paid > 0 ? paid / wages[kind] : 0;
    }
    const double users = land_users(world);
    world->budget.farm_level =
        users > 0 ? 100 * settings->farm_share * residents[TW_RURAL] / users : 0;
}

static int is_summer(int32_t quarter)
{
    return quarter % 4 == SUMMER_FIRST || quarter % 4 == SUMMER_LAST;
}

/* Wages really paid over those at the start: public services always pay. */
static double kept_share(const tw_world *world, int zone, int activity)
{
    const int private = activity >= TW_EMPLOYED && activity != TW_EMPLOYED + TW_PUBLIC_SERVICES;
    const double paid = world->settings->wages_paid;
    const double more =
        (1 - paid) * tw_policy(world, TW_LEVER_WAGE_PROTECTION, zone / TW_NUM_ZONE_KINDS);
    const int works = world->settings->labour != TW_PROCESS_NONE;
    return private && works && tw_is_town(zone) ? 1 + more / paid : 1;
}

static void set_zone(tw_world *world, int zone)
{
    const tw_settings *settings = world->settings;
    const int kind = zone % TW_NUM_ZONE_KINDS;
    const double income = world->income_head[kind] * world->area_income[zone];
    const double wage = world->budget.wage_level[kind] * income;
    int64_t *paid = &world->budget.pay[tw_pay_cell(zone, 0)];
    for (int activity = 0; activity < TW_NUM_ACTIVITIES; activity++) {
        for (int skill = 0; skill < TW_NUM_SKILLS; skill++) {
            paid[tw_pay_of(activity, skill)] = tw_round(wage * kept_share(world, zone, activity) *
                                                        relative_wage(world, activity, skill) / 4);
        }
    }
    for (int skill = 0; skill < TW_NUM_SKILLS; skill++) {
        paid[TW_PAY_AWAY + skill] = paid[tw_pay_of(TW_FARMING, skill)] + seasonal_cents(world);
    }
    tw_zone_amounts *amounts = &world->budget.zone[zone];
    amounts->seasonal_share = !tw_is_town(zone) && world->budget.in_season
                                  ? seasonal_share(world, zone / TW_NUM_ZONE_KINDS)
                                  : 0;
    amounts->transfer = tw_round(25 * settings->transfer_share * income);
    amounts->property = tw_round(25 * settings->property_share * income);
    amounts->farm = tw_is_town(zone) ? 0 : tw_round(world->budget.farm_level * income / 4);
    const double floor_yuan = tw_is_town(zone) ? settings->floor_town : settings->floor_rural;
    const double since = world->income_head[kind] / world->income_head_2021[kind];
    const double rural = settings->floor_rural < floor_yuan ? settings->floor_rural : floor_yuan;
    const double more = tw_policy(world, TW_LEVER_MINIMUM_LIVING, zone / TW_NUM_ZONE_KINDS);
    const double elsewhere = rural + (tw_is_town(zone) ? more : 0) * (floor_yuan - rural);
    amounts->floor = tw_round(25 * floor_yuan * since);
    amounts->floor_elsewhere = tw_round(25 * elsewhere * since);
    const double spent =
        tw_is_town(zone) ? settings->town_consumption : settings->rural_consumption;
    amounts->consumption = tw_round(25 * (spent - settings->consumption_slope) * income);
    amounts->land_rent = tw_round(25 * settings->land_rent);
    amounts->rent = 3 * TW_AT(&world->zones, rent, zone);
    amounts->least_rent = tw_round(settings->least_rent * (double)amounts->rent);
    amounts->most_rent = tw_round(settings->most_rent * (double)amounts->rent);
    amounts->public_rent = tw_round((1 - settings->public_rent_discount) * (double)amounts->rent);
}

static int is_short(int64_t cents)
{
    return cents >= 0 && cents < INT32_MAX;
}

/* The amounts of a zone for settling in vectors, as short as they are with all usual settings. */
static void set_terms(tw_world *world, int zone)
{
    const tw_zone_amounts *of = &world->budget.zone[zone];
    const int64_t head = of->transfer + of->property;
    const int fits = is_short(of->transfer) && is_short(of->property) && is_short(of->farm) &&
                     is_short(head + of->farm) && is_short(of->land_rent) && is_short(of->floor) &&
                     is_short(of->floor_elsewhere) && of->floor_elsewhere <= of->floor &&
                     is_short(of->consumption);
    for (int kind = 0; kind < TW_BUDGET_KINDS; kind++) {
        tw_terms *terms = &world->budget.terms[tw_terms_cell(zone, kind)];
        *terms = (tw_terms){0, INT32_MAX, 0, 0};
        if (fits) {
            terms->own = (int32_t)(kind & TW_BUDGET_LETS ? of->land_rent : 0);
            terms->head = (int32_t)(head + (kind & TW_BUDGET_ON_LAND ? of->farm : 0));
            terms->least = (int32_t)(kind & TW_BUDGET_HERE ? of->floor : of->floor_elsewhere);
            terms->consumption = (int32_t)of->consumption;
        }
    }
}

/* What work pays, in all and by public services, in the halves of a word. */
static void set_paid(tw_world *world)
{
    const int public = tw_pay_of(TW_EMPLOYED + TW_PUBLIC_SERVICES, 0);
    int64_t most = 1;
    int fits = 1;
    for (int32_t i = 0; i < world->num_zones * TW_NUM_PAYS; i++) {
        const int64_t pay = world->budget.pay[i], of = i % TW_NUM_PAYS;
        const int is_public = of >= public && of < public + TW_NUM_SKILLS;
        world->budget.paid[i] = (uint64_t)pay | (is_public ? (uint64_t)pay << 32 : 0);
        fits = fits && is_short(pay);
        most = pay > most ? pay : most;
    }
    world->budget.most_members = fits ? (int32_t)(INT32_MAX / most) : 0;
}

void tw_budget_open(tw_world *world)
{
    world->budget.in_season = is_summer(world->quarter);
    world->budget.slope = tw_round(1e6 * world->settings->consumption_slope);
    for (int z = 0; z < world->num_zones; z++) {
        set_zone(world, z);
        set_terms(world, z);
    }
    set_paid(world);
}

/* Every household starts with some months of the income per head of its zone kind; assumed. */
static void give_savings(tw_world *world)
{
    const double years = world->settings->start_savings / 12;
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            const double income = world->income_head[block->zone[h] % TW_NUM_ZONE_KINDS];
            block->savings[h] = tw_round(100 * years * income) * tw_household_size(block, h);
        }
    }
}

void tw_budget_start(tw_world *world)
{
    set_levels(world);
    give_savings(world);
    tw_budget_recount(world, &world->budget.savings_start, &world->budget.debt_start);
}
