/* SPDX-License-Identifier: Apache-2.0 */
/** Hazard of departure; integer arrivals by zone, type and slot. */
#include "process/outside/outside.h"

#include <math.h>

/** Persons of an arriving household by type: alone, couple, couple with a child. */
static const int arrival_size[TW_ARRIVAL_TYPES] = {1, 2, 3};

/* Net arrivals a year: one figure to the census of 2020, another after it. */
static double net_arrivals(const tw_settings *settings, double year)
{
    return year < 2020.82 ? settings->net_arrivals_2010s : settings->net_arrivals;
}

/* Persons who must come in a quarter: those who replace departures, and the net flow. */
static double persons_due(const tw_world *world, double outsiders_start)
{
    const tw_settings *settings = world->settings;
    double stock = outsiders_start;
    for (int32_t q = world->start; settings->trends && q < world->quarter; q++) {
        stock += world->sample * net_arrivals(settings, tw_quarter_year(q)) / 4;
    }
    return stock * world->departure +
           world->sample * net_arrivals(settings, tw_year_now(world)) / 4;
}

static double job_factor(const tw_world *world, int zone)
{
    const int county = zone / TW_NUM_ZONE_KINDS;
    const double before = world->job_chance_start[county];
    if (!tw_is_town(zone) || before <= 0) {
        return 1;
    }
    const double now = tw_job_chance(world, county);
    return tw_pow((now < 0.01 ? 0.01 : now) / before, world->settings->job_response);
}

/* Share of arriving persons by type: the rest of the singles is halved between the families. */
static double type_share(const tw_settings *settings, int type)
{
    return type == 0 ? settings->single_share : 0.5 * (1 - settings->single_share);
}

void tw_outside_open(tw_world *world)
{
    const tw_settings *settings = world->settings;
    world->departure =
        settings->outside == TW_PROCESS_NONE ? 0 : tw_quarterly(1.0 / settings->mean_stay);
    world->household_bound[TW_SLOT_DEPARTURE] =
        tw_event_bound(settings->thinning_bound * world->departure);
    double total = 0;
    for (int z = 0; z < world->num_zones; z++) {
        total += world->outsiders_start[z];
    }
    const double due = settings->outside == TW_PROCESS_NONE ? 0 : persons_due(world, total);
    for (int z = 0; z < world->num_zones; z++) {
        const double share = total > 0 ? world->outsiders_start[z] / total : 0;
        const double persons = due > 0 ? due * share * job_factor(world, z) : 0;
        for (int type = 0; type < TW_ARRIVAL_TYPES; type++) {
            const int cell = z * TW_ARRIVAL_TYPES + type;
            world->arrival_carry[cell] += persons * type_share(settings, type) / arrival_size[type];
            world->arrivals[cell] = (int32_t)world->arrival_carry[cell];
            world->arrival_carry[cell] -= world->arrivals[cell];
        }
    }
}

void tw_outside_departures(tw_world *world, tw_worker *worker, tw_block *block,
                           int32_t first_candidate)
{
    for (int32_t c = first_candidate; c < worker->num_candidates; c++) {
        const tw_candidate *candidate = &worker->candidate[c];
        const int32_t row = candidate->row;
        const uint32_t lead =
            tw_event_lead(candidate->word[0], candidate->word[1], TW_SLOT_DEPARTURE);
        if (tw_event_happens(world->key, TW_DRAW_DEPARTURE, block->uid[row], world->quarter, lead,
                             world->departure) &&
            block->registered_zone[block->first_person[row]] == TW_OUTSIDE) {
            block->flags[row] |= TW_LEAVES_REGION;
        }
    }
}

/* The uid of an arrival: two more arrivals add two slots and touch nothing else. */
static uint64_t arrival_uid(const tw_world *world, int zone, int type, int32_t slot)
{
    const uint64_t code = (uint64_t)tw_zone_code(world->region, zone);
    const uint64_t cell = tw_mix2(tw_mix2(TW_DRAW_ARRIVAL, code), (uint64_t)type);
    const uint64_t uid = tw_mix2(cell, (uint64_t)world->quarter << 32 | (uint32_t)slot);
    return uid | UINT64_C(3) << 62;
}

static tw_status family_application(tw_world *world, int zone, int type, int32_t slot)
{
    tw_application *application = tw_applications_add(&world->worker[0].applications);
    if (application == NULL) {
        return TW_NO_MEMORY;
    }
    application->uid = arrival_uid(world, zone, type, slot);
    application->lottery =
        tw_draw_at(world->key, TW_DRAW_LOTTERY, application->uid, world->quarter, 0).word[0];
    application->units = 1;
    application->block = -1;
    application->row = type;
    application->destination = (int16_t)zone;
    application->second = -1;
    application->priority = 1;
    application->reason = TW_REASON_ARRIVAL;
    /* Rural zones have no dwelling market: the family lives with its employer. */
    application->wants = tw_is_town(zone) ? TW_NEEDS_DWELLING : TW_GOT_FIRST;
    return TW_OK;
}

tw_status tw_outside_apply(tw_world *world)
{
    tw_status status = TW_OK;
    for (int z = 0; z < world->num_zones; z++) {
        for (int type = 1; type < TW_ARRIVAL_TYPES; type++) {
            const int32_t due = world->arrivals[z * TW_ARRIVAL_TYPES + type];
            for (int32_t slot = 0; slot < due && status == TW_OK; slot++) {
                status = family_application(world, z, type, slot);
            }
        }
    }
    return status;
}

/* Ages of arriving adults: lowest + span * u^1.5, denser for the young; assumed. */
static int adult_age(const tw_settings *settings, double u)
{
    return (int)(settings->arrival_age_low + settings->arrival_age_span * u * sqrt(u));
}

static tw_person arriving_person(const tw_world *world, uint64_t household, int number, int type)
{
    const tw_settings *settings = world->settings;
    const tw_draw draw = tw_draw_at(world->key, TW_DRAW_ARRIVAL, household, 0, (uint32_t)number);
    const double u = tw_uniform(draw.word[0]), v = tw_uniform(draw.word[1]);
    const int child = number == 2;
    const int age = child ? (int)(12 * u) : adult_age(settings, u);
    int sex = number == 0 ? TW_MALE : TW_FEMALE;
    if (type == 0) {
        sex = v < settings->arrival_male_share ? TW_MALE : TW_FEMALE;
    } else if (child) {
        sex = v < 0.5 ? TW_MALE : TW_FEMALE;
    }
    return (tw_person){
        .person_uid = tw_mix2(household, (uint64_t)number + 1) | UINT64_C(1) << 63,
        .birth_quarter = (int16_t)(world->quarter - 4 * age - (int32_t)(draw.word[1] & 3)),
        .registered_zone = TW_OUTSIDE,
        .sex = (uint8_t)sex,
        .schooling = (uint8_t)(child ? TW_SCHOOL_NONE : TW_SCHOOL_JUNIOR),
        .unit = 1,
        .marital = (uint8_t)(type == 0 || child ? TW_NEVER_MARRIED : TW_MARRIED)};
}

static tw_status make_household(tw_world *world, uint64_t uid, int zone, int type, int tenure)
{
    tw_household household = {.uid = uid,
                              .zone = (int16_t)zone,
                              .land_zone = TW_NO_ZONE,
                              .moved_quarter = (int16_t)world->quarter,
                              .tenure = (uint8_t)tenure};
    tw_person person[3];
    const int size = arrival_size[type];
    for (int i = 0; i < size; i++) {
        person[i] = arriving_person(world, uid, i, type);
    }
    /* The block follows from the uid, so that blocks fill evenly. */
    tw_block *block = &world->population->blocks[tw_population_block_of(world->population, uid)];
    tw_status status = tw_block_grow(block, 1, size);
    if (status == TW_OK) {
        tw_block_append(block, &household, size, person);
        TW_AT(&world->zones, arrivals, zone) += size;
        TW_AT(&world->zones, households_in, zone) += 1;
        TW_AT(&world->zones, persons, zone) += size;
        TW_AT(&world->zones, families, zone) += tenure != TW_COLLECTIVE;
        TW_AT(&world->zones, collectives, zone) += tenure == TW_COLLECTIVE;
        TW_AT(&world->zones, dwellings_used, zone) += tenure == TW_TOWN_RENTER;
    }
    return status;
}

tw_status tw_outside_arrive(tw_world *world)
{
    tw_status status = TW_OK;
    for (int z = 0; z < world->num_zones && status == TW_OK; z++) {
        const int32_t due = world->arrivals[z * TW_ARRIVAL_TYPES];
        for (int32_t slot = 0; slot < due && status == TW_OK; slot++) {
            status = make_household(world, arrival_uid(world, z, 0, slot), z, 0, TW_COLLECTIVE);
        }
    }
    const tw_applications *list = &world->worker[0].applications;
    for (int32_t i = 0; i < list->count && status == TW_OK; i++) {
        const tw_application *application = &list->row[i];
        if (application->reason != TW_REASON_ARRIVAL) {
            continue;
        }
        const int zone = application->destination;
        if (application->wants & TW_GOT_ANY) {
            status = make_household(world, application->uid, zone, application->row,
                                    tw_is_town(zone) ? TW_TOWN_RENTER : TW_OTHER_TENURE);
        } else {
            TW_AT(&world->zones, refused, zone) += 1;
        }
    }
    return status;
}
