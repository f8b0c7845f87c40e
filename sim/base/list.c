/* SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"

#include <stdlib.h>

void *tw_list_fit(void *list, int32_t *max, int32_t rows, size_t each)
{
    if (list != NULL && rows <= *max) {
        return list;
    }
    const int32_t grown = 2 * rows + 64;
    void *moved = realloc(list, (size_t)grown * each);
    if (moved != NULL) {
        *max = grown;
    }
    return moved;
}
