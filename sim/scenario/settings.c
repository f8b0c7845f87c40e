/* SPDX-License-Identifier: Apache-2.0 */
/** The one list of settings made into rows, defaults, checks and text. */
#include "scenario/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/text.h"
#include "scenario/settings_list.h"

/** Storage of a setting in tw_settings: every member is an int64_t or a double. */
typedef enum tw_storage { STORE_INTEGER, STORE_REAL, STORE_DATE, STORE_CHOICE } tw_storage;
#define STORE_OF_INTEGER STORE_INTEGER
#define STORE_OF_REAL    STORE_REAL
#define STORE_OF_DATE    STORE_DATE
#define STORE_OF_CHOICE  STORE_CHOICE

typedef struct tw_row {
    tw_setting_row text;
    tw_storage storage;
    size_t offset;
} tw_row;

/* clang-format off */
#define ROW(type_, path_, member_, unit_, default_, low_, high_, kind_, source_, plausible_low_, \
            plausible_high_, sentence_)                                                          \
    {{.type = #type_, .path = path_, .unit = unit_, .default_text = default_, .low = low_,       \
      .high = high_, .kind = kind_, .source = source_, .plausible_low = plausible_low_,          \
      .plausible_high = plausible_high_, .sentence = sentence_},                                 \
     STORE_OF_##type_, offsetof(tw_settings, member_)},
/* clang-format on */
static const tw_row rows[] = {TW_SETTINGS_LIST(ROW)};
enum { NUM_ROWS = sizeof rows / sizeof *rows };

int tw_num_settings(void)
{
    return NUM_ROWS;
}

tw_setting_row tw_setting_row_at(int index)
{
    return rows[index].text;
}

int tw_settings_is_group(const char *path)
{
    const size_t length = strlen(path);
    for (int i = 0; i < NUM_ROWS; i++) {
        if (strncmp(rows[i].text.path, path, length) == 0 && rows[i].text.path[length] == '.') {
            return 1;
        }
    }
    return 0;
}

const char *tw_settings_nearest(const char *path)
{
    /* In a known group only what follows the point counts: its length decides what is near. */
    char group[64];
    const size_t length = strcspn(path, ".");
    snprintf(group, sizeof group, "%.*s", (int)length, path);
    const size_t skip = path[length] == '.' && tw_settings_is_group(group) ? length + 1 : 0;
    const char *names[NUM_ROWS];
    for (int i = 0; i < NUM_ROWS; i++) {
        const int same = strncmp(rows[i].text.path, path, skip) == 0;
        names[i] = same ? rows[i].text.path + skip : NULL;
    }
    const char *nearest = tw_text_nearest(path + skip, names, NUM_ROWS);
    return nearest == NULL ? NULL : nearest - skip;
}

static tw_status refuse(const tw_entry *entry, tw_report *report, const char *expected)
{
    if (entry->kind == TW_ENTRY_BROKEN) {
        return TW_BAD_INPUT;
    }
    const int list = entry->kind == TW_ENTRY_OTHER || entry->kind == TW_ENTRY_WORDS;
    const char *quote = entry->kind == TW_ENTRY_WORD ? "\"" : "";
    return tw_report_add(report, TW_BAD_INPUT, entry->file, entry->line, expected, "%s = %s%s%s",
                         entry->path, quote,
                         list                            ? "a list or a truth value"
                         : entry->kind == TW_ENTRY_EMPTY ? "a group"
                                                         : entry->text,
                         quote);
}

tw_status tw_entry_real(const tw_entry *entry, tw_report *report, double *value)
{
    const int number = entry->kind == TW_ENTRY_REAL || entry->kind == TW_ENTRY_INTEGER ||
                       entry->kind == TW_ENTRY_TYPED;
    if (!number || tw_text_real(entry->text, value) != 0) {
        return refuse(entry, report, "a number");
    }
    return TW_OK;
}

tw_status tw_entry_integer(const tw_entry *entry, tw_report *report, int64_t *value)
{
    /* A seed may stand in quotes; 2.0 is no whole number. */
    const int whole = entry->kind == TW_ENTRY_INTEGER || entry->kind == TW_ENTRY_WORD ||
                      entry->kind == TW_ENTRY_TYPED;
    if (!whole || tw_text_int(entry->text, value) != 0) {
        return refuse(entry, report, "a whole number");
    }
    return TW_OK;
}

tw_status tw_entry_date(const tw_entry *entry, tw_report *report, int32_t *quarter)
{
    const int date = entry->kind == TW_ENTRY_INTEGER || entry->kind == TW_ENTRY_WORD ||
                     entry->kind == TW_ENTRY_TYPED;
    if (!date || tw_parse_date(entry->text, quarter) != 0) {
        return refuse(entry, report, "a date such as \"2025-05\", or a year");
    }
    return TW_OK;
}

tw_status tw_entry_word(const tw_entry *entry, tw_report *report, const char **word)
{
    if (entry->kind != TW_ENTRY_WORD && entry->kind != TW_ENTRY_TYPED) {
        return refuse(entry, report, "a word in quotes");
    }
    *word = entry->text;
    return TW_OK;
}

static void range_text(const tw_row *row, char *text, size_t size)
{
    snprintf(text, size, "%s to %s %s", row->text.low, row->text.high, row->text.unit);
}

static int64_t *integer_of(const tw_row *row, const tw_settings *settings)
{
    return (int64_t *)(void *)((char *)(uintptr_t)(const void *)settings + row->offset);
}

static double *real_of(const tw_row *row, const tw_settings *settings)
{
    return (double *)(void *)((char *)(uintptr_t)(const void *)settings + row->offset);
}

/* Position of a word among words separated by |, or -1. */
static int word_index(const char *words, const char *word)
{
    const size_t length = strlen(word);
    for (int index = 0;; index++) {
        const size_t next = strcspn(words, "|");
        if (next == length && strncmp(words, word, length) == 0) {
            return index;
        }
        if (words[next] == '\0') {
            return -1;
        }
        words += next + 1;
    }
}

static void set_choice(const tw_row *row, const tw_entry *entry, tw_report *report,
                       tw_settings *settings)
{
    char expected[128];
    const int plain = entry->kind == TW_ENTRY_WORD || entry->kind == TW_ENTRY_TYPED;
    const int index = plain ? word_index(row->text.low, entry->text) : -1;
    if (index < 0) {
        snprintf(expected, sizeof expected, "one of %s", row->text.low);
        (void)refuse(entry, report, expected);
        return;
    }
    *integer_of(row, settings) = index;
}

static void set_real(const tw_row *row, const tw_entry *entry, tw_report *report,
                     tw_settings *settings)
{
    double value = 0, low = 0, high = 0;
    char expected[160];
    tw_assert(tw_text_real(row->text.low, &low) == 0 && tw_text_real(row->text.high, &high) == 0);
    if (tw_entry_real(entry, report, &value) != TW_OK) {
        return;
    }
    if (value < low || value > high) {
        range_text(row, expected, sizeof expected);
        (void)refuse(entry, report, expected);
        return;
    }
    *real_of(row, settings) = value;
}

static void set_integer(const tw_row *row, const tw_entry *entry, tw_report *report,
                        tw_settings *settings)
{
    int64_t value = 0, low = 0, high = 0;
    char expected[160];
    tw_assert(tw_text_int(row->text.low, &low) == 0 && tw_text_int(row->text.high, &high) == 0);
    if (tw_entry_integer(entry, report, &value) != TW_OK) {
        return;
    }
    if (value < low || value > high) {
        range_text(row, expected, sizeof expected);
        (void)refuse(entry, report, expected);
        return;
    }
    *integer_of(row, settings) = value;
}

static void set_date(const tw_row *row, const tw_entry *entry, tw_report *report,
                     tw_settings *settings)
{
    int32_t value = 0, low = 0, high = 0;
    char expected[160];
    tw_assert(tw_parse_date(row->text.low, &low) == 0 && tw_parse_date(row->text.high, &high) == 0);
    if (tw_entry_date(entry, report, &value) != TW_OK) {
        return;
    }
    if (value < low || value > high) {
        range_text(row, expected, sizeof expected);
        (void)refuse(entry, report, expected);
        return;
    }
    *integer_of(row, settings) = value;
}

static void set_value(const tw_row *row, const tw_entry *entry, tw_report *report,
                      tw_settings *settings)
{
    switch (row->storage) {
        case STORE_CHOICE:
            set_choice(row, entry, report, settings);
            break;
        case STORE_REAL:
            set_real(row, entry, report, settings);
            break;
        case STORE_INTEGER:
            set_integer(row, entry, report, settings);
            break;
        case STORE_DATE:
            set_date(row, entry, report, settings);
            break;
    }
}

/* A default is an entry like any other; a wrong one is a bug of ours. */
static void set_default(const tw_row *row, tw_settings *settings)
{
    tw_report *none = tw_report_create();
    tw_entry entry = {.kind = TW_ENTRY_TYPED,
                      .path = (char *)(uintptr_t)row->text.path,
                      .text = (char *)(uintptr_t)row->text.default_text,
                      .file = (char *)(uintptr_t) "default"};
    set_value(row, &entry, none, settings);
    tw_assert(none != NULL && tw_report_count(none) == 0);
    tw_report_free(none);
}

static void check_rules(const tw_entries *entries, tw_report *report, const tw_settings *settings)
{
    const char *file = entries->count > 0 ? entries->row[entries->count - 1].file : "";
    long line = 0;
    for (int i = 0; i < entries->count; i++) {
        const tw_entry *entry = &entries->row[i];
        if (strcmp(entry->path, "run.end") == 0 || strcmp(entry->path, "run.start") == 0) {
            file = entry->file;
            line = entry->line;
        }
    }
    if (settings->run_start != tw_quarter_of(2010, 11) &&
        settings->run_start != tw_quarter_of(2020, 11)) {
        tw_report_add(report, TW_BAD_INPUT, file, line, "2010-11 or 2020-11, dates of a census",
                      "run.start is not the date of a census");
    } else if (settings->run_end <= settings->run_start) {
        tw_report_add(report, TW_BAD_INPUT, file, line, "run.end after run.start",
                      settings->run_end < settings->run_start
                          ? "run.end is before run.start"
                          : "run.end is in the quarter of run.start");
    }
}

void tw_settings_resolve(tw_entries *entries, tw_report *report, tw_settings *settings)
{
    memset(settings, 0, sizeof *settings);
    for (int i = 0; i < NUM_ROWS; i++) {
        set_default(&rows[i], settings);
        const tw_entry *entry = tw_entries_find(entries, rows[i].text.path);
        if (entry != NULL) {
            set_value(&rows[i], entry, report, settings);
        }
    }
    check_rules(entries, report, settings);
}

void tw_settings_text(const tw_settings *settings, int index, char *text, size_t size)
{
    const tw_row *row = &rows[index];
    int year, month, place = 0;
    const char *word = row->text.low;
    switch (row->storage) {
        case STORE_INTEGER:
            snprintf(text, size, "%lld", (long long)*integer_of(row, settings));
            break;
        case STORE_REAL:
            /* The shortest text that reads back to the same bits. */
            for (int digits = 1; digits <= 17; digits++) {
                snprintf(text, size, "%.*g", digits, *real_of(row, settings));
                if (strtod(text, NULL) == *real_of(row, settings)) {
                    break;
                }
            }
            break;
        case STORE_DATE:
            tw_quarter_start((int32_t)*integer_of(row, settings), &year, &month);
            snprintf(text, size, "%04d-%02d", year, month);
            break;
        case STORE_CHOICE:
            for (place = (int)*integer_of(row, settings); place > 0; place--) {
                word += strcspn(word, "|") + 1;
            }
            snprintf(text, size, "%.*s", (int)strcspn(word, "|"), word);
            break;
    }
}
