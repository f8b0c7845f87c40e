/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The region reader on the shipped region: it reads clean and adds up; every way of damaging one of
 * its tables is found, with file, line and text, and one mistake is one finding.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"
#include "townward/indicators.h"
#include "townward/region.h"
#include "townward/run.h"

/* ---- a copy of the region's folder ---- */

static const char *const files[] = {"region.cfg",
                                    "tables/prefectures.csv",
                                    "tables/counties.csv",
                                    "tables/census.csv",
                                    "tables/zones.csv",
                                    "tables/links.csv",
                                    "tables/projects.csv",
                                    "tables/schedules.csv",
                                    "tables/series.csv",
                                    "tables/groups.csv",
                                    "tables/relocations.csv",
                                    "tables/reclassifications.csv",
                                    "tables/hazards.csv",
                                    "tables/hazard_events.csv",
                                    "tables/lever_costs.csv",
                                    "tables/observations.csv"};
enum { NUM_FILES = sizeof files / sizeof *files };

static char folder[64] = "/tmp/townward-region-XXXXXX";
static char shipped[1024];
static char *text[NUM_FILES];
static size_t size[NUM_FILES];
static tw_report *report;

static char *slurp(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "cannot open %s\n", path);
        exit(1);
    }
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*length + 1);
    *length = fread(bytes, 1, *length, file);
    bytes[*length] = '\0';
    fclose(file);
    return bytes;
}

static char *path_of(int k)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, files[k]);
    return path;
}

static void put(int k, const char *bytes, size_t length)
{
    FILE *file = fopen(path_of(k), "wb");
    if (file == NULL || fwrite(bytes, 1, length, file) != length || fclose(file) != 0) {
        fprintf(stderr, "cannot write %s\n", path_of(k));
        exit(1);
    }
}

static void copy_region(void)
{
    char path[1200];
    const char *source = getenv("TOWNWARD_SOURCE");
    snprintf(shipped, sizeof shipped, "%s/scenarios/xizang", source == NULL ? "." : source);
    if (mkdtemp(folder) == NULL) {
        exit(1);
    }
    snprintf(path, sizeof path, "%s/tables", folder);
    mkdir(path, 0700);
    for (int k = 0; k < NUM_FILES; k++) {
        snprintf(path, sizeof path, "%s/%s", shipped, files[k]);
        text[k] = slurp(path, &size[k]);
        put(k, text[k], size[k]);
    }
}

static void remove_copy(void)
{
    char path[1200];
    for (int k = 0; k < NUM_FILES; k++) {
        remove(path_of(k));
        free(text[k]);
    }
    snprintf(path, sizeof path, "%s/tables", folder);
    rmdir(path);
    rmdir(folder);
}

/* ---- damage and what is found ---- */

static int file_index(const char *name)
{
    for (int k = 0; k < NUM_FILES; k++) {
        if (strstr(files[k], name) != NULL) {
            return k;
        }
    }
    fprintf(stderr, "no file %s\n", name);
    exit(1);
}

/** Reads the damaged copy; the report holds what was found. */
static tw_status read_copy(void)
{
    tw_region *region = NULL;
    tw_report_free(report);
    report = tw_report_create();
    tw_status status = tw_region_read(path_of(0), report, &region);
    CHECK((status == TW_OK) == (region != NULL));
    CHECK((status == TW_OK) == (tw_report_count(report) == 0));
    tw_region_free(region);
    return status;
}

static long line_of(int k, const char *part)
{
    const char *at = strstr(text[k], part);
    long line = 1;
    for (const char *c = text[k]; at != NULL && c < at; c++) {
        line += *c == '\n';
    }
    return at == NULL ? -1 : line;
}

/** Replaces the first `old` of a file by `new` in the copy. */
static void damage(const char *name, const char *old, const char *new)
{
    int k = file_index(name);
    const char *at = strstr(text[k], old);
    if (at == NULL) {
        fprintf(stderr, "%s does not hold: %s\n", name, old);
        exit(1);
    }
    size_t before = (size_t)(at - text[k]), after = size[k] - before - strlen(old);
    char *bytes = malloc(size[k] + strlen(new) + 1);
    memcpy(bytes, text[k], before);
    memcpy(bytes + before, new, strlen(new));
    memcpy(bytes + before + strlen(new), at + strlen(old), after);
    put(k, bytes, before + strlen(new) + after);
    free(bytes);
}

static void repair(const char *name)
{
    int k = file_index(name);
    put(k, text[k], size[k]);
}

/** Whether some finding has this file, line and part of its text. */
static int was_found(const char *name, long line, const char *part)
{
    for (int k = 0; k < tw_report_count(report); k++) {
        tw_finding finding = tw_report_finding(report, k);
        if (strstr(finding.file, name) != NULL && finding.line == line &&
            strstr(finding.found, part) != NULL) {
            return 1;
        }
    }
    for (int k = 0; k < tw_report_count(report); k++) {
        tw_finding finding = tw_report_finding(report, k);
        fprintf(stderr, "  found %s:%ld: %s (expected %s)\n", finding.file, finding.line,
                finding.found, finding.expected);
    }
    fprintf(stderr, "  not found: %s:%ld: %s\n", name, line, part);
    return 0;
}

/** Whether some finding expected this. */
static int was_expected(const char *expected)
{
    for (int k = 0; k < tw_report_count(report); k++) {
        if (strcmp(tw_report_finding(report, k).expected, expected) == 0) {
            return 1;
        }
    }
    return 0;
}

/** One replacement makes exactly one finding, at a line given (-1: that of the replaced text). */
static void one_finding(const char *name, const char *old, const char *new, long line,
                        const char *part)
{
    damage(name, old, new);
    CHECK_EQ_INT(read_copy(), TW_BAD_INPUT);
    CHECK_EQ_INT(tw_report_count(report), 1);
    CHECK(was_found(name, line < 0 ? line_of(file_index(name), old) : line, part));
    repair(name);
}

/** The whole line that holds a text, its end included; static storage. */
static const char *line_with(const char *name, const char *part)
{
    static char line[4096];
    int k = file_index(name);
    const char *at = strstr(text[k], part), *start = at;
    while (start > text[k] && start[-1] != '\n') {
        start--;
    }
    size_t length = (size_t)(strchr(at, '\n') + 1 - start);
    memcpy(line, start, length);
    line[length] = '\0';
    return line;
}

/* ---- the shipped region ---- */

static tw_region *shipped_region(void)
{
    char path[1200];
    tw_region *region = NULL;
    tw_report_free(report);
    report = tw_report_create();
    snprintf(path, sizeof path, "%s/region.cfg", shipped);
    CHECK_EQ_INT(tw_region_read(path, report, &region), TW_OK);
    CHECK_EQ_INT(tw_report_count(report), 0);
    if (region == NULL) {
        was_found("", 0, "the shipped region is not clean");
        exit(1);
    }
    return region;
}

static void shipped_totals(void)
{
    static const int64_t persons[2] = {3002165, 3648100}, urban[2] = {680589, 1303443};
    static const int64_t families[2] = {670838, 1014090}, members[2] = {2837769, 3237287};
    tw_region *region = shipped_region();
    CHECK_EQ_INT(region->num_prefectures, 7);
    CHECK_EQ_INT(region->num_counties, 74);
    for (int year = 0; year < TW_NUM_CENSUSES; year++) {
        int64_t sums[4] = {0}, ages = 0;
        for (int c = 0; c < region->num_counties; c++) {
            const tw_census *census = &region->census[year][c];
            sums[0] += census->persons;
            sums[1] += census->urban;
            sums[2] += census->families;
            sums[3] += census->family_persons;
            for (int k = 0; k < TW_NUM_SEXES * TW_NUM_AGE_GROUPS; k++) {
                ages += census->age_sex[k / TW_NUM_AGE_GROUPS][k % TW_NUM_AGE_GROUPS];
            }
        }
        CHECK_EQ_INT(sums[0], persons[year]);
        CHECK_EQ_INT(sums[1], urban[year]);
        CHECK_EQ_INT(sums[2], families[year]);
        CHECK_EQ_INT(sums[3], members[year]);
        CHECK_EQ_INT(ages, persons[year]);
    }
    tw_region_free(region);
}

/** Published figures, so that a column cannot slip: men and women, ages, schooling, industries. */
static void shipped_columns(void)
{
    tw_region *region = shipped_region();
    int64_t infants[2] = {0}, women_85 = 0, college_men = 0, none_women = 0, widowed_women = 0;
    int64_t farming[2] = {0}, transport = 0, trade = 0, outside[2] = {0}, rented = 0, other = 0;
    for (int c = 0; c < region->num_counties; c++) {
        const tw_census *old = &region->census[0][c], *new = &region->census[1][c];
        infants[0] += old->age_sex[TW_MALE][0] + old->age_sex[TW_FEMALE][0];
        infants[1] += new->age_sex[TW_MALE][0] + new->age_sex[TW_FEMALE][0];
        women_85 += new->age_sex[TW_FEMALE][TW_NUM_AGE_GROUPS - 1];
        college_men += new->schooling[TW_MALE][TW_SCHOOL_COLLEGE];
        none_women += new->schooling[TW_FEMALE][TW_SCHOOL_NONE];
        widowed_women += old->marital[TW_FEMALE][TW_WIDOWED];
        farming[0] += old->employed_by_industry[TW_INDUSTRY_FARMING];
        farming[1] += new->employed_by_industry[TW_INDUSTRY_FARMING];
        trade += old->employed_by_industry[5];
        transport += old->employed_by_industry[6];
        outside[0] += old->registered_elsewhere[TW_ELSEWHERE_OUTSIDE];
        outside[1] += new->registered_elsewhere[TW_ELSEWHERE_OUTSIDE];
        rented += old->families_by_tenure[TW_TENURE_RENTED];
        other += new->families_by_tenure[TW_TENURE_OTHER];
    }
    CHECK_EQ_INT(infants[0], 23346 + 21922);
    CHECK_EQ_INT(infants[1], 50388);
    CHECK_EQ_INT(women_85, 7799);
    CHECK_EQ_INT(college_men, 104041 + 111621);
    CHECK_EQ_INT(none_women, 491547 + 26828);
    CHECK_EQ_INT(widowed_women, 9090);
    CHECK_EQ_INT(farming[0], 110770);
    CHECK_EQ_INT(farming[1], 33265);
    CHECK_EQ_INT(trade, 8262);
    CHECK_EQ_INT(transport, 2239);
    CHECK_EQ_INT(outside[0], 165423);
    CHECK_EQ_INT(outside[1], 407121);
    CHECK_EQ_INT(rented, 13395);
    CHECK_EQ_INT(other, 9768);
    tw_region_free(region);
}

/** The zones of Lhasa are inside their hosts; Nima was split in two without losing anyone. */
static void shipped_traps(void)
{
    tw_region *region = shipped_region();
    int chengguan = tw_region_find_county(region, 540102);
    int nima = tw_region_find_county(region, 540629),
        shuanghu = tw_region_find_county(region, 540630);
    CHECK_EQ_INT(region->census[1][chengguan].persons, 478275);
    CHECK_EQ_INT(region->census[1][chengguan].urban, 472614);
    CHECK_EQ_INT(region->census[1][tw_region_find_county(region, 540104)].persons, 32318);
    CHECK_EQ_INT(region->census[0][nima].persons + region->census[0][shuanghu].persons, 41855);
    CHECK(region->census[0][shuanghu].persons > 9000);
    CHECK(tw_region_find_county(region, 540481) >= 0);
    CHECK(tw_region_find_county(region, 540581) >= 0);
    CHECK_EQ_INT(tw_region_find_county(region, 540422), -1);
    CHECK_EQ_INT(tw_region_find_county_name(region, "chengguan"), chengguan);
    CHECK_EQ_INT(tw_region_find_county_name(region, "城关区"), chengguan);
    CHECK_EQ_INT(tw_region_find_county_name(region, "Atlantis"), -1);
    CHECK_EQ_INT(tw_zone_code(region, tw_zone(chengguan, TW_TOWN)), 5401022);
    CHECK_EQ_INT(region->counties[chengguan].tier, TW_CAPITAL);
    CHECK_EQ_INT(region->prefectures[0].seat, chengguan);
    int group = tw_region_find_group(region, "node_county_22");
    CHECK(group >= 0 && region->groups[group].num_counties == 22);
    int64_t relocated = 0, relabelled = 0;
    for (int k = 0; k < region->num_relocations; k++) {
        relocated += region->relocations[k].persons;
    }
    for (int k = 0; k < region->num_reclassifications; k++) {
        relabelled += region->reclassifications[k].persons;
    }
    CHECK_EQ_INT(relocated, 130000 - 28898);
    CHECK_EQ_INT(relabelled, -(11548 + 1094 + 1993 + 34));
    CHECK_EQ_INT(region->num_tables, NUM_FILES);
    CHECK_EQ_INT(region->num_circles, 4);
    CHECK(region->tables[0].digest[0] != region->tables[1].digest[0]);
    tw_region_free(region);
}

static void values_by_year(void)
{
    tw_region *region = shipped_region();
    int known = 0;
    CHECK_NEAR(tw_region_series(region, "urban_population_census", "region", 2020, &known), 1303443,
               0);
    CHECK_EQ_INT(known, 1);
    CHECK_NEAR(tw_region_series(region, "urban_population_census", "region", 2015, NULL),
               (680589 + 1303443) / 2.0, 1e-6);
    CHECK_NEAR(tw_region_series(region, "urban_population_census", "region", 2050, NULL), 1303443,
               0);
    CHECK_NEAR(tw_region_series(region, "no_such", "region", 2020, &known), 0, 0);
    CHECK_EQ_INT(known, 0);
    double young = tw_region_schedule(region, "mx_fitted", TW_MALE, 30, 2015);
    double low = tw_region_schedule(region, "mx_fitted", TW_MALE, 30, 2020);
    double high = tw_region_schedule(region, "mx_fitted", TW_MALE, 30, 2010);
    CHECK(low > 0 && high > low);
    CHECK_NEAR(young, (low + high) / 2, 1e-12);
    CHECK_NEAR(tw_region_schedule(region, "mx_fitted", TW_MALE, 30, 1990), high, 0);
    CHECK_NEAR(tw_region_schedule(region, "asfr_single_year", TW_MALE, 30, 2010), -1, 0);
    CHECK_NEAR(tw_region_schedule(region, "asfr_single_year", TW_FEMALE, 7, 2010), -1, 0);
    CHECK(tw_region_schedule(region, "migration_age_share_rc", TW_FEMALE, 22, 2020) > 0);
    tw_region_free(region);
}

/* ---- damaged copies ---- */

static void cells_of_the_census(void)
{
    one_finding("census.csv", "540121,2010,50246,", "540121,2010,-5,", -1, "persons is '-5'");
    one_finding("census.csv", "540121,2010,50246,", "540121,2010,5o246,", -1, "persons is '5o246'");
    one_finding("census.csv", "540121,2010,50246,", "540121,2010,,", -1, "persons is empty");
    one_finding("census.csv", "540121,2010,50246,", "540121,2010,50247,", -1,
                "the ages of both sexes add up to: 50246");
    one_finding("census.csv", "540121,2010,50246,2922,", "540121,2010,50246,60000,", -1,
                "urban: 60000");
    one_finding("census.csv", "540121,2010,50246,2922,10435,", "540121,2010,50246,2922,10434,", -1,
                "the generations add up to: 10435");
    one_finding("census.csv", "540121,2010,50246,2922,10435,48183,",
                "540121,2010,50246,2922,10435,50247,", -1, "family persons: 50247");
    one_finding("census.csv", "540121,2010,", "540121,2011,", -1, "no census of 2011");
}

static void rows_of_the_census(void)
{
    char twice[8192], short_row[64];
    const char *row = line_with("census.csv", "540121,2020,");
    snprintf(twice, sizeof twice, "%s%s", row, row);
    one_finding("census.csv", row, twice, line_of(file_index("census.csv"), row) + 1,
                "county 540121 of 2020 stands here again");
    one_finding("census.csv", row, "", 0, "no row of county 540121 Lhunzhub in 2020");
    snprintf(short_row, sizeof short_row, "540121,2020,50596\n");
    one_finding("census.csv", row, short_row, -1, "a row of 3 cells");
    one_finding("census.csv", "male_5_9", "male_5_to_9", 1, "no column 'male_5_9'");
    one_finding("census.csv", "540121,2010", "540199,2010", -1, "no county has this code");
}

/** A total is stated in the region.cfg: a shift that keeps every row consistent is found there. */
static void stated_totals(void)
{
    damage("census.csv", "540121,2010,50246,2922,", "540121,2010,50246,2923,");
    CHECK_EQ_INT(read_copy(), TW_BAD_INPUT);
    CHECK_EQ_INT(tw_report_count(report), 1);
    CHECK(was_found("region.cfg", line_of(0, "year = 2010"),
                    "urban of 2010 add up to 680590 over the census table"));
    repair("census.csv");
}

static void counties(void)
{
    one_finding("counties.csv", "城关区", "\xE5\x9F(", -1, "not UTF-8");
    one_finding("counties.csv", ",Lhasa,capital,", ",Lhassa,capital,", -1,
                "prefecture is 'Lhassa'");
    one_finding("counties.csv", ",Lhasa,capital,", ",Lhasa,capitol,", -1, "tier is 'capitol'");
    one_finding("counties.csv", "29.6622", "129.6622", -1, "latitude is '129.6622'");
    one_finding("counties.csv", "29.6622", "nan", -1, "latitude is 'nan'");
    one_finding("counties.csv", "540103,", "540102,", -1, "county 540102 stands here again");
    one_finding("counties.csv", "540103,Doilungdeqen", "540103,Chengguan", -1,
                "has the name of county");
    /* A wrong code is met in every other table, and named once. */
    damage("counties.csv", "540121,", "540199,");
    CHECK_EQ_INT(read_copy(), TW_BAD_INPUT);
    CHECK_EQ_INT(tw_report_count(report), 1);
    CHECK(was_found("census.csv", line_of(file_index("census.csv"), "540121,2010"),
                    "code is 540121: no county has this code"));
    repair("counties.csv");
    one_finding("prefectures.csv", "540102", "540202", -1, "the seat of Lhasa lies in Shigatse");
    one_finding("prefectures.csv", ",seat", ",seats", 1, "no column 'seat'; there is 'seats'");
}

static void roads(void)
{
    one_finding("links.csv", "540121,540122", "540121,549999", -1, "to is 549999");
    one_finding("links.csv", "540121,540122", "540121,540121", -1, "from a county to itself");
    one_finding("links.csv", "540102,540104", "540102,540103", -1, "stands here again");
    one_finding("links.csv", ",104,120,", ",104,0,", -1, "minutes is '0'");
    one_finding("links.csv", ",2015-09,", ",2015-13,", -1, "opens is '2015-13'");
    one_finding("links.csv", ",26,2015-09,", ",,2015-09,", -1, "opens without minutes_before");
}

/** Without the roads of Medog, or with none before they opened. */
static void unreached_county(void)
{
    const char *name = "links.csv";
    int k = file_index(name);
    char *saved = text[k], *bytes = malloc(size[k] + 1), *to = bytes;
    for (const char *at = saved; *at != '\0';) {
        const char *end = strchr(at, '\n') + 1;
        if (strncmp(at, "540424,540423", 13) != 0 && strncmp(at, "540402,540423", 13) != 0) {
            memcpy(to, at, (size_t)(end - at));
            to += end - at;
        }
        at = end;
    }
    put(k, bytes, (size_t)(to - bytes));
    CHECK_EQ_INT(read_copy(), TW_BAD_INPUT);
    CHECK_EQ_INT(tw_report_count(report), 1);
    CHECK(was_found(name, 0, "no road reaches county 540423 Medog"));
    memcpy(to, "540424,540423,x,117,167,0,2013-10,a,b,c,d,e,f\n", 46);
    put(k, bytes, (size_t)(to - bytes) + 46);
    CHECK_EQ_INT(read_copy(), TW_BAD_INPUT);
    CHECK_EQ_INT(tw_report_count(report), 1);
    CHECK(was_found(name, 0, "county 540423 Medog before one opens"));
    free(bytes);
    repair(name);
}

static void other_tables(void)
{
    char twice[8192];
    const char *row = line_with("series.csv", "urban_population_census,region");
    snprintf(twice, sizeof twice, "%s%s", row, row);
    one_finding("series.csv", row, twice, line_of(file_index("series.csv"), row) + 1,
                "stands here again");
    one_finding("series.csv", ",2020,1303443,", ",2020,1303443?,", -1, "value is '1303443?'");
    one_finding("schedules.csv", "asfr_single_year,female,16,16", "asfr_single_year,female,15,16",
                -1, "overlap");
    one_finding("schedules.csv", "asfr_single_year,female,16", "asfr_single_year,femal,16", -1,
                "sex is 'femal'");
    one_finding("schedules.csv", "asfr_single_year,female,16,16", "asfr_single_year,female,16,6",
                -1, "ages from 16 to 6");
    row = line_with("groups.csv", "node_county_22,");
    snprintf(twice, sizeof twice, "%s%s", row, row);
    one_finding("groups.csv", row, twice, 3, "in group node_county_22 again");
    one_finding("relocations.csv", "2018-06,2018-06", "2018-06,2017-06", -1,
                "ends before it starts");
    one_finding("relocations.csv", "2018-06,2018-06", "1899-11,2018-06", -1, "start is '1899-11'");
    one_finding("relocations.csv", ",1102,", ",-1102,", -1, "persons is '-1102'");
    one_finding("reclassifications.csv", "540602,540602", "540602,540603", -1,
                "destination is 540603");
    one_finding("reclassifications.csv", "540602,540602", "540602,540102", -1,
                "origin and destination differ");
    one_finding("zones.csv", ",79915,", ",79916,", -1, "persons_2010: 79916");
    one_finding("zones.csv", "5401022,", "5401023,", -1, "zone is 5401023");
    one_finding("projects.csv", "540103 540122", "540103 5401x2", -1, "counties is '5401x2'");
    one_finding("projects.csv", "\"", "x\"\"", -1, "");
}

static void hazard_frequencies(void)
{
    char twice[8192];
    const char *name = "hazards.csv", *row = line_with(name, "540121,");
    snprintf(twice, sizeof twice, "%s%s", row, row);
    one_finding(name, row, twice, line_of(file_index(name), row) + 1,
                "county 540121 stands here again");
    one_finding(name, row, "", 0, "no row of county 540121 Lhunzhub");
    one_finding(name, "540121,", "540199,", -1, "no county has this code");
    one_finding(name, "540102,0.0108,", "540102,-0.01,", -1, "earthquake_m5_per_year is '-0.01'");
    one_finding(name, ",0.00097,", ",often,", -1, "earthquake_m6_per_year is 'often'");
    one_finding(name, ",0.00097,", ",0.5,", -1, "more earthquakes of magnitude 6");
    one_finding(name, "540102,0.0108,0.00097,0.05,", "540102,0.0108,0.00097,,", -1,
                "flood_per_year is empty");
    one_finding(name, ",flood_per_year", ",floods", 1, "no column 'flood_per_year'");
}

static void hazard_events(void)
{
    char twice[8192];
    const char *name = "hazard_events.csv", *row = line_with(name, ",540223,");
    snprintf(twice, sizeof twice, "%s%s", row, row);
    one_finding(name, row, twice, line_of(file_index(name), row) + 1,
                "county 540223 stands in event Dingri 2025 again");
    one_finding(name, ",540223,", ",540299,", -1, "no county has this code");
    one_finding(name, "earthquake,", "earthquak,", -1, "kind is 'earthquak'");
    one_finding(name, "Dingri 2025,", ",", -1, "event is empty");
    one_finding(name, ",0.2809,", ",1.2809,", -1, "rural_loss_share is '1.2809'");
    one_finding(name, ",0.2809,0,", ",0.2809,-1,", -1, "town_loss_share is '-1'");
    one_finding(name, ",0,0.1,", ",0,,", -1, "service_loss_share is empty");
    one_finding(name, ",2025-01,", ",2025-00,", -1, "date is '2025-00'");
    one_finding(name, ",2025-11,", ",2025-13,", -1, "reconstructed is '2025-13'");
    one_finding(name, ",2025-11,", ",2024-10,", -1, "reconstructed before it happens");
    one_finding(name, ",source\n", ",sources\n", 1, "no column 'source'");
    damage(name, ",2025-11,", ",,"); /* not known when */
    CHECK_EQ_INT(read_copy(), TW_OK);
    repair(name);
}

static void shipped_hazards(void)
{
    tw_region *region = shipped_region();
    const int tingri = tw_region_find_county(region, 540223);
    CHECK_NEAR(region->hazard_rates[tingri].earthquake_m5, 0.0561, 0);
    CHECK_NEAR(region->hazard_rates[tingri].earthquake_m6, 0.00506, 0);
    CHECK_EQ_INT(region->num_hazard_events, 5);
    CHECK_EQ_INT(region->hazard_events[0].county, tingri);
    CHECK_EQ_INT(region->hazard_events[0].kind, TW_EARTHQUAKE);
    CHECK_EQ_INT(region->hazard_events[0].date, tw_quarter_of(2025, 1));
    CHECK_EQ_INT(region->hazard_events[0].reconstructed, tw_quarter_of(2025, 11));
    tw_region_free(region);
}

/** Without both tables a region is read as before; with one mistake in each there are two. */
static void region_without_hazards(void)
{
    damage("hazards.csv", "540121,0.0104,", "540121,x,");
    damage("hazard_events.csv", ",0.2809,", ",2,");
    CHECK_EQ_INT(read_copy(), TW_BAD_INPUT);
    CHECK_EQ_INT(tw_report_count(report), 2);
    damage("region.cfg",
           "    hazards = \"tables/hazards.csv\";\n    hazard_events = "
           "\"tables/hazard_events.csv\";\n",
           "");
    CHECK_EQ_INT(read_copy(), TW_OK);
    repair("region.cfg");
    repair("hazards.csv");
    repair("hazard_events.csv");
}

/** Every kind of mistake in observed values. */
static void observations(void)
{
    const char *name = "observations.csv";
    one_finding(name, "urbanization_rate,region,2020-11", "urbanisation_rate,region,2020-11", -1,
                "indicator is 'urbanisation_rate'");
    CHECK(was_expected("urbanization_rate"));
    one_finding(name, "urbanization_rate,region,2020-11", "region_urbanization_rate,region,2020-11",
                -1, "indicator is 'region_urbanization_rate'");
    CHECK(was_expected("urbanization_rate, with area region"));
    one_finding(name, "births,region,2022", "rent,region,2022", -1, "indicator is 'rent'");
    one_finding(name, "population,Lhasa,", "population,Lhassa,", -1, "area is 'Lhassa'");
    CHECK(was_expected("Lhasa"));
    one_finding(name, "population,Lhasa,", "population,,", -1, "area is empty");
    one_finding(name, "population,540102,2010", "population,549999,2010", -1,
                "area is 549999: no county has this code");
    one_finding(name, ",region,2020-11,0.35", ",region,2020,0.35", -1, "date is '2020'");
    one_finding(name, ",region,2020-11,0.35", ",region,2020-11-01,0.35", -1,
                "date is '2020-11-01'");
    one_finding(name, ",region,2020-11,0.35", ",region,2020-13,0.35", -1, "date is '2020-13'");
    one_finding(name, "0.357294,1,", "0.357294,%,", -1, "unit of urbanization_rate is '%'");
    one_finding(name, ",3650000,persons,", ",365,10000 persons,", -1,
                "unit of population is '10000 persons'");
    CHECK(was_expected("persons"));
    one_finding(name, "0.357294,1,", "35.7294,1,", -1, "value is '35.7294'");
    one_finding(name, ",3650000,", ",-3650000,", -1, "value is '-3650000'");
    one_finding(name, ",3650000,", ",,", -1, "value is empty");
    one_finding(name, "0.357294,1,,", "0.357294,1,0,", -1, "standard_error is '0'");
    one_finding(name, ",no,", ",perhaps,", -1, "revised is 'perhaps'");
    one_finding(name, "population,region,2012-12", "population,region,2011-12", -1,
                "population of region in 2011-12 stands in line");
    one_finding(name, "population,540102,2020", "population,Chengguan,2010", -1,
                "population of Chengguan in 2010-11 stands in line");
    one_finding(name, ",unit,", ",units,", 1, "no column 'unit'; there is 'units'");
    one_finding(name, ",standard_error,", ",standard_eror,", 1, "a column 'standard_eror'");
    /* A county with the name of a prefecture: which is meant is said by the code alone. */
    damage("counties.csv", "540102,Chengguan", "540102,Lhasa");
    CHECK_EQ_INT(read_copy(), TW_BAD_INPUT);
    CHECK_EQ_INT(tw_report_count(report), 1);
    CHECK(was_found(name, line_of(file_index(name), "rate,Lhasa,"), "of a prefecture and of a"));
    CHECK(was_expected("a code: 540100 or 540102"));
    repair("counties.csv");
    damage(name, ",standard_error,", ",remark,");
    CHECK_EQ_INT(read_copy(), TW_OK);
    repair(name);
}

/** What the shipped region has observed, in the order of indicator, area and date. */
static void shipped_observations(void)
{
    tw_region *region = shipped_region();
    const int rate = tw_indicator_find("urbanization_rate");
    int rates = 0, hollow = 0, counties_2020 = 0;
    CHECK(region->num_observations > 700);
    for (int k = 0; k < region->num_observations; k++) {
        const tw_observation *one = &region->observations[k];
        const int regional = one->indicator == rate && one->kind == TW_AREA_REGION;
        rates += regional && one->revised;
        hollow += regional && !one->revised;
        counties_2020 += one->indicator == rate && one->kind == TW_AREA_COUNTY && one->year == 2020;
        if (regional && one->year == 2020 && one->month == 11) {
            CHECK_NEAR(one->value, 1303443.0 / 3648100, 5e-7);
            CHECK_NEAR(one->standard_error, 0, 0);
        }
        CHECK(one->source[0] != '\0');
        CHECK(k == 0 || one[-1].indicator <= one->indicator);
    }
    CHECK_EQ_INT(rates, 2);
    CHECK_EQ_INT(hollow, 6);
    CHECK_EQ_INT(counties_2020, 74);
    tw_region_free(region);
}

static void indicators(void)
{
    CHECK_EQ_INT(tw_indicator_find("population"), 0);
    CHECK_EQ_INT(tw_indicator_find("rent"), -1);
    CHECK_EQ_INT(tw_indicator_find("price"), -1);
    CHECK(tw_indicator_at(tw_indicator_find("births")).is_flow);
    CHECK(!tw_indicator_at(tw_indicator_find("persons")).is_flow);
    for (int i = 0; i < tw_num_indicators(); i++) {
        const tw_indicator row = tw_indicator_at(i);
        CHECK_EQ_INT(tw_indicator_find(row.name), i);
        CHECK(row.unit[0] != '\0' && row.sentence[0] != '\0' && row.highest > 0);
        for (int k = 0; k < TW_MOST_SUMMED; k++) {
            CHECK(row.part.field[k] == NULL || tw_record_find(row.part.field[k]) >= 0);
            CHECK(row.whole.field[k] == NULL || tw_record_find(row.whole.field[k]) >= 0);
        }
    }
}

static void files_and_settings(void)
{
    remove(path_of(file_index("links.csv")));
    CHECK_EQ_INT(read_copy(), TW_IO_FAILED);
    CHECK_EQ_INT(tw_report_count(report), 1);
    CHECK(was_found("links.csv", 0, "cannot be read"));
    repair("links.csv");
    damage("region.cfg", "tables/series.csv", "tables");
    CHECK_EQ_INT(read_copy(), TW_IO_FAILED);
    CHECK(was_found("/tables", 0, "cannot be read"));
    repair("region.cfg");
    one_finding("region.cfg", "groups = ", "group = ", -1, "'group' is not known here");
    one_finding("region.cfg", "name = \"Xizang\"", "name = = \"Xizang\"", -1, "syntax error");
    one_finding("region.cfg", "urban = 680589", "urban = \"680589\"", -1, "'urban' is none");
    one_finding("region.cfg", "\"five_city_3h\"", "\"five_city_3\"", -1,
                "no group 'five_city_3' for a circle");
    one_finding("region.cfg", "\"five_city_3h\",", "\"\",", -1,
                "'circles' has an entry that is none");
    one_finding("region.cfg", "name = \"Xizang\";", "name = \"Xizang\"; circle = 3;", -1,
                "'circle' is not known here");
    one_finding("region.cfg", "year = 2010", "year = 2011", -1, "a total without a census year");
    one_finding("region.cfg", "    counties = \"tables/counties.csv\";\n", "",
                line_of(0, "tables: "), "the table of counties is not named");
    tw_region *region = NULL;
    CHECK_EQ_INT(tw_region_read("/no/such/region.cfg", NULL, &region), TW_IO_FAILED);
    CHECK_EQ_INT(tw_region_read(folder, NULL, &region), TW_IO_FAILED);
    CHECK(region == NULL);
}

/** Findings of all tables come at once. */
static void all_at_once(void)
{
    damage("census.csv", "540121,2010,50246,", "540121,2010,-5,");
    damage("links.csv", ",104,120,", ",104,x,");
    damage("series.csv", ",2020,1303443,", ",2020,,");
    damage("counties.csv", "29.6622", "north");
    CHECK_EQ_INT(read_copy(), TW_BAD_INPUT);
    CHECK_EQ_INT(tw_report_count(report), 4);
    CHECK(was_found("census.csv", line_of(file_index("census.csv"), "540121,2010"), "-5"));
    CHECK(was_found("links.csv", line_of(file_index("links.csv"), ",104,120,"), "minutes is 'x'"));
    CHECK(was_found("series.csv", line_of(file_index("series.csv"), ",2020,1303443,"), "is empty"));
    CHECK(was_found("counties.csv", 2, "latitude is 'north'"));
    repair("census.csv");
    repair("links.csv");
    repair("series.csv");
    repair("counties.csv");
    CHECK_EQ_INT(read_copy(), TW_OK);
}

/** Tables as a spreadsheet writes them: byte order mark and CRLF. */
static void other_line_ends(void)
{
    for (int k = 0; k < NUM_FILES; k++) {
        char *bytes = malloc(2 * size[k] + 3), *to = bytes;
        memcpy(to, "\xEF\xBB\xBF", 3);
        to += 3;
        for (const char *at = text[k]; at < text[k] + size[k]; at++) {
            if (*at == '\n') {
                *to++ = '\r';
            }
            *to++ = *at;
        }
        put(k, bytes, (size_t)(to - bytes));
        free(bytes);
    }
    CHECK_EQ_INT(read_copy(), TW_OK);
    for (int k = 0; k < NUM_FILES; k++) {
        put(k, text[k], size[k]);
    }
}

/** Every file cut at every 97th byte, long ones at a hundred places: a finding or clean, never a
 * crash (read_copy checks). */
static void cut_files(void)
{
    int clean = 0, found = 0;
    for (int k = 0; k < NUM_FILES; k++) {
        const size_t step = size[k] / 101 > 97 ? size[k] / 101 : 97;
        for (size_t length = 0; length < size[k]; length += step) {
            put(k, text[k], length);
            tw_status status = read_copy();
            clean += status == TW_OK;
            found += status == TW_BAD_INPUT;
            CHECK(status == TW_OK || status == TW_BAD_INPUT);
        }
        put(k, text[k], size[k]);
    }
    CHECK(found > 100);
    printf("       %d cuts found, %d harmless\n", found, clean);
}

int main(void)
{
    copy_region();
    RUN(shipped_totals);
    RUN(shipped_columns);
    RUN(shipped_traps);
    RUN(values_by_year);
    RUN(cells_of_the_census);
    RUN(rows_of_the_census);
    RUN(stated_totals);
    RUN(counties);
    RUN(roads);
    RUN(unreached_county);
    RUN(other_tables);
    RUN(hazard_frequencies);
    RUN(hazard_events);
    RUN(shipped_hazards);
    RUN(region_without_hazards);
    RUN(observations);
    RUN(shipped_observations);
    RUN(indicators);
    RUN(files_and_settings);
    RUN(all_at_once);
    RUN(other_line_ends);
    RUN(cut_files);
    remove_copy();
    tw_report_free(report);
    return REPORT();
}
