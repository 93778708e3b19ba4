/*
 * See calendar_view.h: as iCalendar. The same rows give the same bytes, so that who has them is
 * told so; the moment of asking stands nowhere.
 */
#include "base/hash.h"
#include "base/ics_write.h"
#include "rooms/calendar/calendar_view.h"
#include "rooms/people/people.h"
#include "store/find.h"

enum { WORKSPACE_DIGITS = 12 };

/* Where a row is known for ever: the workspace by when its first person came, which never moves. */
static bool workspace_word(struct call *call, text *word)
{
    struct query query;
    struct row first;
    char digits[HASH_TEXT_SIZE];
    query_init(&query, &person_record);
    query.with_archived = true;
    if (!find_first(call, &query, &first)) {
        *word = TEXT("rondo");
        return call->fail.kind == FAIL_NONE;
    }
    struct hash hash = hash_strong(call_format(call, "%lld", (long long)first.created));
    hash_write(&hash, digits);
    *word = call_format(call, "%.*s.rondo", WORKSPACE_DIGITS, digits);
    return word->at != NULL;
}

/* The zones of events with a time, each once. */
static bool zones_of(struct call *call, const struct calendar *calendar,
                     struct ics_calendar *head)
{
    size_t room = 0;
    text *zones = NULL;
    for (size_t i = 0; i < calendar->count; i++) {
        const struct calendar_event *event = &calendar->event[i];
        size_t at = 0;
        if (event->days)
            continue;
        while (at < head->zone_count && !text_equal(zones[at], event->zone))
            at++;
        if (at < head->zone_count)
            continue;
        zones = call_more(call, zones, head->zone_count, &room, sizeof *zones);
        if (!zones)
            return false;
        zones[head->zone_count++] = event->zone;
    }
    head->zone = zones;
    return true;
}

static bool write_event(struct call *call, const struct calendar_event *event, text workspace,
                        text origin, struct out *out)
{
    const struct calendar_kind_fact *fact = &calendar_kind_facts[event->kind];
    const struct ics_event told = {
        .uid = CALL_JOIN(call, row_public_id(call, event->record, event->row), TEXT("-"),
                         text_of(fact->word), TEXT("@"), workspace),
        .time = { .day = event->day,
                  .days = event->days,
                  .minute = event->minute,
                  .minutes = event->minutes,
                  .zone = event->zone,
                  .rule = event->rule,
                  .without = event->without,
                  .without_count = event->without_count,
                  .is_instead = event->is_instead,
                  .instead_day = event->instead_day,
                  .instead_minute = event->instead_minute },
        .summary = event->title,
        .description = event->why,
        .url = origin.at ? CALL_JOIN(call, origin, event->link) : TEXT_NONE,
        .category = text_of(fact->label),
        .is_cancelled = event->is_cancelled,
        .is_free = fact->is_free || event->is_cancelled,
        .sequence = event->sequence,
        .changed = event->changed,
    };
    return told.uid.at && ics_write_event(call, &told, out);
}

bool calendar_view_write_ics(struct call *call, const struct calendar_ask *ask, text name,
                             text origin, struct out *out)
{
    struct calendar calendar;
    struct calendar_ask outwards = *ask;
    struct ics_calendar head = { .name = name, .from = ask->from };
    text workspace;
    outwards.goes_out = true;
    if (!calendar_view_collect(call, &outwards, &calendar) || !workspace_word(call, &workspace) ||
        !zones_of(call, &calendar, &head) || !ics_write_begin(call, &head, out))
        return false;
    for (size_t i = 0; i < calendar.count; i++)
        if (!write_event(call, &calendar.event[i], workspace, origin, out))
            return false;
    ics_write_end(out);
    return out_flush(out);
}
