/* SPDX-License-Identifier: Apache-2.0 */
/** Programmes quarter by quarter: what is due, what the money allows, where it goes. */
#include "process/policy/policy.h"

#include <string.h>

static double base_of_places(const tw_world *world, const tw_programme *programme, int base)
{
    double sum = 0;
    for (int c = 0; c < world->num_counties; c++) {
        sum += programme->in_place[c] ? tw_policy_base(world, base, c) : 0;
    }
    return sum;
}

/* County of the largest part of a unit that waits (sign 1), or of the smallest (sign -1). */
static int next_county(const tw_world *world, const tw_programme *programme, const double *waiting,
                       int sign)
{
    int found = -1;
    for (int c = 0; c < world->num_counties; c++) {
        if (programme->in_place[c] && (found < 0 || sign * waiting[c] > sign * waiting[found])) {
            found = c;
        }
    }
    return found;
}

/*
 * Shares whole units among the places in proportion to the base: units[county], which add up to
 * all of them. Parts of a unit wait in the county.
 */
static void split_units(const tw_world *world, const tw_programme *programme,
                        tw_programme_state *state, int base, int64_t all, int64_t *units)
{
    const double sum = base_of_places(world, programme, base);
    int64_t given = 0;
    for (int c = 0; c < world->num_counties; c++) {
        units[c] = 0;
        if (!programme->in_place[c] || sum <= 0) {
            continue;
        }
        double *waiting = &state->waiting[c];
        *waiting += (double)all * tw_policy_base(world, base, c) / sum;
        units[c] = *waiting > 0 ? (int64_t)*waiting : 0;
        *waiting -= (double)units[c];
        given += units[c];
    }
    for (; given != all && sum > 0; given += given < all ? 1 : -1) {
        const int more = given < all ? 1 : -1;
        const int c = next_county(world, programme, state->waiting, more);
        units[c] += more;
        state->waiting[c] -= more;
    }
}

/* Units of the sample of what was given to a county; parts wait. */
static int64_t sampled_units(const tw_world *world, tw_programme_state *state, int county,
                             int64_t units)
{
    return tw_take_whole(&state->county_carry[county], (double)units * world->sample);
}

/* Whole units of what is due; *units are those that the money allows, the others are refused. */
static int64_t whole_due(const tw_world *world, int programme, double due, int64_t *units)
{
    tw_programme_state *state = &world->programme[programme];
    const int64_t whole = tw_take_whole(&state->carry, due);
    const int64_t most = tw_programme_affordable(world, programme);
    *units = whole < most ? whole : most;
    state->refused += whole - *units;
    return whole;
}

/* Who is paid for units and levels is not modelled: firms; the county, for what it pays itself. */
static tw_account paid_by(tw_lever lever)
{
    return lever == TW_LEVER_MINIMUM_LIVING || lever == TW_LEVER_MONEY_FOLLOWS ? TW_ACCOUNT_COUNTY
                                                                               : TW_ACCOUNT_FIRMS;
}

/* Books units by county; reached: of each county, or NULL for the units themselves. */
static void book_units(tw_world *world, int programme, const int64_t *units, int base, int by_base)
{
    const tw_programme *of = tw_scenario_programme(world->scenario, programme);
    int64_t cents = 0;
    for (int c = 0; c < world->num_counties; c++) {
        if (of->in_place[c]) {
            const int64_t reached = by_base ? tw_round(tw_policy_base(world, base, c)) : units[c];
            const int64_t paid = units[c] * of->unit_cost_cents;
            tw_programme_book(world, programme, c, (tw_ledger_row){paid, units[c], reached});
            cents += paid;
        }
    }
    tw_pay(world, of->payer, paid_by(of->lever), tw_round((double)cents * world->sample));
}

static void open_units(tw_world *world, int programme, double amount)
{
    const tw_programme *of = tw_scenario_programme(world->scenario, programme);
    tw_programme_state *state = &world->programme[programme];
    const int base = (int)tw_lever_row_at((int)of->lever).base;
    int64_t all = 0, *units = world->county_units;
    (void)whole_due(world, programme, amount / 4, &all);
    split_units(world, of, state, base, all, units);
    book_units(world, programme, units, base, 0);
    for (int c = 0; c < world->num_counties; c++) {
        const int64_t here = sampled_units(world, state, c, units[c]);
        if (here > 0) {
            tw_policy_deliver(world, (int)of->lever, c, here);
        }
    }
}

static void raise_level(tw_world *world, const tw_programme *programme, double level)
{
    const tw_lever_row row = tw_lever_row_at((int)programme->lever);
    double *of = world->policy + (size_t)programme->lever * (size_t)world->num_counties;
    for (int c = 0; c < world->num_counties; c++) {
        const double sum = of[c] + (programme->in_place[c] ? level : 0);
        of[c] = sum < row.most ? sum : row.most;
    }
}

/* In the part that is paid of what is due. */
static void open_level(tw_world *world, int programme, double amount)
{
    const tw_programme *of = tw_scenario_programme(world->scenario, programme);
    const int base = (int)tw_lever_row_at((int)of->lever).base;
    const double due = amount * base_of_places(world, of, base) / 4;
    int64_t all = 0, *units = world->county_units;
    const int64_t whole = whole_due(world, programme, due, &all);
    const double level = amount * (whole > 0 ? (double)all / (double)whole : 1);
    split_units(world, of, &world->programme[programme], base, all, units);
    book_units(world, programme, units, base, 1);
    raise_level(world, of, level);
    tw_policy_follow_settled(world, programme, level);
}

/* Units of the quarter that persons may take; they are paid for when taken. */
static void open_offer(tw_world *world, int programme, double amount)
{
    const tw_programme *of = tw_scenario_programme(world->scenario, programme);
    tw_programme_state *state = &world->programme[programme];
    int64_t *units = world->county_units;
    const int64_t whole = tw_take_whole(&state->carry, amount / 4);
    split_units(world, of, state, (int)tw_lever_row_at((int)of->lever).base, whole, units);
    for (int c = 0; c < world->num_counties; c++) {
        state->offer[c] = sampled_units(world, state, c, units[c]);
    }
}

/* Opens once it can be paid for; half the cost counts in each of the two counties. */
static void open_road(tw_world *world, int programme, double minutes)
{
    const tw_programme *of = tw_scenario_programme(world->scenario, programme);
    tw_programme_state *state = &world->programme[programme];
    int64_t unit = 0;
    if (minutes <= 0 || state->opened) {
        return;
    }
    (void)whole_due(world, programme, 1, &unit);
    state->opened = unit > 0;
    world->roads_changed |= state->opened;
    for (int c = 0, first = 1; c < world->num_counties && unit > 0; c++) {
        if (of->in_place[c]) {
            const int64_t half = of->unit_cost_cents / 2;
            const tw_ledger_row paid = {first ? of->unit_cost_cents - half : half, first, 1};
            tw_programme_book(world, programme, c, paid);
            first = 0;
        }
    }
    tw_pay(world, of->payer, TW_ACCOUNT_FIRMS,
           tw_round((double)(unit * of->unit_cost_cents) * world->sample));
}

static void open_programme(tw_world *world, int programme)
{
    const tw_programme *of = tw_scenario_programme(world->scenario, programme);
    const double amount = tw_delivered(world, of, world->quarter);
    switch (tw_lever_row_at((int)of->lever).kind) {
        case TW_KIND_UNITS:
            open_units(world, programme, amount);
            break;
        case TW_KIND_LEVEL:
            if (amount > 0) {
                open_level(world, programme, amount);
            }
            break;
        case TW_KIND_OFFER:
            open_offer(world, programme, amount);
            break;
        case TW_KIND_DEMAND:
            raise_level(world, of, amount);
            break;
        case TW_KIND_ROAD:
            /* Part of a road is none: the share that is delivered does not enter. */
            open_road(world, programme, amount > 0 ? of->amount : 0);
            break;
        case TW_KIND_GRANT:
            break;
    }
}

void tw_policy_open(tw_world *world)
{
    const int new_year = world->quarter % 4 == 0;
    const size_t counties = (size_t)world->num_counties;
    memset(world->policy, 0, (size_t)TW_NUM_LEVERS * counties * sizeof(*world->policy));
    world->policy_year_cents = new_year ? 0 : world->policy_year_cents;
    world->roads_changed = 0;
    world->policy_reserved_cents = 0;
    for (int i = 0; i < world->num_programmes; i++) {
        world->policy_reserved_cents +=
            world->programme[i].committed_cents * (4 - world->quarter % 4);
    }
    for (int i = 0; i < world->num_programmes; i++) {
        tw_programme_state *state = &world->programme[i];
        state->quarter_cents = state->units = state->refused = 0;
        state->year_cents = new_year ? 0 : state->year_cents;
        memset(state->county, 0, counties * sizeof(*state->county));
        open_programme(world, i);
    }
}

void tw_policy_digest(const tw_world *world, tw_digest *digest)
{
    for (int c = 0; c < world->num_counties; c++) {
        uint64_t words[] = {1022, (uint64_t)c, (uint64_t)world->senior_carry[c]};
        if (world->senior_carry[c] != 0) {
            tw_digest_add(digest, words, 3);
        }
    }
    for (int i = 0; i < world->num_programmes; i++) {
        const tw_programme_state *state = &world->programme[i];
        const tw_programme *of = tw_scenario_programme(world->scenario, i);
        uint64_t name = 0;
        memcpy(&name, of->name, strlen(of->name) < sizeof name ? strlen(of->name) : sizeof name);
        /* A programme that has done nothing so far leaves no trace. */
        for (int c = 0; c < world->num_counties; c++) {
            uint64_t words[] = {1020,
                                (uint64_t)of->lever,
                                name,
                                (uint64_t)c,
                                tw_double_bits(state->waiting[c]),
                                tw_double_bits(state->county_carry[c])};
            if (state->waiting[c] != 0 || state->county_carry[c] != 0) {
                tw_digest_add(digest, words, 6);
            }
        }
        uint64_t words[] = {1021, (uint64_t)of->lever, name, tw_double_bits(state->carry),
                            (uint64_t)state->year_cents};
        if (state->carry != 0 || state->year_cents != 0) {
            tw_digest_add(digest, words, 5);
        }
    }
}

/* ---- grants ---- */

/* Who moved meanwhile takes no part; of each programme the demand is summed, cents of the sample.
 */
static void sum_demand(const tw_world *world, tw_applications *grants, tw_market *market)
{
    for (int32_t i = 0; i < grants->count; i++) {
        tw_application *grant = &grants->row[i];
        const tw_block *block = &world->population->blocks[grant->block];
        grant->market = block->zone[grant->row] == grant->second ? grant->market : -1;
        if (grant->market >= 0) {
            market[grant->market].demand += grant->units;
        }
    }
}

/* Programme by programme, so that together they stay below the ceiling of all. */
static tw_status clear_grants(tw_world *world, tw_market *market, tw_applications *list)
{
    int64_t taken = 0;
    memset(market, 0, (size_t)world->num_programmes * sizeof(*market));
    for (int w = 0; w < world->num_workers; w++) {
        sum_demand(world, &world->worker[w].grants, market);
        list[w] = world->worker[w].grants;
    }
    for (int i = 0; i < world->num_programmes; i++) {
        const int64_t left = tw_programme_left(world, i);
        const int64_t most =
            left == INT64_MAX ? INT64_MAX / 4 : (int64_t)((double)left * world->sample) - taken;
        const int64_t asked = market[i].demand;
        market[i].capacity = most > 0 ? most : 0;
        taken += asked < market[i].capacity ? asked : market[i].capacity;
    }
    return tw_markets_clear(list, world->num_workers, market, world->num_programmes);
}

static tw_status settle_grant(tw_world *world, tw_worker *worker, const tw_application *grant)
{
    const tw_block *block = &world->population->blocks[grant->block];
    const int programme = grant->market, county = grant->destination / TW_NUM_ZONE_KINDS;
    if (programme < 0) {
        return TW_OK;
    }
    const int64_t one = tw_round(1 / world->sample);
    if (!grant->served) {
        world->programme[programme].refused += one;
        return TW_OK;
    }
    const int64_t cents = tw_round((double)grant->units / world->sample);
    if (tw_scenario_programme(world->scenario, programme)->lever == TW_LEVER_SETTLING_GRANT) {
        world->population->blocks[grant->block].flags[grant->row] |= TW_GRANTED;
    }
    tw_programme_book(world, programme, county, (tw_ledger_row){cents, one, one});
    if (world->settings->budget != TW_PROCESS_NONE) {
        const tw_payer payer = tw_scenario_programme(world->scenario, programme)->payer;
        world->population->blocks[grant->block].savings[grant->row] += grant->units;
        TW_AT(&world->zones, subsidies, block->zone[grant->row]) += grant->units;
        world->budget.account[tw_account_of_payer(payer)] -= grant->units;
    }
    return tw_note_grant(world, worker, programme, block, grant->row);
}

tw_status tw_policy_grant(tw_world *world)
{
    if (world->num_programmes == 0) {
        return TW_OK;
    }
    tw_status status = TW_OK;
    for (int w = 0; w < world->num_workers; w++) {
        status = world->worker[w].grants_lost ? TW_NO_MEMORY : status;
    }
    if (status == TW_OK) {
        status = clear_grants(world, world->grant_market, world->grant_list);
    }
    for (int w = 0; w < world->num_workers && status == TW_OK; w++) {
        tw_worker *worker = &world->worker[w];
        for (int32_t i = 0; i < worker->grants.count && status == TW_OK; i++) {
            status = settle_grant(world, worker, &worker->grants.row[i]);
        }
    }
    return status;
}
