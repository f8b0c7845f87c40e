/* SPDX-License-Identifier: Apache-2.0 */
/** What happens to one block in a quarter, and the loop over all of them. */
#include "engine/pass.h"

#include <stdlib.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "base/clones.h"
#include "base/rows.h"
#include "process/demography/demography.h"
#include "process/housing/housing.h"
#include "process/moving/moving.h"
#include "process/organised/organised.h"
#include "process/outside/outside.h"

static int worker_index(void)
{
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

static tw_status reserve_rows(tw_worker *worker, int32_t rows)
{
    if (rows <= worker->max_rows) {
        return TW_OK;
    }
    const size_t grown = (size_t)rows + (size_t)rows / 4 + 16;
    free(worker->person_row);
    free(worker->departing);
    free(worker->candidate);
    free(worker->passed);
    free(worker->draw[0]);
    free(worker->draw[1]);
    worker->person_row = malloc(grown * sizeof(*worker->person_row));
    worker->departing = malloc(grown * sizeof(*worker->departing));
    worker->candidate = malloc(grown * sizeof(*worker->candidate));
    worker->passed = malloc(grown);
    worker->draw[0] = malloc(grown * sizeof(uint64_t));
    worker->draw[1] = malloc(grown * sizeof(uint64_t));
    if (worker->person_row == NULL || worker->departing == NULL || worker->candidate == NULL ||
        worker->passed == NULL || worker->draw[0] == NULL || worker->draw[1] == NULL) {
        worker->max_rows = 0;
        return TW_NO_MEMORY;
    }
    worker->max_rows = (int32_t)(grown - 1);
    return TW_OK;
}

/* Households of which any event passes its bound; no branches, so that it runs in vectors. */
TW_CLONES static void find_passing(const uint64_t *restrict word0, const uint64_t *restrict word1,
                                   const uint32_t *restrict bound, int32_t count,
                                   uint8_t *restrict passed)
{
    const uint64_t b0 = bound[0], b1 = bound[1], b2 = bound[2], b3 = bound[3], b4 = bound[4];
    for (int32_t i = 0; i < count; i++) {
        const uint64_t a = word0[i], b = word1[i];
        passed[i] = ((a & 0xffff) < b0) | (((a >> 16) & 0xffff) < b1) |
                    (((a >> 32) & 0xffff) < b2) | ((a >> 48) < b3) | ((b & 0xffff) < b4);
    }
}

static void draw_households(tw_world *world, tw_worker *worker, const tw_block *block)
{
    const int32_t count = block->num_households;
    tw_draw_many(world->key, TW_DRAW_HOUSEHOLD_EVENTS, world->quarter, 0, block->uid, count,
                 worker->draw[0], worker->draw[1]);
    find_passing(worker->draw[0], worker->draw[1], world->household_bound, count, worker->passed);
    worker->num_candidates = tw_compact_rows(worker->passed, count, worker->departing);
    for (int32_t c = 0; c < worker->num_candidates; c++) {
        const int32_t row = worker->departing[c];
        worker->candidate[c] = (tw_candidate){
            row, {worker->draw[0][row], worker->draw[1][row]}
        };
    }
}

/* After the rebuild the candidates' rows have shifted by the households that ended before them. */
static void shift_candidates(tw_worker *worker)
{
    int32_t kept = 0, dropped = 0;
    for (int32_t c = 0; c < worker->num_candidates; c++) {
        tw_candidate candidate = worker->candidate[c];
        while (dropped < worker->edits.num_dropped &&
               worker->edits.dropped[dropped] < candidate.row) {
            dropped++;
        }
        if (dropped < worker->edits.num_dropped &&
            worker->edits.dropped[dropped] == candidate.row) {
            continue;
        }
        candidate.row -= dropped;
        worker->candidate[kept++] = candidate;
    }
    worker->num_candidates = kept;
}

/* Households that ended leave their dwelling; the block before the rebuild still shows them. */
static void count_ended(tw_worker *worker)
{
    const tw_block *before = &worker->scratch;
    for (int32_t i = 0; i < worker->edits.num_dropped; i++) {
        const int32_t row = worker->edits.dropped[i];
        const int zone = before->zone[row], tenure = before->tenure[row];
        TW_AT(&worker->tally, families, zone) -= tenure != TW_COLLECTIVE;
        TW_AT(&worker->tally, collectives, zone) -= tenure == TW_COLLECTIVE;
        TW_AT(&worker->tally, dwellings_used, zone) -=
            tenure == TW_TOWN_OWNER || tenure == TW_TOWN_RENTER;
        TW_AT(&worker->tally, public_used, zone) -= tenure == TW_PUBLIC_RENTAL;
    }
}

/* Workers, outsiders and migrants of one block. */
static void count_block(const tw_world *world, tw_worker *worker, const tw_block *block)
{
    /* Birth quarters of the ages 15 to 64 at this opening. */
    const int32_t youngest = world->quarter - 4 * 15, oldest = world->quarter - 4 * 65;
    int64_t *workers = tw_zone_column(&worker->tally, TW_ZONE_workers);
    int64_t *outsiders = tw_zone_column(&worker->tally, TW_ZONE_outsiders);
    for (int32_t h = 0; h < block->num_households; h++) {
        const int32_t first = block->first_person[h], end = block->first_person[h + 1];
        const int zone = block->zone[h];
        int32_t working = 0, outside = 0;
        for (int32_t p = first; p < end; p++) {
            const int32_t birth = block->birth_quarter[p];
            working += (birth <= youngest) & (birth > oldest);
            outside += block->registered_zone[p] == TW_OUTSIDE;
        }
        workers[zone] += working;
        outsiders[zone] += outside;
        const int land = block->land_zone[h];
        const int home = land >= 0 ? land : block->registered_zone[first];
        if (tw_is_town(zone) && home >= 0 && !tw_is_town(home)) {
            worker->migrants[(home / TW_NUM_ZONE_KINDS) * world->num_counties +
                             zone / TW_NUM_ZONE_KINDS] += end - first;
        }
    }
}

static tw_status simulate_block(tw_world *world, tw_worker *worker, int32_t index)
{
    tw_block *block = &world->population->blocks[index];
    const int32_t rows =
        block->num_persons > block->num_households ? block->num_persons : block->num_households;
    tw_status status = reserve_rows(worker, rows);
    if (status != TW_OK) {
        return status;
    }
    draw_households(world, worker, block);
    tw_outside_departures(world, worker, block);
    status = tw_demography_block(world, worker, block);
    if (status == TW_OK) {
        status = tw_block_rebuild(block, &worker->edits, &worker->scratch);
    }
    if (status == TW_OK) {
        count_ended(worker);
        shift_candidates(worker);
        status = tw_demography_orphans(world, worker, index);
    }
    if (status == TW_OK) {
        tw_housing_pay_block(world, worker, block);
        status = tw_organised_block(world, worker, index);
    }
    if (status == TW_OK) {
        status = tw_moving_block(world, worker, index);
    }
    count_block(world, worker, block);
    return status;
}

static void clear_worker(const tw_world *world, tw_worker *worker)
{
    tw_zones_clear(&worker->tally, 0, TW_NUM_ZONE_FIELDS);
    memset(worker->migrants, 0,
           (size_t)world->num_counties * (size_t)world->num_counties * sizeof(*worker->migrants));
    worker->applications.count = worker->organised.count = 0;
    worker->moves.count = worker->hosts.count = worker->orphans.count = 0;
    worker->status = TW_OK;
}

static tw_status worst_status(const tw_world *world)
{
    for (int w = 0; w < world->num_workers; w++) {
        if (world->worker[w].status != TW_OK) {
            return world->worker[w].status;
        }
    }
    return TW_OK;
}

tw_status tw_pass_blocks(tw_world *world)
{
    for (int w = 0; w < world->num_workers; w++) {
        clear_worker(world, &world->worker[w]);
    }
#pragma omp parallel num_threads(world->num_workers)
    {
        tw_worker *worker = &world->worker[worker_index()];
#pragma omp for schedule(dynamic, 8)
        for (int32_t b = 0; b < world->population->num_blocks; b++) {
            if (worker->status == TW_OK) {
                worker->status = simulate_block(world, worker, b);
            }
        }
    }
    return worst_status(world);
}

tw_status tw_pass_count(tw_world *world)
{
    for (int w = 0; w < world->num_workers; w++) {
        clear_worker(world, &world->worker[w]);
    }
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        count_block(world, &world->worker[0], &world->population->blocks[b]);
    }
    return TW_OK;
}

void tw_pass_join(tw_world *world)
{
    const size_t pairs = (size_t)world->num_counties * (size_t)world->num_counties;
    tw_zones_clear(&world->zones, TW_NUM_STOCKS, TW_END_COUNTS);
    memset(world->migrants, 0, pairs * sizeof(*world->migrants));
    for (int w = 0; w < world->num_workers; w++) {
        tw_zones_join(&world->zones, &world->worker[w].tally, 0, TW_NUM_ZONE_FIELDS);
        for (size_t i = 0; i < pairs; i++) {
            world->migrants[i] += world->worker[w].migrants[i];
        }
        tw_zones_clear(&world->worker[w].tally, 0, TW_NUM_ZONE_FIELDS);
    }
    /* Births, deaths and departures of the pass are not yet in the stock of persons. */
    for (int z = 0; z < world->num_zones; z++) {
        TW_AT(&world->zones, persons, z) += TW_AT(&world->zones, births, z) -
                                            TW_AT(&world->zones, deaths, z) -
                                            TW_AT(&world->zones, departures, z);
    }
}

/* Adds the households of zones that are wanted (NULL: of all). */
static tw_status gather(tw_host_list *all, const tw_host_list *part, const uint8_t *wanted)
{
    tw_status status = TW_OK;
    for (int32_t i = 0; i < part->count && status == TW_OK; i++) {
        if (wanted == NULL || wanted[part->row[i].zone]) {
            status = tw_host_list_add(all, part->row[i]);
        }
    }
    return status;
}

/* An orphaned household may have moved away or been moved since it asked: zones are read again. */
static void refresh_zones(const tw_world *world, tw_host_list *list)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < list->count; i++) {
        const tw_block *block = &world->population->blocks[list->row[i].block];
        const int32_t row = tw_block_find(block, list->row[i].uid);
        if (row >= 0) {
            list->row[i].zone = block->zone[row];
            list->row[kept++] = list->row[i];
        }
    }
    list->count = kept;
}

static void count_taken_in(tw_world *world, const tw_message *message, int32_t num)
{
    for (int32_t m = 0; m < num; m++) {
        const tw_block *block = &world->population->blocks[message[m].from.block];
        const int32_t row = tw_block_find(block, message[m].from.uid);
        const int tenure = block->tenure[row], zone = block->zone[row];
        TW_AT(&world->zones, families, zone) -= tenure != TW_COLLECTIVE;
        TW_AT(&world->zones, collectives, zone) -= tenure == TW_COLLECTIVE;
        TW_AT(&world->zones, dwellings_used, zone) -=
            tenure == TW_TOWN_OWNER || tenure == TW_TOWN_RENTER;
        TW_AT(&world->zones, public_used, zone) -= tenure == TW_PUBLIC_RENTAL;
    }
}

/* Hosts of the zones in which someone is orphaned: the others need not be looked up. */
static tw_status gather_hosts(tw_world *world, const tw_host_list *orphans, tw_host_list *hosts)
{
    tw_status status = TW_OK;
    uint8_t *wanted = calloc((size_t)world->num_zones, 1);
    if (wanted == NULL) {
        return TW_NO_MEMORY;
    }
    for (int32_t i = 0; i < orphans->count; i++) {
        wanted[orphans->row[i].zone] = 1;
    }
    for (int w = 0; w < world->num_workers && status == TW_OK; w++) {
        status = gather(hosts, &world->worker[w].hosts, wanted);
    }
    refresh_zones(world, hosts);
    free(wanted);
    return status;
}

tw_status tw_pass_messages(tw_world *world)
{
    tw_host_list hosts = {0}, orphans = {0};
    tw_message *message = NULL;
    tw_status status = TW_OK;
    for (int w = 0; w < world->num_workers && status == TW_OK; w++) {
        status = gather(&orphans, &world->worker[w].orphans, NULL);
    }
    if (status == TW_OK && orphans.count > 0) {
        refresh_zones(world, &orphans);
        status = gather_hosts(world, &orphans, &hosts);
    }
    if (status == TW_OK && orphans.count > 0) {
        message = malloc(((size_t)orphans.count + 1) * sizeof(*message));
        status = message == NULL ? TW_NO_MEMORY : TW_OK;
    }
    if (status == TW_OK && orphans.count > 0) {
        const int32_t num = tw_match_hosts(world->key, world->quarter, &hosts, &orphans, message);
        count_taken_in(world, message, num);
        status = tw_messages_deliver(world->population, message, num, &world->worker[0].scratch,
                                     tw_zone_column(&world->zones, TW_ZONE_hosted));
    }
    free(message);
    tw_host_list_free(&hosts);
    tw_host_list_free(&orphans);
    return status;
}

static tw_status recount(const tw_world *world, tw_zones *counted)
{
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            const int zone = block->zone[h], tenure = block->tenure[h];
            TW_AT(counted, persons, zone) += tw_household_size(block, h);
            TW_AT(counted, families, zone) += tenure != TW_COLLECTIVE;
            TW_AT(counted, collectives, zone) += tenure == TW_COLLECTIVE;
            TW_AT(counted, dwellings_used, zone) +=
                tenure == TW_TOWN_OWNER || tenure == TW_TOWN_RENTER;
            TW_AT(counted, public_used, zone) += tenure == TW_PUBLIC_RENTAL;
        }
    }
    return TW_OK;
}

tw_status tw_pass_verify(const tw_world *world, tw_report *report)
{
    static const int fields[] = {TW_ZONE_persons, TW_ZONE_families, TW_ZONE_collectives,
                                 TW_ZONE_dwellings_used, TW_ZONE_public_used};
    tw_zones counted = {0, NULL};
    tw_status status = tw_zones_create(world->num_zones, &counted);
    if (status == TW_OK) {
        status = recount(world, &counted);
    }
    for (size_t f = 0; f < sizeof fields / sizeof *fields && status == TW_OK; f++) {
        for (int z = 0; z < world->num_zones && status == TW_OK; z++) {
            const int64_t booked = tw_zone_column(&world->zones, fields[f])[z];
            const int64_t found = tw_zone_column(&counted, fields[f])[z];
            if (booked != found || booked < 0) {
                status = tw_report_add(report, TW_BAD_STATE, NULL, 0, NULL,
                                       "quarter %d, zone %d: %s booked %lld, counted %lld",
                                       (int)world->quarter, z, tw_zone_field_at(fields[f]).name,
                                       (long long)booked, (long long)found);
            }
        }
    }
    for (int z = TW_TOWN; z < world->num_zones && status == TW_OK; z += TW_NUM_ZONE_KINDS) {
        if (TW_AT(&world->zones, dwellings_used, z) > TW_AT(&world->zones, dwellings, z) ||
            TW_AT(&world->zones, public_used, z) > TW_AT(&world->zones, public_dwellings, z)) {
            status = tw_report_add(report, TW_BAD_STATE, NULL, 0, NULL,
                                   "quarter %d, zone %d: more dwellings lived in than there are",
                                   (int)world->quarter, z);
        }
    }
    tw_zones_free(&counted);
    return status;
}
