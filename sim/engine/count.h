/* SPDX-License-Identifier: Apache-2.0 */
/** What is counted of the persons and households of a block: it informs the next quarter. */
#ifndef TW_ENGINE_COUNT_H
#define TW_ENGINE_COUNT_H

#include "process/world.h"

/**
 * Workers, work, registration and migrants by zone, until tw_count_book. worker->person_zone
 * holds the zones; worker->kind and worker->person_row have room for the persons and households.
 *
 * @param residence  1: one more quarter for households of which a member is registered elsewhere
 */
void tw_count_block(const tw_world *world, tw_worker *worker, tw_block *block, int residence);

/** After the pass: takes what was counted of a worker's blocks into its tally. */
void tw_count_book(const tw_world *world, tw_worker *worker);

/** Married women and all women by age, which inform the births of the next year. */
void tw_count_women(const tw_world *world, tw_worker *worker, const tw_block *block);

#endif
