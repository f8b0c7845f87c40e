/* SPDX-License-Identifier: Apache-2.0 */
/** Roads between county seats, which must reach every county at all times. */
#include <stdlib.h>
#include <string.h>

#include "region/reader.h"

enum { L_FROM, L_TO, L_KM, L_MINUTES, L_BEFORE, L_OPENS, L_NUM };
static const char *const link_columns[L_NUM] = {"from",           "to",   "km", "minutes",
                                                "minutes_before", "opens"};

/** Opening and minutes before it: both or neither. */
static int read_opening(tw_reader *reader, const tw_csv *csv, int row, const int *column,
                        tw_link *link)
{
    int dated = tw_csv_cell(csv, row, column[L_OPENS])[0] != '\0';
    int before = tw_csv_cell(csv, row, column[L_BEFORE])[0] != '\0';
    link->opens = INT32_MIN;
    if (dated != before) {
        tw_reader_row(reader, csv, row, "both, or neither for a road that was always there",
                      dated ? "opens without minutes_before" : "minutes_before without opens");
        return -1;
    }
    if (!dated) {
        return 0;
    }
    int bad = tw_cell_date(reader, csv, row, column[L_OPENS], &link->opens);
    bad |= tw_cell_real(reader, csv, row, column[L_BEFORE], 0, 1e5, &link->minutes_before);
    return bad;
}

/** @return 0 when the link is kept */
static int link_row(tw_reader *reader, const tw_csv *csv, int row, const int *column)
{
    tw_region *region = reader->region;
    tw_link *link = &region->links[region->num_links];
    *link = (tw_link){0};
    int bad = tw_cell_county(reader, csv, row, column[L_FROM], &link->from);
    bad |= tw_cell_county(reader, csv, row, column[L_TO], &link->to);
    int bad_ends = bad;
    bad |= tw_cell_real(reader, csv, row, column[L_KM], 0.1, 1e5, &link->km);
    bad |= tw_cell_real(reader, csv, row, column[L_MINUTES], 0.1, 1e5, &link->minutes);
    bad |= read_opening(reader, csv, row, column, link);
    if (bad_ends != 0) {
        return -1;
    }
    if (link->from == link->to) {
        tw_reader_row(reader, csv, row, "two counties", "a road from a county to itself");
        return -1;
    }
    for (int k = 0; k < region->num_links; k++) {
        const tw_link *other = &region->links[k];
        if ((other->from == link->from && other->to == link->to) ||
            (other->from == link->to && other->to == link->from)) {
            tw_reader_row(reader, csv, row, "each pair of counties once",
                          "the road %d-%d stands here again", region->counties[link->from].code,
                          region->counties[link->to].code);
            return -1;
        }
    }
    return bad;
}

/* ---- reach ---- */

static int root_of(int *parent, int county)
{
    while (parent[county] != county) {
        parent[county] = parent[parent[county]];
        county = parent[county];
    }
    return county;
}

/** Joins the counties by the roads there were before any opening, or by all. */
static void join(const tw_region *region, int *parent, int all)
{
    for (int county = 0; county < region->num_counties; county++) {
        parent[county] = county;
    }
    for (int k = 0; k < region->num_links; k++) {
        const tw_link *link = &region->links[k];
        if (all || link->opens == INT32_MIN || link->minutes_before > 0) {
            parent[root_of(parent, link->from)] = root_of(parent, link->to);
        }
    }
}

/** Root of the largest set of joined counties. */
static int largest(int *parent, int *size, int num)
{
    int best = 0;
    memset(size, 0, (size_t)num * sizeof *size);
    for (int county = 0; county < num; county++) {
        size[root_of(parent, county)]++;
    }
    for (int county = 1; county < num; county++) {
        best = size[county] > size[best] ? county : best;
    }
    return best;
}

static void check_reach(tw_reader *reader, const tw_csv *csv)
{
    const tw_region *region = reader->region;
    int num = region->num_counties;
    int *first = tw_reader_alloc(reader, num, sizeof *first);
    int *last = tw_reader_alloc(reader, num, sizeof *last);
    int *size = tw_reader_alloc(reader, num, sizeof *size);
    if (first != NULL && last != NULL && size != NULL) {
        join(region, first, 0);
        join(region, last, 1);
        int main_first = largest(first, size, num), main_last = largest(last, size, num);
        for (int county = 0; county < num; county++) {
            if (root_of(first, county) == main_first) {
                continue;
            }
            int later = root_of(last, county) == main_last;
            tw_reader_add(reader, TW_BAD_INPUT, csv->path, 0, "a road to every county at all times",
                          later ? "no road reaches county %d %s before one opens"
                                : "no road reaches county %d %s",
                          region->counties[county].code, region->counties[county].name);
        }
    }
    free(first);
    free(last);
    free(size);
}

void tw_links_read(tw_reader *reader)
{
    const tw_csv *csv = reader->csv[TW_TABLE_links];
    tw_region *region = reader->region;
    int64_t before = reader->num_findings;
    int column[L_NUM], lost = 0;
    if (csv == NULL || tw_reader_columns(reader, csv, link_columns, L_NUM, column) != 0) {
        return;
    }
    region->links = tw_reader_alloc(reader, csv->num_rows, sizeof *region->links);
    for (int row = 0; region->links != NULL && row < csv->num_rows; row++) {
        int bad = link_row(reader, csv, row, column);
        region->num_links += bad == 0;
        lost |= bad != 0;
    }
    if (!lost && csv->num_dropped == 0 && reader->num_findings == before &&
        reader->counties_trusted) {
        check_reach(reader, csv);
    }
}
