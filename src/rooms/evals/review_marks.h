/*
 * Room evals: what people have done about a week's review, as the review shows it: that it was
 * opened, which actions its flips became, and what is compared although the ruler changed.
 */
#ifndef RONDO_REVIEW_MARKS_H
#define RONDO_REVIEW_MARKS_H

#include "rooms/evals/evals_surface.h"
#include "store/find.h"

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

/* The rows of the record whose text `field` is that week. */
bool review_marks_of_week(struct call *call, const struct record *record, int field, iso_week week,
                          struct rows *rows);

/*
 * Which of the surfaces whose ruler changed are compared anyway in that week; called when it is
 * known of which it did, and before they are settled.
 */
bool review_marks_overrides(struct call *call, iso_week week, const struct surface_input *input,
                            struct surface_review *review, size_t count);

/* Gives each flip of the week the action that was made of it, and its owner. */
bool review_marks_actions(struct call *call, iso_week week, const struct surface_input *input,
                          struct surface_review *review, size_t count);

#endif
