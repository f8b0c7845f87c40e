/* SPDX-License-Identifier: Apache-2.0 */
/** What programmes cost, whom grants reached, and what a resident more costs. */
#include <math.h>
#include <string.h>

#include "compare/print.h"

/* Sums over the years up to the horizon, means over replicates. */
static void sum_outlay(const tw_comparison *of, int programme, double *yuan, double *units,
                       double *refused)
{
    *yuan = *units = *refused = 0;
    for (int r = 0; r < of->num_replicates; r++) {
        for (int y = 0; y <= of->horizon; y++) {
            const tw_compared_outlay *row = &of->outlay[tw_moment_of(of, programme, r, y)];
            *yuan += (double)row->cents / 100 / of->num_replicates;
            *units += (double)row->units / of->num_replicates;
            *refused += (double)row->refused / of->num_replicates;
        }
    }
}

static double recipients_of(const tw_comparison *of, int programme)
{
    double sum = 0;
    for (int r = 0; r < of->num_replicates; r++) {
        sum += tw_comparison_persons(of, of->recipients[programme * of->num_replicates + r].ever);
    }
    return tw_is_grant(of, programme) ? sum / of->num_replicates : NAN;
}

static int programmes_of_lever(const tw_comparison *of, int programme)
{
    int num = 0;
    for (int p = 0; p < of->num_programmes; p++) {
        num += of->programme[p].alternative == of->programme[programme].alternative &&
               of->programme[p].programme->lever == of->programme[programme].programme->lever;
    }
    return num;
}

static void print_programme(const tw_comparison *of, int programme, FILE *out)
{
    const tw_programme *row = of->programme[programme].programme;
    const tw_difference dead = tw_deadweight_of(of, programme);
    double yuan, units, refused;
    char label[128];
    snprintf(label, sizeof label, programmes_of_lever(of, programme) > 1 ? "%s.%s" : "%s",
             tw_lever_row_at((int)row->lever).path, row->name);
    sum_outlay(of, programme, &yuan, &units, &refused);
    fprintf(out, "%-34.34s%7s %c%11s%12s%10s%10s%14s\n", label, tw_payer_word(row->payer),
            row->grade, tw_number_of(yuan / 1e6, 1, 0).text, tw_number_of(units, 0, 0).text,
            tw_number_of(refused, 0, 0).text, tw_number_of(recipients_of(of, programme), 0, 0).text,
            tw_number_of(100 * dead.mean, 1, 0).text);
}

static void print_cost(const tw_comparison *of, int alternative, int indicator, const char *what,
                       FILE *out)
{
    const tw_ratio cost = tw_cost_per(of, alternative, indicator);
    if (!(fabs(cost.value) >= 0)) {
        tw_print_paragraph(out,
                           "A cost per additional %s cannot be given: their number cannot be told "
                           "from 0.",
                           what);
    } else if (!(fabs(cost.error) >= 0)) {
        tw_print_paragraph(out, "%s yuan for each additional %s; one replicate gives no interval.",
                           tw_number_of(cost.value, 0, 0).text, what);
    } else {
        tw_print_paragraph(
            out, "%s yuan for each additional %s (95 %% interval %s to %s, standard error %s).",
            tw_number_of(cost.value, 0, 0).text, what, tw_number_of(cost.low, 0, 0).text,
            tw_number_of(cost.high, 0, 0).text, tw_number_of(cost.error, 0, 0).text);
    }
}

void tw_print_programmes(const tw_comparison *of, int alternative, FILE *out)
{
    const int year = of->first_year + of->horizon;
    const tw_difference spent = tw_spent_of(of, alternative);
    int num = 0;
    for (int p = 0; p < of->num_programmes; p++) {
        if (of->programme[p].alternative == alternative) {
            if (num++ == 0) {
                fprintf(out, "%-34s%7s%2s%11s%12s%10s%10s%14s\n", "programme, up to the horizon",
                        "payer", "", "M yuan", "units", "refused", "persons", "deadweight, %");
            }
            print_programme(of, p, out);
        }
    }
    if (num == 0) {
        tw_print_paragraph(out, "No programme that %s does not have.", of->name[0]);
        return;
    }
    fprintf(out, "\n");
    tw_print_paragraph(
        out,
        "Units as the lever has them, or household-quarters paid; persons: of households that "
        "received a grant; deadweight: those of them who live in the same town without it; the "
        "letter is the grade of the amount: A measured here, B elsewhere, C assumed.");
    tw_print_paragraph(out, "All payers together spend %s M yuan more than with %s up to %d.",
                       tw_number_of(spent.mean / 1e6, 1, 0).text, of->name[0], year);
    print_cost(of, alternative, TW_FIGURE_town_residents, "town resident", out);
    print_cost(of, alternative, TW_FIGURE_town_registered, "resident registered in a town", out);
}
