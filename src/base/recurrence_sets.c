/* See recurrence_sets.h. */
#include "base/recurrence_sets.h"

#include "base/recurrence.h"
#include "base/stamp.h"

enum { MONDAY = 4, DAYS_OF_YEAR = 366, YEAR_LEAST = 1600 }; /* 1970-01-05 was the first Monday */

/* A number that the days of one period share, and that grows. */
static int64_t period_of(const struct recurrence_rule *rule, int64_t day)
{
    int year, month, of_month;
    int64_t since;
    date_from_days(day, &year, &month, &of_month);
    switch (rule->frequency) {
    case RECURRENCE_WEEKLY:
        since = day - MONDAY - rule->week_start;
        return since / 7 - (since % 7 < 0);
    case RECURRENCE_MONTHLY:
        return (int64_t)year * 12 + month;
    case RECURRENCE_YEARLY:
        return year;
    case RECURRENCE_DAILY:
    case RECURRENCE_NO_FREQUENCY:
        break;
    }
    return day;
}

static int64_t period_start(const struct recurrence_rule *rule, int64_t day)
{
    int64_t period = period_of(rule, day);
    while (period_of(rule, day - 1) == period)
        day--;
    return day;
}

/*
 * A day so far back that the whole period of the first day lies behind it, in step with the rule,
 * and of the same weekday or date, for what the rule takes from it. Before 1600 there are no days:
 * of such a rule the days before the first are not counted.
 */
static int64_t day_before(const struct recurrence_rule *rule, int64_t first_day)
{
    int64_t before = first_day, years = rule->interval;
    int year, month, day;
    date_from_days(first_day, &year, &month, &day);
    if (rule->frequency == RECURRENCE_YEARLY)
        years *= 4; /* the 29th of February, too */
    if (rule->frequency == RECURRENCE_DAILY)
        before -= rule->interval;
    else if (rule->frequency == RECURRENCE_WEEKLY)
        before -= 7 * rule->interval;
    else if (years <= year - YEAR_LEAST)
        before = days_from_date(year - (int)years, month, day);
    return before < days_from_date(YEAR_LEAST, 1, 1) ? first_day : before;
}

static bool add_period(struct call *call, const struct recurrence_rule *rule, const int64_t *day,
                       size_t count, size_t times, struct recurrence_places *places)
{
    size_t all = count * times;
    for (size_t i = 0; i < all; i++) {
        if (!recurrence_lists(rule, BY_POSITION, (int64_t)i + 1, (int64_t)i - (int64_t)all))
            continue;
        places->place = call_more(call, places->place, places->count, &places->room,
                                  sizeof *places->place);
        if (!places->place)
            return false;
        places->place[places->count++] = (struct recurrence_place){ day[i / times], i % times };
    }
    return true;
}

bool recurrence_sets_places(struct call *call, text rule, const struct recurrence_rule *read,
                            int64_t first_day, int64_t from, int64_t to, size_t times,
                            struct recurrence_places *places)
{
    struct recurrence_days days;
    *places = (struct recurrence_places){ .place = NULL };
    /* A period more behind the end: the last one that counts is whole. */
    if (!recurrence_days_matching(call, rule, day_before(read, first_day),
                                  period_start(read, from), to + DAYS_OF_YEAR, &days))
        return false;
    places->is_cut = days.is_cut;
    for (size_t i = 0, next; i < days.count; i = next) {
        int64_t period = period_of(read, days.day[i]);
        for (next = i + 1; next < days.count && period_of(read, days.day[next]) == period; next++)
            ;
        if (days.day[i] <= to && !add_period(call, read, days.day + i, next - i, times, places))
            return false;
    }
    return true;
}
