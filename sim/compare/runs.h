/* SPDX-License-Identifier: Apache-2.0 */
/** What further runs add to a comparison: attribution to groups of levers, levers one by one. */
#ifndef TW_COMPARE_RUNS_H
#define TW_COMPARE_RUNS_H

#include "townward/compare.h"

/** Accepts NULL. */
void tw_attribution_free(tw_attribution *attribution, int num);
void tw_singles_free(tw_singles *singles);

#endif
