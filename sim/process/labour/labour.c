/* SPDX-License-Identifier: Apache-2.0 */
/** Published job path and expected incomes by zone. */
#include "process/labour/labour.h"

#include <string.h>

static const char *const urban_income = "disposable_income_per_capita_urban";
static const char *const rural_income = "disposable_income_per_capita_rural";
enum { LONG_FORM_SCALE = 10 }; /* the census table of industries is a 10 % sample */

tw_status tw_labour_check(const tw_region *region, tw_report *report)
{
    const char *series[] = {urban_income, rural_income};
    tw_status status = TW_OK;
    for (int i = 0; i < 2; i++) {
        int known = 0;
        (void)tw_region_series(region, series[i], "region", 2020, &known);
        if (!known) {
            status = tw_report_add(report, TW_BAD_INPUT, region->folder, 0,
                                   "yearly yuan per person for area region",
                                   "the series %s is missing", series[i]);
        }
    }
    return status;
}

/* Non-farm employed persons of a county at one census. */
static double census_jobs(const tw_region *region, int census, int county)
{
    const tw_census *row = &region->census[census][county];
    int64_t jobs = 0;
    for (int industry = 0; industry < TW_NUM_INDUSTRIES; industry++) {
        jobs += industry == TW_INDUSTRY_FARMING ? 0 : row->employed_by_industry[industry];
    }
    return (double)(jobs * LONG_FORM_SCALE);
}

/* Non-farm jobs of a county in a year: the censuses, linear between, then the growth rate. */
static double county_jobs(const tw_world *world, int county, double year)
{
    const double first = 2010.83, last = 2020.83;
    const double then = census_jobs(world->region, 0, county);
    const double now = census_jobs(world->region, 1, county);
    if (year <= last) {
        double share = year <= first ? 0 : (year - first) / (last - first);
        return then + share * (now - then);
    }
    return now * tw_exp(world->settings->job_growth * (year - last));
}

void tw_labour_start(tw_world *world)
{
    const tw_settings *settings = world->settings;
    const double year = tw_quarter_year(world->start);
    for (int c = 0; c < world->num_counties; c++) {
        const int rural = tw_zone(c, TW_RURAL), town = tw_zone(c, TW_TOWN);
        const double rural_workers = (double)TW_AT(&world->zones, workers, rural);
        const double town_workers = (double)TW_AT(&world->zones, workers, town);
        const double total = county_jobs(world, c, year) * world->sample;
        const double weight = town_workers + settings->rural_job_weight * rural_workers;
        double jobs = weight > 0 ? total * town_workers / weight : 0;
        const double most = settings->participation * town_workers;
        jobs = jobs > most ? most : jobs;
        world->jobs_start[town] = jobs;
        world->jobs_start[rural] = total - jobs;
        world->town_residents_start[town] = (double)TW_AT(&world->zones, persons, town);
        TW_AT(&world->zones, jobs, town) = tw_round(world->jobs_start[town]);
        TW_AT(&world->zones, jobs, rural) = tw_round(world->jobs_start[rural]);
    }
    for (int c = 0; c < world->num_counties; c++) {
        world->job_chance_start[c] = tw_job_chance(world, c);
    }
}

static void publish_jobs(tw_world *world)
{
    const double share = world->settings->resident_job_share, year = tw_year_now(world);
    for (int c = 0; c < world->num_counties; c++) {
        const int rural = tw_zone(c, TW_RURAL), town = tw_zone(c, TW_TOWN);
        const double before = county_jobs(world, c, tw_quarter_year(world->start));
        const double path = before > 0 ? county_jobs(world, c, year) / before : 1;
        const double residents = world->town_residents_start[town];
        const double growth =
            residents > 0 ? (double)TW_AT(&world->zones, persons, town) / residents : 1;
        TW_AT(&world->zones, jobs, town) =
            tw_round(world->jobs_start[town] * ((1 - share) * path + share * growth));
        TW_AT(&world->zones, jobs, rural) = tw_round(world->jobs_start[rural] * path);
    }
}

/* Last year for which the region as a whole has a value. */
static int last_year(const tw_region *region, const char *series)
{
    int last = 0;
    for (int i = 0; i < region->num_series_rows; i++) {
        const tw_series_row *row = &region->series_rows[i];
        if (strcmp(row->series, series) == 0 && strcmp(row->area, "region") == 0) {
            last = row->year > last ? row->year : last;
        }
    }
    return last;
}

/* Published income, grown on beyond its last year. */
static double income(const tw_world *world, const char *series, double year)
{
    const int last = last_year(world->region, series);
    double value = tw_region_series(world->region, series, "region", year, NULL);
    if (year > last) {
        value *= tw_exp(world->settings->income_growth * (year - last));
    }
    return value;
}

double tw_labour_town_income(const tw_world *world, double year)
{
    return income(world, urban_income, year);
}

/* Mean chance of a job in towns at the start, weighted by workers: published income rests on it. */
static double mean_chance_at_start(const tw_world *world)
{
    double jobs = 0, weight = 0;
    for (int c = 0; c < world->num_counties; c++) {
        const double residents = world->town_residents_start[tw_zone(c, TW_TOWN)];
        jobs += residents * world->job_chance_start[c];
        weight += residents;
    }
    return weight > 0 && jobs > 0 ? jobs / weight : 1;
}

void tw_labour_open(tw_world *world)
{
    const double year = tw_year_now(world);
    if (world->settings->labour != TW_PROCESS_NONE) {
        publish_jobs(world);
    }
    const double town = income(world, urban_income, year);
    const double rural = income(world, rural_income, year);
    const double usual = mean_chance_at_start(world);
    for (int c = 0; c < world->num_counties; c++) {
        /* A town without any job would have no logarithm: a hundredth is the floor. */
        double chance = tw_job_chance(world, c);
        world->income[tw_zone(c, TW_TOWN)] = town * (chance < 0.01 ? 0.01 : chance) / usual;
        world->income[tw_zone(c, TW_RURAL)] = rural;
    }
}
