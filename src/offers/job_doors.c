/* See job_doors.h. */
#include "offers/job_doors.h"

#include "base/visible.h"
#include "offers/grid.h"

enum { JOBS_SHOWN = 50, JOBS_MAX = 1000 };

void job_write_json(const struct job *job, struct json_writer *writer)
{
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)job->id);
    json_object(writer);
    json_put_string(writer, "id", id);
    json_put_text(writer, "kind", job->kind);
    json_put_string(writer, "state", job_state_words[job->state]);
    json_put_int(writer, "progress", job->progress);
    json_put_text(writer, "sentence", job->sentence);
    json_key(writer, "result");
    if (job->result.at)
        json_raw(writer, job->result);
    else
        json_null(writer);
    json_key(writer, "change"); /* for undo: what was cancelled is undone already */
    if (job->change && job->state == JOB_DONE)
        json_int(writer, job->change);
    else
        json_null(writer);
    json_put_int(writer, "attempt", job->attempt);
    json_put_bool(writer, "wants_cancel", job->wants_cancel);
    json_put_stamp(writer, "created", job->created);
    json_put_stamp(writer, "started", job->started);
    json_put_stamp(writer, "ended", job->ended);
    json_object_end(writer);
}

static void write_list(const struct job *list, size_t count, struct json_writer *writer)
{
    json_object(writer);
    json_key(writer, "items");
    json_list(writer);
    for (size_t i = 0; i < count; i++)
        job_write_json(&list[i], writer);
    json_list_end(writer);
    json_put_null(writer, "next");
    json_object_end(writer);
}

/* A token that only reads stops nobody's work. */
static bool may_cancel(struct call *call)
{
    return (call->actor.scopes & (SCOPE_IMPORT | SCOPE_WRITE)) ||
           fail(call, FAIL_FORBIDDEN, "this token does not have the scope 'write'");
}

/* --- routes --- */

bool job_reply(struct call *call, struct reply *reply, rid id)
{
    text word = call_format(call, "%lld", (long long)id);
    reply->status = 202;
    reply_header(reply, "Location", call_format(call, "/api/v1/jobs/%.*s", TEXT_FMT(word)));
    json_object(&reply->json);
    json_put_text(&reply->json, "job", word);
    json_object_end(&reply->json);
    return word.at != NULL;
}

static bool get_job(struct call *call, const struct request *request, struct reply *reply)
{
    struct job job;
    if (!job_get(call, request->part[0], &job))
        return false;
    job_write_json(&job, &reply->json);
    return true;
}

static bool get_jobs(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t limit = JOBS_SHOWN;
    struct job *list;
    size_t count;
    if (!request_int(call, request, "limit", 1, JOBS_MAX, &limit) ||
        !job_latest(call, (int)limit, &list, &count))
        return false;
    write_list(list, count, &reply->json);
    return true;
}

static bool post_cancel(struct call *call, const struct request *request, struct reply *reply)
{
    return may_cancel(call) && job_cancel(call, request->part[0]) && get_job(call, request, reply);
}

static const struct query_parameter list_parameters[] = {
    { "limit", "How many of the latest jobs, 1 to 1000.", "integer" },
    { 0 },
};

const struct route job_routes[] = {
    { .method = "GET",
      .path = "/api/v1/jobs",
      .handle = get_jobs,
      .reply_schema = "job_list",
      .is_for_import = true,
      .help = "Your latest jobs.",
      .query = list_parameters },
    { .method = "GET",
      .path = "/api/v1/jobs/{id}",
      .handle = get_job,
      .reply_schema = "job",
      .is_for_import = true,
      .help = "One of your jobs: state, progress, result." },
    { .method = "POST",
      .path = "/api/v1/jobs/{id}/cancel",
      .handle = post_cancel,
      .reply_schema = "job",
      .is_for_import = true,
      .help = "Stop one of your jobs: what it has stored so far is undone." },
    { 0 },
};

/* --- commands --- */

static void end_json(struct invocation *invocation, const struct job *list, size_t count,
                     bool is_list)
{
    struct json_writer writer;
    json_writer_init(&writer, invocation->out, true);
    if (is_list)
        write_list(list, count, &writer);
    else
        job_write_json(list, &writer);
    out_char(invocation->out, '\n');
}

static bool run_list(struct call *call, struct invocation *invocation)
{
    static const struct grid_column columns[] = {
        { "Job", GRID_RIGHT },      { "Kind", GRID_LEFT },     { "State", GRID_LEFT },
        { "Progress", GRID_RIGHT }, { "Sentence", GRID_LEFT }, { NULL, GRID_LEFT },
    };
    struct grid grid;
    struct job *list;
    size_t count;
    if (!job_latest(call, (int)option_int(invocation, "limit", JOBS_SHOWN), &list, &count))
        return false;
    if (invocation->as_json) {
        end_json(invocation, list, count, true);
        return true;
    }
    if (count == 0) {
        out_string(invocation->out, "You have no jobs: a request to a server makes one.\n");
        return true;
    }
    grid_init(&grid, call, columns);
    for (size_t i = 0; i < count; i++) {
        grid_format(&grid, "%lld", (long long)list[i].id);
        grid_push(&grid, list[i].kind);
        grid_push(&grid, text_of(job_state_words[list[i].state]));
        grid_format(&grid, "%d %%", list[i].progress);
        grid_push(&grid, list[i].sentence);
    }
    return grid_write(&grid, invocation->out, &invocation->terminal);
}

static void say_job(struct out *out, const struct job *job)
{
    out_format(out, "job %lld (", (long long)job->id);
    visible_write(out, job->kind);
    out_format(out, ") is %s", job_state_words[job->state]);
    if (job->state == JOB_RUNNING)
        out_format(out, ", %d %% done", job->progress);
    if (job->wants_cancel && (job->state == JOB_RUNNING || job->state == JOB_QUEUED))
        out_string(out, " and was asked to stop");
    out_string(out, ": ");
    visible_write(out, job->sentence);
    out_char(out, '\n');
}

static bool show(struct call *call, struct invocation *invocation)
{
    struct job job;
    if (!job_get(call, invocation->argument[0], &job))
        return false;
    if (invocation->as_json)
        end_json(invocation, &job, 1, false);
    else
        say_job(invocation->out, &job);
    return true;
}

static bool run_cancel(struct call *call, struct invocation *invocation)
{
    return job_cancel(call, invocation->argument[0]) && show(call, invocation);
}

static const struct option list_options[] = {
    { .name = "limit",
      .kind = OPTION_INT,
      .placeholder = "N",
      .help = "At most so many jobs; else 50.",
      .min = 1,
      .max = JOBS_MAX },
    { 0 },
};

const struct command job_commands[] = {
    { .name = "job",
      .verb = "list",
      .arguments = "",
      .group = "Data in and out",
      .help = "List your latest jobs: what a server does for you in the background.",
      .option = list_options,
      .run = run_list },
    { .name = "job",
      .verb = "show",
      .arguments = "ID",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Data in and out",
      .help = "Show how one of your jobs stands.",
      .run = show },
    { .name = "job",
      .verb = "cancel",
      .arguments = "ID",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Data in and out",
      .help = "Stop one of your jobs: what it has stored so far is undone.",
      .run = run_cancel },
    { 0 },
};
