/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Running a scenario: quarters from start to end, for each replicate, into records.
 */
#ifndef TOWNWARD_RUN_H
#define TOWNWARD_RUN_H

#include <stdint.h>

#include "townward/population.h"
#include "townward/scenario.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One origin-destination flow of a year: zones and persons > 0. */
typedef struct tw_flow {
    int32_t replicate; /**< -1 = summed over replicates */
    int32_t year;      /**< year index of the run; year y = quarters 4y..4y+3 after the start */
    int32_t origin, destination;
    int64_t persons;
} tw_flow;

/** What one programme did in one quarter of one replicate. */
typedef struct tw_outlay {
    int64_t cents;   /**< outlay */
    int64_t units;   /**< units delivered, or households paid */
    int64_t refused; /**< units or households that the ceiling excluded */
} tw_outlay;

/**
 * Everything recorded. Time index 0 is the opening state of the run: stocks of the start, flows 0.
 * Index t > 0 holds the flows of the t-th quarter and the stocks at its end.
 */
typedef struct tw_record {
    int32_t num_replicates, num_times, num_fields, num_zones, num_programmes;
    int32_t start;     /**< quarter of time index 0 */
    double sample;     /**< share of households simulated; values here are of the sample */
    int64_t *value;    /**< [replicate][time][field][zone]; fields: tw_record_field */
    tw_outlay *outlay; /**< [replicate][time][programme], whole region, not of the sample */
    /** [replicate][ledger year][programme][county]; year y = quarters 4y..4y+3 after the start.
     *  Sums over counties are those of `outlay`, exactly. */
    tw_ledger *ledger;
    int32_t num_ledger_years, num_counties;
    int32_t num_flows;
    tw_flow *flows;     /**< sorted by replicate, year, origin, destination */
    uint64_t digest[2]; /**< of the final state of all replicates */
    int32_t num_years;
    /** [replicate][year][zone][tw_composition_cells()]: year y is the opening of quarter
     *  start + 4 y; values of the sample. */
    int64_t *composition;
} tw_record;

/** One table of the composition of the population. */
typedef struct tw_composition_row {
    const char *name, *unit, *sentence;
    const char *axis[2]; /**< names; the second NULL when there is one axis only */
    int extent[2];       /**< lengths; the last axis varies fastest */
    int first;           /**< first of its cells */
} tw_composition_row;
int tw_composition_num(void);
/** Table of an index in [0, tw_composition_num()). */
tw_composition_row tw_composition_at(int table);
/** Cells of all tables of a zone together. */
int tw_composition_cells(void);

typedef struct tw_field_row {
    const char *name, *unit, *sentence;
    int is_flow; /**< 1: of the quarter; 0: at its end */
} tw_field_row;
int tw_record_num_fields(void);
tw_field_row tw_record_field(int field);
/** Index of a field by name, or -1. */
int tw_record_find(const char *name);

static inline const int64_t *tw_record_at(const tw_record *record, int replicate, int time,
                                          int field)
{
    return record->value +
           (((int64_t)replicate * record->num_times + time) * record->num_fields + field) *
               record->num_zones;
}

/** Called after each quarter, from one thread; returns nonzero to stop the run (INTERRUPTED). */
typedef int tw_progress(void *context, int replicate, int quarter, int num_quarters);

typedef struct tw_run_options {
    int num_threads; /**< 0 = all */
    tw_progress *progress;
    void *context;
    int verify; /**< 1: recount everything after each quarter and fail on a difference */
} tw_run_options;

struct tw_fit; /* townward/synthesis.h */

/**
 * The starting population of a scenario with its fit before sampling (may be NULL). Caller owns.
 */
TW_MUST_CHECK tw_status tw_start_population_fit(const tw_scenario *scenario, int num_threads,
                                                tw_report *report, struct tw_fit *fit,
                                                tw_population **out);

/** The starting population of a scenario, sampled if it says so. Caller owns. */
TW_MUST_CHECK tw_status tw_start_population(const tw_scenario *scenario, int num_threads,
                                            tw_report *report, tw_population **out);

/** Tables of the region that a run of the scenario needs beyond what every region has. */
TW_MUST_CHECK tw_status tw_run_check(const tw_scenario *scenario, tw_report *report);

/**
 * The first setting that shapes the starting population and differs between two scenarios, or NULL:
 * without one, the same persons start in both.
 */
const char *tw_start_differs(const tw_scenario *a, const tw_scenario *b);

/**
 * Runs all replicates.
 *
 * The same bits for any number of threads and any block size.
 * @param out  caller owns (tw_record_free)
 * @return OK, NO_MEMORY, BAD_INPUT, BAD_STATE (an invariant failed; see report), INTERRUPTED
 */
TW_MUST_CHECK tw_status tw_run(const tw_scenario *scenario, const tw_run_options *options,
                               tw_report *report, tw_record **out);
void tw_record_free(tw_record *record);

#ifdef __cplusplus
}
#endif
#endif
