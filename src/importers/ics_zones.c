/* See ics_zones.h. */
#include "importers/ics_zones.h"

#include "base/recurrence.h"
#include "importers/ics_zone_names.h"

enum { REACH_DAYS = 366 };

const struct ics_zone *ics_zones_find(struct call *call, struct ics_zones *zones, text tzid)
{
    for (size_t i = 0; i < zones->count; i++)
        if (text_equal(zones->zone[i].tzid, tzid))
            return &zones->zone[i];
    text iana = ics_zone_name(tzid);
    if (!iana.at)
        return NULL;
    zones->zone = call_more(call, zones->zone, zones->count, &zones->room, sizeof *zones->zone);
    if (!zones->zone)
        return NULL;
    zones->zone[zones->count] = (struct ics_zone){ .tzid = tzid, .iana = iana };
    return &zones->zone[zones->count++];
}

bool ics_offset_read(text word, int *seconds)
{
    int64_t digits;
    if ((word.size != 5 && word.size != 7) || (word.at[0] != '+' && word.at[0] != '-') ||
        !text_to_int(text_from(word, 1), &digits))
        return false;
    if (word.size == 5)
        digits *= 100;
    int64_t read = digits / 10000 * 3600 + digits / 100 % 100 * 60 + digits % 100;
    if (digits < 0 || read > 24 * 3600)
        return false;
    *seconds = (int)(word.at[0] == '-' ? -read : read);
    return true;
}

/* --- offsets by observances --- */

/* The last onset at or before the local time; false: there is none. A broken rule has but one. */
static bool last_onset(struct call *call, const struct ics_observance *observance, stamp local,
                       stamp *onset)
{
    struct recurrence_days days;
    int64_t first = observance->start / STAMP_DAY;
    stamp clock = observance->start - first * STAMP_DAY;
    if (observance->start > local)
        return false;
    *onset = observance->start;
    if (!observance->rrule.at)
        return true;
    int64_t day = local / STAMP_DAY;
    int64_t from = day - REACH_DAYS > first ? day - REACH_DAYS : first;
    if (!recurrence_days(call, observance->rrule, first, from, day, &days)) {
        fail_clear(call);
        return true;
    }
    for (size_t i = 0; i < days.count; i++)
        if (days.day[i] * STAMP_DAY + clock <= local)
            *onset = days.day[i] * STAMP_DAY + clock;
    return true;
}

/* Before the first onset, the offset that it came from. */
static int offset_at(struct call *call, const struct ics_zone *zone, stamp local)
{
    const struct ics_observance *holds = NULL, *first = NULL;
    stamp latest = INT64_MIN;
    for (size_t i = 0; i < zone->count; i++) {
        const struct ics_observance *one = &zone->observance[i];
        stamp onset;
        if (!first || one->start < first->start)
            first = one;
        if (last_onset(call, one, local, &onset) && onset >= latest) {
            latest = onset;
            holds = one;
        }
    }
    return holds ? holds->to_seconds : first ? first->from_seconds : 0;
}

bool ics_zone_instant(struct call *call, const struct ics_zone *zone, stamp local, stamp *at)
{
    if (zone->iana.at)
        return stamp_from_local(call, zone->iana, local, at);
    *at = local - offset_at(call, zone, local) * STAMP_SECOND;
    return call->fail.kind == FAIL_NONE;
}
