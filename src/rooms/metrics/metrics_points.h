/*
 * Points of a series: what may become one, into the store, and back. A point that comes again takes
 * the place of the one with its series, labels and instant.
 */
#ifndef RONDO_METRICS_POINTS_H
#define RONDO_METRICS_POINTS_H

#include "base/json_write.h"
#include "importers/metric_point.h"
#include "rooms/metrics/metrics.h"

/* The series that a word means, as it is; refuses one that was dropped. */
bool metric_series_find(struct call *call, text word, struct row *series);

/* Whether the actor may bring points in. */
bool metric_may_take(struct call *call);

/* Refuses what is no point of that series. */
bool metric_point_check(struct call *call, const struct row *series,
                        const struct metric_point *point);

/* A list of points as the API takes it; a refusal names the place in the list. */
bool metric_points_read_json(struct call *call, const struct row *series, const struct json *list,
                             struct metric_points *points);

/* One line of the audit for all points that came in at once; inside their change. */
bool metric_points_audit(struct call *call, text what);

/* Inside a change; the points have been checked. */
bool metric_points_put(struct call *call, rid series, const struct metric_point *point,
                       size_t count);

/* The same as a change of its own. */
bool metric_points_take(struct call *call, const struct row *series,
                        const struct metric_points *points);

/*
 * {"items","next"} in the order of time; from `since` on and before `until`. `after` is the `next`
 * of the page before, or TEXT_NONE; points that come in between move no page.
 */
bool metric_points_write_json(struct call *call, rid series, stamp since, stamp until, text after,
                              int64_t limit, struct json_writer *writer);

/* Points in the order of time, from `since` on and before `until`. False ends the walk. */
typedef bool (*metric_point_visitor)(struct call *call, const struct metric_point *point, void *to);
bool metric_points_each(struct call *call, rid series, stamp since, stamp until,
                        metric_point_visitor visit, void *to);

/* The instant of the last point; false without failure when there is none (check call->fail). */
bool metric_points_last(struct call *call, rid series, stamp *at);

struct verify_report;
bool metrics_verify(struct call *call, struct verify_report *report);

#endif
