/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Grants by kind of household, on a small region with all its households: each kind is paid its own
 * amount, what it was granted for it keeps, nobody else is paid; a programme for each kind does
 * what one for all does, to the bit; the same for any number of threads.
 */
#include <stdlib.h>

#include "engine/pass.h"
#include "engine/quarter.h"
#include "engine/world.h"
#include "process/members.h"
#include "test.h"
#include "worlds.h"

#define RENT   "levers.housing.rent_subsidy."
#define SETTLE "levers.housing.settling_grant."
#define WHOLE  "run.sample=1"
enum { QUARTERS = 10 };

static tw_population *start;

static tw_scenario *scenario_by(const char *const *texts, int num)
{
    return scenario_in("tests/property", "grants_by_kind.cfg", texts, num);
}

static int programme_named(const tw_world *world, tw_lever lever, const char *name)
{
    for (int i = 0; i < world->num_programmes; i++) {
        const tw_programme *programme = tw_scenario_programme(world->scenario, i);
        if (programme->lever == lever && strcmp(programme->name, name) == 0) {
            return i;
        }
    }
    CHECK(0);
    return 0;
}

/** Households that receive the rental subsidy, by the kind it was granted to. */
typedef struct counts {
    int64_t of_kind[TW_NUM_HOUSEHOLD_KINDS], changed;
} counts;

static counts count_subsidised(const tw_world *world)
{
    counts out = {{0}, 0};
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            if (block->subsidy_kind[h] > 0) {
                const int now = (int)tw_kind_of_household(world, block, h);
                out.of_kind[block->subsidy_kind[h] - 1]++;
                out.changed += now != block->subsidy_kind[h] - 1;
                CHECK(now == block->subsidy_kind[h] - 1 ||
                      block->moved_quarter[h] < world->quarter);
            }
        }
    }
    return out;
}

/* After a quarter: whole payments of its own amount, to those who had it when the quarter opened.
 */
static void check_paid(const tw_world *world, const char *name, int64_t yuan, int64_t *paid)
{
    const int i = programme_named(world, TW_LEVER_RENT_SUBSIDY, name);
    CHECK_EQ_INT(world->programme[i].quarter_cents, world->programme[i].units * 300 * yuan);
    *paid += world->programme[i].units;
}

static void each_kind_is_paid_its_own_amount(void)
{
    tw_scenario *scenario = scenario_by(
        TEXTS(WHOLE, RENT "family.yuan_per_month=700", RENT "single.yuan_per_month=300"));
    tw_world *world = world_of(scenario, copy_of(start), 2);
    int64_t families = 0, singles = 0, changed = 0;
    for (int q = 0; q < QUARTERS; q++) {
        CHECK(tw_quarter(world) == TW_OK);
        const counts now = count_subsidised(world);
        check_paid(world, "family", 700, &families);
        check_paid(world, "single", 300, &singles);
        CHECK_EQ_INT(now.of_kind[TW_HOUSEHOLD_COLLECTIVE] + now.of_kind[TW_HOUSEHOLD_COUPLE] +
                         now.of_kind[TW_HOUSEHOLD_OTHER],
                     0);
        changed += now.changed;
    }
    printf(
        "       %lld payments to families, %lld to single persons; %lld quarters of households "
        "that are of another kind by now\n",
        (long long)families, (long long)singles, (long long)changed);
    CHECK(families > 20 && singles > 20 && changed > 0);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

/* Places are worth more to those who would be paid, and to nobody else. */
static void only_they_are_drawn(void)
{
    tw_scenario *scenario = scenario_by(TEXTS(WHOLE, RENT "couple.yuan_per_month=700",
                                              SETTLE "childless.yuan_per_household=50000"));
    tw_world *world = world_of(scenario, copy_of(start), 1);
    double *const *town = world->places.town;
    CHECK(tw_quarter(world) == TW_OK);
    for (int kind = 0; kind < TW_NUM_HOUSEHOLD_KINDS; kind++) {
        const int rented = kind == TW_HOUSEHOLD_COUPLE, family = kind == TW_HOUSEHOLD_WITH_CHILDREN;
        for (int c = 0; c < world->num_counties; c++) {
            CHECK((town[4 * kind + 1][c] > town[0][c]) == rented);
            CHECK((town[4 * kind + 2][c] > town[0][c]) == !family);
            CHECK(rented || family || town[4 * kind + 3][c] == town[4 * kind + 2][c]);
        }
    }
    tw_world_free(world);
    tw_scenario_free(scenario);
}

/** What a run left. */
typedef struct outcome {
    tw_digest digest;
    int64_t rent_cents, settling_cents;
} outcome;

static outcome outcome_of(const char *const *texts, int num, int threads)
{
    tw_scenario *scenario = scenario_by(texts, num);
    tw_world *world = world_of(scenario, copy_of(start), threads);
    outcome out = {
        {0, 0},
        0, 0
    };
    for (int q = 0; q < QUARTERS; q++) {
        CHECK(tw_quarter(world) == TW_OK);
        for (int i = 0; i < world->num_programmes; i++) {
            const tw_lever lever = tw_scenario_programme(scenario, i)->lever;
            const int64_t cents = world->programme[i].quarter_cents;
            out.rent_cents += lever == TW_LEVER_RENT_SUBSIDY ? cents : 0;
            out.settling_cents += lever == TW_LEVER_SETTLING_GRANT ? cents : 0;
        }
    }
    CHECK(tw_pass_verify(world, NULL) == TW_OK);
    out.digest = tw_population_digest(world->population, 1);
    tw_world_free(world);
    tw_scenario_free(scenario);
    return out;
}

static int same(const outcome *a, const outcome *b)
{
    return a->digest.low == b->digest.low && a->digest.high == b->digest.high &&
           a->rent_cents == b->rent_cents && a->settling_cents == b->settling_cents;
}

static void one_programme_a_kind_is_one_for_all(void)
{
    const char *const every[] = {WHOLE, RENT "every.yuan_per_month=500",
                                 SETTLE "every.yuan_per_household=20000"};
    const char *const by_kind[] = {WHOLE,
                                   RENT "dormitory.yuan_per_month=500",
                                   RENT "single.yuan_per_month=500",
                                   RENT "couple.yuan_per_month=500",
                                   RENT "family.yuan_per_month=500",
                                   RENT "other.yuan_per_month=500",
                                   SETTLE "family.yuan_per_household=20000",
                                   SETTLE "childless.yuan_per_household=20000"};
    const char *const unequal[] = {WHOLE, RENT "family.yuan_per_month=500",
                                   SETTLE "childless.yuan_per_household=20000"};
    const outcome one = outcome_of(every, 3, 1), five = outcome_of(by_kind, 8, 2);
    const outcome some = outcome_of(unequal, 3, 1), again = outcome_of(unequal, 3, 3);
    CHECK(one.rent_cents > 0 && one.settling_cents > 0);
    CHECK(same(&one, &five));
    CHECK(!same(&one, &some) && same(&some, &again));
    CHECK(some.rent_cents < one.rent_cents && some.settling_cents < one.settling_cents);
}

int main(void)
{
    tw_scenario *scenario = scenario_by(TEXTS(WHOLE));
    start = start_of(scenario);
    tw_scenario_free(scenario);
    RUN(each_kind_is_paid_its_own_amount);
    RUN(only_they_are_drawn);
    RUN(one_programme_a_kind_is_one_for_all);
    tw_population_free(start);
    return REPORT();
}
