/* SPDX-License-Identifier: Apache-2.0 */
/** Places, load and quality of the services of zones, and what they are worth to households. */
#include "process/services/services.h"

#include <string.h>

#include "base/assert.h"
#include "base/clones.h"
#include "process/members.h"

enum { INDUSTRY_EDUCATION = 15, INDUSTRY_HEALTH = 16, ELDER_WEIGHT = 3 };

static int64_t *places_of(const tw_world *world, int service)
{
    return tw_zone_column(&world->zones, TW_ZONE_places_school + service);
}

static double *row_of(const tw_world *world, double *values, int service)
{
    return values + (size_t)service * (size_t)world->num_zones;
}

static double load_of(const tw_world *world, int service, int zone)
{
    const tw_zones *zones = &world->zones;
    const int town = tw_is_town(zone);
    switch (service) {
        case TW_SERVICE_SCHOOL:
            return (double)TW_AT(zones, school_age, zone);
        case TW_SERVICE_SENIOR:
            return town ? (double)(TW_AT(zones, senior_pupils, zone) +
                                   TW_AT(zones, senior_pupils, zone - TW_TOWN))
                        : 0;
        case TW_SERVICE_HOSPITAL:
            return (double)(TW_AT(zones, persons, zone) +
                            (ELDER_WEIGHT - 1) * TW_AT(zones, elders, zone));
        case TW_SERVICE_CARE:
            return (double)(TW_AT(zones, elders, zone) + TW_AT(zones, infants, zone));
        case TW_SERVICE_UTILITIES:
            return (double)TW_AT(zones, persons, zone);
        default:
            return town ? (double)TW_AT(zones, persons, zone) : 0;
    }
}

static double level_of(const tw_world *world, int service, int zone)
{
    const tw_settings *settings = world->settings;
    const int county = zone / TW_NUM_ZONE_KINDS;
    const int central = service == TW_SERVICE_SENIOR || service == TW_SERVICE_HOSPITAL;
    const double better = !tw_is_town(zone) ? tw_policy(world, TW_LEVER_VILLAGE_UPGRADE, county)
                          : central         ? tw_policy(world, TW_LEVER_REGIONAL_CENTRES, county)
                                            : 0;
    const double town[TW_NUM_TIERS] = {1, settings->city_service_level,
                                       settings->capital_service_level};
    return (1 + better) * (tw_is_town(zone) ? town[world->region->counties[county].tier]
                                            : settings->rural_service_level);
}

/* The level of a town's schools and hospitals with what the best town of a circle shares. */
static double shared_level(const tw_world *world, int service, int zone)
{
    const int county = zone / TW_NUM_ZONE_KINDS;
    const double own = level_of(world, service, zone);
    const double part = tw_policy(world, TW_LEVER_SERVICE_SHARING, county);
    double best = own;
    for (int c = 0; c < world->num_counties && part > 0 && service <= TW_SERVICE_HOSPITAL; c++) {
        if (tw_is_town(zone) && c != county && tw_region_share_circle(world->region, c, county)) {
            const double level = level_of(world, service, tw_zone(c, TW_TOWN));
            best = level > best ? level : best;
        }
    }
    return own + part * (best - own);
}

/* ---- the start ---- */

/* Staff of the county per unit of load over that of the region; 1 where the census has no such. */
static double relative_staff(const tw_world *world, int service, int county)
{
    const tw_region *region = world->region;
    const tw_census *census = region->census[world->start >= tw_quarter_of(2020, 11)];
    const int industry = service == TW_SERVICE_HOSPITAL ? INDUSTRY_HEALTH : INDUSTRY_EDUCATION;
    double staff = 0, load = 0, own_load = 0;
    if (service != TW_SERVICE_SCHOOL && service != TW_SERVICE_SENIOR &&
        service != TW_SERVICE_HOSPITAL) {
        return 1;
    }
    for (int c = 0; c < world->num_counties; c++) {
        const double here = load_of(world, service, tw_zone(c, TW_RURAL)) +
                            load_of(world, service, tw_zone(c, TW_TOWN));
        staff += (double)census[c].employed_by_industry[industry];
        load += here;
        own_load = c == county ? here : own_load;
    }
    const double own = (double)census[county].employed_by_industry[industry];
    const double relative = staff > 0 && own_load > 0 ? own / own_load * load / staff : 1;
    return relative < 0.5 ? 0.5 : relative > 2 ? 2 : relative;
}

static double places_per_load(const tw_world *world, int service, int zone)
{
    const tw_settings *settings = world->settings;
    const int county = zone / TW_NUM_ZONE_KINDS;
    if (service == TW_SERVICE_HEATING) {
        return world->region->counties[county].tier == TW_CAPITAL ? settings->heating_capital
                                                                  : settings->heating_towns;
    }
    const double staff = relative_staff(world, service, county);
    return settings->service_slack * tw_pow(staff, settings->staff_weight);
}

/* Residents that count when places are planned, as a share. */
static double counted_share(const tw_world *world, int zone)
{
    const double persons = (double)TW_AT(&world->zones, persons, zone);
    const double registered = (double)TW_AT(&world->zones, registered_county, zone);
    const double share = persons > 0 ? registered / persons : 1;
    const double most = share < 1 ? share : 1; /* counted before the moves of the quarter */
    const double follow = world->settings->follow_residents;
    const double more = tw_policy(world, TW_LEVER_CAPACITY_BY_RESIDENTS, zone / TW_NUM_ZONE_KINDS);
    return tw_raised(most, tw_raised(follow, more));
}

/* Shares of households that have somebody a service is for. */
static void count_needs(tw_world *world)
{
    double households[TW_NUM_ZONE_KINDS] = {0};
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            const int kind = block->zone[h] % TW_NUM_ZONE_KINDS;
            const unsigned needs = tw_household_needs(world, block, h);
            households[kind] += 1;
            for (int s = 0; s < TW_NUM_SERVICES; s++) {
                world->services.need[kind][s] += needs >> s & 1;
            }
        }
    }
    for (int kind = 0; kind < TW_NUM_ZONE_KINDS; kind++) {
        for (int s = 0; s < TW_NUM_SERVICES && households[kind] > 0; s++) {
            world->services.need[kind][s] /= households[kind];
        }
    }
}

void tw_services_start(tw_world *world)
{
    if (world->settings->services == TW_PROCESS_NONE) {
        return;
    }
    for (int s = 0; s < TW_NUM_SERVICES; s++) {
        double *ratio = row_of(world, world->services.start_ratio, s);
        for (int z = 0; z < world->num_zones; z++) {
            ratio[z] = places_per_load(world, s, z);
            places_of(world, s)[z] = tw_round(ratio[z] * load_of(world, s, z));
        }
    }
    for (int z = 0; z < world->num_zones; z++) {
        world->services.registered_start[z] = counted_share(world, z);
    }
    count_needs(world);
}

/* ---- a quarter ---- */

/* Part of what is missing at the places per load of the start is added, once a year. */
static void add_places(tw_world *world)
{
    const double part = 1 - tw_exp(-world->settings->service_build_rate);
    for (int z = 0; z < world->num_zones; z++) {
        const double then = world->services.registered_start[z];
        const double counted = then > 0 ? counted_share(world, z) / then : 1;
        for (int s = 0; s < TW_NUM_SERVICES; s++) {
            int64_t *places = &places_of(world, s)[z];
            const double ratio = row_of(world, world->services.start_ratio, s)[z];
            const double missing = ratio * counted * load_of(world, s, z) - (double)*places;
            *places += missing > 0 ? tw_round(part * missing) : 0;
        }
    }
}

/* Places that hazards leave, and load, of all zones. */
static void state_of(const tw_world *world, int service, double *places, double *load)
{
    for (int z = 0; z < world->num_zones; z++) {
        places[z] = (double)places_of(world, service)[z] * (1 - world->service_lost[z]);
        load[z] = load_of(world, service, z);
    }
}

/* Children of other counties get what is left; only those who got a place load the school. */
static void admit(tw_world *world, const double *places, double *load)
{
    for (int z = 0; z < world->num_zones; z++) {
        const double elsewhere = (double)TW_AT(&world->zones, school_age_elsewhere, z);
        const double own = load[z] - elsewhere;
        const double left = places[z] > own ? places[z] - own : 0;
        const int64_t admitted = (int64_t)(left < elsewhere ? left : elsewhere);
        const int county = z / TW_NUM_ZONE_KINDS;
        const double taken_in =
            tw_policy(world, TW_LEVER_MIGRANT_SCHOOLING, county) * (elsewhere - (double)admitted);
        TW_AT(&world->zones, school_admitted, z) = admitted;
        load[z] = own + (double)admitted + (tw_is_town(z) ? taken_in : 0);
        if (tw_is_town(z)) {
            world->services.admission[county] =
                elsewhere > 0 ? ((double)admitted + taken_in) / elsewhere : left > 0;
        }
    }
}

static void set_quality(tw_world *world, int service, const double *places, const double *load,
                        const double *reached)
{
    double *quality = row_of(world, world->services.quality, service);
    for (int z = 0; z < world->num_zones; z++) {
        const double has = places[z] + reached[z];
        const double ratio = load[z] > 0 ? has / load[z] : 1;
        const double met = ratio >= 1 ? 1 : ratio <= 0 ? 0 : ratio;
        /* A town without heating is a town at the altitude that it has: no level, no congestion. */
        quality[z] =
            service == TW_SERVICE_HEATING ? met
            : met > 0 ? shared_level(world, service, z) * tw_pow(met, world->settings->congestion)
                      : 0;
    }
    for (int c = 0; c < world->num_counties && service == TW_SERVICE_SENIOR; c++) {
        /* Rural pupils learn in the town of their county. */
        quality[tw_zone(c, TW_RURAL)] =
            quality[tw_zone(c, TW_TOWN)] * world->settings->rural_service_level;
    }
}

/* What residents registered elsewhere enjoy of a service; two levers grant half each of what they
 * lack of hospitals. */
static double entitlement_to(const tw_world *world, int service, int zone)
{
    const double share = tw_entitlement(world, zone);
    if (service != TW_SERVICE_HOSPITAL || !tw_is_town(zone)) {
        return share;
    }
    const int county = zone / TW_NUM_ZONE_KINDS;
    const double granted = tw_policy(world, TW_LEVER_COMMUNITY_HEALTH, county) +
                           tw_policy(world, TW_LEVER_MEDICAL_ON_PERMIT, county);
    return tw_raised(share, 0.5 * granted);
}

/* Value in the choice of a place: weight x quality, to who is registered there and to others. */
static void publish_values(tw_world *world)
{
    const tw_settings *settings = world->settings;
    const double weight[TW_NUM_SERVICES] = {settings->school_weight,    settings->senior_weight,
                                            settings->hospital_weight,  settings->care_weight,
                                            settings->utilities_weight, 0};
    for (int s = 0; s < TW_NUM_SERVICES; s++) {
        const double *quality = row_of(world, world->services.quality, s);
        double *value = row_of(world, world->places.service, s);
        double *county = row_of(world, world->places.service_county, s);
        double *elsewhere = row_of(world, world->places.service_elsewhere, s);
        for (int z = 0; z < world->num_zones; z++) {
            const int limited = s == TW_SERVICE_SCHOOL && tw_is_town(z);
            value[z] = weight[s] * quality[z];
            county[z] = value[z] * entitlement_to(world, s, z);
            elsewhere[z] =
                county[z] * (limited ? world->services.admission[z / TW_NUM_ZONE_KINDS] : 1);
        }
    }
}

/* What full entitlement in a town is worth to its mean household. */
static double worth_of(const tw_world *world, int county)
{
    const int town = tw_zone(county, TW_TOWN);
    double worth = 0;
    for (int s = 0; s < TW_NUM_SERVICES; s++) {
        worth += world->services.need[TW_TOWN][s] * row_of(world, world->places.service, s)[town];
    }
    return worth;
}

/* Relative to a county town with enough places. */
static void publish_worth(tw_world *world)
{
    const tw_settings *settings = world->settings;
    const double *need = world->services.need[TW_TOWN];
    const double usual = need[TW_SERVICE_SCHOOL] * settings->school_weight +
                         need[TW_SERVICE_SENIOR] * settings->senior_weight +
                         need[TW_SERVICE_HOSPITAL] * settings->hospital_weight +
                         need[TW_SERVICE_CARE] * settings->care_weight +
                         need[TW_SERVICE_UTILITIES] * settings->utilities_weight;
    for (int c = 0; c < world->num_counties; c++) {
        world->services.worth[c] = usual > 0 ? worth_of(world, c) / usual : 1;
    }
}

void tw_services_open(tw_world *world)
{
    tw_services *services = &world->services;
    if (world->settings->services == TW_PROCESS_NONE) {
        for (int c = 0; c < world->num_counties; c++) {
            services->worth[c] = services->admission[c] = 1;
        }
        return;
    }
    if (world->quarter % 4 == 0 && world->quarter > world->start) {
        add_places(world);
    }
    double *places = row_of(world, services->reached, 1),
           *load = row_of(world, services->reached, 2);
    for (int s = 0; s < TW_NUM_SERVICES; s++) {
        memset(services->reached, 0, (size_t)world->num_zones * sizeof(double));
        state_of(world, s, places, load);
        if (s == TW_SERVICE_SCHOOL) {
            admit(world, places, load);
        } else if (s <= TW_SERVICE_CARE) {
            tw_services_reach(world->region, world->settings, world->travel,
                              world->policy + TW_LEVER_INTEGRATION * world->num_counties, places,
                              load, services->reached);
        }
        set_quality(world, s, places, load, services->reached);
    }
    publish_values(world);
    publish_worth(world);
}

/* ---- the pass ---- */

/* What a person is to services, a bit each; lanes of a word count up to MOST_SUMMED of them. */
enum { PUPIL, ELSEWHERE, SENIOR, ELDER, INFANT, COUNTY, NUM_BITS };
enum { LANE_BITS = 10, MOST_SUMMED = (1 << LANE_BITS) - 1 };
_Static_assert(NUM_BITS *LANE_BITS <= 64, "lanes fit into a word");

TW_CLONES static void find_kinds(const int16_t *restrict birth, const int16_t *restrict registered,
                                 const int16_t *restrict zone, const uint8_t *restrict schooling,
                                 int32_t quarter, int32_t count, uint8_t *restrict kind)
{
    /* In numbers as short as the columns and without truth values, for vectors. */
    for (int32_t p = 0; p < count; p++) {
        const int16_t quarters = (int16_t)(quarter - birth[p]), at = registered[p];
        /* Outside is below 0, as is no zone: neither has a county. Both zones of a county differ
         * in the last bit. */
        const int16_t apart = (int16_t)((at ^ zone[p]) & ~1);
        const int16_t here = apart == 0 ? 1 << COUNTY : 0, elsewhere = here ? 0 : 1 << ELSEWHERE;
        const int16_t learns = schooling[p] >= TW_SCHOOL_SENIOR ? 1 << SENIOR : 0;
        int16_t is = quarters < 4 * 18 ? learns : 0;
        is = quarters < 4 * 15 ? (int16_t)(1 << PUPIL | elsewhere) : is;
        is = quarters < 4 * 6 ? 0 : is;
        is = quarters < 4 * 3 ? 1 << INFANT : is;
        is = quarters >= 4 * 65 ? 1 << ELDER : is;
        kind[p] = (uint8_t)(here | is);
    }
}

/* Neighbours of one zone. */
static void count_neighbours(tw_worker *worker, int zone, int32_t first, int32_t end,
                             const uint64_t *lanes)
{
    static const int field[NUM_BITS] = {TW_ZONE_school_age,    TW_ZONE_school_age_elsewhere,
                                        TW_ZONE_senior_pupils, TW_ZONE_elders,
                                        TW_ZONE_infants,       TW_ZONE_registered_county};
    uint64_t sum = 0;
    tw_assert(end - first <= MOST_SUMMED);
    for (int32_t p = first; p < end; p++) {
        sum += lanes[worker->kind[p]];
    }
    for (int bit = 0; bit < NUM_BITS; bit++) {
        tw_zone_column(&worker->tally, field[bit])[zone] +=
            (int64_t)(sum >> (LANE_BITS * bit)) & MOST_SUMMED;
    }
}

void tw_services_count(const tw_world *world, tw_worker *worker, const tw_block *block)
{
    uint64_t lanes[1 << NUM_BITS] = {0};
    if (world->settings->services == TW_PROCESS_NONE) {
        return;
    }
    for (int kind = 0; kind < 1 << NUM_BITS; kind++) {
        for (int bit = 0; bit < NUM_BITS; bit++) {
            lanes[kind] |= (uint64_t)(kind >> bit & 1) << (LANE_BITS * bit);
        }
    }
    find_kinds(block->birth_quarter, block->registered_zone, worker->person_zone, block->schooling,
               world->quarter, block->num_persons, worker->kind);
    for (int32_t row = 0, next; row < block->num_households; row = next) {
        next = tw_block_end_of_neighbours(block, row, MOST_SUMMED);
        count_neighbours(worker, block->zone[row], block->first_person[row],
                         block->first_person[next], lanes);
    }
}
