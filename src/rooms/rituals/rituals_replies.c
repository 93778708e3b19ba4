/* What the week of rituals answers, for the OpenAPI page; in the order of ritual_week_show.c. */
#include "offers/reply_schema.h"
#include "rooms/rituals/week_doors.h"

static const struct reply_key prepared_keys[] = {
    REPLY_KEY("done", REPLY_INT, 0, NULL),
    REPLY_KEY("of", REPLY_INT, 0, NULL),
    { 0 },
};

static const struct reply_key artifacts_keys[] = {
    REPLY_KEY("have", REPLY_INT, 0, NULL),
    REPLY_KEY("need", REPLY_INT, 0, NULL),
    { 0 },
};

static const struct reply_key line_keys[] = {
    REPLY_KEY("ritual", REPLY_TEXT, 0, NULL),
    REPLY_KEY("ritual_id", REPLY_TEXT, 0, NULL),
    REPLY_KEY("occurrence", REPLY_TEXT, 0, "What its page is asked for by: RIT-1@2026-11-16."),
    REPLY_KEY("at", REPLY_STAMP, 0, NULL),
    REPLY_KEY("until", REPLY_STAMP, REPLY_NULLABLE, NULL),
    REPLY_KEY("state", REPLY_TEXT, 0, "As stored, or missed."),
    REPLY_KEY("reason", REPLY_TEXT, REPLY_NULLABLE, "Why it was not held."),
    REPLY_KEY("owner", REPLY_TEXT, REPLY_NULLABLE, NULL),
    REPLY_KEY("leader", REPLY_TEXT, REPLY_NULLABLE, "Who leads it that day."),
    REPLY_KEY("leader_is_away", REPLY_BOOL, 0, "On that day, by an absence."),
    REPLY_INSIDE("prep", 0, "Preparations.", prepared_keys),
    REPLY_INSIDE("artifacts", 0, "What has to come out of it.", artifacts_keys),
    REPLY_KEY("dimensions", REPLY_TEXT, REPLY_LIST, NULL),
    { 0 },
};

static const struct reply_key late_keys[] = {
    REPLY_KEY("id", REPLY_TEXT, REPLY_NULLABLE, NULL),
    REPLY_KEY("record", REPLY_TEXT, REPLY_NULLABLE, NULL),
    REPLY_KEY("title", REPLY_TEXT, 0, NULL),
    REPLY_KEY("why", REPLY_TEXT, REPLY_NULLABLE, NULL),
    REPLY_KEY("owner", REPLY_TEXT, REPLY_NULLABLE, NULL),
    { 0 },
};

static const struct reply_key away_keys[] = {
    REPLY_KEY("id", REPLY_TEXT, 0, "Of the person."),
    REPLY_KEY("person", REPLY_TEXT, 0, NULL),
    REPLY_KEY("first_day", REPLY_DATE, 0, NULL),
    REPLY_KEY("last_day", REPLY_DATE, 0, NULL),
    { 0 },
};

static const struct reply_key week_keys[] = {
    REPLY_KEY("week", REPLY_WEEK, 0, NULL),
    REPLY_KEY("team", REPLY_TEXT, REPLY_NULLABLE, "Null: all teams."),
    REPLY_KEY("zone", REPLY_TEXT, 0, "In which days and times are told."),
    REPLY_INSIDE("rituals", REPLY_LIST, "By their beginning.", line_keys),
    REPLY_SCHEMA("needs_me", REPLY_LIST, "What waits for who asks.", "need"),
    REPLY_INSIDE("late", REPLY_LIST, "Whoever's it is.", late_keys),
    REPLY_SCHEMA("promises", REPLY_LIST, "Of the week before.", "promise"),
    REPLY_INSIDE("away", REPLY_LIST, "Who is away on some of its days.", away_keys),
    REPLY_SCHEMA("conflicts", REPLY_LIST, NULL, "conflict"),
    { 0 },
};

const struct reply_schema rituals_replies[] = {
    { .name = "week", .help = "A week of rituals, and what waits and is late.", .keys = week_keys },
    { 0 },
};
