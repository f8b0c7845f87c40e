/* SPDX-License-Identifier: Apache-2.0 */
/** Reading a result file back, as far as more than one source needs it. */
#ifndef TW_RESULTS_READ_H
#define TW_RESULTS_READ_H

#include <hdf5.h>

#include "townward/status.h"

/** Opens a file; the caller closes it. */
TW_MUST_CHECK tw_status tw_results_open(const char *path, tw_report *report, hid_t *out);

/**
 * A whole variable as doubles, owned by the caller (free); NULL when it is not there.
 * @param cells  out: its number of cells
 */
double *tw_results_variable(hid_t file, const char *name, hsize_t *cells);

#endif
