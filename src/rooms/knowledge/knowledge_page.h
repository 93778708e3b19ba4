/*
 * Room knowledge: pages that keep what was learned. A page is made of an incident, a decision, the
 * minutes of a retrospective, an experiment in one step, linked back to it; it has an owner and a
 * day to be looked at again, after which it is stale and its owner is asked.
 */
#ifndef RONDO_KNOWLEDGE_PAGE_H
#define RONDO_KNOWLEDGE_PAGE_H

#include "offers/agenda.h"
#include "offers/needs.h"
#include "rooms/knowledge/knowledge.h"

enum { KNOWLEDGE_REVIEW_DAYS = 90 };

/* Whether pages offer to make one of its rows: something is learned from them, and all read it. */
bool knowledge_page_is_for(const struct record *record);

/*
 * The page made of the row: of the words that it has, under headings of its fields. Who asks owns
 * it. Asked again, the page that there is. Refused for what not everybody may read: a page is
 * everybody's.
 */
bool knowledge_page_from(struct call *call, const struct record *record, rid id, struct row *page,
                         bool *is_new);

/* It still holds: its day is moved on from today. */
bool knowledge_page_reviewed(struct call *call, rid page);

bool knowledge_compile_stale(struct call *call, const struct agenda_ask *ask,
                             struct agenda *agenda);
bool knowledge_collect_stale(struct call *call, rid person, struct needs *needs);

#endif
