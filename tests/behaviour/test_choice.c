/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The choice of a place as households make it in a quarter, through tw_moving_block: a million
 * identical ones that search choose in the shares of the nested logit, and a place that becomes
 * better draws people without moving anyone between two others.
 */
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
static void fill_block(stage *on)
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
static void set_values(tw_world *world, double step)
{
    const size_t n = (size_t)world->num_counties;
    memset(world->places.nearness, 0, n * (size_t)world->num_zones * sizeof(double));
    memset(world->places.network, 0, n * n * sizeof(double));
    for (size_t c = 0; c < n; c++) {
        const double value = step * (double)(c * 5 % 7);
        world->places.town[0][c] = world->places.town[1][c] = value;
        world->places.village[c] = 0.6;
    }
}

static void set_stage(stage *on, const char *folder, const char *sample, int32_t county, int kind)
{
    *on = (stage){.scenario =
                      scenario_in(folder, "baseline.cfg", TEXTS(sample, "process.services=none"))};
    on->world = world_of(on->scenario, start_of(on->scenario), 1);
    on->zone = tw_zone(tw_region_find_county(on->world->region, county), kind);
    on->candidate = room(BATCH, sizeof *on->candidate);
    on->chosen = room(N, sizeof *on->chosen);
    fill_block(on);
    set_values(on->world, 0.25);
}

static void clear_stage(stage *on)
{
    tw_block_free(&on->block);
    tw_world_free(on->world);
    tw_scenario_free(on->scenario);
    free(on->candidate);
    free(on->chosen);
}

/* The households of one batch search. Their uids are from first + 1 on. */
static void search_batch(stage *on, int first)
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

static void all_search(stage *on)
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
static int places_of(const stage *on, place *all)
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
static void nested_logit(const place *all, int num, double lambda, double *share)
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

/* `most` standard errors of a share, and three of chi-square over all of them. */
static void check_shares(stage *on, double most)
{
    place all[128];
    double share[128], square = 0, farthest = 0, sum = 0;
    const int num = places_of(on, all);
    nested_logit(all, num, on->world->settings->dissimilarity, share);
    all_search(on);
    for (int i = 0; i < num; i++) {
        int64_t count = 0;
        for (int k = 0; k < N; k++) {
            count += on->chosen[k] == all[i].chosen;
        }
        const double off = ((double)count - N * share[i]) / sqrt(N * share[i] * (1 - share[i]));
        farthest = fabs(off) > farthest ? fabs(off) : farthest;
        square += off * off * (1 - share[i]);
        sum += share[i];
    }
    printf("       %d places: farthest %.2f standard errors, chi-square %.1f of %d\n", num,
           farthest, square, num - 1);
    CHECK_NEAR(sum, 1, 1e-12);
    CHECK(farthest < most);
    CHECK(square < num - 1 + 3 * sqrt(2.0 * (num - 1)));
}

static void villagers_choose_by_the_nested_logit(void)
{
    stage on;
    set_stage(&on, "tests/regions/three", "run.sample=0.01", 540521, TW_RURAL);
    check_shares(&on, 3);
    clear_stage(&on);
}

static void townspeople_choose_by_the_nested_logit(void)
{
    stage on;
    set_stage(&on, "tests/regions/three", "run.sample=0.01", 540521, TW_TOWN);
    check_shares(&on, 3);
    clear_stage(&on);
}

/* Of 75 places the farthest is expected to be 2.5 standard errors off. */
static void so_they_do_among_all_towns(void)
{
    stage on;
    set_stage(&on, "scenarios/xizang", "run.sample=0.001", 540521, TW_RURAL);
    check_shares(&on, 4);
    clear_stage(&on);
}

/* Exactly: nobody of a million. */
static void nobody_switches_between_others(void)
{
    stage on;
    set_stage(&on, "tests/regions/three", "run.sample=0.01", 540521, TW_RURAL);
    for (int raised = 0; raised < on.world->num_counties; raised++) {
        int drawn = 0, switched = 0;
        all_search(&on);
        int16_t *before = room(N, sizeof *before);
        memcpy(before, on.chosen, N * sizeof *before);
        on.world->places.town[0][raised] += 0.5;
        on.world->places.town[1][raised] += 0.5;
        all_search(&on);
        for (int k = 0; k < N; k++) {
            drawn += before[k] != on.chosen[k] && on.chosen[k] == raised;
            switched += before[k] != on.chosen[k] && on.chosen[k] != raised;
        }
        printf("       a better place draws %d of %d, %d switch between others\n", drawn, N,
               switched);
        CHECK(drawn > N / 100);
        CHECK_EQ_INT(switched, 0);
        free(before);
    }
    clear_stage(&on);
}

int main(void)
{
    RUN(villagers_choose_by_the_nested_logit);
    RUN(townspeople_choose_by_the_nested_logit);
    RUN(so_they_do_among_all_towns);
    RUN(nobody_switches_between_others);
    return REPORT();
}
