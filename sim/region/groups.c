/* SPDX-License-Identifier: Apache-2.0 */
/** Named sets of counties, dated flows between counties, and the projects (which are only checked).
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "region/reader.h"

/* ---- groups ---- */

enum { G_GROUP, G_COUNTY, G_NUM };
static const char *const group_columns[G_NUM] = {"group", "county"};

/** The group of a name, made when it is new; NULL when memory is short. */
static tw_group *group_of(tw_reader *reader, const char *name)
{
    tw_region *region = reader->region;
    int index = tw_region_find_group(region, name);
    if (index >= 0) {
        return &region->groups[index];
    }
    tw_group *group = &region->groups[region->num_groups];
    group->counties = tw_reader_alloc(reader, region->num_counties, sizeof *group->counties);
    if (group->counties == NULL) {
        return NULL;
    }
    memcpy(group->name, name, strlen(name) + 1);
    region->num_groups++;
    return group;
}

/** Keeps the counties ascending. @return -1 when the county is there already */
static int insert(tw_group *group, int32_t county)
{
    int at = group->num_counties;
    for (int k = 0; k < group->num_counties; k++) {
        if (group->counties[k] == county) {
            return -1;
        }
    }
    for (; at > 0 && group->counties[at - 1] > county; at--) {
        group->counties[at] = group->counties[at - 1];
    }
    group->counties[at] = county;
    group->num_counties++;
    return 0;
}

void tw_groups_read(tw_reader *reader)
{
    const tw_csv *csv = reader->csv[TW_TABLE_groups];
    tw_region *region = reader->region;
    int column[G_NUM];
    if (csv == NULL || tw_reader_columns(reader, csv, group_columns, G_NUM, column) != 0) {
        return;
    }
    region->groups = tw_reader_alloc(reader, csv->num_rows, sizeof *region->groups);
    for (int row = 0; region->groups != NULL && row < csv->num_rows; row++) {
        tw_group named = {.num_counties = 0};
        int32_t county = 0;
        int bad = tw_cell_text(reader, csv, row, column[G_GROUP], named.name, sizeof named.name);
        bad |= tw_cell_county(reader, csv, row, column[G_COUNTY], &county);
        tw_group *group = bad == 0 ? group_of(reader, named.name) : NULL;
        if (group != NULL && insert(group, county) != 0) {
            tw_reader_row(reader, csv, row, "each county once in a group",
                          "county %d stands in group %s again", region->counties[county].code,
                          named.name);
        }
    }
}

/* ---- circles ---- */

static void unknown_circle(tw_reader *reader, const tw_named_circle *circle)
{
    const tw_region *region = reader->region;
    const char **names = tw_reader_alloc(reader, region->num_groups, sizeof *names);
    for (int g = 0; names != NULL && g < region->num_groups; g++) {
        names[g] = region->groups[g].name;
    }
    const char *nearest =
        names == NULL ? NULL : tw_text_nearest(circle->group, names, region->num_groups);
    tw_reader_add(reader, TW_BAD_INPUT, reader->file, circle->line,
                  nearest == NULL ? "the name of a group of the region" : nearest,
                  "no group '%s' for a circle", circle->group);
    free(names);
}

void tw_circles_read(tw_reader *reader)
{
    tw_region *region = reader->region;
    region->circles = tw_reader_alloc(reader, reader->num_circles, sizeof *region->circles);
    for (int k = 0; region->circles != NULL && k < reader->num_circles; k++) {
        const int group = tw_region_find_group(region, reader->circles[k].group);
        if (group >= 0) {
            region->circles[region->num_circles++] = group;
        } else if (reader->status == TW_OK || region->num_groups > 0) {
            unknown_circle(reader, &reader->circles[k]);
        }
    }
}

/* ---- dated flows ---- */

enum { F_ORIGIN, F_DESTINATION, F_START, F_END, F_PERSONS, F_NUM };
static const char *const flow_columns[F_NUM] = {"origin", "destination", "start", "end", "persons"};

/** @param relabels  places relabelled: origin = destination and any sign; else a move, above 0 */
static int flow_row(tw_reader *reader, const tw_csv *csv, int row, const int *column, int relabels,
                    tw_dated_flow *flow)
{
    const int64_t most = INT64_C(1000000000);
    int bad_county = tw_cell_county(reader, csv, row, column[F_ORIGIN], &flow->origin);
    bad_county |= tw_cell_county(reader, csv, row, column[F_DESTINATION], &flow->destination);
    int bad_date = tw_cell_date(reader, csv, row, column[F_START], &flow->start);
    bad_date |= tw_cell_date(reader, csv, row, column[F_END], &flow->end);
    int bad = tw_cell_int(reader, csv, row, column[F_PERSONS], relabels ? -most : 1, most,
                          &flow->persons);
    if (bad_date == 0 && flow->start > flow->end) {
        tw_reader_row(reader, csv, row, "start, then end", "it ends before it starts");
        bad = -1;
    }
    if (bad_county == 0 && (flow->origin == flow->destination) != relabels) {
        tw_reader_row(
            reader, csv, row, relabels ? "the same county twice" : "two counties",
            relabels ? "origin and destination differ" : "a move from a county to itself");
        bad = -1;
    }
    return bad | bad_date | bad_county;
}

static int32_t flows_read(tw_reader *reader, tw_table_id id, int relabels, tw_dated_flow **out)
{
    const tw_csv *csv = reader->csv[id];
    int32_t num = 0;
    int column[F_NUM];
    if (csv == NULL || tw_reader_columns(reader, csv, flow_columns, F_NUM, column) != 0) {
        return 0;
    }
    tw_dated_flow *flows = tw_reader_alloc(reader, csv->num_rows, sizeof *flows);
    for (int row = 0; flows != NULL && row < csv->num_rows; row++) {
        num += flow_row(reader, csv, row, column, relabels, &flows[num]) == 0;
    }
    *out = flows;
    return num;
}

void tw_flows_read(tw_reader *reader)
{
    tw_region *region = reader->region;
    region->num_relocations = flows_read(reader, TW_TABLE_relocations, 0, &region->relocations);
    region->num_reclassifications =
        flows_read(reader, TW_TABLE_reclassifications, 1, &region->reclassifications);
}

/* ---- projects ---- */

enum { P_PROJECT, P_COUNTIES, P_OPENS, P_NUM };
static const char *const project_columns[P_NUM] = {"project", "counties", "opens"};

/** Codes with single spaces between them; none is allowed. */
static void check_codes(tw_reader *reader, const tw_csv *csv, int row, int column)
{
    const char *at = tw_csv_cell(csv, row, column);
    while (*at != '\0') {
        char code[16];
        size_t length = strcspn(at, " ");
        size_t kept = length < sizeof code ? length : sizeof code - 1;
        int32_t county = 0;
        memcpy(code, at, kept);
        code[kept] = '\0';
        if (tw_reader_county(reader, csv, row, csv->header[column], code, &county) != 0) {
            return;
        }
        at += length + (at[length] == ' ');
    }
}

void tw_projects_read(tw_reader *reader)
{
    const tw_csv *csv = reader->csv[TW_TABLE_projects];
    int column[P_NUM];
    if (csv == NULL || tw_reader_columns(reader, csv, project_columns, P_NUM, column) != 0) {
        return;
    }
    for (int row = 0; row < csv->num_rows; row++) {
        char name[256];
        int32_t opens = 0;
        tw_cell_text(reader, csv, row, column[P_PROJECT], name, sizeof name);
        check_codes(reader, csv, row, column[P_COUNTIES]);
        if (tw_csv_cell(csv, row, column[P_OPENS])[0] != '\0') {
            tw_cell_date(reader, csv, row, column[P_OPENS], &opens);
        }
    }
}

int tw_region_share_circle(const tw_region *region, int a, int b)
{
    for (int i = 0; i < region->num_circles; i++) {
        const tw_group *circle = &region->groups[region->circles[i]];
        int members = 0;
        for (int k = 0; k < circle->num_counties; k++) {
            members += circle->counties[k] == a || circle->counties[k] == b;
        }
        if (members == 2) {
            return 1;
        }
    }
    return 0;
}
