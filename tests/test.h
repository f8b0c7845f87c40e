/* SPDX-License-Identifier: Apache-2.0 */
/** The whole test framework: checks that count, and a report at the end. One program per file. */
#ifndef TOWNWARD_TEST_H
#define TOWNWARD_TEST_H

#include <math.h>
#include <stdio.h>
#include <string.h>

static int test_failures, test_checks;

#define CHECK(condition)                                                              \
    do {                                                                              \
        test_checks++;                                                                \
        if (!(condition)) {                                                           \
            test_failures++;                                                          \
            fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
        }                                                                             \
    } while (0)

#define CHECK_EQ_INT(actual, expected)                                                         \
    do {                                                                                       \
        long long test_a = (long long)(actual), test_e = (long long)(expected);                \
        test_checks++;                                                                         \
        if (test_a != test_e) {                                                                \
            test_failures++;                                                                   \
            fprintf(stderr, "%s:%d: %s is %lld, expected %lld\n", __FILE__, __LINE__, #actual, \
                    test_a, test_e);                                                           \
        }                                                                                      \
    } while (0)

#define CHECK_NEAR(actual, expected, tolerance)                                                   \
    do {                                                                                          \
        double test_a = (double)(actual), test_e = (double)(expected);                            \
        test_checks++;                                                                            \
        if (!(fabs(test_a - test_e) <= (double)(tolerance))) {                                    \
            test_failures++;                                                                      \
            fprintf(stderr, "%s:%d: %s is %.17g, expected %.17g within %g\n", __FILE__, __LINE__, \
                    #actual, test_a, test_e, (double)(tolerance));                                \
        }                                                                                         \
    } while (0)

#define CHECK_STR(actual, expected)                                                                \
    do {                                                                                           \
        const char *test_a = (actual), *test_e = (expected);                                       \
        test_checks++;                                                                             \
        if (strcmp(test_a, test_e) != 0) {                                                         \
            test_failures++;                                                                       \
            fprintf(stderr, "%s:%d: %s is \"%s\", expected \"%s\"\n", __FILE__, __LINE__, #actual, \
                    test_a, test_e);                                                               \
        }                                                                                          \
    } while (0)

#define RUN(test)                                                                     \
    do {                                                                              \
        int test_before = test_failures;                                              \
        test();                                                                       \
        printf("%s %s\n", test_failures == test_before ? "ok    " : "FAILED", #test); \
    } while (0)

#define REPORT() \
    (printf("%d checks, %d failed\n", test_checks, test_failures), test_failures || !test_checks)

#endif
