/*
 * Room evals: the doors through which Monday's review is opened, and through which more of its
 * flips become actions.
 */
#ifndef RONDO_EVAL_REVIEW_DOORS_H
#define RONDO_EVAL_REVIEW_DOORS_H

#include "offers/room.h"
#include "rooms/evals/evals_review.h"

/* `rondo review --open`: fails when an option narrows the review. */
bool eval_review_doors_open(struct call *call, struct invocation *invocation,
                            const struct review_options *options);

/* POST /api/v1/eval-reviews. */
bool eval_review_doors_post(struct call *call, const struct request *request, struct reply *reply);

/*
 * `rondo review --surface S --make-actions`: fails without a surface, with another option that
 * narrows the review, and with one that does something else.
 */
bool eval_review_doors_make(struct call *call, struct invocation *invocation,
                            const struct review_options *options);

/* POST /api/v1/eval-reviews/{id}/actions. */
bool eval_review_doors_post_actions(struct call *call, const struct request *request,
                                    struct reply *reply);

/* What the routes of reviews take. */
extern const struct room_schema evals_schemas[];

#endif
