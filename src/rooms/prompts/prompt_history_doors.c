/* See prompt_history_doors.h. */
#include "rooms/prompts/prompt_history_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "offers/refs.h"
#include "rooms/prompts/prompt_history.h"
#include "rooms/prompts/prompt_history_show.h"

/* `limit` and `before` as they were written. */
static bool read_number(struct call *call, const char *name, text word, int64_t most,
                        int64_t *number)
{
    return !word.at || (text_to_int(word, number) && *number > 0 && *number <= most) ||
           fail_at(call, name, "'%s' must be a whole number from 1 to %lld", name,
                   (long long)most);
}

static bool ask(struct call *call, text name, text limit_word, text before_word,
                struct row *prompt, struct rows *versions)
{
    rid id;
    int64_t limit = FIND_LIMIT_DEFAULT, before = 0;
    return read_number(call, "limit", limit_word, FIND_LIMIT_MAX, &limit) &&
           read_number(call, "before", before_word, INT32_MAX, &before) &&
           refs_find(call, &prompt_record, name, &id) &&
           find_row(call, &prompt_record, id, prompt) &&
           prompt_history_versions(call, prompt, before, (int)limit, versions);
}

const struct query_parameter prompt_history_parameters[] = {
    { "limit", "How many versions at most; 50 when it is left out.", "integer" },
    { "before", "Only versions with a lower number, as `before` of the page before said.",
      "integer" },
    { 0 },
};

bool prompt_history_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct row prompt;
    struct rows versions;
    return ask(call, request->part[0], request_query(request, "limit"),
               request_query(request, "before"), &prompt, &versions) &&
           prompt_history_write_json(call, &prompt, &versions, &reply->json);
}

const struct option prompt_history_options[] = {
    { .name = "limit", .kind = OPTION_TEXT, .placeholder = "N",
      .help = "How many versions at most; 50 when it is left out." },
    { .name = "before", .kind = OPTION_TEXT, .placeholder = "NUMBER",
      .help = "Only versions with a lower number." },
    { 0 },
};

bool prompt_history_run(struct call *call, struct invocation *invocation)
{
    struct row prompt;
    struct rows versions;
    struct json_writer writer;
    if (!ask(call, invocation->argument[0], option_text(invocation, "limit"),
             option_text(invocation, "before"), &prompt, &versions))
        return false;
    if (!invocation->as_json)
        return prompt_history_write_text(call, &prompt, &versions, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    bool is_written = prompt_history_write_json(call, &prompt, &versions, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}
