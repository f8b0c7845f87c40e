/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Digests of 128 bits: of bytes, and of sets.
 *
 * The digest of a set is the sum modulo 2^128 of a hash of each member, so that neither order nor
 * grouping enters it. For equality of runs and files, not for security.
 */
#ifndef TW_BASE_DIGEST_H
#define TW_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

typedef struct tw_digest {
    uint64_t low, high;
} tw_digest;

/** A mixed 64-bit value: every bit of the result depends on every bit of x (a bijection). */
static inline uint64_t tw_mix(uint64_t x)
{
    x ^= x >> 32;
    x *= UINT64_C(0xd6e8feb86659fd93);
    x ^= x >> 32;
    x *= UINT64_C(0xd6e8feb86659fd93);
    return x ^ (x >> 32);
}

/** Two values into one, order matters. */
static inline uint64_t tw_mix2(uint64_t a, uint64_t b)
{
    return tw_mix(tw_mix(a + UINT64_C(0x9e3779b97f4a7c15)) + b);
}

/** Digest of a string of bytes; out[0] low, out[1] high. */
void tw_digest_bytes(const void *bytes, size_t size, uint64_t out[2]);

/** Adds one member, given as words: an entity's fields and uid. */
void tw_digest_add(tw_digest *digest, const uint64_t *words, size_t num_words);

/** Adds the digest of another part of the set. */
static inline void tw_digest_join(tw_digest *digest, tw_digest part)
{
    digest->low += part.low;
    digest->high += part.high + (digest->low < part.low);
}

/** 32 hex digits and a terminating zero. */
void tw_digest_text(tw_digest digest, char text[33]);

#endif
