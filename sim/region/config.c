/* SPDX-License-Identifier: Apache-2.0 */
/** The region.cfg: the region's name, the files of its tables, totals the census must add up to. */
#include <libconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "region/reader.h"

static const int table_required[TW_NUM_TABLES] = {
#define REQUIRED(word, required) required,
    TW_REGION_TABLES(REQUIRED)
#undef REQUIRED
};

static void bad_setting(tw_reader *reader, const config_setting_t *setting, const char *expected,
                        const char *what)
{
    const char *name = config_setting_name(setting);
    tw_reader_add(reader, TW_BAD_INPUT, reader->file, config_setting_source_line(setting), expected,
                  "'%s' %s", name == NULL ? "" : name, what);
}

/** An unknown member, with the nearest known one. */
static void unknown_setting(tw_reader *reader, const config_setting_t *setting,
                            const char *const *known, int num_known)
{
    const char *nearest = tw_text_nearest(config_setting_name(setting), known, num_known);
    bad_setting(reader, setting, nearest == NULL ? "a known name" : nearest, "is not known here");
}

static int index_of(const char *word, const char *const *words, int num)
{
    for (int k = 0; k < num; k++) {
        if (strcmp(word, words[k]) == 0) {
            return k;
        }
    }
    return -1;
}

static void read_text(tw_reader *reader, const config_setting_t *setting, char *out, size_t size)
{
    const char *text = config_setting_get_string(setting);
    size_t length = text == NULL ? 0 : strlen(text);
    if (length == 0 || length >= size) {
        bad_setting(reader, setting, "a text of 1 to 63 bytes", "is no such text");
        return;
    }
    memcpy(out, text, length + 1);
}

/** Folder of the region.cfg and a name in it; a path from the root stays as it is. */
static char *joined(tw_reader *reader, const char *name)
{
    const char *folder = reader->region->folder;
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = tw_reader_alloc(reader, (int64_t)size, 1);
    if (path != NULL && name[0] == '/') {
        memcpy(path, name, strlen(name) + 1);
    } else if (path != NULL) {
        snprintf(path, size, "%s/%s", folder, name);
    }
    return path;
}

static void read_tables(tw_reader *reader, const config_setting_t *tables)
{
    const char *words[TW_NUM_TABLES];
    for (int id = 0; id < TW_NUM_TABLES; id++) {
        words[id] = tw_table_word((tw_table_id)id);
    }
    if (!config_setting_is_group(tables)) {
        bad_setting(reader, tables, "tables: { counties = \"counties.csv\"; ... }", "is no group");
        return;
    }
    for (int k = 0; k < config_setting_length(tables); k++) {
        const config_setting_t *entry = config_setting_get_elem(tables, (unsigned)k);
        int id = index_of(config_setting_name(entry), words, TW_NUM_TABLES);
        const char *name = config_setting_get_string(entry);
        if (id < 0) {
            unknown_setting(reader, entry, words, TW_NUM_TABLES);
        } else if (name == NULL || name[0] == '\0' || strlen(name) > 500) {
            bad_setting(reader, entry, "the name of a file", "is no file name");
        } else {
            reader->paths[id] = joined(reader, name);
            reader->path_lines[id] = config_setting_source_line(entry);
        }
        if (id >= 0) {
            reader->path_lines[id] = config_setting_source_line(entry);
        }
    }
    for (int id = 0; id < TW_NUM_TABLES; id++) {
        if (table_required[id] && reader->path_lines[id] == 0) {
            tw_reader_add(reader, TW_BAD_INPUT, reader->file, config_setting_source_line(tables),
                          words[id], "the table of %s is not named", words[id]);
        }
    }
}

static int census_index(long long year)
{
    for (int k = 0; k < TW_NUM_CENSUSES; k++) {
        if (tw_census_years[k] == year) {
            return k;
        }
    }
    return -1;
}

static int is_whole(const config_setting_t *setting)
{
    int type = config_setting_type(setting);
    return type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64;
}

static void read_total(tw_reader *reader, const config_setting_t *total)
{
    static const char *const words[TW_NUM_TOTALS + 1] = {"persons", "urban", "families", "year"};
    const config_setting_t *year =
        config_setting_is_group(total) ? config_setting_get_member(total, "year") : NULL;
    int census = year != NULL && is_whole(year) ? census_index(config_setting_get_int64(year)) : -1;
    if (census < 0) {
        tw_reader_add(reader, TW_BAD_INPUT, reader->file, config_setting_source_line(total),
                      "{ year = 2020; persons = ...; }", "a total without a census year");
        return;
    }
    for (int k = 0; k < config_setting_length(total); k++) {
        const config_setting_t *entry = config_setting_get_elem(total, (unsigned)k);
        int which = index_of(config_setting_name(entry), words, TW_NUM_TOTALS + 1);
        if (which < 0) {
            unknown_setting(reader, entry, words, TW_NUM_TOTALS + 1);
        } else if (!is_whole(entry) || config_setting_get_int64(entry) < 0) {
            bad_setting(reader, entry, "a whole number, from 0 on", "is none");
        } else if (which < TW_NUM_TOTALS) {
            reader->totals[census][which] = (tw_stated_total){
                config_setting_get_int64(entry), (long)config_setting_source_line(entry)};
        }
    }
}

static void read_totals(tw_reader *reader, const config_setting_t *totals)
{
    if (!config_setting_is_list(totals)) {
        bad_setting(reader, totals, "a list: ( { year = 2020; persons = ...; } )", "is no list");
        return;
    }
    for (int k = 0; k < config_setting_length(totals); k++) {
        read_total(reader, config_setting_get_elem(totals, (unsigned)k));
    }
}

/* Names of groups; that they exist is checked when the groups are known. */
static void read_circles(tw_reader *reader, const config_setting_t *circles)
{
    const int num = config_setting_is_aggregate(circles) ? config_setting_length(circles) : -1;
    if (num < 0 || num > TW_MAX_CIRCLES || config_setting_is_group(circles)) {
        bad_setting(reader, circles, "up to 64 names of groups: [\"core\", \"valley\"]",
                    "is no such list");
        return;
    }
    for (int k = 0; k < num; k++) {
        const config_setting_t *entry = config_setting_get_elem(circles, (unsigned)k);
        const char *name = config_setting_get_string(entry);
        tw_named_circle *circle = &reader->circles[reader->num_circles];
        if (name == NULL || name[0] == '\0' || strlen(name) >= sizeof circle->group) {
            bad_setting(reader, circles, "names of groups", "has an entry that is none");
            continue;
        }
        memcpy(circle->group, name, strlen(name) + 1);
        circle->line = config_setting_source_line(entry);
        reader->num_circles++;
    }
}

static void read_settings(tw_reader *reader, const config_setting_t *root)
{
    enum { NUM_WORDS = 5 };
    static const char *const words[NUM_WORDS] = {"name", "name_zh", "tables", "totals", "circles"};
    int seen[NUM_WORDS] = {0};
    tw_region *region = reader->region;
    for (int k = 0; k < config_setting_length(root); k++) {
        const config_setting_t *setting = config_setting_get_elem(root, (unsigned)k);
        int which = index_of(config_setting_name(setting), words, NUM_WORDS);
        switch (which) {
            case 0:
                read_text(reader, setting, region->name, sizeof region->name);
                break;
            case 1:
                read_text(reader, setting, region->name_zh, sizeof region->name_zh);
                break;
            case 2:
                read_tables(reader, setting);
                break;
            case 3:
                read_totals(reader, setting);
                break;
            case 4:
                read_circles(reader, setting);
                break;
            default:
                unknown_setting(reader, setting, words, NUM_WORDS);
        }
        if (which >= 0) {
            seen[which] = 1;
        }
    }
    for (int k = 0; k < 4; k += 2) { /* the Chinese name, totals and circles may be left out */
        if (!seen[k]) {
            tw_reader_add(reader, TW_BAD_INPUT, reader->file, 0, words[k], "'%s' is missing",
                          words[k]);
        }
    }
}

static void parse(tw_reader *reader, const char *text, size_t size)
{
    size_t mark = size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    long line = tw_text_bad_line(text, size);
    if (line != 0) {
        tw_reader_add(reader, TW_BAD_INPUT, reader->file, line, "UTF-8 text",
                      "bytes that are not UTF-8 text");
        return;
    }
    config_t config;
    config_init(&config);
    if (config_read_string(&config, text + mark) == CONFIG_TRUE) {
        read_settings(reader, config_root_setting(&config));
    } else {
        tw_reader_add(
            reader, TW_BAD_INPUT, reader->file, config_error_line(&config),
            "libconfig text: name = value;", "%s",
            config_error_text(&config) == NULL ? "no settings" : config_error_text(&config));
    }
    config_destroy(&config);
}

static int set_folder(tw_reader *reader)
{
    tw_region *region = reader->region;
    const char *slash = strrchr(reader->file, '/');
    size_t length = slash == NULL ? 1 : slash == reader->file ? 1 : (size_t)(slash - reader->file);
    if (length >= sizeof region->folder) {
        tw_reader_add(reader, TW_BAD_INPUT, reader->file, 0, "a shorter path",
                      "the path is too long");
        return -1;
    }
    memcpy(region->folder, slash == NULL ? "." : reader->file, length);
    region->folder[length] = '\0';
    return 0;
}

tw_status tw_config_read(tw_reader *reader)
{
    char *text = NULL;
    size_t size = 0;
    if (set_folder(reader) != 0) {
        return reader->status;
    }
    tw_status status = tw_read_file(reader->file, reader->report, &text, &size);
    if (status != TW_OK) {
        reader->status = status;
        reader->num_findings += status != TW_NO_MEMORY;
        return status;
    }
    tw_digest_bytes(text, size, reader->config_digest);
    parse(reader, text, size);
    free(text);
    return reader->status;
}
