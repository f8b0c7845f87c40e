/* SPDX-License-Identifier: Apache-2.0 */
/** Tastes for places: positive-stable and Gumbel variables from keyed words. */
#ifndef TW_PROCESS_MOVING_TASTE_H
#define TW_PROCESS_MOVING_TASTE_H

#include <stdint.h>

/**
 * Tastes of one person for `count` places.
 *
 * T = rho (log S + G): S by Kanter's formula (1975, Ann. Probab. 3: 697) from two uniforms, G from
 * one. E exp(-t S) = exp(-t^rho), hence P(T <= x) = exp(-exp(-x)) exactly.
 *
 * @param lasting0, lasting1  words of the lasting draw, [count]
 * @param quarter0            words of the quarter's draw, [count]
 * @param rho                 in (0, 1]; 1: nothing lasts
 * @param taste               out: [count], unit of utility
 */
void tw_taste(const uint64_t *lasting0, const uint64_t *lasting1, const uint64_t *quarter0,
              int32_t count, double rho, double *taste);

/** log S of a positive-stable(alpha) variable from two words; alpha in (0, 1]. */
double tw_log_stable(uint64_t word0, uint64_t word1, double alpha);

#endif
