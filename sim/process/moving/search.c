/* SPDX-License-Identifier: Apache-2.0 */
/** Search hazards by age and by what has happened to a household. */
#include "process/moving/search.h"

static double rogers_castro(const tw_settings *s, double age)
{
    const double labour = s->age_alpha2 * (age - s->age_mu2);
    const double rise = tw_exp(-s->age_lambda2 * (age - s->age_mu2));
    return s->age_a1 * tw_exp(-s->age_alpha1 * age) + s->age_a2 * tw_exp(-labour - rise) + s->age_c;
}

static double readiness(const tw_world *world, const tw_block *block, int32_t row)
{
    const tw_settings *settings = world->settings;
    int seeks = 0, begins = 0;
    for (int32_t p = block->first_person[row]; p < block->first_person[row + 1]; p++) {
        const int age = tw_age(block->birth_quarter[p], world->quarter);
        seeks |= block->activity[p] == TW_SEEKING;
        begins |= age == 5 || age == 11 || age == 14;
    }
    const int home = tw_home_county(world, block, row);
    return 1 + settings->search_job * seeks + settings->search_school * begins +
           settings->search_network * (home < 0 ? 0 : world->places.away[home]);
}

void tw_search_start(tw_world *world)
{
    double sum = 0, households = 0;
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t row = 0; row < block->num_households; row++) {
            sum += readiness(world, block, row);
            households += 1;
        }
    }
    world->places.mean_readiness = households > 0 ? sum / households : 1;
}

static double most_ready(const tw_world *world)
{
    const tw_settings *settings = world->settings;
    double away = 0;
    for (int c = 0; c < world->num_counties; c++) {
        away = world->places.away[c] > away ? world->places.away[c] : away;
    }
    return 1 + settings->search_job + settings->search_school + settings->search_network * away;
}

/* Hazard a year by age of the reference person for mean readiness; returns the largest. */
static double publish_hazards(tw_world *world)
{
    const tw_settings *settings = world->settings;
    double sum = 0, most = 0;
    for (int age = 18; age <= 85; age++) {
        sum += rogers_castro(settings, age);
    }
    for (int age = 0; age < TW_AGES; age++) {
        const double rate = settings->search_level * rogers_castro(settings, age) * 68 / sum;
        world->places.search[age] = age < 15 || settings->moving == TW_PROCESS_NONE ? 0 : rate;
        most = world->places.search[age] > most ? world->places.search[age] : most;
    }
    return most;
}

void tw_search_open(tw_world *world)
{
    const tw_settings *settings = world->settings;
    const int on = settings->moving != TW_PROCESS_NONE;
    const double factor = settings->thinning_bound, mean = world->places.mean_readiness;
    world->go_back = on ? tw_quarterly(settings->return_level) : 0;
    world->leave_public = on ? tw_quarterly(settings->public_exit) : 0;
    double most = publish_hazards(world);
    const double readiest = mean > 0 ? most_ready(world) / mean : 1;
    most = tw_quarterly(most * readiest);
    for (int age = 0; age < TW_AGES; age++) {
        const double p = tw_quarterly(world->places.search[age] * readiest);
        world->places.search_bound[age] = tw_event_bound(factor * p);
    }
    world->household_bound[TW_SLOT_SEARCH] = tw_event_bound(factor * most);
    world->household_bound[TW_SLOT_RETURN] = tw_event_bound(factor * world->go_back);
    world->household_bound[TW_SLOT_PUBLIC_EXIT] = tw_event_bound(factor * world->leave_public);
}

double tw_search_probability(const tw_world *world, const tw_block *block, int32_t row)
{
    const int age = tw_age_index(world, block, block->first_person[row]);
    const double hazard = world->places.search[age];
    const double ready = readiness(world, block, row) / world->places.mean_readiness;
    return hazard > 0 ? tw_quarterly(hazard * ready) : 0;
}
