/* SPDX-License-Identifier: Apache-2.0 */
/** The list of tables, and one pass that fills them all. */
#include "engine/composition.h"

#include <stdlib.h>
#include <string.h>

#include "townward/run.h"

enum { SIZES = 10, GENERATIONS = 4, REGISTRATIONS = TW_NUM_ELSEWHERE + 1 };

/* X(name, unit, axis 1, extent 1, axis 2, extent 2, sentence); extents of 1 have no axis. */
#define TW_COMPOSITION_LIST(X)                                                                  \
    X(persons, "persons", "sex", TW_NUM_SEXES, "age_group", TW_NUM_AGE_GROUPS,                  \
      "residents by sex and age group")                                                         \
    X(collective_persons, "persons", "sex", TW_NUM_SEXES, "age_group", TW_NUM_AGE_GROUPS,       \
      "residents of collective households by sex and age group")                                \
    X(marital, "persons", "sex", TW_NUM_SEXES, "marital_status", TW_NUM_MARITAL,                \
      "residents of 15 and over by sex and marital status")                                     \
    X(schooling, "persons", "sex", TW_NUM_SEXES, "schooling_level", TW_NUM_SCHOOLING,           \
      "residents of 6 and over by sex and highest schooling")                                   \
    X(family_sizes, "households", "household_size", SIZES, NULL, 1,                             \
      "family households by number of members; the last class holds all larger ones")           \
    X(family_generations, "households", "generations", GENERATIONS, NULL, 1,                    \
      "family households by generations, from the span of ages; the last class holds four and " \
      "more")                                                                                   \
    X(tenure, "households", "tenure_class", TW_NUM_TENURES, NULL, 1,                            \
      "households by tenure of their home")                                                     \
    X(registration, "persons", "registered", REGISTRATIONS, NULL, 1,                            \
      "residents by place of household registration")

enum {
#define CELLS(name, unit, axis1, extent1, axis2, extent2, sentence) \
    FIRST_##name, LAST_##name = FIRST_##name + (extent1) * (extent2)-1,
    TW_COMPOSITION_LIST(CELLS) NUM_CELLS
#undef CELLS
};

/* clang-format off */
static const tw_composition_row rows[] = {
#define ROW(id, units, axis1, extent1, axis2, extent2, text)                  \
    {.name = #id, .unit = units, .sentence = text, .axis = {axis1, axis2},    \
     .extent = {extent1, extent2}, .first = FIRST_##id},
    TW_COMPOSITION_LIST(ROW)
#undef ROW
};
/* clang-format on */

int tw_composition_num(void)
{
    return (int)(sizeof rows / sizeof *rows);
}

int tw_composition_cells(void)
{
    return NUM_CELLS;
}

tw_composition_row tw_composition_at(int table)
{
    return rows[table];
}

/* 0 in the zone's own county and kind, then the census' classes. */
static int registration(int zone, int registered)
{
    if (registered < 0) {
        return 1 + TW_ELSEWHERE_OUTSIDE;
    }
    if (registered / TW_NUM_ZONE_KINDS != zone / TW_NUM_ZONE_KINDS) {
        return 1 + TW_ELSEWHERE_OTHER_COUNTY;
    }
    return registered == zone ? 0 : 1 + TW_ELSEWHERE_SAME_COUNTY;
}

static void count_person(const tw_block *block, int32_t p, int age, int group, int collective,
                         int64_t *cell)
{
    const int sex = block->sex[p];
    cell[FIRST_persons + sex * TW_NUM_AGE_GROUPS + group]++;
    cell[FIRST_collective_persons + sex * TW_NUM_AGE_GROUPS + group] += collective;
    cell[FIRST_marital + sex * TW_NUM_MARITAL + block->marital[p]] += age >= 15;
    cell[FIRST_schooling + sex * TW_NUM_SCHOOLING + block->schooling[p]] += age >= 6;
}

static void count_household(const tw_block *block, int32_t h, int32_t quarter,
                            const uint8_t group[TW_AGES], int64_t *cell)
{
    const int32_t first = block->first_person[h], end = block->first_person[h + 1];
    const int zone = block->zone[h], collective = block->tenure[h] == TW_COLLECTIVE;
    int youngest = TW_MAX_AGE, oldest = 0;
    for (int32_t p = first; p < end; p++) {
        int age = tw_age(block->birth_quarter[p], quarter);
        age = age > TW_MAX_AGE ? TW_MAX_AGE : age;
        youngest = age < youngest ? age : youngest;
        oldest = age > oldest ? age : oldest;
        count_person(block, p, age, group[age], collective, cell);
        cell[FIRST_registration + registration(zone, block->registered_zone[p])]++;
    }
    cell[FIRST_tenure + block->tenure[h]]++;
    if (!collective) {
        const int size = end - first < SIZES ? end - first : SIZES;
        cell[FIRST_family_sizes + size - 1]++;
        cell[FIRST_family_generations + tw_generations(oldest - youngest) - 1]++;
    }
}

tw_status tw_composition_count(const tw_world *world, int64_t *cell)
{
    const size_t size = (size_t)world->num_zones * NUM_CELLS;
    uint8_t group[TW_AGES];
    tw_status status = TW_OK;
    for (int age = 0; age < TW_AGES; age++) {
        group[age] = (uint8_t)tw_age_group(age);
    }
    memset(cell, 0, size * sizeof(*cell));
#pragma omp parallel num_threads(world->num_workers)
    {
        int64_t *part = calloc(size, sizeof(*part));
#pragma omp for schedule(static)
        for (int32_t b = 0; b < world->population->num_blocks; b++) {
            const tw_block *block = &world->population->blocks[b];
            for (int32_t h = 0; part != NULL && h < block->num_households; h++) {
                count_household(block, h, world->quarter, group,
                                part + (size_t)block->zone[h] * NUM_CELLS);
            }
        }
#pragma omp critical(tw_composition_count)
        {
            for (size_t i = 0; part != NULL && i < size; i++) {
                cell[i] += part[i];
            }
            status = part == NULL ? TW_NO_MEMORY : status;
        }
        free(part);
    }
    return status;
}
