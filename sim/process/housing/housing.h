/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Dwellings of towns: stocks, exact allotment, rents, building, and the two housing levers.
 *
 * Movers apply for public rental housing if they would take it, else for a market dwelling; who is
 * refused tries the second choice or waits. Rents follow vacancy (Rosen & Smith 1983):
 * d ln rent = theta (v* - v) a year, bounded both ways, from local vacancy with a minimum count.
 * Building starts follow the growth of the dwellings lived in and the vacancy gap; they complete
 * after a lag and need land, of which every town gets a quota. Owners and renters hold the same
 * market stock in this form.
 */
#ifndef TW_PROCESS_HOUSING_H
#define TW_PROCESS_HOUSING_H

#include "process/world.h"

/** Once, from the counted zones: stocks at natural vacancy, rents, dwellings under construction. */
void tw_housing_start(tw_world *world);

/** Clears: public rental, market dwellings, second choices. Sets the outcome in `wants`. */
TW_MUST_CHECK tw_status tw_housing_clear(tw_world *world);

/** After delivery: movers into market dwellings who would take it get the rental subsidy. */
TW_MUST_CHECK tw_status tw_housing_grant(tw_world *world);

/** In the pass over blocks: pays the subsidy of one block's households, ends it after its years. */
void tw_housing_pay_block(tw_world *world, tw_worker *worker, tw_block *block);

/** Serial, at the end: completions, rents, building starts. */
void tw_housing_close(tw_world *world);

#endif
