/* SPDX-License-Identifier: Apache-2.0 */
/** The quarter of each household, and the books. */
#include "process/budget/budget.h"

#include <string.h>

#include "base/clones.h"
#include "base/rows.h"
#include "process/budget/settle.h"
#include "process/members.h"

/* So many persons are drawn at once. */
enum { AT_ONCE = 64 };

/* Those of a zone have two places in turn, so that neighbours do not wait for each other. */
static tw_zone_flows *flows_of(const tw_worker *worker, const tw_block *block, int32_t row)
{
    return &worker->flows[2 * block->zone[row] + (row & 1)];
}

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
        flows_of(worker, block, row)->public_rent += paid;
        return paid;
    }
    if (tenure != TW_TOWN_RENTER) {
        return 0;
    }
    const int64_t rent = rent_of(world, amounts, income), paid = tw_smaller(rent, has);
    flows_of(worker, block, row)->rent += paid;
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
    *programme = tw_grant_for(world, TW_LEVER_PURCHASE_SUBSIDY, block, row, county);
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

/* Whether the first person is registered in the county of residence: its zones differ in the last
 * bit, and to be nowhere or outside differs in the sign. */
static int is_registered_here(const tw_block *block, int32_t row)
{
    const int registered = block->registered_zone[block->first_person[row]];
    return (unsigned)(registered ^ block->zone[row]) < TW_NUM_ZONE_KINDS;
}
_Static_assert(TW_NUM_ZONE_KINDS == 2, "the last bit of a zone tells its kind");

/* Up to the minimum living allowance: that of the town for who is registered in its county. */
static int64_t missing_to_floor(const tw_zone_amounts *amounts, int64_t size, int here,
                                int64_t income)
{
    const int64_t least = size * (here ? amounts->floor : amounts->floor_elsewhere);
    return income < size * amounts->floor && least > income ? least - income : 0;
}

/* Published consumption has the rent in it; the rest does not fall below half of itself. */
static int64_t wish_of(const tw_world *world, int zone, int64_t size, int64_t income, int64_t rent)
{
    const int64_t whole =
        size * world->budget.zone[zone].consumption + income / 1000 * world->budget.slope / 1000;
    return whole - rent > whole / 2 ? whole - rent : whole / 2;
}

/* Of those who pay a rent or a bank, few: they have consumed as if there were none. */
static void settle_payer(const tw_world *world, tw_worker *worker, tw_block *block, int32_t row,
                         int64_t income, int64_t without)
{
    const tw_zone_amounts *amounts = &world->budget.zone[block->zone[row]];
    const int64_t has = block->savings[row] + without;
    const int64_t rent = pay_rent(world, worker, block, row, amounts, income, has);
    const int64_t fixed = rent + pay_bank(world, worker, block, row, has - rent);
    const int64_t size = tw_household_size(block, row);
    const int64_t wish = wish_of(world, block->zone[row], size, income, rent);
    const int64_t consumed = tw_smaller(wish, has - fixed);
    block->savings[row] = has - fixed - consumed;
    flows_of(worker, block, row)->consumed += consumed - without;
    if (world->quarter % 4 == 0 && block->tenure[row] == TW_TOWN_RENTER) {
        consider_purchase(world, worker, block, row, income);
    }
}

/* Of the bits of a household's kind, one more while it settles: has a rent or a bank to pay. */
enum { PAYS_BIT = 3, PAYS = 1 << PAYS_BIT };
_Static_assert((int)PAYS == (int)TW_BUDGET_KINDS, "the bit after the others");

/* Kinds of households, but for where they are registered. */
TW_CLONES static void find_kinds(const tw_block *block, uint8_t *restrict kind)
{
    const int16_t *restrict zone = block->zone, *restrict land_zone = block->land_zone;
    const uint8_t *restrict land = block->land_state, *restrict tenure = block->tenure;
    const int64_t *restrict debt = block->debt;
    const int32_t count = block->num_households;
    for (int32_t h = 0; h < count; h++) {
        const int16_t on_land = land_zone[h] == zone[h] ? TW_BUDGET_ON_LAND : 0;
        const int16_t lets = land[h] == TW_LAND_LET ? TW_BUDGET_LETS : 0;
        const int16_t rents = tenure[h] == TW_TOWN_RENTER || tenure[h] == TW_PUBLIC_RENTAL;
        kind[h] = (uint8_t)(on_land | lets | rents * PAYS);
    }
    for (int32_t h = 0; h < count; h++) {
        kind[h] = (uint8_t)(kind[h] | (debt[h] != 0 ? PAYS : 0));
    }
}

/* Households that settle together, and those of them who have a rent or a bank to pay. */
typedef struct together {
    int32_t first, count, num_payers;
    int32_t payer[TW_SETTLE_MOST];
    tw_settling of;
} together;

/* Brings what settling takes of the households and their zones together, without a branch, and
 * counts them; `before`: what all persons before one of them are paid. */
static void gather(const tw_world *world, tw_worker *worker, const tw_block *block,
                   const uint64_t *before, together *all)
{
    const int32_t *first = block->first_person + all->first, from = first[0];
    int32_t num = 0;
    for (int32_t i = 0; i < all->count; i++) {
        const int32_t row = all->first + i, kind = worker->kind[row];
        const int here = is_registered_here(block, row) ? TW_BUDGET_HERE : 0;
        const int32_t cell = tw_terms_cell(block->zone[row], kind % TW_BUDGET_KINDS | here);
        all->of.paid[i] = before[first[i + 1] - from] - before[first[i] - from];
        all->of.terms[i] = world->budget.terms[cell];
        worker->settled[2 * cell + (row & 1)] +=
            (uint64_t)(first[i + 1] - first[i]) + (UINT64_C(1) << 32);
        all->payer[num] = i;
        num += kind >> PAYS_BIT;
    }
    all->num_payers = num;
}

/* What all of them earned and consumed, in their zones. */
static void book(tw_worker *worker, const tw_block *block, const together *all)
{
    for (int32_t i = 0; i < all->count; i++) {
        tw_zone_flows *flows = flows_of(worker, block, all->first + i);
        flows->wages += (int64_t)(all->of.paid[i] & UINT32_MAX);
        flows->public_wages += (int64_t)(all->of.paid[i] >> 32);
        flows->minimum += all->of.minimum[i];
        flows->consumed += all->of.consumed[i];
    }
}

/* What the members of a household are paid for their work; wages are booked. */
static int64_t work_of(const tw_world *world, const tw_block *block, int32_t row,
                       const int32_t *pay, tw_zone_flows *flows)
{
    int64_t work = 0;
    for (int32_t p = block->first_person[row]; p < block->first_person[row + 1]; p++) {
        const int public = block->activity[p] == TW_EMPLOYED + TW_PUBLIC_SERVICES;
        work += world->budget.pay[pay[p]];
        flows->public_wages += public ? world->budget.pay[pay[p]] : 0;
    }
    flows->wages += work;
    return work;
}

/* Settles and books one by one, where amounts are beyond the bounds of settling in vectors. */
static void settle_each(const tw_world *world, tw_worker *worker, const tw_block *block,
                        const int32_t *pay, together *all)
{
    for (int32_t i = 0; i < all->count; i++) {
        const int32_t row = all->first + i, zone = block->zone[row];
        const tw_zone_amounts *amounts = &world->budget.zone[zone];
        tw_zone_flows *flows = flows_of(worker, block, row);
        const int64_t size = tw_household_size(block, row);
        const int64_t farm = block->land_zone[row] == zone ? amounts->farm : 0;
        const int64_t rent = block->land_state[row] == TW_LAND_LET ? amounts->land_rent : 0;
        const int64_t earned = work_of(world, block, row, pay, flows) + rent +
                               size * (amounts->transfer + amounts->property + farm);
        const int64_t minimum =
            missing_to_floor(amounts, size, is_registered_here(block, row), earned);
        const int64_t income = earned + minimum, has = block->savings[row] + income;
        const int64_t consumed = tw_smaller(wish_of(world, zone, size, income, 0), has);
        all->of.income[i] = income;
        all->of.consumed[i] = consumed;
        all->of.savings[i] = has - consumed;
        flows->minimum += minimum;
        flows->consumed += consumed;
    }
}

/* Households [row, end) settle at once; those who pay a rent or a bank follow, so that no branch
 * goes either way. */
static void settle(const tw_world *world, tw_worker *worker, tw_block *block, int32_t row,
                   int32_t end, const int32_t *pay, const uint64_t *before)
{
    int64_t *savings = block->savings + row;
    together all;
    all.first = row;
    all.count = end - row;
    gather(world, worker, block, before, &all);
    if (tw_settle_many(&world->budget, block->first_person + row, savings, all.count, &all.of)) {
        book(worker, block, &all);
    } else {
        settle_each(world, worker, block, pay, &all);
    }
    memcpy(savings, all.of.savings, (size_t)all.count * sizeof(*savings));
    for (int32_t i = 0; i < all.num_payers; i++) {
        const int32_t payer = all.payer[i];
        settle_payer(world, worker, block, row + payer, all.of.income[payer],
                     all.of.consumed[payer]);
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
    const int32_t num =
        tw_rows_equal(block->activity, TW_FARMING, block->num_persons, worker->person_row);
    for (int32_t i = 0; i < num; i += AT_ONCE) {
        const int32_t some = num - i < AT_ONCE ? num - i : AT_ONCE;
        find_away(world, worker, block, worker->person_row + i, some, pay);
    }
}

/* Sums of what all before each person [first, end) earn, and of all of them. */
static void sum_pays(const uint64_t *restrict paid, const int32_t *restrict pay, int32_t first,
                     int32_t end, uint64_t *restrict before)
{
    uint64_t sum = 0;
    for (int32_t p = first; p < end; p++) {
        before[p - first] = sum;
        sum += paid[pay[p]];
    }
    before[end - first] = sum;
}

void tw_budget_block(tw_world *world, tw_worker *worker, tw_block *block)
{
    if (world->settings->budget == TW_PROCESS_NONE) {
        return;
    }
    int32_t *pay = (int32_t *)worker->draw[1];
    uint64_t *before = worker->draw[0];
    const int32_t *first = block->first_person, rows = block->num_households;
    find_pays(worker->person_zone, block->activity, block->schooling, block->num_persons, pay);
    if (world->budget.in_season) {
        pay_season(world, worker, block, pay);
    }
    find_kinds(block, worker->kind);
    for (int32_t row = 0, end; row < rows; row = end) {
        end = row + TW_SETTLE_MOST < rows ? row + TW_SETTLE_MOST : rows;
        sum_pays(world->budget.paid, pay, first[row], first[end], before);
        settle(world, worker, block, row, end, pay, before);
    }
}

/* What is the same for every resident or household of a zone follows from their number. */
static void book_settled(const tw_zone_amounts *amounts, uint64_t *settled, int zone,
                         tw_zones *tally)
{
    for (int i = 0; i < 2 * TW_BUDGET_KINDS; i++) {
        const int kind = i / 2;
        const int64_t persons = (int64_t)(settled[i] & UINT32_MAX);
        const int64_t households = (int64_t)(settled[i] >> 32);
        TW_AT(tally, transfer_income, zone) += persons * amounts->transfer;
        TW_AT(tally, property_income, zone) += persons * amounts->property;
        TW_AT(tally, farm_income, zone) += kind & TW_BUDGET_ON_LAND ? persons * amounts->farm : 0;
        TW_AT(tally, land_rent_paid, zone) +=
            kind & TW_BUDGET_LETS ? households * amounts->land_rent : 0;
        settled[i] = 0;
    }
}

static void book_flows(tw_zone_flows *flows, int zone, tw_zones *tally)
{
    TW_AT(tally, wages_public, zone) += flows->public_wages;
    TW_AT(tally, wages_private, zone) += flows->wages - flows->public_wages;
    TW_AT(tally, minimum_living, zone) += flows->minimum;
    TW_AT(tally, consumed, zone) += flows->consumed;
    TW_AT(tally, rent_paid, zone) += flows->rent;
    TW_AT(tally, public_rent_paid, zone) += flows->public_rent;
    *flows = (tw_zone_flows){0};
}

void tw_budget_book(const tw_world *world, tw_worker *worker)
{
    for (int zone = 0; zone < world->num_zones; zone++) {
        book_settled(&world->budget.zone[zone], &worker->settled[2 * tw_terms_cell(zone, 0)], zone,
                     &worker->tally);
        book_flows(&worker->flows[2 * zone], zone, &worker->tally);
        book_flows(&worker->flows[2 * zone + 1], zone, &worker->tally);
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
