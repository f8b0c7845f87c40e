/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Philox 4x32-10 for one vector unit: draw.c includes this once for each, and tells by macros what
 * the unit is called (UNIT, TARGET), what it holds (VECTOR, LANES) and can do with 64-bit lanes:
 * LOAD, STORE, WIDEN (from 32 bits), SPREAD (one number to all lanes), PRODUCT (of the lower halves
 * of lanes), UPPER (half, brought down), XOR3, BOTH (lower halves of two as one lane), THIRD (word
 * of a counter from quarter and purpose). They are gone afterwards.
 *
 * A round waits for the one before, so TURNS vectors take turns.
 */
#define JOINED(name, unit) name##_##unit
#define JOIN(name, unit)   JOINED(name, unit)
#define OF_UNIT(name)      JOIN(name, UNIT)
#define INLINE             TARGET static inline __attribute__((always_inline))

enum { OF_UNIT(AT_ONCE) = TURNS * LANES };

/* Keys of all rounds, in every lane. */
typedef struct OF_UNIT(round_keys) {
    VECTOR k0[ROUNDS], k1[ROUNDS];
} OF_UNIT(round_keys);

INLINE void OF_UNIT(spread_keys)(tw_key key, OF_UNIT(round_keys) * keys)
{
    uint32_t k0 = key.word[0], k1 = key.word[1];
    for (int r = 0; r < ROUNDS; r++, k0 += weyl0, k1 += weyl1) {
        keys->k0[r] = SPREAD(k0);
        keys->k1[r] = SPREAD(k1);
    }
}

/* Counters of one vector of rows. Upper halves of lanes hold what no product reads. */
typedef struct OF_UNIT(counters) {
    VECTOR c0, c1, c2, c3;
} OF_UNIT(counters);

INLINE void OF_UNIT(one_round)(VECTOR k0, VECTOR k1, OF_UNIT(counters) * c)
{
    const VECTOR product0 = PRODUCT(c->c0, SPREAD(multiplier0));
    const VECTOR product1 = PRODUCT(c->c2, SPREAD(multiplier1));
    c->c0 = XOR3(UPPER(product1), c->c1, k0);
    c->c2 = XOR3(UPPER(product0), c->c3, k1);
    c->c1 = product1;
    c->c3 = product0;
}

/* A vector of rows from row i on. */
INLINE OF_UNIT(counters) OF_UNIT(load)(tw_draw_rows rows, uint64_t purpose, const int32_t *quarter,
                                       const uint64_t *uid, const uint32_t *k, int32_t i)
{
    const VECTOR c0 = rows == TW_DRAW_BY_K ? SPREAD(uid[0]) : LOAD(&uid[i]);
    const VECTOR q = rows == TW_DRAW_BY_ALL ? WIDEN(&quarter[i]) : SPREAD((uint32_t)quarter[0]);
    const VECTOR c3 = rows == TW_DRAW_BY_UID ? SPREAD(k[0]) : WIDEN(&k[i]);
    return (OF_UNIT(counters)){c0, UPPER(c0), THIRD(q, SPREAD(purpose << 16)), c3};
}

INLINE void OF_UNIT(draw_some)(tw_draw_rows rows, const OF_UNIT(round_keys) * keys,
                               uint64_t purpose, const int32_t *quarter, const uint64_t *uid,
                               const uint32_t *k, int32_t i, uint64_t *out0, uint64_t *out1)
{
    OF_UNIT(counters) c[TURNS];
    for (int t = 0; t < TURNS; t++) {
        c[t] = OF_UNIT(load)(rows, purpose, quarter, uid, k, i + t * LANES);
    }
    for (int r = 0; r < ROUNDS; r++) {
        for (int t = 0; t < TURNS; t++) {
            OF_UNIT(one_round)(keys->k0[r], keys->k1[r], &c[t]);
        }
    }
    for (int t = 0; t < TURNS; t++) {
        STORE(BOTH(c[t].c0, c[t].c1), &out0[t * LANES]);
        STORE(BOTH(c[t].c2, c[t].c3), &out1[t * LANES]);
    }
}

/* `rows` is known when this is compiled. */
INLINE void OF_UNIT(draw_rows)(tw_draw_rows rows, tw_key key, uint64_t purpose,
                               const int32_t *quarter, const uint64_t *uid, const uint32_t *k,
                               int32_t count, uint64_t *out0, uint64_t *out1)
{
    OF_UNIT(round_keys) keys;
    OF_UNIT(spread_keys)(key, &keys);
    int32_t i = 0;
    for (; i + OF_UNIT(AT_ONCE) <= count; i += OF_UNIT(AT_ONCE)) {
        OF_UNIT(draw_some)(rows, &keys, purpose, quarter, uid, k, i, &out0[i], &out1[i]);
    }
    if (i == count) {
        return;
    }
    const size_t rest = (size_t)(count - i);
    uint64_t few_uid[OF_UNIT(AT_ONCE)] = {uid[0]}, few[2][OF_UNIT(AT_ONCE)];
    int32_t few_quarter[OF_UNIT(AT_ONCE)] = {quarter[0]};
    uint32_t few_k[OF_UNIT(AT_ONCE)] = {k[0]};
    memcpy(few_uid, &uid[i], rows != TW_DRAW_BY_K ? rest * sizeof(*uid) : 0);
    memcpy(few_quarter, &quarter[i], rows == TW_DRAW_BY_ALL ? rest * sizeof(*quarter) : 0);
    memcpy(few_k, &k[i], rows != TW_DRAW_BY_UID ? rest * sizeof(*k) : 0);
    OF_UNIT(draw_some)(rows, &keys, purpose, few_quarter, few_uid, few_k, 0, few[0], few[1]);
    memcpy(&out0[i], few[0], rest * sizeof(*out0));
    memcpy(&out1[i], few[1], rest * sizeof(*out1));
}

TARGET static void OF_UNIT(draw)(tw_draw_rows rows, tw_key key, uint64_t purpose,
                                 const int32_t *quarter, const uint64_t *uid, const uint32_t *k,
                                 int32_t count, uint64_t *out0, uint64_t *out1)
{
    if (rows == TW_DRAW_BY_UID) {
        OF_UNIT(draw_rows)(TW_DRAW_BY_UID, key, purpose, quarter, uid, k, count, out0, out1);
    } else if (rows == TW_DRAW_BY_K) {
        OF_UNIT(draw_rows)(TW_DRAW_BY_K, key, purpose, quarter, uid, k, count, out0, out1);
    } else {
        OF_UNIT(draw_rows)(TW_DRAW_BY_ALL, key, purpose, quarter, uid, k, count, out0, out1);
    }
}

#undef JOINED
#undef JOIN
#undef OF_UNIT
#undef INLINE
#undef UNIT
#undef TARGET
#undef VECTOR
#undef LANES
#undef TURNS
#undef LOAD
#undef STORE
#undef WIDEN
#undef SPREAD
#undef PRODUCT
#undef UPPER
#undef XOR3
#undef BOTH
#undef THIRD
