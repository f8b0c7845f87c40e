/* SPDX-License-Identifier: Apache-2.0 */
/** The rental subsidy: grants within the ceiling, payments, outlay. */
#include <stdlib.h>

#include "process/housing/housing.h"

static int64_t quarter_payment(const tw_programme *programme, int32_t granted)
{
    return 3 * tw_round(100 * tw_programme_amount(programme, granted));
}

void tw_housing_pay_block(tw_world *world, tw_worker *worker, tw_block *block)
{
    if (world->num_programmes == 0) {
        return;
    }
    for (int32_t row = 0; row < block->num_households; row++) {
        if (!(block->flags[row] & TW_SUBSIDISED)) {
            continue;
        }
        const int32_t granted = block->moved_quarter[row];
        const int i = tw_subsidy_programme(world, block->zone[row] / TW_NUM_ZONE_KINDS, granted);
        const tw_programme *programme = i < 0 ? NULL : tw_scenario_programme(world->scenario, i);
        if (programme == NULL || world->quarter - granted > 4 * programme->years) {
            block->flags[row] &= (uint8_t)~TW_SUBSIDISED;
            continue;
        }
        worker->outlay[i] += quarter_payment(programme, granted);
        if (world->settings->budget != TW_PROCESS_NONE) {
            block->savings[row] += quarter_payment(programme, granted);
            TW_AT(&worker->tally, subsidies, block->zone[row]) +=
                quarter_payment(programme, granted);
        }
        worker->recipients[i] += 1;
        TW_AT(&worker->tally, subsidised, block->zone[row]) += 1;
    }
}

/* Households the rest of the year's ceiling can carry to the end of the year. */
static int64_t grants_left(const tw_world *world, const tw_programme *programme,
                           const tw_programme_state *state)
{
    if (programme->ceiling_cents == INT64_MAX && world->settings->delivery_ceiling <= 0) {
        return INT64_MAX / 2;
    }
    const int64_t payment = quarter_payment(programme, world->quarter);
    const int64_t quarters = 3 - world->quarter % 4;
    const int64_t committed = state->year_cents + state->units * payment * quarters;
    const int64_t own =
        programme->ceiling_cents == INT64_MAX ? INT64_MAX : programme->ceiling_cents - committed;
    const int64_t of_all = tw_policy_left(world);
    const int64_t left = own < of_all ? own : of_all;
    /* Paid from the next quarter on; in the year's last quarter the next year pays. */
    return left <= 0 ? 0
                     : (int64_t)((double)left / (double)(payment * (quarters > 0 ? quarters : 4)) *
                                 world->sample);
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
        application->market =
            rents ? tw_subsidy_programme(world, zone / TW_NUM_ZONE_KINDS, world->quarter) : -1;
    }
}

static tw_status flag_recipients(tw_world *world, tw_worker *worker)
{
    tw_status status = TW_OK;
    for (int32_t i = 0; i < worker->applications.count && status == TW_OK; i++) {
        const tw_application *application = &worker->applications.row[i];
        if (application->market >= 0 && application->served) {
            tw_block *block = &world->population->blocks[application->block];
            block->flags[application->row] |= TW_SUBSIDISED;
            status = tw_note_grant(world, worker, application->market, block, application->row);
        }
    }
    return status;
}

/* Sums what the workers paid in this quarter; rounded once, so that threads do not enter. */
static void book_payments(tw_world *world)
{
    for (int i = 0; i < world->num_programmes; i++) {
        tw_programme_state *state = &world->programme[i];
        int64_t recipients = 0, cents = 0;
        for (int w = 0; w < world->num_workers; w++) {
            recipients += world->worker[w].recipients[i];
            cents += world->worker[w].outlay[i];
            world->worker[w].outlay[i] = world->worker[w].recipients[i] = 0;
        }
        if (world->settings->budget != TW_PROCESS_NONE) {
            const tw_payer payer = tw_scenario_programme(world->scenario, i)->payer;
            world->budget.account[tw_account_of_payer(payer)] -= cents;
        }
        /* A sampled household stands for 1 / sample of them. */
        cents = tw_round((double)cents / world->sample);
        state->units += tw_round((double)recipients / world->sample);
        state->quarter_cents += cents;
        state->year_cents += cents;
        world->policy_year_cents += cents;
    }
}

tw_status tw_housing_grant(tw_world *world)
{
    if (world->num_programmes == 0) {
        return TW_OK;
    }
    book_payments(world);
    tw_market *market = calloc((size_t)world->num_programmes, sizeof(*market));
    tw_applications *list = calloc((size_t)world->num_workers, sizeof(*list));
    tw_status status = market == NULL || list == NULL ? TW_NO_MEMORY : TW_OK;
    for (int i = 0; i < world->num_programmes && status == TW_OK; i++) {
        market[i].capacity =
            grants_left(world, tw_scenario_programme(world->scenario, i), &world->programme[i]);
    }
    for (int w = 0; w < world->num_workers && status == TW_OK; w++) {
        set_grant_markets(world, &world->worker[w]);
        list[w] = world->worker[w].applications;
    }
    if (status == TW_OK) {
        status = tw_markets_clear(list, world->num_workers, market, world->num_programmes);
    }
    for (int w = 0; w < world->num_workers && status == TW_OK; w++) {
        status = flag_recipients(world, &world->worker[w]);
    }
    for (int i = 0; i < world->num_programmes && status == TW_OK; i++) {
        world->programme[i].refused +=
            tw_round((double)(market[i].demand - market[i].given) / world->sample);
    }
    free(list);
    free(market);
    return status;
}
