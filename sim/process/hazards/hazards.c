/* SPDX-License-Identifier: Apache-2.0 */
/** Rooms of the hazards, and their part in the pass over blocks: who is displaced. */
#include "process/hazards/hazards.h"

#include <stdlib.h>

#include "base/rows.h"

tw_status tw_hazards_start(tw_world *world)
{
    tw_hazard_state *hazard = &world->hazard;
    const size_t zones = (size_t)world->num_zones;
    const int64_t quarters = world->settings->run_end - world->start;
    world->service_lost = calloc(zones, sizeof(*world->service_lost));
    if (world->settings->hazards == TW_PROCESS_NONE || world->service_lost == NULL) {
        return world->service_lost == NULL ? TW_NO_MEMORY : TW_OK;
    }
    hazard->num_slots = (int32_t)(quarters > 0 ? quarters : 0) + 1;
    const size_t cells = (size_t)hazard->num_slots * zones;
    hazard->loss = calloc(zones, sizeof(*hazard->loss));
    hazard->until = calloc(zones, sizeof(*hazard->until));
    hazard->share = calloc(zones, sizeof(*hazard->share));
    hazard->last = calloc(zones, sizeof(*hazard->last));
    hazard->restored = calloc(zones, 1);
    hazard->busy = calloc(zones, 1);
    hazard->due = calloc(cells * TW_LOST_KINDS, sizeof(*hazard->due));
    hazard->service_kept = calloc(cells, sizeof(*hazard->service_kept));
    if (hazard->loss == NULL || hazard->until == NULL || hazard->share == NULL ||
        hazard->last == NULL || hazard->restored == NULL || hazard->busy == NULL ||
        hazard->due == NULL || hazard->service_kept == NULL) {
        return TW_NO_MEMORY;
    }
    for (size_t i = 0; i < cells; i++) {
        hazard->service_kept[i] = 1;
    }
    return TW_OK;
}

void tw_hazards_free(tw_world *world)
{
    tw_hazard_state *hazard = &world->hazard;
    free(world->service_lost);
    free(hazard->loss);
    free(hazard->until);
    free(hazard->share);
    free(hazard->last);
    free(hazard->restored);
    free(hazard->busy);
    free(hazard->due);
    free(hazard->service_kept);
}

/* A counted dwelling of a town leaves the stock; its household applies for another one. */
static void lose_counted(tw_worker *worker, tw_block *block, int32_t row)
{
    const int zone = block->zone[row], public = block->tenure[row] == TW_PUBLIC_RENTAL;
    TW_AT(&worker->tally, dwellings, zone) -= !public;
    TW_AT(&worker->tally, dwellings_used, zone) -= !public;
    TW_AT(&worker->tally, public_dwellings, zone) -= public;
    TW_AT(&worker->tally, public_used, zone) -= public;
    block->tenure[row] = TW_OTHER_TENURE;
    block->subsidy_kind[row] = 0;
    block->flags[row] |= TW_SEEKS_DWELLING;
}

static void displace(const tw_world *world, tw_worker *worker, tw_block *block, int32_t row)
{
    static const int kind_of[TW_NUM_TENURES] = {
        TW_LOST_HOUSE, TW_LOST_MARKET, TW_LOST_MARKET, TW_LOST_PUBLIC, -1, -1};
    const int zone = block->zone[row], kind = kind_of[block->tenure[row]];
    block->flags[row] |= TW_DISPLACED;
    if (kind < 0) {
        return; /* with kin or an employer: no dwelling of the stock */
    }
    worker->lost[(size_t)kind * (size_t)world->num_zones + (size_t)zone] += 1;
    TW_AT(&worker->tally, dwellings_lost, zone) += 1;
    if (kind != TW_LOST_HOUSE) {
        lose_counted(worker, block, row);
    }
}

/*
 * The household acts in this quarter: its row among the candidates [*next, noted) of the first
 * pass, which are in order, or a row behind them of which no other event happens.
 */
static void let_act(tw_worker *worker, int32_t row, int32_t *next, int32_t noted)
{
    while (*next < noted && worker->acting[*next].row < row) {
        (*next)++;
    }
    if (*next < noted && worker->acting[*next].row == row) {
        worker->acting[*next].flags &= ~TW_DISPLACED;
        return;
    }
    worker->acting[worker->num_acting++] = (tw_candidate){
        row, 0, {UINT64_MAX, UINT64_MAX}
    };
}

static int loses_dwelling(const tw_world *world, const tw_block *block, int32_t row)
{
    const double loss = world->hazard.loss[block->zone[row]];
    if (loss <= 0 || block->tenure[row] == TW_COLLECTIVE || (block->flags[row] & TW_DISPLACED)) {
        return 0;
    }
    const tw_draw draw =
        tw_draw_at(world->key, TW_DRAW_DWELLING_LOST, block->uid[row], world->quarter, 0);
    return tw_uniform(draw.word[0]) < loss;
}

/* Of those displaced, in the share of the dwellings that were rebuilt. */
static int gets_home_back(const tw_world *world, const tw_block *block, int32_t row)
{
    const double share = world->hazard.share[block->zone[row]];
    if (share >= 1 || !(block->flags[row] & TW_DISPLACED)) {
        return share >= 1;
    }
    const tw_draw draw =
        tw_draw_at(world->key, TW_DRAW_DWELLING_LOST, block->uid[row], world->quarter, 2);
    return tw_uniform(draw.word[0]) < share;
}

/* A household of a zone that was struck, or is being rebuilt. */
static void displace_or_restore(const tw_world *world, tw_worker *worker, tw_block *block,
                                int32_t row, int32_t *next, int32_t noted)
{
    const int zone = block->zone[row];
    if (world->hazard.restored[zone] && gets_home_back(world, block, row)) {
        block->flags[row] &= (uint8_t)~TW_DISPLACED;
    }
    if (loses_dwelling(world, block, row)) {
        displace(world, worker, block, row);
        let_act(worker, row, next, noted);
    }
    TW_AT(&worker->tally, displaced, zone) += (block->flags[row] & TW_DISPLACED) != 0;
}

void tw_hazards_block(tw_world *world, tw_worker *worker, int32_t block_index)
{
    const tw_hazard_state *hazard = &world->hazard;
    if (world->settings->hazards == TW_PROCESS_NONE || !hazard->any_busy) {
        return;
    }
    tw_block *block = &world->population->blocks[block_index];
    const int32_t noted = worker->num_acting, rows = block->num_households;
    int32_t next = 0;
    for (int32_t i = 0; i < rows; i += TW_ROWS_AT_ONCE) {
        const int32_t some = tw_rows_from(i, rows);
        uint64_t bits = tw_bits_marked(block->zone + i, hazard->busy, some);
        for (; bits != 0; bits &= bits - 1) {
            displace_or_restore(world, worker, block, i + tw_lowest_bit(bits), &next, noted);
        }
    }
}
