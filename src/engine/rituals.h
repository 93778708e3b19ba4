/*
 * Recurring meetings: on which days they are expected, which were held, which are held for nothing,
 * what they cost (methods page, planning, 7). Days are numbers since 1970-01-01. Only weekly rules:
 * all others are the calendar's.
 */
#ifndef RONDO_RITUALS_H
#define RONDO_RITUALS_H

#include "base/call.h"

/* Walking further than this many days is refused. */
enum { RITUALS_DAYS_MAX = 100000 };

/* Days in rising order, each once. */
struct day_list {
    int64_t *day;
    size_t count;
};

/* Sorts the days and drops repeats, in place. */
struct day_list rituals_days(int64_t *day, size_t count);

bool rituals_has_day(const struct day_list *list, int64_t day);

/* FREQ=WEEKLY with INTERVAL and BYDAY; weeks start on Monday. */
struct ritual_rule {
    int64_t interval;  /* weeks, 1 or more */
    unsigned weekdays; /* bit 0 is Monday; 0: the weekday of the first day */
};

/* Fails at "rule" for other frequencies, and for parts that are unknown or make no sense here. */
bool rituals_read_rule(struct call *call, text source, struct ritual_rule *rule);

/*
 * Days of the rule from..to, both included, without those after `not_after` and those in `without`;
 * weeks are counted from that of `from`. to >= from, at most RITUALS_DAYS_MAX days.
 */
bool rituals_expected(struct call *call, const struct ritual_rule *rule, int64_t from, int64_t to,
                      const struct day_list *not_after, const struct day_list *without,
                      struct day_list *expected);

/* Days of `list` that `other` lacks. */
bool rituals_difference(struct call *call, const struct day_list *list,
                        const struct day_list *other, struct day_list *result);

struct ritual_occurrence {
    int64_t attended, artifacts, decisions, actions;
};

/* A meeting that left nothing, or that nobody came to, in too many of its last occurrences. */
struct ritual_zombie {
    bool is_too_few;    /* fewer occurrences than the window: nothing is said */
    int64_t empty;      /* no artifact, decision or action */
    int64_t unattended; /* fewer than two people */
    bool is_zombie;
};
struct ritual_zombie rituals_zombie(const struct ritual_occurrence *occurrence, size_t count,
                                    size_t window, int64_t threshold);

/* people * minutes / 60 * per_week. */
double rituals_hours_per_week(double people, double minutes, double per_week);

#endif
