/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What services and rural investment do to moves: a town short of school places keeps families with
 * school children away more than others; jobs made in villages alone slow the growth of towns. In a
 * small region and in the shipped one, over pairs of runs that have all luck in common.
 */
#include "pairs.h"

/* ---- schools ---- */

static void close_schools(tw_world *world, const site *at)
{
    TW_AT(&world->zones, places_school, town_of(world, at->county)) /= 4;
}

static double families_with_children(const outcome *out)
{
    return (double)out->families[1];
}

static double other_families(const outcome *out)
{
    return (double)out->families[0];
}

/* Families with children among those who come; what keeps all away alike leaves it as it is. */
static double share_with_children(const outcome *out)
{
    const double all = (double)(out->families[0] + out->families[1]);
    return all > 0 ? (double)out->families[1] / all : 0;
}

static void fewer_school_places_keep_families_with_children_away(void)
{
    const trial closed = {8, SETTINGS("moving.search_level=0.3", "moving.school=1"),
                          .change = close_schools};
    static const expectation expected[] = {
        {"families with school children who move into the town", families_with_children, -1},
        {"their share in all families who move there",           share_with_children,    -1},
        {"other families who move there",                        other_families,         0 }
    };
    check_everywhere(&closed, expected, 3);
}

/* ---- villages ---- */

/* Half as many jobs again in every village as people there hold now. */
static void village_jobs(tw_world *world, const site *at)
{
    (void)at;
    for (int z = TW_RURAL; z < world->num_zones; z += TW_NUM_ZONE_KINDS) {
        for (int s = 0; s < TW_NUM_SECTORS; s++) {
            tw_add_jobs(world, z, s, world->work.jobs_start[z * TW_NUM_SECTORS + s] / 2);
        }
    }
}

/* Persons who moved from villages into towns by own choice. */
static double exits(const outcome *out)
{
    return (double)tw_zones_sum(&out->sum, TW_ZONE_exits, TW_TOWN);
}

/* Per cent. */
static double urbanization_rate(const outcome *out)
{
    return 100 * (double)tw_zones_sum(&out->sum, TW_ZONE_persons, TW_TOWN) /
           (double)tw_zones_sum(&out->sum, TW_ZONE_persons, -1);
}

static void rural_investment_alone_slows_urbanization(void)
{
    const trial jobs = {8, SETTINGS("moving.search_level=0.2"), .change = village_jobs};
    static const expectation expected[] = {
        {"persons who leave villages for towns", exits,             -1},
        {"urbanization rate, per cent",          urbanization_rate, -1}
    };
    check_everywhere(&jobs, expected, 2);
}

int main(void)
{
    RUN(fewer_school_places_keep_families_with_children_away);
    RUN(rural_investment_alone_slows_urbanization);
    forget_starts();
    return REPORT();
}
