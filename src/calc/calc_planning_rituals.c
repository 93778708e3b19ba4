/*
 * See calc_planning.h: meetings, working hours and the weekly update (methods/planning.md, 7 and
 * 8).
 */
#include "calc/calc_planning.h"

#include "calc/calc_day.h"
#include "engine/dimensions.h"
#include "engine/rituals.h"
#include "engine/weekly_update.h"
#include "engine/working_hours.h"

/* --- rituals --- */

const struct calc_input calc_planning_ritual_expected_inputs[] = {
    CALC_INPUT("rule", CALC_TEXT),
    CALC_INPUT("from", CALC_TEXT),
    CALC_INPUT("to", CALC_TEXT),
    CALC_INPUT("exclude_day_after", CALC_TEXTS, .fallback = "[]"),
    CALC_INPUT("exdates", CALC_TEXTS, .fallback = "[]"),
    CALC_INPUT("holidays", CALC_TEXTS, .fallback = "[]"),
    { 0 },
};

static bool read_days(struct call *call, const struct calc_values *in, const char *name,
                      struct day_list *list)
{
    int64_t *day = calc_days(call, in, name);
    if (!day)
        return false;
    *list = rituals_days(day, calc_size(in, name));
    return true;
}

/* Exception dates and holidays are left out alike. */
static bool read_without(struct call *call, const struct calc_values *in, struct day_list *without)
{
    struct day_list exdates, holidays;
    if (!read_days(call, in, "exdates", &exdates) || !read_days(call, in, "holidays", &holidays))
        return false;
    int64_t *day = call_array(call, exdates.count + holidays.count + 1, sizeof *day);
    if (!day)
        return false;
    for (size_t i = 0; i < exdates.count; i++)
        day[i] = exdates.day[i];
    for (size_t i = 0; i < holidays.count; i++)
        day[exdates.count + i] = holidays.day[i];
    *without = rituals_days(day, exdates.count + holidays.count);
    return true;
}

static bool read_range(struct call *call, const struct calc_values *in, int64_t *from, int64_t *to)
{
    if (!calc_day(call, in, "from", from) || !calc_day(call, in, "to", to))
        return false;
    if (*to < *from)
        return calc_refuse(call, in, "to", "is before 'from'");
    return *to - *from < RITUALS_DAYS_MAX ||
           calc_refuse(call, in, "to", "is more than %d days after 'from'", RITUALS_DAYS_MAX);
}

bool calc_planning_ritual_expected(struct call *call, const struct calc_values *in,
                                   struct json_writer *out)
{
    struct ritual_rule rule;
    struct day_list not_after, without, expected;
    int64_t from, to;
    if (!rituals_read_rule(call, calc_text(in, "rule"), &rule) ||
        !read_range(call, in, &from, &to) ||
        !read_days(call, in, "exclude_day_after", &not_after) ||
        !read_without(call, in, &without) ||
        !rituals_expected(call, &rule, from, to, &not_after, &without, &expected))
        return false;
    calc_put_days(out, "value", expected.day, expected.count);
    return true;
}

const struct calc_input calc_planning_ritual_audit_inputs[] = {
    CALC_INPUT("expected", CALC_TEXTS),
    CALC_INPUT("held", CALC_TEXTS),
    { 0 },
};

bool calc_planning_ritual_audit(struct call *call, const struct calc_values *in,
                                struct json_writer *out)
{
    struct day_list expected, held, skipped, outside;
    if (!read_days(call, in, "expected", &expected) || !read_days(call, in, "held", &held) ||
        !rituals_difference(call, &expected, &held, &skipped) ||
        !rituals_difference(call, &held, &expected, &outside))
        return false;
    bool has_expected = expected.count > 0;
    double kept = (double)(expected.count - skipped.count);
    calc_put_days(out, "skipped", skipped.day, skipped.count);
    calc_put_days(out, "held_outside_rule", outside.day, outside.count);
    calc_put_real(out, "adherence", has_expected, has_expected ? kept / (double)expected.count : 0);
    return true;
}

static const struct calc_input occurrence_members[] = {
    CALC_INPUT("attended", CALC_COUNT),
    CALC_INPUT("artifacts", CALC_COUNT),
    CALC_INPUT("decisions", CALC_COUNT),
    CALC_INPUT("actions", CALC_COUNT),
    { 0 },
};

const struct calc_input calc_planning_zombie_meeting_inputs[] = {
    CALC_INPUT("occurrences", CALC_OBJECTS, .members = occurrence_members),
    CALC_INPUT("window", CALC_COUNT, .fallback = "4"),
    CALC_INPUT("threshold", CALC_COUNT, .fallback = "3"),
    { 0 },
};

static bool check_positive(struct call *call, const struct calc_values *in, const char *name)
{
    return calc_count(in, name) >= 1 ||
           calc_refuse(call, in, name, "is 0: it must be a whole number, 1 or more");
}

bool calc_planning_zombie_meeting(struct call *call, const struct calc_values *in,
                                  struct json_writer *out)
{
    size_t count = calc_size(in, "occurrences");
    struct ritual_occurrence *occurrence = call_array(call, count + 1, sizeof *occurrence);
    struct calc_values one;
    if (!occurrence || !check_positive(call, in, "window") ||
        !check_positive(call, in, "threshold"))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!calc_item(call, in, "occurrences", i, &one))
            return false;
        occurrence[i] =
            (struct ritual_occurrence){ calc_count(&one, "attended"), calc_count(&one, "artifacts"),
                                        calc_count(&one, "decisions"),
                                        calc_count(&one, "actions") };
    }
    struct ritual_zombie zombie = rituals_zombie(
        occurrence, count, (size_t)calc_count(in, "window"), calc_count(in, "threshold"));
    json_put_bool(out, "zombie", zombie.is_zombie);
    if (zombie.is_too_few) {
        json_put_null(out, "empty");
        json_put_null(out, "unattended");
    } else {
        json_put_int(out, "empty", zombie.empty);
        json_put_int(out, "unattended", zombie.unattended);
    }
    json_put_bool(out, "too_few", zombie.is_too_few);
    return true;
}

const struct calc_input calc_planning_meeting_cost_inputs[] = {
    CALC_INPUT("people", CALC_AMOUNT),
    CALC_INPUT("minutes", CALC_AMOUNT),
    CALC_INPUT("per_week", CALC_AMOUNT),
    CALC_INPUT("hourly_rate", CALC_AMOUNT),
    CALC_INPUT("weeks_per_year", CALC_AMOUNT, .fallback = "46"),
    { 0 },
};

bool calc_planning_meeting_cost(struct call *call, const struct calc_values *in,
                                struct json_writer *out)
{
    (void)call;
    double hours = rituals_hours_per_week(calc_real(in, "people"), calc_real(in, "minutes"),
                                          calc_real(in, "per_week"));
    json_put_real(out, "person_hours_per_week", hours);
    json_put_real(out, "cost_per_year",
                  hours * calc_real(in, "hourly_rate") * calc_real(in, "weeks_per_year"));
    return true;
}

/* --- zones --- */

static bool check_zone(struct call *call, const struct calc_values *in)
{
    text zone = calc_text(in, "tz");
    return zone_is_known(zone) ||
           calc_refuse(call, in, "tz",
                       "is '%.*s', which is no time zone: write an IANA name such as Europe/Berlin",
                       TEXT_FMT(zone));
}

static void put_instant(struct json_writer *out, const char *key, stamp at)
{
    char room[STAMP_TEXT_SIZE];
    stamp_write(at, room);
    json_put_string(out, key, room);
}

const struct calc_input calc_planning_local_to_utc_inputs[] = {
    CALC_INPUT("local", CALC_TEXT),
    CALC_INPUT("tz", CALC_TEXT),
    { 0 },
};

bool calc_planning_local_to_utc(struct call *call, const struct calc_values *in,
                                struct json_writer *out)
{
    stamp local, at;
    text words = calc_text(in, "local");
    if (stamp_read(words, &local, NULL) != STAMP_WITHOUT_ZONE)
        return calc_refuse(call, in, "local",
                           "is '%.*s': write a local time without a zone, YYYY-MM-DDTHH:MM:SS",
                           TEXT_FMT(words));
    if (!check_zone(call, in) || !stamp_from_local(call, calc_text(in, "tz"), local, &at))
        return false;
    put_instant(out, "value", at);
    return true;
}

static const struct calc_input person_members[] = {
    CALC_INPUT("id", CALC_LABEL),
    CALC_INPUT("tz", CALC_TEXT),
    CALC_INPUT("from", CALC_AMOUNT),
    CALC_INPUT("to", CALC_AMOUNT),
    { 0 },
};

static bool read_hours(struct call *call, const struct calc_values *in, struct working_hours *hours)
{
    *hours =
        (struct working_hours){ calc_text(in, "tz"), calc_real(in, "from"), calc_real(in, "to") };
    if (hours->to > 24)
        return calc_refuse(call, in, "to", "is %g: hours of a day are from 0 to 24", hours->to);
    if (hours->to <= hours->from)
        return calc_refuse(call, in, "to", "is %g, not after 'from' (%g)", hours->to, hours->from);
    return check_zone(call, in);
}

const struct calc_input calc_planning_who_is_working_inputs[] = {
    CALC_INPUT("utc", CALC_TEXT),
    CALC_INPUT("people", CALC_OBJECTS, .members = person_members),
    { 0 },
};

bool calc_planning_who_is_working(struct call *call, const struct calc_values *in,
                                  struct json_writer *out)
{
    stamp at;
    struct calc_values person;
    struct working_hours hours;
    if (!calc_instant(call, in, "utc", &at))
        return false;
    json_key(out, "value");
    json_list(out);
    for (size_t i = 0; i < calc_size(in, "people"); i++) {
        bool is_inside;
        if (!calc_item(call, in, "people", i, &person) || !read_hours(call, &person, &hours) ||
            !working_hours_holds(call, &hours, at, &is_inside))
            return false;
        if (is_inside)
            json_tree(out, calc_json(&person, "id"));
    }
    json_list_end(out);
    return true;
}

const struct calc_input calc_planning_next_working_instant_inputs[] = {
    CALC_INPUT("utc", CALC_TEXT),
    CALC_INPUT("person", CALC_OBJECT, .members = person_members),
    { 0 },
};

bool calc_planning_next_working_instant(struct call *call, const struct calc_values *in,
                                        struct json_writer *out)
{
    stamp at, next;
    struct calc_values person;
    struct working_hours hours;
    if (!calc_instant(call, in, "utc", &at) || !calc_object(call, in, "person", &person) ||
        !read_hours(call, &person, &hours) || !working_hours_next(call, &hours, at, &next))
        return false;
    put_instant(out, "value", next);
    return true;
}

/* --- the week --- */

/* In alphabetical order, as they are named when missing. */
static const struct calc_input dimension_members[] = {
    CALC_INPUT("AI", CALC_COUNT, .fallback = "0"),
    CALC_INPUT("Business", CALC_COUNT, .fallback = "0"),
    CALC_INPUT("Data", CALC_COUNT, .fallback = "0"),
    CALC_INPUT("Governance", CALC_COUNT, .fallback = "0"),
    CALC_INPUT("IT", CALC_COUNT, .fallback = "0"),
    CALC_INPUT("People", CALC_COUNT, .fallback = "0"),
    { 0 },
};

const struct calc_input calc_planning_double_trio_balance_inputs[] = {
    CALC_INPUT("counts", CALC_OBJECT, .members = dimension_members),
    { 0 },
};

bool calc_planning_double_trio_balance(struct call *call, const struct calc_values *in,
                                       struct json_writer *out)
{
    struct calc_values counts;
    if (!calc_object(call, in, "counts", &counts))
        return false;
    double count[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++)
        count[i] = calc_real(&counts, dimensions_label(i));
    struct dimensions_balance balance = dimensions_balance(count);
    calc_put_real(out, "technical", balance.is_known, balance.technical);
    calc_put_real(out, "operational", balance.is_known, balance.operational);
    json_key(out, "missing");
    json_list(out);
    for (const struct calc_input *member = dimension_members; member->name; member++)
        if (calc_count(&counts, member->name) == 0)
            json_string(out, member->name);
    json_list_end(out);
    return true;
}

static const struct calc_input learned_members[] = {
    CALC_INPUT("eval", CALC_TEXT, .fallback = "null"),
    CALC_INPUT("user", CALC_TEXT, .fallback = "null"),
    CALC_INPUT("cost_latency", CALC_TEXT, .fallback = "null"),
    { 0 },
};

static const struct calc_input bet_members[] = {
    CALC_INPUT("title", CALC_TEXT),
    CALC_INPUT("owner", CALC_TEXT, .fallback = "null"),
    CALC_INPUT("outcome", CALC_TEXT, .fallback = "null"),
    { 0 },
};

const struct calc_input calc_planning_friday_update_errors_inputs[] = {
    CALC_INPUT("changed", CALC_TEXTS),
    CALC_INPUT("learned", CALC_OBJECT, .members = learned_members),
    CALC_INPUT("world", CALC_TEXT),
    CALC_INPUT("next", CALC_OBJECTS, .members = bet_members),
    { 0 },
};

static text *read_texts(struct call *call, const struct calc_values *in, const char *name)
{
    const struct json *list = calc_json(in, name);
    text *words = call_array(call, list->count + 1, sizeof *words);
    for (uint32_t i = 0; words && i < list->count; i++)
        words[i] = list->item[i].text;
    return words;
}

static struct update_bet *read_bets(struct call *call, const struct calc_values *in)
{
    size_t count = calc_size(in, "next");
    struct update_bet *bet = call_array(call, count + 1, sizeof *bet);
    struct calc_values one;
    for (size_t i = 0; bet && i < count; i++) {
        if (!calc_item(call, in, "next", i, &one))
            return NULL;
        bet[i] = (struct update_bet){ calc_text(&one, "title"), calc_text(&one, "owner"),
                                      calc_text(&one, "outcome") };
    }
    return bet;
}

bool calc_planning_friday_update_errors(struct call *call, const struct calc_values *in,
                                        struct json_writer *out)
{
    struct calc_values learned;
    struct update_errors errors;
    if (!calc_object(call, in, "learned", &learned))
        return false;
    struct weekly_update update = {
        .changed = read_texts(call, in, "changed"),
        .changed_count = calc_size(in, "changed"),
        .eval = calc_text(&learned, "eval"),
        .user = calc_text(&learned, "user"),
        .cost_latency = calc_text(&learned, "cost_latency"),
        .world = calc_text(in, "world"),
        .next = read_bets(call, in),
        .next_count = calc_size(in, "next"),
    };
    if (!update.changed || !update.next || !weekly_update_errors(call, &update, &errors))
        return false;
    json_key(out, "value");
    json_list(out);
    for (size_t i = 0; i < errors.count; i++)
        json_text(out, errors.error[i]);
    json_list_end(out);
    return true;
}
