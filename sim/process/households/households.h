/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How households form, change and end.
 *
 * Persons look for a partner, part, leave the household alone (for work or a home of their own), or
 * leave the parental home as a couple; elders, single persons and orphans join their kin; who lives
 * in a collective home leaves it. Whoever leaves founds a household or joins one; deaths and
 * departures end some. Levels by age are settings (`households.*`), most of them assumed; two are
 * calibrated to the number of households of 2020. docs/model.md has the rules and their limits.
 *
 * Events are drawn in the first pass (tw_households_person, tw_households_block); partners and kin
 * are found between the passes (tw_households_match); all transfers take effect in the second pass,
 * when blocks are rebuilt.
 */
#ifndef TW_PROCESS_HOUSEHOLDS_H
#define TW_PROCESS_HOUSEHOLDS_H

#include "process/world.h"

/** Serial phase: publishes the probabilities of the quarter and their bounds. */
void tw_households_open(tw_world *world);

/**
 * First pass: parting, leaving alone or as a couple, seeking a partner.
 *
 * Draws: PARTING, LEAVE, SPLIT and UNION beyond the leading bits; LEAVER for one who leaves alone.
 */
TW_MUST_CHECK tw_status tw_households_person(tw_world *world, tw_worker *worker,
                                             const tw_subject *subject);

/**
 * First pass, after the persons of a block: candidates that host, join kin or leave a collective
 * home, and orphans.
 *
 * @param first_edit  first edit of this block in worker->changes
 * Draws: COLLECTIVE_EXIT, JOIN_KIN; HOST is the leading bits alone.
 */
TW_MUST_CHECK tw_status tw_households_block(tw_world *world, tw_worker *worker, int32_t block_index,
                                            int32_t first_edit, int32_t first_candidate);

/** Between the passes: kin and hosts are found, then partners; writes world->transfers. */
TW_MUST_CHECK tw_status tw_households_match(tw_world *world);

/** Chance of a person to look for a partner in this quarter; 0 of the married. */
double tw_union_chance(const tw_world *world, const tw_block *block, int32_t person);

/** Chance of a person to leave the household alone, should the household allow it. */
double tw_leave_chance(const tw_world *world, const tw_block *block, int32_t household,
                       int32_t person);

/** Chance of a family household to join its kin: elders among themselves, or one alone. */
double tw_join_chance(const tw_world *world, const tw_block *block, int32_t row);

/** Parts of the process; see the files of the same names. Draws of seeking: UNION. */
TW_MUST_CHECK tw_status tw_union_seek(const tw_world *world, tw_worker *worker,
                                      const tw_subject *subject);
TW_MUST_CHECK tw_status tw_kin_join(tw_world *world);
TW_MUST_CHECK tw_status tw_unions_make(tw_world *world);

#endif
