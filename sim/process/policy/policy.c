/* SPDX-License-Identifier: Apache-2.0 */
/** Programmes quarter by quarter: what is due, what the money allows, where it goes. */
#include "process/policy/policy.h"

#include <string.h>

/* The amount in a quarter when programmes come late and in part. */
static double delivered_amount(const tw_world *world, const tw_programme *programme)
{
    const int32_t late = world->quarter - (int32_t)world->settings->delivery_delay;
    return world->settings->delivered_share * tw_programme_amount(programme, late);
}

static double base_of_places(const tw_world *world, const tw_programme *programme, int base)
{
    double sum = 0;
    for (int c = 0; c < world->num_counties; c++) {
        sum += programme->in_place[c] ? tw_policy_base(world, base, c) : 0;
    }
    return sum;
}

/* Units that the ceilings of the year, its own and that of all programmes, still pay for. */
static int64_t affordable(const tw_world *world, const tw_programme *programme,
                          const tw_programme_state *state)
{
    if (programme->unit_cost_cents <= 0) {
        return INT64_MAX;
    }
    int64_t left = programme->ceiling_cents == INT64_MAX
                       ? INT64_MAX
                       : programme->ceiling_cents - state->year_cents;
    const int64_t all_left = tw_policy_left(world);
    left = all_left < left ? all_left : left;
    return left <= 0 ? 0 : left / programme->unit_cost_cents;
}

/* Shares whole units among the places; parts of a unit wait in the county. */
static void share_units(tw_world *world, const tw_programme *programme, tw_programme_state *state,
                        int base, int64_t units)
{
    const double all = base_of_places(world, programme, base);
    for (int c = 0; c < world->num_counties && all > 0; c++) {
        if (!programme->in_place[c]) {
            continue;
        }
        const double share = tw_policy_base(world, base, c) / all;
        state->county_carry[c] += (double)units * world->sample * share;
        const int64_t whole = (int64_t)state->county_carry[c];
        state->county_carry[c] -= (double)whole;
        tw_policy_deliver(world, (int)programme->lever, c, whole);
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

/* Whole units of what is due, as far as they are paid; books them. Returns the part delivered. */
static double pay_units(tw_world *world, const tw_programme *programme, tw_programme_state *state,
                        double due)
{
    state->carry += due;
    const int64_t whole = (int64_t)state->carry, most = affordable(world, programme, state);
    state->carry -= (double)whole;
    state->units = whole < most ? whole : most;
    state->refused = whole - state->units;
    state->quarter_cents = state->units * programme->unit_cost_cents;
    state->year_cents += state->quarter_cents;
    world->policy_year_cents += state->quarter_cents;
    return whole > 0 ? (double)state->units / (double)whole : 1;
}

/* Who is paid for units and levels is not modelled: firms, in the share that the sample is. */
static void book(tw_world *world, const tw_programme *programme, int64_t cents)
{
    const int64_t sampled = tw_round((double)cents * world->sample);
    if (world->settings->budget != TW_PROCESS_NONE) {
        world->budget.account[tw_account_of_payer(programme->payer)] -= sampled;
        world->budget.account[TW_ACCOUNT_FIRMS] += sampled;
    }
}

static void open_programme(tw_world *world, const tw_programme *programme,
                           tw_programme_state *state)
{
    const tw_lever_row row = tw_lever_row_at((int)programme->lever);
    const double amount = delivered_amount(world, programme);
    if (row.kind == TW_KIND_UNITS) {
        (void)pay_units(world, programme, state, amount / 4);
        share_units(world, programme, state, (int)row.base, state->units);
    } else if (row.kind == TW_KIND_LEVEL && amount > 0) {
        const double due = amount * base_of_places(world, programme, (int)row.base) / 4;
        raise_level(world, programme, amount * pay_units(world, programme, state, due));
    }
    book(world, programme, state->quarter_cents);
}

void tw_policy_open(tw_world *world)
{
    const int new_year = world->quarter % 4 == 0;
    memset(world->policy, 0,
           (size_t)TW_NUM_LEVERS * (size_t)world->num_counties * sizeof(*world->policy));
    world->policy_year_cents = new_year ? 0 : world->policy_year_cents;
    for (int i = 0; i < world->num_programmes; i++) {
        tw_programme_state *state = &world->programme[i];
        state->quarter_cents = state->units = state->refused = 0;
        state->year_cents = new_year ? 0 : state->year_cents;
        open_programme(world, tw_scenario_programme(world->scenario, i), state);
    }
}
