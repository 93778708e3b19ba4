/*
 * BYSETPOS where a rule falls several times a day: it counts the times of a period's whole set, of
 * which recurrence.h, that knows days alone, counts the days. For recurrence_times.c.
 */
#ifndef RONDO_RECURRENCE_SETS_H
#define RONDO_RECURRENCE_SETS_H

#include "base/recurrence_rule.h"

/* The n-th time of a day. */
struct recurrence_place {
    int64_t day;
    size_t time;
};

struct recurrence_places {
    struct recurrence_place *place; /* in rising order */
    size_t count, room;
    bool is_cut; /* as of recurrence_days */
};

/*
 * The places that BYSETPOS names in the periods that touch from..to, each day of which has `times`
 * times; some are before the first day. `rule` is without BYSETPOS, COUNT and UNTIL, `read` is
 * with them.
 */
bool recurrence_sets_places(struct call *call, text rule, const struct recurrence_rule *read,
                            int64_t first_day, int64_t from, int64_t to, size_t times,
                            struct recurrence_places *places);

#endif
