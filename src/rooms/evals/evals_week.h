/* Room evals: making the review of a week, and comparing two runs. */
#ifndef RONDO_EVALS_WEEK_H
#define RONDO_EVALS_WEEK_H

#include "rooms/evals/evals_review.h"

/*
 * Makes the review. FAIL_NOT_FOUND when no run stands in that week, or
 * none at all: the sentence says what to do.
 */
bool evals_review(struct call *call, const struct review_options *options, struct review *review);

/* The latest week up to `until` that a run may stand for; `*has` is false when there is none. */
bool evals_latest_week(struct call *call, iso_week until, bool *has, iso_week *week);

/*
 * Run b against run a (names or ids); no trend. Fails when a name
 * stands in several surfaces, or suites differ.
 */
bool evals_compare(struct call *call, text run_a, text run_b, bool has_nulls, enum nulls nulls,
                   struct surface_review *result);

/* 0; with `check` 1 if any surface regressed, else 3 if any could not be decided. */
int review_exit(const struct review *review, bool check);

/*
 * Before a review: where most of what it reads lies is asked for at once, instead of waiting for
 * one page after the other. False: the call has failed.
 */
bool evals_read_ahead(struct call *call, const struct review_options *options);

#endif
