/*
 * Room metrics: a series by name as a figure of the week, and what it brings to the weekly update:
 * headline metrics that are not evals are what users do.
 */
#include "offers/figure.h"
#include "offers/update_source.h"
#include "rooms/metrics/metrics.h"
#include "rooms/metrics/metrics_trend.h"
#include "store/find.h"

#include <math.h>

enum { OF_SERIES };

static bool read_trend(struct call *call, const struct figure_ask *ask, struct metric_trend *trend,
                       struct figure_answer *answer)
{
    struct row series;
    if (!find_row(call, &metric_series_record, ask->row[OF_SERIES], &series) ||
        !metric_trend_read(call, &series, &ask->scope.week, METRIC_WEEKS_DEFAULT, trend))
        return false;
    answer->record = &metric_series_record;
    answer->row = series.id;
    answer->working = call_format(call, "rondo metric-series trend %.*s", TEXT_FMT(trend->id));
    return true;
}

/* "12.5 ms"; a ratio without a unit is a share. */
static text value_words(struct call *call, const struct metric_trend *trend, double value)
{
    if (trend->is_ratio && trend->unit.size == 0)
        return call_format(call, "%.1f %%", 100 * value);
    return trend->unit.size ? call_format(call, "%.4g %.*s", value, TEXT_FMT(trend->unit))
                            : call_format(call, "%.4g", value);
}

static bool read_value(struct call *call, const struct figure_ask *ask,
                       struct figure_answer *answer)
{
    struct metric_trend trend;
    if (!read_trend(call, ask, &trend, answer))
        return false;
    if (trend.week_count == 0 || !trend.now->has_figure)
        return figure_unknown(answer, call_format(call, "'%.*s' has no point in that week",
                                                  TEXT_FMT(trend.name)));
    answer->is_known = true;
    answer->value = trend.now->figure;
    answer->words = value_words(call, &trend, trend.now->figure);
    answer->has_n = true;
    answer->n = trend.now->n;
    answer->has_interval = trend.now->interval.is_known;
    answer->low = trend.now->interval.lower;
    answer->high = trend.now->interval.upper;
    return call->fail.kind == FAIL_NONE;
}

static bool read_change(struct call *call, const struct figure_ask *ask,
                        struct figure_answer *answer)
{
    struct metric_trend trend;
    if (!read_trend(call, ask, &trend, answer))
        return false;
    if (trend.week_count == 0 || !trend.now->has_figure || !trend.before)
        return figure_unknown(answer, call_format(call, "'%.*s' has no two weeks to compare",
                                                  TEXT_FMT(trend.name)));
    double change = trend.now->figure - trend.before->figure;
    bool is_share = trend.is_ratio && trend.unit.size == 0;
    text size = is_share ? call_format(call, "%.1f points", 100 * fabs(change))
                         : value_words(call, &trend, fabs(change));
    answer->is_known = true;
    answer->value = change;
    answer->words = change == 0 ? TEXT("unchanged")
                                : call_format(call, "%s %.*s", change < 0 ? "down" : "up",
                                              TEXT_FMT(size));
    return call->fail.kind == FAIL_NONE;
}

#define PARAMETER_SERIES { { "series", "metric_series", true, "Which series: its name or id." } }

const struct figure metrics_figures[] = {
    { "metrics.value", "A metric of the week", "The figure of a metric series in the week.",
      FIGURE_NUMBER, PARAMETER_SERIES, read_value },
    { "metrics.change", "Change of a metric", "That figure minus the one of the week before.",
      FIGURE_NUMBER, PARAMETER_SERIES, read_change },
    { 0 },
};

/* --- what users did --- */

static bool add_series(struct call *call, const struct agenda_ask *ask, const struct row *series,
                       struct update_lines *lines)
{
    struct metric_trend trend;
    if (!metric_trend_read(call, series, &ask->week, METRIC_WEEKS_DEFAULT, &trend))
        return false;
    if (trend.week_count == 0 || !trend.now->has_figure || !trend.before)
        return true;
    double before = fabs(trend.before->figure);
    double moved = before > 0 ? fabs(trend.now->figure - trend.before->figure) / before : 0;
    text line = call_format(call,
                            "%.*s is {{figure metrics.value series=%.*s}} ({{figure "
                            "metrics.change series=%.*s}}).",
                            TEXT_FMT(update_link(call, series)), TEXT_FMT(trend.id),
                            TEXT_FMT(trend.id));
    return update_line_about(call, ask, series, line, moved, lines);
}

static bool collect_series(struct call *call, const struct agenda_ask *ask,
                           struct update_lines *lines)
{
    struct query query;
    struct rows rows;
    query_init(&query, &metric_series_record);
    if (!find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!add_series(call, ask, &rows.row[i], lines))
            return false;
    return true;
}

const struct update_source metrics_update[] = {
    { "metrics.moved", "Headline metrics", UPDATE_PART_USER, collect_series },
    { 0 },
};
