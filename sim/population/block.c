/* SPDX-License-Identifier: Apache-2.0 */
/** Columns of a block in one allocation, and the one way in which rows change: a rebuild in place.
 */
#include "population/block.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/clones.h"
#include "base/fetch.h"
#include "base/list.h"
#include "population/storage.h"

enum { COLUMN_ALIGNMENT = TW_STORAGE_ALIGNMENT };

/* Bytes moved at once: one register, where there are such. */
#if defined(__GNUC__)
typedef char stride __attribute__((vector_size(32)));
typedef char half_stride __attribute__((vector_size(16)));
#else
typedef struct stride {
    char byte[32];
} stride;
typedef struct half_stride {
    char byte[16];
} half_stride;
#endif

#define ONE_MORE(name, type, unit, sentence) +1
enum {
    NUM_HOUSEHOLD_COLUMNS = 0 TW_HOUSEHOLD_FIELDS(ONE_MORE),
    NUM_PERSON_COLUMNS = 0 TW_PERSON_FIELDS(ONE_MORE),
    MOST_COLUMNS =
        NUM_HOUSEHOLD_COLUMNS > NUM_PERSON_COLUMNS ? NUM_HOUSEHOLD_COLUMNS : NUM_PERSON_COLUMNS
};

static size_t column_bytes(size_t rows, size_t width)
{
    const size_t bytes = rows * width;
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

tw_status tw_edits_reserve(tw_edits *edits, int32_t rows)
{
    tw_edit *row = tw_list_fit(edits->row, &edits->max, rows, sizeof(*row));
    edits->row = row == NULL ? edits->row : row;
    return row == NULL ? TW_NO_MEMORY : TW_OK;
}

tw_edit *tw_edits_add(tw_edits *edits)
{
    if (tw_edits_reserve(edits, edits->count + 1) != TW_OK) {
        return NULL;
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
    free(edits->first);
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

/* Who goes is marked in the old rows by unit 0, and marital status is set there too, so that nobody
 * need look for a person among the edits again. Returns how many persons are added. */
static int32_t mark_persons(tw_block *block, const tw_edits *edits)
{
    int32_t added = 0;
    for (int32_t e = 0; e < edits->count; e++) {
        const tw_edit *edit = &edits->row[e];
        if (edit->kind == TW_EDIT_REMOVE_PERSON) {
            block->unit[edit->person] = 0;
        } else if (edit->kind == TW_EDIT_SET_MARITAL) {
            block->marital[edit->person] = edit->added.marital;
        }
        added += edit->kind == TW_EDIT_ADD_PERSON;
    }
    return added;
}

/* The edits [from, to) of one household. */
typedef struct edit_group {
    int32_t household, from, to;
    int32_t added; /* persons */
    int ends;      /* the household is removed, whoever is added */
} edit_group;

static edit_group group_from(const tw_edits *edits, int32_t from)
{
    edit_group group = {.household = edits->row[from].household, .from = from, .to = from};
    while (group.to < edits->count && edits->row[group.to].household == group.household) {
        const tw_edit_kind kind = edits->row[group.to++].kind;
        group.added += kind == TW_EDIT_ADD_PERSON;
        group.ends |= kind == TW_EDIT_REMOVE_HOUSEHOLD;
    }
    return group;
}

/* Rows that stay in order are moved in runs. */
typedef struct run_list {
    int32_t count, max, done, at; /* runs, at most; source rows dealt with; rows they make */
    tw_row_run *run;
} run_list;

/* The source rows up to `to` stay, those from there to `next` do not; `added` new ones follow. */
static void note_run(run_list *list, int32_t to, int32_t next, int32_t added)
{
    if (to > list->done) {
        tw_assert(list->count < list->max);
        list->run[list->count++] = (tw_row_run){list->done, list->at, to - list->done};
    }
    list->at += (to > list->done ? to - list->done : 0) + added;
    list->done = next;
}

/* Notes what stays of the persons [first, end) of one household; returns whether it goes on. */
static int note_household(run_list *persons, const uint8_t *unit, int32_t first, int32_t end,
                          const edit_group *group)
{
    int32_t left = group->added;
    for (int32_t p = first; p < end; p++) {
        left += unit[p] != 0;
    }
    if (left == 0 || group->ends) {
        note_run(persons, first, end, 0);
        return 0;
    }
    for (int32_t p = first; p < end; p++) {
        if (unit[p] == 0) {
            note_run(persons, p, p + 1, 0);
        }
    }
    if (group->added > 0) {
        note_run(persons, end, end, group->added);
    }
    return 1;
}

/* Households whose persons all shift alike. */
static void shift_first_persons(int32_t *restrict out, const int32_t *restrict first, int32_t num,
                                int32_t shift)
{
    for (int32_t i = 0; i < num; i++) {
        out[i] = first[i] + shift;
    }
}

/* Notes all runs, and sets the first persons; households that end are dropped. The columns have
 * not moved yet; `first` is what the first persons were. */
static void note_runs(tw_block *block, tw_edits *edits, const int32_t *first, run_list *households,
                      run_list *persons)
{
    const int32_t rows = block->num_households;
    int32_t done = 0, *out = block->first_person;
    for (edit_group group = {0}; group.to < edits->count;) {
        group = group_from(edits, group.to);
        /* Up to this household's first person everything has been noted or stays. */
        const int32_t household = group.household, next = household + 1;
        shift_first_persons(out, first + done, next - done, persons->at - persons->done);
        out += next - done;
        done = next;
        if (!note_household(persons, block->unit, first[household], first[next], &group)) {
            edits->ended[edits->num_dropped] = tw_block_household(block, household);
            edits->dropped[edits->num_dropped++] = household;
            out--;
            note_run(households, household, next, 0);
        }
    }
    shift_first_persons(out, first + done, rows - done, persons->at - persons->done);
    note_run(households, rows, rows, 0);
    note_run(persons, block->num_persons, block->num_persons, 0);
    block->first_person[households->at] = persons->at;
}

/* Columns of one width, whose runs are equally long: what a run takes is decided once for all. */
typedef struct column_group {
    int num;
    char *at[MOST_COLUMNS];
} column_group;

/* By the binary logarithm of their width. */
typedef struct column_groups {
    column_group of_width[4];
} column_groups;

static int log_of_width(size_t width)
{
    return width == 8 ? 3 : width == 4 ? 2 : width == 2 ? 1 : 0;
}

static void add_column(column_groups *groups, void *at, size_t width)
{
    column_group *group = &groups->of_width[log_of_width(width)];
    group->at[group->num++] = at;
}

/* One to two times the size of a type from each column, from both ends: they may overlap, for all
 * is read before any is written. */
#define MOVE_ENDS(type)                                           \
    for (int c = 0; c < group->num; c++) {                        \
        char *at = group->at[c];                                  \
        type start, end;                                          \
        memcpy(&start, at + from, sizeof start);                  \
        memcpy(&end, at + from + bytes - sizeof end, sizeof end); \
        memcpy(at + to, &start, sizeof start);                    \
        memcpy(at + to + bytes - sizeof end, &end, sizeof end);   \
    }

/* Exactly `bytes` of each column, at most two strides. */
static inline void move_few(const column_group *group, size_t to, size_t from, size_t bytes)
{
    if (bytes >= 32) {
        MOVE_ENDS(stride)
    } else if (bytes >= 16) {
        MOVE_ENDS(half_stride)
    } else if (bytes >= 8) {
        MOVE_ENDS(uint64_t)
    } else if (bytes >= 4) {
        MOVE_ENDS(uint32_t)
    } else if (bytes >= 2) {
        MOVE_ENDS(uint16_t)
    } else {
        MOVE_ENDS(uint8_t)
    }
}

/* Bytes of whole strides that leave one to two strides. */
static inline size_t whole_strides(size_t bytes)
{
    return bytes > 2 * sizeof(stride)
               ? (bytes - 1) / sizeof(stride) * sizeof(stride) - sizeof(stride)
               : 0;
}

/* Whole strides towards the start, from the first byte on. */
static inline void move_down(const column_group *group, size_t to, size_t from, size_t whole)
{
    for (int c = 0; c < group->num && whole > 0; c++) {
        char *at = group->at[c];
        stride one;
        for (size_t i = 0; i < whole; i += sizeof one) {
            memcpy(&one, at + from + i, sizeof one);
            memcpy(at + to + i, &one, sizeof one);
        }
    }
}

/* The same towards the end, from the last byte on. */
static inline void move_up(const column_group *group, size_t to, size_t from, size_t whole)
{
    for (int c = 0; c < group->num && whole > 0; c++) {
        char *at = group->at[c];
        stride one;
        for (size_t i = whole; i > 0; i -= sizeof one) {
            memcpy(&one, at + from + i - sizeof one, sizeof one);
            memcpy(at + to + i - sizeof one, &one, sizeof one);
        }
    }
}

/*
 * Runs are short, and a call of memmove for each column costs more than it moves. Those that go
 * down leave alone what those that go up are read from, and the other way round, for all stay in
 * order: first the ones, from the first, then the others, from the last.
 */
TW_CLONES static void move_columns(const column_groups *groups, const tw_row_run *run,
                                   int32_t count)
{
    for (int32_t r = 0; r < count; r++) {
        for (int w = 0; w < 4 && run[r].to < run[r].from; w++) {
            const column_group *group = &groups->of_width[w];
            const size_t to = (size_t)run[r].to << w, from = (size_t)run[r].from << w;
            const size_t bytes = (size_t)run[r].count << w;
            const size_t whole = whole_strides(bytes);
            move_down(group, to, from, whole);
            move_few(group, to + whole, from + whole, bytes - whole);
        }
    }
    for (int32_t r = count - 1; r >= 0; r--) {
        for (int w = 0; w < 4 && run[r].to > run[r].from; w++) {
            const column_group *group = &groups->of_width[w];
            const size_t to = (size_t)run[r].to << w, from = (size_t)run[r].from << w;
            const size_t bytes = (size_t)run[r].count << w;
            const size_t few = bytes - whole_strides(bytes);
            move_up(group, to + few, from + few, bytes - few);
            move_few(group, to, from, few);
        }
    }
}

static void move_rows(const tw_block *block, const run_list *households, const run_list *persons)
{
    column_groups of_households = {0}, of_persons = {0};
#define ADD_HOUSEHOLD_COLUMN(name, type, unit, sentence) \
    add_column(&of_households, block->name, sizeof(type));
#define ADD_PERSON_COLUMN(name, type, unit, sentence) \
    add_column(&of_persons, block->name, sizeof(type));
    TW_HOUSEHOLD_FIELDS(ADD_HOUSEHOLD_COLUMN)
    TW_PERSON_FIELDS(ADD_PERSON_COLUMN)
    move_columns(&of_households, households->run, households->count);
    move_columns(&of_persons, persons->run, persons->count);
}

/* Adds the persons of a household's edits, and puts an adult first. */
static void finish_household(tw_block *block, int32_t row, const tw_edit *edit,
                             const edit_group *group, int32_t quarter)
{
    const int32_t end = block->first_person[row + 1];
    int32_t next = end - group->added;
    for (int32_t e = group->from; e < group->to && next < end; e++) {
        if (edit[e].kind == TW_EDIT_ADD_PERSON) {
            set_person(block, next++, &edit[e].added);
        }
    }
    const int led = lead_with_adult(block, block->first_person[row], end, quarter);
    const int flags = block->flags[row] & ~TW_WITHIN_QUARTER;
    block->flags[row] = (uint8_t)(led ? flags & ~TW_ORPHANED : flags | TW_ORPHANED);
}

static void finish_households(tw_block *block, const tw_edits *edits, int32_t quarter)
{
    int32_t dropped = 0;
    for (edit_group group = {0}; group.to < edits->count;) {
        group = group_from(edits, group.to);
        if (dropped < edits->num_dropped && edits->dropped[dropped] == group.household) {
            dropped++;
        } else {
            finish_household(block, group.household - dropped, edits->row, &group, quarter);
        }
    }
}

static tw_status reserve_lists(tw_edits *edits, int32_t households)
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
    if (edits->max_first < households) {
        free(edits->first);
        edits->max_first = 2 * households;
        edits->first = malloc(((size_t)edits->max_first + 1) * sizeof(*edits->first));
        edits->max_first = edits->first == NULL ? 0 : edits->max_first;
    }
    return edits->first == NULL ? TW_NO_MEMORY : TW_OK;
}

tw_status tw_block_rebuild(tw_block *block, tw_edits *edits, int32_t quarter)
{
    edits->num_dropped = 0;
    if (edits->count == 0) {
        return TW_OK;
    }
    const int32_t added = mark_persons(block, edits);
    tw_status status = reserve_lists(edits, block->num_households);
    if (status == TW_OK) {
        status = tw_block_grow(block, 0, added);
    }
    if (status != TW_OK) {
        return status;
    }
    const int32_t most = edits->count + 1;
    run_list households = {.max = most, .run = edits->run};
    run_list people = {.max = most, .run = edits->run + most};
    memcpy(edits->first, block->first_person,
           ((size_t)block->num_households + 1) * sizeof(*edits->first));
    note_runs(block, edits, edits->first, &households, &people);
    move_rows(block, &households, &people);
    block->num_households = households.at;
    block->num_persons = people.at;
    finish_households(block, edits, quarter);
    return TW_OK;
}

/* Eight persons at a time, in one store: the next household overwrites what is too much. */
TW_CLONES static void spread(const int32_t *restrict first, const int16_t *restrict of_household,
                             int32_t households, int16_t *restrict zone)
{
    int32_t person = households > 0 ? first[0] : 0;
    for (int32_t row = 0; row < households; row++) {
        const int32_t next = first[row + 1];
        int16_t eight[TW_SPREAD];
        for (int i = 0; i < TW_SPREAD; i++) {
            eight[i] = of_household[row];
        }
        memcpy(zone + person, eight, sizeof eight);
        while (next - person > TW_SPREAD) {
            person += TW_SPREAD;
            memcpy(zone + person, eight, sizeof eight);
        }
        person = next;
    }
}

void tw_block_spread_zones(const tw_block *block, int16_t *zone)
{
    spread(block->first_person, block->zone, block->num_households, zone);
}

void tw_block_prefetch(const tw_block *block, int32_t household, int32_t person)
{
#define FETCH_HOUSEHOLD(name, type, unit, sentence) TW_FETCH(&block->name[household]);
#define FETCH_PERSON(name, type, unit, sentence)    TW_FETCH(&block->name[person]);
    TW_FETCH(&block->first_person[household]);
    TW_HOUSEHOLD_FIELDS(FETCH_HOUSEHOLD)
    TW_PERSON_FIELDS(FETCH_PERSON)
}

/* Rows of the starting population with lower uids: they come first, in the order of their uids. */
static int32_t start_rows_below(const tw_block *block, uint64_t uid)
{
    int32_t low = 0, rows = block->num_households;
    while (rows > 0) {
        const int32_t half = rows / 2;
        const uint64_t at = block->uid[low + half];
        const int below = tw_is_start_uid(at) && at < uid;
        low = below ? low + half + 1 : low;
        rows = below ? rows - half - 1 : half;
    }
    return low;
}

/* Others follow as they came; looks at some at once, of which none will be the one. */
static int32_t find_later(const tw_block *block, int32_t row, uint64_t uid)
{
    enum { SOME = 16 };
    for (int found = 0; row + SOME <= block->num_households; row += SOME) {
        for (int32_t i = 0; i < SOME; i++) {
            found |= block->uid[row + i] == uid;
        }
        if (found) {
            break;
        }
    }
    while (row < block->num_households && block->uid[row] != uid) {
        row++;
    }
    return row;
}

int32_t tw_block_find(const tw_block *block, uint64_t uid)
{
    int32_t row = start_rows_below(block, tw_is_start_uid(uid) ? uid : UINT64_MAX);
    if (!tw_is_start_uid(uid)) {
        row = find_later(block, row, uid);
    }
    return row < block->num_households && block->uid[row] == uid ? row : -1;
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
