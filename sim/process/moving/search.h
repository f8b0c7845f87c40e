/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How ready households are to look for another place.
 *
 * Hazard of a household = search_level x Rogers-Castro schedule at the age of its reference person
 * (mean 1 over the ages 18-85) x readiness / mean readiness at the start, with
 * readiness = 1 + a [a member looks for work] + b [a child begins primary, junior or senior school
 * within a year] + c [share of its home county's people who live in towns].
 */
#ifndef TW_PROCESS_MOVING_SEARCH_H
#define TW_PROCESS_MOVING_SEARCH_H

#include "process/world.h"

/** Once, with the first quarter published: the mean readiness of all households. */
void tw_search_start(tw_world *world);

/** Serial phase, after the network: hazards by age, bounds of the events of moving. */
void tw_search_open(tw_world *world);

/** Probability that a household looks for another place in this quarter. */
double tw_search_probability(const tw_world *world, const tw_block *block, int32_t row);

#endif
