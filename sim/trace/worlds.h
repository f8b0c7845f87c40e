/* SPDX-License-Identifier: Apache-2.0 */
/** One world, or two of which the same household meets the same luck. */
#ifndef TW_TRACE_WORLDS_H
#define TW_TRACE_WORLDS_H

#include "process/world.h"
#include "townward/trace.h"

typedef struct tw_worlds {
    int num, replicate;
    int32_t end; /**< the earlier end of the two */
    const tw_scenario *scenario[2];
    tw_world *world[2];
} tw_worlds;

/**
 * Worlds at the opening of their first quarter.
 *
 * @param other  may be NULL; else it must have the region, start and seed of the first (BAD_INPUT)
 * @param out    to be freed even on failure (tw_worlds_free)
 */
TW_MUST_CHECK tw_status tw_worlds_create(const tw_scenario *scenario, const tw_scenario *other,
                                         const tw_trace_options *options, tw_report *report,
                                         tw_worlds *out);
void tw_worlds_free(tw_worlds *worlds);

#endif
