/* A calendar as it was read: its events, each UID once, and what was wrong with it. */
#ifndef RONDO_ICS_CALENDAR_H
#define RONDO_ICS_CALENDAR_H

#include "base/stamp.h"

enum {
    ICS_BYTES_MAX = 16 * 1024 * 1024,
    ICS_EVENTS_MAX = 100000,
    ICS_DEPTH_MAX = 16,
    ICS_WARNINGS_MAX = 1000, /* those after it are counted */
};

/* A day, or an instant. */
struct ics_time {
    bool is_day;
    stamp at; /* of a day its midnight in UTC */
};

/* One occurrence that is otherwise than its rule says, or beside it (RDATE): as its own start. */
struct ics_override {
    struct ics_time recurrence_id, start, end;
    text summary, status; /* TEXT_NONE: not said */
};

struct ics_event {
    text uid;
    text summary, description, location, url, status; /* TEXT_NONE: not said; status in capitals */
    struct ics_time start, end; /* `end` is exclusive */
    text zone;  /* IANA, of the start; TEXT_NONE: a day, or without a zone */
    text rrule; /* in capitals; TEXT_NONE: once */
    const struct ics_time *exdate;
    size_t exdate_count;
    const struct ics_override *override;
    size_t override_count;
    int64_t sequence;
    bool is_private; /* CLASS is not PUBLIC */
    bool is_free;    /* TRANSP:TRANSPARENT takes no time */
    size_t line;     /* where it begins */
};

struct ics_calendar {
    text name; /* X-WR-CALNAME */
    struct ics_event *event; /* in the order of the file, each UID once */
    size_t count;
    text *warning; /* sentences with their line */
    size_t warning_count;
};

#endif
