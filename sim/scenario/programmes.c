/* SPDX-License-Identifier: Apache-2.0 */
/** Programmes: names gathered from paths, keys read one by one, places resolved to counties. */
#include "scenario/programmes.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/math.h"
#include "base/text.h"
#include "scenario/settings.h"

static const tw_lever_row levers[TW_NUM_LEVERS] = {
#define LEVER_ROW(id, kind, base, path, amount, unit, most, plan, process, sentence) \
    {path, TW_KIND_##kind, TW_BASE_##base, amount, unit, most, plan, process, sentence},
    TW_LEVER_LIST(LEVER_ROW)
#undef LEVER_ROW
};

static const char *const payers[TW_NUM_PAYERS] = {
#define PAYER_WORD(id, word) word,
    TW_PAYER_LIST(PAYER_WORD)
#undef PAYER_WORD
};

static const char *const kinds[TW_NUM_HOUSEHOLD_KINDS] = {
#define KIND_WORD(id, word) word,
    TW_HOUSEHOLD_KIND_LIST(KIND_WORD)
#undef KIND_WORD
};

const char *tw_household_kind_word(tw_household_kind kind)
{
    return kinds[kind];
}

const char *tw_payer_word(tw_payer payer)
{
    return payers[payer];
}

tw_lever_row tw_lever_row_at(int lever)
{
    return levers[lever];
}

const char *tw_lever_base_unit(tw_lever_base base)
{
    static const char *const unit[TW_NUM_BASES] = {
#define BASE_UNIT(id, unit_, sentence) unit_,
        TW_BASE_LIST(BASE_UNIT)
#undef BASE_UNIT
    };
    return unit[base];
}

int tw_lever_has_years(int lever)
{
    return levers[lever].kind == TW_KIND_GRANT && strcmp(levers[lever].unit, "yuan/month") == 0;
}

static const struct {
    const char *name, *paths, *sentence;
} groups[TW_NUM_LEVER_GROUPS] = {
#define GROUP_ROW(id, name, paths, sentence) {name, paths, sentence},
    TW_LEVER_GROUP_LIST(GROUP_ROW)
#undef GROUP_ROW
};

tw_lever_group tw_lever_group_of(int lever)
{
    const char *path = levers[lever].path;
    const size_t length = strcspn(path, ".");
    for (int g = 0; g < TW_NUM_LEVER_GROUPS; g++) {
        for (const char *word = groups[g].paths; *word != '\0'; word += strcspn(word, " ")) {
            word += strspn(word, " ");
            if (strcspn(word, " ") == length && strncmp(word, path, length) == 0) {
                return (tw_lever_group)g;
            }
        }
    }
    const int grouped = 0; /* every lever is in a group of the list */
    tw_assert(grouped);
    return TW_NUM_LEVER_GROUPS;
}

const char *tw_lever_group_name(tw_lever_group group)
{
    return groups[group].name;
}

const char *tw_lever_group_sentence(tw_lever_group group)
{
    return groups[group].sentence;
}

int tw_lever_is_group(const char *path)
{
    char full[96];
    const size_t length = strlen(path);
    for (int i = 0; i < TW_NUM_LEVERS; i++) {
        snprintf(full, sizeof full, "levers.%s", levers[i].path);
        if (strncmp(full, path, length) == 0 && (full[length] == '.' || full[length] == '\0')) {
            return 1;
        }
    }
    return 0;
}

/** One programme while it is read. */
typedef struct tw_reading {
    tw_entries *entries;
    const tw_region *region;
    tw_report *report;
    tw_programme *programme;
    char prefix[400]; /**< levers.housing.rent_subsidy.NAME */
    const char *file;
    long line;
} tw_reading;

static const tw_entry *find_key(tw_reading *reading, const char *key)
{
    char path[512];
    snprintf(path, sizeof path, "%s.%s", reading->prefix, key);
    return tw_entries_find(reading->entries, path);
}

static void missing(tw_reading *reading, const char *key, const char *expected)
{
    tw_report_add(reading->report, TW_BAD_INPUT, reading->file, reading->line, expected,
                  "%s has no %s", reading->prefix, key);
}

/* A value as a finding shows it. */
static const char *shown(const tw_entry *entry)
{
    switch (entry->kind) {
        case TW_ENTRY_WORDS:
            return "[...]";
        case TW_ENTRY_OTHER:
            return "a list or a truth value";
        case TW_ENTRY_EMPTY:
            return "a group";
        default:
            return entry->text;
    }
}

static void refuse(tw_reading *reading, const tw_entry *entry, const char *expected)
{
    if (entry->kind == TW_ENTRY_BROKEN) {
        return;
    }
    tw_report_add(reading->report, TW_BAD_INPUT, entry->file, entry->line, expected, "%s = %s",
                  entry->path, shown(entry));
}

/* A number >= 0; returns whether the key was there and right. */
static int read_amount(tw_reading *reading, const char *key, double *value)
{
    double number = 0;
    const tw_entry *entry = find_key(reading, key);
    if (entry == NULL || tw_entry_real(entry, reading->report, &number) != TW_OK) {
        return 0;
    }
    if (number < 0 || number > 1e13) {
        refuse(reading, entry, "0 to 1e13");
        return 0;
    }
    *value = number;
    return 1;
}

static void read_dates(tw_reading *reading)
{
    tw_programme *programme = reading->programme;
    const tw_entry *start = find_key(reading, "start"), *end = find_key(reading, "end");
    const tw_entry *ramp = find_key(reading, "ramp");
    int64_t quarters = 0;
    if (start == NULL) {
        missing(reading, "start", "start = \"2025-05\"");
    } else if (tw_entry_date(start, reading->report, &programme->start) != TW_OK) {
        start = NULL;
    }
    programme->end = INT32_MAX;
    if (end != NULL && tw_entry_date(end, reading->report, &programme->end) == TW_OK &&
        start != NULL && programme->end <= programme->start) {
        refuse(reading, end, "an end after the start");
    }
    if (ramp != NULL && tw_entry_integer(ramp, reading->report, &quarters) == TW_OK) {
        if (quarters < 0 || quarters > 400) {
            refuse(reading, ramp, "0 to 400 quarters");
        }
        programme->ramp = (int32_t)quarters;
    }
}

static void read_grade(tw_reading *reading)
{
    const char *word = NULL;
    const tw_entry *grade = find_key(reading, "grade"), *source = find_key(reading, "source");
    reading->programme->grade = 'C';
    if (grade != NULL && tw_entry_word(grade, reading->report, &word) == TW_OK) {
        if (strlen(word) != 1 || strchr("ABC", word[0]) == NULL) {
            refuse(reading, grade, "A (measured here), B (elsewhere) or C (assumed)");
        } else {
            reading->programme->grade = word[0];
        }
    }
    snprintf(reading->programme->source, sizeof reading->programme->source, "assumed");
    if (source != NULL && tw_entry_word(source, reading->report, &word) == TW_OK) {
        if (strlen(word) >= sizeof reading->programme->source) {
            refuse(reading, source, "a source of at most 255 bytes");
            return;
        }
        snprintf(reading->programme->source, sizeof reading->programme->source, "%s", word);
    }
}

static void read_payer(tw_reading *reading)
{
    const char *word = NULL;
    const tw_entry *entry = find_key(reading, "payer");
    if (entry == NULL) {
        missing(reading, "payer", "payer = \"centre\", \"region\", \"county\" or \"banks\"");
        return;
    }
    if (tw_entry_word(entry, reading->report, &word) != TW_OK) {
        return;
    }
    for (int i = 0; i < TW_NUM_PAYERS; i++) {
        if (strcmp(payers[i], word) == 0) {
            reading->programme->payer = (tw_payer)i;
            return;
        }
    }
    refuse(reading, entry, "centre, region, county or banks");
}

/* What the programme says, or else the region's table of costs. */
static void read_unit_cost(tw_reading *reading)
{
    const char *path = levers[reading->programme->lever].path;
    const tw_lever_cost *cost =
        reading->region == NULL ? NULL : tw_region_lever_cost(reading->region, path);
    double yuan = cost == NULL ? 0 : cost->yuan;
    if (find_key(reading, "yuan_per_unit") != NULL) {
        (void)read_amount(reading, "yuan_per_unit", &yuan);
    } else if (cost == NULL && reading->region != NULL) {
        missing(reading, "yuan_per_unit",
                "a cost here or in the region's table lever_costs, which has none of this lever");
    }
    reading->programme->unit_cost_cents = tw_round(100 * yuan);
}

static void read_money(tw_reading *reading)
{
    tw_programme *programme = reading->programme;
    double yuan = 0;
    programme->ceiling_cents = INT64_MAX;
    if (read_amount(reading, "ceiling_yuan_per_year", &yuan)) {
        programme->ceiling_cents = tw_round(100 * yuan);
    }
    if (levers[programme->lever].kind != TW_KIND_GRANT) {
        read_unit_cost(reading);
    } else if (tw_lever_has_years((int)programme->lever)) {
        const tw_entry *years = find_key(reading, "years");
        if (years == NULL) {
            missing(reading, "years", "the years a household receives it");
        } else if (read_amount(reading, "years", &programme->years) &&
                   (programme->years < 0.25 || programme->years > 50)) {
            refuse(reading, years, "0.25 to 50 years");
        }
    }
}

static void read_amounts(tw_reading *reading)
{
    tw_programme *programme = reading->programme;
    const char *name = levers[programme->lever].amount;
    const int given = find_key(reading, name) != NULL;
    if (!given) {
        missing(reading, name, levers[programme->lever].unit);
    }
    const int good = given && read_amount(reading, name, &programme->amount);
    if (good && programme->amount > levers[programme->lever].most) {
        char expected[64];
        snprintf(expected, sizeof expected, "0 to %.10g", levers[programme->lever].most);
        refuse(reading, find_key(reading, name), expected);
    }
    programme->amount_low = programme->amount_high = programme->amount;
    (void)read_amount(reading, "low", &programme->amount_low);
    (void)read_amount(reading, "high", &programme->amount_high);
    /* Named where it was last said: at the later of the two entries. */
    const tw_entry *low = find_key(reading, "low"), *high = find_key(reading, "high");
    if (good && programme->amount_low > programme->amount_high) {
        refuse(reading, high != NULL && (low == NULL || high > low) ? high : low,
               "low not above high; without them both are the amount");
    }
}

static void mark_all(tw_reading *reading)
{
    for (int c = 0; c < reading->region->num_counties; c++) {
        reading->programme->in_place[c] = 1;
    }
}

/* A county by code or name, a group, or all; returns whether the word is known. */
static int mark_place(tw_reading *reading, const char *word)
{
    const tw_region *region = reading->region;
    int64_t code = 0;
    if (strcmp(word, "all") == 0) {
        mark_all(reading);
        return 1;
    }
    const int group = tw_region_find_group(region, word);
    for (int i = 0; group >= 0 && i < region->groups[group].num_counties; i++) {
        reading->programme->in_place[region->groups[group].counties[i]] = 1;
    }
    int county = tw_text_int(word, &code) == 0 && code > 0 && code < INT32_MAX
                     ? tw_region_find_county(region, (int32_t)code)
                     : tw_region_find_county_name(region, word);
    if (county >= 0) {
        reading->programme->in_place[county] = 1;
    }
    return group >= 0 || county >= 0;
}

static const char *nearest_place(const tw_region *region, const char *word)
{
    const int num = region->num_counties + region->num_groups;
    const char **names = malloc((size_t)num * sizeof(*names));
    const char *nearest = NULL;
    if (names != NULL) {
        for (int i = 0; i < num; i++) {
            names[i] = i < region->num_counties ? region->counties[i].name
                                                : region->groups[i - region->num_counties].name;
        }
        nearest = tw_text_nearest(word, names, num);
    }
    free(names);
    return nearest;
}

static int num_places(const tw_reading *reading)
{
    int num = 0;
    for (int c = 0; c < reading->region->num_counties; c++) {
        num += reading->programme->in_place[c];
    }
    return num;
}

/** What a list of words names: marks a word, returns whether it is known; the nearest known one. */
typedef struct vocabulary {
    int (*mark)(tw_reading *reading, const char *word);
    const char *(*nearest)(const tw_region *region, const char *word);
    const char *one, *expected;
} vocabulary;

/* Words of a list; returns how many there are, or -1 when it is none. On the command line, where
 * quotes are a nuisance: places=Chengguan,540121 */
static int read_words(tw_reading *reading, const tw_entry *entry, const vocabulary *of)
{
    int num = 0;
    char word[128], expected[256];
    const int typed = entry->kind == TW_ENTRY_TYPED;
    if (entry->kind != TW_ENTRY_WORDS && !typed) {
        refuse(reading, entry, "a list such as [\"all\"]");
        return -1;
    }
    for (const char *at = entry->text; *at != '\0'; num++) {
        const size_t length = strcspn(at, typed ? "," : "\n");
        snprintf(word, sizeof word, "%.*s", (int)length, at);
        at += length + (at[length] != '\0');
        if (!of->mark(reading, word)) {
            const char *nearest = of->nearest(reading->region, word);
            snprintf(expected, sizeof expected, "%s%s%s%s", of->expected,
                     nearest == NULL ? "" : ": did you mean ", nearest == NULL ? "" : nearest,
                     nearest == NULL ? "" : "?");
            tw_report_add(reading->report, TW_BAD_INPUT, entry->file, entry->line, expected,
                          "%s: unknown %s \"%s\"", entry->path, of->one, word);
        }
    }
    return num;
}

static void read_places(tw_reading *reading)
{
    static const vocabulary places = {mark_place, nearest_place, "place",
                                      "a county or group of the region"};
    const tw_entry *entry = find_key(reading, "places");
    if (entry == NULL) {
        missing(reading, "places", "places = [\"all\"], counties or groups");
        return;
    }
    if (reading->region == NULL) {
        return;
    }
    const int num = read_words(reading, entry, &places);
    if (num == 0) {
        refuse(reading, entry, "at least one place");
    } else if (num > 0 && levers[reading->programme->lever].kind == TW_KIND_ROAD &&
               num_places(reading) != 2) {
        refuse(reading, entry, "the two counties that the road joins");
    }
}

static int mark_kind(tw_reading *reading, const char *word)
{
    uint32_t bits = strcmp(word, "all") == 0 ? TW_ALL_HOUSEHOLDS : 0;
    for (int i = 0; i < TW_NUM_HOUSEHOLD_KINDS; i++) {
        bits |= strcmp(word, kinds[i]) == 0 ? 1u << i : 0;
    }
    reading->programme->households |= bits;
    return bits != 0;
}

static const char *nearest_kind(const tw_region *region, const char *word)
{
    (void)region;
    return tw_text_nearest(word, kinds, TW_NUM_HOUSEHOLD_KINDS);
}

/* Of grants: whom it is for; without the key for all. */
static void read_households(tw_reading *reading)
{
    static const vocabulary households = {
        mark_kind, nearest_kind, "kind of household",
        "collective, one_person, couple, family_with_children or other"};
    const tw_entry *entry = levers[reading->programme->lever].kind == TW_KIND_GRANT
                                ? find_key(reading, "households")
                                : NULL;
    if (entry == NULL) {
        (void)mark_kind(reading, "all");
    } else if (read_words(reading, entry, &households) == 0) {
        refuse(reading, entry, "at least one kind of household");
    }
}

/* Keys that no reader has taken. */
static void report_unknown(tw_reading *reading)
{
    const char *const known[] = {
        "start",
        "end",
        "ramp",
        levers[reading->programme->lever].amount,
        "places",
        "payer",
        "ceiling_yuan_per_year",
        "low",
        "high",
        "grade",
        "source",
        levers[reading->programme->lever].kind == TW_KIND_GRANT ? "households" : "start",
        levers[reading->programme->lever].kind != TW_KIND_GRANT ? "yuan_per_unit"
        : tw_lever_has_years((int)reading->programme->lever)    ? "years"
                                                                : "start"};
    const size_t length = strlen(reading->prefix);
    char expected[256];
    for (int i = 0; i < reading->entries->count; i++) {
        tw_entry *entry = &reading->entries->row[i];
        if (entry->used || strncmp(entry->path, reading->prefix, length) != 0 ||
            entry->path[length] != '.') {
            continue;
        }
        entry->used = 1;
        const char *nearest = tw_text_nearest(entry->path + length + 1, known, 13);
        snprintf(expected, sizeof expected, "a key of the lever%s%s%s",
                 nearest == NULL ? "" : ": did you mean ", nearest == NULL ? "" : nearest,
                 nearest == NULL ? "" : "?");
        tw_report_add(reading->report, TW_BAD_INPUT, entry->file, entry->line, expected,
                      "unknown key %s", entry->path);
    }
}

static void read_programme(tw_reading *reading)
{
    read_dates(reading);
    read_amounts(reading);
    read_money(reading);
    read_places(reading);
    read_households(reading);
    read_payer(reading);
    read_grade(reading);
    report_unknown(reading);
}

/* Lever and name of an entry's path; 0 when it belongs to no known lever, -1 when the name is too
 * long. A programme without a key is an empty group. */
static int split_path(const tw_entry *entry, int *lever, char name[48])
{
    const char *path = entry->path;
    if (strncmp(path, "levers.", 7) != 0) {
        return 0;
    }
    for (int i = 0; i < TW_NUM_LEVERS; i++) {
        const size_t length = strlen(levers[i].path);
        if (strncmp(path + 7, levers[i].path, length) == 0 && path[7 + length] == '.') {
            const char *rest = path + 8 + length;
            const size_t end = strcspn(rest, ".");
            if (end > 0 && (rest[end] == '.' || entry->kind == TW_ENTRY_EMPTY)) {
                *lever = i;
                snprintf(name, 48, "%.*s", (int)end, rest);
                return end < 48 ? 1 : -1;
            }
        }
    }
    return 0;
}

/* Once for all keys of the programme. */
static void report_long_name(tw_entries *entries, const tw_entry *entry, int lever,
                             tw_report *report)
{
    const size_t before = strlen("levers..") + strlen(levers[lever].path);
    const size_t length = before + strcspn(entry->path + before, ".");
    tw_report_add(report, TW_BAD_INPUT, entry->file, entry->line, "a name of at most 47 bytes",
                  "the name of the programme %.*s", (int)length, entry->path);
    for (int i = 0; i < entries->count; i++) {
        tw_entry *other = &entries->row[i];
        other->used |= strncmp(other->path, entry->path, length) == 0;
    }
}

static int is_listed(const tw_programme *programmes, int num, int lever, const char *name)
{
    for (int i = 0; i < num; i++) {
        if ((int)programmes[i].lever == lever && strcmp(programmes[i].name, name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Whether both act somewhere in the same quarter, and for the same households. */
static int overlap(const tw_programme *a, const tw_programme *b, const tw_region *region)
{
    if (a->lever != b->lever || a->start >= b->end || b->start >= a->end ||
        !(a->households & b->households)) {
        return 0;
    }
    int shared = 0;
    for (int c = 0; c < region->num_counties; c++) {
        shared += a->in_place[c] && b->in_place[c];
    }
    return levers[a->lever].kind == TW_KIND_ROAD ? shared == 2 : shared > 0;
}

/* A household takes one grant of a lever, and two counties have one road of a kind: of two
 * programmes in one place and quarter it is not clear which it would be. */
static void check_exclusive(const tw_programme *programmes, int num, const tw_region *region,
                            tw_report *report)
{
    for (int i = 0; i < num; i++) {
        const tw_programme *programme = &programmes[i];
        const tw_lever_kind kind = levers[programme->lever].kind;
        for (int j = 0; j < i && (kind == TW_KIND_GRANT || kind == TW_KIND_ROAD); j++) {
            if (programme->amount > 0 && programmes[j].amount > 0 &&
                overlap(programme, &programmes[j], region)) {
                tw_report_add(report, TW_BAD_INPUT, programme->file, programme->line,
                              "one programme of this lever for a household in a place at a time",
                              "levers.%s.%s acts where and when %s does (%s:%ld)",
                              levers[programme->lever].path, programme->name, programmes[j].name,
                              programmes[j].file, programmes[j].line);
            }
        }
    }
}

void tw_lever_costs_check(const tw_region *region, tw_report *report)
{
    const char *names[TW_NUM_LEVERS], *file = "";
    for (int lever = 0; lever < TW_NUM_LEVERS; lever++) {
        names[lever] = levers[lever].path;
    }
    for (int t = 0; t < region->num_tables; t++) {
        file = strcmp(region->tables[t].name, "lever_costs") == 0 ? region->tables[t].path : file;
    }
    for (int i = 0; i < region->num_lever_costs; i++) {
        const tw_lever_cost *cost = &region->lever_costs[i];
        int known = 0;
        for (int lever = 0; lever < TW_NUM_LEVERS; lever++) {
            known |= strcmp(cost->lever, names[lever]) == 0;
        }
        if (!known) {
            const char *nearest = tw_text_nearest(cost->lever, names, TW_NUM_LEVERS);
            tw_report_add(report, TW_BAD_INPUT, file, cost->line,
                          nearest == NULL ? "a lever of townward explain levers" : nearest,
                          "lever is '%s'", cost->lever);
        }
    }
}

tw_status tw_programmes_read(tw_entries *entries, const tw_region *region, tw_report *report,
                             tw_programme **out, int *num)
{
    tw_programme *programmes = calloc((size_t)entries->count + 1, sizeof(*programmes));
    const size_t counties = region == NULL ? 1 : (size_t)region->num_counties;
    *num = 0;
    if (programmes == NULL) {
        return TW_NO_MEMORY;
    }
    for (int i = 0; i < entries->count; i++) {
        int lever = 0;
        char name[48];
        tw_entry *entry = &entries->row[i];
        const int split = split_path(entry, &lever, name);
        if (split < 0 && !entry->used) {
            report_long_name(entries, entry, lever, report);
        }
        if (split <= 0 || is_listed(programmes, *num, lever, name)) {
            /* An empty group over a programme of the base changes nothing. */
            entry->used |= split > 0 && entry->kind == TW_ENTRY_EMPTY;
            continue;
        }
        entry->used |= entry->kind == TW_ENTRY_EMPTY;
        tw_programme *programme = &programmes[*num];
        programme->lever = (tw_lever)lever;
        memcpy(programme->name, name, sizeof name);
        snprintf(programme->file, sizeof programme->file, "%s", entry->file);
        programme->line = entry->line;
        programme->in_place = calloc(counties, 1);
        if (programme->in_place == NULL) {
            tw_programmes_free(programmes, *num);
            return TW_NO_MEMORY;
        }
        ++*num;
        tw_reading reading = {entries, region, report, programme, "", entry->file, entry->line};
        snprintf(reading.prefix, sizeof reading.prefix, "levers.%s.%s", levers[lever].path, name);
        read_programme(&reading);
    }
    if (region != NULL) {
        check_exclusive(programmes, *num, region, report);
    }
    *out = programmes;
    return TW_OK;
}

void tw_programmes_free(tw_programme *programmes, int num)
{
    for (int i = 0; programmes != NULL && i < num; i++) {
        free(programmes[i].in_place);
    }
    free(programmes);
}
