/* SPDX-License-Identifier: Apache-2.0 */
/**
 * exp, log, pow and sin that give the same bits with every compiler, flag and processor.
 *
 * Only +, -, *, / and bit patterns of IEEE doubles are used, in a fixed order, without branches on
 * data, so the compiler may put them into vectors freely. The C library's versions differ between
 * releases and processors, and would break the promise of equal bits. Errors are below 2 ulp (3 for
 * pow near 1), tested against long double. Arguments must be finite; each function says its range.
 */
#ifndef TW_BASE_MATH_H
#define TW_BASE_MATH_H

#include <stdint.h>
#include <string.h>

static inline uint64_t tw_double_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double tw_bits_double(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/** exp(x) for x in [-700, 700]; smaller gives exp(-700), larger exp(700). */
static inline double tw_exp(double x)
{
    /* The limits by the bits of |x|, which sort like integers: of two comparisons of doubles gcc 12
     * makes branches, and a loop is no vector loop then. */
    const int64_t most = INT64_C(0x4085e00000000000);
    const uint64_t bits = tw_double_bits(x), sign = bits & UINT64_C(0x8000000000000000);
    const int64_t magnitude = (int64_t)(bits ^ sign);
    x = tw_bits_double((uint64_t)(magnitude < most ? magnitude : most) | sign);
    /* n = round(x / ln 2): adding 1.5 * 2^52 leaves the rounded integer in the low bits. */
    double shifted = x * 1.4426950408889634 + 6755399441055744.0;
    double n = shifted - 6755399441055744.0;
    /* ln 2 in two parts: the first has 32 trailing zero bits, so n * part is exact. */
    double r = (x - n * 0x1.62e42fefap-1) - n * 0x1.cf79abc9e3b39p-40;
    double p = 1.0 / 6227020800.0;
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = p * (r * r) + r;
    uint64_t scale = (tw_double_bits(shifted) + 1023) << 52;
    return p * tw_bits_double(scale) + tw_bits_double(scale);
}

/** Natural logarithm of x in [2^-1022, 2^1023]. */
static inline double tw_log(double x)
{
    uint64_t bits = tw_double_bits(x);
    /* x = m * 2^e with m in [sqrt(1/2), sqrt(2)): shift the exponent by the mantissa of sqrt(1/2).
     */
    uint64_t shifted = bits - UINT64_C(0x3fe6a09e667f3bcd);
    uint64_t exponent_field = (shifted + UINT64_C(0x8000000000000000)) >> 52;
    double m = tw_bits_double(bits - ((exponent_field - 2048) << 52));
    /* Exponent as a double without an integer conversion, which old vector units lack. */
    double e = tw_bits_double(exponent_field | UINT64_C(0x4330000000000000)) - 4503599627372544.0;
    double f = m - 1.0;
    double s = f / (2.0 + f);
    double z = s * s;
    double p = 2.0 / 21.0;
    p = p * z + 2.0 / 19.0;
    p = p * z + 2.0 / 17.0;
    p = p * z + 2.0 / 15.0;
    p = p * z + 2.0 / 13.0;
    p = p * z + 2.0 / 11.0;
    p = p * z + 2.0 / 9.0;
    p = p * z + 2.0 / 7.0;
    p = p * z + 2.0 / 5.0;
    p = p * z + 2.0 / 3.0;
    p = p * z;
    /* log m = f - s (f - p): keeps the leading term exact. */
    return e * 0x1.62e42fefap-1 + ((f - s * (f - p)) + e * 0x1.cf79abc9e3b39p-40);
}

/** x to the power y; x in [2^-1022, 2^1023], |y log x| <= 700 or it saturates. */
static inline double tw_pow(double x, double y)
{
    return tw_exp(y * tw_log(x));
}

/** sin(pi x) for x in [0, 1]. */
static inline double tw_sinpi(double x)
{
    double mirrored = 1.0 - x;
    double y = (x < mirrored ? x : mirrored) * 3.141592653589793;
    double z = y * y;
    double p = 1.0 / 51090942171709440000.0;
    p = p * z - 1.0 / 121645100408832000.0;
    p = p * z + 1.0 / 355687428096000.0;
    p = p * z - 1.0 / 1307674368000.0;
    p = p * z + 1.0 / 6227020800.0;
    p = p * z - 1.0 / 39916800.0;
    p = p * z + 1.0 / 362880.0;
    p = p * z - 1.0 / 5040.0;
    p = p * z + 1.0 / 120.0;
    p = p * z - 1.0 / 6.0;
    return y + y * (z * p);
}

/** Nearest integer of x, halves away from zero; |x| < 9.2e18. The one way to cents and counts. */
static inline int64_t tw_round(double x)
{
    double magnitude = x < 0 ? -x : x;
    int64_t whole = (int64_t)magnitude;
    whole += magnitude - (double)whole >= 0.5;
    return x < 0 ? -whole : whole;
}

/** The smaller of two. */
static inline int64_t tw_smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/** Adds to what waits and takes the whole units of it away; what is less than one waits on. */
static inline int64_t tw_take_whole(double *waiting, double more)
{
    *waiting += more;
    const int64_t whole = (int64_t)*waiting;
    *waiting -= (double)whole;
    return whole;
}

#endif
