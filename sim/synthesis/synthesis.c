/* SPDX-License-Identifier: Apache-2.0 */
/** Counties in parallel, then one population in their order; the fit against the census. */
#include "townward/synthesis.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/math.h"
#include "synthesis/county.h"
#include "synthesis/fit.h"

static void draft_free(tw_county_draft *draft)
{
    free(draft->draft);
    free(draft->member);
    free(draft->sorted);
    free(draft->first);
    free(draft->key);
    free(draft->order);
    draft->draft = NULL;
    draft->member = draft->sorted = NULL;
    draft->first = draft->order = NULL;
    draft->key = NULL;
}

static void make_county(tw_county_draft *draft)
{
    const tw_census *census = draft->census;
    const size_t persons = (size_t)census->persons;
    const size_t households = (size_t)(census->families + census->persons - census->family_persons);
    draft->draft = calloc(households + 1, sizeof(*draft->draft));
    draft->member = malloc((persons + 1) * sizeof(*draft->member));
    draft->sorted = malloc((persons + 1) * sizeof(*draft->sorted));
    draft->first = malloc((households + 1) * sizeof(*draft->first));
    draft->key = malloc(2 * (households + 1) * sizeof(*draft->key));
    draft->order = malloc((households + 1) * sizeof(*draft->order));
    if (draft->draft == NULL || draft->member == NULL || draft->sorted == NULL ||
        draft->first == NULL || draft->key == NULL || draft->order == NULL) {
        draft->status = TW_NO_MEMORY;
        return;
    }
    tw_draft_cells(draft);
    tw_draft_families(draft);
    tw_assert((size_t)draft->num_members == persons);
    tw_assert((size_t)draft->num_drafts == households);
    tw_draft_attributes(draft);
    free(draft->member);
    free(draft->key);
    free(draft->order);
    draft->member = NULL;
    draft->key = NULL;
    draft->order = NULL;
}

static tw_person person_of(const tw_county_draft *draft, int32_t row, int zone, uint32_t serial,
                           int32_t start)
{
    const tw_member *member = &draft->sorted[row];
    const uint64_t word = tw_synth_word(draft, TW_SYNTH_BIRTH, row);
    return (tw_person){.person_uid = tw_start_person_uid(tw_zone_code(draft->region, zone), serial),
                       .birth_quarter = (int16_t)(start - 4 * member->age - (int32_t)(word & 3)),
                       .registered_zone = draft->draft[member->household].registered,
                       .sex = member->sex,
                       .schooling = member->schooling,
                       .marital = member->marital,
                       .unit = member->unit,
                       .activity = member->activity};
}

/* A boarder's family: any rural one of the county, in a mix of all; serials are rows of drafts. */
static uint64_t family_of(const tw_county_draft *draft, int32_t household, int32_t rural_families)
{
    if (!draft->draft[household].boarder || rural_families == 0) {
        return 0;
    }
    const uint64_t word = tw_synth_word(draft, TW_SYNTH_ORDER, household);
    const int32_t code = tw_zone_code(draft->region, tw_zone(draft->county, TW_RURAL));
    return tw_start_household_uid(code, (uint32_t)(word % (uint64_t)rural_families));
}

/* Own zone in the country, unless from outside; in town the village one is registered in. */
static int16_t land_of(const tw_draft *one, int zone)
{
    const int rural = zone % TW_NUM_ZONE_KINDS == TW_RURAL;
    if (rural) {
        return (int16_t)(one->elsewhere < 0 && one->tenure != TW_COLLECTIVE ? zone : TW_NO_ZONE);
    }
    return (int16_t)(one->registered >= 0 && one->registered % TW_NUM_ZONE_KINDS == TW_RURAL
                         ? one->registered
                         : TW_NO_ZONE);
}

/*
 * Mean stay so far, years, of those registered elsewhere: their share of the residents over the
 * newcomers of a year, 1 to 12 years. Assumed, since no length of stay is published.
 */
static double mean_stay(const tw_county_draft *draft)
{
    const tw_census *census = draft->census;
    double elsewhere = 0;
    for (int i = 0; i < TW_NUM_ELSEWHERE; i++) {
        elsewhere += (double)census->registered_elsewhere[i];
    }
    const double years =
        elsewhere / ((double)census->persons * draft->options->newcomer_rate + 1e-9);
    return years < 1 ? 1 : years > 12 ? 12 : years;
}

/* Exponential stays around the mean; a boarder's school takes three years. */
static uint8_t stay_of(const tw_county_draft *draft, int32_t household, int zone, double mean)
{
    const tw_draft *one = &draft->draft[household];
    if (one->registered == zone) {
        return 0;
    }
    const double u = tw_synth_uniform(draft, TW_SYNTH_STAY, household);
    if (one->boarder) {
        return (uint8_t)(12 * u);
    }
    const double quarters = -4 * mean * tw_log(u);
    return (uint8_t)(quarters > 255 ? 255 : quarters);
}

/* Let with the yearly share for each year in town. */
static uint8_t land_state_of(const tw_county_draft *draft, int32_t household,
                             const tw_household *made)
{
    if (made->land_zone < 0) {
        return TW_LAND_NONE;
    }
    const double kept = 1 - draft->options->let_share;
    const double used = kept > 0 ? tw_pow(kept, 0.25 * made->permit_quarters) : 0;
    const int let = made->zone % TW_NUM_ZONE_KINDS == TW_TOWN &&
                    tw_synth_uniform(draft, TW_SYNTH_LET, household) >= used;
    return let ? TW_LAND_LET : TW_LAND_USED;
}

/* The households of a county in the order of their drafts, as rows. */
static tw_status fill_county(tw_county_draft *draft, int32_t start)
{
    uint32_t households[TW_NUM_ZONE_KINDS] = {0}, persons[TW_NUM_ZONE_KINDS] = {0};
    tw_person person[256];
    int32_t rural_families = 0;
    while (rural_families < draft->num_drafts &&
           draft->draft[rural_families].living == TW_FAMILY_RURAL) {
        rural_families++;
    }
    const double mean = mean_stay(draft);
    const tw_status status = tw_block_reserve(&draft->made, draft->num_drafts, draft->num_members);
    for (int32_t h = 0; h < draft->num_drafts && status == TW_OK; h++) {
        const tw_draft *one = &draft->draft[h];
        const int kind =
            one->living == TW_FAMILY_TOWN || one->living == TW_ALONE_TOWN ? TW_TOWN : TW_RURAL;
        const int zone = tw_zone(draft->county, kind);
        const int32_t code = tw_zone_code(draft->region, zone);
        tw_household household = {.uid = tw_start_household_uid(code, households[kind]++),
                                  .zone = (int16_t)zone,
                                  .land_zone = land_of(one, zone),
                                  .taste_zone = (int16_t)zone,
                                  .moved_quarter = (int16_t)start,
                                  .permit_quarters = stay_of(draft, h, zone, mean),
                                  .tenure = one->tenure};
        household.land_state = land_state_of(draft, h, &household);
        const int32_t size = draft->first[h + 1] - draft->first[h];
        for (int32_t i = 0; i < size; i++) {
            person[i] = person_of(draft, draft->first[h] + i, zone, persons[kind]++, start);
            person[i].kin_uid = family_of(draft, h, rural_families);
        }
        tw_block_append(&draft->made, &household, size, person);
    }
    return status;
}

/* `keep`: the drafts are measured later. */
static tw_status make_all(tw_county_draft *drafts, const tw_region *region,
                          const tw_synthesis_options *options, int keep)
{
    const int32_t start = tw_quarter_of(tw_census_years[options->census], 11);
#pragma omp parallel for schedule(dynamic, 1) num_threads(options->num_threads)
    for (int c = 0; c < region->num_counties; c++) {
        drafts[c].region = region;
        drafts[c].options = options;
        drafts[c].census = &region->census[options->census][c];
        drafts[c].county = c;
        drafts[c].status = TW_OK;
        make_county(&drafts[c]);
        if (drafts[c].status == TW_OK) {
            drafts[c].status = fill_county(&drafts[c], start);
        }
        if (!keep) {
            draft_free(&drafts[c]);
        }
    }
    for (int c = 0; c < region->num_counties; c++) {
        if (drafts[c].status != TW_OK) {
            return drafts[c].status;
        }
    }
    return TW_OK;
}

/* All counties in their order. */
static tw_status gather(const tw_county_draft *drafts, int num_counties,
                        const tw_synthesis_options *options, tw_population **out)
{
    tw_block *part = calloc((size_t)num_counties + 1, sizeof(*part));
    if (part == NULL) {
        return TW_NO_MEMORY;
    }
    for (int c = 0; c < num_counties; c++) {
        part[c] = drafts[c].made;
    }
    const tw_status status =
        tw_population_create(options->block_size, part, num_counties, options->num_threads, out);
    free(part);
    return status;
}

tw_status tw_synthesize(const tw_region *region, const tw_synthesis_options *options,
                        tw_report *report, tw_fit *fit, tw_population **out)
{
    const int counties = region->num_counties;
    tw_population *population = NULL;
    tw_county_draft *drafts = calloc((size_t)counties, sizeof(*drafts));
    tw_status status =
        drafts == NULL ? TW_NO_MEMORY : make_all(drafts, region, options, fit != NULL);
    if (status == TW_OK && fit != NULL) {
        tw_fit_measure(drafts, counties, fit);
    }
    if (status == TW_OK) {
        status = gather(drafts, counties, options, &population);
    }
    for (int c = 0; drafts != NULL && c < counties; c++) {
        draft_free(&drafts[c]);
        tw_block_free(&drafts[c].made);
    }
    free(drafts);
    if (status != TW_OK) {
        tw_population_free(population);
        return tw_report_add(report, status, NULL, 0, NULL, "the starting population: %s",
                             tw_status_sentence(status));
    }
    *out = population;
    return TW_OK;
}
