/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A scenario: the region it stands on, every setting with its value and origin, and the programmes
 * of its levers. Read as base + overrides, checked as a whole, resolved into plain numbers.
 */
#ifndef TOWNWARD_SCENARIO_H
#define TOWNWARD_SCENARIO_H

#include <stdint.h>
#include <stdio.h>

#include "townward/levers.h"
#include "townward/region.h"
#include "townward/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Words of the CHOICE settings, in the order in which settings_list.h gives them. */
enum { TW_PROCESS_NONE = 0, TW_PROCESS_ON = 1 };
enum { TW_GRADES_ABC = 0, TW_GRADES_AB = 1, TW_GRADES_A = 2 };
enum { TW_AMOUNTS_MIDDLE = 0, TW_AMOUNTS_LOW = 1, TW_AMOUNTS_HIGH = 2 };
enum { TW_OD_OFF = 0, TW_OD_SUM = 1, TW_OD_EACH = 2 };

/** All settings as plain values; members are named in sim/scenario/settings_list.h. */
typedef struct tw_settings {
    int64_t run_start, run_end; /**< quarter indices */
    int64_t run_seed, run_replicates, block_size, build_lag;
    int64_t results_od, demography, households, schooling, moving, outside, housing, labour, budget,
        organised, registration, capital_open, trends, hazards, rebuild_quarters, delivery_delay,
        amounts, grades, services;
    double run_sample, thinning_bound;
    double collective_town_share, rural_size_ratio, public_rental_share;
    double birth_level_2010s, birth_level, mortality_level, infant_mortality;
    double union_men, union_women, union_age_men, union_age_women, next_union, parting;
    double man_older, man_younger, man_usually_older;
    double home_of_man, join_parents_rural, join_parents_town;
    double leave_level, leave_age, leave_rural, leave_coupled, dormitory_share, split_level;
    double collective_exit, collective_return, seek_share, join_elder, join_alone;
    double junior_share, boarding_share, board_in_seat, school_county_weight, college_outside;
    double search_level, search_job, search_school, search_network, age_a1, age_alpha1, age_a2,
        age_alpha2, age_mu2, age_lambda2, age_c;
    double return_level;
    double town_level, city_level, capital_level, income_weight, travel_weight, network_weight;
    double rent_weight, climb_weight, moving_cost, dissimilarity, taste_change;
    double mean_stay, net_arrivals_2010s, net_arrivals, job_response, single_share;
    double arrival_college_share, arrival_senior_share, student_return, travel_detour, rural_speed;
    double exit_share, exit_2010s, relocation_level, relocation_town_share;
    double rural_job_weight, job_growth, service_follow, public_follow, income_growth;
    double self_employed_share, unemployment, job_vacancy, separation, match_eta, multiplier;
    double enter_young, enter_prime, enter_old, leave_prime, leave_old, give_up, farm_response;
    double end_business, low_skill_wage, high_skill_wage, business_income;
    double town_wage_share, rural_wage_share, farm_share, transfer_share, property_share;
    double floor_town, floor_rural, town_consumption, rural_consumption, consumption_slope;
    double seasonal_share, seasonal_minutes, seasonal_income, start_savings, arrival_savings;
    double price_to_rent, price_response, rent_income, purchase_rate, first_payment,
        instalment_limit;
    double loan_interest, loan_years;
    double natural_vacancy, rent_response, rent_change_limit, rent_share;
    double build_response, build_limit;
    double public_rent_discount, take_up, public_exit;
    double m5_loss, m6_loss, flood_loss, service_loss, displaced_loss, displaced_search;
    double newcomer_rate, registration_level, registration_gain, gain_years;
    double procedure_cost, land_risk, land_protection, outside_years, outside_level;
    double entitlement, service_slack, staff_weight, congestion, service_build_rate;
    double rural_service_level, city_service_level, capital_service_level, follow_residents;
    double heating_capital, heating_towns, integration, reach_minutes;
    double renewal_weight, grant_years, yuan_per_person;
    double taste_scale, size_weight, openness_weight, school_weight, senior_weight, hospital_weight;
    double wages_paid, accepted_share, delivered_share, delivery_ceiling, child_mortality,
        male_births, dismissal_limit, farm_leave_least, farm_leave_most;
    double construction_wage, services_wage, public_wage, least_rent, most_rent, vacancy_count;
    double care_weight, utilities_weight, land_start, land_quota;
    double move_risk_weight, let_share, land_rent, exit_threshold, exit_spread;
} tw_settings;

/** Who pays. X(ID, word) */
#define TW_PAYER_LIST(X) \
    X(CENTRE, "centre") X(REGION, "region") X(COUNTY, "county") X(BANKS, "banks")
typedef enum tw_payer {
#define TW_PAYER_ENUM(id, word) TW_PAYER_##id,
    TW_PAYER_LIST(TW_PAYER_ENUM)
#undef TW_PAYER_ENUM
        TW_NUM_PAYERS
} tw_payer;
const char *tw_payer_word(tw_payer payer);

/** One named programme of a lever. */
typedef struct tw_programme {
    tw_lever lever;
    char name[48];
    int32_t start, end;             /**< quarters; start <= q < end */
    int32_t ramp;                   /**< quarters from nothing to the full amount; 0 = at once */
    double amount;                  /**< in the lever's unit, >= 0 */
    double amount_low, amount_high; /**< plausible interval of the amount */
    char grade;                     /**< A measured here, B elsewhere, C assumed */
    char source[256];               /**< where amount and cost come from */
    int64_t unit_cost_cents;        /**< of a unit, or of a unit of the base and year; grants: 0 */
    int64_t ceiling_cents;          /**< outlay per year (November to October), INT64_MAX = none */
    double years;                   /**< grants that run: years a household receives it */
    tw_payer payer;
    uint32_t households; /**< grants: bit n = households of kind n can receive it */
    uint8_t *in_place;   /**< [num_counties] 1 where it acts */
    char file[512];      /**< where it was written, for messages */
    long line;
} tw_programme;

/** What one programme did in one county and year, of the whole region (not of the sample). */
typedef struct tw_ledger {
    int64_t cents;   /**< outlay */
    int64_t units;   /**< units delivered, or households paid */
    int64_t reached; /**< of units: these; of levels: units of the base times quarters; of grants:
                          households, for those that run times quarters */
} tw_ledger;

typedef struct tw_scenario tw_scenario; /* opaque: values have origins and checks behind them */

/** A value given on the command line, as "path=value" (programme paths too: levers.housing...). */
typedef struct tw_override {
    const char *text;
} tw_override;

/**
 * Reads a scenario file with its base files and the region it names, applies overrides, checks all.
 *
 * A scenario file is libconfig text: `base = "other.cfg"` or a list of such files (relative to the
 * file, optional; what a later one says counts),
 * `region = "region.cfg"` and `observations = "observed.csv"` (relative to the file that says
 * them), `question = "..."`, groups of settings, and `levers`. Everything wrong is found at once;
 * nothing is returned unless all is right.
 *
 * @param out  owned by the caller (tw_scenario_free)
 */
TW_MUST_CHECK tw_status tw_scenario_read(const char *file, const tw_override *overrides,
                                         int num_overrides, tw_report *report, tw_scenario **out);
/** Accepts NULL. */
void tw_scenario_free(tw_scenario *scenario);

/** A programme of a variant, with its amount times a factor >= 0. */
typedef struct tw_variant_part {
    const tw_programme *programme;
    double factor;
} tw_variant_part;

/**
 * A scenario made in memory: the settings and the region of `source` with the programmes given, in
 * that order. An amount is capped at the most its lever allows; a programme of factor 0 is left
 * out. Runs as a file with these programmes would, to the bit.
 *
 * @param parts  [num]; of any scenario on the same region
 * @param out    owned by the caller (tw_scenario_free), before `source`, which lends its region
 */
TW_MUST_CHECK tw_status tw_scenario_variant(const tw_scenario *source, const tw_variant_part *parts,
                                            int num, tw_scenario **out);

const tw_settings *tw_scenario_settings(const tw_scenario *scenario);
const tw_region *tw_scenario_region(const tw_scenario *scenario);
/** File name without folder and suffix. */
const char *tw_scenario_name(const tw_scenario *scenario);
/** The question the scenario answers, or "". */
const char *tw_scenario_question(const tw_scenario *scenario);
int tw_scenario_num_programmes(const tw_scenario *scenario);
const tw_programme *tw_scenario_programme(const tw_scenario *scenario, int index);
/** Observed values of the region and of the scenario's files, each indicator, area and date once.
 */
int tw_scenario_num_observations(const tw_scenario *scenario);
const tw_observation *tw_scenario_observation(const tw_scenario *scenario, int index);

/**
 * The resolved scenario as libconfig text that can be read again: every setting, defaults included,
 * every programme; no file names of this machine except the region's name. Observations are not in
 * it: they do not act on a run.
 * @return a string owned by the caller (free), or NULL when memory is short
 */
char *tw_scenario_text(const tw_scenario *scenario);

/** The reference scenario: every setting at its default with unit, range, kind, source. */
tw_status tw_scenario_write_reference(FILE *out);

/** One setting's row, for explain, docs and results. */
typedef struct tw_setting_row {
    const char *type, *path, *unit, *default_text, *low, *high, *kind, *source;
    const char *plausible_low, *plausible_high, *sentence;
} tw_setting_row;
int tw_num_settings(void);
tw_setting_row tw_setting_row_at(int index);
/** Value of setting `index` as text and where it came from ("default", "file:line", "--set"). */
void tw_scenario_value(const tw_scenario *scenario, int index, char value[64], char origin[600]);

#ifdef __cplusplus
}
#endif
#endif
