/* SPDX-License-Identifier: Apache-2.0 */
/** Typed cells of a table and the findings about them. */
#include "region/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"

const char *tw_table_word(tw_table_id id)
{
    static const char *const words[TW_NUM_TABLES] = {
#define WORD(word, required) #word,
        TW_REGION_TABLES(WORD)
#undef WORD
    };
    return words[id];
}

static int gravity(tw_status status)
{
    return status == TW_NO_MEMORY ? 3 : status == TW_IO_FAILED ? 2 : status != TW_OK;
}

static void add(tw_reader *reader, tw_status status, const char *file, long line,
                const char *expected, const char *found, va_list arguments)
{
    char text[512];
    vsnprintf(text, sizeof text, found, arguments);
    tw_report_add(reader->report, status, file, line, expected, "%s", text);
    reader->num_findings++;
    if (gravity(status) > gravity(reader->status)) {
        reader->status = status;
    }
}

void tw_reader_add(tw_reader *reader, tw_status status, const char *file, long line,
                   const char *expected, const char *found, ...)
{
    va_list arguments;
    va_start(arguments, found);
    add(reader, status, file, line, expected, found, arguments);
    va_end(arguments);
}

void tw_reader_row(tw_reader *reader, const tw_csv *csv, int row, const char *expected,
                   const char *found, ...)
{
    va_list arguments;
    va_start(arguments, found);
    add(reader, TW_BAD_INPUT, csv->path, csv->lines[row], expected, found, arguments);
    va_end(arguments);
}

void *tw_reader_alloc(tw_reader *reader, int64_t count, size_t size)
{
    void *memory = calloc(count > 0 ? (size_t)count : 1, size);
    if (memory == NULL) {
        reader->status = TW_NO_MEMORY;
    }
    return memory;
}

int tw_reader_columns(tw_reader *reader, const tw_csv *csv, const char *const *names, int num,
                      int *index)
{
    int missing = 0;
    for (int k = 0; k < num; k++) {
        index[k] = tw_csv_column(csv, names[k]);
        if (index[k] >= 0) {
            continue;
        }
        missing = -1;
        const char *nearest =
            tw_text_nearest(names[k], (const char *const *)csv->header, csv->num_columns);
        tw_reader_add(reader, TW_BAD_INPUT, csv->path, 1, names[k],
                      nearest == NULL ? "no column '%s'" : "no column '%s'; there is '%s'",
                      names[k], nearest);
    }
    return missing;
}

/** Cell text for messages, cut at a length that no message is made long by. */
static const char *shown(const char *text, char out[48])
{
    size_t length = strlen(text);
    if (length < 48) {
        return text;
    }
    memcpy(out, text, 44);
    int end = 44;
    while (end > 0 && ((unsigned char)out[end - 1] & 0xC0) == 0x80) {
        end--; /* not inside a character */
    }
    end -= end > 0 && (unsigned char)out[end - 1] >= 0xC0;
    memcpy(out + end, "...", 4);
    return out;
}

static void bad_cell(tw_reader *reader, const tw_csv *csv, int row, int column,
                     const char *expected)
{
    char cut[48];
    const char *text = shown(tw_csv_cell(csv, row, column), cut);
    tw_reader_row(reader, csv, row, expected, text[0] == '\0' ? "%s is empty" : "%s is '%s'",
                  csv->header[column], text);
}

int tw_cell_int(tw_reader *reader, const tw_csv *csv, int row, int column, int64_t low,
                int64_t high, int64_t *value)
{
    int64_t number = 0;
    if (tw_text_int(tw_csv_cell(csv, row, column), &number) == 0 && number >= low &&
        number <= high) {
        *value = number;
        return 0;
    }
    char expected[80];
    snprintf(expected, sizeof expected, "a whole number from %lld to %lld", (long long)low,
             (long long)high);
    bad_cell(reader, csv, row, column, expected);
    return -1;
}

int tw_cell_real(tw_reader *reader, const tw_csv *csv, int row, int column, double low, double high,
                 double *value)
{
    double number = 0;
    if (tw_text_real(tw_csv_cell(csv, row, column), &number) == 0 && number >= low &&
        number <= high) {
        *value = number;
        return 0;
    }
    char expected[80];
    snprintf(expected, sizeof expected, "a number from %g to %g", low, high);
    bad_cell(reader, csv, row, column, expected);
    return -1;
}

int tw_cell_text(tw_reader *reader, const tw_csv *csv, int row, int column, char *out, size_t size)
{
    const char *text = tw_csv_cell(csv, row, column);
    size_t length = strlen(text);
    if (length > 0 && length < size) {
        memcpy(out, text, length + 1);
        return 0;
    }
    char expected[48];
    snprintf(expected, sizeof expected, "a text of 1 to %zu bytes", size - 1);
    bad_cell(reader, csv, row, column, expected);
    return -1;
}

int tw_cell_word(tw_reader *reader, const tw_csv *csv, int row, int column,
                 const char *const *words, int num, int *index)
{
    const char *text = tw_csv_cell(csv, row, column);
    for (int k = 0; k < num; k++) {
        if (words[k] != NULL && strcmp(words[k], text) == 0) {
            *index = k;
            return 0;
        }
    }
    char expected[160];
    const char *nearest = tw_text_nearest(text, words, num);
    if (nearest != NULL) {
        snprintf(expected, sizeof expected, "%s", nearest);
    } else {
        size_t used = 0;
        expected[0] = '\0';
        for (int k = 0; k < num && used < sizeof expected - 60; k++) {
            if (words[k] != NULL) {
                used +=
                    (size_t)snprintf(expected + used, 56, "%s%s", used == 0 ? "" : ", ", words[k]);
            }
        }
    }
    bad_cell(reader, csv, row, column, expected);
    return -1;
}

int tw_cell_date(tw_reader *reader, const tw_csv *csv, int row, int column, int32_t *quarter)
{
    if (tw_parse_date(tw_csv_cell(csv, row, column), quarter) == 0) {
        return 0;
    }
    bad_cell(reader, csv, row, column, "a date such as 2025 or 2025-05, from 1900 on");
    return -1;
}

/** Whether a code is met for the first time; remembers it. */
static int first_time(tw_reader *reader, int64_t code)
{
    for (int k = 0; k < reader->num_unknown; k++) {
        if (reader->unknown[k] == code) {
            return 0;
        }
    }
    int64_t *codes =
        tw_list_fit(reader->unknown, &reader->max_unknown, reader->num_unknown + 1, sizeof *codes);
    if (codes == NULL) {
        reader->status = TW_NO_MEMORY;
        return 0;
    }
    reader->unknown = codes;
    reader->unknown[reader->num_unknown++] = code;
    return 1;
}

int tw_reader_county(tw_reader *reader, const tw_csv *csv, int row, const char *column,
                     const char *text, int32_t *index)
{
    int64_t code = 0;
    if (tw_text_int(text, &code) != 0 || code < 1 || code > 99999999) {
        char cut[48];
        tw_reader_row(reader, csv, row, "a county code", "%s is '%s'", column, shown(text, cut));
        return -1;
    }
    *index = tw_region_find_county(reader->region, (int32_t)code);
    if (*index >= 0) {
        return 0;
    }
    if (reader->counties_trusted && first_time(reader, code)) {
        tw_reader_row(reader, csv, row, "a code of the table of counties",
                      "%s is %lld: no county has this code", column, (long long)code);
    }
    return -1;
}

int tw_cell_county(tw_reader *reader, const tw_csv *csv, int row, int column, int32_t *index)
{
    return tw_reader_county(reader, csv, row, csv->header[column], tw_csv_cell(csv, row, column),
                            index);
}
