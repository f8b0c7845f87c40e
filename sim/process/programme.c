/* SPDX-License-Identifier: Apache-2.0 */
/** What processes ask of programmes: the amount in a quarter, and which one acts in a county. */
#include <stdlib.h>

#include "process/world.h"

double tw_programme_amount(const tw_programme *programme, int32_t quarter)
{
    if (quarter < programme->start || quarter >= programme->end) {
        return 0;
    }
    const int32_t passed = quarter - programme->start + 1;
    if (programme->ramp > 0 && passed < programme->ramp) {
        return programme->amount * passed / programme->ramp;
    }
    return programme->amount;
}

tw_status tw_note_grant(const tw_world *world, tw_worker *worker, int programme,
                        const tw_block *block, int32_t row)
{
    tw_grants *grants = &worker->granted;
    const int32_t size = tw_household_size(block, row);
    if (!world->notes_grants) {
        return TW_OK;
    }
    if (grants->count + size > grants->max) {
        const int32_t grown = 2 * grants->max + size + 256;
        tw_granted *rows = realloc(grants->row, (size_t)grown * sizeof(*rows));
        if (rows == NULL) {
            return TW_NO_MEMORY;
        }
        grants->row = rows;
        grants->max = grown;
    }
    for (int32_t p = block->first_person[row]; p < block->first_person[row + 1]; p++) {
        grants->row[grants->count++] = (tw_granted){block->person_uid[p], programme};
    }
    return TW_OK;
}

int tw_subsidy_programme(const tw_world *world, int county, int32_t quarter)
{
    for (int i = 0; i < world->num_programmes; i++) {
        const tw_programme *programme = tw_scenario_programme(world->scenario, i);
        if (programme->lever == TW_LEVER_RENT_SUBSIDY && programme->in_place[county] &&
            tw_programme_amount(programme, quarter) > 0) {
            return i;
        }
    }
    return -1;
}
