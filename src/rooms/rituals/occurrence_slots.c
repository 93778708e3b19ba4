/* See occurrence_slots.h. */
#include "rooms/rituals/occurrence_slots.h"

#include "offers/agenda.h"
#include "rooms/rituals/rituals.h"

#include <stdlib.h>

text occurrence_slot_key(struct call *call, const struct occurrence_slot *slot)
{
    char day[DATE_TEXT_SIZE];
    if (slot->stored)
        return row_public_id(call, &occurrence_record, slot->stored->id);
    date_write(slot->day, day);
    return call_format(call, "%.*s@%s",
                       TEXT_FMT(row_public_id(call, &ritual_record, slot->ritual->id)), day);
}

/* Held only when its source brings something; looked at when its time has come. */
static bool check_condition(struct call *call, struct occurrence_slot *slot)
{
    const struct row *ritual = slot->ritual;
    text condition = value_as_text(ritual->value[RITUAL_CONDITION]);
    const struct agenda_source *source =
        condition.at ? agenda_source_find(call, condition) : NULL;
    struct agenda agenda = { .point = NULL };
    struct agenda_ask ask = { .team = value_as_int(ritual->value[RITUAL_TEAM]),
                              .surface = value_as_int(ritual->value[RITUAL_SURFACE]),
                              .from = slot->at - 7 * STAMP_DAY, .until = call->now };
    text zone;
    if (!source || slot->at > call->now)
        return true;
    if (!ritual_zone(call, ritual, &zone) || !week_of_stamp(call, zone, slot->at, &ask.week) ||
        !agenda_compile(call, &ask, &condition, 1, &agenda))
        return false;
    if (agenda.count)
        return true;
    slot->state = TEXT("cancelled");
    slot->reason = call_format(call, "there was nothing for it: %s", source->label);
    return slot->reason.at != NULL;
}

static bool settle(struct call *call, struct occurrence_slot *slot)
{
    const struct row *stored = slot->stored;
    slot->until = slot->at + value_as_int(slot->ritual->value[RITUAL_MINUTES]) * STAMP_MINUTE;
    slot->state = stored ? value_as_text(stored->value[OCCURRENCE_STATE]) : TEXT("scheduled");
    slot->reason = stored ? value_as_text(stored->value[OCCURRENCE_REASON]) : TEXT_NONE;
    if (text_is(slot->state, "scheduled") && !check_condition(call, slot))
        return false;
    slot->is_missed = text_is(slot->state, "scheduled") && slot->until < call->now &&
                      slot->until >= slot->ritual->created;
    return true;
}

static bool add_slot(struct call *call, const struct row *ritual, const struct row *stored,
                     int64_t day, stamp from, stamp until, struct occurrence_slots *slots)
{
    struct occurrence_slot slot = { .ritual = ritual, .stored = stored, .day = day };
    bool is_moved = stored && !value_is_null(stored->value[OCCURRENCE_MOVED_TO]);
    if (is_moved)
        slot.at = value_as_int(stored->value[OCCURRENCE_MOVED_TO]);
    else if (!ritual_start_on(call, ritual, day, &slot.at))
        return false;
    if (slot.at < from || slot.at >= until)
        return true;
    slots->slot = call_more(call, slots->slot, slots->count, &slots->room, sizeof *slots->slot);
    if (!slots->slot || !settle(call, &slot))
        return false;
    slots->slot[slots->count++] = slot;
    return true;
}

/*
 * What is stored stands for itself, wherever it was moved to. What only waits, on a day that the
 * rule no longer gives, is not held: the rule is the truth.
 */
static bool stands(const struct row *stored, const struct day_list *days)
{
    return !text_is(value_as_text(stored->value[OCCURRENCE_STATE]), "scheduled") ||
           !value_is_null(stored->value[OCCURRENCE_MOVED_TO]) ||
           rituals_has_day(days, value_as_int(stored->value[OCCURRENCE_DAY]));
}

static bool add_stored(struct call *call, const struct ritual_calendar *calendar,
                       const struct row *ritual, const struct day_list *days, stamp from,
                       stamp until, struct occurrence_slots *slots)
{
    for (size_t i = 0; i < calendar->occurrences.count; i++) {
        const struct row *stored = &calendar->occurrences.row[i];
        if (value_as_int(stored->value[OCCURRENCE_RITUAL]) == ritual->id && stands(stored, days) &&
            !add_slot(call, ritual, stored, value_as_int(stored->value[OCCURRENCE_DAY]), from,
                      until, slots))
            return false;
    }
    return true;
}

static bool add_expected(struct call *call, const struct ritual_calendar *calendar,
                         const struct row *ritual, const struct day_list *days, stamp from,
                         stamp until, struct occurrence_slots *slots)
{
    for (size_t i = 0; i < days->count; i++)
        if (!ritual_calendar_stored(calendar, ritual->id, days->day[i]) &&
            !add_slot(call, ritual, NULL, days->day[i], from, until, slots))
            return false;
    return true;
}

/* A ritual that rests is expected on no day. */
static bool add_ritual(struct call *call, const struct ritual_calendar *calendar,
                       const struct row *ritual, stamp from, stamp until,
                       struct occurrence_slots *slots)
{
    struct day_list days = { .day = NULL };
    bool is_active = text_is(value_as_text(ritual->value[RITUAL_STATE]), "active");
    if (is_active &&
        !ritual_days_expected(call, calendar, ritual, calendar->from, calendar->to, &days))
        return false;
    return add_stored(call, calendar, ritual, &days, from, until, slots) &&
           add_expected(call, calendar, ritual, &days, from, until, slots);
}

static int compare_slots(const void *left, const void *right)
{
    const struct occurrence_slot *a = left, *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->ritual->id != b->ritual->id)
        return a->ritual->id < b->ritual->id ? -1 : 1;
    return a->day < b->day ? -1 : a->day > b->day;
}

static void sort(struct occurrence_slots *slots)
{
    if (slots->count > 1)
        qsort(slots->slot, slots->count, sizeof *slots->slot, compare_slots);
}

bool occurrence_slots_of(struct call *call, const struct ritual_calendar *calendar,
                         const struct row *ritual, stamp from, stamp until,
                         struct occurrence_slots *slots)
{
    *slots = (struct occurrence_slots){ .slot = NULL };
    if (!add_ritual(call, calendar, ritual, from, until, slots))
        return false;
    sort(slots);
    return true;
}

bool occurrence_slots_read(struct call *call, const struct ritual_calendar *calendar, rid team,
                           stamp from, stamp until, struct occurrence_slots *slots)
{
    *slots = (struct occurrence_slots){ .slot = NULL };
    for (size_t i = 0; i < calendar->rituals.count; i++) {
        const struct row *ritual = &calendar->rituals.row[i];
        rid of = value_as_int(ritual->value[RITUAL_TEAM]);
        if (team && of && of != team)
            continue;
        if (!add_ritual(call, calendar, ritual, from, until, slots))
            return false;
    }
    sort(slots);
    return true;
}
