/* SPDX-License-Identifier: Apache-2.0 */
/** Kanter's formula in logarithms, over arrays; ceilings of what it gives. */
#include "process/moving/taste.h"

#include "base/clones.h"
#include "base/draw.h"

/*
 * log S = ln sin(a t) - ln sin(t) / a + (1 - a) / a * (ln sin((1 - a) t) - ln E) with t uniform on
 * (0, pi) and E exponential. With a = 1 the last factor is 0 and the first two cancel.
 */
static inline double log_stable(uint64_t word0, uint64_t word1, double alpha)
{
    const double t = tw_uniform(word0);
    const double e = -tw_log(tw_uniform(word1));
    const double whole = tw_log(tw_sinpi(t)), part = tw_log(tw_sinpi(alpha * t));
    const double rest = tw_log(tw_sinpi((1.0 - alpha) * t) + 0x1p-1000);
    return (part - whole / alpha) + (1.0 - alpha) / alpha * (rest - tw_log(e));
}

double tw_log_stable(uint64_t word0, uint64_t word1, double alpha)
{
    return log_stable(word0, word1, alpha);
}

TW_CLONES void tw_log_stables(const uint64_t *restrict word0, const uint64_t *restrict word1,
                              int32_t count, double alpha, double *restrict log_s)
{
    for (int32_t i = 0; i < count; i++) {
        log_s[i] = log_stable(word0[i], word1[i], alpha);
    }
}

TW_CLONES void tw_tilts_accept(const uint64_t *restrict word0, const uint64_t *restrict word1,
                               const double *restrict log_s, const double *restrict log_tilt,
                               int32_t count, double *restrict margin)
{
    for (int32_t i = 0; i < count; i++) {
        const double chance = tw_exp(-tw_exp(log_s[i] + log_tilt[i]));
        margin[i] = chance - tw_spare_uniform(word0[i], word1[i]);
    }
}

TW_CLONES void tw_tastes(const double *restrict log_s, const uint64_t *restrict word, int32_t count,
                         double rho, double *restrict taste)
{
    for (int32_t i = 0; i < count; i++) {
        const double gumbel = -tw_log(-tw_log(tw_uniform(word[i])));
        taste[i] = rho * (log_s[i] + gumbel);
    }
}

/*
 * The part of log S that hangs on the angle t rises with t (Kanter 1975), and so do -ln E and the
 * Gumbel variable with the uniform they are made of: on a cell they are highest at its upper end.
 * The last cells have no ceiling. The slack covers what rounding may add, many times over.
 */
void tw_taste_ceilings_set(tw_taste_ceilings *ceilings, double alpha)
{
    const double slack = 1e-6;
    for (int i = 0; i + 1 < TW_TASTE_CELLS; i++) {
        const double t = (double)(i + 1) / TW_TASTE_CELLS, log_e = tw_log(-tw_log(t));
        const double whole = tw_log(tw_sinpi(t)), part = tw_log(tw_sinpi(alpha * t));
        const double rest = tw_log(tw_sinpi((1.0 - alpha) * t) + 0x1p-1000);
        ceilings->angle[i] = (part - whole / alpha) + (1.0 - alpha) / alpha * rest + slack;
        ceilings->weight[i] = (1.0 - alpha) / alpha * -log_e + slack;
        ceilings->gumbel[i] = -log_e + slack;
    }
    ceilings->angle[TW_TASTE_CELLS - 1] = TW_NO_CEILING;
    ceilings->weight[TW_TASTE_CELLS - 1] = TW_NO_CEILING;
    ceilings->gumbel[TW_TASTE_CELLS - 1] = TW_NO_CEILING;
    /* u < exp(-exp(y)) where y < ln(-ln u), which falls with u; none comes nearer to 1 than the
     * highest of those of 24 bits. */
    for (int i = 0; i < TW_TILT_CELLS; i++) {
        const double u = i + 1 < TW_TILT_CELLS ? (double)(i + 1) / TW_TILT_CELLS : 1 - 0x1p-25;
        ceilings->accepting[i] = tw_log(-tw_log(u)) - slack;
    }
}

/* Tables are looked up one by one; what comes after runs in vectors. */
void tw_tastes_ceiling(const tw_taste_ceilings *ceilings, const uint64_t *restrict word0,
                       const uint64_t *restrict word1, const uint64_t *restrict now, int32_t count,
                       double *restrict ceiling, double *restrict bound)
{
    const int shift = 64 - TW_TASTE_CELL_BITS, spare = 12 - TW_TILT_CELL_BITS;
    for (int32_t i = 0; i < count; i++) {
        const double log_s =
            ceilings->angle[word0[i] >> shift] + ceilings->weight[word1[i] >> shift];
        ceiling[i] = log_s + ceilings->gumbel[now[i] >> shift];
        bound[i] = ceilings->accepting[(word0[i] & 0xfff) >> spare] - log_s;
    }
}
