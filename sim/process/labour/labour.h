/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Jobs and incomes as published state: a path, not a market.
 *
 * Non-farm jobs of a county follow the two censuses (10 % sample of the employed by industry),
 * after 2020 a growth rate; a share of town jobs follows the residents of the town. Expected income
 * of a town is the published urban income times its jobs per worker relative to the region's start
 * (Harris & Todaro 1970: wage times the chance of a job).
 */
#ifndef TW_PROCESS_LABOUR_H
#define TW_PROCESS_LABOUR_H

#include "process/world.h"

TW_MUST_CHECK tw_status tw_labour_check(const tw_region *region, tw_report *report);

/** Once, at the start: splits the county's non-farm jobs between its zones. Needs counted zones. */
void tw_labour_start(tw_world *world);

/** Serial phase: jobs and expected incomes of the quarter. */
void tw_labour_open(tw_world *world);

/** Published income of a town resident in a year, yuan per person. */
double tw_labour_town_income(const tw_world *world, double year);

#endif
