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

/** Applications that were served become moves. Parallel over workers: each has blocks of its own.
 */
TW_MUST_CHECK tw_status tw_moving_deliver(tw_world *world);

#endif
