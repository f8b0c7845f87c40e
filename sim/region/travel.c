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

/** Roads that are there: those of the region in a quarter, then others. */
static int list_roads(const tw_region *region, int32_t quarter, const tw_road *more, int num_more,
                      tw_road *road)
{
    int num = 0;
    for (int k = 0; k < region->num_links; k++) {
        const tw_link *link = &region->links[k];
        road[num] = (tw_road){link->from, link->to, minutes_in(link, quarter)};
        num += road[num].minutes > 0;
    }
    for (int k = 0; k < num_more; k++) {
        road[num++] = more[k];
    }
    return num;
}

static void fill_roads(const tw_road *road, int num_roads, int num, road_lists *roads)
{
    for (int k = 0; k < num_roads; k++) {
        roads->first[road[k].from + 1]++;
        roads->first[road[k].to + 1]++;
    }
    for (int county = 0; county < num; county++) {
        roads->first[county + 1] += roads->first[county];
    }
    int32_t num_ends = roads->first[num];
    for (int k = num_roads - 1; k >= 0; k--) { /* from behind: starts end up as starts */
        int32_t out = --roads->first[road[k].from + 1], in = --roads->first[road[k].to + 1];
        roads->next[out] = road[k].to;
        roads->next[in] = road[k].from;
        roads->minutes[out] = roads->minutes[in] = road[k].minutes;
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

tw_status tw_region_travel_minutes(const tw_region *region, int32_t quarter, const tw_road *roads,
                                   int num_roads, double *minutes)
{
    tw_status status = TW_NO_MEMORY;
    size_t num = (size_t)region->num_counties;
    size_t most = (size_t)region->num_links + (size_t)num_roads + 1;
    tw_road *road = malloc(most * sizeof *road);
    road_lists lists = {.first = calloc(num + 2, sizeof *lists.first),
                        .next = malloc(2 * most * sizeof *lists.next),
                        .minutes = malloc(2 * most * sizeof *lists.minutes)};
    char *done = malloc(num + 1);
    if (road != NULL && lists.first != NULL && lists.next != NULL && lists.minutes != NULL &&
        done != NULL) {
        const int there = list_roads(region, quarter, roads, num_roads, road);
        fill_roads(road, there, region->num_counties, &lists);
        status = all_times(region, &lists, minutes, done);
    }
    free(road);
    free(lists.first);
    free(lists.next);
    free(lists.minutes);
    free(done);
    return status;
}
