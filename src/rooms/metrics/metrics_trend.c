/* See metrics_trend.h. */
#include "rooms/metrics/metrics_trend.h"

#include "rooms/evals/evals.h"
#include "rooms/metrics/metrics_points.h"
#include "rooms/people/people.h"
#include "store/find.h"

#include <math.h>

#define METRIC_CONFIDENCE 0.95
#define COUNT_MAX 9007199254740992.0

/* --- points into weeks --- */

struct filling {
    struct metric_week *week;
    size_t count, at;
    const stamp *monday; /* one more than weeks */
};

static void week_add_ratio(struct metric_week *week, const struct metric_point *point)
{
    bool is_count = point->numerator == floor(point->numerator) && point->numerator >= 0 &&
                    point->denominator == floor(point->denominator);
    week->is_counts = (week->points == 1 || week->is_counts) && is_count;
    week->numerator += point->numerator;
    week->denominator += point->denominator;
}

static void week_add_value(struct metric_week *week, double value)
{
    week->no_data += isnan(value) != 0;
    week->infinite += isinf(value) != 0;
    if (isfinite(value))
        running_mean_add(&week->mean, value);
}

static bool fill_week(struct call *call, const struct metric_point *point, void *to)
{
    struct filling *filling = to;
    (void)call;
    while (point->at >= filling->monday[filling->at + 1])
        filling->at++;
    struct metric_week *week = &filling->week[filling->at];
    week->points++;
    if (point->is_ratio)
        week_add_ratio(week, point);
    else
        week_add_value(week, point->value);
    return true;
}

static void settle_ratio(struct metric_week *week)
{
    week->has_figure =
        week->denominator > 0 && isfinite(week->numerator) && isfinite(week->denominator);
    if (!week->has_figure)
        return;
    week->figure = week->numerator / week->denominator;
    week->is_counts =
        week->is_counts && week->denominator <= COUNT_MAX && week->numerator <= week->denominator;
    week->n = week->is_counts ? (int64_t)week->denominator : week->points;
    if (week->is_counts)
        week->interval = wilson((int64_t)week->numerator, week->n, METRIC_CONFIDENCE);
}

static void settle_value(struct metric_week *week)
{
    week->n = week->mean.n;
    week->has_figure = week->n > 0 && isfinite(week->mean.mean);
    week->figure = week->mean.mean;
    if (week->has_figure)
        week->interval = mean_interval(&week->mean, METRIC_CONFIDENCE);
}

/* --- which weeks --- */

static bool find_surface_of(struct call *call, const struct row *series, struct metric_trend *trend)
{
    struct row surface;
    if (!find_row(call, &surface_record, value_as_int(series->value[METRIC_SERIES_SURFACE]),
                  &surface))
        return false;
    trend->surface = value_as_text(surface.value[SURFACE_NAME]);
    return people_team_zone(call, value_as_int(surface.value[SURFACE_TEAM]), &trend->zone);
}

static bool last_week(struct call *call, const struct row *series, text zone, iso_week *week)
{
    stamp last;
    if (!metric_points_last(call, series->id, &last))
        last = call->now;
    return call->fail.kind == FAIL_NONE && week_of_stamp(call, zone, last, week);
}

static bool fill_weeks(struct call *call, const struct row *series, iso_week last,
                       struct metric_trend *trend)
{
    size_t count = trend->week_count;
    struct metric_week *week = call_array(call, count, sizeof *week);
    stamp *monday = call_array(call, count + 1, sizeof *monday);
    struct filling filling = { .week = week, .count = count, .monday = monday };
    if (!week || !monday)
        return false;
    for (size_t i = 0; i <= count; i++) {
        iso_week at = last - (iso_week)count + 1 + (iso_week)i;
        if (!week_monday(call, trend->zone, at, &monday[i]))
            return false;
        if (i < count)
            week[i].week = at;
    }
    if (!metric_points_each(call, series->id, monday[0], monday[count], fill_week, &filling))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (trend->is_ratio)
            settle_ratio(&week[i]);
        else
            settle_value(&week[i]);
    }
    trend->week = week;
    trend->now = &week[count - 1];
    return true;
}

/* --- where it goes --- */

static bool test_weeks(struct call *call, struct metric_trend *trend)
{
    double *x = call_array(call, trend->week_count, sizeof *x);
    double *y = call_array(call, trend->week_count, sizeof *y);
    if (!x || !y)
        return false;
    for (size_t i = 0; i < trend->week_count; i++) {
        const struct metric_week *week = &trend->week[i];
        if (!week->has_figure)
            continue;
        if (week != trend->now)
            trend->before = week;
        x[trend->known] = (double)week->week;
        y[trend->known++] = week->figure;
    }
    trend->has_test = trend->known >= METRIC_TREND_WEEKS_MIN;
    return !trend->has_test || mann_kendall(y, x, trend->known, &trend->test) ||
           fail(call, FAIL_TOO_LARGE, "the machine has no memory for a trend of %zu weeks",
                trend->known);
}

bool metric_trend_read(struct call *call, const struct row *series, const iso_week *week, int weeks,
                       struct metric_trend *trend)
{
    iso_week last = 0;
    *trend = (struct metric_trend){
        .id = row_public_id(call, &metric_series_record, series->id),
        .name = value_as_text(series->value[METRIC_SERIES_NAME]),
        .unit = value_as_text(series->value[METRIC_SERIES_UNIT]),
        .is_ratio = text_is(value_as_text(series->value[METRIC_SERIES_KIND]), "ratio"),
        .higher_is_better =
            text_is(value_as_text(series->value[METRIC_SERIES_DIRECTION]), "higher"),
        .week_count = (size_t)weeks,
    };
    if (!trend->id.at || !find_surface_of(call, series, trend))
        return false;
    if (week)
        last = *week;
    else if (!last_week(call, series, trend->zone, &last))
        return false;
    return fill_weeks(call, series, last, trend) && test_weeks(call, trend);
}
