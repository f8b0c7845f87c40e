/* SPDX-License-Identifier: Apache-2.0 */
/** The quarter of each household, and the books. */
#include "process/budget/budget.h"

#include "base/clones.h"
#include "base/rows.h"

/* So many persons are drawn at once. */
enum { AT_ONCE = 64 };

/* Takes the flows of the block's households into the tally. */
static void book_flows(tw_worker *worker, int zone)
{
    tw_zone_flows *flows = &worker->flows[zone];
    TW_AT(&worker->tally, wages_public, zone) += flows->public_wages;
    TW_AT(&worker->tally, wages_private, zone) += flows->wages - flows->public_wages;
    TW_AT(&worker->tally, transfer_income, zone) += flows->transfers;
    TW_AT(&worker->tally, property_income, zone) += flows->property;
    TW_AT(&worker->tally, farm_income, zone) += flows->farm;
    TW_AT(&worker->tally, land_rent_paid, zone) += flows->let;
    TW_AT(&worker->tally, minimum_living, zone) += flows->minimum;
    TW_AT(&worker->tally, consumed, zone) += flows->consumed;
    *flows = (tw_zone_flows){0};
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
    const int64_t least = amounts->least_rent, most = amounts->most_rent;
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
static int64_t other_income(tw_zone_flows *flows, const tw_block *block, int32_t row, int64_t work,
                            const tw_zone_amounts *amounts)
{
    const int64_t size = tw_household_size(block, row);
    const int64_t transfer = size * amounts->transfer, property = size * amounts->property;
    const int64_t farm = block->land_zone[row] == block->zone[row] ? size * amounts->farm : 0;
    const int64_t let = block->land_state[row] == TW_LAND_LET ? amounts->land_rent : 0;
    const int64_t income = work + transfer + property + farm + let;
    const int64_t missing = size * amounts->floor - income;
    flows->transfers += transfer;
    flows->property += property;
    flows->farm += farm;
    flows->let += let;
    flows->minimum += missing > 0 ? missing : 0;
    return missing > 0 ? income + missing - work : income - work;
}

static void settle(const tw_world *world, tw_worker *worker, tw_block *block, int32_t row,
                   int64_t work)
{
    const tw_zone_amounts *amounts = &world->budget.zone[block->zone[row]];
    tw_zone_flows *flows = &worker->flows[block->zone[row]];
    const int64_t income = work + other_income(flows, block, row, work, amounts);
    const int64_t has = block->savings[row] + income;
    const int64_t rent = pay_rent(world, worker, block, row, income, has);
    const int64_t fixed = rent + pay_bank(world, worker, block, row, has - rent);
    /* Published consumption has the rent in it; the rest does not fall below half of itself. */
    const int64_t whole = tw_household_size(block, row) * amounts->consumption +
                          income / 1000 * amounts->slope / 1000;
    const int64_t wish = whole - rent > whole / 2 ? whole - rent : whole / 2;
    const int64_t consumed = smaller(wish, has - fixed);
    block->savings[row] = has - fixed - consumed;
    flows->consumed += consumed;
    if (block->tenure[row] == TW_TOWN_RENTER && world->quarter % 4 == 0) {
        consider_purchase(world, worker, block, row, income);
    }
}

/* What every person is paid for work: amounts by zone, activity and skill. */
TW_CLONES static void pay_persons(const int64_t *restrict amount, const int16_t *restrict zone,
                                  const uint8_t *restrict activity,
                                  const uint8_t *restrict schooling, int32_t count,
                                  int64_t *restrict paid, int64_t *restrict public_paid)
{
    const int32_t stride = (int32_t)(sizeof(tw_zone_amounts) / sizeof(int64_t));
    for (int32_t p = 0; p < count; p++) {
        /* tw_skill_of without a branch */
        const int32_t skill =
            (schooling[p] >= TW_SCHOOL_JUNIOR) + (schooling[p] >= TW_SCHOOL_COLLEGE);
        const int64_t pay = amount[zone[p] * stride + activity[p] * TW_NUM_SKILLS + skill];
        paid[p] = pay;
        public_paid[p] = activity[p] == TW_EMPLOYED + TW_PUBLIC_SERVICES ? pay : 0;
    }
}

/* Seasonal workers among some who farm: what they earn comes on top. The same persons in May and in
 * August: keyed by the 1 November before. */
static void pay_seasonal(const tw_world *world, tw_worker *worker, const tw_block *block,
                         const int32_t *person, int32_t num, int64_t *paid)
{
    uint64_t uid[AT_ONCE], word[2][AT_ONCE];
    const int32_t november = world->quarter - world->quarter % 4;
    for (int32_t i = 0; i < num; i++) {
        uid[i] = block->person_uid[person[i]];
    }
    tw_draw_many(world->key, TW_DRAW_SEASONAL, november, 0, uid, num, word[0], word[1]);
    for (int32_t i = 0; i < num; i++) {
        const int zone = worker->person_zone[person[i]];
        const tw_zone_amounts *amounts = &world->budget.zone[zone];
        const int away = tw_uniform(word[0][i]) < amounts->seasonal_share;
        paid[person[i]] += away ? amounts->seasonal : 0;
        TW_AT(&worker->tally, seasonal_workers, zone) += away;
    }
}

/* In summer: looks through those who farm. */
static void pay_season(const tw_world *world, tw_worker *worker, const tw_block *block,
                       int64_t *paid)
{
    for (int32_t p = 0; p < block->num_persons; p++) {
        worker->passed[p] = block->activity[p] == TW_FARMING;
    }
    const int32_t num = tw_compact_rows(worker->passed, block->num_persons, worker->person_row);
    for (int32_t i = 0; i < num; i += AT_ONCE) {
        const int32_t some = num - i < AT_ONCE ? num - i : AT_ONCE;
        pay_seasonal(world, worker, block, worker->person_row + i, some, paid);
    }
}

/* Sums of all before each and, behind them, of all; in place. */
static void cumulate(int64_t *restrict a, int64_t *restrict b, int32_t count)
{
    int64_t sum_a = 0, sum_b = 0;
    for (int32_t p = 0; p < count; p++) {
        const int64_t add_a = a[p], add_b = b[p];
        a[p] = sum_a;
        b[p] = sum_b;
        sum_a += add_a;
        sum_b += add_b;
    }
    a[count] = sum_a;
    b[count] = sum_b;
}

void tw_budget_block(tw_world *world, tw_worker *worker, tw_block *block)
{
    if (world->settings->budget == TW_PROCESS_NONE) {
        return;
    }
    int64_t *paid = (int64_t *)worker->draw[0], *public_paid = (int64_t *)worker->draw[1];
    pay_persons(world->budget.zone->person, worker->person_zone, block->activity, block->schooling,
                block->num_persons, paid, public_paid);
    if (world->budget.in_season) {
        pay_season(world, worker, block, paid);
    }
    cumulate(paid, public_paid, block->num_persons);
    for (int32_t row = 0; row < block->num_households; row++) {
        const int32_t first = block->first_person[row], end = block->first_person[row + 1];
        tw_zone_flows *flows = &worker->flows[block->zone[row]];
        flows->wages += paid[end] - paid[first];
        flows->public_wages += public_paid[end] - public_paid[first];
        settle(world, worker, block, row, paid[end] - paid[first]);
    }
    for (int z = 0; z < world->num_zones; z++) {
        book_flows(worker, z);
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
