/* See import_doors.h. */
#include "offers/import_doors.h"

#include "base/stamp.h"
#include "base/visible.h"
#include "offers/job.h"
#include "offers/quarantine.h"
#include "store/transaction.h"

enum { SHOWN_MAX = 10 };
#define IMPORT_BODY_MAX ((size_t)256 * 1024 * 1024)

/* --- options, the same by command line and address --- */

/* Where a door's options come from: their names are the same everywhere. */
struct given {
    text (*text)(const void *from, const char *name);
    const void *from;
};

static text invocation_option(const void *from, const char *name)
{
    return option_text(from, name);
}

static text request_option(const void *from, const char *name)
{
    char with_underscores[32];
    snprintf(with_underscores, sizeof with_underscores, "%s", name);
    for (char *c = with_underscores; *c; c++)
        *c = *c == '-' ? '_' : *c;
    return request_query(from, with_underscores);
}

static bool read_threshold(struct call *call, text word, struct import_options *options)
{
    text number;
    if (!word.at)
        return true;
    options->threshold_metric = call_text(call, text_cut(word, '=', &number));
    options->has_threshold = number.at && text_to_real(number, &options->threshold);
    return options->has_threshold ||
           fail_at(call, "threshold",
                   "'%.*s' is not a threshold: write METRIC=NUMBER, such as score=0.5",
                   TEXT_FMT(word));
}

static bool read_delimiter(struct call *call, text word, struct import_options *options)
{
    if (!word.at)
        return true;
    if (text_is(word, "tab") || text_is(word, "\\t"))
        word = TEXT("\t");
    if (word.size != 1)
        return fail_at(call, "delimiter", "'%.*s' is not a delimiter: write one character, or tab",
                       TEXT_FMT(word));
    options->delimiter = word.at[0];
    return true;
}

static bool read_map(struct call *call, text words, struct import_options *options)
{
    struct json *map = words.at ? call_new(call, struct json) : NULL;
    if (!words.at)
        return true;
    if (!map || !json_read(call, words, map, NULL))
        return false;
    if (map->kind != JSON_OBJECT)
        return fail_at(
            call, "map",
            "a map is a JSON object: {\"case\":\"column\", \"suite\":{\"value\":\"x\"}}");
    options->map = map;
    return true;
}

static bool read_zone(struct call *call, text zone)
{
    return !zone.at || zone_is_known(zone) ||
           fail_at(call, "zone",
                   "'%.*s' is not a time zone: write an IANA name such as Europe/Berlin",
                   TEXT_FMT(zone));
}

static bool read_options(struct call *call, struct given given, struct import_options *options)
{
    *options = (struct import_options){
        .format = given.text(given.from, "format"),
        .suite = given.text(given.from, "suite"),
        .surface = given.text(given.from, "surface"),
        .run = given.text(given.from, "run"),
        .started_at = given.text(given.from, "started-at"),
        .zone = given.text(given.from, "zone"),
        .encoding = given.text(given.from, "encoding"),
        .threshold_metric = TEXT_NONE,
    };
    return read_zone(call, options->zone) &&
           read_threshold(call, given.text(given.from, "threshold"), options) &&
           read_delimiter(call, given.text(given.from, "delimiter"), options);
}

/* --- the report for people --- */

static const char *plural(int64_t count)
{
    return count == 1 ? "" : "s";
}

static void write_names(struct out *out, const char *heading, const struct import_names *names)
{
    if (names->count == 0)
        return;
    out_format(out, "  %s (%zu): ", heading, names->count);
    for (size_t i = 0; i < names->count && i < SHOWN_MAX; i++) {
        out_string(out, i ? ", " : "");
        visible_write(out, names->name[i]);
    }
    if (names->count > SHOWN_MAX)
        out_format(out, " and %zu more", names->count - SHOWN_MAX);
    out_char(out, '\n');
}

static void write_refusals(const struct import_report *report, struct out *out)
{
    for (size_t i = 0; i < report->file_count; i++)
        if (report->file[i].refused.at) {
            out_string(out, "  refused: ");
            visible_write(out, report->file[i].refused);
            out_char(out, '\n');
        }
    for (size_t i = 0; i < report->refused_count; i++) {
        out_string(out, "  refused: ");
        visible_write(out, report->refused[i].run);
        out_string(out, ": ");
        visible_write(out, report->refused[i].reason);
        out_char(out, '\n');
    }
}

static void write_bad_lines(const struct import_report *report, struct out *out)
{
    for (size_t i = 0; i < report->bad_count && i < SHOWN_MAX; i++) {
        out_string(out, "  quarantined: ");
        visible_write(out, report->bad[i].file);
        out_format(out, " line %lld: ", (long long)report->bad[i].line);
        visible_write(out, report->bad[i].reason);
        out_char(out, '\n');
    }
    if (report->bad_count > SHOWN_MAX)
        out_format(out, "  and %zu more in quarantine\n", report->bad_count - SHOWN_MAX);
    if (report->bad_count && !report->dry_run)
        out_string(out, "  see 'rondo quarantine list'; repair and read again with 'rondo "
                        "quarantine replay'\n");
}

static void write_notes(const struct import_report *report, struct out *out)
{
    for (size_t i = 0; i < report->note_count; i++) {
        out_string(out, "  note: ");
        visible_write(out, report->note[i].words);
        if (report->note[i].count > 1)
            out_format(out, " (%lld times)", (long long)report->note[i].count);
        out_char(out, '\n');
    }
}

/* What was read; a replay reads no files. */
static void write_head(const struct import_report *report, struct out *out)
{
    int64_t results = 0;
    for (size_t i = 0; i < report->file_count; i++)
        results += report->file[i].results;
    out_string(out, report->dry_run ? "Dry run, nothing is stored. " : "");
    if (report->file_count)
        out_format(out, "Read %lld result%s from %zu file%s", (long long)results, plural(results),
                   report->file_count, plural((int64_t)report->file_count));
    else
        out_format(out, "Read the quarantined lines again, %zu still cannot be taken in",
                   report->bad_count);
    out_format(out, ": %zu new run%s, %zu unchanged, %zu replaced, %zu refused.\n",
               report->new_runs.count, plural((int64_t)report->new_runs.count),
               report->unchanged.count, report->replaced.count, report->refused_count);
}

void import_report_write_words(const struct import_report *report, struct out *out)
{
    write_head(report, out);
    write_names(out, "new", &report->new_runs);
    write_names(out, "unchanged", &report->unchanged);
    write_names(out, "replaced", &report->replaced);
    write_refusals(report, out);
    write_bad_lines(report, out);
    write_notes(report, out);
}

static void show_report(struct invocation *invocation, const struct import_report *report)
{
    struct json_writer writer;
    json_writer_init(&writer, invocation->out, true);
    if (invocation->as_json) {
        import_report_write_json(report, &writer);
        out_char(invocation->out, '\n');
    } else {
        import_report_write_words(report, invocation->out);
    }
    for (size_t i = 0; i < report->file_count && invocation->as_json; i++)
        if (report->file[i].refused.at) {
            out_string(invocation->err, "rondo: ");
            visible_write(invocation->err, report->file[i].refused);
            out_char(invocation->err, '\n');
        }
    invocation->exit = (enum exit_code)import_report_exit(report);
}

/* --- commands --- */

static bool read_file(struct call *call, text path, text *bytes)
{
    char *name = call_string(call, path);
    struct source *source = name ? source_open(call, name, TEXT_NONE) : NULL;
    text rest;
    bool done = source && source_rest(call, source, (size_t)1024 * 1024, &rest);
    if (done)
        *bytes = call_text(call, rest);
    if (source)
        source_close(source);
    return done && bytes->at;
}

static bool invocation_options(struct call *call, const struct invocation *invocation,
                               struct import_options *options)
{
    text path = option_text(invocation, "map"), map = TEXT_NONE;
    if (!read_options(call, (struct given){ invocation_option, invocation }, options) ||
        (path.at && !read_file(call, path, &map)) || !read_map(call, map, options))
        return false;
    options->dry_run = option_flag(invocation, "dry-run");
    options->replace = option_flag(invocation, "replace");
    options->strict = option_flag(invocation, "strict");
    return true;
}

static bool check_import(struct call *call, struct invocation *invocation)
{
    struct import_options options;
    return invocation_options(call, invocation, &options);
}

static bool run_import(struct call *call, struct invocation *invocation)
{
    struct import_options options;
    struct import_report report;
    if (!invocation_options(call, invocation, &options) ||
        !import_files(call, invocation->command->context, invocation->argument,
                      invocation->argument_count, &options, &report))
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
    if (invocation->argument_count && !text_to_int(invocation->argument[0], &id))
        return fail(call, FAIL_USAGE,
                    "'%.*s' is not the number of a quarantined line: see 'rondo quarantine list'",
                    TEXT_FMT(invocation->argument[0]));
    if (!invocation_options(call, invocation, &options) ||
        !quarantine_replay(call, invocation->command->context, id, option_text(invocation, "text"),
                           &options, &report))
        return false;
    show_report(invocation, &report);
    return true;
}

static const struct option import_option_table[] = {
    { .name = "format",
      .kind = OPTION_TEXT,
      .placeholder = "NAME",
      .help = "The format; else it is recognised from the bytes." },
    { .name = "surface",
      .kind = OPTION_TEXT,
      .placeholder = "S",
      .help = "For lines that do not name their surface." },
    { .name = "suite",
      .kind = OPTION_TEXT,
      .placeholder = "S",
      .help = "For lines that do not name their suite." },
    { .name = "run",
      .kind = OPTION_TEXT,
      .placeholder = "NAME",
      .help = "For lines that do not name their run." },
    { .name = "started-at",
      .kind = OPTION_TEXT,
      .placeholder = "T",
      .help = "For lines that do not say when their run started." },
    { .name = "zone",
      .kind = OPTION_TEXT,
      .placeholder = "Z",
      .help = "The zone of times without one, such as Europe/Berlin." },
    { .name = "map",
      .kind = OPTION_FILE,
      .placeholder = "FILE",
      .help = "A JSON object from plain fields to the file's own." },
    { .name = "threshold",
      .kind = OPTION_TEXT,
      .placeholder = "METRIC=X",
      .help = "Results with a score and no verdict pass from X on." },
    { .name = "encoding",
      .kind = OPTION_TEXT,
      .placeholder = "E",
      .help = "The file's encoding when it is not UTF-8." },
    { .name = "delimiter",
      .kind = OPTION_TEXT,
      .placeholder = "C",
      .help = "The delimiter of CSV; else it is found from the header." },
    { .name = "dry-run",
      .kind = OPTION_FLAG,
      .help = "Read and report everything, store nothing." },
    { .name = "replace",
      .kind = OPTION_FLAG,
      .help = "Restate runs that are here with other content; the old one is kept." },
    { .name = "strict",
      .kind = OPTION_FLAG,
      .help = "A line that cannot be read refuses its whole run." },
    { 0 },
};

static const struct option quarantine_list_options[] = {
    { .name = "limit",
      .kind = OPTION_INT,
      .placeholder = "N",
      .help = "At most so many lines (50).",
      .min = 1,
      .max = 1000 },
    { .name = "after",
      .kind = OPTION_INT,
      .placeholder = "ID",
      .help = "Go on after this line of the page before.",
      .min = 1,
      .max = 9e15 },
    { 0 },
};

static const struct option quarantine_replay_options[] = {
    { .name = "text",
      .kind = OPTION_TEXT,
      .placeholder = "LINE",
      .help = "The repaired line, to be read instead." },
    { .name = "map",
      .kind = OPTION_FILE,
      .placeholder = "FILE",
      .help = "A JSON object from plain fields to the file's own." },
    { .name = "delimiter",
      .kind = OPTION_TEXT,
      .placeholder = "C",
      .help = "The delimiter of CSV; else it is found from the header." },
    { .name = "started-at",
      .kind = OPTION_TEXT,
      .placeholder = "T",
      .help = "For lines that do not say when their run started." },
    { .name = "zone",
      .kind = OPTION_TEXT,
      .placeholder = "Z",
      .help = "The zone of times without one, such as Europe/Berlin." },
    { .name = "threshold",
      .kind = OPTION_TEXT,
      .placeholder = "METRIC=X",
      .help = "Results with a score and no verdict pass from X on." },
    { .name = "dry-run",
      .kind = OPTION_FLAG,
      .help = "Read and report everything, store nothing." },
    { 0 },
};

static const struct command import_command_table[] = {
    { .name = "import",
      .arguments = "FILE...",
      .arguments_min = 1,
      .arguments_max = -1,
      .group = "Data in and out",
      .help = "Take in eval results that other tools produced; '-' is standard input.",
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
      .option = quarantine_replay_options,
      .run = run_quarantine_replay,
      .flags = COMMAND_LONG },
    { 0 },
};

const struct command *import_commands(struct call *call, const struct importer *const *importers)
{
    struct command *command = call_take(call, sizeof import_command_table);
    if (!command)
        return NULL;
    memcpy(command, import_command_table, sizeof import_command_table);
    for (size_t i = 0; command[i].name; i++)
        command[i].context = importers;
    return command;
}

/* --- routes --- */

static bool request_options(struct call *call, const struct request *request,
                            struct import_options *options)
{
    return read_options(call, (struct given){ request_option, request }, options) &&
           read_map(call, request_query(request, "map"), options) &&
           request_flag(call, request, "dry_run", &options->dry_run) &&
           request_flag(call, request, "replace", &options->replace) &&
           request_flag(call, request, "strict", &options->strict);
}

static text report_json(struct call *call, const struct import_report *report)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    import_report_write_json(report, &writer);
    return out_view(&out);
}

static text report_sentence(struct call *call, const struct import_report *report)
{
    struct out out;
    text rest;
    for (size_t i = 0; i < report->file_count; i++)
        if (report->file[i].refused.at)
            return report->file[i].refused;
    out_init(&out, call);
    import_report_write_words(report, &out);
    return text_cut(out_view(&out), '\n', &rest);
}

static bool reply_job(struct call *call, struct reply *reply, const struct import_report *report)
{
    bool is_refused = import_report_exit(report) == 2;
    struct job job = { .kind = "import",
                       .state = is_refused ? JOB_FAILED : JOB_DONE,
                       .progress = 100,
                       .sentence = report_sentence(call, report),
                       .result = report_json(call, report) };
    if (!job.sentence.at || !job.result.at || !job_keep(call, &job))
        return false;
    text id = call_format(call, "%lld", (long long)job.id);
    reply->status = 202;
    reply_header(reply, "Location", call_format(call, "/api/v1/jobs/%.*s", TEXT_FMT(id)));
    json_object(&reply->json);
    json_put_text(&reply->json, "job", id);
    json_object_end(&reply->json);
    return id.at != NULL;
}

static bool post_import(struct call *call, const struct request *request, struct reply *reply)
{
    struct import_options options;
    struct import_report report;
    if (!request_options(call, request, &options))
        return false;
    if (request->body.size == 0)
        return fail(call, FAIL_INVALID, "the request has no body: send the file's bytes");
    return import_bytes(call, request->route->context, TEXT("upload"), request->body, &options,
                        &report) &&
           reply_job(call, reply, &report);
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
    struct import_options options;
    struct import_report report;
    int64_t id = 0;
    if (request->part_count && !text_to_int(request->part[0], &id))
        return fail(call, FAIL_NOT_FOUND, "no line '%.*s' is in quarantine",
                    TEXT_FMT(request->part[0]));
    if (!request_options(call, request, &options))
        return false;
    text repaired = request->body.size ? request->body : TEXT_NONE;
    return quarantine_replay(call, request->route->context, id, repaired, &options, &report) &&
           reply_job(call, reply, &report);
}

static const struct query_parameter import_parameters[] = {
    { "format", "The format; else it is recognised from the bytes.", "string" },
    { "suite", "For lines that do not name their suite.", "string" },
    { "surface", "For lines that do not name their surface.", "string" },
    { "run", "For lines that do not name their run.", "string" },
    { "started_at", "For lines that do not say when their run started.", "string" },
    { "zone", "The zone of times without one.", "string" },
    { "map", "A JSON object from plain fields to the file's own.", "string" },
    { "threshold", "METRIC=X: results with a score and no verdict pass from X on.", "string" },
    { "encoding", "The encoding when it is not UTF-8.", "string" },
    { "delimiter", "The delimiter of CSV.", "string" },
    { "dry_run", "Read and report everything, store nothing.", "boolean" },
    { "replace", "Restate runs that are here with other content.", "boolean" },
    { "strict", "A line that cannot be read refuses its whole run.", "boolean" },
    { 0 },
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
      .takes_body = true,
      .is_for_import = true,
      .body_max = IMPORT_BODY_MAX,
      .help = "Take in a file sent as the body; answers a job whose result is the import report.",
      .query = import_parameters,
      .status = 202 },
    { .method = "GET",
      .path = "/api/v1/quarantine",
      .handle = get_quarantine,
      .query = page_parameters,
      .help = "Lines that could not be taken in, with file, line and reason." },
    { .method = "POST",
      .path = "/api/v1/quarantine/replay",
      .handle = post_replay,
      .query = import_parameters,
      .help = "Read all quarantined lines again.",
      .status = 202 },
    { .method = "POST",
      .path = "/api/v1/quarantine/{id}/replay",
      .handle = post_replay,
      .takes_body = true,
      .query = import_parameters,
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
    for (size_t i = 0; route[i].method; i++)
        route[i].context = importers;
    return route;
}
