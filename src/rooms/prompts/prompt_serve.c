/* See prompt_serve.h. */
#include "rooms/prompts/prompt_serve.h"

#include "base/json_read.h"
#include "offers/refs.h"
#include "rooms/prompts/label_move.h"
#include "rooms/prompts/prompt_content.h"
#include "store/find.h"

static bool fail_no_label(struct call *call, const struct row *prompt, text label)
{
    struct query query;
    struct rows labels;
    struct out names;
    query_init(&query, &prompt_label_record);
    if (!query_add(call, &query, PROMPT_LABEL_PROMPT, FILTER_IS, value_ref(prompt->id)) ||
        !find_rows(call, &query, &labels))
        return false;
    out_init(&names, call);
    for (size_t i = 0; i < labels.count; i++)
        out_format(&names, "%s'%.*s'", i ? ", " : "",
                   TEXT_FMT(value_as_text(labels.row[i].value[PROMPT_LABEL_NAME])));
    text shown = text_until_character(label, 100), name = row_title(call, prompt);
    if (labels.count == 0)
        return fail(call, FAIL_NOT_FOUND,
                    "%.*s has no label yet: 'rondo prompt move %.*s test 1' makes one",
                    TEXT_FMT(name), TEXT_FMT(name));
    return fail(call, FAIL_NOT_FOUND, "%.*s has no label '%.*s'; it has %.*s", TEXT_FMT(name),
                TEXT_FMT(shown), TEXT_FMT(out_view(&names)));
}

bool prompt_served(struct call *call, text prompt, text label, struct served *served)
{
    rid id;
    bool has;
    if (!refs_find(call, &prompt_record, prompt, &id) ||
        !find_row(call, &prompt_record, id, &served->prompt) ||
        !label_find(call, id, label, &has, &served->label))
        return false;
    if (!has)
        return fail_no_label(call, &served->prompt, label);
    return find_row(call, &prompt_version_record,
                    value_as_int(served->label.value[PROMPT_LABEL_VERSION]), &served->version);
}

text served_etag(struct call *call, const struct served *served)
{
    const struct value *value = served->version.value;
    text hash = value_as_text(value[PROMPT_VERSION_CONTENT_HASH]);
    return call_format(call, "\"%lld-%.*s\"", (long long)value_as_int(value[PROMPT_VERSION_NUMBER]),
                       TEXT_FMT(text_until(hash, 16)));
}

/* --- JSON --- */

/* Values that are filled in; none: the template stays as it is. */
struct filling {
    const struct template_value *value;
    size_t count;
    bool is_asked;
};

static bool put_filled(struct call *call, const char *key, text template,
                       const struct filling *filling, struct json_writer *writer)
{
    struct out words;
    if (!filling->is_asked) {
        json_put_text(writer, key, template);
        return true;
    }
    out_init(&words, call);
    template_fill(template, filling->value, filling->count, &words);
    json_put_text(writer, key, out_view(&words));
    return !words.failed;
}

static bool put_messages(struct call *call, const struct row *version,
                         const struct filling *filling, struct json_writer *writer)
{
    struct json messages;
    if (!json_read(call, value_as_text(version->value[PROMPT_VERSION_MESSAGES]), &messages, NULL))
        return false;
    json_key(writer, "messages");
    json_list(writer);
    for (size_t i = 0; i < messages.count; i++) {
        json_object(writer);
        json_put_text(writer, "role", json_get(&messages.item[i], "role")->text);
        if (!put_filled(call, "content", json_get(&messages.item[i], "content")->text, filling,
                        writer))
            return false;
        json_object_end(writer);
    }
    json_list_end(writer);
    return true;
}

static void put_json(const struct row *version, enum prompt_version_field field,
                     struct json_writer *writer)
{
    const struct value value = version->value[field];
    json_key(writer, version->record->field[field].name);
    if (value_is_null(value))
        json_null(writer);
    else
        json_raw(writer, value_as_text(value));
}

static bool put_content(struct call *call, const struct served *served,
                        const struct filling *filling, struct json_writer *writer)
{
    const struct row *version = &served->version;
    const struct value *value = version->value;
    if (value_is_null(value[PROMPT_VERSION_MESSAGES]))
        return put_filled(call, "text", value_as_text(value[PROMPT_VERSION_TEXT]), filling,
                          writer);
    return put_messages(call, version, filling, writer);
}

bool served_write_json(struct call *call, const struct served *served,
                       const struct template_value *values, size_t value_count,
                       struct json_writer *writer)
{
    const struct row *version = &served->version;
    const struct value *value = version->value;
    const struct filling filling = { values, value_count, values != NULL };
    struct template_variables variables;
    if (!prompt_content_variables(call, version, &variables) ||
        (values && !template_check_values(call, &variables, values, value_count)))
        return false;
    json_object(writer);
    json_put_text(writer, "name", row_title(call, &served->prompt));
    json_put_text(writer, "label", value_as_text(served->label.value[PROMPT_LABEL_NAME]));
    json_put_int(writer, "version", value_as_int(value[PROMPT_VERSION_NUMBER]));
    json_put_text(writer, "content_hash", value_as_text(value[PROMPT_VERSION_CONTENT_HASH]));
    json_put_text(writer, "kind", value_as_text(served->prompt.value[PROMPT_KIND]));
    if (!put_content(call, served, &filling, writer))
        return false;
    json_put_text(writer, "model", value_as_text(value[PROMPT_VERSION_MODEL]));
    put_json(version, PROMPT_VERSION_PARAMETERS, writer);
    put_json(version, PROMPT_VERSION_TOOLS, writer);
    json_key(writer, "variables");
    json_list(writer);
    for (size_t i = 0; i < variables.count; i++)
        json_text(writer, variables.name[i]);
    json_list_end(writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}
