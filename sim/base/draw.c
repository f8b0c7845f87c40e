/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Philox 4x32-10 over arrays. One multiplication of 64-bit lanes gives high and low word of a
 * product at once; counters live in 64-bit lanes with the upper half clear.
 */
#include "base/draw.h"

#include "base/clones.h"

/** One round over lanes; the products are exact 32 x 32 -> 64. */
#define PHILOX_ROUND(c0, c1, c2, c3, k0, k1)           \
    do {                                               \
        uint64_t product0 = (c0)*UINT64_C(0xD2511F53); \
        uint64_t product1 = (c2)*UINT64_C(0xCD9E8D57); \
        (c0) = (product1 >> 32) ^ (c1) ^ (k0);         \
        (c1) = product1 & low32;                       \
        (c2) = (product0 >> 32) ^ (c3) ^ (k1);         \
        (c3) = product0 & low32;                       \
        (k0) = ((k0) + UINT64_C(0x9E3779B9)) & low32;  \
        (k1) = ((k1) + UINT64_C(0xBB67AE85)) & low32;  \
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

static const uint64_t low32 = UINT64_C(0xffffffff);

TW_CLONES void tw_draw_many(tw_key key, tw_purpose purpose, int32_t quarter, uint32_t k,
                            const uint64_t *restrict uid, int32_t count, uint64_t *restrict out0,
                            uint64_t *restrict out1)
{
    const uint64_t word2 = ((uint32_t)quarter & 0xffffu) | ((uint32_t)purpose << 16);
    for (int32_t i = 0; i < count; i++) {
        uint64_t c0 = uid[i] & low32, c1 = uid[i] >> 32, c2 = word2, c3 = k;
        uint64_t k0 = key.word[0], k1 = key.word[1];
        PHILOX_TEN_ROUNDS(c0, c1, c2, c3, k0, k1);
        out0[i] = c0 | c1 << 32;
        out1[i] = c2 | c3 << 32;
    }
}

TW_CLONES void tw_draw_codes(tw_key key, tw_purpose purpose, int32_t quarter, uint64_t uid,
                             const uint32_t *restrict k, int32_t count, uint64_t *restrict out0,
                             uint64_t *restrict out1)
{
    const uint64_t word2 = ((uint32_t)quarter & 0xffffu) | ((uint32_t)purpose << 16);
    for (int32_t i = 0; i < count; i++) {
        uint64_t c0 = uid & low32, c1 = uid >> 32, c2 = word2, c3 = k[i];
        uint64_t k0 = key.word[0], k1 = key.word[1];
        PHILOX_TEN_ROUNDS(c0, c1, c2, c3, k0, k1);
        out0[i] = c0 | c1 << 32;
        out1[i] = c2 | c3 << 32;
    }
}
