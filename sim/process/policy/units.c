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
        default:
            return 1;
    }
    return size > 0 ? size / world->sample : 0;
}

/* Persons served by hospitals, senior schools and utilities together. */
static void serve_persons(tw_world *world, int town, int64_t persons)
{
    const int64_t pupils_per_thousand = 50; /* ages 15-17 at senior schools, of all residents */
    TW_AT(&world->zones, places_hospital, town) += persons;
    TW_AT(&world->zones, places_utilities, town) += persons;
    TW_AT(&world->zones, places_senior, town) += persons * pupils_per_thousand / 1000;
}

void tw_policy_deliver(tw_world *world, int lever, int county, int64_t units)
{
    const int town = tw_zone(county, TW_TOWN), village = tw_zone(county, TW_RURAL);
    tw_zones *zones = &world->zones;
    if (world->settings->housing == TW_PROCESS_NONE && lever == TW_LEVER_PUBLIC_RENTAL) {
        return; /* stocks of dwellings stay as they are */
    }
    switch (lever) {
        case TW_LEVER_PUBLIC_RENTAL:
            TW_AT(zones, public_dwellings, town) += units;
            TW_AT(zones, public_built, town) += units;
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
