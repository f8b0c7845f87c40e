/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What persons do at the start: work in a sector, farm, look for a job, or none of these.
 *
 * The census has the employed of a county by industry, in the long form that a tenth of the
 * families answers. It is raised to the residents of 15 and over. The split between the zones of a
 * county is a rule: a person of working age in a rural zone has a non-farm job so many times as
 * often as one in the town. Within a zone chances differ by sex, age, schooling and origin; these
 * ratios are assumed, no table of the region has them.
 */
#include <string.h>

#include "synthesis/county.h"

enum { YOUNGEST = 15, OLDEST = 64, NUM_SKILLS = 3 };

/* Chance of having a job relative to a man of 25-49 with middle schooling from the region. */
static double job_weight(const tw_county_draft *draft, const tw_member *member)
{
    const int from_outside = draft->draft[member->household].elsewhere == TW_ELSEWHERE_OUTSIDE;
    static const double by_skill[NUM_SKILLS] = {0.8, 1.0, 1.3};
    const int age = member->age;
    const double by_age = age < 20 ? 0.4 : age < 25 ? 0.8 : age < 50 ? 1.0 : age < 60 ? 0.75 : 0.3;
    const double by_sex = member->sex == TW_MALE ? 1.0 : 0.7;
    return by_skill[tw_skill_of(member->schooling)] * by_age * by_sex * (from_outside ? 1.6 : 1.0);
}

/* Chance of a sector relative to the others, by skill. */
static const double sector_tilt[TW_NUM_SECTORS][NUM_SKILLS] = {
    {1.0, 1.0, 0.7},
    {1.3, 1.0, 0.4},
    {1.0, 1.0, 0.8},
    {0.4, 1.0, 2.5}
};

/* Persons of 15-64 who are not at a school. */
static int can_work(const tw_member *member)
{
    return member->age >= YOUNGEST && member->age <= OLDEST &&
           !tw_at_school(member->age, member->schooling);
}

static int kind_of(const tw_county_draft *draft, const tw_member *member)
{
    const int living = draft->draft[member->household].living;
    return living == TW_FAMILY_TOWN || living == TW_ALONE_TOWN ? TW_TOWN : TW_RURAL;
}

/* Sums over the persons of a zone who can work. */
typedef struct zone_sums {
    double persons, weight, skill[NUM_SKILLS]; /* skill: of the weights */
} zone_sums;

static void sum_zones(const tw_county_draft *draft, zone_sums sums[TW_NUM_ZONE_KINDS])
{
    memset(sums, 0, TW_NUM_ZONE_KINDS * sizeof(*sums));
    for (int32_t i = 0; i < draft->num_members; i++) {
        const tw_member *member = &draft->sorted[i];
        if (can_work(member)) {
            zone_sums *zone = &sums[kind_of(draft, member)];
            const double weight = job_weight(draft, member);
            zone->persons += 1;
            zone->weight += weight;
            zone->skill[tw_skill_of(member->schooling)] += weight;
        }
    }
}

/* Residents of 15 and over per person of the long form; 10 where it is empty. */
static double long_form_scale(const tw_census *census)
{
    double asked = 0, residents = 0;
    for (int sex = 0; sex < TW_NUM_SEXES; sex++) {
        for (int m = 0; m < TW_NUM_MARITAL; m++) {
            asked += (double)census->marital[sex][m];
        }
        for (int group = 0; group < TW_NUM_AGE_GROUPS; group++) {
            const int adult = tw_age_group_start(group) >= YOUNGEST;
            residents += adult ? (double)census->age_sex[sex][group] : 0;
        }
    }
    return asked > 0 ? residents / asked : 10;
}

/* What a zone is to have: probabilities by activity for a person of weight 1, by skill. */
typedef struct zone_work {
    double job;                                /* of a non-farm job, per weight */
    double self_employed;                      /* of those in services */
    double sector[NUM_SKILLS][TW_NUM_SECTORS]; /* cumulated shares */
    double seeking, farming;                   /* of those without a job */
} zone_work;

/* Sector shares by skill that add up to the sectors' numbers: rows and columns scaled in turn. */
static void share_sectors(const zone_sums *sums, const double *jobs, zone_work *work)
{
    enum { ROUNDS = 12 };
    double cell[NUM_SKILLS][TW_NUM_SECTORS], all = 0;
    for (int s = 0; s < TW_NUM_SECTORS; s++) {
        all += jobs[s];
        for (int k = 0; k < NUM_SKILLS; k++) {
            cell[k][s] = sector_tilt[s][k] * (jobs[s] + 1e-9);
        }
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (int s = 0; s < TW_NUM_SECTORS; s++) {
            double sum = 0;
            for (int k = 0; k < NUM_SKILLS; k++) {
                sum += cell[k][s];
            }
            for (int k = 0; k < NUM_SKILLS; k++) {
                cell[k][s] *= sum > 0 ? jobs[s] / sum : 0;
            }
        }
        for (int k = 0; k < NUM_SKILLS; k++) {
            double sum = 0;
            for (int s = 0; s < TW_NUM_SECTORS; s++) {
                sum += cell[k][s];
            }
            for (int s = 0; s < TW_NUM_SECTORS; s++) {
                cell[k][s] *= sum > 0 ? all * sums->skill[k] / sums->weight / sum : 0;
            }
        }
    }
    for (int k = 0; k < NUM_SKILLS; k++) {
        double sum = 0, before = 0;
        for (int s = 0; s < TW_NUM_SECTORS; s++) {
            sum += cell[k][s];
        }
        for (int s = 0; s < TW_NUM_SECTORS; s++) {
            before += cell[k][s];
            work->sector[k][s] = sum > 0 ? before / sum : 1;
        }
    }
}

static double at_most(double value, double most)
{
    return value < most ? value : most;
}

/*
 * One zone: `jobs` persons by sector, `farmers` persons. No more than nine in ten of those who can
 * work have a job.
 */
static void plan_zone(const tw_county_draft *draft, const zone_sums *sums, const double *jobs,
                      double farmers, zone_work *work)
{
    memset(work, 0, sizeof *work);
    double all = 0;
    for (int s = 0; s < TW_NUM_SECTORS; s++) {
        all += jobs[s];
    }
    if (sums->persons <= 0 || sums->weight <= 0) {
        return;
    }
    all = at_most(all, 0.9 * sums->persons);
    share_sectors(sums, jobs, work);
    work->job = all / sums->weight;
    work->self_employed = draft->options->self_employed_share;
    const double jobless = sums->persons - all;
    const double rate = draft->options->unemployment;
    work->seeking = at_most(jobless > 0 ? rate / (1 - rate) * all / jobless : 0, 0.5);
    work->farming = at_most(jobless > 0 ? farmers / jobless : 0, 0.95 - work->seeking);
}

/* Farmers live in the rural zone as far as it has room for them. */
static void plan(const tw_county_draft *draft, zone_work work[TW_NUM_ZONE_KINDS])
{
    zone_sums sums[TW_NUM_ZONE_KINDS];
    double jobs[TW_NUM_SECTORS] = {0}, part[TW_NUM_SECTORS], all = 0;
    const double scale = long_form_scale(draft->census);
    sum_zones(draft, sums);
    for (int i = 0; i < TW_NUM_INDUSTRIES; i++) {
        if (i != TW_INDUSTRY_FARMING) {
            jobs[tw_sector_of_industry(i)] +=
                scale * (double)draft->census->employed_by_industry[i];
            all += scale * (double)draft->census->employed_by_industry[i];
        }
    }
    const double rural = draft->options->rural_job_weight * sums[TW_RURAL].persons;
    const double both = rural + sums[TW_TOWN].persons;
    double in_town = both > 0 ? all * sums[TW_TOWN].persons / both : 0;
    in_town = at_most(in_town, 0.85 * sums[TW_TOWN].persons);
    const double farmers = scale * (double)draft->census->employed_by_industry[TW_INDUSTRY_FARMING];
    const double room = 0.9 * sums[TW_RURAL].persons - (all - in_town);
    const double rural_farmers = at_most(farmers, room > 0 ? room : 0);
    for (int kind = 0; kind < TW_NUM_ZONE_KINDS; kind++) {
        const double here = kind == TW_TOWN ? in_town : all - in_town;
        for (int s = 0; s < TW_NUM_SECTORS; s++) {
            part[s] = all > 0 ? jobs[s] * here / all : 0;
        }
        plan_zone(draft, &sums[kind], part,
                  kind == TW_RURAL ? rural_farmers : farmers - rural_farmers, &work[kind]);
    }
}

static uint8_t activity_of(const tw_county_draft *draft, const zone_work *work, int32_t i)
{
    const tw_member *member = &draft->sorted[i];
    const double u = tw_synth_uniform(draft, TW_SYNTH_WORK, 3 * i);
    const double v = tw_synth_uniform(draft, TW_SYNTH_WORK, 3 * i + 1);
    const double p = work->job * job_weight(draft, member);
    if (u < p) {
        const double *shares = work->sector[tw_skill_of(member->schooling)];
        int sector = 0;
        while (sector < TW_NUM_SECTORS - 1 && v >= shares[sector]) {
            sector++;
        }
        const double w = tw_synth_uniform(draft, TW_SYNTH_WORK, 3 * i + 2);
        return (uint8_t)(sector == TW_SERVICES && w < work->self_employed ? TW_SELF_EMPLOYED
                                                                          : TW_EMPLOYED + sector);
    }
    return (uint8_t)(v < work->seeking                   ? TW_SEEKING
                     : v < work->seeking + work->farming ? TW_FARMING
                                                         : TW_AT_HOME);
}

void tw_draft_work(tw_county_draft *draft)
{
    zone_work work[TW_NUM_ZONE_KINDS];
    plan(draft, work);
    for (int32_t i = 0; i < draft->num_members; i++) {
        tw_member *member = &draft->sorted[i];
        member->activity =
            can_work(member) ? activity_of(draft, &work[kind_of(draft, member)], i) : TW_AT_HOME;
    }
}
