/* SPDX-License-Identifier: Apache-2.0 */
/** Observed beside simulated values, as `townward inspect` prints them; 100 columns at most. */
#include <math.h>
#include <string.h>

#include "cli/cli.h"

/** An indicator of more areas than this is summed up, a line for each date. */
enum { MOST_LISTED = 8 };

static int same_block(const tw_observed *a, const tw_observed *b)
{
    return strcmp(a->indicator, b->indicator) == 0 && a->area_kind == b->area_kind;
}

/* Shares in per cent, all else as it is. */
static void print_numbers(const tw_observed *row, double observed, double simulated)
{
    const int share = strcmp(row->unit, "1") == 0;
    printf(share ? " %11.2f %%" : " %13.0f", share ? 100 * observed : observed);
    if (isnan(simulated)) {
        printf("  outside the run\n");
    } else if (share) {
        printf(" %11.2f %% %+7.2f points\n", 100 * simulated, 100 * (simulated - observed));
    } else {
        printf(" %13.0f %+14.0f\n", simulated, simulated - observed);
    }
}

static void print_row(const tw_observed *row)
{
    printf("%-28.28s %-14.14s %s%c", row->indicator, row->area, row->date,
           row->revised ? ' ' : '*');
    print_numbers(row, row->value, row->simulated);
}

/** What is said of one indicator at one date over many areas. */
typedef struct tw_observed_sum {
    int num, outside;
    double off;               /**< sum of the sizes of the differences */
    const tw_observed *worst; /**< with the largest difference */
} tw_observed_sum;

static double off_by(const tw_observed *row)
{
    return fabs(row->simulated - row->value);
}

static tw_observed_sum sum_of_date(const tw_observed *block, int num, const char *date)
{
    tw_observed_sum sum = {.num = 0};
    for (int i = 0; i < num; i++) {
        if (strcmp(block[i].date, date) != 0) {
            continue;
        }
        sum.num++;
        sum.outside += isnan(block[i].simulated) ? 1 : 0;
        if (!isnan(block[i].simulated)) {
            sum.off += off_by(&block[i]);
            sum.worst =
                sum.worst == NULL || off_by(&block[i]) > off_by(sum.worst) ? &block[i] : sum.worst;
        }
    }
    return sum;
}

static void print_sum(const tw_observed *row, const tw_observed_sum *sum)
{
    static const char *const kinds[] = {"regions", "prefectures", "counties"};
    char areas[32];
    const int share = strcmp(row->unit, "1") == 0;
    const int kind = row->area_kind < 0 || row->area_kind > 2 ? 2 : row->area_kind;
    snprintf(areas, sizeof areas, "%d %s", sum->num, kinds[kind]);
    printf("%-28.28s %-14.14s %s ", row->indicator, areas, row->date);
    if (sum->worst == NULL) {
        printf("%14s  outside the run\n", "");
        return;
    }
    const double mean = sum->off / (sum->num - sum->outside);
    const double most = sum->worst->simulated - sum->worst->value;
    if (fabs(most) < (share ? 5e-5 : 0.5)) {
        printf(" off by nothing\n");
    } else if (share) {
        printf(" off by %.2f points, most %+.2f %.15s\n", 100 * mean, 100 * most, sum->worst->area);
    } else {
        printf(" off by %.0f, most %+.0f %.15s\n", mean, most, sum->worst->area);
    }
}

/* Whether a date stands for the first time in a block. */
static int first_of_date(const tw_observed *block, int index)
{
    for (int i = 0; i < index; i++) {
        if (strcmp(block[i].date, block[index].date) == 0) {
            return 0;
        }
    }
    return 1;
}

/* Rows of one indicator for areas of one kind: singly, or a line a date when they are many. */
static void print_block(const tw_observed *block, int num)
{
    int areas = 1;
    for (int i = 1; i < num; i++) {
        areas += strcmp(block[i].area, block[i - 1].area) != 0;
    }
    for (int i = 0; i < num; i++) {
        if (areas <= MOST_LISTED) {
            print_row(&block[i]);
        } else if (first_of_date(block, i)) {
            const tw_observed_sum sum = sum_of_date(block, num, block[i].date);
            print_sum(&block[i], &sum);
        }
    }
}

void tw_cli_print_observed(const tw_observed *list, int num)
{
    if (num == 0) {
        return;
    }
    printf(
        "\nObserved and simulated: the run is read between the openings of the quarters around a "
        "date,"
        "\nlinearly; flows are those of the twelve months up to it. Many areas: mean size of the"
        "\ndifference, and the largest.  * superseded by a later count: shown, never to be "
        "fitted\n");
    printf("%-28s %-14s %-11s %13s %13s %14s\n", "indicator", "area", "date", "observed",
           "simulated", "difference");
    for (int from = 0, to = 0; from < num; from = to) {
        while (to < num && same_block(&list[from], &list[to])) {
            to++;
        }
        print_block(&list[from], to - from);
    }
}
