/* SPDX-License-Identifier: Apache-2.0 */
/** Reading a result file back: what is in it, and its headline. */
#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

#include "results/read.h"
#include "townward/results.h"

tw_status tw_results_open(const char *path, tw_report *report, hid_t *out)
{
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    *out = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    if (*out < 0) {
        return tw_report_add(report, TW_IO_FAILED, path, 0, "a result file of townward",
                             "cannot be opened as HDF5");
    }
    return TW_OK;
}

static void read_text_attribute(hid_t object, const char *name, char *text, size_t size)
{
    text[0] = '\0';
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    if (attribute < 0) {
        return;
    }
    hid_t type = H5Aget_type(attribute);
    const size_t length = H5Tget_size(type);
    char *whole = H5Tis_variable_str(type) > 0 ? NULL : calloc(length + 1, 1);
    if (whole != NULL && H5Aread(attribute, type, whole) >= 0) {
        snprintf(text, size, "%s", whole);
    }
    free(whole);
    H5Tclose(type);
    H5Aclose(attribute);
}

/** Context of the walk through a file. */
typedef struct tw_walk {
    FILE *out;
} tw_walk;

static void print_shape(hid_t dataset, FILE *out)
{
    hid_t space = H5Dget_space(dataset);
    hsize_t length[8];
    int rank = H5Sget_simple_extent_ndims(space);
    rank = rank > 8 ? 8 : rank;
    H5Sget_simple_extent_dims(space, length, NULL);
    char shape[128] = "";
    size_t at = 0;
    for (int i = 0; i < rank && at + 24 < sizeof shape; i++) {
        at += (size_t)snprintf(shape + at, sizeof shape - at, "%s%llu", i > 0 ? " x " : "",
                               (unsigned long long)length[i]);
    }
    fprintf(out, "%-18s", shape);
    H5Sclose(space);
}

static herr_t print_object(hid_t file, const char *name, const H5O_info_t *info, void *context)
{
    const tw_walk *walk = context;
    if (info->type == H5O_TYPE_GROUP) {
        if (strcmp(name, ".") != 0) {
            fprintf(walk->out, "\n%s/\n", name);
        }
        return 0;
    }
    if (info->type != H5O_TYPE_DATASET) {
        return 0;
    }
    char unit[64], long_name[160];
    hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
    read_text_attribute(dataset, "units", unit, sizeof unit);
    read_text_attribute(dataset, "long_name", long_name, sizeof long_name);
    fprintf(walk->out, "  %-28s ", name);
    print_shape(dataset, walk->out);
    fprintf(walk->out, " %-24s %s\n", unit, long_name);
    H5Dclose(dataset);
    return 0;
}

tw_status tw_results_describe(const char *path, tw_report *report, FILE *out)
{
    hid_t file;
    tw_status status = tw_results_open(path, report, &file);
    if (status != TW_OK) {
        return status;
    }
    char text[256];
    read_text_attribute(file, "title", text, sizeof text);
    fprintf(out, "%s: %s\n", path, text);
    read_text_attribute(file, "source", text, sizeof text);
    fprintf(out, "made by %s\n\n", text);
    tw_walk walk = {out};
    H5Ovisit2(file, H5_INDEX_CRT_ORDER, H5_ITER_INC, print_object, &walk, H5O_INFO_BASIC);
    H5Fclose(file);
    return TW_OK;
}

double *tw_results_variable(hid_t file, const char *name, hsize_t *cells)
{
    hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
    if (dataset < 0) {
        return NULL;
    }
    hid_t space = H5Dget_space(dataset);
    const hssize_t count = H5Sget_simple_extent_npoints(space);
    H5Sclose(space);
    double *value = count < 0 ? NULL : malloc(((size_t)count + 1) * sizeof(*value));
    if (value != NULL && count > 0 &&
        H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) < 0) {
        free(value);
        value = NULL;
    }
    H5Dclose(dataset);
    *cells = value == NULL ? 0 : (hsize_t)count;
    return value;
}

static int read_start(hid_t file, int *year, int *month)
{
    char unit[64];
    hid_t time = H5Dopen2(file, "time", H5P_DEFAULT);
    if (time < 0) {
        return 0;
    }
    read_text_attribute(time, "units", unit, sizeof unit);
    H5Dclose(time);
    return sscanf(unit, "days since %d-%d", year, month) == 2;
}

static double mean_over_replicates(const double *value, int replicates, int times, int time)
{
    double sum = 0;
    for (int r = 0; r < replicates; r++) {
        sum += value[r * times + time];
    }
    return sum / replicates;
}

/* Yuan spent by all programmes in the four quarters that end at `time`, mean over replicates. */
static double outlay_of_year(const double *outlay, hsize_t cells, int replicates, int times,
                             int time)
{
    const int programmes = (int)(cells / ((hsize_t)replicates * (hsize_t)times));
    double sum = 0;
    for (int r = 0; r < replicates; r++) {
        for (int t = time < 4 ? 0 : time - 3; t <= time; t++) {
            for (int p = 0; p < programmes; p++) {
                sum += outlay[(r * times + t) * programmes + p];
            }
        }
    }
    return sum / replicates / 100;
}

/* Region's variables by replicate and time; the first four are needed, the last is newer. */
enum { RATE, POPULATION, URBAN, HOUSEHOLDS, REGISTERED_RATE, NUM_SERIES };
static const char *const series_names[NUM_SERIES] = {
    "region_urbanization_rate", "region_population", "region_urban_population", "region_households",
    "region_registered_urbanization_rate"};

/** What a headline is made of. */
typedef struct tw_headline_data {
    double *series[NUM_SERIES], *outlay;
    hsize_t cells[NUM_SERIES], outlay_cells;
} tw_headline_data;

static void fill_years(tw_headline *headline, int32_t start, const tw_headline_data *data)
{
    const int replicates = headline->num_replicates, times = headline->num_times;
    for (int t = 0; t < times && headline->num_years < 200; t += 4) {
        int year, month;
        double mean[NUM_SERIES] = {0};
        for (int i = 0; i < NUM_SERIES; i++) {
            mean[i] = data->series[i] == NULL
                          ? 0
                          : mean_over_replicates(data->series[i], replicates, times, t);
        }
        tw_quarter_start(start + t, &year, &month);
        struct tw_headline_year *row = &headline->year[headline->num_years++];
        snprintf(row->date, sizeof row->date, "%04d-%02d", year % 10000, month);
        row->urbanization_rate = mean[RATE];
        row->registered_urbanization_rate = mean[REGISTERED_RATE];
        row->population = mean[POPULATION];
        row->urban_population = mean[URBAN];
        row->households = mean[HOUSEHOLDS];
        row->outlay_yuan = data->outlay == NULL ? 0
                                                : outlay_of_year(data->outlay, data->outlay_cells,
                                                                 replicates, times, t);
    }
}

/* Reads the series; 1 when those needed are there and of one size. */
static int read_series(hid_t file, tw_headline_data *data)
{
    int complete = 1;
    for (int i = 0; i < NUM_SERIES; i++) {
        data->series[i] = tw_results_variable(file, series_names[i], &data->cells[i]);
        const int fits = data->series[i] != NULL && data->cells[i] == data->cells[0];
        complete = complete && (fits || (data->series[i] == NULL && i == REGISTERED_RATE));
    }
    data->outlay = tw_results_variable(file, "ledger/outlay", &data->outlay_cells);
    return complete && data->cells[0] > 0;
}

tw_status tw_results_headline(const char *path, tw_report *report, tw_headline *headline)
{
    hid_t file;
    tw_headline_data data = {0};
    hsize_t replicates = 0;
    int year = 0, month = 0;
    memset(headline, 0, sizeof *headline);
    tw_status status = tw_results_open(path, report, &file);
    if (status != TW_OK) {
        return status;
    }
    double *replicate = tw_results_variable(file, "replicate", &replicates);
    int complete = replicate != NULL && replicates > 0 && read_start(file, &year, &month);
    complete = read_series(file, &data) && complete;
    if (complete) {
        headline->num_replicates = (int)replicates;
        headline->num_times = (int)(data.cells[0] / replicates);
        read_text_attribute(file, "scenario", headline->scenario, sizeof headline->scenario);
        fill_years(headline, tw_quarter_of(year, month), &data);
        memcpy(headline->first, headline->year[0].date, 16);
        memcpy(headline->last, headline->year[headline->num_years - 1].date, 16);
    } else {
        status = tw_report_add(report, TW_BAD_INPUT, path, 0, "a result file of townward run",
                               "regional series are missing");
    }
    for (int i = 0; i < NUM_SERIES; i++) {
        free(data.series[i]);
    }
    free(replicate);
    free(data.outlay);
    H5Fclose(file);
    return status;
}
