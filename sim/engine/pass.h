/* SPDX-License-Identifier: Apache-2.0 */
/** The one parallel pass over the blocks of a quarter, and the recount that checks it. */
#ifndef TW_ENGINE_PASS_H
#define TW_ENGINE_PASS_H

#include "process/world.h"

/** First pass: events of every person and household are drawn and noted; rows stand still. */
TW_MUST_CHECK tw_status tw_pass_events(tw_world *world);

/**
 * Second pass: blocks are rebuilt with what was noted in the first pass and between the two;
 * households decide against the published state; everything is counted.
 */
TW_MUST_CHECK tw_status tw_pass_changes(tw_world *world);

/** Adds the workers' tallies to the zones, and the migrants they counted to the world. */
void tw_pass_join(tw_world *world);

/** Only the counts: what the first quarter is informed by. */
TW_MUST_CHECK tw_status tw_pass_count(tw_world *world);

/**
 * Recounts persons, families, collectives and dwellings lived in from the blocks.
 * @return OK, or BAD_STATE with the first difference in the report
 */
TW_MUST_CHECK tw_status tw_pass_verify(const tw_world *world, tw_report *report);

#endif
