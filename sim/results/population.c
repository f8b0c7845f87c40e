/* SPDX-License-Identifier: Apache-2.0 */
/** A population as an HDF5 file: one variable per column of households and of persons. */
#include <stdlib.h>

#include "results/h5.h"
#include "townward/results.h"
#include "townward_version.h"

/** How to read one column of a block as int64. */
typedef struct tw_column_reader {
    const char *name, *unit, *sentence;
    int64_t (*at)(const tw_block *block, int32_t row);
} tw_column_reader;

#define READER(name, type, unit, sentence)                         \
    static int64_t read_##name(const tw_block *block, int32_t row) \
    {                                                              \
        return (int64_t)block->name[row];                          \
    }
TW_HOUSEHOLD_FIELDS(READER)
TW_PERSON_FIELDS(READER)
#undef READER

#define ROW(name, type, unit, sentence) {#name, unit, sentence, read_##name},
static const tw_column_reader household_columns[] = {TW_HOUSEHOLD_FIELDS(ROW)};
static const tw_column_reader person_columns[] = {TW_PERSON_FIELDS(ROW)};
#undef ROW

static void write_column(tw_h5 *h5, const tw_population *population, const tw_column_reader *column,
                         const char *axis_name, int persons, int64_t *work)
{
    hsize_t rows = 0;
    for (int32_t b = 0; b < population->num_blocks; b++) {
        const tw_block *block = &population->blocks[b];
        const int32_t count = persons ? block->num_persons : block->num_households;
        for (int32_t i = 0; i < count; i++) {
            work[rows++] = column->at(block, i);
        }
    }
    tw_h5_axis axis = {axis_name, rows};
    tw_h5_variable(h5, column->name, column->unit, column->sentence, H5T_NATIVE_INT64, 1, &axis,
                   work);
}

static hsize_t write_index(tw_h5 *h5, const char *name, const char *sentence, hsize_t rows,
                           int64_t *work)
{
    for (hsize_t i = 0; i < rows; i++) {
        work[i] = (int64_t)i;
    }
    tw_h5_scale(h5, name, "1", sentence, work, rows);
    return rows;
}

static void write_sizes(tw_h5 *h5, const tw_population *population, int64_t *work)
{
    hsize_t rows = 0;
    for (int32_t b = 0; b < population->num_blocks; b++) {
        const tw_block *block = &population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            work[rows++] = block->first_person[h + 1] - block->first_person[h];
        }
    }
    tw_h5_axis axis = {"household", rows};
    tw_h5_variable(h5, "persons", "persons", "members; persons follow in the order of households",
                   H5T_NATIVE_INT64, 1, &axis, work);
}

static void write_zone_codes(tw_h5 *h5, const tw_region *region, int64_t *work)
{
    const hsize_t zones = (hsize_t)(TW_NUM_ZONE_KINDS * region->num_counties);
    for (hsize_t z = 0; z < zones; z++) {
        work[z] = (int64_t)z;
    }
    tw_h5_scale(h5, "zone_index", "1", "what the columns of zones refer to", work, zones);
    for (hsize_t z = 0; z < zones; z++) {
        work[z] = tw_zone_code(region, (int)z);
    }
    tw_h5_axis axis = {"zone_index", zones};
    tw_h5_variable(h5, "zone_code", "1", "county code * 10 + 1 rural, + 2 town", H5T_NATIVE_INT64,
                   1, &axis, work);
}

tw_status tw_results_write_population(const tw_scenario *scenario, const tw_population *population,
                                      const char *path, int force, tw_report *report)
{
    const tw_population_totals totals = tw_population_count(population);
    const hsize_t households = (hsize_t)(totals.families + totals.collectives);
    const hsize_t persons = (hsize_t)totals.persons;
    tw_h5 h5;
    int64_t *work = malloc((size_t)(persons + households + 1024) * sizeof(*work));
    if (work == NULL) {
        return TW_NO_MEMORY;
    }
    tw_status status = tw_h5_create(path, force, report, &h5);
    if (status == TW_OK) {
        tw_h5_text(&h5, NULL, "Conventions", "CF-1.10");
        tw_h5_text(&h5, NULL, "title", "starting population");
        tw_h5_text(&h5, NULL, "source", "townward " TW_VERSION " (" TW_REVISION ")");
        write_zone_codes(&h5, tw_scenario_region(scenario), work);
        tw_h5_enter(&h5, "households");
        write_index(&h5, "household", "row of a household", households, work);
        for (size_t i = 0; i < sizeof household_columns / sizeof *household_columns; i++) {
            write_column(&h5, population, &household_columns[i], "household", 0, work);
        }
        write_sizes(&h5, population, work);
        tw_h5_enter(&h5, "persons");
        write_index(&h5, "person", "row of a person", persons, work);
        for (size_t i = 0; i < sizeof person_columns / sizeof *person_columns; i++) {
            write_column(&h5, population, &person_columns[i], "person", 1, work);
        }
        status = tw_h5_close(&h5, force, report);
    }
    free(work);
    return status;
}
