/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The lasting part of a person's tastes.
 *
 * Of a household founded in the run the positive-stable variables S are as drawn. A household that
 * the run found in a place, or that arrived in it, has chosen it: its S are drawn from their
 * distribution given that choice, exactly, with the values of the start. Without this the first
 * years would be a burst of moves of those whom chance had set down in the wrong place.
 *
 * Given the choice of h, in the nested logit with utilities V, nests B, dissimilarity lambda:
 * - S of the nests: as drawn, accepted with probability S_B(h) A_B(h) / sum S_B A_B, where
 *   A_B = sum over the nest of exp(V / lambda); within the nest S_B has no part in the choice.
 * - The largest taste m is independent of the choice: exp(-m) = E / sum exp(W / lambda), with E
 *   exponential and W = V + lambda log S_B.
 * - S of another place j, given T_j < m - W_j / lambda: density ~ f(s) exp(-w s) with
 *   w^rho = exp(-(m - W_j / lambda)); drawn from f and accepted with probability exp(-w S).
 * - S of h, given T_h = m - W_h / lambda: density ~ s f(s) exp(-w s): the sum of a
 *   Gamma(1 - rho, rate w) and a variable of density ~ f(s) exp(-w s), as the product of their
 *   Laplace transforms shows.
 */
#ifndef TW_PROCESS_MOVING_LASTING_H
#define TW_PROCESS_MOVING_LASTING_H

#include "process/moving/nests.h"
#include "process/world.h"

/**
 * Lasting tastes of a person for all towns and for one village.
 *
 * @param taste_zone  place whose choice they explain, TW_NO_ZONE = none
 * @param village     county of the village compared
 * @param nest        out: log S of the nests, [TW_NUM_NESTS]
 * worker->lasting    out: log S of the towns, [num_counties], and of the village, behind them
 * Draws: TASTE_NEST, TASTE_LASTING.
 */
void tw_lasting_tastes(const tw_world *world, tw_worker *worker, uint64_t person, int taste_zone,
                       int village, double *nest);

#endif
