/* SPDX-License-Identifier: Apache-2.0 */
/** Files that are there as a whole or not at all. */
#include "results/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

tw_status tw_file_failure(tw_report *report, const char *path, const char *what)
{
    return tw_report_add(report, TW_IO_FAILED, path, 0, NULL, "%s: %s", what,
                         errno != 0 ? strerror(errno) : "HDF5 refused");
}

/* Writes and syncs: the data reach the disk before the name does. errno says what failed. */
static int write_file(const char *path, const unsigned char *bytes, size_t size)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    int ok = file >= 0;
    for (size_t done = 0; ok && done < size;) {
        const ssize_t wrote = write(file, bytes + done, size - done);
        ok = wrote > 0 || (wrote < 0 && errno == EINTR);
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    ok = ok && fsync(file) == 0;
    if (file >= 0) {
        ok = close(file) == 0 && ok;
    }
    return ok;
}

/* link() refuses an existing name, so that a file made meanwhile is not overwritten. */
static int put_in_place(const char *temporary, const char *path, int force)
{
    if (force) {
        return rename(temporary, path) == 0;
    }
    if (link(temporary, path) == 0) {
        return unlink(temporary) == 0;
    }
    /* Some file systems know no links. */
    return errno != EEXIST && access(path, F_OK) != 0 && rename(temporary, path) == 0;
}

tw_status tw_file_put(const char *path, int force, const void *bytes, size_t size,
                      tw_report *report)
{
    char temporary[4200];
    tw_status status = TW_OK;
    snprintf(temporary, sizeof temporary, "%s.part-%ld", path, (long)getpid());
    errno = 0;
    if (!write_file(temporary, bytes, size)) {
        status = tw_file_failure(report, path, "cannot be written to the end");
    } else if (!put_in_place(temporary, path, force)) {
        status = tw_file_failure(report, path, "cannot be put in place");
    }
    if (status != TW_OK) {
        unlink(temporary);
    }
    return status;
}
