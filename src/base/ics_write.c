/* See ics_write.h. */
#include "base/ics_write.h"

#include "base/ics_text.h"
#include "base/ics_zone.h"

enum { DATE_DIGITS = 8 };

/* --- lines --- */

void ics_write_line(struct out *out, text line)
{
    text rest = line;
    out_text(out, ics_text_fold(&rest, true));
    out_string(out, "\r\n");
    while (rest.size) {
        out_char(out, ' ');
        out_text(out, ics_text_fold(&rest, false));
        out_string(out, "\r\n");
    }
}

/* Most lines are short: only the others are put together first. */
static void write_pair(struct out *out, const char *name, text value)
{
    text key = text_of(name);
    if (key.size + 1 + value.size <= ICS_LINE_OCTETS) {
        out_text(out, key);
        out_char(out, ':');
        out_text(out, value);
        out_string(out, "\r\n");
        return;
    }
    text line = out->failed ? TEXT_NONE : CALL_JOIN(out->call, key, TEXT(":"), value);
    out->failed |= !line.at;
    if (line.at)
        ics_write_line(out, line);
}

void ics_write_text(struct out *out, const char *name, text value)
{
    if (!value.size || out->failed)
        return;
    text escaped = ics_text_escape(out->call, value);
    out->failed |= !escaped.at;
    write_pair(out, name, escaped);
}

/* --- times: written by the thousand, so without formats --- */

static void put_digits(struct out *out, int value, int width)
{
    char room[8];
    for (int at = width - 1; at >= 0; at--, value /= 10)
        room[at] = (char)('0' + value % 10);
    out_text(out, (text){ room, (size_t)width });
}

static void put_date(struct out *out, int64_t day)
{
    int year, month, of_month;
    date_from_days(day, &year, &month, &of_month);
    put_digits(out, year, 4);
    put_digits(out, month, 2);
    put_digits(out, of_month, 2);
}

/* As the clock showed it: "20261123T100000". Days before 1970 round down as well. */
static void put_local(struct out *out, stamp local)
{
    stamp of_day = (local % STAMP_DAY + STAMP_DAY) % STAMP_DAY;
    int seconds = (int)(of_day / STAMP_SECOND);
    put_date(out, (local - of_day) / STAMP_DAY);
    out_char(out, 'T');
    put_digits(out, seconds / 3600, 2);
    put_digits(out, seconds / 60 % 60, 2);
    put_digits(out, seconds % 60, 2);
}

static void write_stamp(struct out *out, const char *name, stamp at)
{
    out_string(out, name);
    out_char(out, ':');
    put_local(out, at);
    out_string(out, "Z\r\n");
}

static bool is_utc(const struct ics_time *time)
{
    return text_is(time->zone, "UTC");
}

/*
 * NAME of a day of the event, in the type that its DTSTART has. Minutes may reach into other days.
 * The longest name of a zone (32 octets) leaves the line short enough.
 */
static void write_moment(struct out *out, const char *name, const struct ics_time *time,
                         int64_t day, int minute)
{
    out_string(out, name);
    if (time->days) {
        out_string(out, ";VALUE=DATE:");
        put_date(out, day);
        out_string(out, "\r\n");
        return;
    }
    out_string(out, is_utc(time) ? ":" : ";TZID=");
    if (!is_utc(time)) {
        out_text(out, time->zone);
        out_char(out, ':');
    }
    put_local(out, day * STAMP_DAY + minute * STAMP_MINUTE);
    out_string(out, is_utc(time) ? "Z\r\n" : "\r\n");
}

static void write_time(struct out *out, const struct ics_time *time)
{
    write_moment(out, "DTSTART", time, time->day, time->minute);
    if (time->days)
        write_moment(out, "DTEND", time, time->day + time->days, 0);
    else if (time->minutes)
        write_moment(out, "DTEND", time, time->day, time->minute + time->minutes);
    if (time->is_instead)
        write_moment(out, "RECURRENCE-ID", time, time->instead_day, time->instead_minute);
}

/* --- rules --- */

static text plain_part(struct call *call, text part)
{
    char *room = call_take(call, part.size + 1);
    size_t size = 0;
    for (size_t i = 0; room && i < part.size; i++) {
        char c = part.at[i];
        if (c != ' ' && c != '\t')
            room[size++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return room ? (text){ room, size } : TEXT_NONE;
}

/* UNTIL=20261231, with a time or without, as the end of that day where the event is, in UTC. */
static text until_part(struct call *call, const struct ics_time *time, text part)
{
    char date[DATE_TEXT_SIZE];
    text digits = text_from(part, 6);
    struct out out;
    int64_t day;
    stamp end;
    if (digits.size < DATE_DIGITS)
        return part;
    snprintf(date, sizeof date, "%.4s-%.2s-%.2s", digits.at, digits.at + 4, digits.at + 6);
    if (!date_read(text_of(date), &day))
        return part;
    if (time->days)
        return text_until(part, 6 + DATE_DIGITS);
    if (!stamp_from_local(call, time->zone, (day + 1) * STAMP_DAY - STAMP_SECOND, &end))
        return TEXT_NONE;
    out_init(&out, call);
    out_string(&out, "UNTIL=");
    put_local(&out, end);
    out_char(&out, 'Z');
    return out_view(&out);
}

text ics_rule(struct call *call, const struct ics_time *time)
{
    struct out out;
    text rest = time->rule;
    out_init(&out, call);
    while (rest.size) {
        text part = plain_part(call, text_cut(rest, ';', &rest));
        if (part.at && text_starts(part, TEXT("UNTIL=")))
            part = until_part(call, time, part);
        if (!part.at)
            return TEXT_NONE;
        if (!part.size || text_starts(part, TEXT("X-")))
            continue;
        if (out.size)
            out_char(&out, ';');
        out_text(&out, part);
    }
    return out_view(&out);
}

static bool write_rule(struct call *call, struct out *out, const struct ics_time *time)
{
    if (!time->rule.size)
        return true;
    text rule = ics_rule(call, time);
    if (!rule.at)
        return false;
    write_pair(out, "RRULE", rule);
    for (size_t i = 0; i < time->without_count; i++)
        write_moment(out, "EXDATE", time, time->without[i], time->minute);
    return true;
}

/* --- the calendar --- */

bool ics_write_begin(struct call *call, const struct ics_calendar *calendar, struct out *out)
{
    out_string(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Rondo//Rondo//EN\r\n"
                    "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
    ics_write_text(out, "X-WR-CALNAME", calendar->name);
    out_string(out, "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n");
    for (size_t i = 0; i < calendar->zone_count; i++)
        if (!text_is(calendar->zone[i], "UTC") &&
            !ics_zone_write(call, calendar->zone[i], calendar->from, out))
            return false;
    return true;
}

/* A published event is as old as its last change: the same calendar is the same bytes. */
bool ics_write_event(struct call *call, const struct ics_event *event, struct out *out)
{
    out_string(out, "BEGIN:VEVENT\r\n");
    ics_write_text(out, "UID", event->uid);
    write_stamp(out, "DTSTAMP", event->changed);
    write_time(out, &event->time);
    if (!write_rule(call, out, &event->time))
        return false;
    ics_write_text(out, "SUMMARY", event->summary);
    ics_write_text(out, "DESCRIPTION", event->description);
    if (event->url.size)
        write_pair(out, "URL", event->url);
    ics_write_text(out, "CATEGORIES", event->category);
    out_string(out, event->is_cancelled ? "STATUS:CANCELLED\r\n" : "STATUS:CONFIRMED\r\n");
    out_string(out, event->is_free ? "TRANSP:TRANSPARENT\r\n" : "TRANSP:OPAQUE\r\n");
    out_format(out, "SEQUENCE:%lld\r\n", (long long)event->sequence);
    write_stamp(out, "LAST-MODIFIED", event->changed);
    out_string(out, "END:VEVENT\r\n");
    return !out->failed;
}

void ics_write_end(struct out *out)
{
    out_string(out, "END:VCALENDAR\r\n");
}
