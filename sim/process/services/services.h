/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Services of zones: places, load, quality.
 *
 * - Load is counted from the persons simulated: children of school age, pupils of senior schools
 *   (a county's rural ones included: they learn in its town), residents with elders counted thrice
 *   (hospitals), elders and infants (care), residents (utilities, heating).
 * - Places at the start are load x `services.slack`, raised or lowered by what staff the census
 *   counts in the county. Each 1 November a part of what is missing is added; how far residents
 *   registered elsewhere count then is `services.follow_residents`. Places do not close.
 * - Quality = level x min(1, places / load)^congestion. Hazards take places until the
 *   reconstruction. Towns of a circle reach part of each other's spare places of senior schools,
 *   hospitals and care, the less the longer the way.
 * - Schools admit children registered in another county where places are left.
 *
 * Residents registered elsewhere enjoy `services.entitlement` of it. Moving and registration read
 * what is published here. No draws.
 */
#ifndef TW_PROCESS_SERVICES_H
#define TW_PROCESS_SERVICES_H

#include "process/world.h"

/** Once, from the counted zones: places, and what later years are compared with. */
void tw_services_start(tw_world *world);

/** Serial phase, after travel times: new places, what circles reach, quality, admission, worth. */
void tw_services_open(tw_world *world);

/**
 * Second pass of a quarter that ends on 1 November: counts whom services are for.
 * worker->person_zone holds the zones of the persons, who have room in worker->kind.
 */
void tw_services_count(const tw_world *world, tw_worker *worker, const tw_block *block);

/**
 * Places of the circles' other members within reach of each town that lacks places. A member gives
 * no more than it has to spare; what is reached adds up to 0.
 *
 * @param places, load  [num_zones], >= 0
 * @param minutes       [num_counties][num_counties] between seats
 * @param more          [num_counties] added to `circles.integration` of who lacks places
 * @param reached       out: [num_zones], of towns: > 0 got, at most what is lacking; < 0 given
 */
void tw_services_reach(const tw_region *region, const tw_settings *settings, const double *minutes,
                       const double *more, const double *places, const double *load,
                       double *reached);

#endif
