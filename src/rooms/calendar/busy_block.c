/*
 * Room calendar: time that a person keeps. What it is for is a field that only its author reads,
 * which the store itself sees to: every door, search and history has "Busy" and the hours.
 */
#include "rooms/calendar/busy_block.h"

#include "base/recurrence.h"
#include "rooms/calendar/calendar.h"
#include "rooms/people/people.h"
#include "store/find.h"

enum { MINUTES_MAX = 24 * 60 };

static const struct field busy_block_fields[] = {
    [BUSY_BLOCK_TITLE] = { .name = "title",
                           .label = "Seen by others",
                           .kind = FIELD_TEXT,
                           .flags = FIELD_NEEDED,
                           .max = 200,
                           .fallback = "Busy",
                           .help = "What everybody sees of it." },
    [BUSY_BLOCK_WHAT] = { .name = "what",
                          .label = "What it is",
                          .kind = FIELD_TEXT,
                          .flags = FIELD_PRIVATE,
                          .help = "What it is for; only its author reads it." },
    [BUSY_BLOCK_PERSON] = { .name = "person",
                            .label = "Person",
                            .kind = FIELD_REF,
                            .refers = "person",
                            .flags = FIELD_COUNTED | FIELD_BY_NAME | FIELD_INDEXED,
                            .help = "Whose time it is: who made it." },
    [BUSY_BLOCK_STARTS] = { .name = "starts",
                            .label = "First day",
                            .kind = FIELD_DATE,
                            .flags = FIELD_NEEDED,
                            .help = "Its day, or the first one of its rule." },
    [BUSY_BLOCK_AT] = { .name = "at",
                        .label = "Time of day",
                        .kind = FIELD_TEXT,
                        .flags = FIELD_NEEDED,
                        .max = 5,
                        .help = "When it begins, such as 17:30." },
    [BUSY_BLOCK_MINUTES] = { .name = "minutes",
                             .label = "Minutes",
                             .kind = FIELD_INT,
                             .flags = FIELD_NEEDED,
                             .fallback = "60",
                             .min = 1,
                             .max = MINUTES_MAX,
                             .help = "How long it takes." },
    [BUSY_BLOCK_RULE] = { .name = "rule",
                          .label = "Rule",
                          .kind = FIELD_TEXT,
                          .max = 500,
                          .help = "On which days it is again, as iCalendar says it: "
                                  "FREQ=WEEKLY;BYDAY=MO,TU; empty: once." },
    [BUSY_BLOCK_ZONE] = { .name = "zone",
                          .label = "Time zone",
                          .kind = FIELD_ZONE,
                          .help = "Where its time of day is meant; empty: the person's zone." },
};

static bool busy_block_settle(struct call *call, const struct row *before, struct row *after)
{
    if (!before && value_is_null(after->value[BUSY_BLOCK_PERSON]))
        after->value[BUSY_BLOCK_PERSON] = value_ref(call->actor.person);
    return true;
}

static bool check_person(struct call *call, const struct row *row)
{
    return call->all_rows || call->door == DOOR_IMPORT ||
           value_as_int(row->value[BUSY_BLOCK_PERSON]) == call->actor.person ||
           fail(call, FAIL_FORBIDDEN, "this is somebody else's time: only its person changes it");
}

static bool busy_block_check(struct call *call, const struct row *before, const struct row *after)
{
    int minute;
    text rule = value_as_text(after->value[BUSY_BLOCK_RULE]);
    return check_person(call, before ? before : after) &&
           minute_read(call, "at", value_as_text(after->value[BUSY_BLOCK_AT]), &minute) &&
           (!rule.size ||
            recurrence_check(call, rule, value_as_int(after->value[BUSY_BLOCK_STARTS])));
}

static bool busy_block_check_drop(struct call *call, const struct row *row)
{
    return check_person(call, row);
}

static const char *const busy_block_listed[] = { "person", "starts", "at", "minutes", "rule",
                                                 NULL };

const struct record busy_block_record = {
    .name = "busy_block",
    .plural = "busy_blocks",
    .prefix = "BSY",
    .label = "busy block",
    .help = "Time that a person keeps, whose purpose nobody else reads: 'rondo busy-block add "
            "--starts DAY --at 17:30 --minutes 60 --what WORDS'.",
    .field = busy_block_fields,
    .field_count = BUSY_BLOCK_FIELDS,
    .title = BUSY_BLOCK_TITLE,
    .listed = busy_block_listed,
    .check = busy_block_check,
    .check_drop = busy_block_check_drop,
    .settle = busy_block_settle,
    .writers = ROLE_VIEWER | ROLE_MEMBER | ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
};

/* --- in a calendar --- */

static bool concerns(struct call *call, const struct calendar_ask *ask, rid person, bool *does)
{
    *does = !ask->person || ask->person == person;
    return !ask->team || !*does || people_is_member(call, person, ask->team, does);
}

/* Others read whose time it is and what its person wants them to read. */
static text title_of(struct call *call, const struct row *block, bool *is_private)
{
    text what = value_as_text(block->value[BUSY_BLOCK_WHAT]);
    text title = value_as_text(block->value[BUSY_BLOCK_TITLE]);
    rid person = value_as_int(block->value[BUSY_BLOCK_PERSON]);
    *is_private = person != call->actor.person;
    if (!*is_private)
        return what.size ? what : title;
    return CALL_JOIN(call, find_title(call, &person_record, person), TEXT(": "), title);
}

static bool add_block(struct call *call, const struct row *block, struct calendar *calendar)
{
    rid person = value_as_int(block->value[BUSY_BLOCK_PERSON]);
    bool has_day;
    struct calendar_event event = {
        .kind = CALENDAR_BUSY,
        .day = value_as_int(block->value[BUSY_BLOCK_STARTS]),
        .minutes = (int)value_as_int(block->value[BUSY_BLOCK_MINUTES]),
        .zone = value_as_text(block->value[BUSY_BLOCK_ZONE]),
        .rule = value_as_text(block->value[BUSY_BLOCK_RULE]),
        .sequence = block->version - 1,
        .changed = block->changed,
        .record = &busy_block_record,
        .row = block->id,
        .person = person,
    };
    event.title = title_of(call, block, &event.is_private);
    return event.title.at &&
           minute_read(call, "at", value_as_text(block->value[BUSY_BLOCK_AT]), &event.minute) &&
           (event.zone.at || people_person_zone(call, person, &event.zone)) &&
           calendar_first_day(call, event.rule, event.day, &event.day, &has_day) &&
           (!has_day || calendar_add(call, calendar, event));
}

bool busy_block_collect(struct call *call, const struct calendar_ask *ask,
                        struct calendar *calendar)
{
    struct query query;
    struct rows rows;
    query_init(&query, &busy_block_record);
    if (ask->record)
        return true;
    if (!find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        bool does;
        if (!concerns(call, ask, value_as_int(rows.row[i].value[BUSY_BLOCK_PERSON]), &does) ||
            (does && !add_block(call, &rows.row[i], calendar)))
            return false;
    }
    return true;
}
