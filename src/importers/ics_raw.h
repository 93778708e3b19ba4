/*
 * A calendar file as its components: which properties stand in which event, which zones it defines.
 * No meaning yet: a TZID may be used before it is defined. For ics_read.c.
 */
#ifndef RONDO_ICS_RAW_H
#define RONDO_ICS_RAW_H

#include "importers/ics_calendar.h"
#include "importers/ics_lines.h"
#include "importers/ics_zones.h"

struct ics_line {
    struct ics_property property;
    size_t number;
};

/* A VEVENT: line[first .. first + count). */
struct ics_raw_event {
    size_t first, count, line;
};

struct ics_raw {
    struct call *call;
    struct ics_line *line;
    size_t line_count, line_room;
    struct ics_raw_event *event;
    size_t event_count, event_room;
    struct ics_zones zones;
    text zone_name; /* X-WR-TIMEZONE: of times without a zone */
    struct ics_calendar *calendar; /* takes the warnings and the name */
    size_t warning_room;
    size_t rdate_count; /* further dates of all events, which have a cap */
};

bool ics_raw_read(struct call *call, text bytes, struct ics_calendar *calendar,
                  struct ics_raw *raw);

/* "line 12: WORDS". False: the call has failed. */
bool ics_warn(struct ics_raw *raw, size_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "20261120T100000" as if it were UTC. False: it is no date and no time. */
bool ics_time_read(text word, bool *is_day, bool *is_utc, stamp *at);

#endif
