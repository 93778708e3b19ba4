/* See metrics_fetch.h. */
#include "rooms/metrics/metrics_fetch.h"

#include "base/fetch.h"
#include "base/stamp.h"
#include "ledger/ledger.h"
#include "rooms/metrics/metrics_points.h"
#include "store/sql.h"

#include <math.h>

/* One question; from and to are seconds, and both are asked for. */
struct range {
    int64_t since, until, step;
};

static text range_url(struct call *call, const struct row *series)
{
    text url = value_as_text(series->value[METRIC_SERIES_URL]);
    while (text_ends(url, TEXT("/")))
        url = text_until(url, url.size - 1);
    return call_format(call, "%.*s/api/v1/query_range", TEXT_FMT(url));
}

static bool ask_range(struct call *call, const struct row *series, const struct range *range,
                      struct metric_points *points, struct prometheus_notes *notes)
{
    struct fetch question = { .url = range_url(call, series) };
    struct fetched answer;
    struct out form;
    out_init(&form, call);
    fetch_form_add(&form, "query", value_as_text(series->value[METRIC_SERIES_QUERY]));
    out_format(&form, "&start=%lld&end=%lld&step=%lld", (long long)range->since,
               (long long)range->until, (long long)range->step);
    question.form = out_view(&form);
    return question.url.at && question.form.at && fetch(call, &question, &answer) &&
           prometheus_range_read(call, answer.status, answer.body, points, notes);
}

/* Pieces follow each other by a step: no instant is asked for twice. */
static bool ask_pieces(struct call *call, const struct row *series, const struct range *whole,
                       struct metric_points *points, struct metric_fetched *fetched)
{
    int64_t reach = (METRIC_FETCH_POINTS_MAX - 1) * whole->step;
    for (int64_t since = whole->since; since <= whole->until; since += reach + whole->step) {
        struct range piece = { since, since + reach, whole->step };
        if (piece.until > whole->until)
            piece.until = whole->until;
        if (!ask_range(call, series, &piece, points, &fetched->notes))
            return false;
        fetched->pieces++;
    }
    return true;
}

static text notes_words(struct call *call, const struct prometheus_notes *notes)
{
    struct out out;
    out_init(&out, call);
    for (size_t i = 0; i < notes->count; i++)
        out_format(&out, "%s%.*s", i ? "\n" : "", TEXT_FMT(notes->warning[i]));
    return notes->count ? out_view(&out) : TEXT_NONE;
}

static bool fetch_put(struct call *call, const struct row *series,
                      const struct metric_fetched *fetched)
{
    struct sql *sql =
        SQL(call, "INSERT INTO metric_fetch (series, at, since, until, url, query, step, points, "
                  "notes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (series, at) DO "
                  "UPDATE SET since = excluded.since, until = excluded.until, url = excluded.url, "
                  "query = excluded.query, step = excluded.step, points = excluded.points, notes = "
                  "excluded.notes");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, series->id);
    sql_bind_int(sql, 2, fetched->at);
    sql_bind_int(sql, 3, fetched->since);
    sql_bind_int(sql, 4, fetched->until);
    sql_bind_text(sql, 5, value_as_text(series->value[METRIC_SERIES_URL]));
    sql_bind_text(sql, 6, value_as_text(series->value[METRIC_SERIES_QUERY]));
    sql_bind_int(sql, 7, value_as_int(series->value[METRIC_SERIES_STEP]));
    sql_bind_int(sql, 8, (int64_t)fetched->points);
    sql_bind_text(sql, 9, notes_words(call, &fetched->notes));
    return sql_run(call, sql);
}

static bool store_fetched(struct call *call, const struct row *series,
                          const struct metric_points *points, const struct metric_fetched *fetched)
{
    text id = row_public_id(call, &metric_series_record, series->id);
    text what = call_format(call, "fetch %zu points of %.*s", points->count, TEXT_FMT(id));
    if (!what.at || !change_open(call, what))
        return false;
    if (metric_points_put(call, series->id, points->point, points->count) &&
        fetch_put(call, series, fetched) && metric_points_audit(call, what))
        return change_commit(call);
    change_rollback(call);
    return false;
}

static bool check_range(struct call *call, const struct range *range)
{
    if (range->until < range->since)
        return fail_at(call, "to", "the range ends before it begins: give --from and then --to");
    if ((range->until - range->since) / range->step >=
        (int64_t)METRIC_FETCH_PIECES_MAX * METRIC_FETCH_POINTS_MAX)
        return fail(call, FAIL_TOO_LARGE,
                    "the range has more than %d points: ask for less, or make "
                    "the step longer",
                    METRIC_FETCH_PIECES_MAX * METRIC_FETCH_POINTS_MAX);
    return true;
}

static void count_points(const struct metric_points *points, struct metric_fetched *fetched)
{
    fetched->points = points->count;
    for (size_t i = 0; i < points->count; i++) {
        if (!isfinite(points->point[i].value))
            fetched->left_out++;
        fetched->has_several_series = fetched->has_several_series ||
                                      !text_equal(points->point[i].labels, points->point[0].labels);
    }
}

bool metric_fetch(struct call *call, const struct row *series, stamp since, stamp until,
                  struct metric_fetched *fetched)
{
    struct metric_points points = { .count = 0 };
    struct range range = { since / STAMP_SECOND, until / STAMP_SECOND,
                           value_as_int(series->value[METRIC_SERIES_STEP]) };
    *fetched = (struct metric_fetched){ .since = range.since * STAMP_SECOND,
                                        .until = range.until * STAMP_SECOND,
                                        .at = call->now };
    if (!text_is(value_as_text(series->value[METRIC_SERIES_SOURCE]), "prometheus"))
        return fail(call, FAIL_CONFLICT,
                    "the source of this series is '%.*s': only one from "
                    "prometheus can be fetched",
                    TEXT_FMT(value_as_text(series->value[METRIC_SERIES_SOURCE])));
    if (!check_range(call, &range) || !ask_pieces(call, series, &range, &points, fetched))
        return false;
    count_points(&points, fetched);
    return store_fetched(call, series, &points, fetched);
}
