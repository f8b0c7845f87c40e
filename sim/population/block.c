/* SPDX-License-Identifier: Apache-2.0 */
/** Columns of a block in one allocation, and the one way in which rows change: a copying rebuild.
 */
#include "population/block.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

enum { COLUMN_ALIGNMENT = 64 };

static size_t column_bytes(size_t rows, size_t width)
{
    size_t bytes = rows * width;
    return (bytes + COLUMN_ALIGNMENT - 1) / COLUMN_ALIGNMENT * COLUMN_ALIGNMENT;
}

static size_t storage_bytes(int32_t households, int32_t persons)
{
    size_t total = column_bytes((size_t)households + 1, sizeof(int32_t));
#define HOUSEHOLD_BYTES(name, type, unit, sentence) \
    total += column_bytes((size_t)households, sizeof(type));
#define PERSON_BYTES(name, type, unit, sentence) \
    total += column_bytes((size_t)persons, sizeof(type));
    TW_HOUSEHOLD_FIELDS(HOUSEHOLD_BYTES)
    TW_PERSON_FIELDS(PERSON_BYTES)
    return total;
}

/* Points the columns of an empty block into new storage. */
static tw_status block_allocate(tw_block *block, int32_t households, int32_t persons)
{
    memset(block, 0, sizeof *block);
    char *at = aligned_alloc(COLUMN_ALIGNMENT, storage_bytes(households, persons));
    if (at == NULL) {
        return TW_NO_MEMORY;
    }
    block->storage = at;
    block->max_households = households;
    block->max_persons = persons;
    block->first_person = (int32_t *)(void *)at;
    block->first_person[0] = 0;
    at += column_bytes((size_t)households + 1, sizeof(int32_t));
#define PLACE_HOUSEHOLD(name, type, unit, sentence) \
    block->name = (type *)(void *)at;               \
    at += column_bytes((size_t)households, sizeof(type));
#define PLACE_PERSON(name, type, unit, sentence) \
    block->name = (type *)(void *)at;            \
    at += column_bytes((size_t)persons, sizeof(type));
    TW_HOUSEHOLD_FIELDS(PLACE_HOUSEHOLD)
    TW_PERSON_FIELDS(PLACE_PERSON)
    return TW_OK;
}

void tw_block_free(tw_block *block)
{
    if (block != NULL) {
        free(block->storage);
        memset(block, 0, sizeof *block);
    }
}

void tw_block_append_rows(tw_block *block, const tw_block *source, int32_t from, int32_t to)
{
    if (from == to) {
        return;
    }
    const int32_t at = block->num_households, num = to - from;
    const int32_t person_from = source->first_person[from];
    const int32_t person_at = block->num_persons, persons = source->first_person[to] - person_from;
#define COPY_HOUSEHOLD(name, type, unit, sentence) \
    memcpy(block->name + at, source->name + from, (size_t)num * sizeof(type));
#define COPY_PERSON(name, type, unit, sentence) \
    memcpy(block->name + person_at, source->name + person_from, (size_t)persons * sizeof(type));
    TW_HOUSEHOLD_FIELDS(COPY_HOUSEHOLD)
    TW_PERSON_FIELDS(COPY_PERSON)
    const int32_t shift = person_at - person_from;
    for (int32_t i = 1; i <= num; i++) {
        block->first_person[at + i] = source->first_person[from + i] + shift;
    }
    block->num_households += num;
    block->num_persons += persons;
}

static void copy_splits(tw_block *block, const tw_block *source)
{
    block->num_splits = source->num_splits;
    memcpy(block->split_into, source->split_into, sizeof block->split_into);
}

tw_status tw_block_reserve(tw_block *block, int32_t households, int32_t persons)
{
    if (block->storage != NULL && households <= block->max_households &&
        persons <= block->max_persons) {
        return TW_OK;
    }
    if (households < block->max_households) {
        households = block->max_households;
    }
    if (persons < block->max_persons) {
        persons = block->max_persons;
    }
    tw_block grown;
    tw_status status = block_allocate(&grown, households, persons);
    if (status != TW_OK) {
        return status;
    }
    copy_splits(&grown, block);
    if (block->num_households > 0) {
        tw_block_append_rows(&grown, block, 0, block->num_households);
    }
    free(block->storage);
    *block = grown;
    return TW_OK;
}

tw_status tw_block_grow(tw_block *block, int32_t households, int32_t persons)
{
    const int32_t all = block->num_households + households;
    const int32_t people = block->num_persons + persons;
    if (all <= block->max_households && people <= block->max_persons) {
        return TW_OK;
    }
    return tw_block_reserve(block, all + all / 8 + 64, people + people / 8 + 256);
}

tw_status tw_block_copy(const tw_block *source, tw_block *out)
{
    tw_status status = block_allocate(out, source->max_households, source->max_persons);
    if (status == TW_OK) {
        tw_block_append_rows(out, source, 0, source->num_households);
        copy_splits(out, source);
    }
    return status;
}

static void set_person(tw_block *block, int32_t row, const tw_person *person)
{
#define SET(name, type, unit, sentence) block->name[row] = person->name;
    TW_PERSON_FIELDS(SET)
#undef SET
}

static void append_person(tw_block *block, const tw_person *person)
{
    set_person(block, block->num_persons++, person);
}

void tw_block_append(tw_block *block, const tw_household *household, int num_persons,
                     const tw_person *persons)
{
    const int32_t row = block->num_households;
    tw_assert(row < block->max_households);
    tw_assert(block->num_persons + num_persons <= block->max_persons);
#define SET(name, type, unit, sentence) block->name[row] = household->name;
    TW_HOUSEHOLD_FIELDS(SET)
#undef SET
    for (int i = 0; i < num_persons; i++) {
        append_person(block, &persons[i]);
    }
    block->first_person[row + 1] = block->num_persons;
    block->num_households++;
}

tw_household tw_block_household(const tw_block *block, int32_t row)
{
#define GET(name, type, unit, sentence) .name = block->name[row],
    return (tw_household){TW_HOUSEHOLD_FIELDS(GET)};
}

tw_person tw_block_person(const tw_block *block, int32_t row)
{
    return (tw_person){TW_PERSON_FIELDS(GET)};
#undef GET
}

tw_edit *tw_edits_add(tw_edits *edits)
{
    if (edits->count == edits->max) {
        int32_t grown = edits->max == 0 ? 256 : 2 * edits->max;
        tw_edit *row = realloc(edits->row, (size_t)grown * sizeof(*row));
        if (row == NULL) {
            return NULL;
        }
        edits->row = row;
        edits->max = grown;
    }
    tw_edit *edit = &edits->row[edits->count++];
    memset(edit, 0, sizeof *edit);
    return edit;
}

void tw_edits_free(tw_edits *edits)
{
    free(edits->row);
    free(edits->dropped);
    memset(edits, 0, sizeof *edits);
}

/* Puts the first person of 15 or over of the last household first; returns whether there is one. */
static int lead_with_adult(tw_block *block, int32_t first, int32_t quarter)
{
    int32_t adult = first;
    while (adult < block->num_persons &&
           tw_age(block->birth_quarter[adult], quarter) < TW_AGE_OF_ORPHANS) {
        adult++;
    }
    if (adult == block->num_persons) {
        return 0;
    }
    const tw_person leader = tw_block_person(block, adult);
    for (int32_t p = adult; p > first; p--) {
        const tw_person before = tw_block_person(block, p - 1);
        set_person(block, p, &before);
    }
    if (adult > first) {
        set_person(block, first, &leader);
    }
    return 1;
}

/* Copies one household with its edits; returns whether it goes on. */
static int copy_edited(tw_block *into, const tw_block *block, int32_t household,
                       const tw_edit *edit, int32_t num_edits, int32_t quarter)
{
    for (int32_t e = 0; e < num_edits; e++) {
        if (edit[e].kind == TW_EDIT_REMOVE_HOUSEHOLD) {
            return 0;
        }
    }
    const int32_t before = into->num_persons;
    for (int32_t p = block->first_person[household]; p < block->first_person[household + 1]; p++) {
        tw_person person = tw_block_person(block, p);
        int removed = 0;
        for (int32_t e = 0; e < num_edits; e++) {
            const int concerned = edit[e].person == p;
            removed |= concerned && edit[e].kind == TW_EDIT_REMOVE_PERSON;
            if (concerned && edit[e].kind == TW_EDIT_SET_MARITAL) {
                person.marital = edit[e].added.marital;
            }
        }
        if (!removed) {
            append_person(into, &person);
        }
    }
    for (int32_t e = 0; e < num_edits; e++) {
        if (edit[e].kind == TW_EDIT_ADD_PERSON) {
            append_person(into, &edit[e].added);
        }
    }
    if (into->num_persons == before) {
        return 0;
    }
    tw_household kept = tw_block_household(block, household);
    const int led = lead_with_adult(into, before, quarter);
    kept.flags &= (uint8_t)~TW_WITHIN_QUARTER;
    kept.flags = (uint8_t)(led ? kept.flags & ~TW_ORPHANED : kept.flags | TW_ORPHANED);
    const int32_t row = into->num_households++;
#define SET(name, type, unit, sentence) into->name[row] = kept.name;
    TW_HOUSEHOLD_FIELDS(SET)
#undef SET
    into->first_person[row + 1] = into->num_persons;
    return 1;
}

static tw_status reserve_dropped(tw_edits *edits)
{
    if (edits->max_dropped < edits->count) {
        int32_t *dropped = realloc(edits->dropped, (size_t)edits->count * sizeof(*dropped));
        if (dropped == NULL) {
            return TW_NO_MEMORY;
        }
        edits->dropped = dropped;
        edits->max_dropped = edits->count;
    }
    return TW_OK;
}

tw_status tw_block_rebuild(tw_block *block, tw_edits *edits, int32_t quarter, tw_block *scratch)
{
    edits->num_dropped = 0;
    if (edits->count == 0) {
        return TW_OK;
    }
    scratch->num_households = scratch->num_persons = 0;
    /* The room of the block is kept: what leaves now comes back as arrivals. */
    int32_t persons = block->num_persons + edits->count;
    tw_status status =
        tw_block_reserve(scratch, block->max_households,
                         persons > block->max_persons ? persons + persons / 8 : block->max_persons);
    if (status == TW_OK) {
        status = reserve_dropped(edits);
    }
    if (status != TW_OK) {
        return status;
    }
    int32_t done = 0;
    for (int32_t e = 0, last; e < edits->count; e = last) {
        const int32_t household = edits->row[e].household;
        for (last = e + 1; last < edits->count && edits->row[last].household == household; last++) {
        }
        tw_block_append_rows(scratch, block, done, household);
        if (!copy_edited(scratch, block, household, &edits->row[e], last - e, quarter)) {
            edits->dropped[edits->num_dropped++] = household;
        }
        done = household + 1;
    }
    tw_block_append_rows(scratch, block, done, block->num_households);
    copy_splits(scratch, block);
    tw_block old = *block;
    *block = *scratch;
    *scratch = old;
    return TW_OK;
}

int32_t tw_block_find(const tw_block *block, uint64_t uid)
{
    for (int32_t row = 0; row < block->num_households; row++) {
        if (block->uid[row] == uid) {
            return row;
        }
    }
    return -1;
}

int32_t tw_block_household_of(const tw_block *block, int32_t person)
{
    int32_t low = 0, high = block->num_households;
    while (high - low > 1) {
        int32_t middle = low + (high - low) / 2;
        if (block->first_person[middle] <= person) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

void tw_block_digest(const tw_block *block, tw_digest *digest)
{
#define WORD(name, type, unit, sentence) (uint64_t) block->name[row],
    for (int32_t h = 0; h < block->num_households; h++) {
        int32_t row = h;
        uint64_t household[] = {TW_HOUSEHOLD_FIELDS(WORD)};
        tw_digest_add(digest, household, sizeof household / sizeof *household);
        for (row = block->first_person[h]; row < block->first_person[h + 1]; row++) {
            /* The place in the household counts: the first person is the reference person. */
            uint64_t person[] = {block->uid[h], (uint64_t)(row - block->first_person[h]),
                                 TW_PERSON_FIELDS(WORD)};
            tw_digest_add(digest, person, sizeof person / sizeof *person);
        }
    }
#undef WORD
}
