/*
 * Writing of iCalendar (RFC 5545): content lines, events, and the calendar around them. Everybody
 * who writes one comes here, so that folding, escaping and the pairs that readers trip over
 * (a TZID and its VTIMEZONE, an EXDATE of the type of its DTSTART) are right in one place. Knows
 * neither records nor rooms.
 */
#ifndef RONDO_ICS_WRITE_H
#define RONDO_ICS_WRITE_H

#include "base/stamp.h"

/* A line without its end: folded, and ended by CR LF. */
void ics_write_line(struct out *out, text line);

/* NAME:VALUE of a text, escaped; nothing when there is no text. */
void ics_write_text(struct out *out, const char *name, text value);

struct ics_calendar {
    text name;                /* shown by clients */
    const text *zone;         /* those of its events, each once; UTC may be among them */
    size_t zone_count;
    stamp from;               /* nothing in it begins earlier */
};

/*
 * When an event is: whole days, or a local time of a zone. One that recurs has a rule as it is
 * stored here; its first day is its first instance, and it is not held on the days `without`.
 */
struct ics_time {
    int64_t day;    /* days since 1970-01-01 */
    int days;       /* of whole days, how many; 0: it has a time */
    int minute;     /* of the day, in the zone */
    int minutes;    /* how long; 0: it has no end */
    text zone;
    text rule;      /* TEXT_NONE: it is once */
    const int64_t *without;
    size_t without_count;
    bool is_instead; /* it stands for that day's instance of the event with its UID */
    int64_t instead_day;
    int instead_minute;
};

struct ics_event {
    text uid;
    struct ics_time time;
    text summary, description, url, category;
    bool is_cancelled;
    bool is_free; /* it takes nobody's time */
    int64_t sequence;
    stamp changed;
};

/* The head with the zones' rules; the events; the end. False: the call has failed. */
bool ics_write_begin(struct call *call, const struct ics_calendar *calendar, struct out *out);
bool ics_write_event(struct call *call, const struct ics_event *event, struct out *out);
void ics_write_end(struct out *out);

/*
 * The rule as readers expect it: capitals, no blanks, no empty part, an UNTIL in UTC for an event
 * with a time, where the day that is written counts whole. TEXT_NONE: the call has failed.
 */
text ics_rule(struct call *call, const struct ics_time *time);

#endif
