/* SPDX-License-Identifier: Apache-2.0 */
/** Numbers and sentences of the printed tables, which are at most 100 columns wide. */
#ifndef TW_COMPARE_PRINT_H
#define TW_COMPARE_PRINT_H

#include "townward/compare.h"

enum { TW_PRINT_COLUMNS = 100 };

/** A number with its thousands parted and some decimals; "-" for NaN. `sign`: + before positive. */
typedef struct tw_number {
    char text[40];
} tw_number;
tw_number tw_number_of(double value, int decimals, int sign);

/** A paragraph of words, its lines broken; ends with an empty line. */
TW_PRINTF(2, 3) void tw_print_paragraph(FILE *out, const char *format, ...);

/** How an indicator is printed: shares in per cent, money of all in millions. */
typedef struct tw_print_form {
    const char *label, *unit, *unit_of_difference;
    double factor;
    int decimals;
} tw_print_form;
tw_print_form tw_print_form_of(int indicator);

void tw_print_finding(const tw_comparison *of, int alternative, FILE *out);
void tw_print_headline(const tw_comparison *of, int alternative, FILE *out);
void tw_print_classes(const tw_comparison *of, int alternative, int by, FILE *out);
void tw_print_programmes(const tw_comparison *of, int alternative, FILE *out);
void tw_print_attribution(const tw_comparison *of, int alternative, FILE *out);
void tw_print_singles(const tw_comparison *of, int alternative, FILE *out);

#endif
