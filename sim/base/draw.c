/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Philox 4x32-10 over arrays. Counters live in 64-bit lanes, for one multiplication of the lower
 * halves of lanes gives both words of a product. No compiler sees that this is all a round needs,
 * hence a version for each vector unit.
 */
#include "base/draw.h"

#include <string.h>

#if defined(TW_TARGET_CLONES) && defined(__x86_64__) && defined(__GNUC__)
#define WITH_VECTORS 1
#include <immintrin.h>
#endif

static void draw_plain(tw_draw_rows rows, tw_key key, tw_purpose purpose, const int32_t *quarter,
                       const uint64_t *uid, const uint32_t *k, int32_t count, uint64_t *out0,
                       uint64_t *out1)
{
    for (int32_t i = 0; i < count; i++) {
        const tw_draw draw =
            tw_draw_at(key, purpose, uid[rows == TW_DRAW_BY_K ? 0 : i],
                       quarter[rows == TW_DRAW_BY_ALL ? i : 0], k[rows == TW_DRAW_BY_UID ? 0 : i]);
        out0[i] = draw.word[0];
        out1[i] = draw.word[1];
    }
}

#ifdef WITH_VECTORS

enum { ROUNDS = 10 };
static const uint64_t multiplier0 = UINT64_C(0xD2511F53), multiplier1 = UINT64_C(0xCD9E8D57);
static const uint32_t weyl0 = UINT32_C(0x9E3779B9), weyl1 = UINT32_C(0xBB67AE85);

#define UNIT          avx2
#define TARGET        __attribute__((target("avx2")))
#define VECTOR        __m256i
#define LANES         4
#define TURNS         2
#define LOAD(from)    _mm256_loadu_si256((const __m256i *)(const void *)(from))
#define STORE(v, to)  _mm256_storeu_si256((__m256i *)(void *)(to), v)
#define WIDEN(from)   _mm256_cvtepu32_epi64(_mm_loadu_si128((const __m128i *)(const void *)(from)))
#define SPREAD(x)     _mm256_set1_epi64x((long long)(x))
#define PRODUCT(a, b) _mm256_mul_epu32(a, b)
#define UPPER(a)      _mm256_srli_epi64(a, 32)
#define XOR3(a, b, c) _mm256_xor_si256(a, _mm256_xor_si256(b, c))
#define BOTH(a, b)    _mm256_blend_epi32(a, _mm256_slli_epi64(b, 32), 0xaa)
#define THIRD(q, p)   _mm256_or_si256(_mm256_and_si256(q, SPREAD(0xffff)), p)
#include "base/draw_vectors.h"

#define UNIT          avx512
#define TARGET        __attribute__((target("avx512f")))
#define VECTOR        __m512i
#define LANES         8
#define TURNS         2
#define LOAD(from)    _mm512_loadu_si512(from)
#define STORE(v, to)  _mm512_storeu_si512(to, v)
#define WIDEN(from)   _mm512_cvtepu32_epi64(_mm256_loadu_si256((const __m256i *)(const void *)(from)))
#define SPREAD(x)     _mm512_set1_epi64((long long)(x))
#define PRODUCT(a, b) _mm512_mul_epu32(a, b)
#define UPPER(a)      _mm512_srli_epi64(a, 32)
#define XOR3(a, b, c) _mm512_ternarylogic_epi64(a, b, c, 0x96)
#define BOTH(a, b)    _mm512_mask_blend_epi32(0xaaaa, a, _mm512_slli_epi64(b, 32))
#define THIRD(q, p)   _mm512_or_si512(_mm512_and_si512(q, SPREAD(0xffff)), p)
#include "base/draw_vectors.h"

int tw_draw_supported(tw_draw_version version)
{
    return version == TW_DRAW_AVX512 ? __builtin_cpu_supports("avx512f")
           : version == TW_DRAW_AVX2 ? __builtin_cpu_supports("avx2")
                                     : 1;
}

#else

int tw_draw_supported(tw_draw_version version)
{
    return version == TW_DRAW_PLAIN;
}

#endif

void tw_draw_by(tw_draw_version version, tw_draw_rows rows, tw_key key, tw_purpose purpose,
                const int32_t *quarter, const uint64_t *uid, const uint32_t *k, int32_t count,
                uint64_t *out0, uint64_t *out1)
{
#ifdef WITH_VECTORS
    if (version == TW_DRAW_AVX512) {
        draw_avx512(rows, key, purpose, quarter, uid, k, count, out0, out1);
        return;
    }
    if (version == TW_DRAW_AVX2) {
        draw_avx2(rows, key, purpose, quarter, uid, k, count, out0, out1);
        return;
    }
#endif
    (void)version;
    draw_plain(rows, key, purpose, quarter, uid, k, count, out0, out1);
}

static tw_draw_version best_version(void)
{
    return tw_draw_supported(TW_DRAW_AVX512) ? TW_DRAW_AVX512
           : tw_draw_supported(TW_DRAW_AVX2) ? TW_DRAW_AVX2
                                             : TW_DRAW_PLAIN;
}

void tw_draw_many(tw_key key, tw_purpose purpose, int32_t quarter, uint32_t k, const uint64_t *uid,
                  int32_t count, uint64_t *out0, uint64_t *out1)
{
    tw_draw_by(best_version(), TW_DRAW_BY_UID, key, purpose, &quarter, uid, &k, count, out0, out1);
}

void tw_draw_codes(tw_key key, tw_purpose purpose, int32_t quarter, uint64_t uid, const uint32_t *k,
                   int32_t count, uint64_t *out0, uint64_t *out1)
{
    tw_draw_by(best_version(), TW_DRAW_BY_K, key, purpose, &quarter, &uid, k, count, out0, out1);
}

void tw_draw_each(tw_key key, tw_purpose purpose, const int32_t *quarter, const uint64_t *uid,
                  const uint32_t *k, int32_t count, uint64_t *out0, uint64_t *out1)
{
    tw_draw_by(best_version(), TW_DRAW_BY_ALL, key, purpose, quarter, uid, k, count, out0, out1);
}
