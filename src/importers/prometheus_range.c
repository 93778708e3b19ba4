/* See prometheus_range.h. */
#include "importers/prometheus_range.h"

#include "base/json_read.h"

#include <math.h>

static text text_member(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);
    return value && value->kind == JSON_TEXT ? value->text : TEXT_NONE;
}

/* What the server says by a status, and what to do about it. */
static const struct {
    int status;
    enum fail_kind kind;
    const char *what, *remedy;
} refusals[] = {
    { 400, FAIL_INVALID, "does not understand the query", "check query, step and range" },
    { 422, FAIL_INVALID, "cannot execute the query", "check what the query does" },
    { 503, FAIL_BUSY, "gave up on the query", "try again, or ask for a shorter range" },
};

static bool fail_status(struct call *call, int status, const struct json *answer)
{
    text error = text_member(answer, "error");
    if (!error.at)
        return fail(call, FAIL_INVALID,
                    "the answer (status %d) is none of Prometheus: check the series' url", status);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (refusals[i].status == status)
            return fail(call, refusals[i].kind, "Prometheus %s: '%.*s'; %s", refusals[i].what,
                        TEXT_FMT(error), refusals[i].remedy);
    return fail(call, FAIL_INVALID,
                "Prometheus refused the query with status %d: '%.*s'; check the "
                "series' query",
                status, TEXT_FMT(error));
}

static bool fail_shape(struct call *call, const char *what)
{
    return fail(call, FAIL_INVALID, "the answer of Prometheus %s: is the series' url right?", what);
}

static bool read_value(struct call *call, const struct json *pair, struct metric_point *point)
{
    if (pair->kind != JSON_LIST || pair->count != 2 || !json_is_number(&pair->item[0]) ||
        pair->item[1].kind != JSON_TEXT)
        return fail_shape(call, "holds a value that is no pair of a time and a text");
    double seconds = json_number(&pair->item[0]);
    if (!(fabs(seconds) < 1e11))
        return fail_shape(call, "holds a time that is none");
    point->at = (stamp)llround(seconds * 1000) * 1000;
    return metric_number(pair->item[1].text, &point->value) ||
           fail(
               call, FAIL_INVALID,
               "the answer of Prometheus holds '%.*s', which is no number: check the series' query",
               TEXT_FMT(pair->item[1].text));
}

static bool read_series(struct call *call, const struct json *series, struct metric_points *points,
                        struct prometheus_notes *notes)
{
    const struct json *metric = json_get(series, "metric"), *values = json_get(series, "values");
    const struct json *histograms = json_get(series, "histograms");
    struct metric_point point = { .is_ratio = false };
    if (!metric || !metric_labels(call, metric, &point.labels))
        return call->fail.kind == FAIL_NONE ? fail_shape(call, "holds a series without its metric")
                                            : false;
    notes->has_histograms = notes->has_histograms || histograms;
    if (!values)
        return histograms || fail_shape(call, "holds a series without values");
    if (values->kind != JSON_LIST)
        return fail_shape(call, "holds values that are no list");
    for (uint32_t i = 0; i < values->count; i++)
        if (!read_value(call, &values->item[i], &point) || !metric_points_add(call, points, &point))
            return false;
    return true;
}

static bool is_noted(const struct prometheus_notes *notes, text words)
{
    for (size_t i = 0; i < notes->count; i++)
        if (text_equal(notes->warning[i], words))
            return true;
    return false;
}

/* Warnings are noted once, also when every piece of a split range says them. */
static bool read_warnings(struct call *call, const struct json *answer,
                          struct prometheus_notes *notes)
{
    const struct json *list = json_get(answer, "warnings");
    for (uint32_t i = 0; list && list->kind == JSON_LIST && i < list->count; i++) {
        if (list->item[i].kind != JSON_TEXT || is_noted(notes, list->item[i].text))
            continue;
        text *more =
            call_more(call, notes->warning, notes->count, &notes->room, sizeof *notes->warning);
        if (!more)
            return false;
        notes->warning = more;
        more[notes->count++] = list->item[i].text;
    }
    return true;
}

bool prometheus_range_read(struct call *call, int status, text body, struct metric_points *points,
                           struct prometheus_notes *notes)
{
    struct json answer;
    if (!json_read(call, body, &answer, NULL)) {
        if (call->fail.kind != FAIL_INVALID)
            return false;
        fail_clear(call);
        return fail_status(call, status, NULL);
    }
    if (status != 200 || !text_is(text_member(&answer, "status"), "success"))
        return fail_status(call, status, &answer);
    const struct json *data = json_get(&answer, "data"), *result = json_get(data, "result");
    if (!text_is(text_member(data, "resultType"), "matrix") || !result || result->kind != JSON_LIST)
        return fail_shape(call, "is no matrix");
    for (uint32_t i = 0; i < result->count; i++)
        if (!read_series(call, &result->item[i], points, notes))
            return false;
    return read_warnings(call, &answer, notes);
}
