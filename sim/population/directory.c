/* SPDX-License-Identifier: Apache-2.0 */
/** Where households lie: the block of a uid, blocks that split when full and shrink when idle. */
#include <stdlib.h>
#include <string.h>

#include "population/block.h"

/* A hash of its own, so that splits do not follow the bits that chose the start block. */
static uint64_t place_hash(uint64_t uid)
{
    return tw_mix2(uid, UINT64_C(0x70b1ace5));
}

int tw_split_bit(uint64_t uid, int32_t split)
{
    return (int)(place_hash(uid) >> split & 1);
}

/* Moves a block to storage of that many rows. */
static tw_status refit_block(tw_block *block, int32_t households, int32_t persons)
{
    tw_block fitted = {0};
    tw_status status = tw_block_reserve(&fitted, households, persons);
    if (status == TW_OK) {
        tw_block_append_rows(&fitted, block, 0, block->num_households);
        fitted.num_splits = block->num_splits;
        memcpy(fitted.split_into, block->split_into, sizeof fitted.split_into);
        tw_block_free(block);
        *block = fitted;
    }
    return status;
}

tw_status tw_population_seal(tw_population *population)
{
    const int32_t num = population->num_blocks;
    uint64_t *start = malloc(((size_t)num + 1) * sizeof(*start)), last = 0;
    if (start == NULL) {
        return TW_NO_MEMORY;
    }
    for (int32_t b = 0; b < num; b++) {
        const tw_block *block = &population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            if (block->uid[h] <= last || !tw_is_start_uid(block->uid[h])) {
                free(start);
                return TW_BAD_STATE;
            }
            last = block->uid[h];
        }
        start[b] = block->num_households > 0 ? block->uid[0] : last;
    }
    free(population->start_uid);
    population->start_uid = start;
    population->num_start_blocks = num;
    return TW_OK;
}

/* The last start block whose first household is not behind the uid. */
static int32_t start_block(const tw_population *population, uint64_t uid)
{
    const int32_t num = population->num_start_blocks;
    if (!tw_is_start_uid(uid)) {
        return (int32_t)((place_hash(uid) >> 32) % (uint64_t)num);
    }
    int32_t low = 0;
    for (int32_t rest = num; rest > 1;) {
        const int32_t half = rest / 2;
        low += population->start_uid[low + half] <= uid ? half : 0;
        rest -= half;
    }
    return low;
}

int32_t tw_population_block_of(const tw_population *population, uint64_t uid)
{
    int32_t block = start_block(population, uid);
    for (int32_t split = 0; split < population->blocks[block].num_splits; split++) {
        /* The part that went away carries the splits of its parent up to its own birth. */
        if (tw_split_bit(uid, split)) {
            block = population->blocks[block].split_into[split];
        }
    }
    return block;
}

int tw_population_find(const tw_population *population, uint64_t uid, tw_place *out)
{
    if (uid == 0) {
        return 0;
    }
    out->block = tw_population_block_of(population, uid);
    out->row = tw_block_find(&population->blocks[out->block], uid);
    return out->row >= 0;
}

/* Appends the households of a block on one side of a split. */
static void copy_side(const tw_block *source, int32_t split, int side, tw_block *out)
{
    for (int32_t h = 0; h < source->num_households; h++) {
        if (tw_split_bit(source->uid[h], split) == side) {
            tw_block_append_rows(out, source, h, h + 1);
        }
    }
}

static tw_status split_block(tw_population *population, int32_t index)
{
    tw_block *away = NULL, staying = {0};
    tw_status status = tw_population_open_block(population, &away);
    tw_block *block = &population->blocks[index];
    const int32_t split = block->num_splits;
    if (status == TW_OK) {
        status = tw_block_reserve(away, block->max_households, block->max_persons);
    }
    if (status == TW_OK) {
        status = tw_block_reserve(&staying, block->max_households, block->max_persons);
    }
    if (status != TW_OK) {
        return status;
    }
    copy_side(block, split, 0, &staying);
    copy_side(block, split, 1, away);
    memcpy(staying.split_into, block->split_into, sizeof staying.split_into);
    memcpy(away->split_into, block->split_into, sizeof away->split_into);
    staying.num_splits = away->num_splits = split + 1;
    const int32_t born = population->num_blocks - 1;
    staying.split_into[split] = born;
    away->split_into[split] = born;
    tw_block_free(block);
    *block = staying;
    return TW_OK;
}

/* Room of which three quarters lie idle is given back. */
static tw_status shrink_block(tw_block *block)
{
    if (4 * block->num_households + 256 > block->max_households ||
        4 * block->num_persons + 1024 > block->max_persons) {
        return TW_OK;
    }
    return refit_block(block, 2 * block->num_households + 64, 2 * block->num_persons + 256);
}

tw_status tw_population_tidy(tw_population *population)
{
    tw_status status = TW_OK;
    for (int32_t b = 0; b < population->num_blocks && status == TW_OK; b++) {
        const tw_block *block = &population->blocks[b];
        if (block->num_households > 2 * population->block_size &&
            block->num_splits < TW_MAX_SPLITS) {
            status = split_block(population, b);
        } else {
            status = shrink_block(&population->blocks[b]);
        }
    }
    return status;
}
