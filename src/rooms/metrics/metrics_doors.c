/*
 * Room metrics: its doors. They read what was asked, call what takes points in and what tells their
 * weeks, and show it; and the table of what the room offers.
 */
#include "importers/metric_csv.h"
#include "ledger/ledger.h"
#include "rooms/metrics/metrics_fetch.h"
#include "rooms/metrics/metrics_points.h"
#include "rooms/metrics/metrics_trend.h"

enum { PAGE_DEFAULT = 1000, PAGE_MAX = 10000, POINTS_BODY_MAX = 16 * 1024 * 1024 };

/* --- what was asked, by whichever door --- */

/* An instant with its zone; a day is its first moment in UTC. */
static bool read_instant(struct call *call, const char *name, text word, stamp *at)
{
    enum stamp_form form = word.at ? stamp_read(word, at, NULL) : STAMP_WITH_ZONE;
    if (form == STAMP_NOT)
        return fail_at(call, name, "'%.*s' is not a time: write it like 2026-11-16T07:00:00Z",
                       TEXT_FMT(word));
    return form != STAMP_WITHOUT_ZONE ||
           fail_at(call, name, "the time '%.*s' has no zone: write it like 2026-11-16T07:00:00Z",
                   TEXT_FMT(word));
}

/* --- commands --- */

static bool run_show(struct call *call, struct invocation *invocation)
{
    struct row series;
    struct metric_trend trend;
    struct json_writer writer;
    iso_week week = 0;
    text word = option_text(invocation, "week");
    int weeks = (int)option_int(invocation, "weeks", METRIC_WEEKS_DEFAULT);
    if (!week_check(call, word, &week) ||
        !metric_series_find(call, invocation->argument[0], &series) ||
        !metric_trend_read(call, &series, word.at ? &week : NULL, weeks, &trend))
        return false;
    if (!invocation->as_json)
        return metric_trend_write_words(call, &trend, invocation->out, &invocation->terminal);
    json_writer_init(&writer, invocation->out, true);
    metric_trend_write_json(&trend, &writer);
    out_char(invocation->out, '\n');
    return true;
}

/* The series of each row, asked for once for rows that follow each other. */
static bool check_rows(struct call *call, const char *file, text given,
                       const struct metric_rows *rows, struct row *series)
{
    text last = TEXT_NONE;
    for (size_t i = 0; i < rows->count; i++) {
        const struct metric_row *row = &rows->row[i];
        text word = given.at ? given : row->series;
        bool is_known = last.at && word.at && text_equal(last, word);
        if (is_known)
            series[i] = series[i - 1];
        else if (!word.size)
            fail_at(call, "series", "no series is named: give --series, or a column 'series'");
        else
            metric_series_find(call, word, &series[i]);
        last = word;
        if (call->fail.kind == FAIL_NONE && metric_point_check(call, &series[i], &row->point))
            continue;
        return fail_about(call, call_format(call, "line %lld of '%s'", (long long)row->line, file));
    }
    return true;
}

static bool put_rows(struct call *call, text what, const struct metric_rows *rows,
                     const struct row *series)
{
    if (!what.at || !change_open(call, what))
        return false;
    bool done = true;
    for (size_t i = 0; done && i < rows->count; i++)
        done = metric_points_put(call, series[i].id, &rows->row[i].point, 1);
    if (done && metric_points_audit(call, what))
        return change_commit(call);
    change_rollback(call);
    return false;
}

static bool read_file(struct call *call, const struct invocation *invocation,
                      struct metric_rows *rows)
{
    text zone = option_text(invocation, "zone");
    char *path = call_string(call, invocation->argument[0]);
    struct source *source =
        path && zone_check(call, zone) ? source_open(call, path, TEXT_NONE) : NULL;
    bool done = source && metric_csv_read(call, source, zone, rows);
    if (source)
        source_close(source);
    return done;
}

static bool run_import(struct call *call, struct invocation *invocation)
{
    struct metric_rows rows;
    struct json_writer writer;
    if (!metric_may_take(call) || !read_file(call, invocation, &rows))
        return false;
    struct row *series = call_array(call, rows.count + 1, sizeof *series);
    text what = call_format(call, "import %.*s", TEXT_FMT(invocation->argument[0]));
    if (!series ||
        !check_rows(call, call_string(call, invocation->argument[0]),
                    option_text(invocation, "series"), &rows, series) ||
        !put_rows(call, what, &rows, series))
        return false;
    if (!invocation->as_json) {
        out_format(invocation->out, "%zu point%s in\n", rows.count, rows.count == 1 ? "" : "s");
        return true;
    }
    json_writer_init(&writer, invocation->out, true);
    json_object(&writer);
    json_put_int(&writer, "points", (int64_t)rows.count);
    json_object_end(&writer);
    out_char(invocation->out, '\n');
    return true;
}

static void write_fetched(const struct metric_fetched *fetched, text id, struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "series", id);
    json_put_stamp(writer, "from", fetched->since);
    json_put_stamp(writer, "to", fetched->until);
    json_put_stamp(writer, "fetched_at", fetched->at);
    json_put_int(writer, "points", (int64_t)fetched->points);
    json_put_int(writer, "left_out", (int64_t)fetched->left_out);
    json_put_bool(writer, "several_series", fetched->has_several_series);
    json_put_int(writer, "questions", fetched->pieces);
    json_key(writer, "warnings");
    json_list(writer);
    for (size_t i = 0; i < fetched->notes.count; i++)
        json_text(writer, fetched->notes.warning[i]);
    json_list_end(writer);
    json_put_bool(writer, "left_out_histograms", fetched->notes.has_histograms);
    json_object_end(writer);
}

/* Points came in or none did; either way no figure may surprise later. */
static void tell_points(const struct metric_fetched *fetched, const struct row *series,
                        struct invocation *invocation)
{
    char since[STAMP_TEXT_SIZE], until[STAMP_TEXT_SIZE];
    stamp_write(fetched->since, since);
    stamp_write(fetched->until, until);
    out_format(invocation->out, "%zu point%s in", fetched->points, fetched->points == 1 ? "" : "s");
    if (fetched->left_out)
        out_format(invocation->out, ", %zu of them no data or infinite", fetched->left_out);
    out_char(invocation->out, '\n');
    if (fetched->points == 0)
        out_format(invocation->err,
                   "Prometheus has nothing for '%.*s' from %s to %s: check the query and the "
                   "range.\n",
                   TEXT_FMT(value_as_text(series->value[METRIC_SERIES_QUERY])), since, until);
    else if (fetched->left_out == fetched->points)
        out_string(invocation->err, "Not one of them is a number, so no week has a figure by "
                                    "them: check what the query divides by.\n");
    if (fetched->has_several_series)
        out_string(invocation->err, "The points are of several series of Prometheus, and a week's "
                                    "figure is over all of them: narrow or sum the query if one "
                                    "is meant.\n");
}

static void tell_fetched(const struct metric_fetched *fetched, const struct row *series,
                         struct invocation *invocation)
{
    tell_points(fetched, series, invocation);
    for (size_t i = 0; i < fetched->notes.count; i++)
        out_format(invocation->err, "Prometheus warns: %.*s\n",
                   TEXT_FMT(fetched->notes.warning[i]));
    if (fetched->notes.has_histograms)
        out_string(invocation->err, "Native histograms were left out: ask for a number of them.\n");
}

static bool run_fetch(struct call *call, struct invocation *invocation)
{
    struct row series;
    struct metric_fetched fetched;
    struct json_writer writer;
    stamp since = 0, until = call->now;
    text from = option_text(invocation, "from");
    if (!from.at)
        return fail(call, FAIL_USAGE, "say from when on: 'rondo metric fetch SERIES --from T'");
    if (!read_instant(call, "from", from, &since) ||
        !read_instant(call, "to", option_text(invocation, "to"), &until) ||
        !metric_may_take(call) || !metric_series_find(call, invocation->argument[0], &series) ||
        !metric_fetch(call, &series, since, until, &fetched))
        return false;
    if (!invocation->as_json) {
        tell_fetched(&fetched, &series, invocation);
        return true;
    }
    json_writer_init(&writer, invocation->out, true);
    write_fetched(&fetched, row_public_id(call, &metric_series_record, series.id), &writer);
    out_char(invocation->out, '\n');
    return call->fail.kind == FAIL_NONE;
}

static const struct option show_options[] = {
    { .name = "week",
      .kind = OPTION_TEXT,
      .placeholder = "WEEK",
      .help = "The last week, such as 2026-W47; else that of the last point." },
    { .name = "weeks",
      .kind = OPTION_INT,
      .placeholder = "N",
      .min = 1,
      .max = METRIC_WEEKS_MAX,
      .help = "So many calendar weeks; else 12." },
    { 0 },
};

static const struct option import_options[] = {
    { .name = "series",
      .kind = OPTION_TEXT,
      .placeholder = "S",
      .help = "All rows are points of this series; else the column 'series' says." },
    { .name = "zone",
      .kind = OPTION_TEXT,
      .placeholder = "Z",
      .help = "The zone of times without one, such as Europe/Berlin." },
    { 0 },
};

static const struct option fetch_options[] = {
    { .name = "from",
      .kind = OPTION_TEXT,
      .placeholder = "T",
      .help = "The first instant; a day is its first instant in UTC." },
    { .name = "to",
      .kind = OPTION_TEXT,
      .placeholder = "T",
      .help = "The last instant; else now." },
    { 0 },
};

static const struct command metrics_commands[] = {
    { .name = "metric",
      .verb = "show",
      .arguments = "SERIES",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Every week",
      .option = show_options,
      .run = run_show,
      .help = "Show the weeks of a metric series: figure, interval, change and trend." },
    { .name = "metric",
      .verb = "import",
      .arguments = "FILE",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Every week",
      .option = import_options,
      .run = run_import,
      .flags = COMMAND_LONG,
      .help = "Bring in points from CSV with 'at' and 'value', or 'numerator' and 'denominator'." },
    { .name = "metric",
      .verb = "fetch",
      .arguments = "SERIES",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Every week",
      .option = fetch_options,
      .run = run_fetch,
      .flags = COMMAND_LONG,
      .help = "Ask the series' Prometheus for a range and store its points." },
    { 0 },
};

/* --- routes --- */

static bool post_points(struct call *call, const struct request *request, struct reply *reply)
{
    struct row series;
    struct json list;
    struct metric_points points = { .count = 0 };
    if (!metric_may_take(call) || !metric_series_find(call, request->part[0], &series) ||
        !json_read(call, request->body, &list, NULL) ||
        !metric_points_read_json(call, &series, &list, &points) ||
        !metric_points_take(call, &series, &points))
        return false;
    json_object(&reply->json);
    json_put_int(&reply->json, "points", (int64_t)points.count);
    json_object_end(&reply->json);
    return true;
}

static bool get_points(struct call *call, const struct request *request, struct reply *reply)
{
    struct row series;
    stamp since = INT64_MIN, until = INT64_MAX;
    int64_t limit = PAGE_DEFAULT;
    return read_instant(call, "from", request_query(request, "from"), &since) &&
           read_instant(call, "to", request_query(request, "to"), &until) &&
           request_int(call, request, "limit", 1, PAGE_MAX, &limit) &&
           metric_series_find(call, request->part[0], &series) &&
           metric_points_write_json(call, series.id, since, until,
                                    request_query(request, "after"), limit, &reply->json);
}

static bool get_trend(struct call *call, const struct request *request, struct reply *reply)
{
    struct row series;
    struct metric_trend trend;
    iso_week week = 0;
    int64_t weeks = METRIC_WEEKS_DEFAULT;
    text word = request_query(request, "week");
    if (!week_check(call, word, &week) ||
        !request_int(call, request, "weeks", 1, METRIC_WEEKS_MAX, &weeks) ||
        !metric_series_find(call, request->part[0], &series) ||
        !metric_trend_read(call, &series, word.at ? &week : NULL, (int)weeks, &trend))
        return false;
    metric_trend_write_json(&trend, &reply->json);
    return true;
}

static const struct query_parameter points_parameters[] = {
    { "from", "From this instant on.", "string" },
    { "to", "Before this instant.", "string" },
    { "limit", "At most so many points, 1 to 10000.", "integer" },
    { "after", "The `next` of the page before.", "string" },
    { 0 },
};

static const struct query_parameter trend_parameters[] = {
    { "week", "The last week, such as 2026-W47; else that of the last point.", "string" },
    { "weeks", "So many calendar weeks, 1 to 520.", "integer" },
    { 0 },
};

static const struct route metrics_routes[] = {
    { .method = "POST",
      .path = "/api/v1/metric-series/{id}/points",
      .handle = post_points,
      .reply_schema = "metric_points_taken",
      .is_for_import = true,
      .body_max = POINTS_BODY_MAX,
      .body_schema = "metric_points",
      .help = "Bring in a list of points; one that comes again replaces the one of its instant." },
    { .method = "GET",
      .path = "/api/v1/metric-series/{id}/points",
      .handle = get_points,
      .reply_schema = "metric_points_told",
      .query = points_parameters,
      .help = "The points of a metric series in the order of time." },
    { .method = "GET",
      .path = "/api/v1/metric-series/{id}/trend",
      .handle = get_trend,
      .reply_schema = "metric_trend",
      .query = trend_parameters,
      .help = "The weeks of a metric series: figure, interval, change and trend." },
    { 0 },
};

/* --- what the room offers --- */

static const struct record *const metrics_records[] = { &metric_series_record, NULL };
static const struct table *const metrics_tables[] = { &metric_point_table, &metric_fetch_table,
                                                      NULL };

const struct room metrics_room = {
    .name = "metrics",
    .label = "Metrics",
    .help = "Headline metrics that are not evals, week by week.",
    .records = metrics_records,
    .tables = metrics_tables,
    .routes = metrics_routes,
    .replies = metrics_replies,
    .commands = metrics_commands,
    .figures = metrics_figures,
    .update = metrics_update,
    .verify = metrics_verify,
};
