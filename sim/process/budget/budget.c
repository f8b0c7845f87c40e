/* SPDX-License-Identifier: Apache-2.0 */
/** The quarter of each household, and the books. */
#include "process/budget/budget.h"

/* Flows of neighbouring households of one zone, cents; booked when the zone changes. */
typedef struct zone_run {
    int64_t number[TW_NUM_ACTIVITIES * TW_NUM_SKILLS];
    int64_t transfers, property, farm, let, minimum, consumed, seasonal;
} zone_run;

enum { CELLS = TW_NUM_ACTIVITIES * TW_NUM_SKILLS };

static int cell_of(int activity, int schooling)
{
    static const uint8_t skill[TW_NUM_SCHOOLING] = {0, 0, 1, 1, 2}; /* tw_skill_of */
    return activity * TW_NUM_SKILLS + skill[schooling];
}

/* What is paid for work follows from the persons by activity and skill. */
static void book_run(tw_worker *worker, const tw_zone_amounts *amounts, int zone,
                     const zone_run *run)
{
    int64_t public_wages = 0, all = 0;
    for (int cell = 0; cell < CELLS; cell++) {
        const int64_t paid = run->number[cell] * amounts->person[cell];
        const int activity = cell / TW_NUM_SKILLS;
        public_wages += activity == TW_EMPLOYED + TW_PUBLIC_SERVICES ? paid : 0;
        all += paid;
    }
    TW_AT(&worker->tally, seasonal_workers, zone) += run->seasonal;
    all += run->seasonal * amounts->seasonal;
    TW_AT(&worker->tally, wages_public, zone) += public_wages;
    TW_AT(&worker->tally, wages_private, zone) += all - public_wages;
    TW_AT(&worker->tally, transfer_income, zone) += run->transfers;
    TW_AT(&worker->tally, property_income, zone) += run->property;
    TW_AT(&worker->tally, farm_income, zone) += run->farm;
    TW_AT(&worker->tally, land_rent_paid, zone) += run->let;
    TW_AT(&worker->tally, minimum_living, zone) += run->minimum;
    TW_AT(&worker->tally, consumed, zone) += run->consumed;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Interest, a part of the debt and 1,000 yuan, as far as there is money. */
static int64_t pay_bank(const tw_world *world, tw_worker *worker, tw_block *block, int32_t row,
                        int64_t has)
{
    const int64_t debt = block->debt[row];
    if (debt == 0) {
        return 0;
    }
    const double quarters = 4 * world->settings->loan_years;
    const int64_t interest =
        smaller(tw_round(0.25 * world->settings->loan_interest * (double)debt), has);
    const int64_t part = tw_round((double)block->debt[row] / quarters) + 100000;
    const int64_t repaid = smaller(smaller(part, debt), has - interest);
    block->debt[row] -= repaid;
    TW_AT(&worker->tally, interest, block->zone[row]) += interest;
    TW_AT(&worker->tally, repaid, block->zone[row]) += repaid;
    return interest + repaid;
}

/* Dwellings differ: a tenant pays the usual part of its income, within bounds of the town's rent.
 */
static int64_t rent_of(const tw_world *world, const tw_zone_amounts *amounts, int64_t income)
{
    const int64_t least = amounts->rent * 2 / 5, most = amounts->rent * 3 / 2; /* assumed */
    const int64_t usual = tw_round(world->settings->rent_share * (double)income);
    return usual < least ? least : usual > most ? most : usual;
}

/* Rent of the quarter as far as there is money; who cannot pay a market rent loses the dwelling. */
static int64_t pay_rent(const tw_world *world, tw_worker *worker, tw_block *block, int32_t row,
                        int64_t income, int64_t has)
{
    const tw_zone_amounts *amounts = &world->budget.zone[block->zone[row]];
    const int zone = block->zone[row], tenure = block->tenure[row];
    if (tenure == TW_PUBLIC_RENTAL) {
        const int64_t paid = smaller(amounts->public_rent, has);
        TW_AT(&worker->tally, public_rent_paid, zone) += paid;
        return paid;
    }
    if (tenure != TW_TOWN_RENTER) {
        return 0;
    }
    const int64_t rent = rent_of(world, amounts, income), paid = smaller(rent, has);
    TW_AT(&worker->tally, rent_paid, zone) += paid;
    if (paid < rent) {
        block->tenure[row] = TW_OTHER_TENURE;
        TW_AT(&worker->tally, dwellings_used, zone) -= 1;
        TW_AT(&worker->tally, evictions, zone) += 1;
    }
    return paid;
}

/* Once a year a tenant who can pay the first part and the instalments may buy. */
static void consider_purchase(const tw_world *world, tw_worker *worker, tw_block *block,
                              int32_t row, int64_t income)
{
    const tw_settings *settings = world->settings;
    const int zone = block->zone[row];
    const int64_t price = TW_AT(&world->zones, price, zone);
    const int64_t first = tw_round(settings->first_payment * (double)price);
    const double lent = (double)(price - first);
    const double instalment = lent * (settings->loan_interest + 1 / settings->loan_years) / 4;
    if (block->savings[row] < first || instalment > settings->instalment_limit * (double)income) {
        return;
    }
    const tw_draw draw =
        tw_draw_at(world->key, TW_DRAW_PURCHASE, block->uid[row], world->quarter, 0);
    if (tw_uniform(draw.word[0]) >= settings->purchase_rate) {
        return;
    }
    block->savings[row] -= first;
    block->debt[row] += price - first;
    block->tenure[row] = TW_TOWN_OWNER;
    block->flags[row] &= (uint8_t)~TW_SUBSIDISED;
    TW_AT(&worker->tally, dwellings_bought, zone) += price;
    TW_AT(&worker->tally, loans, zone) += price - first;
    TW_AT(&worker->tally, purchases, zone) += 1;
}

/* What comes in beside work. */
static int64_t other_income(zone_run *run, const tw_block *block, int32_t row, int64_t work,
                            const tw_zone_amounts *amounts)
{
    const int64_t size = tw_household_size(block, row);
    const int64_t transfer = size * amounts->transfer, property = size * amounts->property;
    const int64_t farm = block->land_zone[row] == block->zone[row] ? size * amounts->farm : 0;
    const int64_t let = block->land_state[row] == TW_LAND_LET ? amounts->land_rent : 0;
    const int64_t income = work + transfer + property + farm + let;
    const int64_t missing = size * amounts->floor - income;
    run->transfers += transfer;
    run->property += property;
    run->farm += farm;
    run->let += let;
    run->minimum += missing > 0 ? missing : 0;
    return missing > 0 ? income + missing - work : income - work;
}

static void settle(const tw_world *world, tw_worker *worker, zone_run *run, tw_block *block,
                   int32_t row, int64_t work)
{
    const tw_zone_amounts *amounts = &world->budget.zone[block->zone[row]];
    const int64_t income = work + other_income(run, block, row, work, amounts);
    const int64_t has = block->savings[row] + income;
    const int64_t rent = pay_rent(world, worker, block, row, income, has);
    const int64_t fixed = rent + pay_bank(world, worker, block, row, has - rent);
    /* Published consumption has the rent in it; the rest does not fall below half of itself. */
    const int64_t whole = tw_household_size(block, row) * amounts->consumption +
                          income / 1000 * amounts->slope / 1000;
    const int64_t wish = whole - rent > whole / 2 ? whole - rent : whole / 2;
    const int64_t consumed = smaller(wish, has - fixed);
    block->savings[row] = has - fixed - consumed;
    run->consumed += consumed;
    if (block->tenure[row] == TW_TOWN_RENTER && world->quarter % 4 == 0) {
        consider_purchase(world, worker, block, row, income);
    }
}

/* The same persons in May and in August: keyed by the 1 November before. */
static int is_away(const tw_world *world, uint64_t person, double share)
{
    const int32_t november = world->quarter - world->quarter % 4;
    return tw_uniform(tw_draw_at(world->key, TW_DRAW_SEASONAL, person, november, 0).word[0]) <
           share;
}

/* Members of a household who farm and are away for the season: most farms are not within reach. */
static int64_t seasonal_workers(const tw_world *world, const tw_block *block, int32_t row,
                                double share)
{
    int64_t away = 0;
    for (int32_t p = block->first_person[row]; p < block->first_person[row + 1]; p++) {
        away += block->activity[p] == TW_FARMING && is_away(world, block->person_uid[p], share);
    }
    return away;
}

void tw_budget_block(tw_world *world, tw_worker *worker, tw_block *block)
{
    if (world->settings->budget == TW_PROCESS_NONE) {
        return;
    }
    for (int32_t h = 0, next; h < block->num_households; h = next) {
        const int zone = block->zone[h];
        const tw_zone_amounts *amounts = &world->budget.zone[zone];
        zone_run run = {0};
        for (next = h; next < block->num_households && block->zone[next] == zone; next++) {
            int64_t work = 0;
            for (int32_t p = block->first_person[next]; p < block->first_person[next + 1]; p++) {
                const int cell = cell_of(block->activity[p], block->schooling[p]);
                work += amounts->person[cell];
                run.number[cell]++;
            }
            if (amounts->seasonal_share > 0) {
                const int64_t away = seasonal_workers(world, block, next, amounts->seasonal_share);
                work += away * amounts->seasonal;
                run.seasonal += away;
            }
            settle(world, worker, &run, block, next, work);
        }
        book_run(worker, amounts, zone, &run);
    }
}

/* ---- the books ---- */

/* From whom to whom each flow goes. */
static const struct {
    int field;
    tw_account from, to;
} books[] = {
    {TW_ZONE_wages_private,    TW_ACCOUNT_FIRMS,      TW_ACCOUNT_HOUSEHOLDS},
    {TW_ZONE_wages_public,     TW_ACCOUNT_CENTRE,     TW_ACCOUNT_HOUSEHOLDS},
    {TW_ZONE_farm_income,      TW_ACCOUNT_FIRMS,      TW_ACCOUNT_HOUSEHOLDS},
    {TW_ZONE_transfer_income,  TW_ACCOUNT_CENTRE,     TW_ACCOUNT_HOUSEHOLDS},
    {TW_ZONE_property_income,  TW_ACCOUNT_LANDLORDS,  TW_ACCOUNT_HOUSEHOLDS},
    {TW_ZONE_minimum_living,   TW_ACCOUNT_COUNTY,     TW_ACCOUNT_HOUSEHOLDS},
    {TW_ZONE_rent_paid,        TW_ACCOUNT_HOUSEHOLDS, TW_ACCOUNT_LANDLORDS },
    {TW_ZONE_public_rent_paid, TW_ACCOUNT_HOUSEHOLDS, TW_ACCOUNT_COUNTY    },
    {TW_ZONE_consumed,         TW_ACCOUNT_HOUSEHOLDS, TW_ACCOUNT_FIRMS     },
    {TW_ZONE_dwellings_bought, TW_ACCOUNT_HOUSEHOLDS, TW_ACCOUNT_LANDLORDS },
    {TW_ZONE_dwellings_sold,   TW_ACCOUNT_LANDLORDS,  TW_ACCOUNT_HOUSEHOLDS},
    {TW_ZONE_land_paid,        TW_ACCOUNT_COUNTY,     TW_ACCOUNT_HOUSEHOLDS},
    {TW_ZONE_land_rent_paid,   TW_ACCOUNT_FIRMS,      TW_ACCOUNT_HOUSEHOLDS},
    {TW_ZONE_loans,            TW_ACCOUNT_BANKS,      TW_ACCOUNT_HOUSEHOLDS},
    {TW_ZONE_interest,         TW_ACCOUNT_HOUSEHOLDS, TW_ACCOUNT_BANKS     },
    {TW_ZONE_repaid,           TW_ACCOUNT_HOUSEHOLDS, TW_ACCOUNT_BANKS     },
    {TW_ZONE_estates,          TW_ACCOUNT_HOUSEHOLDS, TW_ACCOUNT_COUNTY    },
    {TW_ZONE_taken_out,        TW_ACCOUNT_HOUSEHOLDS, TW_ACCOUNT_OUTSIDE   },
    {TW_ZONE_brought_in,       TW_ACCOUNT_OUTSIDE,    TW_ACCOUNT_HOUSEHOLDS}
};

void tw_budget_close(tw_world *world)
{
    tw_budget *budget = &world->budget;
    for (size_t i = 0; i < sizeof books / sizeof *books; i++) {
        const int64_t sum = tw_zones_sum(&world->zones, books[i].field, -1);
        budget->account[books[i].from] -= sum;
        budget->account[books[i].to] += sum;
    }
    /* The payers' end is booked programme by programme. */
    budget->account[TW_ACCOUNT_HOUSEHOLDS] += tw_zones_sum(&world->zones, TW_ZONE_subsidies, -1);
    budget->debt_change += tw_zones_sum(&world->zones, TW_ZONE_loans, -1) -
                           tw_zones_sum(&world->zones, TW_ZONE_repaid, -1) -
                           tw_zones_sum(&world->zones, TW_ZONE_loans_lost, -1);
}

void tw_budget_recount(const tw_world *world, int64_t *savings, int64_t *debt)
{
    *savings = *debt = 0;
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            *savings += block->savings[h];
            *debt += block->debt[h];
        }
    }
}
