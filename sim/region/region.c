/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A region from its folder: reads every table that the region.cfg names, lets each reader report
 * all it finds, and hands the region out only when nothing was found. Look-ups by code and name.
 */
#include "townward/region.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/text.h"
#include "region/reader.h"

/* ---- reading ---- */

static void open_table(tw_reader *reader, tw_table_id id)
{
    if (reader->paths[id] == NULL) {
        return;
    }
    int before = tw_report_count(reader->report);
    tw_status status = tw_csv_read(reader->paths[id], reader->report, &reader->csv[id]);
    int dropped = reader->csv[id] == NULL ? 0 : reader->csv[id]->num_dropped;
    int added = tw_report_count(reader->report) - before;
    reader->num_findings += added > dropped ? added : dropped;
    reader->num_findings += status != TW_OK && added == 0;
    if (status == TW_OK && dropped > 0) {
        status = TW_BAD_INPUT;
    }
    if (status != TW_OK && (reader->status == TW_OK || status == TW_NO_MEMORY)) {
        reader->status = status;
    }
}

/** Name, path and digest of the region.cfg and of every table that was read. */
static void list_tables(tw_reader *reader)
{
    tw_region *region = reader->region;
    region->tables = tw_reader_alloc(reader, TW_NUM_TABLES + 1, sizeof *region->tables);
    if (region->tables != NULL && strlen(reader->file) < sizeof region->tables->path) {
        struct tw_region_table *config = &region->tables[region->num_tables++];
        snprintf(config->name, sizeof config->name, "region");
        memcpy(config->path, reader->file, strlen(reader->file) + 1);
        memcpy(config->digest, reader->config_digest, sizeof config->digest);
    }
    for (int id = 0; region->tables != NULL && id < TW_NUM_TABLES; id++) {
        const tw_csv *csv = reader->csv[id];
        if (csv == NULL) {
            continue;
        }
        struct tw_region_table *table = &region->tables[region->num_tables];
        if (strlen(csv->path) >= sizeof table->path) {
            tw_reader_add(reader, TW_BAD_INPUT, csv->path, 0, "a shorter path",
                          "the path is too long");
            continue;
        }
        snprintf(table->name, sizeof table->name, "%s", tw_table_word((tw_table_id)id));
        memcpy(table->path, csv->path, strlen(csv->path) + 1);
        memcpy(table->digest, csv->digest, sizeof table->digest);
        region->num_tables++;
    }
}

static void read_region(tw_reader *reader)
{
    tw_status status = tw_config_read(reader);
    if (status == TW_IO_FAILED || status == TW_NO_MEMORY) {
        return;
    }
    for (int id = 0; id < TW_NUM_TABLES && reader->status != TW_NO_MEMORY; id++) {
        open_table(reader, (tw_table_id)id);
    }
    void (*const steps[])(tw_reader *) = {
        tw_counties_read, tw_census_read,  tw_links_read,        tw_schedules_read, tw_series_read,
        tw_groups_read,   tw_circles_read, tw_flows_read,        tw_projects_read,  tw_zones_read,
        tw_hazards_read,  tw_costs_read,   tw_observations_read, list_tables};
    for (size_t k = 0; k < sizeof steps / sizeof *steps && reader->status != TW_NO_MEMORY; k++) {
        steps[k](reader);
    }
}

tw_status tw_region_read(const char *file, tw_report *report, tw_region **out)
{
    tw_reader reader = {.report = report, .file = file};
    reader.region = calloc(1, sizeof *reader.region);
    if (reader.region == NULL) {
        return TW_NO_MEMORY;
    }
    read_region(&reader);
    for (int id = 0; id < TW_NUM_TABLES; id++) {
        free(reader.paths[id]);
        tw_csv_free(reader.csv[id]);
    }
    free(reader.unknown);
    if (reader.status != TW_OK) {
        tw_region_free(reader.region);
        return reader.status;
    }
    tw_assert(reader.num_findings == 0);
    *out = reader.region;
    return TW_OK;
}

void tw_region_free(tw_region *region)
{
    if (region == NULL) {
        return;
    }
    for (int year = 0; year < TW_NUM_CENSUSES; year++) {
        free(region->census[year]);
    }
    for (int k = 0; region->groups != NULL && k < region->num_groups; k++) {
        free(region->groups[k].counties);
    }
    free(region->prefectures);
    free(region->counties);
    free(region->links);
    free(region->schedule_rows);
    free(region->series_rows);
    free(region->groups);
    free(region->circles);
    free(region->relocations);
    free(region->reclassifications);
    free(region->hazard_rates);
    free(region->hazard_events);
    free(region->lever_costs);
    free(region->observations);
    free(region->tables);
    free(region);
}

/* ---- look-ups ---- */

int32_t tw_zone_code(const tw_region *region, int zone)
{
    tw_assert(zone >= 0 && zone < TW_NUM_ZONE_KINDS * region->num_counties);
    return region->counties[zone / TW_NUM_ZONE_KINDS].code * 10 + 1 + zone % TW_NUM_ZONE_KINDS;
}

int tw_region_find_county(const tw_region *region, int32_t code)
{
    int low = 0, high = region->num_counties;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (region->counties[middle].code < code) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < region->num_counties && region->counties[low].code == code ? low : -1;
}

int tw_region_find_county_name(const tw_region *region, const char *name)
{
    for (int county = 0; county < region->num_counties; county++) {
        if (tw_text_same(region->counties[county].name, name) ||
            strcmp(region->counties[county].name_zh, name) == 0) {
            return county;
        }
    }
    return -1;
}

int tw_region_find_group(const tw_region *region, const char *name)
{
    for (int group = 0; group < region->num_groups; group++) {
        if (strcmp(region->groups[group].name, name) == 0) {
            return group;
        }
    }
    return -1;
}
