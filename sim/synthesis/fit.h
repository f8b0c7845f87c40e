/* SPDX-License-Identifier: Apache-2.0 */
/** Measuring a made population against its census. */
#ifndef TW_SYNTHESIS_FIT_H
#define TW_SYNTHESIS_FIT_H

#include "synthesis/county.h"

/** Fills the fit from the drafts of all counties. */
void tw_fit_measure(const tw_county_draft *drafts, int num, tw_fit *fit);

#endif
