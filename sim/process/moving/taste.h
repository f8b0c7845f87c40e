/* SPDX-License-Identifier: Apache-2.0 */
/** Tastes for places: positive-stable and Gumbel variables from keyed words. */
#ifndef TW_PROCESS_MOVING_TASTE_H
#define TW_PROCESS_MOVING_TASTE_H

#include <stdint.h>

/** Cells of the leading bits of a word, on each of which a variable has a ceiling. */
enum { TW_TASTE_CELL_BITS = 8, TW_TASTE_CELLS = 1 << TW_TASTE_CELL_BITS };
/** Cells of the leading bits of what two words have left over, on which tilts have a bound. */
enum { TW_TILT_CELL_BITS = 10, TW_TILT_CELLS = 1 << TW_TILT_CELL_BITS };

/** Stands for a ceiling where there is none. */
#define TW_NO_CEILING 1e300

/**
 * Ceilings of tastes by the leading bits of their words: log S <= angle[word 0] + weight[word 1],
 * G <= gumbel[word]; a tilt accepts S where log S + log tilt < accepting. They tell which places
 * need to be looked at closely, and decide nothing.
 */
typedef struct tw_taste_ceilings {
    double angle[TW_TASTE_CELLS], weight[TW_TASTE_CELLS], gumbel[TW_TASTE_CELLS];
    double accepting[TW_TILT_CELLS];
} tw_taste_ceilings;

/**
 * log S of positive-stable(alpha) variables by Kanter's formula (1975, Ann. Probab. 3: 697), from
 * two words each: E exp(-t S) = exp(-t^alpha).
 *
 * @param alpha  in (0, 1]; 1: S = 1
 * @param log_s  out: [count]
 */
void tw_log_stables(const uint64_t *word0, const uint64_t *word1, int32_t count, double alpha,
                    double *log_s);

/** One of them. */
double tw_log_stable(uint64_t word0, uint64_t word1, double alpha);

/**
 * Accepts each S with probability exp(-tilt S), by the bits that its draw left over: those accepted
 * have the density of S tilted by exp(-tilt s).
 *
 * @param margin  out: [count] of that probability over the uniform it has to exceed: accepted
 *                where it is above 0
 */
void tw_tilts_accept(const uint64_t *word0, const uint64_t *word1, const double *log_s,
                     const double *log_tilt, int32_t count, double *margin);

/** Ceilings for positive-stable(alpha) variables, alpha in (0, 1]. */
void tw_taste_ceilings_set(tw_taste_ceilings *ceilings, double alpha);

/**
 * Ceilings of log S + G from the two words of S and that of G, and bounds of the log of tilts:
 * every tilt below accepts S.
 *
 * @param ceiling  out: [count]
 * @param bound    out: [count]
 */
void tw_tastes_ceiling(const tw_taste_ceilings *ceilings, const uint64_t *word0,
                       const uint64_t *word1, const uint64_t *now, int32_t count, double *ceiling,
                       double *bound);

/**
 * Tastes T = rho (log S + G): with S positive-stable(rho) and G Gumbel from the word of a quarter,
 * P(T <= x) = exp(-exp(-x)) exactly.
 *
 * @param rho    in (0, 1]; 1: nothing lasts
 * @param taste  out: [count], unit of utility
 */
void tw_tastes(const double *log_s, const uint64_t *word, int32_t count, double rho, double *taste);

#endif
