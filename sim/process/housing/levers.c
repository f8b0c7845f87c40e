/* SPDX-License-Identifier: Apache-2.0 */
/** The rental subsidy: grants within the ceiling, payments, outlay; who asks for the settling
 * grant. */
#include "base/rows.h"
#include "process/housing/housing.h"
#include "process/members.h"

static int64_t quarter_payment(const tw_world *world, const tw_programme *programme,
                               int32_t granted)
{
    return 3 * tw_round(100 * tw_delivered(world, programme, granted));
}

/* One that was granted the subsidy: receives it, until its years are over. */
static void pay_household(const tw_world *world, tw_worker *worker, tw_block *block, int32_t row)
{
    const int32_t granted = block->moved_quarter[row];
    const int zone = block->zone[row], kind = block->subsidy_kind[row] - 1;
    const int i =
        tw_grant_in_force(world, TW_LEVER_RENT_SUBSIDY, kind, zone / TW_NUM_ZONE_KINDS, granted);
    const tw_programme *programme = i < 0 ? NULL : tw_scenario_programme(world->scenario, i);
    if (programme == NULL || world->quarter - granted > 4 * programme->years) {
        block->subsidy_kind[row] = 0;
        return;
    }
    const int64_t cents = quarter_payment(world, programme, granted);
    const int cell = i * world->num_counties + zone / TW_NUM_ZONE_KINDS;
    worker->outlay[cell] += cents;
    if (world->settings->budget != TW_PROCESS_NONE) {
        block->savings[row] += cents;
        TW_AT(&worker->tally, subsidies, zone) += cents;
    }
    worker->recipients[cell] += 1;
    TW_AT(&worker->tally, subsidised, zone) += 1;
}

void tw_housing_pay_block(tw_world *world, tw_worker *worker, tw_block *block)
{
    const int32_t rows = world->num_programmes > 0 ? block->num_households : 0;
    for (int32_t i = 0; i < rows; i += TW_ROWS_AT_ONCE) {
        const int32_t some = tw_rows_from(i, rows);
        uint64_t bits = tw_bits_unequal(block->subsidy_kind + i, 0, some);
        for (; bits != 0; bits &= bits - 1) {
            pay_household(world, worker, block, i + tw_lowest_bit(bits));
        }
    }
}

/* Whole payments that money allows; without a limit more than anyone asks for. */
static int64_t payments_in(int64_t cents, int64_t payment)
{
    return cents == INT64_MAX ? INT64_MAX / 2 : cents > 0 ? cents / payment : 0;
}

/*
 * Households that can be granted it now: paid from the next quarter on, they must fit into what is
 * left of this year and, with those who receive it already, into every whole year to come.
 */
static int64_t grants_left(const tw_world *world, int i)
{
    const tw_programme *programme = tw_scenario_programme(world->scenario, i);
    const tw_programme_state *state = &world->programme[i];
    const int64_t payment = quarter_payment(world, programme, world->quarter);
    const int64_t rest = 3 - world->quarter % 4;
    const double all = world->settings->delivery_ceiling;
    const int64_t left = tw_programme_left(world, i);
    const int64_t whole =
        tw_smaller(programme->ceiling_cents, all > 0 ? tw_round(100 * all) : INT64_MAX);
    if (payment <= 0) {
        return 0;
    }
    const int64_t own =
        programme->ceiling_cents == INT64_MAX
            ? INT64_MAX
            : programme->ceiling_cents - state->year_cents - rest * state->quarter_cents;
    const int64_t this_year =
        rest > 0 ? payments_in(tw_smaller(left, own), rest * payment) : INT64_MAX / 2;
    const int64_t every_year =
        payments_in(whole == INT64_MAX ? whole : whole / 4 - state->quarter_cents, payment);
    return (int64_t)((double)tw_smaller(this_year, every_year) * world->sample);
}

/* Who moved from a village or another county with a rural tie asks for the settling grant, once. */
static void ask_to_settle(tw_world *world, tw_worker *worker, const tw_application *application,
                          int zone)
{
    const int county = zone / TW_NUM_ZONE_KINDS;
    if (application->reason != TW_REASON_SEARCH || !(application->wants & TW_GOT_ANY)) {
        return;
    }
    const tw_block *block = &world->population->blocks[application->block];
    const int32_t row = application->row;
    const int i = tw_grant_for(world, TW_LEVER_SETTLING_GRANT, block, row, county);
    const int moved = block->zone[row] == zone && block->moved_quarter[row] == world->quarter;
    if (i >= 0 && moved && !(block->flags[row] & TW_GRANTED) && tw_has_rural_tie(block, row) &&
        tw_takes_up(world, application->uid, 1)) {
        const tw_programme *programme = tw_scenario_programme(world->scenario, i);
        (void)tw_ask_grant(world, worker, i, block, row, zone,
                           tw_round(100 * tw_delivered(world, programme, world->quarter)));
    }
}

static void set_grant_markets(tw_world *world, tw_worker *worker)
{
    for (int32_t i = 0; i < worker->applications.count; i++) {
        tw_application *application = &worker->applications.row[i];
        const int zone =
            application->wants & TW_GOT_SECOND ? application->second : application->destination;
        const int rents = (application->wants & (TW_GOT_FIRST | TW_GOT_SECOND)) &&
                          (application->wants & TW_NEEDS_DWELLING) &&
                          (application->wants & TW_WANTS_SUBSIDY);
        const tw_block *block = &world->population->blocks[application->block];
        application->market = rents ? tw_grant_for(world, TW_LEVER_RENT_SUBSIDY, block,
                                                   application->row, zone / TW_NUM_ZONE_KINDS)
                                    : -1;
        ask_to_settle(world, worker, application, zone);
    }
}

static tw_status flag_recipients(tw_world *world, tw_worker *worker)
{
    tw_status status = TW_OK;
    for (int32_t i = 0; i < worker->applications.count && status == TW_OK; i++) {
        const tw_application *application = &worker->applications.row[i];
        if (application->market >= 0 && application->served) {
            tw_block *block = &world->population->blocks[application->block];
            const tw_household_kind kind = tw_kind_of_household(world, block, application->row);
            block->subsidy_kind[application->row] = (uint8_t)(1 + kind);
            status = tw_note_grant(world, worker, application->market, block, application->row);
        }
    }
    return status;
}

/* Sums what the workers paid for a programme in a county; rounded once, so that threads do not
 * enter. */
static void book_payments_of(tw_world *world, int programme, int county)
{
    const int cell = programme * world->num_counties + county;
    int64_t recipients = 0, cents = 0;
    for (int w = 0; w < world->num_workers; w++) {
        recipients += world->worker[w].recipients[cell];
        cents += world->worker[w].outlay[cell];
        world->worker[w].outlay[cell] = world->worker[w].recipients[cell] = 0;
    }
    if (recipients == 0) {
        return;
    }
    if (world->settings->budget != TW_PROCESS_NONE) {
        const tw_payer payer = tw_scenario_programme(world->scenario, programme)->payer;
        world->budget.account[tw_account_of_payer(payer)] -= cents;
    }
    /* A sampled household stands for 1 / sample of them. */
    const int64_t households = tw_round((double)recipients / world->sample);
    tw_programme_book(
        world, programme, county,
        (tw_ledger_row){tw_round((double)cents / world->sample), households, households});
}

static void book_payments(tw_world *world)
{
    for (int i = 0; i < world->num_programmes; i++) {
        const int grant = tw_scenario_programme(world->scenario, i)->lever == TW_LEVER_RENT_SUBSIDY;
        for (int c = 0; c < world->num_counties && grant; c++) {
            book_payments_of(world, i, c);
        }
    }
}

/* From the next quarter on a programme pays those who received it and those granted it now. */
static void commit(tw_world *world, int programme, int64_t granted)
{
    const tw_programme *of = tw_scenario_programme(world->scenario, programme);
    tw_programme_state *state = &world->programme[programme];
    const int64_t payment = quarter_payment(world, of, world->quarter);
    state->committed_cents =
        of->lever == TW_LEVER_RENT_SUBSIDY
            ? state->quarter_cents + tw_round((double)(granted * payment) / world->sample)
            : 0;
}

/* What is committed for the rest of the year nobody else may spend. */
static void reserve(tw_world *world)
{
    world->policy_reserved_cents = 0;
    for (int i = 0; i < world->num_programmes; i++) {
        world->policy_reserved_cents +=
            world->programme[i].committed_cents * (3 - world->quarter % 4);
    }
}

/* Who asks for which programme, and how many each can take. */
static void open_grants(tw_world *world, tw_market *market, tw_applications *list)
{
    book_payments(world);
    for (int i = 0; i < world->num_programmes; i++) {
        commit(world, i, 0);
    }
    reserve(world);
    for (int i = 0; i < world->num_programmes; i++) {
        market[i] = (tw_market){grants_left(world, i), 0, 0};
    }
    for (int w = 0; w < world->num_workers; w++) {
        set_grant_markets(world, &world->worker[w]);
        list[w] = world->worker[w].applications;
    }
}

tw_status tw_housing_grant(tw_world *world)
{
    tw_market *market = world->grant_market;
    tw_applications *list = world->grant_list;
    if (world->num_programmes == 0) {
        return TW_OK;
    }
    open_grants(world, market, list);
    tw_status status = tw_markets_clear(list, world->num_workers, market, world->num_programmes);
    for (int w = 0; w < world->num_workers && status == TW_OK; w++) {
        status = flag_recipients(world, &world->worker[w]);
    }
    for (int i = 0; i < world->num_programmes && status == TW_OK; i++) {
        world->programme[i].refused +=
            tw_round((double)(market[i].demand - market[i].given) / world->sample);
        commit(world, i, market[i].given);
    }
    reserve(world);
    return status;
}
