/* The words of a rule (recurrence_words of recurrence.h): those that teams use, and no guesses. */
#include "base/out.h"
#include "base/recurrence.h"
#include "base/recurrence_rule.h"
#include "base/stamp.h"

enum { WEEKDAYS = 7, WORKDAYS = 5 };

static const char *const weekday_names[WEEKDAYS] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                                     "Friday", "Saturday", "Sunday" };
static const char *const month_names[] = { "January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December" };
static const char *const units[] = {
    [RECURRENCE_DAILY] = "day",
    [RECURRENCE_WEEKLY] = "week",
    [RECURRENCE_MONTHLY] = "month",
    [RECURRENCE_YEARLY] = "year",
};

/* --- pieces --- */

/* "every week", "every 3 weeks". */
static void out_period(struct out *out, const struct recurrence_rule *rule)
{
    if (rule->interval == 1)
        out_format(out, "every %s", units[rule->frequency]);
    else
        out_format(out, "every %lld %ss", (long long)rule->interval, units[rule->frequency]);
}

/* "1st", "22nd", "13th", and "last"; false: no word for it. */
static bool out_ordinal(struct out *out, int64_t n)
{
    static const char *const endings[] = { "th", "st", "nd", "rd" };
    if (n == -1) {
        out_string(out, "last");
        return true;
    }
    if (n < 1)
        return false;
    bool is_teen = n % 100 / 10 == 1;
    out_format(out, "%lld%s", (long long)n, endings[is_teen || n % 10 > 3 ? 0 : n % 10]);
    return true;
}

static void out_between(struct out *out, size_t i, size_t count)
{
    if (i > 0)
        out_string(out, i + 1 == count ? " and " : ", ");
}

static unsigned weekdays_of(const struct recurrence_rule *rule)
{
    unsigned weekdays = 0;
    for (size_t i = 0; i < rule->by[BY_DAY].count; i++)
        weekdays |= 1u << recurrence_weekday(rule->by[BY_DAY].value[i]);
    return weekdays;
}

static bool is_every_workday(const struct recurrence_rule *rule)
{
    return weekdays_of(rule) == (1u << WORKDAYS) - 1 && !recurrence_has_nth(rule);
}

static void out_weekdays(struct out *out, unsigned weekdays)
{
    size_t count = (size_t)__builtin_popcount(weekdays), at = 0;
    for (int i = 0; i < WEEKDAYS; i++)
        if (weekdays >> i & 1) {
            out_between(out, at++, count);
            out_string(out, weekday_names[i]);
        }
}

/* True when the rule has just these parts. */
static bool has_only(const struct recurrence_rule *rule, unsigned parts)
{
    for (unsigned i = 0; i < RECURRENCE_PARTS; i++)
        if (recurrence_has(rule, (enum recurrence_part)i) != (parts >> i & 1))
            return false;
    return true;
}

#define PART(part) (1u << (part))

/* --- one function a frequency; false: no words --- */

static bool weekly(struct out *out, const struct recurrence_rule *rule)
{
    if (recurrence_has_nth(rule) || (rule->interval > 1 && rule->week_start != 0))
        return false;
    if (has_only(rule, 0)) {
        out_period(out, rule);
        return true;
    }
    if (!has_only(rule, PART(BY_DAY)))
        return false;
    unsigned weekdays = weekdays_of(rule);
    if (rule->interval == 1 && is_every_workday(rule)) {
        out_string(out, "every weekday");
        return true;
    }
    if (rule->interval > 1)
        out_period(out, rule);
    bool is_one = (weekdays & (weekdays - 1)) == 0;
    out_string(out, rule->interval > 1 ? " on " : is_one ? "every " : "on ");
    out_weekdays(out, weekdays);
    return true;
}

/* "3rd Thursday", "last weekday"; false: the rule says something else. */
static bool out_which(struct out *out, const struct recurrence_rule *rule)
{
    int64_t day = rule->by[BY_DAY].count ? rule->by[BY_DAY].value[0] : 0;
    const struct recurrence_list *position = &rule->by[BY_POSITION];
    if (position->count == 1 && is_every_workday(rule)) {
        if (!out_ordinal(out, position->value[0]))
            return false;
        out_string(out, " weekday");
        return true;
    }
    if (position->count || rule->by[BY_DAY].count != 1 || !out_ordinal(out, recurrence_nth(day)))
        return false;
    out_format(out, " %s", weekday_names[recurrence_weekday(day)]);
    return true;
}

/* "day 1", "days 1 and 15", "the last day". */
static bool out_month_days(struct out *out, const struct recurrence_list *list)
{
    if (list->count == 1 && list->value[0] == -1) {
        out_string(out, "the last day");
        return true;
    }
    out_string(out, list->count == 1 ? "day " : "days ");
    for (size_t i = 0; i < list->count; i++) {
        if (list->value[i] < 0)
            return false;
        out_between(out, i, list->count);
        out_format(out, "%lld", (long long)list->value[i]);
    }
    return true;
}

static bool monthly(struct out *out, const struct recurrence_rule *rule)
{
    bool is_day = has_only(rule, PART(BY_MONTH_DAY));
    if (has_only(rule, 0) || is_day) {
        out_period(out, rule);
        out_string(out, is_day ? " on " : "");
        return !is_day || out_month_days(out, &rule->by[BY_MONTH_DAY]);
    }
    if (!has_only(rule, PART(BY_DAY)) && !has_only(rule, PART(BY_DAY) | PART(BY_POSITION)))
        return false;
    if (rule->interval > 1) {
        out_period(out, rule);
        out_string(out, " on ");
    }
    out_string(out, "the ");
    if (!out_which(out, rule))
        return false;
    out_string(out, rule->interval > 1 ? "" : " of every month");
    return true;
}

static bool yearly(struct out *out, const struct recurrence_rule *rule)
{
    out_period(out, rule);
    if (has_only(rule, 0))
        return true;
    if (rule->by[BY_MONTH].count != 1)
        return false;
    const char *month = month_names[rule->by[BY_MONTH].value[0] - 1];
    if (has_only(rule, PART(BY_MONTH) | PART(BY_MONTH_DAY)) && rule->by[BY_MONTH_DAY].count == 1 &&
        rule->by[BY_MONTH_DAY].value[0] > 0) {
        out_format(out, " on %lld %s", (long long)rule->by[BY_MONTH_DAY].value[0], month);
        return true;
    }
    if (recurrence_has(rule, BY_MONTH_DAY) || recurrence_has(rule, BY_YEAR_DAY) ||
        recurrence_has(rule, BY_WEEK) || recurrence_has(rule, BY_HOUR) ||
        recurrence_has(rule, BY_MINUTE) || recurrence_has(rule, BY_SECOND))
        return false;
    out_string(out, " on the ");
    if (!out_which(out, rule))
        return false;
    out_format(out, " of %s", month);
    return true;
}

static bool daily(struct out *out, const struct recurrence_rule *rule)
{
    out_period(out, rule);
    return has_only(rule, 0);
}

/* --- the whole --- */

static bool out_rule(struct out *out, const struct recurrence_rule *rule)
{
    static bool (*const words[])(struct out *, const struct recurrence_rule *) = {
        [RECURRENCE_DAILY] = daily,
        [RECURRENCE_WEEKLY] = weekly,
        [RECURRENCE_MONTHLY] = monthly,
        [RECURRENCE_YEARLY] = yearly,
    };
    if (rule->unknown.at || rule->has_until_time || !words[rule->frequency](out, rule))
        return false;
    if (rule->count)
        out_format(out, ", %lld time%s", (long long)rule->count, rule->count == 1 ? "" : "s");
    char date[DATE_TEXT_SIZE];
    if (rule->has_until) {
        date_write(rule->until, date);
        out_format(out, " until %s", date);
    }
    return true;
}

text recurrence_words(struct call *call, text source)
{
    struct recurrence_rule rule;
    struct out out;
    struct fail before = call->fail;
    out_init(&out, call);
    bool has_words = recurrence_rule_read(call, source, &rule) && out_rule(&out, &rule);
    bool is_out_of_memory = call->fail.kind == FAIL_TOO_LARGE || !out_flush(&out);
    if (is_out_of_memory)
        return TEXT_NONE;
    call->fail = before;
    return has_words ? out_view(&out) : call_text(call, source);
}
