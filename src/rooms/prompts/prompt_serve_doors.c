/* See prompt_serve_doors.h. */
#include "rooms/prompts/prompt_serve_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "http/route.h"
#include "rooms/prompts/prompt_serve.h"

const struct query_parameter prompt_serve_parameters[] = {
    { "label", "Which label; else production.", "string" },
    { 0 },
};

bool prompt_serve_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct served served;
    text label = request_query(request, "label");
    if (!prompt_served(call, request->part[0], label.at ? label : PROMPT_SERVED_LABEL, &served))
        return false;
    reply_header(reply, "ETag", served_etag(call, &served));
    return served_write_json(call, &served, NULL, 0, &reply->json);
}

/*
 * {"name": "value", ...}; without any the list is empty and not NULL: all variables are asked for.
 */
static bool read_values(struct call *call, const struct json *variables,
                        struct template_value **values, size_t *count)
{
    *count = variables ? variables->count : 0;
    *values = call_array(call, *count + 1, sizeof **values);
    if (!*values)
        return false;
    if (variables && variables->kind != JSON_OBJECT)
        return fail_at(call, "variables", "'variables' is an object: {\"name\": \"value\"}");
    for (size_t i = 0; i < *count; i++) {
        const struct json_member *member = &variables->member[i];
        if (member->value.kind != JSON_TEXT)
            return fail_at(call, "variables", "the value of '%.*s' is not a text",
                           TEXT_FMT(text_until_character(member->key, 40)));
        (*values)[i] = (struct template_value){ member->key, member->value.text };
    }
    return true;
}

bool prompt_serve_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct json body;
    struct served served;
    struct template_value *values;
    size_t count;
    if (!request_object(call, request, &body))
        return false;
    const struct json *label = json_get(&body, "label"), *variables = json_get(&body, "variables");
    if (body.count != (size_t)(label != NULL) + (variables != NULL) ||
        (label && label->kind != JSON_TEXT))
        return fail(call, FAIL_INVALID,
                    "this takes {\"label\": \"production\", \"variables\": {\"name\": \"value\"}}");
    return read_values(call, variables, &values, &count) &&
           prompt_served(call, request->part[0], label ? label->text : PROMPT_SERVED_LABEL,
                         &served) &&
           served_write_json(call, &served, values, count, &reply->json);
}

/* --- the command --- */

const struct option prompt_serve_options[] = {
    { .name = "label",
      .kind = OPTION_TEXT,
      .placeholder = "LABEL",
      .help = "Which label; else production." },
    { .name = "variable",
      .kind = OPTION_TEXT,
      .placeholder = "NAME=VALUE",
      .help = "Fills a variable in; may be given several times." },
    { 0 },
};

static bool read_given(struct call *call, const struct invocation *invocation,
                       struct template_value **values, size_t *count)
{
    text given, value;
    *values = call_array(call, TEMPLATE_VARIABLES_MAX + 1, sizeof **values);
    for (*count = 0; *values && option_next(invocation, "variable", *count, &given); (*count)++) {
        text name = text_cut(given, '=', &value);
        if (!value.at)
            return fail_at(call, "variable", "'%.*s' is not NAME=VALUE", TEXT_FMT(given));
        if (*count == TEMPLATE_VARIABLES_MAX)
            return fail_at(call, "variable", "at most %d variables", TEMPLATE_VARIABLES_MAX);
        (*values)[*count] = (struct template_value){ name, value };
    }
    return *values != NULL;
}

bool prompt_serve_run(struct call *call, struct invocation *invocation)
{
    struct served served;
    struct template_value *values;
    struct json_writer writer;
    size_t count;
    text label = option_text(invocation, "label");
    if (!read_given(call, invocation, &values, &count) ||
        !prompt_served(call, invocation->argument[0], label.at ? label : PROMPT_SERVED_LABEL,
                       &served))
        return false;
    json_writer_init(&writer, invocation->out, true);
    bool is_written =
        served_write_json(call, &served, count ? values : NULL, count, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}
