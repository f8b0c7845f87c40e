/* SPDX-License-Identifier: Apache-2.0 */
/** Settings: every row complete, the reference as committed, resolved text that reads back. */
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "test.h"
#include "townward/indicators.h"
#include "townward/scenario.h"

static const char *source_folder(void)
{
    const char *folder = getenv("TOWNWARD_SOURCE");
    return folder == NULL ? "." : folder;
}

static int is_kind(const char *kind)
{
    static const char *const kinds[] = {"measured",   "derived", "literature",
                                        "calibrated", "assumed", "choice"};
    for (int i = 0; i < 6; i++) {
        if (strcmp(kinds[i], kind) == 0) {
            return 1;
        }
    }
    return 0;
}

/* The texts of a row as numbers on one axis; 0 when one of them is none. */
static int row_numbers(const tw_setting_row *row, double number[5])
{
    const char *const text[5] = {row->low, row->plausible_low, row->default_text,
                                 row->plausible_high, row->high};
    for (int i = 0; i < 5; i++) {
        int64_t whole = 0;
        int32_t quarter = 0;
        int good = 0;
        if (strcmp(row->type, "REAL") == 0) {
            good = tw_text_real(text[i], &number[i]) == 0;
        } else if (strcmp(row->type, "INTEGER") == 0) {
            good = tw_text_int(text[i], &whole) == 0;
            number[i] = (double)whole;
        } else {
            good = tw_parse_date(text[i], &quarter) == 0;
            number[i] = quarter;
        }
        if (!good) {
            return 0;
        }
    }
    return 1;
}

/* low <= plausible low <= default <= plausible high <= high; a choice has a default in its range.
 */
static int row_is_ordered(const tw_setting_row *row)
{
    double n[5];
    if (strcmp(row->type, "CHOICE") == 0) {
        const char *at = strstr(row->low, row->default_text);
        const size_t length = strlen(row->default_text);
        return at != NULL && (at == row->low || at[-1] == '|') &&
               (at[length] == '|' || at[length] == '\0');
    }
    if (!row_numbers(row, n)) {
        return 0;
    }
    if (strcmp(row->kind, "choice") == 0) {
        return n[0] <= n[2] && n[2] <= n[4];
    }
    return n[0] <= n[1] && n[1] <= n[2] && n[2] <= n[3] && n[3] <= n[4] && n[1] < n[3];
}

static void every_row_is_complete(void)
{
    for (int i = 0; i < tw_num_settings(); i++) {
        const tw_setting_row row = tw_setting_row_at(i);
        const int complete = strlen(row.unit) > 0 && strlen(row.sentence) > 10 &&
                             strlen(row.source) > 0 && strlen(row.default_text) > 0 &&
                             is_kind(row.kind) && strchr(row.path, '.') != NULL;
        CHECK(complete);
        CHECK(row_is_ordered(&row));
        if (!complete || !row_is_ordered(&row)) {
            fprintf(stderr, "row %s\n", row.path);
        }
        for (int j = 0; j < i; j++) {
            CHECK(strcmp(tw_setting_row_at(j).path, row.path) != 0);
        }
    }
}

static char *read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    char *text = calloc(1, 1 << 20);
    if (text != NULL) {
        text[fread(text, 1, (1 << 20) - 1, file)] = '\0';
    }
    fclose(file);
    return text;
}

static void reference_is_as_committed(void)
{
    char path[4096], made[] = "/tmp/townward-reference-XXXXXX";
    const int descriptor = mkstemp(made);
    FILE *out = fdopen(descriptor, "w");
    CHECK(tw_scenario_write_reference(out) == TW_OK);
    fclose(out);
    snprintf(path, sizeof path, "%s/scenarios/reference.cfg", source_folder());
    char *committed = read_whole(path), *now = read_whole(made);
    CHECK(committed != NULL && now != NULL && strcmp(committed, now) == 0);
    free(committed);
    free(now);
    unlink(made);
}

static tw_scenario *read_scenario(const char *path, tw_report *report)
{
    tw_scenario *scenario = NULL;
    /* A ceiling beyond 32 bits and a part of the places: what the text could lose. */
    const tw_override override[] = {
        {"housing.take_up=0.123456789"},
        {"run.seed=4611686018427387903"},
        {"levers.housing.rent_subsidy.settling_2025.ceiling_yuan_per_year=5000000000.25"},
        {"levers.housing.rent_subsidy.settling_2025.places=Chengguan,540121"},
    };
    const tw_status status = tw_scenario_read(path, override, 4, report, &scenario);
    CHECK(status == TW_OK);
    return status == TW_OK ? scenario : NULL;
}

/* Everything a programme holds; the order of programmes is that of the levers. */
static void check_same_programme(const tw_programme *a, const tw_programme *b, int num_counties)
{
    CHECK(a->amount == b->amount && a->amount_low == b->amount_low &&
          a->amount_high == b->amount_high && a->years == b->years);
    CHECK(a->start == b->start && a->end == b->end && a->ramp == b->ramp && a->payer == b->payer &&
          a->grade == b->grade && a->lever == b->lever);
    CHECK_EQ_INT(b->unit_cost_cents, a->unit_cost_cents);
    CHECK_EQ_INT(b->ceiling_cents, a->ceiling_cents);
    CHECK_STR(b->source, a->source);
    CHECK(memcmp(a->in_place, b->in_place, (size_t)num_counties) == 0);
}

static const tw_programme *find_programme(const tw_scenario *scenario, const char *name)
{
    for (int i = 0; i < tw_scenario_num_programmes(scenario); i++) {
        if (strcmp(tw_scenario_programme(scenario, i)->name, name) == 0) {
            return tw_scenario_programme(scenario, i);
        }
    }
    return NULL;
}

/* The resolved text stands beside the region file and gives the same values again. */
static void resolved_text_reads_back(void)
{
    char path[4096], again[4096];
    tw_report *report = tw_report_create();
    snprintf(path, sizeof path, "%s/scenarios/xizang/plan-2030.cfg", source_folder());
    tw_scenario *first = read_scenario(path, report);
    char *text = tw_scenario_text(first);
    CHECK(text != NULL && strstr(text, "take_up = 0.123456789;") != NULL);
    snprintf(again, sizeof again, "/tmp/townward-resolved-%ld.cfg", (long)getpid());
    FILE *out = fopen(again, "w");
    char region[4200];
    snprintf(region, sizeof region, "region = \"%s/scenarios/xizang/region.cfg\";\n",
             source_folder());
    fputs(region, out);
    fputs(strchr(text, '\n') + 1, out);
    fclose(out);
    tw_scenario *second = NULL;
    CHECK(tw_scenario_read(again, NULL, 0, report, &second) == TW_OK);
    CHECK(memcmp(tw_scenario_settings(first), tw_scenario_settings(second), sizeof(tw_settings)) ==
          0);
    CHECK_EQ_INT(tw_scenario_num_programmes(second), tw_scenario_num_programmes(first));
    for (int i = 0; i < tw_scenario_num_programmes(first); i++) {
        const tw_programme *a = tw_scenario_programme(first, i);
        const tw_programme *b = find_programme(second, a->name);
        CHECK(b != NULL);
        if (b != NULL) {
            check_same_programme(a, b, tw_scenario_region(first)->num_counties);
        }
    }
    char *second_text = tw_scenario_text(second);
    CHECK(second_text != NULL && strcmp(text, second_text) == 0);
    free(second_text);
    unlink(again);
    free(text);
    tw_scenario_free(first);
    tw_scenario_free(second);
    tw_report_free(report);
}

/* Writes a scenario on the shipped baseline, reads it; the file is gone afterwards. */
static tw_status read_text(const char *text, tw_report *report, tw_scenario **out)
{
    char path[64];
    snprintf(path, sizeof path, "/tmp/townward-text-%ld.cfg", (long)getpid());
    FILE *file = fopen(path, "w");
    fprintf(file, "base = \"%s/scenarios/xizang/baseline.cfg\";\n%s\n", source_folder(), text);
    fclose(file);
    const tw_status status = tw_scenario_read(path, NULL, 0, report, out);
    unlink(path);
    return status;
}

static void programme_values_are_read(void)
{
    tw_scenario *scenario = NULL;
    CHECK(
        read_text("levers: { housing: {\n"
                  "  public_rental: { five_year_plan_14 = { units_per_year = 6000; high = 7000; };"
                  " };\n  rent_subsidy: { a = { start = \"2025-05\"; end = 2031; ramp = 4;\n"
                  "    yuan_per_month = 300.5; years = 3; places = [\"540102\", \"Chengguan\"];\n"
                  "    payer = \"county\"; ceiling_yuan_per_year = 5e9; low = 150;\n"
                  "    source = \"a \\\"source\\\" \\\\ of two\\nlines\"; }; }; }; };",
                  NULL, &scenario) == TW_OK);
    if (scenario == NULL) {
        return;
    }
    CHECK_EQ_INT(tw_scenario_num_programmes(scenario), 3); /* and reconstruction, of the base */
    const tw_programme *plan = tw_scenario_programme(scenario, 0);
    const tw_programme *a = tw_scenario_programme(scenario, 2);
    CHECK_STR(plan->name, "five_year_plan_14");
    CHECK_NEAR(plan->amount, 6000, 0);
    CHECK_NEAR(plan->amount_high, 7000, 0);
    CHECK_EQ_INT(plan->unit_cost_cents, 25910500);
    CHECK_EQ_INT(plan->grade, 'A');
    CHECK(plan->ceiling_cents == INT64_MAX);
    CHECK_EQ_INT(a->lever, TW_LEVER_RENT_SUBSIDY);
    CHECK_EQ_INT(a->start, tw_quarter_of(2025, 5));
    CHECK_EQ_INT(a->end, tw_quarter_of(2031, 11));
    CHECK_EQ_INT(a->ramp, 4);
    CHECK_NEAR(a->amount, 300.5, 0);
    CHECK_NEAR(a->amount_low, 150, 0);
    CHECK_NEAR(a->amount_high, 300.5, 0);
    CHECK_NEAR(a->years, 3, 0);
    CHECK_EQ_INT(a->payer, TW_PAYER_COUNTY);
    CHECK_EQ_INT(a->grade, 'C');
    CHECK_EQ_INT(a->ceiling_cents, 500000000000);
    CHECK_STR(a->source, "a \"source\" \\ of two\nlines");
    int places = 0;
    for (int c = 0; c < tw_scenario_region(scenario)->num_counties; c++) {
        places += a->in_place[c];
    }
    CHECK_EQ_INT(places, 1);
    tw_scenario_free(scenario);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    CHECK(file != NULL && fputs(text, file) >= 0);
    if (file != NULL) {
        fclose(file);
    }
}

static const tw_observation *find_observation(const tw_scenario *scenario, int indicator, int year)
{
    for (int i = 0; i < tw_scenario_num_observations(scenario); i++) {
        const tw_observation *one = tw_scenario_observation(scenario, i);
        if (one->indicator == indicator && one->kind == TW_AREA_REGION && one->year == year) {
            return one;
        }
    }
    return NULL;
}

/* Files are found beside the scenario that names them; what a later one says counts. */
static void observations_lie_over_each_other(void)
{
    static const char *const head =
        "indicator,area,date,value,unit,standard_error,revised,source\n";
    char folder[] = "/tmp/townward-observed-XXXXXX", path[128], text[4400];
    tw_report *report = tw_report_create();
    tw_scenario *scenario = NULL;
    CHECK(mkdtemp(folder) != NULL && chdir(folder) == 0);
    snprintf(text, sizeof text,
             "%spopulation,region,2023-12,3650001,persons,500,yes,a\n"
             "births,region,2024-12,48000,persons,,no,a\n",
             head);
    write_file("a.csv", text);
    snprintf(text, sizeof text, "%sbirths,region,2024-12,49000,persons,,yes,b\n", head);
    write_file("b.csv", text);
    snprintf(text, sizeof text,
             "base = \"%s/scenarios/xizang/baseline.cfg\";\nobservations = \"a.csv\";\n",
             source_folder());
    write_file("a.cfg", text);
    write_file("b.cfg", "base = \"a.cfg\";\nobservations = \"b.csv\";\n");
    CHECK(chdir("/") == 0);
    snprintf(path, sizeof path, "%s/b.cfg", folder);
    CHECK(tw_scenario_read(path, NULL, 0, report, &scenario) == TW_OK);
    CHECK_EQ_INT(tw_report_count(report), 0);
    const int births = tw_indicator_find("births"), population = tw_indicator_find("population");
    CHECK_EQ_INT(tw_scenario_num_observations(scenario),
                 tw_scenario_region(scenario)->num_observations + 1);
    const tw_observation *one = find_observation(scenario, population, 2023);
    CHECK(one != NULL && one->revised);
    CHECK_NEAR(one->value, 3650001, 0);
    CHECK_NEAR(one->standard_error, 500, 0);
    one = find_observation(scenario, births, 2024);
    CHECK(one != NULL && one->revised);
    CHECK_NEAR(one->value, 49000, 0);
    CHECK_STR(one->source, "b");
    tw_scenario_free(scenario);
    tw_report_free(report);
    const char *const files[] = {"a.csv", "b.csv", "a.cfg", "b.cfg"};
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        unlink(path);
    }
    CHECK(rmdir(folder) == 0 && chdir(source_folder()) == 0);
}

static void check_value(const char *text, int good, int findings, const char *found)
{
    tw_report *report = tw_report_create();
    tw_scenario *scenario = NULL;
    CHECK((read_text(text, report, &scenario) == TW_OK) == good);
    CHECK((scenario != NULL) == good);
    CHECK_EQ_INT(tw_report_count(report), findings);
    for (int i = 0; i < tw_report_count(report); i++) {
        CHECK(strstr(tw_report_finding(report, i).found, found) != NULL);
        CHECK_EQ_INT(tw_report_finding(report, i).line, 2);
    }
    tw_scenario_free(scenario);
    tw_report_free(report);
}

/* What libconfig 1.5 would take without a word, and one that it should take and does not. */
static void libconfig_is_watched(void)
{
    check_value("moving: { cost = 1; };", 1, 0, "");
    check_value("run: { seed = 3000000000L; };", 1, 0, "");
    check_value("run: { seed = 2147483647; };", 1, 0, "");
    check_value("run: { seed = 2147483648; };", 0, 1, "2147483648 would be cut");
    check_value("run: { seed = 0x80000000; };", 0, 1, "0x80000000 would be cut");
    check_value("run: { seed = 9223372036854775808L; };", 0, 1, "too large");
    check_value("moving: { cost = 1e400; };", 0, 1, "1e400 is too large");
    check_value("run: { replicates = 2.0; };", 0, 1, "run.replicates");
    check_value("run: { replicates = 4294967298; };", 0, 1, "would be cut");
    check_value("@include \"baseline.cfg\"", 0, 1, "@include");
}

/* A scenario cut off anywhere is read or refused, never more. */
static void truncation_never_crashes(void)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/scenarios/xizang/plan-2030.cfg", source_folder());
    char *text = read_whole(path);
    CHECK(text != NULL);
    /* The base line of its own would not be found from another folder. */
    char *own = text == NULL ? NULL : strstr(text, "question = ");
    int refused = 0;
    const size_t length = own == NULL ? 0 : strlen(own);
    for (size_t cut = length; cut > 0; cut--) {
        own[cut] = '\0';
        tw_report *report = tw_report_create();
        tw_scenario *scenario = NULL;
        const tw_status status = read_text(own, report, &scenario);
        CHECK((status == TW_OK) == (scenario != NULL) &&
              (status == TW_OK) == (tw_report_count(report) == 0));
        refused += status != TW_OK;
        tw_scenario_free(scenario);
        tw_report_free(report);
    }
    /* Whole again without the levers, and without what follows them. */
    CHECK(refused > (int)length / 2 && refused < (int)length);
    free(text);
}

int main(void)
{
    RUN(every_row_is_complete);
    RUN(reference_is_as_committed);
    RUN(programme_values_are_read);
    RUN(observations_lie_over_each_other);
    RUN(libconfig_is_watched);
    RUN(resolved_text_reads_back);
    RUN(truncation_never_crashes);
    return REPORT();
}
