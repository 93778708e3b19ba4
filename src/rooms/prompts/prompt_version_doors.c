/* See prompt_version_doors.h. */
#include "rooms/prompts/prompt_version_doors.h"

#include "base/source.h"
#include "http/reply.h"
#include "http/request.h"
#include "ledger/ledger.h"
#include "offers/listing.h"
#include "offers/refs.h"
#include "rooms/prompts/prompt_used_show.h"
#include "rooms/prompts/prompts.h"

enum { VERSION_BYTES_MAX = 1024 * 1024 };

static bool find_prompt(struct call *call, text word, struct row *prompt)
{
    rid id;
    return refs_find(call, &prompt_record, word, &id) &&
           find_row(call, &prompt_record, id, prompt);
}

/* --- versions --- */

/* What the list of all versions takes, without whose they are. */
const struct query_parameter prompt_versions_parameters[] = {
    { "number", "Only the version of this number.", "integer" },
    { "model", "Only versions that ask this model.", "string" },
    { "content_hash", "Only versions with this content.", "string" },
    { "sort", "A field; -number has the latest first.", "string" },
    { "limit", "How many at most.", "integer" },
    { "after", "What `next` of the page before said.", "string" },
    { 0 },
};

bool prompt_versions_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct row prompt;
    struct listing listing;
    struct rows rows;
    if (!find_prompt(call, request->part[0], &prompt))
        return false;
    return listing_read(call, &prompt_version_record, request->query, request->query_count,
                        &listing) &&
           query_add(call, &listing.query, PROMPT_VERSION_PROMPT, FILTER_IS,
                     value_ref(prompt.id)) &&
           listing_rows(call, &listing, &rows) && listing_write_json(call, &rows, &reply->json);
}

bool prompt_versions_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct json body;
    struct row prompt, version;
    if (!request_object(call, request, &body) || !find_prompt(call, request->part[0], &prompt))
        return false;
    if (json_get(&body, "prompt"))
        return fail_at(call, "prompt", "the address says whose version it is");
    if (!row_init(call, &prompt_version_record, &version) ||
        !row_read_json(call, &body, refs_resolve, true, &version))
        return false;
    version.value[PROMPT_VERSION_PROMPT] = value_ref(prompt.id);
    return ledger_create(call, &version) &&
           row_show_json(call, &version, refs_name, &reply->json);
}

const struct option prompt_version_options[] = {
    { .name = "message", .kind = OPTION_TEXT, .placeholder = "TEXT",
      .help = "What is different, and why." },
    { .name = "text-file", .kind = OPTION_FILE, .placeholder = "FILE",
      .help = "The text, to the byte; '-' is standard input." },
    { .name = "messages-file", .kind = OPTION_FILE, .placeholder = "FILE",
      .help = "Of a chat: the messages as JSON; '-' is standard input." },
    { .name = "model", .kind = OPTION_TEXT, .placeholder = "NAME",
      .help = "The model that is asked." },
    { .name = "parameters", .kind = OPTION_TEXT, .placeholder = "JSON",
      .help = "An object, such as {\"temperature\": 0}." },
    { .name = "tools-file", .kind = OPTION_FILE, .placeholder = "FILE",
      .help = "The tools that the model may call, as a list in JSON." },
    { 0 },
};

/* Which option fills which field, and whether it names a file. */
static const struct {
    const char *option;
    enum prompt_version_field field;
    bool is_file;
} given_fields[] = {
    { "message", PROMPT_VERSION_MESSAGE, false },
    { "text-file", PROMPT_VERSION_TEXT, true },
    { "messages-file", PROMPT_VERSION_MESSAGES, true },
    { "model", PROMPT_VERSION_MODEL, false },
    { "parameters", PROMPT_VERSION_PARAMETERS, false },
    { "tools-file", PROMPT_VERSION_TOOLS, true },
};

static bool read_given(struct call *call, const struct invocation *invocation, struct row *version)
{
    for (size_t i = 0; i < sizeof given_fields / sizeof *given_fields; i++) {
        text word = option_text(invocation, given_fields[i].option);
        int field = (int)given_fields[i].field;
        if (!word.at)
            continue;
        if ((given_fields[i].is_file && !source_whole(call, word, VERSION_BYTES_MAX, &word)) ||
            !value_read_text(call, &version->record->field[field], word, refs_resolve,
                             &version->value[field]))
            return false;
    }
    return true;
}

bool prompt_version_run(struct call *call, struct invocation *invocation)
{
    struct row prompt, version;
    struct json_writer writer;
    if (!find_prompt(call, invocation->argument[0], &prompt) ||
        !row_init(call, &prompt_version_record, &version) ||
        !read_given(call, invocation, &version))
        return false;
    version.value[PROMPT_VERSION_PROMPT] = value_ref(prompt.id);
    if (!ledger_create(call, &version))
        return false;
    if (!invocation->as_json) {
        out_format(invocation->out, "%.*s\n", TEXT_FMT(row_title(call, &version)));
        return true;
    }
    json_writer_init(&writer, invocation->out, true);
    bool is_written = row_show_json(call, &version, refs_name, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}

/* --- where it is used --- */

bool prompt_used_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct row prompt;
    return find_prompt(call, request->part[0], &prompt) &&
           prompt_used_write_json(call, &prompt, &reply->json);
}

bool prompt_used_run(struct call *call, struct invocation *invocation)
{
    struct row prompt;
    struct json_writer writer;
    if (!find_prompt(call, invocation->argument[0], &prompt))
        return false;
    if (!invocation->as_json)
        return prompt_used_write_text(call, &prompt, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    bool is_written = prompt_used_write_json(call, &prompt, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}
