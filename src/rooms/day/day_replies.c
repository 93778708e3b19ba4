/* What the inbox and the digest answer, for the OpenAPI page. */
#include "offers/reply_schema.h"
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

const struct reply_schema day_replies[] = {
    { .name = "inbox", .help = "What waits for who asks.", .keys = inbox_keys },
    { .name = "digest", .help = "What is told of a day.", .keys = digest_keys },
    { 0 },
};
