/* See reply_schema.h. */
#include "offers/reply_schema.h"

static const struct {
    const char *type, *format, *pattern; /* NULL: not written */
} kinds[REPLY_KINDS] = {
    [REPLY_TEXT] = { .type = "string" },
    [REPLY_INT] = { .type = "integer", .format = "int64" },
    [REPLY_REAL] = { .type = "number", .format = "double" },
    [REPLY_BOOL] = { .type = "boolean" },
    [REPLY_STAMP] = { .type = "string", .format = "date-time" },
    [REPLY_DATE] = { .type = "string", .format = "date" },
    [REPLY_WEEK] = { .type = "string", .pattern = "^[0-9]{4}-W[0-9]{2}$" },
    [REPLY_OBJECT] = { .type = "object" },
};

static void put_type(struct json_writer *writer, const char *type, bool is_nullable)
{
    json_key(writer, "type");
    if (!is_nullable) {
        json_string(writer, type);
        return;
    }
    json_list(writer);
    json_string(writer, type);
    json_string(writer, "null");
    json_list_end(writer);
}

static void put_choices(struct json_writer *writer, const struct reply_key *key, bool is_nullable)
{
    json_key(writer, "enum");
    json_list(writer);
    for (size_t i = 0; i < key->choice_count; i++)
        if (key->choice[i])
            json_string(writer, key->choice[i]);
    if (is_nullable)
        json_null(writer);
    json_list_end(writer);
}

static void put_ref(struct json_writer *writer, const char *schema)
{
    json_put_text(writer, "$ref",
                  call_format(writer->out->call, "#/components/schemas/%s", schema));
}

/* Of another schema "or null" can only be said beside it. */
static void put_other(struct json_writer *writer, const char *schema, bool is_nullable)
{
    if (!is_nullable) {
        put_ref(writer, schema);
        return;
    }
    json_key(writer, "anyOf");
    json_list(writer);
    json_object(writer);
    put_ref(writer, schema);
    json_object_end(writer);
    json_object(writer);
    put_type(writer, "null", false);
    json_object_end(writer);
    json_list_end(writer);
}

static void put_keys(struct json_writer *writer, const struct reply_key *keys);

static void put_one(struct json_writer *writer, const struct reply_key *key, bool is_nullable)
{
    if (key->schema) {
        put_other(writer, key->schema, is_nullable);
        return;
    }
    if (kinds[key->kind].type)
        put_type(writer, kinds[key->kind].type, is_nullable);
    if (kinds[key->kind].format)
        json_put_string(writer, "format", kinds[key->kind].format);
    if (kinds[key->kind].pattern)
        json_put_string(writer, "pattern", kinds[key->kind].pattern);
    if (key->choice)
        put_choices(writer, key, is_nullable);
    if (key->inside)
        put_keys(writer, key->inside);
}

/* A map of lists of one thing, from outside inwards. */
static void put_wrapped(struct json_writer *writer, const struct reply_key *key, unsigned flags)
{
    bool is_map = flags & REPLY_MAP, is_nullable = flags & REPLY_NULLABLE;
    if (!(flags & (REPLY_MAP | REPLY_LIST))) {
        put_one(writer, key, is_nullable);
        return;
    }
    put_type(writer, is_map ? "object" : "array", is_nullable);
    json_key(writer, is_map ? "additionalProperties" : "items");
    json_object(writer);
    unsigned inner = is_map ? flags & (REPLY_LIST | REPLY_HOLES) : 0;
    put_wrapped(writer, key, !is_map && flags & REPLY_HOLES ? REPLY_NULLABLE : inner);
    json_object_end(writer);
}

static void put_keys(struct json_writer *writer, const struct reply_key *keys)
{
    json_key(writer, "properties");
    json_object(writer);
    for (const struct reply_key *key = keys; key->name; key++) {
        json_key(writer, key->name);
        json_object(writer);
        if (key->help)
            json_put_string(writer, "description", key->help);
        put_wrapped(writer, key, key->flags);
        json_object_end(writer);
    }
    json_object_end(writer);
    json_key(writer, "required");
    json_list(writer);
    for (const struct reply_key *key = keys; key->name; key++)
        if (!(key->flags & REPLY_OPTIONAL))
            json_string(writer, key->name);
    json_list_end(writer);
    json_put_bool(writer, "additionalProperties", false);
}

void reply_schema_write(struct json_writer *writer, const struct reply_schema *schema)
{
    json_object(writer);
    put_type(writer, schema->is_list ? "array" : "object", false);
    json_put_string(writer, "description", schema->help);
    if (schema->is_list) {
        json_key(writer, "items");
        json_object(writer);
        put_type(writer, "object", false);
    }
    put_keys(writer, schema->keys);
    if (schema->is_list)
        json_object_end(writer);
    json_object_end(writer);
}
