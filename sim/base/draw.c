/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Philox 4x32-10 over arrays. One multiplication of 64-bit lanes gives high and low word of a
 * product at once; counters live in 64-bit lanes. AVX2 can only multiply the lower halves of its
 * lanes: all that is needed here, but no compiler sees it, hence a version of its own.
 */
#include "base/draw.h"

#include "base/clones.h"

#if defined(TW_TARGET_CLONES) && defined(__x86_64__) && defined(__GNUC__)
#define WITH_AVX2 1
#include <immintrin.h>
#endif

enum { ROUNDS = 10 };
static const uint64_t low32 = UINT64_C(0xffffffff);
static const uint64_t multiplier0 = UINT64_C(0xD2511F53), multiplier1 = UINT64_C(0xCD9E8D57);
static const uint32_t weyl0 = UINT32_C(0x9E3779B9), weyl1 = UINT32_C(0xBB67AE85);

/** One round over lanes; the products are exact 32 x 32 -> 64. */
#define PHILOX_ROUND(c0, c1, c2, c3, k0, k1)   \
    do {                                       \
        uint64_t product0 = (c0)*multiplier0;  \
        uint64_t product1 = (c2)*multiplier1;  \
        (c0) = (product1 >> 32) ^ (c1) ^ (k0); \
        (c1) = product1 & low32;               \
        (c2) = (product0 >> 32) ^ (c3) ^ (k1); \
        (c3) = product0 & low32;               \
        (k0) = ((k0) + weyl0) & low32;         \
        (k1) = ((k1) + weyl1) & low32;         \
    } while (0)

#define PHILOX_TEN_ROUNDS(c0, c1, c2, c3, k0, k1) \
    do {                                          \
        PHILOX_ROUND(c0, c1, c2, c3, k0, k1);     \
        PHILOX_ROUND(c0, c1, c2, c3, k0, k1);     \
        PHILOX_ROUND(c0, c1, c2, c3, k0, k1);     \
        PHILOX_ROUND(c0, c1, c2, c3, k0, k1);     \
        PHILOX_ROUND(c0, c1, c2, c3, k0, k1);     \
        PHILOX_ROUND(c0, c1, c2, c3, k0, k1);     \
        PHILOX_ROUND(c0, c1, c2, c3, k0, k1);     \
        PHILOX_ROUND(c0, c1, c2, c3, k0, k1);     \
        PHILOX_ROUND(c0, c1, c2, c3, k0, k1);     \
        PHILOX_ROUND(c0, c1, c2, c3, k0, k1);     \
    } while (0)

static uint64_t third_word(tw_purpose purpose, int32_t quarter)
{
    return ((uint32_t)quarter & 0xffffu) | (uint64_t)purpose << 16;
}

TW_CLONES static void draw_many(tw_key key, uint64_t word2, uint32_t k,
                                const uint64_t *restrict uid, int32_t count,
                                uint64_t *restrict out0, uint64_t *restrict out1)
{
    for (int32_t i = 0; i < count; i++) {
        uint64_t c0 = uid[i] & low32, c1 = uid[i] >> 32, c2 = word2, c3 = k;
        uint64_t k0 = key.word[0], k1 = key.word[1];
        PHILOX_TEN_ROUNDS(c0, c1, c2, c3, k0, k1);
        out0[i] = c0 | c1 << 32;
        out1[i] = c2 | c3 << 32;
    }
}

TW_CLONES static void draw_codes(tw_key key, uint64_t word2, uint64_t uid,
                                 const uint32_t *restrict k, int32_t count, uint64_t *restrict out0,
                                 uint64_t *restrict out1)
{
    for (int32_t i = 0; i < count; i++) {
        uint64_t c0 = uid & low32, c1 = uid >> 32, c2 = word2, c3 = k[i];
        uint64_t k0 = key.word[0], k1 = key.word[1];
        PHILOX_TEN_ROUNDS(c0, c1, c2, c3, k0, k1);
        out0[i] = c0 | c1 << 32;
        out1[i] = c2 | c3 << 32;
    }
}

TW_CLONES static void draw_each(tw_key key, uint64_t purpose, const int32_t *restrict quarter,
                                const uint64_t *restrict uid, const uint32_t *restrict k,
                                int32_t count, uint64_t *restrict out0, uint64_t *restrict out1)
{
    for (int32_t i = 0; i < count; i++) {
        uint64_t c0 = uid[i] & low32, c1 = uid[i] >> 32, c3 = k[i];
        uint64_t c2 = ((uint32_t)quarter[i] & 0xffffu) | purpose << 16;
        uint64_t k0 = key.word[0], k1 = key.word[1];
        PHILOX_TEN_ROUNDS(c0, c1, c2, c3, k0, k1);
        out0[i] = c0 | c1 << 32;
        out1[i] = c2 | c3 << 32;
    }
}

#ifdef WITH_AVX2

enum { LANES = 4 };
#define AVX2 __attribute__((target("avx2")))

/* Keys of all rounds, in every lane. */
typedef struct round_keys {
    __m256i k0[ROUNDS], k1[ROUNDS];
} round_keys;

AVX2 static void spread_keys(tw_key key, round_keys *keys)
{
    uint32_t k0 = key.word[0], k1 = key.word[1];
    for (int r = 0; r < ROUNDS; r++) {
        keys->k0[r] = _mm256_set1_epi64x(k0);
        keys->k1[r] = _mm256_set1_epi64x(k1);
        k0 += weyl0;
        k1 += weyl1;
    }
}

/* Counters of one vector of rows. */
typedef struct counters {
    __m256i c0, c1, c2, c3;
} counters;

/* Upper halves of the lanes hold what no product reads; they are cut off at the end. */
AVX2 static inline void one_round(const round_keys *keys, int r, counters *c)
{
    const __m256i product0 = _mm256_mul_epu32(c->c0, _mm256_set1_epi64x((long long)multiplier0));
    const __m256i product1 = _mm256_mul_epu32(c->c2, _mm256_set1_epi64x((long long)multiplier1));
    c->c0 = _mm256_xor_si256(_mm256_srli_epi64(product1, 32), _mm256_xor_si256(c->c1, keys->k0[r]));
    c->c2 = _mm256_xor_si256(_mm256_srli_epi64(product0, 32), _mm256_xor_si256(c->c3, keys->k1[r]));
    c->c1 = product1;
    c->c3 = product0;
}

AVX2 static inline __m256i first_word(const counters *c)
{
    return _mm256_blend_epi32(c->c0, _mm256_slli_epi64(c->c1, 32), 0xaa);
}

AVX2 static inline __m256i second_word(const counters *c)
{
    return _mm256_blend_epi32(c->c2, _mm256_slli_epi64(c->c3, 32), 0xaa);
}

AVX2 static inline void ten_rounds(const round_keys *keys, __m256i c0, __m256i c1, __m256i c2,
                                   __m256i c3, __m256i *out0, __m256i *out1)
{
    counters c = {c0, c1, c2, c3};
    for (int r = 0; r < ROUNDS; r++) {
        one_round(keys, r, &c);
    }
    *out0 = first_word(&c);
    *out1 = second_word(&c);
}

/* Two vectors take turns: a round of one waits for the round before. */
AVX2 static inline void two_by_turns(const round_keys *keys, counters *a, counters *b)
{
    for (int r = 0; r < ROUNDS; r++) {
        one_round(keys, r, a);
        one_round(keys, r, b);
    }
}

AVX2 static inline __m256i load(const uint64_t *from)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)from);
}

AVX2 static inline void store(__m256i lanes, uint64_t *to)
{
    _mm256_storeu_si256((__m256i *)(void *)to, lanes);
}

AVX2 static inline void store_both(const counters *a, const counters *b, uint64_t *out0,
                                   uint64_t *out1)
{
    store(first_word(a), out0);
    store(second_word(a), out1);
    store(first_word(b), &out0[LANES]);
    store(second_word(b), &out1[LANES]);
}

/* The first rows of two vectors: masked stores are slow on some processors. */
AVX2 static void store_few(__m256i word0, __m256i word1, int32_t rows, uint64_t *out0,
                           uint64_t *out1)
{
    uint64_t few[2][LANES];
    store(word0, few[0]);
    store(word1, few[1]);
    for (int32_t i = 0; i < rows; i++) {
        out0[i] = few[0][i];
        out1[i] = few[1][i];
    }
}

AVX2 static void draw_many_avx2(tw_key key, uint64_t word2, uint32_t k, const uint64_t *uid,
                                int32_t count, uint64_t *out0, uint64_t *out1)
{
    round_keys keys;
    spread_keys(key, &keys);
    const __m256i c2 = _mm256_set1_epi64x((long long)word2), c3 = _mm256_set1_epi64x(k);
    __m256i word0, word1;
    int32_t i = 0;
    for (; i + 2 * LANES <= count; i += 2 * LANES) {
        const __m256i u = load(&uid[i]), v = load(&uid[i + LANES]);
        counters a = {u, _mm256_srli_epi64(u, 32), c2, c3};
        counters b = {v, _mm256_srli_epi64(v, 32), c2, c3};
        two_by_turns(&keys, &a, &b);
        store_both(&a, &b, &out0[i], &out1[i]);
    }
    for (; i + LANES <= count; i += LANES) {
        const __m256i c0 = load(&uid[i]);
        ten_rounds(&keys, c0, _mm256_srli_epi64(c0, 32), c2, c3, &word0, &word1);
        store(word0, &out0[i]);
        store(word1, &out1[i]);
    }
    uint64_t few[LANES] = {0};
    for (int32_t lane = 0; i + lane < count; lane++) {
        few[lane] = uid[i + lane];
    }
    const __m256i c0 = load(few);
    ten_rounds(&keys, c0, _mm256_srli_epi64(c0, 32), c2, c3, &word0, &word1);
    store_few(word0, word1, count - i, &out0[i], &out1[i]);
}

AVX2 static inline __m256i load_codes(const uint32_t *k)
{
    return _mm256_cvtepu32_epi64(_mm_loadu_si128((const __m128i *)(const void *)k));
}

/* The first rows of two vectors. */
AVX2 static inline void store_rest(const counters *a, const counters *b, size_t rows,
                                   uint64_t *out0, uint64_t *out1)
{
    uint64_t word0[2 * LANES], word1[2 * LANES];
    store_both(a, b, word0, word1);
    memcpy(out0, word0, rows * sizeof(*out0));
    memcpy(out1, word1, rows * sizeof(*out1));
}

AVX2 static void draw_codes_avx2(tw_key key, uint64_t word2, uint64_t uid, const uint32_t *k,
                                 int32_t count, uint64_t *out0, uint64_t *out1)
{
    round_keys keys;
    spread_keys(key, &keys);
    const __m256i c0 = _mm256_set1_epi64x((long long)uid), c1 = _mm256_srli_epi64(c0, 32);
    const __m256i c2 = _mm256_set1_epi64x((long long)word2);
    int32_t i = 0;
    for (; i + 2 * LANES <= count; i += 2 * LANES) {
        counters a = {c0, c1, c2, load_codes(&k[i])}, b = {c0, c1, c2, load_codes(&k[i + LANES])};
        two_by_turns(&keys, &a, &b);
        store_both(&a, &b, &out0[i], &out1[i]);
    }
    if (i == count) {
        return;
    }
    uint32_t few[2 * LANES] = {0};
    memcpy(few, &k[i], (size_t)(count - i) * sizeof(*few));
    counters a = {c0, c1, c2, load_codes(few)}, b = {c0, c1, c2, load_codes(&few[LANES])};
    two_by_turns(&keys, &a, &b);
    store_rest(&a, &b, (size_t)(count - i), &out0[i], &out1[i]);
}

/* A vector of rows that differ in all but the purpose. */
AVX2 static inline counters load_rows(uint64_t purpose, const int32_t *quarter, const uint64_t *uid,
                                      const uint32_t *k)
{
    const __m256i c0 = load(uid), low16 = _mm256_set1_epi64x(0xffff);
    const __m256i q = _mm256_and_si256(load_codes((const uint32_t *)(const void *)quarter), low16);
    const __m256i c2 = _mm256_or_si256(q, _mm256_set1_epi64x((long long)(purpose << 16)));
    return (counters){c0, _mm256_srli_epi64(c0, 32), c2, load_codes(k)};
}

AVX2 static void draw_each_avx2(tw_key key, uint64_t purpose, const int32_t *quarter,
                                const uint64_t *uid, const uint32_t *k, int32_t count,
                                uint64_t *out0, uint64_t *out1)
{
    round_keys keys;
    spread_keys(key, &keys);
    int32_t i = 0;
    for (; i + 2 * LANES <= count; i += 2 * LANES) {
        counters a = load_rows(purpose, &quarter[i], &uid[i], &k[i]);
        counters b = load_rows(purpose, &quarter[i + LANES], &uid[i + LANES], &k[i + LANES]);
        two_by_turns(&keys, &a, &b);
        store_both(&a, &b, &out0[i], &out1[i]);
    }
    if (i == count) {
        return;
    }
    const size_t rest = (size_t)(count - i);
    uint64_t few_uid[2 * LANES] = {0};
    int32_t few_quarter[2 * LANES] = {0};
    uint32_t few_k[2 * LANES] = {0};
    memcpy(few_uid, &uid[i], rest * sizeof(*uid));
    memcpy(few_quarter, &quarter[i], rest * sizeof(*quarter));
    memcpy(few_k, &k[i], rest * sizeof(*k));
    counters a = load_rows(purpose, few_quarter, few_uid, few_k);
    counters b = load_rows(purpose, &few_quarter[LANES], &few_uid[LANES], &few_k[LANES]);
    two_by_turns(&keys, &a, &b);
    store_rest(&a, &b, rest, &out0[i], &out1[i]);
}

int tw_draw_supported(tw_draw_version version)
{
    return version == TW_DRAW_PLAIN || __builtin_cpu_supports("avx2");
}

/* With AVX-512 the compiler's version of the plain loop has a multiplication of whole lanes. */
static tw_draw_version best_version(void)
{
    return __builtin_cpu_supports("avx2") && !__builtin_cpu_supports("avx512dq") ? TW_DRAW_AVX2
                                                                                 : TW_DRAW_PLAIN;
}

#else

int tw_draw_supported(tw_draw_version version)
{
    return version == TW_DRAW_PLAIN;
}

static tw_draw_version best_version(void)
{
    return TW_DRAW_PLAIN;
}

#endif

void tw_draw_many_by(tw_draw_version version, tw_key key, tw_purpose purpose, int32_t quarter,
                     uint32_t k, const uint64_t *uid, int32_t count, uint64_t *out0, uint64_t *out1)
{
#ifdef WITH_AVX2
    if (version == TW_DRAW_AVX2) {
        draw_many_avx2(key, third_word(purpose, quarter), k, uid, count, out0, out1);
        return;
    }
#endif
    (void)version;
    draw_many(key, third_word(purpose, quarter), k, uid, count, out0, out1);
}

void tw_draw_codes_by(tw_draw_version version, tw_key key, tw_purpose purpose, int32_t quarter,
                      uint64_t uid, const uint32_t *k, int32_t count, uint64_t *out0,
                      uint64_t *out1)
{
#ifdef WITH_AVX2
    if (version == TW_DRAW_AVX2) {
        draw_codes_avx2(key, third_word(purpose, quarter), uid, k, count, out0, out1);
        return;
    }
#endif
    (void)version;
    draw_codes(key, third_word(purpose, quarter), uid, k, count, out0, out1);
}

void tw_draw_each_by(tw_draw_version version, tw_key key, tw_purpose purpose,
                     const int32_t *quarter, const uint64_t *uid, const uint32_t *k, int32_t count,
                     uint64_t *out0, uint64_t *out1)
{
#ifdef WITH_AVX2
    if (version == TW_DRAW_AVX2) {
        draw_each_avx2(key, purpose, quarter, uid, k, count, out0, out1);
        return;
    }
#endif
    (void)version;
    draw_each(key, purpose, quarter, uid, k, count, out0, out1);
}

void tw_draw_many(tw_key key, tw_purpose purpose, int32_t quarter, uint32_t k, const uint64_t *uid,
                  int32_t count, uint64_t *out0, uint64_t *out1)
{
    tw_draw_many_by(best_version(), key, purpose, quarter, k, uid, count, out0, out1);
}

void tw_draw_codes(tw_key key, tw_purpose purpose, int32_t quarter, uint64_t uid, const uint32_t *k,
                   int32_t count, uint64_t *out0, uint64_t *out1)
{
    tw_draw_codes_by(best_version(), key, purpose, quarter, uid, k, count, out0, out1);
}

void tw_draw_each(tw_key key, tw_purpose purpose, const int32_t *quarter, const uint64_t *uid,
                  const uint32_t *k, int32_t count, uint64_t *out0, uint64_t *out1)
{
    tw_draw_each_by(best_version(), key, purpose, quarter, uid, k, count, out0, out1);
}
