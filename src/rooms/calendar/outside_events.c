/* See outside_events.h. */
#include "rooms/calendar/outside_events.h"

#include "base/recurrence_times.h"
#include "rooms/calendar/outside_calendar.h"
#include "rooms/people/people.h"
#include "store/find.h"
#include "store/sql.h"

/* One walk over one calendar's events. */
struct reading {
    const struct calendar_ask *ask;
    rid calendar, person;
    text name, owner; /* `owner` for whoever reads no more than that the time is taken */
    bool is_owner, is_private;
    struct outside_times *times;
};

/* An event at rest. */
struct event {
    text title, place, zone, rule, left_out;
    stamp starts, ends;
    bool is_day, is_private, is_free;
};

/* --- whose --- */

static bool concerns(struct call *call, const struct calendar_ask *ask, rid person, rid team,
                     bool *does)
{
    rid asked = ask->person ? ask->person : call->actor.person;
    *does = person ? person == asked : team == ask->team;
    return person || ask->team || people_is_member(call, asked, team, does);
}

static bool settle_owner(struct call *call, rid team, struct reading *reading)
{
    const struct record *record = reading->person ? &person_record : &team_record;
    text owner = find_title(call, record, reading->person ? reading->person : team);
    reading->owner = CALL_JOIN(call, owner.at ? owner : TEXT("Somebody"), TEXT(": busy"));
    reading->is_owner = reading->person == call->actor.person;
    return reading->owner.at &&
           (reading->person ||
            people_is_member(call, call->actor.person, team, &reading->is_owner));
}

/* --- one event, on its days --- */

static int64_t day_of(stamp midnight)
{
    return midnight / STAMP_DAY - (midnight % STAMP_DAY < 0);
}

static bool settle_day(struct call *call, const struct calendar_ask *ask, stamp starts,
                       stamp length, struct outside_time *time)
{
    time->is_day = true;
    time->day = day_of(starts);
    time->days = (int)(length / STAMP_DAY);
    return stamp_from_local(call, ask->zone, time->day * STAMP_DAY, &time->from) &&
           stamp_from_local(call, ask->zone, (time->day + time->days) * STAMP_DAY, &time->until);
}

static bool add(struct call *call, const struct reading *reading, const struct event *event,
                stamp starts)
{
    struct outside_times *times = reading->times;
    stamp length = event->ends - event->starts;
    bool is_hidden = !reading->is_owner && (reading->is_private || event->is_private);
    struct outside_time time = {
        .calendar = reading->calendar,
        .person = reading->person,
        .calendar_name = reading->name,
        .from = starts,
        .until = starts + length,
        .is_free = event->is_free,
        .is_hidden = is_hidden,
    };
    if (event->is_day && !settle_day(call, reading->ask, starts, length, &time))
        return false;
    if (time.from >= reading->ask->until ||
        (time.until <= reading->ask->from && time.from < reading->ask->from))
        return true;
    text title = event->title.size ? event->title : TEXT("Without a title");
    time.title = is_hidden ? reading->owner : call_text(call, title);
    time.place = is_hidden || !event->place.at ? TEXT_NONE : call_text(call, event->place);
    times->time = call_more(call, times->time, times->count, &times->room, sizeof time);
    if (!times->time || !time.title.at)
        return false;
    times->time[times->count++] = time;
    return true;
}

static bool read_left_out(struct call *call, text words, stamp **at, size_t *count)
{
    size_t room = 0;
    *at = NULL;
    *count = 0;
    while (words.size) {
        int64_t one;
        text word = text_cut(words, ' ', &words);
        *at = call_more(call, *at, *count, &room, sizeof **at);
        if (!*at)
            return false;
        if (text_to_int(word, &one))
            (*at)[(*count)++] = one;
    }
    return true;
}

static bool start_of(struct call *call, const struct event *event, struct recurrence_start *start)
{
    int seconds;
    text zone = event->zone.at ? call_text(call, event->zone) : TEXT("UTC");
    *start = (struct recurrence_start){ .is_day = event->is_day, .day = day_of(event->starts) };
    if (event->is_day)
        return true;
    if (!zone.at || !zone_offset(call, zone, event->starts, &seconds))
        return false;
    stamp clock = event->starts + seconds * STAMP_SECOND;
    start->day = day_of(clock);
    start->clock = clock - start->day * STAMP_DAY;
    start->zone = zone;
    return true;
}

static bool add_recurring(struct call *call, const struct reading *reading,
                          const struct event *event)
{
    const struct calendar_ask *ask = reading->ask;
    struct recurrence_start start;
    struct recurrence_times times;
    stamp *left_out;
    size_t count;
    /* Whole days are midnights in UTC, which a zone's are at most a day away from. */
    stamp from = ask->from - (event->ends - event->starts) - STAMP_DAY;
    if (!read_left_out(call, event->left_out, &left_out, &count) ||
        !start_of(call, event, &start) ||
        !recurrence_times(call, event->rule, &start, from, ask->until + STAMP_DAY, left_out, count,
                          &times))
        return false;
    for (size_t i = 0; i < times.count; i++)
        if (!add(call, reading, event, times.at[i]))
            return false;
    return true;
}

/* --- all --- */

static struct event event_of(struct sql *sql)
{
    return (struct event){ .title = sql_text(sql, 0),
                           .place = sql_text(sql, 1),
                           .starts = sql_int(sql, 2),
                           .ends = sql_int(sql, 3),
                           .is_day = sql_int(sql, 4),
                           .zone = sql_text(sql, 5),
                           .rule = sql_text(sql, 6),
                           .left_out = sql_text(sql, 7),
                           .is_private = sql_int(sql, 8),
                           .is_free = sql_int(sql, 9) };
}

static struct sql *ask_events(struct call *call, const struct reading *reading)
{
    struct sql *sql =
        SQL(call, "SELECT title, place, starts, ends, is_day, zone, rule, left_out, is_private, "
                  "is_free FROM outside_event WHERE calendar = ?1 AND starts < ?3 AND (rule IS NOT "
                  "NULL OR ends >= ?2) ORDER BY number");
    if (!sql)
        return NULL;
    sql_bind_int(sql, 1, reading->calendar);
    sql_bind_int(sql, 2, reading->ask->from - STAMP_DAY);
    sql_bind_int(sql, 3, reading->ask->until + STAMP_DAY);
    return sql;
}

static bool read_events(struct call *call, const struct reading *reading)
{
    struct sql *sql = ask_events(call, reading);
    enum sql_step step = SQL_FAILED;
    while (sql && (step = sql_step(call, sql)) == SQL_ROW) {
        struct event event = event_of(sql);
        if (!(event.rule.at ? add_recurring(call, reading, &event)
                            : add(call, reading, &event, event.starts)))
            break;
    }
    if (sql)
        sql_done(sql);
    return step == SQL_DONE;
}

static bool read_calendar(struct call *call, const struct calendar_ask *ask,
                          const struct row *calendar, struct outside_times *times)
{
    const struct value *value = calendar->value;
    rid team = value_as_int(value[OUTSIDE_CALENDAR_TEAM]);
    struct reading reading = {
        .ask = ask,
        .calendar = calendar->id,
        .person = value_as_int(value[OUTSIDE_CALENDAR_PERSON]),
        .name = value_as_text(value[OUTSIDE_CALENDAR_NAME]),
        .is_private = value_as_bool(value[OUTSIDE_CALENDAR_IS_PRIVATE]),
        .times = times,
    };
    bool does;
    return concerns(call, ask, reading.person, team, &does) &&
           (!does || (settle_owner(call, team, &reading) && read_events(call, &reading)));
}

bool outside_events_read(struct call *call, const struct calendar_ask *ask,
                         struct outside_times *times)
{
    struct query query;
    struct rows rows;
    *times = (struct outside_times){ .time = NULL };
    query_init(&query, &outside_calendar_record);
    if (!find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!read_calendar(call, ask, &rows.row[i], times))
            return false;
    return true;
}

/* --- in a calendar --- */

static bool add_event(struct call *call, const struct calendar_ask *ask,
                      const struct outside_time *time, struct calendar *calendar)
{
    struct calendar_event event = {
        .kind = CALENDAR_OUTSIDE,
        .title = time->title,
        .why = CALL_JOIN(call, TEXT("From the calendar '"), time->calendar_name, TEXT("'")),
        .record = &outside_calendar_record,
        .row = time->calendar,
        .person = time->person,
        .is_private = time->is_hidden,
    };
    if (!event.why.at || !calendar_at(call, ask->zone, time->from, &event))
        return false;
    event.minutes = (int)((time->until - time->from) / STAMP_MINUTE);
    if (time->is_day) {
        event.day = time->day;
        event.days = time->days;
        event.minute = event.minutes = 0;
    }
    return calendar_add(call, calendar, event);
}

/* They come from calendars: what goes out to one would come back. */
bool outside_events_collect(struct call *call, const struct calendar_ask *ask,
                            struct calendar *calendar)
{
    struct outside_times times;
    if (ask->record || ask->goes_out)
        return true;
    if (!outside_events_read(call, ask, &times))
        return false;
    for (size_t i = 0; i < times.count; i++)
        if (!add_event(call, ask, &times.time[i], calendar))
            return false;
    return true;
}
