/* SPDX-License-Identifier: Apache-2.0 */
/** Courses: seekers of the lowest skill who find no job learn a trade. */
#include <string.h>

#include "process/labour/rates.h"

enum { OFFER_OF_COURSES = 3 }; /* k of the readiness to accept one */
enum { YOUNGEST_ADULT = 16, OLDEST_TRAINED = 59 };

static int may_be_trained(const tw_world *world, const tw_block *block, int32_t person)
{
    const int age = tw_age_index(world, block, person);
    return block->activity[person] == TW_SEEKING && block->schooling[person] < TW_SCHOOL_JUNIOR &&
           age >= YOUNGEST_ADULT && age <= OLDEST_TRAINED &&
           tw_takes_up(world, block->person_uid[person], OFFER_OF_COURSES);
}

static int any_courses(const tw_world *world)
{
    int64_t places = 0;
    for (int i = 0; i < world->num_programmes; i++) {
        const int offers = tw_scenario_programme(world->scenario, i)->lever == TW_LEVER_TRAINING;
        for (int c = 0; c < world->num_counties && offers; c++) {
            places += world->programme[i].offer[c];
        }
    }
    return places + tw_zones_sum(&world->zones, TW_ZONE_places_training, -1) > 0;
}

/* Those who applied for a job and have none ask for a course in their county. */
static tw_status ask_for_courses(tw_world *world, tw_worker *worker)
{
    for (int32_t i = 0; i < worker->work.count; i++) {
        const tw_application *job = &worker->work.row[i];
        const tw_block *block = &world->population->blocks[job->block];
        if (job->served || !may_be_trained(world, block, job->row)) {
            continue;
        }
        tw_application *course = tw_applications_add(&worker->courses);
        if (course == NULL) {
            return TW_NO_MEMORY;
        }
        *course = *job;
        course->lottery =
            tw_draw_at(world->key, TW_DRAW_TRAINING, job->uid, world->quarter, 0).word[0];
        course->market = job->destination / TW_NUM_ZONE_KINDS;
        course->priority = 0;
        course->served = 0;
    }
    return TW_OK;
}

/* Places of the bases in a quarter: each trains one person a year, whole persons every quarter. */
static int64_t places_of_bases(const tw_world *world, int county)
{
    const int64_t places = TW_AT(&world->zones, places_training, tw_zone(county, TW_TOWN));
    const int64_t quarter = world->quarter % 4;
    return places * (quarter + 1) / 4 - places * quarter / 4;
}

/* So many courses as bases have room for and programmes pay for those who ask. */
static void open_courses(tw_world *world)
{
    tw_market *market = world->course_market;
    memset(market, 0, (size_t)world->num_counties * sizeof(*market));
    for (int w = 0; w < world->num_workers; w++) {
        const tw_applications *courses = &world->worker[w].courses;
        for (int32_t i = 0; i < courses->count; i++) {
            market[courses->row[i].market].demand++;
        }
    }
    for (int c = 0; c < world->num_counties; c++) {
        const int64_t asked = market[c].demand;
        const int64_t bases = places_of_bases(world, c);
        const int64_t beyond = asked > bases ? asked - bases : 0;
        const int64_t bought = tw_programme_buy(world, TW_LEVER_TRAINING, c, beyond);
        market[c].capacity = bases + bought;
    }
}

static void train(tw_world *world, const tw_applications *courses)
{
    for (int32_t i = 0; i < courses->count; i++) {
        const tw_application *course = &courses->row[i];
        if (course->served) {
            world->population->blocks[course->block].schooling[course->row] = TW_SCHOOL_JUNIOR;
            TW_AT(&world->zones, trained, course->destination) += 1;
        }
    }
}

tw_status tw_work_train(tw_world *world)
{
    tw_applications *list = world->work.list;
    tw_status status = TW_OK;
    if (!any_courses(world)) {
        return TW_OK;
    }
    for (int w = 0; w < world->num_workers && status == TW_OK; w++) {
        status = ask_for_courses(world, &world->worker[w]);
        list[w] = world->worker[w].courses;
    }
    if (status == TW_OK) {
        open_courses(world);
        status =
            tw_markets_clear(list, world->num_workers, world->course_market, world->num_counties);
    }
    for (int w = 0; w < world->num_workers && status == TW_OK; w++) {
        train(world, &list[w]);
    }
    return status;
}
