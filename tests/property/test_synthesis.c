/* SPDX-License-Identifier: Apache-2.0 */
/** The starting population of the shipped region: exact totals, unique uids, no thread enters. */
#include "townward/synthesis.h"

#include <stdlib.h>

#include "population/block.h"
#include "test.h"

static tw_region *region;

static tw_population *made(int census, int threads, int32_t block_size, tw_fit *fit)
{
    const tw_synthesis_options options = {census, block_size, threads, 0.7, 1.5,  0.35,
                                          0.35,   0.3,        0.05,    0.6, 0.03, 0.05};
    tw_population *population = NULL;
    CHECK(tw_synthesize(region, &options, NULL, fit, &population) == TW_OK);
    return population;
}

static void totals_are_the_census(void)
{
    static const int64_t expected[2][3] = {
        {3002165, 680589,  670838 },
        {3648100, 1303443, 1014090}
    };
    for (int census = 0; census < 2; census++) {
        tw_fit fit;
        tw_population *population = made(census, 2, 2048, &fit);
        const tw_population_totals totals = tw_population_count(population);
        CHECK_EQ_INT(totals.persons, expected[census][0]);
        CHECK_EQ_INT(totals.urban_persons, expected[census][1]);
        CHECK_EQ_INT(totals.families, expected[census][2]);
        /* The first six margins are exact in every county, age x sex among them. */
        for (int i = 0; i < 6; i++) {
            CHECK_EQ_INT(fit.row[i].worst_error, 0);
        }
        tw_population_free(population);
    }
}

static void same_for_threads_and_blocks(void)
{
    tw_population *first = made(1, 1, 2048, NULL);
    const tw_digest digest = tw_population_digest(first, 1);
    static const int threads[] = {2, 3, 2}, blocks[] = {2048, 256, 8192};
    for (int i = 0; i < 3; i++) {
        tw_population *other = made(1, threads[i], blocks[i], NULL);
        const tw_digest again = tw_population_digest(other, 1);
        CHECK(digest.low == again.low && digest.high == again.high);
        tw_population_free(other);
    }
    tw_population_free(first);
}

static int compare(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static void uids_are_unique_and_ages_plausible(void)
{
    tw_population *population = made(1, 2, 2048, NULL);
    const tw_population_totals totals = tw_population_count(population);
    const int64_t num = totals.persons + totals.families + totals.collectives;
    uint64_t *uid = malloc((size_t)num * sizeof(*uid));
    int64_t at = 0, equal = 0, negative = 0, child_heads = 0;
    for (int32_t b = 0; b < population->num_blocks; b++) {
        const tw_block *block = &population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            uid[at++] = block->uid[h];
            const int age =
                tw_age(block->birth_quarter[block->first_person[h]], tw_quarter_of(2020, 11));
            child_heads += age < 18 && block->tenure[h] != TW_COLLECTIVE;
        }
        for (int32_t p = 0; p < block->num_persons; p++) {
            uid[at++] = block->person_uid[p];
            negative += block->birth_quarter[p] > tw_quarter_of(2020, 11);
        }
    }
    qsort(uid, (size_t)num, sizeof(*uid), compare);
    for (int64_t i = 1; i < num; i++) {
        equal += uid[i] == uid[i - 1];
    }
    CHECK_EQ_INT(equal, 0);
    CHECK_EQ_INT(negative, 0);
    CHECK(child_heads * 1000 < totals.families);
    free(uid);
    tw_population_free(population);
}

int main(void)
{
    char path[4096];
    const char *folder = getenv("TOWNWARD_SOURCE");
    snprintf(path, sizeof path, "%s/scenarios/xizang/region.cfg", folder == NULL ? "." : folder);
    if (tw_region_read(path, NULL, &region) != TW_OK) {
        fprintf(stderr, "cannot read %s\n", path);
        return 1;
    }
    RUN(totals_are_the_census);
    RUN(same_for_threads_and_blocks);
    RUN(uids_are_unique_and_ages_plausible);
    tw_region_free(region);
    return REPORT();
}
