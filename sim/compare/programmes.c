/* SPDX-License-Identifier: Apache-2.0 */
/** Programmes compared value by value; mixtures of two scenarios. */
#include "compare/programmes.h"

#include <stdlib.h>
#include <string.h>

static const tw_programme *find(const tw_scenario *scenario, const tw_programme *like)
{
    for (int i = 0; i < tw_scenario_num_programmes(scenario); i++) {
        const tw_programme *programme = tw_scenario_programme(scenario, i);
        if (programme->lever == like->lever && strcmp(programme->name, like->name) == 0) {
            return programme;
        }
    }
    return NULL;
}

static int same_values(const tw_programme *a, const tw_programme *b, int32_t num_counties)
{
    return a->start == b->start && a->end == b->end && a->ramp == b->ramp &&
           a->amount == b->amount && a->unit_cost_cents == b->unit_cost_cents &&
           a->ceiling_cents == b->ceiling_cents && a->years == b->years && a->payer == b->payer &&
           memcmp(a->in_place, b->in_place, (size_t)num_counties) == 0;
}

int tw_programme_in(const tw_programme *programme, const tw_scenario *scenario)
{
    const tw_programme *other = find(scenario, programme);
    return other != NULL &&
           same_values(programme, other, tw_scenario_region(scenario)->num_counties);
}

int tw_settings_same(const tw_scenario *a, const tw_scenario *b)
{
    for (int i = 0; i < tw_num_settings(); i++) {
        char x[64], y[64], origin[600];
        const char *path = tw_setting_row_at(i).path;
        if (strncmp(path, "run.", 4) == 0 || strncmp(path, "engine.", 7) == 0 ||
            strncmp(path, "results.", 8) == 0) {
            continue;
        }
        tw_scenario_value(a, i, x, origin);
        tw_scenario_value(b, i, y, origin);
        if (strcmp(x, y) != 0) {
            return 0;
        }
    }
    return 1;
}

/* Programmes of the base that the alternative has in no form: they come last. */
static int add_dropped(const tw_scenario *base, const tw_scenario *alternative,
                       tw_mix_factor *factor, const void *context, tw_variant_part *part)
{
    int num = 0;
    for (int i = 0; i < tw_scenario_num_programmes(base); i++) {
        const tw_programme *programme = tw_scenario_programme(base, i);
        if (find(alternative, programme) == NULL && factor(programme, context) == 0) {
            part[num++] = (tw_variant_part){programme, 1};
        }
    }
    return num;
}

tw_status tw_scenario_mix(const tw_scenario *base, const tw_scenario *alternative,
                          const tw_scenario *settings_of, tw_mix_factor *factor,
                          const void *context, tw_scenario **out)
{
    const int most = tw_scenario_num_programmes(base) + tw_scenario_num_programmes(alternative);
    tw_variant_part *part = calloc((size_t)most + 1, sizeof(*part));
    int num = 0;
    if (part == NULL) {
        return TW_NO_MEMORY;
    }
    for (int i = 0; i < tw_scenario_num_programmes(alternative); i++) {
        const tw_programme *own = tw_scenario_programme(alternative, i);
        const tw_programme *before = find(base, own);
        if (before != NULL && tw_programme_in(own, base)) {
            part[num++] = (tw_variant_part){own, 1};
            continue;
        }
        const double of = factor(own, context);
        if (of > 0) {
            part[num++] = (tw_variant_part){own, of};
        } else if (before != NULL) {
            part[num++] = (tw_variant_part){before, 1};
        }
    }
    num += add_dropped(base, alternative, factor, context, part + num);
    const tw_status status = tw_scenario_variant(settings_of, part, num, out);
    free(part);
    return status;
}
