/* See metrics_trend.h: the weeks as JSON. What is not known is null, never 0. */
#include "rooms/metrics/metrics_trend.h"

static void put_week(struct json_writer *writer, const char *key, iso_week week)
{
    char room[WEEK_TEXT_SIZE];
    json_put_text(writer, key, (text){ room, (size_t)week_write(week, room) });
}

static void write_week(const struct metric_trend *trend, const struct metric_week *week,
                       struct json_writer *writer)
{
    json_object(writer);
    put_week(writer, "week", week->week);
    json_put_known_real(writer, "figure", week->has_figure, week->figure);
    json_put_int(writer, "n", week->n);
    json_key(writer, "interval");
    if (week->interval.is_known) {
        json_list(writer);
        json_real(writer, week->interval.lower);
        json_real(writer, week->interval.upper);
        json_list_end(writer);
    } else {
        json_null(writer);
    }
    json_put_known_real(writer, "numerator", trend->is_ratio && week->points, week->numerator);
    json_put_known_real(writer, "denominator", trend->is_ratio && week->points, week->denominator);
    json_put_int(writer, "points", week->points);
    json_put_int(writer, "no_data", week->no_data);
    json_put_int(writer, "infinite", week->infinite);
    json_object_end(writer);
}

static void write_delta(const struct metric_trend *trend, struct json_writer *writer)
{
    json_key(writer, "delta");
    if (!trend->before || !trend->now->has_figure) {
        json_null(writer);
        return;
    }
    json_object(writer);
    put_week(writer, "from_week", trend->before->week);
    json_put_int(writer, "weeks_apart", trend->now->week - trend->before->week);
    json_put_real(writer, "delta", trend->now->figure - trend->before->figure);
    json_object_end(writer);
}

static const char *verdict_of(const struct metric_trend *trend)
{
    if (!trend->has_test)
        return "too_few_weeks";
    if (trend->test.p > 0.05 || trend->test.s == 0)
        return "no_trend";
    return trend->test.s < 0 ? "falling" : "rising";
}

static void write_test(const struct metric_trend *trend, struct json_writer *writer)
{
    const struct mann_kendall *test = &trend->test;
    bool has = trend->has_test;
    json_key(writer, "trend");
    json_object(writer);
    json_put_string(writer, "verdict", verdict_of(trend));
    json_put_int(writer, "weeks", (int64_t)trend->known);
    json_put_known_real(writer, "p", has, test->p);
    json_put_known_real(writer, "p_exact", has && test->has_exact, test->p_exact);
    json_put_known_real(writer, "tau_b", has && test->has_tau_b, test->tau_b);
    json_put_known_real(writer, "slope_per_week", has && test->has_slope, test->slope);
    json_object_end(writer);
}

void metric_trend_write_json(const struct metric_trend *trend, struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "series", trend->id);
    json_put_text(writer, "name", trend->name);
    json_put_text(writer, "surface", trend->surface);
    json_put_string(writer, "kind", trend->is_ratio ? "ratio" : "value");
    json_put_text(writer, "unit", trend->unit);
    json_put_string(writer, "direction", trend->higher_is_better ? "higher" : "lower");
    json_put_text(writer, "zone", trend->zone);
    put_week(writer, "week", trend->now->week);
    json_key(writer, "weeks");
    json_list(writer);
    for (size_t i = 0; i < trend->week_count; i++)
        write_week(trend, &trend->week[i], writer);
    json_list_end(writer);
    write_delta(trend, writer);
    write_test(trend, writer);
    json_object_end(writer);
}
