/* See date_parts.h. */
#include "importers/date_parts.h"

#include "base/stamp.h"

#include <string.h>

bool date_parts_number(text *rest, size_t least, size_t most, int *value)
{
    size_t size = 0;
    int sum = 0;
    for (; size < most && size < rest->size; size++) {
        char c = rest->at[size];
        if (c < '0' || c > '9')
            break;
        sum = 10 * sum + (c - '0');
    }
    if (size < least)
        return false;
    *value = sum;
    *rest = text_from(*rest, size);
    return true;
}

bool date_parts_mark(text *rest, const char *marks)
{
    if (rest->size == 0 || rest->at[0] == '\0' || !strchr(marks, rest->at[0]))
        return false;
    *rest = text_from(*rest, 1);
    return true;
}

bool date_parts_month(text *rest, int *month)
{
    static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    for (int i = 0; rest->size >= 3 && i < 12; i++)
        if (text_same_word(text_until(*rest, 3), text_of(names[i]))) {
            *month = i + 1;
            *rest = text_from(*rest, 3);
            return true;
        }
    return false;
}

bool date_parts_blanks(text *rest)
{
    size_t before = rest->size;
    for (;;) {
        if (text_starts(*rest, TEXT("\xe2\x80\xaf")))
            *rest = text_from(*rest, 3);
        else if (text_starts(*rest, TEXT("\xc2\xa0")))
            *rest = text_from(*rest, 2);
        else if (!date_parts_mark(rest, " "))
            return rest->size < before;
    }
}

bool date_parts_day(int year, int month, int day, int64_t *days)
{
    int read_year, read_month, read_day;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    *days = days_from_date(year, month, day);
    date_from_days(*days, &read_year, &read_month, &read_day);
    return read_month == month && read_day == day;
}
