/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Births and deaths.
 *
 * Deaths by age, sex and year (schedule `mx_fitted`, its ages 0-4 replaced by the reported infant
 * rate). Births of married women by age and kind of zone (schedules `asfr_scaled_*`, which count
 * all women, scaled so that their sum holds) times a level by year. A birth is of one child: twins
 * are part of the level. The schedules know no birth order.
 */
#ifndef TW_PROCESS_DEMOGRAPHY_H
#define TW_PROCESS_DEMOGRAPHY_H

#include "process/world.h"

/** Checks that the region has the schedules; findings in report. */
TW_MUST_CHECK tw_status tw_demography_check(const tw_region *region, tw_report *report);

/** Serial phase: publishes the probabilities of the quarter and their bounds. */
void tw_demography_open(tw_world *world);

/** Chance of a person to die in this quarter, as published. */
double tw_death_chance(const tw_world *world, const tw_block *block, int32_t person);

/** Chance of a person to give birth in this quarter; 0 but for married women. */
double tw_birth_chance(const tw_world *world, const tw_block *block, int32_t household,
                       int32_t person);

/**
 * First pass: death or birth of one person; notes the edit. A partner left behind is widowed.
 *
 * @param busy  set to 1 when the person died or gave birth and does nothing else in this quarter
 * Draws: DEATH and BIRTH beyond the leading bits; CHILD per birth.
 */
TW_MUST_CHECK tw_status tw_demography_person(tw_world *world, tw_worker *worker,
                                             const tw_subject *subject, int *busy);

#endif
