/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Speed of a quarter against what the memory allows.
 *
 *     bench_quarter [SCENARIO.cfg [QUARTERS]]
 *
 * Prints `name value` lines; times are the least of three runs. The memory floor is the time to
 * read every byte of the population once and write it once, measured on this machine with one
 * thread. All figures are for the scenario's whole population; collective households count as
 * households. Then a table of the steps of a quarter, timed in a run of its own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/world.h"
#include "phases.h"
#include "townward/run.h"

/* Bytes of the rows in use. */
static size_t population_bytes(const tw_population *population, int families_only)
{
    size_t household = sizeof(int32_t), person = 0, bytes = 0;
#define ADD_HOUSEHOLD(name, type, unit, sentence) household += sizeof(type);
#define ADD_PERSON(name, type, unit, sentence)    person += sizeof(type);
    TW_HOUSEHOLD_FIELDS(ADD_HOUSEHOLD)
    TW_PERSON_FIELDS(ADD_PERSON)
    for (int32_t b = 0; b < population->num_blocks; b++) {
        const tw_block *block = &population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            if (!families_only || block->tenure[h] != TW_COLLECTIVE) {
                bytes += household + person * (size_t)tw_household_size(block, h);
            }
        }
    }
    return bytes;
}

/* Bytes allocated, slack included. */
static size_t allocated_bytes(const tw_population *population)
{
    size_t bytes = 0;
    for (int32_t b = 0; b < population->num_blocks; b++) {
        const tw_block *block = &population->blocks[b];
        bytes += sizeof(int32_t);
#define ADD_HOUSEHOLDS(name, type, unit, sentence) \
    bytes += sizeof(type) * (size_t)block->max_households;
#define ADD_PERSONS(name, type, unit, sentence) bytes += sizeof(type) * (size_t)block->max_persons;
        bytes += sizeof(int32_t) * (size_t)block->max_households;
        TW_HOUSEHOLD_FIELDS(ADD_HOUSEHOLDS)
        TW_PERSON_FIELDS(ADD_PERSONS)
    }
    return bytes;
}

/* Best time of reading and writing so many bytes once. */
static double memory_floor(size_t bytes)
{
    const size_t words = bytes / sizeof(uint64_t);
    uint64_t *memory = malloc(words * sizeof(*memory));
    double best = 1e9;
    if (memory == NULL) {
        return 0;
    }
    memset(memory, 1, words * sizeof(*memory));
    for (int trial = 0; trial < 7; trial++) {
        const double before = seconds(CLOCK_MONOTONIC);
        for (size_t i = 0; i < words; i++) {
            memory[i] = memory[i] * 3 + 1;
        }
        __asm__ volatile("" : : "r"(memory) : "memory");
        const double took = seconds(CLOCK_MONOTONIC) - before;
        best = took < best ? took : best;
    }
    free(memory);
    return best;
}

static tw_status run_quarters(tw_world *world, int quarters)
{
    tw_status status = TW_OK;
    for (int q = 0; q < quarters && status == TW_OK; q++) {
        status = tw_quarter(world);
    }
    return status;
}

/* What is measured, and with what: a clock that runs on, or one that stops while others run. */
typedef struct tw_timing {
    int threads, by_step;
    clockid_t clock;
} tw_timing;

/* Mean seconds of a quarter over `quarters`, after one to warm up, and means of what is simulated;
 * by step in phase_seconds. */
static double time_quarters(const tw_scenario *scenario, const tw_population *start,
                            tw_timing timing, int quarters, int64_t *households, int64_t *persons)
{
    tw_population *population = NULL;
    tw_world *world = NULL;
    double took = -1;
    if (tw_population_copy(start, &population) == TW_OK &&
        tw_world_create(scenario, 0, timing.threads, population, &world) == TW_OK &&
        tw_quarter(world) == TW_OK) {
        if (timing.by_step) {
            phase_start();
        }
        const tw_population_totals first = tw_population_count(world->population);
        const double before = seconds(timing.clock);
        const tw_status status = run_quarters(world, quarters);
        took = status == TW_OK ? (seconds(timing.clock) - before) / quarters : -1;
        if (timing.by_step) {
            phase_stop();
        }
        const tw_population_totals last = tw_population_count(world->population);
        *households = (first.families + first.collectives + last.families + last.collectives) / 2;
        *persons = (first.persons + last.persons) / 2;
    }
    tw_world_free(world);
    return took;
}

/* The least of three: what other work on the machine adds is no part of it. */
static double least_time(const tw_scenario *scenario, const tw_population *start, tw_timing timing,
                         int quarters, int64_t *households, int64_t *persons)
{
    double least = 1e9;
    for (int i = 0; i < 3; i++) {
        const double took = time_quarters(scenario, start, timing, quarters, households, persons);
        least = took < least ? took : least;
    }
    return least;
}

static void print_cpu(void)
{
    char line[4096];
    FILE *file = fopen("/proc/cpuinfo", "r");
    int model = 0, flags = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL && !(model && flags)) {
        if (!model && strncmp(line, "model name", 10) == 0) {
            printf("# %s", line);
            model = 1;
        } else if (!flags && strncmp(line, "flags", 5) == 0) {
            printf("# cpu: avx2 %s, avx512f %s\n", strstr(line, " avx2") ? "yes" : "no",
                   strstr(line, " avx512f") ? "yes" : "no");
            flags = 1;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
}

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "scenarios/xizang/baseline.cfg";
    const int quarters = argc > 2 ? atoi(argv[2]) : 12;
    tw_report *report = tw_report_create();
    tw_scenario *scenario = NULL;
    tw_population *start = NULL;
    int64_t households = 0, persons = 0;
    if (tw_scenario_read(path, NULL, 0, report, &scenario) != TW_OK || quarters < 1) {
        fprintf(stderr, "bench_quarter: cannot read %s\n", path);
        return 2;
    }
    double before = seconds(CLOCK_MONOTONIC);
    if (tw_start_population(scenario, 1, report, &start) != TW_OK) {
        fprintf(stderr, "bench_quarter: no starting population\n");
        return 1;
    }
    const double synthesis = seconds(CLOCK_MONOTONIC) - before;
    const size_t bytes = population_bytes(start, 0);
    const double floor_before = memory_floor(bytes);
    const tw_timing steps = {1, 1, CLOCK_PROCESS_CPUTIME_ID}, cpu = {1, 0, steps.clock};
    const tw_timing both = {2, 0, CLOCK_MONOTONIC}, alone = {1, 0, CLOCK_MONOTONIC};
    (void)time_quarters(scenario, start, steps, quarters, &households, &persons);
    const double busy = least_time(scenario, start, cpu, quarters, &households, &persons);
    const double two = least_time(scenario, start, both, quarters, &households, &persons);
    const double one = least_time(scenario, start, alone, quarters, &households, &persons);
    const double floor_after = memory_floor(bytes);
    const double floor = floor_before < floor_after ? floor_before : floor_after;
    const tw_population_totals totals = tw_population_count(start);
    print_cpu();
    printf("seconds_per_quarter_1_thread %.4f\n", one);
    printf("cpu_seconds_per_quarter_1_thread %.4f\n", busy);
    printf("seconds_per_quarter_2_threads %.4f\n", two);
    printf("memory_floor_seconds %.4f\n", floor);
    printf("memory_floor_ratio %.2f\n", one / floor);
    printf("scaling_1_to_2 %.2f\n", one / two);
    printf("bytes_per_household %.1f\n",
           (double)population_bytes(start, 1) / (double)totals.families);
    printf("bytes_per_household_allocated %.1f\n", (double)allocated_bytes(start) *
                                                       (double)population_bytes(start, 1) /
                                                       (double)bytes / (double)totals.families);
    printf("synthesis_microseconds_per_person_core %.3f\n",
           1e6 * synthesis / (double)totals.persons);
    printf("household_quarters_per_second_core %.0f\n", (double)households / one);
    printf("person_quarters_per_second_core %.0f\n", (double)persons / one);
    phase_print(quarters);
    tw_population_free(start);
    tw_scenario_free(scenario);
    tw_report_free(report);
    return one > 0 && two > 0 ? 0 : 1;
}
