/* The record `standup`: what a person says of a day. */
#include "base/stamp.h"
#include "rooms/day/day.h"
#include "store/find.h"

#define PROSE(field_name, field_label, field_help)                                                 \
    {                                                                                              \
        .name = field_name, .label = field_label, .kind = FIELD_PROSE, .flags = FIELD_SEARCHED,    \
        .help = field_help                                                                         \
    }

static const struct field standup_fields[] = {
    [STANDUP_PERSON] = { .name = "person",
                         .label = "Person",
                         .kind = FIELD_REF,
                         .refers = "person",
                         .flags = FIELD_BY_NAME | FIELD_FIXED | FIELD_INDEXED,
                         .help = "Whose standup it is; else who writes it." },
    [STANDUP_DAY] = { .name = "day",
                      .label = "Day",
                      .kind = FIELD_DATE,
                      .flags = FIELD_FIXED | FIELD_INDEXED,
                      .help = "The day; else today where the person is." },
    [STANDUP_PROGRESS] = PROSE("progress", "Progress", "What moved since the last standup."),
    [STANDUP_TODAY] = PROSE("today", "Today", "What is to be done today, a line for each."),
    [STANDUP_BLOCKERS] = PROSE("blockers", "Blockers", "What is in the way."),
    [STANDUP_HELP] = PROSE("help_offered", "Help offered", "What others can have help with."),
    [STANDUP_LEARNED] = PROSE("learned", "Learned", "What was learned."),
    [STANDUP_TITLE] = { .name = "title",
                        .label = "Title",
                        .kind = FIELD_TEXT,
                        .flags = FIELD_COUNTED,
                        .help = "Person and day." },
};

static bool standup_settle(struct call *call, const struct row *before, struct row *standup)
{
    int64_t today;
    text zone;
    char day[DATE_TEXT_SIZE];
    if (before)
        return true;
    if (value_is_null(standup->value[STANDUP_PERSON]))
        standup->value[STANDUP_PERSON] = value_ref(call->actor.person);
    rid person = value_as_int(standup->value[STANDUP_PERSON]);
    if (!day_today(call, person, &today, &zone))
        return false;
    if (value_is_null(standup->value[STANDUP_DAY]))
        standup->value[STANDUP_DAY] = value_int(today);
    date_write(value_as_int(standup->value[STANDUP_DAY]), day);
    text name = find_title(call, catalog_record(call->catalog, TEXT("person")), person);
    standup->value[STANDUP_TITLE] =
        value_text(call_format(call, "%.*s, %s", TEXT_FMT(name), day));
    return call->fail.kind == FAIL_NONE;
}

static const char *const standup_listed[] = { "person", "day", NULL };

const struct record standup_record = {
    .name = "standup",
    .plural = "standups",
    .prefix = "STA",
    .label = "standup",
    .help = "What a person did, does and needs on a day: 'rondo standup --write'.",
    .field = standup_fields,
    .field_count = sizeof standup_fields / sizeof standup_fields[0],
    .title = STANDUP_TITLE,
    .listed = standup_listed,
    .unique = { { "person", "day" } },
    .sought = { "person", "created" },
    .settle = standup_settle,
};
