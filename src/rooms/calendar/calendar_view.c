/* See calendar_view.h. Its iCalendar is in calendar_view_ics.c. */
#include "rooms/calendar/calendar_view.h"

#include "rooms/calendar/preparation_block.h"

enum { BACK_DAYS = 30, AHEAD_DAYS = 400, MINUTES_OF_HOUR = 60 };

void calendar_view_of_feed(const struct call *call, struct calendar_ask *ask)
{
    stamp today = call->now - call->now % STAMP_DAY;
    ask->from = today - BACK_DAYS * STAMP_DAY;
    ask->until = today + AHEAD_DAYS * STAMP_DAY;
}

bool calendar_view_collect(struct call *call, const struct calendar_ask *ask,
                           struct calendar *calendar)
{
    return calendar_collect(call, ask, calendar) && preparation_blocks_add(call, ask, calendar);
}

/* --- days --- */

static bool read_day(struct call *call, const char *field, text word, int64_t *day)
{
    return !word.size || date_read(word, day) ||
           fail_at(call, field, "'%.*s' is not a day: write it like 2026-11-23",
                   TEXT_FMT(text_until_character(word, 40)));
}

static void month_of(int64_t day, int64_t *first, int64_t *last)
{
    int year, month, of_month;
    date_from_days(day, &year, &month, &of_month);
    *first = days_from_date(year, month, 1);
    *last = days_from_date(year + month / 12, month % 12 + 1, 1) - 1;
}

bool calendar_view_days(struct call *call, text from, text to, struct calendar_ask *ask)
{
    struct calendar_event now = { .day = 0 };
    int64_t first, last;
    if (!calendar_at(call, ask->zone, call->now, &now) ||
        !read_day(call, "from", from, &now.day))
        return false;
    month_of(now.day, &first, &last);
    first = from.size ? now.day : first;
    if (!read_day(call, "to", to, &last))
        return false;
    if (last < first)
        return fail_at(call, "to", "the last day is before the first: change one of them");
    if (last - first >= CALENDAR_DAYS_MAX)
        return fail_at(call, "to", "that is more than %d days: ask for fewer", CALENDAR_DAYS_MAX);
    return stamp_from_local(call, ask->zone, first * STAMP_DAY, &ask->from) &&
           stamp_from_local(call, ask->zone, (last + 1) * STAMP_DAY, &ask->until);
}

/* --- as JSON --- */

static void put_day(struct json_writer *writer, const char *key, int64_t day)
{
    char date[DATE_TEXT_SIZE];
    date_write(day, date);
    json_put_string(writer, key, date);
}

static bool put_entry(struct call *call, const struct calendar_ask *ask,
                      const struct calendar_entry *entry, struct json_writer *writer)
{
    const struct calendar_event *event = entry->event;
    struct calendar_event shown = { .day = entry->day };
    if (!event->days && !calendar_at(call, ask->zone, entry->from, &shown))
        return false;
    json_object(writer);
    json_put_string(writer, "kind", calendar_kind_facts[event->kind].word);
    json_put_string(writer, "record", event->record->name);
    json_put_text(writer, "id", row_public_id(call, event->record, event->row));
    json_put_text(writer, "title", event->title);
    json_put_text(writer, "why", event->why);
    put_day(writer, "day", shown.day);
    json_put_int(writer, "days", event->days);
    json_put_text(writer, "at", event->days ? TEXT_NONE
                                            : call_format(call, "%02d:%02d",
                                                          shown.minute / MINUTES_OF_HOUR,
                                                          shown.minute % MINUTES_OF_HOUR));
    json_put_stamp(writer, "from", entry->from);
    json_put_stamp(writer, "until", entry->until);
    json_put_bool(writer, "cancelled", event->is_cancelled);
    json_put_bool(writer, "private", event->is_private);
    json_put_text(writer, "link", calendar_entry_link(call, entry));
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

static void put_kinds(struct json_writer *writer)
{
    json_key(writer, "kinds");
    json_list(writer);
    for (int i = 0; i < CALENDAR_KINDS; i++) {
        json_object(writer);
        json_put_string(writer, "kind", calendar_kind_facts[i].word);
        json_put_string(writer, "label", calendar_kind_facts[i].label);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static bool read_entries(struct call *call, const struct calendar_ask *ask,
                         struct calendar_entries *entries)
{
    struct calendar *calendar = call_new(call, struct calendar);
    return calendar && calendar_view_collect(call, ask, calendar) &&
           calendar_expand(call, ask, calendar, entries);
}

bool calendar_view_write_json(struct call *call, const struct calendar_ask *ask,
                              struct json_writer *writer)
{
    struct calendar_entries entries;
    struct calendar_event now, from, until;
    if (!read_entries(call, ask, &entries) || !calendar_at(call, ask->zone, call->now, &now) ||
        !calendar_at(call, ask->zone, ask->from, &from) ||
        !calendar_at(call, ask->zone, ask->until - STAMP_SECOND, &until))
        return false;
    json_object(writer);
    json_put_text(writer, "zone", ask->zone);
    put_day(writer, "today", now.day);
    put_day(writer, "from", from.day);
    put_day(writer, "to", until.day);
    put_kinds(writer);
    json_key(writer, "events");
    json_list(writer);
    for (size_t i = 0; i < entries.count; i++)
        if (!put_entry(call, ask, &entries.entry[i], writer))
            return false;
    json_list_end(writer);
    json_object_end(writer);
    return true;
}

/* --- as lines --- */

static bool write_line(struct call *call, const struct calendar_ask *ask,
                       const struct calendar_entry *entry, struct out *out)
{
    const struct calendar_event *event = entry->event;
    struct calendar_event shown = { .day = entry->day };
    char date[DATE_TEXT_SIZE];
    if (!event->days && !calendar_at(call, ask->zone, entry->from, &shown))
        return false;
    date_write(shown.day, date);
    out_string(out, date);
    if (event->days)
        out_string(out, "  all day");
    else
        out_format(out, "  %02d:%02d  ", shown.minute / MINUTES_OF_HOUR,
                   shown.minute % MINUTES_OF_HOUR);
    out_format(out, "  %.*s%s\n", TEXT_FMT(event->title),
               event->is_cancelled ? " (cancelled)" : "");
    return true;
}

bool calendar_view_write_lines(struct call *call, const struct calendar_ask *ask, struct out *out)
{
    struct calendar_entries entries;
    if (!read_entries(call, ask, &entries))
        return false;
    for (size_t i = 0; i < entries.count; i++)
        if (!write_line(call, ask, &entries.entry[i], out))
            return false;
    if (!entries.count)
        out_string(out, "Nothing is in the calendar on these days.\n");
    return true;
}
