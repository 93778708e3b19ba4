/*
 * See metrics_trend.h: the weeks as a few sentences and a table. A ratio without a unit is told in
 * percent and points; fewer than ten cases never show as a percentage alone.
 */
#include "offers/grid.h"
#include "rooms/metrics/metrics_trend.h"

#include <math.h>

enum { CASES_MIN = 10 };

static bool in_percent(const struct metric_trend *trend)
{
    return trend->is_ratio && trend->unit.size == 0;
}

/* Four digits tell enough; large numbers stay whole. */
static void write_number(struct out *out, double value)
{
    if (fabs(value) >= 1000 && fabs(value) < 1e15)
        out_format(out, "%.0f", value);
    else
        out_format(out, "%.4g", value);
}

static void write_unit(struct out *out, const struct metric_trend *trend)
{
    if (trend->unit.size) {
        out_char(out, ' ');
        out_text(out, trend->unit);
    }
}

static bool is_small(const struct metric_trend *trend, const struct metric_week *week)
{
    return in_percent(trend) && week->is_counts && week->n < CASES_MIN;
}

/* "93.5 %", "7 of 9", "1.25 s". */
static void write_figure(struct out *out, const struct metric_trend *trend,
                         const struct metric_week *week)
{
    if (!week->has_figure) {
        out_string(out, "no data");
    } else if (is_small(trend, week)) {
        out_format(out, "%.0f of %.0f", week->numerator, week->denominator);
    } else if (in_percent(trend)) {
        out_format(out, "%.1f %%", 100 * week->figure);
    } else {
        write_number(out, week->figure);
        write_unit(out, trend);
    }
}

/* "89.2 to 96.2". */
static void write_interval(struct out *out, const struct metric_trend *trend,
                           const struct metric_week *week)
{
    if (!week->interval.is_known)
        return;
    if (in_percent(trend)) {
        out_format(out, "%.1f to %.1f%s", 100 * week->interval.lower, 100 * week->interval.upper,
                   is_small(trend, week) ? " %" : "");
        return;
    }
    write_number(out, week->interval.lower);
    out_string(out, " to ");
    write_number(out, week->interval.upper);
}

static void write_week_name(struct out *out, iso_week week)
{
    char room[WEEK_TEXT_SIZE];
    out_text(out, (text){ room, (size_t)week_write(week, room) });
}

static void write_size(struct out *out, const struct metric_trend *trend, double difference)
{
    double size = fabs(difference) * (in_percent(trend) ? 100 : 1);
    if (!in_percent(trend)) {
        write_number(out, size);
        write_unit(out, trend);
    } else if (size > 0 && size < 0.05) {
        out_string(out, "less than 0.1 points");
    } else {
        out_format(out, "%.1f points", size);
    }
}

static void write_delta(struct out *out, const struct metric_trend *trend)
{
    const struct metric_week *before = trend->before;
    if (!before) {
        out_string(out, "; no earlier week to compare with");
        return;
    }
    double delta = trend->now->figure - before->figure;
    out_string(out, delta == 0 ? "; unchanged" : delta < 0 ? "; down " : "; up ");
    if (delta != 0)
        write_size(out, trend, delta);
    out_string(out, " since ");
    write_week_name(out, before->week);
    if (trend->now->week - before->week > 1)
        out_format(out, ", %d weeks before", (int)(trend->now->week - before->week));
}

static void write_headline(struct out *out, const struct metric_trend *trend)
{
    const struct metric_week *now = trend->now;
    write_week_name(out, now->week);
    out_string(out, ": ");
    write_figure(out, trend, now);
    if (now->interval.is_known) {
        out_string(out, " (");
        write_interval(out, trend, now);
        out_char(out, ')');
    }
    if (now->has_figure && !is_small(trend, now))
        out_format(out, ", n = %lld", (long long)now->n);
    if (now->has_figure)
        write_delta(out, trend);
    out_char(out, '\n');
}

/* ".013" has no zero; nothing below .001 is told apart. */
static void write_p(struct out *out, double p)
{
    char room[32];
    if (p < 0.001) {
        out_string(out, "p < .001");
        return;
    }
    snprintf(room, sizeof room, "%.3f", p);
    out_format(out, "p = %s", room[0] == '0' ? room + 1 : "1");
}

static void write_trend(struct out *out, const struct metric_trend *trend)
{
    const struct mann_kendall *test = &trend->test;
    out_string(out, "Trend: ");
    if (!trend->has_test) {
        out_format(out, "too few weeks to tell (%zu of %d)\n", trend->known,
                   METRIC_TREND_WEEKS_MIN);
        return;
    }
    bool is_none = test->p > 0.05 || test->s == 0;
    out_string(out, is_none ? "no evidence of a trend" : test->s < 0 ? "falling" : "rising");
    if (test->has_slope) {
        out_string(out, is_none ? ", " : " ");
        out_string(out, !is_none ? "" : test->slope < 0 ? "down " : test->slope > 0 ? "up " : "");
        write_size(out, trend, test->slope);
        out_string(out, " a week");
    }
    if (!is_none)
        out_string(out, (test->s > 0) == trend->higher_is_better ? " (better)" : " (worse)");
    out_string(out, ", Mann-Kendall ");
    write_p(out, test->p);
    out_format(out, "%s over %zu weeks; indicative\n", test->has_exact ? " (exact)" : " (normal)",
               test->n);
}

/* "3 no data, 1 infinite": points that are stored and not in the figure. */
static text note_of(struct call *call, const struct metric_week *week)
{
    struct out out;
    out_init(&out, call);
    if (week->no_data)
        out_format(&out, "%lld no data", (long long)week->no_data);
    if (week->infinite)
        out_format(&out, "%s%lld infinite", out.size ? ", " : "", (long long)week->infinite);
    return out.size ? out_view(&out) : TEXT("");
}

static void push_week(struct call *call, const struct metric_trend *trend,
                      const struct metric_week *week, struct grid *grid)
{
    struct out figure, interval;
    char room[WEEK_TEXT_SIZE];
    out_init(&figure, call);
    out_init(&interval, call);
    write_figure(&figure, trend, week);
    write_interval(&interval, trend, week);
    week_write(week->week, room);
    grid_format(grid, "%s", room);
    grid_push(grid, week->has_figure ? out_view(&figure) : TEXT("no data"));
    grid_push(grid, interval.size ? out_view(&interval) : TEXT(""));
    grid_format(grid, "%lld", (long long)week->n);
    grid_push(grid, note_of(call, week));
}

bool metric_trend_write_words(struct call *call, const struct metric_trend *trend, struct out *out,
                              const struct terminal *terminal)
{
    static const struct grid_column columns[] = {
        { "Week", GRID_LEFT }, { "Figure", GRID_RIGHT },  { "95 %", GRID_RIGHT },
        { "n", GRID_RIGHT },   { "Left out", GRID_LEFT }, { 0 },
    };
    struct grid grid;
    out_format(out, "%.*s of %.*s (%s is better, weeks of %.*s)\n", TEXT_FMT(trend->name),
               TEXT_FMT(trend->surface), trend->higher_is_better ? "higher" : "lower",
               TEXT_FMT(trend->zone));
    write_headline(out, trend);
    write_trend(out, trend);
    out_char(out, '\n');
    grid_init(&grid, call, columns);
    for (size_t i = 0; i < trend->week_count; i++)
        push_week(call, trend, &trend->week[i], &grid);
    return grid_write(&grid, out, terminal);
}
