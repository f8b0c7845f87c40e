/* SPDX-License-Identifier: Apache-2.0 */
/** Lists of transfers: growth, order, delivery. */
#include "exchange/transfer.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/fetch.h"
#include "base/list.h"

void tw_transfers_free(tw_transfers *transfers)
{
    tw_edits_free(&transfers->edits);
    free(transfers->founding);
    free(transfers->person);
    free(transfers->first_edit);
    free(transfers->first_founding);
    memset(transfers, 0, sizeof *transfers);
}

void tw_transfers_clear(tw_transfers *transfers)
{
    transfers->edits.count = 0;
    transfers->num_foundings = transfers->num_persons = 0;
}

uint64_t tw_founding_uid(uint64_t founder, int number)
{
    const uint64_t mixed = tw_mix2(tw_mix2(founder, TW_DRAW_FOUNDING), (uint64_t)number);
    return mixed | UINT64_C(3) << 62;
}

/* Members that have not been taken out. */
static int members_left(const tw_block *block, int32_t household)
{
    int left = 0;
    for (int32_t p = block->first_person[household]; p < block->first_person[household + 1]; p++) {
        left += block->unit[p] != 0;
    }
    return left;
}

tw_status tw_transfer_out(tw_transfers *transfers, tw_population *population, tw_place from,
                          int32_t person_row, tw_person *out, int64_t *money)
{
    tw_block *block = &population->blocks[from.block];
    tw_assert(block->unit[person_row] != 0);
    tw_edit *edit = tw_edits_add(&transfers->edits);
    if (edit == NULL) {
        return TW_NO_MEMORY;
    }
    edit->kind = TW_EDIT_REMOVE_PERSON;
    edit->block = from.block;
    edit->household = from.row;
    edit->person = person_row;
    *out = tw_block_person(block, person_row);
    if (block->tenure[from.row] != TW_COLLECTIVE) {
        out->kin_uid = block->uid[from.row];
    }
    const int64_t part = block->savings[from.row] / members_left(block, from.row);
    block->savings[from.row] -= part;
    *money += part;
    block->unit[person_row] = 0;
    return TW_OK;
}

tw_status tw_transfer_in(tw_transfers *transfers, tw_place into, const tw_person *person)
{
    tw_edit *edit = tw_edits_add(&transfers->edits);
    if (edit == NULL) {
        return TW_NO_MEMORY;
    }
    edit->kind = TW_EDIT_ADD_PERSON;
    edit->block = into.block;
    edit->household = into.row;
    edit->added = *person;
    return TW_OK;
}

static tw_status reserve_foundings(tw_transfers *transfers, int32_t foundings, int32_t persons)
{
    tw_founding *founding = tw_list_fit(transfers->founding, &transfers->max_foundings,
                                        transfers->num_foundings + foundings, sizeof(*founding));
    transfers->founding = founding == NULL ? transfers->founding : founding;
    tw_person *person = tw_list_fit(transfers->person, &transfers->max_persons,
                                    transfers->num_persons + persons, sizeof(*person));
    transfers->person = person == NULL ? transfers->person : person;
    return founding == NULL || person == NULL ? TW_NO_MEMORY : TW_OK;
}

tw_status tw_transfer_found(tw_transfers *transfers, const tw_population *population,
                            const tw_household *household, int num_persons,
                            const tw_person *persons)
{
    tw_status status = reserve_foundings(transfers, 1, num_persons);
    if (status != TW_OK) {
        return status;
    }
    transfers->founding[transfers->num_foundings++] =
        (tw_founding){*household, tw_population_block_of(population, household->uid),
                      transfers->num_persons, num_persons};
    memcpy(transfers->person + transfers->num_persons, persons,
           (size_t)num_persons * sizeof(*persons));
    transfers->num_persons += num_persons;
    return TW_OK;
}

tw_status tw_transfers_join(tw_transfers *transfers, const tw_transfers *part)
{
    tw_status status = reserve_foundings(transfers, part->num_foundings, part->num_persons);
    if (status != TW_OK || part->num_foundings == 0) {
        return status;
    }
    for (int32_t i = 0; i < part->num_foundings; i++) {
        tw_founding *founding = &transfers->founding[transfers->num_foundings++];
        *founding = part->founding[i];
        founding->first_person += transfers->num_persons;
    }
    memcpy(transfers->person + transfers->num_persons, part->person,
           (size_t)part->num_persons * sizeof(*part->person));
    transfers->num_persons += part->num_persons;
    return TW_OK;
}

static int compare_edits(const void *left, const void *right)
{
    const tw_edit *a = left, *b = right;
    if (a->household != b->household) {
        return a->household < b->household ? -1 : 1;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->kind == TW_EDIT_ADD_PERSON) {
        return (a->added.person_uid > b->added.person_uid) -
               (a->added.person_uid < b->added.person_uid);
    }
    return (a->person > b->person) - (a->person < b->person);
}

static int compare_foundings(const void *left, const void *right)
{
    const tw_founding *a = left, *b = right;
    return (a->household.uid > b->household.uid) - (a->household.uid < b->household.uid);
}

/* Turns counts per block, at [block + 1], into first positions. */
static void cumulate(int32_t *first, int32_t num_blocks)
{
    for (int32_t b = 0; b < num_blocks; b++) {
        first[b + 1] += first[b];
    }
}

/* By block, as they come; first_edit[b] and first_founding[b] are set. */
static tw_status bring_to_blocks(tw_transfers *transfers, int32_t num_blocks)
{
    const size_t edits = (size_t)transfers->edits.count, found = (size_t)transfers->num_foundings;
    tw_edit *edit = malloc((edits + 1) * sizeof(*edit));
    tw_founding *founding = malloc((found + 1) * sizeof(*founding));
    int32_t *next = calloc(2 * ((size_t)num_blocks + 1), sizeof(*next));
    if (edit == NULL || founding == NULL || next == NULL) {
        free(edit);
        free(founding);
        free(next);
        return TW_NO_MEMORY;
    }
    int32_t *next_founding = next + num_blocks + 1;
    memset(transfers->first_edit, 0, ((size_t)num_blocks + 1) * sizeof(*next));
    memset(transfers->first_founding, 0, ((size_t)num_blocks + 1) * sizeof(*next));
    for (size_t i = 0; i < edits; i++) {
        transfers->first_edit[transfers->edits.row[i].block + 1]++;
    }
    for (size_t i = 0; i < found; i++) {
        transfers->first_founding[transfers->founding[i].block + 1]++;
    }
    cumulate(transfers->first_edit, num_blocks);
    cumulate(transfers->first_founding, num_blocks);
    for (size_t i = 0; i < edits; i++) {
        const int32_t block = transfers->edits.row[i].block;
        edit[transfers->first_edit[block] + next[block]++] = transfers->edits.row[i];
    }
    for (size_t i = 0; i < found; i++) {
        const int32_t block = transfers->founding[i].block;
        founding[transfers->first_founding[block] + next_founding[block]++] =
            transfers->founding[i];
    }
    free(next);
    free(transfers->edits.row);
    free(transfers->founding);
    transfers->edits.row = edit;
    transfers->edits.max = (int32_t)edits + 1;
    transfers->founding = founding;
    transfers->max_foundings = (int32_t)found + 1;
    return TW_OK;
}

static tw_status reserve_blocks(tw_transfers *transfers, int32_t num_blocks)
{
    if (num_blocks <= transfers->max_blocks) {
        return TW_OK;
    }
    free(transfers->first_edit);
    free(transfers->first_founding);
    const size_t rows = (size_t)num_blocks + 65;
    transfers->first_edit = malloc(rows * sizeof(*transfers->first_edit));
    transfers->first_founding = malloc(rows * sizeof(*transfers->first_founding));
    transfers->max_blocks = num_blocks + 64;
    return transfers->first_edit == NULL || transfers->first_founding == NULL ? TW_NO_MEMORY
                                                                              : TW_OK;
}

tw_status tw_transfers_sort(tw_transfers *transfers, int32_t num_blocks, int num_threads)
{
    tw_status status = reserve_blocks(transfers, num_blocks);
    if (status == TW_OK) {
        status = bring_to_blocks(transfers, num_blocks);
    }
    if (status != TW_OK) {
        return status;
    }
    (void)num_threads; /* without OpenMP */
#pragma omp parallel for schedule(static) num_threads(num_threads)
    for (int32_t b = 0; b < num_blocks; b++) {
        const int32_t e = transfers->first_edit[b], f = transfers->first_founding[b];
        const size_t edits = (size_t)(transfers->first_edit[b + 1] - e);
        const size_t found = (size_t)(transfers->first_founding[b + 1] - f);
        qsort(transfers->edits.row + e, edits, sizeof(*transfers->edits.row), compare_edits);
        qsort(transfers->founding + f, found, sizeof(*transfers->founding), compare_foundings);
    }
    return TW_OK;
}

tw_status tw_transfers_append(const tw_transfers *transfers, int32_t index, tw_block *block)
{
    const int32_t from = transfers->first_founding[index];
    const int32_t to = transfers->first_founding[index + 1];
    int32_t persons = 0;
    for (int32_t i = from; i < to; i++) {
        persons += transfers->founding[i].num_persons;
        /* Founders come from all over: their rows are on their way before the first is read. */
        TW_FETCH(&transfers->person[transfers->founding[i].first_person]);
    }
    tw_status status = tw_block_grow(block, to - from, persons);
    for (int32_t i = from; i < to && status == TW_OK; i++) {
        const tw_founding *founding = &transfers->founding[i];
        tw_block_append(block, &founding->household, founding->num_persons,
                        transfers->person + founding->first_person);
    }
    return status;
}
