/*
 * See actions_calendar.h. An action is a mark on its day: it takes no hour of anybody, so its
 * instant stands in the words. What was given up is told as cancelled for a while; what is done has
 * nothing left to say.
 */
#include "rooms/actions/actions_calendar.h"

#include "rooms/actions/actions.h"
#include "store/find.h"

static text due_words(struct call *call, int minute, const struct row *action)
{
    const char clock[] = { (char)('0' + minute / 600), (char)('0' + minute / 60 % 10), ':',
                           (char)('0' + minute % 60 / 10), (char)('0' + minute % 10), '\0' };
    text step = value_as_text(action->value[ACTION_FIRST_STEP]);
    return CALL_JOIN(call, TEXT("due "), text_of(clock),
                     step.size ? TEXT("; first step: ") : TEXT(""), step);
}

static bool add_action(struct call *call, const struct calendar_ask *ask, const struct row *action,
                       struct calendar *calendar)
{
    struct calendar_event at = { .minute = 0 }, event;
    stamp due = value_as_int(action->value[ACTION_DUE]);
    if (!calendar_at(call, ask->zone, due, &at) || !calendar_day_of(call, ask, due, &event))
        return false;
    event.kind = CALENDAR_ACTION;
    event.title = row_title(call, action);
    event.why = due_words(call, at.minute, action);
    event.is_cancelled = !text_is(value_as_text(action->value[ACTION_STATE]), "open");
    event.sequence = action->version - 1;
    event.changed = action->changed;
    event.record = &action_record;
    event.row = action->id;
    event.person = value_as_int(action->value[ACTION_OWNER]);
    return event.why.at && calendar_add(call, calendar, event);
}

static bool add_actions(struct call *call, const struct calendar_ask *ask, struct query *query,
                        struct calendar *calendar)
{
    struct rows rows;
    if ((ask->person &&
         !query_add(call, query, ACTION_OWNER, FILTER_IS, value_ref(ask->person))) ||
        !query_add(call, query, ACTION_DUE, FILTER_AT_LEAST, value_stamp(ask->from)) ||
        !query_add(call, query, ACTION_DUE, FILTER_LESS, value_stamp(ask->until)) ||
        !find_rows(call, query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *action = &rows.row[i];
        bool concerns;
        if (!calendar_concerns(call, ask, action, value_as_int(action->value[ACTION_OWNER]),
                               &concerns) ||
            (concerns && !add_action(call, ask, action, calendar)))
            return false;
    }
    return true;
}

static bool collect_due(struct call *call, const struct calendar_ask *ask,
                        struct calendar *calendar)
{
    struct query open, dropped;
    if (ask->record && ask->record != &action_record)
        return true;
    query_init(&open, &action_record);
    query_init(&dropped, &action_record);
    return query_add(call, &open, ACTION_STATE, FILTER_IS, value_choice("open")) &&
           query_add(call, &dropped, ACTION_STATE, FILTER_IS, value_choice("dropped")) &&
           query_add(call, &dropped, FIND_CHANGED, FILTER_MORE,
                     value_stamp(call->now - CALENDAR_CANCELLED_KEPT)) &&
           add_actions(call, ask, &open, calendar) && add_actions(call, ask, &dropped, calendar);
}

const struct calendar_source actions_calendar[] = {
    { "actions.due", "Actions due", "The days on which open actions are due.", collect_due },
    { 0 },
};
