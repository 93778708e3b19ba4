/* See outside_conflicts.h. */
#include "rooms/calendar/outside_conflicts.h"

#include "rooms/calendar/outside_calendar.h"
#include "rooms/calendar/outside_events.h"
#include "rooms/people/people.h"
#include "store/find.h"

enum { LOOK_AHEAD_DAYS = 7 };

/* --- which --- */

static bool is_ritual(const struct calendar_entry *entry)
{
    return entry->event->kind == CALENDAR_RITUAL && !entry->event->is_cancelled &&
           !entry->event->days;
}

static bool is_met(const struct calendar_entry *entry, const struct outside_time *time)
{
    return is_ritual(entry) && !time->is_free && entry->from < time->until &&
           time->from < entry->until;
}

static bool is_there(const struct conflicts *conflicts, const struct conflict *conflict)
{
    for (size_t i = 0; i < conflicts->count; i++) {
        const struct conflict *other = &conflicts->conflict[i];
        if (other->record == conflict->record && other->row == conflict->row &&
            other->from == conflict->from && other->with.from == conflict->with.from &&
            other->with.until == conflict->with.until &&
            text_equal(other->with.title, conflict->with.title) &&
            text_equal(other->with.calendar, conflict->with.calendar))
            return true;
    }
    return false;
}

static bool add(struct call *call, struct conflicts *conflicts, const struct calendar_entry *ritual,
                const struct outside_time *with)
{
    const struct conflict conflict = {
        .record = ritual->event->record,
        .row = ritual->event->row,
        .title = ritual->event->title,
        .link = calendar_entry_link(call, ritual),
        .from = ritual->from,
        .until = ritual->until,
        .with = { .title = with->title,
                  .place = with->place,
                  .calendar = with->calendar_name,
                  .from = with->from,
                  .until = with->until,
                  .is_day = with->is_day,
                  .is_hidden = with->is_hidden },
    };
    return conflict.link.at &&
           (is_there(conflicts, &conflict) || conflicts_add(call, conflicts, conflict));
}

static struct calendar_entries *entries_of(struct call *call, const struct calendar_ask *ask)
{
    struct calendar *calendar = call_new(call, struct calendar);
    struct calendar_entries *entries = call_new(call, struct calendar_entries);
    bool is_read = calendar && entries && calendar_collect(call, ask, calendar) &&
                   calendar_expand(call, ask, calendar, entries);
    return is_read ? entries : NULL;
}

/* --- of one person --- */

static bool collect_of_person(struct call *call, const struct calendar_ask *ask,
                              struct conflicts *conflicts)
{
    struct outside_times *times = call_new(call, struct outside_times);
    if (!times || !outside_events_read(call, ask, times))
        return false;
    if (!times->count)
        return true;
    const struct calendar_entries *entries = entries_of(call, ask);
    for (size_t i = 0; entries && i < entries->count; i++)
        for (size_t k = 0; k < times->count; k++)
            if (is_met(&entries->entry[i], &times->time[k]) &&
                !add(call, conflicts, &entries->entry[i], &times->time[k]))
                return false;
    return entries != NULL;
}

/* --- of whoever owns a ritual --- */

/* The first of a person's rituals: from it on all of them are looked at. */
static bool is_first_of(const struct calendar_entries *entries, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (is_ritual(&entries->entry[i]) &&
            entries->entry[i].event->person == entries->entry[at].event->person)
            return false;
    return true;
}

static bool collect_of_owner(struct call *call, const struct calendar_ask *ask,
                             const struct calendar_entries *entries, size_t first,
                             struct conflicts *conflicts)
{
    struct outside_times *times = call_new(call, struct outside_times);
    struct calendar_ask of_owner = *ask;
    of_owner.person = entries->entry[first].event->person;
    if (!times || !outside_events_read(call, &of_owner, times))
        return false;
    for (size_t i = first; i < entries->count; i++)
        for (size_t k = 0; k < times->count; k++)
            if (entries->entry[i].event->person == of_owner.person &&
                is_met(&entries->entry[i], &times->time[k]) &&
                !add(call, conflicts, &entries->entry[i], &times->time[k]))
                return false;
    return true;
}

static bool collect_of_owners(struct call *call, const struct calendar_ask *ask,
                              struct conflicts *conflicts)
{
    const struct calendar_entries *entries = entries_of(call, ask);
    for (size_t i = 0; entries && i < entries->count; i++)
        if (is_ritual(&entries->entry[i]) && entries->entry[i].event->person &&
            is_first_of(entries, i) && !collect_of_owner(call, ask, entries, i, conflicts))
            return false;
    return entries != NULL;
}

/* Most workspaces have no outside calendar: then nothing is worked out. */
static bool has_calendars(struct call *call, bool *has)
{
    struct query query;
    struct row one;
    query_init(&query, &outside_calendar_record);
    query.limit = 1;
    *has = find_first(call, &query, &one);
    return call->fail.kind == FAIL_NONE;
}

bool outside_conflicts_collect(struct call *call, const struct calendar_ask *ask,
                               struct conflicts *conflicts)
{
    struct calendar_ask own = *ask;
    bool has;
    own.person = ask->person ? ask->person : call->actor.person;
    if (!has_calendars(call, &has))
        return false;
    return !has || ((!own.person || collect_of_person(call, &own, conflicts)) &&
                    (ask->person || collect_of_owners(call, ask, conflicts)));
}

/* --- what waits --- */

static bool is_told(const struct conflicts *conflicts, size_t at)
{
    const struct conflict *conflict = &conflicts->conflict[at];
    for (size_t i = 0; i < at; i++)
        if (conflicts->conflict[i].record == conflict->record &&
            conflicts->conflict[i].row == conflict->row)
            return true;
    return false;
}

static bool add_need(struct call *call, text zone, const struct conflict *conflict,
                     struct needs *needs)
{
    struct out why;
    out_init(&why, call);
    out_format(&why, "it meets '%.*s' (%.*s) on ", TEXT_FMT(conflict->with.title),
               TEXT_FMT(conflict->with.calendar));
    if (!conflict_write_clock(call, zone, conflict->from, true, &why))
        return false;
    out_string(&why, ": move it, or skip it with a reason");
    return needs_add(call, needs,
                     (struct need){ .kind = "conflict", .title = conflict->title,
                                    .why = out_view(&why), .record = conflict->record,
                                    .row = conflict->row, .due = conflict->from });
}

bool outside_conflicts_need(struct call *call, rid person, struct needs *needs)
{
    struct calendar_ask ask = { .person = person, .from = call->now,
                                .until = call->now + LOOK_AHEAD_DAYS * STAMP_DAY };
    struct conflicts conflicts = { .conflict = NULL };
    if (!person)
        return true;
    if (!people_person_zone(call, person, &ask.zone) ||
        !outside_conflicts_collect(call, &ask, &conflicts))
        return false;
    for (size_t i = 0; i < conflicts.count; i++)
        if (!is_told(&conflicts, i) && !add_need(call, ask.zone, &conflicts.conflict[i], needs))
            return false;
    return true;
}
