/* SPDX-License-Identifier: Apache-2.0 */
/** Tables over named axes, and their HDF5 form. */
#include "results/dataset.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "results/h5.h"

void *tw_dataset_keep(tw_dataset *set, void *memory)
{
    tw_assert(set->num_kept < TW_DATASET_KEPT);
    set->failed |= memory == NULL;
    set->kept[set->num_kept++] = memory;
    return memory;
}

void tw_dataset_free(tw_dataset *set)
{
    for (int i = 0; i < set->num_axes; i++) {
        free(set->axis[i].number);
        free((void *)set->axis[i].word);
    }
    for (int i = 0; i < set->num_variables; i++) {
        free(set->variable[i].value);
    }
    for (int i = 0; i < set->num_kept; i++) {
        free(set->kept[i]);
    }
    memset(set, 0, sizeof *set);
}

static tw_attribute *new_attribute(tw_dataset *set, const char *name, tw_cell_kind kind)
{
    tw_assert(set->num_attributes < TW_DATASET_ATTRIBUTES);
    tw_attribute *attribute = &set->attribute[set->num_attributes++];
    *attribute = (tw_attribute){.name = name, .kind = kind};
    return attribute;
}

void tw_dataset_attribute(tw_dataset *set, const char *name, const char *word)
{
    new_attribute(set, name, TW_CELL_WORD)->word = word;
}

void tw_dataset_attribute_integer(tw_dataset *set, const char *name, int64_t integer)
{
    new_attribute(set, name, TW_CELL_INTEGER)->integer = integer;
}

void tw_dataset_attribute_real(tw_dataset *set, const char *name, double real)
{
    new_attribute(set, name, TW_CELL_REAL)->real = real;
}

static tw_axis *new_axis(tw_dataset *set, const char *name, const char *unit, const char *sentence,
                         int64_t length)
{
    tw_assert(set->num_axes < TW_DATASET_AXES && tw_dataset_axis(set, name) < 0);
    tw_axis *axis = &set->axis[set->num_axes++];
    *axis = (tw_axis){.name = name, .unit = unit, .sentence = sentence, .length = length};
    return axis;
}

int64_t *tw_dataset_numbers(tw_dataset *set, const char *name, const char *unit,
                            const char *sentence, int64_t length)
{
    tw_axis *axis = new_axis(set, name, unit, sentence, length);
    axis->number = calloc((size_t)length + 1, sizeof(*axis->number));
    set->failed |= axis->number == NULL;
    return axis->number;
}

const char **tw_dataset_words(tw_dataset *set, const char *name, const char *sentence,
                              int64_t length)
{
    tw_axis *axis = new_axis(set, name, "1", sentence, length);
    axis->word = calloc((size_t)length + 1, sizeof(*axis->word));
    set->failed |= axis->word == NULL;
    return axis->word;
}

int tw_dataset_axis(const tw_dataset *set, const char *name)
{
    for (int i = 0; i < set->num_axes; i++) {
        if (strcmp(set->axis[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

/* "alternative year area" as indices; the number of cells. */
static void set_axes(const tw_dataset *set, const char *axes, tw_variable *variable)
{
    variable->cells = 1;
    for (const char *word = axes; *word != '\0'; word += strspn(word, " ")) {
        char name[48];
        const size_t length = strcspn(word, " ");
        snprintf(name, sizeof name, "%.*s", (int)length, word);
        const int axis = tw_dataset_axis(set, name);
        tw_assert(axis >= 0 && variable->rank < TW_DATASET_RANK);
        variable->axis[variable->rank++] = axis;
        variable->cells *= set->axis[axis].length;
        word += length;
    }
}

static void *new_variable(tw_dataset *set, tw_variable variable, const char *axes, size_t size)
{
    tw_assert(set->num_variables < TW_DATASET_VARIABLES);
    set_axes(set, axes, &variable);
    variable.value = calloc((size_t)variable.cells + 1, size);
    set->failed |= variable.value == NULL;
    set->variable[set->num_variables++] = variable;
    return variable.value;
}

double *tw_dataset_real(tw_dataset *set, const char *name, const char *unit, const char *sentence,
                        const char *axes)
{
    const tw_variable variable = {
        .name = name, .unit = unit, .sentence = sentence, .kind = TW_CELL_REAL};
    return new_variable(set, variable, axes, sizeof(double));
}

int64_t *tw_dataset_integer(tw_dataset *set, const char *name, const char *unit,
                            const char *sentence, const char *axes)
{
    const tw_variable variable = {
        .name = name, .unit = unit, .sentence = sentence, .kind = TW_CELL_INTEGER};
    return new_variable(set, variable, axes, sizeof(int64_t));
}

const char **tw_dataset_text(tw_dataset *set, const char *name, const char *sentence,
                             const char *axes)
{
    const tw_variable variable = {
        .name = name, .unit = "1", .sentence = sentence, .kind = TW_CELL_WORD};
    return new_variable(set, variable, axes, sizeof(char *));
}

static void write_variable(tw_h5 *h5, const tw_dataset *set, const tw_variable *variable)
{
    tw_h5_axis axis[TW_DATASET_RANK];
    for (int i = 0; i < variable->rank; i++) {
        axis[i] = (tw_h5_axis){set->axis[variable->axis[i]].name,
                               (hsize_t)set->axis[variable->axis[i]].length};
    }
    if (variable->kind == TW_CELL_WORD) {
        tw_assert(variable->rank == 1);
        tw_h5_strings(h5, variable->name, variable->sentence, axis, variable->value);
    } else {
        const hid_t type = variable->kind == TW_CELL_REAL ? H5T_NATIVE_DOUBLE : H5T_NATIVE_INT64;
        tw_h5_variable(h5, variable->name, variable->unit, variable->sentence, type, variable->rank,
                       axis, variable->value);
    }
}

static void write_attribute(tw_h5 *h5, const tw_attribute *attribute)
{
    if (attribute->kind == TW_CELL_WORD) {
        tw_h5_text(h5, NULL, attribute->name, attribute->word);
    } else if (attribute->kind == TW_CELL_INTEGER) {
        tw_h5_integer(h5, attribute->name, attribute->integer);
    } else {
        tw_h5_real(h5, attribute->name, attribute->real);
    }
}

static void write_set(tw_h5 *h5, const tw_dataset *set)
{
    for (int i = 0; i < set->num_attributes; i++) {
        write_attribute(h5, &set->attribute[i]);
    }
    for (int i = 0; i < set->num_axes; i++) {
        const tw_axis *axis = &set->axis[i];
        if (axis->word != NULL) {
            tw_h5_labels(h5, axis->name, axis->sentence, axis->word, (hsize_t)axis->length);
        } else {
            tw_h5_scale(h5, axis->name, axis->unit, axis->sentence, axis->number,
                        (hsize_t)axis->length);
        }
    }
    for (int i = 0; i < set->num_variables; i++) {
        write_variable(h5, set, &set->variable[i]);
    }
}

tw_status tw_dataset_write_h5(const tw_dataset *set, const tw_provenance *provenance,
                              const char *path, int force, tw_report *report)
{
    tw_h5 h5;
    if (set->failed) {
        return TW_NO_MEMORY;
    }
    tw_status status = tw_h5_create(path, force, report, &h5);
    if (status != TW_OK) {
        return status;
    }
    write_set(&h5, set);
    if (provenance != NULL) {
        tw_h5_enter(&h5, "provenance");
        tw_h5_enter(&h5, "provenance/run");
        tw_h5_provenance(&h5, provenance);
    }
    return tw_h5_close(&h5, force, report);
}
