/* SPDX-License-Identifier: Apache-2.0 */
/** `townward trace`: one household through a run, in one scenario or in two. */
#include "townward/trace.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/cli.h"

/* A whole number of 64 bits without a sign. */
static int read_uid(const char *text, uint64_t *uid)
{
    uint64_t sum = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at < '0' || *at > '9' || sum > (UINT64_MAX - (uint64_t)(*at - '0')) / 10) {
            return -1;
        }
        sum = 10 * sum + (uint64_t)(*at - '0');
    }
    *uid = sum;
    return *text == '\0' || sum == 0 ? -1 : 0;
}

/* Index of what is looked for, or -1. */
static int find_kind(const char *word)
{
    for (int kind = 0; kind < TW_NUM_FINDS; kind++) {
        if (strcmp(word, tw_find_word((tw_find_kind)kind)) == 0) {
            return kind;
        }
    }
    return -1;
}

static int unknown_kind(const char *word)
{
    const char *words[TW_NUM_FINDS];
    for (int kind = 0; kind < TW_NUM_FINDS; kind++) {
        words[kind] = tw_find_word((tw_find_kind)kind);
    }
    const char *nearest = tw_text_nearest(word, words, TW_NUM_FINDS);
    return tw_cli_wrong_use("trace: --find %s; %s%s", word,
                            nearest != NULL ? "did you mean " : "see trace --help",
                            nearest != NULL ? nearest : "");
}

/* One line while nothing is printed, on a terminal only. */
static int show_progress(void *context, int replicate, int quarter, int num_quarters)
{
    (void)context;
    (void)replicate;
    if (isatty(STDERR_FILENO)) {
        fprintf(stderr, "\rquarter %d of %d   %s", quarter, num_quarters,
                quarter < num_quarters ? "" : "\r                              \r");
    }
    return 0;
}

/** What the options ask for. */
typedef struct tw_question {
    uint64_t uid;
    int kind; /**< of --find, or -1 */
    tw_trace_options options;
} tw_question;

static int read_question(const tw_cli_options *options, tw_question *question)
{
    int64_t replicate = 0;
    question->kind = -1;
    if (options->num_files != 1) {
        return tw_cli_wrong_use("trace needs one scenario file, found %d", options->num_files);
    }
    if ((options->uid != NULL) == (options->find != NULL)) {
        return tw_cli_wrong_use("trace needs either --uid or --find; see trace --help");
    }
    if (options->uid != NULL && read_uid(options->uid, &question->uid) != 0) {
        return tw_cli_wrong_use("trace: --uid %s; expected a number as --find prints it",
                                options->uid);
    }
    if (options->find != NULL && (question->kind = find_kind(options->find)) < 0) {
        return unknown_kind(options->find);
    }
    if (question->kind >= 0 && (question->kind == TW_FIND_PARTED) != (options->with != NULL)) {
        return tw_cli_wrong_use("trace: --find %s and --with ALT.cfg belong together or not at all",
                                tw_find_word(TW_FIND_PARTED));
    }
    if (options->replicate != NULL &&
        (tw_text_int(options->replicate, &replicate) != 0 || replicate < 0 || replicate > 9999)) {
        return tw_cli_wrong_use("trace: --replicate %s; expected 0 to 9999", options->replicate);
    }
    question->options = (tw_trace_options){(int)replicate, options->threads, show_progress, NULL};
    return 0;
}

/* Both scenarios are read before anything is said, so that all findings come at once. */
static tw_status read_scenarios(const tw_cli_options *options, tw_report *report,
                                tw_scenario *scenario[2])
{
    tw_status status =
        tw_scenario_read(options->files[0], options->sets, options->num_sets, report, &scenario[0]);
    if (options->with != NULL) {
        const tw_status other =
            tw_scenario_read(options->with, options->sets, options->num_sets, report, &scenario[1]);
        status = status == TW_OK ? other : status;
    }
    return status;
}

int tw_cli_trace(const tw_cli_options *options)
{
    tw_question question = {0};
    tw_scenario *scenario[2] = {NULL, NULL};
    int code = read_question(options, &question);
    if (code != 0) {
        return code;
    }
    tw_report *report = tw_report_create();
    tw_status status = read_scenarios(options, report, scenario);
    if (status == TW_OK && question.kind >= 0) {
        status = tw_trace_find(scenario[0], scenario[1], (tw_find_kind)question.kind,
                               &question.options, report, stdout);
    } else if (status == TW_OK) {
        status =
            tw_trace(scenario[0], scenario[1], question.uid, &question.options, report, stdout);
    }
    code = status == TW_OK ? TW_EXIT_DONE : tw_cli_fail(status, report);
    tw_scenario_free(scenario[0]);
    tw_scenario_free(scenario[1]);
    tw_report_free(report);
    return code;
}
