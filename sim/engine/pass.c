/* SPDX-License-Identifier: Apache-2.0 */
/** The two passes over the blocks of a quarter: events are noted, then take effect. */
#include "engine/pass.h"

#include <stdlib.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "base/fetch.h"
#include "base/list.h"
#include "engine/count.h"
#include "engine/thinning.h"
#include "process/budget/budget.h"
#include "process/demography/demography.h"
#include "process/hazards/hazards.h"
#include "process/households/households.h"
#include "process/housing/housing.h"
#include "process/labour/labour.h"
#include "process/moving/moving.h"
#include "process/organised/organised.h"
#include "process/outside/outside.h"
#include "process/registration/registration.h"
#include "process/schooling/schooling.h"
#include "process/services/services.h"

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
    free(worker->acting);
    free(worker->kind);
    free(worker->draw[0]);
    free(worker->draw[1]);
    free(worker->person_zone);
    worker->person_row = malloc(grown * sizeof(*worker->person_row));
    worker->acting = malloc(grown * sizeof(*worker->acting));
    worker->kind = malloc(grown + 8);
    worker->draw[0] = malloc(grown * sizeof(uint64_t));
    worker->draw[1] = malloc(grown * sizeof(uint64_t));
    worker->person_zone = malloc((grown + TW_SPREAD) * sizeof(*worker->person_zone));
    if (worker->person_row == NULL || worker->acting == NULL || worker->kind == NULL ||
        worker->person_zone == NULL || worker->draw[0] == NULL || worker->draw[1] == NULL) {
        worker->max_rows = 0;
        return TW_NO_MEMORY;
    }
    worker->max_rows = (int32_t)(grown - 1);
    return TW_OK;
}

/* Candidates of all blocks of a thread lie behind each other; the room grows to the most ever. */
static tw_status reserve_candidates(tw_worker *worker, int32_t more)
{
    tw_candidate *candidate = tw_list_fit(worker->candidate, &worker->max_candidates,
                                          worker->num_candidates + more, sizeof(*candidate));
    worker->candidate = candidate == NULL ? worker->candidate : candidate;
    return candidate == NULL ? TW_NO_MEMORY : TW_OK;
}

static tw_status draw_households(tw_world *world, tw_worker *worker, const tw_block *block)
{
    const int32_t count = block->num_households;
    const tw_status status = reserve_candidates(worker, count);
    if (status == TW_OK) {
        tw_draw_many(world->key, TW_DRAW_HOUSEHOLD_EVENTS, world->quarter, 0, block->uid, count,
                     worker->draw[0], worker->draw[1]);
        worker->num_candidates += tw_thin_households(world, block, worker->draw[0], worker->draw[1],
                                                     worker->candidate + worker->num_candidates);
    }
    return status;
}

/* Of some no event but work is possible, and not in their zone: see set_subject(). */
static void draw_persons(tw_world *world, tw_worker *worker, const tw_block *block)
{
    tw_draw_many(world->key, TW_DRAW_PERSON_EVENTS, world->quarter, 0, block->person_uid,
                 block->num_persons, worker->draw[0], worker->draw[1]);
    worker->num_person_rows =
        tw_thin_persons(world, block, worker->draw[0], worker->draw[1], worker->person_row);
}

/* The household of a person from a row on; most are near, and found without a branch. */
static int32_t household_from(const tw_block *block, int32_t row, int32_t person)
{
    enum { NEAR = 8 };
    const int32_t *next = block->first_person + 1;
    while (row + NEAR <= block->num_households) {
        int32_t before = 0;
        for (int32_t i = 0; i < NEAR; i++) {
            before += next[row + i] <= person;
        }
        row += before;
        if (before < NEAR) {
            return row;
        }
    }
    while (next[row] <= person) {
        row++;
    }
    return row;
}

/* A person and which of its events are within their limits. */
static void set_subject(const tw_world *world, const tw_worker *worker, int32_t person,
                        tw_subject *subject)
{
    const tw_block *block = subject->block;
    const int age = tw_age_index(world, block, person);
    const uint64_t *limit =
        world->person_limit[tw_person_state(block->sex[person], block->marital[person], age)];
    const int zone = block->zone[subject->place.row];
    const uint64_t work = world->work.limit[tw_work_cell(zone, block->activity[person], age)];
    subject->person = person;
    subject->word[0] = worker->draw[0][person];
    subject->word[1] = worker->draw[1][person];
    subject->within[0] = tw_lanes_within(subject->word[0], limit[0]);
    subject->within[1] = tw_lanes_within(subject->word[1], limit[1] | work << TW_WORK_SHIFT);
}

/* So many rows ahead, where households live is on its way. */
enum { HOUSEHOLDS_AHEAD = 128 };

TW_FETCHES fetch_households(const tw_block *block, int32_t row)
{
    row = row < block->num_households ? row : block->num_households - 1;
    TW_FETCH(&block->zone[row]);
    TW_FETCH(&block->first_person[row]);
}

/*
 * Of some rows that passed those of whom any event is within its limit, now that their zone is
 * known.
 *
 * @param household  row to look for their households from; out: where the last one was found
 */
static int32_t find_subjects(const tw_world *world, const tw_worker *worker, tw_block *block,
                             int32_t index, const int32_t *person, int32_t count,
                             int32_t *household, tw_subject *subject)
{
    int32_t num = 0;
    for (int32_t i = 0; i < count; i++) {
        *household = household_from(block, *household, person[i]);
        fetch_households(block, *household + HOUSEHOLDS_AHEAD);
        subject[num].block = block;
        subject[num].place = (tw_place){index, *household};
        set_subject(world, worker, person[i], &subject[num]);
        num += (subject[num].within[0] | subject[num].within[1]) != 0;
    }
    return num;
}

/* Whether any event but a change of work is within its limit; none is with most. */
static int has_more_than_work(const tw_subject *subject)
{
    const uint64_t work = UINT64_C(0x8000) << TW_WORK_SHIFT;
    return (subject->within[0] | (subject->within[1] & ~work)) != 0;
}

/* Life of one person in its order: death or birth, school, then what becomes of the household. */
static tw_status live_person(tw_world *world, tw_worker *worker, const tw_subject *subject)
{
    const uint64_t work = UINT64_C(0x8000) << TW_WORK_SHIFT;
    int busy = 0;
    if (subject->within[1] & work) {
        tw_labour_person(world, subject);
    }
    if (!has_more_than_work(subject)) {
        return TW_OK;
    }
    tw_status status = tw_demography_person(world, worker, subject, &busy);
    if (status == TW_OK && !busy) {
        status = tw_schooling_person(world, worker, subject, &busy);
    }
    if (status == TW_OK && !busy) {
        status = tw_households_person(world, worker, subject);
    }
    return status;
}

static tw_status remove_departing(tw_worker *worker, const tw_block *block, int32_t household)
{
    tw_edit *edit = tw_edits_add(&worker->changes.edits);
    if (edit == NULL) {
        return TW_NO_MEMORY;
    }
    edit->kind = TW_EDIT_REMOVE_HOUSEHOLD;
    edit->household = household;
    TW_AT(&worker->tally, departures, block->zone[household]) +=
        tw_household_size(block, household);
    return TW_OK;
}

/* The first candidate from one on whose household departs. */
static int32_t next_departing(const tw_worker *worker, const tw_block *block, int32_t candidate)
{
    while (candidate < worker->num_candidates &&
           !(block->flags[worker->candidate[candidate].row] & TW_LEAVES_REGION)) {
        candidate++;
    }
    return candidate;
}

/* Departing households [*next, ...) of rows below `end`, so that edits stay in order. */
static tw_status depart(tw_worker *worker, const tw_block *block, int32_t *next, int32_t end)
{
    tw_status status = TW_OK;
    while (*next < worker->num_candidates && worker->candidate[*next].row < end &&
           status == TW_OK) {
        status = remove_departing(worker, block, worker->candidate[*next].row);
        *next = next_departing(worker, block, *next + 1);
    }
    return status;
}

/* So many persons ahead, what the draws have not read is on its way. */
enum { AHEAD = 12 };

TW_FETCHES fetch(const tw_subject *subject)
{
    const tw_block *block = subject->block;
    TW_FETCH(&block->unit[subject->person]);
    TW_FETCH(&block->schooling[subject->person]);
    if (has_more_than_work(subject)) {
        TW_FETCH(&block->kin_uid[subject->person]);
        TW_FETCH(&block->children_born[subject->person]);
        TW_FETCH(&block->registered_zone[subject->person]);
    }
}

/* Persons in their order, and the departing households between them. */
static tw_status live_subjects(tw_world *world, tw_worker *worker, const tw_subject *subject,
                               int32_t num, int32_t *departing)
{
    tw_status status = TW_OK;
    for (int32_t k = 0; k < num && k < AHEAD; k++) {
        fetch(&subject[k]);
    }
    for (int32_t k = 0; k < num && status == TW_OK; k++) {
        const tw_block *block = subject[k].block;
        const int32_t row = subject[k].place.row;
        if (k + AHEAD < num) {
            fetch(&subject[k + AHEAD]);
        }
        status = depart(worker, block, departing, row);
        if (status == TW_OK && block->unit[subject[k].person] != 0 &&
            !(block->flags[row] & TW_LEAVES_REGION)) {
            status = live_person(world, worker, &subject[k]);
        }
    }
    return status;
}

static tw_status live_block(tw_world *world, tw_worker *worker, int32_t index,
                            int32_t first_candidate)
{
    tw_block *block = &world->population->blocks[index];
    tw_subject subject[TW_SUBJECTS_AT_ONCE];
    int32_t household = 0, departing = next_departing(worker, block, first_candidate);
    tw_status status = TW_OK;
    for (int32_t i = 0; i < worker->num_person_rows && status == TW_OK; i += TW_SUBJECTS_AT_ONCE) {
        const int32_t rest = worker->num_person_rows - i;
        const int32_t num = find_subjects(world, worker, block, index, worker->person_row + i,
                                          rest < TW_SUBJECTS_AT_ONCE ? rest : TW_SUBJECTS_AT_ONCE,
                                          &household, subject);
        tw_schooling_draw(world, subject, num);
        status = live_subjects(world, worker, subject, num, &departing);
    }
    return status == TW_OK ? depart(worker, block, &departing, block->num_households) : status;
}

/* First pass over a block: events are drawn and noted, the rows stand still. */
static tw_status note_block(tw_world *world, tw_worker *worker, int32_t index)
{
    tw_block *block = &world->population->blocks[index];
    const int32_t rows =
        block->num_persons > block->num_households ? block->num_persons : block->num_households;
    const int32_t first_edit = worker->changes.edits.count;
    const int32_t first_candidate = worker->num_candidates;
    tw_status status = reserve_rows(worker, rows);
    if (status == TW_OK) {
        status = draw_households(world, worker, block);
    }
    if (status == TW_OK) {
        draw_persons(world, worker, block);
        /* After the persons, whose places are in the cache then. */
        tw_outside_departures(world, worker, block, first_candidate);
        status = live_block(world, worker, index, first_candidate);
    }
    if (status == TW_OK) {
        status = tw_households_block(world, worker, index, first_edit, first_candidate);
    }
    world->run[index] = (tw_block_run){(int32_t)(worker - world->worker), first_edit,
                                       worker->changes.edits.count - first_edit, first_candidate,
                                       worker->num_candidates - first_candidate};
    return status;
}

/* The edits of the first pass and those made between the passes, merged by household. */
static tw_status merge_edits(const tw_world *world, tw_worker *worker, int32_t index)
{
    const tw_block_run *run = &world->run[index];
    const tw_edit *own = world->worker[run->worker].changes.edits.row + run->first_edit;
    const tw_edit *extra = world->transfers.edits.row + world->transfers.first_edit[index];
    const int32_t num_extra =
        world->transfers.first_edit[index + 1] - world->transfers.first_edit[index];
    const tw_status status = tw_edits_reserve(&worker->edits, run->num_edits + num_extra);
    worker->edits.count = status == TW_OK ? run->num_edits + num_extra : 0;
    worker->edits.num_dropped = 0;
    int32_t i = 0, e = 0;
    for (int32_t at = 0; at < worker->edits.count; at++) {
        const int own_first =
            e == num_extra || (i < run->num_edits && own[i].household <= extra[e].household);
        worker->edits.row[at] = own_first ? own[i++] : extra[e++];
    }
    return status;
}

/* After the rebuild the candidates' rows have shifted by the households that ended before them. */
static void shift_candidates(const tw_world *world, tw_worker *worker, int32_t index)
{
    const tw_block_run *run = &world->run[index];
    const tw_candidate *noted = world->worker[run->worker].candidate + run->first_candidate;
    const tw_edits *edits = &worker->edits;
    int32_t dropped = 0;
    worker->num_acting = 0;
    for (int32_t c = 0; c < run->num_candidates; c++) {
        tw_candidate candidate = noted[c];
        while (dropped < edits->num_dropped && edits->dropped[dropped] < candidate.row) {
            dropped++;
        }
        if (dropped == edits->num_dropped || edits->dropped[dropped] != candidate.row) {
            candidate.row -= dropped;
            worker->acting[worker->num_acting++] = candidate;
        }
    }
}

/* Households that ended leave their dwelling. */
static void count_ended(tw_worker *worker)
{
    for (int32_t i = 0; i < worker->edits.num_dropped; i++) {
        const tw_household *before = &worker->edits.ended[i];
        const int zone = before->zone, tenure = before->tenure;
        const int departed = (before->flags & TW_LEAVES_REGION) != 0;
        TW_AT(&worker->tally, families, zone) -= tenure != TW_COLLECTIVE;
        TW_AT(&worker->tally, collectives, zone) -= tenure == TW_COLLECTIVE;
        TW_AT(&worker->tally, dwellings_used, zone) -=
            tenure == TW_TOWN_OWNER || tenure == TW_TOWN_RENTER;
        TW_AT(&worker->tally, public_used, zone) -= tenure == TW_PUBLIC_RENTAL;
        TW_AT(&worker->tally, taken_out, zone) += departed ? before->savings : 0;
        TW_AT(&worker->tally, estates, zone) += departed ? 0 : before->savings;
        TW_AT(&worker->tally, loans_lost, zone) += before->debt;
        TW_AT(&worker->tally, households_out, zone) += departed;
        TW_AT(&worker->tally, dissolved, zone) += !departed;
    }
}

static tw_status rebuild_block(tw_world *world, tw_worker *worker, int32_t index)
{
    tw_block *block = &world->population->blocks[index];
    tw_status status = merge_edits(world, worker, index);
    if (status == TW_OK) {
        status = tw_block_rebuild(block, &worker->edits, world->quarter);
    }
    if (status == TW_OK) {
        count_ended(worker);
        status = tw_transfers_append(&world->transfers, index, block);
    }
    if (status == TW_OK) {
        const int32_t candidates = world->run[index].num_candidates;
        status =
            reserve_rows(worker, block->num_persons > candidates ? block->num_persons : candidates);
    }
    if (status == TW_OK) {
        shift_candidates(world, worker, index);
    }
    return status;
}

/* Second pass: the block takes its new shape; then households decide, and everything is counted. */
static tw_status change_block(tw_world *world, tw_worker *worker, int32_t index)
{
    tw_block *block = &world->population->blocks[index];
    tw_status status = rebuild_block(world, worker, index);
    if (status == TW_OK) {
        tw_block_spread_zones(block, worker->person_zone);
        tw_housing_pay_block(world, worker, block);
        tw_hazards_block(world, worker, index);
        tw_registration_block(world, worker, block);
        tw_budget_block(world, worker, block);
        status = tw_labour_block(world, worker, index);
    }
    if (status == TW_OK) {
        status = tw_organised_block(world, worker, index);
    }
    if (status == TW_OK) {
        status = tw_moving_block(world, worker, index);
    }
    if (status != TW_OK) {
        return status;
    }
    tw_count_block(world, worker, block, world->settings->registration != TW_PROCESS_NONE);
    if (tw_year_ends(world)) {
        tw_count_women(world, worker, block);
        tw_services_count(world, worker, block);
    }
    return status;
}

static void clear_worker(const tw_world *world, tw_worker *worker)
{
    tw_zones_clear(&worker->tally, 0, TW_NUM_ZONE_FIELDS);
    memset(worker->migrants, 0,
           (size_t)world->num_counties * (size_t)world->num_counties * sizeof(*worker->migrants));
    worker->applications.count = worker->organised.count = worker->work.count = 0;
    worker->grants.count = worker->courses.count = 0;
    worker->moves.count = worker->hosts.count = worker->joining.count = 0;
    worker->seekers.count = worker->num_candidates = 0;
    tw_transfers_clear(&worker->changes);
    memset(worker->lost, 0,
           (size_t)TW_LOST_KINDS * (size_t)world->num_zones * sizeof(*worker->lost));
    memset(worker->women, 0, sizeof worker->women);
    memset(worker->married_women, 0, sizeof worker->married_women);
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

static tw_status over_blocks(tw_world *world,
                             tw_status (*step)(tw_world *world, tw_worker *worker, int32_t index))
{
#pragma omp parallel num_threads(world->num_workers)
    {
        tw_worker *worker = &world->worker[worker_index()];
#pragma omp for schedule(dynamic, 8)
        for (int32_t b = 0; b < world->population->num_blocks; b++) {
            if (worker->status == TW_OK) {
                worker->status = step(world, worker, b);
            }
        }
    }
    return worst_status(world);
}

tw_status tw_pass_events(tw_world *world)
{
    const int32_t blocks = world->population->num_blocks;
    for (int w = 0; w < world->num_workers; w++) {
        clear_worker(world, &world->worker[w]);
    }
    tw_transfers_clear(&world->transfers);
    tw_thinning_open(world);
    if (blocks > world->max_runs) {
        free(world->run);
        world->run = calloc((size_t)blocks + 64, sizeof(*world->run));
        world->max_runs = world->run == NULL ? 0 : blocks + 64;
    }
    return world->run == NULL ? TW_NO_MEMORY : over_blocks(world, note_block);
}

tw_status tw_pass_changes(tw_world *world)
{
    tw_status status = TW_OK;
    for (int w = 0; w < world->num_workers && status == TW_OK; w++) {
        status = tw_transfers_join(&world->transfers, &world->worker[w].changes);
    }
    if (status == TW_OK) {
        status =
            tw_transfers_sort(&world->transfers, world->population->num_blocks, world->num_workers);
    }
    status = status == TW_OK ? over_blocks(world, change_block) : status;
    for (int w = 0; w < world->num_workers; w++) {
        tw_budget_book(world, &world->worker[w]);
        tw_count_book(world, &world->worker[w]);
    }
    return status;
}

tw_status tw_pass_count(tw_world *world)
{
    tw_worker *worker = &world->worker[0];
    tw_status status = TW_OK;
    for (int w = 0; w < world->num_workers; w++) {
        clear_worker(world, &world->worker[w]);
    }
    for (int32_t b = 0; b < world->population->num_blocks && status == TW_OK; b++) {
        tw_block *block = &world->population->blocks[b];
        status = reserve_rows(worker, block->num_persons);
        if (status == TW_OK) {
            tw_block_spread_zones(block, worker->person_zone);
            tw_count_block(world, worker, block, 0);
            tw_count_women(world, worker, block);
            tw_services_count(world, worker, block);
        }
    }
    tw_count_book(world, worker);
    return status;
}

/* Kept from the last count when this quarter made none. */
static void join_women(tw_world *world)
{
    int64_t women[TW_AGES] = {0}, married[TW_AGES] = {0}, all = 0;
    for (int w = 0; w < world->num_workers; w++) {
        for (int age = 0; age < TW_AGES; age++) {
            women[age] += world->worker[w].women[age];
            married[age] += world->worker[w].married_women[age];
            all += world->worker[w].women[age];
        }
    }
    if (all > 0) {
        memcpy(world->women, women, sizeof women);
        memcpy(world->married_women, married, sizeof married);
    }
}

void tw_pass_join(tw_world *world)
{
    const size_t pairs = (size_t)world->num_counties * (size_t)world->num_counties;
    tw_zones_clear(&world->zones, tw_year_ends(world) ? TW_NUM_STOCKS : TW_END_YEARLY,
                   TW_END_COUNTS);
    memset(world->migrants, 0, pairs * sizeof(*world->migrants));
    join_women(world);
    for (int w = 0; w < world->num_workers; w++) {
        tw_zones_join(&world->zones, &world->worker[w].tally, 0, TW_NUM_ZONE_FIELDS);
        for (size_t i = 0; i < pairs; i++) {
            world->migrants[i] += world->worker[w].migrants[i];
        }
        tw_zones_clear(&world->worker[w].tally, 0, TW_NUM_ZONE_FIELDS);
    }
    /* Births, deaths, departures and transfers of the passes are not yet in the stock of persons.
     */
    for (int z = 0; z < world->num_zones; z++) {
        TW_AT(&world->zones, persons, z) +=
            TW_AT(&world->zones, births, z) - TW_AT(&world->zones, deaths, z) -
            TW_AT(&world->zones, departures, z) + TW_AT(&world->zones, joined_in, z) -
            TW_AT(&world->zones, joined_out, z);
    }
}
