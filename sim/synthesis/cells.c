/* SPDX-License-Identifier: Apache-2.0 */
/** Counts: single ages out of census groups, and who lives in town, in the country, in a family. */
#include <string.h>

#include "base/draw.h"
#include "synthesis/county.h"

uint64_t tw_synth_word(const tw_county_draft *draft, int use, int32_t index)
{
    /* The key is a constant: the start is the same for every seed. */
    const uint64_t uid =
        (uint64_t)draft->region->counties[draft->county].code << 32 | (uint32_t)index;
    return tw_draw_at(tw_key_make(0, 0), TW_DRAW_SYNTHESIS, uid, 0, (uint32_t)use).word[0];
}

double tw_synth_uniform(const tw_county_draft *draft, int use, int32_t index)
{
    return tw_uniform(tw_synth_word(draft, use, index));
}

int64_t tw_apportion(const double *weight, const int64_t *cap, int num, int64_t total, int64_t *out)
{
    int64_t left = total, room = 0;
    for (int i = 0; i < num; i++) {
        out[i] = 0;
        room += cap[i];
    }
    left = left < room ? left : room;
    const int64_t shared = left;
    /* Cells that hit their cap leave the rest to the others: a few rounds settle it. */
    while (left > 0) {
        double sum = 0, cumulated = 0;
        int64_t given = 0;
        for (int i = 0; i < num; i++) {
            sum += out[i] < cap[i] ? weight[i] * (double)cap[i] : 0;
        }
        /* Weights of nothing but room: then every place counts the same. */
        const int even = sum <= 0;
        for (int i = 0; i < num && even; i++) {
            sum += (double)(cap[i] - out[i]);
        }
        const int64_t round_total = left;
        for (int i = 0; i < num; i++) {
            if (out[i] >= cap[i]) {
                continue;
            }
            cumulated += (even ? (double)(cap[i] - out[i]) : weight[i] * (double)cap[i]) / sum *
                         (double)round_total;
            int64_t part = tw_round(cumulated) - given;
            part = part < cap[i] - out[i] ? part : cap[i] - out[i];
            part = part < left ? part : left;
            out[i] += part;
            given += part;
            left -= part;
        }
        if (given == 0) {
            for (int i = 0; i < num && left > 0; i++) {
                const int64_t part = out[i] < cap[i] ? 1 : 0;
                out[i] += part;
                left -= part;
            }
        }
    }
    return shared;
}

/* Single ages of one sex: linear inside a group by the neighbours' level, exact per group. */
static void single_ages(const int64_t group[TW_NUM_AGE_GROUPS], int64_t age[TW_SYNTH_AGES])
{
    for (int g = 0; g < TW_NUM_AGE_GROUPS; g++) {
        const int from = tw_age_group_start(g);
        const int to = g + 1 < TW_NUM_AGE_GROUPS ? tw_age_group_start(g + 1) : TW_SYNTH_AGES;
        const int width = to - from;
        const double level = (double)group[g] / width;
        const double before = g > 1 ? (double)group[g - 1] / 5 : level;
        const double after = g + 2 < TW_NUM_AGE_GROUPS ? (double)group[g + 1] / 5 : level;
        double weight[TW_SYNTH_AGES];
        int64_t cap[TW_SYNTH_AGES];
        for (int i = 0; i < width; i++) {
            const double slope = (after - before) / 10;
            double w = level + slope * (i - (width - 1) / 2.0);
            /* Beyond 85 each year of age holds about a fifth less than the one before. */
            w = g + 1 == TW_NUM_AGE_GROUPS ? tw_exp(-0.22 * i) : w;
            weight[i] = w > 0.2 * level ? w : 0.2 * level;
            cap[i] = group[g];
        }
        (void)tw_apportion(weight, cap, width, group[g], age + from);
    }
}

/* How likely a person of that age and sex lives outside a family, boarders apart; assumed. */
static double collective_weight(int sex, int age)
{
    const double men = sex == TW_MALE ? 1.5 : 1.0;
    return age < 12   ? 0.02
           : age < 18 ? 0.5 * men
           : age < 20 ? 2.0 * men
           : age < 60 ? 1.0 * men
                      : 0.15;
}

/* How much more town families hold of that age than rural ones; assumed: working ages tilt. */
static double town_weight(int age)
{
    return age < 18 ? 0.9 : age < 50 ? 1.15 : 0.85;
}

enum { NUM_CELLS = TW_NUM_SEXES * TW_SYNTH_AGES };

/* Takes `total` persons out of `from` into `into`, by weight. */
static void move_persons(int64_t *from, int64_t *into, const double *weight, int64_t total)
{
    int64_t part[NUM_CELLS];
    (void)tw_apportion(weight, from, NUM_CELLS, total, part);
    for (int i = 0; i < NUM_CELLS; i++) {
        from[i] -= part[i];
        into[i] += part[i];
    }
}

/*
 * Town families by weight. The smaller side is drawn: drawing nearly all of a county would empty
 * the cells of high weight and leave a countryside without adults.
 */
static void split_families(tw_county_draft *draft, const double *town, int64_t in_town)
{
    int64_t *rural_cells = draft->cell[TW_FAMILY_RURAL][0];
    int64_t *town_cells = draft->cell[TW_FAMILY_TOWN][0];
    const int64_t all = draft->census->family_persons;
    double rural[NUM_CELLS];
    if (2 * in_town <= all) {
        move_persons(rural_cells, town_cells, town, in_town);
        return;
    }
    for (int i = 0; i < NUM_CELLS; i++) {
        rural[i] = 1 / town[i];
    }
    memcpy(town_cells, rural_cells, NUM_CELLS * sizeof(*town_cells));
    memset(rural_cells, 0, NUM_CELLS * sizeof(*rural_cells));
    move_persons(town_cells, rural_cells, rural, all - in_town);
}

/*
 * Rural pupils of senior schools live in the town, outside their family: a share of the rural part
 * of the ages 15 to 17, and no more than there are places outside families in the town.
 */
static int64_t move_boarders(tw_county_draft *draft, int64_t places)
{
    const tw_census *census = draft->census;
    const double rural = (double)(census->persons - census->urban) / (double)census->persons;
    int64_t *family = draft->cell[TW_FAMILY_RURAL][0], *alone = draft->cell[TW_ALONE_TOWN][0];
    int64_t *boarders = draft->boarders[0];
    double weight[NUM_CELLS];
    int64_t cap[NUM_CELLS], part[NUM_CELLS], all = 0;
    for (int i = 0; i < NUM_CELLS; i++) {
        const int age = i % TW_SYNTH_AGES;
        const int pupil = age >= TW_BOARDING_AGE && age < TW_BOARDING_AGE + 3;
        weight[i] = 1;
        cap[i] = pupil ? (int64_t)(draft->options->boarder_share * rural * (double)family[i]) : 0;
        all += cap[i];
    }
    const int64_t moved = tw_apportion(weight, cap, NUM_CELLS, all < places ? all : places, part);
    for (int i = 0; i < NUM_CELLS; i++) {
        family[i] -= part[i];
        alone[i] += part[i];
        boarders[i] = part[i];
    }
    return moved;
}

void tw_draft_cells(tw_county_draft *draft)
{
    const tw_census *census = draft->census;
    double collective[NUM_CELLS], town[NUM_CELLS], even[NUM_CELLS];
    memset(draft->cell, 0, sizeof draft->cell);
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        single_ages(census->age_sex[sex], draft->cell[TW_FAMILY_RURAL][sex]);
        for (int age = 0; age < TW_SYNTH_AGES; age++) {
            collective[sex * TW_SYNTH_AGES + age] = collective_weight(sex, age);
            town[sex * TW_SYNTH_AGES + age] = town_weight(age);
            even[sex * TW_SYNTH_AGES + age] = 1;
        }
    }
    const int64_t alone = census->persons - census->family_persons;
    int64_t alone_town = tw_round(draft->options->collective_town_share * (double)alone);
    /* Half of a town at most, and what the country cannot hold. */
    const int64_t rural = census->persons - census->urban;
    alone_town = alone_town > census->urban / 2 ? census->urban / 2 : alone_town;
    alone_town = alone - alone_town > rural / 2 ? alone - rural / 2 : alone_town;
    alone_town = alone_town > census->urban ? census->urban : alone_town < 0 ? 0 : alone_town;
    alone_town = alone_town > alone ? alone : alone_town;
    int64_t *family_rural = draft->cell[TW_FAMILY_RURAL][0];
    int64_t *alone_rural = draft->cell[TW_ALONE_RURAL][0];
    const int64_t boarders = move_boarders(draft, alone_town);
    move_persons(family_rural, alone_rural, collective, alone - boarders);
    move_persons(alone_rural, draft->cell[TW_ALONE_TOWN][0], even, alone_town - boarders);
    split_families(draft, town, census->urban - alone_town);
}
