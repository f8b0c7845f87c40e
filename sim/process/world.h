/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The state that processes share: population, zones, and what is published for a quarter.
 *
 * Processes do not know each other. In the serial phase they publish values for the quarter; in the
 * pass over blocks they read what is published and write to the thread's own lists; afterwards the
 * markets clear and the zones close. sim/engine/quarter.c has the order.
 */
#ifndef TW_PROCESS_WORLD_H
#define TW_PROCESS_WORLD_H

#include <string.h>

#include "base/draw.h"
#include "exchange/application.h"
#include "exchange/hosts.h"
#include "exchange/pairing.h"
#include "exchange/transfer.h"
#include "population/block.h"
#include "population/zones.h"
#include "townward/region.h"
#include "townward/scenario.h"

enum { TW_AGES = TW_MAX_AGE + 1, TW_MAX_BUILD_LAG = 16, TW_STUDY_QUARTERS = 16 };
/** Groups of ages with hazards of work of their own: up to 14, 24, 49, 64, older. */
enum { TW_WORK_AGES = 5 };
static inline int tw_work_group(int age)
{
    return (age >= 15) + (age >= 25) + (age >= 50) + (age >= 65);
}
/** Where a zone, an activity and an age are in tables of chances and limits. */
static inline int tw_work_cell(int zone, int activity, int age)
{
    return (zone * TW_NUM_ACTIVITIES + activity) * TW_WORK_AGES + tw_work_group(age);
}

/** Who arrives: alone, a couple, a couple with a child, a student of the region who comes back. */
enum {
    TW_ARRIVAL_SINGLE,
    TW_ARRIVAL_COUPLE,
    TW_ARRIVAL_FAMILY,
    TW_ARRIVAL_STUDENT,
    TW_ARRIVAL_TYPES
};

/** Slots of the eight events drawn at once for every person and for every household. */
enum {
    TW_SLOT_DEATH = 0,
    TW_SLOT_BIRTH = 1,
    TW_SLOT_UNION = 2,
    TW_SLOT_PARTING = 3,
    TW_SLOT_LEAVE = 4,
    TW_SLOT_SCHOOL = 5,
    TW_SLOT_SPLIT = 6,
    TW_SLOT_WORK = 7
};
enum {
    TW_SLOT_SEARCH = 0,
    TW_SLOT_RETURN = 1,
    TW_SLOT_DEPARTURE = 2,
    TW_SLOT_HOST = 3,
    TW_SLOT_PUBLIC_EXIT = 4,
    TW_SLOT_COLLECTIVE_EXIT = 5,
    TW_SLOT_JOIN_KIN = 6
};

/** Bounds of person events differ by sex, marital status and age. */
enum { TW_STATE_AGES = 128, TW_PERSON_STATES = TW_NUM_SEXES * TW_NUM_MARITAL * TW_STATE_AGES };
static inline int tw_person_state(int sex, int marital, int age)
{
    return (sex * TW_NUM_MARITAL + marital) * TW_STATE_AGES + age;
}

/** Why a household applies. */
enum {
    TW_REASON_SEARCH,
    TW_REASON_RETURN,
    TW_REASON_PUBLIC_EXIT,
    TW_REASON_RELOCATION,
    TW_REASON_RECLASSIFICATION,
    TW_REASON_ARRIVAL,
    TW_REASON_FOUNDED
};
/** Why a household joins another. */
enum { TW_JOIN_ORPHANS, TW_JOIN_ELDERS, TW_JOIN_ALONE, TW_JOIN_COLLECTIVE };
/** What a household has at stake when it transfers its registration. */
enum { TW_STAKE_NONE, TW_STAKE_LAND, TW_STAKE_OUTSIDE, TW_STAKES };
/** Flags of an application. */
enum {
    TW_WANTS_PUBLIC = 1,
    TW_WANTS_SUBSIDY = 2,
    TW_NEEDS_DWELLING = 4,
    TW_GOT_PUBLIC = 8, /**< outcomes of the rounds of clearing */
    TW_GOT_FIRST = 16,
    TW_GOT_SECOND = 32,
    TW_SECOND_HOUSED = 64, /**< at the second choice an employer or kin house it */
    TW_GOT_ANY = TW_GOT_PUBLIC | TW_GOT_FIRST | TW_GOT_SECOND
};

/** A voluntary or organised change of zone, for the flow tables. */
typedef struct tw_move {
    int16_t origin, destination; /**< zones */
    int32_t persons;
} tw_move;
typedef struct tw_moves {
    int32_t count, max;
    tw_move *row;
} tw_moves;

/** What demography publishes: probabilities of a quarter by age and sex. */
typedef struct tw_vital_rates {
    double death[TW_NUM_SEXES][TW_AGES];
    /** Of a married woman, by tier of the town; last = rural. */
    double birth[TW_NUM_TIERS + 1][TW_AGES];
} tw_vital_rates;

/** What households publish: probabilities of a quarter. */
typedef struct tw_household_rates {
    double first_union[TW_NUM_SEXES][TW_AGES], next_union[TW_NUM_SEXES][TW_AGES];
    double leave[TW_NUM_ZONE_KINDS][2][TW_AGES]; /**< [..][1]: of one who lives with a partner */
    double split[TW_NUM_ZONE_KINDS];             /**< of a couple in a parental household */
    double parting;                              /**< of a couple */
    double collective_exit[TW_AGES];
    double join_elder, join_alone; /**< of a household of elders, of one person under that age */
} tw_household_rates;

/** What schooling publishes: shares of those who reach the age, and whether it is August. */
typedef struct tw_school_rates {
    int school_year_begins;
    double junior, senior, college; /**< in [0, 1] */
} tw_school_rates;

/** Sums over the persons of a zone at the start, hazards per year. */
typedef struct tw_work_flows {
    double enter;          /**< of those at home, before the level */
    double leave;          /**< of all others */
    double able;           /**< persons of 15-64 out of school */
    double leave_employed; /**< of the employed alone */
    double leave_farm;     /**< of those who farm alone */
    double leave_business; /**< of the self-employed alone */
} tw_work_flows;

/** What labour publishes. Hazards are per year. */
typedef struct tw_work {
    double enter[TW_AGES]; /**< of those at home, before the level of the zone */
    double leave[TW_AGES]; /**< from any work to the household */
    double *enter_level;   /**< [num_zones] keeps participation at rest at the start */
    double *seek_share;    /**< [num_zones] of those who enter: the others farm */
    double *farm_leave, *farm_leave_start; /**< [num_zones] of those who farm: to seeking */
    double *tightness_start;               /**< [num_zones] vacancies per seeker */
    double *start_business;                /**< [num_zones] of those who look for a job */
    double *chance; /**< [num_zones][TW_NUM_ACTIVITIES][TW_WORK_AGES] of a change in a quarter */
    /** The same size: limit of the leading bits of WORK; 0 without the process. */
    uint32_t *limit;
    double *separation;    /**< [num_zones][TW_NUM_SECTORS] with dismissals */
    double *match_level;   /**< [num_zones] hires a year over seekers^eta vacancies^(1 - eta) */
    double *jobs_start;    /**< [num_zones][TW_NUM_SECTORS] */
    double *jobs_added;    /**< [num_zones][TW_NUM_SECTORS] beyond the path, by levers */
    double *base_added;    /**< [4][num_zones] jobs_added of the base sectors, last four openings */
    double *hire_carry;    /**< [num_zones][TW_NUM_SECTORS] */
    double *vacancy_share; /**< [num_zones][TW_NUM_SECTORS] cumulated; all 0: nothing vacant */
    tw_market *market;     /**< [num_zones][TW_NUM_SECTORS] */
    tw_work_flows *flows;  /**< [num_zones] */
    double newcomers_active; /**< share of newcomers of 15-64 who work or want to */
    double farmers_seek;     /**< share of those who farmed that looks for work in a town */
    tw_applications *list;   /**< [num_workers] the workers' lists while jobs are given */
} tw_work;

/** What work pays goes by activity and skill; farmers away for seasonal work come last. */
enum { TW_PAY_AWAY = TW_NUM_ACTIVITIES * TW_NUM_SKILLS, TW_NUM_PAYS = TW_PAY_AWAY + TW_NUM_SKILLS };
static inline int tw_pay_of(int activity, int skill)
{
    return activity * TW_NUM_SKILLS + skill;
}
/** Where what a person of a zone is paid stands in a table. */
static inline int32_t tw_pay_cell(int zone, int pay)
{
    return zone * TW_NUM_PAYS + pay;
}

/** What a resident of a zone receives and pays in a quarter, cents. */
typedef struct tw_zone_amounts {
    int64_t transfer, property, consumption, floor; /**< per resident */
    int64_t floor_elsewhere;       /**< floor of those registered in another county */
    int64_t farm;                  /**< per member of a household that uses land in the zone */
    int64_t land_rent;             /**< per household that lets its land */
    int64_t rent, public_rent;     /**< per dwelling */
    int64_t least_rent, most_rent; /**< of a tenant of the market */
    double seasonal_share;         /**< of those who farm in the zone: is away for seasonal work */
} tw_zone_amounts;

/** What a household is to its budget, a bit each. */
enum { TW_BUDGET_ON_LAND = 1, TW_BUDGET_LETS = 2, TW_BUDGET_HERE = 4, TW_BUDGET_KINDS = 8 };
/** Where what is of a zone and a kind of household stands in a table. */
static inline int32_t tw_terms_cell(int zone, int kind)
{
    return zone * TW_BUDGET_KINDS + kind;
}

/** The amounts of a zone for a kind of household, short enough for settling in vectors. */
typedef struct tw_terms {
    int32_t own;         /**< income that the number of members does not change */
    int32_t head;        /**< more of it for each member; INT32_MAX: amounts are not that short */
    int32_t least;       /**< minimum living allowance for each member */
    int32_t consumption; /**< for each member, of whatever income */
} tw_terms;

/** Who money flows between. */
typedef enum tw_account {
    TW_ACCOUNT_HOUSEHOLDS,
    TW_ACCOUNT_LANDLORDS,
    TW_ACCOUNT_FIRMS,
    TW_ACCOUNT_COUNTY,
    TW_ACCOUNT_REGION,
    TW_ACCOUNT_CENTRE,
    TW_ACCOUNT_BANKS,
    TW_ACCOUNT_OUTSIDE,
    TW_NUM_ACCOUNTS
} tw_account;

static inline tw_account tw_account_of_payer(tw_payer payer)
{
    static const tw_account account[TW_NUM_PAYERS] = {TW_ACCOUNT_CENTRE, TW_ACCOUNT_REGION,
                                                      TW_ACCOUNT_COUNTY, TW_ACCOUNT_BANKS};
    return account[payer];
}

/** What the households of a zone earn and spend in a quarter, cents: one thread's part. */
typedef struct tw_zone_flows {
    int64_t wages, public_wages, minimum, consumed, rent, public_rent;
} tw_zone_flows;

enum { TW_COUNTED_LANES = 16, TW_COUNTED_PLACES = 8 };
/** Persons of a zone, counted in lanes; engine/count.c knows them. */
typedef struct tw_counted {
    uint16_t lane[TW_COUNTED_LANES];
} tw_counted;

/** What the budget of households publishes, and the books. */
typedef struct tw_budget {
    double wage_level[TW_NUM_ZONE_KINDS]; /**< cents a year per yuan of published income */
    double farm_level;                    /**< the same, per member of a household with land */
    tw_zone_amounts *zone;                /**< [num_zones] */
    tw_terms *terms;                      /**< of the same amounts, by tw_terms_cell */
    int64_t slope;                        /**< consumed of one more yuan of income, millionths */
    int64_t *pay;                         /**< cents for work in a quarter, by tw_pay_cell */
    uint64_t *paid;       /**< the same; of public services in the upper half once more */
    int32_t most_members; /**< of so many together neither half of `paid` runs over */
    int in_season;        /**< 1 = some who farm are away for seasonal work */
    int64_t account[TW_NUM_ACCOUNTS];  /**< cents since the start; adds up to 0 */
    int64_t savings_start, debt_start; /**< of all households, cents */
    int64_t debt_change;               /**< since the start */
} tw_budget;
/** What registration publishes. */
typedef struct tw_registration_rates {
    int deciding;      /**< whether households decide in this quarter */
    double *move_risk; /**< [num_counties] utility that its households with land lose in any town */
    double *exit; /**< [num_counties][kinds of households] chance to give up land there for pay */
    int32_t *exit_programme; /**< [num_counties][kinds] that pays it, -1 = none */
    int any_exit;            /**< 1 = one of these chances is above 0 */
    double most;             /**< no household transfers with a higher chance */
} tw_registration_rates;

/** What services publish: of service s in a zone at [s * num_zones + zone]. */
typedef struct tw_services {
    double *quality;          /**< [services][zones] 1 = a county town with enough places */
    double *start_ratio;      /**< [services][zones] places over load at the start */
    double *registered_start; /**< [num_zones] share of residents who counted in planning */
    double *reached;          /**< [3][num_zones] room for one service: reached, places, load */
    double *admission;        /**< [num_counties] chance of a child registered elsewhere, 0-1 */
    /** Share of the households of a zone kind that a service matters to, at the start. */
    double need[TW_NUM_ZONE_KINDS][TW_NUM_SERVICES];
    double *worth; /**< [num_counties] of full entitlement in the town over that of the start */
} tw_services;

/** A person while events are drawn; rows are those before the rebuild. */
typedef struct tw_subject {
    tw_block *block;
    tw_place place; /**< its household */
    int32_t person; /**< row */
    uint64_t word[2];
    uint64_t within[2]; /**< highest bits of the lanes whose event is within its limit */
    uint64_t school;    /**< when a school year begins: of its rank in schooling, TW_DRAW_SCHOOL */
} tw_subject;
/** So many persons are looked at together. */
enum { TW_SUBJECTS_AT_ONCE = 128 };

/** Where the lists of a block lie between the two passes of a quarter. */
typedef struct tw_block_run {
    int32_t worker, first_edit, num_edits, first_candidate, num_candidates;
} tw_block_run;

/** Dwellings by where they are counted: what is lost comes back there. */
enum { TW_LOST_MARKET, TW_LOST_PUBLIC, TW_LOST_HOUSE, TW_LOST_KINDS };

/**
 * What hazards publish and keep. A slot is a quarter of the run, from 0; the last one lies after
 * it. All pointers are NULL without the process.
 */
typedef struct tw_hazard_state {
    int32_t num_slots;
    int any_busy;
    double *loss;         /**< [num_zones] share of dwellings lost in this quarter */
    int32_t *until;       /**< [num_zones] slot in which losses of this quarter are made good */
    int32_t *last;        /**< [num_zones] slot in which the last loss is, 0 = never struck */
    uint8_t *restored;    /**< [num_zones] 1 = reconstructed in this quarter */
    uint8_t *busy;        /**< [num_zones] 1 = a household may be or have been displaced */
    int64_t *due;         /**< [num_slots][TW_LOST_KINDS][num_zones] dwellings that come back */
    double *service_kept; /**< [num_slots][num_zones] of services, by losses until that slot */
    double *share;        /**< [num_zones] of the last losses that is made good, [0, 1] */
} tw_hazard_state;

/** What moving publishes. Places are the towns, index = county. */
typedef struct tw_place_values {
    /** [num_counties] value of a town; index 4 * kind of household + 1: with the rental subsidy,
     *  + 2: with the settling grant, + 3: with both. Index 0: with neither, for all. */
    double *town[4 * TW_NUM_HOUSEHOLD_KINDS];
    double *village;  /**< [num_counties] value of the rural zone */
    double *nearness; /**< [num_zones][num_counties] travel and climb from a zone to a town */
    double *network;  /**< [num_counties][num_counties] of migrants of a home county at a town */
    /** [services][num_zones] value of a service: to residents registered there, in the other
     *  zone of the county, elsewhere. */
    double *service, *service_county, *service_elsewhere;
    /** [num_zones][num_counties + 1] value over dissimilarity, at the start, of the towns and of
     *  the own village for a household of the zone. */
    double *start_value;
    double *start_sum;      /**< [num_zones][nests] sums of exp(start_value) */
    uint8_t *nest;          /**< [num_counties] nest of the town */
    uint32_t *code;         /**< [num_counties] zone code of the town */
    uint32_t *village_code; /**< [num_counties] zone code of the rural zone */
    double search[TW_AGES]; /**< hazard a year by age of the reference person, mean readiness */
    uint32_t search_bound[TW_AGES]; /**< leading bits by that age: who is the readiest of all */
    double mean_readiness;          /**< of all households at the start */
    double *away; /**< [num_counties] share of its rural people who live in towns */
    struct tw_taste_ceilings *ceilings; /**< of lasting tastes and those of a quarter */
} tw_place_values;

/** What a programme did in a county in a quarter, of the whole region (not of the sample). */
typedef tw_ledger tw_ledger_row;

/** One programme in the current year and quarter. Money and units are of the whole region. */
typedef struct tw_programme_state {
    int64_t year_cents;    /**< outlay since 1 November */
    int64_t quarter_cents; /**< outlay of this quarter */
    int64_t
        committed_cents;   /**< due next quarter to households that receive a grant by the month */
    int64_t units;         /**< delivered, or household-quarters paid, this quarter */
    int64_t refused;       /**< units or households refused by the ceiling */
    double carry;          /**< due but not yet a whole unit, [0, 1) */
    double *waiting;       /**< [num_counties] parts of units due to a county */
    double *county_carry;  /**< [num_counties] parts of units of the sample */
    int64_t *offer;        /**< [num_counties] OFFER: units of the sample left in this quarter */
    tw_ledger_row *county; /**< [num_counties] of this quarter */
    int opened;            /**< ROAD: 1 from its opening on */
} tw_programme_state;

/** A household whose draws passed a bound of at least one event. */
typedef struct tw_candidate {
    int32_t row;
    int32_t flags;    /**< of the household at the opening */
    uint64_t word[2]; /**< its event draw: leading bits of eight events */
} tw_candidate;

/** One organised flow of the run. */
typedef struct tw_due_flow {
    int32_t origin, destination; /**< zones; a relocation names the town of its destination */
    int32_t start, end;          /**< quarters, both included */
    int reclassified;            /**< 1 = relabelled in place */
    double total;                /**< persons from start to end */
    int64_t persons;             /**< to be moved in this quarter */
    int64_t moved;               /**< moved since the flow's start */
} tw_due_flow;

/** A person of a household that was granted something by a programme. */
typedef struct tw_granted {
    uint64_t person;   /**< uid */
    int32_t programme; /**< index in the scenario */
} tw_granted;
typedef struct tw_grants {
    int32_t count, max;
    tw_granted *row;
} tw_grants;

/** Lists and workspaces of one thread. */
typedef struct tw_worker {
    tw_zones tally;       /**< flows and counts made by this thread */
    tw_edits edits;       /**< of the block that is being rebuilt */
    tw_transfers changes; /**< of all blocks that this thread took in the first pass */
    tw_seekers seekers;
    tw_applications applications; /**< for dwellings and village moves */
    tw_applications organised;    /**< for relocation and reclassification */
    tw_applications work;         /**< for jobs */
    tw_applications courses;      /**< for training */
    tw_applications grants;       /**< for grants: market = programme, units = cents */
    int grants_lost;              /**< 1 = memory was short for one of them */
    tw_moves moves;
    tw_grants granted; /**< since whoever asked for them emptied the list: world->notes_grants */
    int64_t women[TW_AGES], married_women[TW_AGES];
    tw_host_list hosts, joining;
    int32_t *migrants;       /**< [num_counties][num_counties] persons of a home county */
    double *utility, *taste; /**< [num_counties + 1] */
    double *tilt;            /**< [num_counties + 1] below it a tilt accepts a lasting taste */
    uint64_t *word[2];       /**< [num_counties + 1] of lasting tastes */
    uint64_t *now[2];        /**< [num_counties + 1] of tastes of the quarter */
    int32_t *place;          /**< [num_counties + 1] places that are looked at closely */
    uint8_t *better;         /**< [num_counties + 1] 1 = may be better than staying */
    int32_t *person_row;     /**< [rows] persons that passed a bound */
    int32_t num_person_rows, max_rows;
    tw_candidate *candidate; /**< [max_candidates] of all blocks of the first pass */
    int32_t num_candidates, max_candidates;
    tw_candidate *acting; /**< [rows] candidates of the block that is being rebuilt */
    int32_t num_acting;
    uint8_t *kind;        /**< [rows + 8] what persons or households are: eight are read at once */
    uint64_t *draw[2];    /**< [rows] */
    int16_t *person_zone; /**< [rows + TW_SPREAD] of a block's persons */
    tw_zone_flows *flows; /**< [2 num_zones] of the pass, until they are booked */
    uint64_t *settled;    /**< [2] by tw_terms_cell, the same: persons + 2^32 households */
    tw_counted *counted;  /**< [num_zones][TW_COUNTED_PLACES] the same */
    int32_t num_counted;  /**< persons in it */
    /** [num_programmes][num_counties] rental subsidies paid, cents and households */
    int64_t *outlay, *recipients;
    int64_t *lost; /**< [TW_LOST_KINDS][num_zones] dwellings lost in this quarter */
    tw_status status;
} tw_worker;

struct tw_world;
/** A step of the quarter that can fail; sim/engine/quarter.c has them in their order. */
typedef tw_status tw_step(struct tw_world *world);

/** Somebody who looks at the world after each step of a quarter, and changes nothing. */
typedef struct tw_watcher {
    tw_status (*see)(void *context, struct tw_world *world, tw_step *step);
    void *context;
} tw_watcher;

typedef struct tw_world {
    const tw_watcher *watcher; /**< NULL = nobody looks on */
    const tw_region *region;
    const tw_settings *settings;
    const tw_scenario *scenario;
    int num_programmes;
    tw_key key;
    int32_t quarter, start; /**< quarter being simulated; first quarter of the run */
    int32_t num_counties, num_zones;
    double sample; /**< share of households simulated */
    tw_population *population;
    tw_zones zones;
    tw_vital_rates vital;
    tw_household_rates forming;
    tw_school_rates schools;
    tw_work work;
    tw_budget budget;
    double income_before; /**< of a town resident when rents were last adjusted; 0 = never */
    /** Published income of a resident by zone kind, yuan a year: now, and of 2021. */
    double income_head[TW_NUM_ZONE_KINDS], income_head_2021[TW_NUM_ZONE_KINDS];
    tw_services services;
    tw_registration_rates registering;
    uint64_t person_limit[TW_PERSON_STATES][2]; /**< leading bits of eight events, 16 each */
    /** The same by activity too, with the limit of work of the zone where it is highest. */
    uint64_t thinning[TW_NUM_ACTIVITIES * TW_PERSON_STATES][2];
    int64_t women[TW_AGES], married_women[TW_AGES]; /**< of the last count */
    /** [TW_STUDY_QUARTERS][num_zones] persons who left for college outside, by the quarter of
     *  leaving modulo TW_STUDY_QUARTERS and zone of registration. */
    int64_t *students_away;
    double *school_level;   /**< [num_counties] of the county relative to the region */
    tw_transfers transfers; /**< made between the two passes of a quarter */
    tw_block_run *run;      /**< [max_runs] by block */
    int32_t max_runs;
    tw_place_values places;
    double *travel;               /**< [num_counties][num_counties] minutes between seats */
    double *access;               /**< [num_counties] minutes from a village to its seat */
    int64_t *migrants;            /**< [num_counties][num_counties] home county, town county */
    double *income;               /**< [num_zones] expected yuan/year per person */
    double *area_income;          /**< [num_zones] income of its prefecture over the region's */
    double *town_residents_start; /**< [num_zones] residents at the start */
    double *job_chance_start;     /**< [num_counties] */
    double *public_chance; /**< [num_counties] chance of a public dwelling for an applicant */
    double *need_share;    /**< [num_counties] of new families that need a dwelling of the town */
    int64_t *pipeline;    /**< [TW_MAX_BUILD_LAG][num_zones] dwellings that complete in a quarter */
    double *build_carry;  /**< [num_zones] */
    double *land_carry;   /**< [num_zones] */
    int64_t *used_before; /**< [4][num_zones] market dwellings lived in, last four openings */
    double mean_town_size; /**< persons per family household of towns at the start */
    int32_t *arrivals;     /**< [num_zones][TW_ARRIVAL_TYPES] households due in this quarter */
    double *arrival_carry; /**< [num_zones][TW_ARRIVAL_TYPES] */
    /** [num_zones] persons registered outside, as the published flows make them. */
    double *outsiders_expected;
    /** [2][num_zones] of the region's net flow: until the census of 2020, after it. */
    double *net_share;
    double arrival_age[TW_NUM_SEXES][TW_AGES]; /**< of adults, cumulated shares within a sex */
    double arrival_men_alone;                  /**< share of men among those who come alone */
    tw_due_flow *flow; /**< [num_flows] organised flows; persons = 0 when not due */
    int num_flows;
    int32_t *first_flow; /**< [num_zones + 1] flows by origin zone */
    int any_flow_due;
    uint64_t *lottery_bound; /**< [num_zones] who can be drawn for the flows of a zone; 0 = none */
    tw_hazard_state hazard;
    double *service_lost; /**< [num_zones] share of services lost to hazards, [0, 1], usually 0 */
    uint32_t household_bound[8];             /**< leading bits by slot of the household events */
    double departure, leave_public, go_back; /**< probabilities of a quarter */
    double town_income_start;                /**< yuan/year per person */
    tw_programme_state *programme;           /**< [num_programmes] */
    double *policy;            /**< [TW_NUM_LEVERS][num_counties] levels in force in this quarter */
    int64_t policy_year_cents; /**< outlay of all programmes since 1 November */
    int64_t policy_reserved_cents; /**< of this year, due to households that receive grants */
    int64_t *settled;              /**< [num_counties] newly registered in the town, last quarter */
    int64_t *county_units;         /**< [num_counties] room */
    int64_t *senior_carry;         /**< [num_counties] thousandths of senior school places */
    int roads_changed;             /**< 1 = a road of a programme opened in this quarter */
    tw_market *grant_market;       /**< [num_programmes] room */
    tw_applications *grant_list;   /**< [num_workers] room */
    tw_market *course_market;      /**< [num_counties] room */
    int num_workers;
    tw_worker *worker;
    int notes_grants; /**< 1 = somebody asked for worker.granted; changes nothing else */
} tw_world;

/** Level of a lever in force in a county in this quarter, >= 0. */
static inline double tw_policy(const tw_world *world, tw_lever lever, int county)
{
    return world->policy[(int)lever * world->num_counties + county];
}

static inline int tw_home_county(const tw_world *world, const tw_block *block, int32_t household)
{
    (void)world;
    int land = block->land_zone[household];
    if (land < 0) {
        land = block->registered_zone[block->first_person[household]];
    }
    return land < 0 ? -1 : land / TW_NUM_ZONE_KINDS;
}

/** Gives a household the land of a rural zone; TW_NO_ZONE takes it away. */
static inline void tw_give_land(tw_block *block, int32_t row, int zone)
{
    const int exited = block->land_state[row] == TW_LAND_EXITED;
    block->land_zone[row] = (int16_t)zone;
    block->land_state[row] = (uint8_t)(zone >= 0 ? TW_LAND_USED
                                       : exited  ? TW_LAND_EXITED
                                                 : TW_LAND_NONE);
}

/**
 * A household comes to live in a zone: in another county its years of residence begin anew, but for
 * those that are recognised there; whoever is back where the land is uses it again.
 */
static inline void tw_settle(const tw_world *world, tw_block *block, int32_t row, int zone)
{
    if (zone / TW_NUM_ZONE_KINDS != block->zone[row] / TW_NUM_ZONE_KINDS) {
        const double kept =
            world->settings->registration == TW_PROCESS_NONE
                ? 0
                : tw_policy(world, TW_LEVER_PERMIT_RECOGNITION, zone / TW_NUM_ZONE_KINDS);
        block->permit_quarters[row] = (uint8_t)(kept * block->permit_quarters[row]);
    }
    if (zone == block->land_zone[row]) {
        block->land_state[row] = TW_LAND_USED;
    }
    block->zone[row] = (int16_t)zone;
}

/** Whether 1 November follows this quarter of the run, or the run has not begun. */
static inline int tw_year_ends(const tw_world *world)
{
    return (world->quarter + 1 - world->start) % 4 == 0;
}

/** The share of what is missing to 1 that a level adds: share + (1 - share) * level. */
static inline double tw_raised(double share, double level)
{
    return share + (1 - share) * level;
}

/** Share of a zone's services that residents registered elsewhere enjoy. */
static inline double tw_entitlement(const tw_world *world, int zone)
{
    const double share = world->settings->entitlement;
    const double more =
        zone % TW_NUM_ZONE_KINDS == TW_TOWN && world->settings->services != TW_PROCESS_NONE
            ? tw_policy(world, TW_LEVER_PERMIT_ENTITLEMENT, zone / TW_NUM_ZONE_KINDS)
            : 0;
    return tw_raised(share, more);
}

/** Whether a town takes the registration of who lives there. */
static inline int tw_takes_registrations(const tw_world *world, int zone)
{
    const tw_tier tier = world->region->counties[zone / TW_NUM_ZONE_KINDS].tier;
    return tier != TW_CAPITAL || world->settings->capital_open;
}

static inline int32_t tw_household_size(const tw_block *block, int32_t household)
{
    return block->first_person[household + 1] - block->first_person[household];
}

static inline int tw_is_town(int zone)
{
    return zone % TW_NUM_ZONE_KINDS == TW_TOWN;
}

/** Whether a family new to a zone needs a dwelling there; an employer or kin house the others. */
static inline int tw_needs_dwelling(const tw_world *world, uint64_t uid, int zone)
{
    const tw_draw draw = tw_draw_at(world->key, TW_DRAW_TAKE_UP, uid, 0, 2);
    return tw_is_town(zone) &&
           tw_uniform(draw.word[0]) < world->need_share[zone / TW_NUM_ZONE_KINDS];
}

/** Persons of a zone who work outside farming. */
static inline int64_t tw_zone_employed(const tw_world *world, int zone)
{
    int64_t sum = TW_AT(&world->zones, self_employed, zone);
    for (int s = 0; s < TW_NUM_SECTORS; s++) {
        sum += tw_zone_column(&world->zones, TW_ZONE_employed_industry + s)[zone];
    }
    return sum;
}

/** Jobs of a zone and sector beyond the path, from this quarter on; negative takes them away. */
static inline void tw_add_jobs(tw_world *world, int zone, int sector, double jobs)
{
    world->work.jobs_added[zone * TW_NUM_SECTORS + sector] += jobs;
}

/** Chance of a job in a town: those with a non-farm job over them and those who look for one. */
static inline double tw_job_chance(const tw_world *world, int county)
{
    const int town = tw_zone(county, TW_TOWN);
    const double employed = (double)tw_zone_employed(world, town);
    const double all = employed + (double)TW_AT(&world->zones, seeking, town);
    return all > 0 ? employed / all : 1.0;
}

/** Lanes of 16 bits, four in a word, that are at most their limit: the highest bit of each. */
static inline uint64_t tw_lanes_within(uint64_t lead, uint64_t limit)
{
    const uint64_t high = UINT64_C(0x8000800080008000);
    const uint64_t less = (limit | high) - (lead & ~high);
    const uint64_t beyond = (~limit & lead) | (~(limit ^ lead) & ~less);
    return ~beyond & high;
}

/** Whether an event of a person is worth a look: its leading bits are within the limit. */
static inline int tw_within_limit(const tw_world *world, const tw_subject *subject, int slot)
{
    (void)world;
    return (int)(subject->within[slot / 4] >> (16 * (slot % 4) + 15) & 1);
}

/** Clears the bounds of all person events: each process sets its own, every quarter. */
static inline void tw_persons_unbound(tw_world *world)
{
    memset(world->person_limit, 0, sizeof world->person_limit);
    world->household_bound[TW_SLOT_COLLECTIVE_EXIT] = world->household_bound[TW_SLOT_JOIN_KIN] = 0;
}

/**
 * Raises the limit of an event of persons of a sex, marital status and age to cover probability p
 * times the setting engine.thinning_bound. A person is looked at when the leading bits are at most
 * the limit; so one in 65,536 is looked at in vain where nothing is possible.
 */
static inline void tw_bound_person(tw_world *world, int slot, int sex, int marital, int age,
                                   double p)
{
    uint64_t *word = &world->person_limit[tw_person_state(sex, marital, age)][slot / 4];
    const int shift = 16 * (slot % 4);
    const uint64_t bound = tw_event_bound(world->settings->thinning_bound * p);
    const uint64_t limit = bound > 0 ? bound - 1 : 0;
    if (limit > (*word >> shift & 0xffff)) {
        *word = (*word & ~(UINT64_C(0xffff) << shift)) | limit << shift;
    }
}

static inline void tw_bound_household(tw_world *world, int slot, double p)
{
    const uint32_t bits = tw_event_bound(world->settings->thinning_bound * p);
    if (bits > world->household_bound[slot]) {
        world->household_bound[slot] = bits;
    }
}

/** The same as tw_age_index in numbers as short as the column, for loops over it in vectors. */
static inline int16_t tw_short_age(int16_t birth_quarter, int16_t quarter)
{
    const int16_t age = (int16_t)((int16_t)(quarter - birth_quarter) >> 2);
    return age > TW_MAX_AGE ? TW_MAX_AGE : age < 0 ? 0 : age;
}

/** Age in years as an index of tables by age. */
static inline int tw_age_index(const tw_world *world, const tw_block *block, int32_t person)
{
    const int age = tw_age(block->birth_quarter[person], world->quarter);
    return age > TW_MAX_AGE ? TW_MAX_AGE : age < 0 ? 0 : age;
}

/**
 * Amount of a programme that is delivered in a quarter: after start, end, ramp, delay and the share
 * that is delivered; 0 outside its dates.
 */
double tw_delivered(const tw_world *world, const tw_programme *programme, int32_t quarter);

/**
 * Notes the members of a household that is granted something by a programme now, if anybody asked
 * for it: every process that grants calls it, once for each grant or for each payment.
 */
TW_MUST_CHECK tw_status tw_note_grant(const tw_world *world, tw_worker *worker, int programme,
                                      const tw_block *block, int32_t row);

/** The programme of a grant that pays a kind of household in a county in a quarter, or -1: there is
 *  one at most. */
int tw_grant_in_force(const tw_world *world, tw_lever lever, int kind, int county, int32_t quarter);

/** Cents that its own ceiling of the year and that of all programmes leave, >= 0; INT64_MAX when
 *  there is none. */
int64_t tw_programme_left(const tw_world *world, int programme);

/** Whole units which that money pays for. */
int64_t tw_programme_affordable(const tw_world *world, int programme);

/** Takes what a programme paid in a county into the ledger and its year. Serial phases only. */
void tw_programme_book(tw_world *world, int programme, int county, tw_ledger_row paid);

/**
 * Units of an OFFER or DEMAND lever that a process wants in a county, both of the sample; pays for
 * what is delivered and notes what the ceilings refuse. Serial phases only.
 * @return units delivered, in [0, units]
 */
int64_t tw_programme_buy(tw_world *world, tw_lever lever, int county, int64_t units);

/** Money of the sample from a payer to an account; nothing without the process budget. */
void tw_pay(tw_world *world, tw_payer payer, tw_account to, int64_t cents);

/**
 * In a pass or later: a household asks for a grant of a programme; tw_policy_grant clears what was
 * asked. `zone`: whose county's ledger pays; it is void when the household moves before. Draws:
 * GRANT, k = lever.
 * @return the application; NULL when memory is short (told later) or nothing is asked
 */
tw_application *tw_ask_grant(const tw_world *world, tw_worker *worker, int programme,
                             const tw_block *block, int32_t row, int zone, int64_t cents);

/** Whether a grant asked for is of that lever, and was not void. */
static inline int tw_grant_is_of(const tw_world *world, const tw_application *grant, tw_lever lever)
{
    return grant->market >= 0 &&
           tw_scenario_programme(world->scenario, grant->market)->lever == lever;
}

/** Whether a household has land in a village, or its reference person is registered in one. */
static inline int tw_has_rural_tie(const tw_block *block, int32_t row)
{
    const int registered = block->registered_zone[block->first_person[row]];
    return block->land_zone[row] >= 0 ||
           (registered >= 0 && registered % TW_NUM_ZONE_KINDS == TW_RURAL);
}

/** A lasting readiness of a household to accept an offer: 0 public housing, 1 subsidies, 3 (of a
 *  person) a course. Draws: TAKE_UP. */
static inline int tw_takes_up(const tw_world *world, uint64_t uid, uint32_t offer)
{
    const tw_draw draw = tw_draw_at(world->key, TW_DRAW_TAKE_UP, uid, 0, offer);
    return tw_uniform(draw.word[0]) < world->settings->take_up;
}

/**
 * What a person does after a change of zone: a job ends, a farm is left or taken up. From farms
 * more persons take part than in towns, so that some who farmed do not look for work there. Draws:
 * WORK, k = 2.
 */
static inline uint8_t tw_activity_after(const tw_world *world, uint64_t person, int activity,
                                        int from, int to)
{
    if (from == to || activity == TW_AT_HOME) {
        return (uint8_t)activity;
    }
    if (!tw_is_town(to)) {
        return TW_FARMING;
    }
    const tw_draw draw = tw_draw_at(world->key, TW_DRAW_WORK, person, world->quarter, 2);
    const int stays_active =
        activity != TW_FARMING || tw_uniform(draw.word[0]) < world->work.farmers_seek;
    return stays_active ? TW_SEEKING : TW_AT_HOME;
}

/**
 * Activity of a newcomer of 15-64 from outside: as many take part in work as did of those
 * registered outside at the start; they take what the hires of the quarter have left vacant in the
 * zone, and without any look for a job. Serial phase; draws: JOB, k = 1.
 */
int tw_labour_take_vacancy(tw_world *world, int zone, uint64_t uid);

/** Decimal year of the quarter's opening; of the run's start when trends are off. */
static inline double tw_year_now(const tw_world *world)
{
    return tw_quarter_year(world->settings->trends ? world->quarter : world->start);
}

#endif
