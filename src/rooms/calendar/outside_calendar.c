/*
 * See outside_calendar.h. A rule is stored as it came and never as its days; an occurrence that is
 * otherwise is a day left out and an event of its own.
 */
#include "rooms/calendar/outside_calendar.h"

#include "base/recurrence_times.h"
#include "ledger/audit.h"
#include "ledger/ledger.h"
#include "ledger/verify.h"
#include "rooms/people/people.h"
#include "store/find.h"
#include "store/sql.h"

enum { WORDS_BYTES_MAX = 500, SHOWN_MAX = 60 };

/* Days are their midnights in UTC; `left_out` is a list of such instants with blanks. */
static const struct column event_columns[] = {
    { "calendar", COLUMN_INT, true },   { "number", COLUMN_INT, true },
    { "uid", COLUMN_TEXT, true },       { "title", COLUMN_TEXT, false },
    { "place", COLUMN_TEXT, false },    { "starts", COLUMN_INT, true },
    { "ends", COLUMN_INT, true },       { "is_day", COLUMN_INT, true },
    { "zone", COLUMN_TEXT, false },     { "rule", COLUMN_TEXT, false },
    { "left_out", COLUMN_TEXT, false }, { "is_private", COLUMN_INT, true },
    { "is_free", COLUMN_INT, true },    { .name = NULL },
};

const struct table outside_event_table = {
    .name = "outside_event",
    .column = event_columns,
    .key = { "calendar", "number" },
    .lies_by_key = true,
};

/* --- one of that name --- */

bool outside_calendar_find(struct call *call, const struct outside_wish *wish,
                           struct row *calendar)
{
    struct query query;
    int field = wish->team ? OUTSIDE_CALENDAR_TEAM : OUTSIDE_CALENDAR_PERSON;
    rid owner = wish->team ? wish->team : call->actor.person;
    query_init(&query, &outside_calendar_record);
    if (!query_add(call, &query, field, FILTER_IS, value_ref(owner)) ||
        !query_add(call, &query, OUTSIDE_CALENDAR_NAME, FILTER_IS, value_text(wish->name)))
        return false;
    if (find_first(call, &query, calendar))
        return true;
    if (call->fail.kind != FAIL_NONE || !row_init(call, &outside_calendar_record, calendar))
        return false;
    calendar->value[OUTSIDE_CALENDAR_NAME] = value_text(wish->name);
    calendar->value[OUTSIDE_CALENDAR_TEAM] = value_ref(wish->team);
    calendar->value[OUTSIDE_CALENDAR_IS_PRIVATE] = value_bool(!wish->is_shown);
    return true;
}

/* --- its events at rest --- */

struct taking {
    rid calendar;
    int64_t count;
    struct ics_calendar *read; /* takes what is to be said of its rules */
    bool is_zone_told;
};

static bool is_cancelled(text status)
{
    return text_is(status, "CANCELLED");
}

/* The instants that the rule leaves out: those named, and those that are otherwise. */
static text left_out_of(struct call *call, const struct ics_event *event)
{
    struct out out;
    if (!event->rrule.at || !(event->exdate_count + event->override_count))
        return TEXT_NONE;
    out_init(&out, call);
    for (size_t i = 0; i < event->exdate_count; i++)
        out_format(&out, "%s%lld", out.size ? " " : "", (long long)event->exdate[i].at);
    for (size_t i = 0; i < event->override_count; i++)
        out_format(&out, "%s%lld", out.size ? " " : "",
                   (long long)event->override[i].recurrence_id.at);
    return out_view(&out);
}

static bool put_event(struct call *call, struct taking *taking, const struct ics_event *event)
{
    struct sql *sql =
        SQL(call, "INSERT INTO outside_event (calendar, number, uid, title, place, starts, ends, "
                  "is_day, zone, rule, left_out, is_private, is_free) VALUES (?1, ?2, ?3, ?4, ?5, "
                  "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, taking->calendar);
    sql_bind_int(sql, 2, ++taking->count);
    sql_bind_text(sql, 3, text_until_character(event->uid, WORDS_BYTES_MAX));
    sql_bind_text(sql, 4, text_until_character(event->summary, WORDS_BYTES_MAX));
    sql_bind_text(sql, 5, text_until_character(event->location, WORDS_BYTES_MAX));
    sql_bind_int(sql, 6, event->start.at);
    sql_bind_int(sql, 7, event->end.at);
    sql_bind_int(sql, 8, event->start.is_day);
    sql_bind_text(sql, 9, event->zone);
    sql_bind_text(sql, 10, event->rrule);
    sql_bind_text(sql, 11, left_out_of(call, event));
    sql_bind_int(sql, 12, event->is_private);
    sql_bind_int(sql, 13, event->is_free);
    return sql_run(call, sql);
}

static bool put_overrides(struct call *call, struct taking *taking, const struct ics_event *event)
{
    for (size_t i = 0; i < event->override_count; i++) {
        const struct ics_override *override = &event->override[i];
        struct ics_event own = *event;
        own.start = override->start;
        own.end = override->end;
        own.rrule = TEXT_NONE;
        if (override->summary.at)
            own.summary = override->summary;
        if (!is_cancelled(override->status) && !put_event(call, taking, &own))
            return false;
    }
    return true;
}

/* A zone that only the file knows has no clock here; that is told once. */
static bool tell_zone(struct call *call, struct taking *taking, text zone)
{
    struct ics_calendar *read = taking->read;
    text *warning = call_array(call, read->warning_count + 1, sizeof *warning);
    if (taking->is_zone_told || !warning)
        return taking->is_zone_told;
    if (read->warning_count)
        memcpy(warning, read->warning, read->warning_count * sizeof *warning);
    warning[read->warning_count] =
        call_format(call, "what recurs in the zone '%.*s', which only this file knows, keeps the "
                          "clock of UTC: a change of the clock there is not followed",
                    TEXT_FMT(text_until_character(zone, SHOWN_MAX)));
    taking->is_zone_told = true;
    read->warning = warning;
    return read->warning[read->warning_count++].at != NULL;
}

static bool settle_zone(struct call *call, struct taking *taking, struct ics_event *event)
{
    text zone = event->zone;
    if (zone.at && zone_is_known(zone))
        return true;
    event->zone = TEXT_NONE;
    return !zone.at || !event->rrule.at || tell_zone(call, taking, zone);
}

/* A rule that cannot be expanded is left out, and its first day stays: the reader has told it. */
static bool settle_rule(struct call *call, struct ics_event *event)
{
    struct recurrence_start start = { .is_day = true, .day = event->start.at / STAMP_DAY };
    struct recurrence_times times;
    if (!event->rrule.at || recurrence_times(call, event->rrule, &start, event->start.at,
                                             event->start.at, NULL, 0, &times))
        return true;
    if (call->fail.kind != FAIL_INVALID)
        return false;
    fail_clear(call);
    event->rrule = TEXT_NONE;
    return true;
}

/* One without a rule whose only day is left out has its further dates alone. */
static bool is_without_start(const struct ics_event *event)
{
    for (size_t i = 0; i < event->exdate_count; i++)
        if (event->exdate[i].at == event->start.at)
            return true;
    return false;
}

static bool put_events(struct call *call, struct taking *taking)
{
    struct sql *sql = SQL(call, "DELETE FROM outside_event WHERE calendar = ?1");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, taking->calendar);
    if (!sql_run(call, sql))
        return false;
    for (size_t i = 0; i < taking->read->count; i++) {
        struct ics_event *event = &taking->read->event[i];
        if (is_cancelled(event->status))
            continue;
        bool has_base = event->rrule.at || !is_without_start(event);
        if (!settle_zone(call, taking, event) || !settle_rule(call, event) ||
            (has_base && !put_event(call, taking, event)) || !put_overrides(call, taking, event))
            return false;
    }
    return true;
}

/* The row comes first, for the events name it, and again with what they are. */
static bool take(struct call *call, struct row *calendar, struct ics_calendar *read)
{
    struct taking taking = { .read = read };
    struct row before;
    if (!(calendar->id ? outside_calendar_check_owner(call, calendar)
                       : ledger_create(call, calendar)) ||
        !change_require(call))
        return false;
    taking.calendar = calendar->id;
    if (!row_copy(call, calendar, &before) || !put_events(call, &taking))
        return false;
    calendar->value[OUTSIDE_CALENDAR_READ_AT] = value_stamp(call->now);
    calendar->value[OUTSIDE_CALENDAR_EVENTS] = value_int(taking.count);
    calendar->value[OUTSIDE_CALENDAR_WARNINGS] = value_int((int64_t)read->warning_count);
    calendar->value[OUTSIDE_CALENDAR_FAILURE] = VALUE_NONE;
    calendar->value[OUTSIDE_CALENDAR_FAILED_AT] = VALUE_NONE;
    return ledger_update(call, &before, calendar);
}

bool outside_calendar_take(struct call *call, struct row *calendar, struct ics_calendar *read)
{
    text what = call_format(call, "read the calendar '%.*s'",
                            TEXT_FMT(value_as_text(calendar->value[OUTSIDE_CALENDAR_NAME])));
    if (!what.at || !change_open(call, what))
        return false;
    if (take(call, calendar, read))
        return change_commit(call);
    change_rollback(call);
    return false;
}

/* --- verify --- */

bool outside_calendar_verify(struct call *call, struct verify_report *report)
{
    struct verify_check *check = verify_add(call, report, "events of outside calendars");
    if (!check || !verify_count(call, check, TEXT("SELECT count(*) FROM outside_event")))
        return false;
    struct sql *sql = SQL(call, "SELECT e.calendar, count(*) FROM outside_event e WHERE NOT EXISTS "
                                "(SELECT 1 FROM outside_calendars c WHERE c.id = e.calendar) GROUP "
                                "BY e.calendar ORDER BY e.calendar");
    enum sql_step step = SQL_FAILED;
    while (sql && (step = sql_step(call, sql)) == SQL_ROW) {
        text id = row_public_id(call, &outside_calendar_record, sql_int(sql, 0));
        if (!verify_wrong(call, check,
                          call_format(call, "%.*s is not there, and %lld of its events are",
                                      TEXT_FMT(id), (long long)sql_int(sql, 1))))
            break;
    }
    if (sql)
        sql_done(sql);
    return step == SQL_DONE;
}
