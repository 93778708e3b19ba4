/*
 * What calendars, feeds and calendars from outside answer, for the OpenAPI page. Each in the order
 * in which its file writes it.
 */
#include "offers/reply_keys.h"
#include "rooms/calendar/calendar.h"

/* --- the days: calendar_view.c --- */

static const struct reply_key kind_keys[] = {
    TEXT_ALWAYS("kind", NULL),
    TEXT_ALWAYS("label", NULL),
    { 0 },
};

static const struct reply_key event_keys[] = {
    TEXT_ALWAYS("kind", "One of 'kinds'."),
    TEXT_ALWAYS("record", NULL),
    TEXT_ALWAYS("id", NULL),
    TEXT_OR_NULL("title", NULL),
    TEXT_OR_NULL("why", NULL),
    DAY("day", "In the zone of the calendar."),
    COUNT("days", "How many whole days; 0: it has a time of day."),
    TEXT_OR_NULL("at", "The time of day, such as 09:30; null: it lasts whole days."),
    STAMP_OR_NULL("from", NULL),
    STAMP_OR_NULL("until", NULL),
    FLAG("cancelled", NULL),
    FLAG("private", NULL),
    TEXT_OR_NULL("link", "Its page."),
    { 0 },
};

static const struct reply_key calendar_keys[] = {
    TEXT_ALWAYS("zone", NULL),
    DAY("today", NULL),
    DAY("from", NULL),
    DAY("to", "The last day."),
    REPLY_INSIDE("kinds", REPLY_LIST, NULL, kind_keys),
    REPLY_INSIDE("events", REPLY_LIST, NULL, event_keys),
    { 0 },
};

/* --- feeds: calendar_feed_doors.c --- */

#define FEED                                                                                       \
    TEXT_ALWAYS("id", NULL), TEXT_OR_NULL("name", NULL), TEXT_ALWAYS("scope", NULL),               \
        TEXT_OR_NULL("team", NULL), TEXT_OR_NULL("ritual", NULL), TEXT_OR_NULL("pack", NULL)

static const struct reply_key feed_made_keys[] = {
    FEED,
    TEXT_ALWAYS("path", "Its secret address, which is shown once."),
    { 0 },
};

static const struct reply_key feed_keys[] = {
    FEED,
    STAMP_OR_NULL("asked_at", "When a program last asked for it."),
    STAMP("created", NULL),
    COUNT("version", NULL),
    { 0 },
};

static const struct reply_key feeds_keys[] = {
    REPLY_INSIDE("feeds", REPLY_LIST, NULL, feed_keys),
    { 0 },
};

/* --- calendars from outside: outside_doors.c, outside_fetch_doors.c --- */

static const struct reply_key read_keys[] = {
    TEXT_ALWAYS("id", NULL), TEXT_ALWAYS("name", NULL), FLAG("is_private", NULL),
    COUNT("events", NULL),   TEXTS("warnings", NULL),   { 0 },
};

#define OF_AN_ADDRESS(name) STAMP_OR_NULL(name, "Null where it has no address.")

static const struct reply_key outside_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_ALWAYS("name", NULL),
    TEXT_OR_NULL("team", NULL),
    FLAG("is_private", NULL),
    COUNT("events", NULL),
    COUNT("warnings", "How many there were."),
    STAMP_OR_NULL("read_at", NULL),
    TEXT_OR_NULL("host", "Of its address; null: it comes from a file."),
    OF_AN_ADDRESS("asked_at"),
    OF_AN_ADDRESS("next_at"),
    TEXT_OR_NULL("failure", "Why it could not be asked for the last time."),
    STAMP_OR_NULL("failed_at", NULL),
    COUNT("version", NULL),
    { 0 },
};

static const struct reply_key outside_list_keys[] = {
    REPLY_SCHEMA("calendars", REPLY_LIST, NULL, "outside_calendar_told"),
    { 0 },
};

static const struct reply_key conflicts_keys[] = {
    TEXT_ALWAYS("zone", NULL),
    REPLY_SCHEMA("conflicts", REPLY_LIST, NULL, "conflict"),
    { 0 },
};

const struct reply_schema calendar_replies[] = {
    { .name = "calendar", .help = "What is on which day.", .keys = calendar_keys },
    { .name = "calendar_feed_made", .help = "A new feed.", .keys = feed_made_keys },
    { .name = "calendar_feeds", .help = "The feeds of who asks.", .keys = feeds_keys },
    { .name = "outside_calendar_read", .help = "What a file held.", .keys = read_keys },
    { .name = "outside_calendar_told",
      .help = "How a calendar from outside stands.",
      .keys = outside_keys },
    { .name = "outside_calendars",
      .help = "The calendars from outside of who asks.",
      .keys = outside_list_keys },
    { .name = "conflicts", .help = "Rituals that meet something else.", .keys = conflicts_keys },
    { 0 },
};
