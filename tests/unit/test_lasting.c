/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tastes given that a place was chosen: the same as those of the persons who chose it, found by
 * letting many choose.
 */
#include "process/moving/lasting.h"

#include "process/moving/taste.h"
#include "test.h"

enum { COUNTIES = 4, PLACES = COUNTIES + 1, ZONES = 2 * COUNTIES, N = 150000 };

static tw_county county[COUNTIES];
static tw_region region = {.counties = county, .num_counties = COUNTIES};
static tw_settings settings;
static tw_world world = {.region = &region, .settings = &settings, .num_counties = COUNTIES};
static double start_value[ZONES * PLACES], start_sum[ZONES * TW_NUM_NESTS], utility[PLACES];
static uint32_t town_code[COUNTIES] = {12, 22, 32, 42};
static uint32_t village_code[COUNTIES] = {11, 21, 31, 41};
static uint8_t nest_by_county[COUNTIES];
static const int32_t every_place[PLACES] = {0, 1, 2, 3, COUNTIES};

/* Nest of a place: the towns by tier, behind them the village. */
static int nest_of(int place)
{
    return place == COUNTIES ? TW_NEST_VILLAGE : (int)tw_nest_of(county[place].tier);
}

/* Two county towns, a city, the capital; the village or the town of county 1 is the home. */
static void set_up(int zone, double rho)
{
    static const double value[PLACES] = {0.2, -0.4, 0.6, 0.1, 0.8};
    county[2].tier = TW_CITY;
    county[3].tier = TW_CAPITAL;
    settings.dissimilarity = 0.6;
    settings.taste_change = rho;
    world.key = tw_key_make(5, 1);
    world.places.start_value = start_value;
    world.places.start_sum = start_sum;
    world.places.nest = nest_by_county;
    world.places.code = town_code;
    world.places.village_code = village_code;
    for (int c = 0; c < COUNTIES; c++) {
        nest_by_county[c] = (uint8_t)nest_of(c);
    }
    memset(start_sum, 0, sizeof start_sum);
    for (int i = 0; i < PLACES; i++) {
        const int compared = i < COUNTIES || !tw_is_town(zone);
        utility[i] = value[i];
        start_value[zone * PLACES + i] = value[i] / settings.dissimilarity;
        start_sum[zone * TW_NUM_NESTS + nest_of(i)] +=
            compared ? exp(value[i] / settings.dissimilarity) : 0;
    }
}

/* A person alone. */
static void draw_one(uint64_t person, int taste_zone, tw_lasting *of)
{
    of->count = 1;
    of->person[0] = person;
    of->chosen[0] = (int16_t)taste_zone;
    of->village[0] = 1;
    tw_lasting_draw(&world, of);
}

/* The best place of a person in a quarter; the village belongs to county 1. */
static int best_place(uint64_t person, int taste_zone, int zone, int32_t quarter)
{
    static const int32_t alone[PLACES] = {0};
    tw_lasting of;
    uint64_t word[2][PLACES];
    uint32_t code[PLACES];
    double lasting[PLACES], taste[PLACES];
    draw_one(person, taste_zone, &of);
    tw_lasting_tastes(&world, &of, alone, every_place, PLACES, lasting);
    for (int i = 0; i < PLACES; i++) {
        code[i] = tw_lasting_code(&world, &of, 0, i);
    }
    tw_draw_codes(world.key, TW_DRAW_TASTE_QUARTER, quarter, person, code, PLACES, word[0],
                  word[1]);
    tw_tastes(lasting, word[0], PLACES, settings.taste_change, taste);
    int best = 0;
    for (int i = 1; i < (tw_is_town(zone) ? COUNTIES : PLACES); i++) {
        const double lambda = settings.dissimilarity;
        const double here = utility[i] + lambda * (of.nest[0][nest_of(i)] + taste[i]);
        const double before = utility[best] + lambda * (of.nest[0][nest_of(best)] + taste[best]);
        best = here > before ? i : best;
    }
    return best;
}

static void check_later_choices(int zone, double rho)
{
    set_up(zone, rho);
    const int home = tw_is_town(zone) ? 1 : COUNTIES;
    double chose[PLACES] = {0}, given[PLACES] = {0}, num = 0;
    for (uint64_t person = 0; person < N; person++) {
        if (best_place(person, TW_NO_ZONE, zone, 7) == home) {
            chose[best_place(person, TW_NO_ZONE, zone, 8)]++;
            num++;
        }
        given[best_place(person, zone, zone, 8)]++;
    }
    CHECK(num > 5000);
    for (int i = 0; i < PLACES; i++) {
        const double share = given[i] / N;
        CHECK_NEAR(chose[i] / num, share, 4 * sqrt(share * (1 - share) * (1 / num + 1.0 / N)));
    }
    /* Home is likelier than for one who never chose it: tastes last. */
    CHECK(given[home] / N > 1.15 * num / N);
}

static void village_chosen_before(void)
{
    check_later_choices(tw_zone(1, TW_RURAL), 0.8);
}

static void town_chosen_before(void)
{
    check_later_choices(tw_zone(1, TW_TOWN), 0.5);
}

/* Where nothing lasts but nests, the later choice is that of anyone with these nests. */
static void nothing_lasts(void)
{
    set_up(tw_zone(1, TW_TOWN), 1);
    static const int32_t alone[PLACES] = {0};
    tw_lasting of;
    double lasting[PLACES];
    for (uint64_t person = 0; person < 100; person++) {
        draw_one(person, tw_zone(1, TW_TOWN), &of);
        tw_lasting_tastes(&world, &of, alone, every_place, PLACES, lasting);
        for (int i = 0; i < PLACES; i++) {
            CHECK_NEAR(lasting[i], 0, 1e-12);
        }
    }
}

/* Whoever stands beside a person, its tastes are the same: any number of persons, who explain the
 * choice of a town, of a village or none. */
static void same_alone_and_together(void)
{
    static const int zones[] = {TW_NO_ZONE, 0, 3, 2};
    int wrong = 0, homes = 0;
    for (int z = 0; z < 2 * COUNTIES; z++) {
        set_up(z, 0.8);
    }
    for (int32_t count = 1; count <= TW_MOST_TOGETHER; count++) {
        tw_lasting all, one;
        int32_t who[TW_MOST_TOGETHER], place[TW_MOST_TOGETHER];
        double together[TW_MOST_TOGETHER], alone;
        all.count = count;
        for (int32_t i = 0; i < count; i++) {
            all.person[i] = tw_mix((uint64_t)(100 * count + i));
            all.chosen[i] = (int16_t)zones[i % 4];
            all.village[i] = 1;
            who[i] = count - 1 - i;
            place[i] = i % PLACES;
        }
        tw_lasting_draw(&world, &all);
        tw_lasting_tastes(&world, &all, who, place, count, together);
        for (int32_t i = 0; i < count; i++) {
            const int32_t nobody = 0;
            draw_one(all.person[who[i]], all.chosen[who[i]], &one);
            tw_lasting_tastes(&world, &one, &nobody, &place[i], 1, &alone);
            wrong += tw_double_bits(alone) != tw_double_bits(together[i]);
            homes += place[i] == one.home[0];
        }
    }
    CHECK_EQ_INT(wrong, 0);
    CHECK(homes > 20);
}

int main(void)
{
    RUN(village_chosen_before);
    RUN(town_chosen_before);
    RUN(nothing_lasts);
    RUN(same_alone_and_together);
    return REPORT();
}
