/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Who is looked at in a quarter: those of whom the leading bits of any of eight events are within
 * their limits. A limit decides what is looked at, never what happens.
 */
#ifndef TW_ENGINE_THINNING_H
#define TW_ENGINE_THINNING_H

#include "process/world.h"

/** The lane of work in the second word. */
enum { TW_WORK_SHIFT = 16 * (TW_SLOT_WORK % 4) };

/** Sets the limits of persons of the quarter, from those that processes have published. */
void tw_thinning_open(tw_world *world);

/**
 * Rows of the persons of a block of whom any event is within its limit; that of work is the highest
 * of all zones.
 *
 * @param word0  [num_persons] leading bits of events 0-3, word1 of 4-7
 * @param row    out: room for num_persons rows, ascending
 * @return number of rows
 */
int32_t tw_thin_persons(const tw_world *world, const tw_block *block, const uint64_t *word0,
                        const uint64_t *word1, int32_t *row);

/**
 * Households of a block of which any event has leading bits below the bound of the world, or that
 * wait for a home or for kin.
 *
 * @param candidate  out: room for num_households, in the order of rows
 * @return number of candidates
 */
int32_t tw_thin_households(const tw_world *world, const tw_block *block, const uint64_t *word0,
                           const uint64_t *word1, tw_candidate *candidate);

#endif
