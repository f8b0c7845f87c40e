/* SPDX-License-Identifier: Apache-2.0 */
/** Vacancies, applications for jobs, hires. */
#include "base/rows.h"
#include "process/labour/rates.h"

static int64_t vacancies(const tw_world *world, int zone, int sector)
{
    const int64_t jobs = tw_zone_column(&world->zones, TW_ZONE_jobs_industry + sector)[zone];
    const int64_t held = tw_zone_column(&world->zones, TW_ZONE_employed_industry + sector)[zone];
    return jobs > held ? jobs - held : 0;
}

/* Hires of a quarter: the matching function, at most the seekers and at most the vacancies. */
static double hires_due(const tw_world *world, int zone, double vacant)
{
    const double seekers = (double)TW_AT(&world->zones, seeking, zone);
    const double eta = world->settings->match_eta;
    const double more =
        tw_is_town(zone) ? tw_policy(world, TW_LEVER_EMPLOYMENT_SERVICE, zone / TW_NUM_ZONE_KINDS)
                         : 0;
    const double due = 0.25 * (1 + more) * world->work.match_level[zone] *
                       tw_pow(seekers + 1, eta) * tw_pow(vacant + 1, 1 - eta);
    const double most = seekers < vacant ? seekers : vacant;
    return due < most ? due : most;
}

/* Vacancies of a quarter as they will be when its separations have happened. */
static double vacancies_to_come(const tw_world *world, int zone, int sector)
{
    const double jobs = (double)tw_zone_column(&world->zones, TW_ZONE_jobs_industry + sector)[zone];
    const double held =
        (double)tw_zone_column(&world->zones, TW_ZONE_employed_industry + sector)[zone];
    const double ends = tw_quarterly(world->work.separation[zone * TW_NUM_SECTORS + sector]);
    const double open = jobs - held * (1 - ends);
    return open > 0 ? open : 0;
}

/* Where seekers look: by the vacancies of the quarter. */
static void publish_shares(tw_world *world, int zone)
{
    double before = 0, vacant = 0;
    for (int s = 0; s < TW_NUM_SECTORS; s++) {
        vacant += vacancies_to_come(world, zone, s);
    }
    for (int s = 0; s < TW_NUM_SECTORS; s++) {
        before += vacant > 0 ? vacancies_to_come(world, zone, s) / vacant : 0;
        world->work.vacancy_share[zone * TW_NUM_SECTORS + s] = before;
    }
}

void tw_work_look(tw_world *world)
{
    for (int z = 0; z < world->num_zones; z++) {
        publish_shares(world, z);
    }
}

/* Whole hires by sector; what is less than one waits. */
static void share_hires(tw_world *world, int zone, double vacant, double hires)
{
    for (int s = 0; s < TW_NUM_SECTORS; s++) {
        const int cell = zone * TW_NUM_SECTORS + s;
        const int64_t open = vacancies(world, zone, s);
        const double due =
            vacant > 0 ? world->work.hire_carry[cell] + hires * (double)open / vacant : 0;
        const int64_t whole = (int64_t)due < open ? (int64_t)due : open;
        world->work.hire_carry[cell] = due - (double)whole < 1 ? due - (double)whole : 0;
        world->work.market[cell] = (tw_market){whole, 0, 0};
    }
}

/* Jobs of the quarter less those held after its separations. */
static void open_markets(tw_world *world)
{
    for (int z = 0; z < world->num_zones; z++) {
        double vacant = 0;
        for (int s = 0; s < TW_NUM_SECTORS; s++) {
            vacant += (double)vacancies(world, z, s);
        }
        share_hires(world, z, vacant, vacant > 0 ? hires_due(world, z, vacant) : 0);
    }
}

static tw_status apply_for_job(const tw_world *world, tw_worker *worker, int32_t block_index,
                               int zone, int32_t person, tw_draw draw)
{
    const tw_block *block = &world->population->blocks[block_index];
    const double *share = &world->work.vacancy_share[zone * TW_NUM_SECTORS];
    if (share[TW_NUM_SECTORS - 1] <= 0) {
        return TW_OK;
    }
    tw_application *application = tw_applications_add(&worker->work);
    if (application == NULL) {
        return TW_NO_MEMORY;
    }
    const uint64_t uid = block->person_uid[person];
    const double u = tw_uniform(draw.word[1]);
    int sector = 0;
    while (sector < TW_NUM_SECTORS - 1 && u >= share[sector]) {
        sector++;
    }
    application->uid = uid;
    application->lottery = draw.word[0];
    application->units = 1;
    application->market = zone * TW_NUM_SECTORS + sector;
    application->block = block_index;
    application->row = person;
    application->destination = (int16_t)zone;
    application->priority = (uint8_t)(2 - tw_skill_of(block->schooling[person]));
    return TW_OK;
}

/* So many of those who look for a job are drawn at once. */
enum { AT_ONCE = 64 };

/* Some of those who look for a job, in their order. */
static tw_status look_for_jobs(const tw_world *world, tw_worker *worker, int32_t block_index,
                               const int32_t *person, int32_t num)
{
    enum { APPLY, STOP = 2 }; /* k of the draws */
    tw_block *block = &world->population->blocks[block_index];
    uint64_t uid[AT_ONCE] = {0}, stop[2][AT_ONCE], apply[2][AT_ONCE];
    tw_status status = TW_OK;
    for (int32_t i = 0; i < num; i++) {
        uid[i] = block->person_uid[person[i]];
    }
    tw_draw_many(world->key, TW_DRAW_JOB, world->quarter, STOP, uid, num, stop[0], stop[1]);
    tw_draw_many(world->key, TW_DRAW_JOB, world->quarter, APPLY, uid, num, apply[0], apply[1]);
    for (int32_t i = 0; i < num && status == TW_OK; i++) {
        const int zone = worker->person_zone[person[i]];
        const tw_draw stops =
                          {
                              {stop[0][i], stop[1][i]}
        },
                      applies = {{apply[0][i], apply[1][i]}};
        if (!tw_work_stops_seeking(world, block, person[i], zone, stops)) {
            status = apply_for_job(world, worker, block_index, zone, person[i], applies);
        }
    }
    return status;
}

tw_status tw_labour_block(tw_world *world, tw_worker *worker, int32_t block_index)
{
    const tw_block *block = &world->population->blocks[block_index];
    if (world->settings->labour == TW_PROCESS_NONE) {
        return TW_OK;
    }
    const int32_t num =
        tw_rows_equal(block->activity, TW_SEEKING, block->num_persons, worker->person_row);
    tw_status status = TW_OK;
    for (int32_t i = 0; i < num && status == TW_OK; i += AT_ONCE) {
        status = look_for_jobs(world, worker, block_index, worker->person_row + i,
                               num - i < AT_ONCE ? num - i : AT_ONCE);
    }
    return status;
}

static void put_to_work(tw_world *world, const tw_applications *list)
{
    for (int32_t i = 0; i < list->count; i++) {
        const tw_application *application = &list->row[i];
        if (application->served) {
            world->population->blocks[application->block].activity[application->row] =
                (uint8_t)(TW_EMPLOYED + application->market % TW_NUM_SECTORS);
        }
    }
}

static void count_hires(tw_world *world)
{
    for (int z = 0; z < world->num_zones; z++) {
        for (int s = 0; s < TW_NUM_SECTORS; s++) {
            const int64_t given = world->work.market[z * TW_NUM_SECTORS + s].given;
            tw_zone_column(&world->zones, TW_ZONE_employed_industry + s)[z] += given;
            TW_AT(&world->zones, seeking, z) -= given;
            TW_AT(&world->zones, hires, z) += given;
        }
    }
}

tw_status tw_labour_clear(tw_world *world)
{
    if (world->settings->labour == TW_PROCESS_NONE) {
        return TW_OK;
    }
    tw_applications *list = world->work.list;
    for (int w = 0; w < world->num_workers; w++) {
        list[w] = world->worker[w].work;
    }
    open_markets(world);
    tw_status status = tw_markets_clear(list, world->num_workers, world->work.market,
                                        world->num_zones * TW_NUM_SECTORS);
    if (status != TW_OK) {
        return status;
    }
#pragma omp parallel for schedule(static, 1) num_threads(world->num_workers)
    for (int w = 0; w < world->num_workers; w++) {
        put_to_work(world, &list[w]);
    }
    count_hires(world);
    return tw_work_train(world);
}

int tw_labour_take_vacancy(tw_world *world, int zone, uint64_t uid)
{
    int64_t open[TW_NUM_SECTORS], all = 0;
    const tw_draw draw = tw_draw_at(world->key, TW_DRAW_JOB, uid, world->quarter, 1);
    if (tw_uniform(draw.word[0]) >= world->work.newcomers_active) {
        return TW_AT_HOME;
    }
    for (int s = 0; s < TW_NUM_SECTORS; s++) {
        open[s] = vacancies(world, zone, s);
        all += open[s];
    }
    if (all == 0 || world->settings->labour == TW_PROCESS_NONE) {
        return TW_SEEKING;
    }
    int64_t at = (int64_t)(tw_uniform(draw.word[1]) * (double)all);
    int sector = 0;
    while (sector < TW_NUM_SECTORS - 1 && at >= open[sector]) {
        at -= open[sector++];
    }
    tw_zone_column(&world->zones, TW_ZONE_employed_industry + sector)[zone] += 1;
    return TW_EMPLOYED + sector;
}
