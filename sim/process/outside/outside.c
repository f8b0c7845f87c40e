/* SPDX-License-Identifier: Apache-2.0 */
/** What part of the flows goes where; hazard of departure; integer arrivals by zone and type. */
#include "process/outside/outside.h"

static const char age_schedule[] = "arrival_age";
enum { YOUNGEST_ADULT = 15, AGE_OF_STUDENTS = 18 };
/** Quarters since 1 November modulo 4: the quarter of August, when the school year begins. */
enum { AUGUST = 3 };
/** Periods of the net flow: until the census of 2020, after it. */
enum { BETWEEN_CENSUSES, AFTER_CENSUSES };

static double age_share(const tw_region *region, int sex, int age)
{
    const double share = tw_region_schedule(region, age_schedule, sex, age, 2020);
    return share < 0 ? 0 : share;
}

tw_status tw_outside_check(const tw_region *region, tw_report *report)
{
    double sum[TW_NUM_SEXES] = {0}, young = 0;
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        for (int age = 0; age < TW_AGES; age++) {
            sum[sex] += age_share(region, sex, age);
            young += age < YOUNGEST_ADULT ? age_share(region, sex, age) : 0;
        }
    }
    const double all = sum[TW_MALE] + sum[TW_FEMALE];
    if (sum[TW_MALE] <= 0 || sum[TW_FEMALE] <= 0 || young > 0 || all < 0.999 || all > 1.001) {
        return tw_report_add(report, TW_BAD_INPUT, region->folder, 0,
                             "shares per year of age, 15 and over, of both sexes, that add up to 1",
                             "schedule %s adds up to %.4f for men, %.4f for women, %.4f below 15",
                             age_schedule, sum[TW_MALE], sum[TW_FEMALE], young);
    }
    return TW_OK;
}

/* ---- the start ---- */

/* Men among those who come alone, such that all adults have the schedule's share of men. */
static double men_alone(const tw_settings *settings, double men)
{
    const double alone = settings->single_share;
    /* Of a couple both are adults, of a family with a child two in three. */
    const double coupled = (1 - alone) * (0.5 + 0.5 * 2 / 3);
    const double share = alone > 0 ? (men * (alone + coupled) - 0.5 * coupled) / alone : 0;
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

/* Cumulated shares by age within each sex. */
static void cumulate_ages(tw_world *world)
{
    double sum[TW_NUM_SEXES] = {0};
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        for (int age = 0; age < TW_AGES; age++) {
            sum[sex] += age_share(world->region, sex, age);
            world->arrival_age[sex][age] = sum[sex];
        }
        for (int age = 0; age < TW_AGES && sum[sex] > 0; age++) {
            world->arrival_age[sex][age] /= sum[sex];
        }
    }
    const double all = sum[TW_MALE] + sum[TW_FEMALE];
    world->arrival_men_alone = men_alone(world->settings, all > 0 ? sum[TW_MALE] / all : 0.5);
}

/* A zone's share in its county: by the stock registered outside, if there is none by residents. */
static double share_in_county(const tw_world *world, int zone)
{
    const int rural = tw_zone(zone / TW_NUM_ZONE_KINDS, TW_RURAL);
    const int town = tw_zone(zone / TW_NUM_ZONE_KINDS, TW_TOWN);
    double own = world->outsiders_expected[zone];
    double both = world->outsiders_expected[rural] + world->outsiders_expected[town];
    if (both <= 0) {
        own = (double)TW_AT(&world->zones, persons, zone);
        both = (double)(TW_AT(&world->zones, persons, rural) + TW_AT(&world->zones, persons, town));
    }
    return both > 0 ? own / both : tw_is_town(zone);
}

/* Growth of a county's residents registered outside between the censuses. */
static double county_growth(const tw_region *region, int county)
{
    return (double)(region->census[1][county].registered_elsewhere[TW_ELSEWHERE_OUTSIDE] -
                    region->census[0][county].registered_elsewhere[TW_ELSEWHERE_OUTSIDE]);
}

/* Makes shares of weights; when there are none, all zones share by residents. */
static void make_shares(const tw_world *world, double *share)
{
    double sum = 0;
    for (int z = 0; z < world->num_zones; z++) {
        sum += share[z];
    }
    double residents = 0;
    for (int z = 0; z < world->num_zones; z++) {
        residents += (double)TW_AT(&world->zones, persons, z);
    }
    for (int z = 0; z < world->num_zones; z++) {
        share[z] = sum > 0
                       ? share[z] / sum
                       : (double)TW_AT(&world->zones, persons, z) / (residents > 0 ? residents : 1);
    }
}

static void share_net_flow(tw_world *world)
{
    const int32_t census = tw_quarter_of(2020, 11);
    const double quarters = world->start < census ? census - world->start : 0;
    const double flow = 0.25 * world->sample * world->settings->net_arrivals_2010s;
    double *between = world->net_share, *after = world->net_share + world->num_zones;
    for (int z = 0; z < world->num_zones; z++) {
        between[z] =
            county_growth(world->region, z / TW_NUM_ZONE_KINDS) * share_in_county(world, z);
    }
    make_shares(world, between);
    for (int z = 0; z < world->num_zones; z++) {
        /* The stock of 2020 that the flow will have built up; of the start, if that is later. */
        const double stock = world->outsiders_expected[z] + quarters * flow * between[z];
        after[z] = stock > 0 ? stock : 0;
    }
    make_shares(world, after);
}

/* Students who left in a quarter, by zone of registration. */
static int64_t *left_in(const tw_world *world, int32_t quarter)
{
    return world->students_away + (quarter % TW_STUDY_QUARTERS) * world->num_zones;
}

/* Residents of 18 by zone of registration, as those away were before they left. */
static void count_students(const tw_world *world, int64_t *count)
{
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t p = 0; p < block->num_persons; p++) {
            if (block->registered_zone[p] >= 0 &&
                tw_age(block->birth_quarter[p], world->start) == AGE_OF_STUDENTS) {
                count[block->registered_zone[p]]++;
            }
        }
    }
}

static void send_students(tw_world *world)
{
    int32_t august = world->start - TW_STUDY_QUARTERS;
    while (august % 4 != AUGUST) {
        august++;
    }
    int64_t *count = left_in(world, august);
    count_students(world, count);
    for (int z = 0; z < world->num_zones; z++) {
        const double leave = world->settings->college_outside * (double)count[z];
        for (int year = 0; year < TW_STUDY_QUARTERS / 4; year++) {
            /* Whole persons each year that add up to those of all years, rounded. */
            left_in(world, august + 4 * year)[z] =
                tw_round(leave * (year + 1)) - tw_round(leave * year);
        }
    }
}

void tw_outside_start(tw_world *world)
{
    const tw_settings *settings = world->settings;
    for (int z = 0; z < world->num_zones; z++) {
        world->outsiders_expected[z] = (double)TW_AT(&world->zones, outsiders, z);
    }
    share_net_flow(world);
    cumulate_ages(world);
    if (settings->schooling != TW_PROCESS_NONE && settings->outside != TW_PROCESS_NONE) {
        send_students(world);
    }
}

/* ---- a quarter ---- */

static double job_factor(const tw_world *world, int zone)
{
    const int county = zone / TW_NUM_ZONE_KINDS;
    const double before = world->job_chance_start[county];
    if (!tw_is_town(zone) || before <= 0) {
        return 1;
    }
    const double now = tw_job_chance(world, county);
    return tw_pow((now < 0.01 ? 0.01 : now) / before, world->settings->job_response);
}

/* Net flow of a zone in this quarter, persons. */
static double net_flow(const tw_world *world, int zone)
{
    const tw_settings *settings = world->settings;
    const int period = (settings->trends ? world->quarter : world->start) >= tw_quarter_of(2020, 11)
                           ? AFTER_CENSUSES
                           : BETWEEN_CENSUSES;
    const double yearly =
        period == AFTER_CENSUSES ? settings->net_arrivals : settings->net_arrivals_2010s;
    return 0.25 * world->sample * yearly * world->net_share[period * world->num_zones + zone];
}

/*
 * Persons due in a zone: who replaces leavers, and the net flow. The expected stock moves by the
 * same; what jobs draw beyond that is not replaced when it leaves.
 */
static double persons_due(tw_world *world, int zone)
{
    const double leaving = world->outsiders_expected[zone] * world->departure;
    const double due = leaving + net_flow(world, zone);
    const double drawn = tw_policy(world, TW_LEVER_ATTRACTION, zone / TW_NUM_ZONE_KINDS);
    const double arriving = due > 0 ? due : 0;
    if (world->settings->trends) {
        world->outsiders_expected[zone] += arriving - leaving;
    }
    return arriving * job_factor(world, zone) * (tw_is_town(zone) ? 1 + drawn : 1);
}

/* Share of arriving persons by type: the rest of the singles is halved between the families. */
static double type_share(const tw_settings *settings, int type)
{
    return type == TW_ARRIVAL_SINGLE ? settings->single_share : 0.5 * (1 - settings->single_share);
}

/* Whole households of what is due; the rest waits. */
static void add_due(tw_world *world, int zone, int type, double households)
{
    const int cell = zone * TW_ARRIVAL_TYPES + type;
    world->arrival_carry[cell] += households;
    world->arrivals[cell] = (int32_t)world->arrival_carry[cell];
    world->arrival_carry[cell] -= world->arrivals[cell];
}

void tw_outside_open(tw_world *world)
{
    const tw_settings *settings = world->settings;
    world->departure =
        settings->outside == TW_PROCESS_NONE ? 0 : tw_quarterly(1.0 / settings->mean_stay);
    world->household_bound[TW_SLOT_DEPARTURE] =
        tw_event_bound(settings->thinning_bound * world->departure);
    if (settings->outside == TW_PROCESS_NONE) {
        return;
    }
    int64_t *left = left_in(world, world->quarter);
    for (int z = 0; z < world->num_zones; z++) {
        const double persons = persons_due(world, z);
        for (int type = 0; type < TW_ARRIVAL_STUDENT; type++) {
            add_due(world, z, type, persons * type_share(settings, type) / tw_arrival_size(type));
        }
        add_due(world, z, TW_ARRIVAL_STUDENT, settings->student_return * (double)left[z]);
        left[z] = 0;
    }
}

/* Whether a grown-up of the household is registered in the region: such a household stays. */
static int has_local(const tw_world *world, const tw_block *block, int32_t row)
{
    for (int32_t p = block->first_person[row]; p < block->first_person[row + 1]; p++) {
        if (block->registered_zone[p] >= 0 && tw_age_index(world, block, p) >= TW_AGE_OF_ORPHANS) {
            return 1;
        }
    }
    return 0;
}

void tw_outside_departures(tw_world *world, tw_worker *worker, tw_block *block,
                           int32_t first_candidate)
{
    for (int32_t c = first_candidate; c < worker->num_candidates; c++) {
        const tw_candidate *candidate = &worker->candidate[c];
        const int32_t row = candidate->row;
        const uint32_t lead =
            tw_event_lead(candidate->word[0], candidate->word[1], TW_SLOT_DEPARTURE);
        if (lead < world->household_bound[TW_SLOT_DEPARTURE] &&
            tw_event_happens(world->key, TW_DRAW_DEPARTURE, block->uid[row], world->quarter, lead,
                             world->departure) &&
            !has_local(world, block, row)) {
            block->flags[row] |= TW_LEAVES_REGION;
        }
    }
}
