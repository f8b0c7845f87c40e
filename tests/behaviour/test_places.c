/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Where households go, and what moves them: equal places are chosen alike, a slow road keeps people
 * apart, a flood drives them out, protection of land moves registrations. In a small region and in
 * the shipped one, over pairs of runs that have all luck in common.
 */
#include "pairs.h"
#include "property/own_region.h"

/* Many search, nothing strikes. */
#define MANY_SEARCH "moving.search_level=0.2", "process.hazards=none"

/* ---- equal places ---- */

/* Families move and nothing else happens. */
#define ONLY_MOVES                                                                     \
    "process.demography=none", "process.households=none", "process.schooling=none",    \
        "process.outside=none", "process.organised=none", "process.housing=none",      \
        "process.labour=none", "process.budget=none", "process.hazards=none",          \
        "process.registration=none", "process.services=none", "moving.search_level=1", \
        "moving.return_level=0"
#define ALL_ALIKE                                                                                \
    "moving.income=0", "moving.rent=0", "moving.travel=0", "moving.climb=0", "moving.network=0", \
        "moving.size=0", "moving.openness=0", "moving.city_level=0", "moving.capital_level=0",   \
        "moving.town_level=0", "moving.cost=0"

static void dwellings_for_all(tw_world *world, const site *at)
{
    (void)at;
    const int64_t families = tw_zones_sum(&world->zones, TW_ZONE_families, -1);
    for (int c = 0; c < world->num_counties; c++) {
        TW_AT(&world->zones, dwellings, tw_zone(c, TW_TOWN)) += families;
    }
}

/* Adds the households that came from villages to each town. */
static void add_chosen(const outcome *out, int64_t *chosen)
{
    const int zones = out->sum.num_zones;
    for (int from = TW_RURAL; from < zones; from += TW_NUM_ZONE_KINDS) {
        for (int to = TW_TOWN; to < zones; to += TW_NUM_ZONE_KINDS) {
            chosen[to / TW_NUM_ZONE_KINDS] += out->households[from * zones + to];
        }
    }
}

/* The towns of a nest have equal parts of those who chose one of them. */
static void check_shares(const tw_region *region, const int64_t *chosen, int nest, const site *at)
{
    double all = 0, towns = 0, square = 0, most = 0;
    for (int c = 0; c < region->num_counties; c++) {
        const int within = (region->counties[c].tier != TW_COUNTY_TOWN) == nest;
        towns += within;
        all += within ? (double)chosen[c] : 0;
    }
    const double expected = all / towns, error = sqrt(expected * (1 - 1 / towns));
    for (int c = 0; c < region->num_counties && towns > 1; c++) {
        const int within = (region->counties[c].tier != TW_COUNTY_TOWN) == nest;
        const double off = within ? ((double)chosen[c] - expected) / error : 0;
        most = fabs(off) > most ? fabs(off) : most;
        square += off * off * (1 - 1 / towns);
    }
    printf(
        "       %s, %s: %.0f households, %.0f towns, farthest %.2f standard errors, "
        "chi-square %.1f of %.0f\n",
        at->name, nest ? "cities" : "county towns", all, towns, most, square, towns - 1);
    CHECK(all > 100 * towns);
    CHECK(square < towns - 1 + 3 * sqrt(2 * (towns - 1) + 1e-9));
    CHECK(most < (towns > 10 ? 4 : 3)); /* of many one is farther off */
}

static void equal_places_are_chosen_alike(void)
{
    const trial alike = {2, SETTINGS(ONLY_MOVES, ALL_ALIKE), .prepare = dwellings_for_all};
    for (int s = 0; s < NUM_SITES; s++) {
        tw_scenario *scenario = scenario_at(&alike, &sites[s], 0);
        const tw_region *region = tw_scenario_region(scenario);
        int64_t *chosen = room(region->num_counties, sizeof *chosen);
        for (int seed = 0; seed < SEEDS; seed++) {
            outcome out = half_of(&alike, &sites[s], scenario, seed, 0);
            add_chosen(&out, chosen);
            outcome_free(&out);
        }
        check_shares(region, chosen, 0, &sites[s]);
        check_shares(region, chosen, 1, &sites[s]);
        free(chosen);
        tw_scenario_free(scenario);
    }
}

/* ---- roads ---- */

static own_region own;

static void close_road(tw_world *world, const site *at)
{
    own_slow_road(&own, world->scenario, county_of(world, at->county), county_of(world, at->other),
                  5);
    world->region = &own.region;
}

/* Households that move from one of the two counties to the other. */
static double between_the_ends(const outcome *out)
{
    int64_t sum = 0;
    for (int i = 0; i < TW_NUM_ZONE_KINDS; i++) {
        for (int k = 0; k < TW_NUM_ZONE_KINDS; k++) {
            const int one = tw_zone(out->county, i), two = tw_zone(out->other, k);
            sum += out->households[one * out->sum.num_zones + two] +
                   out->households[two * out->sum.num_zones + one];
        }
    }
    return (double)sum;
}

static double all_moves(const outcome *out)
{
    return (double)tw_zones_sum(&out->sum, TW_ZONE_moves_in, -1);
}

static void a_slow_road_lowers_moves_between_its_ends(void)
{
    const trial slow = {4, SETTINGS(MANY_SEARCH), .change = close_road};
    static const expectation expected[] = {
        {"households between the ends", between_the_ends, -1},
        {"persons who move anywhere",   all_moves,        0 }
    };
    check_everywhere(&slow, expected, 2);
}

/* ---- hazards ---- */

#define FLOODED "hazards.search_share=0.5", "hazards.displaced_loss=2"

/* In the first quarter village and town of the county lose half; half a year later all stands
 * again. */
static void flood(tw_world *world, const site *at)
{
    own_events(&own, world->scenario);
    add_event(&own, county_of(world, at->county), world->start, world->start + 2, 0.5, 0.5);
    world->region = &own.region;
}

static void no_flood(tw_world *world, const site *at)
{
    (void)at;
    own_events(&own, world->scenario);
    world->region = &own.region;
}

static double left_at_once(const outcome *out)
{
    return (double)TW_AT(&out->first, moves_out, tw_zone(out->county, TW_RURAL));
}

static double displaced_at_once(const outcome *out)
{
    return (double)TW_AT(&out->first, displaced, tw_zone(out->county, TW_RURAL));
}

static double left_the_village(const outcome *out)
{
    return (double)TW_AT(&out->sum, moves_out, tw_zone(out->county, TW_RURAL));
}

static double village_residents(const outcome *out)
{
    return (double)TW_AT(&out->sum, persons, tw_zone(out->county, TW_RURAL));
}

static double displaced_at_the_end(const outcome *out)
{
    return (double)tw_zones_sum(&out->sum, TW_ZONE_displaced, -1);
}

static void a_flood_displaces_and_some_leave_at_once(void)
{
    const trial flooded = {8, SETTINGS(FLOODED), .prepare = no_flood, .change = flood};
    static const expectation expected[] = {
        {"households displaced at once",                  displaced_at_once, 1 },
        {"persons who leave the village at once",         left_at_once,      1 },
        {"residents of the village after eight quarters", village_residents, -1}
    };
    check_everywhere(&flooded, expected, 3);
}

static void reconstruction_keeps_residents(void)
{
    const trial rebuilt = {8, SETTINGS(FLOODED), "levers.rural.reconstruction.standing.share=0",
                           "levers.rural.reconstruction.standing.share=1", .prepare = flood};
    static const expectation expected[] = {
        {"persons who leave the village",                 left_the_village,     -1},
        {"residents of the village after eight quarters", village_residents,    1 },
        {"households displaced after eight quarters",     displaced_at_the_end, -1}
    };
    check_everywhere(&rebuilt, expected, 3);
}

/* Nobody is displaced any more, and every dwelling that was lost stands again. */
static void reconstruction_restores_everything(void)
{
    const trial rebuilt = {5, SETTINGS(FLOODED), .prepare = flood};
    for (int s = 0; s < NUM_SITES; s++) {
        tw_scenario *scenario = scenario_at(&rebuilt, &sites[s], 0);
        outcome out = half_of(&rebuilt, &sites[s], scenario, 0, 0);
        const int64_t lost = tw_zones_sum(&out.sum, TW_ZONE_dwellings_lost, -1);
        printf("       %s: %lld dwellings and houses lost\n", sites[s].name, (long long)lost);
        CHECK(lost > 0 && displaced_at_once(&out) > 0);
        CHECK_EQ_INT(tw_zones_sum(&out.sum, TW_ZONE_displaced, -1), 0);
        CHECK_EQ_INT(tw_zones_sum(&out.sum, TW_ZONE_dwellings_rebuilt, -1), lost);
        outcome_free(&out);
        tw_scenario_free(scenario);
    }
}

/* ---- registration ---- */

static double transfers(const outcome *out)
{
    return (double)tw_zones_sum(&out->sum, TW_ZONE_transfers, -1);
}

static double town_residents(const outcome *out)
{
    return (double)tw_zones_sum(&out->sum, TW_ZONE_persons, TW_TOWN);
}

static void protection_of_land_raises_transfers(void)
{
    /* Three times 1 November. */
    const trial protected = {.quarters = 9,
                             .first = "registration.land_protection=0",
                             .second = "registration.land_protection=1"};
    static const expectation expected[] = {
        {"persons who transfer", transfers,      1},
        {"town residents",       town_residents, 0}
    };
    check_everywhere(&protected, expected, 2);
}

int main(void)
{
    RUN(equal_places_are_chosen_alike);
    RUN(a_slow_road_lowers_moves_between_its_ends);
    RUN(a_flood_displaces_and_some_leave_at_once);
    RUN(reconstruction_keeps_residents);
    RUN(reconstruction_restores_everything);
    RUN(protection_of_land_raises_transfers);
    forget_starts();
    return REPORT();
}
