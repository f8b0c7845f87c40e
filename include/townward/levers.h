/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The levers of a policy plan, one row each: the only place where a lever is described. The row
 * drives the reading of programmes, their checks, `townward explain`, the documentation and the
 * results.
 *
 * A lever is of one kind:
 * - UNITS: so many units a year (places, jobs, dwellings), shared among its places in proportion to
 *   the base, delivered in whole units and paid for each; they stay.
 * - LEVEL: a level in force in its places while the programme lasts; paid per unit of the base and
 *   year, times the level. Levels of several programmes add up, to `most` at most.
 * - OFFER: so many units a year, shared like UNITS; those that persons take are paid for, the
 * others lapse with the quarter.
 * - DEMAND: a share of what a process asks for, paid unit by unit.
 * - GRANT: paid to households that decide to take it, once or for some years; each is one unit.
 * - ROAD: a road between the two counties named as its places, open from the start on; one unit.
 */
#ifndef TOWNWARD_LEVERS_H
#define TOWNWARD_LEVERS_H

typedef enum tw_lever_kind {
    TW_KIND_UNITS,
    TW_KIND_LEVEL,
    TW_KIND_OFFER,
    TW_KIND_DEMAND,
    TW_KIND_GRANT,
    TW_KIND_ROAD
} tw_lever_kind;

/** What a lever is shared out by and paid for. X(ID, unit, sentence) */
#define TW_BASE_LIST(X)                                                                            \
    X(TOWN, "town resident", "residents of the town")                                              \
    X(RURAL, "rural resident", "residents of the rural zone")                                      \
    X(ELSEWHERE, "resident registered elsewhere", "town residents not registered in the town")     \
    X(PUPILS, "child registered elsewhere", "town residents of 6-14 registered in another county") \
    X(SEEKERS, "seeker", "town residents who look for a job")                                      \
    X(WORKERS, "worker", "town residents with a non-farm job")                                     \
    X(FARMERS, "farmer or herder", "rural residents who farm")                                     \
    X(SETTLED, "person newly registered", "persons newly registered in the town, per year")        \
    X(LOST, "dwelling lost", "dwellings lost to earthquakes and floods")                           \
    X(COUNTY, "county", "the county itself")
typedef enum tw_lever_base {
#define TW_BASE_ENUM(id, unit, sentence) TW_BASE_##id,
    TW_BASE_LIST(TW_BASE_ENUM)
#undef TW_BASE_ENUM
        TW_NUM_BASES
} tw_lever_base;

/**
 * X(ID, kind, base, path, amount, unit, most, plan, process, sentence)
 *
 * amount and unit: name and unit of the amount, 0 to `most`. process: the setting `process.NAME`
 * whose form `none` freezes the channel through which the lever acts. What a unit costs stands in
 * the region's table lever_costs.
 */
#define TW_LEVER_LIST(X)                                                                           \
    /* 2: settling */                                                                              \
    X(OPEN_SETTLEMENT, LEVEL, COUNTY, "registration.open_settlement", "share", "1", 1, "2.2a",     \
      "registration",                                                                              \
      "share of the applications refused so far that towns accept; the capital stays as it is")    \
    X(SIMPLIFIED_PROCEDURE, LEVEL, ELSEWHERE, "registration.simplified_procedure", "share", "1",   \
      1, "2.2b", "registration",                                                                   \
      "part of the cost of the procedure that a household no longer bears")                        \
    X(PERMIT_RECOGNITION, LEVEL, ELSEWHERE, "registration.permit_recognition", "share", "1", 1,    \
      "2.2c", "registration",                                                                      \
      "part of the quarters of residence that a household keeps on a move into the county")        \
    X(PERMIT_ENTITLEMENT, LEVEL, ELSEWHERE, "services.permit_entitlement", "share", "1", 1,        \
      "2.3a", "services",                                                                          \
      "part of what residents registered elsewhere lack of the services that they now enjoy")      \
    X(SCHOOL_PLACES, UNITS, TOWN, "services.school_places", "places_per_year", "places/year",      \
      10000000, "2.3b", "services", "places of town schools for ages 6-14")                        \
    X(MIGRANT_SCHOOLING, LEVEL, PUPILS, "services.migrant_schooling", "share", "1", 1, "2.3b",     \
      "services",                                                                                  \
      "part of the children of other counties who found no place that schools take in all the "    \
      "same")                                                                                      \
    X(COMMUNITY_HEALTH, LEVEL, ELSEWHERE, "services.community_health", "share", "1", 1, "2.3c",    \
      "services",                                                                                  \
      "part of the missing entitlement to health services that is granted; half counts")           \
    X(CAPACITY_BY_RESIDENTS, LEVEL, COUNTY, "services.capacity_by_residents", "share", "1", 1,     \
      "2.3d", "services",                                                                          \
      "part of the residents not counted so far that the planning of places counts")               \
    X(EMPLOYMENT_SERVICE, LEVEL, SEEKERS, "jobs.employment_service", "share", "1", 2, "2.4a",      \
      "labour", "more matches of seekers and vacancies in towns")                                  \
    X(TRAINING, OFFER, SEEKERS, "jobs.training", "persons_per_year", "persons/year", 1000000,      \
      "2.4b", "labour",                                                                            \
      "seekers with primary school or less who take a course and are then skilled like junior "    \
      "school leavers")                                                                            \
    X(WORK_RELIEF, LEVEL, FARMERS, "jobs.work_relief", "share", "1", 1, "2.4c", "budget",          \
      "share of those who farm who get seasonal work on public works besides")                     \
    X(STARTUP_FINANCE, UNITS, TOWN, "jobs.startup_finance", "jobs_per_year", "jobs/year", 1000000, \
      "2.4d", "labour", "jobs in services of towns by start-ups and hiring aid")                   \
    X(WAGE_PROTECTION, LEVEL, WORKERS, "jobs.wage_protection", "share", "1", 1, "2.4e", "labour",  \
      "part of the wages not paid so far that is paid in towns")                                   \
    X(PUBLIC_RENTAL, UNITS, TOWN, "housing.public_rental", "units_per_year", "dwellings/year",     \
      10000000, "2.5a", "housing", "public rental dwellings built")                                \
    X(RENT_SUBSIDY, GRANT, TOWN, "housing.rent_subsidy", "yuan_per_month", "yuan/month", 100000,   \
      "2.5b", "moving",                                                                            \
      "rental subsidy to settling households with rural land or registration that rent")           \
    X(PURCHASE_SUBSIDY, GRANT, TOWN, "housing.purchase_subsidy", "share_of_price", "1", 0.9,       \
      "2.5c", "budget",                                                                            \
      "part of the price paid to tenants with rural land or registration who buy a dwelling")      \
    X(CREDIT, LEVEL, ELSEWHERE, "housing.credit", "share", "1", 1, "2.5d", "budget",               \
      "part of the first payment for a dwelling that buyers registered elsewhere can borrow too")  \
    X(PORTABILITY, LEVEL, ELSEWHERE, "security.portability", "share", "1", 1, "2.6a", "moving",    \
      "part of the cost of a move that portable insurance saves; a fifth of it counts")            \
    X(MEDICAL_ON_PERMIT, LEVEL, ELSEWHERE, "security.medical_on_permit", "share", "1", 1, "2.6b",  \
      "services",                                                                                  \
      "part of the missing entitlement to health services that is granted; half counts")           \
    X(MINIMUM_LIVING, LEVEL, ELSEWHERE, "security.minimum_living", "share", "1", 1, "2.6c",        \
      "budget",                                                                                    \
      "part of what residents registered in another county get less of minimum living allowance")  \
    X(MONEY_FOLLOWS, LEVEL, SETTLED, "fiscal.money_follows_person", "yuan_per_person",             \
      "yuan/person", 1000000, "2.7a", "services",                                                  \
      "paid to the town for each person newly registered there, for places of its services")       \
    X(LAND_QUOTA, LEVEL, SETTLED, "housing.land_quota", "dwellings_per_person",                    \
      "dwellings/person", 10, "2.7b", "housing",                                                   \
      "land for building for each person newly registered in the town, in dwellings")              \
    X(LAND_RIGHTS, LEVEL, RURAL, "land.rights_protection", "share", "1", 1, "2.7c",                \
      "registration", "part of the perceived risk to rural land that goes")                        \
    X(LAND_LEASING, LEVEL, RURAL, "land.leasing", "share", "1/year", 1, "2.7d", "registration",    \
      "more town households with rural land that let it, in a year")                               \
    X(PAID_EXIT, GRANT, RURAL, "land.paid_exit", "yuan_per_household", "yuan/household", 10000000, \
      "2.7e", "registration",                                                                      \
      "paid once to town households that give up their rural land for good; places are those of "  \
      "the land")                                                                                  \
    /* 3: counties */                                                                              \
    X(NODE_INDUSTRY, UNITS, TOWN, "jobs.node_industry", "jobs_per_year", "jobs/year", 1000000,     \
      "3.2", "labour", "jobs in industry of towns")                                                \
    X(INDUSTRIAL_PARKS, UNITS, TOWN, "jobs.industrial_parks", "jobs_per_year", "jobs/year",        \
      1000000, "3.3a", "labour", "jobs in industry of towns, in parks")                            \
    X(TRAINING_BASES, UNITS, SEEKERS, "jobs.training_bases", "places_per_year", "places/year",     \
      1000000, "3.3b", "labour",                                                                   \
      "places of training in towns that last: each trains one person a year")                      \
    X(REGIONAL_CENTRES, LEVEL, TOWN, "services.regional_centres", "share", "1", 1, "3.4a",         \
      "services", "better hospitals and senior schools of a sub-centre, relative to now")          \
    X(ATTRACTION, LEVEL, TOWN, "outside.attraction", "share", "1", 2, "3.4b1", "outside",          \
      "more arrivals from outside the region, relative to now")                                    \
    X(SETTLING_GRANT, GRANT, TOWN, "housing.settling_grant", "yuan_per_household",                 \
      "yuan/household", 10000000, "3.4b2", "moving",                                               \
      "paid once to households with rural land or registration that move into the town")           \
    X(COUNTY_TOWN, UNITS, TOWN, "services.county_town", "persons_per_year", "persons/year",        \
      10000000, "3.4c", "services",                                                                \
      "persons served by new hospitals, senior schools and utilities of county towns")             \
    X(CENTRAL_TOWNS, UNITS, TOWN, "services.central_towns", "persons_per_year", "persons/year",    \
      10000000, "3.4d", "services", "the same in large central towns")                             \
    X(HEATING_OXYGEN, UNITS, TOWN, "services.heating_oxygen", "persons_per_year", "persons/year",  \
      10000000, "3.4e", "services", "town residents with new central heating or oxygen")           \
    X(RURAL_INDUSTRY, UNITS, RURAL, "rural.industry", "jobs_per_year", "jobs/year", 1000000,       \
      "3.5d", "labour", "jobs in services of villages")                                            \
    X(VILLAGE_UPGRADE, LEVEL, RURAL, "rural.village_upgrade", "share", "1", 2, "3.5a", "services", \
      "better services of villages, relative to now")                                              \
    X(RURAL_ROADS, LEVEL, RURAL, "rural.roads", "share", "1", 0.9, "3.5b", "moving",               \
      "part of the minutes from villages to their seat that is saved")                             \
    X(RECONSTRUCTION, DEMAND, LOST, "rural.reconstruction", "share", "1", 1, "3.5c", "hazards",    \
      "part of the dwellings and services lost to earthquakes and floods that is restored by its " \
      "date")                                                                                      \
    X(FIRM_RELOCATION, UNITS, TOWN, "jobs.firm_relocation", "jobs_per_year", "jobs/year", 1000000, \
      "3.6a", "labour", "jobs in industry of towns by firms that move in")                         \
    X(SME_FINANCE, UNITS, TOWN, "jobs.sme_finance", "jobs_per_year", "jobs/year", 1000000, "3.6b", \
      "labour", "jobs in services of towns by small firms")                                        \
    X(IDLE_LAND, UNITS, TOWN, "housing.idle_land", "dwellings_per_year", "dwellings/year",         \
      10000000, "3.6c", "housing", "land for building that is made of idle land, in dwellings")    \
    X(BORDER_PORTS, UNITS, TOWN, "jobs.border_ports", "jobs_per_year", "jobs/year", 1000000,       \
      "3.6d", "labour", "jobs in trade of border towns")                                           \
    /* 4: circles */                                                                               \
    X(INTEGRATION, LEVEL, TOWN, "circles.integration", "share", "1", 1, "4.2", "services",         \
      "more of what a town of a circle lacks that it can reach in a member next to it")            \
    X(PROJECTS, ROAD, COUNTY, "transport.projects", "minutes", "minutes", 100000, "4.3a",          \
      "moving", "a road between two counties, with the minutes from seat to seat")                 \
    X(AIRPORTS, UNITS, TOWN, "transport.airports", "jobs_per_year", "jobs/year", 1000000, "4.3b",  \
      "labour", "jobs in services of towns that visitors by a new airport bring")                  \
    X(SERVICE_SHARING, LEVEL, TOWN, "circles.service_sharing", "share", "1", 1, "4.4a",            \
      "services",                                                                                  \
      "part of what schools and hospitals of a circle's best town are better that its other "      \
      "towns get")                                                                                 \
    X(LABOUR_PLATFORM, LEVEL, SEEKERS, "circles.labour_platform", "share", "1", 1, "4.4b",         \
      "moving",                                                                                    \
      "part of the risk to find no job that those who move within a circle no longer bear")        \
    X(PROVIDENT_FUND, LEVEL, WORKERS, "housing.provident_fund", "share", "1", 0.9, "4.4c",         \
      "budget", "part of the interest on loans for dwellings that borrowers no longer pay")        \
    X(MARKET_INTEGRATION, UNITS, TOWN, "circles.market_integration", "jobs_per_year", "jobs/year", \
      1000000, "4.5", "labour", "jobs in services of a circle's towns")                            \
    X(LAND_POOLING, LEVEL, SETTLED, "housing.land_pooling", "dwellings_per_person",                \
      "dwellings/person", 10, "4.6", "housing",                                                    \
      "land for building for each person newly registered, shared among all its places by what "   \
      "they build")                                                                                \
    /* 5: renewal and resilience */                                                                \
    X(CULTURE_TOURISM, UNITS, TOWN, "jobs.culture_tourism", "jobs_per_year", "jobs/year", 1000000, \
      "5.2d", "labour", "jobs in tourism and culture")                                             \
    X(RENEWAL, UNITS, TOWN, "housing.renewal", "dwellings_per_year", "dwellings/year", 10000000,   \
      "5.2a", "housing",                                                                           \
      "dwellings of towns renewed; the empty among them are out of use while works last")          \
    X(COMMUNITY_FACILITIES, UNITS, TOWN, "services.community_facilities", "places_per_year",       \
      "places/year", 10000000, "5.2b", "services",                                                 \
      "places of care for elders and small children in towns")                                     \
    X(SAFE_BUILDINGS, LEVEL, RURAL, "resilience.buildings", "share", "1", 1, "5.2c", "hazards",    \
      "part of the dwellings lost in earthquakes that stand")                                      \
    X(FLOOD_WORKS, LEVEL, TOWN, "resilience.flood", "share", "1", 1, "5.3", "hazards",             \
      "part of the floods that no longer take dwellings")                                          \
    X(LIFELINES, LEVEL, TOWN, "resilience.lifelines", "share", "1", 1, "5.4", "hazards",           \
      "part of the services lost in hazards that stand")                                           \
    X(GREEN_SMART, UNITS, TOWN, "services.green_smart", "persons_per_year", "persons/year",        \
      10000000, "5.5", "services", "persons served by new green and smart utilities of towns")

/**
 * Kinds of households, each household one of them: grants can differ by kind, and comparisons are
 * broken down by it. Children are members under 15; a couple lives alone. X(ID, word)
 */
#define TW_HOUSEHOLD_KIND_LIST(X) \
    X(COLLECTIVE, "collective")   \
    X(ONE_PERSON, "one_person")   \
    X(COUPLE, "couple") X(WITH_CHILDREN, "family_with_children") X(OTHER, "other")
typedef enum tw_household_kind {
#define TW_HOUSEHOLD_KIND_ENUM(id, word) TW_HOUSEHOLD_##id,
    TW_HOUSEHOLD_KIND_LIST(TW_HOUSEHOLD_KIND_ENUM)
#undef TW_HOUSEHOLD_KIND_ENUM
        TW_NUM_HOUSEHOLD_KINDS
} tw_household_kind;
/** Bits of all kinds. */
enum { TW_ALL_HOUSEHOLDS = (1 << TW_NUM_HOUSEHOLD_KINDS) - 1 };
const char *tw_household_kind_word(tw_household_kind kind);

/**
 * Groups of levers, as the plan's chapters have them: what attribution and the scenario library
 * (only-NAME, without-NAME) speak of. X(ID, name, paths, sentence): paths are the first words of
 * the levers' paths.
 */
#define TW_LEVER_GROUP_LIST(X)                                                               \
    X(REGISTRATION, "registration", "registration land security fiscal",                     \
      "registration, permits, land rights, insurance, rewards for towns that settle people") \
    X(SERVICES, "services", "services", "schools, health, county towns, heating and oxygen") \
    X(JOBS, "jobs", "jobs outside", "industry, training, employment service, attraction")    \
    X(HOUSING, "housing", "housing", "public rental, subsidies, credit, land, renewal")      \
    X(CIRCLES, "circles", "circles transport", "town circles and transport between towns")   \
    X(RESILIENCE, "resilience", "resilience", "safe buildings, flood works, lifelines")      \
    X(RURAL, "rural", "rural", "villages: industry, services, roads, reconstruction")
typedef enum tw_lever_group {
#define TW_LEVER_GROUP_ENUM(id, name, paths, sentence) TW_LEVER_GROUP_##id,
    TW_LEVER_GROUP_LIST(TW_LEVER_GROUP_ENUM)
#undef TW_LEVER_GROUP_ENUM
        TW_NUM_LEVER_GROUPS
} tw_lever_group;

typedef enum tw_lever {
#define TW_LEVER_ENUM(id, kind, base, path, amount, unit, most, plan, process, sentence) \
    TW_LEVER_##id,
    TW_LEVER_LIST(TW_LEVER_ENUM)
#undef TW_LEVER_ENUM
        TW_NUM_LEVERS
} tw_lever;

/** A lever's row. */
typedef struct tw_lever_row {
    const char *path; /**< below `levers.` */
    tw_lever_kind kind;
    tw_lever_base base;
    const char *amount, *unit;
    double most;         /**< largest amount */
    const char *plan;    /**< paragraph of the plan */
    const char *process; /**< `process.NAME = "none"` freezes its channel */
    const char *sentence;
} tw_lever_row;
/** lever in [0, TW_NUM_LEVERS). */
tw_lever_row tw_lever_row_at(int lever);
/** Whether a grant of the lever runs for the `years` of its programme. */
int tw_lever_has_years(int lever);
/** Group of a lever; name of a group, and a sentence. */
tw_lever_group tw_lever_group_of(int lever);
const char *tw_lever_group_name(tw_lever_group group);
const char *tw_lever_group_sentence(tw_lever_group group);
/** Unit of a lever's base, and a sentence. */
const char *tw_lever_base_unit(tw_lever_base base);

#endif
