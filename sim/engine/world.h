/* SPDX-License-Identifier: Apache-2.0 */
/** Making and freeing the world that processes share. */
#ifndef TW_ENGINE_WORLD_H
#define TW_ENGINE_WORLD_H

#include "process/world.h"

/**
 * A world at the opening of its first quarter: zones counted, markets at rest, flows listed.
 *
 * @param population  becomes the world's own on success
 */
TW_MUST_CHECK tw_status tw_world_create(const tw_scenario *scenario, int replicate, int num_threads,
                                        tw_population *population, tw_world **out);
/** Number of threads: as wanted, or all when that is 0. */
int tw_threads(int wanted);

/** Frees the population too. Accepts NULL. */
void tw_world_free(tw_world *world);

/** Digest of everything that the future depends on. */
tw_digest tw_world_digest(const tw_world *world);

#endif
