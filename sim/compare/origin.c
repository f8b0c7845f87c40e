/* SPDX-License-Identifier: Apache-2.0 */
/** Classes of the start: fifths of income per head, ages, kinds of households. */
#include "compare/origin.h"

#include <stdlib.h>

#include "process/budget/budget.h"
#include "process/members.h"

static const char *const class_names[TW_BY_HOUSEHOLD][TW_BREAKDOWN_CLASSES] = {
    {"1",    "2",     "3",     "4",     "5"  },
    {"0-14", "15-29", "30-44", "45-59", "60+"},
};
_Static_assert((int)TW_NUM_HOUSEHOLD_KINDS == (int)TW_BREAKDOWN_CLASSES, "each kind is a class");

const char *tw_breakdown_class(int breakdown, int class_of)
{
    return breakdown == TW_BY_HOUSEHOLD ? tw_household_kind_word((tw_household_kind)class_of)
                                        : class_names[breakdown][class_of];
}

/** A household in the order of incomes. */
typedef struct ranked {
    int64_t income; /**< cents a quarter per head, thousandths */
    uint64_t lot; /**< parts households of one income: the farmers of a county all earn the same */
    int32_t persons;
} ranked;

/*
 * What a household earns and receives in a quarter, in cents per head and thousandths: work,
 * transfers, property and land, at the amounts published; without budgets what its zone is expected
 * to earn.
 */
static int64_t income_per_head(const tw_world *world, const tw_block *block, int32_t row)
{
    const tw_zone_amounts *amounts = &world->budget.zone[block->zone[row]];
    const int64_t size = tw_household_size(block, row);
    if (world->settings->budget == TW_PROCESS_NONE) {
        return tw_round(25000 * world->income[block->zone[row]]);
    }
    const int64_t *pay = &world->budget.pay[tw_pay_cell(block->zone[row], 0)];
    int64_t work = 0;
    for (int32_t p = block->first_person[row]; p < block->first_person[row + 1]; p++) {
        work += pay[tw_pay_of(block->activity[p], tw_skill_of(block->schooling[p]))];
    }
    const int64_t land = block->land_zone[row] == block->zone[row] ? amounts->farm : 0;
    return 1000 * work / size + 1000 * (amounts->transfer + amounts->property + land);
}

static ranked rank_of(const tw_world *world, const tw_block *block, int32_t row)
{
    return (ranked){income_per_head(world, block, row), tw_mix(block->uid[row]),
                    tw_household_size(block, row)};
}

static int by_income(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    return a->income != b->income ? (a->income > b->income) - (a->income < b->income)
                                  : (a->lot > b->lot) - (a->lot < b->lot);
}

/* The first household of the second to the fifth class: whose middle person is in that fifth. */
static void find_limits(ranked *row, int64_t num, ranked limit[TW_BREAKDOWN_CLASSES - 1])
{
    int64_t persons = 0, below = 0;
    int next = 0;
    qsort(row, (size_t)num, sizeof(*row), by_income);
    for (int64_t i = 0; i < num; i++) {
        persons += row[i].persons;
    }
    for (int64_t i = 0; i < num; i++) {
        while (next < TW_BREAKDOWN_CLASSES - 1 &&
               TW_BREAKDOWN_CLASSES * (2 * below + row[i].persons) >= 2 * persons * (next + 1)) {
            limit[next++] = row[i];
        }
        below += row[i].persons;
    }
    while (next < TW_BREAKDOWN_CLASSES - 1) {
        limit[next++] = (ranked){INT64_MAX, UINT64_MAX, 0};
    }
}

static tw_status rank_incomes(const tw_world *world, ranked limit[TW_BREAKDOWN_CLASSES - 1])
{
    const tw_population_totals totals = tw_population_count(world->population);
    ranked *row = malloc(((size_t)(totals.families + totals.collectives) + 1) * sizeof(*row));
    int64_t num = 0;
    if (row == NULL) {
        return TW_NO_MEMORY;
    }
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            row[num++] = rank_of(world, block, h);
        }
    }
    find_limits(row, num, limit);
    free(row);
    return TW_OK;
}

static int age_class(int age)
{
    return (age >= 15) + (age >= 30) + (age >= 45) + (age >= 60);
}

static void fill_household(const tw_world *world, const tw_block *block, int32_t row,
                           const ranked *limit, tw_roll *roll)
{
    const ranked own = rank_of(world, block, row);
    const int household = (int)tw_kind_of_household(world, block, row);
    int fifth = 0;
    for (int i = 0; i < TW_BREAKDOWN_CLASSES - 1; i++) {
        fifth += by_income(&own, &limit[i]) >= 0;
    }
    for (int32_t p = block->first_person[row]; p < block->first_person[row + 1]; p++) {
        int32_t hint = 0;
        const int64_t place = tw_roll_start(roll, block->person_uid[p], &hint);
        roll->zone[place] = block->zone[row];
        roll->group[TW_BY_INCOME][place] = (uint8_t)fifth;
        roll->group[TW_BY_AGE][place] =
            (uint8_t)age_class(tw_age(block->birth_quarter[p], world->quarter));
        roll->group[TW_BY_HOUSEHOLD][place] = (uint8_t)household;
    }
}

tw_status tw_origin_fill(tw_world *world, tw_roll *roll)
{
    ranked limit[TW_BREAKDOWN_CLASSES - 1];
    if (world->settings->budget != TW_PROCESS_NONE) {
        tw_budget_open(world); /* publishes the amounts; the first quarter does so anew */
    }
    const tw_status status = rank_incomes(world, limit);
    for (int32_t b = 0; b < world->population->num_blocks && status == TW_OK; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            fill_household(world, block, h, limit, roll);
        }
    }
    return status;
}
