/* SPDX-License-Identifier: Apache-2.0 */
/** A scenario written as libconfig text: resolved, or the generated reference. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/programmes.h"
#include "scenario/settings.h"
#include "townward/scenario.h"

/** A growing text; failed when memory was short. */
typedef struct tw_text {
    char *bytes;
    size_t length, size;
    int failed;
} tw_text;

TW_PRINTF(2, 3) static void put(tw_text *text, const char *format, ...)
{
    va_list arguments;
    for (int attempt = 0; attempt < 2 && !text->failed; attempt++) {
        va_start(arguments, format);
        const size_t room = text->size - text->length;
        const int length = vsnprintf(text->bytes == NULL ? NULL : text->bytes + text->length, room,
                                     format, arguments);
        va_end(arguments);
        if (length >= 0 && (size_t)length < room) {
            text->length += (size_t)length;
            return;
        }
        const size_t grown = 2 * text->size + (size_t)(length < 0 ? 0 : length) + 1024;
        char *bytes = realloc(text->bytes, grown);
        text->failed = bytes == NULL || length < 0;
        if (bytes != NULL) {
            text->bytes = bytes;
            text->size = grown;
        }
    }
}

static void put_quoted(tw_text *text, const char *word)
{
    put(text, "\"");
    for (; *word != '\0'; word++) {
        const unsigned char c = (unsigned char)*word;
        put(text, c < 0x20 ? "\\x%02x" : c == '"' || c == '\\' ? "\\%c" : "%c", c);
    }
    put(text, "\"");
}

/* With a point: a bare integer beyond 32 bits would be refused. */
static void put_real(tw_text *text, const char *key, double value)
{
    char number[40];
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(number, sizeof number, "%.*g", digits, value);
        if (strtod(number, NULL) == value) {
            break;
        }
    }
    put(text, "%s = %s%s; ", key, number, strpbrk(number, ".eE") == NULL ? ".0" : "");
}

/* A value as a scenario would write it: quotes for words and dates, a point for reals. */
static void put_value(tw_text *text, const char *type, const char *value)
{
    if (strcmp(type, "REAL") == 0) {
        put(text, "%s%s", value, strpbrk(value, ".eE") == NULL ? ".0" : "");
    } else if (strcmp(type, "INTEGER") == 0) {
        put(text, "%s%s", value, strlen(value) > 9 ? "L" : "");
    } else {
        put(text, "\"%s\"", value);
    }
}

/* Opens and closes groups so that the next setting's path is right. */
static const char *enter_group(tw_text *text, const char *path, char current[64])
{
    const char *dot = strchr(path, '.');
    const size_t length = dot == NULL ? 0 : (size_t)(dot - path);
    if (strlen(current) != length || strncmp(current, path, length) != 0) {
        put(text, "%s%.*s: {\n", current[0] == '\0' ? "" : "};\n", (int)length, path);
        snprintf(current, 64, "%.*s", (int)length, path);
    }
    return dot == NULL ? path : dot + 1;
}

static void put_date(tw_text *text, const char *key, int32_t quarter)
{
    int year, month;
    tw_quarter_start(quarter, &year, &month);
    put(text, "%s = \"%04d-%02d\"; ", key, year, month);
}

static void put_places(tw_text *text, const tw_programme *programme, const tw_region *region)
{
    int num = 0;
    for (int c = 0; c < region->num_counties; c++) {
        num += programme->in_place[c];
    }
    put(text, "places = [");
    if (num == region->num_counties) {
        put(text, "\"all\"");
    }
    for (int c = 0, first = 1; c < region->num_counties && num < region->num_counties; c++) {
        if (programme->in_place[c]) {
            put(text, "%s\"%d\"", first ? "" : ", ", (int)region->counties[c].code);
            first = 0;
        }
    }
    put(text, "]; ");
}

/* Without the key it is for all. */
static void put_households(tw_text *text, const tw_programme *programme)
{
    if (programme->households == TW_ALL_HOUSEHOLDS) {
        return;
    }
    put(text, "households = [");
    for (int i = 0, first = 1; i < TW_NUM_HOUSEHOLD_KINDS; i++) {
        if (programme->households >> i & 1) {
            put(text, "%s\"%s\"", first ? "" : ", ", tw_household_kind_word((tw_household_kind)i));
            first = 0;
        }
    }
    put(text, "]; ");
}

static void put_programme(tw_text *text, const tw_programme *programme, const tw_region *region)
{
    put(text, "      %s = { ", programme->name);
    put_date(text, "start", programme->start);
    if (programme->end != INT32_MAX) {
        put_date(text, "end", programme->end);
    }
    put(text, "ramp = %d; ", (int)programme->ramp);
    put_real(text, tw_lever_row_at((int)programme->lever).amount, programme->amount);
    put_real(text, "low", programme->amount_low);
    put_real(text, "high", programme->amount_high);
    if (tw_lever_row_at((int)programme->lever).kind != TW_KIND_GRANT) {
        put_real(text, "yuan_per_unit", (double)programme->unit_cost_cents / 100);
    } else if (tw_lever_has_years((int)programme->lever)) {
        put_real(text, "years", programme->years);
    }
    if (programme->ceiling_cents != INT64_MAX) {
        put_real(text, "ceiling_yuan_per_year", (double)programme->ceiling_cents / 100);
    }
    put_places(text, programme, region);
    put_households(text, programme);
    put(text, "payer = \"%s\"; grade = \"%c\"; source = ", tw_payer_word(programme->payer),
        programme->grade);
    put_quoted(text, programme->source);
    put(text, "; };\n");
}

static size_t group_length(int lever)
{
    return strcspn(tw_lever_row_at(lever).path, ".");
}

static int same_group(int a, int b)
{
    const size_t length = group_length(a);
    return length == group_length(b) &&
           strncmp(tw_lever_row_at(a).path, tw_lever_row_at(b).path, length) == 0;
}

/* The programmes of a lever; nothing when there are none. */
static void put_lever(tw_text *text, const tw_scenario *scenario, int lever)
{
    int used = 0;
    for (int i = 0; i < tw_scenario_num_programmes(scenario); i++) {
        const tw_programme *programme = tw_scenario_programme(scenario, i);
        if ((int)programme->lever != lever) {
            continue;
        }
        if (used++ == 0) {
            put(text, "    %s: {\n", tw_lever_row_at(lever).path + group_length(lever) + 1);
        }
        put_programme(text, programme, tw_scenario_region(scenario));
    }
    put(text, "%s", used > 0 ? "    };\n" : "");
}

/* Levers share the group before the point of their path, wherever they stand in the list. */
static void put_levers(tw_text *text, const tw_scenario *scenario)
{
    if (tw_scenario_num_programmes(scenario) == 0) {
        return;
    }
    put(text, "levers: {\n");
    for (int first = 0; first < TW_NUM_LEVERS; first++) {
        int written = 0;
        for (int lever = 0; lever < first; lever++) {
            written |= same_group(lever, first);
        }
        if (written) {
            continue;
        }
        put(text, "%.*s: {\n", (int)group_length(first), tw_lever_row_at(first).path);
        for (int lever = first; lever < TW_NUM_LEVERS; lever++) {
            if (same_group(lever, first)) {
                put_lever(text, scenario, lever);
            }
        }
        put(text, "};\n");
    }
    put(text, "};\n");
}

char *tw_scenario_text(const tw_scenario *scenario)
{
    tw_text text = {0};
    char group[64] = "", value[64], origin[600];
    put(&text, "region = ");
    put_quoted(&text, tw_scenario_region_file(scenario));
    put(&text, ";\nquestion = ");
    put_quoted(&text, tw_scenario_question(scenario));
    put(&text, ";\n");
    for (int i = 0; i < tw_num_settings(); i++) {
        const tw_setting_row row = tw_setting_row_at(i);
        const char *name = enter_group(&text, row.path, group);
        put(&text, "    %s = ", name);
        tw_scenario_value(scenario, i, value, origin);
        put_value(&text, row.type, value);
        put(&text, ";\n");
    }
    put(&text, "};\n");
    put_levers(&text, scenario);
    if (text.failed) {
        free(text.bytes);
        return NULL;
    }
    return text.bytes;
}

static void put_reference_row(tw_text *text, const tw_setting_row *row, const char *name)
{
    put(text, "\n    # %s\n", row->sentence);
    if (strcmp(row->type, "CHOICE") == 0) {
        put(text, "    # one of: %s\n", row->low);
    } else {
        put(text, "    # unit: %s; range %s to %s; %s", row->unit, row->low, row->high, row->kind);
        if (strcmp(row->kind, "choice") != 0) {
            put(text, ", plausible %s to %s", row->plausible_low, row->plausible_high);
        }
        put(text, "\n    # source: %s\n", row->source);
    }
    put(text, "    %s = ", name);
    put_value(text, row->type, row->default_text);
    put(text, ";\n");
}

tw_status tw_scenario_write_reference(FILE *out)
{
    tw_text text = {0};
    char group[64] = "";
    put(&text,
        "# Every setting with its default. Generated by: townward explain --reference\n"
        "# Not to be edited: sim/scenario/settings_list.h is where a setting is described.\n\n");
    for (int i = 0; i < tw_num_settings(); i++) {
        const tw_setting_row row = tw_setting_row_at(i);
        const char *name = enter_group(&text, row.path, group);
        put_reference_row(&text, &row, name);
    }
    put(&text, "};\n");
    tw_status status = text.failed ? TW_NO_MEMORY : TW_OK;
    if (status == TW_OK && fwrite(text.bytes, 1, text.length, out) != text.length) {
        status = TW_IO_FAILED;
    }
    free(text.bytes);
    return status;
}
