/* SPDX-License-Identifier: Apache-2.0 */
/** Putting a whole file in place. */
#ifndef TW_RESULTS_FILE_H
#define TW_RESULTS_FILE_H

#include <stddef.h>

#include "townward/status.h"

/**
 * Writes bytes beside `path`, syncs and renames; or leaves nothing when anything failed. An
 * existing file is replaced only with `force`.
 */
TW_MUST_CHECK tw_status tw_file_put(const char *path, int force, const void *bytes, size_t size,
                                    tw_report *report);

/** A finding of a file that could not be written: what, and errno as text. */
tw_status tw_file_failure(tw_report *report, const char *path, const char *what);

#endif
