/* SPDX-License-Identifier: Apache-2.0 */
/** Group /composition of a result file. */
#ifndef TW_RESULTS_COMPOSITION_H
#define TW_RESULTS_COMPOSITION_H

#include "results/h5.h"
#include "townward/run.h"

/**
 * Writes every table of the composition with scales of its own, so that the group opens alone; in a
 * sampled run counts are scaled up.
 */
TW_MUST_CHECK tw_status tw_results_composition(tw_h5 *h5, const tw_record *record,
                                               const tw_region *region);

#endif
