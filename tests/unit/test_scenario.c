/* SPDX-License-Identifier: Apache-2.0 */
/** Settings: every row complete, the reference as committed, resolved text that reads back. */
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "test.h"
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

static void every_row_is_complete(void)
{
    for (int i = 0; i < tw_num_settings(); i++) {
        const tw_setting_row row = tw_setting_row_at(i);
        const int complete = strlen(row.unit) > 0 && strlen(row.sentence) > 10 &&
                             strlen(row.source) > 0 && strlen(row.default_text) > 0 &&
                             is_kind(row.kind);
        CHECK(complete);
        if (!complete) {
            fprintf(stderr, "row %s\n", row.path);
        }
        double value = 0, low = 0, high = 0, plausible_low = 0, plausible_high = 0;
        if (strcmp(row.type, "REAL") != 0) {
            continue;
        }
        CHECK(tw_text_real(row.default_text, &value) == 0 && tw_text_real(row.low, &low) == 0 &&
              tw_text_real(row.high, &high) == 0 &&
              tw_text_real(row.plausible_low, &plausible_low) == 0 &&
              tw_text_real(row.plausible_high, &plausible_high) == 0);
        const int ordered = low <= plausible_low && plausible_high <= high && low <= value &&
                            value <= high && plausible_low <= value && value <= plausible_high;
        CHECK(ordered);
        if (!ordered) {
            fprintf(stderr, "interval of %s\n", row.path);
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
    const tw_override override = {"housing.take_up=0.123456789"};
    const tw_status status = tw_scenario_read(path, &override, 1, report, &scenario);
    CHECK(status == TW_OK);
    return status == TW_OK ? scenario : NULL;
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
        const tw_programme *a = tw_scenario_programme(first, i), *b = NULL;
        for (int j = 0; j < tw_scenario_num_programmes(second); j++) {
            const tw_programme *other = tw_scenario_programme(second, j);
            b = strcmp(other->name, a->name) == 0 ? other : b;
        }
        CHECK(b != NULL && a->amount == b->amount && a->start == b->start && a->end == b->end &&
              a->unit_cost_cents == b->unit_cost_cents && a->years == b->years &&
              a->payer == b->payer && a->grade == b->grade && a->ramp == b->ramp);
    }
    unlink(again);
    free(text);
    tw_scenario_free(first);
    tw_scenario_free(second);
    tw_report_free(report);
}

/* A scenario cut off anywhere is read or refused, never more. */
static void truncation_never_crashes(void)
{
    char path[4096], cut[64];
    snprintf(path, sizeof path, "%s/scenarios/xizang/plan-2030.cfg", source_folder());
    char *text = read_whole(path);
    snprintf(cut, sizeof cut, "/tmp/townward-cut-%ld.cfg", (long)getpid());
    int refused = 0;
    for (size_t length = 0; text != NULL && length < strlen(text); length += 3) {
        FILE *out = fopen(cut, "w");
        fwrite(text, 1, length, out);
        fclose(out);
        tw_report *report = tw_report_create();
        tw_scenario *scenario = NULL;
        refused += tw_scenario_read(cut, NULL, 0, report, &scenario) != TW_OK &&
                   tw_report_count(report) > 0;
        tw_scenario_free(scenario);
        tw_report_free(report);
    }
    CHECK(refused > 100);
    unlink(cut);
    free(text);
}

int main(void)
{
    RUN(every_row_is_complete);
    RUN(reference_is_as_committed);
    RUN(resolved_text_reads_back);
    RUN(truncation_never_crashes);
    return REPORT();
}
