/*
 * See stamp.h. The proleptic Gregorian calendar, and reading and writing of instants and dates.
 * Knows no zones (zone.c) and no weeks (week.c), and never asks the C library about calendars.
 */
#include "base/stamp.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { DAYS_400_YEARS = 146097, DAYS_100_YEARS = 36524, DAYS_4_YEARS = 1461, DAYS_YEAR = 365 };

/* From 0001-01-01 to 1970-01-01. */
enum { DAYS_BEFORE_1970 = 719162 };

#define DAYS_MAX (INT64_MAX / STAMP_DAY)

/* Days of a year before each month; the second row is for leap years. */
static const int days_before_month[2][13] = {
    { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 },
    { 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366 },
};

static int64_t read_clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * STAMP_SECOND + now.tv_nsec / 1000;
}

stamp stamp_clock(void)
{
    return read_clock(CLOCK_REALTIME);
}

int64_t stamp_ticks(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

/* Division that rounds down, so that what is before 1970 falls on the right day. */
static int64_t divide_down(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int64_t days_from_date(int year, int month, int day)
{
    int64_t past = (int64_t)year - 1;
    int64_t days =
        past * DAYS_YEAR + divide_down(past, 4) - divide_down(past, 100) + divide_down(past, 400);
    return days + days_before_month[is_leap(year)][month - 1] + day - 1 - DAYS_BEFORE_1970;
}

/* The last day of a leap cycle would begin a fourth period of three: it belongs to the third. */
static int take_years(int64_t *days, int64_t period, int at_most)
{
    int64_t count = *days / period;
    if (count > at_most)
        count = at_most;
    *days -= count * period;
    return (int)count;
}

void date_from_days(int64_t days, int *year, int *month, int *day)
{
    days += DAYS_BEFORE_1970;
    int64_t cycles = divide_down(days, DAYS_400_YEARS);
    days -= cycles * DAYS_400_YEARS;
    int years = 100 * take_years(&days, DAYS_100_YEARS, 3);
    years += 4 * take_years(&days, DAYS_4_YEARS, 24);
    years += take_years(&days, DAYS_YEAR, 3);
    *year = (int)(400 * cycles) + years + 1;
    const int *before = days_before_month[is_leap(*year)];
    *month = 1;
    while (days >= before[*month])
        ++*month;
    *day = (int)days - before[*month - 1] + 1;
}

/* Writes decimal digits, with leading zeros up to `width`; returns what follows them. */
static char *write_digits(char *at, int value, int width)
{
    char reversed[12];
    int size = 0;
    do {
        reversed[size++] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    for (; width > size; width--)
        *at++ = '0';
    while (size)
        *at++ = reversed[--size];
    return at;
}

/* A mark and the digits after it, such as "-05" or ":30". */
static char *write_part(char *at, char mark, int64_t value, int width)
{
    *at++ = mark;
    return write_digits(at, (int)value, width);
}

int date_write(int64_t days, char room[DATE_TEXT_SIZE])
{
    int year, month, day;
    if (days > DAYS_MAX || days < -DAYS_MAX) /* beyond every instant; the room would be too small */
        days = days > 0 ? DAYS_MAX : -DAYS_MAX;
    date_from_days(days, &year, &month, &day);
    char *at = room;
    if (year < 0) {
        *at++ = '-';
        year = -year;
    }
    at = write_digits(at, year, 4);
    at = write_part(at, '-', month, 2);
    at = write_part(at, '-', day, 2);
    *at = '\0';
    return (int)(at - room);
}

int stamp_write(stamp at, char room[STAMP_TEXT_SIZE])
{
    int64_t days = divide_down(at, STAMP_DAY);
    int64_t rest = at % STAMP_DAY + (at % STAMP_DAY < 0 ? STAMP_DAY : 0);
    char *end = room + date_write(days, room);
    end = write_part(end, 'T', rest / STAMP_HOUR, 2);
    end = write_part(end, ':', rest / STAMP_MINUTE % 60, 2);
    end = write_part(end, ':', rest / STAMP_SECOND % 60, 2);
    if (rest % STAMP_SECOND)
        end = write_part(end, '.', rest % STAMP_SECOND, 6);
    *end++ = 'Z';
    *end = '\0';
    return (int)(end - room);
}

int stamp_write_internet(stamp at, char room[STAMP_TEXT_SIZE])
{
    static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    char iso[STAMP_TEXT_SIZE];
    int year, month, day;
    int64_t days = divide_down(at, STAMP_DAY);
    date_from_days(days, &year, &month, &day);
    stamp_write(stamp_to_second(at), iso);
    return snprintf(room, STAMP_TEXT_SIZE, "%s, %02d %s %04d %.8s", weekdays[(days + 3) % 7], day,
                    months[month - 1], year, iso + strlen("2026-11-16T"));
}

/* Reading: each step takes its part off the front of `rest`, or leaves it and says false. */
static bool take_digits(text *rest, int width, int low, int high, int *value)
{
    int sum = 0;
    if (rest->size < (size_t)width)
        return false;
    for (int i = 0; i < width; i++) {
        char c = rest->at[i];
        if (c < '0' || c > '9')
            return false;
        sum = 10 * sum + (c - '0');
    }
    if (sum < low || sum > high)
        return false;
    *value = sum;
    *rest = text_from(*rest, (size_t)width);
    return true;
}

static bool take_mark(text *rest, const char *marks)
{
    if (rest->size == 0 || rest->at[0] == '\0' || !strchr(marks, rest->at[0]))
        return false;
    *rest = text_from(*rest, 1);
    return true;
}

static bool take_date(text *rest, int64_t *days)
{
    int year, month, day;
    if (!take_digits(rest, 4, 0, 9999, &year) || !take_mark(rest, "-"))
        return false;
    if (!take_digits(rest, 2, 1, 12, &month) || !take_mark(rest, "-"))
        return false;
    const int *before = days_before_month[is_leap(year)];
    if (!take_digits(rest, 2, 1, before[month] - before[month - 1], &day))
        return false;
    *days = days_from_date(year, month, day);
    return true;
}

bool date_read(text source, int64_t *days)
{
    int64_t read;
    if (!take_date(&source, &read) || source.size)
        return false;
    *days = read;
    return true;
}

/* Any number of digits; what is below a microsecond is dropped. */
static bool take_fraction(text *rest, int64_t *microseconds)
{
    int64_t worth = STAMP_SECOND / 10;
    int digit;
    *microseconds = 0;
    if (!take_digits(rest, 1, 0, 9, &digit))
        return false;
    do {
        *microseconds += worth * digit;
        worth /= 10;
    } while (take_digits(rest, 1, 0, 9, &digit));
    return true;
}

struct clock_time {
    int hour;
    int minute;
    int second;
    int64_t fraction;
};

static bool take_time(text *rest, struct clock_time *time)
{
    if (!take_digits(rest, 2, 0, 23, &time->hour) || !take_mark(rest, ":"))
        return false;
    if (!take_digits(rest, 2, 0, 59, &time->minute))
        return false;
    if (!take_mark(rest, ":"))
        return true;
    if (!take_digits(rest, 2, 0, 60, &time->second))
        return false;
    return !take_mark(rest, ".") || take_fraction(rest, &time->fraction);
}

static bool take_zone(text *rest, int *zone_seconds)
{
    int hours, minutes;
    int sign = rest->size && rest->at[0] == '-' ? -1 : 1;
    *zone_seconds = 0;
    if (take_mark(rest, "Zz"))
        return true;
    if (!take_mark(rest, "+-") || !take_digits(rest, 2, 0, 23, &hours) || !take_mark(rest, ":"))
        return false;
    if (!take_digits(rest, 2, 0, 59, &minutes))
        return false;
    *zone_seconds = sign * (hours * 3600 + minutes * 60);
    return true;
}

/* A leap second ends the last minute of a day in UTC; it is read as the midnight after it. */
static bool second_exists(const struct clock_time *time, stamp at)
{
    return time->second < 60 || (at - time->fraction) % STAMP_DAY == 0;
}

enum stamp_form stamp_read(text source, stamp *at, int *zone_seconds)
{
    int64_t days;
    struct clock_time time = { .hour = 0 };
    int seconds = 0;
    enum stamp_form form = STAMP_DATE_ONLY;
    if (!take_date(&source, &days))
        return STAMP_NOT;
    if (source.size) {
        form = STAMP_WITHOUT_ZONE;
        if (!take_mark(&source, "Tt ") || !take_time(&source, &time))
            return STAMP_NOT;
    }
    if (source.size) {
        form = STAMP_WITH_ZONE;
        if (!take_zone(&source, &seconds) || source.size)
            return STAMP_NOT;
    }
    stamp read = days * STAMP_DAY + time.hour * STAMP_HOUR + time.minute * STAMP_MINUTE +
                 (time.second - seconds) * STAMP_SECOND + time.fraction;
    if (!second_exists(&time, read))
        return STAMP_NOT;
    *at = read;
    if (zone_seconds)
        *zone_seconds = seconds;
    return form;
}

stamp stamp_to_second(stamp at)
{
    stamp fraction = at % STAMP_SECOND;
    return at - (fraction < 0 ? fraction + STAMP_SECOND : fraction);
}

bool minute_read(struct call *call, const char *field, text word, int *minute)
{
    enum { MINUTES_OF_HOUR = 60, HOURS_OF_DAY = 24 };
    text rest;
    text hours = text_cut(word, ':', &rest);
    int64_t hour = -1, minutes = -1;
    bool is_clock = hours.size == 2 && rest.size == 2 && text_to_int(hours, &hour) &&
                    text_to_int(rest, &minutes) && hour >= 0 && hour < HOURS_OF_DAY &&
                    minutes >= 0 && minutes < MINUTES_OF_HOUR;
    if (!is_clock)
        return fail_at(call, field, "'%.*s' is not a time of day: write it like 09:30",
                       TEXT_FMT(text_until_character(word, 40)));
    *minute = (int)(hour * MINUTES_OF_HOUR + minutes);
    return true;
}
