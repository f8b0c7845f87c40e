/* SPDX-License-Identifier: Apache-2.0 */
/** What a unit of a lever adds to which stock, and what levers are paid for. */
#include "process/policy/policy.h"

double tw_policy_base(const tw_world *world, int base, int county)
{
    const tw_zones *zones = &world->zones;
    const int town = tw_zone(county, TW_TOWN), village = tw_zone(county, TW_RURAL);
    double size = 0;
    switch (base) {
        case TW_BASE_TOWN:
            size = (double)TW_AT(zones, persons, town);
            break;
        case TW_BASE_RURAL:
            size = (double)TW_AT(zones, persons, village);
            break;
        case TW_BASE_ELSEWHERE:
            size = (double)(TW_AT(zones, persons, town) - TW_AT(zones, registered_here, town));
            break;
        case TW_BASE_PUPILS:
            size = (double)TW_AT(zones, school_age_elsewhere, town);
            break;
        case TW_BASE_SEEKERS:
            size = (double)TW_AT(zones, seeking, town);
            break;
        case TW_BASE_WORKERS:
            size = (double)tw_zone_employed(world, town);
            break;
        case TW_BASE_FARMERS:
            size = (double)TW_AT(zones, farming, village);
            break;
        case TW_BASE_SETTLED:
            size = 4 * (double)world->settled[county]; /* of a quarter, as a rate per year */
            break;
        default:
            return 1;
    }
    return size > 0 ? size / world->sample : 0;
}

/* Persons served by hospitals, senior schools and utilities together. */
static void serve_persons(tw_world *world, int town, int64_t persons)
{
    const int64_t pupils_per_thousand = 50; /* ages 15-17 at senior schools, of all residents */
    /* In whole thousandths, so that the order of programmes does not enter. */
    int64_t *carry = &world->senior_carry[town / TW_NUM_ZONE_KINDS];
    *carry += pupils_per_thousand * persons;
    const int64_t whole = *carry / 1000;
    *carry -= 1000 * whole;
    TW_AT(&world->zones, places_hospital, town) += persons;
    TW_AT(&world->zones, places_utilities, town) += persons;
    TW_AT(&world->zones, places_senior, town) += whole;
}

/* Dwellings renewed; the empty among them leave the stock until the works end, a building lag
 * later. */
static void renew(tw_world *world, int town, int64_t units)
{
    tw_zones *zones = &world->zones;
    const int64_t stock = TW_AT(zones, dwellings, town);
    const int64_t left = stock - TW_AT(zones, dwellings_renewed, town);
    const int64_t empty = stock - TW_AT(zones, dwellings_used, town);
    const int64_t done = units < left ? units : left > 0 ? left : 0;
    const int64_t out = empty > 0 ? (int64_t)((double)done * (double)empty / (double)stock) : 0;
    const int64_t lag = world->settings->build_lag;
    const int64_t slot = (world->quarter - world->start + lag - 1) % lag;
    TW_AT(zones, dwellings_renewed, town) += done;
    TW_AT(zones, dwellings, town) -= out;
    TW_AT(zones, renewal_out, town) += out;
    world->pipeline[slot * world->num_zones + town] += out;
}

void tw_policy_deliver(tw_world *world, int lever, int county, int64_t units)
{
    const int town = tw_zone(county, TW_TOWN), village = tw_zone(county, TW_RURAL);
    tw_zones *zones = &world->zones;
    const int of_stock = lever == TW_LEVER_PUBLIC_RENTAL || lever == TW_LEVER_RENEWAL;
    if (world->settings->housing == TW_PROCESS_NONE && of_stock) {
        return; /* stocks of dwellings stay as they are */
    }
    switch (lever) {
        case TW_LEVER_PUBLIC_RENTAL:
            TW_AT(zones, public_dwellings, town) += units;
            TW_AT(zones, public_built, town) += units;
            break;
        case TW_LEVER_RENEWAL:
            renew(world, town, units);
            break;
        case TW_LEVER_TRAINING_BASES:
            TW_AT(zones, places_training, town) += units;
            break;
        case TW_LEVER_IDLE_LAND:
            TW_AT(zones, building_land, town) += units;
            break;
        case TW_LEVER_SCHOOL_PLACES:
            TW_AT(zones, places_school, town) += units;
            break;
        case TW_LEVER_COMMUNITY_FACILITIES:
            TW_AT(zones, places_care, town) += units;
            break;
        case TW_LEVER_GREEN_SMART:
            TW_AT(zones, places_utilities, town) += units;
            break;
        case TW_LEVER_HEATING_OXYGEN:
            TW_AT(zones, places_heating, town) += units;
            break;
        case TW_LEVER_COUNTY_TOWN:
        case TW_LEVER_CENTRAL_TOWNS:
            serve_persons(world, town, units);
            break;
        case TW_LEVER_RURAL_INDUSTRY:
            tw_add_jobs(world, village, TW_SERVICES, (double)units);
            break;
        case TW_LEVER_NODE_INDUSTRY:
        case TW_LEVER_INDUSTRIAL_PARKS:
        case TW_LEVER_FIRM_RELOCATION:
            tw_add_jobs(world, town, TW_INDUSTRY, (double)units);
            break;
        default: /* the other levers of jobs: trade, tourism, small firms */
            tw_add_jobs(world, town, TW_SERVICES, (double)units);
            break;
    }
}

/* ---- what follows the persons newly registered ---- */

/* Land by what towns build: dwellings under way, and one more so that each has a share. */
static double building(const tw_world *world, int county)
{
    double sum = 1;
    for (int lag = 0; lag < world->settings->build_lag; lag++) {
        sum += (double)world->pipeline[lag * world->num_zones + tw_zone(county, TW_TOWN)];
    }
    return sum;
}

/* Share of a county in what its programme's places earned together. */
static double pooled_share(const tw_world *world, const tw_programme *programme, int county)
{
    double all = 0;
    for (int c = 0; c < world->num_counties; c++) {
        all += programme->in_place[c] ? building(world, c) : 0;
    }
    return building(world, county) / all;
}

/* Units of the sample that a county earns with its persons, or together with the others. */
static double earned(const tw_world *world, const tw_programme *programme, int county, double level)
{
    if (programme->lever != TW_LEVER_LAND_POOLING) {
        return level * (double)world->settled[county];
    }
    double all = 0;
    for (int c = 0; c < world->num_counties; c++) {
        all += programme->in_place[c] ? level * (double)world->settled[c] : 0;
    }
    return all * pooled_share(world, programme, county);
}

void tw_policy_follow_settled(tw_world *world, int programme, double level)
{
    const tw_programme *of = tw_scenario_programme(world->scenario, programme);
    tw_programme_state *state = &world->programme[programme];
    const int money = of->lever == TW_LEVER_MONEY_FOLLOWS;
    const int land = of->lever == TW_LEVER_LAND_QUOTA || of->lever == TW_LEVER_LAND_POOLING;
    for (int c = 0; c < world->num_counties && (money || land); c++) {
        if (!of->in_place[c]) {
            continue;
        }
        const double more = earned(world, of, c, level);
        const int64_t whole = tw_take_whole(&state->county_carry[c],
                                            money ? more / world->settings->yuan_per_person : more);
        if (money) {
            serve_persons(world, tw_zone(c, TW_TOWN), whole);
        } else {
            TW_AT(&world->zones, building_land, tw_zone(c, TW_TOWN)) += whole;
        }
    }
}

void tw_policy_close(tw_world *world)
{
    for (int c = 0; c < world->num_counties; c++) {
        world->settled[c] = TW_AT(&world->zones, transfers, tw_zone(c, TW_TOWN));
    }
}
