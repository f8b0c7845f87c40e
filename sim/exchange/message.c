/* SPDX-License-Identifier: Apache-2.0 */
/** Pairing by keyed score, delivery by rebuilding the two blocks concerned. */
#include "exchange/message.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

tw_status tw_host_list_add(tw_host_list *list, tw_host host)
{
    if (list->count == list->max) {
        int32_t grown = list->max == 0 ? 256 : 2 * list->max;
        tw_host *row = realloc(list->row, (size_t)grown * sizeof(*row));
        if (row == NULL) {
            return TW_NO_MEMORY;
        }
        list->row = row;
        list->max = grown;
    }
    list->row[list->count++] = host;
    return TW_OK;
}

void tw_host_list_free(tw_host_list *list)
{
    free(list->row);
    memset(list, 0, sizeof *list);
}

static int by_uid(const void *left, const void *right)
{
    const tw_host *a = left, *b = right;
    return (a->uid > b->uid) - (a->uid < b->uid);
}

static int by_zone_and_uid(const void *left, const void *right)
{
    const tw_host *a = left, *b = right;
    if (a->zone != b->zone) {
        return a->zone < b->zone ? -1 : 1;
    }
    return (a->uid > b->uid) - (a->uid < b->uid);
}

static int32_t first_of_zone(const tw_host_list *hosts, int32_t zone)
{
    int32_t low = 0, high = hosts->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (hosts->row[middle].zone < zone) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The host of the orphan's zone with the smallest score; -1 when there is none but itself. */
static int32_t best_host(tw_key key, int32_t quarter, const tw_host_list *hosts,
                         const tw_host *orphan)
{
    int32_t best = -1;
    uint64_t best_score = 0;
    for (int32_t i = first_of_zone(hosts, orphan->zone);
         i < hosts->count && hosts->row[i].zone == orphan->zone; i++) {
        uint64_t pair = tw_mix2(orphan->uid, hosts->row[i].uid);
        uint64_t score = tw_draw_at(key, TW_DRAW_HOST_PAIR, pair, quarter, 0).word[0];
        if (hosts->row[i].uid != orphan->uid && (best < 0 || score < best_score)) {
            best = i;
            best_score = score;
        }
    }
    return best;
}

int32_t tw_match_hosts(tw_key key, int32_t quarter, tw_host_list *hosts, tw_host_list *orphans,
                       tw_message *message)
{
    if (hosts->count == 0 || orphans->count == 0) {
        return 0;
    }
    qsort(hosts->row, (size_t)hosts->count, sizeof(*hosts->row), by_zone_and_uid);
    qsort(orphans->row, (size_t)orphans->count, sizeof(*orphans->row), by_uid);
    int32_t count = 0;
    for (int32_t o = 0; o < orphans->count; o++) {
        int32_t host = best_host(key, quarter, hosts, &orphans->row[o]);
        if (host >= 0) {
            message[count++] = (tw_message){orphans->row[o], hosts->row[host]};
        }
    }
    return count;
}

static tw_status add_persons(tw_block *block, int32_t row, const tw_person *person, int32_t num,
                             tw_block *scratch)
{
    tw_edits edits = {0};
    tw_status status = TW_OK;
    for (int32_t i = 0; i < num && status == TW_OK; i++) {
        tw_edit *edit = tw_edits_add(&edits);
        status = edit == NULL ? TW_NO_MEMORY : TW_OK;
        if (edit != NULL) {
            *edit = (tw_edit){.kind = TW_EDIT_ADD_PERSON, .household = row, .added = person[i]};
        }
    }
    if (status == TW_OK) {
        status = tw_block_rebuild(block, &edits, scratch);
    }
    tw_edits_free(&edits);
    return status;
}

static tw_status remove_household(tw_block *block, int32_t row, tw_block *scratch)
{
    tw_edits edits = {0};
    tw_edit *edit = tw_edits_add(&edits);
    tw_status status = TW_NO_MEMORY;
    if (edit != NULL) {
        *edit = (tw_edit){.kind = TW_EDIT_REMOVE_HOUSEHOLD, .household = row};
        status = tw_block_rebuild(block, &edits, scratch);
    }
    tw_edits_free(&edits);
    return status;
}

static tw_status deliver(tw_population *population, const tw_message *message, tw_block *scratch,
                         int64_t *delivered)
{
    tw_block *from = &population->blocks[message->from.block];
    tw_block *to = &population->blocks[message->to.block];
    int32_t source = tw_block_find(from, message->from.uid);
    tw_assert(source >= 0);
    int32_t first = from->first_person[source], num = from->first_person[source + 1] - first;
    tw_person *person = malloc((size_t)num * sizeof(*person));
    if (person == NULL) {
        return TW_NO_MEMORY;
    }
    for (int32_t i = 0; i < num; i++) {
        person[i] = tw_block_person(from, first + i);
    }
    tw_status status = remove_household(from, source, scratch);
    int32_t row = tw_block_find(to, message->to.uid); /* rows may have shifted: same block */
    tw_assert(row >= 0); /* a host has an adult and is never orphaned itself */
    if (status == TW_OK) {
        status = add_persons(to, row, person, num, scratch);
    }
    if (status == TW_OK && delivered != NULL) {
        delivered[message->to.zone] += num;
    }
    free(person);
    return status;
}

tw_status tw_messages_deliver(tw_population *population, const tw_message *message,
                              int32_t num_messages, tw_block *scratch, int64_t *delivered)
{
    tw_status status = TW_OK;
    for (int32_t m = 0; m < num_messages && status == TW_OK; m++) {
        status = deliver(population, &message[m], scratch, delivered);
    }
    return status;
}
