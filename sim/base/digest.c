/* SPDX-License-Identifier: Apache-2.0 */
/** Hashes of bytes and words; two independent lanes of 64 bits. */
#include "base/digest.h"

#include <stdio.h>
#include <string.h>

static uint64_t fold(uint64_t state, uint64_t word)
{
    return tw_mix(state ^ tw_mix(word + UINT64_C(0x9e3779b97f4a7c15))) *
           UINT64_C(0x2545f4914f6cdd1d);
}

static tw_digest hash_words(const uint64_t *words, size_t num_words)
{
    tw_digest hash = {UINT64_C(0x243f6a8885a308d3), UINT64_C(0x13198a2e03707344)};
    for (size_t i = 0; i < num_words; i++) {
        hash.low = fold(hash.low, words[i]);
        hash.high = fold(hash.high, words[i] ^ UINT64_C(0xa4093822299f31d0));
    }
    return hash;
}

void tw_digest_add(tw_digest *digest, const uint64_t *words, size_t num_words)
{
    tw_digest_join(digest, hash_words(words, num_words));
}

void tw_digest_bytes(const void *bytes, size_t size, uint64_t out[2])
{
    const unsigned char *at = bytes;
    uint64_t length = size;
    tw_digest hash = hash_words(&length, 1);
    for (size_t done = 0; done < size; done += 8) {
        /* Little-endian by construction, so that the digest does not depend on the machine. */
        uint64_t word = 0;
        for (size_t i = 0; i < 8 && done + i < size; i++) {
            word |= (uint64_t)at[done + i] << (8 * i);
        }
        hash.low = fold(hash.low, word);
        hash.high = fold(hash.high, word ^ UINT64_C(0xa4093822299f31d0));
    }
    out[0] = hash.low;
    out[1] = hash.high;
}

void tw_digest_text(tw_digest digest, char text[33])
{
    snprintf(text, 33, "%016llx%016llx", (unsigned long long)digest.high,
             (unsigned long long)digest.low);
}
