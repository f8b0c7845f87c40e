/* SPDX-License-Identifier: Apache-2.0 */
/** Shares of a whole among players who act together: exact, over all coalitions. */
#ifndef TW_COMPARE_SHAPLEY_H
#define TW_COMPARE_SHAPLEY_H

/**
 * Shapley values: the mean over all orders of what a player adds when it comes in.
 *
 * @param value  [2 to the number of players]; bit i of the index: player i is in the coalition
 * @param share  out: [num]; they add up to value[all] - value[0]
 */
void tw_shapley(const double *value, int num, double *share);

/**
 * Rounds parts so that their printed sum is the rounded total: those with the largest remainders
 * are rounded up.
 *
 * @param unit   of the last digit printed, > 0
 * @param value  [num], num <= 64: replaced
 */
void tw_round_parts(double *value, int num, double total, double unit);

#endif
