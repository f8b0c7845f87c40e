/* SPDX-License-Identifier: Apache-2.0 */
/** Means over replicates, how well they are known, and ratios of them. */
#ifndef TW_COMPARE_STATISTICS_H
#define TW_COMPARE_STATISTICS_H

#include "townward/compare.h"

/** Student's t: the half width of a 95 % interval in standard errors; degrees >= 1. */
double tw_student_95(int degrees);

/** Mean of [num] values. */
double tw_mean_of(const double *value, int num);
/** Standard error of that mean; NaN with one value. */
double tw_error_of(const double *value, int num);

/** alternative less base, by replicate. */
tw_difference tw_difference_make(const double *base, const double *alternative, int num);

/**
 * Mean cost over mean effect, with Fieller's interval on pairs and the standard error of the delta
 * method. All NaN when 0 is within the 95 % interval of the effect; with one pair the ratio alone.
 */
tw_ratio tw_ratio_make(const double *cost, const double *effect, int num);

#endif
