/*
 * Figures by name: what a room can say as one number, with its evidence. `evals.pass_rate
 * surface=support` means the same in an update, a deck, a command and a page. Rooms offer them in
 * tables; updates and decks walk those. Knows neither texts nor rooms.
 */
#ifndef RONDO_FIGURE_H
#define RONDO_FIGURE_H

#include "base/json_write.h"
#include "base/stamp.h"
#include "catalog/row.h"

enum { FIGURE_PARAMETERS_MAX = 3, FIGURE_MARKS_MAX = 4 };

/* How a value is told when the room gives no words of its own. */
enum figure_unit {
    FIGURE_COUNT,        /* "3" */
    FIGURE_SHARE,        /* 0.914 is "91.4 %" */
    FIGURE_POINTS,       /* a difference of shares: 0.02 is "up 2.0 points" */
    FIGURE_USD,          /* "$0.0123" */
    FIGURE_MILLISECONDS, /* "840 ms" */
    FIGURE_NUMBER,       /* "12.5" */
    FIGURE_WORDS,        /* no number: a verdict */
    FIGURE_UNITS,
};

/* What is to be known before a figure is believed. An unverified one cannot be sent. */
enum figure_mark { FIGURE_STALE, FIGURE_UNVERIFIED, FIGURE_RESTATED, FIGURE_MARKS };
extern const char *const figure_mark_words[FIGURE_MARKS];

struct figure_parameter {
    const char *name;
    const char *refers; /* the record whose id or title it is; NULL: a word */
    bool is_needed;
    const char *help;
};

/* For whom and for when. */
struct figure_scope {
    rid team;      /* 0: the whole workspace */
    iso_week week; /* what "this week" means */
    stamp as_of;   /* nothing later counts; LISTING_NOW: now */
};

struct figure_ask {
    struct figure_scope scope;
    text word[FIGURE_PARAMETERS_MAX]; /* as written, in the order of the figure's table */
    rid row[FIGURE_PARAMETERS_MAX];   /* of those that refer; 0: not given */
};

struct figure_answer {
    bool is_known;
    text why_unknown; /* a sentence without its end */
    double value;
    text words; /* filled from value and unit where the room leaves it out */
    bool has_interval;
    double low, high;
    bool has_n;
    int64_t n;
    stamp measured_at;           /* 0: as of the asking */
    const struct record *record; /* the evidence; NULL: `link` has it */
    rid row;
    text link;    /* an address of the pages; filled from record and row where it is left out */
    text working; /* the command that shows how it came about */
    struct {
        enum figure_mark kind;
        text why;
    } mark[FIGURE_MARKS_MAX];
    size_t mark_count;
};

struct figure {
    const char *name;  /* "evals.pass_rate": the room, a dot, what it is */
    const char *label; /* for people */
    const char *help;  /* one sentence */
    enum figure_unit unit;
    struct figure_parameter parameter[FIGURE_PARAMETERS_MAX]; /* up to the first without a name */
    /* Reads only. False: the call has failed; a figure without data is unknown, not a failure. */
    bool (*read)(struct call *call, const struct figure_ask *ask, struct figure_answer *answer);
};

/* A figure as somebody wrote it, and what it is. */
struct told_figure {
    const struct figure *figure;
    text written; /* "evals.pass_rate surface=support" */
    struct figure_ask ask;
    struct figure_answer answer;
};

/* The figure of that name among all rooms, or NULL. */
const struct figure *figure_find(const struct call *call, text name);

/*
 * Reads "NAME key=value key='two words'": besides its own parameters each figure takes `week` and
 * `as_of`. Fails with a sentence that names what is wrong and what is near.
 */
bool figure_parse(struct call *call, text written, const struct figure_scope *scope,
                  struct told_figure *told);

/* figure_parse, and what it is now. */
bool figure_tell(struct call *call, text written, const struct figure_scope *scope,
                 struct told_figure *told);

/* Marks an answer; more than FIGURE_MARKS_MAX are left out. */
void figure_mark(struct figure_answer *answer, enum figure_mark kind, text why);
bool figure_has_mark(const struct figure_answer *answer, enum figure_mark kind);

/* Makes it the answer of what has no data; true, so that a reader can end with it. */
bool figure_unknown(struct figure_answer *answer, text why);

/* {"figure", "label", "parameters", "unit", "value", "words", ..., "marks"}: all that is frozen. */
bool figure_write_json(struct call *call, const struct told_figure *told,
                       struct json_writer *writer);

/* [{"name", "label", "help", "unit", "parameters"}], of every room. */
bool figures_write_json(struct call *call, struct json_writer *writer);

#endif
