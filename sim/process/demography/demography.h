/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Births and deaths.
 *
 * Deaths by age, sex and year (schedule `mx_fitted`, its ages 0-4 replaced by the reported infant
 * rate). Births by age of all women and kind of zone (schedules `asfr_scaled_*`) times a level by
 * year. There is no formation of couples in this form, so births do not ask for one.
 */
#ifndef TW_PROCESS_DEMOGRAPHY_H
#define TW_PROCESS_DEMOGRAPHY_H

#include "process/world.h"

/** Checks that the region has the schedules; findings in report. */
TW_MUST_CHECK tw_status tw_demography_check(const tw_region *region, tw_report *report);

/** Serial phase: publishes the probabilities of the quarter and their bounds. */
void tw_demography_open(tw_world *world);

/**
 * Pass over blocks: draws the events of every person and writes the edits of the block: births,
 * deaths, and the removal of the households listed in worker->departing.
 *
 * Draws: PERSON_EVENTS for everyone; DEATH and BIRTH where the bound is passed; CHILD per birth.
 */
TW_MUST_CHECK tw_status tw_demography_block(tw_world *world, tw_worker *worker, tw_block *block);

/**
 * After the rebuild: lists households left with children under 15 only, and possible hosts among
 * the candidates. Draws: HOST.
 */
TW_MUST_CHECK tw_status tw_demography_orphans(tw_world *world, tw_worker *worker,
                                              int32_t block_index);

#endif
