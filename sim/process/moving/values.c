/* SPDX-License-Identifier: Apache-2.0 */
/** The serial part of moving: what places are worth in a quarter, and the conditioned start. */
#include <math.h>
#include <stdlib.h>

#include "process/moving/moving.h"
#include "process/moving/nests.h"
#include "process/moving/search.h"
#include "process/moving/taste.h"

static double tier_level(const tw_settings *settings, tw_tier tier)
{
    const double above[TW_NUM_TIERS] = {0, settings->city_level, settings->capital_level};
    return settings->town_level + above[tier];
}

/* Rent a newcomer expects over the income of a household, after the chance of public housing. */
static double rent_burden(const tw_world *world, int county, double subsidy_cents)
{
    const int town = tw_zone(county, TW_TOWN);
    const tw_settings *settings = world->settings;
    double rent = (double)TW_AT(&world->zones, rent, town);
    rent *= 1 - settings->public_rent_discount * settings->take_up * world->public_chance[county];
    rent = rent > subsidy_cents ? rent - subsidy_cents : 0;
    return rent * 12 / (100 * world->income[town] * world->mean_town_size);
}

/* A town stands for as many places as it has room for people: ln of its residents over those of the
 * mean town at the start. */
static double size_of(const tw_world *world, int county, double mean)
{
    const double residents = (double)TW_AT(&world->zones, persons, tw_zone(county, TW_TOWN));
    return mean > 0 ? tw_log((residents > 1 ? residents : 1) / mean) : 0;
}

static double mean_town_at_start(const tw_world *world)
{
    double sum = 0;
    for (int c = 0; c < world->num_counties; c++) {
        sum += world->town_residents_start[tw_zone(c, TW_TOWN)];
    }
    return sum / world->num_counties;
}

/* Cents a month of the rental subsidy of a county for a kind of household. */
static double subsidy_cents(const tw_world *world, int kind, int county)
{
    const int i = tw_grant_in_force(world, TW_LEVER_RENT_SUBSIDY, kind, county, world->quarter);
    return i < 0 ? 0
                 : 100 * tw_delivered(world, tw_scenario_programme(world->scenario, i),
                                      world->quarter);
}

/* Utility of the settling grant: income of a household of the mean size, spread over some years. */
static double grant_utility(const tw_world *world, int kind, int county)
{
    const tw_settings *settings = world->settings;
    const int i = tw_grant_in_force(world, TW_LEVER_SETTLING_GRANT, kind, county, world->quarter);
    if (i < 0) {
        return 0;
    }
    const double yuan =
        tw_delivered(world, tw_scenario_programme(world->scenario, i), world->quarter);
    const double income = world->income[tw_zone(county, TW_TOWN)] * world->mean_town_size;
    return settings->income_weight * tw_log(1 + yuan / (settings->grant_years * income));
}

/* Share of a town's market dwellings that were renewed. */
static double renewed_share(const tw_world *world, int town)
{
    const double stock = (double)TW_AT(&world->zones, dwellings, town);
    const double renewed = (double)TW_AT(&world->zones, dwellings_renewed, town);
    return stock <= 0 ? 0 : renewed < stock ? renewed / stock : 1;
}

static void publish_town(tw_world *world, int county, double mean)
{
    const tw_settings *settings = world->settings;
    const int town = tw_zone(county, TW_TOWN);
    const double level = tier_level(settings, world->region->counties[county].tier) +
                         settings->income_weight * tw_log(world->income[town]) +
                         settings->openness_weight * tw_takes_registrations(world, town) +
                         settings->size_weight * size_of(world, county, mean) +
                         settings->renewal_weight * renewed_share(world, town);
    const double unpaid = rent_burden(world, county, 0);
    for (int kind = 0; kind < TW_NUM_HOUSEHOLD_KINDS; kind++) {
        const double burden[2] = {unpaid,
                                  rent_burden(world, county, subsidy_cents(world, kind, county))};
        const double grant = grant_utility(world, kind, county);
        for (int i = 0; i < 4; i++) {
            world->places.town[4 * kind + i][county] =
                level - settings->rent_weight * burden[i & 1] + (i & 2 ? grant : 0);
        }
    }
}

static void publish_values(tw_world *world)
{
    const double mean = mean_town_at_start(world);
    for (int c = 0; c < world->num_counties; c++) {
        publish_town(world, c, mean);
        world->places.village[c] =
            world->settings->income_weight * tw_log(world->income[tw_zone(c, TW_RURAL)]);
    }
}

/* Who moves within a circle bears less of the risk to find no job, by its labour platform. */
static double platform_utility(const tw_world *world, int from, int to)
{
    const double level = tw_policy(world, TW_LEVER_LABOUR_PLATFORM, to);
    if (level <= 0 || from == to || !tw_region_share_circle(world->region, from, to)) {
        return 0;
    }
    const double chance = tw_job_chance(world, to);
    return chance > 0 ? world->settings->income_weight * tw_log(tw_raised(chance, level) / chance)
                      : 0;
}

/* Travel and climb from every zone to every town; heating and oxygen take from the climb. */
static void publish_nearness(tw_world *world)
{
    const tw_settings *settings = world->settings;
    const double *heated =
        world->services.quality + (size_t)TW_SERVICE_HEATING * (size_t)world->num_zones;
    for (int z = 0; z < world->num_zones; z++) {
        const int from = z / TW_NUM_ZONE_KINDS;
        for (int c = 0; c < world->num_counties; c++) {
            double minutes = world->travel[from * world->num_counties + c];
            minutes += tw_is_town(z) ? 0 : world->access[from];
            minutes = minutes < 15 ? 15 : minutes;
            double climb = (world->region->counties[c].seat_elevation_m -
                            world->region->counties[from].seat_elevation_m) /
                           1000;
            world->places.nearness[z * world->num_counties + c] =
                -settings->travel_weight * tw_log(minutes) -
                settings->climb_weight * (climb > 0 ? climb : 0) *
                    (1 - heated[tw_zone(c, TW_TOWN)]) +
                0.2 * settings->moving_cost * tw_policy(world, TW_LEVER_PORTABILITY, c) +
                platform_utility(world, from, c);
        }
    }
}

static void publish_network(tw_world *world)
{
    const int n = world->num_counties;
    for (int home = 0; home < n; home++) {
        int64_t all = 0;
        for (int c = 0; c < n; c++) {
            all += world->migrants[home * n + c];
        }
        const int64_t stayed = TW_AT(&world->zones, persons, tw_zone(home, TW_RURAL));
        world->places.away[home] = all + stayed > 0 ? (double)all / (double)(all + stayed) : 0;
        for (int c = 0; c < n; c++) {
            double share = all > 0 ? (double)world->migrants[home * n + c] / (double)all : 0;
            world->places.network[home * n + c] =
                world->settings->network_weight * tw_log(1 + share);
        }
    }
}

/* Minutes from a village to its seat: detour * 0.38 sqrt(area) / speed (mean distance in a disc).
 */
static void publish_access(tw_world *world)
{
    const tw_settings *settings = world->settings;
    for (int c = 0; c < world->num_counties; c++) {
        const double km =
            settings->travel_detour * 0.38 * sqrt(world->region->counties[c].area_defacto_km2);
        const double saved = tw_policy(world, TW_LEVER_RURAL_ROADS, c);
        world->access[c] = 60 * km / settings->rural_speed * (1 - saved);
    }
}

static int links_change(const tw_region *region, int32_t quarter)
{
    int opens = 0;
    for (int i = 0; i < region->num_links; i++) {
        opens |= region->links[i].opens == quarter;
    }
    return opens;
}

/* The roads of programmes that are open; returns their number. */
static int roads_opened(const tw_world *world, tw_road *road)
{
    int num = 0;
    for (int i = 0; i < world->num_programmes; i++) {
        const tw_programme *programme = tw_scenario_programme(world->scenario, i);
        if (!world->programme[i].opened) {
            continue;
        }
        int end[2] = {0, 0};
        for (int c = 0, at = 0; c < world->num_counties && at < 2; c++) {
            if (programme->in_place[c]) {
                end[at++] = c;
            }
        }
        road[num++] = (tw_road){end[0], end[1], programme->amount};
    }
    return num;
}

tw_status tw_moving_travel(tw_world *world)
{
    publish_access(world);
    /* Roads open in any quarter; the shortest paths are only worth their time then. */
    if (world->quarter != world->start && !links_change(world->region, world->quarter) &&
        !world->roads_changed) {
        return TW_OK;
    }
    const int32_t quarter = world->settings->trends ? world->quarter : world->start;
    tw_road *road = calloc((size_t)world->num_programmes + 1, sizeof(*road));
    if (road == NULL) {
        return TW_NO_MEMORY;
    }
    const int num = roads_opened(world, road);
    const tw_status status =
        tw_region_travel_minutes(world->region, quarter, road, num, world->travel);
    free(road);
    return status;
}

void tw_moving_open(tw_world *world)
{
    publish_nearness(world);
    publish_values(world);
    publish_network(world);
    tw_search_open(world);
}

/* Services of a zone to the mean household of a kind at the start. */
static double mean_services(const tw_world *world, const double *service, int kind, int zone)
{
    double sum = 0;
    for (int s = 0; s < TW_NUM_SERVICES; s++) {
        sum += world->services.need[kind][s] * service[s * world->num_zones + zone];
    }
    return sum;
}

/*
 * What the households of a zone compare at the start, registered there and with the needs of the
 * mean of their kind; a town dweller does not compare villages. Protection of land was not there
 * when they chose: it changes no taste. All relative to the scale of tastes.
 */
static void publish_start(tw_world *world, int zone)
{
    const int n = world->num_counties, county = zone / TW_NUM_ZONE_KINDS;
    const tw_settings *settings = world->settings;
    const double scale = settings->dissimilarity * settings->taste_scale;
    const int risky = !tw_is_town(zone) && settings->registration != TW_PROCESS_NONE;
    const double risk = risky ? settings->move_risk_weight * settings->land_risk : 0;
    double *value = &world->places.start_value[zone * (n + 1)];
    double *sum = &world->places.start_sum[zone * TW_NUM_NESTS];
    for (int c = 0; c < n; c++) {
        const int here = tw_is_town(zone) && c == county;
        const double *service = here          ? world->places.service
                                : c == county ? world->places.service_county
                                              : world->places.service_elsewhere;
        value[c] = world->places.town[0][c] + world->places.network[county * n + c];
        value[c] += mean_services(world, service, zone % TW_NUM_ZONE_KINDS, tw_zone(c, TW_TOWN));
        value[c] += here ? 0 : world->places.nearness[zone * n + c] - settings->moving_cost - risk;
        value[c] /= scale;
        sum[tw_nest_of(world->region->counties[c].tier)] += tw_exp(value[c]);
    }
    value[n] = (world->places.village[county] +
                mean_services(world, world->places.service, TW_RURAL, tw_zone(county, TW_RURAL))) /
               scale;
    sum[TW_NEST_VILLAGE] = tw_is_town(zone) ? 0 : tw_exp(value[n]);
}

void tw_moving_start(tw_world *world)
{
    tw_search_start(world);
    tw_taste_ceilings_set(world->places.ceilings, world->settings->taste_change);
    /* Without tastes there are none to explain. */
    for (int z = 0; z < world->num_zones && world->settings->taste_scale > 0; z++) {
        publish_start(world, z);
    }
    for (int c = 0; c < world->num_counties; c++) {
        world->places.nest[c] = (uint8_t)tw_nest_of(world->region->counties[c].tier);
        world->places.code[c] = (uint32_t)tw_zone_code(world->region, tw_zone(c, TW_TOWN));
        world->places.village_code[c] = (uint32_t)tw_zone_code(world->region, tw_zone(c, TW_RURAL));
    }
}
