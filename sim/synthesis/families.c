/* SPDX-License-Identifier: Apache-2.0 */
/** Households: how many, how large, who heads them, and everybody's place in one. */
#include <string.h>

#include "base/assert.h"
#include "base/math.h"
#include "synthesis/county.h"

enum { MAX_SIZE = 14, ADULT = 18 };

static int64_t sum_cells(const tw_county_draft *draft, int living, int from_age)
{
    int64_t sum = 0;
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        for (int age = from_age; age < TW_SYNTH_AGES; age++) {
            sum += draft->cell[living][sex][age];
        }
    }
    return sum;
}

/** Families of one zone: number, persons, of them alone. */
typedef struct tw_zone_plan {
    int64_t families, persons, singles;
} tw_zone_plan;

static int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

/* Fewest and most one-person families that leave at least two and at most MAX_SIZE for the others.
 */
static void single_range(const tw_zone_plan *plan, int64_t *low, int64_t *high)
{
    *low = clamp(2 * plan->families - plan->persons, 0, plan->families);
    *high = plan->persons > plan->families ? plan->families - 1 : plan->families;
    /* Enough places for everybody: MAX_SIZE (families - singles) >= persons - singles. */
    const int64_t most = (MAX_SIZE * plan->families - plan->persons) / (MAX_SIZE - 1);
    *high = *high < most ? *high : most;
}

/* Splits families and one-person families between town and country by the ratio of sizes. */
static void plan_zones(const tw_county_draft *draft, tw_zone_plan plan[2])
{
    const tw_census *census = draft->census;
    const double ratio = draft->options->rural_size_ratio;
    plan[0].persons = sum_cells(draft, TW_FAMILY_RURAL, 0);
    plan[1].persons = sum_cells(draft, TW_FAMILY_TOWN, 0);
    const double town = (double)plan[1].persons * ratio;
    const double all = town + (double)plan[0].persons;
    int64_t in_town = all > 0 ? tw_round((double)census->families * town / all) : 0;
    /* No more households than adults, at least one where there are persons. */
    const int64_t town_adults = sum_cells(draft, TW_FAMILY_TOWN, ADULT);
    const int64_t rural_adults = sum_cells(draft, TW_FAMILY_RURAL, ADULT);
    in_town = clamp(in_town, census->families - rural_adults, town_adults);
    in_town = clamp(in_town, plan[1].persons > 0, census->families - (plan[0].persons > 0));
    plan[1].families = in_town;
    plan[0].families = census->families - in_town;
    int64_t low[2], high[2];
    single_range(&plan[0], &low[0], &high[0]);
    single_range(&plan[1], &low[1], &high[1]);
    /* Small families are town families: one-person ones go by families times the ratio. */
    const double weight_town = (double)plan[1].families * ratio;
    const double weights = weight_town + (double)plan[0].families;
    int64_t single_town =
        weights > 0 ? tw_round((double)census->one_person_families * weight_town / weights) : 0;
    single_town = clamp(single_town, low[1], high[1]);
    single_town = clamp(single_town, census->one_person_families - high[0],
                        census->one_person_families - low[0]);
    plan[1].singles = clamp(single_town, low[1], high[1]);
    plan[0].singles = clamp(census->one_person_families - plan[1].singles, low[0], high[0]);
}

/* Sizes of the families of a zone: one-person ones, then two and a Poisson number more. */
static void add_sizes(tw_county_draft *draft, int living, const tw_zone_plan *plan)
{
    const int64_t many = plan->families - plan->singles;
    const int64_t persons = plan->persons - plan->singles;
    const double mean = many > 0 ? (double)persons / (double)many - 2 : 0;
    double weight[MAX_SIZE + 1] = {0};
    int64_t cap[MAX_SIZE + 1], count[MAX_SIZE + 1], placed = 0;
    double p = 1;
    for (int size = 2; size <= MAX_SIZE; size++) {
        weight[size] = p;
        p *= mean / (size - 1);
    }
    for (int size = 0; size <= MAX_SIZE; size++) {
        cap[size] = size < 2 ? 0 : many;
    }
    (void)tw_apportion(weight, cap, MAX_SIZE + 1, many, count);
    const int32_t first = draft->num_drafts;
    for (int64_t i = 0; i < plan->singles; i++) {
        draft->draft[draft->num_drafts++] = (tw_draft){.living = (uint8_t)living, .size = 1};
    }
    const int32_t first_many = draft->num_drafts;
    for (int size = 2; size <= MAX_SIZE; size++) {
        for (int64_t i = 0; i < count[size]; i++) {
            draft->draft[draft->num_drafts++] =
                (tw_draft){.living = (uint8_t)living, .size = (uint8_t)size};
            placed += size;
        }
    }
    /* Rounding leaves a few persons over or short: one each, from the middle sizes outwards. */
    for (int pass = 0; placed != persons && many > 0 && pass < 2 * MAX_SIZE; pass++) {
        for (int32_t i = first_many; i < draft->num_drafts && placed != persons; i++) {
            tw_draft *one = &draft->draft[i];
            if (placed < persons && one->size < MAX_SIZE) {
                one->size++;
                placed++;
            } else if (placed > persons && one->size > 2) {
                one->size--;
                placed--;
            }
        }
    }
    tw_assert(placed == persons && draft->num_drafts - first == plan->families);
}

/* Puts a person of a cell into a household as its next member. */
static void place(tw_county_draft *draft, int32_t household, int sex, int age)
{
    tw_draft *one = &draft->draft[household];
    int64_t *cell = &draft->cell[one->living][sex][age];
    tw_assert(*cell > 0 && one->filled < one->size);
    --*cell;
    one->filled++;
    draft->member[draft->num_members++] =
        (tw_member){.household = household, .sex = (uint8_t)sex, .age = (uint8_t)age};
}

/* Head or not: men of middle age most often; assumed shape, the number is exact. */
static double head_weight(int sex, int age, int single)
{
    const double by_age = age < 22 ? 0.1 : age < 30 ? 0.6 : age < 65 ? 1.0 : age < 80 ? 0.7 : 0.4;
    return by_age * (sex == TW_MALE ? 1.0 : single ? 0.8 : 0.35);
}

enum { NUM_CELLS = TW_NUM_SEXES * TW_SYNTH_AGES };

/* How many heads of each sex and age a number of households gets. */
static void choose_heads(const tw_county_draft *draft, int living, int64_t total, int single,
                         int64_t chosen[NUM_CELLS])
{
    double weight[NUM_CELLS];
    int64_t cap[NUM_CELLS];
    for (int i = 0; i < NUM_CELLS; i++) {
        const int sex = i / TW_SYNTH_AGES, age = i % TW_SYNTH_AGES;
        weight[i] = head_weight(sex, age, single);
        cap[i] = age >= ADULT ? draft->cell[living][sex][age] : 0;
    }
    int64_t got = tw_apportion(weight, cap, NUM_CELLS, total, chosen);
    /* Only where adults run out do younger ones head a household, the oldest first. */
    for (int age = ADULT - 1; got < total && age >= 0; age--) {
        for (int sex = 0; sex < TW_NUM_SEXES && got < total; sex++) {
            const int i = sex * TW_SYNTH_AGES + age;
            const int64_t left = draft->cell[living][sex][age];
            chosen[i] = left < total - got ? left : total - got;
            got += chosen[i];
        }
    }
    tw_assert(got == total);
}

/* Places heads into households [from, to), ages mixed over the sizes by a stride. */
static void place_heads(tw_county_draft *draft, int living, int32_t from, int32_t to, int single)
{
    int64_t chosen[NUM_CELLS];
    const int32_t num = to - from;
    choose_heads(draft, living, num, single, chosen);
    /* A stride without common divisor visits every household once, in an even mix of sizes. */
    int32_t stride = (int32_t)(0.6180339887 * num) | 1, at = 0;
    while (num > 1) {
        int32_t a = num, b = stride;
        while (b != 0) {
            const int32_t rest = a % b;
            a = b;
            b = rest;
        }
        if (a == 1) {
            break;
        }
        stride += 2;
    }
    for (int i = 0; i < NUM_CELLS; i++) {
        for (; chosen[i] > 0; chosen[i]--) {
            const int32_t household = from + at;
            draft->draft[household].head_sex = (uint8_t)(i / TW_SYNTH_AGES);
            draft->draft[household].head_age = (uint8_t)(i % TW_SYNTH_AGES);
            draft->draft[household].parent_age = (uint8_t)(i % TW_SYNTH_AGES);
            place(draft, household, i / TW_SYNTH_AGES, i % TW_SYNTH_AGES);
            at = (int32_t)(((int64_t)at + stride) % num);
        }
    }
}

/* Married share of the county's women over 18, from the 10 % table; couples are part of them. */
static double married_share(const tw_census *census)
{
    int64_t married = 0, all = 0;
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        for (int state = 0; state < TW_NUM_MARITAL; state++) {
            all += census->marital[sex][state];
            married += state == TW_MARRIED ? census->marital[sex][state] : 0;
        }
    }
    return all > 0 ? (double)married / (double)all : 0.6;
}

/* A partner for a head: nearest age to two years below a man's, above a woman's; -1 = none. */
static int partner_age(const tw_county_draft *draft, const tw_draft *one)
{
    const int sex = 1 - one->head_sex;
    const int wanted = one->head_age + (one->head_sex == TW_MALE ? -2 : 2);
    for (int step = 0; step <= 12; step++) {
        const int below = wanted - step, above = wanted + step;
        if (below >= ADULT && below < TW_SYNTH_AGES && draft->cell[one->living][sex][below] > 0) {
            return below;
        }
        if (above >= ADULT && above < TW_SYNTH_AGES && draft->cell[one->living][sex][above] > 0) {
            return above;
        }
    }
    return -1;
}

/* Couples first among male heads, until the married persons of the zone are used up. */
static void place_partners(tw_county_draft *draft, int living, int32_t from, int32_t to)
{
    int64_t adults = sum_cells(draft, living, ADULT) + (to - from);
    int64_t couples = (int64_t)(0.5 * married_share(draft->census) * (double)adults);
    for (int sex = TW_MALE; sex <= TW_FEMALE; sex++) {
        for (int32_t h = from; h < to && couples > 0; h++) {
            tw_draft *one = &draft->draft[h];
            const int age = one->head_sex == sex && one->head_age >= ADULT && !one->couple
                                ? partner_age(draft, one)
                                : -1;
            if (age >= 0) {
                one->couple = 1;
                /* The mother's age decides about children. */
                one->parent_age = (uint8_t)(one->head_sex == TW_MALE ? age : one->head_age);
                place(draft, h, 1 - one->head_sex, age);
                couples--;
            }
        }
    }
}

/** Households with room, queued by the age of the parent. */
typedef struct tw_queues {
    int32_t first[TW_SYNTH_AGES], last[TW_SYNTH_AGES];
} tw_queues;

static void enqueue(tw_county_draft *draft, tw_queues *queues, int32_t household)
{
    const int age = draft->draft[household].parent_age;
    draft->draft[household].next = -1;
    if (queues->first[age] < 0) {
        queues->first[age] = household;
    } else {
        draft->draft[queues->last[age]].next = household;
    }
    queues->last[age] = household;
}

/* The queue nearest to the wanted parent age within [low, high]; -1 when all are empty. */
static int nearest_queue(const tw_queues *queues, int wanted, int low, int high)
{
    low = low < 0 ? 0 : low;
    high = high > TW_TOP_AGE ? TW_TOP_AGE : high;
    for (int step = 0; step < TW_SYNTH_AGES; step++) {
        const int below = wanted - step, above = wanted + step;
        if (below < low && above > high) {
            return -1;
        }
        if (below >= low && below <= high && queues->first[below] >= 0) {
            return below;
        }
        if (above >= low && above <= high && queues->first[above] >= 0) {
            return above;
        }
    }
    return -1;
}

/* Takes the first household of a queue for one more member; it goes to the end while it has room.
 */
static void join_queue(tw_county_draft *draft, tw_queues *queues, int queue, int sex, int age)
{
    const int32_t household = queues->first[queue];
    tw_draft *one = &draft->draft[household];
    queues->first[queue] = one->next;
    place(draft, household, sex, age);
    if (one->filled < one->size) {
        enqueue(draft, queues, household);
    }
}

/* Places all persons of an age band whose parents would be about `gap` years older (or younger). */
static void place_band(tw_county_draft *draft, tw_queues *queues, int living, int from_age,
                       int to_age, int gap, int tolerance)
{
    for (int age = to_age; age >= from_age; age--) {
        for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
            while (draft->cell[living][sex][age] > 0) {
                /* A spread of parents' ages around the usual one. */
                const uint64_t word = tw_synth_word(draft, TW_SYNTH_PARENT, draft->num_members);
                const int wanted = age + gap + (int)(word % 15) - 7;
                const int queue =
                    nearest_queue(queues, wanted, age + gap - tolerance, age + gap + tolerance);
                if (queue < 0) {
                    break;
                }
                join_queue(draft, queues, queue, sex, age);
            }
        }
    }
}

/* Who is still without a place takes any. */
static void place_rest(tw_county_draft *draft, tw_queues *queues, int living)
{
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        for (int age = 0; age < TW_SYNTH_AGES; age++) {
            while (draft->cell[living][sex][age] > 0) {
                const int queue = nearest_queue(queues, age + 27, 0, TW_TOP_AGE);
                tw_assert(queue >= 0);
                join_queue(draft, queues, queue, sex, age);
            }
        }
    }
}

static void fill_zone(tw_county_draft *draft, int living, const tw_zone_plan *plan)
{
    const int32_t first = draft->num_drafts;
    add_sizes(draft, living, plan);
    const int32_t many = first + (int32_t)plan->singles, end = draft->num_drafts;
    tw_queues queues;
    place_heads(draft, living, many, end, 0);
    place_heads(draft, living, first, many, 1);
    place_partners(draft, living, many, end);
    memset(queues.first, 0xff, sizeof queues.first);
    memset(queues.last, 0xff, sizeof queues.last);
    for (int32_t h = many; h < end; h++) {
        if (draft->draft[h].filled < draft->draft[h].size) {
            enqueue(draft, &queues, h);
        }
    }
    /* Children with a mother 18 to 42 years older; elders with a child of their own; adult
     * children. */
    place_band(draft, &queues, living, 0, ADULT - 1, 29, 12);
    place_band(draft, &queues, living, 58, TW_TOP_AGE, -27, 14);
    place_band(draft, &queues, living, ADULT, 57, 28, 14);
    place_rest(draft, &queues, living);
}

static void place_alone(tw_county_draft *draft, int living)
{
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        for (int age = 0; age < TW_SYNTH_AGES; age++) {
            int64_t boarders = living == TW_ALONE_TOWN ? draft->boarders[sex][age] : 0;
            while (draft->cell[living][sex][age] > 0) {
                draft->draft[draft->num_drafts] = (tw_draft){.living = (uint8_t)living,
                                                             .boarder = boarders-- > 0,
                                                             .size = 1,
                                                             .head_sex = (uint8_t)sex,
                                                             .head_age = (uint8_t)age};
                place(draft, draft->num_drafts++, sex, age);
            }
        }
    }
}

void tw_draft_families(tw_county_draft *draft)
{
    tw_zone_plan plan[2];
    plan_zones(draft, plan);
    /* Zone by zone, families before collective households: the order of serial numbers. */
    fill_zone(draft, TW_FAMILY_RURAL, &plan[0]);
    place_alone(draft, TW_ALONE_RURAL);
    fill_zone(draft, TW_FAMILY_TOWN, &plan[1]);
    place_alone(draft, TW_ALONE_TOWN);
}
