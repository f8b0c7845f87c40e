/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Clearing by histogram: units by priority and leading lottery bits find the bin in which a
 * market's capacity ends; only that bin is sorted, which makes the cut exact.
 */
#include "exchange/application.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"

enum { LEADING_BITS = 8, BINS = TW_NUM_PRIORITIES << LEADING_BITS };

tw_application *tw_applications_add(tw_applications *list)
{
    tw_application *row = tw_list_fit(list->row, &list->max, list->count + 1, sizeof(*row));
    if (row == NULL) {
        return NULL;
    }
    list->row = row;
    tw_application *application = &list->row[list->count++];
    memset(application, 0, sizeof *application);
    return application;
}

void tw_applications_free(tw_applications *list)
{
    free(list->row);
    memset(list, 0, sizeof *list);
}

static int bin_of(const tw_application *application)
{
    return application->priority << LEADING_BITS |
           (int)(application->lottery >> (64 - LEADING_BITS));
}

static int compare_turn(const void *left, const void *right)
{
    const tw_application *a = *(const tw_application *const *)left;
    const tw_application *b = *(const tw_application *const *)right;
    if (a->lottery != b->lottery) {
        return a->lottery < b->lottery ? -1 : 1;
    }
    return (a->uid > b->uid) - (a->uid < b->uid);
}

/* Where the capacity of a contested market ends. */
typedef struct tw_cut {
    int32_t bin;      /* all bins before it are served whole */
    int64_t left;     /* units left for the bin itself */
    int32_t num, max; /* applications of the bin */
    tw_application **row;
} tw_cut;

static void find_cut(tw_cut *cut, const int64_t *units, int64_t capacity)
{
    int64_t before = 0;
    int32_t bin = 0;
    while (bin < BINS && before + units[bin] <= capacity) {
        before += units[bin++];
    }
    cut->bin = bin;
    cut->left = capacity - before;
}

static tw_status keep(tw_cut *cut, tw_application *application)
{
    tw_application **row = tw_list_fit(cut->row, &cut->max, cut->num + 1, sizeof(*row));
    if (row == NULL) {
        return TW_NO_MEMORY;
    }
    cut->row = row;
    cut->row[cut->num++] = application;
    return TW_OK;
}

/* Serves the bin of the cut in turn until the first that does not fit. */
static void serve_bin(tw_cut *cut, tw_market *market)
{
    if (cut->num == 0) {
        return; /* qsort must not see NULL */
    }
    qsort(cut->row, (size_t)cut->num, sizeof(*cut->row), compare_turn);
    int64_t left = cut->left;
    for (int32_t i = 0; i < cut->num && cut->row[i]->units <= left; i++) {
        cut->row[i]->served = 1;
        left -= cut->row[i]->units;
        market->given += cut->row[i]->units;
    }
}

static void count_demand(tw_applications *lists, int num_lists, tw_market *markets)
{
    for (int l = 0; l < num_lists; l++) {
        for (int32_t i = 0; i < lists[l].count; i++) {
            tw_application *application = &lists[l].row[i];
            if (application->market >= 0) {
                application->served = 0;
                markets[application->market].demand += application->units;
            }
        }
    }
}

static void count_bins(const tw_applications *lists, int num_lists, const int32_t *slot,
                       int64_t *units)
{
    for (int l = 0; l < num_lists; l++) {
        for (int32_t i = 0; i < lists[l].count; i++) {
            const tw_application *application = &lists[l].row[i];
            if (application->market >= 0 && slot[application->market] >= 0) {
                units[(size_t)slot[application->market] * BINS + (size_t)bin_of(application)] +=
                    application->units;
            }
        }
    }
}

/* Serves everyone outside the bins of the cuts; collects those inside. */
static tw_status serve_whole_bins(tw_applications *lists, int num_lists, tw_market *markets,
                                  const int32_t *slot, tw_cut *cuts)
{
    tw_status status = TW_OK;
    for (int l = 0; l < num_lists; l++) {
        for (int32_t i = 0; i < lists[l].count && status == TW_OK; i++) {
            tw_application *application = &lists[l].row[i];
            if (application->market < 0) {
                continue;
            }
            const int32_t contested = slot[application->market];
            const int bin = bin_of(application);
            if (contested < 0 || bin < cuts[contested].bin) {
                application->served = 1;
                markets[application->market].given += application->units;
            } else if (bin == cuts[contested].bin) {
                status = keep(&cuts[contested], application);
            }
        }
    }
    return status;
}

tw_status tw_markets_clear(tw_applications *lists, int num_lists, tw_market *markets,
                           int num_markets)
{
    tw_status status = TW_NO_MEMORY;
    int64_t *units = NULL;
    tw_cut *cuts = NULL;
    int num_contested = 0;
    int32_t *slot = malloc((size_t)(num_markets > 0 ? num_markets : 1) * sizeof(*slot));
    if (slot == NULL) {
        goto out;
    }
    for (int m = 0; m < num_markets; m++) {
        markets[m].demand = markets[m].given = 0;
    }
    count_demand(lists, num_lists, markets);
    for (int m = 0; m < num_markets; m++) {
        slot[m] = markets[m].demand > markets[m].capacity ? num_contested++ : -1;
    }
    units = calloc((size_t)(num_contested + 1) * BINS, sizeof(*units));
    cuts = calloc((size_t)num_contested + 1, sizeof(*cuts));
    if (units == NULL || cuts == NULL) {
        goto out;
    }
    count_bins(lists, num_lists, slot, units);
    for (int m = 0; m < num_markets; m++) {
        if (slot[m] >= 0) {
            find_cut(&cuts[slot[m]], units + (size_t)slot[m] * BINS, markets[m].capacity);
        }
    }
    status = serve_whole_bins(lists, num_lists, markets, slot, cuts);
    for (int m = 0; m < num_markets && status == TW_OK; m++) {
        if (slot[m] >= 0) {
            serve_bin(&cuts[slot[m]], &markets[m]);
        }
    }
out:
    for (int c = 0; cuts != NULL && c < num_contested; c++) {
        free(cuts[c].row);
    }
    free(cuts);
    free(units);
    free(slot);
    return status;
}
