/* SPDX-License-Identifier: Apache-2.0 */
/** Lists of the few rows that passed a test: a byte for each row, or a bit. */
#ifndef TW_BASE_ROWS_H
#define TW_BASE_ROWS_H

#include <stdint.h>
#include <string.h>

/**
 * Rows whose byte is 1 (others 0), ascending; looks at eight at a time, for few are set.
 *
 * @param row  out: room for count + 1 rows
 * @return number of rows
 */
static inline int32_t tw_compact_rows(const uint8_t *passed, int32_t count, int32_t *row)
{
    int32_t num = 0, i = 0;
    for (; i + 8 <= count; i += 8) {
        uint64_t eight;
        memcpy(&eight, passed + i, sizeof eight);
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        for (; eight != 0; eight &= eight - 1) {
            row[num++] = i + __builtin_ctzll(eight) / 8;
        }
#else
        for (int32_t k = 0; eight != 0 && k < 8; k++) {
            row[num] = i + k;
            num += passed[i + k];
        }
#endif
    }
    for (; i < count; i++) {
        row[num] = i;
        num += passed[i];
    }
    return num;
}

/** Rows that are asked at once, a bit for each. */
enum { TW_ROWS_AT_ONCE = 64 };

/** How many of `count` rows are asked from row i on. */
static inline int32_t tw_rows_from(int32_t i, int32_t count)
{
    return count - i < TW_ROWS_AT_ONCE ? count - i : TW_ROWS_AT_ONCE;
}

/** Number of the lowest bit that is set; some must be. */
static inline int32_t tw_lowest_bit(uint64_t bits)
{
#if defined(__GNUC__)
    return __builtin_ctzll(bits);
#else
    int32_t lowest = 0;
    for (; (bits & 1) == 0; bits >>= 1) {
        lowest++;
    }
    return lowest;
#endif
}

/**
 * The rows first + i of all bits i that are set, ascending.
 *
 * @return number of rows
 */
static inline int32_t tw_list_bits(uint64_t bits, int32_t first, int32_t *row)
{
    int32_t num = 0;
    for (; bits != 0; bits &= bits - 1) {
        row[num++] = first + tw_lowest_bit(bits);
    }
    return num;
}

/**
 * Which of at most 64 rows of a column hold a value: bit i of the result is row i.
 *
 * @param count  of rows, at most TW_ROWS_AT_ONCE
 */
uint64_t tw_bits_equal(const uint8_t *column, uint8_t value, int32_t count);

/** The same of rows that hold any other value. */
static inline uint64_t tw_bits_unequal(const uint8_t *column, uint8_t value, int32_t count)
{
    const uint64_t all = count < TW_ROWS_AT_ONCE ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
    return ~tw_bits_equal(column, value, count) & all;
}

/** The same of rows whose number, such as a zone, has a mark of 1 in a table and not of 0. */
uint64_t tw_bits_marked(const int16_t *column, const uint8_t *mark, int32_t count);

/**
 * Rows of a column that hold a value, ascending.
 *
 * @param row  out: room for count rows
 * @return number of rows
 */
int32_t tw_rows_equal(const uint8_t *column, uint8_t value, int32_t count, int32_t *row);

#endif
