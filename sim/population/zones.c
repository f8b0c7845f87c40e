/* SPDX-License-Identifier: Apache-2.0 */
/** The zone table: one array, described by one list. */
#include "population/zones.h"

#include <stdlib.h>
#include <string.h>

tw_zone_field_row tw_zone_field_at(int field)
{
#define STOCK_ROW(name, unit, sentence) {#name, unit, sentence, 0},
#define FLOW_ROW(name, unit, sentence)  {#name, unit, sentence, 1},
    static const tw_zone_field_row rows[] = {TW_STOCK_LIST(STOCK_ROW) TW_YEARLY_LIST(STOCK_ROW)
                                                 TW_COUNT_LIST(STOCK_ROW) TW_FLOW_LIST(FLOW_ROW)};
    _Static_assert(sizeof rows / sizeof *rows == TW_NUM_ZONE_FIELDS, "a row for every field");
    return rows[field];
}

tw_status tw_zones_create(int32_t num_zones, tw_zones *out)
{
    int64_t *value = calloc((size_t)num_zones * TW_NUM_ZONE_FIELDS, sizeof(*value));
    if (value == NULL) {
        return TW_NO_MEMORY;
    }
    *out = (tw_zones){num_zones, value};
    return TW_OK;
}

void tw_zones_free(tw_zones *zones)
{
    free(zones->value);
    *zones = (tw_zones){0, NULL};
}

void tw_zones_clear(tw_zones *zones, int from, int to)
{
    memset(tw_zone_column(zones, from), 0,
           (size_t)(to - from) * (size_t)zones->num_zones * sizeof(int64_t));
}

void tw_zones_join(tw_zones *zones, const tw_zones *part, int from, int to)
{
    const int64_t end = (int64_t)to * zones->num_zones;
    for (int64_t i = (int64_t)from * zones->num_zones; i < end; i++) {
        zones->value[i] += part->value[i];
    }
}

int64_t tw_zones_sum(const tw_zones *zones, int field, int kind)
{
    const int64_t *column = tw_zone_column(zones, field);
    int64_t sum = 0;
    for (int32_t z = 0; z < zones->num_zones; z++) {
        sum += kind < 0 || z % 2 == kind ? column[z] : 0;
    }
    return sum;
}

void tw_zones_digest(const tw_zones *zones, tw_digest *digest)
{
    for (int field = 0; field < TW_NUM_ZONE_FIELDS; field++) {
        for (int32_t z = 0; z < zones->num_zones; z++) {
            uint64_t words[] = {(uint64_t)field, (uint64_t)z,
                                (uint64_t)tw_zone_column(zones, field)[z]};
            tw_digest_add(digest, words, 3);
        }
    }
}
