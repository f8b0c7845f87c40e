/* SPDX-License-Identifier: Apache-2.0 */
/** Keyed draws: published Philox vectors, vector loops equal to scalar, events monotone in p. */
#include "base/draw.h"

#include "test.h"

/* Known answers of philox4x32-10 distributed with Random123 (tests/kat_vectors). */
static void published_vectors(void)
{
    static const struct {
        uint32_t counter[4], key[2], answer[4];
    } known[] = {
        {{0, 0, 0, 0},                                     {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}                                                          },
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}                                                          },
    };
    for (int i = 0; i < 3; i++) {
        tw_key key = {
            {known[i].key[0], known[i].key[1]}
        };
        uint64_t uid = known[i].counter[0] | (uint64_t)known[i].counter[1] << 32;
        tw_draw draw = tw_draw_at(key, (tw_purpose)(known[i].counter[2] >> 16), uid,
                                  (int32_t)(known[i].counter[2] & 0xffff), known[i].counter[3]);
        CHECK(draw.word[0] == (known[i].answer[0] | (uint64_t)known[i].answer[1] << 32));
        CHECK(draw.word[1] == (known[i].answer[2] | (uint64_t)known[i].answer[3] << 32));
    }
}

static void arrays_equal_scalars(void)
{
    enum { N = 1003 };
    static uint64_t uid[N], out0[N], out1[N];
    static uint32_t code[N];
    tw_key key = tw_key_make(7, 3);
    for (int i = 0; i < N; i++) {
        uid[i] = tw_mix((uint64_t)i);
        code[i] = (uint32_t)tw_mix((uint64_t)i + 5000);
    }
    int wrong = 0;
    tw_draw_many(key, TW_DRAW_TEST, 483, 2, uid, N, out0, out1);
    for (int i = 0; i < N; i++) {
        tw_draw draw = tw_draw_at(key, TW_DRAW_TEST, uid[i], 483, 2);
        wrong += draw.word[0] != out0[i] || draw.word[1] != out1[i];
    }
    tw_draw_codes(key, TW_DRAW_TEST, 483, uid[17], code, N, out0, out1);
    for (int i = 0; i < N; i++) {
        tw_draw draw = tw_draw_at(key, TW_DRAW_TEST, uid[17], 483, code[i]);
        wrong += draw.word[0] != out0[i] || draw.word[1] != out1[i];
    }
    CHECK_EQ_INT(wrong, 0);
}

/* Rows that a version draws otherwise than one by one, or writes behind. */
static int wrong_draws(tw_draw_version version, tw_draw_rows rows, int count)
{
    enum { N = 70, MARK = 77 };
    uint64_t uid[N], out0[N], out1[N];
    uint32_t code[N];
    int32_t quarter[N];
    const tw_key key = tw_key_make(11, 1);
    int wrong = 0;
    for (int i = 0; i < N; i++) {
        uid[i] = tw_mix((uint64_t)i + 900);
        code[i] = (uint32_t)tw_mix((uint64_t)i + 7000);
        quarter[i] = i % 2 == 0 ? 65535 - i : i;
    }
    out0[count] = out1[count] = MARK;
    tw_draw_by(version, rows, key, TW_DRAW_TEST, quarter, uid, code, count, out0, out1);
    for (int i = 0; i < count; i++) {
        const tw_draw draw = tw_draw_at(key, TW_DRAW_TEST, uid[rows == TW_DRAW_BY_K ? 0 : i],
                                        quarter[rows == TW_DRAW_BY_ALL ? i : 0],
                                        code[rows == TW_DRAW_BY_UID ? 0 : i]);
        wrong += draw.word[0] != out0[i] || draw.word[1] != out1[i];
    }
    return wrong + (out0[count] != MARK || out1[count] != MARK);
}

/* Whatever the rows that do not fill a vector. */
static void versions_equal_scalars(void)
{
    int wrong = 0, drawn = 0;
    for (int version = 0; version < TW_NUM_DRAW_VERSIONS; version++) {
        for (int count = 0; count < 70 && tw_draw_supported((tw_draw_version)version); count++) {
            for (int rows = 0; rows < TW_NUM_DRAW_ROWS; rows++) {
                wrong += wrong_draws((tw_draw_version)version, (tw_draw_rows)rows, count);
                drawn += count;
            }
        }
    }
    CHECK_EQ_INT(wrong, 0);
    CHECK(drawn > 0);
}

static void uniforms_stay_inside(void)
{
    CHECK(tw_uniform(0) > 0.0);
    CHECK(tw_uniform(UINT64_MAX) < 1.0);
    CHECK_NEAR(tw_uniform(UINT64_C(1) << 63), 0.5, 1e-15);
}

/* An event of probability p passes any bound >= p, and raising p only adds events. */
static void events_keep_their_promise(void)
{
    tw_key key = tw_key_make(1, 0);
    const double rates[] = {1e-6, 0.0004, 0.01, 0.37, 1.0};
    for (int r = 0; r < 5; r++) {
        int happened = 0, missed = 0, lost = 0;
        for (uint64_t uid = 0; uid < 20000; uid++) {
            tw_draw draw = tw_draw_at(key, TW_DRAW_PERSON_EVENTS, uid, 100, 0);
            uint32_t lead = tw_event_lead(draw.word[0], draw.word[1], 5);
            double u = tw_event_uniform(key, TW_DRAW_DEATH, uid, 100, lead);
            happened += u < rates[r];
            missed += u < rates[r] && lead >= tw_event_bound(rates[r]);
            lost += u < rates[r] && !(u < rates[r] * 1.5);
        }
        CHECK_EQ_INT(missed, 0);
        CHECK_EQ_INT(lost, 0);
        CHECK_NEAR(happened / 20000.0, rates[r], 4 * sqrt(rates[r] / 20000.0) + 1e-9);
    }
    /* What the leading bits alone decide is what all bits decide. */
    int differ = 0;
    for (uint64_t uid = 0; uid < 20000; uid++) {
        const uint32_t lead = (uint32_t)(uid % 64);
        const double p = (double)(uid / 64) / (8 * 65536.0);
        const double u = tw_event_uniform(key, TW_DRAW_DEATH, uid, 100, lead);
        differ += tw_event_happens(key, TW_DRAW_DEATH, uid, 100, lead, p) != (u < p);
    }
    CHECK_EQ_INT(differ, 0);
    CHECK(tw_event_happens(key, TW_DRAW_DEATH, 1, 100, 65535, 1.0));
    CHECK_EQ_INT(tw_event_bound(0.0), 0);
    CHECK_EQ_INT(tw_event_bound(1.0), 65536);
    CHECK_EQ_INT(tw_event_bound(0.5), 32768);
}

int main(void)
{
    RUN(published_vectors);
    RUN(arrays_equal_scalars);
    RUN(versions_equal_scalars);
    RUN(uniforms_stay_inside);
    RUN(events_keep_their_promise);
    return REPORT();
}
