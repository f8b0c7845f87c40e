/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A set of tables over named axes, said once and written as HDF5, CSV or JSON with the same
 * numbers.
 *
 * A writer of tables asks for an axis or a variable and fills the cells it is given; when memory is
 * short it is given NULL, and the set remembers. Names, units and sentences are lent and outlive
 * the set.
 */
#ifndef TW_RESULTS_DATASET_H
#define TW_RESULTS_DATASET_H

#include <stdint.h>
#include <stdio.h>

#include "townward/results.h"

enum {
    TW_DATASET_AXES = 32,
    TW_DATASET_VARIABLES = 96,
    TW_DATASET_ATTRIBUTES = 32,
    TW_DATASET_KEPT = 64,
    TW_DATASET_RANK = 6
};

typedef enum tw_cell_kind { TW_CELL_REAL, TW_CELL_INTEGER, TW_CELL_WORD } tw_cell_kind;

typedef struct tw_axis {
    const char *name, *unit, *sentence;
    int64_t length;
    int64_t *number;   /**< [length], or NULL: */
    const char **word; /**< [length] */
} tw_axis;

typedef struct tw_variable {
    const char *name, *unit, *sentence;
    tw_cell_kind kind;
    int rank, axis[TW_DATASET_RANK];
    int64_t cells;
    void *value; /**< [cells] double, int64_t or const char *; the last axis varies fastest */
} tw_variable;

typedef struct tw_attribute {
    const char *name;
    tw_cell_kind kind;
    double real;
    int64_t integer;
    const char *word;
} tw_attribute;

typedef struct tw_dataset {
    int num_axes, num_variables, num_attributes, num_kept, failed;
    tw_axis axis[TW_DATASET_AXES];
    tw_variable variable[TW_DATASET_VARIABLES];
    tw_attribute attribute[TW_DATASET_ATTRIBUTES];
    void *kept[TW_DATASET_KEPT];
} tw_dataset;

void tw_dataset_free(tw_dataset *set);

/** Memory that the set frees; returns it. */
void *tw_dataset_keep(tw_dataset *set, void *memory);

void tw_dataset_attribute(tw_dataset *set, const char *name, const char *word);
void tw_dataset_attribute_integer(tw_dataset *set, const char *name, int64_t integer);
void tw_dataset_attribute_real(tw_dataset *set, const char *name, double real);

/** A new axis; the cells to fill, or NULL. */
int64_t *tw_dataset_numbers(tw_dataset *set, const char *name, const char *unit,
                            const char *sentence, int64_t length);
const char **tw_dataset_words(tw_dataset *set, const char *name, const char *sentence,
                              int64_t length);

/** A new variable over axes that exist, "alternative year area"; zeroed cells to fill, or NULL. */
double *tw_dataset_real(tw_dataset *set, const char *name, const char *unit, const char *sentence,
                        const char *axes);
int64_t *tw_dataset_integer(tw_dataset *set, const char *name, const char *unit,
                            const char *sentence, const char *axes);
const char **tw_dataset_text(tw_dataset *set, const char *name, const char *sentence,
                             const char *axes);

/** Index of an axis by name, or -1. */
int tw_dataset_axis(const tw_dataset *set, const char *name);

/** All with the rules of tw_results_write: temporary name, --force, nothing half written. */
TW_MUST_CHECK tw_status tw_dataset_write_h5(const tw_dataset *set, const tw_provenance *provenance,
                                            const char *path, int force, tw_report *report);
/** One row for each cell: variable, unit, a column for each axis (empty where it has none), value.
 */
TW_MUST_CHECK tw_status tw_dataset_write_csv(const tw_dataset *set, const char *path, int force,
                                             tw_report *report);
/** coords, attrs, dims and data_vars as xarray.Dataset.from_dict reads them; NaN is null. */
TW_MUST_CHECK tw_status tw_dataset_write_json(const tw_dataset *set, const char *path, int force,
                                              tw_report *report);

#endif
