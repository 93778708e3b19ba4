/*
 * Room evals: the Monday review as a thing that happened. Opening it freezes what the default
 * review says and makes an action of each flip that needs one; reading never writes. And what
 * people decided to compare although the ruler changed.
 */
#ifndef RONDO_EVAL_REVIEW_H
#define RONDO_EVAL_REVIEW_H

#include "rooms/evals/evals_review.h"
#include "rooms/evals/evals_surface.h"

enum eval_review_field {
    EVAL_REVIEW_WEEK,
    EVAL_REVIEW_DAY,
    EVAL_REVIEW_SUMMARY,
    EVAL_REVIEW_FROZEN,
    EVAL_REVIEW_FIELDS,
};

enum comparison_override_field {
    COMPARISON_OVERRIDE_REASON,
    COMPARISON_OVERRIDE_SURFACE,
    COMPARISON_OVERRIDE_WEEK,
    COMPARISON_OVERRIDE_FIELDS,
};

extern const struct record eval_review_record, comparison_override_record;

/* What opening did. */
struct opened_review {
    bool is_new;
    rid id;
    iso_week week;
    const rid *action; /* those that were made now */
    size_t action_count;
};

/*
 * Opens the review of the week, or of the latest: one change. A review that is open already stays
 * as it is, and gets no further actions.
 */
bool eval_review_open(struct call *call, const struct review_options *options,
                      struct opened_review *opened);

/*
 * Lets each surface of the review that is not comparable be compared anyway, for this reason:
 * afterwards a review of that week gives the test's verdict. Fails for an empty reason, and when
 * there is no such surface.
 */
bool eval_review_compare_anyway(struct call *call, const struct review_options *options,
                                text reason);

/* Which of the surfaces are compared anyway in that week; called before they are settled. */
bool eval_review_overrides(struct call *call, iso_week week, const struct surface_input *input,
                           struct surface_review *review, size_t count);

/* Gives each flip of the week the action that was made of it, and its owner. */
bool eval_review_actions(struct call *call, iso_week week, const struct surface_input *input,
                         struct surface_review *review, size_t count);

#endif
