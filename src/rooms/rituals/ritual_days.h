/*
 * When rituals are held: the days of a rule, without holidays and without the days after others,
 * and the instants of those days where the team is. Days are numbers since 1970-01-01; local time
 * holds across clock changes, because instants are computed when they are asked for.
 */
#ifndef RONDO_RITUAL_DAYS_H
#define RONDO_RITUAL_DAYS_H

#include "base/stamp.h"
#include "engine/rituals.h"
#include "store/find.h"

/* An occurrence is moved by no more days than this. */
enum { RITUAL_MOVE_DAYS_MAX = 60 };

/* What decides on days, read at once for many rituals. */
struct ritual_calendar {
    struct rows rituals;     /* all live ones */
    struct rows holidays;
    struct rows teams;       /* that follow a holiday calendar */
    struct rows occurrences; /* stored ones of the stretch and around it, by ritual and day */
    int64_t from, to;        /* days that may be asked for, both included */
};

/* Reads what is needed for the days from..to. */
bool ritual_calendar_read(struct call *call, int64_t from, int64_t to,
                          struct ritual_calendar *calendar);

/* The live ritual of that id, or NULL. */
const struct row *ritual_calendar_find(const struct ritual_calendar *calendar, rid ritual);

/* The stored occurrence of the ritual's day, or NULL. */
const struct row *ritual_calendar_stored(const struct ritual_calendar *calendar, rid ritual,
                                         int64_t day);

/* The days from..to on which the ritual is expected, rising. */
bool ritual_days_expected(struct call *call, const struct ritual_calendar *calendar,
                          const struct row *ritual, int64_t from, int64_t to,
                          struct day_list *days);

/* "09:30" as minutes since midnight; fails at "at". */
bool ritual_minute_read(struct call *call, text word, int *minute);

/* The ritual's own zone, else its team's, else the workspace's. */
bool ritual_zone(struct call *call, const struct row *ritual, text *zone);

/* The instant at which it begins on a day. */
bool ritual_start_on(struct call *call, const struct row *ritual, int64_t day, stamp *at);

#endif
