/*
 * Calendars from outside: whose they are, whether others read what is in them, and the events that
 * were read last. Reading one again takes the place of all it held.
 */
#ifndef RONDO_OUTSIDE_CALENDAR_H
#define RONDO_OUTSIDE_CALENDAR_H

#include "catalog/row.h"
#include "catalog/table.h"
#include "importers/ics_read.h"

enum outside_calendar_field {
    OUTSIDE_CALENDAR_NAME,
    OUTSIDE_CALENDAR_PERSON,
    OUTSIDE_CALENDAR_TEAM,
    OUTSIDE_CALENDAR_IS_PRIVATE,
    OUTSIDE_CALENDAR_READ_AT,
    OUTSIDE_CALENDAR_EVENTS,
    OUTSIDE_CALENDAR_WARNINGS,
    OUTSIDE_CALENDAR_ADDRESS,
    OUTSIDE_CALENDAR_INSIDE,
    OUTSIDE_CALENDAR_FAILURE,
    OUTSIDE_CALENDAR_FAILED_AT,
    OUTSIDE_CALENDAR_FIELDS,
};

extern const struct record outside_calendar_record;
extern const struct table outside_event_table;

/* Fails unless the actor may change it: its person, a member of its team. */
bool outside_calendar_check_owner(struct call *call, const struct row *row);

/* The address as it is asked: webcal:// is https://. TEXT_NONE stays it. */
text outside_address_url(struct call *call, text address);

/* What a calendar is to be called and whose it is, where it is not there yet. */
struct outside_wish {
    text name;
    rid team;       /* 0: the actor's own */
    bool is_shown;  /* others read what is in it */
};

/* The actor's or the team's calendar of that name; without one a new row, with id 0. */
bool outside_calendar_find(struct call *call, const struct outside_wish *wish,
                           struct row *calendar);

/*
 * Stores what was read in the place of what the calendar held, as one change; makes the row where
 * its id is 0. What does not take place is not stored.
 */
bool outside_calendar_take(struct call *call, struct row *calendar, struct ics_calendar *read);

struct verify_report;
bool outside_calendar_verify(struct call *call, struct verify_report *report);

#endif
