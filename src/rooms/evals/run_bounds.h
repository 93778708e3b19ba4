/*
 * Room evals: which runs a review reads. Those of its window and, for a surface that has none
 * before the week in it, those of its nearest earlier week: what came before costs nothing.
 */
#ifndef RONDO_RUN_BOUNDS_H
#define RONDO_RUN_BOUNDS_H

#include "rooms/evals/evals_review.h"
#include "store/find.h"

/* Weeks whose runs are read, both included. */
struct run_bounds {
    iso_week first, last;
    bool with_baseline; /* and the nearest week before `last` that has runs, wherever it is */
};

/* The window, and at least the week before. */
struct run_bounds run_bounds_of(iso_week week, int weeks, bool with_baseline);

/* No run of the weeks started before, in any zone. */
stamp run_bounds_begin(struct run_bounds bounds);

/* Nor one of the week or of one before it from then on; INT32_MAX: there is no last week. */
stamp run_bounds_end(iso_week last);

/* Whether a run may stand for a week: a complete one, or a cut one where the options ask for it. */
bool run_may_stand(const struct review_options *options, const struct row *run);

/*
 * The dated runs of a surface from one instant up to another one, those with the options' model,
 * by start. What no review asks of a run is left out.
 */
bool run_rows_between(struct call *call, const struct review_options *options, rid surface,
                      stamp from, stamp before, struct rows *rows);

/* The same of the weeks: a superset, because zones differ by up to a day. */
bool run_rows_of_bounds(struct call *call, const struct review_options *options, rid surface,
                        struct run_bounds bounds, struct rows *rows);

/*
 * The last one that may stand before an instant, of a surface or of all (0). False: there is none,
 * or the call has failed.
 */
bool run_last_before(struct call *call, const struct review_options *options, rid surface,
                     stamp before, struct row *run);

#endif
