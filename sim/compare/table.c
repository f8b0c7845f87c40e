/* SPDX-License-Identifier: Apache-2.0 */
/** The printed form of a comparison: the finding first, then the figures it rests on. */
#include <math.h>
#include <string.h>

#include "townward/compare.h"

int tw_comparison_by_find(const char *word)
{
    static const char *const words[] = {
#define BY_WORD(id, text) text,
        TW_COMPARED_BY_LIST(BY_WORD)
#undef BY_WORD
    };
    for (int i = 0; i < (int)(sizeof words / sizeof *words); i++) {
        if (strcmp(words[i], word) == 0) {
            return i + 1;
        }
    }
    return -1;
}

void tw_comparison_print(const tw_comparison *of, int by, FILE *out)
{
    (void)by;
    for (int a = 0; a < of->num_alternatives; a++) {
        const tw_difference d =
            tw_difference_of(of, a, of->horizon, TW_INDICATOR_urbanization_rate, 0);
        fprintf(out, "%s adds %+.2f +- %.2f points\n", of->name[a + 1], 100 * d.mean,
                100 * (d.high - d.mean));
    }
}
