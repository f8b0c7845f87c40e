/* SPDX-License-Identifier: Apache-2.0 */
/** Columns of a block in one allocation, and the one way in which rows change: a copying rebuild.
 */
#include "population/block.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "population/storage.h"

enum { COLUMN_ALIGNMENT = TW_STORAGE_ALIGNMENT };
/* Bytes copied at once; every column has room to be read and written so far beyond its rows. */
enum { STRIDE = 32 };

static size_t column_bytes(size_t rows, size_t width)
{
    size_t bytes = rows * width + STRIDE;
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
    char *at = tw_storage_take(storage_bytes(households, persons));
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
        tw_storage_give(block->storage);
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
    tw_storage_give(block->storage);
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
    /* Growing copies the block: seldom, then. */
    return tw_block_reserve(block, all + all / 4 + 64, people + people / 4 + 256);
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
    free(edits->ended);
    free(edits->run);
    memset(edits, 0, sizeof *edits);
}

/* Puts the first person of 15 or over of [first, end) first; returns whether there is one. */
static int lead_with_adult(tw_block *block, int32_t first, int32_t end, int32_t quarter)
{
    int32_t adult = first;
    while (adult < end && tw_age(block->birth_quarter[adult], quarter) < TW_AGE_OF_ORPHANS) {
        adult++;
    }
    if (adult == end || adult == first) {
        return adult < end;
    }
    const tw_person leader = tw_block_person(block, adult);
    for (int32_t p = adult; p > first; p--) {
        const tw_person before = tw_block_person(block, p - 1);
        set_person(block, p, &before);
    }
    set_person(block, first, &leader);
    return 1;
}

static int is_removed(const tw_edit *edit, int32_t num_edits, int32_t person)
{
    int removed = 0;
    for (int32_t e = 0; e < num_edits; e++) {
        removed |= edit[e].kind == TW_EDIT_REMOVE_PERSON && edit[e].person == person;
    }
    return removed;
}

static int32_t edits_of_kind(const tw_edit *edit, int32_t num_edits, tw_edit_kind kind)
{
    int32_t num = 0;
    for (int32_t e = 0; e < num_edits; e++) {
        num += edit[e].kind == kind;
    }
    return num;
}

/* Rows that stay in order are copied in runs. */
typedef struct run_list {
    int32_t count, done, at; /* runs; source rows dealt with; rows they make */
    tw_row_run *run;
} run_list;

/* The source rows up to `to` stay, those from there to `next` do not; `added` new ones follow. */
static void note_run(run_list *list, int32_t to, int32_t next, int32_t added)
{
    if (to > list->done) {
        list->run[list->count++] = (tw_row_run){list->done, list->at, to - list->done};
    }
    list->at += (to > list->done ? to - list->done : 0) + added;
    list->done = next;
}

/* Notes what stays of one household; returns whether it goes on. */
static int note_household(run_list *persons, const tw_block *block, int32_t household,
                          const tw_edit *edit, int32_t num_edits)
{
    const int32_t first = block->first_person[household], end = block->first_person[household + 1];
    const int32_t added = edits_of_kind(edit, num_edits, TW_EDIT_ADD_PERSON);
    int32_t left = added;
    for (int32_t p = first; p < end; p++) {
        left += !is_removed(edit, num_edits, p);
    }
    if (left == 0 || edits_of_kind(edit, num_edits, TW_EDIT_REMOVE_HOUSEHOLD) > 0) {
        note_run(persons, first, end, 0);
        return 0;
    }
    for (int32_t p = first; p < end; p++) {
        if (is_removed(edit, num_edits, p)) {
            note_run(persons, p, p + 1, 0);
        }
    }
    if (added > 0) {
        note_run(persons, end, end, added);
    }
    return 1;
}

/* Households [from, to) keep their persons, which all shift alike. */
static void shift_first_persons(tw_block *into, const tw_block *block, int32_t from, int32_t to,
                                int32_t shift)
{
    int32_t *restrict out = into->first_person + into->num_households;
    const int32_t *restrict first = block->first_person + from;
    for (int32_t i = 0; i < to - from; i++) {
        out[i] = first[i] + shift;
    }
    into->num_households += to - from;
}

/* Notes all runs, and sets the first persons of `into`; households that end are dropped. */
static void note_runs(tw_block *into, const tw_block *block, tw_edits *edits, run_list *households,
                      run_list *persons)
{
    int32_t done = 0;
    for (int32_t e = 0, last; e < edits->count; e = last) {
        const int32_t household = edits->row[e].household;
        for (last = e + 1; last < edits->count && edits->row[last].household == household; last++) {
        }
        /* Up to this household's first person everything has been noted or stays. */
        shift_first_persons(into, block, done, household + 1, persons->at - persons->done);
        done = household + 1;
        if (!note_household(persons, block, household, &edits->row[e], last - e)) {
            edits->ended[edits->num_dropped] = tw_block_household(block, household);
            edits->dropped[edits->num_dropped++] = household;
            into->num_households--;
            note_run(households, household, household + 1, 0);
        }
    }
    shift_first_persons(into, block, done, block->num_households, persons->at - persons->done);
    note_run(households, block->num_households, block->num_households, 0);
    note_run(persons, block->num_persons, block->num_persons, 0);
    into->num_persons = persons->at;
    into->first_person[into->num_households] = persons->at;
}

/*
 * Runs are short and their lengths alternate, so that each loop costs a wrong guess at its end: all
 * columns of a width go through one loop. Whole strides: what is written beyond a run is
 * overwritten by the next.
 */
#define COPY_STRIDE(name, type)                                           \
    if (sizeof(type) == width) {                                          \
        memcpy(into.name + run.to + i, from.name + run.from + i, STRIDE); \
    }
#define COPY_HOUSEHOLDS(name, type, unit, sentence) COPY_STRIDE(name, type)
#define COPY_PERSONS(name, type, unit, sentence)    COPY_STRIDE(name, type)
#define COPY_WIDTH(FIELDS, COPY, of_width)                        \
    do {                                                          \
        enum { width = (of_width) };                              \
        for (int32_t i = 0; i < run.count; i += STRIDE / width) { \
            FIELDS(COPY)                                          \
        }                                                         \
    } while (0)

/* Copies of the blocks' pointers: what is written cannot change them. */
static void copy_columns(tw_block into, tw_block from, const run_list *households,
                         const run_list *persons)
{
    for (int32_t r = 0; r < households->count; r++) {
        const tw_row_run run = households->run[r];
        COPY_WIDTH(TW_HOUSEHOLD_FIELDS, COPY_HOUSEHOLDS, 1);
        COPY_WIDTH(TW_HOUSEHOLD_FIELDS, COPY_HOUSEHOLDS, 2);
        COPY_WIDTH(TW_HOUSEHOLD_FIELDS, COPY_HOUSEHOLDS, 8);
    }
    for (int32_t r = 0; r < persons->count; r++) {
        const tw_row_run run = persons->run[r];
        COPY_WIDTH(TW_PERSON_FIELDS, COPY_PERSONS, 1);
        COPY_WIDTH(TW_PERSON_FIELDS, COPY_PERSONS, 2);
        COPY_WIDTH(TW_PERSON_FIELDS, COPY_PERSONS, 8);
    }
}

#define HAS_WIDTH(name, type, unit, sentence)                                   \
    _Static_assert(sizeof(type) == 1 || sizeof(type) == 2 || sizeof(type) == 8, \
                   "copy_columns has no loop for the width of " #name);
TW_HOUSEHOLD_FIELDS(HAS_WIDTH)
TW_PERSON_FIELDS(HAS_WIDTH)

/* Adds persons, sets what is to be set, and puts an adult first; `first` is of the source. */
static void finish_household(tw_block *into, int32_t row, int32_t first, const tw_edit *edit,
                             int32_t num_edits, int32_t quarter)
{
    const int32_t end = into->first_person[row + 1];
    int32_t next = end - edits_of_kind(edit, num_edits, TW_EDIT_ADD_PERSON);
    for (int32_t e = 0; e < num_edits; e++) {
        if (edit[e].kind == TW_EDIT_ADD_PERSON) {
            set_person(into, next++, &edit[e].added);
        } else if (edit[e].kind == TW_EDIT_SET_MARITAL &&
                   !is_removed(edit, num_edits, edit[e].person)) {
            int32_t at = into->first_person[row] + edit[e].person - first;
            for (int32_t p = first; p < edit[e].person; p++) {
                at -= is_removed(edit, num_edits, p);
            }
            into->marital[at] = edit[e].added.marital;
        }
    }
    const int led = lead_with_adult(into, into->first_person[row], end, quarter);
    const int flags = into->flags[row] & ~TW_WITHIN_QUARTER;
    into->flags[row] = (uint8_t)(led ? flags & ~TW_ORPHANED : flags | TW_ORPHANED);
}

static void finish_households(tw_block *into, const tw_block *block, const tw_edits *edits,
                              int32_t quarter)
{
    int32_t dropped = 0;
    for (int32_t e = 0, last; e < edits->count; e = last) {
        const int32_t household = edits->row[e].household;
        for (last = e + 1; last < edits->count && edits->row[last].household == household; last++) {
        }
        if (dropped < edits->num_dropped && edits->dropped[dropped] == household) {
            dropped++;
        } else {
            finish_household(into, household - dropped, block->first_person[household],
                             &edits->row[e], last - e, quarter);
        }
    }
}

static tw_status reserve_lists(tw_edits *edits)
{
    if (edits->max_dropped < edits->count) {
        const size_t rows = (size_t)edits->count;
        free(edits->dropped);
        free(edits->ended);
        free(edits->run);
        edits->dropped = malloc(rows * sizeof(*edits->dropped));
        edits->ended = malloc(rows * sizeof(*edits->ended));
        /* An edit ends at most one run of each kind; one of each comes last. */
        edits->run = malloc((2 * rows + 2) * sizeof(*edits->run));
        if (edits->dropped == NULL || edits->ended == NULL || edits->run == NULL) {
            edits->max_dropped = 0;
            return TW_NO_MEMORY;
        }
        edits->max_dropped = edits->count;
    }
    return TW_OK;
}

/* The block keeps its storage: both lie in the cache now, and rooms differ from block to block. */
static tw_status take_rows(tw_block *block, const tw_block *scratch)
{
    const int32_t more = scratch->num_persons - block->num_persons;
    tw_status status = more > 0 ? tw_block_grow(block, 0, more) : TW_OK;
    if (status == TW_OK) {
        block->num_households = block->num_persons = 0;
        tw_block_append_rows(block, scratch, 0, scratch->num_households);
    }
    return status;
}

tw_status tw_block_rebuild(tw_block *block, tw_edits *edits, int32_t quarter, tw_block *scratch)
{
    edits->num_dropped = 0;
    if (edits->count == 0) {
        return TW_OK;
    }
    scratch->num_households = scratch->num_persons = 0;
    /* Room enough for most blocks, so that it is made once. */
    const int32_t persons = block->num_persons + edits->count;
    tw_status status = TW_OK;
    if (block->num_households > scratch->max_households || persons > scratch->max_persons) {
        status = tw_block_reserve(scratch, 2 * block->num_households, 2 * persons);
    }
    if (status == TW_OK) {
        status = reserve_lists(edits);
    }
    if (status != TW_OK) {
        return status;
    }
    run_list households = {.run = edits->run};
    run_list people = {.run = edits->run + edits->count + 1};
    note_runs(scratch, block, edits, &households, &people);
    copy_columns(*scratch, *block, &households, &people);
    finish_households(scratch, block, edits, quarter);
    return take_rows(block, scratch);
}

/* Eight persons at a time: the next household overwrites what is too much. */
void tw_block_spread_zones(const tw_block *block, int16_t *zone)
{
    for (int32_t row = 0; row < block->num_households; row++) {
        const uint64_t four = (uint16_t)block->zone[row] * UINT64_C(0x0001000100010001);
        for (int32_t p = block->first_person[row]; p < block->first_person[row + 1];
             p += TW_SPREAD) {
            memcpy(zone + p, &four, sizeof four);
            memcpy(zone + p + TW_SPREAD / 2, &four, sizeof four);
        }
    }
}

void tw_block_prefetch(const tw_block *block, int32_t household, int32_t person)
{
#if defined(__GNUC__)
#define FETCH_HOUSEHOLD(name, type, unit, sentence) __builtin_prefetch(&block->name[household]);
#define FETCH_PERSON(name, type, unit, sentence)    __builtin_prefetch(&block->name[person]);
    __builtin_prefetch(&block->first_person[household]);
    TW_HOUSEHOLD_FIELDS(FETCH_HOUSEHOLD)
    TW_PERSON_FIELDS(FETCH_PERSON)
#endif
    (void)block;
    (void)household;
    (void)person;
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
