/* SPDX-License-Identifier: Apache-2.0 */
/** What becomes of a person's work in a quarter, and the levels that keep the start at rest. */
#include "process/labour/rates.h"

enum { OF_AGE = 15, PRIME = 25, LATE = 50, PENSION = 65 };

void tw_work_rates(tw_world *world)
{
    const tw_settings *settings = world->settings;
    for (int age = 0; age < TW_AGES; age++) {
        const double late = age < PENSION ? settings->leave_old : 4 * settings->leave_old;
        world->work.leave[age] = age < LATE ? settings->leave_prime : late;
        world->work.enter[age] = age < OF_AGE || age >= PENSION ? 0
                                 : age < PRIME                  ? settings->enter_young
                                 : age < LATE                   ? settings->enter_prime
                                                                : settings->enter_old;
    }
}

static double all_hazards(const tw_world *world, int activity, int zone, int age)
{
    const tw_settings *settings = world->settings;
    const tw_work *work = &world->work;
    switch (activity) {
        case TW_AT_HOME:
            return work->enter[age] * work->enter_level[zone];
        case TW_SEEKING:
            return work->leave[age] + settings->give_up + work->start_business[zone];
        case TW_FARMING:
            return work->leave[age] + work->farm_leave[zone];
        case TW_SELF_EMPLOYED:
            return work->leave[age] + settings->end_business;
        default:
            return work->leave[age] +
                   work->separation[zone * TW_NUM_SECTORS + activity - TW_EMPLOYED];
    }
}

/* What a person does next; u in (0, 1) divides the hazards of its ways out. */
static int next_activity(const tw_world *world, int activity, int zone, int age, double u)
{
    const tw_settings *settings = world->settings;
    const double at = u * all_hazards(world, activity, zone, age);
    if (activity == TW_AT_HOME) {
        return u < world->work.seek_share[zone] ? TW_SEEKING : TW_FARMING;
    }
    if (at < world->work.leave[age]) {
        return TW_AT_HOME;
    }
    if (activity == TW_SEEKING && at < world->work.leave[age] + settings->give_up) {
        return tw_is_town(zone) ? TW_AT_HOME : TW_FARMING;
    }
    return activity == TW_SEEKING ? TW_SELF_EMPLOYED : TW_SEEKING;
}

void tw_labour_person(const tw_world *world, const tw_subject *subject)
{
    tw_block *block = subject->block;
    const int32_t row = subject->person;
    if (world->settings->labour == TW_PROCESS_NONE) {
        return;
    }
    const int age = tw_age_index(world, block, row), activity = block->activity[row];
    const int zone = block->zone[subject->place.row];
    const uint64_t uid = block->person_uid[row];
    const uint32_t lead = tw_event_lead(subject->word[0], subject->word[1], TW_SLOT_WORK);
    if (tw_event_happens(world->key, TW_DRAW_WORK, uid, world->quarter, lead,
                         world->work.chance[tw_work_cell(zone, activity, age)]) &&
        activity != TW_SEEKING && !tw_at_school(age, block->schooling[row])) {
        const tw_draw draw = tw_draw_at(world->key, TW_DRAW_WORK, uid, world->quarter, 1);
        block->activity[row] =
            (uint8_t)next_activity(world, activity, zone, age, tw_uniform(draw.word[0]));
    }
}

static double jobs_vacant(const tw_world *world, int zone)
{
    double vacant = 0;
    for (int s = 0; s < TW_NUM_SECTORS; s++) {
        vacant += (double)(tw_zone_column(&world->zones, TW_ZONE_jobs_industry + s)[zone] -
                           tw_zone_column(&world->zones, TW_ZONE_employed_industry + s)[zone]);
    }
    return vacant;
}

void tw_work_pull(tw_world *world)
{
    const double least = world->settings->farm_leave_least, most = world->settings->farm_leave_most;
    for (int z = 0; z < world->num_zones; z++) {
        const double now =
            (jobs_vacant(world, z) + 1) / ((double)TW_AT(&world->zones, seeking, z) + 1);
        const double factor =
            tw_pow(now / world->work.tightness_start[z], world->settings->farm_response);
        const double rate = (factor < least ? least : factor) * world->work.farm_leave_start[z];
        world->work.farm_leave[z] = rate < most ? rate : most;
    }
}

int tw_work_stops_seeking(const tw_world *world, tw_block *block, int32_t person, int zone,
                          tw_draw draw)
{
    const int age = tw_age_index(world, block, person);
    const double p = world->work.chance[tw_work_cell(zone, TW_SEEKING, age)];
    if (tw_uniform(draw.word[0]) >= p) {
        return 0;
    }
    block->activity[person] =
        (uint8_t)next_activity(world, TW_SEEKING, zone, age, tw_uniform(draw.word[1]));
    return 1;
}

/* Those who look for a job are asked apart: nobody of them is worth a look in the first pass. */
void tw_work_bounds(tw_world *world)
{
    static const int age_of[TW_WORK_AGES] = {0, OF_AGE, PRIME, LATE, PENSION};
    for (int z = 0; z < world->num_zones; z++) {
        for (int activity = 0; activity < TW_NUM_ACTIVITIES; activity++) {
            for (int group = 0; group < TW_WORK_AGES; group++) {
                const int cell = tw_work_cell(z, activity, age_of[group]);
                const double p = tw_quarterly(all_hazards(world, activity, z, age_of[group]));
                const uint32_t bound = tw_event_bound(world->settings->thinning_bound * p);
                world->work.chance[cell] = p;
                world->work.limit[cell] = bound > 0 && activity != TW_SEEKING ? bound - 1 : 0;
            }
        }
    }
}

/* ---- the start ---- */

/* Sums of hazards over the persons of each zone. */
static void sum_flows(tw_world *world, tw_work_flows *flows)
{
    double outsiders = 1, active = 1;
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            tw_work_flows *zone = &flows[block->zone[h]];
            for (int32_t p = block->first_person[h]; p < block->first_person[h + 1]; p++) {
                const int age = tw_age_index(world, block, p), activity = block->activity[p];
                if (tw_at_school(age, block->schooling[p])) {
                    continue;
                }
                const double leave = world->work.leave[age];
                const int able = age >= OF_AGE && age < PENSION;
                const int newcomer = able && block->registered_zone[p] == TW_OUTSIDE;
                outsiders += newcomer;
                active += newcomer && activity != TW_AT_HOME;
                zone->able += able;
                zone->enter += activity == TW_AT_HOME ? world->work.enter[age] : 0;
                zone->leave += activity == TW_AT_HOME ? 0 : leave;
                zone->leave_business += activity == TW_SELF_EMPLOYED ? leave : 0;
                zone->leave_farm += activity == TW_FARMING ? leave : 0;
                zone->leave_employed += activity >= TW_EMPLOYED ? leave : 0;
            }
        }
    }
    world->work.newcomers_active = active / outsiders;
}

/* Hires a year that replace those who lose or leave a job; newcomers replace those who depart. */
static double hires_at_rest(const tw_world *world, int zone, const tw_work_flows *flows)
{
    const double employed =
        (double)(tw_zone_employed(world, zone) - TW_AT(&world->zones, self_employed, zone));
    return employed * world->settings->separation + flows->leave_employed;
}

/* Participation of towns over that of rural zones. */
static double town_over_rural(const tw_world *world)
{
    double active[TW_NUM_ZONE_KINDS] = {0}, able[TW_NUM_ZONE_KINDS] = {0};
    for (int z = 0; z < world->num_zones; z++) {
        const int kind = z % TW_NUM_ZONE_KINDS;
        active[kind] += (double)(tw_zone_employed(world, z) + TW_AT(&world->zones, seeking, z) +
                                 TW_AT(&world->zones, farming, z));
        able[kind] += world->work.flows[z].able;
    }
    const double town = able[TW_TOWN] > 0 ? active[TW_TOWN] / able[TW_TOWN] : 1;
    const double rural = able[TW_RURAL] > 0 ? active[TW_RURAL] / able[TW_RURAL] : 1;
    return town < rural ? town / rural : 1;
}

void tw_work_levels(tw_world *world)
{
    const tw_work_flows *flows = world->work.flows;
    sum_flows(world, world->work.flows);
    world->work.farmers_seek = town_over_rural(world);
    for (int z = 0; z < world->num_zones; z++) {
        const double seekers = (double)TW_AT(&world->zones, seeking, z);
        const double farmers = (double)TW_AT(&world->zones, farming, z);
        const double employed = (double)tw_zone_employed(world, z);
        const double giving_up = tw_is_town(z) ? world->settings->give_up * seekers : 0;
        const double eta = world->settings->match_eta, most = 4;
        double level = flows[z].enter > 0 ? (flows[z].leave + giving_up) / flows[z].enter : 0;
        world->work.enter_level[z] = level < most ? level : most;
        world->work.seek_share[z] = employed > 0 ? employed / (employed + farmers) : 0.5;
        const double closing =
            flows[z].leave_business +
            world->settings->end_business * (double)TW_AT(&world->zones, self_employed, z);
        level = seekers > 0 ? closing / seekers : 0;
        world->work.start_business[z] = level < 1 ? level : 1;
        /* What seekers lose to the farm and the household beyond those who enter as seekers. */
        const double share = world->work.seek_share[z];
        const double needed = (1 - share) * flows[z].leave - flows[z].leave_farm +
                              (tw_is_town(z) ? 0 : world->settings->give_up * seekers);
        level = farmers > 0 && needed > 0 ? needed / farmers : 0;
        world->work.farm_leave_start[z] = level < 1 ? level : 1;
        world->work.tightness_start[z] = (jobs_vacant(world, z) + 1) / (seekers + 1);
        /* Jobs end before hires are made. One more of each: a zone without any still can match. */
        const double hires = hires_at_rest(world, z, &flows[z]);
        const double apply = seekers + 0.25 * (hires - flows[z].leave_employed) + 1;
        const double vacant = jobs_vacant(world, z) + 0.25 * hires + 1;
        world->work.match_level[z] = hires / (tw_pow(apply, eta) * tw_pow(vacant, 1 - eta));
    }
}
