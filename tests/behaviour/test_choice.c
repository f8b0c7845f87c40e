/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The choice of a place as households make it in a quarter, through tw_moving_block: a million
 * identical ones that search choose in the shares of the nested logit, and a place that becomes
 * better draws people without moving anyone between two others.
 */
#include "stage.h"

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
