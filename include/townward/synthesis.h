/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The starting population: persons and households of every county from its census row.
 */
#ifndef TOWNWARD_SYNTHESIS_H
#define TOWNWARD_SYNTHESIS_H

#include <stdio.h>

#include "townward/population.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tw_synthesis_options {
    int census;         /**< index: 0 = 2010, 1 = 2020 */
    int32_t block_size; /**< households per block */
    int num_threads;
    double collective_town_share; /**< share of collective residents who live in towns */
    double rural_size_ratio;      /**< mean size of rural families over that of town ones */
    double public_rental_share;   /**< of the renting town families */
    double rural_job_weight;      /**< non-farm jobs per person of 15-64, rural over town */
    double self_employed_share;   /**< of those who work in services */
    double unemployment;          /**< those looking for a job over them and the employed */
    double boarder_share; /**< of the rural ages 15-17, at senior schools in the county's town */
    double newcomer_rate; /**< newcomers registered elsewhere per resident and year, > 0 */
    double let_share;     /**< of the town households with land, who let it in a year */
} tw_synthesis_options;

/** How one margin of the census is met. */
typedef struct tw_fit_row {
    char margin[64];
    const char *unit;
    int64_t target, simulated; /**< sums over all counties */
    double
        absolute_error_share; /**< sum of |simulated - target| over counties and classes / target */
    int32_t worst_county;
    int64_t worst_error; /**< simulated - target of that county, over its classes */
} tw_fit_row;

enum { TW_MAX_FIT_ROWS = 64 };
typedef struct tw_fit {
    int num_rows;
    tw_fit_row row[TW_MAX_FIT_ROWS];
} tw_fit;

/**
 * Makes the starting population of a census.
 *
 * Exact per county: persons, town persons, family households, family persons, one-person families,
 * age group x sex. Everything else as near as the rules of docs/synthesis.md come; see `fit`.
 * The same for every seed, number of threads and (but for the blocks) block size.
 *
 * @param fit  may be NULL
 * @param out  owned by the caller (tw_population_free)
 *
 * Draws: SYNTHESIS with a constant key; k names the use.
 */
TW_MUST_CHECK tw_status tw_synthesize(const tw_region *region, const tw_synthesis_options *options,
                                      tw_report *report, tw_fit *fit, tw_population **out);

/** The fit as a table. */
void tw_fit_print(const tw_fit *fit, const tw_region *region, FILE *out);

#ifdef __cplusplus
}
#endif
#endif
