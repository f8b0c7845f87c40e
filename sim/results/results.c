/* SPDX-License-Identifier: Apache-2.0 */
/** A record as an HDF5 file: axes, variables by zone and county, flows, ledger, provenance. */
#include "townward/results.h"

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/math.h"
#include "results/composition.h"
#include "results/h5.h"
#include "results/indicators.h"
#include "results/ledger.h"
#include "results/observations.h"
#include "townward_version.h"

tw_status tw_results_check(const char *path, int force, tw_report *report)
{
    char folder[4096];
    struct stat info;
    if (strlen(path) >= sizeof folder) {
        return tw_report_add(report, TW_BAD_USE, path, 0, NULL, "the path is too long");
    }
    snprintf(folder, sizeof folder, "%s", path);
    const char *parent = dirname(folder);
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        return tw_report_add(report, TW_IO_FAILED, path, 0, "a file name", "this is a folder");
    }
    if (!force && access(path, F_OK) == 0) {
        return tw_report_add(report, TW_EXISTS, path, 0, "another name, or --force",
                             "the file exists already");
    }
    if (access(parent, W_OK | X_OK) != 0) {
        return tw_report_add(report, TW_IO_FAILED, path, 0, "a folder that can be written to",
                             "cannot write into %s: %s", parent, strerror(errno));
    }
    return TW_OK;
}

/* Days from the first quarter of the run to the opening of a quarter. */
static int64_t days_between(int32_t start, int32_t quarter)
{
    int64_t days = 0;
    for (int32_t q = start; q < quarter; q++) {
        int year, month;
        tw_quarter_start(q, &year, &month);
        /* From November 92 days; from February 89 or 90; from May 92; from August 92. */
        const int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        days += month == 2 ? 89 + leap : 92;
    }
    return days;
}

static void date_text(int32_t quarter, char text[16])
{
    int year, month;
    tw_quarter_start(quarter, &year, &month);
    snprintf(text, 16, "%04d-%02d", year % 10000, month);
}

static void write_time(tw_h5 *h5, const tw_record *record, int64_t *work, char (*dates)[16],
                       const char **pointers)
{
    char unit[64], first[16];
    date_text(record->start, first);
    snprintf(unit, sizeof unit, "days since %s-01", first);
    for (int t = 0; t < record->num_times; t++) {
        work[t] = days_between(record->start, record->start + t);
        date_text(record->start + t, dates[t]);
        pointers[t] = dates[t];
    }
    tw_h5_scale(h5, "time", unit, "opening of a quarter; index 0 is the start of the run", work,
                (hsize_t)record->num_times);
    tw_h5_text(h5, "time", "calendar", "standard");
    tw_h5_text(h5, "time", "standard_name", "time");
    tw_h5_axis time = {"time", (hsize_t)record->num_times};
    tw_h5_strings(h5, "date", "year and month of the opening of the quarter", &time, pointers);
}

static void write_replicates(tw_h5 *h5, const tw_record *record, int64_t *work)
{
    for (int r = 0; r < record->num_replicates; r++) {
        work[r] = r;
    }
    tw_h5_scale(h5, "replicate", "1", "number of the replicate: other draws, all else equal", work,
                (hsize_t)record->num_replicates);
    tw_h5_text(h5, "replicate", "standard_name", "realization");
}

static void write_county_text(tw_h5 *h5, const tw_region *region, const char **pointers)
{
    tw_h5_axis county = {"county", (hsize_t)region->num_counties};
    for (int c = 0; c < region->num_counties; c++) {
        pointers[c] = region->counties[c].name;
    }
    tw_h5_strings(h5, "county_name", "name of the county", &county, pointers);
    for (int c = 0; c < region->num_counties; c++) {
        pointers[c] = region->counties[c].name_zh;
    }
    tw_h5_strings(h5, "county_name_zh", "Chinese name of the county", &county, pointers);
    for (int c = 0; c < region->num_counties; c++) {
        pointers[c] = region->prefectures[region->counties[c].prefecture].name;
    }
    tw_h5_strings(h5, "prefecture", "prefecture of the county", &county, pointers);
}

static void write_counties(tw_h5 *h5, const tw_region *region, int64_t *work, double *real,
                           const char **pointers)
{
    const hsize_t n = (hsize_t)region->num_counties;
    tw_h5_axis county = {"county", n};
    for (int c = 0; c < region->num_counties; c++) {
        work[c] = region->counties[c].code;
    }
    tw_h5_scale(h5, "county", "1", "administrative code of the county", work, n);
    write_county_text(h5, region, pointers);
    for (int c = 0; c < region->num_counties; c++) {
        real[c] = region->counties[c].latitude;
    }
    tw_h5_variable(h5, "latitude", "degrees_north", "latitude of the county seat",
                   H5T_NATIVE_DOUBLE, 1, &county, real);
    for (int c = 0; c < region->num_counties; c++) {
        real[c] = region->counties[c].longitude;
    }
    tw_h5_variable(h5, "longitude", "degrees_east", "longitude of the county seat",
                   H5T_NATIVE_DOUBLE, 1, &county, real);
    for (int c = 0; c < region->num_counties; c++) {
        work[c] = (int64_t)region->counties[c].tier;
    }
    tw_h5_variable(h5, "tier", "1", "tier of the town: 0 county town, 1 city, 2 capital",
                   H5T_NATIVE_INT64, 1, &county, work);
    static const int64_t kinds[TW_NUM_ZONE_KINDS] = {TW_RURAL, TW_TOWN};
    tw_h5_scale(h5, "zone_kind", "1", "0 = rural zone, 1 = town zone of the county", kinds,
                TW_NUM_ZONE_KINDS);
}

static void write_fields(tw_h5 *h5, const tw_record *record, int64_t *work)
{
    const size_t zones = (size_t)record->num_zones;
    tw_h5_axis axis[] = {
        {"replicate", (hsize_t)record->num_replicates},
        {"time",      (hsize_t)record->num_times     },
        {"county",    zones / TW_NUM_ZONE_KINDS      },
        {"zone_kind", TW_NUM_ZONE_KINDS              }
    };
    for (int field = 0; field < record->num_fields; field++) {
        const tw_field_row row = tw_record_field(field);
        size_t at = 0;
        char long_name[256];
        for (int r = 0; r < record->num_replicates; r++) {
            for (int t = 0; t < record->num_times; t++) {
                const int64_t *value = tw_record_at(record, r, t, field);
                for (size_t z = 0; z < zones; z++) {
                    work[at++] = tw_results_scaled(record, field, value[z]);
                }
            }
        }
        snprintf(long_name, sizeof long_name, "%s%s", row.sentence,
                 row.is_flow ? " (in the quarter that ends here)" : "");
        tw_h5_variable(h5, row.name, row.unit, long_name, H5T_NATIVE_INT64, 4, axis, work);
    }
}

/* A count by county and region. */
static void write_count(tw_h5 *h5, const tw_record *record, const tw_indicator *count,
                        int64_t *work, int64_t *region)
{
    const int counties = record->num_zones / TW_NUM_ZONE_KINDS;
    tw_h5_axis axis[] = {
        {"replicate", (hsize_t)record->num_replicates},
        {"time",      (hsize_t)record->num_times     },
        {"county",    (hsize_t)counties              }
    };
    char name[64], sentence[128];
    for (int m = 0; m < record->num_replicates * record->num_times; m++) {
        region[m] = 0;
        for (int c = 0; c < counties; c++) {
            const int64_t value = tw_results_sum(record, &count->part, m / record->num_times,
                                                 m % record->num_times, c);
            work[m * counties + c] = value;
            region[m] += value;
        }
    }
    tw_h5_variable(h5, count->name, count->unit, count->sentence, H5T_NATIVE_INT64, 3, axis, work);
    snprintf(name, sizeof name, "region_%s", count->name);
    snprintf(sentence, sizeof sentence, "%s, whole region", count->sentence);
    tw_h5_variable(h5, name, count->unit, sentence, H5T_NATIVE_INT64, 2, axis, region);
}

/* A rate by county and region: one sum over another. */
static void write_rate(tw_h5 *h5, const tw_record *record, const tw_indicator *rate, double *work,
                       double *region)
{
    const int counties = record->num_zones / TW_NUM_ZONE_KINDS;
    tw_h5_axis axis[] = {
        {"replicate", (hsize_t)record->num_replicates},
        {"time",      (hsize_t)record->num_times     },
        {"county",    (hsize_t)counties              }
    };
    char name[64], sentence[128];
    for (int m = 0; m < record->num_replicates * record->num_times; m++) {
        const int r = m / record->num_times, t = m % record->num_times;
        double all = 0, some = 0;
        for (int c = 0; c < counties; c++) {
            const double whole = (double)tw_results_sum(record, &rate->whole, r, t, c);
            const double part = (double)tw_results_sum(record, &rate->part, r, t, c);
            work[m * counties + c] = whole > 0 ? part / whole : 0;
            all += whole;
            some += part;
        }
        region[m] = all > 0 ? some / all : 0;
    }
    tw_h5_variable(h5, rate->name, "1", rate->sentence, H5T_NATIVE_DOUBLE, 3, axis, work);
    snprintf(name, sizeof name, "region_%s", rate->name);
    snprintf(sentence, sizeof sentence, "%s, whole region", rate->sentence);
    tw_h5_variable(h5, name, "1", sentence, H5T_NATIVE_DOUBLE, 2, axis, region);
}

/* Share of the market dwellings of a town that is empty. */
static void write_vacancy(tw_h5 *h5, const tw_record *record, double *work)
{
    const int counties = record->num_zones / TW_NUM_ZONE_KINDS;
    tw_h5_axis axis[] = {
        {"replicate", (hsize_t)record->num_replicates},
        {"time",      (hsize_t)record->num_times     },
        {"county",    (hsize_t)counties              }
    };
    for (int m = 0; m < record->num_replicates * record->num_times; m++) {
        const int r = m / record->num_times, t = m % record->num_times;
        const int64_t *stock = tw_record_at(record, r, t, tw_record_find("dwellings"));
        const int64_t *used = tw_record_at(record, r, t, tw_record_find("dwellings_used"));
        for (int c = 0; c < counties; c++) {
            const int z = tw_zone(c, TW_TOWN);
            work[m * counties + c] =
                stock[z] > 0 ? (double)(stock[z] - used[z]) / (double)stock[z] : 0;
        }
    }
    tw_h5_variable(h5, "vacancy", "1", "share of the town's market dwellings that is empty",
                   H5T_NATIVE_DOUBLE, 3, axis, work);
}

static void write_flow_column(tw_h5 *h5, const tw_record *record, const tw_region *region,
                              int column, int64_t *work)
{
    static const char *const name[] = {"replicate", "year", "origin", "destination", "persons"};
    static const char *const unit[] = {"1", "year", "1", "1", "persons"};
    static const char *const sentence[] = {
        "number of the replicate, -1 = sum over all replicates",
        "calendar year in which the twelve months from 1 November begin",
        "zone code of origin: county code * 10 + 1 rural, + 2 town", "zone code of destination",
        "persons who moved by own choice"};
    int year, month;
    tw_quarter_start(record->start, &year, &month);
    for (int32_t i = 0; i < record->num_flows; i++) {
        const tw_flow *flow = &record->flows[i];
        const int64_t value[] = {flow->replicate, year + flow->year,
                                 tw_zone_code(region, flow->origin),
                                 tw_zone_code(region, flow->destination),
                                 tw_round((double)flow->persons / record->sample)};
        work[i] = value[column];
    }
    tw_h5_axis axis = {"flow", (hsize_t)record->num_flows};
    tw_h5_variable(h5, name[column], unit[column], sentence[column], H5T_NATIVE_INT64, 1, &axis,
                   work);
}

static void write_flows(tw_h5 *h5, const tw_record *record, const tw_region *region, int64_t *work)
{
    tw_h5_enter(h5, "flows");
    for (int32_t i = 0; i < record->num_flows; i++) {
        work[i] = i;
    }
    tw_h5_scale(h5, "flow", "1", "nonzero origin-destination flow of a year", work,
                (hsize_t)record->num_flows);
    for (int column = 0; column < 5; column++) {
        write_flow_column(h5, record, region, column, work);
    }
}

/* Buffers large enough for the largest variable. */
typedef struct tw_buffers {
    int64_t *work, *region;
    double *real, *real_region;
    char (*dates)[16];
    const char **pointers;
} tw_buffers;

/* The group of the ledger with the scales it shares with the root. */
static void write_ledger(tw_h5 *h5, const tw_scenario *scenario, const tw_record *record,
                         tw_buffers *buffers)
{
    if (record->num_programmes == 0) {
        return;
    }
    tw_h5_enter(h5, "ledger");
    write_replicates(h5, record, buffers->work);
    for (int t = 0; t < record->num_times; t++) {
        buffers->work[t] = days_between(record->start, record->start + t);
    }
    char unit[64], first[16];
    date_text(record->start, first);
    snprintf(unit, sizeof unit, "days since %s-01", first);
    tw_h5_scale(h5, "time", unit, "opening of a quarter", buffers->work,
                (hsize_t)record->num_times);
    tw_h5_text(h5, "time", "calendar", "standard");
    tw_results_ledger(h5, scenario, record, buffers->work, buffers->pointers);
}

static void write_root_attributes(tw_h5 *h5, const tw_scenario *scenario, const tw_record *record)
{
    const tw_region *region = tw_scenario_region(scenario);
    char text[128], digest[33];
    tw_h5_text(h5, NULL, "Conventions", "CF-1.10");
    snprintf(text, sizeof text, "%s: %s", region->name, tw_scenario_name(scenario));
    tw_h5_text(h5, NULL, "title", text);
    tw_h5_text(h5, NULL, "source", "townward " TW_VERSION " (" TW_REVISION ")");
    tw_h5_text(h5, NULL, "scenario", tw_scenario_name(scenario));
    tw_h5_text(h5, NULL, "question", tw_scenario_question(scenario));
    tw_h5_text(h5, NULL, "region", region->name);
    tw_h5_unsigned(h5, "seed", (uint64_t)tw_scenario_settings(scenario)->run_seed);
    tw_h5_real(h5, "sample", record->sample);
    tw_digest_text((tw_digest){record->digest[0], record->digest[1]}, digest);
    tw_h5_text(h5, NULL, "digest", digest);
    for (int i = 0; i < region->num_tables; i++) {
        char name[80];
        snprintf(name, sizeof name, "input_digest_%s", region->tables[i].name);
        tw_digest_text((tw_digest){region->tables[i].digest[0], region->tables[i].digest[1]},
                       digest);
        tw_h5_text(h5, NULL, name, digest);
    }
}

static void write_provenance(tw_h5 *h5, const tw_scenario *scenario,
                             const tw_provenance *provenance)
{
    char *text = tw_scenario_text(scenario);
    tw_h5_enter(h5, "provenance");
    tw_h5_document(h5, "scenario", "the resolved scenario, defaults included",
                   text == NULL ? "" : text);
    free(text);
    if (provenance == NULL) {
        return;
    }
    tw_h5_enter(h5, "provenance/run");
    tw_h5_provenance(h5, provenance);
}

static tw_status buffers_create(const tw_scenario *scenario, const tw_record *record,
                                tw_buffers *out)
{
    const size_t moments = (size_t)record->num_replicates * (size_t)record->num_times;
    const size_t counties = (size_t)tw_scenario_region(scenario)->num_counties;
    size_t cells = moments * (size_t)record->num_zones;
    const size_t kinds = TW_NUM_HOUSEHOLD_KINDS;
    const size_t ledger = (moments + kinds) * (size_t)record->num_programmes;
    cells = cells > (size_t)record->num_flows ? cells : (size_t)record->num_flows;
    const size_t by_county = (size_t)record->num_replicates * (size_t)record->num_ledger_years *
                             (size_t)record->num_programmes * counties;
    cells = cells > ledger ? cells : ledger;
    cells = cells > by_county ? cells : by_county;
    size_t names = counties + (size_t)record->num_times + (size_t)record->num_programmes + kinds;
    out->work = malloc((cells + 1) * sizeof(int64_t));
    out->region = malloc((moments + 1) * sizeof(int64_t));
    out->real = malloc((moments * counties + 1) * sizeof(double));
    out->real_region = malloc((moments + 1) * sizeof(double));
    out->dates = malloc((size_t)record->num_times * sizeof(*out->dates));
    out->pointers = malloc((names + 1) * sizeof(*out->pointers));
    return out->work == NULL || out->region == NULL || out->real == NULL ||
                   out->real_region == NULL || out->dates == NULL || out->pointers == NULL
               ? TW_NO_MEMORY
               : TW_OK;
}

static void buffers_free(tw_buffers *buffers)
{
    free(buffers->work);
    free(buffers->region);
    free(buffers->real);
    free(buffers->real_region);
    free(buffers->dates);
    free(buffers->pointers);
}

/* Counts and rates; what is a field of the zones is written by zone. */
static void write_indicators(tw_h5 *h5, const tw_record *record, const tw_buffers *buffers)
{
    for (int i = 0; i < tw_num_indicators(); i++) {
        const tw_indicator indicator = tw_indicator_at(i);
        if (indicator.is_field) {
            continue;
        }
        if (indicator.whole.field[0] == NULL) {
            write_count(h5, record, &indicator, buffers->work, buffers->region);
        } else {
            write_rate(h5, record, &indicator, buffers->real, buffers->real_region);
        }
    }
}

static tw_status write_everything(tw_h5 *h5, const tw_scenario *scenario, const tw_record *record,
                                  const tw_provenance *provenance, tw_buffers *buffers)
{
    const tw_region *region = tw_scenario_region(scenario);
    write_root_attributes(h5, scenario, record);
    write_replicates(h5, record, buffers->work);
    write_time(h5, record, buffers->work, buffers->dates, buffers->pointers);
    write_counties(h5, region, buffers->work, buffers->real, buffers->pointers);
    write_indicators(h5, record, buffers);
    write_vacancy(h5, record, buffers->real);
    write_fields(h5, record, buffers->work);
    tw_status status = tw_results_composition(h5, record, region);
    if (tw_scenario_settings(scenario)->results_od != TW_OD_OFF) {
        write_flows(h5, record, region, buffers->work);
    }
    write_ledger(h5, scenario, record, buffers);
    if (status == TW_OK) {
        status = tw_results_observations(h5, scenario, record);
    }
    write_provenance(h5, scenario, provenance);
    return status;
}

tw_status tw_results_write(const tw_scenario *scenario, const tw_record *record,
                           const tw_provenance *provenance, const char *path, int force,
                           tw_report *report)
{
    tw_h5 h5;
    tw_buffers buffers = {0};
    tw_status status = buffers_create(scenario, record, &buffers);
    if (status == TW_OK) {
        status = tw_h5_create(path, force, report, &h5);
    }
    if (status == TW_OK) {
        const tw_status written = write_everything(&h5, scenario, record, provenance, &buffers);
        status = tw_h5_close(&h5, force, report);
        status = written != TW_OK ? written : status;
    }
    buffers_free(&buffers);
    return status;
}
