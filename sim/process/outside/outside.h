/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Arrivals from and departures to outside the region, and students of the region who come back.
 *
 * Departures: households without a grown-up registered in the region leave with a hazard of one
 * over the mean length of stay. Arrivals replace them, as many as the stock of each zone that the
 * published path expects now, and add the net flow of the region, times (jobs per worker / its
 * start value) ^ response in towns. Until the census of 2020 a county's part of the net flow is its
 * part of the growth of persons registered outside between the censuses; later its part of the
 * stock. They come alone to a dormitory or as families who need a dwelling. A share of those who
 * left for college outside comes back after four years, registered where they were.
 */
#ifndef TW_PROCESS_OUTSIDE_H
#define TW_PROCESS_OUTSIDE_H

#include "process/world.h"

/** Persons of an arriving household; type is one of TW_ARRIVAL_*. */
static inline int tw_arrival_size(int type)
{
    return type == TW_ARRIVAL_FAMILY ? 3 : type == TW_ARRIVAL_COUPLE ? 2 : 1;
}

/**
 * Checks that schedule `arrival_age` holds shares of adults of both sexes which add up to one.
 * @return OK, or BAD_INPUT with a finding in report
 */
TW_MUST_CHECK tw_status tw_outside_check(const tw_region *region, tw_report *report);

/**
 * At the start of a run, zones counted: the stock registered outside, what part of the net flow
 * goes where, ages of arrivals, and the students who left in the last four years. The latter are
 * not in the census: for each August setting schooling.college_outside of the residents who are 18
 * now, by zone of registration; none when schooling or this process is off.
 */
void tw_outside_start(tw_world *world);

/**
 * Serial phase: whole households due by zone and type, probability of departure. Takes the students
 * who left TW_STUDY_QUARTERS ago out of world->students_away; process `none` leaves them there.
 */
void tw_outside_open(tw_world *world);

/**
 * First pass over blocks: marks departing households with TW_LEAVES_REGION.
 *
 * @param first_candidate  row in worker->candidate from which on they are of this block
 * Draws: DEPARTURE for candidates registered outside.
 */
void tw_outside_departures(tw_world *world, tw_worker *worker, tw_block *block,
                           int32_t first_candidate);

/** After the pass: families among the arrivals apply for dwellings (block = -1). */
TW_MUST_CHECK tw_status tw_outside_apply(tw_world *world);

/**
 * After clearing: the arriving households are made and put into blocks. A family that found no
 * dwelling does not come and is counted as refused. A household's uid follows from zone code, type,
 * quarter and its number among them, so that two more arrivals change nothing in the others.
 * Draws: ARRIVAL, key = the household's uid, k = 2 * member and 2 * member + 1.
 */
TW_MUST_CHECK tw_status tw_outside_arrive(tw_world *world);

#endif
