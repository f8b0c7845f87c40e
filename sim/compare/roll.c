/* SPDX-License-Identifier: Apache-2.0 */
/** The roll of the start, and sightings of a moment. */
#include "compare/roll.h"

#include <stdlib.h>

#include "compare/origin.h"

void tw_roll_free(tw_roll *roll)
{
    free(roll->code);
    free(roll->first);
    free(roll->zone);
    for (int i = 0; i < TW_NUM_BREAKDOWNS; i++) {
        free(roll->group[i]);
    }
    memset(roll, 0, sizeof *roll);
}

/* Zone index of the code in a uid's upper half, or -1. */
static int32_t zone_of_code(const tw_roll *roll, uint64_t code)
{
    int32_t low = 0, high = roll->num_zones;
    while (high - low > 1) {
        const int32_t middle = low + (high - low) / 2;
        if (roll->code[middle] <= code) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return roll->code[low] == code ? low : -1;
}

int64_t tw_roll_place(const tw_roll *roll, uint64_t uid, int32_t *hint)
{
    const uint64_t code = uid >> 32;
    int32_t zone = *hint;
    if (roll->code[zone] != code) {
        zone = zone_of_code(roll, code);
        if (zone < 0) {
            return -1;
        }
        *hint = zone;
    }
    const int64_t place = roll->first[zone] + (int64_t)(uid & UINT32_MAX);
    return place < roll->first[zone + 1] ? place : -1;
}

/* The number of places: a serial number may be missing where households were not sampled. */
static void count_places(const tw_world *world, tw_roll *roll)
{
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t p = 0; p < block->num_persons; p++) {
            const int32_t zone = zone_of_code(roll, block->person_uid[p] >> 32);
            const int64_t serial = (int64_t)(block->person_uid[p] & UINT32_MAX) + 1;
            if (zone >= 0 && serial > roll->first[zone + 1]) {
                roll->first[zone + 1] = serial;
            }
        }
    }
    for (int32_t z = 0; z < roll->num_zones; z++) {
        roll->first[z + 1] += roll->first[z];
    }
    roll->num = roll->first[roll->num_zones];
}

static tw_status allocate_places(tw_roll *roll)
{
    const size_t size = (size_t)roll->num + 1;
    roll->zone = malloc(size * sizeof(*roll->zone));
    int complete = roll->zone != NULL;
    for (int i = 0; i < TW_NUM_BREAKDOWNS; i++) {
        roll->group[i] = calloc(size, 1);
        complete = complete && roll->group[i] != NULL;
    }
    for (int64_t i = 0; roll->zone != NULL && i < roll->num; i++) {
        roll->zone[i] = -1;
    }
    return complete ? TW_OK : TW_NO_MEMORY;
}

tw_status tw_roll_create(tw_world *base, tw_roll *out)
{
    tw_roll roll = {.num_zones = base->num_zones};
    const size_t zones = (size_t)roll.num_zones;
    roll.code = calloc(zones + 1, sizeof(*roll.code));
    roll.first = calloc(zones + 1, sizeof(*roll.first));
    tw_status status = roll.code == NULL || roll.first == NULL ? TW_NO_MEMORY : TW_OK;
    if (status == TW_OK) {
        for (int32_t z = 0; z < roll.num_zones; z++) {
            roll.code[z] = (uint32_t)tw_zone_code(base->region, z);
        }
        count_places(base, &roll);
        status = allocate_places(&roll);
    }
    if (status == TW_OK) {
        status = tw_origin_fill(base, &roll);
    }
    if (status != TW_OK) {
        tw_roll_free(&roll);
        return status;
    }
    *out = roll;
    return TW_OK;
}

tw_status tw_sighting_create(const tw_roll *roll, tw_sighting *out)
{
    *out = (tw_sighting){.zone = malloc(((size_t)roll->num + 1) * sizeof(*out->zone))};
    return out->zone == NULL ? TW_NO_MEMORY : TW_OK;
}

void tw_sighting_free(tw_sighting *sighting)
{
    free(sighting->zone);
    free(sighting->later);
    free(sighting->slot);
    memset(sighting, 0, sizeof *sighting);
}

typedef int64_t pyramid_of[TW_NUM_ZONE_KINDS][TW_NUM_SEXES][TW_NUM_AGE_GROUPS];

/* Notes the persons of a block who were there at the start; returns how many were not. */
static int64_t see_block(const tw_roll *roll, const tw_block *block, const uint8_t *group,
                         tw_sighting *sighting, pyramid_of *pyramid, int32_t quarter)
{
    int64_t later = 0;
    int32_t hint = 0;
    for (int32_t h = 0; h < block->num_households; h++) {
        const int zone = block->zone[h];
        for (int32_t p = block->first_person[h]; p < block->first_person[h + 1]; p++) {
            const int64_t place = tw_roll_find(roll, block->person_uid[p], &hint);
            const int age = tw_age(block->birth_quarter[p], quarter);
            const int row = group[age < 0 ? 0 : age > TW_MAX_AGE ? TW_MAX_AGE : age];
            (*pyramid)[zone % TW_NUM_ZONE_KINDS][block->sex[p]][row]++;
            if (place >= 0) {
                sighting->zone[place] = (int16_t)zone;
            } else {
                later++;
            }
        }
    }
    return later;
}

/* Lists the persons of a block who were not there at the start. */
static void list_later(const tw_roll *roll, const tw_block *block, tw_later *later)
{
    int32_t hint = 0;
    for (int32_t h = 0; h < block->num_households; h++) {
        for (int32_t p = block->first_person[h]; p < block->first_person[h + 1]; p++) {
            if (tw_roll_find(roll, block->person_uid[p], &hint) < 0) {
                *later++ = (tw_later){block->person_uid[p], block->zone[h], 0};
            }
        }
    }
}

static tw_status reserve_later(tw_sighting *sighting, int64_t num)
{
    if (num > sighting->max_later) {
        free(sighting->later);
        sighting->max_later = num + num / 8 + 1024;
        sighting->later = malloc((size_t)sighting->max_later * sizeof(*sighting->later));
        if (sighting->later == NULL) {
            sighting->max_later = 0;
            return TW_NO_MEMORY;
        }
    }
    sighting->num_later = num;
    return TW_OK;
}

tw_status tw_sighting_take(const tw_roll *roll, const tw_world *world, tw_sighting *sighting)
{
    const int32_t blocks = world->population->num_blocks;
    int64_t *first = calloc((size_t)blocks + 1, sizeof(*first));
    uint8_t group[TW_AGES];
    for (int age = 0; age < TW_AGES; age++) {
        group[age] = (uint8_t)tw_age_group(age);
    }
    if (first == NULL) {
        return TW_NO_MEMORY;
    }
    memset(sighting->pyramid, 0, sizeof sighting->pyramid);
    memset(sighting->zone, 0xff, (size_t)roll->num * sizeof(*sighting->zone));
    sighting->num_slots = 0;
#pragma omp parallel num_threads(world->num_workers)
    {
        pyramid_of pyramid = {0};
#pragma omp for schedule(static)
        for (int32_t b = 0; b < blocks; b++) {
            first[b + 1] = see_block(roll, &world->population->blocks[b], group, sighting, &pyramid,
                                     world->quarter);
        }
#pragma omp critical(tw_sighting_take)
        for (size_t i = 0; i < sizeof pyramid / sizeof(int64_t); i++) {
            (&sighting->pyramid[0][0][0])[i] += (&pyramid[0][0][0])[i];
        }
    }
    for (int32_t b = 0; b < blocks; b++) {
        first[b + 1] += first[b];
    }
    const tw_status status = reserve_later(sighting, first[blocks]);
    if (status == TW_OK) {
#pragma omp parallel for num_threads(world->num_workers) schedule(static)
        for (int32_t b = 0; b < blocks; b++) {
            list_later(roll, &world->population->blocks[b], sighting->later + first[b]);
        }
    }
    free(first);
    return status;
}

tw_status tw_sighting_index(tw_sighting *sighting)
{
    uint64_t slots = 1024;
    while (slots < 2 * (uint64_t)sighting->num_later) {
        slots *= 2;
    }
    if (slots > sighting->max_slots) {
        free(sighting->slot);
        sighting->slot = malloc(slots * sizeof(*sighting->slot));
        sighting->max_slots = sighting->slot == NULL ? 0 : slots;
        if (sighting->slot == NULL) {
            return TW_NO_MEMORY;
        }
    }
    sighting->num_slots = slots;
    memset(sighting->slot, 0xff, slots * sizeof(*sighting->slot));
    for (int64_t i = 0; i < sighting->num_later; i++) {
        uint64_t at = tw_mix(sighting->later[i].uid) & (slots - 1);
        while (sighting->slot[at] >= 0) {
            at = (at + 1) & (slots - 1);
        }
        sighting->slot[at] = (int32_t)i;
    }
    return TW_OK;
}

tw_later *tw_sighting_find(const tw_sighting *sighting, uint64_t uid)
{
    uint64_t at = tw_mix(uid) & (sighting->num_slots - 1);
    while (sighting->slot[at] >= 0) {
        tw_later *later = &sighting->later[sighting->slot[at]];
        if (later->uid == uid) {
            return later;
        }
        at = (at + 1) & (sighting->num_slots - 1);
    }
    return NULL;
}
