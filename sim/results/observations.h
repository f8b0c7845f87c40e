/* SPDX-License-Identifier: Apache-2.0 */
/** Group /observations of a result file: observed values beside those of the run. */
#ifndef TW_RESULTS_OBSERVATIONS_H
#define TW_RESULTS_OBSERVATIONS_H

#include "results/h5.h"
#include "townward/run.h"

/** Writes the group with scales of its own; nothing when the scenario has no observations. */
TW_MUST_CHECK tw_status tw_results_observations(tw_h5 *h5, const tw_scenario *scenario,
                                                const tw_record *record);

#endif
