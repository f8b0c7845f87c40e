/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Registration and land: once a year, on 1 November, households of towns decide whether to transfer
 * their registration to the town, to let their rural land, to give it up for pay.
 *
 * A transfer is a binary logit: what registration adds to services, growing with the years of
 * residence, less the procedure and the perceived risk to the land, which is kept. Only towns take
 * registrations; the capital does if a setting says so. Whoever registers may be counted as urban
 * by registration, but lives where they lived before. Land that was let is used again on return.
 */
#ifndef TW_PROCESS_REGISTRATION_H
#define TW_PROCESS_REGISTRATION_H

#include "process/world.h"

/** What a town and a village make of the chance to transfer. */
typedef struct tw_registration_terms {
    double worth;     /**< of the town's services to who is registered, 1 = a county town with
                           enough places */
    double lacking;   /**< share of them that others do not enjoy, 0-1 */
    double procedure; /**< utility lost by the procedure */
    double protected; /**< part of the perceived risk to land that is taken away, 0-1 */
} tw_registration_terms;

/** Nobody younger decides on a household's registration, years. */
enum { TW_AGE_OF_REGISTERING = 18 };

/**
 * Chance that a household transfers in a year, in (0, 1).
 *
 * 1 / (1 + exp(-V)), V = level + gain x lacking x worth x min(years, gain_years) - procedure
 * - land risk (1 - protected) if land is at stake; the level is outside_level for those registered
 * outside.
 *
 * @param stake     TW_STAKE_*
 * @param quarters  of residence, 0..255
 */
double tw_registration_chance(const tw_settings *settings, int stake, int quarters,
                              const tw_registration_terms *terms);

/** Chance that a household with land gives it up in a year for a payment in yuan; 0 for none. */
double tw_land_exit_chance(const tw_settings *settings, double payment);

/** Chance that a household of a town transfers in a year in which it decides; 0 where it cannot. */
double tw_transfer_chance(const tw_world *world, const tw_block *block, int32_t row);

/** Chance that a household of a town lets its land of a rural zone in a year. */
double tw_land_let_chance(const tw_world *world, int land);

/** Serial phase: publishes chances and the risk to land that moving takes into account. */
void tw_registration_open(tw_world *world);

/**
 * Second pass, after the rebuild and before moves: on 1 November households decide. Counts
 * transfers, land_let, land_exits. The quarters of residence pass where residents are counted.
 *
 * Draws: REGISTER keyed by reference person and quarter, k = 0 transfer, 1 let, 2 exit, 3 whether
 * the town accepts.
 */
void tw_registration_block(const tw_world *world, tw_worker *worker, tw_block *block);

/** Serial, after grants: who is paid for it gives the rural land up. */
void tw_registration_exits(tw_world *world);

#endif
