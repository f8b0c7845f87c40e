/* SPDX-License-Identifier: Apache-2.0 */
/** Worlds that are advanced year by year, with what they spend on the way. */
#ifndef TW_COMPARE_WORLDS_H
#define TW_COMPARE_WORLDS_H

#include "process/world.h"
#include "townward/compare.h"

/** Work done and to do, for the progress line. */
typedef struct tw_pace {
    const tw_compare_options *options;
    tw_report *report;
    const char *what; /**< "comparing", "attribution", ... */
    int done, quarters;
    double seconds; /**< spent in quarters */
} tw_pace;

/** Called after each quarter of a world. */
typedef tw_status tw_after_quarter(void *context, tw_world *world);

/**
 * Four quarters.
 *
 * @param after  may be NULL
 * @param cents  out: [num_counties] outlay of all programmes in the year
 * @return as tw_quarter; INTERRUPTED when the caller wants to stop
 */
TW_MUST_CHECK tw_status tw_advance_year(tw_world *world, tw_pace *pace, tw_after_quarter *after,
                                        void *context, int64_t *cents);

/**
 * Runs one world from the start for some years.
 *
 * @param value  out: [years + 1][TW_NUM_FIGURES] of the region
 */
TW_MUST_CHECK tw_status tw_run_alone(const tw_scenario *scenario, int replicate,
                                     const tw_population *start, int years, tw_pace *pace,
                                     double *value);

#endif
