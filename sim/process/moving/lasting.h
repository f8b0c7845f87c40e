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

/** So many persons, or places of theirs, are drawn at once: they fill the vectors. */
enum { TW_MOST_TOGETHER = 32 };

/** What is drawn of some persons before a single place is looked at. */
typedef struct tw_lasting {
    int32_t count; /**< at most TW_MOST_TOGETHER */
    uint64_t person[TW_MOST_TOGETHER];
    int16_t chosen[TW_MOST_TOGETHER];  /**< zone whose choice the tastes explain, TW_NO_ZONE */
    int16_t village[TW_MOST_TOGETHER]; /**< county of the village compared */
    int32_t home[TW_MOST_TOGETHER];    /**< place that was chosen, -1 = another one or none */
    double most[TW_MOST_TOGETHER];     /**< the largest taste, as log E - log sum exp(W / lambda) */
    double added[TW_MOST_TOGETHER];    /**< log of the Gamma variable of the place chosen */
    double nest[TW_MOST_TOGETHER][TW_NUM_NESTS]; /**< log S of the nests */
} tw_lasting;

/**
 * Draws all this for the persons in `of`, whose count, person, chosen and village are given.
 *
 * Draws: TASTE_NEST.
 */
void tw_lasting_draw(const tw_world *world, tw_lasting *of);

/** Code that keys the draws of a place: a county, or num_counties for the village of a person. */
uint32_t tw_lasting_code(const tw_world *world, const tw_lasting *of, int32_t who, int32_t place);

/**
 * log S of some places.
 *
 * @param who    [count] which of the persons
 * @param place  [count] counties, num_counties = the village
 * @param count  at most TW_MOST_TOGETHER
 * @param log_s  out: [count]
 * Draws: TASTE_LASTING.
 */
void tw_lasting_tastes(const tw_world *world, const tw_lasting *of, const int32_t *who,
                       const int32_t *place, int32_t count, double *log_s);

/**
 * Ceilings of log S + G of all towns for one of the persons, in worker->taste: TW_NO_CEILING where
 * the first draw of S may not stand.
 *
 * Draws: TASTE_LASTING, TASTE_QUARTER.
 */
void tw_lasting_ceilings(const tw_world *world, tw_worker *worker, const tw_lasting *of,
                         int32_t who);

#endif
