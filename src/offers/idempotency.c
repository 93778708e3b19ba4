/* See idempotency.h. */
#include "offers/idempotency.h"

#include "base/hash.h"
#include "base/stamp.h"
#include "ledger/ledger.h"
#include "store/sql.h"

enum { KEY_BYTES_MAX = 200 };

#define KEPT_FOR STAMP_DAY

static const struct column idempotency_columns[] = {
    { "person", COLUMN_INT, true },  { "key", COLUMN_TEXT, true },  { "method", COLUMN_TEXT, true },
    { "path", COLUMN_TEXT, true },   { "body", COLUMN_TEXT, true }, { "status", COLUMN_INT, true },
    { "reply", COLUMN_TEXT, true },  { "location", COLUMN_TEXT, false },
    { "etag", COLUMN_TEXT, false },  { "at", COLUMN_INT, true },    { 0 },
};

const struct table idempotency_table = {
    .name = "idempotency", .column = idempotency_columns, .key = { "person", "key" },
    .index = { { .column = { "at" } } },
};

/* One request under its key; the body is known by its digest. */
struct attempt {
    text key;
    text body;
};

static bool read_attempt(struct call *call, const struct request *request, struct attempt *attempt)
{
    char hexadecimal[HASH_TEXT_SIZE];
    attempt->key = request_header(request, "idempotency-key");
    if (!attempt->key.at)
        return true;
    if (attempt->key.size == 0 || attempt->key.size > KEY_BYTES_MAX || !text_is_utf8(attempt->key))
        return fail(call, FAIL_USAGE, "the header 'Idempotency-Key' takes a text of 1 to %d bytes",
                    KEY_BYTES_MAX);
    struct hash digest = hash_strong(request->body.at ? request->body : TEXT(""));
    hash_write(&digest, hexadecimal);
    attempt->body = call_text(call, text_of(hexadecimal));
    return attempt->body.at != NULL;
}

static bool forget_old(struct call *call)
{
    struct sql *sql = SQL(call, "DELETE FROM idempotency WHERE at <= ?1");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, call->now - KEPT_FOR);
    return sql_run(call, sql);
}

static void give_again(struct sql *sql, struct reply *reply)
{
    reply->status = (int)sql_int(sql, 3);
    out_text(&reply->body, sql_text(sql, 4));
    if (!sql_is_null(sql, 5))
        reply_header(reply, "Location", sql_text(sql, 5));
    if (!sql_is_null(sql, 6))
        reply_header(reply, "ETag", sql_text(sql, 6));
    reply_header(reply, "Idempotent-Replay", TEXT("true"));
}

/* Whether the key was used before, and if so by this request. */
static bool find_before(struct call *call, const struct request *request,
                        const struct attempt *attempt, struct reply *reply, bool *is_known)
{
    struct sql *sql =
        SQL(call, "SELECT method, path, body, status, reply, location, etag FROM idempotency "
                  "WHERE person = ?1 AND key = ?2 AND at > ?3");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, call->actor.person);
    sql_bind_text(sql, 2, attempt->key);
    sql_bind_int(sql, 3, call->now - KEPT_FOR);
    enum sql_step step = sql_step(call, sql);
    *is_known = step == SQL_ROW;
    bool is_same = *is_known && text_is(sql_text(sql, 0), request->method) &&
                   text_equal(sql_text(sql, 1), request->path) &&
                   text_equal(sql_text(sql, 2), attempt->body);
    if (is_same)
        give_again(sql, reply);
    sql_done(sql);
    if (step == SQL_FAILED)
        return false;
    return !*is_known || is_same ||
           fail(call, FAIL_INVALID,
                "the Idempotency-Key '%.*s' was used for another request: choose a new one",
                TEXT_FMT(attempt->key));
}

static text header_of(const struct reply *reply, const char *name)
{
    for (int i = 0; i < reply->header_count; i++)
        if (strcmp(reply->header[i].name, name) == 0)
            return reply->header[i].value;
    return TEXT_NONE;
}

static bool keep(struct call *call, const struct request *request, const struct attempt *attempt,
                 const struct reply *reply)
{
    struct sql *sql = SQL(
        call, "INSERT INTO idempotency (person, key, method, path, body, status, reply, location, "
              "etag, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    text view = out_view(&reply->body);
    if (!sql || !view.at) {
        sql_done(sql);
        return false;
    }
    int usual = request->route->status ? request->route->status : 200;
    sql_bind_int(sql, 1, call->actor.person);
    sql_bind_text(sql, 2, attempt->key);
    sql_bind_text(sql, 3, text_of(request->method));
    sql_bind_text(sql, 4, request->path);
    sql_bind_text(sql, 5, attempt->body);
    sql_bind_int(sql, 6, reply->status ? reply->status : usual);
    sql_bind_text(sql, 7, view);
    sql_bind_text(sql, 8, header_of(reply, "Location"));
    sql_bind_text(sql, 9, header_of(reply, "ETag"));
    sql_bind_int(sql, 10, call->now);
    return sql_run(call, sql);
}

/* A handler that answers with a problem of its own has changed nothing: its reply is not kept. */
static bool run_inside(struct call *call, const struct request *request,
                       const struct attempt *attempt, struct reply *reply, route_handler handle,
                       bool *is_refused)
{
    bool is_known = false;
    *is_refused = false;
    if (attempt->key.at &&
        (!forget_old(call) || !find_before(call, request, attempt, reply, &is_known)))
        return false;
    if (is_known)
        return true;
    if (!handle(call, request, reply))
        return false;
    *is_refused = reply->status >= 400;
    return *is_refused || !attempt->key.at || keep(call, request, attempt, reply);
}

bool idempotency_run(struct call *call, const struct request *request, struct reply *reply,
                     text what, route_handler handle)
{
    struct attempt attempt;
    bool is_refused;
    if (!read_attempt(call, request, &attempt) || !change_open(call, what))
        return false;
    if (!run_inside(call, request, &attempt, reply, handle, &is_refused) || is_refused) {
        change_rollback(call);
        return is_refused;
    }
    if (!change_commit(call))
        return false;
    if (change_id(call))
        reply_header(reply, "Rondo-Change",
                     call_format(call, "%lld", (long long)change_id(call)));
    return true;
}
