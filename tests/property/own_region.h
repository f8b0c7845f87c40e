/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The region of a scenario with hazards and roads of the test's own. It shares everything else with
 * the scenario's region: it must not be freed, and the scenario must outlive it.
 */
#ifndef TOWNWARD_TEST_OWN_REGION_H
#define TOWNWARD_TEST_OWN_REGION_H

#include "test.h"
#include "townward/scenario.h"

enum { MOST_EVENTS = 512, MOST_LINKS = 512 };

typedef struct own_region {
    tw_region region;
    tw_hazard_event event[MOST_EVENTS];
    tw_link link[MOST_LINKS];
} own_region;

/** Nothing strikes by chance, and no event is dated until one is added. */
static inline void own_events(own_region *own, const tw_scenario *scenario)
{
    own->region = *tw_scenario_region(scenario);
    own->region.hazard_rates = NULL;
    own->region.hazard_events = own->event;
    own->region.num_hazard_events = 0;
}

static inline void add_event(own_region *own, int county, int32_t date, int32_t reconstructed,
                             double rural, double town)
{
    CHECK(own->region.num_hazard_events < MOST_EVENTS);
    own->event[own->region.num_hazard_events++] = (tw_hazard_event){.name = "test",
                                                                    .kind = TW_FLOOD,
                                                                    .county = county,
                                                                    .date = date,
                                                                    .reconstructed = reconstructed,
                                                                    .rural_loss = rural,
                                                                    .town_loss = town,
                                                                    .service_loss = 0.25};
}

/** The same region with the roads between two counties made slower, now and before they opened. */
static inline void own_slow_road(own_region *own, const tw_scenario *scenario, int one, int two,
                                 double factor)
{
    int slowed = 0;
    own->region = *tw_scenario_region(scenario);
    CHECK(own->region.num_links <= MOST_LINKS);
    memcpy(own->link, own->region.links, (size_t)own->region.num_links * sizeof *own->link);
    own->region.links = own->link;
    for (int i = 0; i < own->region.num_links; i++) {
        tw_link *link = &own->link[i];
        if ((link->from == one && link->to == two) || (link->from == two && link->to == one)) {
            link->minutes *= factor;
            link->minutes_before *= factor;
            slowed++;
        }
    }
    CHECK(slowed > 0);
}

#endif
