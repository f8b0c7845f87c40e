/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Everybody of a world by place. Persons of the start lie in the order of their places but for
 * those who moved; those who came later are looked up some at a time, so that the memory is fetched
 * ahead.
 */
#include <stdlib.h>
#include <string.h>

#include "base/fetch.h"
#include "compare/roll.h"

enum { LOOKED_UP_AT_ONCE = 32 };

typedef int64_t pyramid_of[TW_NUM_ZONE_KINDS][TW_NUM_SEXES][TW_NUM_AGE_GROUPS];

/** A person who came later, and where it lives. */
typedef struct newcomer {
    uint64_t uid;
    int16_t zone;
} newcomer;

/** What one thread sees. */
typedef struct looker {
    const tw_roll *roll;
    int16_t *zone;
    newcomer waiting[LOOKED_UP_AT_ONCE]; /* to be looked up */
    int num_waiting;
    newcomer *without_place;
    int64_t num, max;
    tw_status status;
    int32_t hint;
    pyramid_of pyramid;
} looker;

void tw_sighting_free(tw_sighting *sighting)
{
    free(sighting->zone);
    memset(sighting, 0, sizeof *sighting);
}

tw_status tw_sighting_fit(const tw_roll *roll, tw_sighting *sighting)
{
    int16_t *zone =
        tw_roll_fit(roll, sighting->zone, sizeof(*sighting->zone), 0xff, &sighting->extent);
    if (zone == NULL) {
        return TW_NO_MEMORY;
    }
    sighting->zone = zone;
    return TW_OK;
}

static void keep_newcomer(looker *by, newcomer one)
{
    if (by->num == by->max && by->status == TW_OK) {
        const int64_t max = 2 * by->max + 1024;
        newcomer *grown = realloc(by->without_place, (size_t)max * sizeof(*grown));
        if (grown == NULL) {
            by->status = TW_NO_MEMORY;
        } else {
            by->without_place = grown;
            by->max = max;
        }
    }
    if (by->status == TW_OK) {
        by->without_place[by->num++] = one;
    }
}

static void look_up_waiting(looker *by)
{
    for (int i = 0; i < by->num_waiting; i++) {
        const int64_t place = tw_roll_later(by->roll, by->waiting[i].uid);
        if (place >= 0) {
            by->zone[place] = by->waiting[i].zone;
        } else {
            keep_newcomer(by, by->waiting[i]);
        }
    }
    by->num_waiting = 0;
}

static void see_person(looker *by, uint64_t uid, int16_t zone)
{
    if (!tw_came_later(uid)) {
        by->zone[tw_roll_start(by->roll, uid, &by->hint)] = zone;
        return;
    }
    TW_FETCH(tw_roll_slot(by->roll, uid));
    by->waiting[by->num_waiting++] = (newcomer){uid, zone};
    if (by->num_waiting == LOOKED_UP_AT_ONCE) {
        look_up_waiting(by);
    }
}

/* `group` has the age group of every age. */
static void see_block(looker *by, const tw_block *block, const uint8_t *group, int32_t quarter)
{
    for (int32_t h = 0; h < block->num_households; h++) {
        const int zone = block->zone[h];
        for (int32_t p = block->first_person[h]; p < block->first_person[h + 1]; p++) {
            const int age = tw_age(block->birth_quarter[p], quarter);
            const int row = group[age < 0 ? 0 : age > TW_MAX_AGE ? TW_MAX_AGE : age];
            by->pyramid[zone % TW_NUM_ZONE_KINDS][block->sex[p]][row]++;
            see_person(by, block->person_uid[p], (int16_t)zone);
        }
    }
    look_up_waiting(by);
}

/* Adds what a thread saw; the roll is its own meanwhile. */
static tw_status bring_in(looker *by, tw_roll *roll, tw_sighting *sighting)
{
    tw_status status = by->status;
    for (size_t i = 0; i < sizeof by->pyramid / sizeof(int64_t); i++) {
        (&sighting->pyramid[0][0][0])[i] += (&by->pyramid[0][0][0])[i];
    }
    for (int64_t i = 0; i < by->num && status == TW_OK; i++) {
        int64_t place;
        status = tw_roll_add(roll, by->without_place[i].uid, &place);
        if (status == TW_OK) {
            status = tw_sighting_fit(roll, sighting);
        }
        if (status == TW_OK) {
            sighting->zone[place] = by->without_place[i].zone;
        }
    }
    free(by->without_place);
    return status;
}

tw_status tw_sighting_take(tw_roll *roll, const tw_world *world, tw_sighting *sighting)
{
    uint8_t group[TW_AGES];
    for (int age = 0; age < TW_AGES; age++) {
        group[age] = (uint8_t)tw_age_group(age);
    }
    sighting->extent.num = 0;
    tw_status status = tw_sighting_fit(roll, sighting);
    if (status != TW_OK) {
        return status;
    }
    memset(sighting->pyramid, 0, sizeof sighting->pyramid);
#pragma omp parallel num_threads(world->num_workers)
    {
        looker by = {.roll = roll, .zone = sighting->zone, .status = TW_OK};
#pragma omp for schedule(static)
        for (int32_t b = 0; b < world->population->num_blocks; b++) {
            see_block(&by, &world->population->blocks[b], group, world->quarter);
        }
#pragma omp critical(tw_sighting_take)
        {
            const tw_status brought = bring_in(&by, roll, sighting);
            status = status == TW_OK ? brought : status;
        }
    }
    return status;
}
