/* SPDX-License-Identifier: Apache-2.0 */
/** Jobs by zone and sector, and expected incomes. */
#include "process/labour/rates.h"

#include <string.h>

static const char *const urban_income = "disposable_income_per_capita_urban";
static const char *const rural_income = "disposable_income_per_capita_rural";

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

/* Persons of a county employed in a sector at one census, long form. */
static double census_jobs(const tw_region *region, int census, int county, int sector)
{
    const tw_census *row = &region->census[census][county];
    int64_t jobs = 0;
    for (int industry = 0; industry < TW_NUM_INDUSTRIES; industry++) {
        const int counts =
            industry != TW_INDUSTRY_FARMING && tw_sector_of_industry(industry) == sector;
        jobs += counts ? row->employed_by_industry[industry] : 0;
    }
    return (double)jobs;
}

/* Value in a year of what two censuses have: linear between them, the nearer one beyond. */
static double between_censuses(double then, double now, double year)
{
    const double first = 2010.83, last = 2020.83;
    const double share = year <= first ? 0 : year >= last ? 1 : (year - first) / (last - first);
    return then + share * (now - then);
}

/* Jobs of a county and sector in a year: the censuses, then the growth rate. Public services have
 * none of their own: their jobs per resident stay. */
static double county_jobs(const tw_world *world, int county, int sector, double year)
{
    const double then = census_jobs(world->region, 0, county, sector);
    const double now = census_jobs(world->region, 1, county, sector);
    const double last = 2020.83, growth = world->settings->job_growth;
    const int grows = year > last && sector != TW_PUBLIC_SERVICES;
    return between_censuses(then, now, year) * (grows ? tw_exp(growth * (year - last)) : 1);
}

/* Residents of a zone by the censuses. */
static double census_residents(const tw_world *world, int zone, double year)
{
    double value[TW_NUM_CENSUSES];
    for (int census = 0; census < TW_NUM_CENSUSES; census++) {
        const tw_census *row = &world->region->census[census][zone / TW_NUM_ZONE_KINDS];
        value[census] = (double)(tw_is_town(zone) ? row->urban : row->persons - row->urban);
    }
    return between_censuses(value[0], value[1], year);
}

/* Income of a county's prefecture over the region's, in the last year for which both have one; 0 =
 * not published. */
static double published_ratio(const tw_region *region, const char *series, int county)
{
    const char *area = region->prefectures[region->counties[county].prefecture].name;
    double ratio = 0;
    int last = 0;
    for (int i = 0; i < region->num_series_rows; i++) {
        const tw_series_row *row = &region->series_rows[i];
        if (row->year > last && strcmp(row->series, series) == 0 && strcmp(row->area, area) == 0) {
            last = row->year;
            ratio = row->value / tw_region_series(region, series, "region", row->year, NULL);
        }
    }
    return ratio;
}

/* Of zones of a kind; those without a published income share what is left, so that the mean over
 * the residents of the start is the region's. */
static void set_area_incomes(tw_world *world, int kind, const char *series)
{
    double known = 0, known_income = 0, all = 0;
    for (int c = 0; c < world->num_counties; c++) {
        const double persons = (double)TW_AT(&world->zones, persons, tw_zone(c, kind));
        const double ratio = published_ratio(world->region, series, c);
        all += persons;
        known += ratio > 0 ? persons : 0;
        known_income += ratio * persons;
    }
    const double rest = all > known ? (all - known_income) / (all - known) : 1;
    for (int c = 0; c < world->num_counties; c++) {
        const double ratio = published_ratio(world->region, series, c);
        /* Published ratios of nearly everyone leave a rest that says nothing: a half is the floor.
         */
        world->area_income[tw_zone(c, kind)] = ratio > 0 ? ratio : rest < 0.5 ? 0.5 : rest;
    }
}

void tw_labour_start(tw_world *world)
{
    set_area_incomes(world, TW_TOWN, urban_income);
    set_area_incomes(world, TW_RURAL, rural_income);
    const double filled = 1 - world->settings->job_vacancy;
    tw_work *work = &world->work;
    for (int z = 0; z < world->num_zones; z++) {
        world->town_residents_start[z] = (double)TW_AT(&world->zones, persons, z);
        for (int s = 0; s < TW_NUM_SECTORS; s++) {
            const int cell = z * TW_NUM_SECTORS + s;
            const int64_t held = tw_zone_column(&world->zones, TW_ZONE_employed_industry + s)[z];
            work->jobs_start[cell] = (double)held / filled;
            work->separation[cell] = world->settings->separation;
            tw_zone_column(&world->zones, TW_ZONE_jobs_industry + s)[z] =
                tw_round(work->jobs_start[cell]);
        }
    }
    tw_work_rates(world);
    tw_work_levels(world);
    for (int c = 0; c < world->num_counties; c++) {
        world->job_chance_start[c] = tw_job_chance(world, c);
    }
}

/* A zone's part of its county's jobs, by the rule of the start and the residents of the censuses.
 */
static double part_of_zone(const tw_world *world, int zone, double year)
{
    const int county = zone / TW_NUM_ZONE_KINDS;
    const double town = census_residents(world, tw_zone(county, TW_TOWN), year);
    const double rural = world->settings->rural_job_weight *
                         census_residents(world, tw_zone(county, TW_RURAL), year);
    const double own = tw_is_town(zone) ? town : rural;
    return town + rural > 0 ? own / (town + rural) : 1;
}

/* Growth of a zone's jobs in a sector since the start; where there were none, it stays so. */
static double path_of(const tw_world *world, int zone, int sector, double year)
{
    const int county = zone / TW_NUM_ZONE_KINDS;
    const double start = tw_quarter_year(world->start);
    const double before =
        county_jobs(world, county, sector, start) * part_of_zone(world, zone, start);
    const double now = county_jobs(world, county, sector, year) * part_of_zone(world, zone, year);
    return before > 0 ? now / before : 1;
}

/* Jobs that those added to industry and construction in the last year make in services. */
static double multiplied(const tw_world *world, int zone)
{
    double sum = 0;
    for (int q = 0; q < 4; q++) {
        sum += world->work.base_added[q * world->num_zones + zone];
    }
    return world->settings->multiplier * sum / 4;
}

/* Residents over what they would be on the path of the censuses, which the jobs of the path serve.
 */
static double residents_beyond_path(const tw_world *world, int zone, double year)
{
    const double before = census_residents(world, zone, tw_quarter_year(world->start));
    const double path = before > 0 ? census_residents(world, zone, year) / before : 1;
    const double start = world->town_residents_start[zone] * path;
    const double now = (double)TW_AT(&world->zones, persons, zone);
    return start > 0 && now > 0 ? now / start : 1;
}

/* Jobs that levers have made in a rural zone over those of its path: they raise what a household
 * of the village expects, as more jobs in a town do there. */
static double rural_jobs_gain(const tw_world *world, int zone, double year)
{
    const tw_work *work = &world->work;
    double path = 0, added = multiplied(world, zone);
    if (world->settings->labour == TW_PROCESS_NONE) {
        return 0;
    }
    for (int s = 0; s < TW_NUM_SECTORS; s++) {
        path += work->jobs_start[zone * TW_NUM_SECTORS + s] * path_of(world, zone, s, year);
        added += work->jobs_added[zone * TW_NUM_SECTORS + s];
    }
    const double gain = path > 0 ? added / path : 0;
    return gain < -1 ? -1 : gain;
}

static double jobs_due(const tw_world *world, int zone, int sector, double year)
{
    const int cell = zone * TW_NUM_SECTORS + sector;
    const double follow[TW_NUM_SECTORS] = {0, 0, world->settings->service_follow,
                                           world->settings->public_follow};
    const double path = path_of(world, zone, sector, year);
    const double beyond =
        follow[sector] > 0 ? tw_pow(residents_beyond_path(world, zone, year), follow[sector]) : 1;
    const double jobs = world->work.jobs_start[cell] * path * beyond +
                        world->work.jobs_added[cell] +
                        (sector == TW_SERVICES ? multiplied(world, zone) : 0);
    return jobs > 0 ? jobs : 0;
}

/* Held jobs beyond those due are dismissed, at most a part of those held in a quarter. */
static double dismissals(double most, double held, double due)
{
    const double share = held > 0 ? (held - due) / held : 0;
    return share <= 0 ? 0 : -4 * tw_log(1 - (share < most ? share : most));
}

static void publish_jobs(tw_world *world)
{
    const double year = tw_year_now(world);
    tw_work *work = &world->work;
    for (int z = 0; z < world->num_zones; z++) {
        for (int s = 0; s < TW_NUM_SECTORS; s++) {
            const int64_t held = tw_zone_column(&world->zones, TW_ZONE_employed_industry + s)[z];
            const double due = jobs_due(world, z, s, year);
            const int64_t jobs = tw_round(due);
            tw_zone_column(&world->zones, TW_ZONE_jobs_industry + s)[z] = jobs > held ? jobs : held;
            work->separation[z * TW_NUM_SECTORS + s] =
                world->settings->separation +
                dismissals(world->settings->dismissal_limit, (double)held, due);
        }
        double *added = &work->base_added[world->quarter % 4 * world->num_zones + z];
        *added = work->jobs_added[z * TW_NUM_SECTORS + TW_INDUSTRY] +
                 work->jobs_added[z * TW_NUM_SECTORS + TW_CONSTRUCTION];
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

/* Wages that are really paid in a town over those at the start, as far as they make its income. */
static double wages_kept(const tw_world *world, int county)
{
    const double paid = world->settings->wages_paid, share = world->settings->town_wage_share;
    const double more = (1 - paid) * tw_policy(world, TW_LEVER_WAGE_PROTECTION, county);
    return world->settings->labour == TW_PROCESS_NONE ? 1 : 1 + share * more / paid;
}

/* Income per head that work relief adds in a village over the published one. */
static double relief_gain(const tw_world *world, int county, double rural)
{
    const int zone = tw_zone(county, TW_RURAL);
    const double level = tw_policy(world, TW_LEVER_WORK_RELIEF, county);
    const double persons = (double)TW_AT(&world->zones, persons, zone);
    if (level <= 0 || persons <= 0 || world->settings->budget == TW_PROCESS_NONE) {
        return 0;
    }
    const double since = rural / world->income_head_2021[TW_RURAL];
    return level * (double)TW_AT(&world->zones, farming, zone) / persons *
           world->settings->seasonal_income * since / rural;
}

void tw_labour_open(tw_world *world)
{
    const double year = tw_year_now(world);
    if (world->settings->labour != TW_PROCESS_NONE) {
        publish_jobs(world);
        tw_work_look(world);
        tw_work_pull(world);
        tw_work_bounds(world);
    }
    const double town = income(world, urban_income, year);
    const double rural = income(world, rural_income, year);
    world->income_head[TW_TOWN] = town;
    world->income_head[TW_RURAL] = rural;
    world->income_head_2021[TW_TOWN] = income(world, urban_income, 2021);
    world->income_head_2021[TW_RURAL] = income(world, rural_income, 2021);
    const double usual = mean_chance_at_start(world);
    for (int c = 0; c < world->num_counties; c++) {
        /* A town without any job would have no logarithm: a hundredth is the floor. */
        double chance = tw_job_chance(world, c);
        const int in_town = tw_zone(c, TW_TOWN), in_village = tw_zone(c, TW_RURAL);
        world->income[in_town] = town * world->area_income[in_town] *
                                 (chance < 0.01 ? 0.01 : chance) / usual * wages_kept(world, c);
        world->income[in_village] =
            rural * world->area_income[in_village] *
            (1 + relief_gain(world, c, rural) +
             world->settings->rural_wage_share * rural_jobs_gain(world, in_village, year));
    }
}
