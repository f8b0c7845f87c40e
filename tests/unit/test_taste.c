/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tastes: exactly Gumbel, lasting as stated; a choice between them is the closed-form nested logit.
 */
#include "process/moving/taste.h"

#include "base/draw.h"
#include "test.h"

enum { N = 1000000 };
static const double euler = 0.57721566490153286, variance_of_gumbel = 1.6449340668482264;

static double taste_of(uint64_t person, uint32_t place, int32_t quarter, double rho)
{
    const tw_key key = tw_key_make(11, 0);
    tw_draw lasting = tw_draw_at(key, TW_DRAW_TASTE_LASTING, person, 0, place);
    tw_draw now = tw_draw_at(key, TW_DRAW_TASTE_QUARTER, person, quarter, place);
    double log_s, taste;
    tw_log_stables(&lasting.word[0], &lasting.word[1], 1, rho, &log_s);
    tw_tastes(&log_s, &now.word[0], 1, rho, &taste);
    return taste;
}

static void gumbel_with_the_stated_memory(void)
{
    const double rhos[] = {0.3, 0.8, 1.0};
    for (int r = 0; r < 3; r++) {
        const double expected = 1 - rhos[r] * rhos[r];
        double sum = 0, square = 0, product = 0, off_sum = 0, off_square = 0;
        int below = 0;
        for (uint64_t person = 0; person < N; person++) {
            double now = taste_of(person, 7, 40, rhos[r]) - euler;
            double later = taste_of(person, 7, 41, rhos[r]) - euler;
            sum += now;
            square += now * now;
            product += now * later;
            const double off = now * later - expected * now * now; /* of mean 0 */
            off_sum += off;
            off_square += off * off;
            below += now + euler < 1.0;
        }
        CHECK_NEAR(sum / N, 0, 4 * sqrt(variance_of_gumbel / N));
        CHECK_NEAR(square / N, variance_of_gumbel, 0.04);
        printf("       correlation %.4f, expected %.4f, standard error %.4f\n", product / square,
               expected, sqrt(off_square) / square);
        CHECK(fabs(off_sum) < 3 * sqrt(off_square));
        CHECK_NEAR((double)below / N, exp(-exp(-1.0)), 4 * sqrt(0.25 / N));
    }
}

/* Five places in nests {0}, {1, 2}, {3, 4}; utilities fixed. */
static const double value[5] = {0.5, 0.0, 0.4, -0.2, 0.3};
static const int nest_of[5] = {0, 1, 1, 2, 2};

static int choose(uint64_t person, int32_t quarter, double lambda, double raised)
{
    const tw_key key = tw_key_make(11, 0);
    int best = 0;
    double best_utility = -1e300;
    for (int j = 0; j < 5; j++) {
        tw_draw nest = tw_draw_at(key, TW_DRAW_TASTE_NEST, person, 0, (uint32_t)nest_of[j]);
        double utility = value[j] + (j == 3 ? raised : 0) +
                         lambda * (tw_log_stable(nest.word[0], nest.word[1], lambda) +
                                   taste_of(person, (uint32_t)j, quarter, 0.8));
        if (utility > best_utility) {
            best_utility = utility;
            best = j;
        }
    }
    return best;
}

static void shares_are_the_nested_logit(void)
{
    const double lambda = 0.6;
    double sum[3] = {0}, total = 0;
    int chosen[5] = {0};
    for (int j = 0; j < 5; j++) {
        sum[nest_of[j]] += exp(value[j] / lambda);
    }
    for (int n = 0; n < 3; n++) {
        total += pow(sum[n], lambda);
    }
    for (uint64_t person = 0; person < N; person++) {
        chosen[choose(person, 3, lambda, 0)]++;
    }
    for (int j = 0; j < 5; j++) {
        double share =
            pow(sum[nest_of[j]], lambda) / total * exp(value[j] / lambda) / sum[nest_of[j]];
        CHECK_NEAR((double)chosen[j] / N, share, 3 * sqrt(share * (1 - share) / N));
    }
}

/* A better place 3 draws people to itself; nobody changes between two others. */
static void nobody_switches_between_others(void)
{
    int drawn = 0, switched = 0;
    for (uint64_t person = 0; person < N; person++) {
        int before = choose(person, 3, 0.6, 0), after = choose(person, 3, 0.6, 0.5);
        drawn += before != after && after == 3;
        switched += before != after && after != 3;
    }
    CHECK(drawn > N / 100);
    CHECK_EQ_INT(switched, 0);
}

/* Nothing is above its ceiling; below the last cells the ceilings are close. */
static void ceilings_hold(void)
{
    const double alphas[] = {0.05, 0.6, 0.8, 1.0};
    static tw_taste_ceilings ceilings;
    for (int a = 0; a < 4; a++) {
        double above = 0, surplus = 0;
        int open = 0;
        tw_taste_ceilings_set(&ceilings, alphas[a]);
        for (uint64_t i = 0; i < N; i++) {
            const tw_draw draw = tw_draw_at(tw_key_make(3, 0), TW_DRAW_TEST, i, 0, 0);
            /* Every other word lies at the upper end of its cell. */
            const uint64_t end = i % 2 == 0 ? UINT64_MAX >> TW_TASTE_CELL_BITS : 0;
            const uint64_t word[2] = {draw.word[0] | end, draw.word[1] | end};
            double log_s, taste, ceiling, bound;
            tw_log_stables(&word[0], &word[1], 1, alphas[a], &log_s);
            tw_tastes(&log_s, &word[1], 1, 0.7, &taste);
            tw_tastes_ceiling(&ceilings, &word[0], &word[1], &word[1], 1, &ceiling, &bound);
            ceiling *= 0.7;
            above += taste > ceiling;
            open += ceiling > 1e100;
            surplus += ceiling > 1e100 ? 0 : ceiling - taste;
        }
        CHECK_EQ_INT(above, 0);
        CHECK(open < N / 50);
        CHECK(surplus / N < 0.02 / alphas[a] / alphas[a]);
    }
}

/* Whatever a bound says was accepted has been accepted, and most of those accepted are known. */
static void ceilings_know_the_accepted(void)
{
    static tw_taste_ceilings ceilings;
    int sure = 0, possible = 0, wrong = 0;
    tw_taste_ceilings_set(&ceilings, 0.8);
    for (uint64_t i = 0; i < N; i++) {
        const tw_draw draw = tw_draw_at(tw_key_make(4, 0), TW_DRAW_TEST, i, 0, 0);
        const double tilt = (double)(i % 40) * 0.25 - 8;
        const double log_s = tw_log_stable(draw.word[0], draw.word[1], 0.8);
        double ceiling, bound, margin;
        tw_tastes_ceiling(&ceilings, &draw.word[0], &draw.word[1], &draw.word[0], 1, &ceiling,
                          &bound);
        tw_tilts_accept(&draw.word[0], &draw.word[1], &log_s, &tilt, 1, &margin);
        sure += tilt < bound;
        possible += margin > 0;
        wrong += tilt < bound && margin <= 0;
    }
    CHECK(sure > 0.9 * possible);
    CHECK_EQ_INT(wrong, 0);
}

int main(void)
{
    RUN(gumbel_with_the_stated_memory);
    RUN(shares_are_the_nested_logit);
    RUN(nobody_switches_between_others);
    RUN(ceilings_hold);
    RUN(ceilings_know_the_accepted);
    return REPORT();
}
