/*
 * Room prompts: what may happen to a change request: what it needs before anybody looks at it, who
 * may decide on it, what an approval is worth after an edit, and what lets its label move.
 */
#ifndef RONDO_CHANGE_RULES_H
#define RONDO_CHANGE_RULES_H

#include "base/json_write.h"
#include "rooms/prompts/prompts.h"
#include "store/find.h"

/* What can be said of a change in review, in the words of JSON. */
enum council_verdict {
    COUNCIL_APPROVE,
    COUNCIL_REQUEST_CHANGES,
    COUNCIL_REJECT,
    COUNCIL_DEFER,
    COUNCIL_ESCALATE,
    COUNCIL_ROLL_BACK,
    COUNCIL_VERDICTS,
};
extern const char *const council_verdict_words[COUNCIL_VERDICTS + 1]; /* ended by NULL */

bool change_is(const struct row *change, const char *state); /* prompt_change.c */

/* The version is called by that word: "3", "v3", its title, its id or its content hash. */
bool version_is_called(struct call *call, const struct row *version, text word);

/* The live eval deltas of a change, by surface. */
bool change_deltas(struct call *call, rid change, struct rows *deltas);

/*
 * The names of the artifacts that it lacks: "diff", "eval_delta", "expected_impact",
 * "rollback_plan", at most 4. A change without any has `*count` 0.
 */
bool change_missing(struct call *call, const struct row *change, const char *missing[4],
                    size_t *count);

/* The SHA-256 of everything that is approved; TEXT_NONE: the call has failed. */
text change_hash(struct call *call, const struct row *change);

/* Who has said what, and what it is worth now. */
struct change_approvals {
    enum risk_tier tier;   /* as it was settled, or as the rules have it by now: the stricter */
    bool has_risen;        /* it is the rules' of now */
    int64_t needed, given; /* approvals that hold */
    bool is_enough;
    int64_t escalate_days;
    struct rows reviews; /* oldest first */
    bool *holds;         /* of each review: an approval that counts */
    text who_can;        /* names, for sentences; TEXT_NONE: nobody */
};
bool change_approvals(struct call *call, const struct row *change,
                      struct change_approvals *approvals);

/* What is said of a change, and by whichever door. */
struct council_word {
    enum council_verdict verdict;
    text note;  /* a reason is needed for everything but approving */
    bool has_until;
    int64_t until; /* of deferring: the day from which it is on the agenda again; else in a week */
};

/*
 * Says it in one change: the review row, and what follows for the change. Approving one's own
 * change, or without the role, is refused and names who can.
 */
bool change_decide(struct call *call, rid change, const struct council_word *word);

/* What let a change be deployed. */
struct change_pass {
    rid waiver;   /* 0: the gate itself */
    text figures; /* before and after of each surface, as JSON; TEXT_NONE: none were compared */
};

/*
 * The approved change that moves the label to that version: the one named, or the one that fits.
 * Refused with what is needed when there is none.
 */
bool change_for_move(struct call *call, rid id, const struct row *prompt, text label,
                     const struct row *version, struct row *change);

/*
 * Approvals hold, and the gate passes now or is waived; else a sentence that names what does not.
 */
bool change_may_deploy(struct call *call, const struct row *change, struct change_pass *pass);

/* What follows from the move of its label, inside the change that moves it. */
bool change_deployed(struct call *call, const struct row *change);
bool change_rolled_back(struct call *call, const struct row *change);

/* --- guards of its states --- */

bool change_guard_submit(struct call *call, const struct row *row);
bool change_guard_approved(struct call *call, const struct row *row);
bool change_guard_said(struct call *call, const struct row *row);
bool change_guard_moved(struct call *call, const struct row *row);

#endif
