/* SPDX-License-Identifier: Apache-2.0 */
/** The exact functions against long double, in units of the last place. */
#include "base/math.h"

#include "base/digest.h"
#include "test.h"

static double ulps(double value, long double truth)
{
    double rounded = (double)truth;
    double step = nextafter(fabs(rounded), INFINITY) - fabs(rounded);
    return (double)(fabsl((long double)value - truth) / step);
}

/* A reproducible point in [low, high]. */
static double point(int i, double low, double high)
{
    return low + (high - low) * ((double)(tw_mix((uint64_t)i) >> 11) * 0x1p-53);
}

static void accuracy(void)
{
    double worst_exp = 0, worst_log = 0, worst_sin = 0, worst_log_near_1 = 0;
    for (int i = 0; i < 200000; i++) {
        double x = point(i, -600, 600), u = point(i, 0, 1), p = exp(point(i, -50, 50));
        double near = 1 + point(i, -0.01, 0.01);
        worst_exp = fmax(worst_exp, ulps(tw_exp(x), expl((long double)x)));
        worst_log = fmax(worst_log, ulps(tw_log(p), logl((long double)p)));
        worst_log_near_1 = fmax(worst_log_near_1, ulps(tw_log(near), logl((long double)near)));
        if (u <= 0.5) {
            worst_sin =
                fmax(worst_sin, ulps(tw_sinpi(u), sinl(3.14159265358979323846L * (long double)u)));
        }
    }
    printf("worst ulp: exp %.2f, log %.2f, log near 1 %.2f, sin %.2f\n", worst_exp, worst_log,
           worst_log_near_1, worst_sin);
    CHECK(worst_exp < 2);
    CHECK(worst_log < 2);
    CHECK(worst_log_near_1 < 2);
    CHECK(worst_sin < 2.5);
}

static void edges(void)
{
    CHECK(tw_exp(0) == 1.0);
    CHECK(tw_log(1) == 0.0);
    CHECK(tw_sinpi(0) == 0.0);
    CHECK_NEAR(tw_sinpi(0.5), 1.0, 1e-15);
    CHECK_NEAR(tw_sinpi(0.75), 0.70710678118654752, 1e-15);
    CHECK_NEAR(tw_log(0x1p-1022), -708.39641853226408, 1e-12);
    CHECK_NEAR(tw_log(0x1p1023), 709.08956571282405, 1e-12);
    CHECK_NEAR(tw_pow(2, 10), 1024, 1e-11);
    CHECK(tw_exp(-1e9) > 0);
    CHECK_EQ_INT(tw_round(2.5), 3);
    CHECK_EQ_INT(tw_round(-2.5), -3);
    CHECK_EQ_INT(tw_round(0.49999999999999994), 0);
}

/* One number over many results: the same with every compiler, flag and processor. */
static void same_bits_everywhere(void)
{
    tw_digest digest = {0, 0};
    for (int i = 0; i < 100000; i++) {
        double x = point(i, -600, 600), u = point(i, 1e-9, 1);
        uint64_t words[4] = {tw_double_bits(tw_exp(x)), tw_double_bits(tw_log(u)),
                             tw_double_bits(tw_sinpi(u)), tw_double_bits(tw_pow(u, 0.7))};
        tw_digest_add(&digest, words, 4);
    }
    char text[33];
    tw_digest_text(digest, text);
    CHECK_STR(text, "1ecf8fe14e5908a0b426483c65dcf6b4");
}

static void exp_stops_at_its_limits(void)
{
    static const double beyond[] = {700.0000001, 709, 1e6, 1e300};
    for (int i = 0; i < 4; i++) {
        CHECK(tw_double_bits(tw_exp(beyond[i])) == tw_double_bits(tw_exp(700)));
        CHECK(tw_double_bits(tw_exp(-beyond[i])) == tw_double_bits(tw_exp(-700)));
    }
    CHECK(tw_exp(699.9999999) < tw_exp(700));
    CHECK(tw_exp(-699.9999999) > tw_exp(-700));
    CHECK(tw_double_bits(tw_exp(-0.0)) == tw_double_bits(1));
}

int main(void)
{
    RUN(exp_stops_at_its_limits);
    RUN(accuracy);
    RUN(edges);
    RUN(same_bits_everywhere);
    return REPORT();
}
