/*
 * Who is there when, out of working hours, absences and public holidays. See people.h for what is
 * promised. A day is a day of the person's clock: whoever has an instant asks people_day_at first.
 */
#include "rooms/people/people_presence.h"

#include "base/visible.h"
#include "rooms/people/working_days.h"
#include "store/find.h"

#include <stdlib.h>

/* Between two absences that are one lie no more days off than these. */
enum { GAP_DAYS = 14 };

const char *people_presence_word(enum people_presence presence)
{
    static const char *const words[] = {
        [PRESENCE_ABSENT] = "absent",   [PRESENCE_HOLIDAY] = "holiday",
        [PRESENCE_DAY_OFF] = "day_off", [PRESENCE_OFF_HOURS] = "off_hours",
        [PRESENCE_WORKING] = "working", [PRESENCE_UNKNOWN] = "unknown",
    };
    return words[presence];
}

/* --- reading --- */

/* One person, and what decides on the person's days. */
struct person_days {
    struct row person;
    unsigned working_days;
    struct rows absences; /* all of them, by their first day: they do not overlap */
};

static int compare_absences(const void *left, const void *right)
{
    int64_t one = value_as_int(((const struct row *)left)->value[ABSENCE_FIRST_DAY]);
    int64_t other = value_as_int(((const struct row *)right)->value[ABSENCE_FIRST_DAY]);
    return one < other ? -1 : one > other;
}

static bool rows_of(struct call *call, const struct record *record, int field, rid id,
                    struct rows *rows)
{
    struct query query;
    query_init(&query, record);
    return query_add(call, &query, field, FILTER_IS, value_ref(id)) &&
           find_rows(call, &query, rows);
}

static bool read_absences(struct call *call, struct person_days *days)
{
    if (!rows_of(call, &absence_record, ABSENCE_PERSON, days->person.id, &days->absences))
        return false;
    if (days->absences.count > 1)
        qsort(days->absences.row, days->absences.count, sizeof *days->absences.row,
              compare_absences);
    return true;
}

static bool read_inside(struct call *call, rid person, struct person_days *days)
{
    *days = (struct person_days){ .working_days = WORKING_DAYS_USUAL };
    if (!find_row(call, &person_record, person, &days->person) || !read_absences(call, days))
        return false;
    (void)working_days_read(value_as_text(days->person.value[PERSON_WORKING_DAYS]),
                            &days->working_days);
    return true;
}

/* That somebody is away is for everybody, so that no row has to be hidden in part. */
static bool days_read(struct call *call, rid person, struct person_days *days)
{
    bool all_rows = call->all_rows;
    call->all_rows = true;
    bool is_read = read_inside(call, person, days);
    call->all_rows = all_rows;
    return is_read;
}

/* --- days --- */

static const struct row *absence_on(const struct person_days *days, int64_t day)
{
    for (size_t i = 0; i < days->absences.count; i++) {
        const struct row *row = &days->absences.row[i];
        if (value_as_int(row->value[ABSENCE_FIRST_DAY]) <= day &&
            day <= value_as_int(row->value[ABSENCE_LAST_DAY]))
            return row;
    }
    return NULL;
}

static bool has_id(const rid *list, size_t count, rid id)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == id)
            return true;
    return false;
}

/* Whether a team that the person is in follows the calendar. */
static bool team_follows(struct call *call, rid person, rid calendar, bool *follows)
{
    struct rows teams;
    *follows = false;
    if (!rows_of(call, &team_record, TEAM_HOLIDAY_CALENDAR, calendar, &teams))
        return false;
    for (size_t i = 0; i < teams.count && !*follows; i++)
        if (!people_is_member(call, person, teams.row[i].id, follows))
            return false;
    return true;
}

/* Who follows a calendar of one's own is elsewhere than the team is. */
bool people_has_holiday(struct call *call, const struct row *person, const struct row *holiday,
                        bool *has)
{
    rid team = value_as_int(holiday->value[HOLIDAY_TEAM]);
    rid calendar = value_as_int(holiday->value[HOLIDAY_CALENDAR]);
    rid own = value_as_int(person->value[PERSON_HOLIDAY_CALENDAR]);
    bool is_for_all = !team && !calendar;
    *has = is_for_all || (own && calendar == own);
    if (is_for_all || own)
        return true;
    return team ? people_is_member(call, person->id, team, has)
                : team_follows(call, person->id, calendar, has);
}

static bool is_holiday(struct call *call, const struct row *person, int64_t day, bool *is)
{
    struct query query;
    struct rows holidays;
    *is = false;
    query_init(&query, &holiday_record);
    if (!query_add(call, &query, HOLIDAY_DAY, FILTER_IS, value_int(day)) ||
        !find_rows(call, &query, &holidays))
        return false;
    for (size_t i = 0; i < holidays.count && !*is; i++)
        if (!people_has_holiday(call, person, &holidays.row[i], is))
            return false;
    return true;
}

static bool kind_of(struct call *call, const struct person_days *days, int64_t day,
                    enum people_day *kind)
{
    bool is;
    *kind = PEOPLE_DAY_ABSENT;
    if (absence_on(days, day))
        return true;
    if (!is_holiday(call, &days->person, day, &is))
        return false;
    *kind = is                                          ? PEOPLE_DAY_HOLIDAY
            : working_days_has(days->working_days, day) ? PEOPLE_DAY_WORKING
                                                        : PEOPLE_DAY_OFF;
    return true;
}

bool people_day(struct call *call, rid person, int64_t day, enum people_day *kind)
{
    struct person_days days;
    return days_read(call, person, &days) && kind_of(call, &days, day, kind);
}

bool people_is_there(struct call *call, rid person, int64_t day, bool *is_there)
{
    enum people_day kind;
    if (!people_day(call, person, day, &kind))
        return false;
    *is_there = kind == PEOPLE_DAY_WORKING;
    return true;
}

/* --- on end --- */

/* Whether all days between the two, neither included, are off. */
static bool is_off_between(struct call *call, const struct person_days *days, int64_t from,
                           int64_t to, bool *is_off)
{
    enum people_day kind;
    *is_off = to - from <= GAP_DAYS;
    for (int64_t day = from + 1; day < to && *is_off; day++) {
        if (!kind_of(call, days, day, &kind))
            return false;
        *is_off = kind != PEOPLE_DAY_WORKING;
    }
    return true;
}

/* The absences from that one on that are one; `end` becomes the number of the first that is not. */
static bool stretch_of(struct call *call, const struct person_days *days, size_t first, size_t *end)
{
    const struct row *row = days->absences.row;
    bool is_off = true;
    *end = first + 1;
    while (*end < days->absences.count) {
        if (!is_off_between(call, days, value_as_int(row[*end - 1].value[ABSENCE_LAST_DAY]),
                            value_as_int(row[*end].value[ABSENCE_FIRST_DAY]), &is_off))
            return false;
        if (!is_off)
            return true;
        ++*end;
    }
    return true;
}

/* The stretches that touch from..to, as `first`..`last` of each; at most one per absence. */
static bool stretches(struct call *call, const struct person_days *days, int64_t from, int64_t to,
                      struct people_away *list, size_t *count)
{
    const struct row *row = days->absences.row;
    *count = 0;
    for (size_t i = 0, end; i < days->absences.count; i = end) {
        if (!stretch_of(call, days, i, &end))
            return false;
        int64_t first = value_as_int(row[i].value[ABSENCE_FIRST_DAY]);
        int64_t last = value_as_int(row[end - 1].value[ABSENCE_LAST_DAY]);
        if (first <= to && last >= from)
            list[(*count)++] = (struct people_away){
                .person = days->person.id,
                .name = value_as_text(days->person.value[PERSON_NAME]),
                .first_day = first,
                .last_day = last,
            };
    }
    return true;
}

bool people_away_until(struct call *call, rid person, int64_t day, bool *is_away, int64_t *until)
{
    struct person_days days;
    struct people_away *list;
    size_t count;
    *is_away = false;
    if (!days_read(call, person, &days) ||
        !(list = call_array(call, days.absences.count + 1, sizeof *list)) ||
        !stretches(call, &days, day, day, list, &count))
        return false;
    *is_away = count > 0;
    if (count)
        *until = list[0].last_day;
    return true;
}

/* --- who is away --- */

static int compare_away(const void *left, const void *right)
{
    const struct people_away *a = left, *b = right;
    if (a->first_day != b->first_day)
        return a->first_day < b->first_day ? -1 : 1;
    return text_compare(a->name, b->name);
}

/* Persons with an absence in from..to, each once, in the order of their absences. */
static bool persons_away(struct call *call, int64_t from, int64_t to, rid **persons, size_t *count)
{
    struct query query;
    struct rows rows;
    *count = 0;
    query_init(&query, &absence_record);
    if (!query_add(call, &query, ABSENCE_FIRST_DAY, FILTER_AT_MOST, value_int(to)) ||
        !query_add(call, &query, ABSENCE_LAST_DAY, FILTER_AT_LEAST, value_int(from)) ||
        !find_rows(call, &query, &rows) ||
        !(*persons = call_array(call, rows.count + 1, sizeof **persons)))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        rid person = value_as_int(rows.row[i].value[ABSENCE_PERSON]);
        if (!has_id(*persons, *count, person))
            (*persons)[(*count)++] = person;
    }
    return true;
}

static bool add_person(struct call *call, rid person, int64_t from, int64_t to,
                       struct people_away **away, size_t *count, size_t *room)
{
    struct person_days days;
    struct people_away *list;
    size_t found;
    if (!days_read(call, person, &days) ||
        !(list = call_array(call, days.absences.count + 1, sizeof *list)) ||
        !stretches(call, &days, from, to, list, &found))
        return false;
    if (days.person.archived || value_as_bool(days.person.value[PERSON_IS_ROBOT]))
        return true;
    for (size_t i = 0; i < found; i++) {
        *away = call_more(call, *away, *count, room, sizeof **away);
        if (!*away)
            return false;
        (*away)[(*count)++] = list[i];
    }
    return true;
}

static bool away_between(struct call *call, rid team, int64_t from, int64_t to,
                         struct people_away **away, size_t *count)
{
    rid *persons;
    size_t person_count, room = 0;
    if (!persons_away(call, from, to, &persons, &person_count))
        return false;
    for (size_t i = 0; i < person_count; i++) {
        bool is_member = true;
        if ((team && !people_is_member(call, persons[i], team, &is_member)) ||
            (is_member && !add_person(call, persons[i], from, to, away, count, &room)))
            return false;
    }
    if (*count > 1)
        qsort(*away, *count, sizeof **away, compare_away);
    return true;
}

bool people_away_between(struct call *call, rid team, int64_t from, int64_t to,
                         struct people_away **away, size_t *count)
{
    bool all_rows = call->all_rows;
    *away = NULL;
    *count = 0;
    call->all_rows = true; /* as days_read */
    bool is_read = away_between(call, team, from, to, away, count);
    call->all_rows = all_rows;
    return is_read;
}

void people_away_write_json(struct call *call, const struct people_away *away, size_t count,
                            struct json_writer *writer)
{
    char date[DATE_TEXT_SIZE];
    json_list(writer);
    for (size_t i = 0; i < count; i++) {
        json_object(writer);
        json_put_text(writer, "id", row_public_id(call, &person_record, away[i].person));
        json_put_text(writer, "person", away[i].name);
        date_write(away[i].first_day, date);
        json_put_string(writer, "first_day", date);
        date_write(away[i].last_day, date);
        json_put_string(writer, "last_day", date);
        json_object_end(writer);
    }
    json_list_end(writer);
}

void people_away_write_lines(const struct people_away *away, size_t count, struct out *out)
{
    for (size_t i = 0; i < count; i++) {
        char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
        date_write(away[i].first_day, first);
        date_write(away[i].last_day, last);
        out_string(out, "- ");
        visible_write(out, away[i].name);
        if (away[i].first_day == away[i].last_day)
            out_format(out, ": %s\n", first);
        else
            out_format(out, ": %s to %s\n", first, last);
    }
}

/* --- hours --- */

bool people_day_at(struct call *call, rid person, stamp at, int64_t *day)
{
    text zone;
    return people_person_zone(call, person, &zone) && day_of_stamp(call, zone, at, day);
}

static bool is_counted(enum people_day kind)
{
    return kind == PEOPLE_DAY_WORKING || kind == PEOPLE_DAY_ABSENT;
}

/* Nobody works as most do. */
static bool days_of_anybody(struct call *call, rid person, struct person_days *days)
{
    bool is_here;
    *days = (struct person_days){ .working_days = WORKING_DAYS_USUAL };
    return people_is_here(call, person, &is_here) &&
           (is_here ? days_read(call, person, days)
                    : row_init(call, &person_record, &days->person));
}

bool people_after_working_days(struct call *call, rid person, stamp at, int days, stamp *end)
{
    enum { LOOK_AHEAD_DAYS = 366 };
    struct person_days of;
    enum people_day kind;
    int64_t day, last;
    text zone;
    if (!days_of_anybody(call, person, &of) || !people_person_zone(call, person, &zone) ||
        !day_of_stamp(call, zone, at, &day))
        return false;
    for (last = day + LOOK_AHEAD_DAYS; days > 0 && day < last; days -= is_counted(kind))
        if (!kind_of(call, &of, ++day, &kind))
            return false;
    return stamp_from_local(call, zone, (day + 1) * STAMP_DAY, end);
}

/* The minute of the clock at an instant, and the day. */
static bool clock_at(struct call *call, const struct row *person, stamp at, int64_t *day,
                     int *minute)
{
    text zone = value_as_text(person->value[PERSON_ZONE]);
    int seconds;
    if (!zone.at)
        zone = call->workspace_zone;
    if (!zone_offset(call, zone, at, &seconds) || !day_of_stamp(call, zone, at, day))
        return false;
    *minute = (int)((at + seconds * STAMP_SECOND - *day * STAMP_DAY) / STAMP_MINUTE);
    return true;
}

static enum people_presence presence_of(enum people_day kind)
{
    static const enum people_presence presences[] = {
        [PEOPLE_DAY_ABSENT] = PRESENCE_ABSENT,
        [PEOPLE_DAY_HOLIDAY] = PRESENCE_HOLIDAY,
        [PEOPLE_DAY_OFF] = PRESENCE_DAY_OFF,
        [PEOPLE_DAY_WORKING] = PRESENCE_OFF_HOURS,
    };
    return presences[kind];
}

/* The end of a night that began the day before belongs to that day. */
static bool is_in_hours(struct call *call, const struct person_days *days, int64_t day, int minute,
                        int from, int until, bool *is_inside)
{
    enum people_day kind;
    bool is_night = until < from;
    if (is_night && minute < until)
        day--;
    else if (minute < from || (!is_night && minute >= until)) {
        *is_inside = false;
        return true;
    }
    if (!kind_of(call, days, day, &kind))
        return false;
    *is_inside = kind == PEOPLE_DAY_WORKING;
    return true;
}

bool people_working_at(struct call *call, rid person, stamp at, enum people_presence *presence)
{
    struct person_days days;
    enum people_day kind;
    int64_t day;
    int minute, from, until;
    bool is_inside;
    if (!days_read(call, person, &days) || !clock_at(call, &days.person, at, &day, &minute) ||
        !kind_of(call, &days, day, &kind))
        return false;
    *presence = presence_of(kind);
    if (value_is_null(days.person.value[PERSON_WORKING_FROM])) {
        if (kind == PEOPLE_DAY_WORKING)
            *presence = PRESENCE_UNKNOWN;
        return true;
    }
    if (!minute_read(call, "working_from", value_as_text(days.person.value[PERSON_WORKING_FROM]),
                     &from) ||
        !minute_read(call, "working_until", value_as_text(days.person.value[PERSON_WORKING_UNTIL]),
                     &until) ||
        !is_in_hours(call, &days, day, minute, from, until, &is_inside))
        return false;
    if (is_inside)
        *presence = PRESENCE_WORKING;
    return true;
}

/* --- in words --- */

bool people_warn_away(struct call *call, rid person, struct value due)
{
    int64_t day, until;
    bool is_away, has_due = !value_is_null(due) && value_as_int(due) > call->now;
    char due_words[DATE_TEXT_SIZE], until_words[DATE_TEXT_SIZE];
    if (call->all_rows || call->door == DOOR_IMPORT)
        return true;
    if (!people_day_at(call, person, has_due ? value_as_int(due) : call->now, &day) ||
        !people_away_until(call, person, day, &is_away, &until))
        return false;
    if (!is_away)
        return true;
    text name = find_title(call, &person_record, person);
    date_write(day, due_words);
    date_write(until, until_words);
    if (has_due)
        call_warn(call, "%.*s is away until %s, and this is due on %s", TEXT_FMT(name), until_words,
                  due_words);
    else
        call_warn(call, "%.*s is away until %s", TEXT_FMT(name), until_words);
    return call->fail.kind == FAIL_NONE;
}

bool people_check_assigned(struct call *call, const struct row *before, const struct row *after,
                           int field)
{
    struct value named = after->value[field];
    bool is_new = !value_is_null(named) && !(before && value_equal(before->value[field], named));
    return people_check_here(call, before, after, field) &&
           (!is_new || people_warn_away(call, value_as_int(named), VALUE_NONE));
}

bool people_remark(struct call *call, const struct row *person, text *words)
{
    int64_t today, until;
    bool is_away;
    char date[DATE_TEXT_SIZE];
    *words = TEXT_NONE;
    if (!people_day_at(call, person->id, call->now, &today) ||
        !people_away_until(call, person->id, today, &is_away, &until))
        return false;
    if (!is_away)
        return true;
    date_write(until, date);
    *words = call_format(call, "away until %s", date);
    return words->at != NULL;
}
