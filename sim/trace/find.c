/* SPDX-License-Identifier: Apache-2.0 */
/** Households to which something happened, so that there is a uid to begin with. */
#include <stdlib.h>
#include <string.h>

#include "engine/pass.h"
#include "engine/quarter.h"
#include "process/housing/housing.h"
#include "townward/trace.h"
#include "trace/tracer.h"
#include "trace/worlds.h"

enum { MOST_FOUND = 10 };

/** A household found; those with the lowest hash are kept, whatever the order they come in. */
typedef struct tw_found {
    uint64_t hash, uid;
    int32_t quarter;
    int from, to; /**< zones */
} tw_found;

typedef struct tw_search_party {
    tw_find_kind kind;
    int64_t all; /**< that were met, kept or not */
    int num;
    tw_found found[MOST_FOUND + 1];
} tw_search_party;

const char *tw_find_word(tw_find_kind kind)
{
    static const char *const words[TW_NUM_FINDS] = {
#define FIND_WORD(id, word, sentence) word,
        TW_FIND_LIST(FIND_WORD)
#undef FIND_WORD
    };
    return words[kind];
}

const char *tw_find_sentence(tw_find_kind kind)
{
    static const char *const sentences[TW_NUM_FINDS] = {
#define FIND_SENTENCE(id, word, sentence) sentence,
        TW_FIND_LIST(FIND_SENTENCE)
#undef FIND_SENTENCE
    };
    return sentences[kind];
}

/* Keeps those with the lowest hash; of one household the first time. */
static void keep(tw_search_party *party, uint64_t uid, int32_t quarter, int from, int to)
{
    const tw_found one = {tw_mix2(uid, party->kind), uid, quarter, from, to};
    int at = party->num;
    party->all++;
    for (int i = 0; i < party->num; i++) {
        if (party->found[i].uid == uid) {
            return;
        }
    }
    while (at > 0 && party->found[at - 1].hash > one.hash) {
        party->found[at] = party->found[at - 1];
        at--;
    }
    party->found[at] = one;
    party->num += party->num < MOST_FOUND;
}

/* ---- who is found ---- */

static int is_found(const tw_search_party *party, const tw_world *world,
                    const tw_application *application, int from, int to)
{
    const int served = application->wants & TW_GOT_ANY;
    switch (party->kind) {
        case TW_FIND_MOVED:
            return served && application->reason == TW_REASON_SEARCH && !tw_is_town(from) &&
                   tw_is_town(to);
        case TW_FIND_RETURNED:
            return served && tw_is_town(from) && !tw_is_town(to);
        case TW_FIND_REFUSED:
            return !served && application->reason == TW_REASON_SEARCH;
        case TW_FIND_SUBSIDISED:
            return application->market >= 0 && application->served &&
                   world->population->blocks[application->block].subsidy_kind[application->row] !=
                       0;
        default:
            return 0;
    }
}

/* Applications of the quarter: before they are delivered, grants after that. */
static void look_through(tw_search_party *party, const tw_world *world)
{
    for (int w = 0; w < world->num_workers; w++) {
        const tw_applications *list = &world->worker[w].applications;
        for (int32_t i = 0; i < list->count; i++) {
            const tw_application *one = &list->row[i];
            if (one->reason == TW_REASON_ARRIVAL) {
                continue;
            }
            const int from = world->population->blocks[one->block].zone[one->row];
            const int to = one->wants & TW_GOT_SECOND ? one->second : one->destination;
            if (is_found(party, world, one, from, to)) {
                keep(party, one->uid, world->quarter, from, to);
            }
        }
    }
}

/* Whether the dwelling is lost in this very quarter. */
static int loses_dwelling(const tw_world *world, const tw_block *block, int32_t row)
{
    if (!(block->flags[row] & TW_DISPLACED) || world->hazard.loss == NULL) {
        return 0;
    }
    const tw_draw draw =
        tw_draw_at(world->key, TW_DRAW_DWELLING_LOST, block->uid[row], world->quarter, 0);
    return tw_uniform(draw.word[0]) < world->hazard.loss[block->zone[row]];
}

static void look_for_displaced(tw_search_party *party, const tw_world *world)
{
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            if (loses_dwelling(world, block, h)) {
                keep(party, block->uid[h], world->quarter, block->zone[h], block->zone[h]);
            }
        }
    }
}

static tw_status see(void *context, tw_world *world, tw_step *step)
{
    tw_search_party *party = context;
    if (party->kind == TW_FIND_DISPLACED && step == tw_pass_changes) {
        look_for_displaced(party, world);
    } else if (step == (party->kind == TW_FIND_SUBSIDISED ? tw_housing_grant : tw_housing_clear)) {
        look_through(party, world);
    }
    return TW_OK;
}

/* Households of both worlds that live in different zones. */
static void look_for_parted(tw_search_party *party, const tw_worlds *worlds)
{
    const tw_population *other = worlds->world[1]->population;
    for (int32_t b = 0; b < worlds->world[0]->population->num_blocks; b++) {
        const tw_block *block = &worlds->world[0]->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            tw_place place;
            if (!tw_population_find(other, block->uid[h], &place)) {
                continue;
            }
            const int there = other->blocks[place.block].zone[place.row];
            if (there != block->zone[h]) {
                keep(party, block->uid[h], worlds->end, block->zone[h], there);
            }
        }
    }
}

/* ---- the run ---- */

static tw_status run_one(const tw_worlds *worlds, int which, const tw_trace_options *options)
{
    tw_world *world = worlds->world[which];
    const int quarters = worlds->end - world->start;
    tw_status status = TW_OK;
    while (world->quarter < worlds->end && status == TW_OK) {
        status = tw_quarter(world);
        if (status == TW_OK && options->progress != NULL &&
            options->progress(options->context, worlds->replicate,
                              which * quarters + world->quarter - world->start,
                              worlds->num * quarters)) {
            status = TW_INTERRUPTED;
        }
    }
    return status;
}

static tw_status run_worlds(tw_worlds *worlds, tw_search_party *party,
                            const tw_trace_options *options)
{
    const tw_watcher watcher = {see, party};
    tw_status status = TW_OK;
    worlds->world[0]->watcher = &watcher;
    for (int i = 0; i < worlds->num && status == TW_OK; i++) {
        status = run_one(worlds, i, options);
    }
    worlds->world[0]->watcher = NULL;
    if (status == TW_OK && party->kind == TW_FIND_PARTED) {
        look_for_parted(party, worlds);
    }
    return status;
}

static int by_quarter(const void *left, const void *right)
{
    const tw_found *a = left, *b = right;
    if (a->quarter != b->quarter) {
        return a->quarter < b->quarter ? -1 : 1;
    }
    return (a->uid > b->uid) - (a->uid < b->uid);
}

static void put_found(const tw_worlds *worlds, tw_search_party *party, FILE *out)
{
    const tw_region *region = worlds->world[0]->region;
    char date[TW_WORDS], from[TW_WORDS], to[TW_WORDS];
    qsort(party->found, (size_t)party->num, sizeof(*party->found), by_quarter);
    fprintf(out, "households that %s: %lld cases, %d shown\n", tw_find_sentence(party->kind),
            (long long)party->all, party->num);
    for (int i = 0; i < party->num; i++) {
        const tw_found *one = &party->found[i];
        fprintf(out, "%20llu  %s  %s", (unsigned long long)one->uid,
                tw_date_words(one->quarter, date), tw_zone_words(region, one->from, from));
        if (one->from != one->to) {
            fprintf(out, " - %s", tw_zone_words(region, one->to, to));
        }
        fprintf(out, "\n");
    }
}

tw_status tw_trace_find(const tw_scenario *scenario, const tw_scenario *other, tw_find_kind kind,
                        const tw_trace_options *options, tw_report *report, FILE *out)
{
    tw_search_party party = {.kind = kind};
    tw_worlds worlds;
    tw_status status =
        tw_worlds_create(scenario, kind == TW_FIND_PARTED ? other : NULL, options, report, &worlds);
    if (status == TW_OK) {
        status = run_worlds(&worlds, &party, options);
    }
    if (status == TW_OK) {
        put_found(&worlds, &party, out);
    }
    tw_worlds_free(&worlds);
    return status;
}
