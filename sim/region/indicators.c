/* SPDX-License-Identifier: Apache-2.0 */
/** The list of indicators: some named here, then every field of the zone table that adds up. */
#include "townward/indicators.h"

#include <stddef.h>
#include <string.h>

#include "population/zones.h"
#include "townward/region.h"

static const double largest_count = 1e15;

static const tw_indicator counts[] = {
    {.name = "population",
     .unit = "persons",
     .sentence = "residents",
     .part = {.field = {"persons"}, .kind = -1}     },
    {.name = "urban_population",
     .unit = "persons",
     .sentence = "residents of the town",
     .part = {.field = {"persons"}, .kind = TW_TOWN}},
    {.name = "households",
     .unit = "households",
     .sentence = "family households",
     .part = {.field = {"families"}, .kind = -1}    },
};

static const tw_indicator rates[] = {
    {.name = "urbanization_rate",
     .sentence = "town residents over residents",
     .highest = 1,
     .part = {.field = {"persons"}, .kind = TW_TOWN},
     .whole = {.field = {"persons"}, .kind = -1}             },
    {.name = "registered_urbanization_rate",
     .sentence = "residents registered in a town over residents registered in the region",
     .highest = 1,
     .part = {.field = {"registered_town"}, .kind = -1},
     .whole = {.field = {"registered_region"}, .kind = -1}   },
    {.name = "unemployment",
     .sentence = "town residents who look for a job over them and those with a non-farm job",
     .highest = 1,
     .part = {.field = {"seeking"}, .kind = TW_TOWN},
     .whole = {.field = {"seeking", "self_employed", "employed_industry", "employed_construction",
                         "employed_services", "employed_public"},
               .kind = TW_TOWN}                              },
    {.name = "school_load",
     .sentence = "residents of 6-14 of the town on 1 November over places of its schools",
     .highest = 1000,
     .part = {.field = {"school_age"}, .kind = TW_TOWN},
     .whole = {.field = {"places_school"}, .kind = TW_TOWN}  },
    {.name = "senior_school_load",
     .sentence = "pupils of senior schools of the county on 1 November over places",
     .highest = 1000,
     .part = {.field = {"senior_pupils"}, .kind = -1},
     .whole = {.field = {"places_senior"}, .kind = -1}       },
    {.name = "hospital_load",
     .sentence = "residents of the town, of 65 and over thrice, over whom its hospitals can serve",
     .highest = 1000,
     .part = {.field = {"persons", "elders", "elders"}, .kind = TW_TOWN},
     .whole = {.field = {"places_hospital"}, .kind = TW_TOWN}},
};

enum {
    NUM_COUNTS = sizeof counts / sizeof *counts,
    NUM_RATES = sizeof rates / sizeof *rates,
    NUM_NAMED = NUM_COUNTS + NUM_RATES
};

/* Rents and prices of zones have no sum. */
static int adds_up(const tw_zone_field_row *row)
{
    return row->is_flow || strncmp(row->unit, "cents", 5) != 0;
}

int tw_num_indicators(void)
{
    int num = NUM_NAMED;
    for (int field = 0; field < TW_NUM_ZONE_FIELDS; field++) {
        const tw_zone_field_row row = tw_zone_field_at(field);
        num += adds_up(&row);
    }
    return num;
}

static tw_indicator field_row(int index)
{
    int field = 0;
    tw_zone_field_row row = tw_zone_field_at(field);
    for (int left = index; !adds_up(&row) || left-- > 0;) {
        row = tw_zone_field_at(++field);
    }
    return (tw_indicator){
        .name = row.name,
        .unit = row.unit,
        .sentence = row.sentence,
        .highest = largest_count,
        .is_flow = row.is_flow,
        .is_field = 1,
        .part = {.field = {row.name}, .kind = -1}
    };
}

tw_indicator tw_indicator_at(int index)
{
    tw_indicator row;
    if (index < NUM_COUNTS) {
        row = counts[index];
        row.highest = largest_count;
    } else if (index < NUM_NAMED) {
        row = rates[index - NUM_COUNTS];
        row.unit = "1";
    } else {
        row = field_row(index - NUM_NAMED);
    }
    return row;
}

int tw_indicator_find(const char *name)
{
    const int num = tw_num_indicators();
    for (int i = 0; i < num; i++) {
        if (strcmp(tw_indicator_at(i).name, name) == 0) {
            return i;
        }
    }
    return -1;
}
