/* SPDX-License-Identifier: Apache-2.0 */
/** Numbers with parted thousands, paragraphs, the finding and the headline. */
#include "compare/print.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

tw_number tw_number_of(double value, int decimals, int sign)
{
    char plain[40];
    tw_number out = {"-"};
    if (!(fabs(value) < 1e15)) {
        return out;
    }
    snprintf(plain, sizeof plain, "%.*f", decimals, fabs(value));
    const int digits = (int)strcspn(plain, ".");
    /* What is rounded to 0 has no sign. */
    const int zero = strspn(plain, "0.") == strlen(plain);
    size_t at = 0;
    if (value < 0 && !zero) {
        out.text[at++] = '-';
    } else if (sign && !zero) {
        out.text[at++] = '+';
    }
    for (int i = 0; plain[i] != '\0' && at + 2 < sizeof out.text; i++) {
        if (i > 0 && i < digits && (digits - i) % 3 == 0) {
            out.text[at++] = ',';
        }
        out.text[at++] = plain[i];
    }
    out.text[at] = '\0';
    return out;
}

void tw_print_paragraph(FILE *out, const char *format, ...)
{
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    int column = 0;
    for (const char *word = text; *word != '\0';) {
        const int length = (int)strcspn(word, " ");
        if (column > 0 && column + 1 + length > TW_PRINT_COLUMNS) {
            fprintf(out, "\n");
            column = 0;
        }
        fprintf(out, "%s%.*s", column > 0 ? " " : "", length, word);
        column += length + (column > 0);
        word += length;
        word += strspn(word, " ");
    }
    fprintf(out, "\n\n");
}

tw_print_form tw_print_form_of(int indicator)
{
    static const char *const label[TW_NUM_FIGURES] = {
        "urbanization rate",   "registered urbanization rate",
        "residents",           "town residents",
        "registered in towns", "agro-pastoral migrants",
        "jobs in towns",       "unemployment rate",
        "rent of a dwelling",  "rent burden",
        "vacancy rate",        "school load",
        "hospital load",       "outlay of the year"};
    const tw_figure_row row = tw_figure_at(indicator);
    if (strcmp(row.unit, "1") == 0) {
        return (tw_print_form){label[indicator], "%", "points", 100, 2};
    }
    if (indicator == TW_FIGURE_outlay) {
        return (tw_print_form){label[indicator], "M yuan", "M yuan", 1e-6, 1};
    }
    if (indicator == TW_FIGURE_rent) {
        return (tw_print_form){label[indicator], "yuan/month", "yuan/month", 1, 1};
    }
    return (tw_print_form){label[indicator], row.unit, row.unit, 1, 0};
}

/* "+0.95 +- 0.02" with the half width of the 95 % interval, or the mean alone. */
static void put_interval(const tw_difference *of, const tw_print_form *form, char out[96])
{
    const tw_number mean = tw_number_of(form->factor * fabs(of->mean), form->decimals, 0);
    const tw_number half = tw_number_of(form->factor * (of->high - of->mean), form->decimals, 0);
    snprintf(out, 96, of->error >= 0 ? "%s +- %s" : "%s", mean.text, half.text);
}

static double class_persons(const tw_comparison *of, int alternative, int class_of)
{
    double sum = 0;
    for (int r = 0; r < of->num_replicates; r++) {
        const int64_t *classes = tw_classes_at(of, alternative, r, of->horizon);
        for (int start = 0; start < TW_NUM_STARTS; start++) {
            sum += tw_comparison_persons(of, classes[tw_class_cell(of, class_of, start, 0)]);
        }
    }
    return sum / of->num_replicates;
}

static void print_sentence(const tw_comparison *of, int alternative, const tw_difference *rate,
                           FILE *out)
{
    const tw_print_form form = tw_print_form_of(TW_FIGURE_urbanization_rate);
    const char *name = of->name[alternative + 1];
    const int year = of->first_year + of->horizon;
    const tw_number before = tw_number_of(100 * rate->base, 2, 0);
    const tw_number after = tw_number_of(100 * rate->alternative, 2, 0);
    char interval[96];
    put_interval(rate, &form, interval);
    if (rate->mean == 0 && !(rate->error > 0)) {
        tw_print_paragraph(out, "%s leaves the urbanization rate of %d as it is: %s %%.", name,
                           year, before.text);
    } else if (rate->low <= 0 && rate->high >= 0) {
        tw_print_paragraph(out,
                           "%s changes the urbanization rate of %d by %s%s points, which cannot be "
                           "told from 0 (%s -> %s %%).",
                           name, year, rate->mean < 0 ? "-" : "+", interval, before.text,
                           after.text);
    } else {
        tw_print_paragraph(out, "%s %s %s points %s the urbanization rate in %d (%s -> %s %%).",
                           name, rate->mean < 0 ? "takes" : "adds", interval,
                           rate->mean < 0 ? "from" : "to", year, before.text, after.text);
    }
}

void tw_print_finding(const tw_comparison *of, int alternative, FILE *out)
{
    const tw_difference rate =
        tw_difference_of(of, alternative, of->horizon, TW_FIGURE_urbanization_rate, 0);
    const tw_number induced = tw_number_of(class_persons(of, alternative, TW_CLASS_induced), 0, 0);
    const tw_number deterred =
        tw_number_of(class_persons(of, alternative, TW_CLASS_deterred), 0, 0);
    const tw_number redirected =
        tw_number_of(class_persons(of, alternative, TW_CLASS_redirected), 0, 0);
    print_sentence(of, alternative, &rate, out);
    tw_print_paragraph(
        out,
        "Of the persons alive in both, %s live in a town with %s and would not with %s (induced), "
        "%s the other way round (deterred), %s live in another town (redirected).",
        induced.text, of->name[alternative + 1], of->name[0], deterred.text, redirected.text);
}

static void print_row(const tw_comparison *of, int alternative, int indicator, FILE *out)
{
    const tw_print_form form = tw_print_form_of(indicator);
    const tw_difference row = tw_difference_of(of, alternative, of->horizon, indicator, 0);
    const double factor = form.factor, half = row.high - row.mean;
    char label[48];
    snprintf(label, sizeof label, "%s, %s", form.label, form.unit);
    fprintf(out, "%-37s%11s%11s%12s%10s%9s%10s\n", label,
            tw_number_of(factor * row.base, form.decimals, 0).text,
            tw_number_of(factor * row.alternative, form.decimals, 0).text,
            tw_number_of(factor * row.mean, form.decimals, 1).text,
            tw_number_of(factor * half, form.decimals, 0).text,
            tw_number_of(factor * row.error, form.decimals, 0).text,
            tw_number_of(factor * row.unpaired, form.decimals, 0).text);
}

void tw_print_headline(const tw_comparison *of, int alternative, FILE *out)
{
    char date[32];
    snprintf(date, sizeof date, "1 November %d", of->first_year + of->horizon);
    fprintf(out, "%-37s%11.10s%11.10s%12s%10s%9s%10s\n", date, of->name[0],
            of->name[alternative + 1], "difference", "+- 95 %", "se", "unpaired");
    for (int i = 0; i < TW_NUM_FIGURES; i++) {
        print_row(of, alternative, i, out);
    }
    fprintf(out, "\n");
    tw_print_paragraph(
        out,
        of->num_replicates > 1
            ? "se: standard error of the difference on the same draws, over %d replicates; "
              "unpaired: what it would be with draws of their own; +-: half of the 95 %% interval "
              "by Student's t. Differences of shares are points."
            : "%d replicate: no errors are known; --replicates 4 gives them. Differences of shares "
              "are points.",
        (int)of->num_replicates);
}

void tw_comparison_print(const tw_comparison *of, int by, FILE *out)
{
    const tw_region *region = tw_scenario_region(of->scenario[0]);
    for (int a = 0; a < of->num_alternatives; a++) {
        tw_print_finding(of, a, out);
        tw_print_paragraph(
            out,
            "(%s: %s compared with %s on the same draws; %d replicate%s, %.4g %% of households)",
            region->name, of->name[a + 1], of->name[0], (int)of->num_replicates,
            of->num_replicates == 1 ? "" : "s", 100 * of->sample);
        tw_print_headline(of, a, out);
        tw_print_classes(of, a, by, out);
        tw_print_programmes(of, a, out);
        if (of->attribution != NULL) {
            tw_print_attribution(of, a, out);
        }
        if (of->singles != NULL) {
            tw_print_singles(of, a, out);
        }
    }
}
