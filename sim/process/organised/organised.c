/* SPDX-License-Identifier: Apache-2.0 */
/** Dated flows as markets for persons: the lottery decides who, the table how many. */
#include "process/organised/organised.h"

#include <stdlib.h>

#include "base/rows.h"
#include "process/members.h"

enum { CENSUS_2010 = 444, CENSUS_2020 = 484 }; /* quarters of the censuses: 1 November */

static int compare_origin(const void *left, const void *right)
{
    const tw_due_flow *a = left, *b = right;
    if (a->origin != b->origin) {
        return a->origin < b->origin ? -1 : 1;
    }
    if (a->reclassified != b->reclassified) {
        return a->reclassified - b->reclassified;
    }
    return (a->destination > b->destination) - (a->destination < b->destination);
}

static void add_flow(tw_world *world, int origin, int destination, int reclassified, int32_t start,
                     int32_t end, double persons)
{
    if (persons >= 1 && end >= world->start) {
        world->flow[world->num_flows++] = (tw_due_flow){.origin = origin,
                                                        .destination = destination,
                                                        .reclassified = reclassified,
                                                        .start = start,
                                                        .end = end,
                                                        .total = persons};
    }
}

static double overlap(const tw_dated_flow *flow, int32_t from, int32_t to)
{
    const int32_t first = flow->start > from ? flow->start : from;
    const int32_t last = flow->end < to ? flow->end : to;
    return last < first ? 0 : (double)(last - first + 1) / (double)(flow->end - flow->start + 1);
}

static void add_tables(tw_world *world)
{
    const tw_region *region = world->region;
    for (int i = 0; i < region->num_relocations; i++) {
        const tw_dated_flow *row = &region->relocations[i];
        add_flow(world, tw_zone(row->origin, TW_RURAL), tw_zone(row->destination, TW_TOWN), 0,
                 row->start, row->end,
                 (double)row->persons * world->settings->relocation_level * world->sample);
    }
    for (int i = 0; i < region->num_reclassifications; i++) {
        const tw_dated_flow *row = &region->reclassifications[i];
        const int up = row->persons > 0;
        add_flow(world, tw_zone(row->origin, up ? TW_RURAL : TW_TOWN),
                 tw_zone(row->origin, up ? TW_TOWN : TW_RURAL), 1, row->start, row->end,
                 (double)(up ? row->persons : -row->persons) * world->sample);
    }
}

/* What the share of organised exit leaves after the tables, spread by rural population. */
static void add_unlisted(tw_world *world)
{
    const tw_settings *settings = world->settings;
    const tw_region *region = world->region;
    if (world->start >= CENSUS_2020) {
        return;
    }
    double listed = 0, rural = 0;
    for (int i = 0; i < region->num_relocations; i++) {
        listed += overlap(&region->relocations[i], CENSUS_2010, CENSUS_2020 - 1) *
                  (double)region->relocations[i].persons * settings->relocation_level *
                  settings->relocation_town_share;
    }
    const double unlisted = settings->exit_share * settings->exit_2010s - listed;
    for (int c = 0; c < world->num_counties; c++) {
        rural += (double)TW_AT(&world->zones, persons, tw_zone(c, TW_RURAL));
    }
    for (int c = 0; c < world->num_counties && unlisted > 0 && rural > 0; c++) {
        const double share = (double)TW_AT(&world->zones, persons, tw_zone(c, TW_RURAL)) / rural;
        add_flow(world, tw_zone(c, TW_RURAL), tw_zone(c, TW_TOWN), 1, CENSUS_2010, CENSUS_2020 - 1,
                 unlisted * share * world->sample);
    }
}

tw_status tw_organised_start(tw_world *world)
{
    const tw_region *region = world->region;
    const size_t most = (size_t)(region->num_relocations + region->num_reclassifications +
                                 region->num_counties + 1);
    world->flow = calloc(most, sizeof(*world->flow));
    if (world->flow == NULL) {
        return TW_NO_MEMORY;
    }
    world->num_flows = 0;
    if (world->settings->organised != TW_PROCESS_NONE) {
        add_tables(world);
        add_unlisted(world);
    }
    if (world->num_flows > 0) {
        qsort(world->flow, (size_t)world->num_flows, sizeof(*world->flow), compare_origin);
    }
    int flow = 0;
    for (int z = 0; z <= world->num_zones; z++) {
        while (flow < world->num_flows && world->flow[flow].origin < z) {
            flow++;
        }
        world->first_flow[z] = flow;
    }
    return TW_OK;
}

/* Only so many enter the lottery: four times the share that will be drawn, and never too few. */
static uint64_t lottery_bound(const tw_world *world, int zone)
{
    double due = 0;
    for (int f = world->first_flow[zone]; f < world->first_flow[zone + 1]; f++) {
        due += (double)world->flow[f].persons;
    }
    const double residents = (double)TW_AT(&world->zones, persons, zone);
    const double share = (4 * due + 200) / (residents + 1);
    return share >= 1 ? UINT64_MAX : (uint64_t)(share * 0x1p53) << 11;
}

void tw_organised_open(tw_world *world)
{
    world->any_flow_due = 0;
    for (int f = 0; f < world->num_flows; f++) {
        tw_due_flow *flow = &world->flow[f];
        flow->persons = 0;
        if (world->quarter < flow->start || world->quarter > flow->end) {
            continue;
        }
        /* What is due by now less what has moved: a household that did not fit comes next time. */
        const int32_t from = flow->start > world->start ? flow->start : world->start;
        const double quarters = flow->end - flow->start + 1;
        const double due = flow->total * (world->quarter - from + 1) / quarters;
        flow->persons = (int64_t)due - flow->moved;
        flow->persons = flow->persons < 0 ? 0 : flow->persons;
        world->any_flow_due |= flow->persons > 0;
    }
    for (int z = 0; z < world->num_zones && world->any_flow_due; z++) {
        const int flows = world->first_flow[z + 1] - world->first_flow[z];
        world->lottery_bound[z] = flows > 0 ? lottery_bound(world, z) : 0;
    }
}

/* The flow of its zone that a household would join: by the persons due, one uniform. */
static int pick_flow(const tw_world *world, int zone, double u)
{
    double all = 0;
    for (int f = world->first_flow[zone]; f < world->first_flow[zone + 1]; f++) {
        all += (double)world->flow[f].persons;
    }
    double passed = 0;
    for (int f = world->first_flow[zone]; f < world->first_flow[zone + 1] && all > 0; f++) {
        passed += (double)world->flow[f].persons;
        if (u * all < passed) {
            return f;
        }
    }
    return -1;
}

static int may_join(const tw_block *block, int32_t row, const tw_due_flow *flow)
{
    const int tenure = block->tenure[row];
    if (!flow->reclassified) {
        return tenure != TW_COLLECTIVE;
    }
    return tenure != TW_PUBLIC_RENTAL;
}

/* A household that is drawn for a flow of its zone enters the lottery. */
static tw_status enter_lottery(const tw_world *world, tw_worker *worker, tw_place place,
                               tw_draw draw)
{
    const tw_block *block = &world->population->blocks[place.block];
    const int flow = pick_flow(world, block->zone[place.row], tw_uniform(draw.word[1]));
    if (flow < 0 || !may_join(block, place.row, &world->flow[flow])) {
        return TW_OK;
    }
    tw_application *application = tw_applications_add(&worker->organised);
    if (application == NULL) {
        return TW_NO_MEMORY;
    }
    application->uid = block->uid[place.row];
    application->lottery = draw.word[0];
    application->units = tw_household_size(block, place.row);
    application->market = flow;
    application->block = place.block;
    application->row = place.row;
    application->destination = (int16_t)world->flow[flow].destination;
    return TW_OK;
}

/* At most TW_ROWS_AT_ONCE households of zones with a flow, drawn at once. */
static tw_status draw_lots(const tw_world *world, tw_worker *worker, int32_t block_index,
                           const int32_t *row, int32_t num)
{
    const tw_block *block = &world->population->blocks[block_index];
    uint64_t uid[TW_ROWS_AT_ONCE] = {0}, word[2][TW_ROWS_AT_ONCE];
    tw_status status = TW_OK;
    for (int32_t i = 0; i < num; i++) {
        uid[i] = block->uid[row[i]];
    }
    tw_draw_many(world->key, TW_DRAW_RELOCATION, world->quarter, 0, uid, num, word[0], word[1]);
    for (int32_t i = 0; i < num && status == TW_OK; i++) {
        if (word[0][i] < world->lottery_bound[block->zone[row[i]]]) {
            status = enter_lottery(world, worker,
                                   (tw_place){
                                       block_index, row[i]
            },
                                   (tw_draw){{word[0][i], word[1][i]}});
        }
    }
    return status;
}

/* Of at most TW_ROWS_AT_ONCE households those of zones with a flow, a bit each. */
static uint64_t have_flows(const tw_world *world, const int16_t *zone, int32_t count)
{
    uint64_t bits = 0;
    for (int32_t i = 0; i < count; i++) {
        bits |= (uint64_t)(world->lottery_bound[zone[i]] > 0) << i;
    }
    return bits;
}

tw_status tw_organised_block(tw_world *world, tw_worker *worker, int32_t block_index)
{
    const tw_block *block = &world->population->blocks[block_index];
    const int32_t rows = world->any_flow_due ? block->num_households : 0;
    tw_status status = TW_OK;
    for (int32_t i = 0; i < rows && status == TW_OK; i += TW_ROWS_AT_ONCE) {
        int32_t row[TW_ROWS_AT_ONCE];
        const int32_t some = tw_rows_from(i, rows);
        const int32_t num = tw_list_bits(have_flows(world, block->zone + i, some), i, row);
        status = num > 0 ? draw_lots(world, worker, block_index, row, num) : TW_OK;
    }
    return status;
}

static void count_stock(tw_world *world, int zone, int tenure, int32_t persons, int sign,
                        int with_dwelling)
{
    const int market = tenure == TW_TOWN_OWNER || tenure == TW_TOWN_RENTER;
    TW_AT(&world->zones, persons, zone) += sign * persons;
    TW_AT(&world->zones, families, zone) += tenure == TW_COLLECTIVE ? 0 : sign;
    TW_AT(&world->zones, collectives, zone) += tenure == TW_COLLECTIVE ? sign : 0;
    TW_AT(&world->zones, dwellings_used, zone) += market ? sign : 0;
    TW_AT(&world->zones, dwellings, zone) += market && with_dwelling ? sign : 0;
    TW_AT(&world->zones, public_used, zone) += tenure == TW_PUBLIC_RENTAL ? sign : 0;
}

/* The jobs of a relabelled place go with those who hold them. */
static void take_jobs_along(tw_world *world, const tw_block *block, int32_t row, int zone)
{
    const int from = block->zone[row];
    for (int32_t p = block->first_person[row]; p < block->first_person[row + 1]; p++) {
        const int sector = block->activity[p] - TW_EMPLOYED;
        if (sector >= 0) {
            int64_t *jobs = tw_zone_column(&world->zones, TW_ZONE_jobs_industry + sector);
            world->work.jobs_start[from * TW_NUM_SECTORS + sector] -= 1;
            world->work.jobs_start[zone * TW_NUM_SECTORS + sector] += 1;
            int64_t *held = tw_zone_column(&world->zones, TW_ZONE_employed_industry + sector);
            jobs[from] -= 1;
            jobs[zone] += 1;
            held[from] -= 1;
            held[zone] += 1;
        }
    }
}

/* A new place, or the old one under another name, is not the one that was lost. */
static void end_displacement(tw_world *world, tw_block *block, int32_t row)
{
    TW_AT(&world->zones, displaced, block->zone[row]) -= (block->flags[row] & TW_DISPLACED) != 0;
    block->flags[row] &= (uint8_t)~TW_DISPLACED;
}

/* In place: the dwelling changes its zone with the household; land in a relabelled village ends. */
static void relabel(tw_world *world, tw_block *block, int32_t row, int destination)
{
    const int origin = block->zone[row], before = block->tenure[row];
    int after = before;
    if (tw_is_town(destination)) {
        after = before == TW_RURAL_HOUSE ? TW_TOWN_OWNER : before;
        tw_give_land(block, row, TW_NO_ZONE);
    } else if (before != TW_COLLECTIVE && before != TW_OTHER_TENURE) {
        after = TW_RURAL_HOUSE;
        tw_give_land(block, row, destination);
    }
    if (!tw_is_town(destination)) {
        block->flags[row] &= (uint8_t)~TW_SEEKS_DWELLING;
    }
    const int32_t persons = tw_household_size(block, row);
    end_displacement(world, block, row);
    count_stock(world, origin, before, persons, -1, 1);
    count_stock(world, destination, after, persons, 1, 1);
    take_jobs_along(world, block, row, destination);
    TW_AT(&world->zones, reclassified_out, origin) += persons;
    TW_AT(&world->zones, reclassified_in, destination) += persons;
    tw_settle(world, block, row, destination);
    block->taste_zone[row] = (int16_t)destination;
    block->tenure[row] = (uint8_t)after;
}

/* To the town or the village of the destination; a provided dwelling is outside the market. */
static void relocate(tw_world *world, tw_block *block, int32_t row, int town)
{
    const int origin = block->zone[row], before = block->tenure[row];
    const tw_draw draw =
        tw_draw_at(world->key, TW_DRAW_RELOCATION, block->uid[row], world->quarter, 1);
    const int to_town = tw_uniform(draw.word[0]) < world->settings->relocation_town_share;
    const int destination = to_town ? town : town - TW_TOWN + TW_RURAL;
    const int after = to_town ? TW_OTHER_TENURE : TW_RURAL_HOUSE;
    const int32_t persons = tw_household_size(block, row);
    end_displacement(world, block, row);
    count_stock(world, origin, before, persons, -1, 0);
    count_stock(world, destination, after, persons, 1, 0);
    tw_household_changes_work(world, block, row, destination);
    block->flags[row] &= (uint8_t)~TW_SEEKS_DWELLING;
    TW_AT(&world->zones, relocated_out, origin) += persons;
    TW_AT(&world->zones, relocated_in, destination) += persons;
    tw_settle(world, block, row, destination);
    block->tenure[row] = (uint8_t)after;
    tw_give_land(block, row, to_town ? TW_NO_ZONE : destination);
    block->moved_quarter[row] = (int16_t)world->quarter;
}

static void deliver(tw_world *world, const tw_applications *list)
{
    for (int32_t i = 0; i < list->count; i++) {
        const tw_application *application = &list->row[i];
        tw_block *block = &world->population->blocks[application->block];
        tw_due_flow *flow = &world->flow[application->market];
        if (!application->served) {
            continue;
        }
        flow->moved += application->units;
        if (flow->reclassified) {
            relabel(world, block, application->row, application->destination);
        } else {
            relocate(world, block, application->row, application->destination);
        }
    }
}

tw_status tw_organised_clear(tw_world *world)
{
    if (!world->any_flow_due) {
        return TW_OK;
    }
    tw_market *market = calloc((size_t)world->num_flows, sizeof(*market));
    tw_applications *list = calloc((size_t)world->num_workers, sizeof(*list));
    tw_status status = TW_NO_MEMORY;
    if (market != NULL && list != NULL) {
        for (int f = 0; f < world->num_flows; f++) {
            market[f].capacity = world->flow[f].persons;
        }
        for (int w = 0; w < world->num_workers; w++) {
            list[w] = world->worker[w].organised;
        }
        status = tw_markets_clear(list, world->num_workers, market, world->num_flows);
    }
    for (int w = 0; w < world->num_workers && status == TW_OK; w++) {
        deliver(world, &world->worker[w].organised);
    }
    free(list);
    free(market);
    return status;
}
