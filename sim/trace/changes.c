/* SPDX-License-Identifier: Apache-2.0 */
/** What the second pass made of the household: members, registration and land, dwelling. */
#include <stdio.h>

#include "trace/tracer.h"

/* ---- members ---- */

static void tell_newcomers(tw_tracer *tracer)
{
    char who[TW_WORDS];
    for (int i = 0; i < tracer->now.num; i++) {
        const tw_person *person = &tracer->now.person[i];
        if (tw_glimpse_member(&tracer->before, person->person_uid) < 0) {
            const int born = person->birth_quarter == tracer->world->quarter;
            tw_tell(&tracer->lines, "  %s %s; person %llu", tw_person_words(tracer, person, who),
                    born ? "is born" : "comes into the household",
                    (unsigned long long)person->person_uid);
        }
    }
}

static void tell_marital(tw_tracer *tracer, const tw_person *before, const tw_person *now)
{
    char who[TW_WORDS], chance[TW_WORDS];
    if (before->marital == now->marital || now->marital == TW_MARRIED) {
        return;
    }
    tw_person_words(tracer, now, who);
    if (now->marital == TW_WIDOWED) {
        tw_tell(&tracer->lines, "  %s is widowed", who);
    } else {
        tw_tell(&tracer->lines, "  %s is divorced%s", who,
                tw_chance_came(tracer, TW_CHANCE_PARTING, now->person_uid)
                    ? tw_chance_text(tracer, TW_CHANCE_PARTING, now->person_uid, chance)
                    : "");
    }
}

static void tell_stopping(tw_tracer *tracer, const tw_person *before, const tw_person *now)
{
    char who[TW_WORDS], chance[TW_WORDS];
    if (before->activity != TW_SEEKING || now->activity == TW_SEEKING) {
        return;
    }
    tw_tell(&tracer->lines, "  %s stops looking for a job and %s%s",
            tw_person_words(tracer, now, who),
            now->activity == TW_SELF_EMPLOYED ? "begins a business"
            : now->activity == TW_FARMING     ? "farms"
                                              : "stays at home",
            tw_chance_text(tracer, TW_CHANCE_STOP, now->person_uid, chance));
}

static void tell_members(tw_tracer *tracer)
{
    char who[TW_WORDS];
    tell_newcomers(tracer);
    for (int i = 0; i < tracer->now.num; i++) {
        const int was = tw_glimpse_member(&tracer->before, tracer->now.person[i].person_uid);
        if (was >= 0) {
            tell_marital(tracer, &tracer->before.person[was], &tracer->now.person[i]);
            tell_stopping(tracer, &tracer->before.person[was], &tracer->now.person[i]);
        }
    }
    if (tracer->before.person[0].person_uid != tracer->now.person[0].person_uid) {
        tw_tell(&tracer->lines, "  %s is the reference person now",
                tw_person_words(tracer, &tracer->now.person[0], who));
    }
}

/* ---- registration and land ---- */

static void tell_registration(tw_tracer *tracer)
{
    char zone[TW_WORDS], chance[TW_WORDS];
    const uint64_t person = tracer->now.person[0].person_uid;
    const int was = tw_glimpse_member(&tracer->before, person);
    const int to = tracer->now.person[0].registered_zone;
    tw_chance_text(tracer, TW_CHANCE_TRANSFER, tracer->household, chance);
    if (was >= 0 && tracer->before.person[was].registered_zone != to) {
        tw_tell(&tracer->lines, "  transfers its registration to %s%s",
                tw_zone_words(tracer->world->region, to, zone), chance);
    } else if (tw_chance_came(tracer, TW_CHANCE_TRANSFER, tracer->household)) {
        tw_tell(&tracer->lines, "  applies to transfer its registration; the town refuses%s",
                chance);
    } else if (chance[0] != '\0') {
        tw_tell(&tracer->lines, "  keeps its registration%s", chance);
    }
}

static void tell_land(tw_tracer *tracer)
{
    char chance[TW_WORDS];
    const int before = tracer->before.household.land_state;
    const int now = tracer->now.household.land_state;
    if (before == TW_LAND_USED && now == TW_LAND_LET) {
        tw_tell(&tracer->lines, "  lets its land%s",
                tw_chance_text(tracer, TW_CHANCE_LET, tracer->household, chance));
    } else if (before != now && now == TW_LAND_EXITED) {
        tw_tell(&tracer->lines, "  gives its land up for pay%s",
                tw_chance_text(tracer, TW_CHANCE_EXIT, tracer->household, chance));
    }
}

/* ---- dwelling ---- */

static void tell_tenure(tw_tracer *tracer)
{
    const int before = tracer->before.household.tenure, now = tracer->now.household.tenure;
    if (before == TW_TOWN_RENTER && now == TW_TOWN_OWNER) {
        tw_tell(&tracer->lines, "  buys the dwelling");
    } else if (before == TW_TOWN_RENTER && now == TW_OTHER_TENURE &&
               !(tracer->now.household.flags & TW_DISPLACED)) {
        tw_tell(&tracer->lines, "  cannot pay the rent and loses the dwelling");
    }
}

static void tell_flags(tw_tracer *tracer)
{
    char chance[TW_WORDS];
    const int before = tracer->before.household.flags, now = tracer->now.household.flags;
    if (now & ~before & TW_DISPLACED) {
        tw_tell(&tracer->lines, "  an earthquake or a flood takes its dwelling%s",
                tw_chance_text(tracer, TW_CHANCE_LOSS, tracer->household, chance));
    }
    if (before & ~now & TW_DISPLACED) {
        tw_tell(&tracer->lines, "  is no longer displaced: its place is reconstructed");
    }
    if (tracer->before.household.subsidy_kind != 0 && tracer->now.household.subsidy_kind == 0) {
        tw_tell(&tracer->lines, "  the rental subsidy ends");
    }
    if (now & ~before & TW_ORPHANED) {
        tw_tell(&tracer->lines, "  nobody of 15 or over is left in it");
    }
}

/* After the grants: land that was paid for, and dwellings bought with a subsidy. */
void tw_trace_settled(tw_tracer *tracer)
{
    tell_land(tracer);
    tell_tenure(tracer);
}

void tw_trace_changes(tw_tracer *tracer)
{
    tell_members(tracer);
    tell_flags(tracer);
    tell_registration(tracer);
    tell_land(tracer);
    tell_tenure(tracer);
}
