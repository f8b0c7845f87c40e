/* SPDX-License-Identifier: Apache-2.0 */
/** Reading and checking what `compare --reach` asks for. */
#ifndef TW_CLI_REACH_H
#define TW_CLI_REACH_H

#include "cli/cli.h"
#include "townward/compare.h"

/** From the command line alone; findings for what is wrong. */
void tw_cli_reach_read(const tw_cli_options *options, tw_reach_options *wanted, tw_report *report);

/** Against the scenarios: the year, and whether the levers are there. */
void tw_cli_reach_check(const tw_scenario *base, const tw_scenario *alternative,
                        tw_reach_options *wanted, tw_report *report);

#endif
