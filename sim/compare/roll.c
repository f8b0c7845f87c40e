/* SPDX-License-Identifier: Apache-2.0 */
/** Places: those of the start by zone and number, later ones by a table with open addresses. */
#include "compare/roll.h"

#include <stdlib.h>

#include "compare/origin.h"

void tw_roll_free(tw_roll *roll)
{
    free(roll->code);
    free(roll->first);
    free(roll->zone);
    free(roll->later);
    for (int i = 0; i < TW_NUM_BREAKDOWNS; i++) {
        free(roll->group[i]);
    }
    memset(roll, 0, sizeof *roll);
}

/* Zone index of the code in a uid's upper half. */
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
    return low;
}

int64_t tw_roll_start(const tw_roll *roll, uint64_t uid, int32_t *hint)
{
    const uint64_t code = uid >> 32;
    if (roll->code[*hint] != code) {
        *hint = zone_of_code(roll, code);
    }
    return roll->first[*hint] + (int64_t)(uid & UINT32_MAX);
}

/* The number of places: a serial number may be missing where households were not sampled. */
static void count_places(const tw_world *world, tw_roll *roll)
{
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t p = 0; p < block->num_persons; p++) {
            const int32_t zone = zone_of_code(roll, block->person_uid[p] >> 32);
            const int64_t serial = (int64_t)(block->person_uid[p] & UINT32_MAX) + 1;
            if (serial > roll->first[zone + 1]) {
                roll->first[zone + 1] = serial;
            }
        }
    }
    for (int32_t z = 0; z < roll->num_zones; z++) {
        roll->first[z + 1] += roll->first[z];
    }
    roll->num = roll->num_places = roll->first[roll->num_zones];
}

static tw_status allocate_places(tw_roll *roll)
{
    const size_t size = (size_t)roll->num + 1;
    roll->zone = malloc(size * sizeof(*roll->zone));
    roll->num_slots = 1024;
    roll->later = calloc(roll->num_slots, sizeof(*roll->later));
    int complete = roll->zone != NULL && roll->later != NULL;
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

void tw_roll_forget(tw_roll *roll)
{
    roll->num_places = roll->num;
    memset(roll->later, 0, roll->num_slots * sizeof(*roll->later));
}

/* The slot of a uid, or the free one where it would be. */
static const tw_later *slot_of(const tw_roll *roll, uint64_t uid)
{
    const tw_later *slot = tw_roll_slot(roll, uid);
    while (slot->uid != uid && slot->uid != 0) {
        slot = slot + 1 == roll->later + roll->num_slots ? roll->later : slot + 1;
    }
    return slot;
}

int64_t tw_roll_later(const tw_roll *roll, uint64_t uid)
{
    const tw_later *slot = slot_of(roll, uid);
    return slot->uid == 0 ? -1 : slot->place;
}

/* A table of twice the size. */
static tw_status grow_table(tw_roll *roll)
{
    tw_later *old = roll->later;
    const uint64_t num = roll->num_slots;
    tw_later *later = calloc(2 * num, sizeof(*later));
    if (later == NULL) {
        return TW_NO_MEMORY;
    }
    roll->later = later;
    roll->num_slots = 2 * num;
    for (uint64_t i = 0; i < num; i++) {
        if (old[i].uid != 0) {
            later[slot_of(roll, old[i].uid) - later] = old[i];
        }
    }
    free(old);
    return TW_OK;
}

static tw_status add_later(tw_roll *roll, uint64_t uid, int64_t *place)
{
    *place = tw_roll_later(roll, uid);
    if (*place >= 0) {
        return TW_OK;
    }
    if (2 * (uint64_t)(roll->num_places - roll->num) >= roll->num_slots) {
        const tw_status status = grow_table(roll);
        if (status != TW_OK) {
            return status;
        }
    }
    *place = roll->num_places++;
    roll->later[slot_of(roll, uid) - roll->later] = (tw_later){uid, *place};
    return TW_OK;
}

tw_status tw_roll_add(tw_roll *roll, uint64_t uid, int64_t *place)
{
    int32_t hint = 0;
    if (tw_came_later(uid)) {
        return add_later(roll, uid, place);
    }
    *place = tw_roll_start(roll, uid, &hint);
    return TW_OK;
}

void *tw_roll_fit(const tw_roll *roll, void *array, size_t each, int byte, tw_extent *extent)
{
    char *fitted = array;
    if (roll->num_places > extent->max) {
        const int64_t max = roll->num_places + roll->num_places / 16;
        fitted = realloc(array, (size_t)max * each);
        if (fitted == NULL) {
            return NULL;
        }
        extent->max = max;
    }
    memset(fitted + (size_t)extent->num * each, byte,
           (size_t)(roll->num_places - extent->num) * each);
    extent->num = roll->num_places;
    return fitted;
}
