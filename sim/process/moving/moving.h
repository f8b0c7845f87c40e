/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Search for and choice of a place.
 *
 * A household searches with a hazard by age of its reference person and by what has happened to it
 * (search.h); some of those displaced by a hazard do so at once. It compares its present place with
 * all towns of the region; nobody chooses "to stay": staying is the present place without moving
 * cost. Utility of a place = value + services + nearness + network - cost + taste. Services count
 * for those of an age that they are for, and less for who is registered elsewhere.
 *
 * Taste is exactly Gumbel, lasting in part: T = rho (log S + G), S positive-stable(rho) keyed by
 * (reference person, place), G Gumbel keyed also by the quarter: correlation 1 - rho^2. Places are
 * nested (own village; county towns; cities with the capital): lambda (log S_nest + T) with S_nest
 * positive-stable(lambda) gives the nested logit P(j|B) ~ exp(V_j / lambda).
 *
 * A household that the run found in a place has chosen it before: its lasting tastes are drawn
 * given that choice (lasting.h), so that the run does not begin with a burst.
 */
#ifndef TW_PROCESS_MOVING_H
#define TW_PROCESS_MOVING_H

#include "process/world.h"

/** What a household does about its place in a quarter. */
typedef enum tw_act {
    TW_ACT_NONE,
    TW_ACT_SEARCH,     /**< compares its place with all towns */
    TW_ACT_RETURN,     /**< goes back to its village or the town of its home county */
    TW_ACT_FOUNDED,    /**< founded without a dwelling, applies for one */
    TW_ACT_PUBLIC_EXIT /**< leaves public rental housing */
} tw_act;

/**
 * A place as a household that searches compares it: utility = known + lasting + passing, and known
 * = value + services + nearness + network - cost.
 */
typedef struct tw_prospect {
    int zone;
    double value, services, nearness, network;
    double cost;    /**< of a move there with the risk to the land; at home what was lost there */
    double known;   /**< all but the tastes */
    double lasting; /**< taste for the place and its nest that stays */
    double passing; /**< taste of this quarter */
    double utility;
} tw_prospect;

/** Once, after the first tw_moving_open: publishes what the households of a zone compare then. */
void tw_moving_start(tw_world *world);

/** Serial phase, first: travel minutes between seats and to the villages, when roads have changed.
 */
TW_MUST_CHECK tw_status tw_moving_travel(tw_world *world);

/** Serial phase: values of places, nearness, network, search hazard by age. */
void tw_moving_open(tw_world *world);

/**
 * Pass over blocks, after the rebuild: candidates search or go back and apply.
 * Draws: SEARCH, TASTE_NEST, TASTE_LASTING, TASTE_QUARTER, LOTTERY, TAKE_UP, PUBLIC_EXIT.
 */
TW_MUST_CHECK tw_status tw_moving_block(tw_world *world, tw_worker *worker, int32_t block_index);

/** What a candidate of the quarter does: the decision of tw_moving_block, without its effects. */
tw_act tw_moving_act(const tw_world *world, const tw_block *block, const tw_candidate *candidate);

/**
 * All places that a household compares if it searches in this quarter: as tw_moving_block does, but
 * with the tastes of every place.
 *
 * @param worker  lends its workspace
 * @param out     [num_counties + 1] the towns by county; last the village of the county, which only
 *                those who live in it compare
 * @return index of the present place in `out`
 */
int32_t tw_moving_prospects(const tw_world *world, tw_worker *worker, const tw_block *block,
                            int32_t row, tw_prospect *out);

/** Applications that were served become moves. Parallel over workers: each has blocks of its own.
 */
TW_MUST_CHECK tw_status tw_moving_deliver(tw_world *world);

#endif
