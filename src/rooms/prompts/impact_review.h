/*
 * Room prompts: two weeks after a change was served, what was expected of it stands beside what
 * happened; somebody other than its author scores it.
 */
#ifndef RONDO_IMPACT_REVIEW_H
#define RONDO_IMPACT_REVIEW_H

#include "offers/agenda.h"
#include "offers/needs.h"
#include "rooms/prompts/prompts.h"
#include "store/find.h"

enum { IMPACT_AFTER_DAYS = 14 };

enum impact_score { SCORE_HIT, SCORE_PARTLY, SCORE_MISSED, SCORE_UNKNOWN, SCORES };
extern const char *const impact_score_words[]; /* ended by NULL */

/* What somebody said that the change did; `*has` is false while nobody has. */
bool impact_review_of(struct call *call, rid change, bool *has, struct row *review);

/* When it is to be scored, from its first move on; `*was_served` is false when there was none. */
bool impact_due_at(struct call *call, rid change, bool *was_served, stamp *due);

/*
 * Changes that were served two weeks ago or longer and that nobody scored; `since` of each is when
 * they were due. Those that were taken back are scored as well.
 */
bool impact_find_due(struct call *call, struct rows *changes, stamp **since);

bool impact_compile(struct call *call, const struct agenda_ask *ask, struct agenda *agenda);
bool impact_collect(struct call *call, rid person, struct needs *needs);

#endif
