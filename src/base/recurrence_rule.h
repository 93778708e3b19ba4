/*
 * A recurrence rule as its parts. Knows the grammar of RFC 5545 and what is no rule of any
 * calendar; which days a rule falls on is recurrence.h's.
 */
#ifndef RONDO_RECURRENCE_RULE_H
#define RONDO_RECURRENCE_RULE_H

#include "base/call.h"

enum recurrence_frequency {
    RECURRENCE_NO_FREQUENCY,
    RECURRENCE_DAILY,
    RECURRENCE_WEEKLY,
    RECURRENCE_MONTHLY,
    RECURRENCE_YEARLY,
};

enum recurrence_part {
    BY_DAY,       /* weekdays, see recurrence_weekday */
    BY_MONTH_DAY, /* 1..31, or from the end: -1..-31 */
    BY_YEAR_DAY,  /* 1..366, -1..-366 */
    BY_WEEK,      /* 1..53, -1..-53 */
    BY_MONTH,     /* 1..12 */
    BY_POSITION,  /* in the set of a period: 1..366, -1..-366 */
    BY_HOUR,
    BY_MINUTE,
    BY_SECOND,
    RECURRENCE_PARTS,
};

/* Each value once, in the order written; none: the part is not there. */
struct recurrence_list {
    int64_t *value;
    size_t count;
};

struct recurrence_rule {
    enum recurrence_frequency frequency;
    int64_t interval; /* 1 or more */
    int64_t count;    /* 0: no COUNT */
    bool has_until, has_until_time;
    int64_t until;      /* the day, since 1970-01-01 */
    int week_start;     /* 0 is Monday */
    text unknown;       /* the first part that was passed over; TEXT_NONE: there was none */
    struct recurrence_list by[RECURRENCE_PARTS];
};

/* Fails at "rule". What is legal alone and makes no sense together is refused too. */
bool recurrence_rule_read(struct call *call, text source, struct recurrence_rule *rule);

/* The part's name in a rule: "BYMONTHDAY". */
const char *recurrence_part_name(enum recurrence_part part);

bool recurrence_has(const struct recurrence_rule *rule, enum recurrence_part part);

/* True when the part is there and holds the value, or the one that counts from the end. */
bool recurrence_lists(const struct recurrence_rule *rule, enum recurrence_part part, int64_t value,
                      int64_t from_end);

/* Of a value of BY_DAY: its weekday, 0 is Monday; and which of its period, 0: each. */
int recurrence_weekday(int64_t value);
int recurrence_nth(int64_t value);

/* "MO" and the others, Monday first; the place of one of them in any case, or -1. */
extern const char *const recurrence_weekday_words[7];
int recurrence_weekday_read(text word);

/* True when a weekday has a number: the 3rd, the last. */
bool recurrence_has_nth(const struct recurrence_rule *rule);

#endif
