/*
 * The headline of a surface: the share of its cases that pass; where better is lower, the share of
 * those that do not, under the name of what is counted there, such as a hallucination rate. A pass
 * is a pass either way: verdicts, flips and tests know no direction. Whoever tells a rate, a change
 * or a floor as the headline's asks here.
 */
#ifndef RONDO_REVIEW_HEADLINE_H
#define RONDO_REVIEW_HEADLINE_H

#include "rooms/evals/evals_review.h"

/* Of `n` cases of which `passed` pass, those that the headline counts. */
int64_t headline_part(const struct surface_review *surface, int64_t passed, int64_t n);

/* The headline where that is the pass rate; NAN where it is not known. */
double headline_rate(const struct surface_review *surface, double pass_rate);
struct interval headline_interval(const struct surface_review *surface, struct interval interval);

/* How the headline moved where the pass rate moved so. */
double headline_change(const struct surface_review *surface, double pass_rate_change);

/* On the wrong side of its floor, where there are cases enough to say so. */
bool headline_is_judged(const struct surface_review *surface);
bool headline_is_breached(const struct surface_review *surface);

/* "floor", or "ceiling" where better is lower; "below" or "above" it is the wrong side. */
const char *headline_bound(const struct surface_review *surface);
const char *headline_wrong_side(const struct surface_review *surface);

/* Where better is lower a rise does not speak for itself: "worse" or "better"; else NULL. */
const char *headline_sense(const struct surface_review *surface, double change);

/* "pass rate " where the headline is another one: what is told next is of passes. Else nothing. */
void headline_write_passes(struct out *out, const struct surface_review *surface);

#endif
