/* SPDX-License-Identifier: Apache-2.0 */
/** Lists of the few rows that passed a test. */
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

/**
 * Rows of a column that hold a value, ascending.
 *
 * @param passed  workspace: [count]
 * @param row     out: room for count + 1 rows
 * @return number of rows
 */
int32_t tw_rows_equal(const uint8_t *column, uint8_t value, int32_t count, uint8_t *passed,
                      int32_t *row);

#endif
