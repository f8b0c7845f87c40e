/* SPDX-License-Identifier: Apache-2.0 */
/**
 * HDF5 with netCDF-4 dimension scales, as far as results need it.
 *
 * A writer remembers the first failure; later calls do nothing, and closing reports it. Rules that
 * keep netCDF, xarray and h5py able to read: every axis has a scale, strings are of variable
 * length, creation order is tracked, no time stamps.
 */
#ifndef TW_RESULTS_H5_H
#define TW_RESULTS_H5_H

#include <hdf5.h>
#include <stdint.h>

#include "townward/results.h"

enum { TW_H5_MAX_RANK = 6 };

typedef struct tw_h5 {
    hid_t file;
    hid_t group; /**< where variables are made now */
    int failed;
    char path[4096], temporary[4200];
} tw_h5;

/** An axis: its scale must exist in the group before it is used. */
typedef struct tw_h5_axis {
    const char *name;
    hsize_t length;
} tw_h5_axis;

/** Begins a file in memory; nothing is written before it is closed. */
TW_MUST_CHECK tw_status tw_h5_create(const char *path, int force, tw_report *report, tw_h5 *out);

/** Writes beside `path`, syncs and renames; or leaves nothing when anything failed. */
TW_MUST_CHECK tw_status tw_h5_close(tw_h5 *h5, int force, tw_report *report);

/** Goes into a group below the root, made if need be; "" = the root. */
void tw_h5_enter(tw_h5 *h5, const char *group);

/** Text attribute of the group, or of a variable in it (name not NULL). */
void tw_h5_text(tw_h5 *h5, const char *variable, const char *attribute, const char *value);
void tw_h5_integer(tw_h5 *h5, const char *attribute, int64_t value);
void tw_h5_unsigned(tw_h5 *h5, const char *attribute, uint64_t value);
void tw_h5_real(tw_h5 *h5, const char *attribute, double value);

/** A coordinate: the scale of the axis `name`, integers with a unit. */
void tw_h5_scale(tw_h5 *h5, const char *name, const char *unit, const char *long_name,
                 const int64_t *value, hsize_t length);

/** A coordinate of words: the scale of the axis `name`. */
void tw_h5_labels(tw_h5 *h5, const char *name, const char *long_name, const char *const *value,
                  hsize_t length);

/** A variable over axes whose scales exist. `type` is H5T_NATIVE_INT64 or H5T_NATIVE_DOUBLE. */
void tw_h5_variable(tw_h5 *h5, const char *name, const char *unit, const char *long_name,
                    hid_t type, int rank, const tw_h5_axis *axis, const void *value);

/** Variable-length strings over one axis. */
void tw_h5_strings(tw_h5 *h5, const char *name, const char *long_name, const tw_h5_axis *axis,
                   const char *const *value);

/** What differs between equal runs, as attributes of the group. */
void tw_h5_provenance(tw_h5 *h5, const tw_provenance *provenance);

/** A scalar text of any length as a dataset. */
void tw_h5_document(tw_h5 *h5, const char *name, const char *long_name, const char *value);

#endif
