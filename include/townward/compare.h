/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Scenarios compared with a base on the same draws: differences of indicators, and of every person
 * where it lives in both.
 *
 * A household meets the same luck in every scenario, so that the difference of two runs is the
 * effect of what was changed; a person alive in both is one person twice. docs/comparison.md has
 * the definitions.
 */
#ifndef TOWNWARD_COMPARE_H
#define TOWNWARD_COMPARE_H

#include <stdint.h>
#include <stdio.h>

#include "townward/results.h"
#include "townward/scenario.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Indicators, of every area and 1 November. X(ID, unit, sentence) */
#define TW_FIGURE_LIST(X)                                                                         \
    X(urbanization_rate, "1", "town residents over residents")                                    \
    X(registered_urbanization_rate, "1",                                                          \
      "residents registered in a town over residents registered in the region")                   \
    X(residents, "persons", "residents")                                                          \
    X(town_residents, "persons", "residents of towns")                                            \
    X(town_registered, "persons", "residents registered in a town, whatever town")                \
    X(agro_pastoral_migrants, "persons", "town residents registered in a rural zone")             \
    X(town_jobs, "jobs", "jobs of towns that are not farming, filled or vacant")                  \
    X(unemployment_rate, "1",                                                                     \
      "town residents who look for a job over them and those with a non-farm job")                \
    X(rent, "yuan/month", "rent of a market dwelling, mean over the dwellings of the towns")      \
    X(rent_burden, "1",                                                                           \
      "yearly rent of a market dwelling over the expected yearly income of a town household, as " \
      "households see it when they choose, before public rental; mean over market dwellings")     \
    X(vacancy_rate, "1", "share of the market dwellings of towns that is empty")                  \
    X(school_load, "1", "residents of 6-14 of towns over places of their schools")                \
    X(hospital_load, "1",                                                                         \
      "residents of towns, of 65 and over thrice, over whom their hospitals can serve")           \
    X(outlay, "yuan", "outlay of all programmes and payers in the year that ends here")
typedef enum tw_figure {
#define TW_FIGURE_ENUM(id, unit, sentence) TW_FIGURE_##id,
    TW_FIGURE_LIST(TW_FIGURE_ENUM)
#undef TW_FIGURE_ENUM
        TW_NUM_FIGURES
} tw_figure;
typedef struct tw_figure_row {
    const char *name, *unit, *sentence;
} tw_figure_row;
/** indicator in [0, TW_NUM_FIGURES). */
tw_figure_row tw_figure_at(int indicator);
/** Index of an indicator by name, or -1. */
int tw_figure_find(const char *name);

/** Classes of persons of a base and an alternative. X(ID, sentence) */
#define TW_CLASS_LIST(X)                                                        \
    X(always, "alive in both runs, in the same town in both")                   \
    X(redirected, "alive in both runs, in a town in both, but not in the same") \
    X(induced, "alive in both runs, in a town in the alternative only")         \
    X(deterred, "alive in both runs, in a town in the base only")               \
    X(never, "alive in both runs, in no town in either")                        \
    X(only_base, "alive and in the region in the base only")                    \
    X(only_alternative, "alive and in the region in the alternative only")
typedef enum tw_class {
#define TW_CLASS_ENUM(id, sentence) TW_CLASS_##id,
    TW_CLASS_LIST(TW_CLASS_ENUM)
#undef TW_CLASS_ENUM
        TW_NUM_CLASSES
} tw_class;
const char *tw_class_name(int class_of);
const char *tw_class_sentence(int class_of);

/** Where a person was at the start. */
enum { TW_START_VILLAGE, TW_START_TOWN, TW_START_LATER, TW_NUM_STARTS };

/** Breakdowns of persons by what they were at the start. */
typedef enum tw_breakdown {
    TW_BY_INCOME,    /**< fifths of household income per head, the lowest first */
    TW_BY_AGE,       /**< 0-14, 15-29, 30-44, 45-59, 60 and over */
    TW_BY_HOUSEHOLD, /**< collective, one person, couple, family with children, other */
    TW_NUM_BREAKDOWNS
} tw_breakdown;
enum { TW_BREAKDOWN_CLASSES = 5 }; /**< of each of them */
/** Names of the classes of a breakdown, for tables and files. */
const char *tw_breakdown_class(int breakdown, int class_of);

typedef enum tw_compared_kind {
    TW_COMPARED_REGION,
    TW_COMPARED_PREFECTURE,
    TW_COMPARED_COUNTY,
    TW_NUM_COMPARED_KINDS
} tw_compared_kind;

/** The region, its prefectures, its counties. */
typedef struct tw_compared_area {
    char code[16]; /**< "region", or the administrative code */
    const char *name, *name_zh;
    tw_compared_kind kind;
    int32_t parent;             /**< index of the prefecture of a county, else -1 */
    double longitude, latitude; /**< degrees; NaN but for counties */
} tw_compared_area;

/** A programme of an alternative that the base does not have as it is. */
typedef struct tw_compared_programme {
    int32_t alternative, index; /**< which alternative, and which programme of its scenario */
    const tw_programme *programme;
} tw_compared_programme;

/** Persons of one place of the start in one town, at the horizon. */
typedef struct tw_compared_flow {
    int32_t alternative, class_of, origin, destination; /**< areas */
    int64_t persons; /**< of the sample, summed over replicates */
} tw_compared_flow;

/** What programmes did in a year. */
typedef struct tw_compared_outlay {
    int64_t cents, units, refused; /**< whole region, not of the sample */
} tw_compared_outlay;

/** Whoever was granted something by a programme until the horizon; persons of the sample. */
typedef struct tw_recipients {
    int64_t ever;       /**< persons */
    int64_t both;       /**< of them: alive in both runs at the horizon */
    int64_t same_place; /**< of those: in the same town in both */
} tw_recipients;

/** Indicators that are attributed to groups of levers. */
enum { TW_NUM_ATTRIBUTED = 3 };
/** The i-th of them: urbanization rate, registered urbanization rate, town residents. */
tw_figure tw_attributed_figure(int i);

/** Groups of levers, and one more for settings that are no levers. */
enum { TW_MOST_GROUPS = TW_NUM_LEVER_GROUPS + 1 };

/**
 * Values of all coalitions of the groups of an alternative at the horizon. A coalition is a number:
 * bit i = what group[i] changes is in force.
 */
typedef struct tw_attribution {
    int num_groups;
    int group[TW_MOST_GROUPS]; /**< a tw_lever_group; TW_NUM_LEVER_GROUPS = other settings */
    double *value;             /**< [replicate][coalition][TW_NUM_ATTRIBUTED] of the region */
} tw_attribution;

/** A lever of an alternative, alone and left out. */
typedef struct tw_single {
    int32_t alternative;
    tw_lever lever;
} tw_single;
typedef struct tw_singles {
    int32_t num;
    tw_single *single; /**< [num] */
    /** [single][alone, without][replicate][year][TW_NUM_FIGURES] of the region. */
    double *value;
} tw_singles;

/** Everything compared. Counts are of the sample; tw_comparison_persons scales them up. */
typedef struct tw_comparison {
    const tw_scenario *const *scenario; /**< [num_scenarios], lent by the caller; 0 = base */
    char (*name)[80];                   /**< [num_scenarios] different ones */
    int32_t num_scenarios, num_alternatives, num_replicates, num_years, num_areas;
    int32_t first_year; /**< calendar year of the first 1 November: the start */
    int32_t horizon;    /**< index of the year of the horizon */
    double sample;
    tw_compared_area *area; /**< [num_areas] */
    /** [scenario][replicate][year][indicator][area]; NaN where undefined. */
    double *value;
    int64_t *classes;   /**< [alternative][replicate][year][class][start][area] */
    int64_t *only_town; /**< [alternative][replicate][year][base, alternative][area] */
    /** [alternative][breakdown][replicate][class][class of the breakdown], at the horizon, of
     *  persons who were there at the start. */
    int64_t *broken;
    int64_t *pyramid; /**< [scenario][year][kind of zone][sex][age group], sum over replicates */
    int32_t num_flows;
    tw_compared_flow *flow;
    int32_t num_programmes;
    tw_compared_programme *programme;
    tw_compared_outlay *outlay;  /**< [programme][replicate][year] */
    tw_recipients *recipients;   /**< [programme][replicate] */
    int64_t *spent;              /**< [scenario][replicate][year] cents of all programmes */
    double seconds_per_quarter;  /**< of one world, measured on the way */
    tw_attribution *attribution; /**< [num_alternatives], or NULL when not asked for */
    tw_singles *singles;         /**< or NULL when not asked for */
} tw_comparison;

/** Called after each quarter, from one thread; returns nonzero to stop (INTERRUPTED). */
typedef int tw_compare_progress(void *context, const char *what, int done, int quarters);

typedef struct tw_compare_options {
    int num_threads;  /**< 0 = all */
    int horizon_year; /**< calendar year; 0 = 2030 when the runs reach it, else the last one */
    int attribute;    /**< 1: attribution, 2 to the number of groups runs for each replicate */
    int each_lever;   /**< 1: every lever alone and left out */
    tw_compare_progress *progress;
    void (*announce)(void *context, const char *text); /**< before long work; may be NULL */
    void *context;
} tw_compare_options;

/**
 * Whether scenarios can be compared: same region, start, end, sample, seed, replicates, starting
 * population, and a horizon within their runs. All findings are collected.
 *
 * @param file  [num] names of the files, for findings
 * @return OK or BAD_INPUT
 */
TW_MUST_CHECK tw_status tw_compare_check(const tw_scenario *const *scenario,
                                         const char *const *file, int num,
                                         const tw_compare_options *options, tw_report *report);

/**
 * Runs a base and its alternatives side by side, a year at a time, replicate after replicate, on
 * one starting population.
 *
 * The same bits for any number of threads and any block size. Memory: one population for the start
 * and one for each scenario, and 4 + 2 num bytes for each person of the start.
 * @param scenario  [num], num >= 2, base first; lent for the life of the comparison
 * @param out       caller owns (tw_comparison_free)
 * @return OK, NO_MEMORY, BAD_INPUT, BAD_STATE, INTERRUPTED
 */
TW_MUST_CHECK tw_status tw_compare(const tw_scenario *const *scenario, int num,
                                   const tw_compare_options *options, tw_report *report,
                                   tw_comparison **out);
/** Accepts NULL. */
void tw_comparison_free(tw_comparison *comparison);

/** Where things lie in the arrays of a comparison. */
static inline size_t tw_moment_of(const tw_comparison *of, int scenario, int replicate, int year)
{
    return ((size_t)scenario * (size_t)of->num_replicates + (size_t)replicate) *
               (size_t)of->num_years +
           (size_t)year;
}
static inline double tw_compared_value(const tw_comparison *of, int scenario, int replicate,
                                       int year, int indicator, int area)
{
    return of
        ->value[(tw_moment_of(of, scenario, replicate, year) * TW_NUM_FIGURES + (size_t)indicator) *
                    (size_t)of->num_areas +
                (size_t)area];
}
static inline int64_t *tw_classes_at(const tw_comparison *of, int alternative, int replicate,
                                     int year)
{
    return of->classes + tw_moment_of(of, alternative, replicate, year) * TW_NUM_CLASSES *
                             TW_NUM_STARTS * (size_t)of->num_areas;
}
/** Index of a class, start and area in what tw_classes_at gives. */
static inline size_t tw_class_cell(const tw_comparison *of, int class_of, int start, int area)
{
    return (size_t)(class_of * TW_NUM_STARTS + start) * (size_t)of->num_areas + (size_t)area;
}
static inline int64_t *tw_only_town_at(const tw_comparison *of, int alternative, int replicate,
                                       int year)
{
    return of->only_town +
           tw_moment_of(of, alternative, replicate, year) * 2 * (size_t)of->num_areas;
}
static inline int64_t *tw_broken_at(const tw_comparison *of, int alternative, int breakdown,
                                    int replicate)
{
    return of->broken + (((size_t)alternative * TW_NUM_BREAKDOWNS + (size_t)breakdown) *
                             (size_t)of->num_replicates +
                         (size_t)replicate) *
                            TW_NUM_CLASSES * TW_BREAKDOWN_CLASSES;
}
/** Persons of the whole region for a count of the sample. */
static inline double tw_comparison_persons(const tw_comparison *of, int64_t count)
{
    return (double)count / of->sample;
}

/** A mean difference on the same draws, and how well it is known. */
typedef struct tw_difference {
    double mean;              /**< of alternative less base over the replicates */
    double error;             /**< its standard error; NaN with one replicate */
    double low, high;         /**< 95 % interval by Student's t with replicates - 1 degrees */
    double unpaired;          /**< standard error that runs on draws of their own would have */
    double base, alternative; /**< means */
} tw_difference;
tw_difference tw_difference_of(const tw_comparison *of, int alternative, int year, int indicator,
                               int area);

/** A cost over an effect, both on the same draws. */
typedef struct tw_ratio {
    double value, error, low, high; /**< all NaN when the effect cannot be told from 0 */
} tw_ratio;
/** Additional outlay up to the horizon over additional persons of an indicator at it, yuan. */
tw_ratio tw_cost_per(const tw_comparison *of, int alternative, int indicator);

/** Outlay of all programmes up to the horizon, yuan. */
tw_difference tw_spent_of(const tw_comparison *of, int alternative);

/** Whether a programme pays grants to households, so that it has recipients. */
static inline int tw_is_grant(const tw_comparison *of, int programme)
{
    return tw_lever_row_at((int)of->programme[programme].programme->lever).kind == TW_KIND_GRANT;
}
/** Share of the recipients alive in both runs who live in the same town in the base; NaN = none. */
tw_difference tw_deadweight_of(const tw_comparison *of, int programme);

/** What a group of levers is worth at the horizon, mean over replicates. */
typedef struct tw_group_worth {
    double shapley, error; /**< Shapley value and its standard error */
    double alone;          /**< the group alone less base */
    double last;           /**< alternative less all but the group */
} tw_group_worth;
/** @param indicator  in [0, TW_NUM_ATTRIBUTED); @param group  index in the attribution */
tw_group_worth tw_group_worth_of(const tw_comparison *of, int alternative, int indicator,
                                 int group);

/** Breakdowns of the classes in the printed table. X(ID, word) */
#define TW_COMPARED_BY_LIST(X)  \
    X(COUNTY, "county")         \
    X(PREFECTURE, "prefecture") \
    X(TIER, "tier") X(INCOME, "income") X(AGE, "age") X(HOUSEHOLD, "household")
enum {
    TW_COMPARED_BY_NOTHING = 0,
#define TW_COMPARED_BY_ENUM(id, word) TW_COMPARED_BY_##id,
    TW_COMPARED_BY_LIST(TW_COMPARED_BY_ENUM)
#undef TW_COMPARED_BY_ENUM
};
/** The breakdown of a word, or -1. */
int tw_comparison_by_find(const char *word);

/** Prints finding, headline, classes and programmes of every alternative, 100 columns wide. */
void tw_comparison_print(const tw_comparison *of, int by, FILE *out);

typedef enum tw_comparison_form {
    TW_COMPARISON_HDF5,
    TW_COMPARISON_CSV, /**< a row for each cell, a column for each axis */
    TW_COMPARISON_JSON /**< as xarray.Dataset.from_dict reads it */
} tw_comparison_form;

/**
 * Writes a comparison as a file, with the rules of results of a run; all forms have the same
 * numbers. docs/comparison.md names the variables.
 *
 * @param provenance  may be NULL; HDF5 alone has it
 */
TW_MUST_CHECK tw_status tw_comparison_write(const tw_comparison *of, tw_comparison_form form,
                                            const tw_provenance *provenance, const char *path,
                                            int force, tw_report *report);

enum { TW_MOST_REACH_LEVERS = 12 };

/** A value that is to be reached, and with what. */
typedef struct tw_reach_options {
    int indicator;
    double target;
    int year, years; /**< its 1 November; years from the start to it */
    int num_levers;  /**< at least 1 */
    tw_lever lever[TW_MOST_REACH_LEVERS];
    double
        budget_yuan; /**< most that may be spent beyond the base up to the year; INFINITY = any */
    int evaluations; /**< points tried, at most */
} tw_reach_options;

/** The cheapest amounts found. */
typedef struct tw_reached {
    int reached;   /**< 0: the amounts are those nearest to the target */
    int direction; /**< 1: at least the target was wanted, -1: at most */
    int num_levers;
    double factor[TW_MOST_REACH_LEVERS]; /**< on the amounts of a lever's own programmes */
    double bound[TW_MOST_REACH_LEVERS];  /**< of the factor */
    int by_high[TW_MOST_REACH_LEVERS];   /**< 1: a high amount bounds it; 0: the lever's most */
    double value, cost; /**< mean over replicates; yuan beyond the base up to the year */
    double base_value, base_cost, most_value;
    int evaluations;
} tw_reached;

/** Whether an alternative has a programme of a lever, of an amount above 0, that the base has not.
 */
int tw_reach_has(const tw_scenario *base, const tw_scenario *alternative, tw_lever lever);

/**
 * The cheapest factors on the amounts of some levers with which the alternative reaches a value,
 * on the same draws; its other programmes stay as they are. The scenarios passed tw_compare_check.
 *
 * The search is NLopt's COBYLA and may end beside the cheapest; what it tells was run as told.
 */
TW_MUST_CHECK tw_status tw_reach(const tw_scenario *base, const tw_scenario *alternative,
                                 const tw_compare_options *options, const tw_reach_options *wanted,
                                 tw_report *report, tw_reached *out);
void tw_reach_print(const tw_scenario *base, const tw_scenario *alternative,
                    const tw_reach_options *wanted, const tw_reached *found, FILE *out);

#ifdef __cplusplus
}
#endif
#endif
