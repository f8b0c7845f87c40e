/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Arrivals from and departures to outside the region.
 *
 * Departures: households whose reference person is registered outside leave with a hazard of one
 * over the mean length of stay. Arrivals replace the stock of the start and add the net flow; they
 * come alone to a dormitory or as families who need a dwelling, and spread over zones as the stock
 * registered outside does at the start, times (jobs per worker / its start value) ^ response.
 */
#ifndef TW_PROCESS_OUTSIDE_H
#define TW_PROCESS_OUTSIDE_H

#include "process/world.h"

/** Serial phase: whole households due by zone and type, probability of departure. */
void tw_outside_open(tw_world *world);

/**
 * Pass over blocks, before the rebuild: fills worker->departing, ascending.
 * Draws: DEPARTURE for candidates registered outside.
 */
void tw_outside_departures(tw_world *world, tw_worker *worker, tw_block *block,
                           int32_t first_candidate);

/** After the pass: families among the arrivals apply for dwellings (block = -1). */
TW_MUST_CHECK tw_status tw_outside_apply(tw_world *world);

/**
 * After clearing: the arriving households are made and put into blocks. A family that found no
 * dwelling does not come and is counted as refused.
 * Draws: ARRIVAL, key = the household's uid.
 */
TW_MUST_CHECK tw_status tw_outside_arrive(tw_world *world);

#endif
