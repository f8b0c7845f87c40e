/* SPDX-License-Identifier: Apache-2.0 */
/** A comparison as a set of tables. */
#ifndef TW_COMPARE_VARIABLES_H
#define TW_COMPARE_VARIABLES_H

#include "results/dataset.h"
#include "townward/compare.h"

/** Fills an empty set; what it does not copy is lent by the comparison. Frees nothing on failure.
 */
TW_MUST_CHECK tw_status tw_comparison_tables(const tw_comparison *of, tw_dataset *set);

/** Tables of attribution and of single levers, when there are any. */
void tw_attribution_tables(const tw_comparison *of, tw_dataset *set);
void tw_singles_tables(const tw_comparison *of, tw_dataset *set);

#endif
