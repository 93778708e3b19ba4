/*
 * A whole row as one JSON text, for the history: every field, secrets too, each value exactly as it
 * is kept. Not for the outside. A packed row outlives the catalogue it was packed by: fields that
 * have gone are passed over, fields that came later have their fallback, as in the rows that the
 * migration met.
 */
#include "base/json_read.h"
#include "base/json_write.h"
#include "catalog/row.h"

/* --- packing --- */

static bool pack_blob(struct call *call, const struct field *field, struct value value,
                      struct json_writer *writer)
{
    struct out base64;
    out_init(&base64, call);
    if (!value_write_text(call, field, value, NULL, &base64))
        return false;
    json_text(writer, out_view(&base64));
    return true;
}

static void pack_list(struct value value, struct json_writer *writer)
{
    json_list(writer);
    for (uint32_t i = 0; i < value.count; i++) {
        if (value.kind == VALUE_IDS)
            json_int(writer, value.ids[i]);
        else
            json_text(writer, value.texts[i]);
    }
    json_list_end(writer);
}

static bool pack_value(struct call *call, const struct field *field, struct value value,
                       struct json_writer *writer)
{
    switch (value.kind) {
    case VALUE_NULL: json_null(writer); return true;
    case VALUE_INT: json_int(writer, value.integer); return true;
    case VALUE_REAL: json_real(writer, value.real); return true;
    case VALUE_TEXTS:
    case VALUE_IDS: pack_list(value, writer); return true;
    case VALUE_TEXT: break;
    }
    if (field->kind == FIELD_BLOB)
        return pack_blob(call, field, value, writer);
    json_text(writer, value.text);
    return true;
}

bool row_pack(struct call *call, const struct row *row, text *packed)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_object(&writer);
    json_put_int(&writer, "id", row->id);
    json_put_int(&writer, "version", row->version);
    json_put_int(&writer, "created", row->created);
    json_put_int(&writer, "changed", row->changed);
    json_put_int(&writer, "archived", row->archived);
    json_put_int(&writer, "change", row->change);
    json_put_int(&writer, "dimensions", row->dimensions);
    for (size_t i = 0; i < row->record->field_count; i++) {
        json_key(&writer, row->record->field[i].name);
        if (!pack_value(call, &row->record->field[i], row->value[i], &writer))
            return false;
    }
    json_object_end(&writer);
    *packed = out_view(&out);
    return packed->at != NULL;
}

/* --- unpacking --- */

static bool unpack_text(struct call *call, const struct field *field, const struct json *json,
                        struct value *value)
{
    if (field->kind == FIELD_BLOB)
        return value_read_text(call, field, json->text, NULL, value);
    *value = value_text(json->text);
    return true;
}

/* A real that is whole may come back as an integer of any size. */
static bool unpack_real(const struct json *json, struct value *value)
{
    double real = 0;
    if (json->kind == JSON_BIG_INT ? !text_to_real(json->text, &real) : !json_is_number(json))
        return false;
    *value = value_real(json->kind == JSON_BIG_INT ? real : json_number(json));
    return true;
}

static bool unpack_refs(struct call *call, const struct json *json, struct value *value)
{
    rid *ids = call_array(call, json->count, sizeof *ids);
    if (!ids)
        return false;
    for (uint32_t i = 0; i < json->count; i++) {
        if (json->item[i].kind != JSON_INT)
            return false;
        ids[i] = json->item[i].integer;
    }
    *value = (struct value){ .kind = VALUE_IDS, .count = json->count, .ids = ids };
    return true;
}

static bool unpack_tags(struct call *call, const struct json *json, struct value *value)
{
    text *texts = call_array(call, json->count, sizeof *texts);
    if (!texts)
        return false;
    for (uint32_t i = 0; i < json->count; i++) {
        if (json->item[i].kind != JSON_TEXT)
            return false;
        texts[i] = json->item[i].text;
    }
    *value = (struct value){ .kind = VALUE_TEXTS, .count = json->count, .texts = texts };
    return true;
}

/* False also when the kind is not the field's; then the caller says so. */
static bool unpack_value(struct call *call, const struct field *field, const struct json *json,
                         struct value *value)
{
    bool is_number = field_kind_fact(field->kind)->is_number;
    if (json->kind == JSON_NULL)
        return true;
    if (field->kind == FIELD_REAL)
        return unpack_real(json, value);
    if (json->kind == JSON_INT && is_number)
        *value = value_int(json->integer);
    else if (json->kind == JSON_LIST && field->kind == FIELD_REFS)
        return unpack_refs(call, json, value);
    else if (json->kind == JSON_LIST && field->kind == FIELD_TAGS)
        return unpack_tags(call, json, value);
    else if (json->kind == JSON_TEXT && !is_number && !field_kind_fact(field->kind)->is_list)
        return unpack_text(call, field, json, value);
    else
        return false;
    return true;
}

static int64_t unpack_int(const struct json *object, const char *key)
{
    const struct json *json = json_get(object, key);
    return json && json->kind == JSON_INT ? json->integer : 0;
}

/* What a migration gave to the rows of its time; lists it leaves empty. */
static bool value_of_newcomer(struct call *call, const struct field *field, struct value *value)
{
    return !field->fallback || field_kind_fact(field->kind)->is_list ||
           value_read_text(call, field, text_of(field->fallback), NULL, value);
}

static bool unpack_fields(struct call *call, const struct json *object, struct row *row)
{
    for (size_t i = 0; i < row->record->field_count; i++) {
        const struct field *field = &row->record->field[i];
        const struct json *json = json_get(object, field->name);
        if (!json && !value_of_newcomer(call, field, &row->value[i]))
            return false;
        if (json && !unpack_value(call, field, json, &row->value[i]))
            return fail(call, FAIL_STORE,
                        "an earlier version of '%s' holds something else than '%s' in '%s'",
                        row->record->name, field_kind_fact(field->kind)->name, field->name);
    }
    return true;
}

/* A history that is no JSON is a broken store, not wrong input. */
static bool read_object(struct call *call, const struct record *record, text packed,
                        struct json *object)
{
    bool is_read = json_read(call, packed, object, NULL);
    if (is_read && object->kind == JSON_OBJECT)
        return true;
    if (call->fail.kind == FAIL_INVALID)
        fail_clear(call);
    return fail(call, FAIL_STORE, "an earlier version of '%s' cannot be read", record->name);
}

bool row_unpack(struct call *call, const struct record *record, text packed, struct row *row)
{
    struct json object;
    *row = (struct row){ .record = record };
    row->value = call_array(call, record->field_count, sizeof *row->value);
    if (!row->value || !read_object(call, record, packed, &object))
        return false;
    row->id = unpack_int(&object, "id");
    row->version = unpack_int(&object, "version");
    row->created = unpack_int(&object, "created");
    row->changed = unpack_int(&object, "changed");
    row->archived = unpack_int(&object, "archived");
    row->change = unpack_int(&object, "change");
    row->dimensions = (unsigned)unpack_int(&object, "dimensions");
    return unpack_fields(call, &object, row);
}
