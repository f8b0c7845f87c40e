/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a function that can fail returns, and the report that says why.
 *
 * A status names the kind of failure; the report carries the detail: the place (file and line of
 * the input), what was found there and what was expected. A report collects many findings, so that
 * a reader can name every mistake of a file at once.
 */
#ifndef TOWNWARD_STATUS_H
#define TOWNWARD_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

/** Numbers are part of the interface: never reused. X(name, number, sentence) */
#define TW_STATUS_LIST(X)                                      \
    X(OK, 0, "done")                                           \
    X(NO_MEMORY, 1, "not enough memory")                       \
    X(BAD_INPUT, 2, "the input is not valid")                  \
    X(BAD_USE, 3, "the command or call is not valid")          \
    X(IO_FAILED, 4, "a file could not be read or written")     \
    X(EXISTS, 5, "the output exists already")                  \
    X(BAD_STATE, 6, "an invariant of the model does not hold") \
    X(INTERRUPTED, 7, "interrupted before the end")            \
    X(UNSUPPORTED, 8, "this machine or build cannot do it")

typedef enum tw_status {
#define TW_STATUS_ENUM(name, number, sentence) TW_##name = (number),
    TW_STATUS_LIST(TW_STATUS_ENUM)
#undef TW_STATUS_ENUM
} tw_status;

#if defined(__GNUC__)
#define TW_MUST_CHECK        __attribute__((warn_unused_result))
#define TW_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define TW_MUST_CHECK
#define TW_PRINTF(fmt, args)
#endif

/** The sentence of a status; static storage, never NULL. */
const char *tw_status_sentence(tw_status status);

typedef struct tw_report tw_report;

/** One finding of a report. Strings belong to the report; `file` and `expected` may be empty. */
typedef struct tw_finding {
    tw_status status;
    const char *file;     /**< input file, or "" when the finding concerns none */
    long line;            /**< 1-based line of that file, or 0 */
    const char *found;    /**< what is wrong */
    const char *expected; /**< what would have been right, or "" */
} tw_finding;

/** An empty report, or NULL when memory is short. The caller frees it. */
tw_report *tw_report_create(void);

/** Accepts NULL. */
void tw_report_free(tw_report *report);

/**
 * Adds one finding and returns `status`, so that `return tw_report_add(...)` reads well.
 *
 * @param report    may be NULL: nothing is recorded
 * @param file      input file the finding concerns, or NULL
 * @param line      1-based line, or 0
 * @param expected  what would have been right, or NULL
 * @param found     printf format: what is wrong
 */
tw_status tw_report_add(tw_report *report, tw_status status, const char *file, long line,
                        const char *expected, const char *found, ...) TW_PRINTF(6, 7);

/** Number of findings; 0 for NULL. */
int tw_report_count(const tw_report *report);

/** Finding `index` in order of addition, 0 <= index < count. Lent until the next addition. */
tw_finding tw_report_finding(const tw_report *report, int index);

/** The status of the first finding, TW_OK when there is none. */
tw_status tw_report_status(const tw_report *report);

#ifdef __cplusplus
}
#endif
#endif
