/* SPDX-License-Identifier: Apache-2.0 */
/** Marks of rows, in vectors. */
#include "base/rows.h"

#include "base/clones.h"

TW_CLONES static void mark_equal(const uint8_t *restrict column, uint8_t value, int32_t count,
                                 uint8_t *restrict passed)
{
    for (int32_t i = 0; i < count; i++) {
        passed[i] = column[i] == value;
    }
}

int32_t tw_rows_equal(const uint8_t *column, uint8_t value, int32_t count, uint8_t *passed,
                      int32_t *row)
{
    mark_equal(column, value, count, passed);
    return tw_compact_rows(passed, count, row);
}
