/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Households and persons, in blocks.
 *
 * A block holds up to a few thousand households as columns (structure of arrays); the persons of a
 * household are contiguous and the first of them is its reference person. A block is the unit of
 * parallel work. Sums over blocks are sums of integers, so neither the number of blocks nor the
 * number of threads can change a result.
 */
#ifndef TOWNWARD_POPULATION_H
#define TOWNWARD_POPULATION_H

#include <stddef.h>
#include <stdint.h>

#include "townward/region.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum tw_tenure {
    TW_RURAL_HOUSE,   /**< own house in a rural zone; no market */
    TW_TOWN_OWNER,    /**< holds one dwelling of the town's market stock */
    TW_TOWN_RENTER,   /**< holds one dwelling of the town's market stock */
    TW_PUBLIC_RENTAL, /**< holds one public rental dwelling of the town */
    TW_OTHER_TENURE,  /**< family without a counted dwelling: with kin, employer's housing, unknown
                       */
    TW_COLLECTIVE,    /**< one-person household in a dormitory, building site or institution */
    TW_NUM_TENURES
} tw_tenure;

/** What a person does; an employed one works in the sector activity - TW_EMPLOYED. */
typedef enum tw_activity {
    TW_AT_HOME, /**< neither works nor looks for work: children, pupils, old age, household */
    TW_SEEKING,
    TW_FARMING,
    TW_SELF_EMPLOYED, /**< in services */
    TW_EMPLOYED,
    TW_NUM_ACTIVITIES = TW_EMPLOYED + TW_NUM_SECTORS
} tw_activity;

/** Skill follows schooling: 0 primary or less, 1 junior or senior school, 2 college. */
static inline int tw_skill_of(int schooling)
{
    return schooling >= TW_SCHOOL_COLLEGE ? 2 : schooling >= TW_SCHOOL_JUNIOR;
}

enum { TW_NUM_SKILLS = 3 };

/** Whether a person of that age is at school or college: levels are given on entering. */
static inline int tw_at_school(int age, int schooling)
{
    return age < 15 || (age < 18 && schooling >= TW_SCHOOL_SENIOR) ||
           (age < 22 && schooling >= TW_SCHOOL_COLLEGE);
}

enum { TW_NO_ZONE = -1, TW_OUTSIDE = -2 };

/** Land rights of a household; it has a land_zone if and only if it uses or lets the land. */
typedef enum tw_land_state {
    TW_LAND_NONE,  /**< never had any, or lost it with a relabelled village */
    TW_LAND_USED,  /**< held, and used by itself */
    TW_LAND_LET,   /**< held, and let to others */
    TW_LAND_EXITED /**< given up for pay; not to be had again but by being resettled on new land */
} tw_land_state;

/** Flags of a household. */
enum {
    TW_DISPLACED =
        1, /**< lost its dwelling in an earthquake or flood, until a move or reconstruction */
    TW_SEEKS_DWELLING =
        4,           /**< founded in a town without a dwelling: applies for one every quarter */
    TW_ORPHANED = 8, /**< holds nobody of 15 or over: joins kin in the next quarter */
    /* Within a quarter only: */
    TW_LEAVES_REGION = 16, /**< leaves the region */
    TW_JOINS = 32,         /**< its members join another household */
    TW_HOSTS = 64,         /**< takes in another household */
    TW_GRANTED = 128,      /**< has had the settling grant: kept for good */
    TW_WITHIN_QUARTER = TW_LEAVES_REGION | TW_JOINS | TW_HOSTS,
};

/** Nobody younger keeps a household of their own: under this age, in years, children need kin. */
enum { TW_AGE_OF_ORPHANS = 15 };

/**
 * Columns of a household: X(name, type, unit, sentence). `first_person` is derived storage and not
 * part of this list.
 */
#define TW_HOUSEHOLD_FIELDS(X)                                                                     \
    X(uid, uint64_t, "1", "identity, the same in every scenario")                                  \
    X(zone, int16_t, "zone index", "zone of residence")                                            \
    X(savings, int64_t, "cents", "money of the household; yuan times 100")                         \
    X(debt, int64_t, "cents", "owed to a bank for the dwelling; yuan times 100")                   \
    X(land_zone, int16_t, "zone index", "rural zone where it holds land rights, -1 = none")        \
    X(taste_zone, int16_t, "zone index",                                                           \
      "place whose choice its lasting tastes explain: where the run found it, -1 = none")          \
    X(moved_quarter, int16_t, "quarter index", "quarter of the last move, start of run if none")   \
    X(tenure, uint8_t, "code",                                                                     \
      "tenure: rural house, town owner, town renter, public rental, "                              \
      "other, collective")                                                                         \
    X(land_state, uint8_t, "code",                                                                 \
      "land rights: 0 none, 1 held and used, 2 let, 3 given up for pay")                           \
    X(permit_quarters, uint8_t, "quarters",                                                        \
      "residence in the present county while a member is registered in another zone or outside; "  \
      "at most 255, from 0 after a move to another county")                                        \
    X(subsidy_kind, uint8_t, "code",                                                               \
      "receives the rental subsidy for this kind of household, which it was when it was granted, " \
      "from 1; 0 = receives none")                                                                 \
    X(flags, uint8_t, "bits",                                                                      \
      "1 = displaced by a hazard, 4 = seeks a dwelling in its town, 8 = children only, 128 = has " \
      "had the settling grant; others within a quarter only")

/**
 * Columns of a person.
 *
 * `unit` tells the nuclear families of a household apart: a couple and their unmarried children
 * share one number, and so do a lone parent and theirs. Partners are the two persons of a unit who
 * are married. `kin_uid` is the household of the nearest kin elsewhere: for one who left, the
 * parental home; for the parents left behind, that of the child who left last; newborns inherit
 * their mother's. The household may have ended since.
 */
#define TW_PERSON_FIELDS(X)                                                                   \
    X(person_uid, uint64_t, "1", "identity, the same in every scenario")                      \
    X(kin_uid, uint64_t, "1", "household of the nearest kin elsewhere, 0 = none known")       \
    X(birth_quarter, int16_t, "quarter index", "quarter of birth")                            \
    X(registered_zone, int16_t, "zone index", "zone of household registration, -2 = outside") \
    X(sex, uint8_t, "code", "0 male, 1 female")                                               \
    X(schooling, uint8_t, "code", "highest level: none, primary, junior, senior, college")    \
    X(marital, uint8_t, "code", "never married, married, divorced, widowed")                  \
    X(unit, uint8_t, "1", "nuclear family within the household, from 1")                      \
    X(activity, uint8_t, "code",                                                              \
      "at home, seeking work, farming, self-employed, employed in industry, construction, "   \
      "services, public services")                                                            \
    X(children_born, uint8_t, "1", "births given so far in the run: numbers the next child")  \
    X(foundings, uint8_t, "1", "households founded so far in the run: numbers the next one")

enum { TW_MAX_SPLITS = 16 };

typedef struct tw_block {
    int32_t num_households, max_households;
    int32_t num_persons, max_persons;
    int32_t
        *first_person; /**< [max_households + 1]: persons of household h are first[h]..first[h+1] */
#define TW_COLUMN(name, type, unit, sentence) type *name;
    TW_HOUSEHOLD_FIELDS(TW_COLUMN)
    TW_PERSON_FIELDS(TW_COLUMN)
#undef TW_COLUMN
    void *storage; /**< one allocation behind all columns */
    /** At split n the households with bit n of the hash of their uid went to split_into[n]. */
    int32_t num_splits;
    int32_t split_into[TW_MAX_SPLITS];
} tw_block;

/** Values of one household and of one person, for adding them. */
typedef struct tw_household {
#define TW_VALUE(name, type, unit, sentence) type name;
    TW_HOUSEHOLD_FIELDS(TW_VALUE)
} tw_household;
typedef struct tw_person {
    TW_PERSON_FIELDS(TW_VALUE)
#undef TW_VALUE
} tw_person;

/**
 * Where a household lies follows from its uid alone: one of the starting population in the block
 * that held its place in the order of uids, any other in the start block that a hash of its uid
 * names; from there the splits of blocks lead on. So new households fill the blocks evenly, and
 * kin are found without a register.
 */
typedef struct tw_population {
    int32_t block_size; /**< households per block aimed at */
    int32_t num_blocks, max_blocks;
    tw_block *blocks;
    int32_t num_start_blocks; /**< 0 until tw_population_seal */
    uint64_t *start_uid;      /**< [num_start_blocks] uid of the first household of each */
} tw_population;

/**
 * A population of the households of all parts in their order, with room to grow.
 *
 * @param block_size   households per block, 16..16384
 * @param part         [num_parts] blocks of any size; only read
 * @param num_threads  1 or more; changes nothing but time
 */
TW_MUST_CHECK tw_status tw_population_create(int32_t block_size, const tw_block *part,
                                             int32_t num_parts, int num_threads,
                                             tw_population **out);
/** Accepts NULL. */
void tw_population_free(tw_population *population);
/** A copy that shares nothing with its source. */
TW_MUST_CHECK tw_status tw_population_copy(const tw_population *source, tw_population **out);

/**
 * Ends the making of the starting population: from now on households are found by their uid.
 * @return OK, NO_MEMORY, or BAD_STATE when the households are not in the order of their uids
 */
TW_MUST_CHECK tw_status tw_population_seal(tw_population *population);

/** Block in which a household of that uid lies, or would be put; the population is sealed. */
int32_t tw_population_block_of(const tw_population *population, uint64_t uid);

/** A household's place. */
typedef struct tw_place {
    int32_t block, row;
} tw_place;
/** Looks a household up; 1 when it exists. Reads one block's column of uids. */
int tw_population_find(const tw_population *population, uint64_t uid, tw_place *out);

/** uid of a household of the starting population: serial counts from 0 within the zone. */
static inline uint64_t tw_start_household_uid(int32_t zone_code, uint32_t serial)
{
    return (UINT64_C(1) << 62) | ((uint64_t)zone_code << 32) | serial;
}
/** Whether a household uid is one of the starting population. */
static inline int tw_is_start_uid(uint64_t uid)
{
    return uid >> 62 == 1;
}
/** uid of a person of the starting population: serial counts from 0 within the zone. */
static inline uint64_t tw_start_person_uid(int32_t zone_code, uint32_t serial)
{
    return ((uint64_t)zone_code << 32) | serial;
}

/** Totals of a population, for checks and messages. */
typedef struct tw_population_totals {
    int64_t persons, urban_persons, families, family_persons, collectives;
} tw_population_totals;
tw_population_totals tw_population_count(const tw_population *population);

/**
 * Row of the partner of a person in the household, or -1: the other married person of the unit.
 * Persons who are leaving within the quarter (unit 0) have none.
 */
static inline int32_t tw_partner_row(const tw_block *block, int32_t household, int32_t person)
{
    const uint8_t unit = block->unit[person];
    if (unit == 0 || block->marital[person] != TW_MARRIED) {
        return -1;
    }
    for (int32_t p = block->first_person[household]; p < block->first_person[household + 1]; p++) {
        if (p != person && block->unit[p] == unit && block->marital[p] == TW_MARRIED &&
            block->sex[p] != block->sex[person]) {
            return p;
        }
    }
    return -1;
}

/** Age in completed years at the opening of a quarter. */
static inline int tw_age(int32_t birth_quarter, int32_t quarter)
{
    return (quarter - birth_quarter) >> 2;
}

/**
 * Generations of a household, 1 to 4, from the span of its members' ages in years: an
 * approximation, since who is whose child is not known of everyone.
 */
static inline int tw_generations(int span)
{
    return span < 16 ? 1 : span < 42 ? 2 : span < 75 ? 3 : 4;
}

#ifdef __cplusplus
}
#endif
#endif
