/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What processes ask of programmes: which one acts where, what it delivers, what its money allows;
 * and the ledger, into which everything that a programme pays goes by county.
 */
#include <stdlib.h>

#include "base/list.h"

#include "process/world.h"

double tw_delivered(const tw_world *world, const tw_programme *programme, int32_t quarter)
{
    const int32_t at = quarter - (int32_t)world->settings->delivery_delay;
    if (at < programme->start || at >= programme->end) {
        return 0;
    }
    const int32_t passed = at - programme->start + 1;
    const double ramp =
        programme->ramp > 0 && passed < programme->ramp ? (double)passed / programme->ramp : 1;
    return world->settings->delivered_share * programme->amount * ramp;
}

tw_status tw_note_grant(const tw_world *world, tw_worker *worker, int programme,
                        const tw_block *block, int32_t row)
{
    tw_grants *grants = &worker->granted;
    const int32_t size = tw_household_size(block, row);
    if (!world->notes_grants) {
        return TW_OK;
    }
    tw_granted *rows = tw_list_fit(grants->row, &grants->max, grants->count + size, sizeof(*rows));
    if (rows == NULL) {
        return TW_NO_MEMORY;
    }
    grants->row = rows;
    for (int32_t p = block->first_person[row]; p < block->first_person[row + 1]; p++) {
        grants->row[grants->count++] = (tw_granted){block->person_uid[p], programme};
    }
    return TW_OK;
}

int tw_grant_in_force(const tw_world *world, tw_lever lever, int kind, int county, int32_t quarter)
{
    for (int i = 0; i < world->num_programmes; i++) {
        const tw_programme *programme = tw_scenario_programme(world->scenario, i);
        if (programme->lever == lever && programme->in_place[county] &&
            (programme->households >> kind & 1) && tw_delivered(world, programme, quarter) > 0) {
            return i;
        }
    }
    return -1;
}

int64_t tw_programme_left(const tw_world *world, int programme)
{
    const int64_t ceiling = tw_scenario_programme(world->scenario, programme)->ceiling_cents;
    const int64_t own =
        ceiling == INT64_MAX ? INT64_MAX : ceiling - world->programme[programme].year_cents;
    const double limit = world->settings->delivery_ceiling;
    const int64_t all =
        limit > 0 ? tw_round(100 * limit) - world->policy_year_cents - world->policy_reserved_cents
                  : INT64_MAX;
    const int64_t left = own < all ? own : all;
    return left > 0 ? left : 0;
}

int64_t tw_programme_affordable(const tw_world *world, int programme)
{
    const int64_t cost = tw_scenario_programme(world->scenario, programme)->unit_cost_cents;
    return cost <= 0 ? INT64_MAX : tw_programme_left(world, programme) / cost;
}

void tw_programme_book(tw_world *world, int programme, int county, tw_ledger_row paid)
{
    tw_programme_state *state = &world->programme[programme];
    tw_ledger_row *row = &state->county[county];
    row->cents += paid.cents;
    row->units += paid.units;
    row->reached += paid.reached;
    state->quarter_cents += paid.cents;
    state->year_cents += paid.cents;
    state->units += paid.units;
    world->policy_year_cents += paid.cents;
}

/* What one programme delivers of what is asked, in units of the sample. */
static int64_t buy_from(tw_world *world, int programme, int county, int64_t asked)
{
    const double sample = world->sample;
    const int64_t cost = tw_scenario_programme(world->scenario, programme)->unit_cost_cents;
    const int64_t most = tw_programme_affordable(world, programme);
    const int64_t real = tw_round((double)asked / sample);
    const int64_t paid = real < most ? real : most;
    /* The sample gets what the money allows the whole, down to nothing. */
    const int64_t given = paid == real ? asked : (int64_t)((double)paid * sample);
    tw_programme_book(world, programme, county, (tw_ledger_row){paid * cost, paid, paid});
    tw_pay(world, tw_scenario_programme(world->scenario, programme)->payer, TW_ACCOUNT_FIRMS,
           tw_round((double)(paid * cost) * sample));
    world->programme[programme].refused += real - paid;
    return given;
}

int64_t tw_programme_buy(tw_world *world, tw_lever lever, int county, int64_t units)
{
    int64_t bought = 0;
    for (int i = 0; i < world->num_programmes && units > 0; i++) {
        const tw_programme *programme = tw_scenario_programme(world->scenario, i);
        if (programme->lever != lever || !programme->in_place[county]) {
            continue;
        }
        const double amount = tw_delivered(world, programme, world->quarter);
        const int64_t offered = tw_lever_row_at((int)lever).kind == TW_KIND_OFFER
                                    ? world->programme[i].offer[county]
                                    : tw_round(amount * (double)units);
        const int64_t left = units - bought, asked = offered < left ? offered : left;
        bought += asked > 0 ? buy_from(world, i, county, asked) : 0;
    }
    return bought;
}

void tw_pay(tw_world *world, tw_payer payer, tw_account to, int64_t cents)
{
    if (world->settings->budget != TW_PROCESS_NONE) {
        world->budget.account[tw_account_of_payer(payer)] -= cents;
        world->budget.account[to] += cents;
    }
}

tw_application *tw_ask_grant(const tw_world *world, tw_worker *worker, int programme,
                             const tw_block *block, int32_t row, int zone, int64_t cents)
{
    const uint32_t lever = (uint32_t)tw_scenario_programme(world->scenario, programme)->lever;
    tw_application *grant = cents > 0 ? tw_applications_add(&worker->grants) : NULL;
    if (grant == NULL) {
        worker->grants_lost |= cents > 0;
        return NULL;
    }
    grant->uid = block->uid[row];
    grant->lottery =
        tw_draw_at(world->key, TW_DRAW_GRANT, grant->uid, world->quarter, lever).word[0];
    grant->units = cents;
    grant->market = programme;
    grant->block = (int32_t)(block - world->population->blocks);
    grant->row = row;
    grant->destination = (int16_t)zone;
    grant->second = block->zone[row];
    return grant;
}
