/* SPDX-License-Identifier: Apache-2.0 */
/** The chances, and the decisions of the households of a block. */
#include "process/registration/registration.h"

#include "base/rows.h"
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

/* What a town makes of the chance to transfer; `protected` of the land's county. */
static tw_registration_terms terms_in(const tw_world *world, int zone, double protected)
{
    const int county = zone / TW_NUM_ZONE_KINDS;
    const double easier = tw_policy(world, TW_LEVER_SIMPLIFIED_PROCEDURE, county);
    return (tw_registration_terms){.worth = world->services.worth[county],
                                   .lacking = 1 - tw_entitlement(world, zone),
                                   .procedure = world->settings->procedure_cost * (1 - easier),
                                   .protected = protected};
}

/*
 * The highest chance of all towns: utility is linear in years and in protection, so it is highest
 * at an end of both; a little more, for both are rounded.
 */
static double highest_chance(const tw_world *world)
{
    double most = 0;
    for (int c = 0; c < world->num_counties; c++) {
        for (int end = 0; end < 4 * TW_STAKES; end++) {
            const tw_registration_terms terms = terms_in(world, tw_zone(c, TW_TOWN), end & 1);
            const double p =
                tw_registration_chance(world->settings, end / 4, end & 2 ? UINT8_MAX : 0, &terms);
            most = p > most ? p : most;
        }
    }
    return most * (1 + 1e-9);
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
    rates->any_exit = 0;
    rates->most = rates->deciding ? highest_chance(world) : 0;
    for (int c = 0; c < world->num_counties && rates->deciding; c++) {
        for (int kind = 0; kind < TW_NUM_HOUSEHOLD_KINDS; kind++) {
            const int cell = c * TW_NUM_HOUSEHOLD_KINDS + kind;
            const int i = tw_grant_in_force(world, TW_LEVER_PAID_EXIT, kind, c, world->quarter);
            rates->exit_programme[cell] = i;
            rates->exit[cell] = i < 0 ? 0 : tw_land_exit_chance(settings, exit_payment(world, i));
            rates->any_exit |= rates->exit[cell] > 0;
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
    const int land = block->land_zone[row];
    const tw_registration_terms terms =
        terms_in(world, zone, land < 0 ? 0 : protection(world, land / TW_NUM_ZONE_KINDS));
    return tw_registration_chance(settings, stake, quarters, &terms);
}

/* Whether a household transfers; u: its draw. */
static int transfers(const tw_world *world, const tw_block *block, int32_t row, double u)
{
    return u < world->registering.most && u < tw_transfer_chance(world, block, row) &&
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

/* Whether a household with rural land gives it up, and asks for the pay. */
static int asks_to_exit(const tw_world *world, tw_worker *worker, const tw_block *block,
                        int32_t row)
{
    if (!world->registering.any_exit) {
        return 0;
    }
    const int land = block->land_zone[row];
    const int cell = land / TW_NUM_ZONE_KINDS * TW_NUM_HOUSEHOLD_KINDS +
                     (int)tw_kind_of_household(world, block, row);
    const double exit = world->registering.exit[cell];
    if (exit <= 0 || draw(world, block, row, EXIT) >= exit) {
        return 0;
    }
    const int programme = world->registering.exit_programme[cell];
    tw_ask_grant(world, worker, programme, block, row, land,
                 tw_round(100 * exit_payment(world, programme)));
    return 1;
}

/* Of a household with rural land that lives in a town; u: its draw of letting it. */
static void decide_on_land(const tw_world *world, tw_worker *worker, tw_block *block, int32_t row,
                           double u)
{
    if (!asks_to_exit(world, worker, block, row) && block->land_state[row] == TW_LAND_USED &&
        u < tw_land_let_chance(world, block->land_zone[row])) {
        block->land_state[row] = TW_LAND_LET;
        TW_AT(&worker->tally, land_let, block->zone[row]) += 1;
    }
}

/* At most TW_ROWS_AT_ONCE households of towns, in their order. */
static void decide(const tw_world *world, tw_worker *worker, tw_block *block, const int32_t *row,
                   int32_t num)
{
    uint64_t person[TW_ROWS_AT_ONCE] = {0}, change[TW_ROWS_AT_ONCE], let[TW_ROWS_AT_ONCE];
    uint64_t rest[TW_ROWS_AT_ONCE];
    for (int32_t i = 0; i < num; i++) {
        person[i] = block->person_uid[block->first_person[row[i]]];
    }
    tw_draw_many(world->key, TW_DRAW_REGISTER, world->quarter, TRANSFER, person, num, change, rest);
    tw_draw_many(world->key, TW_DRAW_REGISTER, world->quarter, LET, person, num, let, rest);
    for (int32_t i = 0; i < num; i++) {
        if (transfers(world, block, row[i], tw_uniform(change[i]))) {
            transfer(worker, block, row[i]);
        }
        if (block->land_zone[row[i]] >= 0) {
            decide_on_land(world, worker, block, row[i], tw_uniform(let[i]));
        }
    }
}

/* Of at most TW_ROWS_AT_ONCE households those of towns, a bit each. */
static uint64_t in_towns(const int16_t *zone, int32_t count)
{
    uint64_t bits = 0;
    for (int32_t i = 0; i < count; i++) {
        bits |= (uint64_t)tw_is_town(zone[i]) << i;
    }
    return bits;
}

void tw_registration_block(const tw_world *world, tw_worker *worker, tw_block *block)
{
    const int32_t rows = world->registering.deciding ? block->num_households : 0;
    for (int32_t i = 0; i < rows; i += TW_ROWS_AT_ONCE) {
        int32_t row[TW_ROWS_AT_ONCE];
        const int32_t some = tw_rows_from(i, rows);
        const int32_t num = tw_list_bits(in_towns(block->zone + i, some), i, row);
        if (num > 0) {
            decide(world, worker, block, row, num);
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
