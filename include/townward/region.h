/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A region: a folder of tables, read and checked as a whole.
 *
 * Counties are kept in the order of their code. Every county has two zones, `rural` and `town` (its
 * statistical urban population): zone index = 2 * county + kind. Nothing here knows a particular
 * region.
 */
#ifndef TOWNWARD_REGION_H
#define TOWNWARD_REGION_H

#include <stdint.h>

#include "townward/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { TW_RURAL = 0, TW_TOWN = 1, TW_NUM_ZONE_KINDS = 2 };
typedef enum tw_tier { TW_COUNTY_TOWN, TW_CITY, TW_CAPITAL, TW_NUM_TIERS } tw_tier;
enum { TW_MALE = 0, TW_FEMALE = 1, TW_NUM_SEXES = 2 };

/** Census age groups: 0, 1-4, 5-9, ..., 80-84, 85 and over. */
enum { TW_NUM_AGE_GROUPS = 19, TW_MAX_AGE = 110 };
typedef enum tw_schooling {
    TW_SCHOOL_NONE,
    TW_SCHOOL_PRIMARY,
    TW_SCHOOL_JUNIOR,
    TW_SCHOOL_SENIOR,
    TW_SCHOOL_COLLEGE,
    TW_NUM_SCHOOLING
} tw_schooling;
typedef enum tw_marital {
    TW_NEVER_MARRIED,
    TW_MARRIED,
    TW_DIVORCED,
    TW_WIDOWED,
    TW_NUM_MARITAL
} tw_marital;
typedef enum tw_elsewhere {
    TW_ELSEWHERE_SAME_COUNTY,
    TW_ELSEWHERE_OTHER_COUNTY,
    TW_ELSEWHERE_OUTSIDE,
    TW_NUM_ELSEWHERE
} tw_elsewhere;
enum { TW_NUM_INDUSTRIES = 19, TW_INDUSTRY_FARMING = 0 };
/** Sectors of the jobs that are not farming. */
typedef enum tw_sector {
    TW_INDUSTRY,
    TW_CONSTRUCTION,
    TW_SERVICES,
    TW_PUBLIC_SERVICES,
    TW_NUM_SECTORS
} tw_sector;

/** Sector of an industry other than farming. */
int tw_sector_of_industry(int industry);

/** Census tenure columns (long form, a 10 % sample of family households). */
typedef enum tw_tenure_column {
    TW_TENURE_RENTED,
    TW_TENURE_SELF_BUILT,
    TW_TENURE_PURCHASED,
    TW_TENURE_INHERITED, /**< 2020 only; 0 in 2010, where it is inside `other` */
    TW_TENURE_OTHER,
    TW_NUM_TENURE_COLUMNS
} tw_tenure_column;

/** Lowest age of a census age group, years; group in [0, TW_NUM_AGE_GROUPS]; last is TW_MAX_AGE+1.
 */
int tw_age_group_start(int group);
/** Census age group of an age in years >= 0. */
int tw_age_group(int age);

typedef struct tw_prefecture {
    int32_t code;
    char name[48], name_zh[48];
    int32_t seat; /**< county index of its seat */
} tw_prefecture;

typedef struct tw_county {
    int32_t code; /**< stable administrative code: keys of draws are made from it */
    char name[48], name_zh[48];
    int32_t prefecture; /**< index */
    tw_tier tier;       /**< of its town */
    double latitude, longitude, seat_elevation_m;
    double area_km2, area_defacto_km2;
} tw_county;

/** Every census column of one county and census year; counts of persons or families. */
typedef struct tw_census {
    int64_t persons, urban;
    int64_t families, family_persons, one_person_families;
    int64_t families_by_generations[4]; /**< 1, 2, 3, 4 and more generations */
    int64_t age_sex[TW_NUM_SEXES][TW_NUM_AGE_GROUPS];
    int64_t schooling[TW_NUM_SEXES][TW_NUM_SCHOOLING]; /**< ages 6 and over (3 and over in 2020) */
    int64_t marital[TW_NUM_SEXES][TW_NUM_MARITAL];     /**< ages 15 and over, 10 % sample */
    int64_t registered_elsewhere[TW_NUM_ELSEWHERE];
    int64_t employed_by_industry[TW_NUM_INDUSTRIES];   /**< 10 % sample */
    int64_t families_by_tenure[TW_NUM_TENURE_COLUMNS]; /**< 10 % sample */
} tw_census;

enum { TW_NUM_CENSUSES = 2 };
static const int tw_census_years[TW_NUM_CENSUSES] = {2010, 2020};

/** A road between two county seats. */
typedef struct tw_link {
    int32_t from, to;      /**< county indices */
    double km, minutes;    /**< as it is once open or improved */
    double minutes_before; /**< before `opens`; 0 = no such road before */
    int32_t opens;         /**< quarter index (see tw_quarter_of), or INT32_MIN = always */
} tw_link;

/** One row of the long table of schedules: a rate for a range of ages. */
typedef struct tw_schedule_row {
    char schedule[48];
    int32_t sex; /**< TW_MALE, TW_FEMALE, or -1 for both */
    int32_t age_low, age_high;
    int32_t year;
    double rate; /**< in the row's unit */
    char unit[48], area[32];
} tw_schedule_row;

/** One row of the long table of regional series. */
typedef struct tw_series_row {
    char series[64], area[48], unit[48];
    int32_t year;
    double value;
} tw_series_row;

/** A dated flow of the region: organised relocation or places relabelled. */
typedef struct tw_dated_flow {
    int32_t origin, destination; /**< county indices; equal for a relabelling */
    int32_t start, end;          /**< quarter indices, start <= end, both included */
    int64_t persons;             /**< over the whole span; negative only for a relabelling */
} tw_dated_flow;

typedef enum tw_hazard_kind { TW_EARTHQUAKE, TW_FLOOD, TW_NUM_HAZARD_KINDS } tw_hazard_kind;

/** How often a county is struck, events per year, >= 0. */
typedef struct tw_hazard_rates {
    double earthquake_m5; /**< magnitude 5 and over, those of 6 and over included */
    double earthquake_m6; /**< magnitude 6 and over, at most earthquake_m5 */
    double flood;         /**< floods in which dwellings are lost */
} tw_hazard_rates;

/** An event whose date is known, in one county. */
typedef struct tw_hazard_event {
    char name[48];
    tw_hazard_kind kind;
    int32_t county;        /**< index */
    int32_t date;          /**< quarter index in which it happens */
    int32_t reconstructed; /**< quarter index from which all stands again; INT32_MIN = not known */
    double rural_loss, town_loss; /**< shares of the dwellings of the zone that are lost, 0-1 */
    double service_loss;          /**< share of the services of the county that is lost, 0-1 */
} tw_hazard_event;

typedef enum tw_area_kind { TW_AREA_REGION, TW_AREA_PREFECTURE, TW_AREA_COUNTY } tw_area_kind;

/** An observed value of an indicator. */
typedef struct tw_observation {
    int32_t indicator; /**< index, see townward/indicators.h */
    tw_area_kind kind;
    int32_t area;          /**< index of the prefecture or county, 0 for the region */
    int32_t year, month;   /**< first day of the month, but of December the last */
    double value;          /**< in the unit of the indicator, >= 0 */
    double standard_error; /**< > 0; 0 = not known */
    int32_t revised;       /**< 0: superseded by a later count; shown and never fitted */
    char source[256];
} tw_observation;

/** A named set of counties. */
typedef struct tw_group {
    char name[48];
    int32_t num_counties;
    int32_t *counties; /**< indices, ascending */
} tw_group;

/** What a unit of a lever costs in the region; levers are named as in townward/levers.h. */
typedef struct tw_lever_cost {
    char lever[48], source[256];
    double yuan, low, high; /**< low <= yuan <= high */
    char grade;             /**< A the region, B elsewhere, C assumed */
    long line;              /**< of the table lever_costs */
} tw_lever_cost;

typedef struct tw_region {
    char name[64], name_zh[64], folder[1024];
    int32_t num_prefectures, num_counties, num_links, num_schedule_rows, num_series_rows;
    int32_t num_groups, num_relocations, num_reclassifications, num_hazard_events, num_tables;
    tw_prefecture *prefectures;
    tw_county *counties;
    tw_census *census[TW_NUM_CENSUSES]; /**< [year][county] */
    tw_link *links;
    tw_schedule_row *schedule_rows;
    tw_series_row *series_rows;
    tw_group *groups;
    int32_t num_circles;
    int32_t *circles; /**< indices of the groups whose towns share services */
    tw_dated_flow *relocations, *reclassifications;
    tw_hazard_rates
        *hazard_rates; /**< [num_counties], NULL = no table: nothing strikes by chance */
    tw_hazard_event *hazard_events;
    int32_t num_lever_costs;
    tw_lever_cost *lever_costs;
    int32_t num_observations;
    tw_observation *observations; /**< by indicator, kind of area, area, date */
    struct tw_region_table {
        char name[48], path[1024];
        uint64_t digest[2]; /**< of the file's bytes; goes into the results */
    } * tables;
} tw_region;

/**
 * Reads and checks the region that `file` (a region.cfg) describes.
 *
 * All findings of all tables are reported at once; nothing is returned unless there are none.
 *
 * @param out  the region, owned by the caller (tw_region_free); untouched on failure
 * @return OK, BAD_INPUT (findings in report), IO_FAILED, NO_MEMORY
 */
TW_MUST_CHECK tw_status tw_region_read(const char *file, tw_report *report, tw_region **out);

/** Cost of a lever, or NULL. */
const tw_lever_cost *tw_region_lever_cost(const tw_region *region, const char *lever);

/** Accepts NULL. */
void tw_region_free(tw_region *region);

/** Zone index of a county; kind is TW_RURAL or TW_TOWN. */
static inline int tw_zone(int county, int kind)
{
    return TW_NUM_ZONE_KINDS * county + kind;
}

/** Stable code of a zone: county code * 10 + 1 (rural) or 2 (town). Enters keys of draws. */
int32_t tw_zone_code(const tw_region *region, int zone);

/** County index of a code, or -1. */
int tw_region_find_county(const tw_region *region, int32_t code);
/** County index of a name (any case, English or Chinese), or -1. */
int tw_region_find_county_name(const tw_region *region, const char *name);
/** Group index by name, or -1. */
int tw_region_find_group(const tw_region *region, const char *name);

/**
 * Rate of a schedule at an age, linear between the years it has, constant beyond them.
 *
 * @return the rate in the unit of its rows, or -1 when no row covers the age and sex
 */
double tw_region_schedule(const tw_region *region, const char *schedule, int sex, int age,
                          double year);

/**
 * Value of a yearly series for an area, linear between years, constant beyond them.
 *
 * @param known  out, may be NULL: 1 when the series exists for that area, else 0 (and 0 is
 * returned)
 */
double tw_region_series(const tw_region *region, const char *series, const char *area, double year,
                        int *known);

/** A road beside those of the region's table, both ways. */
typedef struct tw_road {
    int32_t from, to; /**< county indices */
    double minutes;   /**< > 0 */
} tw_road;

/** Whether some circle has both counties. */
int tw_region_share_circle(const tw_region *region, int a, int b);

/**
 * Shortest travel minutes between all county seats over the links as they are in a quarter.
 *
 * @param roads    [num_roads] beside those of the region; NULL with none
 * @param minutes  out: [num_counties * num_counties], row = from, 0 on the diagonal; caller owns
 * @return OK, or BAD_STATE when a county is not reached (the reader has excluded that)
 */
TW_MUST_CHECK tw_status tw_region_travel_minutes(const tw_region *region, int32_t quarter,
                                                 const tw_road *roads, int num_roads,
                                                 double *minutes);

/* Calendar. Quarters start on 1 November, February, May, August; quarter 0 starts 1 November 1899.
 */

/** Quarter that contains the first of a month; year 1900..8000, month 1..12. */
int32_t tw_quarter_of(int year, int month);
/** First month of a quarter. */
void tw_quarter_start(int32_t quarter, int *year, int *month);
/** Quarter opening as decimal year (1 January = .0), for interpolation of series. */
double tw_quarter_year(int32_t quarter);
/** Parses "2025" (its 1 November) or "2025-05"; returns 0, or -1 when it is neither. */
int tw_parse_date(const char *text, int32_t *quarter);

#ifdef __cplusplus
}
#endif
#endif
