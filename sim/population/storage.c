/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Chunks of large pages, cut into pieces. A block is smaller than a large page and has two dozen
 * columns: on pages of 4 KiB, looking up addresses takes several percent of a quarter. A chunk goes
 * back to the system when all its pieces have been given back: blocks that outgrow theirs leave
 * holes, at most as much as they have.
 */
#define _DEFAULT_SOURCE /* madvise */
#include "population/storage.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#define PAGE_BYTES ((size_t)2 << 20)
enum { PAGES = 4 };
static const size_t chunk_bytes = PAGES * PAGE_BYTES;

/** At the start of a chunk. */
typedef struct chunk {
    size_t used; /**< bytes, from the start */
    int64_t pieces;
} chunk;

/** Before each piece: the chunk that it was cut from, or NULL: a piece of its own. */
typedef union piece {
    chunk *from;
    char room[TW_STORAGE_ALIGNMENT];
} piece;

/* What pieces are cut from now. Only sanitizers see pieces apart, so they get pieces of their own.
 */
static chunk *current;
#if defined(__SANITIZE_ADDRESS__)
static const int with_chunks = 0;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
static const int with_chunks = 0;
#else
static const int with_chunks = 1;
#endif
#else
static const int with_chunks = 1;
#endif

static chunk *chunk_create(void)
{
    chunk *made = aligned_alloc(PAGE_BYTES, chunk_bytes);
    if (made != NULL) {
#ifdef MADV_HUGEPAGE
        (void)madvise(made, chunk_bytes, MADV_HUGEPAGE); /* slower, but no worse, without */
#endif
        *made = (chunk){.used = TW_STORAGE_ALIGNMENT};
    }
    return made;
}

/* The next piece of the current chunk, or of a new one. */
static piece *cut(size_t bytes)
{
    if (current == NULL || current->used + bytes > chunk_bytes) {
        chunk *made = chunk_create();
        if (made == NULL) {
            return NULL;
        }
        current = made;
    }
    piece *one = (piece *)(void *)((char *)current + current->used);
    one->from = current;
    current->used += bytes;
    current->pieces++;
    return one;
}

static void give_back(chunk *from)
{
    if (--from->pieces == 0) {
        current = from == current ? NULL : current;
        free(from);
    }
}

void *tw_storage_take(size_t bytes)
{
    const size_t lines = (bytes + TW_STORAGE_ALIGNMENT - 1) / TW_STORAGE_ALIGNMENT + 1;
    piece *one = NULL;
    bytes = lines * TW_STORAGE_ALIGNMENT;
    if (with_chunks && bytes <= PAGE_BYTES) {
#pragma omp critical(tw_storage)
        one = cut(bytes);
    } else {
        one = aligned_alloc(TW_STORAGE_ALIGNMENT, bytes);
        if (one != NULL) {
            one->from = NULL;
        }
    }
    return one == NULL ? NULL : one + 1;
}

void tw_storage_give(void *storage)
{
    piece *one = storage == NULL ? NULL : (piece *)storage - 1;
    if (one == NULL) {
        return;
    }
    if (one->from == NULL) {
        free(one);
        return;
    }
#pragma omp critical(tw_storage)
    give_back(one->from);
}
