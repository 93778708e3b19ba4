/*
 * Whether what was agreed is done: counts over actions and their days. Days are those of date_read;
 * knows no person and no incident.
 */
#ifndef RONDO_FOLLOW_THROUGH_H
#define RONDO_FOLLOW_THROUGH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct action_days {
    bool has_due, is_done;
    int64_t due, done;
};

struct follow_through {
    int64_t total, closed;
    int64_t on_time; /* closed on the due day or before */
    int64_t overdue; /* open and due before today: due today is not overdue */
    int64_t undated; /* open without a due day */
    int64_t overdue_days_max;
};
struct follow_through action_follow_through(const struct action_days *action, size_t count,
                                            int64_t today);

#endif
