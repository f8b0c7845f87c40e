/* SPDX-License-Identifier: Apache-2.0 */
/** What towns of a circle reach of each other's spare places. */
#include <string.h>

#include "process/services/services.h"

/* What is given is taken off the giver's own, so that it is not given twice. */
static double spare_of(const double *places, const double *load, const double *reached, int town)
{
    const double spare = places[town] + reached[town] - load[town];
    return spare > 0 ? spare : 0;
}

/* Part of what a town lacks that it seeks in a member, at most what it still lacks. */
static double sought(const tw_region *region, const tw_settings *settings, const double *minutes,
                     const double *more, int from, int to, double lacks, double has)
{
    const double way = minutes[from * region->num_counties + to];
    const double whole = settings->integration + more[from];
    const double part = (whole < 1 ? whole : 1) * tw_exp(-way / settings->reach_minutes) * lacks;
    return part < lacks - has ? part : lacks - has;
}

static void share_spare(const tw_region *region, const tw_settings *settings, const double *minutes,
                        const double *more, const tw_group *circle, int giver, const double *places,
                        const double *load, double *reached)
{
    const double spare = spare_of(places, load, reached, tw_zone(giver, TW_TOWN));
    double asked = 0, given = 0;
    for (int pass = 0; pass < 2 && spare > 0; pass++) {
        const double part = asked > spare ? spare / asked : 1;
        for (int k = 0; k < circle->num_counties; k++) {
            const int town = tw_zone(circle->counties[k], TW_TOWN);
            const double lacks = load[town] - places[town];
            if (lacks <= 0) {
                continue;
            }
            const double seeks = sought(region, settings, minutes, more, circle->counties[k], giver,
                                        lacks, reached[town]);
            asked += pass == 0 ? seeks : 0;
            reached[town] += pass == 1 ? part * seeks : 0;
            given += pass == 1 ? part * seeks : 0;
        }
    }
    reached[tw_zone(giver, TW_TOWN)] -= given;
}

void tw_services_reach(const tw_region *region, const tw_settings *settings, const double *minutes,
                       const double *more, const double *places, const double *load,
                       double *reached)
{
    memset(reached, 0, (size_t)(TW_NUM_ZONE_KINDS * region->num_counties) * sizeof(*reached));
    for (int i = 0; i < region->num_circles; i++) {
        const tw_group *circle = &region->groups[region->circles[i]];
        for (int k = 0; k < circle->num_counties; k++) {
            share_spare(region, settings, minutes, more, circle, circle->counties[k], places, load,
                        reached);
        }
    }
}
