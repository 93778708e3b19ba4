/*
 * See recurrence_reach.h. A month has one of 28 shapes, by its length and the weekday of its first
 * day, and every month takes each shape that its lengths allow within four hundred years. The days
 * of a rule in a month of some shape are a set of 31 bits.
 */
#include "base/recurrence_reach.h"
#include "base/stamp.h"

enum { MONTHS = 12, WEEKDAYS = 7, LEAP_DAYS = 1 };

static const int month_days[MONTHS] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

static uint32_t day_bit(int64_t day, int length)
{
    return day >= 1 && day <= length ? (uint32_t)1 << (day - 1) : 0;
}

/* Of a weekday's days in the month: the nth, the nth from the end, or all (0). */
static uint32_t weekday_bits(int weekday, int nth, int length, int first_weekday)
{
    int first = (weekday - first_weekday + WEEKDAYS) % WEEKDAYS + 1;
    int last = first + (length - first) / WEEKDAYS * WEEKDAYS;
    uint32_t bits = 0;
    if (nth > 0)
        return day_bit(first + (nth - 1) * WEEKDAYS, length);
    if (nth < 0)
        return day_bit(last + (nth + 1) * WEEKDAYS, length);
    for (int day = first; day <= last; day += WEEKDAYS)
        bits |= day_bit(day, length);
    return bits;
}

/* Without BYSETPOS. A rule that names no days has one: the day of the month it began on. */
static int count_in_shape(const struct recurrence_rule *rule, bool is_nth_of_month, int length,
                          int first_weekday)
{
    const struct recurrence_list *days = &rule->by[BY_MONTH_DAY], *weekdays = &rule->by[BY_DAY];
    if (days->count + weekdays->count == 0)
        return 1;
    uint32_t by_month_day = days->count ? 0 : UINT32_MAX;
    uint32_t by_day = weekdays->count ? 0 : UINT32_MAX;
    for (size_t i = 0; i < days->count; i++) {
        int64_t day = days->value[i];
        by_month_day |= day_bit(day < 0 ? length + 1 + day : day, length);
    }
    for (size_t i = 0; i < weekdays->count; i++) {
        int nth = is_nth_of_month ? recurrence_nth(weekdays->value[i]) : 0;
        by_day |= weekday_bits(recurrence_weekday(weekdays->value[i]), nth, length, first_weekday);
    }
    return __builtin_popcount(by_month_day & by_day);
}

/* The most days that the rule can have in that month, 0 is January. */
static int count_in_month(const struct recurrence_rule *rule, bool is_nth_of_month, int month)
{
    int most = 0;
    int longest = month_days[month] + (month == 1 ? LEAP_DAYS : 0);
    for (int length = month_days[month]; length <= longest; length++)
        for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
            int count = count_in_shape(rule, is_nth_of_month, length, weekday);
            most = count > most ? count : most;
        }
    return most;
}

/* Whether a set that grows to `most` can have one of the positions asked for. */
static bool has_position(const struct recurrence_rule *rule, int64_t most)
{
    const struct recurrence_list *position = &rule->by[BY_POSITION];
    for (size_t i = 0; i < position->count; i++)
        if (position->value[i] <= most && position->value[i] >= -most)
            return true;
    return position->count == 0 && most > 0;
}

static bool has_month(const struct recurrence_rule *rule, int month)
{
    return !recurrence_has(rule, BY_MONTH) ||
           recurrence_lists(rule, BY_MONTH, month + 1, month + 1);
}

static bool month_is_reached(const struct recurrence_rule *rule, int64_t first_day)
{
    int year, month, day;
    date_from_days(first_day, &year, &month, &day);
    for (int64_t i = 0; i < MONTHS; i++) {
        int at = (int)((month - 1 + i * rule->interval) % MONTHS);
        if (has_month(rule, at) && has_position(rule, count_in_month(rule, true, at)))
            return true;
    }
    return false;
}

bool recurrence_reach(const struct recurrence_rule *rule, int64_t first_day)
{
    int most = 0;
    if (rule->frequency == RECURRENCE_MONTHLY)
        return month_is_reached(rule, first_day);
    if (recurrence_has(rule, BY_YEAR_DAY))
        return has_position(rule, (int64_t)rule->by[BY_YEAR_DAY].count);
    bool is_day_named = recurrence_has(rule, BY_DAY) || recurrence_has(rule, BY_MONTH_DAY);
    for (int month = 0; month < MONTHS; month++)
        if (has_month(rule, month))
            most += count_in_month(rule, recurrence_has(rule, BY_MONTH), month);
    return has_position(rule, is_day_named || recurrence_has(rule, BY_MONTH) ? most : 1);
}
