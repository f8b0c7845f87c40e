/* SPDX-License-Identifier: Apache-2.0 */
/** Vital events: tables by age published once a year, draws of a person, edits. */
#include "process/demography/demography.h"

#include "process/members.h"

static const char *const fertility_schedule[TW_NUM_TIERS + 1] = {
    [TW_COUNTY_TOWN] = "asfr_scaled_town",
    [TW_CITY] = "asfr_scaled_city",
    [TW_CAPITAL] = "asfr_scaled_city",
    [TW_NUM_TIERS] = "asfr_scaled_rural"};

tw_status tw_demography_check(const tw_region *region, tw_report *report)
{
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        for (int age = 5; age < 100; age++) {
            if (tw_region_schedule(region, "mx_fitted", sex, age, 2020) < 0) {
                return tw_report_add(report, TW_BAD_INPUT, region->folder, 0,
                                     "a rate for every age from 5 and both sexes",
                                     "schedule mx_fitted has no row for age %d, sex %d", age, sex);
            }
        }
    }
    for (int tier = 0; tier <= TW_NUM_TIERS; tier++) {
        if (tw_region_schedule(region, fertility_schedule[tier], TW_FEMALE, 25, 2020) < 0) {
            return tw_report_add(report, TW_BAD_INPUT, region->folder, 0,
                                 "births per 1000 women a year by age",
                                 "schedule %s has no row for age 25", fertility_schedule[tier]);
        }
    }
    return TW_OK;
}

/* Level of fertility: one until the census of 2020, another from late 2022, linear between. */
static double birth_level(const tw_settings *settings, double year)
{
    const double from = 2020.83, to = 2022.83;
    double share = year <= from ? 0.0 : year >= to ? 1.0 : (year - from) / (to - from);
    return settings->birth_level_2010s +
           share * (settings->birth_level - settings->birth_level_2010s);
}

static double death_rate(const tw_world *world, int sex, int age, double year)
{
    const double infant = world->settings->infant_mortality / 1000.0;
    double rate = age == 0   ? infant
                  : age <= 4 ? world->settings->child_mortality * infant
                             : tw_region_schedule(world->region, "mx_fitted", sex, age, year);
    return rate * world->settings->mortality_level;
}

/*
 * The schedules give births of all women of an age; only married women are at risk here. Their rate
 * is raised by the ratio of the two over a window of ages, so that the schedule's sum holds.
 */
static double married_factor(const tw_world *world, int age)
{
    const int half_window = 2;
    int64_t women = 0, married = 0;
    for (int a = age - half_window; a <= age + half_window; a++) {
        if (a >= 0 && a < TW_AGES) {
            women += world->women[a];
            married += world->married_women[a];
        }
    }
    return married > 0 ? (double)women / (double)married : 0;
}

static void publish_births(tw_world *world, double year)
{
    const double level = birth_level(world->settings, year);
    for (int age = 0; age < TW_AGES; age++) {
        const double factor = married_factor(world, age);
        for (int tier = 0; tier <= TW_NUM_TIERS; tier++) {
            const double rate =
                tw_region_schedule(world->region, fertility_schedule[tier], TW_FEMALE, age, year);
            world->vital.birth[tier][age] =
                rate < 0 ? 0 : tw_quarterly(level * factor * rate / 1000.0);
        }
    }
}

static void publish_bounds(tw_world *world)
{
    const tw_vital_rates *vital = &world->vital;
    for (int age = 0; age < TW_AGES; age++) {
        for (int marital = 0; marital < TW_NUM_MARITAL; marital++) {
            for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
                tw_bound_person(world, TW_SLOT_DEATH, sex, marital, age, vital->death[sex][age]);
            }
        }
        for (int tier = 0; tier <= TW_NUM_TIERS; tier++) {
            tw_bound_person(world, TW_SLOT_BIRTH, TW_FEMALE, TW_MARRIED, age,
                            vital->birth[tier][age]);
        }
    }
}

void tw_demography_open(tw_world *world)
{
    if (world->settings->demography == TW_PROCESS_NONE) {
        return;
    }
    if ((world->quarter - world->start) % 4 == 0) {
        const double year = tw_year_now(world);
        for (int age = 0; age < TW_AGES; age++) {
            for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
                world->vital.death[sex][age] = tw_quarterly(death_rate(world, sex, age, year));
            }
        }
        publish_births(world, year);
    }
    publish_bounds(world);
}

double tw_death_chance(const tw_world *world, const tw_block *block, int32_t person)
{
    return world->vital.death[block->sex[person]][tw_age_index(world, block, person)];
}

double tw_birth_chance(const tw_world *world, const tw_block *block, int32_t household,
                       int32_t person)
{
    const int zone = block->zone[household];
    if (block->sex[person] != TW_FEMALE || block->marital[person] != TW_MARRIED) {
        return 0;
    }
    const int tier = tw_is_town(zone) ? (int)world->region->counties[zone / 2].tier : TW_NUM_TIERS;
    return world->vital.birth[tier][tw_age_index(world, block, person)];
}

static int dies(const tw_world *world, const tw_subject *subject)
{
    const tw_block *block = subject->block;
    const int32_t row = subject->person;
    return tw_event_happens(world->key, TW_DRAW_DEATH, block->person_uid[row], world->quarter,
                            tw_event_lead(subject->word[0], subject->word[1], TW_SLOT_DEATH),
                            tw_death_chance(world, block, row));
}

static int gives_birth(const tw_world *world, const tw_subject *subject)
{
    const tw_block *block = subject->block;
    const int32_t row = subject->person;
    return tw_event_happens(world->key, TW_DRAW_BIRTH, block->person_uid[row], world->quarter,
                            tw_event_lead(subject->word[0], subject->word[1], TW_SLOT_BIRTH),
                            tw_birth_chance(world, block, subject->place.row, row));
}

/* The child's uid depends on its mother and its number among her children, not on the quarter. */
static tw_person newborn(const tw_world *world, tw_block *block, int32_t mother)
{
    const uint64_t number = block->children_born[mother]++;
    const uint64_t uid =
        tw_mix2(tw_mix2(block->person_uid[mother], TW_DRAW_BIRTH), number) | UINT64_C(1) << 63;
    const double u = tw_uniform(tw_draw_at(world->key, TW_DRAW_CHILD, uid, 0, 0).word[0]);
    return (tw_person){.person_uid = uid,
                       .kin_uid = block->kin_uid[mother],
                       .birth_quarter = (int16_t)world->quarter,
                       .registered_zone = block->registered_zone[mother],
                       .sex = u < world->settings->male_births ? TW_MALE : TW_FEMALE,
                       .schooling = TW_SCHOOL_NONE,
                       .marital = TW_NEVER_MARRIED,
                       .unit = block->unit[mother]};
}

/* The partner who is left is widowed. */
static tw_status bury(tw_worker *worker, const tw_subject *subject)
{
    const tw_block *block = subject->block;
    const int32_t partner = tw_partner_row(block, subject->place.row, subject->person);
    TW_AT(&worker->tally, deaths, block->zone[subject->place.row]) += 1;
    tw_status status = tw_member_remove(&worker->changes, subject);
    if (status == TW_OK && partner >= 0) {
        status = tw_member_set_marital(&worker->changes, subject->place, partner, TW_WIDOWED);
    }
    return status;
}

tw_status tw_demography_person(tw_world *world, tw_worker *worker, const tw_subject *subject,
                               int *busy)
{
    if (tw_within_limit(world, subject, TW_SLOT_DEATH) && dies(world, subject)) {
        *busy = 1;
        return bury(worker, subject);
    }
    if (!tw_within_limit(world, subject, TW_SLOT_BIRTH) || !gives_birth(world, subject)) {
        return TW_OK;
    }
    *busy = 1;
    tw_edit *edit = tw_edits_add(&worker->changes.edits);
    if (edit == NULL) {
        return TW_NO_MEMORY;
    }
    edit->kind = TW_EDIT_ADD_PERSON;
    edit->household = subject->place.row;
    edit->added = newborn(world, subject->block, subject->person);
    TW_AT(&worker->tally, births, subject->block->zone[subject->place.row]) += 1;
    /* A mother with a child lives in a home of her own. */
    if (subject->block->tenure[subject->place.row] == TW_COLLECTIVE) {
        tw_leave_collective(world, subject->block, subject->place.row, &worker->tally);
    }
    return TW_OK;
}
