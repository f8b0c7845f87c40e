/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Schooling by age: primary at 6, junior at 12, senior at 15, college at 18, each August.
 *
 * A person keeps one rank among all for life; who ranks below the share of a level attends it, so a
 * higher share only adds pupils. Shares: series of gross enrolment by year, raised or lowered by
 * county with the schooling of its residents. Rural pupils of senior schools board in the town of
 * their county: one-person collective households linked to their family. College is outside the
 * region for some, who are not residents until they come back, and in the capital for the others.
 * At 18 and at 22 some of those in a dormitory go back to their family.
 */
#ifndef TW_PROCESS_SCHOOLING_H
#define TW_PROCESS_SCHOOLING_H

#include "process/world.h"

/** Checks that the region has the series of enrolment; findings in report. */
TW_MUST_CHECK tw_status tw_schooling_check(const tw_region *region, tw_report *report);

/** Share of the rural ages 15-17 that boards at a senior school when the run starts. */
double tw_schooling_boarders(const tw_region *region, const tw_settings *settings);

/** At the start of a run: schooling of the counties relative to the region. */
void tw_schooling_start(tw_world *world);

/** Serial phase: publishes the shares of the year; in August everyone of the ages is looked at. */
void tw_schooling_open(tw_world *world);

/**
 * First pass: the ranks of some persons, when a school year begins.
 *
 * @param num  at most TW_SUBJECTS_AT_ONCE
 */
void tw_schooling_draw(const tw_world *world, tw_subject *subject, int32_t num);

/**
 * First pass: schooling of one person; notes boarding, leaving for college, coming home.
 *
 * @param busy  set to 1 when the person left the household
 * Draws: SCHOOL, keyed by the person alone, k = 0 rank, 1 boarding, 2 college outside, 3 and 4
 * return at 18 and at 22.
 */
TW_MUST_CHECK tw_status tw_schooling_person(tw_world *world, tw_worker *worker,
                                            const tw_subject *subject, int *busy);

/** Serial phase at the end: students who left are remembered until they return. */
void tw_schooling_close(tw_world *world);

#endif
