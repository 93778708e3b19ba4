/*
 * Room day: what a person has to do with each day. Notes, which are their author's and those whom
 * they mention; the standup; the week's review; the inbox, and what was put aside in it.
 */
#ifndef RONDO_DAY_H
#define RONDO_DAY_H

#include "catalog/row.h"
#include "offers/needs.h"
#include "offers/reply_schema.h"
#include "offers/room.h"

enum note_field {
    NOTE_TITLE,
    NOTE_BODY,
    NOTE_AUTHOR,
    NOTE_STATE,
    NOTE_DUE,
    NOTE_TAGS,
    NOTE_MENTIONS,
    NOTE_DIMENSION_REASON,
    NOTE_FIELDS,
};

enum standup_field {
    STANDUP_PERSON,
    STANDUP_DAY,
    STANDUP_PROGRESS,
    STANDUP_TODAY,
    STANDUP_BLOCKERS,
    STANDUP_HELP,
    STANDUP_LEARNED,
    STANDUP_TITLE,
    STANDUP_FIELDS,
};

enum week_review_field {
    WEEK_REVIEW_PERSON,
    WEEK_REVIEW_TEAM,
    WEEK_REVIEW_WEEK,
    WEEK_REVIEW_DONE,
    WEEK_REVIEW_ACHIEVEMENTS,
    WEEK_REVIEW_MISSED,
    WEEK_REVIEW_TOP_THREE,
    WEEK_REVIEW_FIELDS,
};

enum inbox_mark_field {
    INBOX_MARK_ITEM,
    INBOX_MARK_KIND,
    INBOX_MARK_STATE,
    INBOX_MARK_UNTIL,
    INBOX_MARK_DUE,
    INBOX_MARK_FIELDS,
};

enum digest_choice_field {
    DIGEST_CHOICE_TITLE,
    DIGEST_CHOICE_PERSON,
    DIGEST_CHOICE_KIND,
    DIGEST_CHOICE_FREQUENCY,
    DIGEST_CHOICE_CHANNEL,
    DIGEST_CHOICE_FIELDS,
};

extern const struct record note_record, standup_record, week_review_record, inbox_mark_record,
    digest_choice_record;
extern const struct need_source day_needs[];
extern const struct reply_schema day_replies[];
extern const struct room day_room;

/* The day that it is now where the person is, as days since 1970-01-01; and the zone. */
bool day_today(struct call *call, rid person, int64_t *day, text *zone);

/* The instant at which that day begins in the zone. */
bool day_begin(struct call *call, text zone, int64_t day, stamp *at);

/*
 * Reads "2026-12-01", "today", "tomorrow", "friday" (the next one, never today) as a day. False,
 * without a failure, when it is none of them.
 */
bool day_read(text word, int64_t today, int64_t *day);

#endif
