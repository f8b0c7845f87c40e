/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One household through a run: its quarters, what it compared, the draws and lotteries that
 * decided, and where two scenarios part. The run itself is not changed by being looked at.
 */
#ifndef TOWNWARD_TRACE_H
#define TOWNWARD_TRACE_H

#include <stdint.h>
#include <stdio.h>

#include "townward/run.h"
#include "townward/scenario.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What households are looked for. X(ID, word, sentence) */
#define TW_FIND_LIST(X)                                                        \
    X(MOVED, "moved", "moved from a rural zone to a town by choice")           \
    X(RETURNED, "returned", "moved from a town back to a rural zone")          \
    X(REFUSED, "refused", "applied for a dwelling elsewhere and found none")   \
    X(SUBSIDISED, "subsidised", "were granted the rental subsidy")             \
    X(DISPLACED, "displaced", "lost their dwelling in an earthquake or flood") \
    X(PARTED, "parted", "live in another zone at the end of the second scenario")
typedef enum tw_find_kind {
#define TW_FIND_ENUM(id, word, sentence) TW_FIND_##id,
    TW_FIND_LIST(TW_FIND_ENUM)
#undef TW_FIND_ENUM
        TW_NUM_FINDS
} tw_find_kind;

const char *tw_find_word(tw_find_kind kind);
const char *tw_find_sentence(tw_find_kind kind);

typedef struct tw_trace_options {
    int replicate;         /**< >= 0 */
    int num_threads;       /**< 0 = all */
    tw_progress *progress; /**< may be NULL; called by tw_trace_find after each quarter */
    void *context;
} tw_trace_options;

/**
 * Writes the quarters of one household as text of at most 100 columns.
 *
 * @param other  a second scenario on the same draws, or NULL. It has the region, start and seed of
 *               the first
 * @param uid    of a household or a person. Those of the starting population have to be there;
 *               others are waited for
 * @param out    written to quarter by quarter
 * @return OK, NO_MEMORY, BAD_INPUT (nobody has that uid; the scenarios do not go together)
 */
TW_MUST_CHECK tw_status tw_trace(const tw_scenario *scenario, const tw_scenario *other,
                                 uint64_t uid, const tw_trace_options *options, tw_report *report,
                                 FILE *out);

/**
 * Writes the uids and cases of a few households, chosen by a hash of their uid among all of that
 * kind.
 *
 * @param other  needed for TW_FIND_PARTED alone, else NULL
 */
TW_MUST_CHECK tw_status tw_trace_find(const tw_scenario *scenario, const tw_scenario *other,
                                      tw_find_kind kind, const tw_trace_options *options,
                                      tw_report *report, FILE *out);

#ifdef __cplusplus
}
#endif
#endif
