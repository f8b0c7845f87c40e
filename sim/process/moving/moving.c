/* SPDX-License-Identifier: Apache-2.0 */
/** The decision of a household, and the delivery of what it applied for. */
#include "process/moving/moving.h"

#include <stdlib.h>
#include <string.h>

#include "base/clones.h"
#include "base/rows.h"
#include "process/members.h"
#include "process/moving/lasting.h"
#include "process/moving/search.h"
#include "process/moving/taste.h"

/** The two best places of a search: zone indices, -1 = none; `second` is better than staying. */
typedef struct tw_choice {
    int best, second;
} tw_choice;

static int registered_zone(const tw_block *block, int32_t row)
{
    return block->registered_zone[block->first_person[row]];
}

/* What it would be granted, as world->places.town counts it; the settling grant is paid once. */
static int grants_of(const tw_world *world, const tw_block *block, int32_t row)
{
    const int tie = tw_has_rural_tie(block, row) && tw_takes_up(world, block->uid[row], 1);
    const int grants = block->flags[row] & TW_GRANTED ? 1 : 3;
    return tie ? 4 * (int)tw_kind_of_household(world, block, row) + grants : 0;
}

/* Utility of one unit of taste for a place within its nest. */
static double taste_unit(const tw_world *world)
{
    return world->settings->dissimilarity * world->settings->taste_scale;
}

/*
 * Draws the words of all towns and of the village of a county, for their lasting tastes and for
 * those of this quarter. Nests are worth their taste times the dissimilarity.
 */
static void draw_tastes(const tw_world *world, tw_worker *worker, const tw_block *block,
                        int32_t row, int village, tw_lasting *of, double *nest)
{
    const uint64_t person = block->person_uid[block->first_person[row]];
    tw_lasting_draw(world, worker, person, block->taste_zone[row], village, of);
    tw_draw_codes(world->key, TW_DRAW_TASTE_QUARTER, world->quarter, person, worker->code,
                  world->num_counties + 1, worker->now[0], worker->now[1]);
    for (int n = 0; n < TW_NUM_NESTS; n++) {
        nest[n] = of->nest[n] * taste_unit(world);
    }
}

/* Value of the services of a zone to a household with these needs. */
static double services_of(const tw_world *world, unsigned needs, int registered, int zone)
{
    const int same_county =
        registered >= 0 && registered / TW_NUM_ZONE_KINDS == zone / TW_NUM_ZONE_KINDS;
    const double *value = registered == zone ? world->places.service
                          : same_county      ? world->places.service_county
                                             : world->places.service_elsewhere;
    double sum = 0;
    for (int s = 0; s < TW_NUM_SERVICES; s++) {
        sum += needs >> s & 1 ? value[s * world->num_zones + zone] : 0;
    }
    return sum;
}

/* The same of all towns, service by service: in the order of the sum above. */
static void services_of_towns(const tw_world *world, unsigned needs, int registered,
                              double *restrict sum)
{
    const int n = world->num_counties;
    memset(sum, 0, (size_t)n * sizeof(*sum));
    for (int s = 0; s < TW_NUM_SERVICES; s++) {
        const double *value = &world->places.service_elsewhere[s * world->num_zones];
        for (int c = 0; c < n && (needs >> s & 1); c++) {
            sum[c] += value[tw_zone(c, TW_TOWN)];
        }
    }
    if (registered >= 0) {
        const int county = registered / TW_NUM_ZONE_KINDS;
        sum[county] = services_of(world, needs, registered, tw_zone(county, TW_TOWN));
    }
}

/*
 * Utility of every town but for its taste, for a household that lives in `zone`;
 * worker->utility[county]. `cost` is that of a move. Behind the towns stands the village of the
 * county.
 */
static void base_utilities(const tw_world *world, tw_worker *worker, const tw_block *block,
                           int32_t row, int home, int grants, double cost, const double *nest)
{
    const int zone = block->zone[row], registered = registered_zone(block, row);
    const unsigned needs = tw_household_needs(world, block, row);
    const int n = world->num_counties, county = zone / TW_NUM_ZONE_KINDS;
    const double *value = world->places.town[grants];
    const double *near = world->places.nearness + (size_t)zone * (size_t)n;
    const double *network = world->places.network + (size_t)(home < 0 ? county : home) * (size_t)n;
    const uint8_t *of = world->places.nest;
    double *restrict utility = worker->utility;
    const double *restrict services = worker->taste;
    services_of_towns(world, needs, registered, worker->taste);
    for (int c = 0; c < n; c++) {
        const double with_network = home < 0 ? 0 : network[c];
        utility[c] = value[c] + near[c] + with_network - cost + nest[of[c]] + services[c];
    }
    if (tw_is_town(zone)) {
        /* The present place: no travel, no cost, and the rent it pays already. */
        utility[county] = world->places.town[0][county] + (home < 0 ? 0 : network[county]) +
                          nest[of[county]] + services_of(world, needs, registered, zone);
    }
    utility[n] = world->places.village[county] + nest[TW_NEST_VILLAGE] +
                 services_of(world, needs, registered, tw_zone(county, TW_RURAL));
}

/* Adds the tastes to the utilities of some places. */
static void add_tastes(const tw_world *world, tw_worker *worker, const tw_lasting *of,
                       const int32_t *place, int32_t num)
{
    tw_lasting_tastes(world, worker, of, place, num);
    for (int32_t i = 0; i < num; i++) {
        const int32_t at = place[i];
        double taste;
        tw_tastes(&worker->lasting[at], &worker->now[0][at], 1, world->settings->taste_change,
                  &taste);
        worker->utility[at] += taste_unit(world) * taste;
    }
}

/* Towns whose utility can be above `here`. */
TW_CLONES static void find_better(const double *restrict base, const double *restrict ceiling,
                                  double unit, double here, int32_t count, uint8_t *restrict better)
{
    for (int32_t c = 0; c < count; c++) {
        better[c] = base[c] + unit * ceiling[c] > here;
    }
}

/*
 * Adds the tastes of the towns that can be better than `here` and lists them in worker->place;
 * returns their number. Most are out of the question by the leading bits of their words.
 */
static int32_t look_closely(const tw_world *world, tw_worker *worker, const tw_lasting *of,
                            int32_t staying, double here)
{
    const int32_t n = world->num_counties;
    tw_lasting_ceilings(world, worker, of, worker->taste);
    tw_tastes_ceiling(world->places.ceilings, worker->now[0], n, world->settings->taste_change,
                      worker->taste);
    find_better(worker->utility, worker->taste, taste_unit(world), here, n, worker->better);
    worker->better[staying] = 0;
    const int32_t num = tw_compact_rows(worker->better, n, worker->place);
    add_tastes(world, worker, of, worker->place, num);
    return num;
}

/* Cost of a move, with the risk to the land of those who leave it. */
static double cost_of(const tw_world *world, const tw_block *block, int32_t row)
{
    const int risks_land = !tw_is_town(block->zone[row]) && block->land_zone[row] >= 0;
    const double risk =
        risks_land ? world->registering.move_risk[block->land_zone[row] / TW_NUM_ZONE_KINDS] : 0;
    return world->settings->moving_cost + risk;
}

/* The present place among the places: its county, or num_counties for the village. */
static int32_t present_place(const tw_world *world, const tw_block *block, int32_t row)
{
    const int zone = block->zone[row];
    return tw_is_town(zone) ? zone / TW_NUM_ZONE_KINDS : world->num_counties;
}

/* What whoever lost the dwelling misses at the present place. */
static double loss_here(const tw_world *world, const tw_block *block, int32_t row)
{
    return block->flags[row] & TW_DISPLACED ? world->settings->displaced_loss : 0;
}

static tw_choice choose(const tw_world *world, tw_worker *worker, const tw_block *block,
                        int32_t row, int grants)
{
    const int county = block->zone[row] / TW_NUM_ZONE_KINDS;
    const int32_t staying = present_place(world, block, row);
    tw_lasting lasting;
    double nest[TW_NUM_NESTS];
    draw_tastes(world, worker, block, row, county, &lasting, nest);
    base_utilities(world, worker, block, row, tw_home_county(world, block, row), grants,
                   cost_of(world, block, row), nest);
    add_tastes(world, worker, &lasting, &staying, 1);
    const double here = worker->utility[staying] - loss_here(world, block, row);
    const int32_t num = look_closely(world, worker, &lasting, staying, here);
    tw_choice choice = {-1, -1};
    double best = here, second = here;
    for (int32_t i = 0; i < num; i++) {
        const int town = tw_zone(worker->place[i], TW_TOWN);
        const double utility = worker->utility[worker->place[i]];
        if (utility > best) {
            choice.second = choice.best;
            second = best;
            choice.best = town;
            best = utility;
        } else if (utility > second) {
            choice.second = town;
            second = utility;
        }
    }
    return choice;
}

/* What is known of a place, part by part. */
static tw_prospect parts_of(const tw_world *world, const tw_block *block, int32_t row,
                            int32_t place)
{
    const int32_t n = world->num_counties;
    const int zone = block->zone[row], county = zone / TW_NUM_ZONE_KINDS;
    const int home = tw_home_county(world, block, row);
    const int here = place == present_place(world, block, row), village = place == n;
    const int there = village ? tw_zone(county, TW_RURAL) : tw_zone(place, TW_TOWN);
    const int grants = here ? 0 : grants_of(world, block, row);
    const unsigned needs = tw_household_needs(world, block, row);
    return (tw_prospect){
        .zone = there,
        .value = village ? world->places.village[county] : world->places.town[grants][place],
        .services = services_of(world, needs, registered_zone(block, row), there),
        .nearness = here || village ? 0 : world->places.nearness[zone * n + place],
        .network = home < 0 || village ? 0 : world->places.network[home * n + place],
        .cost = here      ? loss_here(world, block, row)
                : village ? 0
                          : cost_of(world, block, row)};
}

int32_t tw_moving_prospects(const tw_world *world, tw_worker *worker, const tw_block *block,
                            int32_t row, tw_prospect *out)
{
    const double untouched[TW_NUM_NESTS] = {0};
    const int32_t staying = present_place(world, block, row), n = world->num_counties;
    const int county = block->zone[row] / TW_NUM_ZONE_KINDS;
    const int home = tw_home_county(world, block, row), grants = grants_of(world, block, row);
    const double cost = cost_of(world, block, row);
    tw_lasting lasting;
    double nest[TW_NUM_NESTS];
    draw_tastes(world, worker, block, row, county, &lasting, nest);
    base_utilities(world, worker, block, row, home, grants, cost, untouched);
    for (int32_t i = 0; i <= n; i++) {
        out[i] = parts_of(world, block, row, i);
        out[i].known = worker->utility[i];
        worker->place[i] = i;
    }
    base_utilities(world, worker, block, row, home, grants, cost, nest);
    add_tastes(world, worker, &lasting, worker->place, n + 1);
    for (int32_t i = 0; i <= n; i++) {
        const double of_nest = nest[i < n ? world->places.nest[i] : TW_NEST_VILLAGE];
        const double rho = world->settings->taste_change;
        out[i].lasting = of_nest + taste_unit(world) * rho * worker->lasting[i];
        out[i].utility = worker->utility[i];
        out[i].passing = out[i].utility - out[i].known - out[i].lasting;
    }
    out[staying].known -= loss_here(world, block, row);
    out[staying].utility -= loss_here(world, block, row);
    return staying;
}

/* Where a returning household goes: its village, or the town of its home county. */
static int choose_return(const tw_world *world, tw_worker *worker, const tw_block *block,
                         int32_t row)
{
    const int village = block->land_zone[row], home = village / TW_NUM_ZONE_KINDS;
    const int town = tw_zone(home, TW_TOWN);
    if (block->zone[row] == town) {
        return village;
    }
    const int32_t compared[] = {home, world->num_counties};
    tw_lasting lasting;
    double nest[TW_NUM_NESTS];
    const unsigned needs = tw_household_needs(world, block, row);
    const int registered = registered_zone(block, row);
    draw_tastes(world, worker, block, row, home, &lasting, nest);
    worker->utility[compared[0]] =
        world->places.town[0][home] + world->places.network[home * world->num_counties + home] +
        nest[world->places.nest[home]] + services_of(world, needs, registered, town);
    worker->utility[compared[1]] = world->places.village[home] + nest[TW_NEST_VILLAGE] +
                                   services_of(world, needs, registered, village);
    add_tastes(world, worker, &lasting, compared, 2);
    return worker->utility[compared[0]] > worker->utility[compared[1]] ? town : village;
}

static tw_status apply(tw_world *world, tw_worker *worker, int32_t block_index, int32_t row,
                       tw_choice choice, int reason, int wants)
{
    const tw_block *block = &world->population->blocks[block_index];
    tw_application *application = tw_applications_add(&worker->applications);
    if (application == NULL) {
        return TW_NO_MEMORY;
    }
    const uint64_t uid = block->uid[row];
    const int family = block->tenure[row] != TW_COLLECTIVE;
    const int exact =
        tw_is_town(choice.best) && (reason == TW_REASON_FOUNDED || reason == TW_REASON_PUBLIC_EXIT);
    const int needs = family && (exact || tw_needs_dwelling(world, uid, choice.best));
    const int second = choice.second >= 0 && !tw_needs_dwelling(world, uid, choice.second);
    application->uid = uid;
    application->lottery = tw_draw_at(world->key, TW_DRAW_LOTTERY, uid, world->quarter, 0).word[0];
    application->units = 1;
    application->block = block_index;
    application->row = row;
    application->destination = (int16_t)choice.best;
    application->second = (int16_t)choice.second;
    application->priority = reason == TW_REASON_PUBLIC_EXIT ? 0 : 1;
    application->reason = (uint8_t)reason;
    application->wants = (uint8_t)(needs ? TW_NEEDS_DWELLING | wants : TW_GOT_FIRST);
    application->wants |= second ? TW_SECOND_HOUSED : 0;
    return TW_OK;
}

static tw_status search(tw_world *world, tw_worker *worker, int32_t block_index, int32_t row)
{
    const tw_block *block = &world->population->blocks[block_index];
    const uint64_t uid = block->uid[row];
    const int grants = grants_of(world, block, row);
    TW_AT(&worker->tally, searches, block->zone[row]) += 1;
    const tw_choice choice = choose(world, worker, block, row, grants);
    if (choice.best < 0) {
        return TW_OK;
    }
    int wants = grants ? TW_WANTS_SUBSIDY : 0;
    wants |= tw_takes_up(world, uid, 0) ? TW_WANTS_PUBLIC : 0;
    return apply(world, worker, block_index, row, choice, TW_REASON_SEARCH, wants);
}

static int happens(const tw_world *world, const tw_candidate *candidate, int slot,
                   tw_purpose purpose, uint64_t uid, double p)
{
    const uint32_t lead = tw_event_lead(candidate->word[0], candidate->word[1], slot);
    return lead < world->household_bound[slot] &&
           tw_event_happens(world->key, purpose, uid, world->quarter, lead, p);
}

/* Its dwelling was lost in this very quarter: some do not wait on the spot. */
static int just_displaced(const tw_world *world, const tw_block *block,
                          const tw_candidate *candidate)
{
    if (!(block->flags[candidate->row] & ~candidate->flags & TW_DISPLACED) ||
        world->settings->moving == TW_PROCESS_NONE) {
        return 0;
    }
    const tw_draw draw = tw_draw_at(world->key, TW_DRAW_DWELLING_LOST, block->uid[candidate->row],
                                    world->quarter, 1);
    return tw_uniform(draw.word[0]) < world->settings->displaced_search;
}

tw_act tw_moving_act(const tw_world *world, const tw_block *block, const tw_candidate *candidate)
{
    const int32_t row = candidate->row;
    const uint64_t uid = block->uid[row];
    const uint32_t lead = tw_event_lead(candidate->word[0], candidate->word[1], TW_SLOT_SEARCH);
    if (just_displaced(world, block, candidate)) {
        return TW_ACT_SEARCH;
    }
    /* What happened to a household is looked up for few. */
    if (lead < world->household_bound[TW_SLOT_SEARCH] &&
        lead < world->places.search_bound[tw_age_index(world, block, block->first_person[row])] &&
        happens(world, candidate, TW_SLOT_SEARCH, TW_DRAW_SEARCH, uid,
                tw_search_probability(world, block, row))) {
        return TW_ACT_SEARCH;
    }
    if (block->land_zone[row] >= 0 && tw_is_town(block->zone[row]) &&
        happens(world, candidate, TW_SLOT_RETURN, TW_DRAW_RETURN, uid, world->go_back)) {
        return TW_ACT_RETURN;
    }
    if (candidate->flags & block->flags[row] & TW_SEEKS_DWELLING) {
        return TW_ACT_FOUNDED;
    }
    if (block->tenure[row] == TW_PUBLIC_RENTAL &&
        happens(world, candidate, TW_SLOT_PUBLIC_EXIT, TW_DRAW_PUBLIC_EXIT, uid,
                world->leave_public)) {
        return TW_ACT_PUBLIC_EXIT;
    }
    return TW_ACT_NONE;
}

static tw_status candidate_acts(tw_world *world, tw_worker *worker, int32_t block_index,
                                const tw_candidate *candidate)
{
    const tw_block *block = &world->population->blocks[block_index];
    const int32_t row = candidate->row;
    tw_choice choice = {block->zone[row], -1};
    switch (tw_moving_act(world, block, candidate)) {
        case TW_ACT_SEARCH:
            return search(world, worker, block_index, row);
        case TW_ACT_RETURN:
            choice.best = choose_return(world, worker, block, row);
            return apply(world, worker, block_index, row, choice, TW_REASON_RETURN, 0);
        case TW_ACT_FOUNDED:
            return apply(world, worker, block_index, row, choice, TW_REASON_FOUNDED,
                         tw_takes_up(world, block->uid[row], 0) ? TW_WANTS_PUBLIC : 0);
        case TW_ACT_PUBLIC_EXIT:
            return apply(world, worker, block_index, row, choice, TW_REASON_PUBLIC_EXIT, 0);
        case TW_ACT_NONE:
            break;
    }
    return TW_OK;
}

tw_status tw_moving_block(tw_world *world, tw_worker *worker, int32_t block_index)
{
    tw_status status = TW_OK;
    for (int32_t c = 0; c < worker->num_acting && status == TW_OK; c++) {
        status = candidate_acts(world, worker, block_index, &worker->acting[c]);
    }
    return status;
}

static tw_status note_move(tw_worker *worker, int origin, int destination, int32_t persons)
{
    tw_moves *moves = &worker->moves;
    if (moves->count == moves->max) {
        int32_t grown = moves->max == 0 ? 1024 : 2 * moves->max;
        tw_move *row = realloc(moves->row, (size_t)grown * sizeof(*row));
        if (row == NULL) {
            return TW_NO_MEMORY;
        }
        moves->row = row;
        moves->max = grown;
    }
    moves->row[moves->count++] = (tw_move){(int16_t)origin, (int16_t)destination, persons};
    return TW_OK;
}

static int tenure_there(const tw_application *application, int before)
{
    if (before == TW_COLLECTIVE) {
        return TW_COLLECTIVE;
    }
    if (application->wants & TW_GOT_PUBLIC) {
        return TW_PUBLIC_RENTAL;
    }
    const int second = application->wants & TW_GOT_SECOND;
    const int rents = (application->wants & TW_NEEDS_DWELLING) &&
                      !(second && (application->wants & TW_SECOND_HOUSED));
    const int zone = second ? application->second : application->destination;
    return rents ? TW_TOWN_RENTER : tw_tenure_founded(zone);
}

static void count_move(tw_worker *worker, int origin, int destination, int32_t persons, int family)
{
    tw_zones *tally = &worker->tally;
    TW_AT(tally, moves_out, origin) += persons;
    TW_AT(tally, moves_in, destination) += persons;
    TW_AT(tally, persons, origin) -= persons;
    TW_AT(tally, persons, destination) += persons;
    TW_AT(tally, families, origin) -= family;
    TW_AT(tally, families, destination) += family;
    TW_AT(tally, collectives, origin) -= !family;
    TW_AT(tally, collectives, destination) += !family;
    if (tw_is_town(destination) && !tw_is_town(origin)) {
        TW_AT(tally, exits, destination) += persons;
    } else if (tw_is_town(origin) && !tw_is_town(destination)) {
        TW_AT(tally, returns, destination) += persons;
    }
}

static void count_dwelling(tw_worker *worker, int zone, int tenure, int64_t change)
{
    TW_AT(&worker->tally, dwellings_used, zone) +=
        tenure == TW_TOWN_OWNER || tenure == TW_TOWN_RENTER ? change : 0;
    TW_AT(&worker->tally, public_used, zone) += tenure == TW_PUBLIC_RENTAL ? change : 0;
}

/* An owner who leaves gets the price, and pays back the bank as far as there is money. */
static void sell_dwelling(const tw_world *world, tw_worker *worker, tw_block *block, int32_t row)
{
    const int zone = block->zone[row];
    if (world->settings->budget == TW_PROCESS_NONE) {
        return;
    }
    const int64_t price = TW_AT(&world->zones, price, zone), debt = block->debt[row];
    const int64_t has = block->savings[row] + price, repaid = debt < has ? debt : has;
    block->savings[row] = has - repaid;
    block->debt[row] = 0;
    TW_AT(&worker->tally, dwellings_sold, zone) += price;
    TW_AT(&worker->tally, repaid, zone) += repaid;
    TW_AT(&worker->tally, loans_lost, zone) += debt - repaid;
}

static tw_status deliver(tw_world *world, tw_worker *worker, tw_application *application)
{
    tw_block *block = &world->population->blocks[application->block];
    const int32_t row = application->row, persons = tw_household_size(block, row);
    const int origin = block->zone[row], before = block->tenure[row];
    const int destination =
        application->wants & TW_GOT_SECOND ? application->second : application->destination;
    const int tenure = tenure_there(application, before);
    count_dwelling(worker, origin, before, -1);
    count_dwelling(worker, destination, tenure, 1);
    if (before == TW_TOWN_OWNER) {
        sell_dwelling(world, worker, block, row);
    }
    block->tenure[row] = (uint8_t)tenure;
    TW_AT(&worker->tally, displaced, origin) -= (block->flags[row] & TW_DISPLACED) != 0;
    block->flags[row] &= (uint8_t) ~(TW_SEEKS_DWELLING | TW_DISPLACED);
    block->subsidy_kind[row] = 0;
    if (destination == origin) {
        return TW_OK;
    }
    tw_household_changes_work(world, block, row, destination);
    tw_settle(world, block, row, destination);
    block->moved_quarter[row] = (int16_t)world->quarter;
    count_move(worker, origin, destination, persons, before != TW_COLLECTIVE);
    return note_move(worker, origin, destination, persons);
}

static tw_status deliver_list(tw_world *world, tw_worker *worker)
{
    tw_status status = TW_OK;
    for (int32_t i = 0; i < worker->applications.count && status == TW_OK; i++) {
        tw_application *application = &worker->applications.row[i];
        if (application->reason == TW_REASON_ARRIVAL) {
            continue;
        }
        if (application->wants & TW_GOT_ANY) {
            status = deliver(world, worker, application);
        } else if (application->reason != TW_REASON_PUBLIC_EXIT &&
                   application->reason != TW_REASON_FOUNDED) {
            TW_AT(&worker->tally, refused, application->destination) += 1;
        }
    }
    return status;
}

tw_status tw_moving_deliver(tw_world *world)
{
#pragma omp parallel for schedule(static, 1) num_threads(world->num_workers)
    for (int w = 0; w < world->num_workers; w++) {
        world->worker[w].status = deliver_list(world, &world->worker[w]);
    }
    tw_status status = TW_OK;
    for (int w = 0; w < world->num_workers && status == TW_OK; w++) {
        status = world->worker[w].status;
    }
    return status;
}
