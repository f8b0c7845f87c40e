/* SPDX-License-Identifier: Apache-2.0 */
/** How often earthquakes and floods strike a county, and the events whose date is known. */
#include <stdlib.h>
#include <string.h>

#include "region/reader.h"

/* ---- frequencies ---- */

enum { R_CODE, R_M5, R_M6, R_FLOOD, R_NUM };
static const char *const rate_columns[R_NUM] = {"code", "earthquake_m5_per_year",
                                                "earthquake_m6_per_year", "flood_per_year"};
static const double most_per_year = 100;

/** @param seen  [num_counties] 1 = has a row; @return 0 when the county is known */
static int rate_row(tw_reader *reader, const tw_csv *csv, int row, const int *column, char *seen)
{
    int32_t county = 0;
    tw_hazard_rates rates = {0};
    if (tw_cell_county(reader, csv, row, column[R_CODE], &county) != 0) {
        return -1;
    }
    if (seen[county]) {
        tw_reader_row(reader, csv, row, "one row for every county", "county %d stands here again",
                      reader->region->counties[county].code);
    }
    seen[county] = 1;
    int bad = tw_cell_real(reader, csv, row, column[R_M5], 0, most_per_year, &rates.earthquake_m5);
    bad |= tw_cell_real(reader, csv, row, column[R_M6], 0, most_per_year, &rates.earthquake_m6);
    bad |= tw_cell_real(reader, csv, row, column[R_FLOOD], 0, most_per_year, &rates.flood);
    if (bad == 0 && rates.earthquake_m6 > rates.earthquake_m5) {
        tw_reader_row(reader, csv, row, "magnitude 6 and over within magnitude 5 and over",
                      "more earthquakes of magnitude 6 than of 5 and over");
    }
    reader->region->hazard_rates[county] = rates;
    return 0;
}

static void check_rates_missing(tw_reader *reader, const tw_csv *csv, const char *seen)
{
    const tw_region *region = reader->region;
    for (int county = 0; county < region->num_counties; county++) {
        if (!seen[county]) {
            tw_reader_add(reader, TW_BAD_INPUT, csv->path, 0, "a row for every county",
                          "no row of county %d %s", region->counties[county].code,
                          region->counties[county].name);
        }
    }
}

static void read_rates(tw_reader *reader)
{
    const tw_csv *csv = reader->csv[TW_TABLE_hazards];
    tw_region *region = reader->region;
    int column[R_NUM], lost = 0;
    if (csv == NULL || tw_reader_columns(reader, csv, rate_columns, R_NUM, column) != 0) {
        return;
    }
    char *seen = tw_reader_alloc(reader, region->num_counties, sizeof *seen);
    region->hazard_rates =
        tw_reader_alloc(reader, region->num_counties, sizeof *region->hazard_rates);
    if (seen != NULL && region->hazard_rates != NULL) {
        for (int row = 0; row < csv->num_rows; row++) {
            lost |= rate_row(reader, csv, row, column, seen) != 0;
        }
        /* Else the county may well be in a row that was reported. */
        if (!lost && csv->num_dropped == 0 && reader->counties_trusted) {
            check_rates_missing(reader, csv, seen);
        }
    }
    free(seen);
}

/* ---- events ---- */

enum {
    E_EVENT,
    E_KIND,
    E_COUNTY,
    E_DATE,
    E_RURAL,
    E_TOWN,
    E_SERVICE,
    E_RECONSTRUCTED,
    E_SOURCE,
    E_NUM
};
static const char *const event_columns[E_NUM] = {"event",
                                                 "kind",
                                                 "county",
                                                 "date",
                                                 "rural_loss_share",
                                                 "town_loss_share",
                                                 "service_loss_share",
                                                 "reconstructed",
                                                 "source"};
static const char *const kind_words[TW_NUM_HAZARD_KINDS] = {"earthquake", "flood"};

/** Date and end of the reconstruction; the latter may be empty. */
static int read_dates(tw_reader *reader, const tw_csv *csv, int row, const int *column,
                      tw_hazard_event *event)
{
    event->reconstructed = INT32_MIN;
    int bad = tw_cell_date(reader, csv, row, column[E_DATE], &event->date);
    if (tw_csv_cell(csv, row, column[E_RECONSTRUCTED])[0] == '\0') {
        return bad;
    }
    bad |= tw_cell_date(reader, csv, row, column[E_RECONSTRUCTED], &event->reconstructed);
    if (bad == 0 && event->reconstructed < event->date) {
        tw_reader_row(reader, csv, row, "date, then reconstructed",
                      "it is reconstructed before it happens");
        bad = -1;
    }
    return bad;
}

static int read_shares(tw_reader *reader, const tw_csv *csv, int row, const int *column,
                       tw_hazard_event *event)
{
    int bad = tw_cell_real(reader, csv, row, column[E_RURAL], 0, 1, &event->rural_loss);
    bad |= tw_cell_real(reader, csv, row, column[E_TOWN], 0, 1, &event->town_loss);
    bad |= tw_cell_real(reader, csv, row, column[E_SERVICE], 0, 1, &event->service_loss);
    return bad;
}

/** Whether an event of this name has its row of the county already. */
static int stands_again(const tw_region *region, const tw_hazard_event *event)
{
    for (int k = 0; k < region->num_hazard_events; k++) {
        const tw_hazard_event *other = &region->hazard_events[k];
        if (other->county == event->county && strcmp(other->name, event->name) == 0) {
            return 1;
        }
    }
    return 0;
}

/** @return 0 when the event is kept */
static int event_row(tw_reader *reader, const tw_csv *csv, int row, const int *column)
{
    tw_region *region = reader->region;
    tw_hazard_event *event = &region->hazard_events[region->num_hazard_events];
    char source[1024];
    int kind = 0;
    *event = (tw_hazard_event){.county = -1};
    const int bad_name =
        tw_cell_text(reader, csv, row, column[E_EVENT], event->name, sizeof event->name);
    const int bad_county = tw_cell_county(reader, csv, row, column[E_COUNTY], &event->county);
    int bad =
        tw_cell_word(reader, csv, row, column[E_KIND], kind_words, TW_NUM_HAZARD_KINDS, &kind);
    event->kind = (tw_hazard_kind)kind;
    bad |= read_dates(reader, csv, row, column, event);
    bad |= read_shares(reader, csv, row, column, event);
    bad |= tw_cell_text(reader, csv, row, column[E_SOURCE], source, sizeof source);
    if (bad_name == 0 && bad_county == 0 && stands_again(region, event)) {
        tw_reader_row(reader, csv, row, "each county once in an event",
                      "county %d stands in event %s again", region->counties[event->county].code,
                      event->name);
        bad = -1;
    }
    return bad | bad_name | bad_county;
}

static void read_events(tw_reader *reader)
{
    const tw_csv *csv = reader->csv[TW_TABLE_hazard_events];
    tw_region *region = reader->region;
    int column[E_NUM];
    if (csv == NULL || tw_reader_columns(reader, csv, event_columns, E_NUM, column) != 0) {
        return;
    }
    region->hazard_events = tw_reader_alloc(reader, csv->num_rows, sizeof *region->hazard_events);
    for (int row = 0; region->hazard_events != NULL && row < csv->num_rows; row++) {
        region->num_hazard_events += event_row(reader, csv, row, column) == 0;
    }
}

void tw_hazards_read(tw_reader *reader)
{
    read_rates(reader);
    read_events(reader);
}
