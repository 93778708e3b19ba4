/* Room prompts: a change request with everything that is needed to decide on it; the queue. */
#ifndef RONDO_CHANGE_PAGE_H
#define RONDO_CHANGE_PAGE_H

#include "rooms/prompts/change_rules.h"

/*
 * {"change", "served", "diff", "missing", "approvals", "reviews", "eval_deltas", "gate", "waiver",
 * "days_in_review", "is_overdue"}: the change as it is shown everywhere, and what stands around it.
 */
bool change_page_write_json(struct call *call, rid change, struct json_writer *writer);

/*
 * What waits for the council: in review, or deferred to a day that has come; the riskiest first, of
 * one tier the oldest. `team` 0: of all teams.
 */
bool council_queue(struct call *call, rid team, struct rows *changes);

/* Days since it came into review; 0 when it is not there. */
int64_t change_days_in_review(const struct row *change, stamp now);

/* In review for longer than its rule allows: executives are asked. */
bool change_is_overdue(const struct row *change, const struct change_approvals *approvals,
                       stamp now);

/*
 * {"items": [...], "around": [{"source", "title", "why", "record", "id"}]}: the queue, each with
 * tier, approvals and what it lacks; and what is looked at besides: urgent changes, what fell below
 * its floor, contents from outside, drills that are due, impacts to score.
 */
bool council_write_json(struct call *call, struct json_writer *writer);

#endif
