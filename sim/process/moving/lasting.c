/* SPDX-License-Identifier: Apache-2.0 */
/** Positive-stable variables by rejection, each attempt with draws of its own. */
#include "process/moving/lasting.h"

#include "process/moving/taste.h"

/*
 * Attempts of a rejection; then the last one stands. One in five succeeds in the least likely nest
 * of the shipped region, so that fewer than one household in 10^20 gets there.
 */
enum { MAX_ATTEMPTS = 256 };
/* Rows of a whole vector: so many are drawn where fewer are needed, too. */
enum { LANES = 4 };

/* Draws of TASTE_NEST with these numbers are not those of a nest. */
enum { LARGEST_TASTE = 1 << 20, BIASED_PART };

static int nest_of_zone(const tw_world *world, int zone)
{
    const tw_county *county = &world->region->counties[zone / TW_NUM_ZONE_KINDS];
    return tw_is_town(zone) ? (int)tw_nest_of(county->tier) : (int)TW_NEST_VILLAGE;
}

/* log S of the nests as drawn in one attempt, and a uniform that accepts or rejects them. */
static double attempt_nests(const tw_world *world, uint64_t person, uint32_t attempt, double *nest)
{
    uint32_t code[LANES];
    uint64_t word0[LANES], word1[LANES];
    double log_s[LANES];
    for (uint32_t n = 0; n < LANES; n++) {
        code[n] = attempt * (uint32_t)TW_NUM_NESTS + n;
    }
    tw_draw_codes(world->key, TW_DRAW_TASTE_NEST, 0, person, code, LANES, word0, word1);
    tw_log_stables(word0, word1, LANES, world->settings->dissimilarity, log_s);
    memcpy(nest, log_s, TW_NUM_NESTS * sizeof(*nest));
    return tw_spare_uniform(word0[0], word1[0]);
}

/* log S of the nests, given the choice of a place; returns log of the sum of exp(W / lambda). */
static double draw_nests(const tw_world *world, uint64_t person, int zone, double *nest)
{
    const double *sum = zone < 0 ? NULL : &world->places.start_sum[zone * TW_NUM_NESTS];
    double total = 1;
    for (uint32_t attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const double accepting = attempt_nests(world, person, attempt, nest);
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

/*
 * log S of one place by a tilted draw: attempts after the first are numbered by the quarter. A
 * vector of them is drawn at once, for a strong tilt rejects many.
 */
static double draw_tilted(const tw_world *world, uint64_t person, uint32_t code, double log_tilt)
{
    uint64_t word0[LANES], word1[LANES];
    double log_s[LANES], tilt[LANES];
    uint8_t accepted[LANES];
    for (int32_t first = 1;; first += LANES) {
        for (int32_t i = 0; i < LANES; i++) {
            const tw_draw draw =
                tw_draw_at(world->key, TW_DRAW_TASTE_LASTING, person, first + i, code);
            word0[i] = draw.word[0];
            word1[i] = draw.word[1];
            tilt[i] = log_tilt;
        }
        tw_log_stables(word0, word1, LANES, world->settings->taste_change, log_s);
        tw_tilts_surely_accept(word0, word1, log_s, tilt, LANES, accepted);
        for (int32_t i = 0; i < LANES; i++) {
            if (accepted[i] || first + i == MAX_ATTEMPTS - 1 ||
                tw_tilt_accepts(word0[i], word1[i], log_s[i], log_tilt)) {
                return log_s[i];
            }
        }
    }
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

/* Tilts of the places that the choice of `zone` makes unlikely. */
static void tilt_places(const tw_world *world, tw_worker *worker, int zone, int village,
                        double log_total, tw_lasting *of)
{
    const int n = world->num_counties;
    const double rho = world->settings->taste_change;
    const double *value = &world->places.start_value[zone * (n + 1)];
    const tw_draw draw = tw_draw_at(world->key, TW_DRAW_TASTE_NEST, of->person, 0, LARGEST_TASTE);
    const double log_most = tw_log(-tw_log(tw_uniform(draw.word[0]))) - log_total;
    double *restrict tilt = worker->tilt;
    const uint8_t *nest = world->places.nest;
    for (int c = 0; c < n; c++) {
        tilt[c] = (log_most + value[c] + of->nest[nest[c]]) / rho;
    }
    /* Another village than the one it lived in was not compared. */
    const int own = zone == tw_zone(village, TW_RURAL);
    tilt[n] = own ? (log_most + value[n] + of->nest[TW_NEST_VILLAGE]) / rho : -700;
    of->home = tw_is_town(zone) ? zone / TW_NUM_ZONE_KINDS : own ? n : -1;
}

void tw_lasting_draw(const tw_world *world, tw_worker *worker, uint64_t person, int taste_zone,
                     int village, tw_lasting *out)
{
    const int n = world->num_counties;
    out->person = person;
    out->conditioned = taste_zone >= 0 && world->settings->taste_change < 1;
    out->home = -1;
    const double log_total = draw_nests(world, person, taste_zone, out->nest);
    memcpy(worker->code, world->places.code, (size_t)n * sizeof(*worker->code));
    worker->code[n] = world->places.village_code[village];
    tw_draw_codes(world->key, TW_DRAW_TASTE_LASTING, 0, person, worker->code, n + 1,
                  worker->word[0], worker->word[1]);
    if (out->conditioned) {
        tilt_places(world, worker, taste_zone, village, log_total, out);
    }
}

void tw_lasting_ceilings(const tw_world *world, const tw_worker *worker, const tw_lasting *of,
                         double *ceiling)
{
    const int32_t places = world->num_counties + 1;
    for (int32_t i = 0; i < places && !of->conditioned; i++) {
        worker->tilt[i] = -700;
    }
    tw_stables_ceiling(world->places.ceilings, worker->word[0], worker->word[1], worker->tilt,
                       places, ceiling);
    if (of->home >= 0) {
        ceiling[of->home] = TW_NO_CEILING; /* something is added to it */
    }
}

/* log S of one place whose words gave log_s: redrawn when the tilt rejects it; the chosen place
 * has an addition that made it likely. */
static double tilted(const tw_world *world, const tw_worker *worker, const tw_lasting *of,
                     int32_t place, double log_s, int accepted)
{
    const double tilt = worker->tilt[place];
    if (!accepted &&
        !tw_tilt_accepts(worker->word[0][place], worker->word[1][place], log_s, tilt)) {
        log_s = draw_tilted(world, of->person, worker->code[place], tilt);
    }
    if (place != of->home) {
        return log_s;
    }
    const double added =
        log_gamma_variable(world, of->person, 1 - world->settings->taste_change) - tilt;
    return log_of_sum(log_s, added);
}

/* So many places at once, whole vectors: the last one fills up the last of them. */
enum { AT_ONCE = 2 * LANES };

static void few_tastes(const tw_world *world, tw_worker *worker, const tw_lasting *of,
                       const int32_t *place, int32_t num)
{
    uint64_t word0[AT_ONCE], word1[AT_ONCE];
    double log_s[AT_ONCE], tilt[AT_ONCE];
    uint8_t accepted[AT_ONCE];
    const int32_t rows = (num + LANES - 1) / LANES * LANES;
    for (int32_t i = 0; i < rows; i++) {
        const int32_t at = place[i < num ? i : num - 1];
        word0[i] = worker->word[0][at];
        word1[i] = worker->word[1][at];
        tilt[i] = worker->tilt[at];
    }
    tw_log_stables(word0, word1, rows, world->settings->taste_change, log_s);
    if (of->conditioned) {
        tw_tilts_surely_accept(word0, word1, log_s, tilt, rows, accepted);
    }
    for (int32_t i = 0; i < num; i++) {
        worker->lasting[place[i]] =
            of->conditioned ? tilted(world, worker, of, place[i], log_s[i], accepted[i]) : log_s[i];
    }
}

void tw_lasting_tastes(const tw_world *world, tw_worker *worker, const tw_lasting *of,
                       const int32_t *place, int32_t num)
{
    for (int32_t i = 0; i < num; i += AT_ONCE) {
        few_tastes(world, worker, of, place + i, num - i < AT_ONCE ? num - i : AT_ONCE);
    }
}
