/* SPDX-License-Identifier: Apache-2.0 */
/** Values of the record as those of the whole region: fields, and sums of fields by county. */
#ifndef TW_RESULTS_INDICATORS_H
#define TW_RESULTS_INDICATORS_H

#include "townward/indicators.h"
#include "townward/run.h"

/** A value of the sample as one of the whole region; money and rents are not scaled. */
int64_t tw_results_scaled(const tw_record *record, int field, int64_t value);

/** A sum of an indicator in a county at a time of a replicate, of the whole region. */
int64_t tw_results_sum(const tw_record *record, const tw_indicator_sum *sum, int replicate,
                       int time, int county);

#endif
