/*
 * See prompt_markdown.h. Each key of the front matter is a line with its value as JSON, which YAML
 * reads as well. A message of a chat stands under a line `## ROLE`; a line of a message that would
 * be taken for one, or for one behind backslashes, gets one more backslash in front.
 */
#include "rooms/prompts/prompt_markdown.h"

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/yaml.h"
#include "offers/refs.h"

#define FENCE TEXT("---")

/* --- taking a file apart --- */

static bool is_fence(text line)
{
    return text_equal(text_ends(line, TEXT("\r")) ? text_until(line, line.size - 1) : line, FENCE);
}

bool prompt_document_begins(text bytes)
{
    return is_fence(text_cut(bytes, '\n', &(text){ NULL, 0 }));
}

static bool read_keys(struct call *call, struct prompt_document *document)
{
    return yaml_read(call, document->front, &document->keys) &&
           (document->keys.kind == JSON_OBJECT ||
            fail(call, FAIL_INVALID, "line 1: the front matter is no list of keys and values"));
}

static bool take_apart(struct call *call, text bytes, struct prompt_document *document)
{
    text rest = bytes;
    if (!text_is_utf8(bytes))
        return fail(call, FAIL_INVALID, "it is not UTF-8");
    if (!prompt_document_begins(bytes))
        return fail(call, FAIL_INVALID, "line 1: it begins with no '---'");
    text_cut(rest, '\n', &rest);
    while (rest.at) {
        const char *begin = rest.at;
        if (!is_fence(text_cut(rest, '\n', &rest)))
            continue;
        document->front = text_until(bytes, (size_t)(begin - bytes.at));
        document->body = rest.at ? rest : TEXT("");
        return read_keys(call, document);
    }
    return fail(call, FAIL_INVALID, "line 1: a second '---' has to end what begins here");
}

bool prompt_document_read(struct call *call, text file, text bytes,
                          struct prompt_document *document)
{
    *document = (struct prompt_document){ .file = file };
    return take_apart(call, bytes, document) ||
           fail_about(call, text_until_character(file, 200));
}

/* The line of a key that stands at the beginning of one; 0: nowhere. */
static int line_of(const struct prompt_document *document, text key)
{
    text rest = key.size ? document->front : TEXT_NONE;
    for (int line = 1; rest.at; line++) {
        text words = text_trim(text_cut(text_cut(rest, '\n', &rest), ':', &(text){ NULL, 0 }));
        if (words.size > 2 && words.at[0] == '"')
            words = text_until(text_from(words, 1), words.size - 2);
        if (text_equal(words, key))
            return line;
    }
    return 0;
}

bool prompt_document_about(struct call *call, const struct prompt_document *document)
{
    int line = line_of(document, text_of(call->fail.field));
    text file = text_until_character(document->file, 200);
    if (line)
        file = call_format(call, "line %d of %.*s", line, TEXT_FMT(file));
    return fail_about(call, file);
}

/* --- messages --- */

/* A line that is a heading of a message once its backslashes are taken away. */
static bool is_heading(text line, size_t *backslashes, text *role)
{
    static const char *const roles[] = { "system", "developer", "user", "assistant", "tool" };
    *backslashes = 0;
    while (*backslashes < line.size && line.at[*backslashes] == '\\')
        (*backslashes)++;
    text words = text_from(line, *backslashes);
    if (!text_starts(words, TEXT("## ")))
        return false;
    *role = text_trim(text_from(words, 3));
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (text_is(*role, roles[i]))
            return true;
    return false;
}

static bool put_message(struct call *call, text role, const struct out *content, struct json *list)
{
    struct json_member *member = call_array(call, 2, sizeof *member);
    struct json *item = (struct json *)list->item; /* made here, with room for each heading */
    text copy = content->size ? call_text(call, text_until(out_view(content), content->size - 1))
                              : TEXT("");
    if (!member || !copy.at)
        return false;
    member[0] = (struct json_member){ TEXT("role"), { .kind = JSON_TEXT, .text = role } };
    member[1] = (struct json_member){ TEXT("content"), { .kind = JSON_TEXT, .text = copy } };
    item[list->count++] = (struct json){ .kind = JSON_OBJECT, .count = 2, .member = member };
    return true;
}

static size_t count_headings(text body)
{
    size_t count = 0, backslashes;
    text role;
    while (body.at)
        count += is_heading(text_cut(body, '\n', &body), &backslashes, &role) && !backslashes;
    return count;
}

bool prompt_messages_read(struct call *call, text body, struct json *messages)
{
    struct out content;
    text role = TEXT_NONE, rest = body, next;
    struct json *item = call_array(call, count_headings(body) + 1, sizeof *item);
    *messages = (struct json){ .kind = JSON_LIST, .item = item };
    out_init(&content, call);
    while (item && rest.at && rest.size) {
        size_t backslashes;
        text line = text_cut(rest, '\n', &rest);
        bool found = is_heading(line, &backslashes, &next);
        if (found && !backslashes) {
            if (role.at && !put_message(call, role, &content, messages))
                return false;
            role = next;
            content.size = 0;
        } else if (role.at) {
            out_text(&content, found ? text_from(line, 1) : line);
            out_char(&content, '\n');
        } else if (text_trim(line).size) {
            return fail_at(call, "messages", "each message stands under a line '## ROLE', the "
                           "first one too");
        }
    }
    return item && (!role.at || put_message(call, role, &content, messages));
}

static void write_message(text role, text content, struct out *out)
{
    out_format(out, "## %.*s\n", TEXT_FMT(role));
    while (content.at) {
        size_t backslashes;
        text line = text_cut(content, '\n', &content), found;
        if (is_heading(line, &backslashes, &found))
            out_char(out, '\\');
        out_text(out, line);
        out_char(out, '\n');
    }
}

static bool write_messages(struct call *call, const struct row *version, struct out *out)
{
    struct json messages;
    if (!json_read(call, value_as_text(version->value[PROMPT_VERSION_MESSAGES]), &messages, NULL))
        return false;
    for (size_t i = 0; i < messages.count; i++)
        write_message(json_get(&messages.item[i], "role")->text,
                      json_get(&messages.item[i], "content")->text, out);
    return true;
}

/* --- writing --- */

/* One line of front matter, unless there is nothing to say. */
static bool write_key(struct call *call, const struct row *row, int at, struct out *out)
{
    struct json_writer writer;
    const struct field *field = &row->record->field[at];
    struct value value = row->value[at];
    if (field == &prompt_version_record.field[PROMPT_VERSION_MADE_AT])
        value = value_stamp(prompt_version_made_at(row));
    if (value_is_null(value))
        return true;
    out_format(out, "%s: ", field->name);
    json_writer_init(&writer, out, false);
    if (!value_write_json(call, field, value, refs_name, &writer))
        return false;
    out_char(out, '\n');
    return true;
}

static bool write_front(struct call *call, const struct row *row, const int *field, size_t count,
                        struct out *out)
{
    out_string(out, "---\n");
    for (size_t i = 0; i < count; i++)
        if (!write_key(call, row, field[i], out))
            return false;
    out_string(out, "---\n");
    return true;
}

text prompt_markdown(struct call *call, const struct row *prompt)
{
    static const int fields[] = { PROMPT_NAME,    PROMPT_KIND,   PROMPT_OWNER,       PROMPT_TEAM,
                                  PROMPT_SURFACES, PROMPT_TOUCHES, PROMPT_SHARED,
                                  PROMPT_DRILL_MONTHS };
    struct out out;
    out_init(&out, call);
    if (!write_front(call, prompt, fields, sizeof fields / sizeof *fields, &out))
        return TEXT_NONE;
    out_text(&out, value_as_text(prompt->value[PROMPT_DESCRIPTION]));
    return out_view(&out);
}

text prompt_version_markdown(struct call *call, const struct row *version)
{
    static const int fields[] = { PROMPT_VERSION_MESSAGE,    PROMPT_VERSION_AUTHOR,
                                  PROMPT_VERSION_MADE_AT,    PROMPT_VERSION_MODEL,
                                  PROMPT_VERSION_PARAMETERS, PROMPT_VERSION_TOOLS,
                                  PROMPT_VERSION_SOURCE };
    struct out out;
    out_init(&out, call);
    if (!write_front(call, version, fields, sizeof fields / sizeof *fields, &out))
        return TEXT_NONE;
    if (value_is_null(version->value[PROMPT_VERSION_MESSAGES]))
        out_text(&out, value_as_text(version->value[PROMPT_VERSION_TEXT]));
    else if (!write_messages(call, version, &out))
        return TEXT_NONE;
    return out_view(&out);
}
