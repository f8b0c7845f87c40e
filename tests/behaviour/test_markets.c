/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What markets do to people and people to markets: jobs that go bring unemployment and keep
 * newcomers away, dwellings that are added lower the rent. In a small region and in the shipped
 * one, over pairs of runs that have all luck in common.
 */
#include "pairs.h"

/* ---- jobs ---- */

static void halve_jobs(tw_world *world, const site *at)
{
    double *jobs = &world->work.jobs_start[town_of(world, at->county) * TW_NUM_SECTORS];
    for (int s = 0; s < TW_NUM_SECTORS; s++) {
        jobs[s] /= 2;
    }
}

/* Per cent of those who work outside farming or look for a job. */
static double unemployment(const outcome *out)
{
    const int town = tw_zone(out->county, TW_TOWN);
    const double seeking = (double)TW_AT(&out->sum, seeking, town);
    double employed = (double)TW_AT(&out->sum, self_employed, town);
    for (int s = 0; s < TW_NUM_SECTORS; s++) {
        employed += (double)tw_zone_column(&out->sum, TW_ZONE_employed_industry + s)[town];
    }
    return 100 * seeking / (seeking + employed);
}

static double moves_into_town(const outcome *out)
{
    return (double)TW_AT(&out->sum, moves_in, tw_zone(out->county, TW_TOWN));
}

static double arrivals_in_town(const outcome *out)
{
    return (double)TW_AT(&out->sum, arrivals, tw_zone(out->county, TW_TOWN));
}

static void jobs_that_go_bring_unemployment_and_keep_people_away(void)
{
    const trial halved = {8, SETTINGS("moving.search_level=0.2"), .change = halve_jobs};
    static const expectation expected[] = {
        {"unemployment in the town, per cent", unemployment,     1 },
        {"persons who move into the town",     moves_into_town,  -1},
        {"arrivals from outside in the town",  arrivals_in_town, -1}
    };
    check_everywhere(&halved, expected, 3);
}

/* ---- dwellings ---- */

static void more_dwellings(tw_world *world, const site *at)
{
    int64_t *stock = &TW_AT(&world->zones, dwellings, town_of(world, at->county));
    *stock += *stock / 5;
}

/* Three quarters of the empty ones go. */
static void fewer_dwellings(tw_world *world, const site *at)
{
    const int town = town_of(world, at->county);
    int64_t *stock = &TW_AT(&world->zones, dwellings, town);
    *stock -= (*stock - TW_AT(&world->zones, dwellings_used, town)) * 3 / 4;
}

/* Yuan a month. */
static double rent(const outcome *out)
{
    return (double)TW_AT(&out->sum, rent, tw_zone(out->county, TW_TOWN)) / 100;
}

static void more_dwellings_lower_the_rent(void)
{
    const trial more = {4, .change = more_dwellings};
    static const expectation expected = {"rent in the town, yuan a month", rent, -1};
    check_everywhere(&more, &expected, 1);
}

static void fewer_dwellings_raise_the_rent(void)
{
    const trial fewer = {4, .change = fewer_dwellings};
    static const expectation expected = {"rent in the town, yuan a month", rent, 1};
    check_everywhere(&fewer, &expected, 1);
}

int main(void)
{
    RUN(jobs_that_go_bring_unemployment_and_keep_people_away);
    RUN(more_dwellings_lower_the_rent);
    RUN(fewer_dwellings_raise_the_rent);
    forget_starts();
    return REPORT();
}
