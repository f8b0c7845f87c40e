/* SPDX-License-Identifier: Apache-2.0 */
/** A scenario from its entries: settings, region, programmes, and everything left over. */
#include "townward/scenario.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "region/observations.h"
#include "scenario/entries.h"
#include "scenario/programmes.h"
#include "scenario/settings.h"

struct tw_scenario {
    tw_settings settings;
    tw_region *region;
    tw_entries entries;
    tw_programme *programmes;
    int num_programmes;
    tw_observation *observations;
    int32_t num_observations;
    char name[64], question[512];
    const tw_scenario *source; /* of a variant: lends region and entries; else NULL */
};

void tw_scenario_free(tw_scenario *scenario)
{
    if (scenario == NULL) {
        return;
    }
    tw_programmes_free(scenario->programmes, scenario->num_programmes);
    if (scenario->source == NULL) { /* a variant borrows all else */
        tw_region_free(scenario->region);
        tw_entries_free(&scenario->entries);
        free(scenario->observations);
    }
    free(scenario);
}

/* "path=value" of the command line as an entry without a file. */
static tw_status add_override(tw_entries *entries, const char *text, tw_report *report)
{
    const char *equals = strchr(text, '=');
    char path[512];
    if (equals == NULL || equals == text || (size_t)(equals - text) >= sizeof path) {
        return tw_report_add(report, TW_BAD_INPUT, "--set", 0, "--set path=value", "%s", text);
    }
    snprintf(path, sizeof path, "%.*s", (int)(equals - text), text);
    if (strcmp(path, "base") == 0) {
        return tw_report_add(report, TW_BAD_INPUT, "--set", 0, "base = \"other.cfg\" in a file",
                             "%s: the base is said by the file", text);
    }
    const size_t bad = tw_text_bad_utf8(text, strlen(text));
    if (text[bad] != '\0') {
        return tw_report_add(report, TW_BAD_INPUT, "--set", 0, "text in UTF-8",
                             "%s: bytes that are not text", path);
    }
    return tw_entries_add(entries, TW_ENTRY_TYPED, path, equals + 1, "--set", 0);
}

/* An override of a programme must name one that exists: it cannot give all its keys. */
static void check_override_programmes(const tw_entries *entries, int first, tw_report *report)
{
    for (int i = first; i < entries->count; i++) {
        tw_entry *entry = &entries->row[i];
        const char *dot = strrchr(entry->path, '.');
        int found = strncmp(entry->path, "levers.", 7) != 0;
        for (int j = 0; j < first && !found && dot != NULL; j++) {
            found =
                strncmp(entries->row[j].path, entry->path, (size_t)(dot - entry->path) + 1) == 0;
        }
        if (!found) {
            tw_report_add(report, TW_BAD_INPUT, entry->file, entry->line,
                          "a programme of the scenario", "%s: there is no such programme",
                          entry->path);
            entry->path[0] = '\0';
            entry->used = 1;
        }
    }
}

static void read_region(tw_scenario *scenario, const char *file, tw_report *report)
{
    const tw_entry *entry = tw_entries_find(&scenario->entries, "region");
    if (entry == NULL && scenario->entries.partial) {
        return;
    }
    if (entry == NULL) {
        tw_report_add(report, TW_BAD_INPUT, file, 0, "region = \"region.cfg\"",
                      "no region is named, here or in a base file");
        return;
    }
    const char *path = NULL;
    if (tw_entry_word(entry, report, &path) != TW_OK) {
        return;
    }
    FILE *readable = fopen(path, "rb");
    if (readable == NULL) {
        tw_report_add(report, TW_BAD_INPUT, entry->file, entry->line, "a region file",
                      "region file %s: %s", path, strerror(errno));
        return;
    }
    fclose(readable);
    const int before = tw_report_count(report);
    if (tw_region_read(path, report, &scenario->region) != TW_OK &&
        tw_report_count(report) == before) {
        tw_report_add(report, TW_BAD_INPUT, entry->file, entry->line, "a region file",
                      "%s cannot be read", path);
    }
}

/* A file named by several bases is read once, where it is named last. */
static int named_again(const tw_entries *entries, int index)
{
    const tw_entry *entry = &entries->row[index];
    for (int i = index + 1; i < entries->count; i++) {
        const tw_entry *other = &entries->row[i];
        if (strcmp(other->path, entry->path) == 0 && strcmp(other->text, entry->text) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Lays the observations of a file over those that were there. */
static tw_status lay_file(tw_scenario *scenario, const tw_entry *entry, tw_report *report)
{
    const char *path = NULL;
    tw_observation *more = NULL;
    int32_t num = 0;
    if (tw_entry_word(entry, report, &path) != TW_OK) {
        return TW_OK;
    }
    FILE *readable = fopen(path, "rb");
    if (readable == NULL) {
        (void)tw_report_add(report, TW_BAD_INPUT, entry->file, entry->line,
                            "a table of observed values", "observations file %s: %s", path,
                            strerror(errno));
        return TW_OK;
    }
    fclose(readable);
    tw_status status = tw_observations_from(scenario->region, path, report, &more, &num);
    if (status == TW_OK) {
        status =
            tw_observations_lay(&scenario->observations, &scenario->num_observations, more, num);
    }
    free(more);
    return status == TW_NO_MEMORY ? status : TW_OK;
}

/* The region's observations, then those of every file that names some: base files come first. */
static tw_status read_observations(tw_scenario *scenario, tw_report *report)
{
    const tw_region *region = scenario->region;
    tw_entries *entries = &scenario->entries;
    (void)tw_entries_find(entries, "observations");
    if (region == NULL) {
        return TW_OK;
    }
    tw_status status = tw_observations_lay(&scenario->observations, &scenario->num_observations,
                                           region->observations, region->num_observations);
    for (int i = 0; i < entries->count && status == TW_OK; i++) {
        if (strcmp(entries->row[i].path, "observations") == 0 && !named_again(entries, i)) {
            status = lay_file(scenario, &entries->row[i], report);
        }
    }
    return status;
}

static int is_lever_path(const char *path)
{
    return strcmp(path, "levers") == 0 || strncmp(path, "levers.", 7) == 0;
}

/* The lever whose path is nearest to a path below `levers.`: group and lever of it count. */
static const char *nearest_lever(const char *path)
{
    const char *names[TW_NUM_LEVERS];
    char two[128];
    const char *below = path + (path[6] == '.' ? 7 : 6);
    const size_t group = strcspn(below, ".");
    const size_t lever = below[group] == '.' ? strcspn(below + group + 1, ".") + 1 : 0;
    snprintf(two, sizeof two, "%.*s", (int)(group + lever), below);
    for (int l = 0; l < TW_NUM_LEVERS; l++) {
        names[l] = tw_lever_row_at(l).path;
    }
    return tw_text_nearest(two, names, TW_NUM_LEVERS);
}

/* What an unknown name could have been. */
static void say_known(const tw_entry *entry, char *expected, size_t size)
{
    static const char *const headings[] = {"base", "region", "question", "observations"};
    const char *heading = tw_text_nearest(entry->path, headings, 4);
    const char *nearest = heading != NULL ? heading : tw_settings_nearest(entry->path);
    if (is_lever_path(entry->path)) {
        const char *lever = nearest_lever(entry->path);
        snprintf(expected, size, "levers.GROUP.LEVER.NAME.KEY%s%s%s",
                 lever == NULL ? "; see townward explain levers" : ": did you mean levers.",
                 lever == NULL ? "" : lever, lever == NULL ? "" : "?");
    } else if (tw_settings_is_group(entry->path)) {
        snprintf(expected, size, "a group of settings: %s: { ... }", entry->path);
    } else if (nearest != NULL) {
        snprintf(expected, size, "a known name: did you mean %s?", nearest);
    } else {
        snprintf(expected, size, "a name listed by townward explain");
    }
}

/* Every name nobody has taken is a mistake, but for groups left empty. */
static void report_unknown(tw_scenario *scenario, tw_report *report)
{
    char expected[256];
    for (int i = 0; i < scenario->entries.count; i++) {
        const tw_entry *entry = &scenario->entries.row[i];
        const int group = tw_settings_is_group(entry->path) || tw_lever_is_group(entry->path);
        const int unseen = scenario->entries.partial && is_lever_path(entry->path);
        if (!entry->used && !unseen && !(entry->kind == TW_ENTRY_EMPTY && group)) {
            say_known(entry, expected, sizeof expected);
            tw_report_add(report, TW_BAD_INPUT, entry->file, entry->line, expected,
                          "unknown setting %.120s", entry->path);
        }
    }
}

static void set_name(tw_scenario *scenario, const char *file)
{
    const char *slash = strrchr(file, '/'), *base = slash == NULL ? file : slash + 1;
    const char *dot = strrchr(base, '.');
    const int length = dot == NULL ? (int)strlen(base) : (int)(dot - base);
    snprintf(scenario->name, sizeof scenario->name, "%.*s", length, base);
}

static void read_heading(tw_scenario *scenario, tw_report *report)
{
    const char *word = NULL;
    const tw_entry *base = tw_entries_find(&scenario->entries, "base");
    const tw_entry *question = tw_entries_find(&scenario->entries, "question");
    if (base != NULL && base->kind != TW_ENTRY_WORDS) {
        (void)tw_entry_word(base, report, &word);
    }
    if (question != NULL && tw_entry_word(question, report, &word) == TW_OK) {
        if (strlen(word) >= sizeof scenario->question) {
            tw_report_add(report, TW_BAD_INPUT, question->file, question->line,
                          "a question of at most 511 bytes", "question of %zu bytes", strlen(word));
        }
        snprintf(scenario->question, sizeof scenario->question, "%s", word);
    }
}

/* The amounts of all programmes at an end of their intervals, or nothing for a grade that is left
 * out, if the scenario says so. */
static void choose_amounts(tw_scenario *scenario)
{
    for (int i = 0; i < scenario->num_programmes; i++) {
        tw_programme *programme = &scenario->programmes[i];
        const int64_t end = scenario->settings.amounts;
        programme->amount = end == TW_AMOUNTS_LOW    ? programme->amount_low
                            : end == TW_AMOUNTS_HIGH ? programme->amount_high
                                                     : programme->amount;
        /* A, B, C: the first so many letters act. */
        const int64_t letters = 3 - scenario->settings.grades;
        programme->amount = programme->grade - 'A' < letters ? programme->amount : 0;
    }
}

static tw_status resolve(tw_scenario *scenario, const char *file, tw_report *report)
{
    read_heading(scenario, report);
    tw_settings_resolve(&scenario->entries, report, &scenario->settings);
    read_region(scenario, file, report);
    if (scenario->region != NULL) {
        tw_lever_costs_check(scenario->region, report);
    }
    tw_status status = read_observations(scenario, report);
    /* Without the base a programme may look incomplete that is not. */
    if (status == TW_OK && !scenario->entries.partial) {
        status = tw_programmes_read(&scenario->entries, scenario->region, report,
                                    &scenario->programmes, &scenario->num_programmes);
        choose_amounts(scenario);
    }
    if (status == TW_OK) {
        report_unknown(scenario, report);
    }
    return status;
}

tw_status tw_scenario_read(const char *file, const tw_override *overrides, int num_overrides,
                           tw_report *report, tw_scenario **out)
{
    tw_report *findings = tw_report_create();
    tw_scenario *scenario = calloc(1, sizeof(*scenario));
    tw_status status = findings == NULL || scenario == NULL ? TW_NO_MEMORY : TW_OK;
    if (status == TW_OK) {
        set_name(scenario, file);
        status = tw_entries_read(file, findings, &scenario->entries);
        /* A scenario that is not there is a mistake in what was asked for. */
        status = status == TW_IO_FAILED ? TW_BAD_INPUT : status;
    }
    /* What follows from a file that is no scenario text would only be noise. */
    const int first = scenario == NULL ? 0 : scenario->entries.count;
    for (int i = 0; i < num_overrides && status == TW_OK; i++) {
        const tw_status added = add_override(&scenario->entries, overrides[i].text, findings);
        status = added == TW_NO_MEMORY ? added : status;
    }
    if (status == TW_OK) {
        if (!scenario->entries.partial) {
            check_override_programmes(&scenario->entries, first, findings);
        }
        status = resolve(scenario, file, findings);
    }
    for (int i = 0; i < tw_report_count(findings); i++) {
        const tw_finding finding = tw_report_finding(findings, i);
        (void)tw_report_add(report, finding.status, finding.file, finding.line, finding.expected,
                            "%s", finding.found);
    }
    if (status == TW_OK && tw_report_count(findings) > 0) {
        status = TW_BAD_INPUT;
    }
    tw_report_free(findings);
    if (status != TW_OK) {
        tw_scenario_free(scenario);
        return status;
    }
    *out = scenario;
    return TW_OK;
}

static tw_status copy_part(const tw_variant_part *part, int num_counties, tw_programme *out)
{
    const double most = tw_lever_row_at((int)part->programme->lever).most;
    const double amount = part->factor * part->programme->amount;
    *out = *part->programme;
    out->amount = part->factor == 1 || amount < most ? amount : most;
    out->in_place = malloc((size_t)num_counties + 1);
    if (out->in_place == NULL) {
        return TW_NO_MEMORY;
    }
    memcpy(out->in_place, part->programme->in_place, (size_t)num_counties);
    return TW_OK;
}

tw_status tw_scenario_variant(const tw_scenario *source, const tw_variant_part *parts, int num,
                              tw_scenario **out)
{
    tw_scenario *variant = malloc(sizeof(*variant));
    tw_status status = variant == NULL ? TW_NO_MEMORY : TW_OK;
    if (status == TW_OK) {
        *variant = *source;
        variant->source = source->source == NULL ? source : source->source;
        variant->num_programmes = 0;
        variant->programmes = calloc((size_t)num + 1, sizeof(*variant->programmes));
        status = variant->programmes == NULL ? TW_NO_MEMORY : TW_OK;
    }
    for (int i = 0; i < num && status == TW_OK; i++) {
        if (parts[i].factor > 0) {
            status = copy_part(&parts[i], source->region->num_counties,
                               &variant->programmes[variant->num_programmes]);
            variant->num_programmes += status == TW_OK;
        }
    }
    if (status != TW_OK) {
        tw_scenario_free(variant);
        return status;
    }
    *out = variant;
    return TW_OK;
}

const tw_settings *tw_scenario_settings(const tw_scenario *scenario)
{
    return &scenario->settings;
}

const tw_region *tw_scenario_region(const tw_scenario *scenario)
{
    return scenario->region;
}

const char *tw_scenario_region_file(const tw_scenario *scenario)
{
    const char *path = "region.cfg";
    for (int i = 0; i < scenario->entries.count; i++) {
        const tw_entry *entry = &scenario->entries.row[i];
        path = strcmp(entry->path, "region") == 0 ? entry->text : path;
    }
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

const char *tw_scenario_name(const tw_scenario *scenario)
{
    return scenario->name;
}

const char *tw_scenario_question(const tw_scenario *scenario)
{
    return scenario->question;
}

int tw_scenario_num_programmes(const tw_scenario *scenario)
{
    return scenario->num_programmes;
}

const tw_programme *tw_scenario_programme(const tw_scenario *scenario, int index)
{
    return &scenario->programmes[index];
}

int tw_scenario_num_observations(const tw_scenario *scenario)
{
    return scenario->num_observations;
}

const tw_observation *tw_scenario_observation(const tw_scenario *scenario, int index)
{
    return &scenario->observations[index];
}

void tw_scenario_value(const tw_scenario *scenario, int index, char value[64], char origin[600])
{
    tw_settings_text(&scenario->settings, index, value, 64);
    snprintf(origin, 600, "default");
    for (int i = 0; i < scenario->entries.count; i++) {
        const tw_entry *entry = &scenario->entries.row[i];
        if (strcmp(entry->path, tw_setting_row_at(index).path) == 0) {
            if (entry->line > 0) {
                snprintf(origin, 600, "%.500s:%ld", entry->file, entry->line);
            } else {
                snprintf(origin, 600, "%.500s", entry->file);
            }
        }
    }
}
