/* SPDX-License-Identifier: Apache-2.0 */
/** The serial part of hazards: what strikes in a quarter, what stands again, when. */
#include <string.h>

#include "process/hazards/hazards.h"

/** What is drawn by chance; the number enters the key of the draw. */
enum { DRAWN_M5 = 0, DRAWN_M6 = 1, DRAWN_FLOOD = 2, NUM_DRAWN };

static int64_t *due_of(const tw_world *world, int32_t slot, int kind)
{
    return world->hazard.due +
           ((size_t)slot * TW_LOST_KINDS + (size_t)kind) * (size_t)world->num_zones;
}

/* Slot in which a loss of now is made good; the last slot lies after the run. */
static int32_t slot_until(const tw_world *world, int county, int32_t reconstructed)
{
    const int32_t last = world->hazard.num_slots - 1, now = world->quarter - world->start;
    const int32_t slot = reconstructed - world->start;
    if (tw_policy(world, TW_LEVER_RECONSTRUCTION, county) <= 0 || slot > last) {
        return last;
    }
    return slot > now ? slot : now < last ? now + 1 : last;
}

/* Several events of one quarter take from what the others leave, and are made good together. */
static void strike(tw_world *world, int zone, double loss, double service, int32_t until)
{
    tw_hazard_state *hazard = &world->hazard;
    const int county = zone / TW_NUM_ZONE_KINDS;
    service *= 1 - tw_policy(world, TW_LEVER_LIFELINES, county);
    hazard->loss[zone] = 1 - (1 - hazard->loss[zone]) * (1 - loss);
    hazard->until[zone] = until > hazard->until[zone] ? until : hazard->until[zone];
    hazard->last[zone] = until > hazard->last[zone] ? until : hazard->last[zone];
    const double restored = service * tw_policy(world, TW_LEVER_RECONSTRUCTION, county);
    const size_t zones = (size_t)world->num_zones, never = (size_t)hazard->num_slots - 1;
    hazard->service_kept[(size_t)until * zones + (size_t)zone] *= 1 - restored;
    hazard->service_kept[never * zones + (size_t)zone] *= 1 - (service - restored);
}

static void strike_scheduled(tw_world *world)
{
    const tw_region *region = world->region;
    for (int i = 0; i < region->num_hazard_events; i++) {
        const tw_hazard_event *event = &region->hazard_events[i];
        if (event->date != world->quarter) {
            continue;
        }
        const int known = event->reconstructed != INT32_MIN;
        const double stands = event->kind == TW_EARTHQUAKE
                                  ? 1 - tw_policy(world, TW_LEVER_SAFE_BUILDINGS, event->county)
                                  : 1;
        const int32_t until =
            slot_until(world, event->county,
                       known ? event->reconstructed
                             : event->date + (int32_t)world->settings->rebuild_quarters);
        strike(world, tw_zone(event->county, TW_RURAL), event->rural_loss * stands,
               event->service_loss, until);
        strike(world, tw_zone(event->county, TW_TOWN), event->town_loss * stands,
               event->service_loss, until);
    }
}

static void strike_drawn(tw_world *world, int county)
{
    const tw_settings *settings = world->settings;
    const tw_hazard_rates *rates = &world->region->hazard_rates[county];
    const double floods = rates->flood * (1 - tw_policy(world, TW_LEVER_FLOOD_WORKS, county));
    const double rate[NUM_DRAWN] = {rates->earthquake_m5 - rates->earthquake_m6,
                                    rates->earthquake_m6, floods};
    const double stands = 1 - tw_policy(world, TW_LEVER_SAFE_BUILDINGS, county);
    const double loss[NUM_DRAWN] = {settings->m5_loss * stands, settings->m6_loss * stands,
                                    settings->flood_loss};
    const uint64_t code = (uint64_t)world->region->counties[county].code;
    const int32_t until =
        slot_until(world, county, world->quarter + (int32_t)settings->rebuild_quarters);
    for (int kind = 0; kind < NUM_DRAWN; kind++) {
        const tw_draw draw =
            tw_draw_at(world->key, TW_DRAW_HAZARD, code, world->quarter, (uint32_t)kind);
        if (tw_uniform(draw.word[0]) < tw_quarterly(rate[kind])) {
            strike(world, tw_zone(county, TW_RURAL), loss[kind], settings->service_loss, until);
            strike(world, tw_zone(county, TW_TOWN), loss[kind], settings->service_loss, until);
        }
    }
}

/* What was lost before and is due now. */
static void restore(tw_world *world, int zone)
{
    tw_hazard_state *hazard = &world->hazard;
    const int32_t now = world->quarter - world->start;
    hazard->restored[zone] = now > 0 && now < hazard->num_slots - 1 && hazard->last[zone] == now;
    if (now >= hazard->num_slots - 1) {
        return;
    }
    const int64_t market = due_of(world, now, TW_LOST_MARKET)[zone];
    const int64_t public = due_of(world, now, TW_LOST_PUBLIC)[zone];
    TW_AT(&world->zones, dwellings, zone) += market;
    TW_AT(&world->zones, public_dwellings, zone) += public;
    TW_AT(&world->zones, dwellings_rebuilt, zone) +=
        market + public + due_of(world, now, TW_LOST_HOUSE)[zone];
}

/* What was lost in this quarter is made good in the part that reconstruction pays for. */
static void order(tw_world *world, int zone, int kind, int64_t lost)
{
    const int32_t never = world->hazard.num_slots - 1, until = world->hazard.until[zone];
    const int county = zone / TW_NUM_ZONE_KINDS;
    const int64_t bought = until < never && lost > 0
                               ? tw_programme_buy(world, TW_LEVER_RECONSTRUCTION, county, lost)
                               : 0;
    due_of(world, until, kind)[zone] += bought;
    due_of(world, never, kind)[zone] += lost - bought;
}

static void lose_empty(tw_world *world, int zone, int field, int used_field, int kind)
{
    const tw_hazard_state *hazard = &world->hazard;
    int64_t *stock = &tw_zone_column(&world->zones, field)[zone];
    const int64_t empty = *stock - tw_zone_column(&world->zones, used_field)[zone];
    const int64_t lost = empty > 0 ? (int64_t)(hazard->loss[zone] * (double)empty) : 0;
    *stock -= lost;
    TW_AT(&world->zones, dwellings_lost, zone) += lost;
    order(world, zone, kind, lost);
}

static double service_lost(const tw_world *world, int zone)
{
    const tw_hazard_state *hazard = &world->hazard;
    double kept = 1;
    for (int32_t slot = world->quarter - world->start + 1; slot < hazard->num_slots; slot++) {
        kept *= hazard->service_kept[(size_t)slot * (size_t)world->num_zones + (size_t)zone];
    }
    return 1 - kept;
}

/* What the pass over blocks and the services of the quarter read. */
static void publish(tw_world *world, int zone)
{
    tw_hazard_state *hazard = &world->hazard;
    const int waiting = hazard->last[zone] > world->quarter - world->start;
    hazard->busy[zone] = (uint8_t)(waiting || hazard->restored[zone]);
    hazard->any_busy |= hazard->busy[zone];
    world->service_lost[zone] = service_lost(world, zone);
    if (hazard->loss[zone] > 0) {
        lose_empty(world, zone, TW_ZONE_dwellings, TW_ZONE_dwellings_used, TW_LOST_MARKET);
        lose_empty(world, zone, TW_ZONE_public_dwellings, TW_ZONE_public_used, TW_LOST_PUBLIC);
    }
}

void tw_hazards_open(tw_world *world)
{
    tw_hazard_state *hazard = &world->hazard;
    if (world->settings->hazards == TW_PROCESS_NONE) {
        return;
    }
    hazard->any_busy = 0;
    memset(hazard->until, 0, (size_t)world->num_zones * sizeof(*hazard->until));
    for (int z = 0; z < world->num_zones; z++) {
        hazard->loss[z] = 0;
        restore(world, z);
    }
    strike_scheduled(world);
    for (int c = 0; c < world->num_counties && world->region->hazard_rates != NULL; c++) {
        strike_drawn(world, c);
    }
    for (int z = 0; z < world->num_zones; z++) {
        publish(world, z);
    }
}

/* Dwellings of a kind lost by the households of a zone in this quarter. */
static int64_t lost_in(const tw_world *world, int zone, int kind)
{
    int64_t lost = 0;
    for (int w = 0; w < world->num_workers; w++) {
        lost += world->worker[w].lost[kind * world->num_zones + zone];
    }
    return lost;
}

void tw_hazards_close(tw_world *world)
{
    tw_hazard_state *hazard = &world->hazard;
    if (world->settings->hazards == TW_PROCESS_NONE) {
        return;
    }
    for (int z = 0; z < world->num_zones; z++) {
        int64_t all = 0, bought = 0;
        for (int kind = 0; kind < TW_LOST_KINDS; kind++) {
            const int64_t lost = lost_in(world, z, kind);
            const int64_t before = due_of(world, hazard->until[z], kind)[z];
            order(world, z, kind, lost);
            bought += due_of(world, hazard->until[z], kind)[z] - before;
            all += lost;
        }
        if (hazard->loss[z] > 0) {
            hazard->share[z] = all > 0 ? (double)bought / (double)all : 1;
        }
    }
}

void tw_hazards_digest(const tw_world *world, tw_digest *digest)
{
    const tw_hazard_state *hazard = &world->hazard;
    const size_t zones = (size_t)world->num_zones;
    for (size_t i = 0; hazard->due != NULL && i < (size_t)hazard->num_slots * zones; i++) {
        if (hazard->service_kept[i] < 1) {
            uint64_t words[] = {1010, (uint64_t)i, tw_double_bits(hazard->service_kept[i])};
            tw_digest_add(digest, words, 3);
        }
        for (size_t kind = 0; kind < TW_LOST_KINDS; kind++) {
            const size_t at = (i / zones * TW_LOST_KINDS + kind) * zones + i % zones;
            uint64_t words[] = {1011 + kind, (uint64_t)i, (uint64_t)hazard->due[at]};
            if (hazard->due[at] != 0) {
                tw_digest_add(digest, words, 3);
            }
        }
    }
    for (size_t z = 0; hazard->last != NULL && z < zones; z++) {
        if (hazard->last[z] > 0) {
            uint64_t words[] = {1015, (uint64_t)z, (uint64_t)hazard->last[z]};
            tw_digest_add(digest, words, 3);
        }
    }
}
