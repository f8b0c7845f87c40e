/* SPDX-License-Identifier: Apache-2.0 */
/** One quarter: the model on one screen is in quarter.c. */
#ifndef TW_ENGINE_QUARTER_H
#define TW_ENGINE_QUARTER_H

#include "process/world.h"

/** Simulates the quarter world->quarter and opens the next. */
TW_MUST_CHECK tw_status tw_quarter(tw_world *world);

#endif
