/* SPDX-License-Identifier: Apache-2.0 */
/** A set of tables as CSV and JSON. Numbers are written so that they read back to the same bits. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/dataset.h"
#include "results/file.h"

/** Text in memory until it is whole. */
typedef struct stream {
    FILE *file;
    char *bytes;
    size_t size;
} stream;

static void put_real(FILE *out, double value, const char *nan)
{
    char text[40];
    if (!(fabs(value) <= 1e308)) {
        fprintf(out, "%s", nan);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    fprintf(out, "%s", text);
}

/* A word of CSV: quoted where it has to be. */
static void put_csv_word(FILE *out, const char *word)
{
    if (strpbrk(word, ",\"\n\r") == NULL) {
        fprintf(out, "%s", word);
        return;
    }
    fputc('"', out);
    for (; *word != '\0'; word++) {
        fprintf(out, *word == '"' ? "\"\"" : "%c", *word);
    }
    fputc('"', out);
}

static void put_csv_coordinate(FILE *out, const tw_axis *axis, int64_t at)
{
    if (axis->word != NULL) {
        put_csv_word(out, axis->word[at]);
    } else {
        fprintf(out, "%" PRId64, axis->number[at]);
    }
}

static void put_csv_value(FILE *out, const tw_variable *variable, int64_t cell)
{
    if (variable->kind == TW_CELL_REAL) {
        put_real(out, ((const double *)variable->value)[cell], "nan");
    } else if (variable->kind == TW_CELL_INTEGER) {
        fprintf(out, "%" PRId64, ((const int64_t *)variable->value)[cell]);
    } else {
        put_csv_word(out, ((const char *const *)variable->value)[cell]);
    }
}

/* Index of a cell on each axis of its variable. */
static void find_indices(const tw_dataset *set, const tw_variable *variable, int64_t cell,
                         int64_t index[TW_DATASET_RANK])
{
    for (int i = variable->rank - 1; i >= 0; i--) {
        const int64_t length = set->axis[variable->axis[i]].length;
        index[i] = cell % length;
        cell /= length;
    }
}

static void put_csv_row(FILE *out, const tw_dataset *set, const tw_variable *variable, int64_t cell)
{
    int64_t index[TW_DATASET_RANK];
    find_indices(set, variable, cell, index);
    fprintf(out, "%s,%s", variable->name, variable->unit);
    for (int a = 0; a < set->num_axes; a++) {
        fputc(',', out);
        for (int i = 0; i < variable->rank; i++) {
            if (variable->axis[i] == a) {
                put_csv_coordinate(out, &set->axis[a], index[i]);
            }
        }
    }
    fputc(',', out);
    put_csv_value(out, variable, cell);
    fputc('\n', out);
}

static tw_status open_stream(const tw_dataset *set, stream *out)
{
    *out = (stream){NULL, NULL, 0};
    out->file = set->failed ? NULL : open_memstream(&out->bytes, &out->size);
    return out->file == NULL ? TW_NO_MEMORY : TW_OK;
}

/* Whether the text is whole, and where it goes. */
static tw_status close_stream(stream *of, const char *path, int force, tw_report *report)
{
    const int good = ferror(of->file) == 0;
    tw_status status = fclose(of->file) == 0 && good ? TW_OK : TW_NO_MEMORY;
    if (status == TW_OK) {
        status = tw_file_put(path, force, of->bytes, of->size, report);
    }
    free(of->bytes);
    return status;
}

tw_status tw_dataset_write_csv(const tw_dataset *set, const char *path, int force,
                               tw_report *report)
{
    stream text;
    const tw_status status = open_stream(set, &text);
    if (status != TW_OK) {
        return status;
    }
    fprintf(text.file, "variable,unit");
    for (int a = 0; a < set->num_axes; a++) {
        fprintf(text.file, ",%s", set->axis[a].name);
    }
    fprintf(text.file, ",value\n");
    for (int v = 0; v < set->num_variables; v++) {
        for (int64_t cell = 0; cell < set->variable[v].cells; cell++) {
            put_csv_row(text.file, set, &set->variable[v], cell);
        }
    }
    return close_stream(&text, path, force, report);
}

static void put_json_word(FILE *out, const char *word)
{
    fputc('"', out);
    for (; *word != '\0'; word++) {
        const unsigned char c = (unsigned char)*word;
        if (c < 0x20) {
            fprintf(out, "\\u%04x", c);
        } else {
            fprintf(out, c == '"' || c == '\\' ? "\\%c" : "%c", c);
        }
    }
    fputc('"', out);
}

static void put_json_value(FILE *out, const tw_variable *variable, int64_t cell)
{
    if (variable->kind == TW_CELL_REAL) {
        put_real(out, ((const double *)variable->value)[cell], "null");
    } else if (variable->kind == TW_CELL_INTEGER) {
        fprintf(out, "%" PRId64, ((const int64_t *)variable->value)[cell]);
    } else {
        put_json_word(out, ((const char *const *)variable->value)[cell]);
    }
}

/* Nested lists, a level for each axis. */
static void put_json_cells(FILE *out, const tw_dataset *set, const tw_variable *variable, int level,
                           int64_t first)
{
    if (level == variable->rank) {
        put_json_value(out, variable, first);
        return;
    }
    int64_t step = 1;
    for (int i = level + 1; i < variable->rank; i++) {
        step *= set->axis[variable->axis[i]].length;
    }
    fputc('[', out);
    for (int64_t i = 0; i < set->axis[variable->axis[level]].length; i++) {
        fprintf(out, "%s", i > 0 ? "," : "");
        put_json_cells(out, set, variable, level + 1, first + i * step);
    }
    fputc(']', out);
}

static void put_json_heading(FILE *out, const char *unit, const char *sentence)
{
    fprintf(out, "\"attrs\": {\"units\": ");
    put_json_word(out, unit);
    fprintf(out, ", \"long_name\": ");
    put_json_word(out, sentence);
    fprintf(out, "}, \"data\": ");
}

static void put_json_axis(FILE *out, const tw_axis *axis)
{
    put_json_word(out, axis->name);
    fprintf(out, ": {\"dims\": [\"%s\"], ", axis->name);
    put_json_heading(out, axis->unit, axis->sentence);
    fputc('[', out);
    for (int64_t i = 0; i < axis->length; i++) {
        fprintf(out, "%s", i > 0 ? "," : "");
        if (axis->word != NULL) {
            put_json_word(out, axis->word[i]);
        } else {
            fprintf(out, "%" PRId64, axis->number[i]);
        }
    }
    fprintf(out, "]}");
}

static void put_json_variable(FILE *out, const tw_dataset *set, const tw_variable *variable)
{
    put_json_word(out, variable->name);
    fprintf(out, ": {\"dims\": [");
    for (int i = 0; i < variable->rank; i++) {
        fprintf(out, "%s\"%s\"", i > 0 ? ", " : "", set->axis[variable->axis[i]].name);
    }
    fprintf(out, "], ");
    put_json_heading(out, variable->unit, variable->sentence);
    put_json_cells(out, set, variable, 0, 0);
    fputc('}', out);
}

static void put_json_attribute(FILE *out, const tw_attribute *attribute)
{
    put_json_word(out, attribute->name);
    fprintf(out, ": ");
    if (attribute->kind == TW_CELL_WORD) {
        put_json_word(out, attribute->word);
    } else if (attribute->kind == TW_CELL_INTEGER) {
        fprintf(out, "%" PRId64, attribute->integer);
    } else {
        put_real(out, attribute->real, "null");
    }
}

tw_status tw_dataset_write_json(const tw_dataset *set, const char *path, int force,
                                tw_report *report)
{
    stream text;
    const tw_status status = open_stream(set, &text);
    if (status != TW_OK) {
        return status;
    }
    fprintf(text.file, "{\"attrs\": {");
    for (int i = 0; i < set->num_attributes; i++) {
        fprintf(text.file, "%s", i > 0 ? ",\n" : "\n");
        put_json_attribute(text.file, &set->attribute[i]);
    }
    fprintf(text.file, "},\n\"dims\": {");
    for (int i = 0; i < set->num_axes; i++) {
        fprintf(text.file, "%s\"%s\": %" PRId64, i > 0 ? ", " : "", set->axis[i].name,
                set->axis[i].length);
    }
    fprintf(text.file, "},\n\"coords\": {");
    for (int i = 0; i < set->num_axes; i++) {
        fprintf(text.file, "%s", i > 0 ? ",\n" : "\n");
        put_json_axis(text.file, &set->axis[i]);
    }
    fprintf(text.file, "},\n\"data_vars\": {");
    for (int i = 0; i < set->num_variables; i++) {
        fprintf(text.file, "%s", i > 0 ? ",\n" : "\n");
        put_json_variable(text.file, set, &set->variable[i]);
    }
    fprintf(text.file, "}}\n");
    return close_stream(&text, path, force, report);
}
