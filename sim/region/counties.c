/* SPDX-License-Identifier: Apache-2.0 */
/** Prefectures and counties: what they are, each once, every prefecture with a seat of its own. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "region/reader.h"

enum { MAX_CODE = 99999999 };

/* ---- prefectures ---- */

enum { P_CODE, P_NAME, P_NAME_ZH, P_SEAT, P_NUM };
static const char *const prefecture_columns[P_NUM] = {"code", "name", "name_zh", "seat"};

static void prefectures_read(tw_reader *reader)
{
    const tw_csv *csv = reader->csv[TW_TABLE_prefectures];
    tw_region *region = reader->region;
    int column[P_NUM];
    if (csv == NULL || tw_reader_columns(reader, csv, prefecture_columns, P_NUM, column) != 0) {
        return;
    }
    region->prefectures = tw_reader_alloc(reader, csv->num_rows, sizeof *region->prefectures);
    for (int row = 0; region->prefectures != NULL && row < csv->num_rows; row++) {
        tw_prefecture *prefecture = &region->prefectures[region->num_prefectures];
        int64_t code = 0;
        int bad = tw_cell_int(reader, csv, row, column[P_CODE], 1, MAX_CODE, &code);
        bad |= tw_cell_text(reader, csv, row, column[P_NAME], prefecture->name,
                            sizeof prefecture->name);
        bad |= tw_cell_text(reader, csv, row, column[P_NAME_ZH], prefecture->name_zh,
                            sizeof prefecture->name_zh);
        prefecture->code = (int32_t)code;
        for (int k = 0; bad == 0 && k < region->num_prefectures; k++) {
            const tw_prefecture *other = &region->prefectures[k];
            if (other->code == prefecture->code || tw_text_same(other->name, prefecture->name)) {
                tw_reader_row(reader, csv, row, "each prefecture once",
                              "prefecture %d %s stands here again", prefecture->code,
                              prefecture->name);
                bad = 1;
            }
        }
        region->num_prefectures += bad == 0;
    }
}

/** Seats are codes of counties, so they are looked up when the counties are known. */
static void seats_read(tw_reader *reader)
{
    const tw_csv *csv = reader->csv[TW_TABLE_prefectures];
    tw_region *region = reader->region;
    int column[P_NUM];
    for (int k = 0; csv != NULL && k < P_NUM; k++) {
        column[k] = tw_csv_column(csv, prefecture_columns[k]);
        if (column[k] < 0) {
            return;
        }
    }
    if (csv == NULL || region->num_prefectures != csv->num_rows) {
        return; /* rows were left out: what they hold is unknown */
    }
    for (int row = 0; row < csv->num_rows; row++) {
        int32_t seat = 0;
        if (tw_cell_county(reader, csv, row, column[P_SEAT], &seat) != 0) {
            continue;
        }
        region->prefectures[row].seat = seat;
        if (reader->counties_trusted && region->counties[seat].prefecture != row) {
            tw_reader_row(reader, csv, row, "a county of this prefecture",
                          "the seat of %s lies in %s", region->prefectures[row].name,
                          region->prefectures[region->counties[seat].prefecture].name);
        }
    }
}

/* ---- counties ---- */

enum {
    C_CODE,
    C_NAME,
    C_NAME_ZH,
    C_PREFECTURE,
    C_TIER,
    C_LAT,
    C_LON,
    C_ELEVATION,
    C_AREA,
    C_DEFACTO,
    C_NUM
};
static const char *const county_columns[C_NUM] = {
    "code",     "name",      "name_zh",          "prefecture", "tier",
    "latitude", "longitude", "seat_elevation_m", "area_km2",   "area_defacto_km2"};
static const char *const tier_words[TW_NUM_TIERS] = {"county", "city", "capital"};

/** Index of the prefecture a county names; -1 after a finding, 0 when none can be known. */
static int prefecture_of(tw_reader *reader, const tw_csv *csv, int row, int column,
                         const char **names)
{
    const tw_region *region = reader->region;
    const tw_csv *prefectures = reader->csv[TW_TABLE_prefectures];
    int index = 0;
    if (prefectures == NULL || region->num_prefectures == 0 || prefectures->num_dropped > 0 ||
        region->num_prefectures != prefectures->num_rows) {
        return 0;
    }
    int bad = tw_cell_word(reader, csv, row, column, names, region->num_prefectures, &index);
    return bad != 0 ? -1 : index;
}

/** @return 0 when the county has a code that no other has: it is kept whatever else is wrong */
static int county_row(tw_reader *reader, const tw_csv *csv, int row, const int *column,
                      const char **names)
{
    tw_region *region = reader->region;
    tw_county *county = &region->counties[region->num_counties];
    int64_t code = 0;
    int tier = 0;
    if (tw_cell_int(reader, csv, row, column[C_CODE], 1, MAX_CODE, &code) != 0) {
        return -1;
    }
    for (int k = 0; k < region->num_counties; k++) {
        if (region->counties[k].code == code) {
            tw_reader_row(reader, csv, row, "each county once", "county %lld stands here again",
                          (long long)code);
            return -1;
        }
    }
    county->code = (int32_t)code;
    int bad = tw_cell_text(reader, csv, row, column[C_NAME], county->name, sizeof county->name);
    bad |=
        tw_cell_text(reader, csv, row, column[C_NAME_ZH], county->name_zh, sizeof county->name_zh);
    for (int k = 0; bad == 0 && k < region->num_counties; k++) {
        if (tw_text_same(region->counties[k].name, county->name) ||
            strcmp(region->counties[k].name_zh, county->name_zh) == 0) {
            tw_reader_row(reader, csv, row, "each name once", "%s (%s) has the name of county %d",
                          county->name, county->name_zh, region->counties[k].code);
            break;
        }
    }
    county->prefecture = prefecture_of(reader, csv, row, column[C_PREFECTURE], names);
    tw_cell_word(reader, csv, row, column[C_TIER], tier_words, TW_NUM_TIERS, &tier);
    county->tier = (tw_tier)tier;
    tw_cell_real(reader, csv, row, column[C_LAT], -90, 90, &county->latitude);
    tw_cell_real(reader, csv, row, column[C_LON], -180, 180, &county->longitude);
    tw_cell_real(reader, csv, row, column[C_ELEVATION], -500, 9000, &county->seat_elevation_m);
    tw_cell_real(reader, csv, row, column[C_AREA], 0.01, 1e7, &county->area_km2);
    tw_cell_real(reader, csv, row, column[C_DEFACTO], 0.01, 1e7, &county->area_defacto_km2);
    return 0;
}

static int by_code(const void *a, const void *b)
{
    int32_t x = ((const tw_county *)a)->code, y = ((const tw_county *)b)->code;
    return (x > y) - (x < y);
}

void tw_counties_read(tw_reader *reader)
{
    prefectures_read(reader);
    tw_region *region = reader->region;
    const tw_csv *csv = reader->csv[TW_TABLE_counties];
    int64_t before = reader->num_findings;
    int column[C_NUM];
    if (csv == NULL || tw_reader_columns(reader, csv, county_columns, C_NUM, column) != 0) {
        return;
    }
    if (csv->num_rows + csv->num_dropped == 0) {
        tw_reader_add(reader, TW_BAD_INPUT, csv->path, 1, "a county per line", "no counties");
        return;
    }
    const char **names = tw_reader_alloc(reader, region->num_prefectures, sizeof *names);
    region->counties = tw_reader_alloc(reader, csv->num_rows, sizeof *region->counties);
    if (names != NULL && region->counties != NULL) {
        for (int k = 0; k < region->num_prefectures; k++) {
            names[k] = region->prefectures[k].name;
        }
        for (int row = 0; row < csv->num_rows; row++) {
            region->num_counties += county_row(reader, csv, row, column, names) == 0;
        }
        qsort(region->counties, (size_t)region->num_counties, sizeof *region->counties, by_code);
        reader->counties_trusted = reader->num_findings == before && csv->num_dropped == 0;
        seats_read(reader);
    }
    free((void *)names);
}
