/* SPDX-License-Identifier: Apache-2.0 */
/** What the subcommands share: options, reports on stderr, exit codes. */
#ifndef TW_CLI_CLI_H
#define TW_CLI_CLI_H

#include <stdio.h>

#include "townward/results.h"
#include "townward/scenario.h"

enum {
    TW_EXIT_DONE = 0,
    TW_EXIT_FAILED = 1,
    TW_EXIT_WRONG = 2,       /**< wrong use or invalid input */
    TW_EXIT_INTERRUPTED = 75 /**< stopped before the end */
};

enum { TW_CLI_MAX_SETS = 64, TW_CLI_MAX_FILES = 64 };

/** Options a subcommand takes; others are refused. */
enum {
    TW_TAKES_SET = 1,        /**< --set, --seed, --replicates */
    TW_TAKES_OUTPUT = 2,     /**< -o, --force */
    TW_TAKES_THREADS = 4,    /**< --threads */
    TW_TAKES_VERIFY = 8,     /**< --verify */
    TW_TAKES_REFERENCE = 16, /**< --reference, --parameters, --levers */
    TW_TAKES_TRACE = 32,     /**< --uid, --find, --with, --replicate */
    TW_TAKES_COMPARE = 64    /**< --year, --by and what else `compare` knows */
};

/** What `compare` alone is asked for; texts as they were typed, NULL = not given. */
typedef struct tw_cli_compare_options {
    const char *year, *by, *csv, *json, *reach, *levers, *minimise, *budget;
    int attribute, each_lever;
} tw_cli_compare_options;

typedef struct tw_cli_options {
    tw_override sets[TW_CLI_MAX_SETS];
    int num_sets;
    char derived[4][64]; /**< texts behind --seed and --replicates */
    int num_derived;
    const char *files[TW_CLI_MAX_FILES];
    int num_files;
    const char *output;
    const char *uid, *find, *with, *replicate;
    int force, threads, verify, reference, parameters, levers;
    tw_cli_compare_options compare;
} tw_cli_options;

/** A subcommand: the one table of them is in main.c. */
typedef struct tw_cli_command {
    const char *name, *sentence, *usage;
    int takes;
    int (*run)(const tw_cli_options *options);
} tw_cli_command;

int tw_cli_run(const tw_cli_options *options);
int tw_cli_check(const tw_cli_options *options);
int tw_cli_explain(const tw_cli_options *options);
int tw_cli_synthesize(const tw_cli_options *options);
int tw_cli_compare(const tw_cli_options *options);
int tw_cli_inspect(const tw_cli_options *options);
int tw_cli_trace(const tw_cli_options *options);

/** Prints every finding as `file:line: error: found; expected ...` to stderr. */
void tw_cli_print_report(const tw_report *report);

/** Exit code of a status. */
int tw_cli_exit_code(tw_status status);

/** Prints the report and gives the exit code; a status without finding is printed as its sentence.
 */
int tw_cli_fail(tw_status status, const tw_report *report);

/** Prints observed beside simulated values; nothing when there are none. */
void tw_cli_print_observed(const tw_observed *list, int num);

/** One line to stderr and TW_EXIT_WRONG. */
int tw_cli_wrong_use(const char *format, ...) TW_PRINTF(1, 2);

/** Stops a long work at its next step when the user asks for it: 1 = asked. */
int tw_cli_interrupted(void);
void tw_cli_heed_signals(void);
double tw_cli_seconds(void);
/** What differs between equal runs; texts are static. */
tw_provenance tw_cli_provenance(const tw_cli_options *options, const char *command, double seconds);

/** What this form of the model does not contain. */
extern const char *const tw_cli_limits;

#endif
