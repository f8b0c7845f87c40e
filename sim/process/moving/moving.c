/* SPDX-License-Identifier: Apache-2.0 */
/** The decision of a household, and the delivery of what it applied for. */
#include "process/moving/moving.h"

#include <stdlib.h>
#include <string.h>

#include "base/clones.h"
#include "base/list.h"
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

/* The present place among the places: its county, or num_counties for the village. */
static int32_t present_place(const tw_world *world, const tw_block *block, int32_t row)
{
    const int zone = block->zone[row];
    return tw_is_town(zone) ? zone / TW_NUM_ZONE_KINDS : world->num_counties;
}

/* A household that compares places. */
typedef struct comparing {
    int32_t row;
    int grants, home;
    unsigned needs;
    double cost;               /* of a move, with the risk to the land of those who leave it */
    double nest[TW_NUM_NESTS]; /* taste for the nests, worth the dissimilarity */
} comparing;

/* Utility of a place but for its taste, for whoever is at home there: no travel, no cost, the rent
 * it pays already. */
static double base_at(const tw_world *world, const tw_block *block, const comparing *of, int zone)
{
    const int county = zone / TW_NUM_ZONE_KINDS;
    const double services = services_of(world, of->needs, registered_zone(block, of->row), zone);
    if (!tw_is_town(zone)) {
        return world->places.village[county] + of->nest[TW_NEST_VILLAGE] + services;
    }
    const double network =
        of->home < 0 ? 0 : world->places.network[of->home * world->num_counties + county];
    return world->places.town[0][county] + network + of->nest[world->places.nest[county]] +
           services;
}

/* What the utility of every town is made of, for one household. */
typedef struct town_parts {
    const double *value, *near, *network; /* NULL = no network */
    const double *service[TW_NUM_SERVICES];
    int num_services;
    double cost, county_towns, cities; /* of a move; tastes for the nests of towns */
} town_parts;

/* One service after the other, as services_of adds them up. */
TW_CLONES static void add_services(const town_parts *parts, int32_t count,
                                   double *restrict services)
{
    for (int32_t c = 0; c < count; c++) {
        services[c] = 0;
    }
    for (int s = 0; s < parts->num_services; s++) {
        const double *restrict service = parts->service[s];
        for (int32_t c = 0; c < count; c++) {
            services[c] += service[tw_zone(c, TW_TOWN)];
        }
    }
}

TW_CLONES static void add_towns(const town_parts *parts, const uint8_t *restrict nest,
                                const double *restrict services, int32_t count,
                                double *restrict utility)
{
    const double *restrict value = parts->value, *restrict near = parts->near;
    const double *restrict network = parts->network;
    const double cost = parts->cost, towns = parts->county_towns, cities = parts->cities;
    for (int32_t c = 0; c < count; c++) {
        utility[c] = value[c] + near[c] + (network == NULL ? 0 : network[c]) - cost;
    }
    for (int32_t c = 0; c < count; c++) {
        utility[c] = utility[c] + (nest[c] == TW_NEST_CITIES ? cities : towns) + services[c];
    }
}

/* Utility of every town but for its taste; worker->utility[county]. */
static void base_utilities(const tw_world *world, tw_worker *worker, const tw_block *block,
                           const comparing *of)
{
    const int zone = block->zone[of->row], registered = registered_zone(block, of->row);
    const int n = world->num_counties;
    town_parts parts = {.value = world->places.town[of->grants],
                        .near = &world->places.nearness[zone * n],
                        .network = of->home < 0 ? NULL : &world->places.network[of->home * n],
                        .cost = of->cost,
                        .county_towns = of->nest[TW_NEST_COUNTY_TOWNS],
                        .cities = of->nest[TW_NEST_CITIES]};
    for (int s = 0; s < TW_NUM_SERVICES; s++) {
        parts.service[parts.num_services] = &world->places.service_elsewhere[s * world->num_zones];
        parts.num_services += (int)(of->needs >> s & 1);
    }
    add_services(&parts, n, worker->taste);
    if (registered >= 0) {
        const int county = registered / TW_NUM_ZONE_KINDS;
        worker->taste[county] = services_of(world, of->needs, registered, tw_zone(county, TW_TOWN));
    }
    add_towns(&parts, world->places.nest, worker->taste, n, worker->utility);
    if (tw_is_town(zone)) {
        worker->utility[zone / TW_NUM_ZONE_KINDS] = base_at(world, block, of, zone);
    }
}

/* Places of some households, and their utility: first but for the taste, then with it. */
typedef struct compared {
    int32_t count;
    int32_t who[TW_MOST_TOGETHER], place[TW_MOST_TOGETHER];
    double utility[TW_MOST_TOGETHER], lasting[TW_MOST_TOGETHER];
} compared;

static void compare(compared *places, int32_t who, int32_t place, double utility)
{
    places->who[places->count] = who;
    places->place[places->count] = place;
    places->utility[places->count++] = utility;
}

static void add_tastes(const tw_world *world, const tw_lasting *of, compared *places)
{
    const int32_t count = places->count;
    uint64_t person[TW_MOST_TOGETHER], word0[TW_MOST_TOGETHER], word1[TW_MOST_TOGETHER];
    int32_t quarter[TW_MOST_TOGETHER];
    uint32_t code[TW_MOST_TOGETHER];
    double taste[TW_MOST_TOGETHER];
    for (int32_t i = 0; i < count; i++) {
        const int32_t who = places->who[i];
        person[i] = of->person[who];
        quarter[i] = world->quarter;
        code[i] = tw_lasting_code(world, of, who, places->place[i]);
    }
    tw_lasting_tastes(world, of, places->who, places->place, count, places->lasting);
    tw_draw_each(world->key, TW_DRAW_TASTE_QUARTER, quarter, person, code, count, word0, word1);
    tw_tastes(places->lasting, word0, count, world->settings->taste_change, taste);
    for (int32_t i = 0; i < count; i++) {
        places->utility[i] += taste_unit(world) * taste[i];
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

/* Cost of a move, with the risk to the land of those who leave it. */
static double cost_of(const tw_world *world, const tw_block *block, int32_t row)
{
    const int risks_land = !tw_is_town(block->zone[row]) && block->land_zone[row] >= 0;
    const double risk =
        risks_land ? world->registering.move_risk[block->land_zone[row] / TW_NUM_ZONE_KINDS] : 0;
    return world->settings->moving_cost + risk;
}

/* What whoever lost the dwelling misses at the present place. */
static double loss_here(const tw_world *world, const tw_block *block, int32_t row)
{
    return block->flags[row] & TW_DISPLACED ? world->settings->displaced_loss : 0;
}

/* Households of a block that compare places, side by side so that their tastes fill vectors. */
typedef struct searching {
    comparing household[TW_MOST_TOGETHER];
    double here[TW_MOST_TOGETHER], best[TW_MOST_TOGETHER], second[TW_MOST_TOGETHER];
    tw_choice choice[TW_MOST_TOGETHER];
    tw_lasting lasting;
} searching;

/* A household joins those that compare, with the village of a county. */
static void join_searching(const tw_world *world, const tw_block *block, int32_t row, int village,
                           searching *all)
{
    tw_lasting *lasting = &all->lasting;
    lasting->person[lasting->count] = block->person_uid[block->first_person[row]];
    lasting->chosen[lasting->count] = block->taste_zone[row];
    lasting->village[lasting->count] = (int16_t)village;
    all->household[lasting->count++] = (comparing){.row = row,
                                                   .grants = grants_of(world, block, row),
                                                   .home = tw_home_county(world, block, row),
                                                   .needs = tw_household_needs(world, block, row),
                                                   .cost = cost_of(world, block, row)};
}

/* What is drawn of the households before a single place is looked at. */
static void draw_searching(const tw_world *world, searching *all)
{
    tw_lasting_draw(world, &all->lasting);
    for (int32_t i = 0; i < all->lasting.count; i++) {
        for (int n = 0; n < TW_NUM_NESTS; n++) {
            all->household[i].nest[n] = all->lasting.nest[i][n] * taste_unit(world);
        }
    }
}

/* Adds the tastes to the towns compared, ranks them by household and empties the list. */
static void rank(const tw_world *world, searching *all, compared *places)
{
    add_tastes(world, &all->lasting, places);
    for (int32_t i = 0; i < places->count; i++) {
        const int32_t who = places->who[i];
        const int town = tw_zone(places->place[i], TW_TOWN);
        const double utility = places->utility[i];
        tw_choice *choice = &all->choice[who];
        if (utility > all->best[who]) {
            choice->second = choice->best;
            all->second[who] = all->best[who];
            choice->best = town;
            all->best[who] = utility;
        } else if (utility > all->second[who]) {
            choice->second = town;
            all->second[who] = utility;
        }
    }
    places->count = 0;
}

/*
 * Ranks the towns that can be better than the present place. Most are out of the question by the
 * leading bits of their words.
 */
static void look_closely(const tw_world *world, tw_worker *worker, const tw_block *block,
                         searching *all, int32_t who, compared *places)
{
    const int32_t n = world->num_counties;
    const comparing *household = &all->household[who];
    base_utilities(world, worker, block, household);
    tw_lasting_ceilings(world, worker, &all->lasting, who);
    find_better(worker->utility, worker->taste, taste_unit(world) * world->settings->taste_change,
                all->here[who], n, worker->better);
    const int32_t staying = present_place(world, block, household->row);
    worker->better[staying] = 0;
    const int32_t num = tw_compact_rows(worker->better, n, worker->place);
    for (int32_t i = 0; i < num; i++) {
        if (places->count == TW_MOST_TOGETHER) {
            rank(world, all, places);
        }
        compare(places, who, worker->place[i], worker->utility[worker->place[i]]);
    }
}

/* The choices of all: what the present place is worth to each, then the towns that may be better.
 */
static void choose(const tw_world *world, tw_worker *worker, const tw_block *block, searching *all)
{
    compared places = {.count = 0};
    if (all->lasting.count == 0) {
        return;
    }
    draw_searching(world, all);
    for (int32_t i = 0; i < all->lasting.count; i++) {
        const comparing *of = &all->household[i];
        compare(&places, i, present_place(world, block, of->row),
                base_at(world, block, of, block->zone[of->row]));
    }
    add_tastes(world, &all->lasting, &places);
    for (int32_t i = 0; i < all->lasting.count; i++) {
        const double here = places.utility[i] - loss_here(world, block, all->household[i].row);
        all->here[i] = all->best[i] = all->second[i] = here;
        all->choice[i] = (tw_choice){-1, -1};
    }
    places.count = 0;
    for (int32_t i = 0; i < all->lasting.count; i++) {
        look_closely(world, worker, block, all, i, &places);
    }
    rank(world, all, &places);
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

/* Tastes of all places for one household, the only one that compares. */
static void prospects_tastes(const tw_world *world, const searching *one, tw_prospect *out)
{
    const int32_t n = world->num_counties;
    for (int32_t from = 0; from <= n; from += TW_MOST_TOGETHER) {
        compared places = {.count = 0};
        for (int32_t i = from; i <= n && places.count < TW_MOST_TOGETHER; i++) {
            compare(&places, 0, i, out[i].utility);
        }
        add_tastes(world, &one->lasting, &places);
        for (int32_t i = 0; i < places.count; i++) {
            out[from + i].utility = places.utility[i];
            out[from + i].lasting = places.lasting[i];
        }
    }
}

/* Utility of all places but for their tastes; worker->utility, the village last. */
static void base_prospects(const tw_world *world, tw_worker *worker, const tw_block *block,
                           const comparing *of)
{
    const int county = block->zone[of->row] / TW_NUM_ZONE_KINDS;
    base_utilities(world, worker, block, of);
    worker->utility[world->num_counties] = base_at(world, block, of, tw_zone(county, TW_RURAL));
}

int32_t tw_moving_prospects(const tw_world *world, tw_worker *worker, const tw_block *block,
                            int32_t row, tw_prospect *out)
{
    const int32_t staying = present_place(world, block, row), n = world->num_counties;
    searching one;
    one.lasting.count = 0;
    join_searching(world, block, row, block->zone[row] / TW_NUM_ZONE_KINDS, &one);
    base_prospects(world, worker, block, &one.household[0]);
    for (int32_t i = 0; i <= n; i++) {
        out[i] = parts_of(world, block, row, i);
        out[i].known = worker->utility[i];
    }
    draw_searching(world, &one);
    base_prospects(world, worker, block, &one.household[0]);
    for (int32_t i = 0; i <= n; i++) {
        out[i].utility = worker->utility[i];
    }
    prospects_tastes(world, &one, out);
    for (int32_t i = 0; i <= n; i++) {
        const int nest = i < n ? world->places.nest[i] : (int)TW_NEST_VILLAGE;
        const double rho = world->settings->taste_change;
        out[i].lasting = one.household[0].nest[nest] + taste_unit(world) * rho * out[i].lasting;
        out[i].passing = out[i].utility - out[i].known - out[i].lasting;
    }
    out[staying].known -= loss_here(world, block, row);
    out[staying].utility -= loss_here(world, block, row);
    return staying;
}

/* Where a returning household goes: its village, or the town of its home county. */
static int choose_return(const tw_world *world, const tw_block *block, int32_t row)
{
    const int village = block->land_zone[row], home = village / TW_NUM_ZONE_KINDS;
    const int town = tw_zone(home, TW_TOWN);
    if (block->zone[row] == town) {
        return village;
    }
    searching one;
    one.lasting.count = 0;
    const comparing *of = &one.household[0];
    join_searching(world, block, row, home, &one);
    draw_searching(world, &one);
    compared places = {.count = 0};
    compare(&places, 0, home, base_at(world, block, of, town));
    compare(&places, 0, world->num_counties, base_at(world, block, of, village));
    add_tastes(world, &one.lasting, &places);
    return places.utility[0] > places.utility[1] ? town : village;
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

static tw_status search(tw_world *world, tw_worker *worker, int32_t block_index,
                        const comparing *of, tw_choice choice)
{
    const tw_block *block = &world->population->blocks[block_index];
    TW_AT(&worker->tally, searches, block->zone[of->row]) += 1;
    if (choice.best < 0) {
        return TW_OK;
    }
    int wants = of->grants ? TW_WANTS_SUBSIDY : 0;
    wants |= tw_takes_up(world, block->uid[of->row], 0) ? TW_WANTS_PUBLIC : 0;
    return apply(world, worker, block_index, of->row, choice, TW_REASON_SEARCH, wants);
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

/* Whether a candidate can do anything: of most nothing comes, so all is asked without branches. */
static int can_act(const tw_world *world, const tw_block *block, const tw_candidate *candidate)
{
    const int32_t row = candidate->row;
    const uint64_t *word = candidate->word;
    const int flags = block->flags[row], before = candidate->flags;
    const int age = tw_age_index(world, block, block->first_person[row]);
    const int searches =
        tw_event_lead(word[0], word[1], TW_SLOT_SEARCH) < world->places.search_bound[age];
    const int returns =
        tw_event_lead(word[0], word[1], TW_SLOT_RETURN) < world->household_bound[TW_SLOT_RETURN];
    const int leaves = tw_event_lead(word[0], word[1], TW_SLOT_PUBLIC_EXIT) <
                       world->household_bound[TW_SLOT_PUBLIC_EXIT];
    return searches | (returns & (block->land_zone[row] >= 0)) |
           (leaves & (block->tenure[row] == TW_PUBLIC_RENTAL)) |
           ((flags & ~before & TW_DISPLACED) != 0) | ((flags & before & TW_SEEKS_DWELLING) != 0);
}

tw_act tw_moving_act(const tw_world *world, const tw_block *block, const tw_candidate *candidate)
{
    const int32_t row = candidate->row;
    const uint64_t uid = block->uid[row];
    const uint32_t lead = tw_event_lead(candidate->word[0], candidate->word[1], TW_SLOT_SEARCH);
    if (!can_act(world, block, candidate)) {
        return TW_ACT_NONE;
    }
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

/* Households that do something, in their order; those that search stand in `searching`, too. */
typedef struct acting {
    int32_t count;
    int32_t row[TW_MOST_TOGETHER];
    tw_act act[TW_MOST_TOGETHER];
    searching searching;
} acting;

/* What all but a search comes to. */
static tw_status household_acts(tw_world *world, tw_worker *worker, int32_t block_index,
                                int32_t row, tw_act act)
{
    const tw_block *block = &world->population->blocks[block_index];
    tw_choice choice = {block->zone[row], -1};
    if (act == TW_ACT_RETURN) {
        choice.best = choose_return(world, block, row);
        return apply(world, worker, block_index, row, choice, TW_REASON_RETURN, 0);
    }
    if (act == TW_ACT_FOUNDED) {
        return apply(world, worker, block_index, row, choice, TW_REASON_FOUNDED,
                     tw_takes_up(world, block->uid[row], 0) ? TW_WANTS_PUBLIC : 0);
    }
    return apply(world, worker, block_index, row, choice, TW_REASON_PUBLIC_EXIT, 0);
}

/* All act in their order, and the list is empty again. */
static tw_status let_act(tw_world *world, tw_worker *worker, int32_t block_index, acting *list)
{
    tw_status status = TW_OK;
    int32_t next = 0;
    choose(world, worker, &world->population->blocks[block_index], &list->searching);
    for (int32_t i = 0; i < list->count && status == TW_OK; i++) {
        if (list->act[i] == TW_ACT_SEARCH) {
            status = search(world, worker, block_index, &list->searching.household[next],
                            list->searching.choice[next]);
            next++;
        } else {
            status = household_acts(world, worker, block_index, list->row[i], list->act[i]);
        }
    }
    list->count = list->searching.lasting.count = 0;
    return status;
}

tw_status tw_moving_block(tw_world *world, tw_worker *worker, int32_t block_index)
{
    const tw_block *block = &world->population->blocks[block_index];
    acting list;
    list.count = list.searching.lasting.count = 0;
    tw_status status = TW_OK;
    for (int32_t c = 0; c < worker->num_acting && status == TW_OK; c++) {
        const int32_t row = worker->acting[c].row;
        const tw_act act = tw_moving_act(world, block, &worker->acting[c]);
        if (act == TW_ACT_NONE) {
            continue;
        }
        list.row[list.count] = row;
        list.act[list.count++] = act;
        if (act == TW_ACT_SEARCH) {
            join_searching(world, block, row, block->zone[row] / TW_NUM_ZONE_KINDS,
                           &list.searching);
        }
        if (list.count == TW_MOST_TOGETHER) {
            status = let_act(world, worker, block_index, &list);
        }
    }
    return status == TW_OK ? let_act(world, worker, block_index, &list) : status;
}

static tw_status note_move(tw_worker *worker, int origin, int destination, int32_t persons)
{
    tw_moves *moves = &worker->moves;
    tw_move *row = tw_list_fit(moves->row, &moves->max, moves->count + 1, sizeof(*row));
    if (row == NULL) {
        return TW_NO_MEMORY;
    }
    moves->row = row;
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
