/*
 * What a rule must be so that Rondo writes it (recurrence_check of recurrence.h). What readers of
 * calendars understand in two ways is refused here and only here: it was found by comparing the
 * days of libical with those of dateutil.
 */
#include "base/recurrence.h"
#include "base/recurrence_rule.h"
#include "base/stamp.h"

enum { HORIZON_DAYS = 36525, LEAP_MONTH = 2, LEAP_DAY = 29 };

/* A number beside a weekday counts within a month or a year. */
static bool has_stray_number(const struct recurrence_rule *rule)
{
    return recurrence_has_nth(rule) && rule->frequency <= RECURRENCE_WEEKLY;
}

static bool has_time(const struct recurrence_rule *rule)
{
    return recurrence_has(rule, BY_HOUR) || recurrence_has(rule, BY_MINUTE) ||
           recurrence_has(rule, BY_SECOND);
}

static bool has_week(const struct recurrence_rule *rule)
{
    return recurrence_has(rule, BY_WEEK);
}

static bool has_month_day_of_no_month(const struct recurrence_rule *rule)
{
    return rule->frequency == RECURRENCE_YEARLY && recurrence_has(rule, BY_MONTH_DAY) &&
           !recurrence_has(rule, BY_MONTH);
}

static bool has_leap_day(const struct recurrence_rule *rule)
{
    return rule->frequency == RECURRENCE_YEARLY &&
           recurrence_lists(rule, BY_MONTH_DAY, LEAP_DAY, LEAP_DAY) &&
           (!recurrence_has(rule, BY_MONTH) ||
            recurrence_lists(rule, BY_MONTH, LEAP_MONTH, LEAP_MONTH));
}

static bool has_position_in_week(const struct recurrence_rule *rule)
{
    return recurrence_has(rule, BY_POSITION) && rule->frequency <= RECURRENCE_WEEKLY;
}

static bool has_position_of_nothing(const struct recurrence_rule *rule)
{
    return recurrence_has(rule, BY_POSITION) && !recurrence_has(rule, BY_DAY) &&
           !recurrence_has(rule, BY_MONTH_DAY) && !recurrence_has(rule, BY_YEAR_DAY);
}

static bool has_unknown(const struct recurrence_rule *rule)
{
    return rule->unknown.at;
}

static bool has_until_time(const struct recurrence_rule *rule)
{
    return rule->has_until_time;
}

static const struct refusal {
    bool (*is_so)(const struct recurrence_rule *rule);
    const char *sentence;
} refusals[] = {
    { has_unknown, "'rule' has a part that begins with X-, which other calendars do not know: "
                   "leave it out" },
    { has_time, "'rule' has BYHOUR, BYMINUTE or BYSECOND, and a rule of days has no times: leave "
                "them out" },
    { has_until_time, "'rule' has UNTIL with a time: write a date such as 20261231" },
    { has_week, "'rule' has BYWEEKNO, which calendars read differently: write BYMONTH and BYDAY" },
    { has_stray_number, "'rule' has a number before a weekday, which needs a month to count in: "
                        "write FREQ=MONTHLY" },
    { has_leap_day, "'rule' has BYMONTHDAY=29 in a February of every year, which calendars read "
                    "differently: write 28, or -1 for the month's last day" },
    { has_month_day_of_no_month, "'rule' has BYMONTHDAY with FREQ=YEARLY and no month, which "
                                 "calendars read differently: add BYMONTH, or write FREQ=MONTHLY" },
    { has_position_in_week, "'rule' has BYSETPOS with days or weeks, which calendars read "
                            "differently: name the weekday with BYDAY" },
    { has_position_of_nothing, "'rule' has BYSETPOS and nothing to count: add BYDAY or "
                               "BYMONTHDAY" },
};

static bool check_parts(struct call *call, const struct recurrence_rule *rule, int64_t first_day)
{
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (refusals[i].is_so(rule))
            return fail_at(call, "rule", "%s", refusals[i].sentence);
    if (rule->has_until && rule->until < first_day) {
        char until[DATE_TEXT_SIZE], first[DATE_TEXT_SIZE];
        date_write(rule->until, until);
        date_write(first_day, first);
        return fail_at(call, "rule",
                       "'rule' ends on %s, before its first day %s: write a later UNTIL", until,
                       first);
    }
    return true;
}

/* The rule without its end: whether it falls on days is asked of all years. */
static text without_end(struct call *call, text source)
{
    struct out out;
    out_init(&out, call);
    text rest = source;
    while (rest.at) {
        text value, part = text_trim(text_cut(rest, ';', &rest));
        text name = text_trim(text_cut(part, '=', &value));
        if (!part.size || text_same_word(name, TEXT("UNTIL")) ||
            text_same_word(name, TEXT("COUNT")))
            continue;
        out_text(&out, part);
        out_char(&out, ';');
    }
    return out_flush(&out) ? out_view(&out) : TEXT_NONE;
}

bool recurrence_check(struct call *call, text source, int64_t first_day)
{
    struct recurrence_rule rule;
    struct recurrence_days days;
    if (source.size > RECURRENCE_BYTES_MAX)
        return fail_at(call, "rule", "'rule' has %zu bytes, and %d are allowed: write fewer parts",
                       source.size, RECURRENCE_BYTES_MAX);
    if (!recurrence_rule_read(call, source, &rule) || !check_parts(call, &rule, first_day))
        return false;
    text endless = without_end(call, source);
    return endless.at &&
           recurrence_days(call, endless, first_day, first_day + 1, first_day + HORIZON_DAYS,
                           &days) &&
           (days.count > 0 || days.is_cut ||
            fail_at(call, "rule",
                    "'rule' never comes again after its first day, not in a hundred years: name "
                    "days that exist"));
}
