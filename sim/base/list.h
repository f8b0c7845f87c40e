/* SPDX-License-Identifier: Apache-2.0 */
/** Room in lists that grow. */
#ifndef TW_BASE_LIST_H
#define TW_BASE_LIST_H

#include <stddef.h>
#include <stdint.h>

/**
 * A list with room for so many rows: as it is, or moved to where there is room for twice as many.
 *
 * @param list  rows of `each` bytes, or NULL: none yet
 * @param max   rows there is room for; raised when the list moves
 * @return the list, or NULL when memory is short: it is where and as it was then
 */
void *tw_list_fit(void *list, int32_t *max, int32_t rows, size_t each);

#endif
