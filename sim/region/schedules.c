/* SPDX-License-Identifier: Apache-2.0 */
/** Schedules (rates by age) and yearly series: read, kept free of doubles, interpolated by year. */
#include <stdlib.h>
#include <string.h>

#include "region/reader.h"

enum { MAX_ROW_AGE = 150, FIRST_YEAR = 1800, LAST_YEAR = 2300 };
static const double largest_value = 1e15;

/* ---- schedules ---- */

enum { S_SCHEDULE, S_SEX, S_LOW, S_HIGH, S_YEAR, S_RATE, S_UNIT, S_AREA, S_NUM };
static const char *const schedule_columns[S_NUM] = {"schedule", "sex",  "age_low", "age_high",
                                                    "year",     "rate", "unit",    "area"};
static const char *const sex_words[3] = {"male", "female", "both"};

static int schedule_row(tw_reader *reader, const tw_csv *csv, int row, const int *column,
                        tw_schedule_row *out)
{
    int64_t low = 0, high = 0, year = 0;
    int sex = 0;
    int bad =
        tw_cell_text(reader, csv, row, column[S_SCHEDULE], out->schedule, sizeof out->schedule);
    bad |= tw_cell_word(reader, csv, row, column[S_SEX], sex_words, 3, &sex);
    int bad_age = tw_cell_int(reader, csv, row, column[S_LOW], 0, MAX_ROW_AGE, &low);
    bad_age |= tw_cell_int(reader, csv, row, column[S_HIGH], 0, MAX_ROW_AGE, &high);
    bad |= tw_cell_int(reader, csv, row, column[S_YEAR], FIRST_YEAR, LAST_YEAR, &year);
    bad |= tw_cell_real(reader, csv, row, column[S_RATE], 0, largest_value, &out->rate);
    bad |= tw_cell_text(reader, csv, row, column[S_UNIT], out->unit, sizeof out->unit);
    bad |= tw_cell_text(reader, csv, row, column[S_AREA], out->area, sizeof out->area);
    if (bad_age == 0 && low > high) {
        tw_reader_row(reader, csv, row, "age_low, then age_high", "ages from %lld to %lld",
                      (long long)low, (long long)high);
        bad_age = -1;
    }
    out->sex = sex == 2 ? -1 : sex;
    out->age_low = (int32_t)low;
    out->age_high = (int32_t)high;
    out->year = (int32_t)year;
    return bad | bad_age;
}

/** A row of a table with its line: what is sorted to find doubles. */
typedef struct sorted_row {
    const void *row;
    int index;
} sorted_row;

static int by_schedule(const void *a, const void *b)
{
    const tw_schedule_row *x = ((const sorted_row *)a)->row, *y = ((const sorted_row *)b)->row;
    int order = strcmp(x->schedule, y->schedule);
    order = order != 0 ? order : (x->sex > y->sex) - (x->sex < y->sex);
    order = order != 0 ? order : (x->year > y->year) - (x->year < y->year);
    return order != 0 ? order : (x->age_low > y->age_low) - (x->age_low < y->age_low);
}

static int overlap(const tw_schedule_row *a, const tw_schedule_row *b)
{
    return strcmp(a->schedule, b->schedule) == 0 && a->sex == b->sex && a->year == b->year &&
           b->age_low <= a->age_high;
}

void tw_schedules_read(tw_reader *reader)
{
    const tw_csv *csv = reader->csv[TW_TABLE_schedules];
    tw_region *region = reader->region;
    int column[S_NUM];
    if (csv == NULL || tw_reader_columns(reader, csv, schedule_columns, S_NUM, column) != 0) {
        return;
    }
    region->schedule_rows = tw_reader_alloc(reader, csv->num_rows, sizeof *region->schedule_rows);
    sorted_row *sorted = tw_reader_alloc(reader, csv->num_rows, sizeof *sorted);
    if (region->schedule_rows != NULL && sorted != NULL) {
        int num = 0;
        for (int row = 0; row < csv->num_rows; row++) {
            if (schedule_row(reader, csv, row, column, &region->schedule_rows[num]) == 0) {
                sorted[num] = (sorted_row){&region->schedule_rows[num], row};
                num++;
            }
        }
        region->num_schedule_rows = num;
        qsort(sorted, (size_t)num, sizeof *sorted, by_schedule);
        for (int k = 1; k < num; k++) {
            const tw_schedule_row *a = sorted[k - 1].row, *b = sorted[k].row;
            if (overlap(a, b)) {
                tw_reader_row(reader, csv, sorted[k].index, "each age once a year",
                              "ages %d-%d of %s in %d overlap with %d-%d", b->age_low, b->age_high,
                              b->schedule, b->year, a->age_low, a->age_high);
            }
        }
    }
    free(sorted);
}

/* ---- series ---- */

enum { R_SERIES, R_AREA, R_UNIT, R_YEAR, R_VALUE, R_NUM };
static const char *const series_columns[R_NUM] = {"series", "area", "unit", "year", "value"};

static int series_row(tw_reader *reader, const tw_csv *csv, int row, const int *column,
                      tw_series_row *out)
{
    int64_t year = 0;
    int bad = tw_cell_text(reader, csv, row, column[R_SERIES], out->series, sizeof out->series);
    bad |= tw_cell_text(reader, csv, row, column[R_AREA], out->area, sizeof out->area);
    bad |= tw_cell_text(reader, csv, row, column[R_UNIT], out->unit, sizeof out->unit);
    bad |= tw_cell_int(reader, csv, row, column[R_YEAR], FIRST_YEAR, LAST_YEAR, &year);
    bad |=
        tw_cell_real(reader, csv, row, column[R_VALUE], -largest_value, largest_value, &out->value);
    out->year = (int32_t)year;
    return bad;
}

static int by_series(const void *a, const void *b)
{
    const tw_series_row *x = ((const sorted_row *)a)->row, *y = ((const sorted_row *)b)->row;
    int order = strcmp(x->series, y->series);
    order = order != 0 ? order : strcmp(x->area, y->area);
    order = order != 0 ? order : (x->year > y->year) - (x->year < y->year);
    /* equal rows keep the order of the file, so that the later one is the double */
    return order != 0 ? order
                      : (((const sorted_row *)a)->index > ((const sorted_row *)b)->index) -
                            (((const sorted_row *)a)->index < ((const sorted_row *)b)->index);
}

void tw_series_read(tw_reader *reader)
{
    const tw_csv *csv = reader->csv[TW_TABLE_series];
    tw_region *region = reader->region;
    int column[R_NUM];
    if (csv == NULL || tw_reader_columns(reader, csv, series_columns, R_NUM, column) != 0) {
        return;
    }
    region->series_rows = tw_reader_alloc(reader, csv->num_rows, sizeof *region->series_rows);
    sorted_row *sorted = tw_reader_alloc(reader, csv->num_rows, sizeof *sorted);
    if (region->series_rows != NULL && sorted != NULL) {
        int num = 0;
        for (int row = 0; row < csv->num_rows; row++) {
            if (series_row(reader, csv, row, column, &region->series_rows[num]) == 0) {
                sorted[num] = (sorted_row){&region->series_rows[num], row};
                num++;
            }
        }
        region->num_series_rows = num;
        qsort(sorted, (size_t)num, sizeof *sorted, by_series);
        for (int k = 1; k < num; k++) {
            const tw_series_row *a = sorted[k - 1].row, *b = sorted[k].row;
            if (strcmp(a->series, b->series) == 0 && strcmp(a->area, b->area) == 0 &&
                a->year == b->year) {
                tw_reader_row(reader, csv, sorted[k].index, "one value per series, area and year",
                              "%s of %s in %d stands here again", b->series, b->area, b->year);
            }
        }
    }
    free(sorted);
}

/* ---- values by year ---- */

/** The last value up to a year and the first from it on. */
typedef struct around {
    int has_before, has_after;
    int32_t before, after;
    double value_before, value_after;
} around;

static void offer(around *found, int32_t at, double value, double year)
{
    if (at <= year && (!found->has_before || at > found->before)) {
        found->has_before = 1;
        found->before = at;
        found->value_before = value;
    }
    if (at >= year && (!found->has_after || at < found->after)) {
        found->has_after = 1;
        found->after = at;
        found->value_after = value;
    }
}

static double between(const around *found, double year)
{
    if (!found->has_before || !found->has_after) {
        return found->has_before ? found->value_before : found->value_after;
    }
    if (found->before == found->after) {
        return found->value_before;
    }
    double share = (year - found->before) / (double)(found->after - found->before);
    return found->value_before + share * (found->value_after - found->value_before);
}

double tw_region_schedule(const tw_region *region, const char *schedule, int sex, int age,
                          double year)
{
    around found = {0};
    for (int k = 0; k < region->num_schedule_rows; k++) {
        const tw_schedule_row *row = &region->schedule_rows[k];
        if (age >= row->age_low && age <= row->age_high && (row->sex == sex || row->sex == -1) &&
            strcmp(row->schedule, schedule) == 0) {
            offer(&found, row->year, row->rate, year);
        }
    }
    return found.has_before || found.has_after ? between(&found, year) : -1;
}

double tw_region_series(const tw_region *region, const char *series, const char *area, double year,
                        int *known)
{
    around found = {0};
    for (int k = 0; k < region->num_series_rows; k++) {
        const tw_series_row *row = &region->series_rows[k];
        if (strcmp(row->series, series) == 0 && strcmp(row->area, area) == 0) {
            offer(&found, row->year, row->value, year);
        }
    }
    int any = found.has_before || found.has_after;
    if (known != NULL) {
        *known = any;
    }
    return any ? between(&found, year) : 0;
}
