/* SPDX-License-Identifier: Apache-2.0 */
/** Reading tables and words: cells, quotes, line ends, broken rows; strict numbers; nearest names.
 */
#include "base/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "test.h"

static tw_report *report;

/** Parses a text; findings go to the report, which is emptied first. */
static tw_csv *parse_bytes(const char *text, size_t size, tw_status expected)
{
    tw_csv *csv = NULL;
    tw_report_free(report);
    report = tw_report_create();
    CHECK_EQ_INT(tw_csv_parse("t.csv", text, size, report, &csv), expected);
    return csv;
}

static tw_csv *parse(const char *text, tw_status expected)
{
    return parse_bytes(text, strlen(text), expected);
}

static void check_finding(int index, long line, const char *part)
{
    CHECK(index < tw_report_count(report));
    if (index < tw_report_count(report)) {
        tw_finding finding = tw_report_finding(report, index);
        CHECK_STR(finding.file, "t.csv");
        CHECK_EQ_INT(finding.line, line);
        CHECK(strstr(finding.found, part) != NULL);
    }
}

static void cells_and_lines(void)
{
    tw_csv *csv = parse("a,b,c\n1,2,3\n\n4,,6", TW_OK);
    CHECK_EQ_INT(csv->num_columns, 3);
    CHECK_EQ_INT(csv->num_rows, 2);
    CHECK_EQ_INT(tw_csv_column(csv, "c"), 2);
    CHECK_EQ_INT(tw_csv_column(csv, "d"), -1);
    CHECK_STR(tw_csv_cell(csv, 0, 1), "2");
    CHECK_STR(tw_csv_cell(csv, 1, 1), "");
    CHECK_STR(tw_csv_cell(csv, 1, 2), "6");
    CHECK_EQ_INT(csv->lines[1], 4);
    tw_csv_free(csv);
}

static void quoted_cells(void)
{
    tw_csv *csv = parse("a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\n\"\",z\n", TW_OK);
    CHECK_EQ_INT(csv->num_rows, 2);
    CHECK_STR(tw_csv_cell(csv, 0, 0), "x, \"y\"");
    CHECK_STR(tw_csv_cell(csv, 0, 1), "two\nlines");
    CHECK_STR(tw_csv_cell(csv, 1, 0), "");
    CHECK_STR(tw_csv_cell(csv, 1, 1), "z");
    CHECK_EQ_INT(csv->lines[1], 4);
    tw_csv_free(csv);
}

static void line_ends_and_mark(void)
{
    tw_csv *csv = parse(
        "\xEF\xBB\xBF"
        "a,b\r\n1,\"2\"\r\n3,4\r\n",
        TW_OK);
    CHECK_STR(csv->header[0], "a");
    CHECK_STR(csv->header[1], "b");
    CHECK_EQ_INT(csv->num_rows, 2);
    CHECK_STR(tw_csv_cell(csv, 0, 1), "2");
    CHECK_STR(tw_csv_cell(csv, 1, 1), "4");
    tw_csv_free(csv);
}

static void broken_rows_are_named_and_left_out(void)
{
    tw_csv *csv = parse("a,b\n1\n2,3\n4,5,6\n\"7\"x,8\n9,10\n", TW_OK);
    CHECK_EQ_INT(csv->num_rows, 2);
    CHECK_EQ_INT(csv->num_dropped, 3);
    CHECK_EQ_INT(tw_report_count(report), 3);
    check_finding(0, 2, "a row of 1 cell");
    check_finding(1, 4, "a row of 3 cells");
    check_finding(2, 5, "text after a closing quote");
    CHECK_STR(tw_csv_cell(csv, 1, 0), "9");
    CHECK_EQ_INT(csv->lines[1], 6);
    tw_csv_free(csv);
}

static void open_quote(void)
{
    tw_csv *csv = parse("a,b\n1,2\n3,\"4\n5,6\n", TW_OK);
    CHECK_EQ_INT(csv->num_rows, 1);
    CHECK_EQ_INT(csv->num_dropped, 1);
    check_finding(0, 3, "a quoted cell does not end");
    tw_csv_free(csv);
}

static void no_tables(void)
{
    CHECK(parse("", TW_BAD_INPUT) == NULL);
    check_finding(0, 0, "empty");
    CHECK(parse("a,b,a\n", TW_BAD_INPUT) == NULL);
    check_finding(0, 1, "'a' stands in the header twice");
    CHECK(parse("a,,c\n", TW_BAD_INPUT) == NULL);
    check_finding(0, 1, "column 2 of the header has no name");
    CHECK(parse("a,b\n1,\xC3(\n", TW_BAD_INPUT) == NULL);
    check_finding(0, 2, "not UTF-8");
    CHECK(parse_bytes("a,b\n1,2\n\0,3\n", 13, TW_BAD_INPUT) == NULL);
    check_finding(0, 3, "not UTF-8 text");
    tw_csv *csv = NULL;
    CHECK_EQ_INT(tw_csv_read("/no/such/file.csv", NULL, &csv), TW_IO_FAILED);
    CHECK_EQ_INT(tw_csv_read("/", NULL, &csv), TW_IO_FAILED);
    CHECK(csv == NULL);
}

static void digest_is_of_the_bytes(void)
{
    tw_csv *a = parse("a\n1\n", TW_OK), *b = parse("a\n1\n", TW_OK), *c = parse("a\r\n1\n", TW_OK);
    CHECK(a->digest[0] == b->digest[0] && a->digest[1] == b->digest[1]);
    CHECK(a->digest[0] != c->digest[0] && a->digest[1] != c->digest[1]);
    tw_csv_free(a);
    tw_csv_free(b);
    tw_csv_free(c);
}

/** Every short text over the bytes that mean something: no crash, cells add up. */
static void every_short_text(void)
{
    static const char bytes[] = {'a', ',', '"', '\n', '\r', (char)0xC3};
    char text[8];
    for (int code = 0; code < 6 * 6 * 6 * 6 * 6 * 6; code++) {
        int rest = code;
        for (int k = 0; k < 6; k++) {
            text[k] = bytes[rest % 6];
            rest /= 6;
        }
        tw_csv *csv = NULL;
        tw_status status = tw_csv_parse("t.csv", text, 6, NULL, &csv);
        CHECK((status == TW_OK) == (csv != NULL));
        for (int k = 0; csv != NULL && k < csv->num_rows * csv->num_columns; k++) {
            CHECK(strlen(csv->cells[k]) <= 6);
        }
        tw_csv_free(csv);
    }
}

static void strict_integers(void)
{
    int64_t value = 0;
    CHECK(tw_text_int("0", &value) == 0 && value == 0);
    CHECK(tw_text_int("-0", &value) == 0 && value == 0);
    CHECK(tw_text_int("-17", &value) == 0 && value == -17);
    CHECK(tw_text_int("9223372036854775807", &value) == 0 && value == INT64_MAX);
    CHECK(tw_text_int("-9223372036854775808", &value) == 0 && value == INT64_MIN);
    static const char *const bad[] = {"",
                                      "-",
                                      "+1",
                                      " 1",
                                      "1 ",
                                      "1.0",
                                      "0x1",
                                      "1e3",
                                      "1,000",
                                      "9223372036854775808",
                                      "-9223372036854775809",
                                      "99999999999999999999999",
                                      "NA"};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        CHECK_EQ_INT(tw_text_int(bad[k], &value), -1);
    }
}

static void strict_numbers(void)
{
    double value = 0;
    CHECK(tw_text_real("-12", &value) == 0 && value == -12);
    CHECK(tw_text_real(".5", &value) == 0 && value == 0.5);
    CHECK(tw_text_real("1.5e-3", &value) == 0 && value == 1.5e-3);
    CHECK(tw_text_real("29.6622", &value) == 0 && value == 29.6622);
    static const char *const bad[] = {"",      ".",     "-",     "e5", "1e", "nan", "inf",
                                      "1e400", "0x1p3", "1.2.3", " 1", "1 ", "+1",  "1,5"};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        CHECK_EQ_INT(tw_text_real(bad[k], &value), -1);
    }
}

static void utf8(void)
{
    static const char good[] = "a\xC3\xA9\xE8\xA5\xBF\xF0\x9F\x8F\x94";
    CHECK_EQ_INT(tw_text_bad_utf8(good, sizeof good - 1), (int)sizeof good - 1);
    CHECK_EQ_INT(tw_text_bad_utf8("ab\x80", 3), 2);           /* a lone continuation */
    CHECK_EQ_INT(tw_text_bad_utf8("\xC0\xAF", 2), 0);         /* overlong */
    CHECK_EQ_INT(tw_text_bad_utf8("\xE0\x80\xAF", 3), 0);     /* overlong */
    CHECK_EQ_INT(tw_text_bad_utf8("\xED\xA0\x80", 3), 0);     /* surrogate */
    CHECK_EQ_INT(tw_text_bad_utf8("\xF4\x90\x80\x80", 4), 0); /* beyond the end */
    CHECK_EQ_INT(tw_text_bad_utf8("x\xE8\xA5", 3), 1);        /* cut */
}

static void nearest_names(void)
{
    static const char *const known[] = {"rent_weight", "moving_cost", NULL, "city"};
    CHECK_EQ_INT(tw_text_distance("kitten", "sitting"), 3);
    CHECK_EQ_INT(tw_text_distance("", "abc"), 3);
    CHECK_EQ_INT(tw_text_distance("City", "cITY"), 0);
    CHECK_STR(tw_text_nearest("rent_wieght", known, 4), "rent_weight");
    CHECK_STR(tw_text_nearest("movingcost", known, 4), "moving_cost");
    CHECK_STR(tw_text_nearest("citi", known, 4), "city");
    CHECK(tw_text_nearest("temperature", known, 4) == NULL);
    CHECK(tw_text_nearest("x", known, 0) == NULL);
    CHECK(tw_text_same("Lhasa", "LHASA"));
    CHECK(!tw_text_same("Lhasa", "Lhasas"));
}

int main(void)
{
    RUN(cells_and_lines);
    RUN(quoted_cells);
    RUN(line_ends_and_mark);
    RUN(broken_rows_are_named_and_left_out);
    RUN(open_quote);
    RUN(no_tables);
    RUN(digest_is_of_the_bytes);
    RUN(every_short_text);
    RUN(strict_integers);
    RUN(strict_numbers);
    RUN(utf8);
    RUN(nearest_names);
    tw_report_free(report);
    return REPORT();
}
