/*
 * Counters of one server, in the Prometheus text format. A route is named by its pattern, never by
 * the path asked for: what strangers ask for must not make new series. Counters are atomic; reading
 * them stops nobody.
 */
#ifndef RONDO_METRICS_H
#define RONDO_METRICS_H

#include "base/out.h"
#include "http/route.h"

#include <stdatomic.h>

struct metrics_route;

struct metrics {
    const struct route *const *route;
    size_t route_count;
    struct metrics_route *counts; /* one for each route, a last one for requests that met none */
    atomic_int_fast64_t in_flight;
    atomic_int_fast64_t response_bytes;
};

/* The counters live as long as `call`; `route` must, too. */
bool metrics_init(struct metrics *metrics, struct call *call, const struct route *const *route,
                  size_t route_count);

/* Around every request; metrics_in_flight is what has entered and not left. */
void metrics_enter(struct metrics *metrics);
void metrics_leave(struct metrics *metrics);
int64_t metrics_in_flight(struct metrics *metrics);

/* One answer. `route` is NULL when none was found. */
void metrics_count(struct metrics *metrics, const struct route *route, int status,
                   int64_t duration_us, size_t response_bytes);

void metrics_write(struct metrics *metrics, struct out *out);

#endif
