/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Comma-separated tables (RFC 4180): header line, quoted cells, line ends of either kind, with or
 * without byte order mark, UTF-8. Every cell knows the line of the file on which its row starts.
 */
#ifndef TW_BASE_CSV_H
#define TW_BASE_CSV_H

#include <stddef.h>
#include <stdint.h>

#include "townward/status.h"

typedef struct tw_csv {
    char *path;  /**< for messages */
    char *bytes; /**< cells point into it */
    int num_columns, num_rows;
    char **header;      /**< [num_columns] */
    char **cells;       /**< [num_rows][num_columns] */
    long *lines;        /**< [num_rows] 1-based line of the file */
    int num_dropped;    /**< rows that were reported and left out */
    uint64_t digest[2]; /**< of the file's bytes */
} tw_csv;

/**
 * Reads a file whole.
 *
 * @param bytes  out: owned by the caller (free); one zero byte follows the last
 * @return OK, IO_FAILED (reported; a folder is one), NO_MEMORY
 */
TW_MUST_CHECK tw_status tw_read_file(const char *path, tw_report *report, char **bytes,
                                     size_t *size);

/**
 * Reads a table. Broken rows are reported, counted in num_dropped and left out, so that what
 * follows can still be looked at; a file that is no table at all (unreadable, empty, not UTF-8)
 * fails.
 *
 * @param out  owned by the caller (tw_csv_free); NULL when the file is no table
 * @return OK also when rows were dropped; BAD_INPUT, IO_FAILED, NO_MEMORY
 */
TW_MUST_CHECK tw_status tw_csv_read(const char *path, tw_report *report, tw_csv **out);

/** The same from bytes in memory; `path` is for messages only, `bytes` stay the caller's. */
TW_MUST_CHECK tw_status tw_csv_parse(const char *path, const char *bytes, size_t size,
                                     tw_report *report, tw_csv **out);

/** Accepts NULL. */
void tw_csv_free(tw_csv *csv);

/** Index of a column, or -1. */
int tw_csv_column(const tw_csv *csv, const char *name);

static inline const char *tw_csv_cell(const tw_csv *csv, int row, int column)
{
    return csv->cells[(size_t)row * (size_t)csv->num_columns + (size_t)column];
}

#endif
