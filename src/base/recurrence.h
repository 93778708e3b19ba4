/*
 * Recurrence rules (RFC 5545, RRULE) at the level of days: on which days a rule falls, whether it
 * may be written, what it is in words. Days are numbers since 1970-01-01 in the zone of the thing
 * that recurs; it knows no time of day and no zone. Whoever has them makes each day an instant with
 * stamp_from_local, which keeps the local time over changes of the clock.
 *
 * The first day counts as the first instance, and as one of COUNT, even when it does not match the
 * rule (RFC 5545, 3.8.5.3). Weeks start on Monday unless WKST says otherwise. Months that lack a
 * day are left out, not bent. Days lie between 1600 and 2500.
 */
#ifndef RONDO_RECURRENCE_H
#define RONDO_RECURRENCE_H

#include "base/call.h"

enum {
    RECURRENCE_BYTES_MAX = 512,   /* of a rule that is created */
    RECURRENCE_STEPS_MAX = 100000 /* of one expansion */
};

/*
 * Whether the rule may be created with that first day: it is well formed, falls on some day of the
 * next hundred years, and all readers of calendars understand it alike. Fails at "rule". A rule
 * from elsewhere that is refused here may still be expanded: the sentence is the note beside it.
 */
bool recurrence_check(struct call *call, text rule, int64_t first_day);

/* Days in rising order, each once. */
struct recurrence_days {
    int64_t *day;
    size_t count;
    bool is_cut; /* steps or years ran out before the range did: later days are unknown */
};

/*
 * The days of the rule from..to, both included; none when to < from. The memory is the call's.
 * Tolerant: small letters, blanks, a ";" at the end, parts whose names begin with X-, and times of
 * day (BYHOUR and finer) are passed over. An UNTIL with a time ends with the date that is written:
 * whoever knows the zone compares the instants. Fails at "rule" for what is malformed, HOURLY and
 * finer, and what RFC 5545 gives no meaning; at "first_day" outside 1600..2500.
 *
 * Rules of days and weeks, and those of months and years without COUNT, begin at `from`: how long
 * ago the first day was does not matter.
 */
bool recurrence_days(struct call *call, text rule, int64_t first_day, int64_t from, int64_t to,
                     struct recurrence_days *days);

/*
 * The same of what people set up here: the first day is an instance only where it matches, for who
 * starts a Wednesday's meeting on a Monday means Wednesdays.
 */
bool recurrence_days_matching(struct call *call, text rule, int64_t first_day, int64_t from,
                              int64_t to, struct recurrence_days *days);

/*
 * The rule in plain English, as it follows a name: "every 3 weeks on Wednesday", "the 3rd Thursday
 * of every month", "every day, 5 times". What there are no words for is given back as it is.
 * TEXT_NONE when the call has failed.
 */
text recurrence_words(struct call *call, text rule);

#endif
