/* See working_hours.h. */
#include "engine/working_hours.h"

#include <math.h>

/* A start at most this many days on: a weekend, and a day that the zone skipped. */
enum { DAYS_AHEAD = 8 };

static stamp hours_to_stamp(double hours)
{
    return (stamp)llround(hours * 3600) * STAMP_SECOND;
}

/* 00:00 of the local day, as if it were UTC, and the time since. */
static bool local_time(struct call *call, text zone, stamp at, stamp *day, stamp *time)
{
    int seconds;
    if (!zone_offset(call, zone, at, &seconds))
        return false;
    stamp local = at + seconds * STAMP_SECOND;
    *time = (local % STAMP_DAY + STAMP_DAY) % STAMP_DAY;
    *day = local - *time;
    return true;
}

/* 1970-01-01 was a Thursday. */
static bool is_weekend(stamp day)
{
    int64_t weekday = ((day / STAMP_DAY + 3) % 7 + 7) % 7;
    return weekday >= 5;
}

bool working_hours_holds(struct call *call, const struct working_hours *hours, stamp at,
                         bool *is_inside)
{
    stamp day, time;
    if (!local_time(call, hours->zone, at, &day, &time))
        return false;
    *is_inside =
        !is_weekend(day) && time >= hours_to_stamp(hours->from) && time < hours_to_stamp(hours->to);
    return true;
}

bool working_hours_next(struct call *call, const struct working_hours *hours, stamp at, stamp *next)
{
    bool is_inside;
    stamp today, time;
    if (!working_hours_holds(call, hours, at, &is_inside) ||
        !local_time(call, hours->zone, at, &today, &time))
        return false;
    *next = at;
    for (int i = 0; !is_inside && i <= DAYS_AHEAD; i++) {
        stamp day = today + i * STAMP_DAY;
        if (is_weekend(day))
            continue;
        if (!stamp_from_local(call, hours->zone, day + hours_to_stamp(hours->from), next))
            return false;
        /* a start on a day that the zone skipped falls on the next, which may be free */
        if (*next > at && !working_hours_holds(call, hours, *next, &is_inside))
            return false;
    }
    return true;
}

bool working_hours_after_days(struct call *call, text zone, stamp at, int days, stamp *end)
{
    stamp day, time;
    if (!local_time(call, zone, at, &day, &time))
        return false;
    while (days > 0) {
        day += STAMP_DAY;
        days -= !is_weekend(day);
    }
    return stamp_from_local(call, zone, day + STAMP_DAY, end);
}
