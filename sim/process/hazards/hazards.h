/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Earthquakes and floods: dwellings and services are lost, later they stand again.
 *
 * Events whose date is known are data of the region; others strike by chance, per county and kind
 * with the frequencies of the region. Chance is keyed by the county's code, so it is the same in
 * every scenario. A family of a struck zone loses its dwelling with the event's share; it is then
 * displaced: some (`hazards.search_share`) look for another place at once, and its present place is
 * worth `hazards.displaced_loss` less to it until it moves or its zone is reconstructed.
 *
 * In a town a counted dwelling leaves the stock and comes back at reconstruction; its household
 * lives with kin or in emergency housing (TW_OTHER_TENURE) and applies for a dwelling of the town
 * every quarter. Empty dwellings are lost at the same share, rounded down. Residents of collective
 * homes are not displaced. While one loss of a zone is not made good, those displaced earlier wait
 * with it: a zone is reconstructed when its last loss is.
 */
#ifndef TW_PROCESS_HAZARDS_H
#define TW_PROCESS_HAZARDS_H

#include "process/world.h"

/**
 * Once: rooms for the whole run. Without the process only world->service_lost, all 0.
 * @return OK or NO_MEMORY; what was allocated is freed by tw_hazards_free
 */
TW_MUST_CHECK tw_status tw_hazards_start(tw_world *world);
void tw_hazards_free(tw_world *world);

/**
 * Serial phase: dwellings that are due stand again, then events strike. Publishes the share of
 * dwellings lost by zone, world->service_lost, and books empty dwellings.
 * Draws: HAZARD, one per county and kind of event, key = county code, quarter, kind.
 */
void tw_hazards_open(tw_world *world);

/**
 * Pass over blocks, after the rebuild and before moving: who loses the dwelling, whose zone is
 * reconstructed; counts the displaced. Households displaced now are added to worker->acting.
 * Draws: DWELLING_LOST, one per household of a struck zone.
 */
void tw_hazards_block(tw_world *world, tw_worker *worker, int32_t block_index);

/** Serial, at the end: what was lost is booked for its reconstruction. */
void tw_hazards_close(tw_world *world);

/** Adds what is lost, and when it comes back. */
void tw_hazards_digest(const tw_world *world, tw_digest *digest);

#endif
