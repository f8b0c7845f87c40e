/* SPDX-License-Identifier: Apache-2.0 */
/** Replicates and quarters of a scenario; the record of what happened. */
#include "townward/run.h"

#include <stdlib.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "engine/composition.h"
#include "engine/pass.h"
#include "engine/quarter.h"
#include "engine/world.h"
#include "process/demography/demography.h"
#include "process/labour/labour.h"
#include "process/outside/outside.h"
#include "process/schooling/schooling.h"
#include "townward/synthesis.h"

int tw_record_num_fields(void)
{
    return TW_NUM_ZONE_FIELDS;
}

tw_field_row tw_record_field(int field)
{
    const tw_zone_field_row row = tw_zone_field_at(field);
    return (tw_field_row){row.name, row.unit, row.sentence, row.is_flow};
}

int tw_record_find(const char *name)
{
    for (int field = 0; field < TW_NUM_ZONE_FIELDS; field++) {
        if (strcmp(tw_zone_field_at(field).name, name) == 0) {
            return field;
        }
    }
    return -1;
}

void tw_record_free(tw_record *record)
{
    if (record != NULL) {
        free(record->value);
        free(record->outlay);
        free(record->ledger);
        free(record->flows);
        free(record->composition);
        free(record);
    }
}

/* Appends the households whose keyed uniform is below the share. */
static tw_status sample_block(const tw_block *block, tw_key key, double share, tw_block *out)
{
    tw_status status = TW_OK;
    for (int32_t h = 0; h < block->num_households && status == TW_OK; h++) {
        const tw_draw draw = tw_draw_at(key, TW_DRAW_SAMPLE, block->uid[h], 0, 0);
        if (tw_uniform(draw.word[0]) >= share) {
            continue;
        }
        status = tw_block_grow(out, 1, tw_household_size(block, h));
        if (status == TW_OK) {
            tw_block_append_rows(out, block, h, h + 1);
        }
    }
    return status;
}

/* A larger sample holds a smaller one. */
static tw_status sample_population(const tw_settings *settings, int num_threads,
                                   tw_population **population)
{
    if (settings->run_sample >= 1) {
        return TW_OK;
    }
    const int32_t blocks = (*population)->num_blocks;
    const tw_key key = tw_key_make((uint64_t)settings->run_seed, 0);
    tw_population *sampled = NULL;
    tw_block *part = calloc((size_t)blocks + 1, sizeof(*part));
    tw_status status = part == NULL ? TW_NO_MEMORY : TW_OK;
    for (int32_t b = 0; b < blocks && status == TW_OK; b++) {
        status = sample_block(&(*population)->blocks[b], key, settings->run_sample, &part[b]);
    }
    if (status == TW_OK) {
        status = tw_population_create((int32_t)settings->block_size, part, blocks, num_threads,
                                      &sampled);
    }
    for (int32_t b = 0; part != NULL && b < blocks; b++) {
        tw_block_free(&part[b]);
    }
    free(part);
    if (status == TW_OK) {
        tw_population_free(*population);
        *population = sampled;
    }
    return status;
}

int tw_threads(int wanted)
{
#ifdef _OPENMP
    return wanted > 0 ? wanted : omp_get_max_threads();
#else
    (void)wanted;
    return 1;
#endif
}

const char *tw_start_differs(const tw_scenario *a, const tw_scenario *b)
{
    const tw_settings *x = tw_scenario_settings(a), *y = tw_scenario_settings(b);
    const struct {
        const char *path;
        int differs;
    } row[] = {
        {"run.start",                       x->run_start != y->run_start                        },
        {"run.seed",                        x->run_sample < 1 && x->run_seed != y->run_seed     },
        {"run.sample",                      x->run_sample != y->run_sample                      },
        {"synthesis.collective_town_share", x->collective_town_share != y->collective_town_share},
        {"synthesis.rural_size_ratio",      x->rural_size_ratio != y->rural_size_ratio          },
        {"synthesis.public_rental_share",   x->public_rental_share != y->public_rental_share    },
        {"synthesis.newcomer_rate",         x->newcomer_rate != y->newcomer_rate                },
        {"labour.rural_job_weight",         x->rural_job_weight != y->rural_job_weight          },
        {"labour.self_employed_share",      x->self_employed_share != y->self_employed_share    },
        {"labour.unemployment",             x->unemployment != y->unemployment                  },
        {"schooling.boarding_share",        tw_schooling_boarders(tw_scenario_region(a),          x) !=
                                         tw_schooling_boarders(tw_scenario_region(b), y)},
        {"land.let_share",                               x->let_share != y->let_share                                                                                  }
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        if (row[i].differs) {
            return row[i].path;
        }
    }
    return NULL;
}

tw_status tw_start_population(const tw_scenario *scenario, int num_threads, tw_report *report,
                              tw_population **out)
{
    return tw_start_population_fit(scenario, num_threads, report, NULL, out);
}

tw_status tw_start_population_fit(const tw_scenario *scenario, int num_threads, tw_report *report,
                                  struct tw_fit *fit, tw_population **out)
{
    const tw_settings *settings = tw_scenario_settings(scenario);
    const tw_synthesis_options options = {
        .census = settings->run_start >= tw_quarter_of(2020, 11),
        .block_size = (int32_t)settings->block_size,
        .num_threads = tw_threads(num_threads),
        .collective_town_share = settings->collective_town_share,
        .rural_size_ratio = settings->rural_size_ratio,
        .public_rental_share = settings->public_rental_share,
        .rural_job_weight = settings->rural_job_weight,
        .self_employed_share = settings->self_employed_share,
        .unemployment = settings->unemployment,
        .boarder_share = tw_schooling_boarders(tw_scenario_region(scenario), settings),

        .newcomer_rate = settings->newcomer_rate,
        .let_share = settings->let_share};
    tw_population *population = NULL;
    tw_status status =
        tw_synthesize(tw_scenario_region(scenario), &options, report, fit, &population);
    if (status == TW_OK) {
        status = sample_population(settings, options.num_threads, &population);
    }
    if (status == TW_OK) {
        status = tw_population_seal(population);
    }
    if (status != TW_OK) {
        tw_population_free(population);
        return status;
    }
    *out = population;
    return TW_OK;
}

static tw_status record_create(const tw_scenario *scenario, tw_record **out)
{
    const tw_settings *settings = tw_scenario_settings(scenario);
    tw_record *record = calloc(1, sizeof(*record));
    if (record == NULL) {
        return TW_NO_MEMORY;
    }
    record->num_replicates = (int32_t)settings->run_replicates;
    record->num_times = (int32_t)(settings->run_end - settings->run_start) + 1;
    record->num_fields = TW_NUM_ZONE_FIELDS;
    record->num_zones = TW_NUM_ZONE_KINDS * tw_scenario_region(scenario)->num_counties;
    record->num_programmes = tw_scenario_num_programmes(scenario);
    record->start = (int32_t)settings->run_start;
    record->sample = settings->run_sample;
    const size_t moments = (size_t)record->num_replicates * (size_t)record->num_times;
    record->value = calloc(moments * (size_t)record->num_fields * (size_t)record->num_zones,
                           sizeof(*record->value));
    record->outlay =
        calloc(moments * (size_t)(record->num_programmes + 1), sizeof(*record->outlay));
    record->num_years = (record->num_times + 3) / 4;
    record->composition = calloc((size_t)record->num_replicates * (size_t)record->num_years *
                                     (size_t)record->num_zones * (size_t)tw_composition_cells(),
                                 sizeof(*record->composition));
    record->num_counties = tw_scenario_region(scenario)->num_counties;
    record->num_ledger_years = (record->num_times + 2) / 4;
    record->ledger = calloc((size_t)record->num_replicates * (size_t)record->num_ledger_years *
                                    (size_t)record->num_programmes * (size_t)record->num_counties +
                                1,
                            sizeof(*record->ledger));
    if (record->value == NULL || record->outlay == NULL || record->composition == NULL ||
        record->ledger == NULL) {
        tw_record_free(record);
        return TW_NO_MEMORY;
    }
    *out = record;
    return TW_OK;
}

/* Adds what the programmes did in a quarter to the ledger of its year. */
static void add_to_ledger(tw_record *record, int replicate, int quarter, const tw_world *world)
{
    const size_t counties = (size_t)record->num_counties;
    const size_t year =
        (size_t)replicate * (size_t)record->num_ledger_years + (size_t)(quarter / 4);
    for (int i = 0; i < record->num_programmes; i++) {
        tw_ledger *row =
            record->ledger + (year * (size_t)record->num_programmes + (size_t)i) * counties;
        for (size_t c = 0; c < counties; c++) {
            row[c].cents += world->programme[i].county[c].cents;
            row[c].units += world->programme[i].county[c].units;
            row[c].reached += world->programme[i].county[c].reached;
        }
    }
}

static tw_status record_moment(tw_record *record, int replicate, int time, const tw_world *world)
{
    const size_t moment = (size_t)replicate * (size_t)record->num_times + (size_t)time;
    const size_t size = (size_t)record->num_fields * (size_t)record->num_zones;
    memcpy(record->value + moment * size, world->zones.value, size * sizeof(*record->value));
    for (int i = 0; i < record->num_programmes && time > 0; i++) {
        const tw_programme_state *state = &world->programme[i];
        record->outlay[moment * (size_t)record->num_programmes + (size_t)i] =
            (tw_outlay){state->quarter_cents, state->units, state->refused};
    }
    if (time > 0) {
        add_to_ledger(record, replicate, time - 1, world);
    }
    if (time % 4 != 0) {
        return TW_OK;
    }
    const size_t year = (size_t)replicate * (size_t)record->num_years + (size_t)time / 4;
    return tw_composition_count(world, record->composition + year * (size_t)record->num_zones *
                                                                 (size_t)tw_composition_cells());
}

/* Persons by year, origin and destination of one replicate, or of all: [year][origin][destination]
 */
typedef struct tw_flow_table {
    int32_t num_years, num_zones;
    int64_t *persons;
} tw_flow_table;

static void add_moves(tw_flow_table *table, int year, const tw_world *world)
{
    for (int w = 0; w < world->num_workers; w++) {
        const tw_moves *moves = &world->worker[w].moves;
        for (int32_t i = 0; i < moves->count; i++) {
            const size_t cell =
                ((size_t)year * (size_t)table->num_zones + (size_t)moves->row[i].origin) *
                    (size_t)table->num_zones +
                (size_t)moves->row[i].destination;
            table->persons[cell] += moves->row[i].persons;
        }
    }
}

/* Appends the nonzero cells of a table and clears it. */
static tw_status store_flows(tw_record *record, tw_flow_table *table, int replicate)
{
    const size_t zones = (size_t)table->num_zones;
    const size_t cells = (size_t)table->num_years * zones * zones;
    int32_t nonzero = 0;
    for (size_t i = 0; i < cells; i++) {
        nonzero += table->persons[i] != 0;
    }
    tw_flow *flows =
        realloc(record->flows, ((size_t)record->num_flows + (size_t)nonzero + 1) * sizeof(*flows));
    if (flows == NULL) {
        return TW_NO_MEMORY;
    }
    record->flows = flows;
    for (size_t i = 0; i < cells; i++) {
        if (table->persons[i] != 0) {
            record->flows[record->num_flows++] =
                (tw_flow){replicate, (int32_t)(i / (zones * zones)), (int32_t)(i / zones % zones),
                          (int32_t)(i % zones), table->persons[i]};
        }
    }
    memset(table->persons, 0, cells * sizeof(*table->persons));
    return TW_OK;
}

static tw_status simulate(tw_world *world, int replicate, const tw_run_options *options,
                          tw_report *report, tw_record *record, tw_flow_table *table)
{
    const int quarters = record->num_times - 1;
    tw_status status = record_moment(record, replicate, 0, world);
    for (int q = 0; q < quarters && status == TW_OK; q++) {
        status = tw_quarter(world);
        if (status == TW_OK && options->verify) {
            status = tw_pass_verify(world, report);
        }
        if (status == TW_OK) {
            status = record_moment(record, replicate, q + 1, world);
        }
        if (status != TW_OK) {
            break;
        }
        if (table != NULL) {
            add_moves(table, q / 4, world);
        }
        if (options->progress != NULL &&
            options->progress(options->context, replicate, q + 1, quarters)) {
            status = tw_report_add(report, TW_INTERRUPTED, NULL, 0, NULL,
                                   "stopped after %d of %d quarters", q + 1, quarters);
        }
    }
    return status;
}

/* The last replicate uses the start itself, which is NULL then; others a copy of it. */
static tw_status take_start(tw_population **start, int is_last, tw_population **out)
{
    if (!is_last) {
        return tw_population_copy(*start, out);
    }
    *out = *start;
    *start = NULL;
    return TW_OK;
}

static tw_status run_replicate(const tw_scenario *scenario, int replicate, tw_population **start,
                               const tw_run_options *options, tw_report *report, tw_record *record,
                               tw_flow_table *table)
{
    tw_population *population = NULL;
    tw_world *world = NULL;
    tw_status status = take_start(start, replicate + 1 == record->num_replicates, &population);
    if (status == TW_OK) {
        status = tw_world_create(scenario, replicate, tw_threads(options->num_threads), population,
                                 &world);
    }
    if (status == TW_OK) {
        population = NULL; /* the world's own now */
        status = simulate(world, replicate, options, report, record, table);
    }
    if (status == TW_OK) {
        tw_digest digest = {record->digest[0], record->digest[1]};
        tw_digest_join(&digest, tw_world_digest(world));
        record->digest[0] = digest.low;
        record->digest[1] = digest.high;
    }
    tw_world_free(world);
    tw_population_free(population);
    return status;
}

static tw_status run_all(const tw_scenario *scenario, tw_population **start,
                         const tw_run_options *options, tw_report *report, tw_record *record)
{
    const tw_settings *settings = tw_scenario_settings(scenario);
    tw_flow_table table = {(record->num_times + 2) / 4, record->num_zones, NULL};
    tw_flow_table *used = settings->results_od == TW_OD_OFF ? NULL : &table;
    tw_status status = TW_OK;
    if (used != NULL) {
        const size_t zones = (size_t)table.num_zones;
        table.persons = calloc((size_t)table.num_years * zones * zones + 1, sizeof(int64_t));
        status = table.persons == NULL ? TW_NO_MEMORY : TW_OK;
    }
    for (int r = 0; r < record->num_replicates && status == TW_OK; r++) {
        status = run_replicate(scenario, r, start, options, report, record, used);
        if (status == TW_OK && settings->results_od == TW_OD_EACH) {
            status = store_flows(record, used, r);
        }
    }
    if (status == TW_OK && settings->results_od == TW_OD_SUM) {
        status = store_flows(record, used, -1);
    }
    free(table.persons);
    return status;
}

tw_status tw_run_check(const tw_scenario *scenario, tw_report *report)
{
    tw_status status = tw_demography_check(tw_scenario_region(scenario), report);
    if (status == TW_OK) {
        status = tw_schooling_check(tw_scenario_region(scenario), report);
    }
    if (status == TW_OK) {
        status = tw_labour_check(tw_scenario_region(scenario), report);
    }
    if (status == TW_OK && tw_scenario_settings(scenario)->outside != TW_PROCESS_NONE) {
        status = tw_outside_check(tw_scenario_region(scenario), report);
    }
    return status;
}

tw_status tw_run(const tw_scenario *scenario, const tw_run_options *options, tw_report *report,
                 tw_record **out)
{
    tw_population *start = NULL;
    tw_record *record = NULL;
    tw_status status = tw_run_check(scenario, report);
    if (status == TW_OK) {
        status = tw_start_population(scenario, options->num_threads, report, &start);
    }
    if (status == TW_OK) {
        status = record_create(scenario, &record);
    }
    if (status == TW_OK) {
        status = run_all(scenario, &start, options, report, record);
    }
    tw_population_free(start);
    if (status != TW_OK) {
        tw_record_free(record);
        return status;
    }
    *out = record;
    return TW_OK;
}
