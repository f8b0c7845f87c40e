/* SPDX-License-Identifier: Apache-2.0 */
/** Households that settle in vectors do what whole numbers do, for any number of them. */
#include "process/budget/settle.h"

#include "base/draw.h"
#include "test.h"

static tw_budget budget = {.slope = 500000, .most_members = 700};
static int32_t first[TW_SETTLE_MOST + 1];
static int64_t savings[TW_SETTLE_MOST];
static tw_settling settling;

/* Draws the columns of `count` households, with incomes up to thousands of yuan or to millions. */
static void draw_households(uint64_t uid, int32_t count, uint32_t most)
{
    for (int32_t i = 0; i < count; i++) {
        const tw_draw a = tw_draw_at(tw_key_make(3, 0), 0, uid, i, 0);
        const tw_draw b = tw_draw_at(tw_key_make(3, 0), 0, uid, i, 1);
        first[i + 1] = first[i] + 1 + (int32_t)(a.word[0] % 9);
        settling.paid[i] = (a.word[0] >> 20) % most | (a.word[1] % most) << 32;
        savings[i] = (int64_t)(b.word[0] % 100000000) - 1000;
        settling.terms[i] =
            (tw_terms){(int32_t)(a.word[1] >> 40) % 50000, (int32_t)(b.word[0] >> 40) % 700000,
                       (int32_t)(b.word[1] % 400000), (int32_t)(b.word[1] >> 40) % 500000};
    }
}

static int is_wrong(int32_t i)
{
    const tw_terms terms = settling.terms[i];
    const int64_t size = first[i + 1] - first[i];
    const int64_t earned = (int64_t)(settling.paid[i] & UINT32_MAX) + terms.own + size * terms.head;
    const int64_t least = size * terms.least, income = earned > least ? earned : least;
    const int64_t wish = size * terms.consumption + income / 1000 * budget.slope / 1000;
    const int64_t has = savings[i] + income, consumed = wish < has ? wish : has;
    return settling.income[i] != income || settling.minimum[i] != income - earned ||
           settling.consumed[i] != consumed || settling.savings[i] != has - consumed;
}

static void as_in_whole_numbers(void)
{
    const uint32_t most[] = {1, 3000, 2000000, 2000000000};
    int wrong = 0;
    for (uint64_t uid = 0; uid < 20000; uid++) {
        const int32_t count = (int32_t)(uid % (TW_SETTLE_MOST + 1));
        budget.slope = (int64_t)(uid * 7919 % 1000001);
        draw_households(uid, count, most[uid % 4]);
        wrong += !tw_settle_many(&budget, first, savings, count, &settling);
        for (int32_t i = 0; i < count; i++) {
            wrong += is_wrong(i);
        }
    }
    CHECK_EQ_INT(wrong, 0);
}

/* Thousands begin at every multiple, up to the bound. */
static void around_whole_thousands(void)
{
    int wrong = 0;
    first[1] = 1;
    savings[0] = 0;
    for (int64_t slope = 999999; slope <= 1000000; slope++) {
        budget.slope = slope;
        for (int64_t k = 1; k < INT32_MAX / 1000; k += 97) {
            for (int64_t near = -1; near <= 1; near++) {
                settling.terms[0] = (tw_terms){(int32_t)(1000 * k + near), 0, 0, 0};
                settling.paid[0] = 0;
                wrong += !tw_settle_many(&budget, first, savings, 1, &settling) || is_wrong(0);
            }
        }
    }
    CHECK_EQ_INT(wrong, 0);
}

static void says_what_is_beyond(void)
{
    budget.slope = 500000;
    draw_households(1, 7, 3000);
    CHECK(tw_settle_many(&budget, first, savings, 7, &settling));
    settling.terms[5].head = INT32_MAX;
    CHECK(!tw_settle_many(&budget, first, savings, 7, &settling));
    CHECK(tw_settle_many(&budget, first, savings, 5, &settling));
    settling.terms[5].head = 0;
    settling.terms[5].consumption = INT32_MAX;
    first[6] = first[5] + 3;
    first[7] = first[6] + 1;
    CHECK(!tw_settle_many(&budget, first, savings, 7, &settling));
    settling.terms[5].consumption = 0;
    CHECK(tw_settle_many(&budget, first, savings, 7, &settling));
    budget.most_members = 2;
    CHECK(!tw_settle_many(&budget, first, savings, 7, &settling));
    budget.most_members = 700;
}

int main(void)
{
    RUN(as_in_whole_numbers);
    RUN(around_whole_thousands);
    RUN(says_what_is_beyond);
    return REPORT();
}
