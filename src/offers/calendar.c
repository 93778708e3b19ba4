/* See calendar.h. */
#include "offers/calendar.h"

#include "base/recurrence.h"
#include "offers/agenda.h"
#include "offers/room.h"

#include <stdlib.h>

const struct calendar_kind_fact calendar_kind_facts[CALENDAR_KINDS] = {
    [CALENDAR_RITUAL] = { "ritual", "Ritual", false },
    [CALENDAR_PREPARATION] = { "preparation", "Preparation", false },
    [CALENDAR_ACTION] = { "action", "Action due", true },
    [CALENDAR_DRILL] = { "drill", "Rollback drill", true },
    [CALENDAR_WAIVER] = { "waiver", "Waiver ends", true },
    [CALENDAR_HOLIDAY] = { "holiday", "Holiday", true },
    [CALENDAR_ABSENCE] = { "absence", "Away", true },
    [CALENDAR_BUSY] = { "busy", "Busy", false },
    [CALENDAR_OUTSIDE] = { "outside", "Other calendar", false },
    [CALENDAR_FREEZE] = { "freeze", "Freeze", true },
    [CALENDAR_LAUNCH] = { "launch", "Launch", true },
    [CALENDAR_RETIREMENT] = { "retirement", "Model retirement", true },
};

bool calendar_add(struct call *call, struct calendar *calendar, struct calendar_event event)
{
    calendar->event =
        call_more(call, calendar->event, calendar->count, &calendar->room, sizeof event);
    if (!calendar->event)
        return false;
    calendar->event[calendar->count++] = event;
    return true;
}

bool calendar_at(struct call *call, text zone, stamp at, struct calendar_event *event)
{
    int seconds;
    if (!zone_offset(call, zone, at, &seconds))
        return false;
    stamp local = at + seconds * STAMP_SECOND;
    stamp of_day = (local % STAMP_DAY + STAMP_DAY) % STAMP_DAY;
    event->day = (local - of_day) / STAMP_DAY;
    event->minute = (int)(of_day / STAMP_MINUTE);
    event->zone = zone;
    return true;
}

bool calendar_instant(struct call *call, const struct calendar_event *event, int64_t day,
                      stamp *at)
{
    return stamp_from_local(call, event->zone, day * STAMP_DAY + event->minute * STAMP_MINUTE, at);
}

bool calendar_day_of(struct call *call, const struct calendar_ask *ask, stamp at,
                     struct calendar_event *event)
{
    *event = (struct calendar_event){ .days = 1 };
    if (!calendar_at(call, ask->zone, at, event))
        return false;
    event->minute = 0;
    return true;
}

bool calendar_asks_row(const struct calendar_ask *ask, const struct record *record, rid row)
{
    for (size_t i = 0; record == ask->record && i < ask->row_count; i++)
        if (ask->rows[i] == row)
            return true;
    return false;
}

bool calendar_concerns(struct call *call, const struct calendar_ask *ask, const struct row *row,
                       rid person, bool *concerns)
{
    const struct agenda_ask of_team = { .team = ask->team };
    *concerns = ask->record ? calendar_asks_row(ask, row->record, row->id)
                            : person == ask->person;
    return ask->record || ask->person || agenda_concerns(call, &of_team, row, concerns);
}

/* Most rules fall on a day soon; one of leap years takes longer. */
bool calendar_first_day(struct call *call, text rule, int64_t starts, int64_t *first,
                        bool *has_one)
{
    enum { NEAR_DAYS = 62, FAR_DAYS = 8 * 366 };
    struct recurrence_days days;
    *first = starts;
    *has_one = true;
    if (!rule.size)
        return true;
    if (!recurrence_days_matching(call, rule, starts, starts, starts + NEAR_DAYS, &days) ||
        (!days.count && !recurrence_days_matching(call, rule, starts, starts + NEAR_DAYS + 1,
                                                  starts + FAR_DAYS, &days)))
        return false;
    *has_one = days.count > 0;
    if (*has_one)
        *first = days.day[0];
    return true;
}

/* --- collecting --- */

static bool collect(struct call *call, const struct calendar_ask *ask,
                    const struct calendar_source *source, struct calendar *calendar)
{
    size_t before = calendar->count;
    if (!source->collect(call, ask, calendar))
        return false;
    for (size_t i = before; i < calendar->count; i++) {
        struct calendar_event *event = &calendar->event[i];
        event->source = source;
        if (!event->link.at)
            event->link = CALL_JOIN(call, TEXT("/"), record_address(call, event->record),
                                    TEXT("/"), row_public_id(call, event->record, event->row));
        if (!event->link.at)
            return false;
    }
    return true;
}

bool calendar_collect(struct call *call, const struct calendar_ask *ask,
                      struct calendar *calendar)
{
    *calendar = (struct calendar){ .event = NULL };
    for (const struct room *const *room = call->catalog->rooms; room && *room; room++)
        for (const struct calendar_source *source = (*room)->calendar; source && source->name;
             source++)
            if (!collect(call, ask, source, calendar))
                return false;
    return true;
}

/* --- days --- */

static bool add_entry(struct call *call, const struct calendar_ask *ask,
                      const struct calendar_event *event, int64_t day,
                      struct calendar_entries *entries)
{
    struct calendar_entry entry = { .event = event, .day = day };
    struct calendar_event whole = { .zone = ask->zone };
    bool is_whole = event->days > 0;
    if (!calendar_instant(call, is_whole ? &whole : event, day, &entry.from) ||
        (is_whole && !calendar_instant(call, &whole, day + event->days, &entry.until)))
        return false;
    if (!is_whole)
        entry.until = entry.from + event->minutes * STAMP_MINUTE;
    bool touches = entry.from < ask->until && (entry.until > ask->from || entry.from >= ask->from);
    if (!touches)
        return true;
    entries->entry =
        call_more(call, entries->entry, entries->count, &entries->room, sizeof entry);
    if (!entries->entry)
        return false;
    entries->entry[entries->count++] = entry;
    return true;
}

static bool is_without(const struct calendar_event *event, int64_t day)
{
    for (size_t i = 0; i < event->without_count; i++)
        if (event->without[i] == day)
            return true;
    return false;
}

/* What stands instead of an instance follows its event in the list. */
static bool is_replaced(const struct calendar *calendar, const struct calendar_event *event,
                        int64_t day)
{
    const struct calendar_event *end = calendar->event + calendar->count;
    for (const struct calendar_event *other = event + 1;
         other < end && other->is_instead && other->row == event->row &&
         other->record == event->record;
         other++)
        if (other->instead_day == day)
            return true;
    return false;
}

static bool add_recurring(struct call *call, const struct calendar_ask *ask,
                          const struct calendar *calendar, const struct calendar_event *event,
                          struct calendar_entries *entries)
{
    struct recurrence_days days;
    int64_t from = ask->from / STAMP_DAY - 1 - event->days - event->minutes / (24 * 60),
            to = ask->until / STAMP_DAY + 1;
    if (!recurrence_days(call, event->rule, event->day, from, to, &days))
        return false;
    for (size_t i = 0; i < days.count; i++)
        if (!is_without(event, days.day[i]) && !is_replaced(calendar, event, days.day[i]) &&
            !add_entry(call, ask, event, days.day[i], entries))
            return false;
    return true;
}

static int compare_entries(const void *left, const void *right)
{
    const struct calendar_entry *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if ((a->event->days > 0) != (b->event->days > 0))
        return a->event->days > 0 ? -1 : 1;
    return a->event < b->event ? -1 : a->event > b->event;
}

bool calendar_expand(struct call *call, const struct calendar_ask *ask,
                     const struct calendar *calendar, struct calendar_entries *entries)
{
    *entries = (struct calendar_entries){ .entry = NULL };
    for (size_t i = 0; i < calendar->count; i++) {
        const struct calendar_event *event = &calendar->event[i];
        if (!(event->rule.size ? add_recurring(call, ask, calendar, event, entries)
                               : add_entry(call, ask, event, event->day, entries)))
            return false;
    }
    if (entries->count > 1)
        qsort(entries->entry, entries->count, sizeof *entries->entry, compare_entries);
    return true;
}

/* Each day of what recurs may have a page of its own. */
text calendar_entry_link(struct call *call, const struct calendar_entry *entry)
{
    const struct calendar_event *event = entry->event;
    char date[DATE_TEXT_SIZE];
    if (!event->day_link[0].at || !event->rule.size)
        return event->link;
    date_write(entry->day, date);
    return CALL_JOIN(call, event->day_link[0], text_of(date), event->day_link[1]);
}
