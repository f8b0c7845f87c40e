/* SPDX-License-Identifier: Apache-2.0 */
/** What persons and households carry: schooling, marital status, registration, tenure. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "synthesis/county.h"

enum { NUM_CELLS = TW_NUM_SEXES * TW_SYNTH_AGES };

static int is_town(int living)
{
    return living == TW_FAMILY_TOWN || living == TW_ALONE_TOWN;
}

static int is_alone(int living)
{
    return living == TW_ALONE_RURAL || living == TW_ALONE_TOWN;
}

/* Counting sort by household; keeps the order of placing, so that the head stays first. */
static void sort_members(tw_county_draft *draft)
{
    memset(draft->first, 0, ((size_t)draft->num_drafts + 1) * sizeof(*draft->first));
    for (int32_t i = 0; i < draft->num_members; i++) {
        draft->first[draft->member[i].household + 1]++;
    }
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        draft->first[h + 1] += draft->first[h];
        draft->order[h] = draft->first[h];
    }
    for (int32_t i = 0; i < draft->num_members; i++) {
        draft->sorted[draft->order[draft->member[i].household]++] = draft->member[i];
    }
}

/* How likely a person of that age has that level rather than a lower one; assumed shapes. Nearly
 * all children of school age are at the school of their age. */
static double schooling_weight(int level, int age)
{
    static const int lowest_age[TW_NUM_SCHOOLING] = {0, 6, 12, 15, 18};
    if (age < lowest_age[level]) {
        return 0;
    }
    switch (level) {
        case TW_SCHOOL_COLLEGE:
            return age < 22 ? 0.7 : age < 35 ? 1.0 : age < 50 ? 0.45 : age < 60 ? 0.2 : 0.05;
        case TW_SCHOOL_SENIOR:
            return age < 18 ? 4.0 : age < 25 ? 0.8 : age < 35 ? 0.6 : age < 50 ? 0.35 : 0.12;
        case TW_SCHOOL_JUNIOR:
            return age < 15 ? 12.0 : age < 18 ? 2.0 : age < 35 ? 1.0 : age < 50 ? 0.6 : 0.2;
        default:
            return age < 12 ? 12.0 : age < 60 ? 0.9 : 0.35;
    }
}

/* Town residents hold higher schooling more often; assumed. */
static double town_tilt(int level, int town)
{
    return town && level >= TW_SCHOOL_SENIOR ? 2.5 : 1.0;
}

/* Counts of a level by town and age of one sex; takes them out of `left`. */
static void share_level(const tw_county_draft *draft, int sex, int level,
                        int64_t left[2][TW_SYNTH_AGES], int64_t count[2 * TW_SYNTH_AGES])
{
    /* Boarders are at a senior school already. */
    int64_t total = draft->census->schooling[sex][level];
    for (int age = 0; age < TW_SYNTH_AGES && level == TW_SCHOOL_SENIOR; age++) {
        total -= draft->boarders[sex][age];
    }
    double weight[2 * TW_SYNTH_AGES];
    int64_t cap[2 * TW_SYNTH_AGES];
    for (int i = 0; i < 2 * TW_SYNTH_AGES; i++) {
        const int town = i / TW_SYNTH_AGES, age = i % TW_SYNTH_AGES;
        weight[i] = schooling_weight(level, age) * town_tilt(level, town);
        cap[i] = weight[i] > 0 ? left[town][age] : 0;
    }
    (void)tw_apportion(weight, cap, 2 * TW_SYNTH_AGES, total < 0 ? 0 : total, count);
    for (int i = 0; i < 2 * TW_SYNTH_AGES; i++) {
        left[i / TW_SYNTH_AGES][i % TW_SYNTH_AGES] -= count[i];
    }
}

/*
 * Levels from the highest down; who is left has none. Within a cell of (sex, age, zone) the levels
 * fall on persons by systematic sampling with a keyed start: persons of a cell differ in their
 * household only.
 */
static void set_schooling(tw_county_draft *draft)
{
    int64_t people[TW_NUM_SEXES][2][TW_SYNTH_AGES] = {{{0}}};
    int64_t count[TW_NUM_SEXES][TW_NUM_SCHOOLING][2 * TW_SYNTH_AGES];
    int64_t left[TW_NUM_SEXES][2][TW_SYNTH_AGES];
    memset(count, 0, sizeof count);
    for (int32_t i = 0; i < draft->num_members; i++) {
        const tw_member *member = &draft->sorted[i];
        const tw_draft *one = &draft->draft[member->household];
        people[member->sex][is_town(one->living)][member->age] += !one->boarder;
    }
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        int64_t rest[2][TW_SYNTH_AGES];
        memcpy(rest, people[sex], sizeof rest);
        for (int level = TW_SCHOOL_COLLEGE; level > TW_SCHOOL_NONE; level--) {
            share_level(draft, sex, level, rest, count[sex][level]);
        }
    }
    memcpy(left, people, sizeof left);
    for (int32_t i = 0; i < draft->num_members; i++) {
        tw_member *member = &draft->sorted[i];
        if (draft->draft[member->household].boarder) {
            member->schooling = TW_SCHOOL_SENIOR;
            continue;
        }
        const int town = is_town(draft->draft[member->household].living);
        const int cell = town * TW_SYNTH_AGES + member->age;
        int64_t *here = &left[member->sex][town][member->age];
        /* Drawing without replacement from what the cell still has to give. */
        int64_t pick = (int64_t)(tw_synth_uniform(draft, TW_SYNTH_SHUFFLE, i) * (double)*here);
        member->schooling = TW_SCHOOL_NONE;
        for (int level = TW_SCHOOL_COLLEGE; level > TW_SCHOOL_NONE; level--) {
            int64_t *of_level = &count[member->sex][level][cell];
            if (pick < *of_level) {
                --*of_level;
                member->schooling = (uint8_t)level;
                break;
            }
            pick -= *of_level;
        }
        --*here;
    }
}

/* Which of those without a partner in the household are in that state; assumed shapes by age. */
static double marital_weight(int state, int age)
{
    switch (state) {
        case TW_WIDOWED:
            return age < 30 ? 0.02 : age < 50 ? 0.15 : age < 65 ? 1 : 3;
        case TW_DIVORCED:
            return age < 22 ? 0.02 : age < 30 ? 0.5 : age < 60 ? 1 : 0.4;
        case TW_MARRIED:
            return age < 20 ? 0.02 : age < 25 ? 0.3 : age < 60 ? 1 : 0.6;
        default:
            return 1;
    }
}

/* Persons of 15 and over in a state: the table is a sample and is scaled to all of them. */
static int64_t marital_target(const tw_census *census, int sex, int state, int64_t adults)
{
    int64_t all = 0;
    for (int s = 0; s < TW_NUM_MARITAL; s++) {
        all += census->marital[sex][s];
    }
    return all > 0 ? tw_round((double)census->marital[sex][state] * (double)adults / (double)all)
                   : 0;
}

/* Couples in a household are married; the rest of each state goes to others by age. */
static void set_marital(tw_county_draft *draft)
{
    int64_t open[TW_NUM_SEXES][TW_SYNTH_AGES] = {{0}}, adults[TW_NUM_SEXES] = {0};
    int64_t coupled[TW_NUM_SEXES] = {0};
    int64_t count[TW_NUM_SEXES][TW_NUM_MARITAL][TW_SYNTH_AGES];
    memset(count, 0, sizeof count);
    for (int32_t i = 0; i < draft->num_members; i++) {
        tw_member *member = &draft->sorted[i];
        const int32_t place = i - draft->first[member->household];
        const int couple = draft->draft[member->household].couple && place < 2;
        member->marital = couple ? TW_MARRIED : TW_NEVER_MARRIED;
        adults[member->sex] += member->age >= 15;
        coupled[member->sex] += couple;
        open[member->sex][member->age] += member->age >= 15 && !couple;
    }
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        for (int state = TW_WIDOWED; state >= TW_MARRIED; state--) {
            int64_t target = marital_target(draft->census, sex, state, adults[sex]);
            double weight[TW_SYNTH_AGES];
            target -= state == TW_MARRIED ? coupled[sex] : 0;
            for (int age = 0; age < TW_SYNTH_AGES; age++) {
                weight[age] = marital_weight(state, age);
            }
            (void)tw_apportion(weight, open[sex], TW_SYNTH_AGES, target < 0 ? 0 : target,
                               count[sex][state]);
            for (int age = 0; age < TW_SYNTH_AGES; age++) {
                open[sex][age] -= count[sex][state][age];
            }
        }
        for (int age = 0; age < TW_SYNTH_AGES; age++) {
            count[sex][TW_NEVER_MARRIED][age] = open[sex][age];
        }
    }
    for (int32_t i = 0; i < draft->num_members; i++) {
        tw_member *member = &draft->sorted[i];
        if (member->age < 15 || member->marital == TW_MARRIED) {
            continue;
        }
        int64_t here = 0;
        for (int state = 0; state < TW_NUM_MARITAL; state++) {
            here += count[member->sex][state][member->age];
        }
        int64_t pick = (int64_t)(tw_synth_uniform(draft, TW_SYNTH_SHUFFLE, -1 - i) * (double)here);
        for (int state = 0; state < TW_NUM_MARITAL; state++) {
            int64_t *of_state = &count[member->sex][state][member->age];
            if (pick < *of_state) {
                --*of_state;
                member->marital = (uint8_t)state;
                break;
            }
            pick -= *of_state;
        }
    }
}

static int compare_keys(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return (a[0] > b[0]) - (a[0] < b[0]);
}

enum { NUM_RANKS = 4 };

/* Rank of a household among those that may be registered elsewhere, below 0 = it may not. */
static int rank_of(const tw_draft *one, const int rank[TW_NUM_LIVINGS])
{
    return one->elsewhere >= 0 || one->boarder ? -1 : rank[one->living];
}

/* Lists them rank by rank, those of r in [start[r], start[r + 1]), not yet mixed. */
static void group_by_rank(tw_county_draft *draft, const int rank[TW_NUM_LIVINGS],
                          int32_t start[NUM_RANKS + 1])
{
    int32_t next[NUM_RANKS];
    memset(start, 0, (NUM_RANKS + 1) * sizeof(*start));
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        const int r = rank_of(&draft->draft[h], rank);
        start[r + 1] += r >= 0;
    }
    for (int r = 0; r < NUM_RANKS; r++) {
        next[r] = start[r];
        start[r + 1] += start[r];
    }
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        const int r = rank_of(&draft->draft[h], rank);
        if (r >= 0) {
            draft->key[2 * next[r]++ + 1] = (uint64_t)h;
        }
    }
}

/* Mixes the households [from, to) of the list. */
static void sort_by_key(tw_county_draft *draft, int32_t from, int32_t to)
{
    for (int32_t i = from; i < to; i++) {
        const int32_t h = (int32_t)draft->key[2 * i + 1];
        draft->key[2 * i] = tw_synth_word(draft, TW_SYNTH_ORDER, h) >> 4;
    }
    qsort(draft->key + 2 * from, (size_t)(to - from), 2 * sizeof(*draft->key), compare_keys);
}

/* Persons of a class that are still to be found, and of them in households of one. */
typedef struct quota {
    int class;
    int64_t persons, alone;
} quota;

/* Marks whole households of the list. */
static void mark_some(tw_county_draft *draft, int32_t from, int32_t to, int most_alone, quota *left)
{
    for (int32_t i = from; i < to && left->persons > 0; i++) {
        tw_draft *one = &draft->draft[draft->key[2 * i + 1]];
        const int alone = is_alone(one->living);
        if (one->elsewhere >= 0 || one->size > left->persons ||
            (most_alone && alone && left->alone <= 0)) {
            continue;
        }
        one->elsewhere = (int8_t)left->class;
        left->persons -= one->size;
        left->alone -= alone;
    }
}

/* Marks whole households as registered elsewhere until the persons of the class are used up: rank
 * by rank, and only as many as it takes are put into their order. First dormitories hold no more
 * than their part; then they fill up. */
static void mark_elsewhere(tw_county_draft *draft, quota left, const int rank[TW_NUM_LIVINGS])
{
    int32_t start[NUM_RANKS + 1];
    int sorted = 0;
    group_by_rank(draft, rank, start);
    for (int most_alone = 1; most_alone >= 0; most_alone--) {
        for (int r = 0; r < NUM_RANKS && left.persons > 0; r++) {
            if (r == sorted) {
                sort_by_key(draft, start[r], start[r + 1]);
                sorted++;
            }
            mark_some(draft, start[r], start[r + 1], most_alone, &left);
        }
    }
}

static double distance(const tw_county *a, const tw_county *b)
{
    const double degree_km = 111.2;
    /* At the latitudes of a region a plane will do; 25 km so that neighbours do not take all. */
    const double north = (a->latitude - b->latitude) * degree_km;
    const double east = (a->longitude - b->longitude) * degree_km * 0.86;
    return sqrt(north * north + east * east) + 25;
}

/* Cumulated weights of the counties people of another county come from: rural population / km. */
static void origin_weights(const tw_county_draft *draft, double *cumulated)
{
    const tw_region *region = draft->region;
    const tw_census *census = region->census[draft->options->census];
    double sum = 0;
    for (int c = 0; c < region->num_counties; c++) {
        const double rural = (double)(census[c].persons - census[c].urban);
        sum += c == draft->county
                   ? 0
                   : rural / distance(&region->counties[c], &region->counties[draft->county]);
        cumulated[c] = sum;
    }
}

static int draw_origin(const tw_county_draft *draft, const double *cumulated, int32_t household)
{
    const int num = draft->region->num_counties;
    const double u = tw_synth_uniform(draft, TW_SYNTH_ORIGIN, household) * cumulated[num - 1];
    int low = 0, high = num - 1;
    while (low < high) {
        const int middle = low + (high - low) / 2;
        if (cumulated[middle] < u) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void set_zones_of_registration(tw_county_draft *draft, const double *cumulated)
{
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        tw_draft *one = &draft->draft[h];
        int zone = tw_zone(draft->county, is_town(one->living) ? TW_TOWN : TW_RURAL);
        if (one->boarder) {
            zone = tw_zone(draft->county, TW_RURAL);
        } else if (one->elsewhere == TW_ELSEWHERE_OUTSIDE) {
            zone = TW_OUTSIDE;
        } else if (one->elsewhere == TW_ELSEWHERE_OTHER_COUNTY) {
            zone = tw_zone(draw_origin(draft, cumulated, h), TW_RURAL);
        } else if (one->elsewhere == TW_ELSEWHERE_SAME_COUNTY) {
            zone = tw_zone(draft->county, TW_RURAL);
        }
        one->registered = (int16_t)zone;
    }
}

static void set_registration(tw_county_draft *draft)
{
    const tw_census *census = draft->census;
    static const int town_first[TW_NUM_LIVINGS] = {
        [TW_FAMILY_RURAL] = 3, [TW_FAMILY_TOWN] = 0, [TW_ALONE_RURAL] = 1, [TW_ALONE_TOWN] = 0};
    static const int town_only[TW_NUM_LIVINGS] = {
        [TW_FAMILY_RURAL] = -1, [TW_FAMILY_TOWN] = 0, [TW_ALONE_RURAL] = -1, [TW_ALONE_TOWN] = 1};
    const int64_t outside = census->registered_elsewhere[TW_ELSEWHERE_OUTSIDE];
    const int64_t other = census->registered_elsewhere[TW_ELSEWHERE_OTHER_COUNTY];
    int64_t same = census->registered_elsewhere[TW_ELSEWHERE_SAME_COUNTY];
    /* Another township of the same county: people of the country in town. Where the town is nearly
       the whole county they come from its other streets: no more than the country's residents. */
    const int64_t rural = census->persons - census->urban;
    same = same < rural ? same : rural;
    double *cumulated = malloc((size_t)draft->region->num_counties * sizeof(*cumulated));
    if (cumulated == NULL) {
        draft->status = TW_NO_MEMORY;
        return;
    }
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        draft->draft[h].elsewhere = -1;
    }
    /* Half of those from outside and a third of those from other counties live in dormitories and
       on sites; assumed. */
    mark_elsewhere(draft, (quota){TW_ELSEWHERE_OUTSIDE, outside, outside / 2}, town_first);
    mark_elsewhere(draft, (quota){TW_ELSEWHERE_OTHER_COUNTY, other, other / 3}, town_first);
    mark_elsewhere(draft, (quota){TW_ELSEWHERE_SAME_COUNTY, same, same / 4}, town_only);
    origin_weights(draft, cumulated);
    set_zones_of_registration(draft, cumulated);
    free(cumulated);
}

/* Town families by tenure out of the county's table, after rural families have taken own houses. */
static void town_tenures(const tw_county_draft *draft, int64_t rural, int64_t town,
                         int64_t count[TW_NUM_TENURES])
{
    const int64_t *table = draft->census->families_by_tenure;
    double owned = 0, rented = (double)table[TW_TENURE_RENTED];
    const double other = (double)table[TW_TENURE_OTHER];
    double all = rented + other;
    for (int i = TW_TENURE_SELF_BUILT; i <= TW_TENURE_INHERITED; i++) {
        owned += (double)table[i];
    }
    all += owned;
    memset(count, 0, TW_NUM_TENURES * sizeof(*count));
    if (all <= 0) {
        count[TW_OTHER_TENURE] = town;
        return;
    }
    /* The long form asks a tenth of the families; what it covers of all, at most all. */
    double covered = 10 * all / (double)(rural + town);
    covered = covered > 1 ? 1 : covered;
    const double rural_part = (double)rural / (double)(rural + town) * all;
    owned = owned > rural_part ? owned - rural_part : 0;
    const double left = owned + rented + other;
    const double scale = left > 0 ? covered * (double)town / left : 0;
    rented *= scale;
    count[TW_PUBLIC_RENTAL] = tw_round(draft->options->public_rental_share * rented);
    count[TW_TOWN_RENTER] = tw_round(rented) - count[TW_PUBLIC_RENTAL];
    count[TW_TOWN_OWNER] = tw_round(owned * scale);
    int64_t named = count[TW_PUBLIC_RENTAL] + count[TW_TOWN_RENTER] + count[TW_TOWN_OWNER];
    if (named > town) {
        count[TW_TOWN_OWNER] -= named - town;
        named = town;
    }
    count[TW_OTHER_TENURE] = town - named;
}

/* Newcomers rent, natives own: the keyed order within those registered elsewhere, then the rest. */
static void set_tenure(tw_county_draft *draft)
{
    int64_t rural = 0, town = 0, count[TW_NUM_TENURES];
    int32_t num = 0;
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        tw_draft *one = &draft->draft[h];
        rural += one->living == TW_FAMILY_RURAL;
        town += one->living == TW_FAMILY_TOWN;
        one->tenure = is_alone(one->living) ? TW_COLLECTIVE : TW_RURAL_HOUSE;
        if (one->living == TW_FAMILY_TOWN) {
            const uint64_t rank = one->elsewhere >= 0 ? 0 : 1;
            draft->key[2 * num] = rank << 60 | tw_synth_word(draft, TW_SYNTH_ORDER, -1 - h) >> 4;
            draft->key[2 * num + 1] = (uint64_t)h;
            num++;
        }
    }
    qsort(draft->key, (size_t)num, 2 * sizeof(*draft->key), compare_keys);
    town_tenures(draft, rural, town, count);
    static const int order[] = {TW_TOWN_RENTER, TW_PUBLIC_RENTAL, TW_OTHER_TENURE, TW_TOWN_OWNER};
    int which = 0;
    for (int32_t i = 0; i < num; i++) {
        while (which < 3 && count[order[which]] == 0) {
            which++;
        }
        count[order[which]]--;
        draft->draft[draft->key[2 * i + 1]].tenure = (uint8_t)order[which];
    }
}

/* Generations by ages: members more than 15 years apart in chains of up to four. */
static void count_generations(tw_county_draft *draft)
{
    for (int32_t h = 0; h < draft->num_drafts; h++) {
        int low = 200, high = -1;
        for (int32_t i = draft->first[h]; i < draft->first[h + 1]; i++) {
            low = draft->sorted[i].age < low ? draft->sorted[i].age : low;
            high = draft->sorted[i].age > high ? draft->sorted[i].age : high;
        }
        draft->draft[h].generations = (uint8_t)tw_generations(high - low);
    }
}

void tw_draft_attributes(tw_county_draft *draft)
{
    sort_members(draft);
    set_schooling(draft);
    set_marital(draft);
    tw_draft_units(draft);
    set_registration(draft);
    if (draft->status == TW_OK) {
        set_tenure(draft);
        tw_draft_work(draft);
        count_generations(draft);
    }
}
