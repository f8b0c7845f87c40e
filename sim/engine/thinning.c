/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Leading bits against limits, eight lanes of 16 bits to a person or household, 64 of them at a
 * time. What every x86-64 has is enough for vectors here.
 */
#include "engine/thinning.h"

#include "base/clones.h"
#include "base/rows.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/** Persons whose states are found before they are looked up. */
enum { STATES_AT_ONCE = 512 };

static uint64_t highest_work_limit(const tw_world *world, int activity, int age)
{
    uint64_t highest = 0;
    for (int z = 0; z < world->num_zones; z++) {
        const uint64_t limit = world->work.limit[tw_work_cell(z, activity, age)];
        highest = limit > highest ? limit : highest;
    }
    return highest;
}

void tw_thinning_open(tw_world *world)
{
    static const int age_of[TW_WORK_AGES] = {0, 15, 25, 50, 65};
    for (int activity = 0; activity < TW_NUM_ACTIVITIES; activity++) {
        uint64_t work[TW_WORK_AGES];
        for (int group = 0; group < TW_WORK_AGES; group++) {
            work[group] = highest_work_limit(world, activity, age_of[group]) << TW_WORK_SHIFT;
        }
        for (int state = 0; state < TW_PERSON_STATES; state++) {
            const uint64_t *limit = world->person_limit[state];
            uint64_t *of = world->thinning[activity * TW_PERSON_STATES + state];
            of[0] = limit[0];
            of[1] = limit[1] | work[tw_work_group(state % TW_STATE_AGES)];
        }
    }
}

/** Columns of a block by which the limits of persons differ. */
typedef struct person_columns {
    const int16_t *birth;
    const uint8_t *sex, *marital, *activity;
} person_columns;

/* Where the limits of some persons are: two words each, so that their place is twice the state. */
TW_CLONES static void find_states(const person_columns *of, int32_t first, int32_t count,
                                  int32_t quarter, uint16_t *restrict state)
{
    const int16_t *restrict birth = of->birth + first, now = (int16_t)quarter;
    const uint8_t *restrict sex = of->sex + first, *restrict marital = of->marital + first;
    const uint8_t *restrict activity = of->activity + first;
    for (int32_t i = 0; i < count; i++) {
        const int of_sex = tw_person_state(sex[i], marital[i], tw_short_age(birth[i], now));
        state[i] = (uint16_t)(2 * (activity[i] * TW_PERSON_STATES + of_sex));
    }
}

static uint64_t one_person(uint64_t word0, uint64_t word1, const uint64_t *limit)
{
    return (tw_lanes_within(word0, limit[0]) | tw_lanes_within(word1, limit[1])) != 0;
}

#if defined(__SSE2__)

static inline __m128i load(const void *from)
{
    return _mm_loadu_si128((const __m128i *)from);
}

/* All bits of the lanes that are at most their limit. */
static inline __m128i lanes_within(__m128i lead, __m128i limit)
{
    return _mm_cmpeq_epi16(_mm_subs_epu16(lead, limit), _mm_setzero_si128());
}

/* Events within their limits of two persons, eight bytes each. */
static inline __m128i two_persons(const uint64_t *word0, const uint64_t *word1,
                                  const uint64_t *limit, const uint16_t *state)
{
    const __m128i first = load(word0), second = load(word1);
    return _mm_packs_epi16(lanes_within(_mm_unpacklo_epi64(first, second), load(&limit[state[0]])),
                           lanes_within(_mm_unpackhi_epi64(first, second), load(&limit[state[1]])));
}

/* Four lanes of which any byte is set, as bits. */
static inline uint64_t any_of_four(__m128i lanes)
{
    const __m128i none = _mm_cmpeq_epi32(lanes, _mm_setzero_si128());
    return (uint64_t)(_mm_movemask_ps(_mm_castsi128_ps(none)) ^ 0xf);
}

TW_CLONES static uint64_t all_persons(const uint64_t *word0, const uint64_t *word1,
                                      const uint64_t *limit, const uint16_t *state)
{
    uint64_t bits = 0;
    for (int32_t i = 0; i < TW_ROWS_AT_ONCE; i += 4) {
        const __m128i four =
            _mm_packs_epi16(two_persons(word0 + i, word1 + i, limit, state + i),
                            two_persons(word0 + i + 2, word1 + i + 2, limit, state + i + 2));
        bits |= any_of_four(four) << i;
    }
    return bits;
}

#endif

/* Persons of at most 64 of whom any event is within its limit, a bit each. */
static uint64_t persons_within(const uint64_t *word0, const uint64_t *word1, const uint64_t *limit,
                               const uint16_t *state, int32_t count)
{
#if defined(__SSE2__)
    if (count == TW_ROWS_AT_ONCE) {
        return all_persons(word0, word1, limit, state);
    }
#endif
    uint64_t bits = 0;
    for (int32_t i = 0; i < count; i++) {
        bits |= one_person(word0[i], word1[i], &limit[state[i]]) << i;
    }
    return bits;
}

int32_t tw_thin_persons(const tw_world *world, const tw_block *block, const uint64_t *word0,
                        const uint64_t *word1, int32_t *row)
{
    const person_columns of = {block->birth_quarter, block->sex, block->marital, block->activity};
    const uint64_t *limit = world->thinning[0];
    uint16_t state[STATES_AT_ONCE];
    int32_t num = 0;
    for (int32_t i = 0; i < block->num_persons; i += TW_ROWS_AT_ONCE) {
        const int32_t rest = block->num_persons - i, at = i % STATES_AT_ONCE;
        if (at == 0) {
            find_states(&of, i, rest < STATES_AT_ONCE ? rest : STATES_AT_ONCE, world->quarter,
                        state);
        }
        const uint64_t bits = persons_within(word0 + i, word1 + i, limit, state + at,
                                             tw_rows_from(i, block->num_persons));
        num += tw_list_bits(bits, i, row + num);
    }
    return num;
}

/* As 16 bits a lane: the largest leading bits below each bound, and whether there are any. */
typedef struct household_limits {
    uint64_t most[2], any[2];
} household_limits;

static household_limits limits_of(const uint32_t *bound)
{
    household_limits limits = {{0}, {0}};
    for (int slot = 0; slot < 8; slot++) {
        const int shift = 16 * (slot % 4);
        if (bound[slot] > 0) {
            limits.most[slot / 4] |= (uint64_t)(bound[slot] - 1) << shift;
            limits.any[slot / 4] |= UINT64_C(0xffff) << shift;
        }
    }
    return limits;
}

static uint64_t one_household(uint64_t word0, uint64_t word1, uint8_t flags,
                              const household_limits *of)
{
    return ((tw_lanes_within(word0, of->most[0]) & of->any[0]) |
            (tw_lanes_within(word1, of->most[1]) & of->any[1]) |
            (flags & (TW_SEEKS_DWELLING | TW_ORPHANED))) != 0;
}

#if defined(__SSE2__)

static inline __m128i both(uint64_t word)
{
    return _mm_set1_epi64x((long long)word);
}

/* Events of two households below their bounds, in the order of the words. */
static inline __m128i two_households(const uint64_t *word0, const uint64_t *word1,
                                     const household_limits *of)
{
    return _mm_or_si128(
        _mm_and_si128(lanes_within(load(word0), both(of->most[0])), both(of->any[0])),
        _mm_and_si128(lanes_within(load(word1), both(of->most[1])), both(of->any[1])));
}

/* Households of sixteen that wait for a home or for kin. */
static inline uint64_t sixteen_wait(const uint8_t *flags)
{
    const __m128i wait =
        _mm_and_si128(load(flags), _mm_set1_epi8((char)(TW_SEEKS_DWELLING | TW_ORPHANED)));
    return (uint64_t)(_mm_movemask_epi8(_mm_cmpeq_epi8(wait, _mm_setzero_si128())) ^ 0xffff);
}

TW_CLONES static uint64_t all_households(const uint64_t *word0, const uint64_t *word1,
                                         const uint8_t *flags, const household_limits *of)
{
    const household_limits limits = *of;
    uint64_t bits = 0;
    for (int32_t i = 0; i < TW_ROWS_AT_ONCE; i += 4) {
        const __m128i four = _mm_packs_epi16(two_households(word0 + i, word1 + i, &limits),
                                             two_households(word0 + i + 2, word1 + i + 2, &limits));
        bits |= any_of_four(four) << i;
    }
    for (int32_t i = 0; i < TW_ROWS_AT_ONCE; i += 16) {
        bits |= sixteen_wait(flags + i) << i;
    }
    return bits;
}

#endif

static uint64_t households_within(const uint64_t *word0, const uint64_t *word1,
                                  const uint8_t *flags, const household_limits *of, int32_t count)
{
#if defined(__SSE2__)
    if (count == TW_ROWS_AT_ONCE) {
        return all_households(word0, word1, flags, of);
    }
#endif
    uint64_t bits = 0;
    for (int32_t i = 0; i < count; i++) {
        bits |= one_household(word0[i], word1[i], flags[i], of) << i;
    }
    return bits;
}

int32_t tw_thin_households(const tw_world *world, const tw_block *block, const uint64_t *word0,
                           const uint64_t *word1, tw_candidate *candidate)
{
    const household_limits limits = limits_of(world->household_bound);
    int32_t num = 0;
    for (int32_t i = 0; i < block->num_households; i += TW_ROWS_AT_ONCE) {
        uint64_t bits = households_within(word0 + i, word1 + i, block->flags + i, &limits,
                                          tw_rows_from(i, block->num_households));
        for (; bits != 0; bits &= bits - 1) {
            const int32_t row = i + tw_lowest_bit(bits);
            candidate[num++] = (tw_candidate){
                row, block->flags[row], {word0[row], word1[row]}
            };
        }
    }
    return num;
}
