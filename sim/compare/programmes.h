/* SPDX-License-Identifier: Apache-2.0 */
/** Which programmes two scenarios share, and mixtures of both. */
#ifndef TW_COMPARE_PROGRAMMES_H
#define TW_COMPARE_PROGRAMMES_H

#include "townward/compare.h"

/** Whether a scenario has a programme of the same lever and name with all the same values. */
int tw_programme_in(const tw_programme *programme, const tw_scenario *scenario);

/** Whether all settings but those of the run itself are equal. */
int tw_settings_same(const tw_scenario *a, const tw_scenario *b);

/** Says with which factor an own programme of the alternative is in a mixture; 0 = left out. */
typedef double tw_mix_factor(const tw_programme *programme, const void *context);

/**
 * The alternative with some of its own programmes: what the base has stays, in the alternative's
 * order; where the own form of a programme is left out, the base's takes its place. With every
 * factor 1 it runs as the alternative, with every factor 0 as the base, when they differ in
 * programmes alone.
 *
 * @param settings_of  base or alternative: whose settings the mixture has
 * @param out          owned by the caller, before both scenarios
 */
TW_MUST_CHECK tw_status tw_scenario_mix(const tw_scenario *base, const tw_scenario *alternative,
                                        const tw_scenario *settings_of, tw_mix_factor *factor,
                                        const void *context, tw_scenario **out);

#endif
