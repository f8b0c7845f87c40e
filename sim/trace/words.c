/* SPDX-License-Identifier: Apache-2.0 */
/** Lines, numbers and names as a reader wants them. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "trace/tracer.h"

/* ---- lines ---- */

static void add_line(tw_lines *lines, const char *text, int length, int indent)
{
    char(*row)[TW_TRACE_LINE] = tw_list_fit(lines->row, &lines->max, lines->num + 1, sizeof(*row));
    if (row == NULL) {
        lines->failed = 1;
        return;
    }
    lines->row = row;
    snprintf(lines->row[lines->num++], TW_TRACE_LINE, "%*s%.*s", indent, "", length, text);
}

/* Bytes of the text that fit on a line: up to the last blank before its end. */
static int fitting(const char *text, int most)
{
    const int length = (int)strlen(text);
    int fits = length;
    if (length > most) {
        for (fits = most; fits > 0 && text[fits] != ' '; fits--) {
        }
    }
    return fits > 0 ? fits : most;
}

void tw_tell(tw_lines *lines, const char *format, ...)
{
    char whole[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(whole, sizeof whole, format, arguments);
    va_end(arguments);
    const int deeper = (int)strspn(whole, " ") + 4;
    const char *text = whole;
    for (int indent = 0; *text != '\0'; indent = deeper) {
        const int length = fitting(text, TW_TRACE_WIDTH - indent);
        add_line(lines, text, length, indent);
        text += length;
        text += strspn(text, " ");
    }
}

void tw_lines_free(tw_lines *lines)
{
    free(lines->row);
    memset(lines, 0, sizeof *lines);
}

/* ---- persons ---- */

int tw_cast_number(tw_cast *cast, uint64_t person)
{
    for (int i = 0; i < cast->num; i++) {
        if (cast->uid[i] == person) {
            return i + 1;
        }
    }
    uint64_t *uid = tw_list_fit(cast->uid, &cast->max, cast->num + 1, sizeof(*uid));
    if (uid == NULL) {
        return 0;
    }
    cast->uid = uid;
    cast->uid[cast->num++] = person;
    return cast->num;
}

void tw_cast_free(tw_cast *cast)
{
    free(cast->uid);
    memset(cast, 0, sizeof *cast);
}

const char *tw_person_words(const tw_tracer *tracer, const tw_person *person, char out[TW_WORDS])
{
    const int age = tw_age(person->birth_quarter, tracer->world->quarter);
    const int man = person->sex == TW_MALE;
    snprintf(out, TW_WORDS, "#%d (%s, %d)", tw_cast_number(tracer->cast, person->person_uid),
             age < 15 ? (man ? "boy" : "girl") : (man ? "man" : "woman"), age);
    return out;
}

/* ---- numbers and names ---- */

const char *tw_number_words(int64_t value, char out[TW_WORDS])
{
    char digits[32];
    const int length =
        snprintf(digits, sizeof digits, "%lld", value < 0 ? -(long long)value : (long long)value);
    int at = 0;
    if (value < 0) {
        out[at++] = '-';
    }
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            out[at++] = ',';
        }
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return out;
}

const char *tw_yuan_words(int64_t cents, char out[TW_WORDS])
{
    char number[TW_WORDS];
    snprintf(out, TW_WORDS, "%.64s yuan",
             tw_number_words((cents + (cents < 0 ? -50 : 50)) / 100, number));
    return out;
}

const char *tw_date_words(int32_t quarter, char out[TW_WORDS])
{
    int year, month;
    tw_quarter_start(quarter, &year, &month);
    snprintf(out, TW_WORDS, "%04d-%02d", year, month);
    return out;
}

const char *tw_zone_words(const tw_region *region, int zone, char out[TW_WORDS])
{
    if (zone < 0) {
        snprintf(out, TW_WORDS, "%s", zone == TW_OUTSIDE ? "outside the region" : "nowhere");
        return out;
    }
    snprintf(out, TW_WORDS, "%s %s", region->counties[zone / TW_NUM_ZONE_KINDS].name,
             tw_is_town(zone) ? "town" : "rural");
    return out;
}

const char *tw_tenure_words(int tenure)
{
    static const char *const words[TW_NUM_TENURES] = {"rural house",
                                                      "own dwelling",
                                                      "rented dwelling",
                                                      "public rental dwelling",
                                                      "lives with kin or employer",
                                                      "collective home"};
    return words[tenure];
}

const char *tw_activity_words(int activity)
{
    static const char *const words[TW_NUM_ACTIVITIES] = {
        "at home",     "looks for a job", "farms",       "self-employed",
        "in industry", "in construction", "in services", "in public services"};
    return words[activity];
}

const char *tw_school_words(int schooling)
{
    static const char *const words[TW_NUM_SCHOOLING] = {
        "no school", "primary school", "junior school", "senior school", "college"};
    return words[schooling];
}

const char *tw_chance_words(tw_chance_kind kind)
{
    static const char *const words[TW_NUM_CHANCES] = {
#define CHANCE_WORDS(id, slot, purpose, text) text,
        TW_CHANCE_LIST(CHANCE_WORDS)
#undef CHANCE_WORDS
    };
    return words[kind];
}
