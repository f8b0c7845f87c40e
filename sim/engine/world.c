/* SPDX-License-Identifier: Apache-2.0 */
/** Allocation of the world and its workers; its opening state; its digest. */
#include "engine/world.h"

#include <stdlib.h>
#include <string.h>

#include "engine/pass.h"
#include "process/budget/budget.h"
#include "process/hazards/hazards.h"
#include "process/housing/housing.h"
#include "process/labour/labour.h"
#include "process/moving/moving.h"
#include "process/moving/nests.h"
#include "process/moving/taste.h"
#include "process/organised/organised.h"
#include "process/outside/outside.h"
#include "process/policy/policy.h"
#include "process/registration/registration.h"
#include "process/schooling/schooling.h"
#include "process/services/services.h"

/* Allocates zeroed room or notes that memory is short. */
static void *room(size_t count, size_t size, tw_status *status)
{
    void *memory = calloc(count > 0 ? count : 1, size);
    if (memory == NULL) {
        *status = TW_NO_MEMORY;
    }
    return memory;
}

static tw_status worker_create(tw_world *world, tw_worker *worker)
{
    const size_t counties = (size_t)world->num_counties, places = counties + 1;
    tw_status status = tw_zones_create(world->num_zones, &worker->tally);
    worker->migrants = room(counties * counties, sizeof(*worker->migrants), &status);
    worker->utility = room(places, sizeof(double), &status);
    worker->taste = room(places, sizeof(double), &status);
    worker->tilt = room(places, sizeof(double), &status);
    worker->place = room(places, sizeof(int32_t), &status);
    worker->better = room(places, sizeof(uint8_t), &status);
    for (int i = 0; i < 2; i++) {
        worker->word[i] = room(places, sizeof(uint64_t), &status);
        worker->now[i] = room(places, sizeof(uint64_t), &status);
    }
    worker->flows = room(2 * (size_t)world->num_zones, sizeof(*worker->flows), &status);
    worker->settled =
        room(2 * TW_BUDGET_KINDS * (size_t)world->num_zones, sizeof(*worker->settled), &status);
    worker->counted =
        room((size_t)(TW_COUNTED_PLACES * world->num_zones), sizeof(*worker->counted), &status);
    const size_t ledger = (size_t)world->num_programmes * counties;
    worker->outlay = room(ledger, sizeof(int64_t), &status);
    worker->recipients = room(ledger, sizeof(int64_t), &status);
    worker->lost = room((size_t)(TW_LOST_KINDS * world->num_zones), sizeof(int64_t), &status);
    return status;
}

static void worker_free(tw_worker *worker)
{
    tw_zones_free(&worker->tally);
    tw_edits_free(&worker->edits);
    tw_applications_free(&worker->applications);
    tw_applications_free(&worker->organised);
    tw_applications_free(&worker->work);
    tw_applications_free(&worker->courses);
    tw_applications_free(&worker->grants);
    tw_host_list_free(&worker->hosts);
    tw_host_list_free(&worker->joining);
    tw_transfers_free(&worker->changes);
    tw_seekers_free(&worker->seekers);
    free(worker->moves.row);
    free(worker->granted.row);
    free(worker->migrants);
    free(worker->utility);
    free(worker->taste);
    free(worker->tilt);
    free(worker->place);
    free(worker->better);
    for (int i = 0; i < 2; i++) {
        free(worker->word[i]);
        free(worker->now[i]);
    }
    free(worker->person_row);
    free(worker->acting);
    free(worker->candidate);
    free(worker->kind);
    free(worker->draw[0]);
    free(worker->draw[1]);
    free(worker->person_zone);
    free(worker->flows);
    free(worker->settled);
    free(worker->counted);
    free(worker->outlay);
    free(worker->recipients);
    free(worker->lost);
}

void tw_world_free(tw_world *world)
{
    if (world == NULL) {
        return;
    }
    for (int w = 0; world->worker != NULL && w < world->num_workers; w++) {
        worker_free(&world->worker[w]);
    }
    for (int i = 0; world->programme != NULL && i < world->num_programmes; i++) {
        free(world->programme[i].waiting);
        free(world->programme[i].county_carry);
        free(world->programme[i].offer);
        free(world->programme[i].county);
    }
    void *owned[] = {world->worker,
                     world->registering.move_risk,
                     world->policy,
                     world->programme,
                     world->settled,
                     world->county_units,
                     world->senior_carry,
                     world->grant_market,
                     world->grant_list,
                     world->course_market,
                     world->registering.exit,
                     world->registering.exit_programme,
                     world->places.village,
                     world->places.nearness,
                     world->places.network,
                     world->places.away,
                     world->places.start_value,
                     world->places.start_sum,
                     world->places.nest,
                     world->places.ceilings,
                     world->places.code,
                     world->places.village_code,
                     world->places.service,
                     world->places.service_county,
                     world->places.service_elsewhere,
                     world->services.quality,
                     world->services.start_ratio,
                     world->services.registered_start,
                     world->services.reached,
                     world->services.admission,
                     world->services.worth,
                     world->area_income,
                     world->land_carry,
                     world->travel,
                     world->access,
                     world->migrants,
                     world->income,
                     world->budget.zone,
                     world->budget.terms,
                     world->budget.pay,
                     world->budget.paid,
                     world->work.enter_level,
                     world->work.seek_share,
                     world->work.start_business,
                     world->work.chance,
                     world->work.limit,
                     world->work.farm_leave,
                     world->work.farm_leave_start,
                     world->work.tightness_start,
                     world->work.separation,
                     world->work.match_level,
                     world->work.jobs_start,
                     world->work.jobs_added,
                     world->work.base_added,
                     world->work.hire_carry,
                     world->work.vacancy_share,
                     world->work.market,
                     world->work.flows,
                     world->work.list,
                     world->town_residents_start,
                     world->job_chance_start,
                     world->public_chance,
                     world->need_share,
                     world->pipeline,
                     world->build_carry,
                     world->used_before,
                     world->arrivals,
                     world->arrival_carry,
                     world->outsiders_expected,
                     world->net_share,
                     world->flow,
                     world->first_flow,
                     world->lottery_bound,
                     world->school_level,
                     world->students_away,
                     world->run};
    for (size_t i = 0; i < sizeof world->places.town / sizeof *world->places.town; i++) {
        free(world->places.town[i]);
    }
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    tw_hazards_free(world);
    tw_transfers_free(&world->transfers);
    tw_zones_free(&world->zones);
    tw_population_free(world->population);
    free(world);
}

static tw_status allocate_places(tw_world *world)
{
    const size_t counties = (size_t)world->num_counties, zones = (size_t)world->num_zones;
    tw_place_values *places = &world->places;
    tw_status status = TW_OK;
    for (size_t i = 0; i < sizeof places->town / sizeof *places->town; i++) {
        places->town[i] = room(counties, sizeof(double), &status);
    }
    places->village = room(counties, sizeof(double), &status);
    places->nearness = room(zones * counties, sizeof(double), &status);
    places->network = room(counties * counties, sizeof(double), &status);
    places->away = room(counties, sizeof(double), &status);
    places->start_value = room(zones * (counties + 1), sizeof(double), &status);
    places->start_sum = room(zones * TW_NUM_NESTS, sizeof(double), &status);
    places->nest = room(counties, sizeof(uint8_t), &status);
    places->ceilings = room(1, sizeof(*places->ceilings), &status);
    places->code = room(counties, sizeof(uint32_t), &status);
    places->village_code = room(counties, sizeof(uint32_t), &status);
    world->travel = room(counties * counties, sizeof(double), &status);
    world->access = room(counties, sizeof(double), &status);
    world->migrants = room(counties * counties, sizeof(int64_t), &status);
    return status;
}

static tw_status allocate_zones(tw_world *world)
{
    const size_t counties = (size_t)world->num_counties, zones = (size_t)world->num_zones;
    tw_status status = tw_zones_create(world->num_zones, &world->zones);
    world->income = room(zones, sizeof(double), &status);
    world->area_income = room(zones, sizeof(double), &status);
    world->town_residents_start = room(zones, sizeof(double), &status);
    world->job_chance_start = room(counties, sizeof(double), &status);
    world->public_chance = room(counties, sizeof(double), &status);
    world->need_share = room(counties, sizeof(double), &status);
    world->pipeline = room(TW_MAX_BUILD_LAG * zones, sizeof(int64_t), &status);
    world->build_carry = room(zones, sizeof(double), &status);
    world->land_carry = room(zones, sizeof(double), &status);
    world->used_before = room(4 * zones, sizeof(int64_t), &status);
    world->arrivals = room(TW_ARRIVAL_TYPES * zones, sizeof(int32_t), &status);
    world->arrival_carry = room(TW_ARRIVAL_TYPES * zones, sizeof(double), &status);
    world->outsiders_expected = room(zones, sizeof(double), &status);
    world->net_share = room(2 * zones, sizeof(double), &status);
    world->lottery_bound = room(zones, sizeof(uint64_t), &status);
    world->school_level = room(counties, sizeof(double), &status);
    world->students_away = room(TW_STUDY_QUARTERS * zones, sizeof(int64_t), &status);
    world->first_flow = room(zones + 1, sizeof(int32_t), &status);
    return status;
}

static tw_status allocate_work(tw_world *world)
{
    const size_t zones = (size_t)world->num_zones, cells = zones * TW_NUM_SECTORS;
    tw_work *work = &world->work;
    tw_status status = TW_OK;
    world->budget.zone = room(zones, sizeof(tw_zone_amounts), &status);
    world->budget.terms = room(zones * TW_BUDGET_KINDS, sizeof(tw_terms), &status);
    world->budget.pay = room(zones * TW_NUM_PAYS, sizeof(int64_t), &status);
    world->budget.paid = room(zones * TW_NUM_PAYS, sizeof(uint64_t), &status);
    work->enter_level = room(zones, sizeof(double), &status);
    work->seek_share = room(zones, sizeof(double), &status);
    work->start_business = room(zones, sizeof(double), &status);
    work->chance = room(zones * TW_NUM_ACTIVITIES * TW_WORK_AGES, sizeof(double), &status);
    work->farm_leave = room(zones, sizeof(double), &status);
    work->farm_leave_start = room(zones, sizeof(double), &status);
    work->tightness_start = room(zones, sizeof(double), &status);
    work->limit = room(zones * TW_NUM_ACTIVITIES * TW_WORK_AGES, sizeof(uint32_t), &status);
    work->match_level = room(zones, sizeof(double), &status);
    work->separation = room(cells, sizeof(double), &status);
    work->jobs_start = room(cells, sizeof(double), &status);
    work->jobs_added = room(cells, sizeof(double), &status);
    work->base_added = room(4 * zones, sizeof(double), &status);
    work->hire_carry = room(cells, sizeof(double), &status);
    work->vacancy_share = room(cells, sizeof(double), &status);
    work->market = room(cells, sizeof(tw_market), &status);
    work->flows = room(zones, sizeof(tw_work_flows), &status);
    world->registering.move_risk = room((size_t)world->num_counties, sizeof(double), &status);
    const size_t exits = (size_t)world->num_counties * TW_NUM_HOUSEHOLD_KINDS;
    world->registering.exit = room(exits, sizeof(double), &status);
    world->registering.exit_programme = room(exits, sizeof(int32_t), &status);
    work->list = room((size_t)world->num_workers, sizeof(tw_applications), &status);
    return status;
}

static tw_status allocate_services(tw_world *world)
{
    const size_t counties = (size_t)world->num_counties, zones = (size_t)world->num_zones;
    const size_t cells = TW_NUM_SERVICES * zones;
    tw_services *services = &world->services;
    tw_status status = TW_OK;
    world->places.service = room(cells, sizeof(double), &status);
    world->places.service_county = room(cells, sizeof(double), &status);
    world->places.service_elsewhere = room(cells, sizeof(double), &status);
    services->quality = room(cells, sizeof(double), &status);
    services->start_ratio = room(cells, sizeof(double), &status);
    services->registered_start = room(zones, sizeof(double), &status);
    services->reached = room(3 * zones, sizeof(double), &status);
    services->admission = room(counties, sizeof(double), &status);
    services->worth = room(counties, sizeof(double), &status);
    return status;
}

static tw_status allocate_policy(tw_world *world)
{
    const size_t counties = (size_t)world->num_counties, num = (size_t)world->num_programmes;
    tw_status status = TW_OK;
    world->policy = room((size_t)TW_NUM_LEVERS * counties, sizeof(double), &status);
    world->settled = room(counties, sizeof(int64_t), &status);
    world->county_units = room(counties, sizeof(int64_t), &status);
    world->senior_carry = room(counties, sizeof(int64_t), &status);
    world->course_market = room(counties, sizeof(tw_market), &status);
    world->grant_market = room(num, sizeof(tw_market), &status);
    world->grant_list = room((size_t)world->num_workers, sizeof(tw_applications), &status);
    world->programme = room(num, sizeof(*world->programme), &status);
    for (size_t i = 0; i < num && status == TW_OK; i++) {
        tw_programme_state *state = &world->programme[i];
        state->waiting = room(counties, sizeof(double), &status);
        state->county_carry = room(counties, sizeof(double), &status);
        state->offer = room(counties, sizeof(int64_t), &status);
        state->county = room(counties, sizeof(*state->county), &status);
    }
    return status;
}

static tw_status allocate(tw_world *world)
{
    tw_status status = allocate_places(world);
    if (status == TW_OK) {
        status = allocate_zones(world);
    }
    if (status == TW_OK) {
        status = allocate_work(world);
    }
    if (status == TW_OK) {
        status = allocate_services(world);
    }
    if (status == TW_OK) {
        status = allocate_policy(world);
    }
    world->worker = room((size_t)world->num_workers, sizeof(*world->worker), &status);
    for (int w = 0; w < world->num_workers && status == TW_OK; w++) {
        status = worker_create(world, &world->worker[w]);
    }
    return status;
}

/* Stocks that households make up: persons, families, collectives, dwellings lived in. */
static void count_stocks(tw_world *world)
{
    int64_t town_families = 0, town_family_persons = 0;
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            const int zone = block->zone[h], tenure = block->tenure[h];
            const int family = tenure != TW_COLLECTIVE;
            TW_AT(&world->zones, persons, zone) += tw_household_size(block, h);
            TW_AT(&world->zones, families, zone) += family;
            TW_AT(&world->zones, collectives, zone) += !family;
            TW_AT(&world->zones, dwellings_used, zone) +=
                tenure == TW_TOWN_OWNER || tenure == TW_TOWN_RENTER;
            TW_AT(&world->zones, public_used, zone) += tenure == TW_PUBLIC_RENTAL;
            town_families += family && tw_is_town(zone);
            town_family_persons += family && tw_is_town(zone) ? tw_household_size(block, h) : 0;
        }
    }
    world->mean_town_size =
        town_families > 0 ? (double)town_family_persons / (double)town_families : 1;
}

/* Everything that rests on the counted population; prices and jobs before choices. */
static tw_status open_world(tw_world *world)
{
    count_stocks(world);
    tw_status status = tw_pass_count(world);
    if (status != TW_OK) {
        return status;
    }
    tw_pass_join(world);
    tw_outside_start(world);
    tw_schooling_start(world);
    tw_labour_start(world);
    tw_labour_open(world);
    world->town_income_start = world->income_head[TW_TOWN];
    tw_housing_start(world);
    if (world->settings->budget != TW_PROCESS_NONE) {
        tw_budget_start(world);
    }
    for (int c = 0; c < world->num_counties; c++) {
        const int town = tw_zone(c, TW_TOWN);
        world->public_chance[c] =
            TW_AT(&world->zones, public_dwellings, town) > TW_AT(&world->zones, public_used, town);
    }
    tw_registration_open(world);
    status = tw_organised_start(world);
    if (status == TW_OK) {
        status = tw_hazards_start(world);
    }
    if (status == TW_OK) {
        status = tw_moving_travel(world);
    }
    if (status == TW_OK) {
        tw_services_start(world);
        tw_services_open(world);
        tw_moving_open(world);
        tw_moving_start(world);
    }
    return status;
}

tw_status tw_world_create(const tw_scenario *scenario, int replicate, int num_threads,
                          tw_population *population, tw_world **out)
{
    tw_world *world = calloc(1, sizeof(*world));
    if (world == NULL) {
        return TW_NO_MEMORY;
    }
    world->scenario = scenario;
    world->settings = tw_scenario_settings(scenario);
    world->region = tw_scenario_region(scenario);
    world->num_programmes = tw_scenario_num_programmes(scenario);
    world->key = tw_key_make((uint64_t)world->settings->run_seed, (uint32_t)replicate);
    world->start = world->quarter = (int32_t)world->settings->run_start;
    world->num_counties = world->region->num_counties;
    world->num_zones = TW_NUM_ZONE_KINDS * world->num_counties;
    world->sample = world->settings->run_sample;
    world->num_workers = num_threads;
    world->household_bound[TW_SLOT_HOST] = 256; /* one household in 256 can be asked */
    world->population = population;
    tw_status status = allocate(world);
    if (status == TW_OK) {
        status = open_world(world);
    }
    if (status != TW_OK) {
        world->population = NULL;
        tw_world_free(world);
        return status;
    }
    *out = world;
    return TW_OK;
}

static void digest_doubles(tw_digest *digest, uint64_t what, const double *value, int count)
{
    for (int i = 0; i < count; i++) {
        uint64_t words[] = {what, (uint64_t)i, tw_double_bits(value[i])};
        tw_digest_add(digest, words, 3);
    }
}

tw_digest tw_world_digest(const tw_world *world)
{
    tw_digest digest = tw_population_digest(world->population, world->num_workers);
    tw_zones_digest(&world->zones, &digest);
    digest_doubles(&digest, 1000, world->build_carry, world->num_zones);
    digest_doubles(&digest, 1001, world->arrival_carry, world->num_zones * TW_ARRIVAL_TYPES);
    digest_doubles(&digest, 1002, world->public_chance, world->num_counties);
    digest_doubles(&digest, 1003, world->income, world->num_zones);
    digest_doubles(&digest, 1007, world->land_carry, world->num_zones);
    const int cells = world->num_zones * TW_NUM_SECTORS;
    digest_doubles(&digest, 1008, world->work.jobs_added, cells);
    digest_doubles(&digest, 1009, world->work.hire_carry, cells);
    digest_doubles(&digest, 1006, world->outsiders_expected, world->num_zones);
    for (int i = 0; i < TW_MAX_BUILD_LAG * world->num_zones; i++) {
        uint64_t words[] = {1004, (uint64_t)i, (uint64_t)world->pipeline[i]};
        tw_digest_add(&digest, words, 3);
    }
    for (int i = 0; i < TW_STUDY_QUARTERS * world->num_zones; i++) {
        uint64_t words[] = {1005, (uint64_t)i, (uint64_t)world->students_away[i]};
        tw_digest_add(&digest, words, 3);
    }
    tw_policy_digest(world, &digest);
    tw_hazards_digest(world, &digest);
    return digest;
}
