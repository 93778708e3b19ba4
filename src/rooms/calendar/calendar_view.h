/*
 * A calendar as it is asked for: of a person, a team or a ritual, for a stretch of time; as JSON
 * for the page, and as iCalendar for feeds and files.
 */
#ifndef RONDO_CALENDAR_VIEW_H
#define RONDO_CALENDAR_VIEW_H

#include "base/json_write.h"
#include "offers/calendar.h"

/* Days that one question may be about. */
enum { CALENDAR_DAYS_MAX = 400 };

/* What a feed shows: the last month and the coming year, from the beginning of the day in UTC. */
void calendar_view_of_feed(const struct call *call, struct calendar_ask *ask);

/*
 * Days as they are asked for, both included, in the ask's zone; the present month where none is
 * given. Fails at "from" or "to".
 */
bool calendar_view_days(struct call *call, text from, text to, struct calendar_ask *ask);

/* What all rooms bring, and this person's time to prepare. */
bool calendar_view_collect(struct call *call, const struct calendar_ask *ask,
                           struct calendar *calendar);

/* {"zone", "from", "to", "kinds", "events"}: each day of each event, by their beginning. */
bool calendar_view_write_json(struct call *call, const struct calendar_ask *ask,
                              struct json_writer *writer);

/* "Mon 23 Nov 10:00  Monday eval review", a line for each. */
bool calendar_view_write_lines(struct call *call, const struct calendar_ask *ask,
                               struct out *out);

/* `origin` is where the pages are ("https://rondo.example"); TEXT_NONE: events have no address. */
bool calendar_view_write_ics(struct call *call, const struct calendar_ask *ask, text name,
                             text origin, struct out *out);

#endif
