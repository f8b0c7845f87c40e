/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Dated flows beside the moves by own choice: relocation and reclassification.
 *
 * Relocation moves households from a rural zone to another county by the region's dated table.
 * Reclassification relabels households in place, rural to town or back. Of 2010-20 only the sum of
 * exit, relocation and relabelling is known: `organised.exit_share` of it is organised; what the
 * tables do not explain is spread over rural zones by population. After 2020 only the tables act.
 */
#ifndef TW_PROCESS_ORGANISED_H
#define TW_PROCESS_ORGANISED_H

#include "process/world.h"

/** Once: the flows of the run from the region's tables. */
TW_MUST_CHECK tw_status tw_organised_start(tw_world *world);

/** Serial phase: how many persons each flow moves in this quarter. */
void tw_organised_open(tw_world *world);

/**
 * Pass over blocks, after the rebuild: households of zones with a flow due enter its lottery.
 * Draws: RELOCATION (lottery and town or village), RECLASSIFICATION.
 */
TW_MUST_CHECK tw_status tw_organised_block(tw_world *world, tw_worker *worker, int32_t block_index);

/** Clears and delivers, before the markets for dwellings. */
TW_MUST_CHECK tw_status tw_organised_clear(tw_world *world);

#endif
