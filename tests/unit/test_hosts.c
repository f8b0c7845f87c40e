/* SPDX-License-Identifier: Apache-2.0 */
/** Hosts: the best one depends on the pair alone, and one more host takes only who prefers it. */
#include "exchange/hosts.h"

#include "test.h"

enum { ZONES = 5, HOSTS = 200, ASKING = 2000, EMPTY_ZONE = 3, QUARTER = 40 };

static tw_key key(void)
{
    return tw_key_make(11, 0);
}

static tw_host host_at(int i)
{
    const int zone = i % ZONES == EMPTY_ZONE ? 0 : i % ZONES;
    return (tw_host){
        .uid = tw_mix2(1, (uint64_t)i), .place = {0, i},
              .zone = (int16_t)zone
    };
}

static tw_host asking_at(int i)
{
    return (tw_host){.uid = tw_mix2(2, (uint64_t)i), .zone = (int16_t)(i % ZONES)};
}

/* Hosts from..to in this order, or backwards, sorted as the choice needs them. */
static tw_host_list hosts_of(int from, int to, int backwards)
{
    tw_host_list list = {0};
    for (int i = from; i < to; i++) {
        const tw_host host = host_at(backwards ? from + to - 1 - i : i);
        CHECK(tw_host_list_add(&list, &host) == TW_OK);
    }
    tw_host_list_sort_by_zone(&list);
    return list;
}

static void order_does_not_matter(void)
{
    tw_host_list forward = hosts_of(0, HOSTS, 0), backward = hosts_of(0, HOSTS, 1);
    int zone_wrong = 0, chosen[HOSTS] = {0}, distinct = 0;
    for (int i = 0; i < ASKING; i++) {
        const tw_host asking = asking_at(i);
        const tw_host *a = tw_host_best(&forward, &asking, key(), QUARTER);
        const tw_host *b = tw_host_best(&backward, &asking, key(), QUARTER);
        if (asking.zone == EMPTY_ZONE) {
            CHECK(a == NULL && b == NULL);
            continue;
        }
        CHECK(a != NULL && b != NULL && a->uid == b->uid);
        zone_wrong += a != NULL && a->zone != asking.zone;
        chosen[a != NULL ? a->place.row : 0]++;
    }
    CHECK_EQ_INT(zone_wrong, 0);
    /* 1600 who ask 200 hosts: nearly all are chosen by somebody. */
    for (int h = 0; h < HOSTS; h++) {
        distinct += chosen[h] > 0;
    }
    CHECK(distinct > HOSTS * 9 / 10);
    tw_host_list_free(&forward);
    tw_host_list_free(&backward);
}

/* One more host: who changes goes to it, and that is about one of the hosts of the zone. */
static void one_more_host_alters_its_own(void)
{
    tw_host_list before = hosts_of(0, HOSTS - 1, 0), after = hosts_of(0, HOSTS, 0);
    const tw_host added = host_at(HOSTS - 1);
    int changed = 0, elsewhere = 0, asked = 0;
    for (int i = 0; i < ASKING; i++) {
        const tw_host asking = asking_at(i);
        const tw_host *a = tw_host_best(&before, &asking, key(), QUARTER);
        const tw_host *b = tw_host_best(&after, &asking, key(), QUARTER);
        if (a == NULL || b == NULL) {
            continue;
        }
        asked += asking.zone == added.zone;
        changed += a->uid != b->uid;
        elsewhere += a->uid != b->uid && b->uid != added.uid;
    }
    CHECK_EQ_INT(asked, ASKING / ZONES);
    CHECK(changed > 0 && changed < 6 * asked * ZONES / HOSTS);
    CHECK_EQ_INT(elsewhere, 0);
    tw_host_list_free(&before);
    tw_host_list_free(&after);
}

static void nobody_hosts_himself(void)
{
    tw_host_list list = hosts_of(0, HOSTS, 0), alone = hosts_of(0, 1, 0), none = {0};
    int own = 0;
    for (int i = 0; i < HOSTS; i++) {
        const tw_host asking = host_at(i);
        const tw_host *best = tw_host_best(&list, &asking, key(), QUARTER);
        own += best != NULL && best->uid == asking.uid;
    }
    CHECK_EQ_INT(own, 0);
    const tw_host asking = host_at(0);
    CHECK(tw_host_best(&alone, &asking, key(), QUARTER) == NULL);
    CHECK(tw_host_best(&none, &asking, key(), QUARTER) == NULL);
    tw_host_list_free(&list);
    tw_host_list_free(&alone);
}

/* Draws differ by quarter: other luck, other hosts. */
static void quarters_differ(void)
{
    tw_host_list list = hosts_of(0, HOSTS, 0);
    int same = 0, asked = 0;
    for (int i = 0; i < ASKING; i++) {
        const tw_host asking = asking_at(i);
        const tw_host *a = tw_host_best(&list, &asking, key(), QUARTER);
        const tw_host *b = tw_host_best(&list, &asking, key(), QUARTER + 1);
        asked += a != NULL;
        same += a != NULL && b != NULL && a->uid == b->uid;
    }
    CHECK(same < asked / 10);
    tw_host_list_free(&list);
}

static void lists_join_and_sort(void)
{
    tw_host_list whole = {0}, part = {0}, empty = {0};
    for (int i = 0; i < HOSTS; i++) {
        const tw_host host = host_at(i);
        CHECK(tw_host_list_add(i % 2 ? &whole : &part, &host) == TW_OK);
    }
    CHECK(tw_host_list_join(&whole, &part) == TW_OK);
    CHECK(tw_host_list_join(&whole, &empty) == TW_OK);
    CHECK_EQ_INT(whole.count, HOSTS);
    tw_host_list_sort(&whole);
    int wrong = 0;
    for (int i = 1; i < HOSTS; i++) {
        wrong += whole.row[i - 1].uid >= whole.row[i].uid;
    }
    tw_host_list_sort_by_zone(&whole);
    for (int i = 1; i < HOSTS; i++) {
        const tw_host *a = &whole.row[i - 1], *b = &whole.row[i];
        wrong += a->zone > b->zone || (a->zone == b->zone && a->uid >= b->uid);
    }
    CHECK_EQ_INT(wrong, 0);
    tw_host_list_sort(&empty);
    tw_host_list_sort_by_zone(&empty);
    CHECK_EQ_INT(empty.count, 0);
    tw_host_list_free(&whole);
    tw_host_list_free(&part);
}

int main(void)
{
    RUN(order_does_not_matter);
    RUN(one_more_host_alters_its_own);
    RUN(nobody_hosts_himself);
    RUN(quarters_differ);
    RUN(lists_join_and_sort);
    return REPORT();
}
