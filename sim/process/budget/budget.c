/* SPDX-License-Identifier: Apache-2.0 */
/** The quarter of each household, and the books. */
#include "process/budget/budget.h"

#include "base/clones.h"
#include "base/rows.h"
#include "process/members.h"

/* So many persons are drawn at once; sums over the persons of so many households are kept. */
enum { AT_ONCE = 64, HOUSEHOLDS_AT_ONCE = 256 };

/* Interest on loans for dwellings a year, less what a provident fund takes over. */
static double interest_rate(const tw_world *world, int zone)
{
    const int county = zone / TW_NUM_ZONE_KINDS;
    return world->settings->loan_interest * (1 - tw_policy(world, TW_LEVER_PROVIDENT_FUND, county));
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
        tw_smaller(tw_round(0.25 * interest_rate(world, block->zone[row]) * (double)debt), has);
    const int64_t part = tw_round((double)block->debt[row] / quarters) + 100000;
    const int64_t repaid = tw_smaller(tw_smaller(part, debt), has - interest);
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

static void evict(tw_worker *worker, tw_block *block, int32_t row)
{
    block->tenure[row] = TW_OTHER_TENURE;
    TW_AT(&worker->tally, dwellings_used, block->zone[row]) -= 1;
    TW_AT(&worker->tally, evictions, block->zone[row]) += 1;
}

/* Rent of the quarter as far as there is money; who cannot pay a market rent loses the dwelling. */
static int64_t pay_rent(const tw_world *world, tw_worker *worker, tw_block *block, int32_t row,
                        const tw_zone_amounts *amounts, int64_t income, int64_t has)
{
    const int tenure = block->tenure[row];
    if (tenure == TW_PUBLIC_RENTAL) {
        const int64_t paid = tw_smaller(amounts->public_rent, has);
        worker->flows[block->zone[row]].public_rent += paid;
        return paid;
    }
    if (tenure != TW_TOWN_RENTER) {
        return 0;
    }
    const int64_t rent = rent_of(world, amounts, income), paid = tw_smaller(rent, has);
    worker->flows[block->zone[row]].rent += paid;
    if (paid < rent) {
        evict(worker, block, row);
    }
    return paid;
}

/* Cents that a tenant needs to buy: of the price, what the bank does not lend. */
static int64_t first_payment(const tw_world *world, const tw_block *block, int32_t row)
{
    const int zone = block->zone[row];
    const int elsewhere = block->registered_zone[block->first_person[row]] != zone;
    const double credit =
        elsewhere ? tw_policy(world, TW_LEVER_CREDIT, zone / TW_NUM_ZONE_KINDS) : 0;
    return tw_round(world->settings->first_payment * (1 - credit) *
                    (double)TW_AT(&world->zones, price, zone));
}

/* Whether a tenant with so much money can pay the first part and the instalments. */
static int can_buy(const tw_world *world, const tw_block *block, int32_t row, int64_t income,
                   int64_t grant)
{
    const tw_settings *settings = world->settings;
    const int64_t price = TW_AT(&world->zones, price, block->zone[row]);
    const int64_t first = first_payment(world, block, row);
    const double lent = (double)(price - (grant > first ? grant : first));
    const double instalment =
        lent * (interest_rate(world, block->zone[row]) + 1 / settings->loan_years) / 4;
    return block->savings[row] + grant >= first &&
           instalment <= settings->instalment_limit * (double)income;
}

/* `grant`: cents of the savings that go into the dwelling whatever the first payment is. */
static void buy(const tw_world *world, tw_zones *flows, tw_block *block, int32_t row, int64_t grant)
{
    const int zone = block->zone[row];
    const int64_t price = TW_AT(&world->zones, price, zone);
    const int64_t first = first_payment(world, block, row), own = grant > first ? grant : first;
    block->savings[row] -= own;
    block->debt[row] += price - own;
    block->tenure[row] = TW_TOWN_OWNER;
    block->subsidy_kind[row] = 0;
    TW_AT(flows, dwellings_bought, zone) += price;
    TW_AT(flows, loans, zone) += price - own;
    TW_AT(flows, purchases, zone) += 1;
}

/* Cents of the purchase subsidy for a household that would take it, and its programme. */
static int64_t subsidy_for(const tw_world *world, const tw_block *block, int32_t row,
                           int *programme)
{
    const int county = block->zone[row] / TW_NUM_ZONE_KINDS;
    *programme =
        tw_grant_in_force(world, TW_LEVER_PURCHASE_SUBSIDY,
                          (int)tw_kind_of_household(world, block, row), county, world->quarter);
    if (*programme < 0 || !tw_has_rural_tie(block, row) ||
        !tw_takes_up(world, block->uid[row], 1)) {
        return 0;
    }
    const double share =
        tw_delivered(world, tw_scenario_programme(world->scenario, *programme), world->quarter);
    return tw_round(share * (double)TW_AT(&world->zones, price, block->zone[row]));
}

/*
 * Once a year a tenant who can pay the first part and the instalments may buy. Who can be granted a
 * subsidy asks for it and buys when it is known, at the end of the quarter.
 */
static void consider_purchase(const tw_world *world, tw_worker *worker, tw_block *block,
                              int32_t row, int64_t income)
{
    int programme = -1;
    const int64_t subsidy = subsidy_for(world, block, row, &programme);
    const int without = can_buy(world, block, row, income, 0);
    const int with = subsidy > 0 && can_buy(world, block, row, income, subsidy);
    if (!without && !with) {
        return;
    }
    const tw_draw draw =
        tw_draw_at(world->key, TW_DRAW_PURCHASE, block->uid[row], world->quarter, 0);
    if (tw_uniform(draw.word[0]) >= world->settings->purchase_rate) {
        return;
    }
    if (!with) {
        buy(world, &worker->tally, block, row, 0);
        return;
    }
    tw_application *grant =
        tw_ask_grant(world, worker, programme, block, row, block->zone[row], subsidy);
    if (grant != NULL) {
        grant->reason = (uint8_t)without;
    }
}

/* Who was refused buys if it can without; a tenant who moved meanwhile does not. */
void tw_budget_purchases(tw_world *world)
{
    for (int w = 0; w < world->num_workers; w++) {
        const tw_applications *grants = &world->worker[w].grants;
        for (int32_t i = 0; i < grants->count; i++) {
            const tw_application *grant = &grants->row[i];
            tw_block *block = &world->population->blocks[grant->block];
            if (tw_grant_is_of(world, grant, TW_LEVER_PURCHASE_SUBSIDY) &&
                block->tenure[grant->row] == TW_TOWN_RENTER && (grant->served || grant->reason)) {
                buy(world, &world->zones, block, grant->row, grant->served ? grant->units : 0);
            }
        }
    }
}

/* Up to the minimum living allowance: that of the town for who is registered in its county. */
static int64_t missing_to_floor(const tw_block *block, int32_t row, const tw_zone_amounts *amounts,
                                int64_t size, int64_t income)
{
    if (income >= size * amounts->floor) {
        return 0;
    }
    const int registered = block->registered_zone[block->first_person[row]];
    const int here =
        registered >= 0 && registered / TW_NUM_ZONE_KINDS == block->zone[row] / TW_NUM_ZONE_KINDS;
    const int64_t least = size * (here ? amounts->floor : amounts->floor_elsewhere);
    return least > income ? least - income : 0;
}

/* All that comes in, the minimum living allowance included. */
static int64_t income_of(const tw_block *block, int32_t row, const tw_zone_amounts *amounts,
                         tw_zone_flows *flows, int64_t work)
{
    const int64_t size = tw_household_size(block, row);
    const int64_t on_land = size & -(int64_t)(block->land_zone[row] == block->zone[row]);
    const int64_t lets = block->land_state[row] == TW_LAND_LET;
    const int64_t income = work + size * (amounts->transfer + amounts->property) +
                           on_land * amounts->farm + (amounts->land_rent & -lets);
    const int64_t missing = missing_to_floor(block, row, amounts, size, income);
    flows->persons += size;
    flows->on_land += on_land;
    flows->lets += lets;
    flows->wages += work;
    flows->minimum += missing;
    return income + missing;
}

/* Published consumption has the rent in it; the rest does not fall below half of itself. */
static int64_t wish_of(const tw_zone_amounts *amounts, int64_t size, int64_t income, int64_t rent)
{
    const int64_t whole = size * amounts->consumption + income / 1000 * amounts->slope / 1000;
    return whole - rent > whole / 2 ? whole - rent : whole / 2;
}

/* Of those who pay a rent or a bank, few. */
static void settle_payer(const tw_world *world, tw_worker *worker, tw_block *block, int32_t row,
                         int64_t income)
{
    const tw_zone_amounts *amounts = &world->budget.zone[block->zone[row]];
    const int64_t has = block->savings[row] + income;
    const int64_t rent = pay_rent(world, worker, block, row, amounts, income, has);
    const int64_t fixed = rent + pay_bank(world, worker, block, row, has - rent);
    const int64_t wish = wish_of(amounts, tw_household_size(block, row), income, rent);
    const int64_t consumed = tw_smaller(wish, has - fixed);
    block->savings[row] = has - fixed - consumed;
    worker->flows[block->zone[row]].consumed += consumed;
    if (world->quarter % 4 == 0 && block->tenure[row] == TW_TOWN_RENTER) {
        consider_purchase(world, worker, block, row, income);
    }
}

/*
 * Households [row, end): those who pay neither rent nor a bank settle at once, the others are
 * listed and follow, so that no branch goes either way.
 */
static void settle(const tw_world *world, tw_worker *worker, tw_block *block, int32_t row,
                   int32_t end, const int64_t *before)
{
    int32_t payer[HOUSEHOLDS_AT_ONCE], num = 0;
    int64_t has_income[HOUSEHOLDS_AT_ONCE];
    const int32_t *first = block->first_person;
    for (int32_t h = row; h < end; h++) {
        const tw_zone_amounts *amounts = &world->budget.zone[block->zone[h]];
        tw_zone_flows *flows = &worker->flows[block->zone[h]];
        const int64_t work = before[first[h + 1]] - before[first[h]];
        const int64_t income = income_of(block, h, amounts, flows, work);
        const int tenure = block->tenure[h];
        const int pays =
            (tenure == TW_TOWN_RENTER) | (tenure == TW_PUBLIC_RENTAL) | (block->debt[h] != 0);
        const int64_t has = block->savings[h] + income;
        const int64_t wish = wish_of(amounts, first[h + 1] - first[h], income, 0);
        const int64_t consumed = tw_smaller(wish, has) & (pays - 1);
        payer[num] = h;
        has_income[num] = income;
        num += pays;
        block->savings[h] = has - consumed - (income & -pays);
        flows->consumed += consumed;
    }
    for (int32_t i = 0; i < num; i++) {
        settle_payer(world, worker, block, payer[i], has_income[i]);
    }
}

/* Cells of what every person is paid: by zone, activity and skill. */
TW_CLONES static void find_pays(const int16_t *restrict zone, const uint8_t *restrict activity,
                                const uint8_t *restrict schooling, int32_t count,
                                int32_t *restrict pay)
{
    for (int32_t p = 0; p < count; p++) {
        /* tw_skill_of without a branch, in bytes */
        const uint8_t middle = schooling[p] >= TW_SCHOOL_JUNIOR ? 1 : 0;
        const uint8_t high = schooling[p] >= TW_SCHOOL_COLLEGE ? 1 : 0;
        pay[p] = tw_pay_cell(zone[p], tw_pay_of(activity[p], 0) + middle + high);
    }
}

/* Seasonal workers among some who farm: what they earn comes on top. The same persons in May and in
 * August: keyed by the 1 November before. */
static void find_away(const tw_world *world, tw_worker *worker, const tw_block *block,
                      const int32_t *person, int32_t num, int32_t *pay)
{
    uint64_t uid[AT_ONCE] = {0}, word[2][AT_ONCE];
    const int32_t november = world->quarter - world->quarter % 4;
    for (int32_t i = 0; i < num; i++) {
        uid[i] = block->person_uid[person[i]];
    }
    tw_draw_many(world->key, TW_DRAW_SEASONAL, november, 0, uid, num, word[0], word[1]);
    for (int32_t i = 0; i < num; i++) {
        const int zone = worker->person_zone[person[i]];
        const int away = tw_uniform(word[0][i]) < world->budget.zone[zone].seasonal_share;
        pay[person[i]] += away ? TW_PAY_AWAY - tw_pay_of(TW_FARMING, 0) : 0;
        TW_AT(&worker->tally, seasonal_workers, zone) += away;
    }
}

/* In summer: looks through those who farm. */
static void pay_season(const tw_world *world, tw_worker *worker, const tw_block *block,
                       int32_t *pay)
{
    const int32_t num = tw_rows_equal(block->activity, TW_FARMING, block->num_persons,
                                      worker->passed, worker->person_row);
    for (int32_t i = 0; i < num; i += AT_ONCE) {
        const int32_t some = num - i < AT_ONCE ? num - i : AT_ONCE;
        find_away(world, worker, block, worker->person_row + i, some, pay);
    }
}

/* Wages of public services: few earn them. */
static void add_public_wages(const tw_world *world, tw_worker *worker, const tw_block *block,
                             const int32_t *pay)
{
    const int32_t num = tw_rows_equal(block->activity, TW_EMPLOYED + TW_PUBLIC_SERVICES,
                                      block->num_persons, worker->passed, worker->person_row);
    for (int32_t i = 0; i < num; i++) {
        const int32_t p = worker->person_row[i];
        worker->flows[worker->person_zone[p]].public_wages += world->budget.pay[pay[p]];
    }
}

/* Sums of what all before each person [first, end) earn, and of all of them. */
static void sum_pays(const int64_t *restrict cents, const int32_t *restrict pay, int32_t first,
                     int32_t end, int64_t *restrict before)
{
    int64_t sum = 0;
    for (int32_t p = first; p < end; p++) {
        before[p] = sum;
        sum += cents[pay[p]];
    }
    before[end] = sum;
}

void tw_budget_block(tw_world *world, tw_worker *worker, tw_block *block)
{
    if (world->settings->budget == TW_PROCESS_NONE) {
        return;
    }
    int32_t *pay = (int32_t *)worker->draw[1];
    int64_t *before = (int64_t *)worker->draw[0];
    const int32_t *first = block->first_person, rows = block->num_households;
    find_pays(worker->person_zone, block->activity, block->schooling, block->num_persons, pay);
    if (world->budget.in_season) {
        pay_season(world, worker, block, pay);
    }
    add_public_wages(world, worker, block, pay);
    for (int32_t row = 0, end; row < rows; row = end) {
        end = row + HOUSEHOLDS_AT_ONCE < rows ? row + HOUSEHOLDS_AT_ONCE : rows;
        sum_pays(world->budget.pay, pay, first[row], first[end], before);
        settle(world, worker, block, row, end, before);
    }
}

void tw_budget_book(const tw_world *world, tw_worker *worker)
{
    for (int zone = 0; zone < world->num_zones; zone++) {
        const tw_zone_amounts *amounts = &world->budget.zone[zone];
        tw_zone_flows *flows = &worker->flows[zone];
        TW_AT(&worker->tally, wages_public, zone) += flows->public_wages;
        TW_AT(&worker->tally, wages_private, zone) += flows->wages - flows->public_wages;
        TW_AT(&worker->tally, transfer_income, zone) += flows->persons * amounts->transfer;
        TW_AT(&worker->tally, property_income, zone) += flows->persons * amounts->property;
        TW_AT(&worker->tally, farm_income, zone) += flows->on_land * amounts->farm;
        TW_AT(&worker->tally, land_rent_paid, zone) += flows->lets * amounts->land_rent;
        TW_AT(&worker->tally, minimum_living, zone) += flows->minimum;
        TW_AT(&worker->tally, consumed, zone) += flows->consumed;
        TW_AT(&worker->tally, rent_paid, zone) += flows->rent;
        TW_AT(&worker->tally, public_rent_paid, zone) += flows->public_rent;
        *flows = (tw_zone_flows){0};
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
