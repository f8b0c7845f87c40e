/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the programmes of a scenario deliver in a quarter: levels in force by lever and county, and
 * whole units that enter stocks; what each costs, within its ceiling of the year.
 *
 * Units due in a quarter: of a lever of UNITS a quarter of the yearly amount; of a LEVEL the base
 * of its places x amount / 4 (person-years). Parts of a unit wait; what the ceiling does not pay
 * for is refused: units are not delivered, a level is lowered in proportion. `implementation.*`
 * delays and thins what is delivered and caps the outlay of all programmes together, in their
 * order.
 *
 * Everything acts through what other processes read of a stock (places, jobs, dwellings, land) or
 * of `tw_policy`; with that process off a lever moves nobody. Grants are paid where households take
 * them (sim/process/housing/levers.c). No draws.
 */
#ifndef TW_PROCESS_POLICY_H
#define TW_PROCESS_POLICY_H

#include "process/world.h"

/** Serial phase, first: levels of the quarter, units into stocks, outlay. */
void tw_policy_open(tw_world *world);

/** Size of a lever's base in a county now, in the whole region's scale; tw_lever_base. */
double tw_policy_base(const tw_world *world, int base, int county);

/** Whole units of a lever into the stocks of a county, in the scale of the sample. */
/**
 * What levels per person newly registered bring: places of services, land for building. `level`:
 * what is paid of the programme's amount in this quarter.
 */
void tw_policy_follow_settled(tw_world *world, int programme, double level);

/** At the end of a quarter: remembers who was newly registered in the towns. */
void tw_policy_close(tw_world *world);

/** After moves: clears the grants that households asked for, pays those served, books them. */
TW_MUST_CHECK tw_status tw_policy_grant(tw_world *world);

/** What waits in programmes, and what they have spent of the year. */
void tw_policy_digest(const tw_world *world, tw_digest *digest);

void tw_policy_deliver(tw_world *world, int lever, int county, int64_t units);

#endif
