/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One household watched in one world. The model does not know of it: after each step of a quarter
 * the household is looked up again and compared with what it was, and draws, chances and utilities
 * are asked for once more. A draw is a pure function of its key, so they are the same.
 *
 * What a quarter says is a list of lines. They do not depend on threads, and two scenarios in which
 * the same happens say the same lines.
 */
#ifndef TW_TRACE_TRACER_H
#define TW_TRACE_TRACER_H

#include "process/moving/moving.h"
#include "process/world.h"

enum {
    TW_TRACE_WIDTH = 88, /**< columns of a line */
    TW_TRACE_LINE = 160, /**< bytes of a line */
    TW_TRACE_MEMBERS = 256,
    TW_TRACE_CHANCES = 4096,
    TW_TRACE_BEST = 10 /**< places shown of a search */
};

typedef struct tw_lines {
    int num, max, failed; /**< failed: memory was short */
    char (*row)[TW_TRACE_LINE];
} tw_lines;

/** Persons by the order in which they were met: the same numbers in both scenarios. */
typedef struct tw_cast {
    int num, max;
    uint64_t *uid;
} tw_cast;

/** A household with its members at one moment. */
typedef struct tw_glimpse {
    int there;
    tw_household household;
    int num;
    tw_person person[TW_TRACE_MEMBERS];
} tw_glimpse;

/** Events that happen if and only if U < p. X(ID, slot of the event draw or -1, purpose, words) */
#define TW_CHANCE_LIST(X)                                                \
    X(DEATH, TW_SLOT_DEATH, TW_DRAW_DEATH, "dies")                       \
    X(BIRTH, TW_SLOT_BIRTH, TW_DRAW_BIRTH, "gives birth")                \
    X(WORK, TW_SLOT_WORK, TW_DRAW_WORK, "changes its work")              \
    X(PARTING, TW_SLOT_PARTING, TW_DRAW_PARTING, "parts")                \
    X(SPLIT, TW_SLOT_SPLIT, TW_DRAW_SPLIT, "leaves as a couple")         \
    X(LEAVE, TW_SLOT_LEAVE, TW_DRAW_LEAVE, "leaves the household")       \
    X(UNION, TW_SLOT_UNION, TW_DRAW_UNION, "looks for a partner")        \
    X(STOP, -1, TW_DRAW_JOB, "stops looking for a job")                  \
    X(DEPARTURE, TW_SLOT_DEPARTURE, TW_DRAW_DEPARTURE, "departs")        \
    X(COLLECTIVE_EXIT, TW_SLOT_COLLECTIVE_EXIT, TW_DRAW_COLLECTIVE_EXIT, \
      "leaves the collective home")                                      \
    X(JOIN_KIN, TW_SLOT_JOIN_KIN, TW_DRAW_JOIN_KIN, "joins its kin")     \
    X(LOSS, -1, TW_DRAW_DWELLING_LOST, "loses the dwelling")             \
    X(TRANSFER, -1, TW_DRAW_REGISTER, "transfers the registration")      \
    X(LET, -1, TW_DRAW_REGISTER, "lets its land")                        \
    X(EXIT, -1, TW_DRAW_REGISTER, "gives its land up for pay")           \
    X(SEARCH, TW_SLOT_SEARCH, TW_DRAW_SEARCH, "searches")                \
    X(RETURN, TW_SLOT_RETURN, TW_DRAW_RETURN, "goes back")               \
    X(PUBLIC_EXIT, TW_SLOT_PUBLIC_EXIT, TW_DRAW_PUBLIC_EXIT, "leaves public rental housing")
typedef enum tw_chance_kind {
#define TW_CHANCE_ENUM(id, slot, purpose, words) TW_CHANCE_##id,
    TW_CHANCE_LIST(TW_CHANCE_ENUM)
#undef TW_CHANCE_ENUM
        TW_NUM_CHANCES
} tw_chance_kind;

/** One event of the quarter that could happen. */
typedef struct tw_chance {
    tw_chance_kind kind;
    uint64_t who; /**< person, or the household */
    double u, p;
} tw_chance;

/** An application for a job. */
typedef struct tw_job_seeker {
    uint64_t person;
    int32_t market, turn;
} tw_job_seeker;

/** What the household did about its place in the quarter. */
typedef struct tw_decision {
    tw_act act;
    int applied;                /**< 1: `application` is that of the quarter */
    tw_application application; /**< as it was made; after clearing with its outcome */
    int32_t staying;            /**< index of the present place among the prospects */
    int64_t dwellings_free[2];  /**< market, at the first and the second choice */
    int64_t public_free;        /**< at the first choice */
    int organised;              /**< 1: took part in the lottery of an organised flow */
    int organised_relabels;     /**< 1: a place that is relabelled, 0: relocation */
    int seekers;
    tw_job_seeker seeker[TW_TRACE_MEMBERS];
} tw_decision;

/** The states of the followed. */
typedef enum tw_trace_state {
    TW_TRACE_AWAITED, /**< neither household nor person has been seen yet */
    TW_TRACE_FOLLOWED,
    TW_TRACE_ENDED
} tw_trace_state;

typedef struct tw_tracer {
    tw_world *world;
    tw_watcher watcher;
    tw_cast *cast; /**< shared by the tracers of a comparison */
    uint64_t uid;  /**< asked for */
    tw_trace_state state;
    uint64_t household;              /**< followed now */
    uint64_t person;                 /**< 0: the household is followed, not a person */
    tw_glimpse opening, before, now; /**< of the quarter, of the step before, of this step */
    tw_glimpse told;                 /**< members as they were last listed */
    tw_lines lines;
    int num_chances;
    tw_chance chance[TW_TRACE_CHANCES];
    tw_decision decision;
    tw_zones published;    /**< zones as the decisions of the quarter met them */
    double *public_chance; /**< [num_counties] the same */
    tw_prospect *prospect; /**< [num_counties + 1], those of the quarter even if it does not search
                            */
} tw_tracer;

/**
 * Begins to watch a world that stands at the opening of a quarter; the world calls the tracer from
 * then on. Caller owns (tw_tracer_free), and frees it before the world.
 *
 * @param uid  of a household or a person; those who are not there are waited for
 */
TW_MUST_CHECK tw_status tw_tracer_create(tw_world *world, uint64_t uid, tw_cast *cast,
                                         tw_tracer **out);
void tw_tracer_free(tw_tracer *tracer);

/** Before a quarter: the lines begin anew with the state at its opening. */
void tw_tracer_open(tw_tracer *tracer);
/** After the last quarter: the lines are the state then. */
void tw_tracer_end(tw_tracer *tracer);

/* ---- what the parts of the module share ---- */

/** Adds a text, in as many lines as it needs; those after the first are indented. */
void tw_tell(tw_lines *lines, const char *format, ...) TW_PRINTF(2, 3);
void tw_lines_free(tw_lines *lines);

/** Number of a person in the cast, from 1; 0 when memory is short. */
int tw_cast_number(tw_cast *cast, uint64_t person);
void tw_cast_free(tw_cast *cast);

/** A household as it is; not there when it has ended. */
void tw_glimpse_take(const tw_population *population, uint64_t household, tw_glimpse *out);
/** Index of a member, or -1. */
int tw_glimpse_member(const tw_glimpse *glimpse, uint64_t person);
/** Household in which a person lives, 0 = none. Reads all persons: for rare use. */
uint64_t tw_trace_home_of(const tw_population *population, uint64_t person);

/* Words. Texts go into a buffer of the caller and are returned. */
enum { TW_WORDS = 96 };
/** "Lhunzhub town", "outside the region". */
const char *tw_zone_words(const tw_region *region, int zone, char out[TW_WORDS]);
/** 12,345 */
const char *tw_number_words(int64_t value, char out[TW_WORDS]);
/** Whole yuan: "12,345 yuan". */
const char *tw_yuan_words(int64_t cents, char out[TW_WORDS]);
/** "2026-05" */
const char *tw_date_words(int32_t quarter, char out[TW_WORDS]);
/** "#2 (woman, 34)" at the tracer's quarter. */
const char *tw_person_words(const tw_tracer *tracer, const tw_person *person, char out[TW_WORDS]);
const char *tw_tenure_words(int tenure);
const char *tw_activity_words(int activity);
const char *tw_school_words(int schooling);
const char *tw_chance_words(tw_chance_kind kind);

/** The state of the household: money; the whole of it, or what differs from that last told. */
void tw_tell_state(tw_tracer *tracer, const tw_glimpse *glimpse, int whole);

/* Chances of the quarter. */
/** Notes an event of the event draw of a person or the household; p = 0 is not noted. */
void tw_chance_note(tw_tracer *tracer, tw_chance_kind kind, uint64_t who, double p);
/** Notes an event with a uniform of its own. */
void tw_chance_note_uniform(tw_tracer *tracer, tw_chance_kind kind, uint64_t who, double u,
                            double p);
/** The chance noted, or NULL. */
const tw_chance *tw_chance_find(const tw_tracer *tracer, tw_chance_kind kind, uint64_t who);
/** 1 when it was noted with U < p. */
int tw_chance_came(const tw_tracer *tracer, tw_chance_kind kind, uint64_t who);
/** " (U 0.001234 < p 0.004321)", or "" when it was not noted. */
const char *tw_chance_text(const tw_tracer *tracer, tw_chance_kind kind, uint64_t who,
                           char out[TW_WORDS]);

/* What a step of the quarter did. The place is that of the household in the blocks. */
void tw_trace_events(tw_tracer *tracer, tw_place place);
void tw_trace_matches(tw_tracer *tracer, tw_place place);
void tw_trace_changes(tw_tracer *tracer);
void tw_trace_decides(tw_tracer *tracer, tw_place place);
void tw_trace_seeks_jobs(tw_tracer *tracer);
void tw_trace_hired(tw_tracer *tracer);
void tw_trace_organised(tw_tracer *tracer);
void tw_trace_markets(tw_tracer *tracer);
void tw_trace_allotted(tw_tracer *tracer);
void tw_trace_moved(tw_tracer *tracer);
void tw_trace_granted(tw_tracer *tracer);
void tw_trace_paid(tw_tracer *tracer);
void tw_trace_settled(tw_tracer *tracer);

/** Two scenarios in one quarter: whether they part in it, and what differs. */
int tw_trace_parts(const tw_tracer *a, const tw_tracer *b);
void tw_trace_explain(const tw_tracer *a, const tw_tracer *b, tw_lines *lines);

#endif
