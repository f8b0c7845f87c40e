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
 * - GRANT: paid to households that decide to take it; each is one unit.
 */
#ifndef TOWNWARD_LEVERS_H
#define TOWNWARD_LEVERS_H

typedef enum tw_lever_kind { TW_KIND_UNITS, TW_KIND_LEVEL, TW_KIND_GRANT } tw_lever_kind;

/** What a lever is shared out by and paid for. X(ID, unit, sentence) */
#define TW_BASE_LIST(X)                                                                            \
    X(TOWN, "town resident", "residents of the town")                                              \
    X(RURAL, "rural resident", "residents of the rural zone")                                      \
    X(ELSEWHERE, "resident registered elsewhere", "town residents not registered in the town")     \
    X(PUPILS, "child registered elsewhere", "town residents of 6-14 registered in another county") \
    X(SEEKERS, "seeker", "town residents who look for a job")                                      \
    X(WORKERS, "worker", "town residents with a non-farm job")                                     \
    X(FARMERS, "farmer or herder", "rural residents who farm")                                     \
    X(COUNTY, "county", "the county itself")
typedef enum tw_lever_base {
#define TW_BASE_ENUM(id, unit, sentence) TW_BASE_##id,
    TW_BASE_LIST(TW_BASE_ENUM)
#undef TW_BASE_ENUM
        TW_NUM_BASES
} tw_lever_base;

/**
 * X(ID, kind, base, path, amount, unit, most, yuan, low, high, grade, cost source, plan, process,
 *   sentence)
 *
 * amount and unit: name and unit of the amount, 0 to `most`. yuan: cost of a unit when a programme
 * does not say it, with interval, grade (A the region, B elsewhere, C assumed) and source. process:
 * the setting `process.NAME` whose form `none` freezes the channel through which the lever acts.
 */
#define TW_LEVER_LIST(X)                                                                           \
    /* 2: settling */                                                                              \
    X(OPEN_SETTLEMENT, LEVEL, COUNTY, "registration.open_settlement", "share", "1", 1, 500000,     \
      100000, 2000000, 'C', "assumed: staff of an office a county", "2.2a", "registration",        \
      "share of the applications refused so far that towns accept; the capital stays as it is")    \
    X(SIMPLIFIED_PROCEDURE, LEVEL, ELSEWHERE, "registration.simplified_procedure", "share", "1",   \
      1, 20, 5, 100, 'C', "assumed", "2.2b", "registration",                                       \
      "part of the cost of the procedure that a household no longer bears")                        \
    X(PERMIT_RECOGNITION, LEVEL, ELSEWHERE, "registration.permit_recognition", "share", "1", 1,    \
      10, 0, 50, 'C', "assumed", "2.2c", "registration",                                           \
      "part of the quarters of residence that a household keeps on a move into the county")        \
    X(PERMIT_ENTITLEMENT, LEVEL, ELSEWHERE, "services.permit_entitlement", "share", "1", 1, 1660,  \
      900, 4000, 'B',                                                                              \
      "derived floor: 125 yuan health and 765 medical insurance a head, 5,940 a pupil, 13 % "      \
      "pupils",                                                                                    \
      "2.3a", "services",                                                                          \
      "part of what residents registered elsewhere lack of the services that they now enjoy")      \
    X(SCHOOL_PLACES, UNITS, TOWN, "services.school_places", "places_per_year", "places/year",      \
      10000000, 100000, 74000, 163000, 'A',                                                        \
      "500 million yuan for 5,000 compulsory-school places (regional budget 2026)", "2.3b",        \
      "services", "places of town schools for ages 6-14")                                          \
    X(MIGRANT_SCHOOLING, LEVEL, PUPILS, "services.migrant_schooling", "share", "1", 1, 5940, 5600, \
      6500, 'A', "three guarantees, 5,940 yuan a pupil and year (2026)", "2.3b", "services",       \
      "part of the children of other counties who found no place that schools take in all the "    \
      "same")                                                                                      \
    X(COMMUNITY_HEALTH, LEVEL, ELSEWHERE, "services.community_health", "share", "1", 1, 125, 100,  \
      200, 'A', "basic public health subsidy, 125 yuan a resident and year (2026)", "2.3c",        \
      "services",                                                                                  \
      "part of the missing entitlement to health services that is granted; half counts")           \
    X(CAPACITY_BY_RESIDENTS, LEVEL, COUNTY, "services.capacity_by_residents", "share", "1", 1,     \
      300000, 0, 1000000, 'C', "assumed: planning; the places built later are not in it", "2.3d",  \
      "services", "part of the residents not counted so far that the planning of places counts")   \
    X(EMPLOYMENT_SERVICE, LEVEL, SEEKERS, "jobs.employment_service", "share", "1", 2, 1000, 300,   \
      3000, 'C', "assumed", "2.4a", "labour", "more matches of seekers and vacancies in towns")    \
    X(WORK_RELIEF, LEVEL, FARMERS, "jobs.work_relief", "share", "1", 1, 8380, 5000, 12000, 'B',    \
      "income of a farmer who works for cash, 5.81 billion yuan of 693,300 persons (2021)",        \
      "2.4c", "budget", "share of those who farm who get seasonal work on public works besides")   \
    X(STARTUP_FINANCE, UNITS, TOWN, "jobs.startup_finance", "jobs_per_year", "jobs/year", 1000000, \
      60000, 20000, 150000, 'C', "assumed", "2.4d", "labour",                                      \
      "jobs in services of towns by start-ups and hiring aid")                                     \
    X(WAGE_PROTECTION, LEVEL, WORKERS, "jobs.wage_protection", "share", "1", 1, 20, 5, 100, 'C',   \
      "assumed", "2.4e", "labour", "part of the wages not paid so far that is paid in towns")      \
    X(PUBLIC_RENTAL, UNITS, TOWN, "housing.public_rental", "units_per_year", "dwellings/year",     \
      10000000, 259105, 100000, 350000, 'A',                                                       \
      "24.9 billion yuan for 94,000 units of all kinds, plan of 2021-25", "2.5a", "housing",       \
      "public rental dwellings built")                                                             \
    X(RENT_SUBSIDY, GRANT, TOWN, "housing.rent_subsidy", "yuan_per_month", "yuan/month", 100000,   \
      0, 0, 0, 'C', "the amount itself", "2.5b", "moving",                                         \
      "rental subsidy to settling households with rural land or registration that rent")           \
    X(PORTABILITY, LEVEL, ELSEWHERE, "security.portability", "share", "1", 1, 20, 0, 100, 'C',     \
      "assumed; no cost of transfers of entitlements was found", "2.6a", "moving",                 \
      "part of the cost of a move that portable insurance saves; a fifth of it counts")            \
    X(MEDICAL_ON_PERMIT, LEVEL, ELSEWHERE, "security.medical_on_permit", "share", "1", 1, 765,     \
      700, 900, 'A', "subsidy of resident medical insurance, 765 yuan a head (2026)", "2.6b",      \
      "services",                                                                                  \
      "part of the missing entitlement to health services that is granted; half counts")           \
    X(LAND_RIGHTS, LEVEL, RURAL, "land.rights_protection", "share", "1", 1, 5, 1, 30, 'C',         \
      "assumed", "2.7c", "registration", "part of the perceived risk to rural land that goes")     \
    X(LAND_LEASING, LEVEL, RURAL, "land.leasing", "share", "1/year", 1, 5, 1, 30, 'C', "assumed",  \
      "2.7d", "registration", "more town households with rural land that let it, in a year")       \
    /* 3: counties */                                                                              \
    X(NODE_INDUSTRY, UNITS, TOWN, "jobs.node_industry", "jobs_per_year", "jobs/year", 1000000,     \
      300000, 100000, 800000, 'C', "assumed; investment per job was not found", "3.2", "labour",   \
      "jobs in industry of towns")                                                                 \
    X(INDUSTRIAL_PARKS, UNITS, TOWN, "jobs.industrial_parks", "jobs_per_year", "jobs/year",        \
      1000000, 300000, 100000, 800000, 'C', "assumed", "3.3a", "labour",                           \
      "jobs in industry of towns, in parks")                                                       \
    X(REGIONAL_CENTRES, LEVEL, TOWN, "services.regional_centres", "share", "1", 1, 1000, 300,      \
      3000, 'C', "assumed; tertiary hospitals cost 0.9-1.7 million yuan a bed", "3.4a",            \
      "services", "better hospitals and senior schools of a sub-centre, relative to now")          \
    X(ATTRACTION, LEVEL, TOWN, "outside.attraction", "share", "1", 2, 50, 10, 300, 'C', "assumed", \
      "3.4b1", "outside", "more arrivals from outside the region, relative to now")                \
    X(COUNTY_TOWN, UNITS, TOWN, "services.county_town", "persons_per_year", "persons/year",        \
      10000000, 26000, 10000, 50000, 'C',                                                          \
      "assumed: 0.0058 beds at 0.5 million yuan, 0.05 senior places at 163,000, infrastructure",   \
      "3.4c", "services",                                                                          \
      "persons served by new hospitals, senior schools and utilities of county towns")             \
    X(CENTRAL_TOWNS, UNITS, TOWN, "services.central_towns", "persons_per_year", "persons/year",    \
      10000000, 26000, 10000, 50000, 'C', "assumed: as services.county_town", "3.4d", "services",  \
      "the same in large central towns")                                                           \
    X(HEATING_OXYGEN, UNITS, TOWN, "services.heating_oxygen", "persons_per_year", "persons/year",  \
      10000000, 18875, 15000, 30000, 'A',                                                          \
      "3.775 billion yuan for nearly 200,000 residents of seven counties (2024)", "3.4e",          \
      "services", "town residents with new central heating or oxygen")                             \
    X(RURAL_INDUSTRY, UNITS, RURAL, "rural.industry", "jobs_per_year", "jobs/year", 1000000,       \
      150000, 50000, 400000, 'C', "assumed; investment per rural job was not found", "3.5d",       \
      "labour", "jobs in services of villages")                                                    \
    X(VILLAGE_UPGRADE, LEVEL, RURAL, "rural.village_upgrade", "share", "1", 2, 1500, 500, 4000,    \
      'C', "assumed; 23 million yuan a village project (Lhoka, 2021-25)", "3.5a", "services",      \
      "better services of villages, relative to now")                                              \
    X(RURAL_ROADS, LEVEL, RURAL, "rural.roads", "share", "1", 0.9, 500, 200, 1500, 'C',            \
      "assumed; 2.07 million yuan a kilometre (2014-23), 574 million a year of upkeep", "3.5b",    \
      "moving", "part of the minutes from villages to their seat that is saved")                   \
    X(FIRM_RELOCATION, UNITS, TOWN, "jobs.firm_relocation", "jobs_per_year", "jobs/year", 1000000, \
      200000, 50000, 500000, 'C', "assumed", "3.6a", "labour",                                     \
      "jobs in industry of towns by firms that move in")                                           \
    X(SME_FINANCE, UNITS, TOWN, "jobs.sme_finance", "jobs_per_year", "jobs/year", 1000000, 80000,  \
      20000, 200000, 'C', "assumed", "3.6b", "labour", "jobs in services of towns by small firms") \
    X(IDLE_LAND, UNITS, TOWN, "housing.idle_land", "dwellings_per_year", "dwellings/year",         \
      10000000, 20000, 5000, 60000, 'C', "assumed", "3.6c", "housing",                             \
      "land for building that is made of idle land, in dwellings")                                 \
    X(BORDER_PORTS, UNITS, TOWN, "jobs.border_ports", "jobs_per_year", "jobs/year", 1000000,       \
      150000, 50000, 400000, 'C', "assumed", "3.6d", "labour", "jobs in trade of border towns")    \
    /* 4: circles */                                                                               \
    X(INTEGRATION, LEVEL, TOWN, "circles.integration", "share", "1", 1, 20, 5, 100, 'C',           \
      "assumed", "4.2", "services",                                                                \
      "more of what a town of a circle lacks that it can reach in a member next to it")            \
    X(MARKET_INTEGRATION, UNITS, TOWN, "circles.market_integration", "jobs_per_year", "jobs/year", \
      1000000, 100000, 30000, 300000, 'C', "assumed", "4.5", "labour",                             \
      "jobs in services of a circle's towns")                                                      \
    /* 5: renewal and resilience */                                                                \
    X(CULTURE_TOURISM, UNITS, TOWN, "jobs.culture_tourism", "jobs_per_year", "jobs/year", 1000000, \
      250000, 80000, 600000, 'C', "assumed", "5.2d", "labour", "jobs in tourism and culture")      \
    X(COMMUNITY_FACILITIES, UNITS, TOWN, "services.community_facilities", "places_per_year",       \
      "places/year", 10000000, 80000, 30000, 150000, 'C', "assumed", "5.2b", "services",           \
      "places of care for elders and small children in towns")                                     \
    X(SAFE_BUILDINGS, LEVEL, RURAL, "resilience.buildings", "share", "1", 1, 450, 200, 1500, 'B',  \
      "44,841 yuan a household strengthened, over 25 years and four persons (2026)", "5.2c",       \
      "hazards", "part of the dwellings lost in earthquakes that stand")                           \
    X(FLOOD_WORKS, LEVEL, TOWN, "resilience.flood", "share", "1", 1, 300, 100, 1000, 'B',          \
      "over 10 billion yuan in ten years in the region", "5.3", "hazards",                         \
      "part of the floods that no longer take dwellings")                                          \
    X(LIFELINES, LEVEL, TOWN, "resilience.lifelines", "share", "1", 1, 200, 50, 600, 'C',          \
      "assumed", "5.4", "hazards", "part of the services lost in hazards that stand")              \
    X(GREEN_SMART, UNITS, TOWN, "services.green_smart", "persons_per_year", "persons/year",        \
      10000000, 8000, 3000, 20000, 'C', "assumed", "5.5", "services",                              \
      "persons served by new green and smart utilities of towns")

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
#define TW_LEVER_ENUM(id, kind, base, path, amount, unit, most, yuan, low, high, grade, source, \
                      plan, process, sentence)                                                  \
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
    double most;             /**< largest amount */
    double yuan, low, high;  /**< cost of a unit, with interval */
    char grade;              /**< of the cost */
    const char *cost_source; /**< where the cost comes from */
    const char *plan;        /**< paragraph of the plan */
    const char *process;     /**< `process.NAME = "none"` freezes its channel */
    const char *sentence;
} tw_lever_row;
/** lever in [0, TW_NUM_LEVERS). */
tw_lever_row tw_lever_row_at(int lever);
/** Group of a lever; name of a group, and a sentence. */
tw_lever_group tw_lever_group_of(int lever);
const char *tw_lever_group_name(tw_lever_group group);
const char *tw_lever_group_sentence(tw_lever_group group);
/** Unit of a lever's base, and a sentence. */
const char *tw_lever_base_unit(tw_lever_base base);

#endif
