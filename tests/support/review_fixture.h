/*
 * A review filled by hand, for the tests of its words: what a surface says does not need a store.
 * The week is 2026-W47; the baseline is the week before.
 */
#ifndef RONDO_TEST_REVIEW_FIXTURE_H
#define RONDO_TEST_REVIEW_FIXTURE_H

#include "rooms/evals/evals_review.h"

enum {
    FIXTURE_REGRESSED, FIXTURE_IMPROVED, FIXTURE_NO_EVIDENCE, FIXTURE_INSUFFICIENT,
    FIXTURE_COULD_NOT_MEASURE, FIXTURE_NOT_COMPARABLE, FIXTURE_SURFACES,
};

enum { FIXTURE_WEEK = 2967 }; /* 2026-W47 */

/* One surface per verdict; the regressed one has a tail with a history, flips and a trend. */
struct surface_review fixture_surface(int which);

/* All of them, with its summary. `surface` has room for FIXTURE_SURFACES. */
struct review fixture_review(struct call *call, struct surface_review *surface);

/* Two runs of one week, without a trend. */
struct surface_review fixture_comparison(void);

/* A name that tries to move the cursor, break a table and bring markup. */
#define FIXTURE_HOSTILE "a|b`c\x1b[31m\n<img src=x> [x](http://evil) @all www.evil.com"

#endif
