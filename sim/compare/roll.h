/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Persons by uid: who was there at the start, and where everybody is at a moment.
 *
 * The uid of a person of the start is the code of a zone and a serial number in it, so that they
 * have places in arrays; whoever came later is kept in a list, and found by a table of hashes.
 */
#ifndef TW_COMPARE_ROLL_H
#define TW_COMPARE_ROLL_H

#include "process/world.h"
#include "townward/compare.h"

/** The persons of the starting population. */
typedef struct tw_roll {
    int32_t num_zones;
    uint32_t *code; /**< [num_zones] codes of the zones, ascending */
    int64_t *first; /**< [num_zones + 1] place of the first person of a zone */
    int64_t num;    /**< places */
    int16_t *zone;  /**< [num] where the person lived at the start; -1 = no such person */
    uint8_t *group[TW_NUM_BREAKDOWNS]; /**< [num] class of each breakdown */
} tw_roll;

/** @param base  a world before its first quarter; its amounts of the budget are published */
TW_MUST_CHECK tw_status tw_roll_create(tw_world *base, tw_roll *out);
void tw_roll_free(tw_roll *roll);
/** Place that a uid of the start has, or -1. `hint` is a zone looked at first, and the one found.
 */
int64_t tw_roll_place(const tw_roll *roll, uint64_t uid, int32_t *hint);
/** The same for a person who was there; -1 for all others. */
static inline int64_t tw_roll_find(const tw_roll *roll, uint64_t uid, int32_t *hint)
{
    const int64_t place = tw_roll_place(roll, uid, hint);
    return place >= 0 && roll->zone[place] >= 0 ? place : -1;
}

/** A person who was not there at the start. */
typedef struct tw_later {
    uint64_t uid;
    int16_t zone;
    int16_t seen; /**< number of the alternative that has it too */
} tw_later;

/** Where everybody of a world is. */
typedef struct tw_sighting {
    int16_t *zone; /**< [roll->num] -1 = not in the region or dead */
    int64_t num_later, max_later;
    tw_later *later;    /**< in no order that counts */
    uint64_t num_slots; /**< of the table, a power of 2; 0 = not made */
    int32_t *slot;      /**< index in `later`, -1 = free */
    uint64_t max_slots;
    int64_t pyramid[TW_NUM_ZONE_KINDS][TW_NUM_SEXES][TW_NUM_AGE_GROUPS];
} tw_sighting;

TW_MUST_CHECK tw_status tw_sighting_create(const tw_roll *roll, tw_sighting *out);
void tw_sighting_free(tw_sighting *sighting);
/** Looks at everybody. Parallel over blocks; whoever is found later in a list has no order. */
TW_MUST_CHECK tw_status tw_sighting_take(const tw_roll *roll, const tw_world *world,
                                         tw_sighting *sighting);
/** Makes the table by which later persons are found. */
TW_MUST_CHECK tw_status tw_sighting_index(tw_sighting *sighting);
/** A later person, or NULL. */
tw_later *tw_sighting_find(const tw_sighting *sighting, uint64_t uid);

#endif
