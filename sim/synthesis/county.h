/* SPDX-License-Identifier: Apache-2.0 */
/** One county while its population is made: cells of persons, households, persons in their order.
 */
#ifndef TW_SYNTHESIS_COUNTY_H
#define TW_SYNTHESIS_COUNTY_H

#include "population/block.h"
#include "townward/synthesis.h"

/** Where and how a person lives. */
enum { TW_FAMILY_RURAL, TW_FAMILY_TOWN, TW_ALONE_RURAL, TW_ALONE_TOWN, TW_NUM_LIVINGS };
enum { TW_TOP_AGE = 100, TW_SYNTH_AGES = TW_TOP_AGE + 1 };
/** Age at which pupils enter a senior school, for three years. */
enum { TW_BOARDING_AGE = 15 };

/** A household being made. */
typedef struct tw_draft {
    uint8_t living, size, filled, tenure;
    uint8_t parent_age; /**< age that decides whose children live here */
    uint8_t head_age, head_sex, couple;
    uint8_t generations; /**< 1 to 4 */
    uint8_t boarder;     /**< 1 = a rural pupil who lives at a senior school in town */
    int8_t elsewhere;    /**< tw_elsewhere of its members' registration, -1 = here */
    int16_t registered;  /**< zone */
    int32_t next;        /**< next draft of the same queue, -1 = last */
} tw_draft;

/** A person being made; in the order of placing, the reference person of a household first. */
typedef struct tw_member {
    int32_t household;
    uint8_t sex, age, schooling, marital;
    uint8_t unit; /**< nuclear family within the household, from 1 */
    uint8_t activity;
} tw_member;

typedef struct tw_county_draft {
    const tw_region *region;
    const tw_synthesis_options *options;
    const tw_census *census;
    int county;
    int64_t cell[TW_NUM_LIVINGS][TW_NUM_SEXES][TW_SYNTH_AGES]; /**< persons left to be placed */
    int64_t boarders[TW_NUM_SEXES][TW_SYNTH_AGES]; /**< of those alone in town: rural pupils */
    int32_t num_drafts, num_members;
    tw_draft *draft;
    tw_member *member, *sorted;
    int32_t *first; /**< [num_drafts + 1] members of a household in `sorted` */
    uint64_t *key;  /**< [num_drafts] scratch: keyed order */
    int32_t *order; /**< [num_drafts] scratch */
    tw_block made;  /**< what becomes of the drafts: rows in their order */
    tw_status status;
} tw_county_draft;

/** Uses of the draws of the synthesis: the k of a draw. */
enum {
    TW_SYNTH_ORDER,
    TW_SYNTH_PARENT,
    TW_SYNTH_ORIGIN,
    TW_SYNTH_BIRTH,
    TW_SYNTH_SHUFFLE,
    TW_SYNTH_WORK,
    TW_SYNTH_STAY,
    TW_SYNTH_LET
};

/** A uniform of the synthesis for a household or person of a county. */
double tw_synth_uniform(const tw_county_draft *draft, int use, int32_t index);
uint64_t tw_synth_word(const tw_county_draft *draft, int use, int32_t index);

/**
 * Shares a total over cells in proportion to weight x cap, never above a cap: largest remainders,
 * first cell first among equals.
 *
 * @param cap   [num] most of each cell, >= 0
 * @param out   [num]; adds up to min(total, sum of caps)
 * @return what was shared
 */
int64_t tw_apportion(const double *weight, const int64_t *cap, int num, int64_t total,
                     int64_t *out);

/** Fills `cell` from the census: single ages, town and country, family and collective. */
void tw_draft_cells(tw_county_draft *draft);

/** Makes the households' skeleton and places every person. */
void tw_draft_families(tw_county_draft *draft);

/** Sorts members by household, then schooling, marital status, registration, tenure. */
void tw_draft_attributes(tw_county_draft *draft);

/** Sets the unit of every member from ages, marital status and the couples of the skeleton. */
void tw_draft_units(tw_county_draft *draft);

/** Sets the activity of every member from the county's employed by industry. */
void tw_draft_work(tw_county_draft *draft);

#endif
