/*
 * See ritual_events.h. The rule stays one event, whatever happens to its days: an expected day is
 * an instance, a day that is not expected is left out, a moved one has an event of its own in the
 * place of its instance. What is called off says so for a while and is left out after that. A
 * ritual that rests is two events here, what it was and what is called off; programs outside know
 * it as one.
 */
#include "rooms/rituals/ritual_events.h"

#include "base/recurrence.h"
#include "rooms/people/people.h"
#include "rooms/rituals/ritual_days.h"
#include "rooms/rituals/rituals.h"

enum { DAYS_BACK = 366 };

/* One walk over the rituals. */
struct telling {
    const struct calendar_ask *ask;
    struct ritual_calendar calendar;
    struct calendar *to;
};

/* One ritual of it. */
struct told {
    const struct row *ritual;
    struct day_list days; /* of its rule */
    bool is_resting;
    stamp rested; /* since when; before that it was held */
};

static bool is_choice(const struct row *row, int field, const char *word)
{
    return text_is(value_as_text(row->value[field]), word);
}

/* --- whose it is --- */

static bool comes(const struct row *ritual, rid person)
{
    struct value attendees = ritual->value[RITUAL_ATTENDEES];
    for (uint32_t i = 0; i < attendees.count; i++)
        if (attendees.ids[i] == person)
            return true;
    return value_as_int(ritual->value[RITUAL_OWNER]) == person;
}

/* Where nobody is named, the whole team comes. */
static bool concerns_person(struct call *call, const struct row *ritual, rid person,
                            bool *concerns)
{
    *concerns = comes(ritual, person);
    if (*concerns || ritual->value[RITUAL_ATTENDEES].count)
        return true;
    return people_is_member(call, person, value_as_int(ritual->value[RITUAL_TEAM]), concerns);
}

static bool concerns(struct call *call, const struct calendar_ask *ask, const struct row *ritual,
                     bool *does)
{
    rid team = value_as_int(ritual->value[RITUAL_TEAM]);
    *does = ask->record ? calendar_asks_row(ask, &ritual_record, ritual->id)
                        : !ask->team || !team || team == ask->team;
    return ask->record || !ask->person || !*does ||
           concerns_person(call, ritual, ask->person, does);
}

/* --- the event --- */

static bool rule_days(struct call *call, const struct row *ritual, int64_t from, int64_t to,
                      struct day_list *days)
{
    struct recurrence_days found;
    int64_t starts = value_as_int(ritual->value[RITUAL_STARTS]);
    if (!recurrence_days_matching(call, value_as_text(ritual->value[RITUAL_RULE]), starts,
                                  from < starts ? starts : from, to, &found))
        return false;
    *days = (struct day_list){ found.day, found.count };
    return true;
}

static bool ritual_event(struct call *call, const struct row *ritual, struct calendar_event *event)
{
    text id = row_public_id(call, &ritual_record, ritual->id);
    *event = (struct calendar_event){
        .kind = CALENDAR_RITUAL,
        .title = row_title(call, ritual),
        .why = value_as_text(ritual->value[RITUAL_PURPOSE]),
        .minutes = (int)value_as_int(ritual->value[RITUAL_MINUTES]),
        .rule = value_as_text(ritual->value[RITUAL_RULE]),
        .sequence = ritual->version - 1,
        .changed = ritual->changed,
        .record = &ritual_record,
        .row = ritual->id,
        .day_link = { CALL_JOIN(call, TEXT("/occurrences/"), id, TEXT("@")), TEXT("/run") },
        .person = value_as_int(ritual->value[RITUAL_OWNER]),
    };
    return event->title.at && event->day_link[0].at && ritual_zone(call, ritual, &event->zone) &&
           ritual_minute_read(call, value_as_text(ritual->value[RITUAL_AT]), &event->minute);
}

/* --- its days --- */

static bool is_off(const struct row *stored)
{
    return is_choice(stored, OCCURRENCE_STATE, "skipped") ||
           is_choice(stored, OCCURRENCE_STATE, "cancelled");
}

static bool is_moved(const struct row *stored)
{
    return !value_is_null(stored->value[OCCURRENCE_MOVED_TO]);
}

static bool is_told(const struct call *call, const struct row *stored)
{
    return !is_off(stored) || stored->changed > call->now - CALENDAR_CANCELLED_KEPT;
}

/* Before it came to rest: what was moved, by when it was to be. */
static bool was_held(struct call *call, const struct told *told, const struct row *stored,
                     int64_t day, bool *was)
{
    stamp at;
    *was = true;
    if (!told->is_resting)
        return true;
    if (stored && is_moved(stored))
        at = value_as_int(stored->value[OCCURRENCE_MOVED_TO]);
    else if (!ritual_start_on(call, told->ritual, day, &at))
        return false;
    *was = at < told->rested;
    return true;
}

/* The days of the rule on which nothing is shown. */
static bool days_without(struct call *call, const struct telling *telling, const struct told *told,
                         struct calendar_event *event)
{
    const struct ritual_calendar *calendar = &telling->calendar;
    struct day_list expected;
    int64_t *without = call_array(call, told->days.count + 1, sizeof *without);
    if (!without || !ritual_days_expected(call, calendar, told->ritual, calendar->from,
                                          calendar->to, &expected))
        return false;
    for (size_t i = 0; i < told->days.count; i++) {
        int64_t day = told->days.day[i];
        const struct row *stored = ritual_calendar_stored(calendar, told->ritual->id, day);
        bool was;
        if (!was_held(call, told, stored, day, &was))
            return false;
        if (!was || (stored ? !is_told(call, stored) : !rituals_has_day(&expected, day)))
            without[event->without_count++] = day;
        if (stored && stored->changed > event->changed)
            event->changed = stored->changed;
    }
    event->without = without;
    return true;
}

static text day_words(struct call *call, const char *format, int64_t day)
{
    char date[DATE_TEXT_SIZE];
    date_write(day, date);
    return call_format(call, format, date);
}

/* A stored day in the place of its instance, or by itself where the rule has none. */
static bool add_stored(struct call *call, const struct telling *telling,
                       const struct calendar_event *of, const struct row *stored,
                       bool is_instance)
{
    struct calendar_event event = *of;
    int64_t day = value_as_int(stored->value[OCCURRENCE_DAY]);
    event.rule = TEXT_NONE;
    event.without_count = 0;
    event.day = day;
    event.sequence = of->sequence + stored->version;
    event.changed = stored->changed;
    event.is_cancelled = is_off(stored);
    event.is_instead = is_instance;
    event.instead_day = day;
    event.instead_minute = of->minute;
    event.link = CALL_JOIN(call, TEXT("/occurrences/"),
                           row_public_id(call, &occurrence_record, stored->id), TEXT("/run"));
    if (!is_instance) {
        event.record = &occurrence_record;
        event.row = stored->id;
        event.sequence = stored->version - 1;
    }
    if (is_moved(stored)) {
        event.why = day_words(call, "moved from %s", day);
        if (!calendar_at(call, of->zone, value_as_int(stored->value[OCCURRENCE_MOVED_TO]), &event))
            return false;
    }
    if (event.is_cancelled)
        event.why = value_as_text(stored->value[OCCURRENCE_REASON]);
    return event.link.at && calendar_add(call, telling->to, event);
}

/* A day that is as its rule has it needs no event of its own. */
static bool add_stored_days(struct call *call, const struct telling *telling,
                            const struct told *told, const struct calendar_event *event)
{
    const struct rows *rows = &telling->calendar.occurrences;
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *stored = &rows->row[i];
        int64_t day = value_as_int(stored->value[OCCURRENCE_DAY]);
        bool was, is_instance = rituals_has_day(&told->days, day);
        bool is_scheduled = is_choice(stored, OCCURRENCE_STATE, "scheduled");
        bool has_own = is_moved(stored) || is_off(stored) || (!is_instance && !is_scheduled);
        if (value_as_int(stored->value[OCCURRENCE_RITUAL]) != event->row || !has_own ||
            day < telling->calendar.from || day > telling->calendar.to ||
            !is_told(call, stored))
            continue;
        if (!was_held(call, told, stored, day, &was) ||
            (was && !add_stored(call, telling, event, stored, is_instance)))
            return false;
    }
    return true;
}

static bool add_held(struct call *call, const struct telling *telling, const struct told *told,
                     struct calendar_event event)
{
    return days_without(call, telling, told, &event) && calendar_add(call, telling->to, event) &&
           add_stored_days(call, telling, told, &event);
}

/* It is told as called off for a while; then that is gone. */
static bool add_rest(struct call *call, const struct telling *telling, const struct told *told,
                     struct calendar_event event)
{
    int64_t *without = call_array(call, told->days.count + 1, sizeof *without);
    if (!without)
        return false;
    for (size_t i = 0; i < told->days.count && !telling->ask->goes_out; i++) {
        int64_t day = told->days.day[i];
        bool was;
        if (!was_held(call, told, ritual_calendar_stored(&telling->calendar, event.row, day), day,
                      &was))
            return false;
        if (was)
            without[event.without_count++] = day;
    }
    event.without = without;
    event.is_cancelled = true;
    event.why = value_as_text(told->ritual->value[RITUAL_REASON]);
    return calendar_add(call, telling->to, event);
}

/* What rested before it was written since when does so since it was last changed. */
static struct told told_of(const struct row *ritual)
{
    struct value rested = ritual->value[RITUAL_RESTED];
    return (struct told){
        .ritual = ritual,
        .is_resting = !is_choice(ritual, RITUAL_STATE, "active"),
        .rested = value_is_null(rested) ? ritual->changed : value_as_int(rested),
    };
}

static bool add_ritual(struct call *call, const struct telling *telling, const struct row *ritual)
{
    struct told told = told_of(ritual);
    struct calendar_event event;
    bool has_day, goes_out = telling->ask->goes_out;
    bool is_gone = told.is_resting && ritual->changed <= call->now - CALENDAR_CANCELLED_KEPT;
    if (is_gone && goes_out)
        return true;
    if (!ritual_event(call, ritual, &event) ||
        !calendar_first_day(call, event.rule, value_as_int(ritual->value[RITUAL_STARTS]),
                            &event.day, &has_day) ||
        !rule_days(call, ritual, telling->calendar.from, telling->calendar.to, &told.days))
        return false;
    if (!has_day)
        return true;
    if (!(told.is_resting && goes_out) && !add_held(call, telling, &told, event))
        return false;
    return !told.is_resting || is_gone || add_rest(call, telling, &told, event);
}

static bool read_calendar(struct call *call, struct telling *telling)
{
    int64_t today, from, to;
    if (!day_of_stamp(call, telling->ask->zone, call->now, &today) ||
        !day_of_stamp(call, telling->ask->zone, telling->ask->from, &from) ||
        !day_of_stamp(call, telling->ask->zone, telling->ask->until, &to))
        return false;
    from = from - 1 < today - DAYS_BACK ? from - 1 : today - DAYS_BACK;
    return ritual_calendar_read(call, from, to + 1, &telling->calendar);
}

static bool collect_rituals(struct call *call, const struct calendar_ask *ask,
                            struct calendar *calendar)
{
    struct telling telling = { .ask = ask, .to = calendar };
    if (ask->record && ask->record != &ritual_record)
        return true;
    if (!read_calendar(call, &telling))
        return false;
    for (size_t i = 0; i < telling.calendar.rituals.count; i++) {
        const struct row *ritual = &telling.calendar.rituals.row[i];
        bool does;
        if (!concerns(call, ask, ritual, &does) || (does && !add_ritual(call, &telling, ritual)))
            return false;
    }
    return true;
}

/* --- holidays --- */

/* Whose holidays are asked for. */
struct holiday_ask {
    rid team;
    rid calendar; /* the holiday calendar that the team follows; 0: none */
    bool is_of_person;
    struct row person;
};

static bool read_ask(struct call *call, const struct calendar_ask *ask, struct holiday_ask *of)
{
    struct row team;
    *of = (struct holiday_ask){ .team = ask->team, .is_of_person = ask->person != 0 };
    if (ask->team && !find_row(call, &team_record, ask->team, &team))
        return false;
    if (ask->team)
        of->calendar = value_as_int(team.value[TEAM_HOLIDAY_CALENDAR]);
    return !ask->person || find_row(call, &person_record, ask->person, &of->person);
}

static bool concerns_holiday(struct call *call, const struct holiday_ask *of,
                             const struct row *holiday, bool *does)
{
    rid team = value_as_int(holiday->value[HOLIDAY_TEAM]);
    rid calendar = value_as_int(holiday->value[HOLIDAY_CALENDAR]);
    *does = !of->team || (calendar ? calendar == of->calendar : !team || team == of->team);
    return !*does || !of->is_of_person || people_has_holiday(call, &of->person, holiday, does);
}

static bool find_holidays(struct call *call, const struct calendar_ask *ask, struct rows *rows)
{
    struct query query;
    query_init(&query, &holiday_record);
    return query_add(call, &query, HOLIDAY_DAY, FILTER_AT_LEAST,
                     value_int(ask->from / STAMP_DAY - 1)) &&
           query_add(call, &query, HOLIDAY_DAY, FILTER_AT_MOST,
                     value_int(ask->until / STAMP_DAY + 1)) &&
           find_rows(call, &query, rows);
}

static bool collect_holidays(struct call *call, const struct calendar_ask *ask,
                             struct calendar *calendar)
{
    struct holiday_ask of;
    struct rows rows;
    if (ask->record)
        return true;
    if (!find_holidays(call, ask, &rows))
        return false;
    if (rows.count && !read_ask(call, ask, &of))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *row = &rows.row[i];
        struct calendar_event event = { .kind = CALENDAR_HOLIDAY,
                                        .title = row_title(call, row),
                                        .day = value_as_int(row->value[HOLIDAY_DAY]),
                                        .days = 1,
                                        .sequence = row->version - 1,
                                        .changed = row->changed,
                                        .record = &holiday_record,
                                        .row = row->id };
        bool does;
        if (!concerns_holiday(call, &of, row, &does) ||
            (does && !calendar_add(call, calendar, event)))
            return false;
    }
    return true;
}

const struct calendar_source ritual_events[] = {
    { "rituals.held", "Rituals", "When rituals are held, with what was moved or called off.",
      collect_rituals },
    { "rituals.holidays", "Holidays", "Days on which nothing is held.", collect_holidays },
    { 0 },
};
