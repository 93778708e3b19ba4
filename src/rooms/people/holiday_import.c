/* See holiday_import.h. */
#include "rooms/people/holiday_import.h"

#include "base/recurrence.h"
#include "ledger/ledger.h"
#include "rooms/people/people.h"

/* What recurs each year is written down for so long; a holiday is of few days. */
enum { YEARS_AHEAD = 5, DAYS_OF_YEAR = 366, DAYS_MAX = 14 };

static bool is_known(const struct holiday_import *import, int64_t day)
{
    for (size_t i = 0; i < import->known.count; i++)
        if (value_as_int(import->known.row[i].value[HOLIDAY_DAY]) == day)
            return true;
    return false;
}

static bool remember(struct call *call, struct holiday_import *import, const struct row *row)
{
    struct rows *known = &import->known;
    known->row = call_more(call, known->row, known->count, &known->room, sizeof *row);
    if (!known->row)
        return false;
    known->row[known->count++] = *row;
    return true;
}

static bool add_day(struct call *call, struct holiday_import *import, text name, int64_t day)
{
    struct row row;
    if (is_known(import, day)) {
        import->before++;
        return true;
    }
    if (!row_init(call, &holiday_record, &row))
        return false;
    row.value[HOLIDAY_NAME] = value_text(name.size ? name : TEXT("holiday"));
    row.value[HOLIDAY_DAY] = value_int(day);
    row.value[HOLIDAY_CALENDAR] = value_ref(import->calendar);
    import->fresh++;
    return ledger_create(call, &row) && remember(call, import, &row);
}

static bool add_days(struct call *call, struct holiday_import *import,
                     const struct ics_event *event, int64_t first, int64_t days)
{
    for (int64_t day = first; day < first + days; day++)
        if (!add_day(call, import, event->summary, day))
            return false;
    return true;
}

static bool is_left_out(const struct ics_event *event, int64_t day)
{
    for (size_t i = 0; i < event->exdate_count; i++)
        if (event->exdate[i].at / STAMP_DAY == day)
            return true;
    return false;
}

static bool add_recurring(struct call *call, struct holiday_import *import,
                          const struct ics_event *event, int64_t first, int64_t days)
{
    struct recurrence_days found;
    int64_t today = call->now / STAMP_DAY;
    if (!recurrence_days_matching(call, event->rrule, first, first,
                                  today + YEARS_AHEAD * DAYS_OF_YEAR, &found))
        return false;
    for (size_t i = 0; i < found.count; i++)
        if (!is_left_out(event, found.day[i]) && !add_days(call, import, event, found.day[i], days))
            return false;
    return true;
}

/* Why an event is no holiday, or NULL. */
static const char *why_not(const struct ics_event *event, int64_t days)
{
    if (!event->start.is_day)
        return "has a time of day";
    if (text_is(event->status, "CANCELLED"))
        return "was called off";
    if (text_starts(event->description, TEXT("Observance"))) /* as Google's calendars say it */
        return "is observed, and people work";
    return days < 1 || days > DAYS_MAX ? "is longer than a fortnight" : NULL;
}

static bool add_event(struct call *call, struct holiday_import *import,
                      const struct ics_event *event)
{
    int64_t first = event->start.at / STAMP_DAY - (event->start.at % STAMP_DAY < 0);
    int64_t days = event->end.is_day ? event->end.at / STAMP_DAY - first : 1;
    const char *why = why_not(event, days < 1 ? 1 : days);
    if (why) {
        out_format(&import->notes, "line %zu: '%.*s' %s, so it is no holiday\n", event->line,
                   TEXT_FMT(text_until_character(event->summary, FAIL_FIELD_SIZE)), why);
        import->note_count++;
        return true;
    }
    days = days < 1 ? 1 : days;
    return event->rrule.size ? add_recurring(call, import, event, first, days)
                             : add_days(call, import, event, first, days);
}

static bool read_known(struct call *call, struct holiday_import *import)
{
    struct query query;
    query_init(&query, &holiday_record);
    return query_add(call, &query, HOLIDAY_CALENDAR, FILTER_IS, value_ref(import->calendar)) &&
           find_rows(call, &query, &import->known);
}

/* All of the file, or nothing of it. */
static bool take(struct call *call, struct holiday_import *import, const struct ics_calendar *read)
{
    if (!read_known(call, import))
        return false;
    for (size_t i = 0; i < read->count; i++)
        if (!add_event(call, import, &read->event[i]))
            return false;
    return import->fresh + import->before > 0 ||
           fail(call, FAIL_INVALID,
                "there is no holiday in the file: a holiday is an event of a whole day");
}

/* The calendar of that name, which is made when there is none. */
static bool find_calendar(struct call *call, text name, rid *calendar)
{
    struct query query;
    struct row row;
    query_init(&query, &holiday_calendar_record);
    if (!query_add(call, &query, HOLIDAY_CALENDAR_NAME, FILTER_IS, value_text(name)))
        return false;
    bool is_there = find_first(call, &query, &row);
    if (call->fail.kind != FAIL_NONE ||
        (!is_there && !row_init(call, &holiday_calendar_record, &row)))
        return false;
    if (!is_there) {
        row.value[HOLIDAY_CALENDAR_NAME] = value_text(name);
        if (!ledger_create(call, &row))
            return false;
    }
    *calendar = row.id;
    return true;
}

bool holiday_import(struct call *call, rid calendar, text name, const struct ics_calendar *read,
                    struct holiday_import *import)
{
    *import = (struct holiday_import){ .calendar = calendar };
    out_init(&import->notes, call);
    if (!change_open(call, TEXT("import holidays")))
        return false;
    if ((calendar || find_calendar(call, name, &import->calendar)) && take(call, import, read) &&
        change_commit(call))
        return true;
    change_rollback(call);
    return false;
}
