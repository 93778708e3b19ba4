/* See tracker_date.h. */
#include "importers/tracker_date.h"

#include "importers/date_parts.h"

bool tracker_date_read_named(text rest, int64_t *days)
{
    int year, month, day;
    return date_parts_month(&rest, &month) && date_parts_blanks(&rest) &&
           date_parts_number(&rest, 1, 2, &day) && date_parts_mark(&rest, ",") &&
           date_parts_blanks(&rest) && date_parts_number(&rest, 4, 4, &year) && rest.size == 0 &&
           date_parts_day(year, month, day, days);
}

static bool read_slashed(text rest, int64_t *days)
{
    int year, month, day;
    return date_parts_number(&rest, 1, 2, &month) && date_parts_mark(&rest, "/") &&
           date_parts_number(&rest, 1, 2, &day) && date_parts_mark(&rest, "/") &&
           date_parts_number(&rest, 4, 4, &year) && rest.size == 0 &&
           date_parts_day(year, month, day, days);
}

bool tracker_date_read(text source, int64_t *days)
{
    text trimmed = text_trim(source);
    return tracker_date_read_named(trimmed, days) || read_slashed(trimmed, days);
}
