/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Work: jobs by sector, those who look for one, hires, and what persons do.
 *
 * - Jobs of a zone and sector start from the census (those employed there, and the vacant ones) and
 *   follow its two counts of the county, after 2020 a growth rate; a part of services and public
 *   services follows the residents of the zone. Jobs that levers add to industry and construction
 *   make `labour.multiplier` jobs in services each, spread over four quarters.
 * - Held jobs end by separation or, where there are fewer jobs than persons in them, by dismissal:
 *   jobs never fall below those held, dismissals bring them down.
 * - Hires of a zone and year are A u^eta v^(1 - eta) of its seekers u and vacancies v, with A such
 *   that the start is at rest; at most either side. Everyone who looks for a job looks at one
 *   sector, by its share of vacancies; who gets it is the exact clearing, higher skill first.
 * - Persons enter, leave, give up and become self-employed by rates; the level of entering keeps
 *   participation at rest at the start.
 *
 * Seekers are residents of the zone: commuting between zones is not modelled. A move to another
 * zone ends a job. Expected income: the published one times the chance of a job relative to the
 * region's start (Harris & Todaro 1970).
 */
#ifndef TW_PROCESS_LABOUR_H
#define TW_PROCESS_LABOUR_H

#include "process/world.h"

TW_MUST_CHECK tw_status tw_labour_check(const tw_region *region, tw_report *report);

/** Once, from the counted zones: jobs, and the levels that keep the start at rest. */
void tw_labour_start(tw_world *world);

/** Serial phase: jobs, vacancies, hires, rates and expected incomes of the quarter. */
void tw_labour_open(tw_world *world);

/**
 * First pass: a person may change what it does. Draws: WORK.
 * Reads and writes the row in place: the column takes no part in other events of the quarter.
 */
void tw_labour_person(const tw_world *world, const tw_subject *subject);

/** Second pass, after the rebuild: those who look for a job stop or apply. Draws: JOB. */
TW_MUST_CHECK tw_status tw_labour_block(tw_world *world, tw_worker *worker, int32_t block_index);

/** Hires: clears all sectors of all zones and puts those served to work. */
TW_MUST_CHECK tw_status tw_labour_clear(tw_world *world);

#endif
