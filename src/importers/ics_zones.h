/*
 * Zones that a calendar file defines itself (VTIMEZONE), for names that nobody else knows: offsets
 * with the rules by which they change. A zone that has an IANA name is asked by that.
 */
#ifndef RONDO_ICS_ZONES_H
#define RONDO_ICS_ZONES_H

#include "base/stamp.h"

/* One STANDARD or DAYLIGHT part. */
struct ics_observance {
    stamp start; /* local, as if it were UTC */
    int from_seconds, to_seconds;
    text rrule; /* TEXT_NONE: once */
};

struct ics_zone {
    text tzid, iana; /* `iana` TEXT_NONE: the observances say */
    struct ics_observance *observance;
    size_t count, room;
};

struct ics_zones {
    struct ics_zone *zone;
    size_t count, room;
};

/* The zone of that TZID, defined or known; NULL: nobody knows it. */
const struct ics_zone *ics_zones_find(struct call *call, struct ics_zones *zones, text tzid);

/* The instant of a local time there. */
bool ics_zone_instant(struct call *call, const struct ics_zone *zone, stamp local, stamp *at);

/* "+0100", "-023000" as seconds. False: it is no offset. */
bool ics_offset_read(text word, int *seconds);

#endif
