/* SPDX-License-Identifier: Apache-2.0 */
/** The thin layer over HDF5: sticky failure, scales on all axes; made in memory, then
 * written under a temporary name, synced and renamed. */
#include "results/h5.h"

#include "base/assert.h"
#include "results/file.h"

#include <errno.h>
#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Deflate level: 9 costs twenty times the time of 1 for a few per cent (measured). */
enum { DEFLATE_LEVEL = 1 };

static void note(tw_h5 *h5, int ok)
{
    h5->failed |= !ok;
}

tw_status tw_h5_create(const char *path, int force, tw_report *report, tw_h5 *out)
{
    memset(out, 0, sizeof *out);
    out->file = out->group = H5I_INVALID_HID;
    if (strlen(path) >= sizeof out->path) {
        return tw_report_add(report, TW_BAD_USE, path, 0, NULL, "the path is too long");
    }
    if (!force && access(path, F_OK) == 0) {
        return tw_report_add(report, TW_EXISTS, path, 0, "another name, or --force",
                             "the file exists already");
    }
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    snprintf(out->path, sizeof out->path, "%s", path);
    snprintf(out->temporary, sizeof out->temporary, "%s.part-%ld", path, (long)getpid());
    hid_t creation = H5Pcreate(H5P_FILE_CREATE), access_list = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_obj_track_times(creation, 0);
    /* The oldest superblock: HDF5 1.10 gets the checksum of a newer one wrong in a file image. */
    H5Pset_libver_bounds(access_list, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18);
    H5Pset_fclose_degree(access_list, H5F_CLOSE_STRONG);
    /* The file grows in memory: a library that fails to write in the middle cannot be closed. */
    H5Pset_fapl_core(access_list, (size_t)4 << 20, 0);
    errno = 0;
    out->file = H5Fcreate(out->temporary, H5F_ACC_TRUNC, creation, access_list);
    H5Pclose(creation);
    H5Pclose(access_list);
    if (out->file < 0) {
        return tw_file_failure(report, path, "cannot be made");
    }
    tw_h5_enter(out, "");
    return TW_OK;
}

/* The whole file as bytes; NULL when memory is short or HDF5 has failed. */
static unsigned char *file_image(tw_h5 *h5, size_t *size)
{
    const ssize_t length = H5Fget_file_image(h5->file, NULL, 0);
    unsigned char *bytes = length > 0 ? malloc((size_t)length) : NULL;
    if (bytes != NULL && H5Fget_file_image(h5->file, bytes, (size_t)length) != length) {
        free(bytes);
        bytes = NULL;
    }
    *size = length > 0 ? (size_t)length : 0;
    return bytes;
}

tw_status tw_h5_close(tw_h5 *h5, int force, tw_report *report)
{
    size_t size = 0;
    note(h5, H5Gclose(h5->group) >= 0);
    h5->group = H5I_INVALID_HID;
    note(h5, H5Fflush(h5->file, H5F_SCOPE_GLOBAL) >= 0);
    unsigned char *bytes = h5->failed ? NULL : file_image(h5, &size);
    note(h5, bytes != NULL);
    note(h5, H5Fclose(h5->file) >= 0);
    h5->file = H5I_INVALID_HID;
    errno = 0;
    const tw_status status = h5->failed ? tw_file_failure(report, h5->path, "cannot be made")
                                        : tw_file_put(h5->path, force, bytes, size, report);
    free(bytes);
    return status;
}

void tw_h5_enter(tw_h5 *h5, const char *group)
{
    if (h5->group >= 0) {
        H5Gclose(h5->group);
    }
    if (group[0] == '\0') {
        h5->group = H5Gopen2(h5->file, "/", H5P_DEFAULT);
    } else if (H5Lexists(h5->file, group, H5P_DEFAULT) > 0) {
        h5->group = H5Gopen2(h5->file, group, H5P_DEFAULT);
    } else {
        hid_t creation = H5Pcreate(H5P_GROUP_CREATE);
        H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
        H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
        H5Pset_obj_track_times(creation, 0);
        h5->group = H5Gcreate2(h5->file, group, H5P_DEFAULT, creation, H5P_DEFAULT);
        H5Pclose(creation);
    }
    note(h5, h5->group >= 0);
}

static hid_t string_type(size_t size)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, size);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

static void attribute(tw_h5 *h5, hid_t object, const char *name, hid_t type, const void *value)
{
    hid_t space = H5Screate(H5S_SCALAR);
    hid_t made = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    note(h5, made >= 0 && H5Awrite(made, type, value) >= 0);
    if (made >= 0) {
        H5Aclose(made);
    }
    H5Sclose(space);
}

void tw_h5_text(tw_h5 *h5, const char *variable, const char *name, const char *value)
{
    hid_t type = string_type(strlen(value) + 1);
    hid_t object = variable == NULL ? h5->group : H5Dopen2(h5->group, variable, H5P_DEFAULT);
    note(h5, object >= 0);
    attribute(h5, object, name, type, value);
    if (variable != NULL && object >= 0) {
        H5Dclose(object);
    }
    H5Tclose(type);
}

void tw_h5_integer(tw_h5 *h5, const char *name, int64_t value)
{
    attribute(h5, h5->group, name, H5T_NATIVE_INT64, &value);
}

void tw_h5_unsigned(tw_h5 *h5, const char *name, uint64_t value)
{
    attribute(h5, h5->group, name, H5T_NATIVE_UINT64, &value);
}

void tw_h5_real(tw_h5 *h5, const char *name, double value)
{
    attribute(h5, h5->group, name, H5T_NATIVE_DOUBLE, &value);
}

/* One chunk per replicate, as far as that stays below a few megabytes. */
static void set_chunks(hid_t creation, int rank, const hsize_t *length)
{
    hsize_t chunk[TW_H5_MAX_RANK], size = 8;
    for (int i = 0; i < rank; i++) {
        chunk[i] = length[i];
        size *= length[i];
    }
    for (int i = 0; i < rank && size > ((hsize_t)4 << 20); i++) {
        size /= chunk[i];
        chunk[i] = 1;
    }
    H5Pset_chunk(creation, rank, chunk);
    H5Pset_shuffle(creation);
    H5Pset_deflate(creation, DEFLATE_LEVEL);
}

static hid_t make_dataset(tw_h5 *h5, const char *name, hid_t type, int rank, const hsize_t *length,
                          int compressed)
{
    hid_t space = rank == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(rank, length, NULL);
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_obj_track_times(creation, 0);
    H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    hsize_t cells = 1;
    for (int i = 0; i < rank; i++) {
        cells *= length[i];
    }
    if (compressed && rank > 0 && cells > 0) {
        set_chunks(creation, rank, length);
    }
    hid_t made = H5Dcreate2(h5->group, name, type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    note(h5, made >= 0);
    H5Pclose(creation);
    H5Sclose(space);
    return made;
}

static void write_dataset(tw_h5 *h5, hid_t made, hid_t type, const void *value)
{
    note(h5, made >= 0 && H5Dwrite(made, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) >= 0);
}

void tw_h5_scale(tw_h5 *h5, const char *name, const char *unit, const char *long_name,
                 const int64_t *value, hsize_t length)
{
    hid_t made = make_dataset(h5, name, H5T_STD_I64LE, 1, &length, 0);
    if (length > 0) {
        write_dataset(h5, made, H5T_NATIVE_INT64, value);
    }
    note(h5, made >= 0 && H5DSset_scale(made, name) >= 0);
    if (made >= 0) {
        H5Dclose(made);
    }
    tw_h5_text(h5, name, "units", unit);
    tw_h5_text(h5, name, "long_name", long_name);
}

static void attach(tw_h5 *h5, hid_t made, int rank, const tw_h5_axis *axis)
{
    for (int i = 0; i < rank && made >= 0; i++) {
        hid_t scale = H5Dopen2(h5->group, axis[i].name, H5P_DEFAULT);
        note(h5, scale >= 0 && H5DSattach_scale(made, scale, (unsigned)i) >= 0);
        if (scale >= 0) {
            H5Dclose(scale);
        }
    }
}

void tw_h5_variable(tw_h5 *h5, const char *name, const char *unit, const char *long_name,
                    hid_t type, int rank, const tw_h5_axis *axis, const void *value)
{
    hsize_t length[TW_H5_MAX_RANK] = {0}, cells = 1;
    tw_assert(rank <= TW_H5_MAX_RANK);
    for (int i = 0; i < rank; i++) {
        length[i] = axis[i].length;
        cells *= axis[i].length;
    }
    const int real = H5Tget_class(type) == H5T_FLOAT;
    hid_t made = make_dataset(h5, name, real ? H5T_IEEE_F64LE : H5T_STD_I64LE, rank, length, 1);
    if (cells > 0) {
        write_dataset(h5, made, type, value);
    }
    attach(h5, made, rank, axis);
    if (made >= 0) {
        H5Dclose(made);
    }
    tw_h5_text(h5, name, "units", unit);
    tw_h5_text(h5, name, "long_name", long_name);
}

void tw_h5_strings(tw_h5 *h5, const char *name, const char *long_name, const tw_h5_axis *axis,
                   const char *const *value)
{
    hid_t type = string_type(H5T_VARIABLE);
    hid_t made = make_dataset(h5, name, type, 1, &axis->length, 0);
    if (axis->length > 0) {
        write_dataset(h5, made, type, value);
    }
    attach(h5, made, 1, axis);
    if (made >= 0) {
        H5Dclose(made);
    }
    H5Tclose(type);
    tw_h5_text(h5, name, "units", "1");
    tw_h5_text(h5, name, "long_name", long_name);
}

void tw_h5_labels(tw_h5 *h5, const char *name, const char *long_name, const char *const *value,
                  hsize_t length)
{
    hid_t type = string_type(H5T_VARIABLE);
    hid_t made = make_dataset(h5, name, type, 1, &length, 0);
    if (length > 0) {
        write_dataset(h5, made, type, value);
    }
    note(h5, made >= 0 && H5DSset_scale(made, name) >= 0);
    if (made >= 0) {
        H5Dclose(made);
    }
    H5Tclose(type);
    tw_h5_text(h5, name, "units", "1");
    tw_h5_text(h5, name, "long_name", long_name);
}

void tw_h5_document(tw_h5 *h5, const char *name, const char *long_name, const char *value)
{
    hid_t type = string_type(H5T_VARIABLE);
    hid_t made = make_dataset(h5, name, type, 0, NULL, 0);
    write_dataset(h5, made, type, &value);
    if (made >= 0) {
        H5Dclose(made);
    }
    H5Tclose(type);
    tw_h5_text(h5, name, "units", "1");
    tw_h5_text(h5, name, "long_name", long_name);
}

void tw_h5_provenance(tw_h5 *h5, const tw_provenance *provenance)
{
    tw_h5_text(h5, NULL, "command", provenance->command);
    tw_h5_text(h5, NULL, "host", provenance->host);
    tw_h5_text(h5, NULL, "date", provenance->date);
    tw_h5_integer(h5, "threads", provenance->threads);
    tw_h5_real(h5, "seconds", provenance->seconds);
}
