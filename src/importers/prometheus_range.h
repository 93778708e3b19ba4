/*
 * The answer of Prometheus' /api/v1/query_range: a matrix of values that are texts. Native
 * histograms and keys that are not known are left out.
 */
#ifndef RONDO_PROMETHEUS_RANGE_H
#define RONDO_PROMETHEUS_RANGE_H

#include "importers/metric_point.h"

struct prometheus_notes {
    text *warning;
    size_t count, room;
    bool has_histograms; /* left out */
};

/* Adds the points of the answer. A refusal of the server is told in a sentence. */
bool prometheus_range_read(struct call *call, int status, text body, struct metric_points *points,
                           struct prometheus_notes *notes);

#endif
