/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Keyed random numbers: a draw is a pure function of (seed, replicate, purpose, uid, quarter, k).
 *
 * The generator is Philox 4x32-10 (Salmon et al. 2011, SC'11), as in Random123. There is no state:
 * the same household meets the same luck in every scenario, on any number of threads. The counter
 * is uid (64 bits) | quarter (16) | purpose (16) | k (32); the key is mixed from seed and
 * replicate.
 */
#ifndef TW_BASE_DRAW_H
#define TW_BASE_DRAW_H

#include <Random123/philox.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/math.h"

/** What a draw is for. Appended, never renumbered: numbers are part of every result. */
#define TW_PURPOSE_LIST(X)                                                          \
    X(SYNTHESIS, "starting population")                                             \
    X(SAMPLE, "which households a sample keeps")                                    \
    X(PERSON_EVENTS, "leading bits of eight events of a person")                    \
    X(HOUSEHOLD_EVENTS, "leading bits of eight events of a household")              \
    X(DEATH, "further bits: death")                                                 \
    X(BIRTH, "further bits: birth")                                                 \
    X(CHILD, "sex of a child")                                                      \
    X(SEARCH, "further bits: a household looks for another place")                  \
    X(DEPARTURE, "further bits: a household leaves the region")                     \
    X(RETURN, "further bits: a household goes back to its village")                 \
    X(HOST_PAIR, "score of an orphan and a host")                                   \
    X(TASTE_NEST, "lasting taste for a nest of places")                             \
    X(TASTE_LASTING, "lasting taste for a place")                                   \
    X(TASTE_QUARTER, "taste for a place in one quarter")                            \
    X(LOTTERY, "order of applications")                                             \
    X(ARRIVAL, "uid and traits of an arriving household")                           \
    X(RELOCATION, "who is chosen for an organised relocation")                      \
    X(RECLASSIFICATION, "whose place is relabelled")                                \
    X(TAKE_UP, "does an eligible household take the offer")                         \
    X(PUBLIC_EXIT, "further bits: a household leaves public rental housing")        \
    X(TEST, "tests only")                                                           \
    X(UNION, "further bits: a person looks for a partner")                          \
    X(PARTING, "further bits: a couple separates")                                  \
    X(LEAVE, "further bits: a person leaves the household")                         \
    X(SPLIT, "further bits: a couple leaves the parental household")                \
    X(SCHOOL, "lasting rank of a person in schooling")                              \
    X(PARTNER_PAIR, "score of a man and a woman")                                   \
    X(COUPLE_HOME, "where a new couple lives")                                      \
    X(COLLECTIVE_EXIT, "further bits: a person leaves a collective home")           \
    X(JOIN_KIN, "further bits: a household joins its kin")                          \
    X(LEAVER, "where one who leaves the household goes")                            \
    X(FOUNDING, "uid of a household that a person founds")                          \
    X(WORK, "further bits: a person changes what it does; k = 1: to what")          \
    X(PURCHASE, "does a tenant who can buy the dwelling")                           \
    X(JOB, "lottery of those who look for a job; k = 1: sector looked at")          \
    X(HAZARD, "does an earthquake or a flood strike a county")                      \
    X(DWELLING_LOST, "does a household lose its dwelling; k = 1: look for a place") \
    X(REGISTER, "transfer of registration; k = 1 letting land, 2 giving it up")     \
    X(SEASONAL, "is a person who farms away for seasonal work this year")           \
    X(GRANT, "order of those who ask for a grant; k = lever")                       \
    X(TRAINING, "order of those who ask for a course")

typedef enum tw_purpose {
#define TW_PURPOSE_ENUM(name, sentence) TW_DRAW_##name,
    TW_PURPOSE_LIST(TW_PURPOSE_ENUM)
#undef TW_PURPOSE_ENUM
        TW_NUM_PURPOSES
} tw_purpose;

/** Key of all draws of one replicate. */
typedef struct tw_key {
    uint32_t word[2];
} tw_key;

static inline tw_key tw_key_make(uint64_t seed, uint32_t replicate)
{
    uint64_t mixed = tw_mix2(seed, replicate);
    return (tw_key){
        {(uint32_t)mixed, (uint32_t)(mixed >> 32)}
    };
}

/** Four words of 32 bits, as two of 64. */
typedef struct tw_draw {
    uint64_t word[2];
} tw_draw;

/** The draw of (key, purpose, uid, quarter, k); quarter in [0, 65535]. */
static inline tw_draw tw_draw_at(tw_key key, tw_purpose purpose, uint64_t uid, int32_t quarter,
                                 uint32_t k)
{
    philox4x32_ctr_t counter = {
        {(uint32_t)uid, (uint32_t)(uid >> 32),
         ((uint32_t)quarter & 0xffffu) | ((uint32_t)purpose << 16), k}
    };
    philox4x32_key_t philox_key = {
        {key.word[0], key.word[1]}
    };
    philox4x32_ctr_t out = philox4x32(counter, philox_key);
    return (tw_draw){
        {out.v[0] | (uint64_t)out.v[1] << 32, out.v[2] | (uint64_t)out.v[3] << 32}
    };
}

/** A word as a uniform in (0, 1): the middle of one of 2^52 equal cells, never 0 or 1. */
static inline double tw_uniform(uint64_t word)
{
    return (tw_bits_double((word >> 12) | UINT64_C(0x3ff0000000000000)) - 1.0) + 0x1p-53;
}

/**
 * A uniform in (0, 1) of 24 bits that tw_uniform leaves unused in the two words of a draw: enough
 * to accept or reject that very draw.
 */
static inline double tw_spare_uniform(uint64_t word0, uint64_t word1)
{
    const uint64_t bits = (word0 & 0xfff) << 12 | (word1 & 0xfff);
    return (tw_bits_double(bits << 28 | UINT64_C(0x3ff0000000000000)) - 1.0) + 0x1p-25;
}

/**
 * Draws of many entities at once: out0[i], out1[i] are the two words of uid[i].
 * The quarter's hot loop; equal to tw_draw_at.
 */
void tw_draw_many(tw_key key, tw_purpose purpose, int32_t quarter, uint32_t k, const uint64_t *uid,
                  int32_t count, uint64_t *out0, uint64_t *out1);

/** Draws of one entity for many k (k[i], such as place codes): out0[i], out1[i]. */
void tw_draw_codes(tw_key key, tw_purpose purpose, int32_t quarter, uint64_t uid, const uint32_t *k,
                   int32_t count, uint64_t *out0, uint64_t *out1);

/** Draws of one purpose that differ in all else: out0[i], out1[i] of (uid[i], quarter[i], k[i]). */
void tw_draw_each(tw_key key, tw_purpose purpose, const int32_t *quarter, const uint64_t *uid,
                  const uint32_t *k, int32_t count, uint64_t *out0, uint64_t *out1);

/** What differs from row to row; of all else the first one holds for all rows. */
typedef enum tw_draw_rows {
    TW_DRAW_BY_UID,
    TW_DRAW_BY_K,
    TW_DRAW_BY_ALL, /**< quarter, uid and k */
    TW_NUM_DRAW_ROWS
} tw_draw_rows;

/** Versions of the three functions above for vector units: they give the same bits. */
typedef enum tw_draw_version {
    TW_DRAW_PLAIN,
    TW_DRAW_AVX2,
    TW_DRAW_AVX512,
    TW_NUM_DRAW_VERSIONS
} tw_draw_version;

/** Whether the library has a version and this processor can run it. */
int tw_draw_supported(tw_draw_version version);

/** Draws by a version that is supported: for tests. */
void tw_draw_by(tw_draw_version version, tw_draw_rows rows, tw_key key, tw_purpose purpose,
                const int32_t *quarter, const uint64_t *uid, const uint32_t *k, int32_t count,
                uint64_t *out0, uint64_t *out1);

/*
 * Events. Event e happens to x in quarter q if and only if U(e, uid, q) < p. The 16 leading bits of
 * U come from a block of eight events drawn for everyone; only where they pass a bound >= p are the
 * remaining bits drawn and p computed. A bound decides what is looked at, never what happens.
 */

/** Leading bits of event `slot` (0..7) from the two words of an entity's event draw. */
static inline uint32_t tw_event_lead(uint64_t word0, uint64_t word1, int slot)
{
    uint64_t word = slot < 4 ? word0 : word1;
    return (uint32_t)(word >> (16 * (slot & 3))) & 0xffffu;
}

/** A bound on a probability as leading bits: an event of probability <= p has lead < this. */
static inline uint32_t tw_event_bound(double p)
{
    if (p >= 1.0) {
        return 65536;
    }
    double scaled = p * 65536.0;
    uint32_t floor_bits = (uint32_t)scaled;
    return floor_bits + ((double)floor_bits < scaled);
}

/** The whole uniform of an event: leading bits and 36 further ones of (purpose, uid, quarter). */
static inline double tw_event_uniform(tw_key key, tw_purpose purpose, uint64_t uid, int32_t quarter,
                                      uint32_t lead)
{
    tw_draw rest = tw_draw_at(key, purpose, uid, quarter, 0);
    return tw_uniform((uint64_t)lead << 48 | rest.word[0] >> 16);
}

/**
 * Whether the event of probability p happens, given its leading bits: the further ones are only
 * drawn where p lies between this value of the leading bits and the next.
 */
static inline int tw_event_happens(tw_key key, tw_purpose purpose, uint64_t uid, int32_t quarter,
                                   uint32_t lead, double p)
{
    const double scaled = p * 65536.0;
    if ((double)lead + 1.0 <= scaled) {
        return 1;
    }
    return (double)lead < scaled && tw_event_uniform(key, purpose, uid, quarter, lead) < p;
}

/** Probability of an event in a quarter from its rate per year: 1 - exp(-rate / 4). */
static inline double tw_quarterly(double rate_per_year)
{
    return 1.0 - tw_exp(-0.25 * rate_per_year);
}

#endif
