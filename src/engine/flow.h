/*
 * How long items take, from the days they were started and finished (methods page, planning, 3).
 * Days are numbers since 1970-01-01; both ends count. Percentiles are values that occurred: the
 * nearest rank, never a mean of two.
 */
#ifndef RONDO_FLOW_H
#define RONDO_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* finished - started + 1. False: it was finished before it was started. */
bool flow_cycle_days(int64_t started, int64_t finished, int64_t *days);

/* The value at rank ceil(p n / 100), at least 1. Sorts the values. False: there are none. */
bool flow_percentile(double *value, size_t count, double percent, double *result);

/* An open item against the days that 85 % of items need (the service-level expectation). */
enum flow_age { FLOW_BELOW_LIMIT, FLOW_AT_LIMIT, FLOW_OVER_LIMIT };
enum flow_age flow_age(int64_t age_days, double expected_days);

/* active / (active + wait). False: both are 0. */
bool flow_efficiency(double active_days, double wait_days, double *share);

struct flow_item {
    bool is_known; /* both days could be read */
    int64_t started, finished;
};

struct flow_report {
    int64_t rows;               /* all of them */
    int64_t quarantined;        /* days that are missing, or finished before started */
    bool is_known;              /* something is left */
    double p50, p85, p95, mean; /* days */
};

/* False when memory ran out. */
bool flow_report(const struct flow_item *item, size_t count, struct flow_report *result);

/* Items finished in each of `weeks` weeks from that Monday on; what lies outside is not counted. */
void flow_weekly(const int64_t *finished, size_t count, int64_t from_monday, int64_t *weekly,
                 size_t weeks);

#endif
