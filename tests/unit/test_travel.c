/* SPDX-License-Identifier: Apache-2.0 */
/** Travel times over the shipped roads, the calendar of quarters, and the ages of the census. */
#include <stdint.h>
#include <stdlib.h>

#include "test.h"
#include "townward/region.h"

static tw_region *region;
static double *minutes;

static void open_region(void)
{
    char file[1024];
    const char *source = getenv("TOWNWARD_SOURCE");
    snprintf(file, sizeof file, "%s/scenarios/xizang/region.cfg", source == NULL ? "." : source);
    CHECK_EQ_INT(tw_region_read(file, NULL, &region), TW_OK);
    if (region == NULL) {
        exit(1);
    }
    size_t num = (size_t)region->num_counties;
    minutes = malloc(num * num * sizeof *minutes);
}

static double between(int32_t from, int32_t to)
{
    int a = tw_region_find_county(region, from), b = tw_region_find_county(region, to);
    return minutes[a * region->num_counties + b];
}

static void at(const char *date)
{
    int32_t quarter = 0;
    CHECK_EQ_INT(tw_parse_date(date, &quarter), 0);
    CHECK_EQ_INT(tw_region_travel_minutes(region, quarter, NULL, 0, minutes), TW_OK);
}

enum {
    CHENGGUAN = 540102,
    SAMZHUBZE = 540202,
    KARUB = 540302,
    BAYI = 540402,
    MEDOG = 540423,
    NEDONG = 540502,
    GONGGAR = 540522,
    SENI = 540602,
    SHUANGHU = 540630,
    GAR = 542523
};

/* Shortest times over the roads of today, from a matrix made apart from links that were not yet
 * rounded to minutes: a few of its pairs, to 2 minutes. */
static void times_today(void)
{
    at("2025-11");
    CHECK_NEAR(between(CHENGGUAN, SAMZHUBZE), 187, 2);
    CHECK_NEAR(between(CHENGGUAN, KARUB), 1102, 2);
    CHECK_NEAR(between(CHENGGUAN, SENI), 205, 2);
    CHECK_NEAR(between(CHENGGUAN, BAYI), 275, 2);
    CHECK_NEAR(between(CHENGGUAN, NEDONG), 60, 2);
    CHECK_NEAR(between(CHENGGUAN, MEDOG), 515, 2);
    CHECK_NEAR(between(CHENGGUAN, GAR), 1471, 2);
    CHECK_NEAR(between(BAYI, MEDOG), 240, 2);
    CHECK_NEAR(between(SHUANGHU, GONGGAR), 748, 2);
    CHECK_NEAR(between(KARUB, GAR), 2244, 2);
}

/* Published times before the roads that opened since: 6 h, 8 h, 12 h; Lhoka 2 h by Gonggar. */
static void times_of_2010(void)
{
    at("2010-11");
    CHECK_NEAR(between(CHENGGUAN, SENI), 360, 30);
    CHECK_NEAR(between(CHENGGUAN, BAYI), 480, 5);
    CHECK_NEAR(between(BAYI, MEDOG), 720, 5);
    CHECK_NEAR(between(CHENGGUAN, NEDONG), 120, 10);
    CHECK(between(CHENGGUAN, SAMZHUBZE) > 290);
}

static void roads_open_in_their_quarter(void)
{
    at("2021-05");
    double before = between(CHENGGUAN, SENI);
    at("2021-08");
    CHECK(between(CHENGGUAN, SENI) < before - 120);
    at("2024-08");
    CHECK_NEAR(between(CHENGGUAN, NEDONG), 114, 2);
    at("2024-11");
    CHECK_NEAR(between(CHENGGUAN, NEDONG), 60, 2);
}

static void times_are_a_distance(void)
{
    static const char *const dates[] = {"2010-11", "2018", "2025-11"};
    int num = region->num_counties;
    for (int d = 0; d < 3; d++) {
        at(dates[d]);
        int bad = 0;
        for (int a = 0; a < num; a++) {
            bad += minutes[a * num + a] != 0;
            for (int b = 0; b < num; b++) {
                bad += minutes[a * num + b] != minutes[b * num + a];
                bad += a != b && !(minutes[a * num + b] > 0);
                for (int c = 0; c < num; c++) {
                    bad +=
                        minutes[a * num + b] > minutes[a * num + c] + minutes[c * num + b] + 1e-9;
                }
            }
        }
        CHECK_EQ_INT(bad, 0);
    }
}

/** Three counties in a row; the second road opens later. */
static void unreached_county(void)
{
    tw_county counties[3] = {{.code = 1}, {.code = 2}, {.code = 3}};
    tw_link links[2] = {
        {.from = 0, .to = 1, .km = 1, .minutes = 10.5,  .opens = INT32_MIN},
        {.from = 2, .to = 1, .km = 1, .minutes = 20.25, .opens = 400      }
    };
    tw_region small = {.num_counties = 3, .num_links = 2, .counties = counties, .links = links};
    double times[9];
    CHECK_EQ_INT(tw_region_travel_minutes(&small, 399, NULL, 0, times), TW_BAD_STATE);
    CHECK_EQ_INT(tw_region_travel_minutes(&small, 400, NULL, 0, times), TW_OK);
    CHECK_NEAR(times[2], 30.75, 0);
    CHECK_NEAR(times[6], 30.75, 0);
}

static void calendar(void)
{
    CHECK_EQ_INT(tw_quarter_of(1900, 1), 0);
    CHECK_EQ_INT(tw_quarter_of(1900, 2), 1);
    CHECK_EQ_INT(tw_quarter_of(2020, 10), 483);
    CHECK_EQ_INT(tw_quarter_of(2020, 11), 484);
    CHECK_EQ_INT(tw_quarter_of(2021, 1), 484);
    CHECK_EQ_INT(tw_quarter_of(2021, 2), 485);
    CHECK(tw_quarter_of(8000, 12) <= INT16_MAX);
    CHECK_NEAR(tw_quarter_year(484), 2020 + 10.0 / 12.0, 1e-12);
    int year = 0, month = 0;
    tw_quarter_start(0, &year, &month);
    CHECK(year == 1899 && month == 11);
    tw_quarter_start(-5, &year, &month);
    CHECK(year == 1898 && month == 8);
    for (int32_t q = 1; q <= 24000; q++) {
        tw_quarter_start(q, &year, &month);
        CHECK(month % 3 == 2 && tw_quarter_of(year, month) == q);
    }
}

static void dates(void)
{
    int32_t quarter = -1;
    CHECK(tw_parse_date("2020", &quarter) == 0 && quarter == 484);
    CHECK(tw_parse_date("2020-11", &quarter) == 0 && quarter == 484);
    CHECK(tw_parse_date("2025-05", &quarter) == 0 && quarter == 502);
    CHECK(tw_parse_date("1900-01", &quarter) == 0 && quarter == 0);
    static const char *const bad[] = {
        "",        "20",         "1899",    "1899-11", "8001",  "2020-", "2020-1",  "2020-00",
        "2020-13", "2020-11-01", "2020/11", " 2020",   "20201", "202o",  "2020-1x", "-2020"};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        CHECK_EQ_INT(tw_parse_date(bad[k], &quarter), -1);
    }
}

static void ages(void)
{
    CHECK_EQ_INT(tw_age_group_start(0), 0);
    CHECK_EQ_INT(tw_age_group_start(1), 1);
    CHECK_EQ_INT(tw_age_group_start(2), 5);
    CHECK_EQ_INT(tw_age_group_start(TW_NUM_AGE_GROUPS - 1), 85);
    CHECK_EQ_INT(tw_age_group_start(TW_NUM_AGE_GROUPS), TW_MAX_AGE + 1);
    for (int age = 0; age <= TW_MAX_AGE + 20; age++) {
        int group = tw_age_group(age);
        CHECK(age >= tw_age_group_start(group));
        CHECK(group == TW_NUM_AGE_GROUPS - 1 || age < tw_age_group_start(group + 1));
    }
}

int main(void)
{
    open_region();
    RUN(times_today);
    RUN(times_of_2010);
    RUN(roads_open_in_their_quarter);
    RUN(times_are_a_distance);
    RUN(unreached_county);
    RUN(calendar);
    RUN(dates);
    RUN(ages);
    free(minutes);
    tw_region_free(region);
    return REPORT();
}
