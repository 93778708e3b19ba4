/*
 * What rooms bring to the weekly update: lines for its parts, ranked, each a figure or a link, and
 * the exceptions that no update may leave out. The same walk as an agenda's. Knows neither rooms
 * nor updates.
 */
#ifndef RONDO_UPDATE_SOURCE_H
#define RONDO_UPDATE_SOURCE_H

#include "offers/agenda.h"

enum update_part {
    UPDATE_PART_CHANGED, /* what changed in production */
    UPDATE_PART_EVAL, /* what was learned: one of each */
    UPDATE_PART_USER,
    UPDATE_PART_COST_LATENCY,
    UPDATE_PART_WORLD, /* what changed outside */
    UPDATE_PART_NEXT, /* bets that suggest themselves */
    UPDATE_PART_EXCEPTION, /* waivers, overrides, what was skipped, is incomplete or overdue */
    UPDATE_PARTS,
};
extern const char *const update_part_words[UPDATE_PARTS]; /* "changed", "eval", ... */

struct update_line {
    const struct update_source *source; /* set by update_lines_of */
    text line;                          /* Markdown with {{figure ...}} and links */
    const struct record *record;        /* what it is about */
    rid row;
    double weight; /* more first, within a part */
};

struct update_lines {
    struct update_line *line;
    size_t count, room;
};

struct update_source {
    const char *name;  /* "evals.verdicts" */
    const char *label; /* for people: "Verdicts of Monday" */
    enum update_part part;
    bool (*collect)(struct call *call, const struct agenda_ask *ask, struct update_lines *lines);
};

/* Appends a line; its texts must live as long as the call. False: the call has failed. */
bool update_line_add(struct call *call, struct update_lines *lines, struct update_line line);

/* Appends a line about a row, where the row is the asking team's (agenda_concerns). */
bool update_line_about(struct call *call, const struct agenda_ask *ask, const struct row *row,
                       text line, double weight, struct update_lines *lines);

/* "[TITLE](/plural/ID)" of a row, with what would end a link's text escaped. */
text update_link(struct call *call, const struct row *row);

/* All lines of a part, of every room: the weightiest first, the order of rooms among equals. */
bool update_lines_of(struct call *call, const struct agenda_ask *ask, enum update_part part,
                     struct update_lines *lines);

#endif
