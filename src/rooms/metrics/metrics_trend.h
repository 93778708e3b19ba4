/*
 * A series as weeks: one figure each, how sure it is, and where the series is going. Weeks are
 * those of the zone of the surface's team. Reads, and knows nothing of how it is shown but for the
 * functions at the end.
 */
#ifndef RONDO_METRICS_TREND_H
#define RONDO_METRICS_TREND_H

#include "base/json_write.h"
#include "base/stamp.h"
#include "engine/stats/mean_interval.h"
#include "offers/terminal.h"
#include "rooms/metrics/metrics.h"

enum { METRIC_WEEKS_DEFAULT = 12, METRIC_WEEKS_MAX = 520, METRIC_TREND_WEEKS_MIN = 5 };

struct metric_week {
    iso_week week;
    int64_t points;   /* all of them */
    int64_t no_data;  /* NaN */
    int64_t infinite; /* stored and not in the mean */
    double numerator, denominator;
    bool is_counts; /* numerators and denominators are whole numbers: they have a Wilson interval */
    struct running_mean mean;
    bool has_figure; /* false: a gap */
    double figure;
    int64_t n; /* the denominator where it counts, else the points behind the figure */
    struct interval interval;
};

struct metric_trend {
    text id, name, surface, unit, zone;
    bool is_ratio, higher_is_better;
    const struct metric_week *week; /* every calendar week, the latest last */
    size_t week_count;
    const struct metric_week *now;    /* the last week */
    const struct metric_week *before; /* the nearest earlier week with a figure; NULL: none */
    size_t known;                     /* weeks with a figure */
    bool has_test;                    /* five of them */
    struct mann_kendall test;         /* x = calendar weeks */
};

/* The last week is that of the last point where `week` is NULL. */
bool metric_trend_read(struct call *call, const struct row *series, const iso_week *week, int weeks,
                       struct metric_trend *trend);

void metric_trend_write_json(const struct metric_trend *trend, struct json_writer *writer);
bool metric_trend_write_words(struct call *call, const struct metric_trend *trend, struct out *out,
                              const struct terminal *terminal);

#endif
