/* SPDX-License-Identifier: Apache-2.0 */
/** Market dwellings: allotment in rounds, rents and building. */
#include <stdlib.h>
#include <string.h>

#include "process/housing/housing.h"

/* Vacancy of few dwellings says little: some at natural vacancy are added. */
static double vacancy(const tw_world *world, int zone)
{
    const double stock = (double)TW_AT(&world->zones, dwellings, zone);
    const double used = (double)TW_AT(&world->zones, dwellings_used, zone);
    const double most = world->settings->vacancy_count * world->sample;
    return (stock - used + most * world->settings->natural_vacancy) / (stock + most);
}

/*
 * What a town was building for: growth of its dwellings per year, from that of the town between the
 * censuses and from the part of new families that needs a dwelling.
 */
static double growth_before(const tw_world *world, int county)
{
    const int town = tw_zone(county, TW_TOWN);
    const double then = (double)world->region->census[0][county].urban;
    const double now = (double)world->region->census[1][county].urban;
    const double used = (double)(TW_AT(&world->zones, dwellings_used, town) +
                                 TW_AT(&world->zones, public_used, town));
    const double families = (double)TW_AT(&world->zones, families, town);
    const double needed = used > 0 ? world->need_share[county] * families / used : 0;
    const double growth = then > 0 && now > 0 ? needed * (tw_log(now) - tw_log(then)) / 10 : 0;
    const double most = world->settings->build_limit;
    return growth < 0 ? 0 : growth > most ? most : growth;
}

/* The share of the region, spread by what part of each town's families lives in such dwellings. */
static void set_need_shares(tw_world *world)
{
    double in_dwellings = 0, families = 0;
    for (int z = TW_TOWN; z < world->num_zones; z += TW_NUM_ZONE_KINDS) {
        in_dwellings += (double)(TW_AT(&world->zones, dwellings_used, z) +
                                 TW_AT(&world->zones, public_used, z));
        families += (double)TW_AT(&world->zones, families, z);
    }
    for (int c = 0; c < world->num_counties; c++) {
        const int town = tw_zone(c, TW_TOWN);
        const double used = (double)(TW_AT(&world->zones, dwellings_used, town) +
                                     TW_AT(&world->zones, public_used, town));
        const double all = (double)TW_AT(&world->zones, families, town);
        const double relative = all > 0 && used > 0 ? used / all * families / in_dwellings : 1;
        const double share = world->settings->seek_share * relative;
        world->need_share[c] = share > 1 ? 1 : share;
    }
}

void tw_housing_start(tw_world *world)
{
    const tw_settings *settings = world->settings;
    set_need_shares(world);
    const double income = world->town_income_start * world->mean_town_size;
    for (int z = TW_TOWN; z < world->num_zones; z += TW_NUM_ZONE_KINDS) {
        const double used = (double)TW_AT(&world->zones, dwellings_used, z);
        const double public_used = (double)TW_AT(&world->zones, public_used, z);
        const double filled = 1 - settings->natural_vacancy;
        const double growth = growth_before(world, z / TW_NUM_ZONE_KINDS);
        TW_AT(&world->zones, dwellings, z) = tw_round(used / filled);
        TW_AT(&world->zones, public_dwellings, z) = tw_round(public_used / filled);
        TW_AT(&world->zones, building_land, z) = tw_round(settings->land_start * used / filled);
        TW_AT(&world->zones, rent, z) =
            tw_round(100 * settings->rent_share * income * world->area_income[z] / 12);
        TW_AT(&world->zones, price, z) =
            tw_round(settings->price_to_rent * 12 * (double)TW_AT(&world->zones, rent, z));
        for (int q = 0; q < settings->build_lag; q++) {
            world->pipeline[q * world->num_zones + z] = tw_round(used / filled * growth / 4);
        }
        for (int q = 0; q < 4; q++) {
            world->used_before[q * world->num_zones + z] =
                tw_round(used * (1 - growth * (4 - q) / 4));
        }
    }
}

/* One round: applications with a market set take part; outcome is noted in `wants`. */
static tw_status clear_round(tw_world *world, int field, int used_field, tw_market *market,
                             int outcome)
{
    for (int c = 0; c < world->num_counties; c++) {
        const int town = tw_zone(c, TW_TOWN);
        const int64_t free_now = tw_zone_column(&world->zones, field)[town] -
                                 tw_zone_column(&world->zones, used_field)[town];
        /* What earlier rounds of the quarter gave is taken off: `given` of the same stock. */
        market[c].capacity = free_now > 0 ? free_now : 0;
    }
    tw_applications *list = malloc((size_t)world->num_workers * sizeof(*list));
    if (list == NULL) {
        return TW_NO_MEMORY;
    }
    for (int w = 0; w < world->num_workers; w++) {
        list[w] = world->worker[w].applications;
    }
    tw_status status = tw_markets_clear(list, world->num_workers, market, world->num_counties);
    for (int w = 0; w < world->num_workers && status == TW_OK; w++) {
        for (int32_t i = 0; i < list[w].count; i++) {
            tw_application *application = &list[w].row[i];
            if (application->market >= 0 && application->served) {
                application->wants |= (uint8_t)outcome;
            }
            application->market = -1;
        }
    }
    free(list);
    return status;
}

/* Sends every application that still needs a dwelling to a market; to none with round 0 and no
 * wish. */
static void set_markets(tw_world *world, int wish, int second)
{
    for (int w = 0; w < world->num_workers; w++) {
        for (int32_t i = 0; i < world->worker[w].applications.count; i++) {
            tw_application *application = &world->worker[w].applications.row[i];
            const int zone = second ? application->second : application->destination;
            const int open = (application->wants & TW_NEEDS_DWELLING) &&
                             !(application->wants & TW_GOT_ANY) && zone >= 0 &&
                             (wish == 0 || (application->wants & wish));
            application->market = open ? zone / TW_NUM_ZONE_KINDS : -1;
        }
    }
}

/* Who was refused and needs no dwelling at the second choice goes there. */
static void house_second_choices(tw_applications *list)
{
    for (int32_t i = 0; i < list->count; i++) {
        tw_application *application = &list->row[i];
        const int housed = application->wants & TW_SECOND_HOUSED;
        if (housed && !(application->wants & TW_GOT_ANY)) {
            application->wants |= TW_GOT_SECOND;
        }
    }
}

tw_status tw_housing_clear(tw_world *world)
{
    tw_market *market = calloc((size_t)world->num_counties, sizeof(*market));
    int64_t *held = calloc((size_t)world->num_counties, sizeof(*held));
    tw_status status = market == NULL || held == NULL ? TW_NO_MEMORY : TW_OK;
    if (status == TW_OK) {
        set_markets(world, TW_WANTS_PUBLIC, 0);
        status = clear_round(world, TW_ZONE_public_dwellings, TW_ZONE_public_used, market,
                             TW_GOT_PUBLIC);
    }
    for (int c = 0; c < world->num_counties && status == TW_OK; c++) {
        const int town = tw_zone(c, TW_TOWN);
        world->public_chance[c] = market[c].demand > 0
                                      ? (double)market[c].given / (double)market[c].demand
                                      : TW_AT(&world->zones, public_dwellings, town) >
                                            TW_AT(&world->zones, public_used, town);
    }
    if (status == TW_OK) {
        set_markets(world, 0, 0);
        status =
            clear_round(world, TW_ZONE_dwellings, TW_ZONE_dwellings_used, market, TW_GOT_FIRST);
    }
    for (int w = 0; w < world->num_workers; w++) {
        house_second_choices(&world->worker[w].applications);
    }
    /* The second round must not give again what the first one gave. */
    for (int c = 0; c < world->num_counties && status == TW_OK; c++) {
        held[c] = market[c].given;
        TW_AT(&world->zones, dwellings_used, tw_zone(c, TW_TOWN)) += held[c];
    }
    if (status == TW_OK) {
        set_markets(world, 0, 1);
        status =
            clear_round(world, TW_ZONE_dwellings, TW_ZONE_dwellings_used, market, TW_GOT_SECOND);
    }
    for (int c = 0; c < world->num_counties && held != NULL; c++) {
        TW_AT(&world->zones, dwellings_used, tw_zone(c, TW_TOWN)) -= held[c];
    }
    free(held);
    free(market);
    return status;
}

/* Growth of town incomes since the last quarter: rents and prices are in yuan of the day. */
static double income_growth(const tw_world *world)
{
    const double now = world->income_head[TW_TOWN], before = world->income_before;
    return before > 0 && now > 0 ? tw_log(now / before) : 0;
}

/* A quarter's change of a rent or price by vacancy; both ways at most the limit a year. */
static int64_t adjusted(const tw_world *world, int zone, int64_t value, double response)
{
    const tw_settings *settings = world->settings;
    double change = response * (settings->natural_vacancy - vacancy(world, zone));
    const double limit = settings->rent_change_limit;
    change = change > limit ? limit : change < -limit ? -limit : change;
    return tw_round((double)value *
                    tw_exp(change / 4 + settings->rent_income * income_growth(world)));
}

static void adjust_prices(tw_world *world, int zone)
{
    const tw_settings *settings = world->settings;
    TW_AT(&world->zones, rent, zone) =
        adjusted(world, zone, TW_AT(&world->zones, rent, zone), settings->rent_response);
    TW_AT(&world->zones, price, zone) =
        adjusted(world, zone, TW_AT(&world->zones, price, zone), settings->price_response);
}

/* Completions of the quarter, and starts: growth of the last year plus the vacancy gap. */
static void build(tw_world *world, int zone)
{
    const tw_settings *settings = world->settings;
    const int slot = (int)((world->quarter - world->start) % settings->build_lag);
    int64_t *due = &world->pipeline[slot * world->num_zones + zone];
    TW_AT(&world->zones, dwellings, zone) += *due;
    TW_AT(&world->zones, built, zone) += *due;
    const int year = (world->quarter - world->start) % 4;
    int64_t *before = &world->used_before[year * world->num_zones + zone];
    const double used = (double)TW_AT(&world->zones, dwellings_used, zone);
    const double growth = *before > 0 ? (used - (double)*before) / (double)*before : 0;
    *before = TW_AT(&world->zones, dwellings_used, zone);
    double rate =
        growth + settings->build_response * (settings->natural_vacancy - vacancy(world, zone));
    rate = rate < 0 ? 0 : rate > settings->build_limit ? settings->build_limit : rate;
    const double wanted =
        world->build_carry[zone] + rate / 4 * (double)TW_AT(&world->zones, dwellings, zone);
    const int64_t land = TW_AT(&world->zones, building_land, zone);
    *due = (int64_t)wanted < land ? (int64_t)wanted : land;
    TW_AT(&world->zones, building_land, zone) -= *due;
    /* What the land does not allow is not made up for later. */
    world->build_carry[zone] = wanted - (double)(int64_t)wanted;
}

/* New land of the quarter; parts of a dwelling wait. */
static void add_land(tw_world *world, int zone)
{
    const double dwellings = (double)TW_AT(&world->zones, dwellings, zone);
    TW_AT(&world->zones, building_land, zone) +=
        tw_take_whole(&world->land_carry[zone], 0.25 * world->settings->land_quota * dwellings);
}

void tw_housing_close(tw_world *world)
{
    if (world->settings->housing == TW_PROCESS_NONE) {
        return;
    }
    for (int z = TW_TOWN; z < world->num_zones; z += TW_NUM_ZONE_KINDS) {
        adjust_prices(world, z);
        add_land(world, z);
        build(world, z);
    }
    world->income_before = world->income_head[TW_TOWN];
}
