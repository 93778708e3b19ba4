/* What people's doors answer that is no record, for the OpenAPI page; as the doors write it. */
#include "offers/reply_keys.h"
#include "rooms/people/people.h"

static const struct reply_key token_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_ALWAYS("name", NULL),
    TEXT_ALWAYS("token", "The secret, which is shown once."),
    { 0 },
};

static const struct reply_key presence_keys[] = {
    TEXT_ALWAYS("id", "Of the person."),
    STAMP("at", NULL),
    TEXT_ALWAYS("zone", "The person's."),
    DAY("day", "Where the person is."),
    TEXT_ALWAYS("presence", "working, off_hours, day_off, holiday, absent or unknown."),
    DAY_OR_NULL("away_until", "The last day; null: not away."),
    { 0 },
};

static const struct reply_key away_keys[] = {
    TEXT_ALWAYS("id", "Of the person."),
    TEXT_ALWAYS("person", NULL),
    DAY("first_day", NULL),
    DAY("last_day", NULL),
    { 0 },
};

static const struct reply_key away_list_keys[] = {
    REPLY_INSIDE("items", REPLY_LIST, NULL, away_keys),
    { 0 },
};

static const struct reply_key holidays_keys[] = {
    TEXT_ALWAYS("id", "Of the holiday calendar."),
    TEXT_ALWAYS("name", NULL),
    COUNT("new", "How many days came in."),
    COUNT("known", "How many were there already."),
    TEXTS("warnings", NULL),
    { 0 },
};

const struct reply_schema people_replies[] = {
    { .name = "token_made", .help = "A new token.", .keys = token_keys },
    { .name = "presence", .help = "Whether somebody is at work.", .keys = presence_keys },
    { .name = "away", .help = "Who is away.", .keys = away_list_keys },
    { .name = "holidays_read", .help = "What a file held.", .keys = holidays_keys },
    { 0 },
};
