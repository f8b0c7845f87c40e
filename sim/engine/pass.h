/* SPDX-License-Identifier: Apache-2.0 */
/** The one parallel pass over the blocks of a quarter, and the recount that checks it. */
#ifndef TW_ENGINE_PASS_H
#define TW_ENGINE_PASS_H

#include "process/world.h"

/** Every block: events, rebuild, decisions against the published state, counts. */
TW_MUST_CHECK tw_status tw_pass_blocks(tw_world *world);

/** Adds the workers' tallies to the zones, and the migrants they counted to the world. */
void tw_pass_join(tw_world *world);

/** Only the counts: what the first quarter is informed by. */
TW_MUST_CHECK tw_status tw_pass_count(tw_world *world);

/** Pairs orphans with hosts and moves them; after all lists that name rows have been delivered. */
TW_MUST_CHECK tw_status tw_pass_messages(tw_world *world);

/**
 * Recounts persons, families, collectives and dwellings lived in from the blocks.
 * @return OK, or BAD_STATE with the first difference in the report
 */
TW_MUST_CHECK tw_status tw_pass_verify(const tw_world *world, tw_report *report);

#endif
