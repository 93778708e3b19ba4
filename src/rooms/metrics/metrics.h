/*
 * Room metrics: the headline metrics that are not evals. A series belongs to a surface and says
 * what its numbers mean; its points are facts, brought in by the API, from CSV files and from
 * Prometheus, and never audited one by one.
 */
#ifndef RONDO_METRICS_H
#define RONDO_METRICS_H

#include "catalog/row.h"
#include "offers/figure.h"
#include "offers/reply_schema.h"
#include "offers/room.h"
#include "offers/update_source.h"

enum metric_series_field {
    METRIC_SERIES_NAME,
    METRIC_SERIES_SURFACE,
    METRIC_SERIES_KIND,
    METRIC_SERIES_UNIT,
    METRIC_SERIES_DIRECTION,
    METRIC_SERIES_SOURCE,
    METRIC_SERIES_URL,
    METRIC_SERIES_QUERY,
    METRIC_SERIES_STEP,
    METRIC_SERIES_FIELDS,
};

extern const struct record metric_series_record;
extern const struct table metric_point_table, metric_fetch_table;

extern const struct figure metrics_figures[]; /* metrics_figures.c */
extern const struct update_source metrics_update[];
extern const struct room metrics_room;
extern const struct reply_schema metrics_replies[]; /* metrics_replies.c */

#endif
