/* SPDX-License-Identifier: Apache-2.0 */
/** Figures: a part over a whole, both summed over the counties of an area; what the list of
 * indicators has is taken from there. */
#include "compare/figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "townward/indicators.h"
#include "townward/run.h"

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

/** What a figure is: an indicator of the list by name, or a sum of its own; none = of housing. */
static const struct {
    const char *indicator;
    tw_indicator_sum sum;
} defined[TW_NUM_FIGURES] = {
    [TW_FIGURE_urbanization_rate] = {.indicator = "urbanization_rate"},
    [TW_FIGURE_registered_urbanization_rate] = {.indicator = "registered_urbanization_rate"},
    [TW_FIGURE_residents] = {.indicator = "population"},
    [TW_FIGURE_town_residents] = {.indicator = "urban_population"},
    [TW_FIGURE_town_registered] = {.sum = {.field = {"registered_town"}, .kind = -1}},
    [TW_FIGURE_agro_pastoral_migrants] = {.sum = {.field = {"agropastoral_migrants"},
                                                  .kind = TW_TOWN}},
    [TW_FIGURE_town_jobs] = {.sum = {.field = {"jobs_industry", "jobs_construction",
                                               "jobs_services", "jobs_public"},
                                     .kind = TW_TOWN}},
    [TW_FIGURE_unemployment_rate] = {.indicator = "unemployment"},
    [TW_FIGURE_school_load] = {.indicator = "school_load"},
    [TW_FIGURE_hospital_load] = {.indicator = "hospital_load"},
};

/** Part and whole of a county; an indicator that is a count has no whole. */
typedef struct share {
    double part, whole;
} share;

/** The sums of a figure. */
typedef struct definition {
    tw_indicator_sum part, whole;
} definition;

static definition definition_of(int figure)
{
    if (defined[figure].indicator == NULL) {
        return (definition){.part = defined[figure].sum};
    }
    const tw_indicator row = tw_indicator_at(tw_indicator_find(defined[figure].indicator));
    return (definition){row.part, row.whole};
}

static int is_count(const definition *of)
{
    return of->part.field[0] != NULL && of->whole.field[0] == NULL;
}

static double sum_of(const tw_world *world, const tw_indicator_sum *sum, int county)
{
    int64_t total = 0;
    for (int i = 0; i < TW_MOST_SUMMED && sum->field[i] != NULL; i++) {
        const int64_t *value = tw_zone_column(&world->zones, tw_record_find(sum->field[i]));
        total += sum->kind == TW_TOWN ? 0 : value[tw_zone(county, TW_RURAL)];
        total += sum->kind == TW_RURAL ? 0 : value[tw_zone(county, TW_TOWN)];
    }
    return (double)total;
}

/* Rent and its burden are means over dwellings. */
static share housing_of(const tw_world *world, int figure, int town)
{
    const tw_zones *zones = &world->zones;
    const double dwellings = (double)TW_AT(zones, dwellings, town);
    const double rent = (double)TW_AT(zones, rent, town) / 100;
    switch (figure) {
        case TW_FIGURE_rent:
            return (share){rent * dwellings, dwellings};
        case TW_FIGURE_rent_burden:
            return (share){12 * rent / (world->income[town] * world->mean_town_size) * dwellings,
                           dwellings};
        default:
            return (share){dwellings - (double)TW_AT(zones, dwellings_used, town), dwellings};
    }
}

static share county_share(const tw_world *world, int figure, const definition *of, int county)
{
    if (of->part.field[0] == NULL) {
        return housing_of(world, figure, tw_zone(county, TW_TOWN));
    }
    return (share){sum_of(world, &of->part, county), sum_of(world, &of->whole, county)};
}

static void add_share(share *sum, share one)
{
    sum->part += one.part;
    sum->whole += one.whole;
}

static double value_of(const tw_world *world, const definition *by, share of)
{
    if (is_count(by)) {
        return of.part / world->sample;
    }
    return of.whole > 0 ? of.part / of.whole : NAN;
}

static void take_indicator(const tw_world *world, int figure, double *value)
{
    const tw_region *region = world->region;
    const definition of = definition_of(figure);
    share whole = {0, 0};
    for (int p = 0; p < region->num_prefectures; p++) {
        share sum = {0, 0};
        for (int c = 0; c < region->num_counties; c++) {
            if (region->counties[c].prefecture == p) {
                add_share(&sum, county_share(world, figure, &of, c));
            }
        }
        value[1 + p] = value_of(world, &of, sum);
    }
    for (int c = 0; c < region->num_counties; c++) {
        const share one = county_share(world, figure, &of, c);
        add_share(&whole, one);
        value[tw_area_of_county(region, c)] = value_of(world, &of, one);
    }
    value[0] = value_of(world, &of, whole);
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
