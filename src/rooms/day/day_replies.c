/*
 * What the inbox, the digest, drafts and the balance answer, for the OpenAPI page. Each in the
 * order in which its file writes it.
 */
#include "offers/reply_keys.h"
#include "rooms/day/day.h"

static const struct reply_key inbox_keys[] = {
    REPLY_KEY("person", REPLY_TEXT, REPLY_NULLABLE, NULL),
    REPLY_SCHEMA("items", REPLY_LIST, "What waits, late things first.", "need"),
    REPLY_KEY("snoozed", REPLY_INT, 0, "How many things are put aside for now."),
    { 0 },
};

static const struct reply_key digest_keys[] = {
    REPLY_KEY("day", REPLY_DATE, 0, NULL),
    REPLY_SCHEMA("waits", REPLY_LIST, "As in the inbox, of the kinds that are told.", "need"),
    REPLY_KEY("decided_from", REPLY_DATE, 0, NULL),
    REPLY_KEY("decided_until", REPLY_DATE, 0, "The day behind the last one."),
    REPLY_SCHEMA("decided", REPLY_LIST, NULL, "decision"),
    REPLY_SCHEMA("learned", REPLY_LIST, NULL, "insight"),
    REPLY_KEY("until_monday", REPLY_INT, 0, "How many things are told on Monday."),
    REPLY_KEY("unwanted", REPLY_INT, 0, "How many are of kinds that are never told."),
    { 0 },
};

/* --- notes: note_doors.c, note_page.c --- */

static const struct reply_key turned_keys[] = {
    TEXT_ALWAYS("record", "What the note became."),
    REPLY_KEY("row", REPLY_OBJECT, 0, "The new row, as its record tells it."),
    { 0 },
};

static const struct reply_key grouped_note_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_OR_NULL("title", NULL),
    TEXT_OR_NULL("due", NULL),
    TEXT_OR_NULL("reason", "Why it is of the dimension."),
    { 0 },
};

static const struct reply_key note_group_keys[] = {
    TEXT_OR_NULL("dimension", "Null: of none."),
    TEXT_ALWAYS("label", NULL),
    REPLY_INSIDE("items", REPLY_LIST, NULL, grouped_note_keys),
    { 0 },
};

static const struct reply_key note_groups_keys[] = {
    REPLY_INSIDE("groups", REPLY_LIST, NULL, note_group_keys),
    TEXT_ALWAYS("markdown", "The same."),
    { 0 },
};

/* --- the balance: day_balance.c --- */

#define OF_NOTHING " Null: there is nothing to share out."

static const struct reply_key share_keys[] = {
    REPLY_KEY("counts", REPLY_INT, REPLY_MAP, "By dimension."),
    REPLY_KEY("shares", REPLY_REAL, REPLY_MAP | REPLY_NULLABLE, "By dimension." OF_NOTHING),
    REAL_OR_NULL("technical", "Their share together." OF_NOTHING),
    REAL_OR_NULL("operational", "Likewise."),
    COUNT("unsorted", "Rows of no dimension."),
    TEXTS("missing", "Dimensions without a row."),
    { 0 },
};

static const struct reply_key neglected_keys[] = {
    TEXT_ALWAYS("dimension", NULL),
    COUNT_OR_NULL("days", "Since its last row; null: there never was one."),
    { 0 },
};

static const struct reply_key balance_keys[] = {
    TEXT_OR_NULL("person", NULL),
    WEEK("week", NULL),
    DAY("day", NULL),
    REPLY_INSIDE("of_week", 0, NULL, share_keys),
    REPLY_INSIDE("of_day", 0, NULL, share_keys),
    REPLY_INSIDE("neglected", REPLY_LIST, NULL, neglected_keys),
    { 0 },
};

/* --- drafts: day_draft.c, standup_page.c --- */

static const struct reply_key promised_keys[] = {
    TEXT_ALWAYS("text", NULL),
    TEXT_OR_NULL("id", "Of the row that it names."),
    TEXT_OR_NULL("state", "Of that row."),
    { 0 },
};

static const struct reply_key standup_draft_keys[] = {
    TEXT_OR_NULL("person", NULL),
    DAY("day", NULL),
    STAMP_OR_NULL("since", "What is drafted from: the standup before."),
    TEXT_OR_NULL("standup", "Its id, where it is written already."),
    TEXT_OR_NULL("progress", NULL),
    TEXT_OR_NULL("today", NULL),
    REPLY_INSIDE("promises", REPLY_LIST, "What was said the last time.", promised_keys),
    { 0 },
};

static const struct reply_key standup_day_keys[] = {
    DAY("day", NULL),
    REPLY_SCHEMA("items", REPLY_LIST, NULL, "standup"),
    TEXTS("missing", "Who has not written."),
    TEXTS("not_there", "Who is away or does not work that day."),
    TEXT_ALWAYS("markdown", "All of it as one page."),
    { 0 },
};

static const struct reply_key week_review_draft_keys[] = {
    TEXT_OR_NULL("person", NULL),
    WEEK("week", NULL),
    TEXT_OR_NULL("week_review", "Its id, where it is written already."),
    TEXT_OR_NULL("done", NULL),
    TEXT_OR_NULL("achievements", NULL),
    TEXT_OR_NULL("missed", NULL),
    { 0 },
};

const struct reply_schema day_replies[] = {
    { .name = "inbox", .help = "What waits for who asks.", .keys = inbox_keys },
    { .name = "digest", .help = "What is told of a day.", .keys = digest_keys },
    { .name = "note_turned", .help = "What was made of a note.", .keys = turned_keys },
    { .name = "notes_by_dimension", .help = "The open notes.", .keys = note_groups_keys },
    { .name = "balance", .help = "How work is spread over dimensions.", .keys = balance_keys },
    { .name = "standup_draft", .help = "Today's standup, drafted.", .keys = standup_draft_keys },
    { .name = "standup_day", .help = "Everybody's standups of a day.", .keys = standup_day_keys },
    { .name = "week_review_draft",
      .help = "The week's review, drafted.",
      .keys = week_review_draft_keys },
    { 0 },
};
