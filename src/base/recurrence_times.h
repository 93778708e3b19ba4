/*
 * Recurrence rules at the level of instants: recurrence.h has the days, this gives each of them its
 * time of day in a zone. The local time is kept over changes of the clock: one that does not exist
 * moves forward, one that is there twice is the first.
 */
#ifndef RONDO_RECURRENCE_TIMES_H
#define RONDO_RECURRENCE_TIMES_H

#include "base/recurrence.h"
#include "base/stamp.h"

/* When something begins first. */
struct recurrence_start {
    bool is_day;  /* a whole day: no time, no zone */
    int64_t day;  /* since 1970-01-01, where it is */
    stamp clock;  /* time since midnight there; 0 with is_day */
    text zone;    /* IANA name; TEXT_NONE with is_day */
};

/*
 * Reads "2026-11-20", a local time in the zone ("2026-11-20T10:00", also with a blank or as
 * iCalendar writes it, 20261120T100000), or an instant, which is told in the zone. Fails at `name`.
 */
bool recurrence_start_read(struct call *call, const char *name, text word, text zone,
                           struct recurrence_start *start);

/* The instant of a start; of a day its midnight in UTC. */
bool recurrence_start_instant(struct call *call, const struct recurrence_start *start, stamp *at);

/* Instants in rising order, each once; days as midnights in UTC. */
struct recurrence_times {
    stamp *at;
    size_t count, room;
    bool is_cut; /* the bound was reached before the end of the range */
};

/*
 * The starts of the rule from..to, both included, without those left out. Times of the rule
 * (BYHOUR, BYMINUTE, BYSECOND) give several a day. UNTIL is an instant where it is written with a
 * time in UTC. Fails as recurrence_days does.
 */
bool recurrence_times(struct call *call, text rule, const struct recurrence_start *start,
                      stamp from, stamp to, const stamp *left_out, size_t left_out_count,
                      struct recurrence_times *times);

/* Adds further starts from..to, each once, but for those left out. */
bool recurrence_times_add(struct call *call, struct recurrence_times *times, const stamp *further,
                          size_t further_count, stamp from, stamp to, const stamp *left_out,
                          size_t left_out_count);

#endif
