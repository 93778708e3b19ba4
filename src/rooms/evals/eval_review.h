/*
 * Room evals: the Monday review as a thing that happened. Opening it freezes what the default
 * review says and makes an action of each flip that needs one; reading never writes. And what
 * people decided to compare although the ruler changed.
 */
#ifndef RONDO_EVAL_REVIEW_H
#define RONDO_EVAL_REVIEW_H

#include "rooms/evals/evals_review.h"

/* What opening did. */
struct opened_review {
    bool is_new;
    rid id;
    iso_week week;
    const rid *action; /* those that were made now */
    size_t action_count;
    stamp due; /* of the action that is due first; 0: there is none */
};

/*
 * Opens the review of the week, or of the latest: one change, or within the one that the call has
 * open, which stays open for the caller also when this fails. A review that is open already stays
 * as it is; surfaces that it held back, and that are compared anyway by now, get their actions.
 */
bool eval_review_open(struct call *call, const struct review_options *options,
                      struct opened_review *opened);

/*
 * Makes an action of each flip to fail of one surface (a name or an id) that has none, whatever
 * its class: of flaky ones, too, which opening leaves out. One change of its own, all or none; the
 * classes are those of the week's default review, so the options name a week at most. Fails with
 * FAIL_CONFLICT while that week's review is not opened, where the surface is not comparable, and
 * when there is nothing to make; with FAIL_NOT_FOUND for a surface without a run in that week.
 */
bool eval_review_make_actions(struct call *call, const struct review_options *options, text word,
                              struct opened_review *made);

/*
 * Whether opening makes an action of that flip. Flaky ones are listed and get none by themselves,
 * nor do those of what is not comparable; somebody may have made one already.
 */
bool eval_review_flip_needs_action(const struct surface_review *surface,
                                   const struct review_flip *flip);

/* What such an action is called. */
text eval_review_flip_title(struct call *call, const struct surface_review *surface,
                            const struct review_flip *flip);

/*
 * Lets each surface of the review that is not comparable be compared anyway, for this reason:
 * afterwards a review of that week gives the test's verdict. Fails for an empty reason, and when
 * there is no such surface.
 */
bool eval_review_compare_anyway(struct call *call, const struct review_options *options,
                                text reason);

#endif
