/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Persons by uid: each has a place in arrays, the same in every world that is compared.
 *
 * The uid of a person of the start is the code of a zone and a serial number in it, so that its
 * place follows; whoever is born or arrives gets the next place when first met, kept in a table of
 * hashes. Their uids have the highest bit set, which no code of a zone reaches.
 */
#ifndef TW_COMPARE_ROLL_H
#define TW_COMPARE_ROLL_H

#include "process/world.h"
#include "townward/compare.h"

/** A slot of the table; uid 0 = free. */
typedef struct tw_later {
    uint64_t uid;
    int64_t place;
} tw_later;

/** Everybody who was ever met. */
typedef struct tw_roll {
    int32_t num_zones;
    uint32_t *code; /**< [num_zones] codes of the zones, ascending */
    int64_t *first; /**< [num_zones + 1] place of the first person of a zone */
    int64_t num;    /**< places of the start */
    int16_t *zone;  /**< [num] where the person lived at the start; -1 = no such person */
    uint8_t *group[TW_NUM_BREAKDOWNS]; /**< [num] class of each breakdown */
    int64_t num_places;                /**< of the start and later */
    uint64_t num_slots;                /**< of the table: a power of 2, at most half in use */
    tw_later *later;
} tw_roll;

/** @param base  a world before its first quarter; its amounts of the budget are published */
TW_MUST_CHECK tw_status tw_roll_create(tw_world *base, tw_roll *out);
void tw_roll_free(tw_roll *roll);
/** Forgets who came later: another replicate has others. */
void tw_roll_forget(tw_roll *roll);

/** Nonzero for a person who was not there at the start. */
static inline int tw_came_later(uint64_t uid)
{
    return (int)(uid >> 63);
}

/** Place of a person of the start. `hint` is a zone looked at first, and the one found. */
int64_t tw_roll_start(const tw_roll *roll, uint64_t uid, int32_t *hint);

/** Where the search of the table for a later person begins. */
static inline const tw_later *tw_roll_slot(const tw_roll *roll, uint64_t uid)
{
    return &roll->later[uid & (roll->num_slots - 1)]; /* uids are hashes themselves */
}

/** Place of a person who came later, or -1 while it has none. */
int64_t tw_roll_later(const tw_roll *roll, uint64_t uid);
/** Place of anybody, given now to one who has none. @return OK or NO_MEMORY */
TW_MUST_CHECK tw_status tw_roll_add(tw_roll *roll, uint64_t uid, int64_t *place);

/** Extent of an array by place. */
typedef struct tw_extent {
    int64_t num, max; /**< places it has, and has room for */
} tw_extent;

/**
 * Extends an array to all places there are by now.
 * @param each  bytes of an element
 * @param byte  what new elements are filled with
 * @return the array, moved perhaps, or NULL: no memory, and the array is as it was
 */
void *tw_roll_fit(const tw_roll *roll, void *array, size_t each, int byte, tw_extent *extent);

/** Where everybody of a world is. */
typedef struct tw_sighting {
    tw_extent extent;
    int16_t *zone; /**< by place; -1 = not in the region, dead or not yet born */
    int64_t pyramid[TW_NUM_ZONE_KINDS][TW_NUM_SEXES][TW_NUM_AGE_GROUPS];
} tw_sighting;

void tw_sighting_free(tw_sighting *sighting);
/** Looks at everybody, in parallel over blocks, and gives places to those who have none. */
TW_MUST_CHECK tw_status tw_sighting_take(tw_roll *roll, const tw_world *world,
                                         tw_sighting *sighting);
/** Makes room for all places there are by now: nobody is at the new ones. */
TW_MUST_CHECK tw_status tw_sighting_fit(const tw_roll *roll, tw_sighting *sighting);

#endif
