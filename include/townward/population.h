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

enum { TW_NO_ZONE = -1, TW_OUTSIDE = -2 };

/** Flags of a household. */
enum {
    TW_HOME_AT_START =
        1,             /**< lives where the run found it: its taste for that place is conditioned */
    TW_SUBSIDISED = 2, /**< receives the rental subsidy */
};

/**
 * Columns of a household: X(name, type, unit, sentence). `first_person` is derived storage and not
 * part of this list.
 */
#define TW_HOUSEHOLD_FIELDS(X)                                                                   \
    X(uid, uint64_t, "1", "identity, the same in every scenario")                                \
    X(zone, int16_t, "zone index", "zone of residence")                                          \
    X(land_zone, int16_t, "zone index", "rural zone where it holds land rights, -1 = none")      \
    X(moved_quarter, int16_t, "quarter index", "quarter of the last move, start of run if none") \
    X(tenure, uint8_t, "code",                                                                   \
      "tenure: rural house, town owner, town renter, public rental, "                            \
      "other, collective")                                                                       \
    X(flags, uint8_t, "bits", "1 = lives where the run found it, 2 = receives the rental subsidy")

/** Columns of a person. */
#define TW_PERSON_FIELDS(X)                                                                   \
    X(person_uid, uint64_t, "1", "identity, the same in every scenario")                      \
    X(birth_quarter, int16_t, "quarter index", "quarter of birth")                            \
    X(registered_zone, int16_t, "zone index", "zone of household registration, -2 = outside") \
    X(sex, uint8_t, "code", "0 male, 1 female")                                               \
    X(schooling, uint8_t, "code", "highest level: none, primary, junior, senior, college")    \
    X(marital, uint8_t, "code", "never married, married, divorced, widowed")                  \
    X(children_born, uint8_t, "1", "births given so far in the run: numbers the next child's uid")

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

typedef struct tw_population {
    int32_t block_size; /**< households per block aimed at */
    int32_t num_blocks, max_blocks;
    tw_block *blocks;
} tw_population;

/**
 * An empty population.
 *
 * @param block_size  households per block, 16..16384
 */
TW_MUST_CHECK tw_status tw_population_create(int32_t block_size, tw_population **out);
/** Accepts NULL. */
void tw_population_free(tw_population *population);
/** A copy that shares nothing with its source. */
TW_MUST_CHECK tw_status tw_population_copy(const tw_population *source, tw_population **out);

/**
 * Appends a household with its persons (the first is the reference person); opens a new block when
 * the last holds block_size households. Not for parallel use.
 *
 * @param persons  [num_persons], num_persons >= 1
 */
TW_MUST_CHECK tw_status tw_population_add(tw_population *population, const tw_household *household,
                                          int num_persons, const tw_person *persons);

/** uid of a household of the starting population: serial counts from 0 within the zone. */
static inline uint64_t tw_start_household_uid(int32_t zone_code, uint32_t serial)
{
    return (UINT64_C(1) << 62) | ((uint64_t)zone_code << 32) | serial;
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

/** Age in completed years at the opening of a quarter. */
static inline int tw_age(int32_t birth_quarter, int32_t quarter)
{
    return (quarter - birth_quarter) >> 2;
}

#ifdef __cplusplus
}
#endif
#endif
