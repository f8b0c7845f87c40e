/* SPDX-License-Identifier: Apache-2.0 */
/** Group /composition of a result file: who lives in the zones, each 1 November. */
#include "results/composition.h"

#include <stdlib.h>
#include <string.h>

#include "base/math.h"

/** An axis beside replicate, year, county and zone_kind. */
typedef struct tw_class_axis {
    const char *name, *unit, *sentence;
    int length, first; /**< values first, first + 1, ... */
} tw_class_axis;

static const tw_class_axis class_axes[] = {
    {"sex",             "1",       "0 male, 1 female",                                             TW_NUM_SEXES,      0},
    {"age_group",       "year",    "lowest age of the group; groups as in the census",             TW_NUM_AGE_GROUPS, 0},
    {"marital_status",  "1",       "0 never married, 1 married, 2 divorced, 3 widowed",            TW_NUM_MARITAL,    0},
    {"schooling_level", "1",       "0 none, 1 primary, 2 junior, 3 senior, 4 college",             TW_NUM_SCHOOLING,
     0                                                                                                                 },
    {"household_size",  "persons", "members of the family; the last value: that many or more",     10,
     1                                                                                                                 },
    {"generations",     "1",       "generations in the family; the last value: that many or more", 4,                 1},
    {"tenure_class",    "1",
     "0 rural house, 1 owner in a town, 2 tenant, 3 public rental, 4 other, 5 collective",         TW_NUM_TENURES,    0},
    {"registered",      "1",
     "0 in this zone, 1 elsewhere in the county, 2 in another county, 3 outside the region",       4,                 0},
};

static void write_scales(tw_h5 *h5, const tw_record *record, const tw_region *region, int64_t *work)
{
    int year, month;
    for (int r = 0; r < record->num_replicates; r++) {
        work[r] = r;
    }
    tw_h5_scale(h5, "replicate", "1", "number of the replicate: other draws, all else equal", work,
                (hsize_t)record->num_replicates);
    for (int y = 0; y < record->num_years; y++) {
        tw_quarter_start(record->start + 4 * y, &year, &month);
        work[y] = year;
    }
    tw_h5_scale(h5, "year", "1", "calendar year of the 1 November that is counted", work,
                (hsize_t)record->num_years);
    for (int c = 0; c < region->num_counties; c++) {
        work[c] = region->counties[c].code;
    }
    tw_h5_scale(h5, "county", "1", "administrative code of the county", work,
                (hsize_t)region->num_counties);
    for (int kind = 0; kind < TW_NUM_ZONE_KINDS; kind++) {
        work[kind] = kind;
    }
    tw_h5_scale(h5, "zone_kind", "1", "0 = rural zone, 1 = town zone of the county", work,
                TW_NUM_ZONE_KINDS);
    for (size_t a = 0; a < sizeof class_axes / sizeof *class_axes; a++) {
        const tw_class_axis *axis = &class_axes[a];
        for (int i = 0; i < axis->length; i++) {
            work[i] =
                strcmp(axis->name, "age_group") == 0 ? tw_age_group_start(i) : axis->first + i;
        }
        tw_h5_scale(h5, axis->name, axis->unit, axis->sentence, work, (hsize_t)axis->length);
    }
}

static void write_table(tw_h5 *h5, const tw_record *record, const tw_composition_row *row,
                        int64_t *work)
{
    const size_t cells = (size_t)tw_composition_cells();
    const size_t zones =
        (size_t)record->num_replicates * (size_t)record->num_years * (size_t)record->num_zones;
    const int width = row->extent[0] * row->extent[1];
    tw_h5_axis axis[6] = {
        {"replicate",  (hsize_t)record->num_replicates                 },
        {"year",       (hsize_t)record->num_years                      },
        {"county",     (hsize_t)(record->num_zones / TW_NUM_ZONE_KINDS)},
        {"zone_kind",  TW_NUM_ZONE_KINDS                               },
        {row->axis[0], (hsize_t)row->extent[0]                         },
        {row->axis[1], (hsize_t)row->extent[1]                         }
    };
    size_t at = 0;
    for (size_t z = 0; z < zones; z++) {
        for (int i = 0; i < width; i++) {
            const int64_t value = record->composition[z * cells + (size_t)(row->first + i)];
            work[at++] = record->sample >= 1 ? value : tw_round((double)value / record->sample);
        }
    }
    tw_h5_variable(h5, row->name, row->unit, row->sentence, H5T_NATIVE_INT64,
                   row->axis[1] == NULL ? 5 : 6, axis, work);
}

tw_status tw_results_composition(tw_h5 *h5, const tw_record *record, const tw_region *region)
{
    const size_t most = (size_t)record->num_replicates * (size_t)record->num_years *
                            (size_t)record->num_zones * (size_t)tw_composition_cells() +
                        1024;
    int64_t *work = malloc(most * sizeof(*work));
    if (work == NULL) {
        return TW_NO_MEMORY;
    }
    tw_h5_enter(h5, "composition");
    write_scales(h5, record, region, work);
    for (int t = 0; t < tw_composition_num(); t++) {
        const tw_composition_row row = tw_composition_at(t);
        write_table(h5, record, &row, work);
    }
    free(work);
    return TW_OK;
}
