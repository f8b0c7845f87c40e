/* SPDX-License-Identifier: Apache-2.0 */
/** Attribution. */
#include <stdlib.h>

#include "compare/runs.h"
#include "compare/variables.h"

void tw_attribution_free(tw_attribution *attribution, int num)
{
    for (int i = 0; attribution != NULL && i < num; i++) {
        free(attribution[i].value);
    }
    free(attribution);
}

void tw_attribution_tables(const tw_comparison *of, tw_dataset *set)
{
    (void)of;
    (void)set;
}
