/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The zone table: what is counted of every zone, quarter by quarter.
 *
 * All values are integers (persons, households, dwellings, jobs, cents), so that sums over blocks
 * and threads cannot depend on their order. Results, digest and checks read this one list.
 */
#ifndef TW_POPULATION_ZONES_H
#define TW_POPULATION_ZONES_H

#include <stdint.h>

#include "base/digest.h"
#include "townward/status.h"

/** Stocks at the opening of a quarter. X(name, unit, sentence) */
#define TW_STOCK_LIST(X)                                                                      \
    X(persons, "persons", "residents")                                                        \
    X(families, "households", "family households")                                            \
    X(collectives, "households", "one-person households in dormitories, sites, institutions") \
    X(dwellings, "dwellings", "market dwellings, owned or rented")                            \
    X(dwellings_used, "dwellings", "market dwellings lived in")                               \
    X(public_dwellings, "dwellings", "public rental dwellings")                               \
    X(public_used, "dwellings", "public rental dwellings lived in")                           \
    X(rent, "cents/month", "rent of a market dwelling; yuan/month times 100")                 \
    X(price, "cents", "price of a market dwelling; yuan times 100")                           \
    X(jobs_industry, "jobs", "jobs in industry, filled or vacant")                            \
    X(jobs_construction, "jobs", "jobs in construction, filled or vacant")                    \
    X(jobs_services, "jobs", "jobs in services, filled or vacant")                            \
    X(jobs_public, "jobs", "jobs in public services, filled or vacant")                       \
    X(building_land, "dwellings", "land for building: dwellings that may still be started")   \
    X(dwellings_renewed, "dwellings", "market dwellings renewed since the start")             \
    X(places_training, "places", "places of training bases: persons a year")                  \
    X(places_school, "places", "places of schools for ages 6-14")                             \
    X(places_senior, "places", "places of senior schools")                                    \
    X(places_hospital, "persons", "hospitals: residents they can serve, elders count thrice") \
    X(places_care, "places", "care for elders and small children")                            \
    X(places_utilities, "persons", "water, waste and other utilities: persons served")        \
    X(places_heating, "persons", "central heating or oxygen: persons served")                 \
    X(school_admitted, "persons", "ages 6-14 registered in another county with a place at school")

/** Counted after births and deaths and before moves of each quarter that ends on 1 November. */
#define TW_YEARLY_LIST(X)                                                       \
    X(school_age, "persons", "residents of 6-14")                               \
    X(school_age_elsewhere, "persons", "of them: registered in another county") \
    X(senior_pupils, "persons", "residents of 15-17 at a senior school")        \
    X(elders, "persons", "residents of 65 and over")                            \
    X(infants, "persons", "residents below 3")                                  \
    X(registered_county, "persons", "residents registered in either zone of this county")

/**
 * Counts that the pass over the blocks makes after births and deaths and before moves of a quarter;
 * they inform the next quarter.
 */
#define TW_COUNT_LIST(X)                                                                      \
    X(workers, "persons", "persons of working age, 15-64")                                    \
    X(seeking, "persons", "persons looking for a job")                                        \
    X(farming, "persons", "persons farming or herding")                                       \
    X(self_employed, "persons", "self-employed persons")                                      \
    X(employed_industry, "persons", "employed in industry")                                   \
    X(employed_construction, "persons", "employed in construction")                           \
    X(employed_services, "persons", "employed in services")                                   \
    X(employed_public, "persons", "employed in public services")                              \
    X(outsiders, "persons", "residents registered outside the region")                        \
    X(subsidised, "households", "households that receive the rental subsidy")                 \
    X(seasonal_workers, "persons",                                                            \
      "residents who farm and are away for seasonal work in this quarter")                    \
    X(displaced, "households", "households displaced by a hazard, at the end of the quarter") \
    X(registered_town, "persons", "residents registered in a town, whatever town")            \
    X(agropastoral_migrants, "persons", "residents of this town registered in a rural zone")  \
    X(registered_here, "persons", "residents registered in this very zone")                   \
    X(registered_region, "persons", "residents registered in the region")

/** Flows of a quarter. */
#define TW_FLOW_LIST(X)                                                                            \
    X(births, "persons", "births")                                                                 \
    X(deaths, "persons", "deaths")                                                                 \
    X(moves_in, "persons", "persons who moved in from another zone of the region by own choice")   \
    X(moves_out, "persons", "persons who moved out to another zone by own choice")                 \
    X(exits, "persons", "of moves_in: persons who came from a rural zone into this town")          \
    X(returns, "persons", "of moves_in: persons who came from a town back into this rural zone")   \
    X(arrivals, "persons", "arrivals from outside the region")                                     \
    X(departures, "persons", "departures to outside the region")                                   \
    X(relocated_in, "persons", "persons brought in by organised relocation")                       \
    X(relocated_out, "persons", "persons taken out by organised relocation")                       \
    X(reclassified_in, "persons", "persons whose place was relabelled into this zone")             \
    X(reclassified_out, "persons", "persons whose place was relabelled out of this zone")          \
    X(joined_in, "persons", "persons who came by founding or joining a household, from elsewhere") \
    X(joined_out, "persons", "persons who left the zone to found or join a household elsewhere")   \
    X(taken_in, "persons", "elders, orphans and persons alone whom a household here took in")      \
    X(unions, "couples", "couples formed, where they live")                                        \
    X(founded, "households", "households founded by residents, family or collective")              \
    X(dissolved, "households", "households that ended: died out, left empty, joined others")       \
    X(households_in, "households", "households that arrived from outside")                         \
    X(households_out, "households", "households that departed to outside")                         \
    X(students_out, "persons", "who left for colleges outside, by zone of registration")           \
    X(hires, "persons", "persons who found a job")                                                 \
    X(trained, "persons", "seekers who took a course and are skilled now")                         \
    X(wages_private, "cents", "wages and profits paid by firms; yuan times 100")                   \
    X(wages_public, "cents", "wages of public services")                                           \
    X(farm_income, "cents", "income of households from farming and herding")                       \
    X(transfer_income, "cents", "pensions and other transfers from the centre")                    \
    X(property_income, "cents", "rents and interest received by households")                       \
    X(minimum_living, "cents", "minimum living allowance paid by the county")                      \
    X(subsidies, "cents", "rental and purchase subsidies and other grants paid to households")     \
    X(rent_paid, "cents", "rents paid for market dwellings")                                       \
    X(public_rent_paid, "cents", "rents paid for public rental dwellings")                         \
    X(consumed, "cents", "consumption of households")                                              \
    X(dwellings_bought, "cents", "price of dwellings that tenants bought")                         \
    X(dwellings_sold, "cents", "price of dwellings that owners left")                              \
    X(land_rent_paid, "cents", "rent that farms pay to households which let their land")           \
    X(loans, "cents", "lent by banks for dwellings")                                               \
    X(interest, "cents", "interest paid to banks")                                                 \
    X(repaid, "cents", "loans repaid to banks")                                                    \
    X(loans_lost, "cents", "debt of households that ended or left")                                \
    X(estates, "cents", "savings of households that ended, without kin: to the county")            \
    X(taken_out, "cents", "savings of households that left the region")                            \
    X(brought_in, "cents", "savings of households that arrived")                                   \
    X(purchases, "households", "tenants who bought their dwelling")                                \
    X(evictions, "households", "tenants who could not pay and lost the dwelling")                  \
    X(searches, "households", "households of this zone that looked for another place")             \
    X(refused, "households", "households that found no dwelling in this town")                     \
    X(built, "dwellings", "market dwellings completed, those renewed while empty too")             \
    X(renewal_out, "dwellings", "empty market dwellings out of use while they are renewed")        \
    X(public_built, "dwellings", "public rental dwellings completed")                              \
    X(dwellings_lost, "dwellings", "dwellings and rural houses lost in earthquakes and floods")    \
    X(dwellings_rebuilt, "dwellings", "of those lost before: dwellings that stand again")          \
    X(transfers, "persons", "persons whose registration moved into this town")                     \
    X(land_let, "households", "households of this town that let their rural land")                 \
    X(land_exits, "households", "households of this town that gave their rural land up for pay")

/** Services: places of service s are the field TW_ZONE_places_school + s. X(name, sentence) */
#define TW_SERVICE_LIST(X)                           \
    X(SCHOOL, "schools for ages 6-14")               \
    X(SENIOR, "senior schools")                      \
    X(HOSPITAL, "hospitals")                         \
    X(CARE, "care for elders and small children")    \
    X(UTILITIES, "water, waste and other utilities") \
    X(HEATING, "central heating or oxygen, in towns")
typedef enum tw_service {
#define TW_SERVICE_ENUM(name, sentence) TW_SERVICE_##name,
    TW_SERVICE_LIST(TW_SERVICE_ENUM)
#undef TW_SERVICE_ENUM
        TW_NUM_SERVICES
} tw_service;

typedef enum tw_zone_field {
#define TW_ZONE_ENUM(name, unit, sentence) TW_ZONE_##name,
    TW_STOCK_LIST(TW_ZONE_ENUM) TW_NUM_STOCKS,
    TW_ZONE_before_yearly = TW_NUM_STOCKS - 1,
    TW_YEARLY_LIST(TW_ZONE_ENUM) TW_END_YEARLY,
    TW_ZONE_before_counts = TW_END_YEARLY - 1,
    TW_COUNT_LIST(TW_ZONE_ENUM) TW_END_COUNTS,
    TW_ZONE_before_flows = TW_END_COUNTS - 1,
    TW_FLOW_LIST(TW_ZONE_ENUM) TW_NUM_ZONE_FIELDS
#undef TW_ZONE_ENUM
} tw_zone_field;

typedef struct tw_zone_field_row {
    const char *name, *unit, *sentence;
    int is_flow;
} tw_zone_field_row;
/** Description of a field; field in [0, TW_NUM_ZONE_FIELDS). */
tw_zone_field_row tw_zone_field_at(int field);

/** Values [TW_NUM_ZONE_FIELDS][num_zones]. */
typedef struct tw_zones {
    int32_t num_zones;
    int64_t *value;
} tw_zones;

TW_MUST_CHECK tw_status tw_zones_create(int32_t num_zones, tw_zones *out);
void tw_zones_free(tw_zones *zones);

static inline int64_t *tw_zone_column(const tw_zones *zones, int field)
{
    return zones->value + (int64_t)field * zones->num_zones;
}
/** zones.value[field][zone], to read or write. */
#define TW_AT(zones, field, zone) (tw_zone_column((zones), TW_ZONE_##field)[zone])

/** Sets the fields [from, to) to zero. */
void tw_zones_clear(tw_zones *zones, int from, int to);
/** Adds the fields [from, to) of `part`. */
void tw_zones_join(tw_zones *zones, const tw_zones *part, int from, int to);
/** Sum of a field over all zones of a kind (TW_RURAL, TW_TOWN) or of all (-1). */
int64_t tw_zones_sum(const tw_zones *zones, int field, int kind);
void tw_zones_digest(const tw_zones *zones, tw_digest *digest);

#endif
