/* SPDX-License-Identifier: Apache-2.0 */
/** Observed values of indicators by area and date: a table of the region or of a scenario. */
#include "region/observations.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "region/reader.h"
#include "townward/indicators.h"

enum { O_INDICATOR, O_AREA, O_DATE, O_VALUE, O_UNIT, O_REVISED, O_SOURCE, O_NUM };
static const char *const observation_columns[O_NUM] = {"indicator", "area",    "date",  "value",
                                                       "unit",      "revised", "source"};
static const char *const error_column = "standard_error";

/** The names that cells may hold, and where the columns are. */
typedef struct tw_observation_table {
    const tw_csv *csv;
    int column[O_NUM], standard_error; /**< -1 = no such column */
    int num_indicators, num_areas;
    const char **indicators; /**< [num_indicators] */
    const char **areas;      /**< [num_areas]: region, prefectures, counties */
    int areas_trusted;       /**< prefectures and counties were read without a finding */
} tw_observation_table;

const char *tw_observation_area(const tw_region *region, const tw_observation *observation)
{
    switch (observation->kind) {
        case TW_AREA_PREFECTURE:
            return region->prefectures[observation->area].name;
        case TW_AREA_COUNTY:
            return region->counties[observation->area].name;
        case TW_AREA_REGION:
            break;
    }
    return "region";
}

/* ---- cells ---- */

static int indicator_cell(tw_reader *reader, const tw_observation_table *table, int row,
                          tw_observation *out)
{
    const int column = table->column[O_INDICATOR];
    const char *text = tw_csv_cell(table->csv, row, column);
    if (strncmp(text, "region_", 7) == 0 && tw_indicator_find(text + 7) >= 0) {
        char expected[96];
        snprintf(expected, sizeof expected, "%.63s, with area region", text + 7);
        tw_reader_row(reader, table->csv, row, expected, "indicator is '%.63s'", text);
        return -1;
    }
    return tw_cell_word(reader, table->csv, row, column, table->indicators, table->num_indicators,
                        &out->indicator);
}

static int same_name(const char *name, const char *name_zh, const char *text)
{
    return tw_text_same(name, text) || strcmp(name_zh, text) == 0;
}

/* Index of the prefecture that a code or name means, or -1. */
static int32_t find_prefecture(const tw_region *region, const char *text)
{
    int64_t code = 0;
    const int is_code = tw_text_int(text, &code) == 0;
    for (int32_t k = 0; k < region->num_prefectures; k++) {
        const tw_prefecture *one = &region->prefectures[k];
        if (is_code ? one->code == code : same_name(one->name, one->name_zh, text)) {
            return k;
        }
    }
    return -1;
}

/* What is wrong with an area is said on the first row that names it. */
static int named_before(const tw_observation_table *table, int row)
{
    const int column = table->column[O_AREA];
    const char *text = tw_csv_cell(table->csv, row, column);
    for (int earlier = 0; earlier < row; earlier++) {
        if (strcmp(tw_csv_cell(table->csv, earlier, column), text) == 0) {
            return 1;
        }
    }
    return 0;
}

static int unknown_area(tw_reader *reader, const tw_observation_table *table, int row)
{
    const char *text = tw_csv_cell(table->csv, row, table->column[O_AREA]);
    const char *nearest = tw_text_nearest(text, table->areas, table->num_areas);
    if (table->areas_trusted && !named_before(table, row)) {
        tw_reader_row(
            reader, table->csv, row,
            nearest == NULL ? "region, or a prefecture or county by name or code" : nearest,
            text[0] == '\0' ? "area is empty" : "area is '%.47s'", text);
    }
    return -1;
}

static int two_areas(tw_reader *reader, const tw_observation_table *table, int row,
                     int32_t prefecture, int32_t county)
{
    const tw_region *region = reader->region;
    char expected[64];
    snprintf(expected, sizeof expected, "a code: %d or %d",
             (int)region->prefectures[prefecture].code, (int)region->counties[county].code);
    if (!named_before(table, row)) {
        tw_reader_row(reader, table->csv, row, expected,
                      "'%.47s' is the name of a prefecture and of a county",
                      tw_csv_cell(table->csv, row, table->column[O_AREA]));
    }
    return -1;
}

static int area_cell(tw_reader *reader, const tw_observation_table *table, int row,
                     tw_observation *out)
{
    const tw_region *region = reader->region;
    const char *text = tw_csv_cell(table->csv, row, table->column[O_AREA]);
    int64_t code = 0;
    const int is_code = tw_text_int(text, &code) == 0;
    if (strcmp(text, "region") == 0) {
        return 0; /* zero is the region as a whole */
    }
    const int32_t prefecture = find_prefecture(region, text);
    const int32_t county = is_code ? -1 : tw_region_find_county_name(region, text);
    if (prefecture >= 0 && county >= 0) {
        return two_areas(reader, table, row, prefecture, county);
    }
    out->kind = prefecture >= 0 ? TW_AREA_PREFECTURE : TW_AREA_COUNTY;
    out->area = prefecture >= 0 ? prefecture : county;
    if (prefecture >= 0 || county >= 0) {
        return 0;
    }
    return is_code ? tw_cell_county(reader, table->csv, row, table->column[O_AREA], &out->area)
                   : unknown_area(reader, table, row);
}

static int date_cell(tw_reader *reader, const tw_observation_table *table, int row,
                     tw_observation *out)
{
    const char *text = tw_csv_cell(table->csv, row, table->column[O_DATE]);
    int32_t quarter = 0;
    if (strlen(text) == 7 && tw_parse_date(text, &quarter) == 0) {
        out->year = (int32_t)strtol(text, NULL, 10);
        out->month = (int32_t)strtol(text + 5, NULL, 10);
        return 0;
    }
    tw_reader_row(reader, table->csv, row,
                  "year and month: 2020-11 is 1 November, 2020-12 is 31 December",
                  text[0] == '\0' ? "date is empty" : "date is '%.47s'", text);
    return -1;
}

/* Value, unit and standard error, which the indicator judges. */
static int value_cells(tw_reader *reader, const tw_observation_table *table, int row,
                       tw_observation *out)
{
    const tw_csv *csv = table->csv;
    const tw_indicator indicator = tw_indicator_at(out->indicator);
    const char *unit = tw_csv_cell(csv, row, table->column[O_UNIT]);
    int bad = 0;
    if (strcmp(unit, indicator.unit) != 0) {
        const int is_rate = indicator.whole.field[0] != NULL;
        tw_reader_row(reader, csv, row,
                      is_rate ? "1, and a share as value: 0.3573 for 35.73 %" : indicator.unit,
                      "unit of %s is '%.47s'", indicator.name, unit);
        return -1; /* the value is in another unit */
    }
    bad = tw_cell_real(reader, csv, row, table->column[O_VALUE], 0, indicator.highest, &out->value);
    const int column = table->standard_error;
    if (column >= 0 && tw_csv_cell(csv, row, column)[0] != '\0') {
        bad |=
            tw_cell_real(reader, csv, row, column, 1e-12, indicator.highest, &out->standard_error);
    }
    return bad;
}

static int observation_row(tw_reader *reader, const tw_observation_table *table, int row,
                           tw_observation *out)
{
    static const char *const answers[] = {"no", "yes"};
    *out = (tw_observation){.kind = TW_AREA_REGION};
    const int known = indicator_cell(reader, table, row, out) == 0;
    int bad = !known;
    bad |= area_cell(reader, table, row, out);
    bad |= date_cell(reader, table, row, out);
    bad |= known ? value_cells(reader, table, row, out) : 0;
    bad |=
        tw_cell_word(reader, table->csv, row, table->column[O_REVISED], answers, 2, &out->revised);
    bad |= tw_cell_text(reader, table->csv, row, table->column[O_SOURCE], out->source,
                        sizeof out->source);
    return bad;
}

/* ---- lists ---- */

static int by_what(const tw_observation *x, const tw_observation *y)
{
    const int32_t a[] = {x->indicator, (int32_t)x->kind, x->area, x->year, x->month};
    const int32_t b[] = {y->indicator, (int32_t)y->kind, y->area, y->year, y->month};
    for (int k = 0; k < 5; k++) {
        if (a[k] != b[k]) {
            return a[k] < b[k] ? -1 : 1;
        }
    }
    return 0;
}

/** An observation and its place before sorting. */
typedef struct tw_sorted_observation {
    tw_observation row;
    int place;
} tw_sorted_observation;

static int by_what_and_place(const void *a, const void *b)
{
    const tw_sorted_observation *x = a, *y = b;
    const int order = by_what(&x->row, &y->row);
    return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

tw_status tw_observations_lay(tw_observation **list, int32_t *num, const tw_observation *more,
                              int32_t num_more)
{
    const size_t all = (size_t)*num + (size_t)num_more;
    tw_sorted_observation *sorted = malloc((all + 1) * sizeof *sorted);
    tw_observation *laid = realloc(*list, (all + 1) * sizeof *laid);
    *list = laid == NULL ? *list : laid;
    if (sorted == NULL || laid == NULL) {
        free(sorted);
        return TW_NO_MEMORY;
    }
    for (size_t k = 0; k < all; k++) {
        const size_t old = (size_t)*num;
        sorted[k] = (tw_sorted_observation){k < old ? laid[k] : more[k - old], (int)k};
    }
    qsort(sorted, all, sizeof *sorted, by_what_and_place);
    *num = 0;
    for (size_t k = 0; k < all; k++) {
        if (k + 1 == all || by_what(&sorted[k].row, &sorted[k + 1].row) != 0) {
            laid[(*num)++] = sorted[k].row;
        }
    }
    free(sorted);
    return TW_OK;
}

static void report_doubles(tw_reader *reader, const tw_csv *csv, tw_sorted_observation *rows,
                           int num)
{
    qsort(rows, (size_t)num, sizeof *rows, by_what_and_place);
    for (int k = 1; k < num; k++) {
        const tw_observation *one = &rows[k].row;
        if (by_what(&rows[k - 1].row, one) == 0) {
            tw_reader_row(reader, csv, rows[k].place, "one value per indicator, area and date",
                          "%s of %s in %04d-%02d stands in line %ld already",
                          tw_indicator_at(one->indicator).name,
                          tw_observation_area(reader->region, one), (int)one->year, (int)one->month,
                          csv->lines[rows[k - 1].place]);
        }
    }
}

/* ---- tables ---- */

static int names_of(tw_reader *reader, tw_observation_table *table)
{
    const tw_region *region = reader->region;
    table->num_indicators = tw_num_indicators();
    table->num_areas = 1 + region->num_prefectures + region->num_counties;
    table->indicators = tw_reader_alloc(reader, table->num_indicators, sizeof(char *));
    table->areas = tw_reader_alloc(reader, table->num_areas, sizeof(char *));
    if (table->indicators == NULL || table->areas == NULL) {
        return -1;
    }
    for (int k = 0; k < table->num_indicators; k++) {
        table->indicators[k] = tw_indicator_at(k).name;
    }
    int at = 0;
    table->areas[at++] = "region";
    for (int k = 0; k < region->num_prefectures; k++) {
        table->areas[at++] = region->prefectures[k].name;
    }
    for (int k = 0; k < region->num_counties; k++) {
        table->areas[at++] = region->counties[k].name;
    }
    return 0;
}

/* The column may be left out, so only a name that is nearly it can be a mistake. */
static void find_error_column(tw_reader *reader, tw_observation_table *table)
{
    const tw_csv *csv = table->csv;
    table->standard_error = tw_csv_column(csv, error_column);
    for (int k = 0; k < csv->num_columns && table->standard_error < 0; k++) {
        if (tw_text_nearest(csv->header[k], &error_column, 1) != NULL) {
            tw_reader_add(reader, TW_BAD_INPUT, csv->path, 1, error_column,
                          "there is a column '%.47s'", csv->header[k]);
        }
    }
}

/* Rows that are right, in the order of the list. */
static tw_observation *read_rows(tw_reader *reader, tw_observation_table *table, int32_t *num)
{
    const tw_csv *csv = table->csv;
    tw_sorted_observation *rows = tw_reader_alloc(reader, csv->num_rows, sizeof *rows);
    tw_observation *list = tw_reader_alloc(reader, csv->num_rows, sizeof *list);
    *num = 0;
    for (int row = 0; rows != NULL && list != NULL && row < csv->num_rows; row++) {
        if (observation_row(reader, table, row, &rows[*num].row) == 0) {
            rows[(*num)++].place = row;
        }
    }
    if (*num > 0) {
        report_doubles(reader, csv, rows, (int)*num);
    }
    for (int32_t k = 0; k < *num; k++) {
        list[k] = rows[k].row;
    }
    free(rows);
    return list;
}

static tw_observation *read_table(tw_reader *reader, const tw_csv *csv, int areas_trusted,
                                  int32_t *num)
{
    tw_observation_table table = {.csv = csv, .areas_trusted = areas_trusted};
    tw_observation *list = NULL;
    *num = 0;
    if (tw_reader_columns(reader, csv, observation_columns, O_NUM, table.column) == 0 &&
        names_of(reader, &table) == 0) {
        find_error_column(reader, &table);
        list = read_rows(reader, &table, num);
    }
    free((void *)table.indicators);
    free((void *)table.areas);
    return list;
}

void tw_observations_read(tw_reader *reader)
{
    tw_region *region = reader->region;
    const tw_csv *csv = reader->csv[TW_TABLE_observations];
    const tw_csv *prefectures = reader->csv[TW_TABLE_prefectures];
    if (csv != NULL) {
        const int trusted = reader->counties_trusted && prefectures != NULL &&
                            prefectures->num_dropped == 0 &&
                            region->num_prefectures == prefectures->num_rows;
        region->observations = read_table(reader, csv, trusted, &region->num_observations);
    }
}

tw_status tw_observations_from(tw_region *region, const char *path, tw_report *report,
                               tw_observation **out, int32_t *num)
{
    tw_csv *csv = NULL;
    tw_status status = tw_csv_read(path, report, &csv);
    if (status != TW_OK) {
        return status;
    }
    tw_reader reader = {.report = report, .region = region, .counties_trusted = 1};
    int32_t rows = 0;
    tw_observation *list = read_table(&reader, csv, 1, &rows);
    status = reader.status == TW_OK && csv->num_dropped > 0 ? TW_BAD_INPUT : reader.status;
    free(reader.unknown);
    tw_csv_free(csv);
    if (status != TW_OK) {
        free(list);
        return status;
    }
    *out = list;
    *num = rows;
    return TW_OK;
}
