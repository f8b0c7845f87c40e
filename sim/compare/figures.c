/* SPDX-License-Identifier: Apache-2.0 */
/** Indicators: a part over a whole, both summed over the counties of an area. */
#include "compare/figures.h"

#include <math.h>
#include <stdlib.h>

static const tw_figure_row rows[TW_NUM_FIGURES] = {
#define INDICATOR_ROW(id, unit, sentence) {#id, unit, sentence},
    TW_FIGURE_LIST(INDICATOR_ROW)
#undef INDICATOR_ROW
};

tw_figure_row tw_figure_at(int indicator)
{
    return rows[indicator];
}

int tw_figure_find(const char *name)
{
    for (int i = 0; i < TW_NUM_FIGURES; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

static void set_area(const tw_region *region, int index, tw_compared_area *area)
{
    const int counties = 1 + region->num_prefectures;
    *area = (tw_compared_area){.code = "region",
                               .name = region->name,
                               .name_zh = region->name_zh,
                               .parent = -1,
                               .longitude = NAN,
                               .latitude = NAN};
    if (index >= counties) {
        const tw_county *county = &region->counties[index - counties];
        snprintf(area->code, sizeof area->code, "%d", (int)county->code);
        area->name = county->name;
        area->name_zh = county->name_zh;
        area->kind = TW_COMPARED_COUNTY;
        area->parent = 1 + county->prefecture;
        area->longitude = county->longitude;
        area->latitude = county->latitude;
    } else if (index > 0) {
        const tw_prefecture *prefecture = &region->prefectures[index - 1];
        snprintf(area->code, sizeof area->code, "%d", (int)prefecture->code);
        area->name = prefecture->name;
        area->name_zh = prefecture->name_zh;
        area->kind = TW_COMPARED_PREFECTURE;
    }
}

tw_status tw_areas_create(const tw_region *region, tw_compared_area **out, int32_t *num)
{
    *num = 1 + region->num_prefectures + region->num_counties;
    tw_compared_area *area = calloc((size_t)*num, sizeof(*area));
    if (area == NULL) {
        return TW_NO_MEMORY;
    }
    for (int i = 0; i < *num; i++) {
        set_area(region, i, &area[i]);
    }
    *out = area;
    return TW_OK;
}

/** Part and whole of a county; an indicator that is a count has no whole. */
typedef struct share {
    double part, whole;
} share;

static double jobs_of(const tw_world *world, int zone)
{
    double jobs = 0;
    for (int s = 0; s < TW_NUM_SECTORS; s++) {
        jobs += (double)tw_zone_column(&world->zones, TW_ZONE_jobs_industry + s)[zone];
    }
    return jobs;
}

/* Rent and its burden are means over dwellings. */
static share housing_of(const tw_world *world, int indicator, int town)
{
    const tw_zones *zones = &world->zones;
    const double dwellings = (double)TW_AT(zones, dwellings, town);
    const double rent = (double)TW_AT(zones, rent, town) / 100;
    switch (indicator) {
        case TW_FIGURE_rent:
            return (share){rent * dwellings, dwellings};
        case TW_FIGURE_rent_burden:
            return (share){12 * rent / (world->income[town] * world->mean_town_size) * dwellings,
                           dwellings};
        default:
            return (share){dwellings - (double)TW_AT(zones, dwellings_used, town), dwellings};
    }
}

static share county_share(const tw_world *world, int indicator, int county)
{
    const tw_zones *zones = &world->zones;
    const int town = tw_zone(county, TW_TOWN), village = tw_zone(county, TW_RURAL);
    const double residents = (double)TW_AT(zones, persons, town);
    const double seeking = (double)TW_AT(zones, seeking, town);
    const double registered =
        (double)(TW_AT(zones, registered_town, town) + TW_AT(zones, registered_town, village));
    switch (indicator) {
        case TW_FIGURE_urbanization_rate:
            return (share){residents, residents + (double)TW_AT(zones, persons, village)};
        case TW_FIGURE_registered_urbanization_rate:
            return (share){registered, (double)(TW_AT(zones, registered_region, town) +
                                                TW_AT(zones, registered_region, village))};
        case TW_FIGURE_residents:
            return (share){residents + (double)TW_AT(zones, persons, village), 0};
        case TW_FIGURE_town_residents:
            return (share){residents, 0};
        case TW_FIGURE_town_registered:
            return (share){registered, 0};
        case TW_FIGURE_agro_pastoral_migrants:
            return (share){(double)TW_AT(zones, agropastoral_migrants, town), 0};
        case TW_FIGURE_town_jobs:
            return (share){jobs_of(world, town), 0};
        case TW_FIGURE_unemployment_rate:
            return (share){seeking, seeking + (double)tw_zone_employed(world, town)};
        case TW_FIGURE_school_load:
            return (share){(double)TW_AT(zones, school_age, town),
                           (double)TW_AT(zones, places_school, town)};
        case TW_FIGURE_hospital_load:
            return (share){residents + 2 * (double)TW_AT(zones, elders, town),
                           (double)TW_AT(zones, places_hospital, town)};
        default:
            return housing_of(world, indicator, town);
    }
}

static int is_count(int indicator)
{
    return indicator == TW_FIGURE_residents || indicator == TW_FIGURE_town_residents ||
           indicator == TW_FIGURE_town_registered || indicator == TW_FIGURE_town_jobs ||
           indicator == TW_FIGURE_agro_pastoral_migrants;
}

static void add_share(share *sum, share one)
{
    sum->part += one.part;
    sum->whole += one.whole;
}

static double value_of(const tw_world *world, int indicator, share of)
{
    if (is_count(indicator)) {
        return of.part / world->sample;
    }
    return of.whole > 0 ? of.part / of.whole : NAN;
}

static void take_indicator(const tw_world *world, int indicator, double *value)
{
    const tw_region *region = world->region;
    share whole = {0, 0};
    for (int p = 0; p < region->num_prefectures; p++) {
        share sum = {0, 0};
        for (int c = 0; c < region->num_counties; c++) {
            if (region->counties[c].prefecture == p) {
                add_share(&sum, county_share(world, indicator, c));
            }
        }
        value[1 + p] = value_of(world, indicator, sum);
    }
    for (int c = 0; c < region->num_counties; c++) {
        const share one = county_share(world, indicator, c);
        add_share(&whole, one);
        value[tw_area_of_county(region, c)] = value_of(world, indicator, one);
    }
    value[0] = value_of(world, indicator, whole);
}

/* Yuan of the counties, their prefectures and the region; whole cents, added exactly. */
static void take_outlay(const tw_region *region, const int64_t *cents, double *value)
{
    int64_t all = 0;
    for (int p = 0; p < region->num_prefectures; p++) {
        int64_t sum = 0;
        for (int c = 0; c < region->num_counties; c++) {
            sum += region->counties[c].prefecture == p ? cents[c] : 0;
        }
        value[1 + p] = (double)sum / 100;
        all += sum;
    }
    for (int c = 0; c < region->num_counties; c++) {
        value[tw_area_of_county(region, c)] = (double)cents[c] / 100;
    }
    value[0] = (double)all / 100;
}

void tw_figures_take(const tw_world *world, int32_t num_areas, const int64_t *cents, double *value)
{
    for (int i = 0; i < TW_NUM_FIGURES; i++) {
        double *of = value + (size_t)i * (size_t)num_areas;
        if (i == TW_FIGURE_outlay) {
            take_outlay(world->region, cents, of);
        } else {
            take_indicator(world, i, of);
        }
    }
}
