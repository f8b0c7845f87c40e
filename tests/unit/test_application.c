/* SPDX-License-Identifier: Apache-2.0 */
/** Exact clearing: capacity is met to the unit, and only the set of applications matters. */
#include "exchange/application.h"

#include <stdlib.h>

#include "base/draw.h"
#include "test.h"

static void add(tw_applications *list, uint64_t uid, int market, int64_t units, int priority,
                int32_t quarter)
{
    tw_application *application = tw_applications_add(list);
    application->uid = uid;
    application->lottery = tw_draw_at(tw_key_make(5, 0), TW_DRAW_LOTTERY, uid, quarter, 0).word[0];
    application->units = units;
    application->market = market;
    application->priority = (uint8_t)priority;
}

static int64_t count_served(const tw_applications *list)
{
    int64_t served = 0;
    for (int32_t i = 0; i < list->count; i++) {
        served += list->row[i].market >= 0 && list->row[i].served;
    }
    return served;
}

/* One unit and 10^4 applicants: exactly one served, a thousand times, and not always the same. */
static void one_unit_many_applicants(void)
{
    tw_applications list = {0};
    int exact = 0, first_winner_again = 0;
    uint64_t first = 0;
    for (int32_t quarter = 0; quarter < 1000; quarter++) {
        list.count = 0;
        for (uint64_t uid = 1; uid <= 10000; uid++) {
            add(&list, uid, 0, 1, 1, quarter);
        }
        tw_market market = {.capacity = 1};
        CHECK(tw_markets_clear(&list, 1, &market, 1) == TW_OK);
        exact += count_served(&list) == 1 && market.given == 1 && market.demand == 10000;
        for (int32_t i = 0; i < list.count; i++) {
            if (list.row[i].served) {
                first = quarter == 0 ? list.row[i].uid : first;
                first_winner_again += list.row[i].uid == first;
            }
        }
    }
    CHECK_EQ_INT(exact, 1000);
    CHECK(first_winner_again < 20);
    tw_applications_free(&list);
}

static void served_is_the_smaller_side(void)
{
    for (int64_t capacity = 0; capacity <= 70; capacity += 7) {
        tw_applications list = {0};
        for (uint64_t uid = 1; uid <= 50; uid++) {
            add(&list, uid, 0, 1, (int)(uid % 3), 9);
        }
        tw_market market = {.capacity = capacity};
        CHECK(tw_markets_clear(&list, 1, &market, 1) == TW_OK);
        CHECK_EQ_INT(market.given, capacity < 50 ? capacity : 50);
        CHECK_EQ_INT(count_served(&list), market.given);
        tw_applications_free(&list);
    }
}

/* Against a plain sort: priority, lottery, uid; the first that does not fit ends the service. */
static int compare(const void *left, const void *right)
{
    const tw_application *a = left, *b = right;
    if (a->priority != b->priority) {
        return a->priority - b->priority;
    }
    if (a->lottery != b->lottery) {
        return a->lottery < b->lottery ? -1 : 1;
    }
    return (a->uid > b->uid) - (a->uid < b->uid);
}

static void same_as_sorting(void)
{
    for (int32_t trial = 0; trial < 200; trial++) {
        tw_applications list = {0};
        for (uint64_t uid = 1; uid <= 300; uid++) {
            const uint64_t mixed = tw_mix2(uid, (uint64_t)trial);
            add(&list, uid, 0, 1 + (int64_t)(mixed % 9), (int)(mixed >> 60 & 3), trial);
            /* Equal lotteries happen to small keys only: force some. */
            if (mixed % 5 == 0) {
                list.row[list.count - 1].lottery = UINT64_C(1) << 60;
            }
        }
        tw_market market = {.capacity = 40 * trial % 1700};
        CHECK(tw_markets_clear(&list, 1, &market, 1) == TW_OK);
        qsort(list.row, (size_t)list.count, sizeof(*list.row), compare);
        int64_t left = market.capacity;
        int wrong = 0, open = 1;
        for (int32_t i = 0; i < list.count; i++) {
            open = open && list.row[i].units <= left;
            wrong += list.row[i].served != open;
            left -= open ? list.row[i].units : 0;
        }
        CHECK_EQ_INT(wrong, 0);
        tw_applications_free(&list);
    }
}

/* The same applications over three lists, in another order: the same are served. */
static void lists_and_order_do_not_matter(void)
{
    tw_applications one = {0}, three[3] = {{0}};
    for (uint64_t uid = 1; uid <= 3000; uid++) {
        add(&one, uid, (int)(uid % 7), 1, 1, 3);
    }
    for (uint64_t uid = 3000; uid >= 1; uid--) {
        add(&three[tw_mix(uid) % 3], uid, (int)(uid % 7), 1, 1, 3);
    }
    tw_market first[7], second[7];
    for (int m = 0; m < 7; m++) {
        first[m] = second[m] = (tw_market){.capacity = 100 * m};
    }
    CHECK(tw_markets_clear(&one, 1, first, 7) == TW_OK);
    CHECK(tw_markets_clear(three, 3, second, 7) == TW_OK);
    int wrong = 0;
    for (int l = 0; l < 3; l++) {
        for (int32_t i = 0; i < three[l].count; i++) {
            wrong += three[l].row[i].served != one.row[three[l].row[i].uid - 1].served;
        }
    }
    CHECK_EQ_INT(wrong, 0);
    CHECK_EQ_INT(count_served(&one), 0 + 100 + 200 + 300 + 400 + 428 + 428);
    tw_applications_free(&one);
    for (int l = 0; l < 3; l++) {
        tw_applications_free(&three[l]);
    }
}

int main(void)
{
    RUN(one_unit_many_applicants);
    RUN(served_is_the_smaller_side);
    RUN(same_as_sorting);
    RUN(lists_and_order_do_not_matter);
    return REPORT();
}
