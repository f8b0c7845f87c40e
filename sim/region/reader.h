/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the readers of a region's tables share: the tables at hand, typed cells that report what is
 * wrong with file and line, and the rule that one mistake is one finding.
 *
 * A county code that no county has is reported where it is met first and never again; when the
 * table of counties has findings itself, unknown codes elsewhere are not reported at all.
 */
#ifndef TW_REGION_READER_H
#define TW_REGION_READER_H

#include "base/csv.h"
#include "townward/region.h"

/** Tables a region.cfg may name. X(word, required) */
#define TW_REGION_TABLES(X) \
    X(prefectures, 1)       \
    X(counties, 1)          \
    X(census, 1)            \
    X(links, 1)             \
    X(schedules, 0)         \
    X(series, 0)            \
    X(groups, 0)            \
    X(relocations, 0)       \
    X(reclassifications, 0) \
    X(zones, 0)             \
    X(projects, 0)          \
    X(hazards, 0)           \
    X(hazard_events, 0)     \
    X(lever_costs, 0)       \
    X(observations, 0)

typedef enum tw_table_id {
#define TW_TABLE_ENUM(word, required) TW_TABLE_##word,
    TW_REGION_TABLES(TW_TABLE_ENUM)
#undef TW_TABLE_ENUM
        TW_NUM_TABLES
} tw_table_id;

/** Totals that a region.cfg states and the census must add up to; line 0 = not stated. */
typedef struct tw_stated_total {
    int64_t value;
    long line;
} tw_stated_total;
/** A circle of towns as a region.cfg names it: the name of a group. */
typedef struct tw_named_circle {
    char group[48];
    long line;
} tw_named_circle;
enum { TW_MAX_CIRCLES = 64 };
enum { TW_TOTAL_PERSONS, TW_TOTAL_URBAN, TW_TOTAL_FAMILIES, TW_NUM_TOTALS };

typedef struct tw_reader {
    tw_report *report;
    tw_status status; /**< gravest so far */
    int64_t num_findings;
    const char *file;           /**< the region.cfg */
    tw_region *region;          /**< being filled */
    char *paths[TW_NUM_TABLES]; /**< NULL = not named */
    long path_lines[TW_NUM_TABLES];
    tw_csv *csv[TW_NUM_TABLES]; /**< NULL = not named or no table */
    tw_stated_total totals[TW_NUM_CENSUSES][TW_NUM_TOTALS];
    uint64_t config_digest[2]; /**< of the region.cfg */
    int num_circles;
    tw_named_circle circles[TW_MAX_CIRCLES];
    int counties_trusted; /**< the table of counties had no findings */
    int num_unknown, max_unknown;
    int64_t *unknown; /**< codes reported already */
} tw_reader;

/** Word of a table, as in region.cfg. */
const char *tw_table_word(tw_table_id id);

/** Adds a finding; the reader fails. `file` may be NULL. */
void tw_reader_add(tw_reader *reader, tw_status status, const char *file, long line,
                   const char *expected, const char *found, ...) TW_PRINTF(6, 7);
/** Finding about a row of a table. */
void tw_reader_row(tw_reader *reader, const tw_csv *csv, int row, const char *expected,
                   const char *found, ...) TW_PRINTF(5, 6);
/** Zeroed memory for `count` items (at least one); the reader fails when there is none. */
void *tw_reader_alloc(tw_reader *reader, int64_t count, size_t size);

/**
 * Finds columns by name; a missing one is a finding that names the nearest.
 *
 * @param index  out: [num]
 * @return 0, or -1 when one is missing
 */
int tw_reader_columns(tw_reader *reader, const tw_csv *csv, const char *const *names, int num,
                      int *index);

/* Cells. Each returns 0, or -1 after reporting what is wrong. */
int tw_cell_int(tw_reader *reader, const tw_csv *csv, int row, int column, int64_t low,
                int64_t high, int64_t *value);
int tw_cell_real(tw_reader *reader, const tw_csv *csv, int row, int column, double low, double high,
                 double *value);
/** Copies a text that must not be empty nor longer than size - 1 bytes. */
int tw_cell_text(tw_reader *reader, const tw_csv *csv, int row, int column, char *out, size_t size);
/** Index of the cell in a list of words; the nearest is named when it is none of them. */
int tw_cell_word(tw_reader *reader, const tw_csv *csv, int row, int column,
                 const char *const *words, int num, int *index);
int tw_cell_date(tw_reader *reader, const tw_csv *csv, int row, int column, int32_t *quarter);
/** County index of a code. */
int tw_cell_county(tw_reader *reader, const tw_csv *csv, int row, int column, int32_t *index);
/** The same for one code given as text: part of a cell. */
int tw_reader_county(tw_reader *reader, const tw_csv *csv, int row, const char *column,
                     const char *text, int32_t *index);

/* The tables, in the order in which they are read. */
tw_status tw_config_read(tw_reader *reader);
void tw_counties_read(tw_reader *reader);
void tw_census_read(tw_reader *reader);
void tw_links_read(tw_reader *reader);
void tw_schedules_read(tw_reader *reader);
void tw_series_read(tw_reader *reader);
void tw_groups_read(tw_reader *reader);
void tw_circles_read(tw_reader *reader);
void tw_flows_read(tw_reader *reader);
void tw_zones_read(tw_reader *reader);
void tw_projects_read(tw_reader *reader);
void tw_hazards_read(tw_reader *reader);
void tw_costs_read(tw_reader *reader);
void tw_observations_read(tw_reader *reader);

#endif
