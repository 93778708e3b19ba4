/* See ritual_days.h. */
#include "rooms/rituals/ritual_days.h"

#include "base/recurrence.h"
#include "rooms/people/people.h"
#include "rooms/rituals/rituals.h"

#include <stdlib.h>

/* --- reading --- */

/* By ritual and day, so that one is found among many. */
static int compare_occurrences(const void *left, const void *right)
{
    static const enum occurrence_field by[] = { OCCURRENCE_RITUAL, OCCURRENCE_DAY };
    const struct row *a = left, *b = right;
    for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
        int64_t one = value_as_int(a->value[by[i]]), other = value_as_int(b->value[by[i]]);
        if (one != other)
            return one < other ? -1 : 1;
    }
    return 0;
}

static void sort_occurrences(struct rows *rows)
{
    if (rows->count > 1)
        qsort(rows->row, rows->count, sizeof *rows->row, compare_occurrences);
}

static bool read_occurrences(struct call *call, struct ritual_calendar *calendar)
{
    struct query query;
    query_init(&query, &occurrence_record);
    return query_add(call, &query, OCCURRENCE_DAY, FILTER_AT_LEAST,
                     value_int(calendar->from - RITUAL_MOVE_DAYS_MAX)) &&
           query_add(call, &query, OCCURRENCE_DAY, FILTER_AT_MOST,
                     value_int(calendar->to + RITUAL_MOVE_DAYS_MAX)) &&
           find_rows(call, &query, &calendar->occurrences);
}

/* Asked for only where a holiday is in a calendar. */
static bool read_followers(struct call *call, struct ritual_calendar *calendar)
{
    struct query query;
    bool has_calendar = false;
    for (size_t i = 0; i < calendar->holidays.count; i++)
        has_calendar |= !value_is_null(calendar->holidays.row[i].value[HOLIDAY_CALENDAR]);
    if (!has_calendar)
        return true;
    query_init(&query, &team_record);
    return query_add(call, &query, TEAM_HOLIDAY_CALENDAR, FILTER_IS_NOT, VALUE_NONE) &&
           find_rows(call, &query, &calendar->teams);
}

bool ritual_calendar_read(struct call *call, int64_t from, int64_t to,
                          struct ritual_calendar *calendar)
{
    struct query rituals, holidays;
    *calendar = (struct ritual_calendar){ .from = from, .to = to };
    query_init(&rituals, &ritual_record);
    query_init(&holidays, &holiday_record);
    if (!find_rows(call, &rituals, &calendar->rituals) ||
        !query_add(call, &holidays, HOLIDAY_DAY, FILTER_AT_LEAST, value_int(from - 1)) ||
        !query_add(call, &holidays, HOLIDAY_DAY, FILTER_AT_MOST, value_int(to)) ||
        !find_rows(call, &holidays, &calendar->holidays) || !read_followers(call, calendar) ||
        !read_occurrences(call, calendar))
        return false;
    sort_occurrences(&calendar->occurrences);
    return true;
}

const struct row *ritual_calendar_find(const struct ritual_calendar *calendar, rid ritual)
{
    for (size_t i = 0; i < calendar->rituals.count; i++)
        if (calendar->rituals.row[i].id == ritual)
            return &calendar->rituals.row[i];
    return NULL;
}

const struct row *ritual_calendar_stored(const struct ritual_calendar *calendar, rid ritual,
                                         int64_t day)
{
    size_t low = 0, high = calendar->occurrences.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct row *row = &calendar->occurrences.row[middle];
        int64_t of = value_as_int(row->value[OCCURRENCE_RITUAL]),
                on = value_as_int(row->value[OCCURRENCE_DAY]);
        if (of == ritual && on == day)
            return row;
        if (of < ritual || (of == ritual && on < day))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* --- instants --- */

bool ritual_minute_read(struct call *call, text word, int *minute)
{
    return minute_read(call, "at", word, minute);
}

bool ritual_zone(struct call *call, const struct row *ritual, text *zone)
{
    *zone = value_as_text(ritual->value[RITUAL_ZONE]);
    return zone->at ||
           people_team_zone(call, value_as_int(ritual->value[RITUAL_TEAM]), zone);
}

bool ritual_start_on(struct call *call, const struct row *ritual, int64_t day, stamp *at)
{
    text zone;
    int minute;
    return ritual_zone(call, ritual, &zone) &&
           ritual_minute_read(call, value_as_text(ritual->value[RITUAL_AT]), &minute) &&
           stamp_from_local(call, zone, day * STAMP_DAY + minute * STAMP_MINUTE, at);
}

/* --- days --- */

/* The rule's days alone. */
static bool rule_days(struct call *call, const struct row *ritual, int64_t from, int64_t to,
                      struct day_list *days)
{
    struct recurrence_days found;
    int64_t starts = value_as_int(ritual->value[RITUAL_STARTS]);
    *days = (struct day_list){ .day = NULL };
    if (to < starts)
        return true;
    if (!recurrence_days_matching(call, value_as_text(ritual->value[RITUAL_RULE]), starts,
                                  from < starts ? starts : from, to, &found))
        return false;
    *days = (struct day_list){ found.day, found.count };
    return true;
}

static bool follows(const struct ritual_calendar *calendar, rid team, rid holiday_calendar)
{
    for (size_t i = 0; team && i < calendar->teams.count; i++)
        if (calendar->teams.row[i].id == team)
            return value_as_int(calendar->teams.row[i].value[TEAM_HOLIDAY_CALENDAR]) ==
                   holiday_calendar;
    return false;
}

static bool is_holiday(const struct ritual_calendar *calendar, const struct row *ritual,
                       int64_t day)
{
    rid team = value_as_int(ritual->value[RITUAL_TEAM]);
    if (value_as_bool(ritual->value[RITUAL_ON_HOLIDAYS]))
        return false;
    for (size_t i = 0; i < calendar->holidays.count; i++) {
        const struct row *holiday = &calendar->holidays.row[i];
        rid of = value_as_int(holiday->value[HOLIDAY_TEAM]);
        rid in = value_as_int(holiday->value[HOLIDAY_CALENDAR]);
        if (value_as_int(holiday->value[HOLIDAY_DAY]) == day &&
            (in ? follows(calendar, team, in) : of == 0 || of == team))
            return true;
    }
    return false;
}

static bool does_not_take_place(const struct row *occurrence)
{
    text state = value_as_text(occurrence->value[OCCURRENCE_STATE]);
    return text_is(state, "skipped") || text_is(state, "cancelled");
}

/* The day on which the other ritual's occurrence of `day` really is; false: it is not held. */
static bool actual_day(struct call *call, const struct ritual_calendar *calendar,
                       const struct row *other, int64_t day, int64_t *actual)
{
    const struct row *stored = ritual_calendar_stored(calendar, other->id, day);
    text zone;
    *actual = day;
    if (stored ? does_not_take_place(stored) : is_holiday(calendar, other, day))
        return false;
    if (!stored || value_is_null(stored->value[OCCURRENCE_MOVED_TO]))
        return true;
    return ritual_zone(call, other, &zone) &&
           day_of_stamp(call, zone, value_as_int(stored->value[OCCURRENCE_MOVED_TO]), actual);
}

/* The days after those on which the other ritual is, as far as they matter for from..to. */
static bool days_after(struct call *call, const struct ritual_calendar *calendar,
                       const struct row *other, int64_t from, int64_t to, struct day_list *list)
{
    struct day_list days;
    if (!rule_days(call, other, from - RITUAL_MOVE_DAYS_MAX, to + RITUAL_MOVE_DAYS_MAX, &days))
        return false;
    *list = (struct day_list){ call_array(call, days.count + 1, sizeof *list->day), 0 };
    if (!list->day)
        return false;
    for (size_t i = 0; i < days.count; i++) {
        int64_t actual;
        if (actual_day(call, calendar, other, days.day[i], &actual))
            list->day[list->count++] = actual + 1;
        else if (call->fail.kind != FAIL_NONE)
            return false;
    }
    *list = rituals_days(list->day, list->count);
    return true;
}

static bool take_out(struct call *call, const struct day_list *without, struct day_list *days)
{
    struct day_list left;
    if (!rituals_difference(call, days, without, &left))
        return false;
    *days = left;
    return true;
}

static bool take_out_days_after(struct call *call, const struct ritual_calendar *calendar,
                                const struct row *ritual, struct day_list *days)
{
    struct value others = ritual->value[RITUAL_NOT_AFTER];
    for (uint32_t i = 0; i < others.count && days->count; i++) {
        const struct row *other = ritual_calendar_find(calendar, others.ids[i]);
        struct day_list after;
        if (!other || !text_is(value_as_text(other->value[RITUAL_STATE]), "active"))
            continue;
        if (!days_after(call, calendar, other, days->day[0], days->day[days->count - 1],
                        &after) ||
            !take_out(call, &after, days))
            return false;
    }
    return true;
}

bool ritual_days_expected(struct call *call, const struct ritual_calendar *calendar,
                          const struct row *ritual, int64_t from, int64_t to,
                          struct day_list *days)
{
    size_t kept = 0;
    if (!rule_days(call, ritual, from, to, days))
        return false;
    for (size_t i = 0; i < days->count; i++)
        if (!is_holiday(calendar, ritual, days->day[i]))
            days->day[kept++] = days->day[i];
    days->count = kept;
    return take_out_days_after(call, calendar, ritual, days);
}
