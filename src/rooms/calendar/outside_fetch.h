/*
 * Outside calendars that have an address: asked once an hour, and kept as they were read last while
 * the other side fails. The table has, of each, when it is asked next and what its server and its
 * file said the last time; none of it is shown but the two instants, and it is in no archive.
 *
 *   it has changed          it is read in, in the place of what the calendar held
 *   it has not              nothing is written that people see
 *   it fails, or is broken  the calendar says so, since when and why; it is asked again later each
 *                           time, at least once a day
 */
#ifndef RONDO_OUTSIDE_FETCH_H
#define RONDO_OUTSIDE_FETCH_H

#include "rooms/calendar/outside_calendar.h"

extern const struct table outside_fetch_table;

/* How it went: its failure stands in the row. */
struct outside_fetched {
    bool has_failed, is_same;
    struct ics_calendar read; /* what was read in, unless one of them holds */
};

/* Asks now; the row is then as it is stored. False: the call has failed, and nothing was asked. */
bool outside_fetch(struct call *call, struct row *calendar, struct outside_fetched *fetched);

/* Asks for those that are due, at most so many. */
bool outside_fetch_due(struct call *call, int most, int *asked);
bool outside_fetch_is_due(struct call *call, bool *is_due);

/* When it was asked last, and is next; 0: never. */
bool outside_fetch_when(struct call *call, rid calendar, stamp *asked_at, stamp *next_at);

#endif
