/* SPDX-License-Identifier: Apache-2.0 */
/** Making the tables of a comparison. */
#ifndef TW_COMPARE_COMPARISON_H
#define TW_COMPARE_COMPARISON_H

#include "townward/compare.h"

/** Empty tables for scenarios that passed tw_compare_check. */
TW_MUST_CHECK tw_status tw_comparison_create(const tw_scenario *const *scenario, int num,
                                             const tw_compare_options *options,
                                             tw_comparison **out);

#endif
