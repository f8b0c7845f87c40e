/* SPDX-License-Identifier: Apache-2.0 */
/** Positive-stable variables by rejection, each attempt with draws of its own. */
#include "process/moving/lasting.h"

#include "process/moving/taste.h"

/*
 * Attempts of a rejection; then the last one stands. One in five succeeds in the least likely nest
 * of the shipped region, so that fewer than one household in 10^20 gets there.
 */
enum { MAX_ATTEMPTS = 256 };

/* Draws of TASTE_NEST with these numbers are not those of a nest. */
enum { LARGEST_TASTE = 1 << 20, BIASED_PART };

static int nest_of_zone(const tw_world *world, int zone)
{
    const tw_county *county = &world->region->counties[zone / TW_NUM_ZONE_KINDS];
    return tw_is_town(zone) ? (int)tw_nest_of(county->tier) : (int)TW_NEST_VILLAGE;
}

/* log S of the nests, given the choice of a place; returns log of the sum of exp(W / lambda). */
static double draw_nests(const tw_world *world, uint64_t person, int zone, double *nest)
{
    const double lambda = world->settings->dissimilarity;
    const double *sum = zone < 0 ? NULL : &world->places.start_sum[zone * TW_NUM_NESTS];
    double total = 1;
    for (uint32_t attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        double accepting = 0;
        for (uint32_t n = 0; n < TW_NUM_NESTS; n++) {
            const tw_draw draw = tw_draw_at(world->key, TW_DRAW_TASTE_NEST, person, 0,
                                            n + attempt * (uint32_t)TW_NUM_NESTS);
            nest[n] = tw_log_stable(draw.word[0], draw.word[1], lambda);
            accepting = n == 0 ? tw_spare_uniform(draw.word[0], draw.word[1]) : accepting;
        }
        if (sum == NULL) {
            break;
        }
        double part[TW_NUM_NESTS];
        total = 0;
        for (int n = 0; n < TW_NUM_NESTS; n++) {
            part[n] = sum[n] * tw_exp(nest[n]);
            total += part[n];
        }
        if (accepting * total < part[nest_of_zone(world, zone)]) {
            break;
        }
    }
    return tw_log(total);
}

/* log S of one place by a tilted draw: attempts after the first are numbered by the quarter. */
static double draw_tilted(const tw_world *world, uint64_t person, uint32_t code, double log_tilt)
{
    double log_s = 0;
    for (int32_t attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
        const tw_draw draw = tw_draw_at(world->key, TW_DRAW_TASTE_LASTING, person, attempt, code);
        log_s = tw_log_stable(draw.word[0], draw.word[1], world->settings->taste_change);
        if (tw_tilt_accepts(draw.word[0], draw.word[1], log_s, log_tilt)) {
            break;
        }
    }
    return log_s;
}

/* log of a Gamma(shape) variable, shape in (0, 1): an exponential times a Beta(shape, 1 - shape) by
 * Johnk's method. */
static double log_gamma_variable(const tw_world *world, uint64_t person, double shape)
{
    double log_beta = 0, exponential = 1;
    for (int32_t attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const tw_draw draw =
            tw_draw_at(world->key, TW_DRAW_TASTE_NEST, person, 2 * attempt, BIASED_PART);
        const tw_draw other =
            tw_draw_at(world->key, TW_DRAW_TASTE_NEST, person, 2 * attempt + 1, BIASED_PART);
        const double log_x = tw_log(tw_uniform(draw.word[0])) / shape;
        const double log_y = tw_log(tw_uniform(draw.word[1])) / (1 - shape);
        const double most = log_x > log_y ? log_x : log_y;
        const double log_sum = most + tw_log(tw_exp(log_x - most) + tw_exp(log_y - most));
        exponential = -tw_log(tw_uniform(other.word[0]));
        log_beta = log_x - log_sum;
        if (log_sum <= 0) {
            break;
        }
    }
    return log_beta + tw_log(exponential);
}

static double log_of_sum(double a, double b)
{
    const double most = a > b ? a : b;
    return most + tw_log(tw_exp(a - most) + tw_exp(b - most));
}

/* Redraws the places that the choice of `zone` makes unlikely, and adds what makes it likely. */
static void condition(const tw_world *world, tw_worker *worker, uint64_t person, int zone,
                      int village, const double *nest, double log_total)
{
    const int n = world->num_counties, county = zone / TW_NUM_ZONE_KINDS;
    const double rho = world->settings->taste_change;
    const double *value = &world->places.start_value[zone * (n + 1)];
    const tw_draw draw = tw_draw_at(world->key, TW_DRAW_TASTE_NEST, person, 0, LARGEST_TASTE);
    const double log_most = tw_log(-tw_log(tw_uniform(draw.word[0]))) - log_total;
    double *tilt = worker->tilt;
    for (int c = 0; c < n; c++) {
        tilt[c] = (log_most + value[c] + nest[tw_nest_of(world->region->counties[c].tier)]) / rho;
    }
    /* Another village than the one it lived in was not compared. */
    tilt[n] = zone == tw_zone(village, TW_RURAL)
                  ? (log_most + value[n] + nest[TW_NEST_VILLAGE]) / rho
                  : -700;
    tw_tilts_surely_accept(worker->word[0], worker->word[1], worker->lasting, tilt, n + 1,
                           worker->accepted);
    for (int i = 0; i <= n; i++) {
        if (!worker->accepted[i] &&
            !tw_tilt_accepts(worker->word[0][i], worker->word[1][i], worker->lasting[i], tilt[i])) {
            worker->lasting[i] = draw_tilted(world, person, worker->code[i], tilt[i]);
        }
    }
    if (tw_is_town(zone) || zone == tw_zone(village, TW_RURAL)) {
        const int home = tw_is_town(zone) ? county : n;
        const double added = log_gamma_variable(world, person, 1 - rho) - tilt[home];
        worker->lasting[home] = log_of_sum(worker->lasting[home], added);
    }
}

void tw_lasting_tastes(const tw_world *world, tw_worker *worker, uint64_t person, int taste_zone,
                       int village, double *nest)
{
    const int n = world->num_counties;
    const double rho = world->settings->taste_change;
    const double log_total = draw_nests(world, person, taste_zone, nest);
    memcpy(worker->code, world->places.code, (size_t)n * sizeof(*worker->code));
    worker->code[n] = world->places.village_code[village];
    tw_draw_codes(world->key, TW_DRAW_TASTE_LASTING, 0, person, worker->code, n + 1,
                  worker->word[0], worker->word[1]);
    tw_log_stables(worker->word[0], worker->word[1], n + 1, rho, worker->lasting);
    if (taste_zone >= 0 && rho < 1) {
        condition(world, worker, person, taste_zone, village, nest, log_total);
    }
}
