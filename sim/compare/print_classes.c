/* SPDX-License-Identifier: Apache-2.0 */
/** The classes of persons, as a whole and broken down. */
#include <string.h>

#include "compare/print.h"

int tw_comparison_by_find(const char *word)
{
    static const char *const words[] = {
#define BY_WORD(id, text) text,
        TW_COMPARED_BY_LIST(BY_WORD)
#undef BY_WORD
    };
    for (int i = 0; i < (int)(sizeof words / sizeof *words); i++) {
        if (strcmp(words[i], word) == 0) {
            return i + 1;
        }
    }
    return -1;
}

static const char *const titles[TW_NUM_CLASSES] = {"always", "redirected", "induced",  "deterred",
                                                   "never",  "only base",  "only alt."};

/* Persons of a class and start in an area, mean over replicates. */
static double persons_of(const tw_comparison *of, int alternative, int class_of, int start,
                         int area)
{
    int64_t sum = 0;
    for (int r = 0; r < of->num_replicates; r++) {
        sum += tw_classes_at(of, alternative, r,
                             of->horizon)[tw_class_cell(of, class_of, start, area)];
    }
    return tw_comparison_persons(of, sum) / of->num_replicates;
}

/* Who they are, in a few words. */
static const char *const who[TW_NUM_CLASSES] = {
    "in the same town in both runs",     "in a town in both, not in the same",
    "in a town in the alternative only", "in a town in the base only",
    "in no town in either run",          "alive in the base only",
    "alive in the alternative only"};

static void print_class(const tw_comparison *of, int alternative, int class_of, FILE *out)
{
    double sum = 0;
    fprintf(out, "%-12s", titles[class_of]);
    for (int start = 0; start < TW_NUM_STARTS; start++) {
        const double persons = persons_of(of, alternative, class_of, start, 0);
        sum += persons;
        fprintf(out, "%12s", tw_number_of(persons, 0, 0).text);
    }
    fprintf(out, "%12s  %s\n", tw_number_of(sum, 0, 0).text, who[class_of]);
}

/* The persons of a row of the breakdown, by class; the last cell is the end of the row. */
static void print_row(const char *label, const double persons[TW_NUM_CLASSES], FILE *out)
{
    fprintf(out, "%-22.22s", label);
    for (int class_of = 0; class_of < TW_NUM_CLASSES; class_of++) {
        fprintf(out, "%11s", tw_number_of(persons[class_of], 0, 0).text);
    }
    fprintf(out, "\n");
}

static void print_titles(const char *label, FILE *out)
{
    fprintf(out, "%-22s", label);
    for (int class_of = 0; class_of < TW_NUM_CLASSES; class_of++) {
        fprintf(out, "%11s", titles[class_of]);
    }
    fprintf(out, "\n");
}

static void add_area(const tw_comparison *of, int alternative, int area,
                     double persons[TW_NUM_CLASSES])
{
    for (int class_of = 0; class_of < TW_NUM_CLASSES; class_of++) {
        for (int start = 0; start < TW_NUM_STARTS; start++) {
            persons[class_of] += persons_of(of, alternative, class_of, start, area);
        }
    }
}

static void print_by_area(const tw_comparison *of, int alternative, tw_compared_kind kind,
                          FILE *out)
{
    print_titles(kind == TW_COMPARED_COUNTY ? "county, persons" : "prefecture, persons", out);
    for (int area = 0; area < of->num_areas; area++) {
        double persons[TW_NUM_CLASSES] = {0};
        if (of->area[area].kind == kind) {
            add_area(of, alternative, area, persons);
            print_row(of->area[area].name, persons, out);
        }
    }
}

static void print_by_tier(const tw_comparison *of, int alternative, FILE *out)
{
    static const char *const tiers[TW_NUM_TIERS] = {"county town", "city", "capital"};
    const tw_region *region = tw_scenario_region(of->scenario[0]);
    print_titles("tier, persons", out);
    for (int tier = 0; tier < TW_NUM_TIERS; tier++) {
        double persons[TW_NUM_CLASSES] = {0};
        for (int c = 0; c < region->num_counties; c++) {
            if ((int)region->counties[c].tier == tier) {
                add_area(of, alternative, 1 + region->num_prefectures + c, persons);
            }
        }
        print_row(tiers[tier], persons, out);
    }
}

static void print_by_group(const tw_comparison *of, int alternative, int breakdown, FILE *out)
{
    static const char *const title[TW_NUM_BREAKDOWNS] = {"income, 1 = lowest", "age at the start",
                                                         "household at start"};
    print_titles(title[breakdown], out);
    for (int i = 0; i < TW_BREAKDOWN_CLASSES; i++) {
        double persons[TW_NUM_CLASSES] = {0};
        for (int r = 0; r < of->num_replicates; r++) {
            const int64_t *count = tw_broken_at(of, alternative, breakdown, r);
            for (int class_of = 0; class_of < TW_NUM_CLASSES; class_of++) {
                persons[class_of] +=
                    tw_comparison_persons(of, count[class_of * TW_BREAKDOWN_CLASSES + i]) /
                    of->num_replicates;
            }
        }
        print_row(tw_breakdown_class(breakdown, i), persons, out);
    }
}

static void print_by(const tw_comparison *of, int alternative, int by, FILE *out)
{
    switch (by) {
        case TW_COMPARED_BY_COUNTY:
            print_by_area(of, alternative, TW_COMPARED_COUNTY, out);
            break;
        case TW_COMPARED_BY_PREFECTURE:
            print_by_area(of, alternative, TW_COMPARED_PREFECTURE, out);
            break;
        case TW_COMPARED_BY_TIER:
            print_by_tier(of, alternative, out);
            break;
        default:
            print_by_group(of, alternative, by - TW_COMPARED_BY_INCOME, out);
            break;
    }
    fprintf(out, "\n");
    tw_print_paragraph(out,
                       by >= TW_COMPARED_BY_INCOME
                           ? "Persons who were there at the start, mean over replicates."
                           : "By where persons lived at the start; who came later, by where they "
                             "live. Mean over replicates.");
}

void tw_print_classes(const tw_comparison *of, int alternative, int by, FILE *out)
{
    fprintf(out, "%-12s%12s%12s%12s%12s\n", "persons", "from village", "from town", "later", "all");
    for (int class_of = 0; class_of < TW_NUM_CLASSES; class_of++) {
        print_class(of, alternative, class_of, out);
    }
    fprintf(out, "\n");
    if (by != TW_COMPARED_BY_NOTHING) {
        print_by(of, alternative, by, out);
    }
}
