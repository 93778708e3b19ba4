/*
 * Drafts of a standup and of a week's review, from what the person moved and has to do. Every line
 * bears the public id of its row; only rows that everybody reads are named.
 */
#ifndef RONDO_DAY_DRAFT_H
#define RONDO_DAY_DRAFT_H

#include "base/json_write.h"
#include "base/stamp.h"

/* A line of the last standup's `today`, beside what happened. */
struct day_promise {
    text words;
    text id;    /* of the row that it names; TEXT_NONE: none */
    text state; /* of that row now; TEXT_NONE */
};

struct standup_draft {
    int64_t day;
    stamp since; /* the last standup, else the day before */
    rid standup; /* the one of this day that is written already; 0: none */
    text progress, today;
    struct day_promise *promise;
    size_t promise_count;
};

/* Of the actor, today. */
bool standup_draft_read(struct call *call, struct standup_draft *draft);
/* {"person","day","since","standup","progress","today","promises":[{"text","id","state"}]} */
bool standup_draft_write_json(struct call *call, const struct standup_draft *draft,
                              struct json_writer *writer);
bool standup_draft_write_words(const struct standup_draft *draft, struct out *out);
/* Stores it. FAIL_CONFLICT when the day has its standup. */
bool standup_draft_store(struct call *call, const struct standup_draft *draft, rid *id);

struct week_review_draft {
    iso_week week;
    rid week_review; /* the one that is written already; 0: none */
    text done, achievements, missed;
};

/* Of the actor; `week` NULL: this one. */
bool week_review_draft_read(struct call *call, const iso_week *week,
                            struct week_review_draft *draft);
/* {"person","week","week_review","done","achievements","missed"} */
bool week_review_draft_write_json(struct call *call, const struct week_review_draft *draft,
                                  struct json_writer *writer);
bool week_review_draft_write_words(const struct week_review_draft *draft, struct out *out);
bool week_review_draft_store(struct call *call, const struct week_review_draft *draft, rid *id);

/*
 * Everybody's standup of a day, of a team or of all (0): {"day","items":[rows],"missing":[names],
 * "not_there":[names],"markdown"}. Who has not written is missing, unless the person is away or off
 * that day. Robots write none.
 */
bool standup_page_write_json(struct call *call, int64_t day, rid team, struct json_writer *writer);

#endif
