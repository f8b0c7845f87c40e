/* SPDX-License-Identifier: Apache-2.0 */
/** Shortest travel times over the roads as they are in a quarter (Dijkstra from every county). */
#include <float.h>
#include <stdlib.h>

#include "townward/region.h"

/** Minutes of a link in a quarter, 0 = no such road yet. */
static double minutes_in(const tw_link *link, int32_t quarter)
{
    return quarter >= link->opens ? link->minutes : link->minutes_before;
}

/** Roads by county: those of county c are next[first[c]] .. next[first[c + 1] - 1]. */
typedef struct road_lists {
    int32_t *first, *next;
    double *minutes;
} road_lists;

static void fill_roads(const tw_region *region, int32_t quarter, road_lists *roads)
{
    int num = region->num_counties;
    for (int k = 0; k < region->num_links; k++) {
        const tw_link *link = &region->links[k];
        if (minutes_in(link, quarter) > 0) {
            roads->first[link->from + 1]++;
            roads->first[link->to + 1]++;
        }
    }
    for (int county = 0; county < num; county++) {
        roads->first[county + 1] += roads->first[county];
    }
    int32_t num_ends = roads->first[num];
    for (int k = region->num_links - 1; k >= 0; k--) { /* from behind: starts end up as starts */
        const tw_link *link = &region->links[k];
        double minutes = minutes_in(link, quarter);
        if (minutes > 0) {
            int32_t out = --roads->first[link->from + 1], in = --roads->first[link->to + 1];
            roads->next[out] = link->to;
            roads->next[in] = link->from;
            roads->minutes[out] = roads->minutes[in] = minutes;
        }
    }
    for (int county = 0; county < num; county++) { /* entry c + 1 holds the start of c: move down */
        roads->first[county] = roads->first[county + 1];
    }
    roads->first[num] = num_ends;
}

/** Times from one county; the nearest unfinished county is finished next, the lower of equals. */
static void times_from(int from, int num, const road_lists *roads, double *minutes, char *done)
{
    for (int county = 0; county < num; county++) {
        minutes[county] = DBL_MAX;
        done[county] = 0;
    }
    minutes[from] = 0;
    for (int step = 0; step < num; step++) {
        int nearest = -1;
        for (int county = 0; county < num; county++) {
            if (!done[county] && minutes[county] < DBL_MAX &&
                (nearest < 0 || minutes[county] < minutes[nearest])) {
                nearest = county;
            }
        }
        if (nearest < 0) {
            return;
        }
        done[nearest] = 1;
        for (int32_t k = roads->first[nearest]; k < roads->first[nearest + 1]; k++) {
            double by = minutes[nearest] + roads->minutes[k];
            if (by < minutes[roads->next[k]]) {
                minutes[roads->next[k]] = by;
            }
        }
    }
}

static tw_status all_times(const tw_region *region, const road_lists *roads, double *minutes,
                           char *done)
{
    int num = region->num_counties;
    for (int from = 0; from < num; from++) {
        double *row = minutes + (size_t)from * (size_t)num;
        times_from(from, num, roads, row, done);
        for (int to = 0; to < num; to++) {
            if (!(row[to] < DBL_MAX)) {
                return TW_BAD_STATE;
            }
        }
        for (int to = 0; to < from; to++) { /* the way back is added in another order */
            row[to] = minutes[(size_t)to * (size_t)num + (size_t)from];
        }
    }
    return TW_OK;
}

tw_status tw_region_travel_minutes(const tw_region *region, int32_t quarter, double *minutes)
{
    tw_status status = TW_NO_MEMORY;
    size_t num = (size_t)region->num_counties, num_ends = 2 * (size_t)region->num_links + 1;
    road_lists roads = {.first = calloc(num + 2, sizeof *roads.first),
                        .next = malloc(num_ends * sizeof *roads.next),
                        .minutes = malloc(num_ends * sizeof *roads.minutes)};
    char *done = malloc(num + 1);
    if (roads.first != NULL && roads.next != NULL && roads.minutes != NULL && done != NULL) {
        fill_roads(region, quarter, &roads);
        status = all_times(region, &roads, minutes, done);
    }
    free(roads.first);
    free(roads.next);
    free(roads.minutes);
    free(done);
    return status;
}
