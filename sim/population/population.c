/* SPDX-License-Identifier: Apache-2.0 */
/** A population as a growing list of blocks; its totals and its digest. */
#include "townward/population.h"

#include <stdlib.h>
#include <string.h>

#include "population/block.h"

/* Room for growth in a new block: arrivals and births, before storage has to move. */
static int32_t with_slack(int32_t rows)
{
    return rows + rows / 8 + 64;
}

tw_status tw_population_create(int32_t block_size, tw_population **out)
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
    if (population->num_blocks == population->max_blocks) {
        int32_t grown = population->max_blocks == 0 ? 64 : 2 * population->max_blocks;
        tw_block *blocks = realloc(population->blocks, (size_t)grown * sizeof(*blocks));
        if (blocks == NULL) {
            return TW_NO_MEMORY;
        }
        population->blocks = blocks;
        population->max_blocks = grown;
    }
    tw_block *block = &population->blocks[population->num_blocks];
    memset(block, 0, sizeof *block);
    int32_t size = population->block_size;
    tw_status status = tw_block_reserve(block, with_slack(size), with_slack(3 * size));
    if (status == TW_OK) {
        population->num_blocks++;
        *out = block;
    }
    return status;
}

tw_status tw_population_add(tw_population *population, const tw_household *household,
                            int num_persons, const tw_person *persons)
{
    tw_block *block =
        population->num_blocks == 0 ? NULL : &population->blocks[population->num_blocks - 1];
    tw_status status = TW_OK;
    if (block == NULL || block->num_households >= population->block_size) {
        status = tw_population_open_block(population, &block);
    }
    if (status == TW_OK && block->num_persons + num_persons > block->max_persons) {
        status = tw_block_reserve(block, block->max_households,
                                  with_slack(block->num_persons + num_persons));
    }
    if (status == TW_OK) {
        tw_block_append(block, household, num_persons, persons);
    }
    return status;
}

tw_status tw_population_copy(const tw_population *source, tw_population **out)
{
    tw_population *copy = NULL;
    tw_status status = tw_population_create(source->block_size, &copy);
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

tw_digest tw_population_digest(const tw_population *population)
{
    tw_digest total = {0, 0};
#pragma omp parallel
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
