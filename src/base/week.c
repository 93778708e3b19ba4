/*
 * The part of stamp.h that knows ISO weeks. A week belongs to the year of its Thursday; all
 * arithmetic is on days.
 */
#include "base/stamp.h"

enum { FIRST_MONDAY = 4, THURSDAY = 3 };

static int64_t week_of_days(int64_t days)
{
    int64_t since = days - FIRST_MONDAY;
    return since / 7 - (since % 7 < 0);
}

bool week_of_stamp(struct call *call, text zone, stamp at, iso_week *week)
{
    int64_t day;
    if (!day_of_stamp(call, zone, at, &day))
        return false;
    *week = (iso_week)week_of_days(day);
    return true;
}

int64_t week_monday_days(iso_week week)
{
    return 7 * (int64_t)week + FIRST_MONDAY;
}

bool week_monday(struct call *call, text zone, iso_week week, stamp *at)
{
    return stamp_from_local(call, zone, week_monday_days(week) * STAMP_DAY, at);
}

static void week_number(iso_week week, int *year, int *number)
{
    int month, day;
    int64_t thursday = week_monday_days(week) + THURSDAY;
    date_from_days(thursday, year, &month, &day);
    *number = (int)(thursday - days_from_date(*year, 1, 1)) / 7 + 1;
}

int week_write(iso_week week, char room[WEEK_TEXT_SIZE])
{
    int year, number;
    week_number(week, &year, &number);
    if (year < 0 || year > 9999) /* four digits are what weeks have that people write */
        return snprintf(room, WEEK_TEXT_SIZE, "%04d-W%02d", year, number);
    memcpy(room, "0000-W00", sizeof "0000-W00");
    for (int at = 3; at >= 0; at--, year /= 10)
        room[at] = (char)('0' + year % 10);
    room[6] = (char)('0' + number / 10);
    room[7] = (char)('0' + number % 10);
    return sizeof "0000-W00" - 1;
}

bool week_read(text source, iso_week *week)
{
    int64_t year, number;
    text after_year = text_from(source, 4);
    if (source.size != 8 || !text_starts(after_year, TEXT("-W")) || source.at[0] == '-' ||
        source.at[6] == '-')
        return false;
    if (!text_to_int(text_until(source, 4), &year) ||
        !text_to_int(text_from(after_year, 2), &number))
        return false;
    if (number < 1 || number > 53)
        return false;
    /* The first week holds the fourth of January. */
    iso_week first = (iso_week)week_of_days(days_from_date((int)year, 1, 4));
    iso_week read = first + (iso_week)number - 1;
    int year_of_read, number_of_read;
    week_number(read, &year_of_read, &number_of_read);
    if (year_of_read != year)
        return false;
    *week = read;
    return true;
}

bool week_check(struct call *call, text word, iso_week *week)
{
    return !word.at || week_read(word, week) ||
           fail_at(call, "week", "'%.*s' is not an ISO week: write it like 2026-W47",
                   TEXT_FMT(word));
}
