/* SPDX-License-Identifier: Apache-2.0 */
/** The chances, and the decisions of the households of a block. */
#include "process/registration/registration.h"

#include "process/members.h"

enum { TRANSFER, LET, EXIT, ACCEPTED };

static double logistic(double utility)
{
    return 1 / (1 + tw_exp(-utility));
}

double tw_registration_chance(const tw_settings *settings, int stake, int quarters,
                              const tw_registration_terms *terms)
{
    double years = 0.25 * quarters;
    years = years < settings->gain_years ? years : settings->gain_years;
    double utility =
        stake == TW_STAKE_OUTSIDE ? settings->outside_level : settings->registration_level;
    utility += settings->registration_gain * terms->lacking * terms->worth * years;
    utility -= terms->procedure;
    utility -= stake == TW_STAKE_LAND ? settings->land_risk * (1 - terms->protected) : 0;
    return logistic(utility);
}

double tw_land_exit_chance(const tw_settings *settings, double payment)
{
    const double above = payment - settings->exit_threshold;
    return payment > 0 ? logistic(above / settings->exit_spread) : 0;
}

/* Part of the perceived risk to land that protection takes away in a county. */
static double protection(const tw_world *world, int county)
{
    return tw_raised(world->settings->land_protection,
                     tw_policy(world, TW_LEVER_LAND_RIGHTS, county));
}

/* Share of the applications that a town accepts. */
static double accepted(const tw_world *world, int county)
{
    return tw_raised(world->settings->accepted_share,
                     tw_policy(world, TW_LEVER_OPEN_SETTLEMENT, county));
}

double tw_land_let_chance(const tw_world *world, int land)
{
    return world->settings->let_share +
           tw_policy(world, TW_LEVER_LAND_LEASING, land / TW_NUM_ZONE_KINDS);
}

/* Yuan that a programme pays for the land of a household. */
static double exit_payment(const tw_world *world, int programme)
{
    return tw_delivered(world, tw_scenario_programme(world->scenario, programme), world->quarter);
}

void tw_registration_open(tw_world *world)
{
    const tw_settings *settings = world->settings;
    const int on = settings->registration != TW_PROCESS_NONE;
    tw_registration_rates *rates = &world->registering;
    rates->deciding = on && world->quarter % 4 == 0;
    for (int c = 0; c < world->num_counties; c++) {
        const double risk = settings->move_risk_weight * settings->land_risk;
        rates->move_risk[c] = on ? risk * (1 - protection(world, c)) : 0;
    }
    for (int c = 0; c < world->num_counties && rates->deciding; c++) {
        for (int kind = 0; kind < TW_NUM_HOUSEHOLD_KINDS; kind++) {
            const int cell = c * TW_NUM_HOUSEHOLD_KINDS + kind;
            const int i = tw_grant_in_force(world, TW_LEVER_PAID_EXIT, kind, c, world->quarter);
            rates->exit_programme[cell] = i;
            rates->exit[cell] = i < 0 ? 0 : tw_land_exit_chance(settings, exit_payment(world, i));
        }
    }
}

static double draw(const tw_world *world, const tw_block *block, int32_t row, uint32_t k)
{
    const uint64_t person = block->person_uid[block->first_person[row]];
    return tw_uniform(tw_draw_at(world->key, TW_DRAW_REGISTER, person, world->quarter, k).word[0]);
}

static int stake_of(const tw_block *block, int32_t row)
{
    if (block->registered_zone[block->first_person[row]] == TW_OUTSIDE) {
        return TW_STAKE_OUTSIDE;
    }
    return block->land_zone[row] >= 0 ? TW_STAKE_LAND : TW_STAKE_NONE;
}

double tw_transfer_chance(const tw_world *world, const tw_block *block, int32_t row)
{
    const int32_t first = block->first_person[row];
    const int zone = block->zone[row];
    if (block->registered_zone[first] == zone || !tw_takes_registrations(world, zone) ||
        tw_age_index(world, block, first) < TW_AGE_OF_REGISTERING) {
        return 0;
    }
    const tw_settings *settings = world->settings;
    const int stake = stake_of(block, row), quarters = block->permit_quarters[row];
    if (stake == TW_STAKE_OUTSIDE && 0.25 * quarters < settings->outside_years) {
        return 0;
    }
    const int county = zone / TW_NUM_ZONE_KINDS, land = block->land_zone[row];
    const double easier = tw_policy(world, TW_LEVER_SIMPLIFIED_PROCEDURE, county);
    const tw_registration_terms terms = {
        .worth = world->services.worth[county],
        .lacking = 1 - tw_entitlement(world, zone),
        .procedure = settings->procedure_cost * (1 - easier),
        .protected = land < 0 ? 0 : protection(world, land / TW_NUM_ZONE_KINDS)};
    return tw_registration_chance(settings, stake, quarters, &terms);
}

static int transfers(const tw_world *world, const tw_block *block, int32_t row)
{
    const double p = tw_transfer_chance(world, block, row);
    return p > 0 && draw(world, block, row, TRANSFER) < p &&
           draw(world, block, row, ACCEPTED) <
               accepted(world, block->zone[row] / TW_NUM_ZONE_KINDS);
}

/* All who are registered like the reference person are so from now on in the town they live in. */
static void transfer(tw_worker *worker, tw_block *block, int32_t row)
{
    const int32_t first = block->first_person[row];
    const int from = block->registered_zone[first], zone = block->zone[row];
    int64_t persons = 0;
    for (int32_t p = first; p < block->first_person[row + 1]; p++) {
        if (block->registered_zone[p] == from) {
            block->registered_zone[p] = (int16_t)zone;
            persons++;
        }
    }
    TW_AT(&worker->tally, transfers, zone) += persons;
}

/* Of a household with rural land that lives in a town. */
static void decide_on_land(const tw_world *world, tw_worker *worker, tw_block *block, int32_t row)
{
    const int zone = block->zone[row], county = block->land_zone[row] / TW_NUM_ZONE_KINDS;
    const int cell = county * TW_NUM_HOUSEHOLD_KINDS + (int)tw_kind_of_household(world, block, row);
    const double exit = world->registering.exit[cell];
    if (exit > 0 && draw(world, block, row, EXIT) < exit) {
        const int programme = world->registering.exit_programme[cell];
        tw_ask_grant(world, worker, programme, block, row, block->land_zone[row],
                     tw_round(100 * exit_payment(world, programme)));
    } else if (block->land_state[row] == TW_LAND_USED &&
               draw(world, block, row, LET) < tw_land_let_chance(world, block->land_zone[row])) {
        block->land_state[row] = TW_LAND_LET;
        TW_AT(&worker->tally, land_let, zone) += 1;
    }
}

void tw_registration_block(const tw_world *world, tw_worker *worker, tw_block *block)
{
    for (int32_t row = 0; row < block->num_households && world->registering.deciding; row++) {
        if (!tw_is_town(block->zone[row])) {
            continue;
        }
        if (transfers(world, block, row)) {
            transfer(worker, block, row);
        }
        if (block->land_zone[row] >= 0) {
            decide_on_land(world, worker, block, row);
        }
    }
}

void tw_registration_exits(tw_world *world)
{
    for (int w = 0; w < world->num_workers; w++) {
        const tw_applications *grants = &world->worker[w].grants;
        for (int32_t i = 0; i < grants->count; i++) {
            const tw_application *grant = &grants->row[i];
            if (!grant->served || !tw_grant_is_of(world, grant, TW_LEVER_PAID_EXIT)) {
                continue;
            }
            tw_block *block = &world->population->blocks[grant->block];
            block->land_zone[grant->row] = TW_NO_ZONE;
            block->land_state[grant->row] = TW_LAND_EXITED;
            TW_AT(&world->zones, land_exits, block->zone[grant->row]) += 1;
        }
    }
}
