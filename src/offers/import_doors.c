/* See import_doors.h. */
#include "offers/import_doors.h"

#include "base/visible.h"
#include "ledger/ledger.h"
#include "offers/archive_import.h"
#include "offers/import_options.h"
#include "offers/import_words.h"
#include "offers/job_doors.h"
#include "offers/quarantine.h"

#include <math.h>

#define IMPORT_BODY_MAX ((size_t)256 * 1024 * 1024)

enum { FILE_NAME_MAX = 255 };

/* --- commands --- */

static void show_report(struct invocation *invocation, const struct import_report *report)
{
    struct json_writer writer;
    json_writer_init(&writer, invocation->out, true);
    if (invocation->as_json) {
        import_report_write_json(report, &writer);
        out_char(invocation->out, '\n');
    } else {
        import_words_write(report, invocation->out);
    }
    for (size_t i = 0; i < report->file_count && invocation->as_json; i++)
        if (report->file[i].refused.at) {
            out_string(invocation->err, "rondo: ");
            visible_write(invocation->err, report->file[i].refused);
            out_char(invocation->err, '\n');
        }
    invocation->exit = (enum exit_code)import_report_exit(report);
}

/* What a server does for a request leaves a job; so does what a command does itself. */
static bool keep_job(struct call *call, const char *kind, const struct import_report *report)
{
    const struct job_kept kept = { .kind = kind,
                                   .has_failed = import_report_exit(report) == 2,
                                   .sentence = import_words_sentence(call, report),
                                   .result = import_report_json(call, report) };
    return report->dry_run || (kept.sentence.at && kept.result.at && job_keep(call, &kept));
}

/* What `rondo import` takes: files of the importers, or the archive of a whole store. */
struct import_context {
    const struct importer *const *importers;
    const struct room *const *rooms;
};

static bool is_archive(struct call *call, const struct invocation *invocation)
{
    for (size_t i = 0; i < invocation->argument_count; i++) {
        char *path = call_string(call, invocation->argument[i]);
        if (path && archive_is(path))
            return true;
    }
    return false;
}

/* Options that stand after any command do not count. */
static bool has_own_option(const struct invocation *invocation)
{
    const struct option *option = command_options(invocation->command);
    for (size_t i = 0; i < invocation->given_count; i++)
        for (const struct option *own = option; own->name; own++)
            if (invocation->given[i].option == own)
                return true;
    return false;
}

/* Before a store is made: what is damaged leaves nothing behind. */
static bool check_archive(struct call *call, struct invocation *invocation)
{
    struct archive_reader reader;
    if (invocation->argument_count > 1 || has_own_option(invocation))
        return fail(call, FAIL_USAGE,
                    "an archive is taken alone and as it is: name its folder and nothing else");
    return archive_open(call, invocation->argument[0], &reader);
}

static bool run_archive(struct call *call, struct invocation *invocation)
{
    const struct import_context *context = invocation->command->context;
    struct archive_reader reader;
    struct json_writer writer;
    int64_t rows;
    if (!archive_open(call, invocation->argument[0], &reader) ||
        !archive_import(&reader, context->rooms, &rows))
        return false;
    if (!invocation->as_json) {
        out_format(invocation->out, "Took in an archive of %lld rows; its store is this one now.\n",
                   (long long)rows);
        return !invocation->out->failed;
    }
    json_writer_init(&writer, invocation->out, invocation->terminal.is_terminal);
    json_object(&writer);
    json_put_int(&writer, "rows", rows);
    json_put_int(&writer, "files", (int64_t)reader.count);
    json_object_end(&writer);
    out_char(invocation->out, '\n');
    return !invocation->out->failed;
}

static bool check_import(struct call *call, struct invocation *invocation)
{
    struct import_options options;
    if (is_archive(call, invocation))
        return check_archive(call, invocation);
    return import_options_of_command(call, invocation, &options);
}

static bool run_import(struct call *call, struct invocation *invocation)
{
    struct import_options options;
    struct import_report report;
    const struct import_context *context = invocation->command->context;
    if (is_archive(call, invocation))
        return run_archive(call, invocation);
    if (!import_options_of_command(call, invocation, &options) ||
        !import_files(call, context->importers, invocation->argument, invocation->argument_count,
                      &options, &report) ||
        !keep_job(call, "import", &report))
        return false;
    show_report(invocation, &report);
    return true;
}

static bool run_quarantine_list(struct call *call, struct invocation *invocation)
{
    struct json_writer writer;
    json_writer_init(&writer, invocation->out, true);
    int limit = (int)option_int(invocation, "limit", 50);
    rid before = option_int(invocation, "after", 0);
    if (!invocation->as_json)
        return quarantine_write_words(call, before, limit, invocation->out);
    bool done = quarantine_write_json(call, before, limit, &writer);
    out_char(invocation->out, '\n');
    return done;
}

static bool run_quarantine_replay(struct call *call, struct invocation *invocation)
{
    struct import_options options;
    struct import_report report;
    int64_t id = 0;
    if (invocation->argument_count && (!text_to_int(invocation->argument[0], &id) || id < 1))
        return fail(call, FAIL_USAGE,
                    "'%.*s' is not the number of a quarantined line: see 'rondo quarantine list'",
                    TEXT_FMT(invocation->argument[0]));
    if (!import_options_of_command(call, invocation, &options) ||
        !quarantine_replay(call, invocation->command->context, id, option_text(invocation, "text"),
                           &options, &report) ||
        !keep_job(call, "replay", &report))
        return false;
    show_report(invocation, &report);
    return true;
}

static const struct option quarantine_list_options[] = {
    { .name = "limit",
      .kind = OPTION_INT,
      .placeholder = "N",
      .help = "At most so many lines; else 50.",
      .min = 1,
      .max = 1000 },
    { .name = "after",
      .kind = OPTION_INT,
      .placeholder = "ID",
      .help = "Go on after this line of the page before.",
      .min = 1,
      .max = INFINITY },
    { 0 },
};

/* A repaired line is an option of the command and the body of a request. */
static const struct option repaired_option[] = {
    { .name = "text",
      .kind = OPTION_TEXT,
      .placeholder = "LINE",
      .help = "The repaired line, to be read instead." },
    { 0 },
};

/* What a line in quarantine may still lack; its format and its run are known. */
static const char *const replay_names[] = {
    "started-at", "zone", "map", "threshold", "delimiter", "dry-run", NULL,
};

static const struct command import_command_table[] = {
    { .name = "import",
      .arguments = "FILE...",
      .arguments_min = 1,
      .arguments_max = -1,
      .group = "Data in and out",
      .help = "Take in eval results that other tools produced ('-' is standard input), or the "
              "folder of an archive.",
      .option = import_option_table,
      .check = check_import,
      .run = run_import,
      .flags = COMMAND_MAKES_STORE | COMMAND_LONG },
    { .name = "quarantine",
      .verb = "list",
      .arguments = "",
      .group = "Data in and out",
      .help = "Show the lines that could not be taken in, with file, line and reason.",
      .option = quarantine_list_options,
      .run = run_quarantine_list },
    { .name = "quarantine",
      .verb = "replay",
      .arguments = "[ID]",
      .arguments_max = 1,
      .group = "Data in and out",
      .help = "Read quarantined lines again, all or one, and join them to their runs.",
      .run = run_quarantine_replay,
      .flags = COMMAND_LONG },
    { 0 },
};

const struct command *import_commands(struct call *call, const struct importer *const *importers,
                                      const struct room *const *rooms)
{
    struct command *command = call_take(call, sizeof import_command_table);
    struct import_context *context = call_new(call, struct import_context);
    if (!command || !context)
        return NULL;
    *context = (struct import_context){ importers, rooms };
    memcpy(command, import_command_table, sizeof import_command_table);
    for (size_t i = 0; command[i].name; i++) {
        command[i].context = importers;
        if (command[i].run == run_import)
            command[i].context = context;
        if (command[i].run == run_quarantine_replay)
            command[i].option = import_options_some(call, repaired_option, replay_names);
    }
    return call->fail.kind == FAIL_NONE ? command : NULL;
}

/* --- routes --- */

/* What would be refused for sure is refused now; the file itself is read by the job. */
static bool check_importing(struct call *call, const struct request *request)
{
    struct import_options options;
    call->door = DOOR_IMPORT;
    return import_options_of_request(call, request, &options) && ledger_may_import(call);
}

static bool queue(struct call *call, const struct request *request, const char *kind, int64_t line,
                  struct reply *reply)
{
    rid id;
    text options = import_options_for_job(call, request, line);
    text input = request->body.size ? request->body : TEXT_NONE;
    return options.at && job_add(call, kind, options, input, &id) && job_reply(call, reply, id);
}

/* A command has the file's name from its path; some formats are known by it. */
static bool check_name(struct call *call, const struct request *request)
{
    text name = request_query(request, "name");
    return name.size <= FILE_NAME_MAX ||
           fail_at(call, "name", "the file's name is longer than %d bytes: shorten it",
                   FILE_NAME_MAX);
}

static bool post_import(struct call *call, const struct request *request, struct reply *reply)
{
    if (!check_importing(call, request) || !check_name(call, request))
        return false;
    if (request->body.size == 0)
        return fail(call, FAIL_INVALID, "the request has no body: send the file's bytes");
    return queue(call, request, "import", 0, reply);
}

static bool get_formats(struct call *call, const struct request *request, struct reply *reply)
{
    const struct importer *const *importers = request->route->context;
    struct json_writer *writer = &reply->json;
    (void)call;
    json_object(writer);
    json_key(writer, "items");
    json_list(writer);
    for (size_t i = 0; importers[i]; i++) {
        json_object(writer);
        json_put_string(writer, "name", importers[i]->name);
        json_put_string(writer, "label", importers[i]->label);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_put_null(writer, "next");
    json_object_end(writer);
    return true;
}

static bool get_quarantine(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t limit = 50, before = 0;
    return request_int(call, request, "limit", 1, 1000, &limit) &&
           request_int(call, request, "after", 1, INT64_MAX, &before) &&
           quarantine_write_json(call, before, (int)limit, &reply->json);
}

static bool post_replay(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t line = 0;
    if (request->part_count && (!text_to_int(request->part[0], &line) || line < 1))
        return fail(call, FAIL_NOT_FOUND, "no line '%.*s' is in quarantine",
                    TEXT_FMT(request->part[0]));
    return check_importing(call, request) && (line == 0 || quarantine_holds(call, line)) &&
           queue(call, request, "replay", line, reply);
}

static const struct option file_name_option[] = {
    { .name = "name",
      .kind = OPTION_TEXT,
      .help = "What the file is called; some formats are known by it." },
    { 0 },
};
static const char *const import_names[] = {
    "format",    "surface",  "suite",     "run",     "started-at", "zone",   "map",
    "threshold", "encoding", "delimiter", "dry-run", "replace",    "strict", NULL,
};

static const struct query_parameter page_parameters[] = {
    { "limit", "At most so many lines, 1 to 1000.", "integer" },
    { "after", "The `next` of the page before.", "integer" },
    { 0 },
};

static const struct route import_route_table[] = {
    { .method = "POST",
      .path = "/api/v1/imports",
      .handle = post_import,
      .reply_schema = "job_begun",
      .takes_body = true,
      .is_for_import = true,
      .body_max = IMPORT_BODY_MAX,
      .help = "Take in a file sent as the body; answers a job whose result is the import report.",
      .status = 202 },
    { .method = "GET",
      .path = "/api/v1/imports/formats",
      .handle = get_formats,
      .reply_schema = "import_formats",
      .query = page_parameters + 2,
      .is_for_import = true,
      .help = "The formats of results that are read, by name and with what they are." },
    { .method = "GET",
      .path = "/api/v1/quarantine",
      .handle = get_quarantine,
      .reply_schema = "quarantine",
      .query = page_parameters,
      .help = "Lines that could not be taken in, with file, line and reason." },
    { .method = "POST",
      .path = "/api/v1/quarantine/replay",
      .handle = post_replay,
      .reply_schema = "job_begun",
      .help = "Read all quarantined lines again.",
      .status = 202 },
    { .method = "POST",
      .path = "/api/v1/quarantine/{id}/replay",
      .handle = post_replay,
      .reply_schema = "job_begun",
      .takes_body = true,
      .help = "Read one quarantined line again; the body may hold it repaired.",
      .status = 202 },
    { 0 },
};

const struct route *import_routes(struct call *call, const struct importer *const *importers)
{
    struct route *route = call_take(call, sizeof import_route_table);
    if (!route)
        return NULL;
    memcpy(route, import_route_table, sizeof import_route_table);
    const struct option *import = import_options_some(call, file_name_option, import_names);
    const struct option *replay = import_options_some(call, repaired_option + 1, replay_names);
    for (size_t i = 0; route[i].method && import && replay; i++) {
        route[i].context = importers;
        if (!route[i].query)
            route[i].query =
                import_options_parameters(call, route[i].handle == post_import ? import : replay);
    }
    return call->fail.kind == FAIL_NONE ? route : NULL;
}
