/* SPDX-License-Identifier: Apache-2.0 */
/** Shared by the files of the process: rates of changes of activity. */
#ifndef TW_PROCESS_LABOUR_RATES_H
#define TW_PROCESS_LABOUR_RATES_H

#include "process/labour/labour.h"

/** Hazards by age, from the settings. */
void tw_work_rates(tw_world *world);

/** Publishes the sectors at which those who look for a job look. */
void tw_work_look(tw_world *world);

/** Rate at which farmers look for a job: as at the start, times vacancies per seeker over then. */
void tw_work_pull(tw_world *world);

/**
 * Whether a person who looks for a job gives up, retires or becomes self-employed in this quarter;
 * sets the activity.
 *
 * @param draw  of JOB, k = 2
 */
int tw_work_stops_seeking(const tw_world *world, tw_block *block, int32_t person, int zone,
                          tw_draw draw);

/** Bounds of the event WORK, from the hazards of the quarter. */
void tw_work_bounds(tw_world *world);

/** Levels of entering and matching that keep the start at rest. */
void tw_work_levels(tw_world *world);

/**
 * Serial, after hires: seekers of 16-59 with primary school or less and no job ask for a course of
 * their county; whoever gets a place of a base or of a programme is as skilled as one who left
 * junior school from the next quarter on. Draws: TRAINING; TAKE_UP of the person, k = 3.
 */
TW_MUST_CHECK tw_status tw_work_train(tw_world *world);

#endif
