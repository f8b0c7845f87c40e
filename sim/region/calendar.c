/* SPDX-License-Identifier: Apache-2.0 */
/** The calendar of quarters and the age groups of the census. */
#include <stddef.h>

#include "base/assert.h"
#include "townward/region.h"

/* Months are counted from January 1900; quarter q starts in month 3 q - 2. */
enum { FIRST_YEAR = 1900, LAST_YEAR = 8000 };

int32_t tw_quarter_of(int year, int month)
{
    tw_assert(year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12);
    return ((year - FIRST_YEAR) * 12 + month + 1) / 3;
}

void tw_quarter_start(int32_t quarter, int *year, int *month)
{
    int32_t months = 3 * quarter + 10; /* since January 1899 */
    int32_t years = months >= 0 ? months / 12 : -((11 - months) / 12);
    *year = FIRST_YEAR - 1 + years;
    *month = months - 12 * years + 1;
}

double tw_quarter_year(int32_t quarter)
{
    int year = 0, month = 0;
    tw_quarter_start(quarter, &year, &month);
    return (double)year + (double)(month - 1) / 12.0;
}

static int digits(const char *text, int num)
{
    int value = 0;
    for (int k = 0; k < num; k++) {
        if (text[k] < '0' || text[k] > '9') {
            return -1;
        }
        value = 10 * value + (text[k] - '0');
    }
    return value;
}

int tw_parse_date(const char *text, int32_t *quarter)
{
    int year = digits(text, 4);
    if (year < FIRST_YEAR || year > LAST_YEAR) {
        return -1;
    }
    int month = 11;
    if (text[4] != '\0') {
        month = text[4] == '-' ? digits(text + 5, 2) : -1;
        if (month < 1 || month > 12 || text[7] != '\0') {
            return -1;
        }
    }
    *quarter = tw_quarter_of(year, month);
    return 0;
}

int tw_age_group_start(int group)
{
    tw_assert(group >= 0 && group <= TW_NUM_AGE_GROUPS);
    if (group == TW_NUM_AGE_GROUPS) {
        return TW_MAX_AGE + 1;
    }
    return group < 2 ? group : 5 * (group - 1);
}

int tw_age_group(int age)
{
    tw_assert(age >= 0);
    if (age < 5) {
        return age > 0;
    }
    int group = age / 5 + 1;
    return group < TW_NUM_AGE_GROUPS ? group : TW_NUM_AGE_GROUPS - 1;
}
