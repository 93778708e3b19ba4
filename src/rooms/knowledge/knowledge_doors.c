/* Room knowledge: its doors, and the table of what the room offers. */
#include "http/reply.h"
#include "http/request.h"
#include "ledger/change.h"
#include "offers/listing.h"
#include "offers/made_of.h"
#include "offers/record_run.h"
#include "offers/refs.h"
#include "rooms/knowledge/decision_files.h"
#include "rooms/knowledge/decision_import.h"
#include "rooms/knowledge/decision_markdown.h"
#include "rooms/knowledge/knowledge.h"
#include "rooms/knowledge/knowledge_page.h"
#include "rooms/knowledge/knowledge_page_doors.h"
#include "rooms/knowledge/knowledge_sources.h"
#include "store/find.h"

enum { IMPORT_BODY_MAX = 1024 * 1024 };

static bool find_decision(struct call *call, text word, struct row *row)
{
    rid id;
    return refs_find(call, &decision_record, word, &id) &&
           find_row(call, &decision_record, id, row);
}

/* --- commands --- */

static bool run_show(struct call *call, struct invocation *invocation)
{
    struct row row;
    if (!option_flag(invocation, "md"))
        return record_run_show(call, invocation);
    if (option_text(invocation, "as-of").at)
        return fail(call, FAIL_USAGE, "--md shows a decision as it is: leave out --as-of");
    if (!find_decision(call, invocation->argument[0], &row))
        return false;
    text words = decision_markdown(call, &row);
    out_text(invocation->out, words);
    return words.at != NULL;
}

static void say_imported(struct call *call, const struct decision_import *import,
                         struct invocation *invocation)
{
    for (size_t i = 0; i < import->count; i++) {
        const struct decision_imported *item = &import->item[i];
        text id = row_public_id(call, &decision_record, item->decision);
        out_format(invocation->out, "%.*s %s: number %lld, %.*s\n", TEXT_FMT(id), item->result,
                   (long long)item->number, TEXT_FMT(item->name));
    }
    for (size_t i = 0; i < import->note_count; i++)
        out_format(invocation->err, "%.*s\n", TEXT_FMT(import->note[i]));
    if (change_id(call))
        out_format(invocation->err, "'rondo undo %lld' takes all of it back\n",
                   (long long)change_id(call));
}

static bool run_import(struct call *call, struct invocation *invocation)
{
    struct decision_file *file;
    struct decision_import import;
    struct json_writer writer;
    size_t count;
    if (!decision_files_read(call, invocation->argument, invocation->argument_count, &file,
                             &count) ||
        !decision_import(call, file, count, &import))
        return false;
    if (!invocation->as_json) {
        say_imported(call, &import, invocation);
        return true;
    }
    json_writer_init(&writer, invocation->out, true);
    bool is_written = decision_import_write_json(call, &import, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}

static bool run_export(struct call *call, struct invocation *invocation)
{
    struct json_writer writer;
    text folder = option_text(invocation, "folder");
    size_t count;
    if (!folder.size)
        return fail(call, FAIL_USAGE,
                    "say where to: 'rondo decision export --folder docs/decisions'");
    if (!decision_files_write(call, folder, &count))
        return false;
    if (!invocation->as_json) {
        out_format(invocation->out, "%zu decision%s and index.md in %.*s\n", count,
                   count == 1 ? "" : "s", TEXT_FMT(folder));
        return true;
    }
    json_writer_init(&writer, invocation->out, true);
    json_object(&writer);
    json_put_text(&writer, "folder", folder);
    json_put_int(&writer, "decisions", (int64_t)count);
    json_object_end(&writer);
    out_char(invocation->out, '\n');
    return true;
}

static bool run_supersede(struct call *call, struct invocation *invocation)
{
    struct row row, by;
    struct json_writer writer;
    text word = option_text(invocation, "by");
    if (!word.size)
        return fail(call, FAIL_USAGE,
                    "say which decision supersedes it: 'rondo decision supersede DEC-1 --by "
                    "DEC-9'");
    if (!find_decision(call, invocation->argument[0], &row) || !find_decision(call, word, &by) ||
        !decision_supersede(call, row.id, by.id))
        return false;
    if (!invocation->as_json) {
        text id = row_public_id(call, &decision_record, row.id),
             other = row_public_id(call, &decision_record, by.id);
        out_format(invocation->out, "%.*s: superseded by %.*s\n", TEXT_FMT(id), TEXT_FMT(other));
        return true;
    }
    json_writer_init(&writer, invocation->out, true);
    bool is_written = find_row(call, &decision_record, row.id, &row) &&
                      row_write_json(call, &row, refs_name, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}

static const struct option show_options[] = {
    { .name = "as-of",
      .kind = OPTION_TEXT,
      .placeholder = "TIME",
      .help = LISTING_AS_OF_HELP },
    { .name = "md", .kind = OPTION_FLAG, .help = "As an architecture decision record." },
    { 0 },
};

static const struct option export_options[] = {
    { .name = "folder",
      .kind = OPTION_TEXT,
      .placeholder = "DIR",
      .help = "Where the files go; it is made when it is not there." },
    { 0 },
};

static const struct option supersede_options[] = {
    { .name = "by",
      .kind = OPTION_TEXT,
      .placeholder = "ID",
      .help = "The accepted decision that takes its place." },
    { 0 },
};

static const struct record_context show_context = { .record = &decision_record };

static const struct command knowledge_commands[] = {
    { .name = "decision",
      .verb = "show",
      .arguments = "ID",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Knowledge",
      .option = show_options,
      .run = run_show,
      .context = &show_context,
      .help = "Show a decision with its links, or as Markdown; ID may be its title." },
    { .name = "decision",
      .verb = "supersede",
      .arguments = "ID",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Knowledge",
      .option = supersede_options,
      .run = run_supersede,
      .help = "Let another decision take the place of this one, and link the two." },
    { .name = "decision",
      .verb = "import",
      .arguments = "FILE...",
      .arguments_min = 1,
      .arguments_max = -1,
      .group = "Knowledge",
      .run = run_import,
      .help = "Bring in architecture decision records, files or folders of them, as one change." },
    { .name = "decision",
      .verb = "export",
      .arguments = "",
      .group = "Knowledge",
      .option = export_options,
      .run = run_export,
      .help = "Write each decision as NNNN-title.md into a folder, and an index of them." },
    { .name = "knowledge-page",
      .verb = "from",
      .arguments = "ID",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Knowledge",
      .help = "Make a page of a row, such as INC-3, linked back to it.",
      .run = knowledge_page_run_from },
    { .name = "knowledge-page",
      .verb = "reviewed",
      .arguments = "PAGE",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Knowledge",
      .help = "Say that a page still holds: its day is moved on.",
      .run = knowledge_page_run_reviewed },
    { .name = "knowledge",
      .verb = "silos",
      .arguments = "",
      .group = "Knowledge",
      .help = "Show what one person alone knows, pages without owner, teams that never wrote.",
      .run = knowledge_run_silos },
    { 0 },
};

/* --- routes --- */

static bool post_import(struct call *call, const struct request *request, struct reply *reply)
{
    struct decision_file file = { .name = request_query(request, "name"),
                                  .bytes = request->body };
    struct decision_import import;
    if (!file.name.size)
        file.name = TEXT("decision.md");
    if (!decision_import(call, &file, 1, &import))
        return false;
    reply->status = strcmp(import.item[0].result, "made") == 0 ? 201 : 200;
    return decision_import_write_json(call, &import, &reply->json);
}

static bool get_markdown(struct call *call, const struct request *request, struct reply *reply)
{
    struct row row;
    if (!find_decision(call, request->part[0], &row))
        return false;
    text words = decision_markdown(call, &row);
    reply->type = "text/markdown; charset=utf-8";
    out_text(&reply->body, words);
    return words.at != NULL;
}

/* {"by"}: the decision that supersedes it. */
static bool post_supersede(struct call *call, const struct request *request, struct reply *reply)
{
    struct json body;
    struct row row, by;
    if (!request_object(call, request, &body))
        return false;
    const struct json *word = json_get(&body, "by");
    if (!word || word->kind != JSON_TEXT || body.count != 1)
        return fail_at(call, "by", "say which decision supersedes it: {\"by\": \"DEC-9\"}");
    return find_decision(call, request->part[0], &row) && find_decision(call, word->text, &by) &&
           decision_supersede(call, row.id, by.id) &&
           find_row(call, &decision_record, row.id, &row) &&
           row_write_json(call, &row, refs_name, &reply->json);
}

static const struct query_parameter import_parameters[] = {
    { "name", "What the file is called: its number counts where the title has none.", "string" },
    { 0 },
};

static const struct route knowledge_routes[] = {
    { .method = "POST",
      .path = "/api/v1/decisions/import",
      .handle = post_import,
      .reply_schema = "decisions_imported",
      .query = import_parameters,
      .takes_body = true,
      .is_for_import = true,
      .body_max = IMPORT_BODY_MAX,
      .help = "Bring in one architecture decision record, as Markdown." },
    { .method = "GET",
      .path = "/api/v1/decisions/{id}/markdown",
      .handle = get_markdown,
      .reply_type = "text/markdown",
      .help = "A decision as an architecture decision record." },
    { .method = "POST",
      .path = "/api/v1/decisions/{id}/supersede",
      .handle = post_supersede,
      .reply_schema = "decision",
      .help = "Let another decision take the place of this one, and link the two." },
    { .method = "POST",
      .path = "/api/v1/knowledge-pages/from",
      .handle = knowledge_page_post_from,
      .status = 201,
      .body_schema = "knowledge_page_source",
      .reply_schema = "knowledge_page",
      .help = "Make a page of a row, such as an incident, linked back to it." },
    { .method = "POST",
      .path = "/api/v1/knowledge-pages/{id}/reviewed",
      .handle = knowledge_page_post_reviewed,
      .reply_schema = "knowledge_page",
      .help = "Say that a page still holds: its day is moved on." },
    { .method = "GET",
      .path = "/api/v1/knowledge/silos",
      .handle = knowledge_get_silos,
      .reply_schema = "silos",
      .help = "Topics that one person alone knows, pages without owner, teams that never wrote." },
    { 0 },
};

static const struct room_schema knowledge_schemas[] = {
    { "knowledge_page_source",
      "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"}},\"required\":[\"id\"],"
      "\"additionalProperties\":false}" },
    { 0 },
};

/* --- what the room offers --- */

static const struct record *const knowledge_records[] = { &decision_record,
                                                          &knowledge_page_record, &lesson_record,
                                                          NULL };

static const struct made_of knowledge_makes[] = {
    { .label = "Make a page",
      .address = "/api/v1/knowledge-pages/from",
      .made = &knowledge_page_record,
      .is_for = knowledge_page_is_for },
    { 0 },
};

const struct room knowledge_room = {
    .name = "knowledge",
    .label = "Knowledge",
    .help = "What was decided, why, and how it turned out.",
    .records = knowledge_records,
    .routes = knowledge_routes,
    .schemas = knowledge_schemas,
    .replies = knowledge_replies,
    .commands = knowledge_commands,
    .agenda = knowledge_agenda,
    .needs = knowledge_needs,
    .update = knowledge_update,
    .makes = knowledge_makes,
};
