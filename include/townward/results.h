/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Results as an HDF5 file that opens in netCDF, xarray and h5py as it is.
 */
#ifndef TOWNWARD_RESULTS_H
#define TOWNWARD_RESULTS_H

#include <stdio.h>

#include "townward/run.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What differs between equal runs; goes into the group /provenance/run and nowhere else. */
typedef struct tw_provenance {
    const char *command; /**< command line */
    const char *host;
    const char *date; /**< ISO 8601 */
    int threads;
    double seconds;
} tw_provenance;

/**
 * Fails early when a result could not be written: exists without force, no folder, no permission.
 * @return OK, EXISTS, IO_FAILED; finding in report
 */
TW_MUST_CHECK tw_status tw_results_check(const char *path, int force, tw_report *report);

/**
 * Writes a record to `path`: under a temporary name in the same folder, synced, then renamed.
 *
 * An existing file is replaced only with `force`, and only when the new one is complete. Equal runs
 * give files that are equal byte by byte but for /provenance/run.
 */
TW_MUST_CHECK tw_status tw_results_write(const tw_scenario *scenario, const tw_record *record,
                                         const tw_provenance *provenance, const char *path,
                                         int force, tw_report *report);

/** Writes a starting population (every household and person) with the same rules. */
TW_MUST_CHECK tw_status tw_results_write_population(const tw_scenario *scenario,
                                                    const tw_population *population,
                                                    const char *path, int force, tw_report *report);

/** The headline of one result file: regional series of the first year, 2030 if there, the last. */
typedef struct tw_headline {
    char scenario[64];
    int num_replicates, num_times;
    char first[16], last[16]; /**< dates "2020-11" */
    int num_years;            /**< dates in `year`, 1 November each */
    struct tw_headline_year {
        char date[16];
        double urbanization_rate; /**< mean over replicates, share */
        /** Registered in towns over registered in the region; 0 in files without it. */
        double registered_urbanization_rate;
        double population, urban_population, households;
        double outlay_yuan; /**< of the year that ends here */
    } year[200];
} tw_headline;

/** Reads the headline of a result file. */
TW_MUST_CHECK tw_status tw_results_headline(const char *path, tw_report *report,
                                            tw_headline *headline);

/** An observed value of a result file, with what the run makes of it. */
typedef struct tw_observed {
    char indicator[64], area[48], date[16], unit[32], source[256];
    int area_kind;                /**< 0 = the region, 1 = a prefecture, 2 = a county */
    int revised;                  /**< 0: superseded by a later count */
    double value, standard_error; /**< NaN: no standard error is known */
    double simulated;             /**< mean over replicates; NaN when the date is outside the run */
} tw_observed;

/**
 * Reads the observations of a result file: by indicator, kind of area, area, date.
 *
 * @param out  owned by the caller (free); NULL when the file has none
 */
TW_MUST_CHECK tw_status tw_results_observed(const char *path, tw_report *report, tw_observed **out,
                                            int *num);

/** Prints groups, variables, shapes, units and long names of a result file. */
TW_MUST_CHECK tw_status tw_results_describe(const char *path, tw_report *report, FILE *out);

#ifdef __cplusplus
}
#endif
#endif
