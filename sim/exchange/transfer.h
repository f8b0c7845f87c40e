/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Persons who change households: into another one, wherever it lies, or into one newly founded.
 *
 * Transfers are collected while the blocks stand still, in the rows that the blocks have then, and
 * take effect when the blocks are rebuilt. A person who was transferred is marked in the old row by
 * unit 0, so that nobody is taken twice.
 */
#ifndef TW_EXCHANGE_TRANSFER_H
#define TW_EXCHANGE_TRANSFER_H

#include "base/draw.h"
#include "population/block.h"

/** A household to be appended to a block; its persons lie in the list's array. */
typedef struct tw_founding {
    tw_household household;
    int32_t block;
    int32_t first_person, num_persons;
} tw_founding;

typedef struct tw_transfers {
    tw_edits edits; /**< persons taken out and put in */
    int32_t num_foundings, max_foundings, num_persons, max_persons;
    tw_founding *founding;
    tw_person *person;
    int32_t max_blocks;
    int32_t *first_edit, *first_founding; /**< [num_blocks + 1], after tw_transfers_sort */
} tw_transfers;

void tw_transfers_free(tw_transfers *transfers);
void tw_transfers_clear(tw_transfers *transfers);

/** uid of the household that a person founds: mix of founder, FOUNDING and the number so far. */
uint64_t tw_founding_uid(uint64_t founder, int number);

/**
 * Takes a person out of the household: notes the removal, marks the row, returns the values with
 * the mark undone and kin_uid set to the household left, unless that was a collective one. The
 * person takes an equal part of the household's savings, the last one the rest.
 *
 * @param money  in and out: cents, the part is added
 */
TW_MUST_CHECK tw_status tw_transfer_out(tw_transfers *transfers, tw_population *population,
                                        tw_place from, int32_t person_row, tw_person *out,
                                        int64_t *money);

/** Puts a person into a household as its last member. */
TW_MUST_CHECK tw_status tw_transfer_in(tw_transfers *transfers, tw_place into,
                                       const tw_person *person);

/** Founds a household; its block follows from its uid. The first person is its reference person. */
TW_MUST_CHECK tw_status tw_transfer_found(tw_transfers *transfers, const tw_population *population,
                                          const tw_household *household, int num_persons,
                                          const tw_person *persons);

/** Brings edits and foundings to their blocks: edits by household, kind, person; foundings by uid.
 */
TW_MUST_CHECK tw_status tw_transfers_sort(tw_transfers *transfers, int32_t num_blocks,
                                          int num_threads);

/** Adds all foundings of another list. */
TW_MUST_CHECK tw_status tw_transfers_join(tw_transfers *transfers, const tw_transfers *part);

/** Appends to the block of that index its foundings; the transfers are sorted. */
TW_MUST_CHECK tw_status tw_transfers_append(const tw_transfers *transfers, int32_t index,
                                            tw_block *block);

#endif
