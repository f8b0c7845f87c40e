/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Which settings shape the starting population: every setting of the list is moved to an end of its
 * range, and where other persons start, tw_start_differs must say so. Comparisons let all scenarios
 * start from the population of the base on its word.
 */
#include <stdlib.h>

#include "population/block.h"
#include "test.h"
#include "townward/run.h"

enum { TEXT = 160 };

static char baseline[4096];

/* The baseline of a region of one county, a third of it, with one more override; NULL where the
 * value alone does not fit the others. */
static tw_scenario *scenario_with(const char *text)
{
    const tw_override overrides[] = {{"run.sample=0.3"}, {text}};
    tw_report *report = tw_report_create();
    tw_scenario *scenario = NULL;
    if (tw_scenario_read(baseline, overrides, text == NULL ? 1 : 2, report, &scenario) != TW_OK) {
        scenario = NULL;
    }
    tw_report_free(report);
    return scenario;
}

static tw_digest start_digest(const tw_scenario *scenario)
{
    tw_population *population = NULL;
    tw_digest digest = {0, 0};
    if (tw_start_population(scenario, 1, NULL, &population) == TW_OK) {
        digest = tw_population_digest(population, 1);
    }
    tw_population_free(population);
    return digest;
}

/* "path=value" with another value than the default: an end of the range, or another word. */
static void other_value(const tw_setting_row *row, char text[TEXT])
{
    const char *value = strcmp(row->high, row->default_text) != 0 ? row->high : row->low;
    int length = (int)strlen(value);
    if (strcmp(row->type, "CHOICE") == 0) {
        value = row->low;
        length = (int)strcspn(value, "|");
        if (strncmp(value, row->default_text, (size_t)length) == 0) {
            value += length + 1;
            length = (int)strcspn(value, "|");
        }
    }
    snprintf(text, TEXT, "%s=%.*s", row->path, length, value);
}

static void settings_that_shape_the_start_are_known(void)
{
    tw_scenario *base = scenario_with(NULL);
    CHECK(base != NULL);
    const tw_digest start = start_digest(base);
    int shaping = 0, tried = 0;
    for (int i = 0; i < tw_num_settings(); i++) {
        const tw_setting_row row = tw_setting_row_at(i);
        char text[TEXT];
        other_value(&row, text);
        tw_scenario *other = scenario_with(text);
        if (other == NULL) {
            printf("       not tried alone: %s\n", text);
            continue;
        }
        const tw_digest digest = start_digest(other);
        const int differs = digest.low != start.low || digest.high != start.high;
        const char *named = tw_start_differs(base, other);
        CHECK(!differs || named != NULL);
        if (differs && named == NULL) {
            printf("       %s starts with other persons and is not named\n", text);
        }
        shaping += differs;
        tried++;
        tw_scenario_free(other);
    }
    printf("       %d settings tried, %d shape the start\n", tried, shaping);
    CHECK(tried > tw_num_settings() - 20 && shaping >= 10);
    tw_scenario_free(base);
}

int main(void)
{
    const char *folder = getenv("TOWNWARD_SOURCE");
    snprintf(baseline, sizeof baseline, "%s/tests/regions/one/baseline.cfg",
             folder == NULL ? "." : folder);
    RUN(settings_that_shape_the_start_are_known);
    return REPORT();
}
