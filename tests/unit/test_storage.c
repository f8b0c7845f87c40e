/* SPDX-License-Identifier: Apache-2.0 */
/** Pieces of storage: aligned, apart from each other, given back in any order. */
#include "population/storage.h"

#include <stdint.h>
#include <stdlib.h>

#include "test.h"

enum { NUM = 100 };

/* More than one chunk of pieces of different sizes, and some too large for one. */
static size_t bytes_of(int i)
{
    return i % 25 == 24 ? (size_t)5 << 20 : (size_t)(i + 1) * 4096 - (size_t)i;
}

static void pieces_are_apart(void)
{
    unsigned char *piece[NUM];
    int filled = 0, intact = 0;
    for (int i = 0; i < NUM; i++) {
        piece[i] = tw_storage_take(bytes_of(i));
        filled += piece[i] != NULL && (uintptr_t)piece[i] % TW_STORAGE_ALIGNMENT == 0;
        if (piece[i] != NULL) {
            memset(piece[i], i, bytes_of(i));
        }
    }
    for (int i = 0; i < NUM; i++) {
        intact += piece[i] != NULL && piece[i][0] == i && piece[i][bytes_of(i) - 1] == i;
    }
    CHECK_EQ_INT(filled, NUM);
    CHECK_EQ_INT(intact, NUM);
    for (int i = 0; i < NUM; i++) {
        tw_storage_give(piece[i * 37 % NUM]);
    }
}

static void comes_again_after_all_is_back(void)
{
    tw_storage_give(NULL);
    for (int i = 0; i < 3; i++) {
        void *piece = tw_storage_take(1);
        CHECK(piece != NULL);
        tw_storage_give(piece);
    }
}

int main(void)
{
    RUN(pieces_are_apart);
    RUN(comes_again_after_all_is_back);
    return REPORT();
}
