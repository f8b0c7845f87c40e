/* SPDX-License-Identifier: Apache-2.0 */
/** Levers one by one. */
#include <stdlib.h>

#include "compare/runs.h"
#include "compare/variables.h"

void tw_singles_free(tw_singles *singles)
{
    if (singles != NULL) {
        free(singles->single);
        free(singles->value);
        free(singles);
    }
}

void tw_singles_tables(const tw_comparison *of, tw_dataset *set)
{
    (void)of;
    (void)set;
}
