/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Pairing: the one stable pairing of symmetric scores.
 *
 * Scores are not read here: whom one prefers of two is asked of the function itself, with a list of
 * these three persons.
 */
#include "exchange/pairing.h"

#include <stdlib.h>

#include "test.h"

enum { QUARTER = 200, MOST = 4096 };
static const tw_age_window usual_window = {48, 24, 8};
static const tw_age_window wide_window = {240, 240, 8};

static tw_key key(void)
{
    return tw_key_make(3, 0);
}

static uint64_t draw_number(uint64_t what, uint64_t i, uint64_t below)
{
    return tw_draw_at(tw_key_make(what, 0), TW_DRAW_TEST, i, 0, 0).word[0] % below;
}

/* Person i of a random list: three prefectures with five counties, some kin. */
static tw_seeker seeker_at(uint64_t seed, int i, int counties)
{
    const uint64_t at = (uint64_t)i;
    const int county = (int)draw_number(seed, 10 * at, (uint64_t)counties);
    const int shared = draw_number(seed, 10 * at + 1, 4) == 0;
    const uint64_t home = shared ? 1 + draw_number(seed, 10 * at + 2, 6) : 1000 + at;
    const uint64_t kin =
        draw_number(seed, 10 * at + 3, 3) == 0 ? 1 + draw_number(seed, 10 * at + 4, 6) : 0;
    return (tw_seeker){.uid = tw_mix2(seed, at),
                       .kin_uid = kin,
                       .household_uid = home,
                       .prefecture = county / 2,
                       .county = county,
                       .birth = (int16_t)(80 + draw_number(seed, 10 * at + 5, 48)),
                       .sex = (uint8_t)draw_number(seed, 10 * at + 6, 2)};
}

/** A list, and of everyone in it the partner's index there, or -1. */
typedef struct tw_matching {
    tw_seekers list;
    int32_t num_pairs;
    tw_pair pair[MOST];
    int32_t partner[MOST];
} tw_matching;

static void add(tw_seekers *list, tw_seeker seeker)
{
    CHECK(list->count < MOST);
    CHECK(tw_seekers_add(list, &seeker) == TW_OK);
}

static void pair_up(tw_matching *of, const tw_age_window *window, int threads)
{
    CHECK(tw_seekers_pair(&of->list, key(), QUARTER, window, threads, of->pair, &of->num_pairs) ==
          TW_OK);
    for (int32_t i = 0; i < of->list.count; i++) {
        of->partner[i] = -1;
    }
    int wrong = 0;
    for (int32_t p = 0; p < of->num_pairs; p++) {
        const int32_t man = of->pair[p].man, woman = of->pair[p].woman;
        wrong += of->list.row[man].sex != TW_MALE || of->list.row[woman].sex != TW_FEMALE;
        wrong += of->partner[man] >= 0 || of->partner[woman] >= 0;
        of->partner[man] = woman;
        of->partner[woman] = man;
    }
    for (int32_t i = 0; i < of->list.count; i++) {
        wrong += of->list.row[i].paired != (of->partner[i] >= 0);
    }
    CHECK_EQ_INT(wrong, 0);
}

/* The matching of the persons 0..num of a random list; added in an order of its own by `step`. */
static tw_matching *matching_of(uint64_t seed, int num, int counties, int step,
                                const tw_age_window *window, int threads)
{
    tw_matching *of = calloc(1, sizeof(*of));
    if (of == NULL) {
        exit(1);
    }
    for (int i = 0; i < num; i++) {
        add(&of->list, seeker_at(seed, (int)((int64_t)i * step % num), counties));
    }
    pair_up(of, window, threads);
    return of;
}

static void matching_free(tw_matching *of)
{
    tw_seekers_free(&of->list);
    free(of);
}

/* Of a few persons put into one county: the uid of the partner of the first, 0 = none. */
static uint64_t partner_among(const tw_seeker *one, const tw_seeker *a, const tw_seeker *b,
                              const tw_age_window *window)
{
    const tw_seeker *all[] = {one, a, b};
    tw_seekers list = {0};
    tw_pair pair[3];
    int32_t num = 0;
    uint64_t partner = 0;
    for (int i = 0; i < 3; i++) {
        if (all[i] != NULL) {
            tw_seeker copy = *all[i];
            copy.county = copy.prefecture = copy.paired = 0;
            CHECK(tw_seekers_add(&list, &copy) == TW_OK);
        }
    }
    CHECK(tw_seekers_pair(&list, key(), QUARTER, window, 1, pair, &num) == TW_OK);
    for (int32_t p = 0; p < num; p++) {
        const uint64_t man = list.row[pair[p].man].uid, woman = list.row[pair[p].woman].uid;
        partner = man == one->uid ? woman : woman == one->uid ? man : partner;
    }
    tw_seekers_free(&list);
    return partner;
}

/* Closest ring that two persons share: 0 county, 1 prefecture, 2 region. */
static int ring_of(const tw_seeker *a, const tw_seeker *b)
{
    return a->prefecture != b->prefecture ? 2 : a->county != b->county;
}

/*
 * Whether one would leave the present lot for the other: is alone, or paired in a wider ring than
 * the two share, or in the same with somebody who is liked less. Narrower rings come first.
 */
static int would(const tw_matching *of, int32_t one, int32_t other, const tw_age_window *window)
{
    const tw_seeker *row = of->list.row;
    const int32_t partner = of->partner[one];
    const int ring = ring_of(&row[one], &row[other]);
    if (partner < 0 || ring_of(&row[one], &row[partner]) > ring) {
        return 1;
    }
    return ring_of(&row[one], &row[partner]) == ring &&
           partner_among(&row[one], &row[other], &row[partner], window) == row[other].uid;
}

static void no_two_prefer_each_other(void)
{
    int blocking = 0, pairs = 0, alone = 0, ring_pairs[3] = {0};
    for (uint64_t seed = 1; seed <= 12; seed++) {
        tw_matching *of = matching_of(seed, 60, 6, 1, &usual_window, 1);
        const tw_seeker *row = of->list.row;
        pairs += of->num_pairs;
        for (int32_t m = 0; m < of->list.count; m++) {
            alone += of->partner[m] < 0;
            for (int32_t w = 0; w < of->list.count; w++) {
                if (row[m].sex != TW_MALE || row[w].sex != TW_FEMALE) {
                    continue;
                }
                const int fit = partner_among(&row[m], &row[w], NULL, &usual_window) == row[w].uid;
                const int paired = of->partner[m] == w;
                CHECK(fit || !paired);
                ring_pairs[ring_of(&row[m], &row[w])] += paired;
                blocking += fit && !paired && would(of, m, w, &usual_window) &&
                            would(of, w, m, &usual_window);
            }
        }
        matching_free(of);
    }
    CHECK_EQ_INT(blocking, 0);
    /* The rings and the lonely were all put to the test. */
    CHECK(ring_pairs[0] > 0 && ring_pairs[1] > 0 && ring_pairs[2] > 0 && alone > 0);
    CHECK(pairs > 200);
}

/* The same pairs in the same order, however the list came and on any threads. */
static void order_and_threads_do_not_matter(void)
{
    tw_matching *first = matching_of(21, 1009, 6, 1, &usual_window, 1);
    static const int steps[] = {1, 1008, 7, 501};
    CHECK(first->num_pairs > 300);
    for (int v = 0; v < 12; v++) {
        tw_matching *other = matching_of(21, 1009, 6, steps[v % 4], &usual_window, 1 + v / 4);
        int wrong = other->num_pairs != first->num_pairs;
        for (int32_t p = 0; p < first->num_pairs && !wrong; p++) {
            wrong += first->list.row[first->pair[p].man].uid !=
                         other->list.row[other->pair[p].man].uid ||
                     first->list.row[first->pair[p].woman].uid !=
                         other->list.row[other->pair[p].woman].uid;
        }
        CHECK_EQ_INT(wrong, 0);
        matching_free(other);
    }
    matching_free(first);
}

static tw_seeker person(uint64_t uid, int sex, int birth)
{
    return (tw_seeker){
        .uid = uid, .household_uid = 100 + uid, .birth = (int16_t)birth, .sex = (uint8_t)sex};
}

static int fits(tw_seeker man, tw_seeker woman, const tw_age_window *window)
{
    return partner_among(&man, &woman, NULL, window) == woman.uid;
}

static void ages_keep_to_the_window(void)
{
    for (int older = -100; older <= 100; older++) {
        const tw_seeker man = person(1, TW_MALE, 100), woman = person(2, TW_FEMALE, 100 + older);
        CHECK_EQ_INT(fits(man, woman, &usual_window), older >= -24 && older <= 48);
    }
}

static void kin_do_not_pair(void)
{
    for (int same = 0; same <= 1; same++) {
        tw_seeker man = person(1, TW_MALE, 100), woman = person(2, TW_FEMALE, 108);
        CHECK(fits(man, woman, &usual_window)); /* both know of no kin: no obstacle */
        woman.household_uid = same ? man.household_uid : woman.household_uid;
        CHECK_EQ_INT(fits(man, woman, &usual_window), !same);
        woman = person(2, TW_FEMALE, 108);
        woman.kin_uid = same ? man.household_uid : 7;
        CHECK_EQ_INT(fits(man, woman, &usual_window), !same);
        woman.kin_uid = 9;
        man.kin_uid = same ? 9 : 7;
        CHECK_EQ_INT(fits(man, woman, &usual_window), !same);
        woman.kin_uid = 0;
        man.kin_uid = same ? woman.household_uid : 7;
        CHECK_EQ_INT(fits(man, woman, &usual_window), !same);
    }
}

/* How often the first distance is preferred to the second, in a thousand. */
static int preferred(int off, int further, const tw_age_window *window)
{
    int times = 0;
    for (uint64_t i = 0; i < 1000; i++) {
        const tw_seeker woman = person(3 * i + 1, TW_FEMALE, 1000);
        const tw_seeker a = person(3 * i + 2, TW_MALE, 1000 - window->usual - off);
        const tw_seeker b = person(3 * i + 3, TW_MALE, 1000 - window->usual - further);
        times += partner_among(&woman, &a, &b, window) == a.uid;
    }
    return times;
}

/* The further off the usual distance, the worse; at the ends of the widest window too. */
static void ages_near_the_usual_are_preferred(void)
{
    CHECK(preferred(0, 20, &usual_window) > 650);
    CHECK(preferred(4, 4, &usual_window) > 400 && preferred(4, 4, &usual_window) < 600);
    CHECK(preferred(0, 40, &usual_window) > preferred(0, 20, &usual_window));
    CHECK(preferred(60, 220, &wide_window) > 850);
    CHECK(preferred(100, 220, &wide_window) > 750);
}

/* Index of a uid in a sorted or unsorted list, or -1. */
static int32_t find(const tw_matching *of, uint64_t uid)
{
    for (int32_t i = 0; i < of->list.count; i++) {
        if (of->list.row[i].uid == uid) {
            return i;
        }
    }
    return -1;
}

static uint64_t partner_uid(const tw_matching *of, uint64_t uid)
{
    const int32_t i = find(of, uid);
    return i < 0 || of->partner[i] < 0 ? 0 : of->list.row[of->partner[i]].uid;
}

/* Persons of `before` who have another partner in `after`, or none. */
static int count_changed(const tw_matching *before, const tw_matching *after)
{
    int changed = 0;
    for (int32_t i = 0; i < before->list.count; i++) {
        const uint64_t uid = before->list.row[i].uid;
        changed += partner_uid(before, uid) != partner_uid(after, uid);
    }
    return changed;
}

/* Persons met on the one chain: the newcomer's partner, who was left for it, and so on. */
static int chain_length(const tw_matching *before, const tw_matching *after, uint64_t newcomer)
{
    int met = 0;
    for (uint64_t one = newcomer; one != 0 && met <= before->list.count;) {
        const uint64_t partner = partner_uid(after, one);
        one = partner == 0 ? 0 : partner_uid(before, partner);
        met += (partner != 0) + (one != 0);
    }
    return met;
}

/* One more seeker: whoever changes partner is on the chain that begins with the newcomer. */
static void one_more_alters_one_chain(void)
{
    double changed = 0;
    int longest = 0, wrong = 0, in_vain = 0;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        tw_matching *before = matching_of(100 + seed, 600, 6, 1, &usual_window, 1);
        tw_matching *after = matching_of(100 + seed, 601, 6, 1, &usual_window, 1);
        const int now = count_changed(before, after);
        const uint64_t newcomer = seeker_at(100 + seed, 600, 6).uid;
        wrong += now != chain_length(before, after, newcomer);
        in_vain += now == 0;
        longest = now > longest ? now : longest;
        changed += now / 30.0;
        matching_free(before);
        matching_free(after);
    }
    printf("one more among 600 alters %.1f persons, at most %d\n", changed, longest);
    CHECK_EQ_INT(wrong, 0);
    CHECK(in_vain < 30);
    CHECK(changed < 0.05 * 600);
}

static void lopsided_and_empty_lists(void)
{
    tw_matching *of = calloc(1, sizeof(*of));
    CHECK(of != NULL);
    if (of == NULL) {
        return;
    }
    pair_up(of, &usual_window, 2);
    CHECK_EQ_INT(of->num_pairs, 0);
    for (uint64_t i = 1; i <= 2000; i++) {
        add(&of->list, person(i, TW_MALE, 100));
        if (i == 1 || i == 1000) {
            pair_up(of, &usual_window, 2);
            CHECK_EQ_INT(of->num_pairs, 0);
        }
    }
    for (uint64_t i = 2001; i <= 2003; i++) {
        add(&of->list, person(i, TW_FEMALE, 108));
    }
    pair_up(of, &usual_window, 2);
    CHECK_EQ_INT(of->num_pairs, 3);
    matching_free(of);
}

/* Whom one pairs with changes with the quarter: scores are no lasting ranks. */
static void quarters_differ(void)
{
    int same = 0, pairs = 0;
    tw_matching *now = matching_of(5, 600, 1, 1, &usual_window, 1);
    tw_matching *later = matching_of(5, 600, 1, 1, &usual_window, 1);
    for (int32_t i = 0; i < later->list.count; i++) {
        later->list.row[i].paired = 0;
    }
    CHECK(tw_seekers_pair(&later->list, key(), QUARTER + 1, &usual_window, 1, later->pair,
                          &later->num_pairs) == TW_OK);
    for (int32_t p = 0; p < later->num_pairs; p++) {
        const uint64_t man = later->list.row[later->pair[p].man].uid;
        same += partner_uid(now, man) == later->list.row[later->pair[p].woman].uid;
        pairs++;
    }
    CHECK(pairs > 200 && same < pairs / 10);
    matching_free(now);
    matching_free(later);
}

int main(void)
{
    RUN(no_two_prefer_each_other);
    RUN(order_and_threads_do_not_matter);
    RUN(ages_keep_to_the_window);
    RUN(kin_do_not_pair);
    RUN(ages_near_the_usual_are_preferred);
    RUN(one_more_alters_one_chain);
    RUN(lopsided_and_empty_lists);
    RUN(quarters_differ);
    return REPORT();
}
