/* SPDX-License-Identifier: Apache-2.0 */
/** Which rows of a column hold a value. */
#include "base/rows.h"

#if defined(__SSE2__)
#include <emmintrin.h>

/* Sixteen rows, with what every x86-64 has. */
static inline uint64_t equal_16(const uint8_t *column, __m128i value)
{
    const __m128i rows = _mm_loadu_si128((const __m128i *)(const void *)column);
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(rows, value));
}

static inline uint64_t equal_64(const uint8_t *column, uint8_t value)
{
    const __m128i all = _mm_set1_epi8((char)value);
    return equal_16(column, all) | equal_16(column + 16, all) << 16 |
           equal_16(column + 32, all) << 32 | equal_16(column + 48, all) << 48;
}
#endif

uint64_t tw_bits_equal(const uint8_t *column, uint8_t value, int32_t count)
{
#if defined(__SSE2__)
    if (count == TW_ROWS_AT_ONCE) {
        return equal_64(column, value);
    }
#endif
    uint64_t bits = 0;
    for (int32_t i = 0; i < count; i++) {
        bits |= (uint64_t)(column[i] == value) << i;
    }
    return bits;
}

uint64_t tw_bits_marked(const int16_t *column, const uint8_t *mark, int32_t count)
{
    uint64_t bits = 0;
    int32_t i = 0;
    for (; i + 4 <= count; i += 4) {
        const uint64_t four = (uint64_t)mark[column[i]] | (uint64_t)mark[column[i + 1]] << 1 |
                              (uint64_t)mark[column[i + 2]] << 2 |
                              (uint64_t)mark[column[i + 3]] << 3;
        bits |= four << i;
    }
    for (; i < count; i++) {
        bits |= (uint64_t)mark[column[i]] << i;
    }
    return bits;
}

int32_t tw_rows_equal(const uint8_t *column, uint8_t value, int32_t count, int32_t *row)
{
    int32_t num = 0;
    for (int32_t i = 0; i < count; i += TW_ROWS_AT_ONCE) {
        const uint64_t bits = tw_bits_equal(column + i, value, tw_rows_from(i, count));
        num += tw_list_bits(bits, i, row + num);
    }
    return num;
}
