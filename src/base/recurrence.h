/*
 * Rules of recurrence as iCalendar writes them (RFC 5545, 3.3.10), a day at a time: the time of day
 * and the zone are the caller's to add. Expanded by libical; what readers disagree about is refused
 * when a rule is written, and expanded as libical does when it comes from elsewhere. Days are
 * numbers since 1970-01-01; weeks start on Monday unless the rule says WKST.
 */
#ifndef RONDO_RECURRENCE_H
#define RONDO_RECURRENCE_H

#include "base/call.h"

/* No expansion takes more steps than this. */
enum { RECURRENCE_STEPS_MAX = 100000 };

/* Days in rising order, each once; in the call's memory. */
struct recurrence_days {
    int64_t *day;
    size_t count;
    bool is_cut; /* there would be more: the steps ran out */
};

/*
 * A rule that somebody writes, beginning on that day. Fails at "rule" when it is no rule, asks for
 * hours or less, ends before it begins, never occurs, or means different days to different readers.
 */
bool recurrence_check(struct call *call, text rule, int64_t first_day);

/*
 * The days of the rule in from..to, both included, from its first day on. That day is among them
 * only where it matches: RFC 5545 counts it in any case, which is for readers of calendars to add.
 * Fails at "rule" for what cannot be read.
 */
bool recurrence_days(struct call *call, text rule, int64_t first_day, int64_t from, int64_t to,
                     struct recurrence_days *days);

#endif
