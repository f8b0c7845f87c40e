/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Every lever of the list, one after the other, on the shipped region: at zero it changes no bit;
 * at work it moves the indicator of its channel in the stated direction; with its channel frozen it
 * moves nobody, to the bit; outlay is units times unit cost; a ceiling of one unit serves one and
 * refuses the rest; outside its dates and places it does nothing. Grants on a small region.
 */
#include <stdlib.h>
#include <unistd.h>

#include "engine/quarter.h"
#include "engine/world.h"
#include "test.h"
#include "worlds.h"

#define SAMPLE "run.sample=0.015"
/* From November 2020: the earthquake of January 2025 is within the long run. */
enum { LONG = 18, SHORT = 5, TWO_YEARS = 8 };
/* What a lever of reconstruction does shows where nothing is rebuilt without it. */
#define NO_STANDING "levers.rural.reconstruction.standing.share=0"

static char folder[] = "/tmp/townward-levers-XXXXXX";

/** Where a test runs. */
typedef struct site {
    const char *baseline, *sample;
    tw_population *start;
} site;
static site shipped = {"scenarios/xizang/baseline.cfg", SAMPLE, NULL};
static site small = {"tests/regions/three/baseline.cfg", "run.sample=1", NULL};

/** A programme as a scenario says it. */
typedef struct wording {
    double amount;
    const char *start, *places, *more;
} wording;

static void write_scenario(const char *path, const site *at, int lever, const wording *of)
{
    const tw_lever_row row = tw_lever_row_at(lever);
    const char *source = getenv("TOWNWARD_SOURCE");
    const char *point = strchr(row.path, '.');
    char here[2048];
    FILE *file = fopen(path, "w");
    CHECK(file != NULL && getcwd(here, sizeof here) != NULL);
    fprintf(file, "base = \"%s/%s\";\n", source == NULL ? here : source, at->baseline);
    fprintf(file,
            "levers: { %.*s: { %s: { x = { start = \"%s\"; %s = %.10g; places = [%s]; "
            "payer = \"region\"; %s }; }; }; };\n",
            (int)(point - row.path), row.path, point + 1, of->start, row.amount, of->amount,
            of->places, of->more);
    fclose(file);
}

static tw_scenario *scenario_with(const site *at, int lever, const wording *of, const char *text)
{
    char path[64];
    tw_scenario *scenario = NULL;
    tw_report *report = tw_report_create();
    const int rebuilt = lever == TW_LEVER_RECONSTRUCTION;
    const tw_override overrides[] = {{at->sample}, {rebuilt ? NO_STANDING : text}, {text}};
    const int num = 1 + rebuilt + (text != NULL);
    snprintf(path, sizeof path, "%s/x.cfg", folder);
    write_scenario(path, at, lever, of);
    const tw_status status = tw_scenario_read(path, overrides, num, report, &scenario);
    if (status != TW_OK) {
        fprintf(stderr, "%s: %s\n", tw_lever_row_at(lever).path,
                tw_report_finding(report, 0).found);
        exit(1);
    }
    tw_report_free(report);
    return scenario;
}

/* ---- what a lever is there for ---- */

/** An indicator of a channel: a field of the zones, or a function of the world. */
typedef struct indicator {
    int field, kind; /**< zone kind, -1 = both */
    double (*of)(const tw_world *world);
    int sign; /**< where it goes with the lever */
} indicator;

static double sum_of(const double *value, int num)
{
    double sum = 0;
    for (int i = 0; i < num; i++) {
        sum += value[i];
    }
    return sum;
}

static double permits(const tw_world *world)
{
    double sum = 0;
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            sum += block->permit_quarters[h];
        }
    }
    return sum;
}

static double of_zones(const tw_world *world, const double *value, int kind)
{
    double sum = 0;
    for (int z = 0; z < world->num_zones; z++) {
        sum += z % TW_NUM_ZONE_KINDS == kind ? value[z] : 0;
    }
    return sum;
}

static const double *service_row(const tw_world *world, const double *value, int service)
{
    return value + (size_t)service * (size_t)world->num_zones;
}

static double worth_elsewhere(const tw_world *world)
{
    const double *value = service_row(world, world->places.service_elsewhere, TW_SERVICE_HOSPITAL);
    return of_zones(world, value, TW_TOWN);
}

static double town_hospitals(const tw_world *world)
{
    const double *quality = service_row(world, world->services.quality, TW_SERVICE_HOSPITAL);
    return of_zones(world, quality, TW_TOWN);
}

static double village_hospitals(const tw_world *world)
{
    const double *quality = service_row(world, world->services.quality, TW_SERVICE_HOSPITAL);
    return of_zones(world, quality, TW_RURAL);
}

static double admission(const tw_world *world)
{
    return sum_of(world->services.admission, world->num_counties);
}

static double town_income(const tw_world *world)
{
    return of_zones(world, world->income, TW_TOWN);
}

static double nearness(const tw_world *world)
{
    return sum_of(world->places.nearness, world->num_zones * world->num_counties);
}

static double travel(const tw_world *world)
{
    return sum_of(world->travel, world->num_counties * world->num_counties);
}

static double access_minutes(const tw_world *world)
{
    return sum_of(world->access, world->num_counties);
}

static double lost_services(const tw_world *world)
{
    return sum_of(world->service_lost, world->num_zones);
}

static double settlers_value(const tw_world *world)
{
    return sum_of(world->places.town[2], world->num_counties) -
           sum_of(world->places.town[0], world->num_counties);
}

static double planned_places(const tw_world *world)
{
    return (double)(tw_zones_sum(&world->zones, TW_ZONE_places_school, TW_TOWN) +
                    tw_zones_sum(&world->zones, TW_ZONE_places_hospital, TW_TOWN) +
                    tw_zones_sum(&world->zones, TW_ZONE_places_utilities, TW_TOWN));
}

#define FIELD(name, kind, sign)          \
    {                                    \
        TW_ZONE_##name, kind, NULL, sign \
    }
#define VALUE(function, sign) \
    {                         \
        0, 0, function, sign  \
    }
static const indicator indicators[TW_NUM_LEVERS] = {
    [TW_LEVER_OPEN_SETTLEMENT] = FIELD(transfers, TW_TOWN, 1),
    [TW_LEVER_SIMPLIFIED_PROCEDURE] = FIELD(transfers, TW_TOWN, 1),
    [TW_LEVER_PERMIT_RECOGNITION] = VALUE(permits, 1),
    [TW_LEVER_PERMIT_ENTITLEMENT] = VALUE(worth_elsewhere, 1),
    [TW_LEVER_SCHOOL_PLACES] = FIELD(places_school, TW_TOWN, 1),
    [TW_LEVER_MIGRANT_SCHOOLING] = VALUE(admission, 1),
    [TW_LEVER_COMMUNITY_HEALTH] = VALUE(worth_elsewhere, 1),
    [TW_LEVER_CAPACITY_BY_RESIDENTS] = VALUE(planned_places, 1),
    [TW_LEVER_EMPLOYMENT_SERVICE] = FIELD(seeking, TW_TOWN, -1),
    [TW_LEVER_TRAINING] = FIELD(trained, -1, 1),
    [TW_LEVER_WORK_RELIEF] = FIELD(wages_private, TW_RURAL, 1),
    [TW_LEVER_STARTUP_FINANCE] = FIELD(jobs_services, TW_TOWN, 1),
    [TW_LEVER_WAGE_PROTECTION] = VALUE(town_income, 1),
    [TW_LEVER_PUBLIC_RENTAL] = FIELD(public_dwellings, TW_TOWN, 1),
    [TW_LEVER_RENT_SUBSIDY] = FIELD(subsidised, TW_TOWN, 1),
    [TW_LEVER_PURCHASE_SUBSIDY] = FIELD(purchases, TW_TOWN, 1),
    [TW_LEVER_CREDIT] = FIELD(purchases, TW_TOWN, 1),
    [TW_LEVER_PORTABILITY] = VALUE(nearness, 1),
    [TW_LEVER_MEDICAL_ON_PERMIT] = VALUE(worth_elsewhere, 1),
    [TW_LEVER_MINIMUM_LIVING] = FIELD(minimum_living, TW_TOWN, 1),
    [TW_LEVER_MONEY_FOLLOWS] = FIELD(places_hospital, TW_TOWN, 1),
    [TW_LEVER_LAND_QUOTA] = FIELD(building_land, TW_TOWN, 1),
    [TW_LEVER_LAND_RIGHTS] = FIELD(transfers, TW_TOWN, 1),
    [TW_LEVER_LAND_LEASING] = FIELD(land_let, TW_TOWN, 1),
    [TW_LEVER_PAID_EXIT] = FIELD(land_exits, TW_TOWN, 1),
    [TW_LEVER_NODE_INDUSTRY] = FIELD(jobs_industry, TW_TOWN, 1),
    [TW_LEVER_INDUSTRIAL_PARKS] = FIELD(jobs_industry, TW_TOWN, 1),
    [TW_LEVER_TRAINING_BASES] = FIELD(trained, -1, 1),
    [TW_LEVER_REGIONAL_CENTRES] = VALUE(town_hospitals, 1),
    [TW_LEVER_ATTRACTION] = FIELD(arrivals, -1, 1),
    [TW_LEVER_SETTLING_GRANT] = VALUE(settlers_value, 1),
    [TW_LEVER_COUNTY_TOWN] = FIELD(places_senior, TW_TOWN, 1),
    [TW_LEVER_CENTRAL_TOWNS] = FIELD(places_senior, TW_TOWN, 1),
    [TW_LEVER_HEATING_OXYGEN] = FIELD(places_heating, TW_TOWN, 1),
    [TW_LEVER_RURAL_INDUSTRY] = FIELD(jobs_services, TW_RURAL, 1),
    [TW_LEVER_VILLAGE_UPGRADE] = VALUE(village_hospitals, 1),
    [TW_LEVER_RURAL_ROADS] = VALUE(access_minutes, -1),
    [TW_LEVER_RECONSTRUCTION] = FIELD(dwellings_rebuilt, -1, 1),
    [TW_LEVER_FIRM_RELOCATION] = FIELD(jobs_industry, TW_TOWN, 1),
    [TW_LEVER_SME_FINANCE] = FIELD(jobs_services, TW_TOWN, 1),
    [TW_LEVER_IDLE_LAND] = FIELD(building_land, TW_TOWN, 1),
    [TW_LEVER_BORDER_PORTS] = FIELD(jobs_services, TW_TOWN, 1),
    [TW_LEVER_INTEGRATION] = VALUE(town_hospitals, 1),
    [TW_LEVER_PROJECTS] = VALUE(travel, -1),
    [TW_LEVER_AIRPORTS] = FIELD(jobs_services, TW_TOWN, 1),
    [TW_LEVER_SERVICE_SHARING] = VALUE(town_hospitals, 1),
    [TW_LEVER_LABOUR_PLATFORM] = VALUE(nearness, 1),
    [TW_LEVER_PROVIDENT_FUND] = FIELD(purchases, TW_TOWN, 1),
    [TW_LEVER_MARKET_INTEGRATION] = FIELD(jobs_services, TW_TOWN, 1),
    [TW_LEVER_LAND_POOLING] = FIELD(building_land, TW_TOWN, 1),
    [TW_LEVER_CULTURE_TOURISM] = FIELD(jobs_services, TW_TOWN, 1),
    [TW_LEVER_RENEWAL] = FIELD(dwellings_renewed, TW_TOWN, 1),
    [TW_LEVER_COMMUNITY_FACILITIES] = FIELD(places_care, TW_TOWN, 1),
    [TW_LEVER_SAFE_BUILDINGS] = FIELD(dwellings_lost, -1, -1),
    [TW_LEVER_FLOOD_WORKS] = FIELD(dwellings_lost, TW_TOWN, -1),
    [TW_LEVER_LIFELINES] = VALUE(lost_services, -1),
    [TW_LEVER_GREEN_SMART] = FIELD(places_utilities, TW_TOWN, 1),
};

static double indicated(const tw_world *world, int lever)
{
    const indicator *of = &indicators[lever];
    return of->of != NULL ? of->of(world)
                          : (double)tw_zones_sum(&world->zones, of->field, of->kind);
}

/* ---- runs ---- */

/** What a run did. */
typedef struct outcome {
    tw_digest all, homes;
    int64_t units, refused, cents, booked; /**< booked: by county */
    int elsewhere;             /**< counties outside its places with a level or a part of a unit */
    double sum[TW_NUM_LEVERS]; /**< of every lever's indicator, over the quarters */
} outcome;

static int acts_elsewhere(const tw_world *world, int programme)
{
    const tw_programme *of = tw_scenario_programme(world->scenario, programme);
    const tw_programme_state *state = &world->programme[programme];
    int found = 0;
    for (int c = 0; c < world->num_counties; c++) {
        found += !of->in_place[c] && (tw_policy(world, of->lever, c) != 0 ||
                                      state->county_carry[c] != 0 || state->county[c].units != 0);
    }
    return found;
}

/* Who lives where: what a lever with a frozen channel must not touch. */
static tw_digest homes_of(const tw_population *population)
{
    tw_digest digest = {0, 0};
    for (int32_t b = 0; b < population->num_blocks; b++) {
        const tw_block *block = &population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            const uint64_t words[] = {block->uid[h], (uint64_t)block->zone[h]};
            tw_digest_add(&digest, words, 2);
        }
    }
    return digest;
}

static void note_programme(outcome *out, const tw_world *world, int programme)
{
    const tw_programme_state *state = &world->programme[programme];
    if (strcmp(tw_scenario_programme(world->scenario, programme)->name, "x") != 0) {
        return;
    }
    out->units += state->units;
    out->refused += state->refused;
    out->cents += state->quarter_cents;
    out->elsewhere += acts_elsewhere(world, programme);
    for (int c = 0; c < world->num_counties; c++) {
        out->booked += state->county[c].cents;
    }
}

static outcome outcome_at(const site *at, tw_scenario *scenario, int quarters)
{
    tw_world *world = world_of(scenario, copy_of(at->start), 1);
    outcome out = {.units = 0};
    for (int q = 0; q < quarters; q++) {
        CHECK(tw_quarter(world) == TW_OK);
        note_programme(&out, world, world->num_programmes - 1); /* behind those of the baseline */
        for (int lever = 0; lever < TW_NUM_LEVERS; lever++) {
            out.sum[lever] += indicated(world, lever);
        }
    }
    out.all = tw_world_digest(world);
    out.homes = homes_of(world->population);
    tw_world_free(world);
    tw_scenario_free(scenario);
    return out;
}

static outcome outcome_of(int lever, const wording *of, const char *text, int quarters)
{
    return outcome_at(&shipped, scenario_with(&shipped, lever, of, text), quarters);
}

static int same(tw_digest a, tw_digest b)
{
    return a.low == b.low && a.high == b.high;
}

/* ---- the tests ---- */

static const char *all_places(int lever)
{
    return tw_lever_row_at(lever).kind == TW_KIND_ROAD ? "\"Seni\", \"Zayu\"" : "\"all\"";
}

static double test_amount(int lever)
{
    const tw_lever_row row = tw_lever_row_at(lever);
    if (row.kind == TW_KIND_ROAD) {
        return 100; /* minutes from Seni to Zayu */
    }
    if (row.kind == TW_KIND_GRANT) {
        return tw_lever_has_years(lever) ? 2000 : row.most < 1 ? 0.5 : 300000;
    }
    if (row.kind == TW_KIND_UNITS || row.kind == TW_KIND_OFFER) {
        return 50000;
    }
    /* Transfers that everyone receives lift all above half of the gap. */
    return lever == TW_LEVER_MONEY_FOLLOWS    ? 50000
           : lever == TW_LEVER_MINIMUM_LIVING ? 1
           : row.most < 0.5                   ? row.most
                                              : 0.5;
}

/* What a programme must say besides. */
static const char *other_keys(int lever)
{
    return tw_lever_has_years(lever)                     ? "years = 3;"
           : tw_lever_row_at(lever).kind == TW_KIND_ROAD ? "yuan_per_unit = 1e9;"
                                                         : "";
}

/* Of hazards the great ones of the run show; of all others two years are enough. */
static int quarters_for(int lever)
{
    return strcmp(tw_lever_row_at(lever).process, "hazards") == 0 ? LONG : TWO_YEARS;
}

/* A run in which the lever does nothing. */
static outcome without(int lever, const char *text, int quarters)
{
    const wording none = {0, "2031-11", all_places(lever), other_keys(lever)};
    return outcome_of(lever, &none, text, quarters);
}

static void check_nothing(int lever)
{
    const wording none = {0, "2020-11", all_places(lever), other_keys(lever)};
    const wording late = {test_amount(lever), "2031-11", all_places(lever), other_keys(lever)};
    const outcome base = without(lever, NULL, SHORT);
    const outcome at_zero = outcome_of(lever, &none, NULL, SHORT);
    const outcome too_late = outcome_of(lever, &late, NULL, SHORT);
    CHECK(same(at_zero.all, base.all));
    CHECK(same(too_late.all, base.all));
    CHECK(at_zero.cents == 0 && too_late.cents == 0);
}

static void at_zero_and_outside_its_dates_a_lever_changes_no_bit(void)
{
    for (int lever = 0; lever < TW_NUM_LEVERS; lever++) {
        check_nothing(lever);
    }
}

static void check_direction(int lever, const outcome *base)
{
    const wording full = {test_amount(lever), "2020-11", all_places(lever), other_keys(lever)};
    const outcome works = outcome_of(lever, &full, NULL, quarters_for(lever));
    const double change = works.sum[lever] - base->sum[lever];
    CHECK(indicators[lever].sign != 0);
    CHECK(change * indicators[lever].sign > 0);
    CHECK(works.cents > 0 && works.units > 0);
    CHECK_EQ_INT(works.booked, works.cents);
    if (change * indicators[lever].sign <= 0 || works.cents <= 0) {
        printf("       %s: indicator %g, without it %g, %lld cents\n", tw_lever_row_at(lever).path,
               works.sum[lever], base->sum[lever], (long long)works.cents);
    }
}

static void a_lever_moves_the_indicator_of_its_channel(void)
{
    const outcome soon = without(TW_LEVER_SCHOOL_PLACES, NULL, TWO_YEARS);
    const outcome late = without(TW_LEVER_SCHOOL_PLACES, NULL, LONG);
    const outcome unbuilt = without(TW_LEVER_RECONSTRUCTION, NULL, LONG);
    for (int lever = 0; lever < TW_NUM_LEVERS; lever++) {
        check_direction(lever, lever == TW_LEVER_RECONSTRUCTION ? &unbuilt
                               : quarters_for(lever) == LONG    ? &late
                                                                : &soon);
    }
}

/* Levers that share a channel are compared with one run without it. */
static void check_channel(int lever, const outcome *base)
{
    const tw_lever_row row = tw_lever_row_at(lever);
    char text[64];
    snprintf(text, sizeof text, "process.%s=none", row.process);
    const wording full = {test_amount(lever), "2020-11", all_places(lever), other_keys(lever)};
    const outcome frozen = outcome_of(lever, &full, text, TWO_YEARS);
    CHECK(same(frozen.homes, base->homes));
    if (!same(frozen.homes, base->homes)) {
        printf("       %s acts past process.%s\n", row.path, row.process);
    }
}

static void check_process(const char *process)
{
    char text[64];
    snprintf(text, sizeof text, "process.%s=none", process);
    const outcome base = without(TW_LEVER_SCHOOL_PLACES, text, TWO_YEARS);
    for (int lever = 0; lever < TW_NUM_LEVERS; lever++) {
        if (strcmp(tw_lever_row_at(lever).process, process) == 0) {
            check_channel(lever, &base);
        }
    }
}

static void no_lever_acts_past_its_channel(void)
{
    for (int first = 0; first < TW_NUM_LEVERS; first++) {
        const char *process = tw_lever_row_at(first).process;
        int done = 0;
        for (int lever = 0; lever < first; lever++) {
            done |= strcmp(tw_lever_row_at(lever).process, process) == 0;
        }
        if (!done) {
            check_process(process);
        }
    }
}

static const char *some_places(int lever)
{
    if (tw_lever_row_at(lever).base == TW_BASE_SETTLED) {
        return "\"Samzhubze\""; /* a town that takes registrations, as the capital does not */
    }
    return lever == TW_LEVER_RECONSTRUCTION              ? "\"Tingri\""
           : tw_lever_row_at(lever).kind == TW_KIND_ROAD ? "\"Seni\", \"Zayu\""
                                                         : "\"Chengguan\"";
}

static void check_money(int lever)
{
    const tw_lever_row row = tw_lever_row_at(lever);
    const int quarters = lever == TW_LEVER_RECONSTRUCTION ? LONG : TWO_YEARS;
    const char *places = some_places(lever);
    const wording dear = {test_amount(lever), "2020-11", places, "yuan_per_unit = 1234.56;"};
    const wording tight = {test_amount(lever), "2020-11", places,
                           "yuan_per_unit = 1000; ceiling_yuan_per_year = 1999;"};
    const outcome costs = outcome_of(lever, &dear, NULL, quarters);
    const outcome capped = outcome_of(lever, &tight, NULL, quarters);
    const int once = row.base == TW_BASE_COUNTY || row.base == TW_BASE_LOST;
    CHECK(costs.units > 0 && costs.cents == costs.units * 123456);
    CHECK_EQ_INT(costs.elsewhere, 0);
    /* Of a county and year a unit is due in two years: nothing to refuse; nor of the one road. */
    CHECK_EQ_INT(capped.units, once ? 1 : TWO_YEARS / 4);
    CHECK(row.base == TW_BASE_COUNTY || capped.refused > 0);
}

static void what_is_paid_is_units_times_cost_within_the_ceiling(void)
{
    for (int lever = 0; lever < TW_NUM_LEVERS; lever++) {
        if (tw_lever_row_at(lever).kind != TW_KIND_GRANT) {
            check_money(lever);
        }
    }
}

/* On a small region, whole, so that one household is one. */
static void check_grant(int lever)
{
    const tw_lever_row row = tw_lever_row_at(lever);
    const double amount = test_amount(lever);
    char keys[96];
    snprintf(keys, sizeof keys, "ceiling_yuan_per_year = %.0f; %s",
             row.most < 1 ? 1 : 1.5 * amount * (tw_lever_has_years(lever) ? 12 : 1),
             other_keys(lever));
    const wording free = {amount, "2020-11", "\"Nedong\"", other_keys(lever)};
    const wording tight = {amount, "2020-11", "\"Nedong\"", keys};
    const outcome many = outcome_at(&small, scenario_with(&small, lever, &free, NULL), TWO_YEARS);
    const outcome one = outcome_at(&small, scenario_with(&small, lever, &tight, NULL), TWO_YEARS);
    CHECK(many.units > 2 && many.refused == 0 && many.booked == many.cents);
    CHECK_EQ_INT(many.elsewhere, 0);
    CHECK(one.refused > 0);
    if (row.most < 1) {
        CHECK(many.cents > 0 && one.units == 0); /* no share of a price is so small */
        return;
    }
    const int64_t grant = tw_round(100 * amount) * (tw_lever_has_years(lever) ? 3 : 1);
    CHECK(many.cents == many.units * grant && one.cents == one.units * grant);
    /* Lump sums: one a year. By the month: no more than the ceiling, two years long. */
    CHECK(one.units > 0 &&
          (tw_lever_has_years(lever) ? (double)one.cents <= 2 * 100 * 1.5 * 12 * amount
                                     : one.units <= TWO_YEARS / 4));
}

static void a_ceiling_of_one_grant_pays_one(void)
{
    for (int lever = 0; lever < TW_NUM_LEVERS; lever++) {
        if (tw_lever_row_at(lever).kind == TW_KIND_GRANT) {
            check_grant(lever);
        }
    }
}

static tw_population *start_at(const site *at)
{
    const wording none = {0, "2031-11", "\"all\"", ""};
    tw_scenario *scenario = scenario_with(at, TW_LEVER_SCHOOL_PLACES, &none, NULL);
    tw_population *start = start_of(scenario);
    tw_scenario_free(scenario);
    return start;
}

int main(void)
{
    char path[64];
    CHECK(mkdtemp(folder) != NULL);
    shipped.start = start_at(&shipped);
    small.start = start_at(&small);
    RUN(at_zero_and_outside_its_dates_a_lever_changes_no_bit);
    RUN(a_lever_moves_the_indicator_of_its_channel);
    RUN(no_lever_acts_past_its_channel);
    RUN(what_is_paid_is_units_times_cost_within_the_ceiling);
    RUN(a_ceiling_of_one_grant_pays_one);
    tw_population_free(shipped.start);
    tw_population_free(small.start);
    snprintf(path, sizeof path, "%s/x.cfg", folder);
    remove(path);
    rmdir(folder);
    return REPORT();
}
