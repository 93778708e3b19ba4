/* See metrics_points.h. */
#include "rooms/metrics/metrics_points.h"

#include "ledger/audit.h"
#include "ledger/ledger.h"
#include "ledger/verify.h"
#include "offers/refs.h"
#include "store/find.h"
#include "store/sql.h"

#include <math.h>

#define COUNT_MAX 9007199254740992.0 /* beyond it a double skips counts */

bool metric_series_find(struct call *call, text word, struct row *series)
{
    rid id;
    if (!refs_find(call, &metric_series_record, word, &id) ||
        !find_row(call, &metric_series_record, id, series))
        return false;
    return !series->archived ||
           fail(call, FAIL_CONFLICT, "the metric series '%.*s' was dropped: undo that first",
                TEXT_FMT(word));
}

bool metric_may_take(struct call *call)
{
    call->door = DOOR_IMPORT;
    return ledger_may_import(call);
}

/* --- what may become a point --- */

static bool is_count(double number)
{
    return number >= 0 && number <= COUNT_MAX && number == floor(number);
}

static bool ratio_check(struct call *call, const struct metric_point *point)
{
    double part = point->numerator, whole = point->denominator;
    if (!isfinite(part) || !isfinite(whole))
        return fail_at(call, isfinite(part) ? "denominator" : "numerator",
                       "numerator and denominator are numbers: leave out a point without data");
    if (whole < 0)
        return fail_at(call, "denominator", "the denominator %g is below 0", whole);
    if (is_count(part) && is_count(whole) && part > whole)
        return fail_at(call, "numerator",
                       "the numerator %.0f is above the denominator %.0f: of so "
                       "many there cannot be more; leave the row out or mend it",
                       part, whole);
    return true;
}

bool metric_point_check(struct call *call, const struct row *series,
                        const struct metric_point *point)
{
    bool is_ratio = text_is(value_as_text(series->value[METRIC_SERIES_KIND]), "ratio");
    if (is_ratio && !point->is_ratio)
        return fail_at(call, "value",
                       "a point of a ratio has 'numerator' and 'denominator', no "
                       "'value'");
    if (!is_ratio && point->is_ratio)
        return fail_at(call, "numerator",
                       "a point of this series has a 'value', no 'numerator': "
                       "its kind is not ratio");
    return !is_ratio || ratio_check(call, point);
}

/* --- as JSON --- */

static bool read_json_number(struct call *call, const char *name, const struct json *json,
                             double *number)
{
    if (json_is_number(json)) {
        *number = json_number(json);
        return true;
    }
    return (json->kind == JSON_TEXT && metric_number(json->text, number)) ||
           fail_at(call, name,
                   "'%s' is a number, or the text NaN, +Inf or -Inf; leave out a point "
                   "without data",
                   name);
}

static bool known_members(struct call *call, const struct json *object)
{
    static const char *const known[] = { "at", "numerator", "denominator", "value", "labels" };
    for (uint32_t i = 0; i < object->count; i++) {
        bool is_known = false;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            is_known = is_known || text_is(object->member[i].key, known[k]);
        if (!is_known)
            return fail_at(call, "points",
                           "a point has no '%.*s': it has at, value, numerator, "
                           "denominator and labels",
                           TEXT_FMT(object->member[i].key));
    }
    return true;
}

static bool read_json_point(struct call *call, const struct json *object,
                            struct metric_point *point)
{
    const struct json *at = json_get(object, "at"), *value = json_get(object, "value");
    const struct json *part = json_get(object, "numerator"),
                      *whole = json_get(object, "denominator"),
                      *labels = json_get(object, "labels");
    *point = (struct metric_point){ .labels = TEXT(""), .is_ratio = part || whole };
    if (object->kind != JSON_OBJECT)
        return fail_at(call, "points", "a point is an object with 'at'");
    if (!known_members(call, object))
        return false;
    if (!at || at->kind != JSON_TEXT)
        return fail_at(call, "at", "a point needs 'at', a time like 2026-11-16T07:00:00Z");
    if (point->is_ratio ? !part || !whole || value : !value)
        return fail_at(call, "value",
                       "a point has either 'value' or 'numerator' and "
                       "'denominator'");
    if (!metric_time(call, at->text, TEXT_NONE, &point->at) ||
        (labels && !metric_labels(call, labels, &point->labels)))
        return false;
    if (!point->is_ratio)
        return read_json_number(call, "value", value, &point->value);
    return read_json_number(call, "numerator", part, &point->numerator) &&
           read_json_number(call, "denominator", whole, &point->denominator);
}

bool metric_points_read_json(struct call *call, const struct row *series, const struct json *list,
                             struct metric_points *points)
{
    if (list->kind != JSON_LIST)
        return fail(call, FAIL_INVALID,
                    "send a list of points: [{\"at\":\"2026-11-16T07:00:00Z\","
                    "\"value\":1}]");
    for (uint32_t i = 0; i < list->count; i++) {
        struct metric_point point;
        if (!read_json_point(call, &list->item[i], &point) ||
            !metric_point_check(call, series, &point))
            return fail_about(call, call_format(call, "point %u", i + 1));
        if (!metric_points_add(call, points, &point))
            return false;
    }
    return true;
}

/* --- at rest --- */

static void bind_real_or_null(struct sql *sql, int at, bool is_there, double value)
{
    if (is_there)
        sql_bind_real(sql, at, value);
    else
        sql_bind_null(sql, at);
}

static bool point_put(struct call *call, rid series, const struct metric_point *point)
{
    const char *word = point->is_ratio ? NULL : metric_word(point->value);
    struct sql *sql =
        SQL(call, "INSERT INTO metric_point (series, labels, at, numerator, denominator, value, "
                  "word) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (series, labels, at) DO "
                  "UPDATE SET numerator = excluded.numerator, denominator = excluded.denominator, "
                  "value = excluded.value, word = excluded.word");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, series);
    sql_bind_text(sql, 2, point->labels);
    sql_bind_int(sql, 3, point->at);
    bind_real_or_null(sql, 4, point->is_ratio, point->numerator);
    bind_real_or_null(sql, 5, point->is_ratio, point->denominator);
    bind_real_or_null(sql, 6, !point->is_ratio && !word, point->value);
    sql_bind_text(sql, 7, text_of(word));
    return sql_run(call, sql);
}

bool metric_points_audit(struct call *call, text what)
{
    return change_require(call) && audit_act(call, change_id(call), "import", what);
}

bool metric_points_put(struct call *call, rid series, const struct metric_point *point,
                       size_t count)
{
    if (!change_require(call))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!point_put(call, series, &point[i]))
            return false;
    return true;
}

bool metric_points_take(struct call *call, const struct row *series,
                        const struct metric_points *points)
{
    text id = row_public_id(call, &metric_series_record, series->id);
    text what = call_format(call, "bring %zu points to %.*s", points->count, TEXT_FMT(id));
    if (!what.at || !change_open(call, what))
        return false;
    if (metric_points_put(call, series->id, points->point, points->count) &&
        metric_points_audit(call, what))
        return change_commit(call);
    change_rollback(call);
    return false;
}

/* The place of a point in the order of time: "<microseconds>:<labels>". */
static text mark_write(struct call *call, const struct metric_point *point)
{
    return call_format(call, "%lld:%.*s", (long long)point->at, TEXT_FMT(point->labels));
}

/* Without a mark: in front of all points. */
static bool mark_read(struct call *call, text mark, stamp *at, text *labels)
{
    text rest, number = text_cut(mark, ':', &rest);
    *at = INT64_MIN;
    *labels = TEXT("");
    if (!mark.at)
        return true;
    if (!rest.at || !text_to_int(number, at))
        return fail_at(call, "after",
                       "'after' is not the 'next' of an earlier page of these points");
    *labels = rest;
    return true;
}

/* Points behind a place in the order of time, which is itself left out. */
static struct sql *ask_points(struct call *call, rid series, stamp since, stamp until, stamp at,
                              text labels, int64_t limit)
{
    struct sql *sql =
        SQL(call, "SELECT labels, at, numerator, denominator, value, word FROM metric_point WHERE "
                  "series = ?1 AND at >= ?2 AND at < ?3 AND (at > ?4 OR (at = ?4 AND labels > ?5)) "
                  "ORDER BY at, labels LIMIT ?6");
    if (!sql)
        return NULL;
    sql_bind_int(sql, 1, series);
    sql_bind_int(sql, 2, since > at ? since : at);
    sql_bind_int(sql, 3, until);
    sql_bind_int(sql, 4, at);
    sql_bind_text(sql, 5, labels);
    sql_bind_int(sql, 6, limit);
    return sql;
}

static struct metric_point point_of(struct sql *sql)
{
    struct metric_point point = { .labels = sql_text(sql, 0),
                                  .at = sql_int(sql, 1),
                                  .is_ratio = !sql_is_null(sql, 2),
                                  .numerator = sql_real(sql, 2),
                                  .denominator = sql_real(sql, 3),
                                  .value = sql_real(sql, 4) };
    if (!sql_is_null(sql, 5))
        metric_number(sql_text(sql, 5), &point.value);
    return point;
}

bool metric_points_each(struct call *call, rid series, stamp since, stamp until,
                        metric_point_visitor visit, void *to)
{
    struct sql *sql =
        ask_points(call, series, since, until, INT64_MIN, TEXT(""), INT64_MAX);
    enum sql_step step = SQL_FAILED;
    while (sql && (step = sql_step(call, sql)) == SQL_ROW) {
        struct metric_point point = point_of(sql);
        if (!visit(call, &point, to))
            break;
    }
    if (sql)
        sql_done(sql);
    return step == SQL_DONE;
}

static void write_point(const struct metric_point *point, struct json_writer *writer)
{
    const char *word = metric_word(point->value);
    json_object(writer);
    json_put_stamp(writer, "at", point->at);
    if (point->is_ratio) {
        json_put_real(writer, "numerator", point->numerator);
        json_put_real(writer, "denominator", point->denominator);
    } else if (word) {
        json_put_string(writer, "value", word);
    } else {
        json_put_real(writer, "value", point->value);
    }
    json_key(writer, "labels");
    json_raw(writer, point->labels.size ? point->labels : TEXT("{}"));
    json_object_end(writer);
}

bool metric_points_write_json(struct call *call, rid series, stamp since, stamp until,
                              text after, int64_t limit, struct json_writer *writer)
{
    stamp at;
    text labels, mark = TEXT_NONE, next = TEXT_NONE;
    if (!mark_read(call, after, &at, &labels))
        return false;
    struct sql *sql = ask_points(call, series, since, until, at, labels, limit + 1);
    enum sql_step step = SQL_FAILED;
    int64_t count = 0;
    json_object(writer);
    json_key(writer, "items");
    json_list(writer);
    while (sql && (step = sql_step(call, sql)) == SQL_ROW) {
        struct metric_point point = point_of(sql);
        if (count == limit) {
            next = mark;
            break;
        }
        write_point(&point, writer);
        if (++count == limit)
            mark = mark_write(call, &point);
    }
    if (sql)
        sql_done(sql);
    json_list_end(writer);
    json_put_text(writer, "next", next);
    json_object_end(writer);
    return step != SQL_FAILED && call->fail.kind == FAIL_NONE;
}

bool metric_points_last(struct call *call, rid series, stamp *at)
{
    struct sql *sql = SQL(call, "SELECT max(at) FROM metric_point WHERE series = ?1");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, series);
    bool is_there = sql_step(call, sql) == SQL_ROW && !sql_is_null(sql, 0);
    *at = is_there ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return is_there;
}

/* --- verify --- */

/* Series whose points or fetches are there and they are not. */
static bool verify_orphans(struct call *call, struct verify_check *check, text words)
{
    struct sql *sql = sql_prepare(call, words);
    enum sql_step step = SQL_FAILED;
    while (sql && (step = sql_step(call, sql)) == SQL_ROW) {
        text id = row_public_id(call, &metric_series_record, sql_int(sql, 0));
        if (!verify_wrong(call, check,
                          call_format(call,
                                      "%.*s is not there, and %lld of its facts "
                                      "are",
                                      TEXT_FMT(id), (long long)sql_int(sql, 1))))
            break;
    }
    if (sql)
        sql_done(sql);
    return step == SQL_DONE;
}

bool metrics_verify(struct call *call, struct verify_report *report)
{
    struct verify_check *check = verify_add(call, report, "metric points");
    return check && verify_count(call, check, TEXT("SELECT count(*) FROM metric_point")) &&
           verify_orphans(call, check,
                          TEXT("SELECT p.series, count(*) FROM metric_point p WHERE NOT EXISTS "
                               "(SELECT 1 FROM metric_series s WHERE s.id = p.series) GROUP BY "
                               "p.series ORDER BY p.series")) &&
           verify_orphans(call, check,
                          TEXT("SELECT f.series, count(*) FROM metric_fetch f WHERE NOT EXISTS "
                               "(SELECT 1 FROM metric_series s WHERE s.id = f.series) GROUP BY "
                               "f.series ORDER BY f.series"));
}
