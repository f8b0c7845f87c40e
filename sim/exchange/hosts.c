/* SPDX-License-Identifier: Apache-2.0 */
/** Lists of hosts and the choice among them by keyed score. */
#include "exchange/hosts.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"

static tw_status reserve(tw_host_list *list, int32_t rows)
{
    tw_host *row = tw_list_fit(list->row, &list->max, list->count + rows, sizeof(*row));
    list->row = row == NULL ? list->row : row;
    return row == NULL ? TW_NO_MEMORY : TW_OK;
}

tw_status tw_host_list_add(tw_host_list *list, const tw_host *host)
{
    tw_status status = reserve(list, 1);
    if (status == TW_OK) {
        list->row[list->count++] = *host;
    }
    return status;
}

tw_status tw_host_list_join(tw_host_list *list, const tw_host_list *part)
{
    tw_status status = reserve(list, part->count);
    if (status == TW_OK && part->count > 0) {
        memcpy(list->row + list->count, part->row, (size_t)part->count * sizeof(*part->row));
        list->count += part->count;
    }
    return status;
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
    return a->zone != b->zone ? (a->zone < b->zone ? -1 : 1) : by_uid(left, right);
}

void tw_host_list_sort(tw_host_list *list)
{
    if (list->count > 1) {
        qsort(list->row, (size_t)list->count, sizeof(*list->row), by_uid);
    }
}

void tw_host_list_sort_by_zone(tw_host_list *list)
{
    if (list->count > 1) {
        qsort(list->row, (size_t)list->count, sizeof(*list->row), by_zone_and_uid);
    }
}

static int32_t first_of_zone(const tw_host_list *hosts, int32_t zone)
{
    int32_t low = 0, high = hosts->count;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (hosts->row[middle].zone < zone) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const tw_host *tw_host_best(const tw_host_list *hosts, const tw_host *asking, tw_key key,
                            int32_t quarter)
{
    const tw_host *best = NULL;
    uint64_t best_score = 0;
    for (int32_t i = first_of_zone(hosts, asking->zone);
         i < hosts->count && hosts->row[i].zone == asking->zone; i++) {
        const tw_host *host = &hosts->row[i];
        const uint64_t pair = tw_mix2(asking->uid, host->uid);
        const uint64_t score = tw_draw_at(key, TW_DRAW_HOST_PAIR, pair, quarter, 0).word[0];
        if (host->uid != asking->uid && (best == NULL || score < best_score)) {
            best = host;
            best_score = score;
        }
    }
    return best;
}
