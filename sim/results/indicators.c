/* SPDX-License-Identifier: Apache-2.0 */
/** Sums of fields of the record, scaled up from a sample. */
#include "results/indicators.h"

#include <stddef.h>
#include <string.h>

#include "base/math.h"

int64_t tw_results_scaled(const tw_record *record, int field, int64_t value)
{
    if (record->sample >= 1 || strcmp(tw_record_field(field).unit, "cents/month") == 0) {
        return value;
    }
    return tw_round((double)value / record->sample);
}

int64_t tw_results_sum(const tw_record *record, const tw_indicator_sum *sum, int replicate,
                       int time, int county)
{
    int64_t total = 0;
    for (int i = 0; i < TW_MOST_SUMMED && sum->field[i] != NULL; i++) {
        const int field = tw_record_find(sum->field[i]);
        const int64_t *value = tw_record_at(record, replicate, time, field);
        for (int kind = 0; kind < TW_NUM_ZONE_KINDS; kind++) {
            if (sum->kind < 0 || sum->kind == kind) {
                total += tw_results_scaled(record, field, value[tw_zone(county, kind)]);
            }
        }
    }
    return total;
}
