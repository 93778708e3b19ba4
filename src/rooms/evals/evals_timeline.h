/*
 * Room evals: one axis of time: runs as they were measured, and what changed around them. Tells in
 * which order things were, not what follows from it.
 */
#ifndef RONDO_EVALS_TIMELINE_H
#define RONDO_EVALS_TIMELINE_H

#include "base/json_write.h"
#include "rooms/evals/evals.h"

struct timeline_options {
    text surface; /* TEXT_NONE: all; its runs, and changes that touched it */
    bool has_from, has_to;
    stamp from, to; /* both included */
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
};

bool evals_timeline(struct call *call, const struct timeline_options *options,
                    struct timeline *timeline);

void timeline_write_json(const struct timeline *timeline, struct json_writer *writer);

#endif
