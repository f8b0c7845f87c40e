/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The composition of the population on 1 November: persons by age, sex, marital status, schooling
 * and registration, families by size and generations, per zone. Counted from households and persons
 * each time; nothing is kept in between.
 */
#ifndef TW_ENGINE_COMPOSITION_H
#define TW_ENGINE_COMPOSITION_H

#include "process/world.h"

/**
 * Counts the whole population.
 *
 * @param cell  out: [num_zones][tw_composition_cells()], order of cells as in tw_composition_at
 * @return OK or NO_MEMORY. Parallel over blocks; sums of integers, so threads do not matter.
 */
TW_MUST_CHECK tw_status tw_composition_count(const tw_world *world, int64_t *cell);

#endif
