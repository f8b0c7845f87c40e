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

/** What is drawn of a person before a single place is looked at. */
typedef struct tw_lasting {
    uint64_t person;
    int conditioned; /**< 1 = the tastes explain a choice: worker->tilt is set */
    int home;        /**< place that was chosen: a county, num_counties = the village, -1 = other */
    double nest[TW_NUM_NESTS]; /**< log S of the nests */
} tw_lasting;

/**
 * Draws the words of all towns and of one village behind them into worker->word, and their tilts.
 *
 * @param taste_zone  place whose choice they explain, TW_NO_ZONE = none
 * @param village     county of the village compared
 * Draws: TASTE_NEST, TASTE_LASTING.
 */
void tw_lasting_draw(const tw_world *world, tw_worker *worker, uint64_t person, int taste_zone,
                     int village, tw_lasting *out);

/**
 * Ceilings of log S of all places: TW_NO_CEILING for those that have to be looked at.
 *
 * @param ceiling  out: [num_counties + 1]
 */
void tw_lasting_ceilings(const tw_world *world, const tw_worker *worker, const tw_lasting *of,
                         double *ceiling);

/**
 * log S of some places, in worker->lasting at their index.
 *
 * @param place  [num] counties, num_counties = the village
 * Draws: TASTE_LASTING, TASTE_NEST.
 */
void tw_lasting_tastes(const tw_world *world, tw_worker *worker, const tw_lasting *of,
                       const int32_t *place, int32_t num);

#endif
