/* See prompt_content.h. */
#include "rooms/prompts/prompt_content.h"

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"

static bool says(const struct row *version, enum prompt_version_field field)
{
    return text_trim(value_as_text(version->value[field])).size > 0;
}

static bool is_role(text word)
{
    static const char *const roles[] = { "system", "developer", "user", "assistant", "tool" };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (text_is(word, roles[i]))
            return true;
    return false;
}

/* {"role", "content"}, both texts. */
static bool check_message(struct call *call, size_t place, const struct json *message)
{
    const struct json *role = json_get(message, "role"), *content = json_get(message, "content");
    if (!role || role->kind != JSON_TEXT || !content || content->kind != JSON_TEXT ||
        message->count != 2)
        return fail_at(call, "messages", "message %zu is not {\"role\": \"...\", \"content\": "
                       "\"...\"}", place);
    return is_role(role->text) ||
           fail_at(call, "messages",
                   "'%.*s' of message %zu is no role: use system, developer, user, assistant or "
                   "tool",
                   TEXT_FMT(role->text), place);
}

static bool read_messages(struct call *call, const struct row *version, struct json *messages)
{
    return json_read(call, value_as_text(version->value[PROMPT_VERSION_MESSAGES]), messages, NULL);
}

static bool check_messages(struct call *call, const struct row *version)
{
    struct json messages;
    if (!read_messages(call, version, &messages))
        return false;
    if (messages.kind != JSON_LIST || messages.count == 0)
        return fail_at(call, "messages", "messages are a list of {\"role\", \"content\"}");
    for (size_t i = 0; i < messages.count; i++)
        if (!check_message(call, i + 1, &messages.item[i]))
            return false;
    return true;
}

static bool check_json_kind(struct call *call, const struct row *version,
                            enum prompt_version_field field, enum json_kind kind, const char *what)
{
    struct json json;
    const char *name = version->record->field[field].name;
    if (value_is_null(version->value[field]))
        return true;
    return json_read(call, value_as_text(version->value[field]), &json, NULL) &&
           (json.kind == kind || fail_at(call, name, "'%s' is %s", name, what));
}

bool prompt_content_check(struct call *call, const struct row *prompt, const struct row *version)
{
    struct template_variables variables;
    bool is_chat = text_is(value_as_text(prompt->value[PROMPT_KIND]), "chat");
    enum prompt_version_field needed = is_chat ? PROMPT_VERSION_MESSAGES : PROMPT_VERSION_TEXT,
                              other = is_chat ? PROMPT_VERSION_TEXT : PROMPT_VERSION_MESSAGES;
    const char *needed_name = version->record->field[needed].name;
    if (!says(version, needed))
        return fail_at(call, needed_name, "a version of a %s prompt needs '%s'",
                       is_chat ? "chat" : "text", needed_name);
    if (!value_is_null(version->value[other]))
        return fail_at(call, version->record->field[other].name,
                       "a version of a %s prompt has '%s' only", is_chat ? "chat" : "text",
                       needed_name);
    return (!is_chat || check_messages(call, version)) &&
           check_json_kind(call, version, PROMPT_VERSION_PARAMETERS, JSON_OBJECT,
                           "an object, such as {\"temperature\": 0}") &&
           check_json_kind(call, version, PROMPT_VERSION_TOOLS, JSON_LIST, "a list of tools") &&
           prompt_content_variables(call, version, &variables);
}

bool prompt_content_variables(struct call *call, const struct row *version,
                              struct template_variables *variables)
{
    struct json messages;
    *variables = (struct template_variables){ .count = 0 };
    if (!value_is_null(version->value[PROMPT_VERSION_TEXT]))
        return template_read(call, "text", value_as_text(version->value[PROMPT_VERSION_TEXT]),
                             variables);
    if (value_is_null(version->value[PROMPT_VERSION_MESSAGES]))
        return true;
    if (!read_messages(call, version, &messages))
        return false;
    for (size_t i = 0; messages.kind == JSON_LIST && i < messages.count; i++) {
        const struct json *content = json_get(&messages.item[i], "content");
        if (content && content->kind == JSON_TEXT &&
            !template_read(call, "messages", content->text, variables))
            return false;
    }
    return true;
}

/* JSON is hashed as it is written by us, so that blanks and the forms of numbers do not count. */
static bool write_json_part(struct call *call, const struct row *version,
                            enum prompt_version_field field, text *part)
{
    struct json json;
    struct json_writer writer;
    struct out out;
    *part = TEXT_NONE;
    if (value_is_null(version->value[field]))
        return true;
    if (!json_read(call, value_as_text(version->value[field]), &json, NULL))
        return false;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_tree(&writer, &json);
    *part = out_view(&out);
    return part->at != NULL;
}

text prompt_content_hash(struct call *call, const struct row *version)
{
    static const enum prompt_version_field json_fields[] = { PROMPT_VERSION_MESSAGES,
                                                             PROMPT_VERSION_PARAMETERS,
                                                             PROMPT_VERSION_TOOLS };
    struct out out;
    struct json_writer writer;
    char room[HASH_TEXT_SIZE];
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_object(&writer);
    json_put_text(&writer, "text", value_as_text(version->value[PROMPT_VERSION_TEXT]));
    json_put_text(&writer, "model", value_as_text(version->value[PROMPT_VERSION_MODEL]));
    for (size_t i = 0; i < sizeof json_fields / sizeof *json_fields; i++) {
        text part;
        if (!write_json_part(call, version, json_fields[i], &part))
            return TEXT_NONE;
        json_key(&writer, version->record->field[json_fields[i]].name);
        if (part.at)
            json_raw(&writer, part);
        else
            json_null(&writer);
    }
    json_object_end(&writer);
    text written = out_view(&out);
    if (!written.at)
        return TEXT_NONE;
    struct hash hash = hash_sha256(written);
    hash_write(&hash, room);
    return call_format(call, "%s", room);
}
