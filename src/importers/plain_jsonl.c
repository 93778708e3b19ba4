/*
 * JSON lines of the plain shape. Millions of them pass through here: the memory of a line is taken
 * back before the next one is read, and where lines are alike a key costs one comparison.
 */
#include "importers/plain_jsonl.h"

#include "importers/json_pointer.h"
#include "importers/plain_reader.h"

/* ---- lines ---- */

static bool member_place(struct call *call, struct plain_rules *rules, size_t place,
                         const struct json_member *member, struct plain_values *values)
{
    const struct plain_key *key = plain_keys_at(&rules->keys, place, member->key);
    if (!key)
        return plain_line_other(call, rules, values, member->key, member->value);
    for (; key; key = key->next)
        values->value[key->field] = &member->value;
    return true;
}

static void map_place(const struct plain_keys *keys, const struct json *object,
                      struct plain_values *values)
{
    for (size_t i = 0; i < PLAIN_FIELD_COUNT; i++) {
        if (keys->constant[i])
            values->value[i] = keys->constant[i];
        else if (keys->pointer[i].at)
            values->value[i] = json_pointer_follow(object, keys->pointer[i]);
    }
}

static bool values_of_object(struct call *call, struct plain_rules *rules,
                             const struct json *object, struct plain_values *values)
{
    values->other = call_array(call, (size_t)object->count + 1, sizeof *values->other);
    if (!values->other)
        return false;
    for (uint32_t i = 0; i < object->count; i++)
        if (!member_place(call, rules, i, &object->member[i], values))
            return false;
    if (rules->keys.has_map)
        map_place(&rules->keys, object, values);
    return true;
}

/* The text of `"name": "..."` in bytes that are no JSON as a whole. A text that is cut itself tells
 * nothing. */
static bool text_dig(struct call *call, text bytes, text name, struct json *value)
{
    char quoted[100];
    int size = snprintf(quoted, sizeof quoted, "\"%.*s\"", TEXT_FMT(name));
    size_t at =
        size < (int)sizeof quoted ? text_find(bytes, (text){ quoted, (size_t)size }) : SIZE_MAX;
    if (at == SIZE_MAX)
        return false;
    text rest = text_trim(text_from(bytes, at + (size_t)size));
    if (!text_starts(rest, TEXT(":")))
        return false;
    rest = text_trim(text_from(rest, 1));
    if (!text_starts(rest, TEXT("\"")))
        return false;
    size_t end = 1;
    while (end < rest.size && rest.at[end] != '"')
        end += rest.at[end] == '\\' ? 2 : 1;
    if (end >= rest.size)
        return false;
    bool is_read = json_read(call, text_until(rest, end + 1), value, NULL);
    if (call->fail.kind == FAIL_INVALID)
        fail_clear(call);
    return is_read;
}

static bool line_damaged(struct call *call, struct plain_reader *reader,
                         const struct plain_bytes *line)
{
    const struct plain_keys *keys = &reader->rules.keys;
    struct plain_values values = { .other = NULL };
    struct json dug[PLAIN_RUN + 1];
    struct fail reason = call->fail;
    if (reason.kind != FAIL_INVALID)
        return false;
    fail_clear(call);
    for (size_t i = 0; i < keys->count; i++) {
        enum plain_field field = keys->key[i].field;
        if (field <= PLAIN_RUN && text_dig(call, line->bytes, keys->key[i].name, &dug[field]))
            values.value[field] = &dug[field];
    }
    for (size_t i = 0; i <= PLAIN_RUN; i++)
        if (keys->constant[i])
            values.value[i] = keys->constant[i];
    if (call->fail.kind != FAIL_NONE)
        return false;
    call->fail = reason;
    return plain_reader_damaged(call, reader, line, &values);
}

static bool line_read(struct call *call, struct plain_reader *reader,
                      const struct plain_bytes *line)
{
    struct json tree;
    struct plain_values values = { .other = NULL };
    const struct plain_bytes whole = { .number = line->number, .bytes = line->bytes };
    reader->rules.notes = (struct json_notes){ .no_number = false };
    if (!json_read(call, line->bytes, &tree, &reader->rules.notes))
        return line_damaged(call, reader, line);
    if (tree.kind != JSON_OBJECT) {
        fail(call, FAIL_INVALID, "the line must be a JSON object");
        return line_damaged(call, reader, &whole);
    }
    reader->readable_count++;
    return values_of_object(call, &reader->rules, &tree, &values) &&
           plain_reader_push(call, reader, line, &values);
}

/* The source may keep memory of its own in the call: only what came after its line is taken back.
 */
static bool line_take(struct call *call, struct plain_reader *reader, text bytes, bool is_ended)
{
    const struct source_facts *facts = source_facts(reader->source);
    const struct plain_bytes line = { .number = facts->line,
                                      .bytes = bytes,
                                      .is_unended = !is_ended };
    struct arena_mark mark = arena_mark(&call->arena);
    if (text_trim(bytes).size == 0)
        return true;
    reader->keeps_memory = false;
    bool is_done = plain_reader_count(call, reader) && line_read(call, reader, &line);
    if (!reader->keeps_memory)
        arena_rewind(&call->arena, mark);
    return is_done;
}

bool plain_jsonl_read(struct call *call, struct source *source,
                      const struct eval_read_options *options, const struct eval_sink *sink)
{
    struct plain_reader reader;
    text line;
    bool is_ended;
    enum source_step step;
    if (!plain_reader_init(call, &reader, source, options, sink, false))
        return false;
    while ((step = source_line(call, source, &line, &is_ended)) == SOURCE_LINE)
        if (!line_take(call, &reader, line, is_ended))
            return false;
    return step == SOURCE_END && plain_reader_end(call, &reader);
}
