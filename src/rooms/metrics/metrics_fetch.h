/*
 * Points of a series from its Prometheus: one range, asked in pieces where it has more points than
 * the server gives at once.
 */
#ifndef RONDO_METRICS_FETCH_H
#define RONDO_METRICS_FETCH_H

#include "importers/prometheus_range.h"
#include "rooms/metrics/metrics.h"

/* What Prometheus gives at most in one answer, per series. */
enum { METRIC_FETCH_POINTS_MAX = 11000, METRIC_FETCH_PIECES_MAX = 1000 };

struct metric_fetched {
    stamp since, until, at;
    size_t points, left_out; /* of them NaN or infinite, which no week's figure counts */
    bool has_several_series; /* the points are of more than one set of labels */
    int pieces;
    struct prometheus_notes notes;
};

/* Asks and stores, in one change. Instants are cut to whole seconds. */
bool metric_fetch(struct call *call, const struct row *series, stamp since, stamp until,
                  struct metric_fetched *fetched);

#endif
