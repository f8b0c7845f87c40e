/* SPDX-License-Identifier: Apache-2.0 */
/** Margins of the census against the persons and households that were made. */
#include "synthesis/fit.h"

#include <stdlib.h>
#include <string.h>

#include "base/math.h"

enum { MAX_CLASSES = TW_NUM_SEXES * TW_NUM_AGE_GROUPS };

/** One margin: its classes in the census and in the draft. */
typedef struct tw_margin {
    const char *name, *unit;
    int num_classes;
    void (*count)(const tw_county_draft *draft, int64_t *target, int64_t *made);
} tw_margin;

static int in_town(const tw_draft *one)
{
    return one->living == TW_FAMILY_TOWN || one->living == TW_ALONE_TOWN;
}

static int is_family(const tw_draft *one)
{
    return one->living == TW_FAMILY_TOWN || one->living == TW_FAMILY_RURAL;
}

static void count_persons(const tw_county_draft *draft, int64_t *target, int64_t *made)
{
    target[0] = draft->census->persons;
    made[0] = draft->num_members;
}

static void count_urban(const tw_county_draft *draft, int64_t *target, int64_t *made)
{
    target[0] = draft->census->urban;
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        made[0] += in_town(&draft->draft[h]) ? draft->draft[h].size : 0;
    }
}

static void count_families(const tw_county_draft *draft, int64_t *target, int64_t *made)
{
    target[0] = draft->census->families;
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        made[0] += is_family(&draft->draft[h]);
    }
}

static void count_family_persons(const tw_county_draft *draft, int64_t *target, int64_t *made)
{
    target[0] = draft->census->family_persons;
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        made[0] += is_family(&draft->draft[h]) ? draft->draft[h].size : 0;
    }
}

static void count_singles(const tw_county_draft *draft, int64_t *target, int64_t *made)
{
    target[0] = draft->census->one_person_families;
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        made[0] += is_family(&draft->draft[h]) && draft->draft[h].size == 1;
    }
}

static void count_age_sex(const tw_county_draft *draft, int64_t *target, int64_t *made)
{
    for (int i = 0; i < MAX_CLASSES; i++) {
        target[i] = draft->census->age_sex[i / TW_NUM_AGE_GROUPS][i % TW_NUM_AGE_GROUPS];
    }
    for (int32_t i = 0; i < draft->num_members; i++) {
        const tw_member *member = &draft->sorted[i];
        made[member->sex * TW_NUM_AGE_GROUPS + tw_age_group(member->age)]++;
    }
}

static void count_generations(const tw_county_draft *draft, int64_t *target, int64_t *made)
{
    memcpy(target, draft->census->families_by_generations, 4 * sizeof(*target));
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        if (is_family(&draft->draft[h])) {
            made[draft->draft[h].generations - 1]++;
        }
    }
}

static void count_schooling(const tw_county_draft *draft, int64_t *target, int64_t *made)
{
    /* "None" holds all children in the draft and those above a lowest age in the census: left out.
     */
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        for (int level = TW_SCHOOL_PRIMARY; level < TW_NUM_SCHOOLING; level++) {
            target[sex * TW_NUM_SCHOOLING + level] = draft->census->schooling[sex][level];
        }
    }
    for (int32_t i = 0; i < draft->num_members; i++) {
        const tw_member *member = &draft->sorted[i];
        made[member->sex * TW_NUM_SCHOOLING + member->schooling] +=
            member->schooling != TW_SCHOOL_NONE;
    }
}

static void count_marital(const tw_county_draft *draft, int64_t *target, int64_t *made)
{
    int64_t adults[TW_NUM_SEXES] = {0};
    for (int32_t i = 0; i < draft->num_members; i++) {
        const tw_member *member = &draft->sorted[i];
        adults[member->sex] += member->age >= 15;
        made[member->sex * TW_NUM_MARITAL + member->marital] += member->age >= 15;
    }
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        int64_t all = 0;
        for (int state = 0; state < TW_NUM_MARITAL; state++) {
            all += draft->census->marital[sex][state];
        }
        for (int state = 0; state < TW_NUM_MARITAL && all > 0; state++) {
            target[sex * TW_NUM_MARITAL + state] = tw_round(
                (double)draft->census->marital[sex][state] * (double)adults[sex] / (double)all);
        }
    }
}

static void count_elsewhere(const tw_county_draft *draft, int64_t *target, int64_t *made)
{
    memcpy(target, draft->census->registered_elsewhere, TW_NUM_ELSEWHERE * sizeof(*target));
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        const tw_draft *one = &draft->draft[h];
        if (one->elsewhere >= 0) {
            made[one->elsewhere] += one->size;
        }
    }
}

static void count_couples(const tw_county_draft *draft, int64_t *target, int64_t *made)
{
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        const tw_member *pair = &draft->sorted[draft->first[h]];
        if (draft->draft[h].couple) {
            const int gap = abs((int)pair[0].age - (int)pair[1].age);
            target[0]++;
            made[0] += gap <= 10;
        }
    }
}

static void count_mothers(const tw_county_draft *draft, int64_t *target, int64_t *made)
{
    for (int32_t i = 0; i < draft->num_members; i++) {
        const tw_member *member = &draft->sorted[i];
        const tw_draft *one = &draft->draft[member->household];
        if (member->age < 18 && is_family(one) && i > draft->first[member->household]) {
            const int gap = one->parent_age - member->age;
            target[0]++;
            made[0] += gap >= 16 && gap <= 45;
        }
    }
}

static void count_adult_heads(const tw_county_draft *draft, int64_t *target, int64_t *made)
{
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        if (is_family(&draft->draft[h])) {
            target[0]++;
            made[0] += draft->sorted[draft->first[h]].age >= 18;
        }
    }
}

static const tw_margin margins[] = {
    {"persons",                            "persons",    1,                              count_persons       },
    {"persons in towns",                   "persons",    1,                              count_urban         },
    {"family households",                  "households", 1,                              count_families      },
    {"persons in family households",       "persons",    1,                              count_family_persons},
    {"one-person family households",       "households", 1,                              count_singles       },
    {"age group x sex",                    "persons",    MAX_CLASSES,                    count_age_sex       },
    {"generations (by ages, approximate)", "households", 4,                              count_generations   },
    {"schooling x sex, primary and above", "persons",    TW_NUM_SEXES *TW_NUM_SCHOOLING,
     count_schooling                                                                                         },
    {"marital status x sex, 15 and over",  "persons",    TW_NUM_SEXES *TW_NUM_MARITAL,   count_marital       },
    {"registered elsewhere by class",      "persons",    TW_NUM_ELSEWHERE,               count_elsewhere     },
    {"couples at most 10 years apart",     "couples",    1,                              count_couples       },
    {"children with a parent 16-45 older", "persons",    1,                              count_mothers       },
    {"families headed by an adult",        "households", 1,                              count_adult_heads   },
};

static void measure(const tw_county_draft *drafts, int num, const tw_margin *margin,
                    tw_fit_row *row)
{
    int64_t absolute = 0;
    memset(row, 0, sizeof *row);
    snprintf(row->margin, sizeof row->margin, "%s", margin->name);
    row->unit = margin->unit;
    for (int c = 0; c < num; c++) {
        int64_t target[MAX_CLASSES] = {0}, made[MAX_CLASSES] = {0}, error = 0;
        margin->count(&drafts[c], target, made);
        for (int i = 0; i < margin->num_classes; i++) {
            row->target += target[i];
            row->simulated += made[i];
            error += made[i] > target[i] ? made[i] - target[i] : target[i] - made[i];
        }
        absolute += error;
        if (error > row->worst_error) {
            row->worst_error = error;
            row->worst_county = c;
        }
    }
    row->absolute_error_share = row->target > 0 ? (double)absolute / (double)row->target : 0;
}

void tw_fit_measure(const tw_county_draft *drafts, int num, tw_fit *fit)
{
    fit->num_rows = 0;
    for (size_t i = 0; i < sizeof margins / sizeof *margins; i++) {
        measure(drafts, num, &margins[i], &fit->row[fit->num_rows++]);
    }
}

void tw_fit_print(const tw_fit *fit, const tw_region *region, FILE *out)
{
    fprintf(out, "%-36s %-11s %10s %10s %9s  %s\n", "margin", "unit", "census", "made", "error",
            "largest error in");
    for (int i = 0; i < fit->num_rows; i++) {
        const tw_fit_row *row = &fit->row[i];
        fprintf(out, "%-36s %-11s %10lld %10lld %8.3f%%  ", row->margin, row->unit,
                (long long)row->target, (long long)row->simulated, 100 * row->absolute_error_share);
        if (row->worst_error > 0) {
            fprintf(out, "%s (%lld)\n", region->counties[row->worst_county].name,
                    (long long)row->worst_error);
        } else {
            fprintf(out, "none\n");
        }
    }
}
