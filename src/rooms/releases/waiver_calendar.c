/*
 * See waiver_calendar.h. From its end on a gate blocks again, whoever looks: the day belongs to who
 * asked for the waiver and to who approved it.
 */
#include "rooms/releases/waiver_calendar.h"

#include "rooms/releases/releases.h"
#include "store/find.h"

enum { MINUTES_OF_HOUR = 60 };

static bool add_waiver(struct call *call, const struct calendar_ask *ask, const struct row *waiver,
                       struct calendar *calendar)
{
    struct calendar_event at = { .minute = 0 }, event;
    stamp end = value_as_int(waiver->value[WAIVER_EXPIRY]);
    text gate = value_as_text(waiver->value[WAIVER_GATE]);
    if (!calendar_at(call, ask->zone, end, &at) || !calendar_day_of(call, ask, end, &event))
        return false;
    event.kind = CALENDAR_WAIVER;
    event.title = CALL_JOIN(call, TEXT("Waiver of "), gate, TEXT(" ends"));
    event.why = call_format(call, "at %02d:%02d; it was given because: %.*s",
                            at.minute / MINUTES_OF_HOUR, at.minute % MINUTES_OF_HOUR,
                            TEXT_FMT(value_as_text(waiver->value[WAIVER_REASON])));
    event.sequence = waiver->version - 1;
    event.changed = waiver->changed;
    event.record = &waiver_record;
    event.row = waiver->id;
    event.person = value_as_int(waiver->value[WAIVER_REQUESTER]);
    return event.title.at && event.why.at && calendar_add(call, calendar, event);
}

static bool concerns(struct call *call, const struct calendar_ask *ask, const struct row *waiver,
                     bool *does)
{
    rid requester = value_as_int(waiver->value[WAIVER_REQUESTER]);
    rid approver = value_as_int(waiver->value[WAIVER_APPROVER]);
    rid person = ask->person == approver ? approver : requester;
    return calendar_concerns(call, ask, waiver, person, does);
}

static bool collect_ends(struct call *call, const struct calendar_ask *ask,
                         struct calendar *calendar)
{
    struct query query;
    struct rows rows;
    query_init(&query, &waiver_record);
    if (ask->record && ask->record != &waiver_record)
        return true;
    if (!query_add(call, &query, WAIVER_STATE, FILTER_IS, value_choice("approved")) ||
        !query_add(call, &query, WAIVER_EXPIRY, FILTER_AT_LEAST, value_stamp(ask->from)) ||
        !query_add(call, &query, WAIVER_EXPIRY, FILTER_LESS, value_stamp(ask->until)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        bool does;
        if (!concerns(call, ask, &rows.row[i], &does) ||
            (does && !add_waiver(call, ask, &rows.row[i], calendar)))
            return false;
    }
    return true;
}

const struct calendar_source waiver_calendar[] = {
    { "releases.waivers", "Waivers that end", "The days on which gates block again.",
      collect_ends },
    { 0 },
};
