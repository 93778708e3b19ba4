/* See outside_conflicts.h. */
#include "rooms/calendar/outside_conflicts.h"

#include "rooms/calendar/outside_events.h"
#include "rooms/people/people.h"

enum { MINUTES_OF_HOUR = 60, LOOK_AHEAD_DAYS = 7 };

/* --- which --- */

static bool is_met(const struct calendar_entry *entry, const struct outside_time *time)
{
    return entry->event->kind == CALENDAR_RITUAL && !entry->event->is_cancelled &&
           !entry->event->days && !time->is_free && entry->from < time->until &&
           time->from < entry->until;
}

static bool add(struct call *call, struct outside_conflicts *conflicts,
                const struct calendar_entry *ritual, const struct outside_time *with)
{
    conflicts->conflict = call_more(call, conflicts->conflict, conflicts->count, &conflicts->room,
                                    sizeof *conflicts->conflict);
    if (!conflicts->conflict)
        return false;
    conflicts->conflict[conflicts->count++] = (struct outside_conflict){ ritual, with };
    return true;
}

bool outside_conflicts_read(struct call *call, const struct calendar_ask *ask,
                            struct outside_conflicts *conflicts)
{
    struct outside_times *times = call_new(call, struct outside_times);
    struct calendar *calendar = call_new(call, struct calendar);
    struct calendar_entries *entries = call_new(call, struct calendar_entries);
    *conflicts = (struct outside_conflicts){ .conflict = NULL };
    if (!times || !calendar || !entries || !outside_events_read(call, ask, times))
        return false;
    if (!times->count)
        return true;
    if (!calendar_collect(call, ask, calendar) || !calendar_expand(call, ask, calendar, entries))
        return false;
    for (size_t i = 0; i < entries->count; i++)
        for (size_t k = 0; k < times->count; k++)
            if (is_met(&entries->entry[i], &times->time[k]) &&
                !add(call, conflicts, &entries->entry[i], &times->time[k]))
                return false;
    return true;
}

/* --- as JSON --- */

static void put_conflict(struct call *call, const struct outside_conflict *conflict,
                         struct json_writer *writer)
{
    const struct calendar_event *ritual = conflict->ritual->event;
    const struct outside_time *with = conflict->with;
    json_object(writer);
    json_put_text(writer, "id", row_public_id(call, ritual->record, ritual->row));
    json_put_text(writer, "title", ritual->title);
    json_put_stamp(writer, "from", conflict->ritual->from);
    json_put_stamp(writer, "until", conflict->ritual->until);
    json_put_text(writer, "link", calendar_entry_link(call, conflict->ritual));
    json_key(writer, "with");
    json_object(writer);
    json_put_text(writer, "title", with->title);
    json_put_text(writer, "place", with->place);
    json_put_text(writer, "calendar", with->calendar_name);
    json_put_stamp(writer, "from", with->from);
    json_put_stamp(writer, "until", with->until);
    json_put_bool(writer, "all_day", with->is_day);
    json_put_bool(writer, "private", with->is_hidden);
    json_object_end(writer);
    json_object_end(writer);
}

bool outside_conflicts_write_json(struct call *call, const struct calendar_ask *ask,
                                  struct json_writer *writer)
{
    struct outside_conflicts conflicts;
    if (!outside_conflicts_read(call, ask, &conflicts))
        return false;
    json_object(writer);
    json_put_text(writer, "zone", ask->zone);
    json_key(writer, "conflicts");
    json_list(writer);
    for (size_t i = 0; i < conflicts.count; i++)
        put_conflict(call, &conflicts.conflict[i], writer);
    json_list_end(writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

/* --- as lines --- */

static bool put_clock(struct call *call, text zone, stamp at, bool with_day, struct out *out)
{
    struct calendar_event shown = { .day = 0 };
    char date[DATE_TEXT_SIZE];
    if (!calendar_at(call, zone, at, &shown))
        return false;
    date_write(shown.day, date);
    out_format(out, "%s%s%02d:%02d", with_day ? date : "", with_day ? " " : "",
               shown.minute / MINUTES_OF_HOUR, shown.minute % MINUTES_OF_HOUR);
    return true;
}

static bool write_line(struct call *call, text zone, const struct outside_conflict *conflict,
                       struct out *out)
{
    const struct outside_time *with = conflict->with;
    if (!put_clock(call, zone, conflict->ritual->from, true, out))
        return false;
    out_format(out, "  %.*s meets '%.*s' (%.*s, ", TEXT_FMT(conflict->ritual->event->title),
               TEXT_FMT(with->title), TEXT_FMT(with->calendar_name));
    if (with->is_day)
        out_string(out, "all day");
    else if (!put_clock(call, zone, with->from, false, out))
        return false;
    out_string(out, with->is_day ? "" : " to ");
    if (!with->is_day && !put_clock(call, zone, with->until, false, out))
        return false;
    out_string(out, ")\n");
    return true;
}

bool outside_conflicts_write_lines(struct call *call, const struct calendar_ask *ask,
                                   struct out *out)
{
    struct outside_conflicts conflicts;
    if (!outside_conflicts_read(call, ask, &conflicts))
        return false;
    for (size_t i = 0; i < conflicts.count; i++)
        if (!write_line(call, ask->zone, &conflicts.conflict[i], out))
            return false;
    if (!conflicts.count)
        out_string(out, "No ritual meets anything in the outside calendars on these days.\n");
    return true;
}

/* --- what waits --- */

static bool is_told(const struct outside_conflicts *conflicts, size_t at)
{
    const struct calendar_event *ritual = conflicts->conflict[at].ritual->event;
    for (size_t i = 0; i < at; i++) {
        const struct calendar_event *other = conflicts->conflict[i].ritual->event;
        if (other->record == ritual->record && other->row == ritual->row)
            return true;
    }
    return false;
}

static bool add_need(struct call *call, text zone, const struct outside_conflict *conflict,
                     struct needs *needs)
{
    const struct calendar_event *ritual = conflict->ritual->event;
    struct out why;
    out_init(&why, call);
    out_format(&why, "it meets '%.*s' (%.*s) on ", TEXT_FMT(conflict->with->title),
               TEXT_FMT(conflict->with->calendar_name));
    if (!put_clock(call, zone, conflict->ritual->from, true, &why))
        return false;
    out_string(&why, ": move it, or skip it with a reason");
    return needs_add(call, needs,
                     (struct need){ .kind = "conflict", .title = ritual->title,
                                    .why = out_view(&why), .record = ritual->record,
                                    .row = ritual->row, .due = conflict->ritual->from });
}

bool outside_conflicts_need(struct call *call, rid person, struct needs *needs)
{
    struct calendar_ask ask = { .person = person, .from = call->now,
                                .until = call->now + LOOK_AHEAD_DAYS * STAMP_DAY };
    struct outside_conflicts conflicts;
    if (!person)
        return true;
    if (!people_person_zone(call, person, &ask.zone) ||
        !outside_conflicts_read(call, &ask, &conflicts))
        return false;
    for (size_t i = 0; i < conflicts.count; i++)
        if (!is_told(&conflicts, i) && !add_need(call, ask.zone, &conflicts.conflict[i], needs))
            return false;
    return true;
}
