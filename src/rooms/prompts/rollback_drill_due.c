/* When a prompt is due for a rollback drill (see rollback_drill.h), and who hears of it. */
#include "base/stamp.h"
#include "rooms/people/people.h"
#include "rooms/prompts/label_move.h"
#include "rooms/prompts/rollback_drill.h"
#include "store/find.h"

enum { MONTHS_OF_YEAR = 12 };

/* First and last day of the period of so many months that the day is in; three make a quarter. */
static void period_of(int64_t day, int64_t months, int64_t *first, int64_t *last)
{
    int year, month, of_month;
    date_from_days(day, &year, &month, &of_month);
    int64_t count = (int64_t)year * MONTHS_OF_YEAR + month - 1, begin = count - count % months,
            next = begin + months;
    *first = days_from_date((int)(begin / MONTHS_OF_YEAR), (int)(begin % MONTHS_OF_YEAR) + 1, 1);
    *last = days_from_date((int)(next / MONTHS_OF_YEAR), (int)(next % MONTHS_OF_YEAR) + 1, 1) - 1;
}

static bool today_of(struct call *call, const struct row *prompt, text *zone, int64_t *today)
{
    int seconds;
    if (!people_team_zone(call, value_as_int(prompt->value[PROMPT_TEAM]), zone) ||
        !zone_offset(call, *zone, call->now, &seconds))
        return false;
    *today = (call->now + seconds * STAMP_SECOND) / STAMP_DAY;
    return true;
}

/* A drill of the prompt that was confirmed since the instant, or is put off beyond today. */
static bool was_held(struct call *call, rid prompt, stamp since, int64_t today, bool *was)
{
    struct query query;
    struct rows drills;
    *was = false;
    query_init(&query, &rollback_drill_record);
    if (!query_add(call, &query, ROLLBACK_DRILL_PROMPT, FILTER_IS, value_ref(prompt)) ||
        !find_rows(call, &query, &drills))
        return false;
    for (size_t i = 0; i < drills.count; i++) {
        const struct value *value = drills.row[i].value;
        *was |= !value_is_null(value[ROLLBACK_DRILL_CONFIRMED]) &&
                value_as_int(value[ROLLBACK_DRILL_CONFIRMED]) >= since;
        *was |= text_is(value_as_text(value[ROLLBACK_DRILL_STATE]), "postponed") &&
                value_as_int(value[ROLLBACK_DRILL_POSTPONED_TO]) > today;
    }
    return true;
}

bool drill_is_due(struct call *call, const struct row *prompt, bool *is_due, int64_t *end)
{
    int64_t months = value_as_int(prompt->value[PROMPT_DRILL_MONTHS]), today, first;
    struct row label;
    stamp since;
    text zone;
    bool has_label, was;
    *is_due = false;
    if (months == 0)
        return true;
    if (!label_find(call, prompt->id, TEXT("production"), &has_label, &label))
        return false;
    if (!has_label)
        return true;
    if (!today_of(call, prompt, &zone, &today))
        return false;
    period_of(today, months, &first, end);
    if (!stamp_from_local(call, zone, first * STAMP_DAY, &since) ||
        !was_held(call, prompt->id, since, today, &was))
        return false;
    *is_due = !was;
    return true;
}

static text words_of(struct call *call, int64_t end)
{
    char day[DATE_TEXT_SIZE];
    date_write(end, day);
    return call_format(call, "no rollback drill in this period, which ends on %s: hold one, or put "
                             "it off with a reason", day);
}

/* Every prompt that is due: `add` is told of each, and when its period ends. */
static bool each_due(struct call *call,
                     bool (*add)(struct call *, void *, const struct row *, int64_t), void *to)
{
    struct query query;
    struct rows *prompts = call_new(call, struct rows);
    query_init(&query, &prompt_record);
    if (!prompts || !find_rows(call, &query, prompts))
        return false;
    for (size_t i = 0; i < prompts->count; i++) {
        bool is_due;
        int64_t end;
        if (!drill_is_due(call, &prompts->row[i], &is_due, &end) ||
            (is_due && !add(call, to, &prompts->row[i], end)))
            return false;
    }
    return true;
}

struct compiling {
    const struct agenda_ask *ask;
    struct agenda *agenda;
};

static bool add_point(struct call *call, void *to, const struct row *prompt, int64_t end)
{
    struct compiling *compiling = to;
    bool concerns;
    if (!agenda_concerns(call, compiling->ask, prompt, &concerns))
        return false;
    return !concerns ||
           agenda_add(call, compiling->agenda,
                      (struct agenda_point){ .title = row_title(call, prompt),
                                             .why = words_of(call, end),
                                             .record = &prompt_record,
                                             .row = prompt->id,
                                             .owner = value_as_int(prompt->value[PROMPT_OWNER]) });
}

bool drill_compile(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    struct compiling compiling = { ask, agenda };
    return each_due(call, add_point, &compiling);
}

struct collecting {
    rid person;
    struct needs *needs;
};

static bool add_need(struct call *call, void *to, const struct row *prompt, int64_t end)
{
    struct collecting *collecting = to;
    return value_as_int(prompt->value[PROMPT_OWNER]) != collecting->person ||
           needs_add(call, collecting->needs,
                     (struct need){ .kind = "drill",
                                    .title = row_title(call, prompt),
                                    .why = words_of(call, end),
                                    .record = &prompt_record,
                                    .row = prompt->id });
}

bool drill_collect(struct call *call, rid person, struct needs *needs)
{
    struct collecting collecting = { person, needs };
    return person == 0 || each_due(call, add_need, &collecting);
}

struct marking {
    const struct calendar_ask *ask;
    struct calendar *calendar;
};

/* The last day of the period: by then it has been held. */
static bool add_mark(struct call *call, void *to, const struct row *prompt, int64_t end)
{
    struct marking *marking = to;
    struct calendar_event event = {
        .kind = CALENDAR_DRILL,
        .title = CALL_JOIN(call, TEXT("Rollback drill of "), row_title(call, prompt)),
        .why = words_of(call, end),
        .day = end,
        .days = 1,
        .sequence = prompt->version - 1,
        .changed = prompt->changed,
        .record = &prompt_record,
        .row = prompt->id,
        .person = value_as_int(prompt->value[PROMPT_OWNER]),
    };
    bool concerns, is_within = end * STAMP_DAY < marking->ask->until &&
                               (end + 1) * STAMP_DAY > marking->ask->from;
    if (!calendar_concerns(call, marking->ask, prompt, event.person, &concerns))
        return false;
    return !concerns || !is_within ||
           (event.title.at && calendar_add(call, marking->calendar, event));
}

static bool collect_marks(struct call *call, const struct calendar_ask *ask,
                          struct calendar *calendar)
{
    struct marking marking = { ask, calendar };
    return (ask->record && ask->record != &prompt_record) || each_due(call, add_mark, &marking);
}

const struct calendar_source drill_calendar[] = {
    { "prompts.drills", "Rollback drills", "The days by which prompts are due for a drill.",
      collect_marks },
    { 0 },
};
