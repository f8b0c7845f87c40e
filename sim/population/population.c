/* SPDX-License-Identifier: Apache-2.0 */
/** A population as a growing list of blocks; its totals and its digest. */
#include "townward/population.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "population/block.h"

static tw_status create_empty(int32_t block_size, tw_population **out)
{
    tw_population *population = calloc(1, sizeof(*population));
    if (population == NULL) {
        return TW_NO_MEMORY;
    }
    population->block_size = block_size;
    *out = population;
    return TW_OK;
}

void tw_population_free(tw_population *population)
{
    if (population == NULL) {
        return;
    }
    for (int32_t b = 0; b < population->num_blocks; b++) {
        tw_block_free(&population->blocks[b]);
    }
    free(population->blocks);
    free(population->start_uid);
    free(population);
}

tw_status tw_population_open_block(tw_population *population, tw_block **out)
{
    tw_block *blocks = tw_list_fit(population->blocks, &population->max_blocks,
                                   population->num_blocks + 1, sizeof(*blocks));
    if (blocks == NULL) {
        return TW_NO_MEMORY;
    }
    population->blocks = blocks;
    tw_block *block = &population->blocks[population->num_blocks];
    memset(block, 0, sizeof *block);
    population->num_blocks++;
    *out = block;
    return TW_OK;
}

/* Rows of one part that are among rows [from, to) of all parts together. */
typedef struct slice {
    int32_t low, high;
} slice;

static slice slice_of(const int64_t *before, int32_t part, int64_t from, int64_t to)
{
    const int64_t low = before[part] > from ? before[part] : from;
    const int64_t high = before[part + 1] < to ? before[part + 1] : to;
    return (slice){(int32_t)(low - before[part]), (int32_t)(high - before[part])};
}

/* Those rows into an empty block with room in proportion, enough for most to grow for ten years:
 * copying one to fresh memory costs a quarter far more than the room. */
static tw_status fill_block(tw_block *block, const tw_block *part, const int64_t *before,
                            int64_t from, int64_t to)
{
    const int32_t households = (int32_t)(to - from);
    int32_t first = 0, persons = 0;
    while (before[first + 1] <= from) {
        first++;
    }
    for (int32_t p = first; before[p] < to; p++) {
        const slice rows = slice_of(before, p, from, to);
        if (rows.high > rows.low) {
            persons += part[p].first_person[rows.high] - part[p].first_person[rows.low];
        }
    }
    const tw_status status = tw_block_reserve(block, households + 3 * households / 8 + 64,
                                              persons + 3 * persons / 8 + 256);
    for (int32_t p = first; before[p] < to && status == TW_OK; p++) {
        const slice rows = slice_of(before, p, from, to);
        tw_block_append_rows(block, &part[p], rows.low, rows.high);
    }
    return status;
}

/* Opens and fills the blocks; `before`: rows before each part. */
static tw_status fill_blocks(tw_population *population, const tw_block *part, const int64_t *before,
                             int64_t rows, int num_threads)
{
    const int64_t size = population->block_size;
    tw_status status = TW_OK;
    tw_block *block = NULL;
    int failed = 0;
    for (int64_t at = 0; at < rows && status == TW_OK; at += size) {
        status = tw_population_open_block(population, &block);
    }
    const int32_t blocks = status == TW_OK ? population->num_blocks : 0;
    (void)num_threads;
#pragma omp parallel for schedule(static) num_threads(num_threads) reduction(| : failed)
    for (int32_t b = 0; b < blocks; b++) {
        const int64_t from = b * size, to = from + size < rows ? from + size : rows;
        failed |= fill_block(&population->blocks[b], part, before, from, to) != TW_OK;
    }
    return failed ? TW_NO_MEMORY : status;
}

tw_status tw_population_create(int32_t block_size, const tw_block *part, int32_t num_parts,
                               int num_threads, tw_population **out)
{
    tw_population *population = NULL;
    int64_t *before = calloc((size_t)num_parts + 1, sizeof(*before));
    tw_status status = before == NULL ? TW_NO_MEMORY : create_empty(block_size, &population);
    if (status == TW_OK) {
        for (int32_t p = 0; p < num_parts; p++) {
            before[p + 1] = before[p] + part[p].num_households;
        }
        status = fill_blocks(population, part, before, before[num_parts], num_threads);
    }
    free(before);
    if (status != TW_OK) {
        tw_population_free(population);
        return status;
    }
    *out = population;
    return TW_OK;
}

tw_status tw_population_copy(const tw_population *source, tw_population **out)
{
    tw_population *copy = NULL;
    tw_status status = create_empty(source->block_size, &copy);
    if (status != TW_OK) {
        return status;
    }
    copy->blocks = calloc((size_t)source->num_blocks + 1, sizeof(*copy->blocks));
    if (copy->blocks == NULL) {
        tw_population_free(copy);
        return TW_NO_MEMORY;
    }
    copy->max_blocks = source->num_blocks + 1;
    for (int32_t b = 0; b < source->num_blocks && status == TW_OK; b++) {
        status = tw_block_copy(&source->blocks[b], &copy->blocks[b]);
        copy->num_blocks += status == TW_OK;
    }
    copy->num_start_blocks = source->num_start_blocks;
    if (status == TW_OK && source->num_start_blocks > 0) {
        const size_t bytes = (size_t)source->num_start_blocks * sizeof(*copy->start_uid);
        copy->start_uid = malloc(bytes);
        status = copy->start_uid == NULL ? TW_NO_MEMORY : TW_OK;
        if (status == TW_OK) {
            memcpy(copy->start_uid, source->start_uid, bytes);
        }
    }
    if (status != TW_OK) {
        tw_population_free(copy);
        return status;
    }
    *out = copy;
    return TW_OK;
}

tw_population_totals tw_population_count(const tw_population *population)
{
    tw_population_totals totals = {0};
    for (int32_t b = 0; b < population->num_blocks; b++) {
        const tw_block *block = &population->blocks[b];
        totals.persons += block->num_persons;
        for (int32_t h = 0; h < block->num_households; h++) {
            int32_t size = block->first_person[h + 1] - block->first_person[h];
            int family = block->tenure[h] != TW_COLLECTIVE;
            totals.families += family;
            totals.collectives += !family;
            totals.family_persons += family ? size : 0;
            totals.urban_persons += block->zone[h] % TW_NUM_ZONE_KINDS == TW_TOWN ? size : 0;
        }
    }
    return totals;
}

tw_digest tw_population_digest(const tw_population *population, int num_threads)
{
    tw_digest total = {0, 0};
    (void)num_threads;
#pragma omp parallel num_threads(num_threads)
    {
        tw_digest part = {0, 0};
#pragma omp for schedule(static)
        for (int32_t b = 0; b < population->num_blocks; b++) {
            tw_block_digest(&population->blocks[b], &part);
        }
#pragma omp critical(tw_population_digest)
        tw_digest_join(&total, part);
    }
    return total;
}
