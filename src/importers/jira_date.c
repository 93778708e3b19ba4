/* See jira_date.h. */
#include "importers/jira_date.h"

#include "importers/date_parts.h"

/* --- REST --- */

enum { REST_TEXT_MAX = 64 };

/* The offset lacks the colon of RFC 3339. */
static enum stamp_form read_rest(text source, stamp *at)
{
    char room[REST_TEXT_MAX + 1];
    size_t size = source.size;
    if (size > REST_TEXT_MAX)
        return STAMP_NOT;
    if (size <= 16 || (source.at[size - 5] != '+' && source.at[size - 5] != '-'))
        return stamp_read(source, at, NULL);
    memcpy(room, source.at, size - 2);
    room[size - 2] = ':';
    memcpy(room + size - 1, source.at + size - 2, 2);
    return stamp_read((text){ room, size + 1 }, at, NULL);
}

/* --- CSV --- */

/* Two digits are a year from 1969 to 2068, as strptime has it. */
static bool take_year(text *rest, int *year)
{
    size_t before = rest->size;
    if (!date_parts_number(rest, 2, 4, year) || before - rest->size == 3)
        return false;
    if (before - rest->size == 2)
        *year += *year < 69 ? 2000 : 1900;
    return true;
}

/* "2:05 PM", or "14:05" where a site shows 24 hours. */
static bool take_time(text *rest, stamp *time)
{
    int hour, minute, second = 0;
    if (!date_parts_number(rest, 1, 2, &hour) || !date_parts_mark(rest, ":") ||
        !date_parts_number(rest, 2, 2, &minute))
        return false;
    if (date_parts_mark(rest, ":") && !date_parts_number(rest, 2, 2, &second))
        return false;
    date_parts_blanks(rest);
    bool is_pm = text_same_word(*rest, TEXT("PM")), is_am = text_same_word(*rest, TEXT("AM"));
    if (is_am || is_pm) {
        if (hour < 1 || hour > 12)
            return false;
        hour = hour % 12 + (is_pm ? 12 : 0);
        *rest = TEXT("");
    }
    *time = hour * STAMP_HOUR + minute * STAMP_MINUTE + second * STAMP_SECOND;
    return hour < 24 && minute < 60 && second < 60;
}

static enum stamp_form read_csv(text rest, stamp *at)
{
    int year, month, day;
    int64_t days;
    stamp time = 0;
    if (!date_parts_number(&rest, 1, 2, &day) || !date_parts_mark(&rest, "/") ||
        !date_parts_month(&rest, &month) || !date_parts_mark(&rest, "/") ||
        !take_year(&rest, &year) || !date_parts_day(year, month, day, &days))
        return STAMP_NOT;
    bool has_time = rest.size > 0;
    if (has_time && (!date_parts_blanks(&rest) || !take_time(&rest, &time) || rest.size))
        return STAMP_NOT;
    *at = days * STAMP_DAY + time;
    return has_time ? STAMP_WITHOUT_ZONE : STAMP_DATE_ONLY;
}

/* --- */

/* 6/21/2025: refused even where only one reading is a date, as the file's other rows have two. */
static bool is_slashed(text rest)
{
    int number;
    return date_parts_number(&rest, 1, 4, &number) && date_parts_mark(&rest, "/.-") &&
           date_parts_number(&rest, 1, 2, &number) && date_parts_mark(&rest, "/.-") &&
           date_parts_number(&rest, 2, 4, &number);
}

enum stamp_form jira_date_read(text source, stamp *at, bool *is_ambiguous)
{
    text trimmed = text_trim(source);
    enum stamp_form form = read_rest(trimmed, at);
    if (form == STAMP_NOT)
        form = read_csv(trimmed, at);
    *is_ambiguous = form == STAMP_NOT && is_slashed(trimmed);
    return form;
}
