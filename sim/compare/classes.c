/* SPDX-License-Identifier: Apache-2.0 */
/** Sums of integers over persons: neither threads nor blocks can enter. */
#include "compare/classes.h"

#include <stdlib.h>

static size_t persons_cells(int32_t counties)
{
    return (size_t)TW_NUM_CLASSES * TW_NUM_STARTS * (size_t)counties;
}

static size_t flow_cells(int32_t counties)
{
    return (size_t)TW_FLOW_CLASSES * (size_t)counties * (size_t)counties;
}

tw_status tw_class_counts_create(int32_t num_counties, tw_class_counts *out)
{
    *out = (tw_class_counts){.num_counties = num_counties};
    out->persons = calloc(persons_cells(num_counties) + 1, sizeof(int64_t));
    out->only_town = calloc(2 * (size_t)num_counties + 1, sizeof(int64_t));
    out->flow = calloc(flow_cells(num_counties) + 1, sizeof(int64_t));
    if (out->persons == NULL || out->only_town == NULL || out->flow == NULL) {
        tw_class_counts_free(out);
        return TW_NO_MEMORY;
    }
    return TW_OK;
}

void tw_class_counts_free(tw_class_counts *counts)
{
    free(counts->persons);
    free(counts->only_town);
    free(counts->flow);
    memset(counts, 0, sizeof *counts);
}

static void clear(tw_class_counts *counts)
{
    memset(counts->persons, 0, persons_cells(counts->num_counties) * sizeof(int64_t));
    memset(counts->only_town, 0, 2 * (size_t)counts->num_counties * sizeof(int64_t));
    memset(counts->flow, 0, flow_cells(counts->num_counties) * sizeof(int64_t));
    memset(counts->broken, 0, sizeof counts->broken);
}

static void add_counts(tw_class_counts *counts, const tw_class_counts *part)
{
    for (size_t i = 0; i < persons_cells(counts->num_counties); i++) {
        counts->persons[i] += part->persons[i];
    }
    for (size_t i = 0; i < 2 * (size_t)counts->num_counties; i++) {
        counts->only_town[i] += part->only_town[i];
    }
    for (size_t i = 0; i < flow_cells(counts->num_counties); i++) {
        counts->flow[i] += part->flow[i];
    }
    for (size_t i = 0; i < sizeof counts->broken / sizeof(int64_t); i++) {
        (&counts->broken[0][0][0])[i] += (&part->broken[0][0][0])[i];
    }
}

/* A person counts where it was at the start, or else where it is. */
static void count_person(tw_class_counts *counts, tw_class of, int start, int county, int zone)
{
    const size_t n = (size_t)counts->num_counties;
    counts->persons[((size_t)of * TW_NUM_STARTS + (size_t)start) * n + (size_t)county]++;
    if (of == TW_CLASS_only_base || of == TW_CLASS_only_alternative) {
        const size_t side = of == TW_CLASS_only_alternative;
        counts->only_town[side * n + (size_t)county] += tw_is_town(zone);
    }
}

/* From the county of the start to a town, unless the person was in that town already. */
static void count_flow(tw_class_counts *counts, tw_class of, int start, int base, int alternative)
{
    if ((int)of >= TW_FLOW_CLASSES) {
        return;
    }
    const int town = of == TW_CLASS_deterred ? base : alternative;
    const size_t n = (size_t)counts->num_counties;
    const size_t from = (size_t)(start / TW_NUM_ZONE_KINDS),
                 to = (size_t)(town / TW_NUM_ZONE_KINDS);
    counts->flow[((size_t)of * n + from) * n + to] += start != town;
}

static void count_start(const tw_roll *roll, int64_t place, tw_class of, int before, int after,
                        tw_class_counts *counts)
{
    const int start = roll->zone[place];
    count_person(counts, of, tw_is_town(start) ? TW_START_TOWN : TW_START_VILLAGE,
                 start / TW_NUM_ZONE_KINDS, before < 0 ? after : before);
    count_flow(counts, of, start, before, after);
}

static void count_later(tw_class_counts *counts, tw_class of, int before, int after)
{
    const int zone = before < 0 ? after : before;
    count_person(counts, of, TW_START_LATER, zone / TW_NUM_ZONE_KINDS, zone);
}

/** Both worlds at a moment. */
typedef struct pair {
    const tw_roll *roll;
    const int16_t *base, *alternative;
    int breakdowns;
} pair;

static void count_place(const pair *of, int64_t place, tw_class_counts *counts)
{
    const int before = of->base[place], after = of->alternative[place];
    if (before < 0 && after < 0) {
        return;
    }
    const tw_class class_of = tw_class_of(before, after);
    if (place >= of->roll->num) {
        count_later(counts, class_of, before, after);
        return;
    }
    count_start(of->roll, place, class_of, before, after, counts);
    for (int i = 0; of->breakdowns && i < TW_NUM_BREAKDOWNS; i++) {
        counts->broken[i][class_of][of->roll->group[i][place]]++;
    }
}

tw_status tw_classes_count(const tw_roll *roll, const tw_sighting *base,
                           const tw_sighting *alternative, int breakdowns, int num_threads,
                           tw_class_counts *out)
{
    const pair of = {roll, base->zone, alternative->zone, breakdowns};
    tw_status status = TW_OK;
    (void)num_threads;
    clear(out);
#pragma omp parallel num_threads(num_threads)
    {
        tw_class_counts part;
        const tw_status made = tw_class_counts_create(out->num_counties, &part);
#pragma omp for schedule(static)
        for (int64_t i = 0; i < roll->num_places; i++) {
            if (made == TW_OK) {
                count_place(&of, i, &part);
            }
        }
#pragma omp critical(tw_classes_count)
        {
            if (made == TW_OK) {
                add_counts(out, &part);
                tw_class_counts_free(&part);
            } else {
                status = made;
            }
        }
    }
    return status;
}
