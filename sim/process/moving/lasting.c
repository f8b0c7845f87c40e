/* SPDX-License-Identifier: Apache-2.0 */
/** Positive-stable variables by rejection, each attempt with draws of its own. */
#include "process/moving/lasting.h"

#include "base/clones.h"
#include "process/moving/taste.h"

/*
 * Attempts of a rejection; then the last one stands. One in five succeeds in the least likely nest
 * of the shipped region, so that fewer than one household in 10^20 gets there.
 */
enum { MAX_ATTEMPTS = 256 };
/* So many attempts are made at once, for a strong tilt rejects many. */
enum { AT_ONCE = 4, MOST_ATTEMPTS = AT_ONCE * TW_MOST_TOGETHER };
enum { MOST_NESTS = TW_NUM_NESTS * TW_MOST_TOGETHER };

/* Draws of TASTE_NEST with these numbers are not those of a nest. */
enum { LARGEST_TASTE = 1 << 20, BIASED_PART };

/* log of a tilt that rejects nothing. */
static const double no_tilt = -1e6;
/* log of an S so small that adding it changes none. */
static const double nothing = -1e6;

static int nest_of_zone(const tw_world *world, int zone)
{
    const tw_county *county = &world->region->counties[zone / TW_NUM_ZONE_KINDS];
    return tw_is_town(zone) ? (int)tw_nest_of(county->tier) : (int)TW_NEST_VILLAGE;
}

/*
 * log S of the nests of some persons as drawn in one attempt, and uniforms that accept or reject
 * them: `accepting` of all persons.
 */
static void attempt_nests(const tw_world *world, tw_lasting *of, const int32_t *who, int32_t count,
                          uint32_t attempt, double *accepting)
{
    uint64_t person[MOST_NESTS], word0[MOST_NESTS], word1[MOST_NESTS];
    int32_t quarter[MOST_NESTS];
    uint32_t code[MOST_NESTS];
    double log_s[MOST_NESTS];
    for (int32_t i = 0; i < count * TW_NUM_NESTS; i++) {
        person[i] = of->person[who[i / TW_NUM_NESTS]];
        quarter[i] = 0;
        code[i] = attempt * (uint32_t)TW_NUM_NESTS + (uint32_t)(i % TW_NUM_NESTS);
    }
    const int32_t nests = count * TW_NUM_NESTS;
    tw_draw_each(world->key, TW_DRAW_TASTE_NEST, quarter, person, code, nests, word0, word1);
    tw_log_stables(word0, word1, nests, world->settings->dissimilarity, log_s);
    for (int32_t i = 0; i < count; i++) {
        const int32_t first = i * TW_NUM_NESTS;
        memcpy(of->nest[who[i]], &log_s[first], sizeof of->nest[0]);
        accepting[who[i]] = tw_spare_uniform(word0[first], word1[first]);
    }
}

/* Whether the nests stand, given the choice of a place; gives the sum of exp(W / lambda). */
static int nests_stand(const tw_world *world, const tw_lasting *of, int32_t who, double accepting,
                       double *total)
{
    const int zone = of->chosen[who];
    if (zone < 0) {
        *total = 1;
        return 1;
    }
    double part[TW_NUM_NESTS];
    *total = 0;
    for (int n = 0; n < TW_NUM_NESTS; n++) {
        part[n] = world->places.start_sum[zone * TW_NUM_NESTS + n] * tw_exp(of->nest[who][n]);
        *total += part[n];
    }
    return accepting * *total < part[nest_of_zone(world, zone)];
}

/* log S of the nests, given the choices: those rejected are attempted again. */
static void draw_nests(const tw_world *world, tw_lasting *of, double *total)
{
    double accepting[TW_MOST_TOGETHER];
    int32_t who[TW_MOST_TOGETHER], num = of->count;
    for (int32_t i = 0; i < num; i++) {
        who[i] = i;
    }
    for (uint32_t attempt = 0; num > 0 && attempt < MAX_ATTEMPTS; attempt++) {
        int32_t left = 0;
        attempt_nests(world, of, who, num, attempt, accepting);
        for (int32_t i = 0; i < num; i++) {
            const int32_t at = who[i];
            who[left] = at;
            left += !nests_stand(world, of, at, accepting[at], &total[at]);
        }
        num = left;
    }
}

/* The largest tastes: see the head of lasting.h. */
TW_CLONES static void largest_tastes(const uint64_t *restrict word, const double *restrict total,
                                     int32_t count, double *restrict most)
{
    for (int32_t i = 0; i < count; i++) {
        most[i] = tw_log(-tw_log(tw_uniform(word[i]))) - tw_log(total[i]);
    }
}

static inline double log_of_sum(double a, double b)
{
    const double most = a > b ? a : b;
    return most + tw_log(tw_exp(a - most) + tw_exp(b - most));
}

/* log of Gamma(shape) variables, shape in (0, 1): an exponential times a Beta(shape, 1 - shape) by
 * Johnk's method, which takes those whose sum is at most 1. */
TW_CLONES static void log_gammas(const uint64_t *restrict word0, const uint64_t *restrict word1,
                                 const uint64_t *restrict other, int32_t count, double shape,
                                 double *restrict log_gamma, double *restrict log_sum)
{
    for (int32_t i = 0; i < count; i++) {
        const double log_x = tw_log(tw_uniform(word0[i])) / shape;
        const double log_y = tw_log(tw_uniform(word1[i])) / (1 - shape);
        const double exponential = -tw_log(tw_uniform(other[i]));
        log_sum[i] = log_of_sum(log_x, log_y);
        log_gamma[i] = (log_x - log_sum[i]) + tw_log(exponential);
    }
}

/* An attempt for some persons; returns how many of them were rejected and lists them. */
static int32_t attempt_gammas(const tw_world *world, tw_lasting *of, int32_t *who, int32_t count,
                              int32_t attempt)
{
    uint64_t person[TW_MOST_TOGETHER], word[2][TW_MOST_TOGETHER], other[2][TW_MOST_TOGETHER];
    double log_gamma[TW_MOST_TOGETHER], log_sum[TW_MOST_TOGETHER];
    int32_t left = 0;
    for (int32_t i = 0; i < count; i++) {
        person[i] = of->person[who[i]];
    }
    tw_draw_many(world->key, TW_DRAW_TASTE_NEST, 2 * attempt, BIASED_PART, person, count, word[0],
                 word[1]);
    tw_draw_many(world->key, TW_DRAW_TASTE_NEST, 2 * attempt + 1, BIASED_PART, person, count,
                 other[0], other[1]);
    log_gammas(word[0], word[1], other[0], count, 1 - world->settings->taste_change, log_gamma,
               log_sum);
    for (int32_t i = 0; i < count; i++) {
        const int32_t at = who[i];
        of->added[at] = log_gamma[i];
        who[left] = at;
        left += log_sum[i] > 0;
    }
    return left;
}

/* What is added to S of the places chosen. */
static void draw_gammas(const tw_world *world, tw_lasting *of)
{
    int32_t who[TW_MOST_TOGETHER], num = 0;
    for (int32_t i = 0; i < of->count; i++) {
        who[num] = i;
        num += of->home[i] >= 0;
    }
    for (int32_t attempt = 0; num > 0 && attempt < MAX_ATTEMPTS; attempt++) {
        num = attempt_gammas(world, of, who, num, attempt);
    }
}

/* Whether the choice of a place makes others unlikely. */
static int is_conditioned(const tw_world *world, const tw_lasting *of, int32_t who)
{
    return of->chosen[who] >= 0 && world->settings->taste_change < 1;
}

static void draw_largest(const tw_world *world, tw_lasting *of, const double *total)
{
    uint64_t word0[TW_MOST_TOGETHER], word1[TW_MOST_TOGETHER];
    tw_draw_many(world->key, TW_DRAW_TASTE_NEST, 0, LARGEST_TASTE, of->person, of->count, word0,
                 word1);
    largest_tastes(word0, total, of->count, of->most);
}

/* The place chosen as one of those compared, -1 = none of them. */
static int32_t home_of(const tw_world *world, const tw_lasting *of, int32_t who)
{
    const int zone = of->chosen[who];
    if (!is_conditioned(world, of, who)) {
        return -1;
    }
    if (tw_is_town(zone)) {
        return zone / TW_NUM_ZONE_KINDS;
    }
    return zone == tw_zone(of->village[who], TW_RURAL) ? world->num_counties : -1;
}

void tw_lasting_draw(const tw_world *world, tw_lasting *of)
{
    double total[TW_MOST_TOGETHER];
    draw_nests(world, of, total);
    draw_largest(world, of, total);
    for (int32_t i = 0; i < of->count; i++) {
        of->home[i] = home_of(world, of, i);
    }
    draw_gammas(world, of);
}

uint32_t tw_lasting_code(const tw_world *world, const tw_lasting *of, int32_t who, int32_t place)
{
    return place < world->num_counties ? world->places.code[place]
                                       : world->places.village_code[of->village[who]];
}

/* log of the tilt of a place that a choice makes unlikely. */
static double log_tilt(const tw_world *world, const tw_lasting *of, int32_t who, int32_t place)
{
    const int n = world->num_counties, zone = of->chosen[who], village = place == n;
    /* Another village than the one it lived in was not compared. */
    if (!is_conditioned(world, of, who) ||
        (village && zone != tw_zone(of->village[who], TW_RURAL))) {
        return no_tilt;
    }
    const double value = world->places.start_value[zone * (n + 1) + place];
    const int nest = village ? (int)TW_NEST_VILLAGE : world->places.nest[place];
    return (of->most[who] + value + of->nest[who][nest]) / world->settings->taste_change;
}

/* Draws of places, and what they need to be accepted. */
typedef struct attempts {
    uint64_t person[MOST_ATTEMPTS], word0[MOST_ATTEMPTS], word1[MOST_ATTEMPTS];
    int32_t number[MOST_ATTEMPTS]; /* in the place of the quarter */
    uint32_t code[MOST_ATTEMPTS];
    double tilt[MOST_ATTEMPTS], log_s[MOST_ATTEMPTS];
    double margin[MOST_ATTEMPTS]; /* accepted where it is above 0 */
} attempts;

static void make_attempts(const tw_world *world, attempts *a, int32_t count)
{
    tw_draw_each(world->key, TW_DRAW_TASTE_LASTING, a->number, a->person, a->code, count, a->word0,
                 a->word1);
    tw_log_stables(a->word0, a->word1, count, world->settings->taste_change, a->log_s);
    tw_tilts_accept(a->word0, a->word1, a->log_s, a->tilt, count, a->margin);
}

/* Draws again those that the first attempt rejected, until one is accepted. */
static void draw_again(const tw_world *world, const attempts *first, int32_t *rejected, int32_t num,
                       double *log_s)
{
    attempts again;
    for (int32_t number = 1; num > 0; number += AT_ONCE) {
        int32_t left = 0;
        for (int32_t i = 0; i < num * AT_ONCE; i++) {
            const int32_t of = rejected[i / AT_ONCE];
            again.person[i] = first->person[of];
            again.code[i] = first->code[of];
            again.tilt[i] = first->tilt[of];
            again.number[i] = number + i % AT_ONCE;
        }
        make_attempts(world, &again, num * AT_ONCE);
        for (int32_t r = 0; r < num; r++) {
            const int32_t at = r * AT_ONCE;
            int32_t i = 0;
            while (i < AT_ONCE && again.margin[at + i] <= 0 && number + i < MAX_ATTEMPTS - 1) {
                i++;
            }
            if (i < AT_ONCE) {
                log_s[rejected[r]] = again.log_s[at + i];
            } else {
                rejected[left++] = rejected[r];
            }
        }
        num = left;
    }
}

/* The chosen place has an addition that made it likely; elsewhere log S + log 1 stays as it is. */
TW_CLONES static void add_choices(const double *restrict added, int32_t count,
                                  double *restrict log_s)
{
    for (int32_t i = 0; i < count; i++) {
        log_s[i] = log_of_sum(log_s[i], added[i]);
    }
}

void tw_lasting_tastes(const tw_world *world, const tw_lasting *of, const int32_t *who,
                       const int32_t *place, int32_t count, double *log_s)
{
    attempts first;
    int32_t rejected[TW_MOST_TOGETHER], num = 0;
    double added[TW_MOST_TOGETHER];
    if (count <= 0) {
        return;
    }
    for (int32_t i = 0; i < count; i++) {
        const int home = place[i] == of->home[who[i]];
        first.person[i] = of->person[who[i]];
        first.code[i] = tw_lasting_code(world, of, who[i], place[i]);
        first.tilt[i] = log_tilt(world, of, who[i], place[i]);
        first.number[i] = 0;
        added[i] = home ? of->added[who[i]] - first.tilt[i] : nothing;
    }
    make_attempts(world, &first, count);
    memcpy(log_s, first.log_s, (size_t)count * sizeof(*log_s));
    for (int32_t i = 0; i < count; i++) {
        rejected[num] = i;
        num += first.margin[i] <= 0;
    }
    draw_again(world, &first, rejected, num, log_s);
    add_choices(added, count, log_s);
}

/* No ceilings where a tilt may have rejected the draw: the tilt but for roundings, which the bounds
 * have room for. `county_towns` and `cities` are the largest taste and log S of the nest. */
TW_CLONES static void lift_ceilings(const double *restrict value, const uint8_t *restrict nest,
                                    double county_towns, double cities, double per_rho,
                                    const double *restrict bound, int32_t count,
                                    double *restrict ceiling)
{
    for (int32_t c = 0; c < count; c++) {
        const double most = nest[c] == TW_NEST_CITIES ? cities : county_towns;
        const double tilt = (value[c] + most) * per_rho;
        ceiling[c] = tilt < bound[c] ? ceiling[c] : TW_NO_CEILING;
    }
}

void tw_lasting_ceilings(const tw_world *world, tw_worker *worker, const tw_lasting *of,
                         int32_t who)
{
    const int32_t n = world->num_counties;
    const uint32_t *code = world->places.code;
    const uint64_t person = of->person[who];
    double *ceiling = worker->taste, *bound = worker->tilt;
    tw_draw_codes(world->key, TW_DRAW_TASTE_LASTING, 0, person, code, n, worker->word[0],
                  worker->word[1]);
    tw_draw_codes(world->key, TW_DRAW_TASTE_QUARTER, world->quarter, person, code, n,
                  worker->now[0], worker->now[1]);
    tw_tastes_ceiling(world->places.ceilings, worker->word[0], worker->word[1], worker->now[0], n,
                      ceiling, bound);
    if (is_conditioned(world, of, who)) {
        lift_ceilings(&world->places.start_value[of->chosen[who] * (n + 1)], world->places.nest,
                      of->most[who] + of->nest[who][TW_NEST_COUNTY_TOWNS],
                      of->most[who] + of->nest[who][TW_NEST_CITIES],
                      1 / world->settings->taste_change, bound, n, ceiling);
    }
    if (of->home[who] >= 0 && of->home[who] < n) {
        ceiling[of->home[who]] = TW_NO_CEILING; /* something is added to it */
    }
}
