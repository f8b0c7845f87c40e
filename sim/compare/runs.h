/* SPDX-License-Identifier: Apache-2.0 */
/** What further runs add to a comparison: attribution to groups of levers, levers one by one. */
#ifndef TW_COMPARE_RUNS_H
#define TW_COMPARE_RUNS_H

#include "compare/worlds.h"
#include "townward/compare.h"

/** What further runs start from. */
typedef struct tw_further {
    tw_comparison *of;
    const tw_population *start;
    const tw_compare_options *options;
    tw_report *report;
    double seconds_per_quarter;
} tw_further;

/** Runs all coalitions of groups; of->attribution is set. */
TW_MUST_CHECK tw_status tw_attribution_run(const tw_further *further);
/** Runs every lever alone and left out; of->singles is set. */
TW_MUST_CHECK tw_status tw_singles_run(const tw_further *further);

/** Tells the user what is about to be run and how long it may take. */
void tw_announce(const tw_further *further, const char *what, int runs, int years);

/** Accepts NULL. */
void tw_attribution_free(tw_attribution *attribution, int num);
void tw_singles_free(tw_singles *singles);

#endif
