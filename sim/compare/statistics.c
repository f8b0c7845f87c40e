/* SPDX-License-Identifier: Apache-2.0 */
/** Statistics of a few replicates; of libm only the exact square root. */
#include "compare/statistics.h"

#include <math.h>
#include <stdlib.h>

/* Quantiles 0.975 of Student's t, degrees 1 to 30. */
static const double student[] = {12.7062047, 4.3026527, 3.1824463, 2.7764451, 2.5705818, 2.4469119,
                                 2.3646243,  2.3060041, 2.2621572, 2.2281389, 2.2009852, 2.1788128,
                                 2.1603687,  2.1447867, 2.1314495, 2.1199053, 2.1098156, 2.1009220,
                                 2.0930241,  2.0859634, 2.0796138, 2.0738731, 2.0686576, 2.0638986,
                                 2.0595386,  2.0555294, 2.0518305, 2.0484071, 2.0452296, 2.0422725};
enum { TABLE = sizeof student / sizeof *student };

double tw_student_95(int degrees)
{
    if (degrees <= TABLE) {
        return student[degrees - 1];
    }
    /* Fisher's expansion about the normal quantile: right to six digits from 30 degrees on. */
    const double z = 1.959963984540054, n = degrees, z2 = z * z;
    const double first = z * (z2 + 1) / 4;
    const double second = z * ((5 * z2 + 16) * z2 + 3) / 96;
    const double third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    return z + first / n + second / (n * n) + third / (n * n * n);
}

double tw_mean_of(const double *value, int num)
{
    double sum = 0;
    for (int i = 0; i < num; i++) {
        sum += value[i];
    }
    return sum / num;
}

/* Covariance of two means over the same replicates; NaN with one. */
static double covariance(const double *a, const double *b, int num)
{
    const double mean_a = tw_mean_of(a, num), mean_b = tw_mean_of(b, num);
    double sum = 0;
    for (int i = 0; i < num; i++) {
        sum += (a[i] - mean_a) * (b[i] - mean_b);
    }
    return num < 2 ? NAN : sum / (num - 1) / num;
}

double tw_error_of(const double *value, int num)
{
    return sqrt(covariance(value, value, num));
}

tw_difference tw_difference_make(const double *base, const double *alternative, int num)
{
    const double nothing = NAN;
    tw_difference out = {nothing, nothing, nothing, nothing, nothing, nothing, nothing};
    double *difference = malloc(((size_t)num + 1) * sizeof(*difference));
    if (difference == NULL) {
        return out;
    }
    for (int i = 0; i < num; i++) {
        difference[i] = alternative[i] - base[i];
    }
    out.base = tw_mean_of(base, num);
    out.alternative = tw_mean_of(alternative, num);
    out.mean = tw_mean_of(difference, num);
    out.error = tw_error_of(difference, num);
    if (num > 1) {
        const double half = tw_student_95(num - 1) * out.error;
        out.low = out.mean - half;
        out.high = out.mean + half;
        out.unpaired =
            sqrt(covariance(base, base, num) + covariance(alternative, alternative, num));
    }
    free(difference);
    return out;
}

tw_ratio tw_ratio_make(const double *cost, const double *effect, int num)
{
    const double x = tw_mean_of(cost, num), y = tw_mean_of(effect, num);
    tw_ratio out = {NAN, NAN, NAN, NAN};
    if (num < 2) {
        out.value = y != 0 ? x / y : NAN;
        return out;
    }
    const double xx = covariance(cost, cost, num), yy = covariance(effect, effect, num);
    const double xy = covariance(cost, effect, num), t = tw_student_95(num - 1);
    const double a = y * y - t * t * yy, b = x * y - t * t * xy, c = x * x - t * t * xx;
    if (!(a > 0)) {
        return out; /* 0 is within the interval of the effect */
    }
    const double inner = b * b - a * c, root = sqrt(inner > 0 ? inner : 0);
    const double ratio = x / y, variance = xx - 2 * ratio * xy + ratio * ratio * yy;
    out.value = ratio;
    out.error = sqrt(variance > 0 ? variance : 0) / (y < 0 ? -y : y);
    out.low = (b - root) / a;
    out.high = (b + root) / a;
    return out;
}
