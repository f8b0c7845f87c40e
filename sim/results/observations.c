/* SPDX-License-Identifier: Apache-2.0 */
/** Observed values beside simulated ones at their dates: written with a result, and read back. */
#include "results/observations.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "region/observations.h"
#include "results/indicators.h"
#include "results/read.h"
#include "townward/results.h"

/* ---- the simulated value ---- */

/* Days from some day on: the calendar of now carried back. */
static int64_t day_number(int year, int month, int day)
{
    const int y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 12 : month;
    return INT64_C(365) * y + y / 4 - y / 100 + y / 400 + (153 * m - 457) / 5 + day;
}

static int day_of(const tw_observation *observation)
{
    return observation->month == 12 ? 31 : 1;
}

/* Time index whose quarter holds the date, and the part of that quarter which has passed. */
static int time_of(const tw_record *record, const tw_observation *observation, double *passed)
{
    int year, month;
    const int32_t quarter = tw_quarter_of(observation->year, observation->month);
    tw_quarter_start(quarter, &year, &month);
    const int64_t opening = day_number(year, month, 1);
    tw_quarter_start(quarter + 1, &year, &month);
    const int64_t next = day_number(year, month, 1);
    const int64_t date = day_number(observation->year, observation->month, day_of(observation));
    *passed = (double)(date - opening) / (double)(next - opening);
    return (int)(quarter - record->start);
}

static int lies_in(const tw_region *region, int county, const tw_observation *observation)
{
    return observation->kind == TW_AREA_REGION ||
           (observation->kind == TW_AREA_COUNTY && county == observation->area) ||
           (observation->kind == TW_AREA_PREFECTURE &&
            region->counties[county].prefecture == observation->area);
}

/* Sum over the counties of the area, and over the last four quarters of a flow. */
static double area_sum(const tw_record *record, const tw_region *region,
                       const tw_observation *observation, const tw_indicator_sum *sum, int r,
                       int from, int to)
{
    int64_t total = 0;
    for (int c = 0; c < region->num_counties; c++) {
        for (int t = from; t <= to && lies_in(region, c, observation); t++) {
            total += tw_results_sum(record, sum, r, t, c);
        }
    }
    return (double)total;
}

static double at_time(const tw_record *record, const tw_region *region,
                      const tw_observation *observation, int r, int t)
{
    const tw_indicator indicator = tw_indicator_at(observation->indicator);
    const int from = indicator.is_flow ? t - 3 : t;
    const double part = area_sum(record, region, observation, &indicator.part, r, from, t);
    if (indicator.whole.field[0] == NULL) {
        return part;
    }
    const double whole = area_sum(record, region, observation, &indicator.whole, r, from, t);
    return whole > 0 ? part / whole : 0;
}

/* Linear between the openings of the quarters around the date; NaN outside the run. */
static double at_date(const tw_record *record, const tw_region *region,
                      const tw_observation *observation, int r)
{
    double passed = 0;
    const int t = time_of(record, observation, &passed);
    const int first = tw_indicator_at(observation->indicator).is_flow ? 4 : 0;
    if (t < first || t + (passed > 0) >= record->num_times) {
        return (double)NAN;
    }
    const double before = at_time(record, region, observation, r, t);
    return passed > 0
               ? (1 - passed) * before + passed * at_time(record, region, observation, r, t + 1)
               : before;
}

/* ---- writing ---- */

static const char *const text_names[] = {"indicator", "area", "date", "unit", "source"};
static const char *const text_sentences[] = {
    "indicator that was observed: a variable of this file, or the same with region_ before it",
    "region, or the name of a prefecture or county", "day of the observation",
    "unit of value, standard_error and simulated", "source of the value"};
enum { NUM_TEXTS = sizeof text_names / sizeof *text_names };

/** What is written of observations before it is: texts point into the region and `dates`. */
typedef struct tw_observation_buffers {
    const char **text;
    char (*dates)[16];
    int64_t *whole;
    double *real;
} tw_observation_buffers;

static const char *text_of(const tw_region *region, const tw_observation *observation, int which,
                           char date[16])
{
    const tw_indicator indicator = tw_indicator_at(observation->indicator);
    switch (which) {
        case 0:
            return indicator.name;
        case 1:
            return tw_observation_area(region, observation);
        case 2:
            snprintf(date, 16, "%04d-%02d-%02d", (int)observation->year % 10000,
                     (int)observation->month, day_of(observation));
            return date;
        case 3:
            return indicator.unit;
        default:
            return observation->source;
    }
}

static void write_texts(tw_h5 *h5, const tw_scenario *scenario, const tw_h5_axis *axis,
                        const tw_observation_buffers *buffers)
{
    for (int which = 0; which < NUM_TEXTS; which++) {
        for (int i = 0; i < tw_scenario_num_observations(scenario); i++) {
            buffers->text[i] =
                text_of(tw_scenario_region(scenario), tw_scenario_observation(scenario, i), which,
                        buffers->dates[i]);
        }
        tw_h5_strings(h5, text_names[which], text_sentences[which], axis, buffers->text);
    }
}

static int64_t area_code(const tw_region *region, const tw_observation *observation)
{
    return observation->kind == TW_AREA_COUNTY       ? region->counties[observation->area].code
           : observation->kind == TW_AREA_PREFECTURE ? region->prefectures[observation->area].code
                                                     : 0;
}

static void write_wholes(tw_h5 *h5, const tw_scenario *scenario, const tw_h5_axis *axis,
                         int64_t *work)
{
    static const char *const names[] = {"area_kind", "area_code", "revised"};
    static const char *const sentences[] = {
        "0 = the region, 1 = a prefecture, 2 = a county",
        "administrative code of the area, 0 = the region",
        "0 = superseded by a later count: to be shown and never fitted; 1 = it stands"};
    for (int which = 0; which < 3; which++) {
        for (int i = 0; i < tw_scenario_num_observations(scenario); i++) {
            const tw_observation *one = tw_scenario_observation(scenario, i);
            const int64_t value[] = {(int64_t)one->kind,
                                     area_code(tw_scenario_region(scenario), one), one->revised};
            work[i] = value[which];
        }
        tw_h5_variable(h5, names[which], "1", sentences[which], H5T_NATIVE_INT64, 1, axis, work);
    }
}

static void write_reals(tw_h5 *h5, const tw_scenario *scenario, const tw_record *record,
                        const tw_h5_axis axis[2], double *work)
{
    const int num = tw_scenario_num_observations(scenario);
    for (int i = 0; i < num; i++) {
        work[i] = tw_scenario_observation(scenario, i)->value;
    }
    tw_h5_variable(h5, "value", "see unit", "observed value", H5T_NATIVE_DOUBLE, 1, &axis[1], work);
    for (int i = 0; i < num; i++) {
        const double error = tw_scenario_observation(scenario, i)->standard_error;
        work[i] = error > 0 ? error : (double)NAN;
    }
    tw_h5_variable(h5, "standard_error", "see unit",
                   "standard error of the observed value, if known", H5T_NATIVE_DOUBLE, 1, &axis[1],
                   work);
    for (int r = 0; r < record->num_replicates; r++) {
        for (int i = 0; i < num; i++) {
            work[r * num + i] = at_date(record, tw_scenario_region(scenario),
                                        tw_scenario_observation(scenario, i), r);
        }
    }
    tw_h5_variable(
        h5, "simulated", "see unit",
        "simulated value at the date, linear between the openings of quarters around it; "
        "flows over the twelve months up to it; not a number outside the run",
        H5T_NATIVE_DOUBLE, 2, axis, work);
}

static void write_group(tw_h5 *h5, const tw_scenario *scenario, const tw_record *record,
                        const tw_observation_buffers *buffers)
{
    const int num = tw_scenario_num_observations(scenario);
    const tw_h5_axis axis[2] = {
        {"replicate",   (hsize_t)record->num_replicates},
        {"observation", (hsize_t)num                   }
    };
    tw_h5_enter(h5, "observations");
    for (int i = 0; i < num || i < record->num_replicates; i++) {
        buffers->whole[i] = i;
    }
    tw_h5_scale(h5, "replicate", "1", "number of the replicate", buffers->whole, axis[0].length);
    tw_h5_scale(h5, "observation", "1", "observed value", buffers->whole, axis[1].length);
    write_texts(h5, scenario, &axis[1], buffers);
    write_wholes(h5, scenario, &axis[1], buffers->whole);
    write_reals(h5, scenario, record, axis, buffers->real);
}

tw_status tw_results_observations(tw_h5 *h5, const tw_scenario *scenario, const tw_record *record)
{
    const size_t num = (size_t)tw_scenario_num_observations(scenario);
    const size_t replicates = (size_t)record->num_replicates;
    if (num == 0) {
        return TW_OK;
    }
    const tw_observation_buffers buffers = {malloc(num * sizeof(const char *)), malloc(num * 16),
                                            malloc((num + replicates) * sizeof(int64_t)),
                                            malloc(num * replicates * sizeof(double))};
    const int complete = buffers.text != NULL && buffers.dates != NULL && buffers.whole != NULL &&
                         buffers.real != NULL;
    if (complete) {
        write_group(h5, scenario, record, &buffers);
    }
    free((void *)buffers.text);
    free(buffers.dates);
    free(buffers.whole);
    free(buffers.real);
    return complete ? TW_OK : TW_NO_MEMORY;
}

/* ---- reading ---- */

/* Copies a variable of strings into rows that lie `step` bytes apart. */
static int read_strings(hid_t group, const char *name, size_t num, char *out, size_t size,
                        size_t step)
{
    hid_t dataset = H5Dopen2(group, name, H5P_DEFAULT);
    if (dataset < 0) {
        return -1;
    }
    hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    char **text = calloc(num, sizeof *text);
    const int good = text != NULL && H5Tis_variable_str(type) > 0 &&
                     H5Sget_simple_extent_npoints(space) == (hssize_t)num &&
                     H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text) >= 0;
    for (size_t i = 0; i < num && good; i++) {
        snprintf(out + i * step, size, "%s", text[i] == NULL ? "" : text[i]);
    }
    if (good) {
        H5Dvlen_reclaim(type, space, H5P_DEFAULT, text);
    }
    free(text);
    H5Sclose(space);
    H5Tclose(type);
    H5Dclose(dataset);
    return good ? 0 : -1;
}

static int read_texts(hid_t group, tw_observed *list, size_t num)
{
    const size_t step = sizeof *list;
    int bad = read_strings(group, "indicator", num, list->indicator, sizeof list->indicator, step);
    bad |= read_strings(group, "area", num, list->area, sizeof list->area, step);
    bad |= read_strings(group, "date", num, list->date, sizeof list->date, step);
    bad |= read_strings(group, "unit", num, list->unit, sizeof list->unit, step);
    bad |= read_strings(group, "source", num, list->source, sizeof list->source, step);
    return bad;
}

/* Mean over replicates: a date is outside the run of every replicate or of none. */
static double mean_simulated(const double *simulated, hsize_t cells, hsize_t num, hsize_t i)
{
    double sum = 0;
    for (hsize_t at = i; at < cells; at += num) {
        sum += simulated[at];
    }
    return sum / (double)(cells / num);
}

static int read_numbers(hid_t group, tw_observed *list, hsize_t num)
{
    static const char *const names[] = {"value", "standard_error", "area_kind", "revised",
                                        "simulated"};
    double *column[5] = {NULL};
    hsize_t cells[5] = {0};
    int bad = 0;
    for (int k = 0; k < 5; k++) {
        column[k] = tw_results_variable(group, names[k], &cells[k]);
        bad |= column[k] == NULL || (k < 4 ? cells[k] != num : cells[k] < num);
    }
    for (hsize_t i = 0; i < num && !bad; i++) {
        list[i].value = column[0][i];
        list[i].standard_error = column[1][i];
        list[i].area_kind = (int)column[2][i];
        list[i].revised = (int)column[3][i];
        list[i].simulated = mean_simulated(column[4], cells[4], num, i);
    }
    for (int k = 0; k < 5; k++) {
        free(column[k]);
    }
    return bad ? -1 : 0;
}

static tw_status read_group(hid_t group, const char *path, tw_report *report, tw_observed **out,
                            int *num)
{
    hsize_t rows = 0;
    double *index = tw_results_variable(group, "observation", &rows);
    tw_observed *list = calloc((size_t)rows + 1, sizeof *list);
    free(index);
    if (list == NULL) {
        return TW_NO_MEMORY;
    }
    if (rows == 0 || read_texts(group, list, (size_t)rows) != 0 ||
        read_numbers(group, list, rows) != 0) {
        free(list);
        return tw_report_add(report, TW_BAD_INPUT, path, 0, "a result file of townward run",
                             "the group observations is not complete");
    }
    *out = list;
    *num = (int)rows;
    return TW_OK;
}

tw_status tw_results_observed(const char *path, tw_report *report, tw_observed **out, int *num)
{
    hid_t file;
    tw_status status = tw_results_open(path, report, &file);
    *out = NULL;
    *num = 0;
    if (status != TW_OK) {
        return status;
    }
    if (H5Lexists(file, "observations", H5P_DEFAULT) > 0) {
        hid_t group = H5Gopen2(file, "observations", H5P_DEFAULT);
        status = group < 0 ? tw_report_add(report, TW_BAD_INPUT, path, 0, "a group",
                                           "observations cannot be opened")
                           : read_group(group, path, report, out, num);
        if (group >= 0) {
            H5Gclose(group);
        }
    }
    H5Fclose(file);
    return status;
}
