/*
 * When the time of a person or a team is taken, as outside calendars say: their events on the days
 * of a stretch of time. What is private is here already without its
 * words for whoever must not read them: no door can forget it.
 */
#ifndef RONDO_OUTSIDE_EVENTS_H
#define RONDO_OUTSIDE_EVENTS_H

#include "offers/calendar.h"

struct outside_time {
    rid calendar, person;
    text calendar_name;
    text title, place; /* without its words: "Ada: busy", and TEXT_NONE */
    bool is_day;
    int64_t day;       /* of a whole day, and how many */
    int days;
    stamp from, until; /* of whole days: 00:00 in the ask's zone */
    bool is_free;      /* it takes no time: a birthday */
    bool is_hidden;    /* the title is not the one that its owner sees */
};

struct outside_times {
    struct outside_time *time; /* calendar by calendar */
    size_t count, room;
};

/*
 * Those of the ask's person, or else of the actor; and of the ask's team, or else of every team of
 * that person.
 */
bool outside_events_read(struct call *call, const struct calendar_ask *ask,
                         struct outside_times *times);

/* The same as a calendar_source: not into what goes out, for it would come back. */
bool outside_events_collect(struct call *call, const struct calendar_ask *ask,
                            struct calendar *calendar);

#endif
