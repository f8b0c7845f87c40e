/* SPDX-License-Identifier: Apache-2.0 */
/** Statuses and the error report: a growing list of findings with place, found and expected. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "townward/status.h"

struct tw_report {
    int num_findings, max_findings;
    tw_finding *findings;
};

const char *tw_status_sentence(tw_status status)
{
    switch (status) {
#define SENTENCE(name, number, sentence) \
    case TW_##name:                      \
        return sentence;
        TW_STATUS_LIST(SENTENCE)
#undef SENTENCE
    }
    return "unknown status";
}

tw_report *tw_report_create(void)
{
    return calloc(1, sizeof(tw_report));
}

static void finding_free(tw_finding *finding)
{
    free((void *)finding->file);
    free((void *)finding->found);
    free((void *)finding->expected);
}

void tw_report_free(tw_report *report)
{
    if (report == NULL) {
        return;
    }
    for (int i = 0; i < report->num_findings; i++) {
        finding_free(&report->findings[i]);
    }
    free(report->findings);
    free(report);
}

static char *format_text(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text != NULL) {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

static int reserve_finding(tw_report *report)
{
    tw_finding *findings = tw_list_fit(report->findings, &report->max_findings,
                                       report->num_findings + 1, sizeof(*findings));
    report->findings = findings == NULL ? report->findings : findings;
    return findings != NULL;
}

tw_status tw_report_add(tw_report *report, tw_status status, const char *file, long line,
                        const char *expected, const char *found, ...)
{
    if (report == NULL || !reserve_finding(report)) {
        return status;
    }
    va_list arguments;
    va_start(arguments, found);
    tw_finding finding = {status, tw_text_copy(file), line, format_text(found, arguments),
                          tw_text_copy(expected)};
    va_end(arguments);
    if (finding.file == NULL || finding.found == NULL || finding.expected == NULL) {
        finding_free(&finding);
        return status;
    }
    report->findings[report->num_findings++] = finding;
    return status;
}

int tw_report_count(const tw_report *report)
{
    return report == NULL ? 0 : report->num_findings;
}

tw_finding tw_report_finding(const tw_report *report, int index)
{
    return report->findings[index];
}

tw_status tw_report_status(const tw_report *report)
{
    return tw_report_count(report) == 0 ? TW_OK : report->findings[0].status;
}
