/*
 * Room people: public holidays. One is everybody's, a team's, or in a calendar that teams and
 * persons follow: "Germany, Bavaria". Rituals and the days of persons read the same rows.
 */
#include "rooms/people/people.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct field holiday_calendar_fields[] = {
    [HOLIDAY_CALENDAR_NAME] = { .name = "name",
                                .label = "Name",
                                .kind = FIELD_TEXT,
                                .flags = FIELD_NEEDED | FIELD_UNIQUE,
                                .max = 200,
                                .help = "Whose public holidays they are: a country, a region." },
};

const struct record holiday_calendar_record = {
    .name = "holiday_calendar",
    .plural = "holiday_calendars",
    .prefix = "HCA",
    .label = "holiday calendar",
    .help = "Public holidays that teams and persons follow: 'rondo holiday import FILE.ics "
            "--calendar NAME'.",
    .field = holiday_calendar_fields,
    .field_count = COUNT(holiday_calendar_fields),
    .title = HOLIDAY_CALENDAR_NAME,
};

static const struct field holiday_fields[] = {
    [HOLIDAY_NAME] = { .name = "name",
                       .label = "Name",
                       .kind = FIELD_TEXT,
                       .flags = FIELD_NEEDED,
                       .max = 200,
                       .help = "What it is called." },
    [HOLIDAY_DAY] = { .name = "day",
                      .label = "Day",
                      .kind = FIELD_DATE,
                      .flags = FIELD_NEEDED | FIELD_INDEXED,
                      .help = "The day nobody works." },
    [HOLIDAY_TEAM] = { .name = "team",
                       .label = "Team",
                       .kind = FIELD_REF,
                       .refers = "team",
                       .flags = FIELD_BY_NAME,
                       .help = "For whom; empty: for all, or for who follows its calendar." },
    [HOLIDAY_CALENDAR] = { .name = "calendar",
                           .label = "Calendar",
                           .kind = FIELD_REF,
                           .refers = "holiday_calendar",
                           .flags = FIELD_BY_NAME | FIELD_OWNED,
                           .help = "The holiday calendar it belongs to: it is for the teams and "
                                   "persons that follow it." },
};

/* A team's calendar says for whom it is: both at once would be two answers. */
static bool holiday_check(struct call *call, const struct row *before, const struct row *after)
{
    (void)before;
    return value_is_null(after->value[HOLIDAY_TEAM]) ||
           value_is_null(after->value[HOLIDAY_CALENDAR]) ||
           fail_at(call, "calendar",
                   "a holiday is of a team or of a calendar: leave out one of them; a team follows "
                   "a calendar by its 'holiday_calendar'");
}

const struct record holiday_record = {
    .name = "holiday",
    .plural = "holidays",
    .prefix = "HOL",
    .label = "holiday",
    .help = "A day without rituals and without work: 'rondo holiday add --name NAME --day DATE'.",
    .field = holiday_fields,
    .field_count = COUNT(holiday_fields),
    .title = HOLIDAY_NAME,
    .unique = { { "day", "team" }, { "calendar", "day" } },
    .check = holiday_check,
};
