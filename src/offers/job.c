/* See job.h. */
#include "offers/job.h"

#include "store/sql.h"
#include "store/transaction.h"

enum { JOB_LIMIT_DEFAULT = 50 };

static const char *const job_state_words[JOB_STATES] = {
    [JOB_QUEUED] = "queued", [JOB_RUNNING] = "running",     [JOB_DONE] = "done",
    [JOB_FAILED] = "failed", [JOB_CANCELLED] = "cancelled",
};

static const struct column job_columns[] = {
    { "id", COLUMN_INT, true },       { "kind", COLUMN_TEXT, true },
    { "person", COLUMN_INT, true },   { "state", COLUMN_TEXT, true },
    { "progress", COLUMN_INT, true }, { "sentence", COLUMN_TEXT, true },
    { "result", COLUMN_TEXT, false }, { "created", COLUMN_INT, true },
    { "ended", COLUMN_INT, false },   { 0 },
};

const struct table job_table = {
    .name = "job",
    .column = job_columns,
    .key = { "id" },
    .index = { { .column = { "person", "id" } } },
};

static bool job_insert(struct call *call, struct job *job)
{
    struct sql *next = SQL(call, "SELECT coalesce(max(id), 0) + 1 FROM job");
    if (!next)
        return false;
    enum sql_step step = sql_step(call, next);
    job->id = step == SQL_ROW ? sql_int(next, 0) : 0;
    sql_done(next);
    struct sql *sql =
        step == SQL_ROW
            ? SQL(call,
                  "INSERT INTO job (id, kind, person, state, progress, sentence, result, created, "
                  "ended) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)")
            : NULL;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, job->id);
    sql_bind_text(sql, 2, text_of(job->kind));
    sql_bind_int(sql, 3, call->actor.person);
    sql_bind_text(sql, 4, text_of(job_state_words[job->state]));
    sql_bind_int(sql, 5, job->progress);
    sql_bind_text(sql, 6, job->sentence);
    sql_bind_text(sql, 7, job->result);
    sql_bind_int(sql, 8, call->now);
    return sql_run(call, sql);
}

bool job_keep(struct call *call, struct job *job)
{
    if (!store_begin(call))
        return false;
    if (job_insert(call, job))
        return store_commit(call);
    store_rollback(call);
    return false;
}

static void write_job(struct sql *sql, struct json_writer *writer)
{
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)sql_int(sql, 0));
    json_object(writer);
    json_put_string(writer, "id", id);
    json_put_text(writer, "kind", sql_text(sql, 1));
    json_put_text(writer, "state", sql_text(sql, 2));
    json_put_int(writer, "progress", sql_int(sql, 3));
    json_put_text(writer, "sentence", sql_text(sql, 4));
    json_key(writer, "result");
    if (sql_is_null(sql, 5))
        json_null(writer);
    else
        json_raw(writer, sql_text(sql, 5));
    json_put_stamp(writer, "created", sql_int(sql, 6));
    json_put_stamp(writer, "ended", sql_int(sql, 7));
    json_object_end(writer);
}

static bool job_show(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t id = 0;
    text_to_int(request->part[0], &id);
    struct sql *sql =
        SQL(call, "SELECT id, kind, state, progress, sentence, result, created, ended FROM job "
                  "WHERE id = ?1 AND person = ?2");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, id);
    sql_bind_int(sql, 2, call->actor.person);
    enum sql_step step = sql_step(call, sql);
    if (step == SQL_ROW)
        write_job(sql, &reply->json);
    sql_done(sql);
    return step == SQL_ROW ||
           (step == SQL_DONE &&
            fail(call, FAIL_NOT_FOUND, "there is no job '%.*s'", TEXT_FMT(request->part[0])));
}

static bool job_list(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t limit = JOB_LIMIT_DEFAULT;
    if (!request_int(call, request, "limit", 1, 1000, &limit))
        return false;
    struct sql *sql =
        SQL(call, "SELECT id, kind, state, progress, sentence, result, created, ended FROM job "
                  "WHERE person = ?1 ORDER BY id DESC LIMIT ?2");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, call->actor.person);
    sql_bind_int(sql, 2, limit);
    enum sql_step step;
    json_object(&reply->json);
    json_key(&reply->json, "items");
    json_list(&reply->json);
    while ((step = sql_step(call, sql)) == SQL_ROW)
        write_job(sql, &reply->json);
    sql_done(sql);
    json_list_end(&reply->json);
    json_put_null(&reply->json, "next");
    json_object_end(&reply->json);
    return step == SQL_DONE;
}

static const struct query_parameter list_parameters[] = {
    { "limit", "How many of the latest jobs, 1 to 1000.", "integer" }, { 0 },
};

const struct route job_routes[] = {
    { .method = "GET",
      .path = "/api/v1/jobs",
      .handle = job_list,
      .is_for_import = true,
      .help = "Your latest jobs.",
      .query = list_parameters },
    { .method = "GET",
      .path = "/api/v1/jobs/{id}",
      .handle = job_show,
      .is_for_import = true,
      .help = "One of your jobs: state, progress, result." },
    { 0 },
};
