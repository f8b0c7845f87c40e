/* SPDX-License-Identifier: Apache-2.0 */
/** Reading scenario files: a scan for what libconfig gets wrong, libconfig, the chain of bases. */
#include "scenario/entries.h"

#include <ctype.h>
#include <errno.h>
#include <libconfig.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/csv.h"
#include "base/list.h"
#include "base/text.h"

enum { MAX_BASES = 16, MAX_PATH = 512, MAX_GROUPS = 16 };

void tw_entries_free(tw_entries *entries)
{
    for (int i = 0; i < entries->count; i++) {
        free(entries->row[i].path);
        free(entries->row[i].text);
        free(entries->row[i].file);
    }
    free(entries->row);
    memset(entries, 0, sizeof *entries);
}

tw_status tw_entries_add(tw_entries *entries, tw_entry_kind kind, const char *path,
                         const char *text, const char *file, long line)
{
    tw_entry *row = tw_list_fit(entries->row, &entries->max, entries->count + 1, sizeof(*row));
    if (row == NULL) {
        return TW_NO_MEMORY;
    }
    entries->row = row;
    tw_entry entry = {kind, tw_text_copy(path), tw_text_copy(text), tw_text_copy(file), line, 0};
    if (entry.path == NULL || entry.text == NULL || entry.file == NULL) {
        free(entry.path);
        free(entry.text);
        free(entry.file);
        return TW_NO_MEMORY;
    }
    entries->row[entries->count++] = entry;
    return TW_OK;
}

const tw_entry *tw_entries_find(tw_entries *entries, const char *path)
{
    const tw_entry *found = NULL;
    for (int i = 0; i < entries->count; i++) {
        if (strcmp(entries->row[i].path, path) == 0) {
            entries->row[i].used = 1;
            found = &entries->row[i];
        }
    }
    return found;
}

void tw_path_beside(const char *file, const char *name, char *out, size_t size)
{
    const char *slash = strrchr(file, '/');
    if (name[0] == '/' || slash == NULL) {
        snprintf(out, size, "%s", name);
    } else {
        snprintf(out, size, "%.*s/%s", (int)(slash - file), file, name);
    }
}

/** A scan through the bytes of a file, outside comments and strings. */
typedef struct tw_scan {
    const char *at, *end;
    long line;
} tw_scan;

static void skip_comment(tw_scan *scan)
{
    if (scan->at[0] == '/' && scan->at + 1 < scan->end && scan->at[1] == '*') {
        scan->at += 2;
        while (scan->at < scan->end && strncmp(scan->at, "*/", 2) != 0) {
            scan->line += *scan->at++ == '\n';
        }
        scan->at += scan->at < scan->end ? 2 : 0;
        return;
    }
    while (scan->at < scan->end && *scan->at != '\n') {
        scan->at++;
    }
}

static void skip_string(tw_scan *scan)
{
    for (scan->at++; scan->at < scan->end && *scan->at != '"'; scan->at++) {
        scan->line += *scan->at == '\n';
        scan->at += *scan->at == '\\' && scan->at + 1 < scan->end;
    }
    scan->at += scan->at < scan->end;
}

/* A number libconfig 1.5 would change without a word. */
static void check_number(const char *file, long line, const char *word, tw_report *report)
{
    const size_t length = strlen(word);
    const int is_long = length > 0 && (word[length - 1] == 'L' || word[length - 1] == 'l');
    const int is_hex = strncmp(word, "0x", 2) == 0 || strncmp(word, "0X", 2) == 0;
    if (!is_hex && strpbrk(word, ".eE") != NULL) {
        const double value = strtod(word, NULL);
        if (word[strspn(word, "+-.")] < '0' || word[strspn(word, "+-.")] > '9') {
            tw_report_add(report, TW_BAD_INPUT, file, line, "a number with digits",
                          "%s would be read as 0", word);
        }
        if (value > 1.7e308 || value < -1.7e308) {
            tw_report_add(report, TW_BAD_INPUT, file, line, "a finite number",
                          "the number %s is too large", word);
        }
        return;
    }
    errno = 0;
    char *rest = NULL;
    const long long value = strtoll(word, &rest, is_hex ? 16 : 10);
    if (errno == ERANGE) {
        tw_report_add(report, TW_BAD_INPUT, file, line, "at most 9223372036854775807",
                      "the integer %s is too large", word);
    } else if (!is_long && (value > 2147483647LL || value < -2147483648LL)) {
        tw_report_add(report, TW_BAD_INPUT, file, line,
                      "the suffix L on integers beyond 2147483647",
                      "the integer %s would be cut to 32 bits", word);
    }
}

static int starts_number(const tw_scan *scan)
{
    const char *at = scan->at;
    at += (*at == '-' || *at == '+') && at + 1 < scan->end;
    if (*at != '.' || at + 1 >= scan->end) {
        return isdigit((unsigned char)*at);
    }
    /* libconfig takes . and .e5 for numbers; .end is a slip in a name, for its parser to refuse. */
    at += 1 + ((at[1] == 'e' || at[1] == 'E') && at + 2 < scan->end);
    return !isalpha((unsigned char)*at) && *at != '_';
}

static void scan_number(tw_scan *scan, const char *file, tw_report *report)
{
    char word[400];
    size_t length = 0;
    const char *begin = scan->at;
    while (scan->at < scan->end && *scan->at != '\0' &&
           (isalnum((unsigned char)*scan->at) || strchr(".+-", *scan->at) != NULL)) {
        if (length + 1 < sizeof word) {
            word[length++] = *scan->at;
        }
        scan->at++;
    }
    word[length] = '\0';
    if ((size_t)(scan->at - begin) > length) {
        tw_report_add(report, TW_BAD_INPUT, file, scan->line, "fewer digits",
                      "the number %.20s... is too long", word);
        return;
    }
    check_number(file, scan->line, word, report);
}

static void scan_word(tw_scan *scan)
{
    while (scan->at < scan->end &&
           (isalnum((unsigned char)*scan->at) || strchr("-_*", *scan->at) != NULL) &&
           *scan->at != '\0') {
        scan->at++;
    }
}

/* Reports what libconfig would not; returns whether it must not see the file at all. */
static int scan_bytes(const char *file, const char *bytes, size_t size, tw_report *report)
{
    int includes = 0;
    tw_scan scan = {bytes, bytes + size, 1};
    while (scan.at < scan.end) {
        const char c = *scan.at;
        if (c == '#' || (c == '/' && scan.at + 1 < scan.end && strchr("/*", scan.at[1]) != NULL)) {
            skip_comment(&scan);
        } else if (c == '"') {
            skip_string(&scan);
        } else if (strncmp(scan.at, "@include", 8) == 0) {
            tw_report_add(report, TW_BAD_INPUT, file, scan.line, "base = \"other.cfg\"",
                          "@include cannot be overridden and is not supported");
            scan.at += 8;
            includes = 1;
        } else if (starts_number(&scan)) {
            scan_number(&scan, file, report);
        } else if (isalpha((unsigned char)c) || c == '_' || c == '*') {
            scan_word(&scan);
        } else {
            scan.line += c == '\n';
            scan.at++;
        }
    }
    return includes;
}

static tw_status add_words(tw_entries *entries, const config_setting_t *setting, const char *path,
                           const char *file)
{
    const int num = config_setting_length(setting);
    size_t size = 1;
    tw_entry_kind kind = TW_ENTRY_WORDS;
    for (int i = 0; i < num; i++) {
        const char *word = config_setting_get_string_elem(setting, i);
        kind = word == NULL ? TW_ENTRY_OTHER : kind;
        size += word == NULL ? 0 : strlen(word) + 1;
    }
    char *text = calloc(size, 1);
    if (text == NULL) {
        return TW_NO_MEMORY;
    }
    for (int i = 0; i < num && kind == TW_ENTRY_WORDS; i++) {
        strcat(text, config_setting_get_string_elem(setting, i));
        strcat(text, "\n");
    }
    tw_status status =
        tw_entries_add(entries, kind, path, text, file, (long)config_setting_source_line(setting));
    free(text);
    return status;
}

static tw_status add_scalar(tw_entries *entries, const config_setting_t *setting, const char *path,
                            const char *file)
{
    const long line = (long)config_setting_source_line(setting);
    char text[64];
    switch (config_setting_type(setting)) {
        case CONFIG_TYPE_INT:
        case CONFIG_TYPE_INT64:
            snprintf(text, sizeof text, "%lld", config_setting_get_int64(setting));
            return tw_entries_add(entries, TW_ENTRY_INTEGER, path, text, file, line);
        case CONFIG_TYPE_FLOAT:
            snprintf(text, sizeof text, "%.17g", config_setting_get_float(setting));
            return tw_entries_add(entries, TW_ENTRY_REAL, path, text, file, line);
        case CONFIG_TYPE_STRING:
            return tw_entries_add(entries, TW_ENTRY_WORD, path, config_setting_get_string(setting),
                                  file, line);
        default:
            return tw_entries_add(entries, TW_ENTRY_OTHER, path, "", file, line);
    }
}

static tw_status flatten(tw_entries *entries, const config_setting_t *group, const char *prefix,
                         const char *file, int depth)
{
    tw_status status = TW_OK;
    if (config_setting_length(group) == 0 && prefix[0] != '\0') {
        return tw_entries_add(entries, TW_ENTRY_EMPTY, prefix, "", file,
                              (long)config_setting_source_line(group));
    }
    for (int i = 0; i < config_setting_length(group) && status == TW_OK; i++) {
        const config_setting_t *setting = config_setting_get_elem(group, (unsigned)i);
        const char *name = config_setting_name(setting);
        char path[MAX_PATH];
        const int length = snprintf(path, sizeof path, "%s%s%s", prefix,
                                    prefix[0] == '\0' ? "" : ".", name == NULL ? "" : name);
        const int too_long = length < 0 || (size_t)length >= sizeof path;
        if (too_long || (config_setting_is_group(setting) && depth == MAX_GROUPS)) {
            /* No setting has such a name; cut off, it is reported as an unknown one. */
            status = tw_entries_add(entries, TW_ENTRY_OTHER, path, "", file,
                                    (long)config_setting_source_line(setting));
        } else if (config_setting_is_group(setting)) {
            status = flatten(entries, setting, path, file, depth + 1);
        } else if (config_setting_is_aggregate(setting)) {
            status = add_words(entries, setting, path, file);
        } else {
            status = add_scalar(entries, setting, path, file);
        }
    }
    return status;
}

/* The line of a text, for a syntax error: libconfig itself names neither column nor word. */
static void source_line(const char *bytes, long line, char *out, size_t size)
{
    for (; line > 1 && *bytes != '\0'; bytes++) {
        line -= *bytes == '\n';
    }
    size_t length = 0;
    while (bytes[length] != '\0' && bytes[length] != '\n' && bytes[length] != '\r' &&
           length + 1 < size) {
        out[length] = bytes[length];
        length++;
    }
    /* Not in the middle of a character. */
    while (length > 0 && ((unsigned char)bytes[length] & 0xc0) == 0x80) {
        length--;
    }
    out[length] = '\0';
}

static tw_status parse(const char *file, const char *bytes, tw_report *report, config_t *config)
{
    if (config_read_string(config, bytes) == CONFIG_TRUE) {
        return TW_OK;
    }
    char line[160];
    const char *text = config_error_text(config);
    const int twice = strstr(text, "duplicate") != NULL;
    source_line(bytes, config_error_line(config), line, sizeof line);
    return tw_report_add(
        report, TW_BAD_INPUT, file, config_error_line(config),
        twice ? "each name once in a group" : "name = value; with every group closed", "%s at%s %s",
        text, line[strspn(line, " \t")] == '\0' ? "" : ":",
        line[strspn(line, " \t")] == '\0' ? "the end of the file" : line);
}

/** The files that are being read, to see a base that leads back to one of them. */
typedef struct tw_chain {
    struct stat file[MAX_BASES];
    int depth;
} tw_chain;

static int leads_back(const tw_chain *chain, const struct stat *file)
{
    for (int i = 0; i < chain->depth; i++) {
        if (chain->file[i].st_dev == file->st_dev && chain->file[i].st_ino == file->st_ino) {
            return 1;
        }
    }
    return 0;
}

static tw_status read_chain(const char *file, tw_chain *chain, tw_report *report,
                            tw_entries *entries);

static tw_status read_base(const char *name, long line, const char *file, tw_chain *chain,
                           tw_report *report, tw_entries *entries)
{
    struct stat status;
    char path[4096];
    tw_path_beside(file, name, path, sizeof path);
    FILE *readable = fopen(path, "rb");
    if (readable == NULL || stat(path, &status) != 0) {
        const int number = errno;
        if (readable != NULL) {
            fclose(readable);
        }
        return tw_report_add(report, TW_BAD_INPUT, file, line, "a file beside this one",
                             "base file %s: %s", path, strerror(number));
    }
    fclose(readable);
    if (leads_back(chain, &status)) {
        return tw_report_add(report, TW_BAD_INPUT, file, line,
                             "a base that stands on none of these",
                             "base files lead to each other: %s is among them already", path);
    }
    if (chain->depth == MAX_BASES) {
        return tw_report_add(report, TW_BAD_INPUT, file, line, "fewer base files",
                             "more than %d files stand on each other", MAX_BASES);
    }
    return read_chain(path, chain, report, entries);
}

/* One base, or several in their order: what a later one says counts. */
static tw_status read_bases(const config_t *config, const char *file, tw_chain *chain,
                            tw_report *report, tw_entries *entries)
{
    const config_setting_t *base = config_lookup(config, "base");
    const int list =
        base != NULL && (config_setting_is_array(base) || config_setting_is_list(base));
    const int num = base == NULL ? 0 : list ? config_setting_length(base) : 1;
    tw_status worst = TW_OK;
    for (int i = 0; i < num; i++) {
        const config_setting_t *one = list ? config_setting_get_elem(base, (unsigned)i) : base;
        const char *name = config_setting_get_string(one);
        const long line = (long)config_setting_source_line(one);
        const tw_status status =
            name == NULL ? TW_OK : read_base(name, line, file, chain, report, entries);
        worst = status != TW_OK && worst != TW_NO_MEMORY ? status : worst;
    }
    return worst;
}

static int names_file(const tw_entry *entry)
{
    return entry->kind == TW_ENTRY_WORD &&
           (strcmp(entry->path, "region") == 0 || strcmp(entry->path, "observations") == 0);
}

/* Own entries after those of the base; names of files are made relative to the file that says them.
 */
static tw_status add_own(const config_t *config, const char *file, tw_entries *entries)
{
    const int first = entries->count;
    tw_status status = flatten(entries, config_root_setting(config), "", file, 0);
    for (int i = first; i < entries->count && status == TW_OK; i++) {
        tw_entry *entry = &entries->row[i];
        if (names_file(entry)) {
            char path[4096];
            tw_path_beside(file, entry->text, path, sizeof path);
            free(entry->text);
            entry->text = tw_text_copy(path);
            status = entry->text == NULL ? TW_NO_MEMORY : TW_OK;
        }
    }
    return status;
}

/* Numbers on a line with a finding of the scan were read wrong: no reader may look at them. */
static void mark_broken(tw_entries *entries, int first_entry, const tw_report *report,
                        int first_finding, int end_finding)
{
    for (int i = first_entry; i < entries->count; i++) {
        tw_entry *entry = &entries->row[i];
        const int number = entry->kind == TW_ENTRY_INTEGER || entry->kind == TW_ENTRY_REAL ||
                           entry->kind == TW_ENTRY_OTHER;
        for (int f = first_finding; f < end_finding && number; f++) {
            if (tw_report_finding(report, f).line == entry->line) {
                entry->kind = TW_ENTRY_BROKEN;
            }
        }
    }
}

/* Entries of one file whose bytes are good text, after those of its base. */
static tw_status read_text(const char *file, const char *bytes, size_t size, tw_chain *chain,
                           tw_report *report, tw_entries *entries)
{
    const int before = tw_report_count(report);
    if (scan_bytes(file, bytes, size, report)) {
        return TW_BAD_INPUT;
    }
    const int after = tw_report_count(report);
    config_t config;
    config_init(&config);
    /* After a syntax error the rest of the file would only give findings that are none. */
    tw_status status = parse(file, bytes, report, &config);
    if (status == TW_OK) {
        const tw_status base = read_bases(&config, file, chain, report, entries);
        entries->partial |= base != TW_OK;
        const int first = entries->count;
        status = base == TW_NO_MEMORY ? base : add_own(&config, file, entries);
        mark_broken(entries, first, report, before, after);
    }
    config_destroy(&config);
    return status;
}

static tw_status read_chain(const char *file, tw_chain *chain, tw_report *report,
                            tw_entries *entries)
{
    char *bytes = NULL;
    size_t size = 0;
    tw_status status = tw_read_file(file, report, &bytes, &size);
    if (status != TW_OK) {
        return status;
    }
    const long bad = tw_text_bad_line(bytes, size);
    if (bad > 0) {
        status = tw_report_add(report, TW_BAD_INPUT, file, bad, "text in UTF-8",
                               "bytes that are not text");
    } else if (stat(file, &chain->file[chain->depth]) != 0) {
        status = tw_report_add(report, TW_IO_FAILED, file, 0, "a file that stays",
                               "cannot be read again: %s", strerror(errno));
    } else {
        chain->depth++;
        status = read_text(file, bytes, size, chain, report, entries);
        chain->depth--;
    }
    free(bytes);
    return status;
}

tw_status tw_entries_read(const char *file, tw_report *report, tw_entries *entries)
{
    tw_chain chain = {.depth = 0};
    return read_chain(file, &chain, report, entries);
}
