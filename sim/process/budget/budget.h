/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Income, spending and savings of households, in whole cents, and the accounts they flow between.
 *
 * - Wages of a zone kind by sector and skill stand in fixed ratios; their level is such that wages
 *   per resident are the published income per head times its share of wages, at the start; later
 *   they follow the published incomes. Public services are paid by the centre, other wages by
 * firms; the self-employed and the produce of farms are paid by firms.
 * - Every resident receives transfers (from the centre) and property income (from landlords and
 *   firms, booked as landlords); households that hold and use land in their zone a farm income per
 *   member. From May to October some of those who farm are away for seasonal work on the building
 *   sites of towns, fewer the farther their town; they stay residents of their household, which
 *   gets what they earn.
 * - Whose income per head is below the minimum living allowance gets the difference from the
 * county.
 * - Tenants pay the rent of their town (to landlords, of public dwellings to the county); who
 * cannot loses the dwelling. Then the household consumes c0 per member + c1 x what is left, never
 * more than it has; the rest is saved.
 * - Once a year tenants who can pay the first part and the instalments buy their dwelling at
 *   `housing.purchase_rate`; the bank lends the rest.
 *
 * Every flow has two ends: sums over all accounts are 0, and the households' account is what their
 * savings grew by (checked each quarter with --verify).
 */
#ifndef TW_PROCESS_BUDGET_H
#define TW_PROCESS_BUDGET_H

#include "process/world.h"

/** Once: levels of wages and other incomes, and the savings that households start with. */
void tw_budget_start(tw_world *world);

/** Serial phase: amounts of the quarter. */
void tw_budget_open(tw_world *world);

/**
 * Second pass: one block's households earn, pay and save; counts seasonal workers.
 * Draws: SEASONAL keyed by person and 1 November before; PURCHASE, each 1 November.
 */
void tw_budget_block(tw_world *world, tw_worker *worker, tw_block *block);

/** Serial, after grants: who is paid a subsidy for it buys the dwelling. */
void tw_budget_purchases(tw_world *world);

/** Serial, at the end, with the flows of all workers joined: books them to the accounts. */
void tw_budget_close(tw_world *world);

/** Money of the households now, cents: savings; of what they owe to banks: debt. */
void tw_budget_recount(const tw_world *world, int64_t *savings, int64_t *debt);

#endif
