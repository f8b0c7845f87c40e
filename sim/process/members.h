/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Who belongs together within a household, and how members leave to found another one: shared by
 * the processes that move persons.
 */
#ifndef TW_PROCESS_MEMBERS_H
#define TW_PROCESS_MEMBERS_H

#include "process/world.h"

enum {
    TW_MOST_MOVERS = 64,    /**< persons that move together; more stay behind */
    TW_AGE_OF_LEAVING = 16, /**< younger ones follow their parent */
    TW_GENERATION = 15      /**< years between a parent and a child, at least */
};

/** Kind of a household. */
tw_household_kind tw_kind_of_household(const tw_world *world, const tw_block *block, int32_t row);

/** The programme of a grant that pays a household in a county now, or -1. */
int tw_grant_for(const tw_world *world, tw_lever lever, const tw_block *block, int32_t row,
                 int county);

/** Whether somebody of the unit is a generation older: the person is a child in it. */
int tw_is_child_of_unit(const tw_block *block, int32_t household, int32_t person);

/**
 * A person and the children who follow: unmarried, under 16, of the same unit.
 *
 * @param row  out: [TW_MOST_MOVERS], the person first
 * @return number of rows
 */
int tw_members_group(const tw_world *world, const tw_block *block, int32_t household,
                     int32_t person, int32_t *row);

/** Smallest number from `from` on that no unit of the household has. */
uint8_t tw_free_unit(const tw_block *block, int32_t household, int from);

/** Those who stay in a household know from now on where the one who left lives. */
void tw_note_kin(tw_block *block, int32_t household, uint64_t uid);

/** Tenure of a family that has just been founded in a zone. */
int tw_tenure_founded(int zone);

/** Before a household changes its zone: its members' jobs end, farms are left or taken up. */
void tw_household_changes_work(const tw_world *world, tw_block *block, int32_t household, int zone);

/**
 * A new household of persons who leave another: same land, other tenure. Draws: TAKE_UP, k = 2.
 *
 * @param founder  person whose uid and number of foundings make the new uid; the number is raised
 */
tw_household tw_household_founded(const tw_world *world, const tw_block *block, int32_t row,
                                  tw_person *founder, int zone, int tenure);

/**
 * Members of a household found a new one: taken out, counted, noted. The first row is its reference
 * person; of a couple the second row is the partner. All of them make up its first unit.
 *
 * @param row  [num] person rows of the household, num <= TW_MOST_MOVERS
 */
TW_MUST_CHECK tw_status tw_members_found(tw_world *world, tw_transfers *transfers, tw_zones *tally,
                                         tw_place place, const int32_t *row, int num, int zone,
                                         int tenure);

/** Takes a person out of the household and the region, or to the grave; unit becomes 0. */
TW_MUST_CHECK tw_status tw_member_remove(tw_transfers *transfers, const tw_subject *subject);

/**
 * Notes a new marital status. It takes effect with the rebuild, so that the events of the quarter
 * still meet the status of its opening: bounds were taken by that.
 */
TW_MUST_CHECK tw_status tw_member_set_marital(tw_transfers *transfers, tw_place place,
                                              int32_t person, int marital);

/** In place: from a collective home into a home of one's own in the same zone. */
void tw_leave_collective(const tw_world *world, tw_block *block, int32_t row, tw_zones *tally);

/**
 * Services that somebody of the household is of the age for: bit s of the result is service s.
 * Hospitals and utilities are for everyone; senior schools matter from 12 on, before their time.
 */
unsigned tw_household_needs(const tw_world *world, const tw_block *block, int32_t household);

/** A household that asks to be taken in. */
TW_MUST_CHECK tw_status tw_ask_kin(tw_worker *worker, const tw_block *block, tw_place place,
                                   int reason);

/** Counts a household that has just been founded: stock and flow. */
void tw_count_founded(tw_zones *tally, int zone, int tenure);

/** Counts persons who change zone by joining or founding. */
void tw_count_transfer(tw_zones *tally, int from, int to, int32_t persons);

#endif
