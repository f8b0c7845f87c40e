/* SPDX-License-Identifier: Apache-2.0 */
/** The one place where the library writes and ends: a bug of ours, not a mistake of the user. */
#include "base/assert.h"

#include <stdio.h>
#include <stdlib.h>

void tw_assert_failed(const char *file, int line, const char *condition)
{
    fprintf(stderr, "townward: internal error at %s:%d: not true: %s\n", file, line, condition);
    abort();
}
