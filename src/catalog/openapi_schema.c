/*
 * See openapi_schema.h. What a kind looks like in JSON Schema is one table; limits are
 * field.h's. It knows nothing of paths and methods.
 */
#include "catalog/openapi_schema.h"

#include "base/json_write.h"

/* What is the same for every field of a kind. Zero and NULL: not written. */
static const struct kind_schema {
    const char *type; /* NULL: any */
    const char *format;
    const char *pattern;
    int64_t length_max; /* of texts, when the field names none */
} kind_schemas[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = { .type = "string", .length_max = TEXT_CHARACTERS_MAX },
    [FIELD_PROSE] = { .type = "string", .length_max = PROSE_BYTES_MAX },
    [FIELD_INT] = { .type = "integer", .format = "int64" },
    [FIELD_REAL] = { .type = "number", .format = "double" },
    [FIELD_BOOL] = { .type = "boolean" },
    [FIELD_STAMP] = { .type = "string", .format = "date-time" },
    [FIELD_DATE] = { .type = "string", .format = "date" },
    [FIELD_ZONE] = { .type = "string" },
    [FIELD_CHOICE] = { .type = "string" },
    [FIELD_REF] = { .type = "string" },
    [FIELD_REFS] = { .type = "array" },
    [FIELD_TAGS] = { .type = "array" },
    [FIELD_RANK] = { .type = "string", .pattern = "^[0-9a-z]+$", .length_max = RANK_BYTES_MAX },
    [FIELD_JSON] = { .type = NULL },
    [FIELD_BLOB] = { .type = "string" },
};

enum schema_use { SCHEMA_ROW, SCHEMA_CREATION, SCHEMA_UPDATE };

static void put_type(struct json_writer *writer, const char *type, bool is_nullable)
{
    if (!is_nullable) {
        json_put_string(writer, "type", type);
        return;
    }
    json_key(writer, "type");
    json_list(writer);
    json_string(writer, type);
    json_string(writer, "null");
    json_list_end(writer);
}

static void put_choices(struct json_writer *writer, const struct field *field, bool is_nullable)
{
    json_key(writer, "enum");
    json_list(writer);
    for (int i = 0; field->choices[i]; i++)
        json_string(writer, field->choices[i]);
    if (is_nullable)
        json_null(writer);
    json_list_end(writer);
}

static void put_number_limits(struct json_writer *writer, const struct field *field)
{
    bool is_limited = field->kind == FIELD_INT || field->kind == FIELD_REAL;
    if (!is_limited || (field->min == 0 && field->max == 0))
        return;
    json_put_real(writer, "minimum", field->min);
    json_put_real(writer, "maximum", field->max);
}

/* A field's own limit is in bytes: no text of more characters can pass. */
static void put_length(struct json_writer *writer, const struct field *field)
{
    bool is_text = field->kind == FIELD_TEXT || field->kind == FIELD_PROSE;
    int64_t most =
        is_text && field->max > 0 ? (int64_t)field->max : kind_schemas[field->kind].length_max;
    if (most)
        json_put_int(writer, "maxLength", most);
}

static void put_items(struct json_writer *writer, const struct field *field)
{
    if (!field_kind_fact(field->kind)->is_list)
        return;
    json_key(writer, "items");
    json_object(writer);
    json_put_string(writer, "type", "string");
    if (field->kind == FIELD_TAGS)
        json_put_int(writer, "maxLength", TAG_BYTES_MAX);
    json_object_end(writer);
    if (field->kind == FIELD_TAGS)
        json_put_int(writer, "maxItems", TAGS_MAX);
}

static bool put_fallback(struct call *call, const struct field *field, struct json_writer *writer)
{
    struct value value;
    if (!field->fallback)
        return true;
    if (!value_read_text(call, field, text_of(field->fallback), NULL, &value))
        return false;
    json_key(writer, "default");
    return value_write_json(call, field, value, NULL, writer);
}

/* Lists are never null in a row: an empty one is []. */
static bool is_nullable(const struct field *field, enum schema_use use)
{
    bool is_list = field_kind_fact(field->kind)->is_list;
    return !(field->flags & FIELD_NEEDED) && !(is_list && use == SCHEMA_ROW);
}

static bool put_field(struct call *call, const struct field *field, enum schema_use use,
                      struct json_writer *writer)
{
    const struct kind_schema *schema = &kind_schemas[field->kind];
    bool may_be_null = is_nullable(field, use);
    json_key(writer, field->name);
    json_object(writer);
    json_put_string(writer, "title", field->label);
    json_put_string(writer, "description", field->help);
    if (schema->type)
        put_type(writer, schema->type, may_be_null);
    if (schema->format)
        json_put_string(writer, "format", schema->format);
    if (schema->pattern)
        json_put_string(writer, "pattern", schema->pattern);
    if (field->kind == FIELD_CHOICE)
        put_choices(writer, field, may_be_null);
    if (field->kind == FIELD_BLOB)
        json_put_string(writer, "contentEncoding", "base64");
    if (field->refers)
        json_put_string(writer, "x-refers", field->refers);
    put_number_limits(writer, field);
    put_length(writer, field);
    put_items(writer, field);
    if (use == SCHEMA_ROW && (field->flags & FIELD_COUNTED))
        json_put_bool(writer, "readOnly", true);
    if (use != SCHEMA_ROW && (field->flags & FIELD_SECRET))
        json_put_bool(writer, "writeOnly", true);
    bool is_done = use != SCHEMA_CREATION || put_fallback(call, field, writer);
    json_object_end(writer);
    return is_done;
}

static bool is_shown(const struct field *field, enum schema_use use)
{
    unsigned hidden = use == SCHEMA_ROW ? FIELD_SECRET : FIELD_COUNTED;
    if (use == SCHEMA_UPDATE)
        hidden |= FIELD_FIXED;
    return !(field->flags & hidden);
}

/* What every row has besides its fields. */
static const struct built_in_schema {
    const char *name;
    const char *help;
    const char *type;
    const char *format;
    bool is_nullable;
} built_in_schemas[] = {
    { "id", "What the row is called by programs and people.", "string", NULL, false },
    { "version", "Grows by one with every change; the ETag.", "integer", "int64", false },
    { "created", "When the row was made.", "string", "date-time", false },
    { "changed", "When the row was last changed.", "string", "date-time", false },
    { "archived", "When the row was taken out of lists; null while it is live.", "string",
      "date-time", true },
};
enum { BUILT_IN_SCHEMA_COUNT = sizeof built_in_schemas / sizeof built_in_schemas[0] };

static void put_built_in(const struct built_in_schema *schema, struct json_writer *writer)
{
    json_key(writer, schema->name);
    json_object(writer);
    json_put_string(writer, "description", schema->help);
    put_type(writer, schema->type, schema->is_nullable);
    if (schema->format)
        json_put_string(writer, "format", schema->format);
    json_put_bool(writer, "readOnly", true);
    json_object_end(writer);
}

static void put_dimensions(struct json_writer *writer)
{
    json_key(writer, "dimensions");
    json_object(writer);
    json_put_string(writer, "description", "Which sides of the work the row touches.");
    json_put_string(writer, "type", "array");
    json_key(writer, "items");
    json_object(writer);
    json_put_string(writer, "type", "string");
    json_key(writer, "enum");
    json_list(writer);
    for (int i = 0; i < DIMENSION_COUNT; i++)
        json_string(writer, dimension_facts[i].word);
    json_list_end(writer);
    json_object_end(writer);
    json_object_end(writer);
}

static bool put_properties(struct call *call, const struct record *record, enum schema_use use,
                           struct json_writer *writer)
{
    json_key(writer, "properties");
    json_object(writer);
    if (use == SCHEMA_ROW)
        put_built_in(&built_in_schemas[0], writer);
    for (size_t i = 0; i < record_shown_count(record); i++) {
        const struct field *field = record_shown_field(record, i);
        if (is_shown(field, use) && !put_field(call, field, use, writer))
            return false;
    }
    put_dimensions(writer);
    for (int i = 1; use == SCHEMA_ROW && i < BUILT_IN_SCHEMA_COUNT; i++)
        put_built_in(&built_in_schemas[i], writer);
    json_object_end(writer);
    return true;
}

static bool is_required(const struct field *field, enum schema_use use)
{
    bool must_be_given = (field->flags & FIELD_NEEDED) && !field->fallback;
    return is_shown(field, use) && (use == SCHEMA_ROW || (use == SCHEMA_CREATION && must_be_given));
}

static void put_required(const struct record *record, enum schema_use use,
                         struct json_writer *writer)
{
    json_key(writer, "required");
    json_list(writer);
    if (use == SCHEMA_ROW)
        json_string(writer, built_in_schemas[0].name);
    for (size_t i = 0; i < record_shown_count(record); i++)
        if (is_required(record_shown_field(record, i), use))
            json_string(writer, record_shown_field(record, i)->name);
    if (use == SCHEMA_ROW)
        json_string(writer, "dimensions");
    for (int i = 1; use == SCHEMA_ROW && i < BUILT_IN_SCHEMA_COUNT; i++)
        json_string(writer, built_in_schemas[i].name);
    json_list_end(writer);
}

static bool put_schema(struct call *call, const struct record *record, enum schema_use use,
                       struct json_writer *writer)
{
    json_object(writer);
    json_put_string(writer, "title", record->label);
    json_put_string(writer, "description", record->help);
    json_put_string(writer, "type", "object");
    if (!put_properties(call, record, use, writer))
        return false;
    if (use != SCHEMA_UPDATE)
        put_required(record, use, writer);
    json_put_bool(writer, "additionalProperties", false);
    json_object_end(writer);
    return !writer->out->failed;
}

bool openapi_schema_row(struct call *call, const struct record *record, struct json_writer *writer)
{
    return put_schema(call, record, SCHEMA_ROW, writer);
}

bool openapi_schema_creation(struct call *call, const struct record *record,
                             struct json_writer *writer)
{
    return put_schema(call, record, SCHEMA_CREATION, writer);
}

bool openapi_schema_update(struct call *call, const struct record *record,
                           struct json_writer *writer)
{
    return put_schema(call, record, SCHEMA_UPDATE, writer);
}
