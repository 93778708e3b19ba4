/* See prompt_diff_doors.h. */
#include "rooms/prompts/prompt_diff_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "offers/refs.h"
#include "rooms/prompts/label_move.h"
#include "rooms/prompts/prompt_diff.h"

struct asked_diff {
    struct row from, to;
    enum diff_unit unit;
    struct prompt_diff diff;
};

static bool ask(struct call *call, text prompt, text from, text to, struct asked_diff *asked)
{
    rid id;
    return refs_find(call, &prompt_record, prompt, &id) &&
           prompt_version_find(call, id, from, &asked->from) &&
           prompt_version_find(call, id, to, &asked->to) &&
           prompt_diff(call, &asked->from, &asked->to, asked->unit, &asked->diff);
}

static void write_json(struct call *call, const struct asked_diff *asked,
                       struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "from", row_title(call, &asked->from));
    json_put_text(writer, "to", row_title(call, &asked->to));
    json_put_string(writer, "by", asked->unit == DIFF_WORDS ? "words" : "lines");
    json_key(writer, "fields");
    prompt_diff_write_json(&asked->diff, writer);
    json_object_end(writer);
}

const struct query_parameter prompt_diff_parameters[] = {
    { "from", "The earlier version: its number or its id.", "string" },
    { "to", "The later version: its number or its id.", "string" },
    { "by", "words (the default) or lines.", "string" },
    { 0 },
};

bool prompt_diff_get(struct call *call, const struct request *request, struct reply *reply)
{
    text from = request_query(request, "from"), to = request_query(request, "to"),
         by = request_query(request, "by");
    struct asked_diff asked = { .unit = text_is(by, "lines") ? DIFF_LINES : DIFF_WORDS };
    if (!from.at || !to.at)
        return fail(call, FAIL_USAGE, "name both versions: ?from=3&to=4");
    if (by.at && asked.unit == DIFF_WORDS && !text_is(by, "words"))
        return fail_at(call, "by", "'%.*s' is not one of words, lines", TEXT_FMT(by));
    if (!ask(call, request->part[0], from, to, &asked))
        return false;
    write_json(call, &asked, &reply->json);
    return true;
}

const struct option prompt_diff_options[] = {
    { .name = "lines", .kind = OPTION_FLAG, .help = "By lines instead of words." },
    { 0 },
};

bool prompt_diff_run(struct call *call, struct invocation *invocation)
{
    struct asked_diff asked = { .unit = option_flag(invocation, "lines") ? DIFF_LINES
                                                                         : DIFF_WORDS };
    struct json_writer writer;
    if (!ask(call, invocation->argument[0], invocation->argument[1], invocation->argument[2],
             &asked))
        return false;
    if (!invocation->as_json) {
        prompt_diff_write_text(&asked.diff, asked.unit, invocation->out);
        return true;
    }
    json_writer_init(&writer, invocation->out, true);
    write_json(call, &asked, &writer);
    out_char(invocation->out, '\n');
    return true;
}
