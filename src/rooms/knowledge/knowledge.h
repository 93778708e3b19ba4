/*
 * Room knowledge: what was decided, why, and how it turned out. A decision has an owner, the
 * options that were considered, and a day on which it is looked at again; it goes in and out as an
 * architecture decision record (importers/adr.h). And what was learned: pages, and a learning log.
 */
#ifndef RONDO_KNOWLEDGE_H
#define RONDO_KNOWLEDGE_H

#include "catalog/row.h"
#include "offers/reply_schema.h"
#include "offers/room.h"
#include "offers/update_source.h"

enum decision_field {
    DECISION_NUMBER,
    DECISION_TITLE,
    DECISION_STATE,
    DECISION_OWNER,
    DECISION_CONTEXT,
    DECISION_OPTIONS,
    DECISION_DECISION,
    DECISION_CONSEQUENCES,
    DECISION_DECIDED,
    DECISION_REVISIT,
    DECISION_OUTCOME,
    DECISION_OUTCOME_RECORDED,
    DECISION_MORE,
    DECISION_FRONT_MATTER,
    DECISION_FIELDS,
};

enum knowledge_page_field {
    KNOWLEDGE_PAGE_TITLE,
    KNOWLEDGE_PAGE_KIND,
    KNOWLEDGE_PAGE_TOPICS,
    KNOWLEDGE_PAGE_BODY,
    KNOWLEDGE_PAGE_OWNER,
    KNOWLEDGE_PAGE_REVIEW_BY,
    KNOWLEDGE_PAGE_TEAM,
    KNOWLEDGE_PAGE_SOURCE,
    KNOWLEDGE_PAGE_FIELDS,
};

enum lesson_field {
    LESSON_TITLE,
    LESSON_TOPIC,
    LESSON_SOURCE,
    LESSON_BODY,
    LESSON_TOPICS,
    LESSON_AUTHOR,
    LESSON_TEAM,
    LESSON_FIELDS,
};

extern const struct record decision_record;
extern const struct record knowledge_page_record, lesson_record;
extern const struct update_source knowledge_update[]; /* knowledge_update.c */
extern const struct room knowledge_room;
extern const struct reply_schema knowledge_replies[]; /* knowledge_replies.c */

/* The day of an instant in the workspace's zone, as days since 1970-01-01. */
bool decision_day(struct call *call, stamp at, int64_t *day);

/* The state of a decision is this one. */
bool decision_is(const struct row *decision, const char *state);

/*
 * Lets `by` supersede a decision: its state, and the link `supersedes` from the one to the other,
 * in one change (or in the one that is open). The one that supersedes must be accepted. What comes
 * in from files only gets the link where it is superseded already, or by what is a proposal yet.
 */
bool decision_supersede(struct call *call, rid decision, rid by);

#endif
