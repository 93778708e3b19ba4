/* See ics_write.h. */
#include "base/ics_write.h"

#include "base/ics_text.h"
#include "base/ics_zone.h"

enum { MINUTES_OF_HOUR = 60, DATE_DIGITS = 8, VALUE_SIZE = 24 };

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

static void write_pair(struct out *out, const char *name, text value)
{
    if (out->failed)
        return;
    text line = call_format(out->call, "%s:%.*s", name, TEXT_FMT(value));
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

/* --- times --- */

static void date_digits(int64_t day, char room[VALUE_SIZE])
{
    int year, month, of_month;
    date_from_days(day, &year, &month, &of_month);
    snprintf(room, VALUE_SIZE, "%04d%02d%02d", year, month, of_month);
}

/* Minutes may reach into other days. */
static void local_digits(int64_t day, int minute, char room[VALUE_SIZE])
{
    int64_t at = day * STAMP_DAY + minute * STAMP_MINUTE;
    int64_t left = (at % STAMP_DAY + STAMP_DAY) % STAMP_DAY;
    int of_day = (int)(left / STAMP_MINUTE);
    date_digits((at - left) / STAMP_DAY, room);
    snprintf(room + DATE_DIGITS, VALUE_SIZE - DATE_DIGITS, "T%02d%02d00",
             of_day / MINUTES_OF_HOUR, of_day % MINUTES_OF_HOUR);
}

static void write_stamp(struct out *out, const char *name, stamp at)
{
    char iso[STAMP_TEXT_SIZE];
    stamp_write(stamp_to_second(at), iso);
    out_format(out, "%s:%.4s%.2s%.2sT%.2s%.2s%.2sZ\r\n", name, iso, iso + 5, iso + 8, iso + 11,
               iso + 14, iso + 17);
}

static bool is_utc(const struct ics_time *time)
{
    return text_is(time->zone, "UTC");
}

/* NAME of a day of the event, in the type that its DTSTART has. */
static void write_moment(struct out *out, const char *name, const struct ics_time *time,
                         int64_t day, int minute)
{
    char digits[VALUE_SIZE];
    if (time->days) {
        date_digits(day, digits);
        out_format(out, "%s;VALUE=DATE:%s\r\n", name, digits);
        return;
    }
    local_digits(day, minute, digits);
    if (is_utc(time)) {
        out_format(out, "%s:%sZ\r\n", name, digits);
        return;
    }
    text line = call_format(out->call, "%s;TZID=%.*s:%s", name, TEXT_FMT(time->zone), digits);
    out->failed |= !line.at;
    ics_write_line(out, line);
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
    char date[DATE_TEXT_SIZE], iso[STAMP_TEXT_SIZE];
    text digits = text_from(part, 6);
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
    stamp_write(end, iso);
    return call_format(call, "UNTIL=%.4s%.2s%.2sT%.2s%.2s%.2sZ", iso, iso + 5, iso + 8, iso + 11,
                       iso + 14, iso + 17);
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
    out_format(out, "STATUS:%s\r\n", event->is_cancelled ? "CANCELLED" : "CONFIRMED");
    out_format(out, "TRANSP:%s\r\n", event->is_free ? "TRANSPARENT" : "OPAQUE");
    out_format(out, "SEQUENCE:%lld\r\n", (long long)event->sequence);
    write_stamp(out, "LAST-MODIFIED", event->changed);
    out_string(out, "END:VEVENT\r\n");
    return !out->failed;
}

void ics_write_end(struct out *out)
{
    out_string(out, "END:VCALENDAR\r\n");
}
