/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Scenarios of the shipped region and of the small ones, worlds that start from them and rolls of
 * their persons, for property tests. Whatever cannot be made ends the test program.
 */
#ifndef TOWNWARD_TEST_WORLDS_H
#define TOWNWARD_TEST_WORLDS_H

#include <stdio.h>
#include <stdlib.h>

#include "engine/world.h"
#include "townward/run.h"

/** Overrides of a test as an array and its length. */
#define TEXTS(...)                      \
    (const char *const[]){__VA_ARGS__}, \
        (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/** A scenario of a folder below the source folder. */
static inline tw_scenario *scenario_in(const char *where, const char *name,
                                       const char *const *texts, int num)
{
    const char *folder = getenv("TOWNWARD_SOURCE");
    char path[4096];
    tw_override overrides[48];
    tw_scenario *scenario = NULL;
    tw_report *report = tw_report_create();
    snprintf(path, sizeof path, "%s/%s/%s", folder == NULL ? "." : folder, where, name);
    for (int i = 0; i < num; i++) {
        overrides[i].text = texts[i];
    }
    if (tw_scenario_read(path, overrides, num, report, &scenario) != TW_OK) {
        for (int i = 0; i < tw_report_count(report); i++) {
            tw_finding finding = tw_report_finding(report, i);
            fprintf(stderr, "%s:%ld: %s; expected %s\n", finding.file, finding.line, finding.found,
                    finding.expected);
        }
        exit(1);
    }
    tw_report_free(report);
    return scenario;
}

/** A scenario of the shipped region. */
static inline tw_scenario *scenario_of(const char *name, const char *const *texts, int num)
{
    return scenario_in("scenarios/xizang", name, texts, num);
}

static inline tw_population *start_of(const tw_scenario *scenario)
{
    tw_population *population = NULL;
    if (tw_start_population(scenario, 2, NULL, &population) != TW_OK) {
        fprintf(stderr, "no starting population\n");
        exit(1);
    }
    return population;
}

static inline tw_population *copy_of(const tw_population *source)
{
    tw_population *population = NULL;
    if (tw_population_copy(source, &population) != TW_OK) {
        fprintf(stderr, "no copy of a population\n");
        exit(1);
    }
    return population;
}

/** @param population  becomes the world's own */
static inline tw_world *world_of(const tw_scenario *scenario, tw_population *population,
                                 int num_threads)
{
    tw_world *world = NULL;
    if (tw_world_create(scenario, 0, num_threads, population, &world) != TW_OK) {
        fprintf(stderr, "no world\n");
        exit(1);
    }
    return world;
}

/** Zones whose change of residents over a quarter is not the sum of its flows. */
static inline int persons_unexplained(const tw_zones *opening, const tw_zones *closing)
{
    static const int plus[] = {TW_ZONE_births,       TW_ZONE_moves_in,        TW_ZONE_arrivals,
                               TW_ZONE_relocated_in, TW_ZONE_reclassified_in, TW_ZONE_joined_in};
    static const int minus[] = {TW_ZONE_deaths,           TW_ZONE_moves_out,
                                TW_ZONE_departures,       TW_ZONE_relocated_out,
                                TW_ZONE_reclassified_out, TW_ZONE_joined_out};
    int wrong = 0;
    for (int z = 0; z < closing->num_zones; z++) {
        int64_t expected = TW_AT(opening, persons, z);
        for (size_t i = 0; i < sizeof plus / sizeof *plus; i++) {
            expected += tw_zone_column(closing, plus[i])[z] - tw_zone_column(closing, minus[i])[z];
        }
        wrong += expected != TW_AT(closing, persons, z);
    }
    return wrong;
}

/** What is remembered of a person from one quarter to the next. */
typedef struct person_row {
    uint64_t uid, household, partner; /**< partner's uid, 0 = none */
    uint8_t marital, schooling;
} person_row;

/** All persons of a population by uid. */
typedef struct roll {
    int64_t count;
    person_row *row;
} roll;

static inline void *room(int64_t count, size_t size)
{
    void *memory = calloc((size_t)count + 1, size);
    if (memory == NULL) {
        fprintf(stderr, "no memory\n");
        exit(1);
    }
    return memory;
}

static inline int compare_rows(const void *left, const void *right)
{
    const person_row *a = left, *b = right;
    return (a->uid > b->uid) - (a->uid < b->uid);
}

/** Caller frees row. */
static inline roll roll_of(const tw_population *population)
{
    roll all = {0, room(tw_population_count(population).persons, sizeof(person_row))};
    for (int32_t b = 0; b < population->num_blocks; b++) {
        const tw_block *block = &population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            for (int32_t p = block->first_person[h]; p < block->first_person[h + 1]; p++) {
                const int32_t partner = tw_partner_row(block, h, p);
                all.row[all.count++] = (person_row){block->person_uid[p], block->uid[h],
                                                    partner < 0 ? 0 : block->person_uid[partner],
                                                    block->marital[p], block->schooling[p]};
            }
        }
    }
    qsort(all.row, (size_t)all.count, sizeof(*all.row), compare_rows);
    return all;
}

/** The row of a person, or NULL. */
static inline const person_row *look_up(const roll *all, uint64_t uid)
{
    const person_row key = {.uid = uid};
    return bsearch(&key, all->row, (size_t)all->count, sizeof(*all->row), compare_rows);
}

#endif
