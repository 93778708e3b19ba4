/*
 * Room evals, the inside of a review: what changed between two runs of a surface. Change events
 * that somebody told of, and differences between the runs themselves that no event accounts for.
 * Says which cases each touched, not which is to blame.
 */
#ifndef RONDO_EVALS_CHANGES_H
#define RONDO_EVALS_CHANGES_H

#include "engine/suspects.h"
#include "rooms/evals/evals_surface.h"
#include "store/find.h"

/* What is said when a change of a kind is the cause. */
#define VERDICT_WE "we changed it"
#define VERDICT_PROVIDER "the provider changed it"
#define VERDICT_RULER "the ruler changed"
#define VERDICT_DATA "the data changed"
#define VERDICT_NOISE "noise"
#define VERDICT_OPEN "cannot tell yet"

/* A kind of change_event, or "noise". */
struct change_kind {
    const char *word;
    enum suspect_share share;
    const char *verdict;
};
const struct change_kind *change_kind(const char *word);

struct change {
    const struct change_kind *kind;
    text id, title, from, to;
    bool has_effective_at;
    stamp effective_at;
    bool is_event;
    const uint64_t *touched; /* NULL: all cases */
};

/* The runs that the changes lie between: (good, bad]. */
struct change_window {
    const struct week_run_row *good, *bad;
};

/* What is read once for a whole review. */
struct change_sources {
    struct rows events;
};
bool changes_read(struct call *call, struct change_sources *sources);

/* Whether an event tells of a change of the surface in between. */
bool changes_told_between(const struct change_sources *sources, const struct surface_input *input,
                          struct change_window window);

/* Events first, by time; then differences in the order of the parts. */
bool changes_between(struct call *call, const struct change_sources *sources,
                     const struct surface_input *input, struct change_window window,
                     struct change **change, size_t *count);

#endif
