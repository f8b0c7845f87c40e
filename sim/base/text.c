/* SPDX-License-Identifier: Apache-2.0 */
/** Strict reading of words and numbers; well-formed UTF-8; the nearest of known names. */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return (c >= 'A' && c <= 'Z') ? (char)(c - 'A' + 'a') : c;
}

int tw_text_int(const char *text, int64_t *value)
{
    int negative = *text == '-';
    const char *at = text + negative;
    uint64_t limit = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    uint64_t sum = 0;
    if (!is_digit(*at)) {
        return -1;
    }
    for (; is_digit(*at); at++) {
        uint64_t digit = (uint64_t)(*at - '0');
        if (sum > (limit - digit) / 10) {
            return -1;
        }
        sum = 10 * sum + digit;
    }
    if (*at != '\0') {
        return -1;
    }
    *value = negative ? -(int64_t)(sum - (sum != 0)) - (sum != 0) : (int64_t)sum;
    return 0;
}

static const char *skip_digits(const char *at)
{
    while (is_digit(*at)) {
        at++;
    }
    return at;
}

int tw_text_real(const char *text, double *value)
{
    const char *start = text + (*text == '-');
    const char *at = skip_digits(start);
    size_t digits = (size_t)(at - start);
    if (*at == '.') {
        const char *after = skip_digits(at + 1);
        digits += (size_t)(after - at - 1);
        at = after;
    }
    if (digits == 0) {
        return -1;
    }
    if (*at == 'e' || *at == 'E') {
        const char *exponent = at + 1 + (at[1] == '-' || at[1] == '+');
        at = skip_digits(exponent);
        if (at == exponent) {
            return -1;
        }
    }
    if (*at != '\0') {
        return -1;
    }
    char *end = NULL;
    double number = strtod(text, &end);
    if (*end != '\0' || number - number != 0) { /* inf - inf is not 0 */
        return -1;
    }
    *value = number;
    return 0;
}

/** Bytes of the well-formed character at `at`, or 0. */
static size_t character(const unsigned char *at, size_t left)
{
    unsigned char first = at[0];
    if (first < 0x80) {
        return 1;
    }
    size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || length > left) {
        return 0;
    }
    unsigned char low = 0x80, high = 0xBF; /* narrower for overlong forms, surrogates, the end */
    low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : low;
    high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : high;
    if (at[1] < low || at[1] > high) {
        return 0;
    }
    for (size_t k = 2; k < length; k++) {
        if (at[k] < 0x80 || at[k] > 0xBF) {
            return 0;
        }
    }
    return length;
}

size_t tw_text_bad_utf8(const void *bytes, size_t size)
{
    const unsigned char *text = bytes;
    size_t at = 0;
    while (at < size) {
        size_t length = character(text + at, size - at);
        if (length == 0) {
            return at;
        }
        at += length;
    }
    return size;
}

long tw_text_bad_line(const char *text, size_t size)
{
    const char *zero = memchr(text, '\0', size);
    size_t bad = tw_text_bad_utf8(text, size);
    if (zero != NULL && (size_t)(zero - text) < bad) {
        bad = (size_t)(zero - text);
    }
    long line = 1;
    for (size_t k = 0; k < bad; k++) {
        line += text[k] == '\n';
    }
    return bad == size ? 0 : line;
}

char *tw_text_copy(const char *text)
{
    const char *source = text == NULL ? "" : text;
    const size_t size = strlen(source) + 1;
    char *copy = malloc(size);
    return copy == NULL ? NULL : memcpy(copy, source, size);
}

int tw_text_same(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}

enum { MAX_NAME = 63 };

static int short_length(const char *text)
{
    int length = 0;
    while (length < MAX_NAME && text[length] != '\0') {
        length++;
    }
    return length;
}

int tw_text_distance(const char *a, const char *b)
{
    int length_a = short_length(a), length_b = short_length(b);
    int row[MAX_NAME + 1];
    for (int j = 0; j <= length_b; j++) {
        row[j] = j;
    }
    for (int i = 1; i <= length_a; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= length_b; j++) {
            int above = row[j];
            int best = diagonal + (lower(a[i - 1]) != lower(b[j - 1]));
            best = above + 1 < best ? above + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            diagonal = above;
            row[j] = best;
        }
    }
    return row[length_b];
}

const char *tw_text_nearest(const char *name, const char *const *known, int num_known)
{
    const char *nearest = NULL;
    int limit = short_length(name) / 3;
    int least = (limit < 1 ? 1 : limit) + 1;
    for (int k = 0; k < num_known; k++) {
        if (known[k] == NULL) {
            continue;
        }
        int distance = tw_text_distance(name, known[k]);
        if (distance < least) {
            least = distance;
            nearest = known[k];
        }
    }
    return nearest;
}
