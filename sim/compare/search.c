/* SPDX-License-Identifier: Apache-2.0 */
/** A derivative-free search over a few factors, each evaluation remembered. */
#include <math.h>
#include <nlopt.h>
#include <stdlib.h>
#include <string.h>

#include "compare/reach.h"

typedef struct point {
    double x[TW_MOST_REACH_LEVERS];
    tw_outcome at;
} point;

/** The search while it is on. */
typedef struct hunt {
    const tw_search *search;
    point *seen; /**< [search->most_evaluations] */
    int num;
    tw_status status;
    double value_scale, cost_scale;
    int nearest; /**< 1: the value counts and the budget binds; 0: the cost and the target */
    nlopt_opt optimiser;
} hunt;

/* How much is missing to the target: <= 0 when it is reached. */
static double missing(const tw_search *search, double value)
{
    return search->direction * (search->target - value);
}

static tw_outcome evaluate(hunt *on, const double *x)
{
    const tw_search *search = on->search;
    const size_t size = (size_t)search->num * sizeof(*x);
    for (int i = 0; i < on->num; i++) {
        if (memcmp(on->seen[i].x, x, size) == 0) {
            return on->seen[i].at;
        }
    }
    tw_outcome at = {0, 0};
    if (on->num == search->most_evaluations || on->status != TW_OK) {
        if (on->optimiser != NULL) {
            nlopt_force_stop(on->optimiser);
        }
        return at;
    }
    on->status = search->evaluate(search->context, x, &at);
    if (on->status == TW_OK) {
        memcpy(on->seen[on->num].x, x, size);
        on->seen[on->num++].at = at;
    } else if (on->optimiser != NULL) {
        nlopt_force_stop(on->optimiser);
    }
    return at;
}

static double objective(unsigned num, const double *x, double *slope, void *context)
{
    hunt *on = context;
    (void)num;
    (void)slope;
    const tw_outcome at = evaluate(on, x);
    return on->nearest ? missing(on->search, at.value) / on->value_scale : at.cost / on->cost_scale;
}

static double constraint(unsigned num, const double *x, double *slope, void *context)
{
    hunt *on = context;
    (void)num;
    (void)slope;
    const tw_outcome at = evaluate(on, x);
    return on->nearest ? (at.cost - on->search->budget) / on->cost_scale
                       : missing(on->search, at.value) / on->value_scale;
}

/* One search with COBYLA from a point; what it finds is among the points seen. */
static void optimise(hunt *on, double start, int most)
{
    const unsigned num = (unsigned)on->search->num;
    double x[TW_MOST_REACH_LEVERS], value;
    for (unsigned i = 0; i < num; i++) {
        x[i] = start;
    }
    on->optimiser = nlopt_create(NLOPT_LN_COBYLA, num);
    if (on->optimiser == NULL) {
        on->status = TW_NO_MEMORY;
        return;
    }
    nlopt_set_min_objective(on->optimiser, objective, on);
    if (!on->nearest || on->search->budget < INFINITY) {
        nlopt_add_inequality_constraint(on->optimiser, constraint, on, 0);
    }
    nlopt_set_lower_bounds1(on->optimiser, 0);
    nlopt_set_upper_bounds1(on->optimiser, 1);
    nlopt_set_initial_step1(on->optimiser, -0.25);
    nlopt_set_maxeval(on->optimiser, most);
    nlopt_set_xtol_abs1(on->optimiser, 0.004);
    nlopt_optimize(on->optimiser, x, &value);
    nlopt_destroy(on->optimiser);
    on->optimiser = NULL;
}

static int is_good(const tw_search *search, const tw_outcome *at)
{
    return missing(search, at->value) <= 0 && at->cost <= search->budget;
}

/* The cheapest of those that reach the target in the budget; or the nearest within it. */
static const point *best_seen(const hunt *on, int *good)
{
    const tw_search *search = on->search;
    const point *best = NULL, *nearest = NULL;
    for (int i = 0; i < on->num; i++) {
        const point *one = &on->seen[i];
        if (is_good(search, &one->at) && (best == NULL || one->at.cost < best->at.cost)) {
            best = one;
        }
        if (one->at.cost <= search->budget &&
            (nearest == NULL ||
             missing(search, one->at.value) < missing(search, nearest->at.value))) {
            nearest = one;
        }
    }
    *good = best != NULL;
    return best != NULL ? best : nearest != NULL ? nearest : &on->seen[0];
}

/* Between nothing and the best point along a line: cheaper ones that still reach the target. */
static void shorten(hunt *on)
{
    int good = 0;
    const point best = *best_seen(on, &good);
    double low = 0, high = 1;
    for (int step = 0; step < 6 && good && on->status == TW_OK; step++) {
        double x[TW_MOST_REACH_LEVERS] = {0};
        const double middle = (low + high) / 2;
        for (int i = 0; i < on->search->num; i++) {
            x[i] = middle * best.x[i];
        }
        const int before = on->num;
        const tw_outcome at = evaluate(on, x);
        if (on->num == before && before == on->search->most_evaluations) {
            return;
        }
        if (is_good(on->search, &at)) {
            high = middle;
        } else {
            low = middle;
        }
    }
}

/* The target first, the budget afterwards; what no amount reaches is looked for only a while. */
static void hunt_down(hunt *on, tw_found *out)
{
    const tw_search *search = on->search;
    double all[TW_MOST_REACH_LEVERS] = {0}, none[TW_MOST_REACH_LEVERS] = {0};
    int good = 0;
    for (int i = 0; i < search->num; i++) {
        all[i] = 1;
    }
    const tw_outcome least = evaluate(on, none);
    out->most = evaluate(on, all);
    const double rise = fabs(out->most.value - least.value);
    const double cost = fabs(out->most.cost - least.cost);
    on->value_scale = rise > 0 ? rise : 1;
    on->cost_scale = cost > 0 ? cost : 1;
    if (on->status == TW_OK && missing(search, out->most.value) <= 0 && !is_good(search, &least)) {
        optimise(on, 1, search->most_evaluations);
    }
    (void)best_seen(on, &good);
    if (on->status == TW_OK && !good) {
        on->nearest = 1;
        optimise(on, search->budget < INFINITY ? 0.5 : 1, 12 * search->num);
    }
    if (on->status == TW_OK) {
        shorten(on);
    }
}

tw_status tw_search_cheapest(const tw_search *search, tw_found *out)
{
    hunt on = {.search = search, .status = TW_OK};
    on.seen = calloc((size_t)search->most_evaluations, sizeof(*on.seen));
    memset(out, 0, sizeof *out);
    if (on.seen == NULL) {
        return TW_NO_MEMORY;
    }
    hunt_down(&on, out);
    if (on.status == TW_OK) {
        const point *best = best_seen(&on, &out->reached);
        memcpy(out->x, best->x, sizeof out->x);
        out->at = best->at;
        out->evaluations = on.num;
    }
    free(on.seen);
    return on.status;
}
