/* See job.h. */
#include "offers/job.h"

#include "offers/job_input.h"
#include "store/sql.h"
#include "store/transaction.h"

/* Jobs that wait: more would only fill the store. */
enum { JOBS_WAITING_MAX = 1000 };

enum { WORD_SHOWN_BYTES = 40 };

const char *const job_state_words[JOB_STATES] = {
    [JOB_QUEUED] = "queued", [JOB_RUNNING] = "running",     [JOB_DONE] = "done",
    [JOB_FAILED] = "failed", [JOB_CANCELLED] = "cancelled",
};

static const struct column job_columns[] = {
    { "id", COLUMN_INT, true },
    { "kind", COLUMN_TEXT, true },
    { "person", COLUMN_INT, true },
    { "scopes", COLUMN_INT, false }, /* a set, as in struct actor */
    { "state", COLUMN_TEXT, true },
    { "progress", COLUMN_INT, true },
    { "sentence", COLUMN_TEXT, true },
    { "result", COLUMN_TEXT, false },
    { "options", COLUMN_TEXT, false },
    { "input_bytes", COLUMN_INT, false },
    { "created", COLUMN_INT, true },
    { "started", COLUMN_INT, false },
    { "ended", COLUMN_INT, false },
    { "attempt", COLUMN_INT, false },
    { "not_before", COLUMN_INT, false },
    { "node", COLUMN_TEXT, false },
    { "heartbeat", COLUMN_INT, false },
    { "wants_cancel", COLUMN_INT, false },
    { "change", COLUMN_INT, false },    /* what it has stored so far, or 0 */
    { "is_stored", COLUMN_INT, false }, /* the last piece of that change is in */
    { "version", COLUMN_INT, false },
    { 0 },
};

static const struct table job_table = {
    .name = "job",
    .column = job_columns,
    .key = { "id" },
    .index = { { .column = { "person", "id" } },
               { .column = { "state", "id" } },
               { .column = { "version" } } },
};

/* When a periodic kind may run again, whoever runs it. */
static const struct column job_period_columns[] = {
    { "kind", COLUMN_TEXT, true },
    { "not_before", COLUMN_INT, true },
    { 0 },
};
static const struct table job_period_table = {
    .name = "job_period",
    .column = job_period_columns,
    .key = { "kind" },
};

const struct table *const job_tables[] = {
    &job_table,
    &job_input_table,
    &job_period_table,
    NULL,
};

/* --- adding --- */

static bool next_job(struct call *call, rid *id)
{
    struct sql *sql = SQL(call, "SELECT coalesce(max(id), 0) + 1, "
                                "(SELECT count(*) FROM job WHERE state = 'queued') FROM job");
    if (!sql)
        return false;
    enum sql_step step = sql_step(call, sql);
    *id = step == SQL_ROW ? sql_int(sql, 0) : 0;
    bool is_full = step == SQL_ROW && sql_int(sql, 1) >= JOBS_WAITING_MAX;
    sql_done(sql);
    if (is_full)
        return fail(call, FAIL_BUSY,
                    "%d jobs are waiting already: try again when some of them have ended",
                    JOBS_WAITING_MAX);
    return step == SQL_ROW;
}

static bool job_insert(struct call *call, rid id, const char *kind, text options, text input)
{
    struct sql *sql =
        SQL(call, "INSERT INTO job (id, kind, person, scopes, state, progress, sentence, options, "
                  "input_bytes, created, attempt, not_before, wants_cancel, change, is_stored, "
                  "version) SELECT ?1, ?2, ?3, ?4, 'queued', 0, ?5, ?6, ?7, ?8, 0, 0, 0, 0, 0, "
                  "coalesce(max(version), 0) + 1 FROM job");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, id);
    sql_bind_text(sql, 2, text_of(kind));
    sql_bind_int(sql, 3, call->actor.person);
    sql_bind_int(sql, 4, call->actor.scopes);
    sql_bind_text(sql, 5, TEXT("waits for its turn"));
    sql_bind_text(sql, 6, options);
    if (input.at)
        sql_bind_int(sql, 7, (int64_t)input.size);
    sql_bind_int(sql, 8, call->now);
    return sql_run(call, sql);
}

static bool add_inside(struct call *call, const char *kind, text options, text input, rid *id)
{
    return next_job(call, id) && job_insert(call, *id, kind, options, input) &&
           job_input_write(call, *id, input);
}

static bool end_transaction(struct call *call, bool done)
{
    if (done)
        return store_commit(call);
    store_rollback(call);
    return false;
}

bool job_add(struct call *call, const char *kind, text options, text input, rid *id)
{
    return store_begin(call) && end_transaction(call, add_inside(call, kind, options, input, id));
}

/* It never waits for a server: what `add_inside` says of waiting jobs does not hold it up. */
static bool keep_inside(struct call *call, const struct job_kept *kept)
{
    struct sql *sql =
        SQL(call, "INSERT INTO job (id, kind, person, scopes, state, progress, sentence, result, "
                  "created, started, ended, attempt, not_before, wants_cancel, change, is_stored, "
                  "version) SELECT coalesce(max(id), 0) + 1, ?1, ?2, ?3, ?4, 100, ?5, ?6, ?7, ?8, "
                  "?9, 1, 0, 0, 0, 0, coalesce(max(version), 0) + 1 FROM job");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(kept->kind));
    sql_bind_int(sql, 2, call->actor.person);
    sql_bind_int(sql, 3, call->actor.scopes);
    sql_bind_text(sql, 4, text_of(job_state_words[kept->has_failed ? JOB_FAILED : JOB_DONE]));
    sql_bind_text(sql, 5, kept->sentence);
    sql_bind_text(sql, 6, kept->result);
    for (int at = 7; at <= 9; at++)
        sql_bind_int(sql, at, call->now);
    return sql_run(call, sql);
}

bool job_keep(struct call *call, const struct job_kept *kept)
{
    return store_begin(call) && end_transaction(call, keep_inside(call, kept));
}

/* --- reading --- */

#define JOB_COLUMNS                                                                                \
    "id, kind, state, progress, sentence, result, attempt, wants_cancel, created, started, "       \
    "ended, "                                                                                      \
    "version, change"

static enum job_state state_of(text word)
{
    int state = 0;
    while (state < JOB_STATES - 1 && !text_is(word, job_state_words[state]))
        state++;
    return (enum job_state)state;
}

static bool read_job(struct call *call, struct sql *sql, struct job *job)
{
    *job = (struct job){
        .id = sql_int(sql, 0),
        .kind = call_text(call, sql_text(sql, 1)),
        .state = state_of(sql_text(sql, 2)),
        .progress = (int)sql_int(sql, 3),
        .sentence = call_text(call, sql_text(sql, 4)),
        .result = sql_is_null(sql, 5) ? TEXT_NONE : call_text(call, sql_text(sql, 5)),
        .attempt = (int)sql_int(sql, 6),
        .wants_cancel = sql_int(sql, 7) != 0,
        .created = sql_int(sql, 8),
        .started = sql_int(sql, 9),
        .ended = sql_int(sql, 10),
        .version = sql_int(sql, 11),
        .change = sql_int(sql, 12),
    };
    return call->fail.kind == FAIL_NONE;
}

static bool fail_no_job(struct call *call, text word)
{
    text shown = text_until_character(word, WORD_SHOWN_BYTES);
    return fail(call, FAIL_NOT_FOUND, "there is no job '%.*s'", TEXT_FMT(shown));
}

bool job_get(struct call *call, text word, struct job *job)
{
    int64_t id = 0;
    text_to_int(word, &id);
    struct sql *sql = SQL(call, "SELECT " JOB_COLUMNS " FROM job WHERE id = ?1 AND person = ?2");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, id);
    sql_bind_int(sql, 2, call->actor.person);
    enum sql_step step = sql_step(call, sql);
    bool done = step == SQL_ROW && read_job(call, sql, job);
    sql_done(sql);
    return done || (step == SQL_DONE && fail_no_job(call, word));
}

static bool read_jobs(struct call *call, struct sql *sql, struct job **list, size_t *count)
{
    size_t room = 0;
    enum sql_step step;
    *list = NULL;
    *count = 0;
    while ((step = sql_step(call, sql)) == SQL_ROW) {
        *list = call_more(call, *list, *count, &room, sizeof **list);
        if (!*list || !read_job(call, sql, &(*list)[(*count)++]))
            break;
    }
    sql_done(sql);
    return step == SQL_DONE;
}

bool job_latest(struct call *call, int limit, struct job **list, size_t *count)
{
    struct sql *sql =
        SQL(call, "SELECT " JOB_COLUMNS " FROM job WHERE person = ?1 ORDER BY id DESC LIMIT ?2");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, call->actor.person);
    sql_bind_int(sql, 2, limit);
    return read_jobs(call, sql, list, count);
}

bool job_changed(struct call *call, int64_t after, int64_t until, struct job **list, size_t *count)
{
    struct sql *sql =
        SQL(call, "SELECT " JOB_COLUMNS " FROM job WHERE version > ?1 AND version <= ?2 "
                  "AND person = ?3 ORDER BY version");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, after);
    sql_bind_int(sql, 2, until);
    sql_bind_int(sql, 3, call->actor.person);
    return read_jobs(call, sql, list, count);
}

bool job_version(struct call *call, int64_t *version)
{
    struct sql *sql = SQL(call, "SELECT max(version) FROM job");
    if (!sql)
        return false;
    enum sql_step step = sql_step(call, sql);
    *version = step == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return step == SQL_ROW;
}

/* --- cancelling --- */

/* What waits and has stored something is undone by a server first: it waits on, to be cancelled. */
static bool cancel_queued(struct call *call, rid id)
{
    struct sql *sql = SQL(call, "UPDATE job SET state = 'cancelled', ended = ?1, sentence = ?2, "
                                "version = (SELECT max(version) + 1 FROM job) "
                                "WHERE id = ?3 AND state = 'queued' AND change = 0");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, call->now);
    sql_bind_text(sql, 2, TEXT("cancelled before it began"));
    sql_bind_int(sql, 3, id);
    return sql_run(call, sql);
}

static bool ask_to_stop(struct call *call, rid id)
{
    struct sql *sql = SQL(call, "UPDATE job SET wants_cancel = 1, not_before = 0, "
                                "version = (SELECT max(version) + 1 FROM job) "
                                "WHERE id = ?1 AND state IN ('queued', 'running')");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, id);
    return sql_run(call, sql);
}

static bool cancel_inside(struct call *call, text word)
{
    struct job job;
    if (!job_get(call, word, &job))
        return false;
    if (job.state != JOB_QUEUED && job.state != JOB_RUNNING)
        return fail(call, FAIL_CONFLICT, "job '%lld' has ended already: it is %s",
                    (long long)job.id, job_state_words[job.state]);
    return cancel_queued(call, job.id) && ask_to_stop(call, job.id) && job_get(call, word, &job) &&
           (job.state != JOB_CANCELLED || job_input_drop(call, job.id));
}

bool job_cancel(struct call *call, text word)
{
    return store_begin(call) && end_transaction(call, cancel_inside(call, word));
}
