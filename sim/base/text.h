/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Strict reading of words and numbers.
 *
 * A number is the whole text or it is none: no blanks, no plus sign, no hexadecimal, no infinity. A
 * name that is not known is answered with the nearest known one.
 */
#ifndef TW_BASE_TEXT_H
#define TW_BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>

/** Decimal integer of 64 bits: digits, with a leading minus at most. 0, or -1 when it is not one.
 */
int tw_text_int(const char *text, int64_t *value);

/** Decimal number such as -12, 0.5 or 1.5e-3, finite. 0, or -1 when it is not one. */
int tw_text_real(const char *text, double *value);

/** Offset of the first byte that is not well-formed UTF-8 (no overlong forms, no surrogates), or
 * `size` when all is. */
size_t tw_text_bad_utf8(const void *bytes, size_t size);

/** 1-based line of the first byte that no text file holds (zero, or not UTF-8), 0 when all is well.
 */
long tw_text_bad_line(const char *text, size_t size);

/** A copy for the caller to free, of "" for NULL; NULL when memory is short. */
char *tw_text_copy(const char *text);

/** Whether two texts are equal but for the case of ASCII letters. */
int tw_text_same(const char *a, const char *b);

/** Edit distance (insert, delete, replace a byte), ASCII case ignored; texts of up to 63 bytes,
 * longer ones are compared by their first 63. */
int tw_text_distance(const char *a, const char *b);

/**
 * The known name that is nearest to a name, for "did you mean".
 *
 * @param known  [num_known]; NULL entries are skipped
 * @return one of `known` (the first of equals), or NULL when none is within a third of the length
 */
const char *tw_text_nearest(const char *name, const char *const *known, int num_known);

#endif
