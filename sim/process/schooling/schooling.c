/* SPDX-License-Identifier: Apache-2.0 */
/** Levels by age, boarding, college outside and in the capital. */
#include "process/schooling/schooling.h"

#include "process/members.h"

/** Ages at which a level begins, years. */
enum { AGE_PRIMARY = 6, AGE_JUNIOR = 12, AGE_SENIOR = 15, AGE_COLLEGE = 18, AGE_GRADUATE = 22 };
/** Quarters since 1 November modulo 4: the quarter of August, when the school year begins. */
enum { AUGUST = 3 };
enum { RANK, BOARDING, OUTSIDE, RETURN, GRADUATE, IN_SEAT };

static const char senior_series[] = "senior_secondary_gross_enrolment";
static const char college_series[] = "tertiary_gross_enrolment";

tw_status tw_schooling_check(const tw_region *region, tw_report *report)
{
    static const char *const needed[] = {senior_series, college_series};
    for (int i = 0; i < 2; i++) {
        int known = 0;
        (void)tw_region_series(region, needed[i], "region", 2020, &known);
        if (!known) {
            return tw_report_add(report, TW_BAD_INPUT, region->folder, 0,
                                 "gross enrolment in percent for the area region",
                                 "series %s has no row", needed[i]);
        }
    }
    return TW_OK;
}

double tw_schooling_boarders(const tw_region *region, const tw_settings *settings)
{
    const double year = tw_quarter_year((int32_t)settings->run_start);
    return settings->boarding_share * 0.01 *
           tw_region_series(region, senior_series, "region", year, NULL);
}

/* Share of a county's residents with senior schooling or more in the census of the start. */
static double schooled_share(const tw_census *census)
{
    double all = 0, schooled = 0;
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        for (int level = 0; level < TW_NUM_SCHOOLING; level++) {
            all += (double)census->schooling[sex][level];
            schooled += level >= TW_SCHOOL_SENIOR ? (double)census->schooling[sex][level] : 0;
        }
    }
    return all > 0 ? schooled / all : 0;
}

void tw_schooling_start(tw_world *world)
{
    const tw_region *region = world->region;
    const tw_census *census = region->census[world->start >= tw_quarter_of(2020, 11)];
    double mean = 0, persons = 0;
    for (int c = 0; c < world->num_counties; c++) {
        mean += schooled_share(&census[c]) * (double)census[c].persons;
        persons += (double)census[c].persons;
    }
    mean = persons > 0 ? mean / persons : 0;
    for (int c = 0; c < world->num_counties; c++) {
        /* From a third to twice the region's: a town of officials is no measure for its pupils. */
        double level = mean > 0 ? schooled_share(&census[c]) / mean : 1;
        level = level < 1.0 / 3 ? 1.0 / 3 : level > 2 ? 2 : level;
        world->school_level[c] = 1 + world->settings->school_county_weight * (level - 1);
    }
}

void tw_schooling_open(tw_world *world)
{
    static const int ages[] = {AGE_PRIMARY, AGE_JUNIOR, AGE_SENIOR, AGE_COLLEGE, AGE_GRADUATE};
    tw_school_rates *schools = &world->schools;
    schools->school_year_begins =
        world->settings->schooling != TW_PROCESS_NONE && world->quarter % 4 == AUGUST;
    if (!schools->school_year_begins) {
        return;
    }
    const double year = tw_year_now(world);
    schools->junior = world->settings->junior_share;
    schools->senior = 0.01 * tw_region_series(world->region, senior_series, "region", year, NULL);
    schools->college = 0.01 * tw_region_series(world->region, college_series, "region", year, NULL);
    for (int i = 0; i < 5; i++) {
        for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
            tw_bound_person(world, TW_SLOT_SCHOOL, sex, TW_NEVER_MARRIED, ages[i], 1);
        }
    }
}

static double draw(const tw_world *world, uint64_t uid, uint32_t k)
{
    return tw_uniform(tw_draw_at(world->key, TW_DRAW_SCHOOL, uid, 0, k).word[0]);
}

static double share_in(const tw_world *world, const tw_subject *subject, double share)
{
    const int county = subject->block->zone[subject->place.row] / TW_NUM_ZONE_KINDS;
    const double here = share * world->school_level[county];
    return here > 0.99 ? 0.99 : here;
}

void tw_schooling_draw(const tw_world *world, tw_subject *subject, int32_t num)
{
    uint64_t uid[TW_SUBJECTS_AT_ONCE] = {0}, word[2][TW_SUBJECTS_AT_ONCE];
    if (!world->schools.school_year_begins) {
        return;
    }
    for (int32_t i = 0; i < num; i++) {
        uid[i] = subject[i].block->person_uid[subject[i].person];
    }
    tw_draw_many(world->key, TW_DRAW_SCHOOL, 0, RANK, uid, num, word[0], word[1]);
    for (int32_t i = 0; i < num; i++) {
        subject[i].school = word[0][i];
    }
}

/* Whether the rank of a person is below a share. */
static int ranks_below(const tw_subject *subject, double share)
{
    return tw_uniform(subject->school) < share;
}

/* To another home in a collective household: a boarding school, a college. */
static tw_status board(tw_world *world, tw_worker *worker, const tw_subject *subject, int zone,
                       int *busy)
{
    *busy = 1;
    return tw_members_found(world, &worker->changes, &worker->tally, subject->place,
                            &subject->person, 1, zone, TW_COLLECTIVE);
}

/* County of the seat of a county's prefecture. */
static int seat_of(const tw_world *world, int county)
{
    const tw_region *region = world->region;
    return region->prefectures[region->counties[county].prefecture].seat;
}

static tw_status enter_senior(tw_world *world, tw_worker *worker, const tw_subject *subject,
                              int *busy)
{
    const tw_block *block = subject->block;
    const int32_t household = subject->place.row;
    const int zone = block->zone[household];
    const uint64_t uid = block->person_uid[subject->person];
    subject->block->schooling[subject->person] = TW_SCHOOL_SENIOR;
    if (tw_is_town(zone) || block->tenure[household] == TW_COLLECTIVE ||
        tw_household_size(block, household) < 2 ||
        draw(world, uid, BOARDING) >= world->settings->boarding_share) {
        return TW_OK;
    }
    const int in_seat = draw(world, uid, IN_SEAT) < world->settings->board_in_seat;
    const int county =
        in_seat ? seat_of(world, zone / TW_NUM_ZONE_KINDS) : zone / TW_NUM_ZONE_KINDS;
    return board(world, worker, subject, tw_zone(county, TW_TOWN), busy);
}

/* The town of the capital, where the region's colleges are; a prefecture's seat where none is. */
static int college_town(const tw_world *world, int county)
{
    const tw_region *region = world->region;
    for (int p = 0; p < region->num_prefectures; p++) {
        if (region->counties[region->prefectures[p].seat].tier == TW_CAPITAL) {
            return tw_zone(region->prefectures[p].seat, TW_TOWN);
        }
    }
    return tw_zone(seat_of(world, county), TW_TOWN);
}

static tw_status go_outside(tw_worker *worker, const tw_subject *subject, int *busy)
{
    const tw_block *block = subject->block;
    const int zone = block->zone[subject->place.row];
    const int registered = block->registered_zone[subject->person];
    *busy = 1;
    TW_AT(&worker->tally, departures, zone) += 1;
    TW_AT(&worker->tally, students_out, registered >= 0 ? registered : zone) += 1;
    return tw_member_remove(&worker->changes, subject);
}

/* From a school's dormitory back to the family, for some; the others stay for the time being. */
static tw_status come_home(tw_world *world, tw_worker *worker, const tw_subject *subject,
                           uint32_t k, int *busy)
{
    const tw_block *block = subject->block;
    const int32_t household = subject->place.row, row = subject->person;
    if (block->tenure[household] != TW_COLLECTIVE || block->kin_uid[row] == 0 ||
        draw(world, block->person_uid[row], k) >= world->settings->collective_return) {
        return TW_OK;
    }
    *busy = 1;
    return tw_ask_kin(worker, block, subject->place, TW_JOIN_COLLECTIVE);
}

/* College for some of those who went to a senior school; boarders among the others come home. */
static tw_status leave_senior(tw_world *world, tw_worker *worker, const tw_subject *subject,
                              int *busy)
{
    tw_block *block = subject->block;
    const int32_t household = subject->place.row, row = subject->person;
    const double share = share_in(world, subject, world->schools.college);
    const int alone = tw_household_size(block, household) == 1;
    if (block->schooling[row] == TW_SCHOOL_SENIOR && ranks_below(subject, share)) {
        const double away = draw(world, block->person_uid[row], OUTSIDE);
        const int outside =
            block->registered_zone[row] >= 0 && away * share < world->settings->college_outside;
        block->schooling[row] = TW_SCHOOL_COLLEGE;
        if (outside) {
            return go_outside(worker, subject, busy);
        }
        const int zone = block->zone[household];
        const int town = college_town(world, zone / TW_NUM_ZONE_KINDS);
        /* Who lives in the college's town with others stays with them. */
        return zone == town && !alone ? TW_OK : board(world, worker, subject, town, busy);
    }
    return come_home(world, worker, subject, RETURN, busy);
}

tw_status tw_schooling_person(tw_world *world, tw_worker *worker, const tw_subject *subject,
                              int *busy)
{
    tw_block *block = subject->block;
    const int32_t row = subject->person;
    if (!world->schools.school_year_begins || block->marital[row] != TW_NEVER_MARRIED) {
        return TW_OK;
    }
    switch (tw_age_index(world, block, row)) {
        case AGE_PRIMARY:
            block->schooling[row] = TW_SCHOOL_PRIMARY;
            return TW_OK;
        case AGE_JUNIOR:
            if (ranks_below(subject, share_in(world, subject, world->schools.junior))) {
                block->schooling[row] = TW_SCHOOL_JUNIOR;
            }
            return TW_OK;
        case AGE_SENIOR:
            if (block->schooling[row] == TW_SCHOOL_JUNIOR &&
                ranks_below(subject, share_in(world, subject, world->schools.senior))) {
                return enter_senior(world, worker, subject, busy);
            }
            return TW_OK;
        case AGE_COLLEGE:
            return leave_senior(world, worker, subject, busy);
        case AGE_GRADUATE:
            return come_home(world, worker, subject, GRADUATE, busy);
        default:
            return TW_OK;
    }
}

void tw_schooling_close(tw_world *world)
{
    int64_t *away = world->students_away + (world->quarter % TW_STUDY_QUARTERS) * world->num_zones;
    for (int z = 0; z < world->num_zones; z++) {
        away[z] += TW_AT(&world->zones, students_out, z);
    }
}
