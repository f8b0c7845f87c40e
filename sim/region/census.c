/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The census: one row per county and census year, whose parts must add up, and whose counties must
 * add up to the totals that the region states. The table of zones repeats two of its columns and is
 * only compared.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "region/reader.h"

/* tw_census is nothing but counts, in this order. */
enum {
    NUM_COUNTS = 5 + 4 + TW_NUM_SEXES * (TW_NUM_AGE_GROUPS + TW_NUM_SCHOOLING + TW_NUM_MARITAL) +
                 TW_NUM_ELSEWHERE + TW_NUM_INDUSTRIES + TW_NUM_TENURE_COLUMNS,
    NUM_COLUMNS = NUM_COUNTS + 2, /* and code and year, which come first */
    NAME_SIZE = 40
};
_Static_assert(sizeof(tw_census) == NUM_COUNTS * sizeof(int64_t), "tw_census holds counts only");
static const int64_t most_persons = INT64_C(10000000000);

static const char *const sexes[TW_NUM_SEXES] = {"male", "female"};
static const char *const first_names[9] = {
    "persons",       "urban",         "families",      "family_persons",    "one_person_families",
    "generations_1", "generations_2", "generations_3", "generations_4_plus"};
static const char *const school_names[TW_NUM_SCHOOLING] = {"none", "primary", "junior", "senior",
                                                           "college"};
static const char *const marital_names[TW_NUM_MARITAL] = {"never_married", "married", "divorced",
                                                          "widowed"};
static const char *const elsewhere_names[TW_NUM_ELSEWHERE] = {"same_county", "other_county",
                                                              "outside"};
static const char *const industry_names[TW_NUM_INDUSTRIES] = {"farming",
                                                              "mining",
                                                              "manufacturing",
                                                              "utilities",
                                                              "construction",
                                                              "wholesale_retail",
                                                              "transport",
                                                              "hotels_catering",
                                                              "information",
                                                              "finance",
                                                              "real_estate",
                                                              "business_services",
                                                              "science",
                                                              "environment",
                                                              "resident_services",
                                                              "education",
                                                              "health",
                                                              "culture",
                                                              "public_administration"};
static const char *const tenure_names[TW_NUM_TENURE_COLUMNS] = {"rented", "self_built", "purchased",
                                                                "inherited", "other"};

typedef char column_name[NAME_SIZE];

static int write_names(column_name *out, int at, const char *prefix, const char *const *names,
                       int num)
{
    for (int k = 0; k < num; k++) {
        snprintf(out[at + k], NAME_SIZE, "%s%s", prefix, names[k]);
    }
    return at + num;
}

static int write_ages(column_name *out, int at, const char *sex)
{
    for (int g = 0; g < TW_NUM_AGE_GROUPS; g++) {
        int low = tw_age_group_start(g), high = tw_age_group_start(g + 1) - 1;
        if (g == 0) {
            snprintf(out[at + g], NAME_SIZE, "%s_0", sex);
        } else if (g == TW_NUM_AGE_GROUPS - 1) {
            snprintf(out[at + g], NAME_SIZE, "%s_%d_plus", sex, low);
        } else {
            snprintf(out[at + g], NAME_SIZE, "%s_%d_%d", sex, low, high);
        }
    }
    return at + TW_NUM_AGE_GROUPS;
}

static void write_column_names(column_name out[NUM_COLUMNS])
{
    static const char *const keys[2] = {"code", "year"};
    char prefix[NAME_SIZE];
    int at = write_names(out, 0, "", keys, 2);
    at = write_names(out, at, "", first_names, 9);
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        at = write_ages(out, at, sexes[sex]);
    }
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        snprintf(prefix, sizeof prefix, "%s_school_", sexes[sex]);
        at = write_names(out, at, prefix, school_names, TW_NUM_SCHOOLING);
    }
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        snprintf(prefix, sizeof prefix, "%s_", sexes[sex]);
        at = write_names(out, at, prefix, marital_names, TW_NUM_MARITAL);
    }
    at = write_names(out, at, "registered_", elsewhere_names, TW_NUM_ELSEWHERE);
    at = write_names(out, at, "employed_", industry_names, TW_NUM_INDUSTRIES);
    write_names(out, at, "tenure_", tenure_names, TW_NUM_TENURE_COLUMNS);
}

/* ---- what must hold in a row ---- */

static int64_t sum(const int64_t *values, int num)
{
    int64_t total = 0;
    for (int k = 0; k < num; k++) {
        total += values[k];
    }
    return total;
}

/** A finding when a sum is not what it should be, or (`most`) exceeds it. @return 1 when wrong */
static int differs(tw_reader *reader, const tw_csv *csv, int row, const char *what, int64_t have,
                   const char *whole, int64_t want, int most)
{
    if (most ? have <= want : have == want) {
        return 0;
    }
    char expected[96];
    snprintf(expected, sizeof expected, "%s%lld, as %s", most ? "at most " : "", (long long)want,
             whole);
    tw_reader_row(reader, csv, row, expected, "%s: %lld", what, (long long)have);
    return 1;
}

/** The first of these that does not hold is reported: a second may follow from it. */
static void check_persons(tw_reader *reader, const tw_csv *csv, int row, const tw_census *census)
{
    int64_t people[TW_NUM_SEXES], school[TW_NUM_SEXES], marital[TW_NUM_SEXES];
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        people[sex] = sum(census->age_sex[sex], TW_NUM_AGE_GROUPS);
        school[sex] = sum(census->schooling[sex], TW_NUM_SCHOOLING);
        marital[sex] = sum(census->marital[sex], TW_NUM_MARITAL);
    }
    int64_t elsewhere = sum(census->registered_elsewhere, TW_NUM_ELSEWHERE);
    int64_t employed = sum(census->employed_by_industry, TW_NUM_INDUSTRIES);
    (void)(differs(reader, csv, row, "the ages of both sexes add up to", people[0] + people[1],
                   "persons", census->persons, 0) ||
           differs(reader, csv, row, "urban", census->urban, "persons", census->persons, 1) ||
           differs(reader, csv, row, "schooling of men", school[0], "men", people[0], 1) ||
           differs(reader, csv, row, "schooling of women", school[1], "women", people[1], 1) ||
           differs(reader, csv, row, "marital states of men", marital[0], "men", people[0], 1) ||
           differs(reader, csv, row, "marital states of women", marital[1], "women", people[1],
                   1) ||
           differs(reader, csv, row, "registered elsewhere", elsewhere, "persons", census->persons,
                   1) ||
           differs(reader, csv, row, "employed", employed, "persons", census->persons, 1));
}

static void check_families(tw_reader *reader, const tw_csv *csv, int row, const tw_census *census)
{
    int64_t generations = sum(census->families_by_generations, 4);
    int64_t tenures = sum(census->families_by_tenure, TW_NUM_TENURE_COLUMNS);
    (void)(differs(reader, csv, row, "the generations add up to", generations, "families",
                   census->families, 0) ||
           differs(reader, csv, row, "one-person families", census->one_person_families,
                   "one-generation families", census->families_by_generations[0], 1) ||
           differs(reader, csv, row, "families", census->families, "family persons",
                   census->family_persons, 1) ||
           differs(reader, csv, row, "family persons", census->family_persons, "persons",
                   census->persons, 1) ||
           differs(reader, csv, row, "tenures", tenures, "families", census->families, 1));
}

/* ---- the table ---- */

typedef struct census_rows {
    int column[NUM_COLUMNS];
    int *row_of[TW_NUM_CENSUSES]; /* [num_counties] row of the table, -1 = none yet */
    int lost;                     /* a row whose county or year is not known was left out */
} census_rows;

static int year_index(int64_t year)
{
    for (int k = 0; k < TW_NUM_CENSUSES; k++) {
        if (tw_census_years[k] == year) {
            return k;
        }
    }
    return -1;
}

/** County and year of a row that is met for the first time. @return 0, or -1 when it is left out */
static int key_of(tw_reader *reader, const tw_csv *csv, int row, census_rows *rows, int *year,
                  int32_t *county)
{
    int64_t number = 0;
    if (tw_cell_county(reader, csv, row, rows->column[0], county) != 0 ||
        tw_cell_int(reader, csv, row, rows->column[1], tw_census_years[0],
                    tw_census_years[TW_NUM_CENSUSES - 1], &number) != 0) {
        return -1;
    }
    *year = year_index(number);
    if (*year < 0) {
        tw_reader_row(reader, csv, row, "2010 or 2020", "no census of %lld is known",
                      (long long)number);
        return -1;
    }
    if (rows->row_of[*year][*county] >= 0) {
        tw_reader_row(reader, csv, row, "each county once a year",
                      "county %d of %lld stands here again", reader->region->counties[*county].code,
                      (long long)number);
        return -1;
    }
    rows->row_of[*year][*county] = row;
    return 0;
}

static void census_row(tw_reader *reader, const tw_csv *csv, int row, census_rows *rows)
{
    int year = 0, bad = 0;
    int32_t county = 0;
    int64_t counts[NUM_COUNTS];
    if (key_of(reader, csv, row, rows, &year, &county) != 0) {
        rows->lost = 1;
        return;
    }
    for (int k = 0; k < NUM_COUNTS; k++) {
        bad |= tw_cell_int(reader, csv, row, rows->column[k + 2], 0, most_persons, &counts[k]);
    }
    if (bad == 0) {
        tw_census *census = &reader->region->census[year][county];
        memcpy(census, counts, sizeof counts);
        check_persons(reader, csv, row, census);
        check_families(reader, csv, row, census);
    }
}

static void check_missing(tw_reader *reader, const tw_csv *csv, const census_rows *rows)
{
    const tw_region *region = reader->region;
    if (rows->lost || csv->num_dropped > 0 || !reader->counties_trusted) {
        return; /* the county may well be in a row that was reported */
    }
    for (int year = 0; year < TW_NUM_CENSUSES; year++) {
        for (int county = 0; county < region->num_counties; county++) {
            if (rows->row_of[year][county] < 0) {
                tw_reader_add(reader, TW_BAD_INPUT, csv->path, 0, "a row for every county and year",
                              "no row of county %d %s in %d", region->counties[county].code,
                              region->counties[county].name, tw_census_years[year]);
            }
        }
    }
}

static void check_totals(tw_reader *reader)
{
    static const char *const words[TW_NUM_TOTALS] = {"persons", "urban", "families"};
    const tw_region *region = reader->region;
    for (int year = 0; year < TW_NUM_CENSUSES; year++) {
        int64_t have[TW_NUM_TOTALS] = {0};
        for (int county = 0; county < region->num_counties; county++) {
            have[TW_TOTAL_PERSONS] += region->census[year][county].persons;
            have[TW_TOTAL_URBAN] += region->census[year][county].urban;
            have[TW_TOTAL_FAMILIES] += region->census[year][county].families;
        }
        for (int k = 0; k < TW_NUM_TOTALS; k++) {
            tw_stated_total stated = reader->totals[year][k];
            char expected[48];
            snprintf(expected, sizeof expected, "%lld", (long long)stated.value);
            if (stated.line != 0 && stated.value != have[k]) {
                tw_reader_add(reader, TW_BAD_INPUT, reader->file, stated.line, expected,
                              "%s of %d add up to %lld over the census table", words[k],
                              tw_census_years[year], (long long)have[k]);
            }
        }
    }
}

/** Column indices; missing columns are findings. */
static int find_columns(tw_reader *reader, const tw_csv *csv, int column[NUM_COLUMNS])
{
    column_name names[NUM_COLUMNS];
    const char *wanted[NUM_COLUMNS];
    write_column_names(names);
    for (int k = 0; k < NUM_COLUMNS; k++) {
        wanted[k] = names[k];
    }
    return tw_reader_columns(reader, csv, wanted, NUM_COLUMNS, column);
}

static int alloc_census(tw_reader *reader, census_rows *rows)
{
    tw_region *region = reader->region;
    for (int year = 0; year < TW_NUM_CENSUSES; year++) {
        region->census[year] =
            tw_reader_alloc(reader, region->num_counties, sizeof *region->census[year]);
        rows->row_of[year] =
            tw_reader_alloc(reader, region->num_counties, sizeof *rows->row_of[year]);
        if (region->census[year] == NULL || rows->row_of[year] == NULL) {
            return -1;
        }
        for (int county = 0; county < region->num_counties; county++) {
            rows->row_of[year][county] = -1;
        }
    }
    return 0;
}

void tw_census_read(tw_reader *reader)
{
    const tw_csv *csv = reader->csv[TW_TABLE_census];
    census_rows rows = {.lost = 0};
    int64_t before = reader->num_findings;
    if (csv == NULL || find_columns(reader, csv, rows.column) != 0) {
        return;
    }
    if (alloc_census(reader, &rows) == 0) {
        for (int row = 0; row < csv->num_rows; row++) {
            census_row(reader, csv, row, &rows);
        }
        check_missing(reader, csv, &rows);
        if (reader->num_findings == before && !rows.lost && csv->num_dropped == 0) {
            check_totals(reader);
        }
    }
    for (int year = 0; year < TW_NUM_CENSUSES; year++) {
        free(rows.row_of[year]);
    }
}

/* ---- zones ---- */

enum { Z_ZONE, Z_COUNTY, Z_KIND, Z_2010, Z_2020, Z_NUM };
static const char *const zone_columns[Z_NUM] = {"zone", "county", "kind", "persons_2010",
                                                "persons_2020"};
static const char *const kind_words[TW_NUM_ZONE_KINDS] = {"rural", "town"};

static int64_t zone_persons(const tw_census *census, int kind)
{
    return kind == TW_TOWN ? census->urban : census->persons - census->urban;
}

void tw_zones_read(tw_reader *reader)
{
    const tw_csv *csv = reader->csv[TW_TABLE_zones];
    const tw_region *region = reader->region;
    int column[Z_NUM];
    /* The table says nothing new: it is compared only where nothing else was found. */
    if (csv == NULL || reader->num_findings > 0 ||
        tw_reader_columns(reader, csv, zone_columns, Z_NUM, column) != 0) {
        return;
    }
    for (int row = 0; row < csv->num_rows; row++) {
        int32_t county = 0;
        int kind = 0;
        int64_t code = 0, persons = 0;
        if (tw_cell_county(reader, csv, row, column[Z_COUNTY], &county) != 0 ||
            tw_cell_word(reader, csv, row, column[Z_KIND], kind_words, TW_NUM_ZONE_KINDS, &kind) !=
                0 ||
            tw_cell_int(reader, csv, row, column[Z_ZONE], 1, INT32_MAX, &code) != 0) {
            continue;
        }
        if (code != tw_zone_code(region, tw_zone(county, kind))) {
            tw_reader_row(reader, csv, row, "county code x 10, and 1 (rural) or 2 (town)",
                          "zone is %lld", (long long)code);
        }
        for (int year = 0; year < TW_NUM_CENSUSES; year++) {
            int at = column[Z_2010 + year];
            if (tw_cell_int(reader, csv, row, at, 0, most_persons, &persons) == 0) {
                differs(reader, csv, row, csv->header[at], persons, "in the census table",
                        zone_persons(&region->census[year][county], kind), 0);
            }
        }
    }
}

int tw_sector_of_industry(int industry)
{
    /* Mining, manufacturing, utilities | construction | trade to business services | science,
       environment | residents' services | education to public administration. */
    static const tw_sector sector[TW_NUM_INDUSTRIES] = {
        TW_SERVICES,        TW_INDUSTRY,        TW_INDUSTRY,       TW_INDUSTRY,
        TW_CONSTRUCTION,    TW_SERVICES,        TW_SERVICES,       TW_SERVICES,
        TW_SERVICES,        TW_SERVICES,        TW_SERVICES,       TW_SERVICES,
        TW_PUBLIC_SERVICES, TW_PUBLIC_SERVICES, TW_SERVICES,       TW_PUBLIC_SERVICES,
        TW_PUBLIC_SERVICES, TW_PUBLIC_SERVICES, TW_PUBLIC_SERVICES};
    return (int)sector[industry];
}
