/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads comma-separated tables in one pass over a copy of the file: cells are unquoted in place and
 * ended with a zero byte, so that a table is one allocation of text and one of pointers.
 */
#include "base/csv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/list.h"
#include "base/text.h"

/** What is being cut into rows: `at` and `line` move on, cells of the present row are gathered. */
typedef struct cutter {
    tw_csv *csv;
    tw_report *report;
    char *at, *end;
    long line;
    int num_cells, max_cells; /* of the row at hand */
    char **cells;
    int max_rows;
} cutter;

/* ---- the file ---- */

static tw_status read_failed(tw_report *report, const char *path, int error)
{
    return tw_report_add(report, TW_IO_FAILED, path, 0, "a file that can be read",
                         "cannot be read: %s", strerror(error));
}

/** Reads to the end by doubling: a size asked beforehand says nothing for pipes. */
static tw_status read_all(FILE *file, const char *path, tw_report *report, char **out, size_t *size)
{
    size_t used = 0, room = 1 << 16;
    char *bytes = malloc(room);
    while (bytes != NULL) {
        used += fread(bytes + used, 1, room - used - 1, file);
        if (used < room - 1) {
            break;
        }
        room *= 2;
        char *grown = realloc(bytes, room);
        if (grown == NULL) {
            free(bytes);
        }
        bytes = grown;
    }
    if (bytes == NULL) {
        return TW_NO_MEMORY;
    }
    if (ferror(file)) {
        free(bytes);
        return read_failed(report, path, errno);
    }
    bytes[used] = '\0';
    *out = bytes;
    *size = used;
    return TW_OK;
}

tw_status tw_read_file(const char *path, tw_report *report, char **bytes, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return read_failed(report, path, errno);
    }
    tw_status status = read_all(file, path, report, bytes, size);
    fclose(file);
    return status;
}

/* ---- rows ---- */

static int push_cell(cutter *cut, char *cell)
{
    char **cells = tw_list_fit(cut->cells, &cut->max_cells, cut->num_cells + 1, sizeof *cells);
    if (cells == NULL) {
        return -1;
    }
    cut->cells = cells;
    cut->cells[cut->num_cells++] = cell;
    return 0;
}

/** Unquotes the cell at hand in place; NULL when its quote is not closed. Moves behind it. */
static char *quoted_cell(cutter *cut)
{
    char *start = ++cut->at, *write = start;
    while (cut->at < cut->end) {
        if (*cut->at == '"') {
            if (cut->at + 1 < cut->end && cut->at[1] == '"') {
                cut->at++;
            } else {
                cut->at++;
                *write = '\0';
                return start;
            }
        }
        cut->line += *cut->at == '\n';
        *write++ = *cut->at++;
    }
    return NULL;
}

static char *plain_cell(cutter *cut)
{
    char *start = cut->at;
    while (cut->at < cut->end && *cut->at != ',' && *cut->at != '\n' && *cut->at != '\r') {
        cut->at++;
    }
    return start;
}

static void skip_line(cutter *cut)
{
    while (cut->at < cut->end && *cut->at != '\n') {
        cut->at++;
    }
    cut->at += cut->at < cut->end;
    cut->line++;
}

/**
 * Gathers the cells of one row and moves to the next line.
 *
 * @return OK; BAD_INPUT when the row was reported (its line is skipped); NO_MEMORY
 */
static tw_status cut_row(cutter *cut)
{
    long first = cut->line;
    cut->num_cells = 0;
    for (;;) {
        int quoted = cut->at < cut->end && *cut->at == '"';
        char *cell = quoted ? quoted_cell(cut) : plain_cell(cut);
        if (cell == NULL) {
            return tw_report_add(cut->report, TW_BAD_INPUT, cut->csv->path, first,
                                 "a closing quote", "a quoted cell does not end");
        }
        if (push_cell(cut, cell) != 0) {
            return TW_NO_MEMORY;
        }
        char *stop = cut->at;
        if (stop + 1 < cut->end && stop[0] == '\r' && stop[1] == '\n') {
            cut->at++;
        } else if (stop < cut->end && *stop != ',' && *stop != '\n' && *stop != '\r') {
            skip_line(cut);
            return tw_report_add(cut->report, TW_BAD_INPUT, cut->csv->path, first,
                                 "a comma or the end of the line", "text after a closing quote");
        }
        int more = cut->at < cut->end && *cut->at == ',';
        int last = cut->at >= cut->end;
        *stop = '\0'; /* the byte after the last one is zero too */
        cut->at += !last;
        if (!more) {
            cut->line++;
            return TW_OK;
        }
    }
}

static int is_blank(const cutter *cut)
{
    return cut->num_cells == 1 && cut->cells[0][0] == '\0';
}

static tw_status keep_header(cutter *cut)
{
    tw_csv *csv = cut->csv;
    csv->num_columns = cut->num_cells;
    csv->header = malloc((size_t)cut->num_cells * sizeof *csv->header);
    if (csv->header == NULL) {
        return TW_NO_MEMORY;
    }
    memcpy(csv->header, cut->cells, (size_t)cut->num_cells * sizeof *csv->header);
    tw_status status = TW_OK;
    for (int k = 0; k < csv->num_columns; k++) {
        if (csv->header[k][0] == '\0') {
            status = tw_report_add(cut->report, TW_BAD_INPUT, csv->path, 1, "a name",
                                   "column %d of the header has no name", k + 1);
        } else if (tw_csv_column(csv, csv->header[k]) != k) {
            status = tw_report_add(cut->report, TW_BAD_INPUT, csv->path, 1, "each column once",
                                   "column '%s' stands in the header twice", csv->header[k]);
        }
    }
    return status;
}

static tw_status keep_row(cutter *cut, long line)
{
    tw_csv *csv = cut->csv;
    if (cut->num_cells != csv->num_columns) {
        char expected[48];
        snprintf(expected, sizeof expected, "%d cells, as in the header", csv->num_columns);
        csv->num_dropped++;
        tw_report_add(cut->report, TW_BAD_INPUT, csv->path, line, expected, "a row of %d cell%s",
                      cut->num_cells, cut->num_cells == 1 ? "" : "s");
        return TW_OK;
    }
    size_t width = (size_t)csv->num_columns;
    if (csv->num_rows == cut->max_rows) {
        int grown = cut->max_rows == 0 ? 64 : 2 * cut->max_rows;
        char **cells = realloc(csv->cells, (size_t)grown * width * sizeof *cells);
        if (cells == NULL) {
            return TW_NO_MEMORY;
        }
        csv->cells = cells;
        long *lines = realloc(csv->lines, (size_t)grown * sizeof *lines);
        if (lines == NULL) {
            return TW_NO_MEMORY;
        }
        csv->lines = lines;
        cut->max_rows = grown;
    }
    memcpy(csv->cells + (size_t)csv->num_rows * width, cut->cells, width * sizeof *csv->cells);
    csv->lines[csv->num_rows++] = line;
    return TW_OK;
}

static tw_status cut_rows(cutter *cut)
{
    while (cut->at < cut->end) {
        long line = cut->line;
        tw_status status = cut_row(cut);
        if (status == TW_BAD_INPUT) {
            if (cut->csv->header == NULL) {
                return status;
            }
            cut->csv->num_dropped++;
            continue;
        }
        if (status == TW_OK && !is_blank(cut)) {
            status = cut->csv->header == NULL ? keep_header(cut) : keep_row(cut, line);
        }
        if (status != TW_OK) {
            return status;
        }
    }
    if (cut->csv->header == NULL) {
        return tw_report_add(cut->report, TW_BAD_INPUT, cut->csv->path, 0, "a header line",
                             "the table is empty");
    }
    return TW_OK;
}

/* ---- the whole ---- */

tw_status tw_csv_parse(const char *path, const char *bytes, size_t size, tw_report *report,
                       tw_csv **out)
{
    tw_status status = TW_NO_MEMORY;
    cutter cut = {0};
    tw_csv *csv = calloc(1, sizeof *csv);
    if (csv == NULL) {
        goto out;
    }
    size_t length = strlen(path) + 1;
    csv->path = malloc(length);
    csv->bytes = malloc(size + 1);
    if (csv->path == NULL || csv->bytes == NULL) {
        goto out;
    }
    memcpy(csv->path, path, length);
    memcpy(csv->bytes, bytes, size);
    csv->bytes[size] = '\0';
    tw_digest_bytes(bytes, size, csv->digest);
    long bad = tw_text_bad_line(bytes, size);
    if (bad != 0) {
        status = tw_report_add(report, TW_BAD_INPUT, path, bad, "UTF-8 text",
                               "bytes that are not UTF-8 text");
        goto out;
    }
    size_t mark = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    cut = (cutter){
        .csv = csv, .report = report, .at = csv->bytes + mark, .end = csv->bytes + size, .line = 1};
    status = cut_rows(&cut);
out:
    free(cut.cells);
    if (status != TW_OK) {
        tw_csv_free(csv);
        csv = NULL;
    }
    *out = csv;
    return status;
}

tw_status tw_csv_read(const char *path, tw_report *report, tw_csv **out)
{
    char *bytes = NULL;
    size_t size = 0;
    *out = NULL;
    tw_status status = tw_read_file(path, report, &bytes, &size);
    if (status == TW_OK) {
        status = tw_csv_parse(path, bytes, size, report, out);
    }
    free(bytes);
    return status;
}

void tw_csv_free(tw_csv *csv)
{
    if (csv == NULL) {
        return;
    }
    free(csv->path);
    free(csv->bytes);
    free(csv->header);
    free(csv->cells);
    free(csv->lines);
    free(csv);
}

int tw_csv_column(const tw_csv *csv, const char *name)
{
    for (int k = 0; k < csv->num_columns; k++) {
        if (strcmp(csv->header[k], name) == 0) {
            return k;
        }
    }
    return -1;
}
