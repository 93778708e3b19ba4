/* See archive_row.h. */
#include "offers/archive_row.h"

#include "base/base64.h"
#include "base/stamp.h"

bool archive_row_name(struct call *call, const struct field *field, rid id, text *name)
{
    *name = row_public_id(call, catalog_record(call->catalog, text_of(field->refers)), id);
    return name->at != NULL;
}

bool archive_row_write(struct call *call, const struct row *row, struct json_writer *writer)
{
    return row_write_json(call, row, archive_row_name, writer);
}

/* --- reading: each gives false, without failure, for JSON that is something else --- */

typedef bool (*value_reader)(struct call *call, const struct field *field, const struct json *json,
                             struct value *value);

static bool read_text(struct call *call, const struct field *field, const struct json *json,
                      struct value *value)
{
    (void)call;
    (void)field;
    *value = value_text(json->text);
    return json->kind == JSON_TEXT;
}

static bool read_int(struct call *call, const struct field *field, const struct json *json,
                     struct value *value)
{
    (void)call;
    (void)field;
    *value = value_int(json->integer);
    return json->kind == JSON_INT;
}

bool archive_row_real(const struct json *json, double *real)
{
    if (json->kind == JSON_BIG_INT)
        return text_to_real(json->text, real);
    if (!json_is_number(json))
        return false;
    *real = json_number(json);
    return true;
}

static bool read_real(struct call *call, const struct field *field, const struct json *json,
                      struct value *value)
{
    double real = 0;
    (void)call;
    (void)field;
    if (!archive_row_real(json, &real))
        return false;
    *value = value_real(real);
    return true;
}

static bool read_bool(struct call *call, const struct field *field, const struct json *json,
                      struct value *value)
{
    (void)call;
    (void)field;
    if (json->kind != JSON_BOOL)
        return false;
    *value = value_bool(json->boolean);
    return true;
}

static bool stamp_of(const struct json *json, stamp *at)
{
    return json->kind == JSON_TEXT && stamp_read(json->text, at, NULL) == STAMP_WITH_ZONE;
}

static bool read_stamp(struct call *call, const struct field *field, const struct json *json,
                       struct value *value)
{
    stamp at = 0;
    (void)call;
    (void)field;
    if (!stamp_of(json, &at))
        return false;
    *value = value_stamp(at);
    return true;
}

static bool read_date(struct call *call, const struct field *field, const struct json *json,
                      struct value *value)
{
    int64_t days = 0;
    (void)call;
    (void)field;
    if (json->kind != JSON_TEXT || !date_read(json->text, &days))
        return false;
    *value = value_int(days);
    return true;
}

static bool id_of(struct call *call, const struct field *field, const struct json *json, rid *id)
{
    const struct record *record = catalog_record(call->catalog, text_of(field->refers));
    return json->kind == JSON_TEXT && row_id_read(record, json->text, id);
}

static bool read_ref(struct call *call, const struct field *field, const struct json *json,
                     struct value *value)
{
    rid id = 0;
    if (!id_of(call, field, json, &id))
        return false;
    *value = value_ref(id);
    return true;
}

static bool read_refs(struct call *call, const struct field *field, const struct json *json,
                      struct value *value)
{
    if (json->kind != JSON_LIST)
        return false;
    rid *ids = call_array(call, (size_t)json->count + 1, sizeof *ids);
    for (uint32_t i = 0; i < json->count; i++)
        if (!ids || !id_of(call, field, &json->item[i], &ids[i]))
            return false;
    *value = (struct value){ .kind = VALUE_IDS, .count = json->count, .ids = ids };
    return ids != NULL;
}

static bool read_tags(struct call *call, const struct field *field, const struct json *json,
                      struct value *value)
{
    (void)field;
    if (json->kind != JSON_LIST)
        return false;
    text *texts = call_array(call, (size_t)json->count + 1, sizeof *texts);
    for (uint32_t i = 0; i < json->count; i++) {
        if (!texts || json->item[i].kind != JSON_TEXT)
            return false;
        texts[i] = json->item[i].text;
    }
    *value = (struct value){ .kind = VALUE_TEXTS, .count = json->count, .texts = texts };
    return texts != NULL;
}

static bool read_json(struct call *call, const struct field *field, const struct json *json,
                      struct value *value)
{
    struct out out;
    struct json_writer writer;
    (void)field;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_tree(&writer, json);
    *value = value_text(out_view(&out));
    return !out.failed;
}

static bool read_blob(struct call *call, const struct field *field, const struct json *json,
                      struct value *value)
{
    text bytes = TEXT_NONE;
    (void)field;
    if (json->kind != JSON_TEXT || !base64_read(call, json->text, &bytes))
        return false;
    *value = value_text(bytes);
    return true;
}

static const value_reader readers[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = read_text, [FIELD_PROSE] = read_text, [FIELD_INT] = read_int,
    [FIELD_REAL] = read_real, [FIELD_BOOL] = read_bool,  [FIELD_STAMP] = read_stamp,
    [FIELD_DATE] = read_date, [FIELD_ZONE] = read_text,  [FIELD_CHOICE] = read_text,
    [FIELD_REF] = read_ref,   [FIELD_REFS] = read_refs,  [FIELD_TAGS] = read_tags,
    [FIELD_RANK] = read_text, [FIELD_JSON] = read_json,  [FIELD_BLOB] = read_blob,
};

static bool fail_key(struct call *call, text key, const char *what)
{
    return fail(call, FAIL_INVALID, "'%.*s' %s", TEXT_FMT(text_until_character(key, 80)), what);
}

static bool read_dimensions(const struct json *json, unsigned *bits)
{
    *bits = 0;
    if (json->kind != JSON_LIST)
        return false;
    for (uint32_t i = 0; i < json->count; i++) {
        unsigned bit = 0;
        while (bit < DIMENSION_COUNT && !(json->item[i].kind == JSON_TEXT &&
                                          text_is(json->item[i].text, dimension_facts[bit].word)))
            bit++;
        if (bit == DIMENSION_COUNT)
            return false;
        *bits |= 1u << bit;
    }
    return true;
}

/* What every row has; `*is_known` is false for a key that is none of it. */
static bool read_built_in(text key, const struct json *json, struct row *row, bool *is_known)
{
    *is_known = true;
    if (text_is(key, "id"))
        return json->kind == JSON_TEXT && row_id_read(row->record, json->text, &row->id);
    if (text_is(key, "dimensions"))
        return read_dimensions(json, &row->dimensions);
    if (text_is(key, "version")) {
        row->version = json->kind == JSON_INT ? json->integer : 0;
        return row->version > 0;
    }
    if (text_is(key, "created"))
        return stamp_of(json, &row->created);
    if (text_is(key, "changed"))
        return stamp_of(json, &row->changed);
    if (text_is(key, "archived"))
        return json->kind == JSON_NULL || stamp_of(json, &row->archived);
    *is_known = false;
    return true;
}

static bool is_empty_list(const struct field *field, const struct json *json)
{
    return field_kind_fact(field->kind)->is_list && json->kind == JSON_LIST && json->count == 0;
}

static bool read_member(struct call *call, const struct json_member *member, struct row *row)
{
    int at = record_field(row->record, member->key);
    bool is_built_in;
    if (at < 0) {
        if (!read_built_in(member->key, &member->value, row, &is_built_in))
            return fail_key(call, member->key, "is not what stands there in a row");
        return is_built_in ||
               fail_key(call, member->key, "is nothing that this Rondo knows of such a row");
    }
    const struct field *field = &row->record->field[at];
    row->value[at] = VALUE_NONE;
    if (member->value.kind == JSON_NULL || is_empty_list(field, &member->value) ||
        readers[field->kind](call, field, &member->value, &row->value[at]))
        return true;
    return call->fail.kind == FAIL_NONE && fail_key(call, member->key, "holds no such value");
}

bool archive_row_read(struct call *call, const struct record *record, const struct json *object,
                      struct row *row)
{
    if (!row_init(call, record, row)) /* what the archive does not know has its fallback */
        return false;
    if (object->kind != JSON_OBJECT)
        return fail(call, FAIL_INVALID, "a row is a JSON object");
    for (uint32_t i = 0; i < object->count; i++)
        if (!read_member(call, &object->member[i], row))
            return false;
    if (row->id && row->version && row->changed)
        return true;
    return fail(call, FAIL_INVALID, "a row needs 'id', 'version' and 'changed'");
}
