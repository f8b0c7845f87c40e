/* SPDX-License-Identifier: Apache-2.0 */
/** The group `ledger` of a result: what programmes paid, to whom, where and when. */
#ifndef TW_RESULTS_LEDGER_H
#define TW_RESULTS_LEDGER_H

#include "results/h5.h"
#include "townward/run.h"

/**
 * Writes outlay, units and refusals by quarter, and outlay, units and units reached by county and
 * year. Nothing without programmes.
 *
 * @param work      room for the largest of these variables
 * @param pointers  room for as many as there are programmes
 */
void tw_results_ledger(tw_h5 *h5, const tw_scenario *scenario, const tw_record *record,
                       int64_t *work, const char **pointers);

#endif
