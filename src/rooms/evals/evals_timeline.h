/*
 * Room evals: one axis of time: runs as they were measured, and what changed around them, a page at
 * a time from the newest on. Tells in which order things were, not what follows from it.
 */
#ifndef RONDO_EVALS_TIMELINE_H
#define RONDO_EVALS_TIMELINE_H

#include "base/json_write.h"
#include "rooms/evals/evals.h"

enum { TIMELINE_LIMIT_MAX = 1000 };

enum timeline_what { TIMELINE_ALL, TIMELINE_RUNS, TIMELINE_CHANGES };

struct timeline_options {
    text surface; /* TEXT_NONE: all; its runs, and changes that touched it */
    bool has_from, has_to;
    stamp from, to; /* both included */
    enum timeline_what what;
    int limit;  /* items of a page, 1 to TIMELINE_LIMIT_MAX */
    text after; /* the `next` of the page of newer ones; TEXT_NONE: the newest */
};

struct timeline_item {
    stamp at;
    bool is_change;
    const struct row *row; /* an eval_run or a change_event */
    text id, title;
    const text *surface; /* names; none of a change: it touched all */
    size_t surface_count;
};

struct timeline {
    struct timeline_item *item; /* by time; at one instant changes first, then by id */
    size_t count;
    text next; /* leads to the older ones; TEXT_NONE: there are none */
};

/*
 * The newest items that are asked for, behind `after`. FAIL_NOT_FOUND: no surface has that name;
 * FAIL_INVALID: `after` is no place in a timeline.
 */
bool evals_timeline(struct call *call, const struct timeline_options *options,
                    struct timeline *timeline);

/* Writes {"items":[...],"next":null|text}. */
void timeline_write_json(const struct timeline *timeline, struct json_writer *writer);

#endif
