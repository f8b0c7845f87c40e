/* SPDX-License-Identifier: Apache-2.0 */
/** The search for the cheapest amounts, apart from what an evaluation is. */
#ifndef TW_COMPARE_REACH_H
#define TW_COMPARE_REACH_H

#include "townward/compare.h"

/** What a point of the search gives: a value to be reached, and what it costs. */
typedef struct tw_outcome {
    double value, cost;
} tw_outcome;

/** Evaluates factors over their bounds, each in [0, 1]; anything but OK ends the search. */
typedef tw_status tw_evaluate(void *context, const double *x, tw_outcome *out);

typedef struct tw_search {
    int num; /**< of factors, 1 to TW_MOST_REACH_LEVERS */
    double target;
    int direction; /**< 1: at least the target, -1: at most */
    double budget; /**< INFINITY = none */
    int most_evaluations;
    tw_evaluate *evaluate;
    void *context;
} tw_search;

typedef struct tw_found {
    int reached; /**< 1: the target within the budget; 0: x is the nearest found */
    double x[TW_MOST_REACH_LEVERS];
    tw_outcome at;
    tw_outcome most; /**< at the bounds of all factors */
    int evaluations;
} tw_found;

/**
 * The cheapest point that reaches the target: COBYLA of NLopt, which needs no derivatives, from the
 * bounds inwards, then along the ray to 0. Never worse than the cheapest point it has seen.
 */
TW_MUST_CHECK tw_status tw_search_cheapest(const tw_search *search, tw_found *out);

#endif
