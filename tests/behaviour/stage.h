/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A stage for the choice of a place: a world of which a test sets what places are worth, a million
 * identical households that search through tw_moving_block, and the nested logit they follow.
 */
#ifndef TOWNWARD_TEST_STAGE_H
#define TOWNWARD_TEST_STAGE_H

#include "population/block.h"
#include "process/moving/moving.h"
#include "process/moving/nests.h"
#include "property/worlds.h"
#include "test.h"

enum { N = 1000000, BATCH = 10000, STAYS = -1 };

/** A world of which the test sets what places are worth, and identical households that search. */
typedef struct stage {
    tw_scenario *scenario;
    tw_world *world;
    int zone;       /**< where all of them live */
    tw_block block; /**< BATCH households of one person */
    tw_candidate *candidate;
    int16_t *chosen; /**< [N] county whose town was chosen, or STAYS */
} stage;

/* A person of 30, registered where it lives, without land or a place chosen before. */
static inline void fill_block(stage *on)
{
    const tw_household household = {.land_zone = TW_NO_ZONE,
                                    .taste_zone = TW_NO_ZONE,
                                    .tenure = TW_RURAL_HOUSE,
                                    .zone = (int16_t)on->zone};
    const tw_person person = {.registered_zone = (int16_t)on->zone,
                              .birth_quarter = (int16_t)(on->world->quarter - 120)};
    CHECK(tw_block_reserve(&on->block, BATCH, BATCH) == TW_OK);
    for (int i = 0; i < BATCH; i++) {
        tw_block_append(&on->block, &household, 1, &person);
        on->candidate[i] = (tw_candidate){.row = i}; /* leading bits 0: it surely searches */
    }
}

/* Places are worth what the test says; near and far, friends, rents and services count nothing. */
static inline void set_values(tw_world *world, double step)
{
    const size_t n = (size_t)world->num_counties;
    memset(world->places.nearness, 0, n * (size_t)world->num_zones * sizeof(double));
    memset(world->places.network, 0, n * n * sizeof(double));
    for (size_t c = 0; c < n; c++) {
        const double value = step * (double)(c * 5 % 7);
        for (size_t k = 0; k < sizeof world->places.town / sizeof *world->places.town; k++) {
            world->places.town[k][c] = value; /* whoever is paid for moving, or not */
        }
        world->places.village[c] = 0.6;
    }
}

static inline void set_stage_with(stage *on, const char *folder, const char *const *texts, int num,
                                  int32_t county, int kind)
{
    *on = (stage){.scenario = scenario_in(folder, "baseline.cfg", texts, num)};
    on->world = world_of(on->scenario, start_of(on->scenario), 1);
    on->zone = tw_zone(tw_region_find_county(on->world->region, county), kind);
    on->candidate = room(BATCH, sizeof *on->candidate);
    on->chosen = room(N, sizeof *on->chosen);
    fill_block(on);
    set_values(on->world, 0.25);
}

static inline void set_stage(stage *on, const char *folder, const char *sample, int32_t county,
                             int kind)
{
    set_stage_with(on, folder, TEXTS(sample, "process.services=none"), county, kind);
}

static inline void clear_stage(stage *on)
{
    tw_block_free(&on->block);
    tw_world_free(on->world);
    tw_scenario_free(on->scenario);
    free(on->candidate);
    free(on->chosen);
}

/* The households of one batch search. Their uids are from first + 1 on. */
static inline void search_batch(stage *on, int first)
{
    tw_worker *worker = &on->world->worker[0];
    const tw_block lent = on->world->population->blocks[0];
    tw_candidate *acting = worker->acting;
    for (int i = 0; i < BATCH; i++) {
        on->block.uid[i] = on->block.person_uid[i] = (uint64_t)(first + i + 1);
        on->chosen[first + i] = STAYS;
    }
    on->world->population->blocks[0] = on->block;
    worker->acting = on->candidate;
    worker->num_acting = BATCH;
    worker->applications.count = 0;
    CHECK(tw_moving_block(on->world, worker, 0) == TW_OK);
    for (int i = 0; i < worker->applications.count; i++) {
        const tw_application *application = &worker->applications.row[i];
        on->chosen[first + application->row] =
            (int16_t)(application->destination / TW_NUM_ZONE_KINDS);
    }
    worker->applications.count = 0;
    worker->num_acting = 0;
    worker->acting = acting;
    on->world->population->blocks[0] = lent;
}

static inline void all_search(stage *on)
{
    TW_AT(&on->world->worker[0].tally, searches, on->zone) = 0;
    for (int first = 0; first < N; first += BATCH) {
        search_batch(on, first);
    }
    CHECK_EQ_INT(TW_AT(&on->world->worker[0].tally, searches, on->zone), N);
}

/** An alternative: a town by its county, or the own village. */
typedef struct place {
    double utility;
    int nest, chosen; /**< county, or STAYS for the present place */
} place;

/* What a household compares: all towns, and its village if it lives there. Returns their number. */
static inline int places_of(const stage *on, place *all)
{
    const tw_world *world = on->world;
    const int county = on->zone / TW_NUM_ZONE_KINDS, in_town = tw_is_town(on->zone);
    for (int c = 0; c < world->num_counties; c++) {
        const int here = in_town && c == county;
        const double cost = here ? 0 : world->settings->moving_cost;
        all[c] = (place){world->places.town[0][c] - cost,
                         (int)tw_nest_of(world->region->counties[c].tier), here ? STAYS : c};
    }
    all[world->num_counties] = (place){world->places.village[county], TW_NEST_VILLAGE, STAYS};
    return world->num_counties + !in_town;
}

/* P(j) = (sum of the nest)^lambda / sum over nests * exp(V_j / lambda) / sum of the nest. */
static inline void nested_logit(const place *all, int num, double lambda, double *share)
{
    double sum[TW_NUM_NESTS] = {0}, total = 0;
    for (int i = 0; i < num; i++) {
        sum[all[i].nest] += exp(all[i].utility / lambda);
    }
    for (int n = 0; n < TW_NUM_NESTS; n++) {
        total += sum[n] > 0 ? pow(sum[n], lambda) : 0;
    }
    for (int i = 0; i < num; i++) {
        const double nest = sum[all[i].nest];
        share[i] = pow(nest, lambda) / total * exp(all[i].utility / lambda) / nest;
    }
}

#endif
