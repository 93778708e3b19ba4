/*
 * Queues with random arrivals, as pure functions (Erlang 1917; the recursion is that of the methods
 * page, never factorials). Say the assumption beside the number.
 */
#ifndef RONDO_QUEUE_H
#define RONDO_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

/* More servers than this are refused by callers: the recursion walks over each. */
enum { QUEUE_SERVERS_MAX = 10000000 };

struct erlang_c {
    double offered_load; /* erlangs */
    double utilisation;  /* of one server; above 1 when more comes than can be served */
    bool is_stable;      /* else p_wait is 1, the service level 0, wait and queue without end */
    double p_wait;
    double mean_wait_seconds;
    double service_level; /* share that waits at most the target */
    double mean_queue_length;
    double erlang_b; /* share turned away, were there no queue */
};

/* servers >= 1, mean_service_seconds > 0. */
struct erlang_c erlang_c(double arrivals_per_second, double mean_service_seconds, int64_t servers,
                         double target_wait_seconds);

/*
 * The fewest servers that are stable and reach the level (0 < level < 1). 0: more than
 * QUEUE_SERVERS_MAX.
 */
int64_t erlang_c_min_servers(double arrivals_per_second, double mean_service_seconds,
                             double target_wait_seconds, double target_service_level);

#endif
