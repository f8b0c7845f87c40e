/* SPDX-License-Identifier: Apache-2.0 */
/** What persons were at the start: zone, income, age, household. */
#ifndef TW_COMPARE_ORIGIN_H
#define TW_COMPARE_ORIGIN_H

#include "compare/roll.h"

/** Fills roll->zone and the groups from a world before its first quarter. */
TW_MUST_CHECK tw_status tw_origin_fill(tw_world *world, tw_roll *roll);

#endif
