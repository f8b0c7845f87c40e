/* SPDX-License-Identifier: Apache-2.0 */
/** What a unit of a lever costs in the region. */
#include <string.h>

#include "region/reader.h"

enum { C_LEVER, C_YUAN, C_LOW, C_HIGH, C_GRADE, C_SOURCE, C_NUM };
static const char *const cost_columns[C_NUM] = {"lever", "yuan_per_unit", "low",
                                                "high",  "grade",         "source"};
static const char *const grade_words[3] = {"A", "B", "C"};
static const double largest_cost = 1e12;

static int read_yuan(tw_reader *reader, const tw_csv *csv, int row, const int *column,
                     tw_lever_cost *cost)
{
    int bad = tw_cell_real(reader, csv, row, column[C_YUAN], 0, largest_cost, &cost->yuan);
    bad |= tw_cell_real(reader, csv, row, column[C_LOW], 0, largest_cost, &cost->low);
    bad |= tw_cell_real(reader, csv, row, column[C_HIGH], 0, largest_cost, &cost->high);
    if (bad == 0 && !(cost->low <= cost->yuan && cost->yuan <= cost->high)) {
        tw_reader_row(reader, csv, row, "low, then yuan_per_unit, then high",
                      "%s costs %g yuan, from %g to %g", cost->lever, cost->yuan, cost->low,
                      cost->high);
        bad = -1;
    }
    return bad;
}

/** @return 0 when the cost is kept */
static int cost_row(tw_reader *reader, const tw_csv *csv, int row, const int *column)
{
    tw_region *region = reader->region;
    tw_lever_cost *cost = &region->lever_costs[region->num_lever_costs];
    int grade = 0;
    int bad = tw_cell_text(reader, csv, row, column[C_LEVER], cost->lever, sizeof cost->lever);
    if (bad == 0 && tw_region_lever_cost(region, cost->lever) != NULL) {
        tw_reader_row(reader, csv, row, "one row for a lever", "%s stands here again", cost->lever);
        bad = -1;
    }
    bad |= read_yuan(reader, csv, row, column, cost);
    bad |= tw_cell_word(reader, csv, row, column[C_GRADE], grade_words, 3, &grade);
    bad |= tw_cell_text(reader, csv, row, column[C_SOURCE], cost->source, sizeof cost->source);
    cost->grade = grade_words[grade][0];
    cost->line = csv->lines[row];
    return bad;
}

void tw_costs_read(tw_reader *reader)
{
    const tw_csv *csv = reader->csv[TW_TABLE_lever_costs];
    tw_region *region = reader->region;
    int column[C_NUM];
    if (csv == NULL || tw_reader_columns(reader, csv, cost_columns, C_NUM, column) != 0) {
        return;
    }
    region->lever_costs = tw_reader_alloc(reader, csv->num_rows, sizeof *region->lever_costs);
    for (int row = 0; region->lever_costs != NULL && row < csv->num_rows; row++) {
        region->num_lever_costs += cost_row(reader, csv, row, column) == 0;
    }
}

const tw_lever_cost *tw_region_lever_cost(const tw_region *region, const char *lever)
{
    for (int i = 0; i < region->num_lever_costs; i++) {
        if (strcmp(region->lever_costs[i].lever, lever) == 0) {
            return &region->lever_costs[i];
        }
    }
    return NULL;
}
