/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A scenario file as a flat list of entries: path, value, place. Base files come first, so that the
 * last entry of a path is the one that counts.
 */
#ifndef TW_SCENARIO_ENTRIES_H
#define TW_SCENARIO_ENTRIES_H

#include "townward/scenario.h"

typedef enum tw_entry_kind {
    TW_ENTRY_INTEGER,
    TW_ENTRY_REAL,
    TW_ENTRY_WORD,   /**< a string */
    TW_ENTRY_WORDS,  /**< a list of strings */
    TW_ENTRY_OTHER,  /**< what no setting can be: a boolean, a list of numbers */
    TW_ENTRY_EMPTY,  /**< a group with nothing in it */
    TW_ENTRY_BROKEN, /**< a number that has its finding already: readers pass it over */
    TW_ENTRY_TYPED   /**< from the command line: text that becomes what the setting wants */
} tw_entry_kind;

typedef struct tw_entry {
    tw_entry_kind kind;
    char *path; /**< "run.seed" */
    char *text; /**< the value as text; words of a list each end with a newline */
    char *file;
    long line;
    int used; /**< some reader has taken it */
} tw_entry;

typedef struct tw_entries {
    int count, max;
    tw_entry *row;
    int partial; /**< a base file is missing: what is not here may be there */
} tw_entries;

void tw_entries_free(tw_entries *entries);

/** Adds a copy of everything given. */
TW_MUST_CHECK tw_status tw_entries_add(tw_entries *entries, tw_entry_kind kind, const char *path,
                                       const char *text, const char *file, long line);

/** The last entry of a path, or NULL; all entries of the path count as used. */
const tw_entry *tw_entries_find(tw_entries *entries, const char *path);

/**
 * Reads a file and, before it, the chain of its base files. A base that cannot be read is a finding
 * and leaves `partial` set, so that the rest can still be looked at; BAD_INPUT when the file itself
 * is no scenario text.
 *
 * libconfig 1.5 lets integers beyond 32 bits wrap silently and reads 1e400 as infinity: both are
 * refused here, with file and line, before it is asked.
 */
TW_MUST_CHECK tw_status tw_entries_read(const char *file, tw_report *report, tw_entries *entries);

/** `name` relative to the folder of `file`, unless it is absolute. */
void tw_path_beside(const char *file, const char *name, char *out, size_t size);

#endif
