/* SPDX-License-Identifier: Apache-2.0 */
/** What may be done to a block of households: grow, append, rebuild with edits, find, digest. */
#ifndef TW_POPULATION_BLOCK_H
#define TW_POPULATION_BLOCK_H

#include "base/digest.h"
#include "townward/population.h"

typedef enum tw_edit_kind {
    TW_EDIT_REMOVE_PERSON,
    TW_EDIT_ADD_PERSON,
    TW_EDIT_SET_MARITAL, /**< of `person`, to added.marital */
    TW_EDIT_REMOVE_HOUSEHOLD
} tw_edit_kind;

/** One change of a block's rows. A list of edits is sorted by household, then as it was made. */
typedef struct tw_edit {
    tw_edit_kind kind;
    int32_t block;     /**< of the population; the rebuild of a block does not read it */
    int32_t household; /**< row */
    int32_t person;    /**< row of the person removed or changed */
    tw_person added;
} tw_edit;

/** Rows that move together: `count` of them from one row on to another. */
typedef struct tw_row_run {
    int32_t from, to, count;
} tw_row_run;

typedef struct tw_edits {
    int32_t count, max;
    tw_edit *row;
    int32_t num_dropped, max_dropped;
    int32_t *dropped; /**< out of tw_block_rebuild: old rows of households that ended, ascending */
    tw_household *ended;       /**< the same: these households as they were */
    tw_row_run *run;           /**< workspace of tw_block_rebuild, [2 max_dropped + 2] */
    int32_t max_first, *first; /**< the same, [max_first + 1]: first persons before the edits */
} tw_edits;

/** Makes room; keeps the rows. May move all columns. */
TW_MUST_CHECK tw_status tw_block_reserve(tw_block *block, int32_t households, int32_t persons);
void tw_block_free(tw_block *block);
/** A copy with the same room; what `out` held before is not freed. */
TW_MUST_CHECK tw_status tw_block_copy(const tw_block *source, tw_block *out);

/** Appends a household; room must have been reserved. */
void tw_block_append(tw_block *block, const tw_household *household, int num_persons,
                     const tw_person *persons);

/** Appends the households [from, to) of another block; room must have been reserved. */
void tw_block_append_rows(tw_block *block, const tw_block *source, int32_t from, int32_t to);

/** Room for so many edits in all; keeps those there are. */
TW_MUST_CHECK tw_status tw_edits_reserve(tw_edits *edits, int32_t rows);
/** Room for one more edit; returns it zeroed, or NULL when memory is short. */
tw_edit *tw_edits_add(tw_edits *edits);
void tw_edits_free(tw_edits *edits);

/**
 * Applies edits: the block's rows move up or down over what was removed, and from what was added
 * (last in its household). A household without persons ends. Rows keep their
 * order. Of the persons of an edited household who stay none may have unit 0: that marks who goes.
 * Of an edited household the first person of 15 or over comes first: its reference person;
 * where there is none, it is flagged TW_ORPHANED.
 *
 * @param edits    sorted by household; `dropped` and `ended` receive the households that ended
 * @param quarter  that ages are taken at
 */
TW_MUST_CHECK tw_status tw_block_rebuild(tw_block *block, tw_edits *edits, int32_t quarter);

/** Makes room for so many more rows, with slack for what follows. May move all columns. */
TW_MUST_CHECK tw_status tw_block_grow(tw_block *block, int32_t households, int32_t persons);

/**
 * Zones of residence by person.
 *
 * @param zone  out: [num_persons + TW_SPREAD], what lies behind the persons is undefined
 */
void tw_block_spread_zones(const tw_block *block, int16_t *zone);
enum { TW_SPREAD = 8 };

/** The row after the neighbours of one zone from a row on, of at most `most` persons together. */
static inline int32_t tw_block_end_of_neighbours(const tw_block *block, int32_t row, int32_t most)
{
    const int16_t zone = block->zone[row];
    const int32_t end = block->first_person[row] + most;
    int32_t next = row + 1;
    while (next < block->num_households && block->zone[next] == zone &&
           block->first_person[next + 1] <= end) {
        next++;
    }
    return next;
}

/** Fetches what a household and one of its persons have in all columns; changes nothing. */
void tw_block_prefetch(const tw_block *block, int32_t household, int32_t person);

/** Row of a household uid, or -1. Of the rows that came after the start looks through all. */
int32_t tw_block_find(const tw_block *block, uint64_t uid);

/** Row of the household that holds a person row. */
int32_t tw_block_household_of(const tw_block *block, int32_t person);

tw_household tw_block_household(const tw_block *block, int32_t row);
tw_person tw_block_person(const tw_block *block, int32_t row);

/** Adds every household and person, with its household's uid, to a digest. */
void tw_block_digest(const tw_block *block, tw_digest *digest);

/** Digest of a population: independent of order, blocks and threads. */
tw_digest tw_population_digest(const tw_population *population, int num_threads);

/** Bit n of the hash by which blocks split. */
int tw_split_bit(uint64_t uid, int32_t split);

/**
 * Splits every block of more than twice the block size, and gives room back where three quarters
 * of it lie idle. Changes no household and no digest. Not for parallel use.
 */
TW_MUST_CHECK tw_status tw_population_tidy(tw_population *population);

/** One more block, which is returned without rows or room. */
TW_MUST_CHECK tw_status tw_population_open_block(tw_population *population, tw_block **out);

#endif
