/* SPDX-License-Identifier: Apache-2.0 */
/** The households that arrive: their uid, their members, their application for a dwelling. */
#include "process/outside/outside.h"

/** Ages in quarters. Couples' lowest ages are assumed; students left at 18, four years ago. */
enum {
    AGE_OF_HUSBAND = 4 * 20,
    AGE_OF_WIFE = 4 * 18,
    AGE_OF_GRADUATE = 4 * 22,
    OLDEST_CHILD = 4 * 13 - 1,
    AGE_AT_BIRTH = 4 * 18, /**< of a mother, at least */
    /** A wife's age less her husband's: from five years below to one above, about two below. */
    WIFE_YOUNGEST = -4 * 5,
    WIFE_SPREAD = 4 * 6
};

/* ---- identity ---- */

/* The uid of an arrival: two more arrivals add two slots and touch nothing else. */
static uint64_t arrival_uid(const tw_world *world, int zone, int type, int32_t slot)
{
    const uint64_t code = (uint64_t)tw_zone_code(world->region, zone);
    const uint64_t cell = tw_mix2(tw_mix2(TW_DRAW_ARRIVAL, code), (uint64_t)type);
    const uint64_t uid = tw_mix2(cell, (uint64_t)world->quarter << 32 | (uint32_t)slot);
    return uid | UINT64_C(3) << 62;
}

/* ---- members ---- */

/* Four uniforms of a member. */
typedef struct traits {
    double age, sex, schooling, more;
} traits;

static traits traits_of(const tw_world *world, uint64_t household, int member)
{
    const uint32_t k = 2 * (uint32_t)member;
    const tw_draw first = tw_draw_at(world->key, TW_DRAW_ARRIVAL, household, 0, k);
    const tw_draw second = tw_draw_at(world->key, TW_DRAW_ARRIVAL, household, 0, k + 1);
    return (traits){tw_uniform(first.word[0]), tw_uniform(first.word[1]),
                    tw_uniform(second.word[0]), tw_uniform(second.word[1])};
}

/* Age in quarters by the schedule of a sex. */
static int adult_age(const tw_world *world, int sex, const traits *own)
{
    int age = 0;
    while (age < TW_MAX_AGE && world->arrival_age[sex][age] <= own->age) {
        age++;
    }
    return 4 * age + (int)(4 * own->more);
}

/* Junior school, unless drawn higher; nobody under 18 has been to college. */
static int adult_schooling(const tw_settings *settings, int age, const traits *own)
{
    if (own->schooling < settings->arrival_college_share) {
        return age < 4 * 18 ? TW_SCHOOL_SENIOR : TW_SCHOOL_COLLEGE;
    }
    return own->schooling < settings->arrival_college_share + settings->arrival_senior_share
               ? TW_SCHOOL_SENIOR
               : TW_SCHOOL_JUNIOR;
}

static int child_schooling(int age)
{
    return age < 4 * 6 ? TW_SCHOOL_NONE : age < 4 * 12 ? TW_SCHOOL_PRIMARY : TW_SCHOOL_JUNIOR;
}

/* A member of an age in quarters; the first unit of the household. */
static tw_person member(const tw_world *world, uint64_t household, int number, int sex, int age)
{
    return (tw_person){
        .person_uid = tw_mix2(household, (uint64_t)number + 1) | UINT64_C(1) << 63,
        .birth_quarter = (int16_t)(world->quarter - age),
        .registered_zone = TW_OUTSIDE,
        .sex = (uint8_t)sex,
        .unit = 1,
        .activity = (uint8_t)(age >= 4 * 15 && age < 4 * 65 ? TW_SEEKING : TW_AT_HOME),
        .marital = TW_NEVER_MARRIED};
}

static tw_person single(const tw_world *world, uint64_t household)
{
    const traits own = traits_of(world, household, 0);
    const int sex = own.sex < world->arrival_men_alone ? TW_MALE : TW_FEMALE;
    const int age = adult_age(world, sex, &own);
    tw_person person = member(world, household, 0, sex, age);
    person.schooling = (uint8_t)adult_schooling(world->settings, age, &own);
    return person;
}

/* A student of the region, registered in the zone, comes back from college. */
static tw_person graduate(const tw_world *world, uint64_t household, int zone)
{
    const traits own = traits_of(world, household, 0);
    tw_person person = member(world, household, 0, own.sex < 0.5 ? TW_MALE : TW_FEMALE,
                              AGE_OF_GRADUATE + (int)(4 * own.more));
    person.registered_zone = (int16_t)zone;
    person.schooling = TW_SCHOOL_COLLEGE;
    return person;
}

static int at_least(int age, int lowest)
{
    return age > lowest ? age : lowest;
}

/* Husband and wife; of a family a child too, born when she was 18 or older. */
static void couple(const tw_world *world, uint64_t household, int with_child, tw_person *person)
{
    const traits man = traits_of(world, household, 0), wife = traits_of(world, household, 1);
    const int age = at_least(adult_age(world, TW_MALE, &man), AGE_OF_HUSBAND);
    const int younger = WIFE_YOUNGEST + (int)((WIFE_SPREAD + 1) * wife.age);
    const int wife_age = at_least(age + younger, AGE_OF_WIFE);
    person[0] = member(world, household, 0, TW_MALE, age);
    person[1] = member(world, household, 1, TW_FEMALE, wife_age);
    person[0].marital = person[1].marital = TW_MARRIED;
    person[0].schooling = (uint8_t)adult_schooling(world->settings, age, &man);
    person[1].schooling = (uint8_t)adult_schooling(world->settings, wife_age, &wife);
    if (with_child) {
        const traits child = traits_of(world, household, 2);
        const int most = wife_age - AGE_AT_BIRTH;
        const int oldest = most < OLDEST_CHILD ? most : OLDEST_CHILD;
        const int child_age = (int)((oldest + 1) * child.age);
        const int sex = child.sex < 0.5 ? TW_MALE : TW_FEMALE;
        person[2] = member(world, household, 2, sex, child_age);
        person[2].schooling = (uint8_t)child_schooling(child_age);
    }
}

static void draw_members(const tw_world *world, uint64_t household, int zone, int type,
                         tw_person *person)
{
    if (type == TW_ARRIVAL_SINGLE) {
        person[0] = single(world, household);
    } else if (type == TW_ARRIVAL_STUDENT) {
        person[0] = graduate(world, household, zone);
    } else {
        couple(world, household, type == TW_ARRIVAL_FAMILY, person);
    }
}

/* ---- households ---- */

static tw_status family_application(tw_world *world, int zone, int type, int32_t slot)
{
    tw_application *application = tw_applications_add(&world->worker[0].applications);
    if (application == NULL) {
        return TW_NO_MEMORY;
    }
    application->uid = arrival_uid(world, zone, type, slot);
    application->lottery =
        tw_draw_at(world->key, TW_DRAW_LOTTERY, application->uid, world->quarter, 0).word[0];
    application->units = 1;
    application->block = -1;
    application->row = type;
    application->destination = (int16_t)zone;
    application->second = -1;
    application->priority = 1;
    application->reason = TW_REASON_ARRIVAL;
    const int needs = tw_needs_dwelling(world, application->uid, zone);
    application->wants = needs ? TW_NEEDS_DWELLING : TW_GOT_FIRST;
    return TW_OK;
}

tw_status tw_outside_apply(tw_world *world)
{
    static const int types[] = {TW_ARRIVAL_COUPLE, TW_ARRIVAL_FAMILY};
    tw_status status = TW_OK;
    for (int z = 0; z < world->num_zones; z++) {
        for (int t = 0; t < 2; t++) {
            const int32_t due = world->arrivals[z * TW_ARRIVAL_TYPES + types[t]];
            for (int32_t slot = 0; slot < due && status == TW_OK; slot++) {
                status = family_application(world, z, types[t], slot);
            }
        }
    }
    return status;
}

static void count_arrival(tw_world *world, int zone, int size, int tenure)
{
    TW_AT(&world->zones, arrivals, zone) += size;
    TW_AT(&world->zones, households_in, zone) += 1;
    TW_AT(&world->zones, persons, zone) += size;
    TW_AT(&world->zones, families, zone) += tenure != TW_COLLECTIVE;
    TW_AT(&world->zones, collectives, zone) += tenure == TW_COLLECTIVE;
    TW_AT(&world->zones, dwellings_used, zone) += tenure == TW_TOWN_RENTER;
}

/* `zone` is that of the cell: where students of the region are registered, others live. */
static tw_status make_household(tw_world *world, uint64_t uid, int zone, int type, int tenure)
{
    const int place =
        type == TW_ARRIVAL_STUDENT ? tw_zone(zone / TW_NUM_ZONE_KINDS, TW_TOWN) : zone;
    const int has_money = world->settings->budget != TW_PROCESS_NONE;
    const int64_t savings = has_money ? tw_round(100 * world->settings->arrival_savings) : 0;
    TW_AT(&world->zones, brought_in, place) += savings;
    const tw_household household = {.uid = uid,
                                    .savings = savings,
                                    .zone = (int16_t)place,
                                    .land_zone = TW_NO_ZONE,
                                    .taste_zone = (int16_t)place,
                                    .moved_quarter = (int16_t)world->quarter,
                                    .tenure = (uint8_t)tenure};
    const int size = tw_arrival_size(type);
    tw_person person[3];
    /* The block follows from the uid, so that blocks fill evenly; its end is on its way while the
     * members are drawn. */
    tw_block *block = &world->population->blocks[tw_population_block_of(world->population, uid)];
    tw_block_prefetch(block, block->num_households, block->num_persons);
    draw_members(world, uid, zone, type, person);
    for (int i = 0; i < size; i++) {
        if (person[i].activity == TW_SEEKING) {
            person[i].activity =
                (uint8_t)tw_labour_take_vacancy(world, place, person[i].person_uid);
        }
    }
    tw_status status = tw_block_grow(block, 1, size);
    if (status == TW_OK) {
        tw_block_append(block, &household, size, person);
        count_arrival(world, place, size, tenure);
    }
    return status;
}

/* Those who come alone or back from college live in collective households. */
static tw_status make_collectives(tw_world *world, int zone, int type)
{
    tw_status status = TW_OK;
    const int32_t due = world->arrivals[zone * TW_ARRIVAL_TYPES + type];
    for (int32_t slot = 0; slot < due && status == TW_OK; slot++) {
        status =
            make_household(world, arrival_uid(world, zone, type, slot), zone, type, TW_COLLECTIVE);
    }
    return status;
}

tw_status tw_outside_arrive(tw_world *world)
{
    tw_status status = TW_OK;
    for (int z = 0; z < world->num_zones && status == TW_OK; z++) {
        status = make_collectives(world, z, TW_ARRIVAL_SINGLE);
        if (status == TW_OK) {
            status = make_collectives(world, z, TW_ARRIVAL_STUDENT);
        }
    }
    const tw_applications *list = &world->worker[0].applications;
    for (int32_t i = 0; i < list->count && status == TW_OK; i++) {
        const tw_application *application = &list->row[i];
        if (application->reason != TW_REASON_ARRIVAL) {
            continue;
        }
        const int zone = application->destination;
        if (application->wants & TW_GOT_ANY) {
            const int rents = (application->wants & TW_NEEDS_DWELLING) != 0;
            status = make_household(world, application->uid, zone, application->row,
                                    rents ? TW_TOWN_RENTER : TW_OTHER_TENURE);
        } else {
            TW_AT(&world->zones, refused, zone) += 1;
        }
    }
    return status;
}
