/* SPDX-License-Identifier: Apache-2.0 */
/** What processes ask of programmes: the amount in a quarter, and which one acts in a county. */
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
