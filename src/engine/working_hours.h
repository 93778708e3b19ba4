/*
 * Who is at work at an instant, and when somebody is next: Monday to Friday, from <= local time <
 * to (methods page, planning, 8). Knows no holidays and no absence.
 */
#ifndef RONDO_WORKING_HOURS_H
#define RONDO_WORKING_HOURS_H

#include "base/stamp.h"

/* Hours of the day as decimals, 17.5 is 17:30; 0 <= from < to <= 24. */
struct working_hours {
    text zone;
    double from, to;
};

/* False: the call has failed, the zone is not known. */
bool working_hours_holds(struct call *call, const struct working_hours *hours, stamp at,
                         bool *is_inside);

/* `at` itself when it is inside, else the next start of hours, over weekends and clock changes. */
bool working_hours_next(struct call *call, const struct working_hours *hours, stamp at,
                        stamp *next);

/* The end of the last of that many working days after the day that it is in the zone. */
bool working_hours_after_days(struct call *call, text zone, stamp at, int days, stamp *end);

#endif
