/* SPDX-License-Identifier: Apache-2.0 */
/** Memory for the columns of blocks, on large pages where the system has them. */
#ifndef TW_POPULATION_STORAGE_H
#define TW_POPULATION_STORAGE_H

#include <stddef.h>

enum { TW_STORAGE_ALIGNMENT = 64 };

/** Memory aligned to TW_STORAGE_ALIGNMENT, undefined; NULL when there is none. From any thread. */
void *tw_storage_take(size_t bytes);
/** Gives back what tw_storage_take gave; accepts NULL. */
void tw_storage_give(void *storage);

#endif
