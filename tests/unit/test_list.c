/* SPDX-License-Identifier: Apache-2.0 */
/** Lists that grow: rows are kept, room is never less than asked for, nothing moves without need.
 */
#include "base/list.h"

#include <stdlib.h>

#include "base/text.h"
#include "test.h"

static void rows_are_kept(void)
{
    int64_t *list = NULL;
    int32_t max = 0;
    int moved = 0, wrong = 0;
    for (int32_t i = 0; i < 100000; i++) {
        int64_t *fitted = tw_list_fit(list, &max, i + 1, sizeof *fitted);
        CHECK(fitted != NULL);
        moved += max < i + 1;
        list = fitted;
        list[i] = 3 * i;
    }
    for (int32_t i = 0; i < 100000; i++) {
        wrong += list[i] != 3 * i;
    }
    CHECK_EQ_INT(moved, 0);
    CHECK_EQ_INT(wrong, 0);
    free(list);
}

static void stays_while_there_is_room(void)
{
    int32_t max = 0;
    char *list = tw_list_fit(NULL, &max, 0, 1);
    CHECK(list != NULL && max > 0);
    const int32_t room = max;
    CHECK(tw_list_fit(list, &max, room, 1) == list);
    CHECK_EQ_INT(max, room);
    char *larger = tw_list_fit(list, &max, room + 1, 1);
    CHECK(larger != NULL && max >= 2 * room);
    free(larger);
}

#if !defined(__SANITIZE_ADDRESS__) /* which ends a program that asks for so much */
/* More than there is: the list and its room are what they were. */
static void refusal_changes_nothing(void)
{
    int32_t max = 0;
    char *list = tw_list_fit(NULL, &max, 8, 1);
    const int32_t room = max;
    list[7] = 'x';
    CHECK(tw_list_fit(list, &max, INT32_MAX / 4, (size_t)1 << 30) == NULL);
    CHECK_EQ_INT(max, room);
    CHECK(list[7] == 'x');
    free(list);
}
#endif

static void texts_are_copied(void)
{
    char *copy = tw_text_copy("ab"), *none = tw_text_copy(NULL);
    CHECK(copy != NULL && copy[0] == 'a' && copy[2] == '\0');
    CHECK(none != NULL && none[0] == '\0');
    free(copy);
    free(none);
}

int main(void)
{
    RUN(rows_are_kept);
    RUN(stays_while_there_is_room);
#if !defined(__SANITIZE_ADDRESS__)
    RUN(refusal_changes_nothing);
#endif
    RUN(texts_are_copied);
    return REPORT();
}
