/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A known answer for the classes of a comparison. A million identical villagers search once; those
 * who would take it up are offered a subsidy in one town; nothing is full. The same draws decide in
 * base and alternative, so that only that town gains, and every class and the deadweight follow
 * from two nested logits.
 */
#include "compare/classes.h"
#include "compare/recipients.h"
#include "stage.h"

enum { FAVOURED = 1 }; /* county whose town is better for those who are paid */
static const double worth = 1.5, shares_paid = 0.5;

/* Where everybody lives after the search: a sighting of the people. */
static tw_sighting sight(const stage *on)
{
    tw_sighting out = {.zone = room(N, sizeof(int16_t))};
    for (int i = 0; i < N; i++) {
        out.zone[i] =
            (int16_t)(on->chosen[i] == STAYS ? on->zone : tw_zone(on->chosen[i], TW_TOWN));
    }
    return out;
}

static tw_roll roll_of_stage(const stage *on)
{
    tw_roll people = {.num = N, .num_places = N, .zone = room(N, sizeof(int16_t))};
    for (int i = 0; i < TW_NUM_BREAKDOWNS; i++) {
        people.group[i] = room(N, 1);
    }
    for (int i = 0; i < N; i++) {
        people.zone[i] = (int16_t)on->zone;
    }
    return people;
}

static int is_paid(const stage *on, int household)
{
    const uint64_t uid = (uint64_t)(household + 1);
    const tw_draw draw = tw_draw_at(on->world->key, TW_DRAW_TAKE_UP, uid, 0, 1);
    return tw_uniform(draw.word[0]) < on->world->settings->take_up;
}

/* Recipients: who is paid and lives in the favoured town. */
static tw_recipients recipients_of(const stage *on, const tw_sighting *base,
                                   const tw_sighting *alternative)
{
    tw_granted_set set = {
        .extent = {N, N},
          .granted = room(N, 1)
    };
    for (int i = 0; i < N; i++) {
        set.granted[i] = is_paid(on, i) && on->chosen[i] == FAVOURED;
    }
    const tw_recipients counts = tw_granted_set_count(base, alternative, &set);
    tw_granted_set_free(&set);
    return counts;
}

/** Shares of the villagers that end in each class, and the deadweight. */
typedef struct answer {
    double share[TW_NUM_CLASSES], deadweight;
} answer;

/* Nobody who is not paid does anything else; of the others only the favoured town gains. */
static answer closed_form(const stage *on)
{
    place all[128];
    double before[128], after[128];
    answer out = {{0}, 0};
    const double lambda = on->world->settings->dissimilarity;
    const int num = places_of(on, all);
    nested_logit(all, num, lambda, before);
    all[FAVOURED].utility += worth;
    nested_logit(all, num, lambda, after);
    for (int i = 0; i < num; i++) {
        const int village = i == num - 1;
        const double kept = i == FAVOURED ? before[i] : after[i], lost = before[i] - kept;
        out.share[village ? TW_CLASS_never : TW_CLASS_always] +=
            (1 - shares_paid) * before[i] + shares_paid * kept;
        out.share[village ? TW_CLASS_induced : TW_CLASS_redirected] += shares_paid * lost;
    }
    out.deadweight = before[FAVOURED] / after[FAVOURED];
    return out;
}

static void check_share(const char *what, double count, double all, double share)
{
    const double error = sqrt(all * share * (1 - share));
    printf("       %-10s %.0f of %.0f, expected %.1f: %.2f standard errors off\n", what, count, all,
           all * share, error > 0 ? (count - all * share) / error : count - all * share);
    CHECK(fabs(count - all * share) <= 3 * error + 1e-6);
}

static void classes_and_deadweight_are_those_of_the_nested_logit(void)
{
    stage on;
    tw_class_counts counts;
    set_stage_with(&on, "tests/regions/three",
                   TEXTS("run.sample=0.01", "process.services=none", "housing.take_up=0.5"), 540521,
                   TW_RURAL);
    const answer expected = closed_form(&on);
    tw_roll people = roll_of_stage(&on);
    all_search(&on);
    tw_sighting base = sight(&on);
    for (size_t k = 1; k < sizeof on.world->places.town / sizeof *on.world->places.town; k++) {
        on.world->places.town[k][FAVOURED] += worth;
    }
    all_search(&on);
    tw_sighting alternative = sight(&on);
    CHECK(tw_class_counts_create(on.world->num_counties, &counts) == TW_OK);
    CHECK(tw_classes_count(&people, &base, &alternative, 0, 2, &counts) == TW_OK);
    for (int class_of = 0; class_of < TW_NUM_CLASSES; class_of++) {
        int64_t sum = 0;
        for (int i = 0; i < TW_NUM_STARTS * on.world->num_counties; i++) {
            sum += counts.persons[class_of * TW_NUM_STARTS * on.world->num_counties + i];
        }
        check_share(tw_class_name(class_of), (double)sum, N, expected.share[class_of]);
    }
    const tw_recipients paid = recipients_of(&on, &base, &alternative);
    CHECK(paid.ever > 0 && paid.ever == paid.both);
    check_share("deadweight", (double)paid.same_place, (double)paid.both, expected.deadweight);
    tw_class_counts_free(&counts);
    tw_sighting_free(&base);
    tw_sighting_free(&alternative);
    tw_roll_free(&people);
    clear_stage(&on);
}

int main(void)
{
    RUN(classes_and_deadweight_are_those_of_the_nested_logit);
    return REPORT();
}
