/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What holds after every quarter of every scenario, in the small regions and in the shipped one:
 * everything that can be recounted, no stock below zero, flows that explain stocks of persons,
 * dwellings and households, moves that arrive where they go, money that nobody makes.
 */
#include "engine/pass.h"
#include "engine/quarter.h"
#include "test.h"
#include "worlds.h"

enum { QUARTERS = 40 };

/** A run whose quarters are looked at. */
typedef struct run_row {
    const char *folder, *name, *sample;
} run_row;

static const run_row runs[] = {
    {"tests/regions/one",   "baseline.cfg",      "run.sample=1"   },
    {"tests/regions/one",   "plan-2030.cfg",     "run.sample=0.5" },
    {"tests/regions/one",   "hindcast-2010.cfg", "run.sample=1"   },
    {"tests/regions/three", "baseline.cfg",      "run.sample=0.3" },
    {"tests/regions/three", "plan-2030.cfg",     "run.sample=0.3" },
    {"tests/regions/three", "hindcast-2010.cfg", "run.sample=0.3" },
    {"scenarios/xizang",    "baseline.cfg",      "run.sample=0.01"},
    {"scenarios/xizang",    "plan-2030.cfg",     "run.sample=0.02"},
    {"scenarios/xizang",    "hindcast-2010.cfg", "run.sample=0.02"}
};
enum { NUM_RUNS = sizeof runs / sizeof *runs };

/** What is compared: the opening of a quarter with its closing. */
typedef struct quarter_ends {
    const tw_world *world;
    tw_zones opening;
    const tw_zones *closing;
    int64_t account[TW_NUM_ACCOUNTS]; /**< at the opening */
} quarter_ends;

static int64_t sum_of(const tw_zones *zones, int field)
{
    return tw_zones_sum(zones, field, -1);
}

static void check_recount(const quarter_ends *ends)
{
    tw_report *report = tw_report_create();
    CHECK(tw_pass_verify(ends->world, report) == TW_OK);
    if (tw_report_count(report) > 0) {
        fprintf(stderr, "%s\n", tw_report_finding(report, 0).found);
    }
    tw_report_free(report);
}

/* Fields are numbers of persons, households, dwellings, jobs and cents that were paid: none can be
 * below zero. */
static void check_nothing_negative(const quarter_ends *ends)
{
    for (int f = 0; f < TW_NUM_ZONE_FIELDS; f++) {
        for (int z = 0; z < ends->closing->num_zones; z++) {
            const int64_t value = tw_zone_column(ends->closing, f)[z];
            if (value < 0) {
                fprintf(stderr, "%s of zone %d is %lld\n", tw_zone_field_at(f).name, z,
                        (long long)value);
            }
            CHECK(value >= 0);
        }
    }
}

/* A part is at most its whole, zone by zone. */
static void check_parts(const quarter_ends *ends)
{
    static const int part[][2] = {
        {TW_ZONE_dwellings_used,  TW_ZONE_dwellings        },
        {TW_ZONE_public_used,     TW_ZONE_public_dwellings },
        {TW_ZONE_displaced,       TW_ZONE_families         },
        {TW_ZONE_exits,           TW_ZONE_moves_in         },
        {TW_ZONE_returns,         TW_ZONE_moves_in         },
        {TW_ZONE_registered_here, TW_ZONE_registered_region},
        {TW_ZONE_registered_town, TW_ZONE_registered_region}
    };
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        int wrong = 0;
        for (int z = 0; z < ends->closing->num_zones; z++) {
            wrong += tw_zone_column(ends->closing, part[i][0])[z] >
                     tw_zone_column(ends->closing, part[i][1])[z];
        }
        CHECK_EQ_INT(wrong, 0);
    }
}

/* Who goes from one zone to another arrives there. */
static void check_moves_arrive(const quarter_ends *ends)
{
    static const int pair[][2] = {
        {TW_ZONE_moves_in,        TW_ZONE_moves_out       },
        {TW_ZONE_relocated_in,    TW_ZONE_relocated_out   },
        {TW_ZONE_reclassified_in, TW_ZONE_reclassified_out},
        {TW_ZONE_joined_in,       TW_ZONE_joined_out      }
    };
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
        CHECK_EQ_INT(sum_of(ends->closing, pair[i][0]), sum_of(ends->closing, pair[i][1]));
    }
}

/* Town by town: built and rebuilt less lost. Relabelled places bring their dwellings along. */
static void check_dwellings(const quarter_ends *ends)
{
    const tw_zones *now = ends->closing, *before = &ends->opening;
    int wrong = 0;
    for (int z = TW_TOWN; z < now->num_zones; z += TW_NUM_ZONE_KINDS) {
        const int64_t change = TW_AT(now, dwellings, z) + TW_AT(now, public_dwellings, z) -
                               TW_AT(before, dwellings, z) - TW_AT(before, public_dwellings, z);
        const int64_t flows = TW_AT(now, built, z) + TW_AT(now, public_built, z) +
                              TW_AT(now, dwellings_rebuilt, z) - TW_AT(now, dwellings_lost, z) -
                              TW_AT(now, renewal_out, z);
        const int relabelled = TW_AT(now, reclassified_in, z) + TW_AT(now, reclassified_out, z) > 0;
        wrong += !relabelled && change != flows;
    }
    CHECK_EQ_INT(wrong, 0);
}

/* In the whole region: households founded and arrived less ended and departed. */
static void check_households(const quarter_ends *ends)
{
    const tw_zones *now = ends->closing, *before = &ends->opening;
    CHECK_EQ_INT(sum_of(now, TW_ZONE_families) + sum_of(now, TW_ZONE_collectives),
                 sum_of(before, TW_ZONE_families) + sum_of(before, TW_ZONE_collectives) +
                     sum_of(now, TW_ZONE_founded) + sum_of(now, TW_ZONE_households_in) -
                     sum_of(now, TW_ZONE_dissolved) - sum_of(now, TW_ZONE_households_out));
}

/* Everybody is registered in the region or outside; who arrives comes after the count. Students who
 * leave count where they are registered. */
static void check_registration(const quarter_ends *ends)
{
    CHECK(sum_of(ends->closing, TW_ZONE_students_out) <= sum_of(ends->closing, TW_ZONE_departures));
    CHECK_EQ_INT(sum_of(ends->closing, TW_ZONE_registered_region) +
                     sum_of(ends->closing, TW_ZONE_outsiders) +
                     sum_of(ends->closing, TW_ZONE_arrivals),
                 sum_of(ends->closing, TW_ZONE_persons));
}

/* Nobody has less than nothing or owes less than nothing. */
static void check_purses(const quarter_ends *ends)
{
    int64_t below = 0;
    for (int32_t b = 0; b < ends->world->population->num_blocks; b++) {
        const tw_block *block = &ends->world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            below += block->savings[h] < 0 || block->debt[h] < 0;
        }
    }
    CHECK_EQ_INT(below, 0);
}

/* What others paid in the quarter is what households and the others received: no cent is made. */
static void check_accounts(const quarter_ends *ends)
{
    static const int from_firms[] = {TW_ZONE_wages_private, TW_ZONE_farm_income,
                                     TW_ZONE_land_rent_paid};
    int64_t all = 0, firms = sum_of(ends->closing, TW_ZONE_consumed);
    for (size_t i = 0; i < sizeof from_firms / sizeof *from_firms; i++) {
        firms -= sum_of(ends->closing, from_firms[i]);
    }
    /* Units and levels of programmes are paid to firms, or to the county for what it pays. */
    for (int i = 0; i < ends->world->num_programmes; i++) {
        const tw_programme *programme = tw_scenario_programme(ends->world->scenario, i);
        const int others = tw_lever_row_at((int)programme->lever).kind == TW_KIND_GRANT ||
                           programme->lever == TW_LEVER_MINIMUM_LIVING ||
                           programme->lever == TW_LEVER_MONEY_FOLLOWS;
        const double cents = (double)ends->world->programme[i].quarter_cents;
        firms += others ? 0 : tw_round(cents * ends->world->sample);
    }
    for (int a = 0; a < TW_NUM_ACCOUNTS; a++) {
        all += ends->world->budget.account[a] - ends->account[a];
    }
    CHECK_EQ_INT(all, 0);
    CHECK_EQ_INT(ends->world->budget.account[TW_ACCOUNT_FIRMS] - ends->account[TW_ACCOUNT_FIRMS],
                 firms);
}

static void check_quarter(const quarter_ends *ends)
{
    check_recount(ends);
    check_nothing_negative(ends);
    check_parts(ends);
    check_moves_arrive(ends);
    CHECK_EQ_INT(persons_unexplained(&ends->opening, ends->closing), 0);
    check_dwellings(ends);
    check_households(ends);
    check_registration(ends);
    check_purses(ends);
    check_accounts(ends);
}

static void check_run(const run_row *row)
{
    tw_scenario *scenario = scenario_in(row->folder, row->name, TEXTS(row->sample));
    tw_world *world = world_of(scenario, start_of(scenario), 2);
    quarter_ends ends = {.world = world, .closing = &world->zones};
    CHECK(tw_zones_create(world->num_zones, &ends.opening) == TW_OK);
    const int before = test_failures;
    for (int q = 0; q < QUARTERS && test_failures == before; q++) {
        tw_zones_clear(&ends.opening, 0, TW_NUM_ZONE_FIELDS);
        tw_zones_join(&ends.opening, &world->zones, 0, TW_NUM_ZONE_FIELDS);
        memcpy(ends.account, world->budget.account, sizeof ends.account);
        CHECK(tw_quarter(world) == TW_OK);
        check_quarter(&ends);
        if (test_failures > before) {
            fprintf(stderr, "%s/%s, quarter %d of the run\n", row->folder, row->name, q + 1);
        }
    }
    tw_zones_free(&ends.opening);
    tw_world_free(world);
    tw_scenario_free(scenario);
}

static void every_quarter_of_every_run(void)
{
    for (int r = 0; r < NUM_RUNS; r++) {
        check_run(&runs[r]);
    }
}

int main(void)
{
    RUN(every_quarter_of_every_run);
    return REPORT();
}
