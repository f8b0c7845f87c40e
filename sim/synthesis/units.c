/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Nuclear families within households, which no table shows: couples and lone parents with their
 * unmarried children, by ages. Assumed, as the couples and children of the skeleton are.
 */
#include "synthesis/county.h"

enum { GENERATION = 15, LATEST_PARENT = 50, COUPLE_GAP = 12 };

/* A child of this parent by age. */
static int could_be_child(const tw_member *parent, const tw_member *child)
{
    const int gap = parent->age - child->age;
    return child->marital == TW_NEVER_MARRIED && gap >= GENERATION && gap <= LATEST_PARENT;
}

/* Units of those who are nobody's child here: a married woman and man of near ages share one. */
static int join_partner(tw_member *member, int num, int at)
{
    for (int i = 0; i < at && i < num; i++) {
        const int gap = member[i].age - member[at].age;
        int taken = 0;
        for (int j = 0; j < at; j++) {
            taken |= j != i && member[j].unit == member[i].unit && member[j].marital == TW_MARRIED;
        }
        if (!taken && member[i].unit > 1 && member[i].marital == TW_MARRIED &&
            member[at].marital == TW_MARRIED && member[i].sex != member[at].sex &&
            gap <= COUPLE_GAP && -gap <= COUPLE_GAP) {
            member[at].unit = member[i].unit;
            return 1;
        }
    }
    return 0;
}

/* Whose child: of the head or the partner where ages allow, else of the nearest such generation. */
static int parent_of(const tw_member *member, int num, int child)
{
    int best = -1;
    for (int i = 0; i < num; i++) {
        if (i == child || !could_be_child(&member[i], &member[child])) {
            continue;
        }
        if (i == 0) {
            return 0;
        }
        if (best < 0 || member[i].age < member[best].age) {
            best = i;
        }
    }
    return best;
}

static void set_household(tw_member *member, int num, int couple)
{
    int parent[256], next = 2;
    for (int i = 0; i < num && i < 256; i++) {
        const int head = i == 0 || (i == 1 && couple);
        member[i].unit = head ? 1 : 0;
        parent[i] = head ? -1 : parent_of(member, num, i);
    }
    /* The grown-up first, then children into the unit of their parent, however long the chain. */
    for (int i = 0; i < num && i < 256; i++) {
        if (member[i].unit == 0 && parent[i] < 0 && !join_partner(member, num, i)) {
            member[i].unit = (uint8_t)(next < 255 ? next++ : 255);
        }
    }
    for (int i = 0; i < num && i < 256; i++) {
        if (member[i].unit == 0 && member[parent[i]].unit != 0) {
            /* A child of a child starts a unit with its parent: a lone parent lives here. */
            member[i].unit = member[parent[i]].unit;
        }
    }
    for (int i = 0; i < num && i < 256; i++) {
        if (member[i].unit == 0) {
            member[i].unit = (uint8_t)(next < 255 ? next++ : 255);
        }
    }
}

void tw_draft_units(tw_county_draft *draft)
{
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        set_household(draft->sorted + draft->first[h], (int)(draft->first[h + 1] - draft->first[h]),
                      draft->draft[h].couple);
    }
}
