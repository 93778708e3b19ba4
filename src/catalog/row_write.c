/*
 * Values and rows for the outside: JSON objects, and words for tables and sentences. How another
 * row is called is the caller's to know; without a namer the store's own number is written.
 */
#include "base/base64.h"
#include "base/json_write.h"
#include "base/stamp.h"
#include "catalog/row.h"

/* One value being written: as JSON through `json`, or as a word into `out`. */
struct writing {
    struct call *call;
    const struct field *field;
    ref_namer name;
    struct json_writer *json;
    struct out *out;
};

/* --- as JSON --- */

static bool json_of_text(const struct writing *writing, struct value value)
{
    json_text(writing->json, value.text);
    return true;
}

static bool json_of_int(const struct writing *writing, struct value value)
{
    json_int(writing->json, value.integer);
    return true;
}

static bool json_of_real(const struct writing *writing, struct value value)
{
    json_real(writing->json, value.real);
    return true;
}

static bool json_of_bool(const struct writing *writing, struct value value)
{
    json_bool(writing->json, value.integer != 0);
    return true;
}

/* Not json_stamp: there 0 is "never", here it is an instant like any other. */
static bool json_of_stamp(const struct writing *writing, struct value value)
{
    char room[STAMP_TEXT_SIZE];
    stamp_write(value.integer, room);
    json_string(writing->json, room);
    return true;
}

static bool json_of_date(const struct writing *writing, struct value value)
{
    char room[DATE_TEXT_SIZE];
    date_write(value.integer, room);
    json_string(writing->json, room);
    return true;
}

static bool json_of_ref(const struct writing *writing, struct value value)
{
    text name = TEXT_NONE;
    if (!writing->name)
        return json_of_int(writing, value);
    if (!writing->name(writing->call, writing->field, value.integer, &name))
        return false;
    json_text(writing->json, name);
    return true;
}

/* What may not be read is left out: a null in the list would tell that it is there. */
static bool json_of_refs(const struct writing *writing, struct value value)
{
    json_list(writing->json);
    for (uint32_t i = 0; i < value.count; i++) {
        text name = TEXT_NONE;
        if (!writing->name)
            json_int(writing->json, value.ids[i]);
        else if (!writing->name(writing->call, writing->field, value.ids[i], &name))
            return false;
        else if (name.at)
            json_text(writing->json, name);
    }
    json_list_end(writing->json);
    return true;
}

static bool json_of_tags(const struct writing *writing, struct value value)
{
    json_list(writing->json);
    for (uint32_t i = 0; i < value.count; i++)
        json_text(writing->json, value.texts[i]);
    json_list_end(writing->json);
    return true;
}

static bool json_of_json(const struct writing *writing, struct value value)
{
    json_raw(writing->json, value.text);
    return true;
}

static bool json_of_blob(const struct writing *writing, struct value value)
{
    text base64 = base64_write(writing->call, value.text);
    json_text(writing->json, base64);
    return base64.at != NULL;
}

typedef bool (*value_writer)(const struct writing *writing, struct value value);

static const value_writer json_writers[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = json_of_text,  [FIELD_PROSE] = json_of_text, [FIELD_INT] = json_of_int,
    [FIELD_REAL] = json_of_real,  [FIELD_BOOL] = json_of_bool,  [FIELD_STAMP] = json_of_stamp,
    [FIELD_DATE] = json_of_date,  [FIELD_ZONE] = json_of_text,  [FIELD_CHOICE] = json_of_text,
    [FIELD_REF] = json_of_ref,    [FIELD_REFS] = json_of_refs,  [FIELD_TAGS] = json_of_tags,
    [FIELD_RANK] = json_of_text,  [FIELD_JSON] = json_of_json,  [FIELD_BLOB] = json_of_blob,
};

bool value_write_json(struct call *call, const struct field *field, struct value value,
                      ref_namer name, struct json_writer *writer)
{
    struct writing writing = { .call = call, .field = field, .name = name, .json = writer };
    if (!value_is_null(value))
        return json_writers[field->kind](&writing, value) && !writer->out->failed;
    if (field_kind_fact(field->kind)->is_list)
        return json_of_tags(&writing, value) && !writer->out->failed;
    json_null(writer);
    return !writer->out->failed;
}

static void write_dimensions(unsigned bits, struct json_writer *writer)
{
    json_list(writer);
    for (unsigned i = 0; i < DIMENSION_COUNT; i++)
        if (bits & 1u << i)
            json_string(writer, dimension_facts[i].word);
    json_list_end(writer);
}

/* The first `count` of what the row shows. */
static bool write_row(struct call *call, const struct row *row, size_t count, ref_namer name,
                      struct json_writer *writer)
{
    const struct record *record = row->record;
    json_object(writer);
    json_put_text(writer, "id", row_public_id(call, record, row->id));
    for (size_t i = 0; i < count; i++) {
        const struct field *field = record_shown_field(record, i);
        if (field->flags & FIELD_SECRET)
            continue;
        json_key(writer, field->name);
        if (!value_write_json(call, field, row_shown(row, i, call->now), name, writer))
            return false;
    }
    json_key(writer, "dimensions");
    write_dimensions(row->dimensions, writer);
    json_put_int(writer, "version", row->version);
    json_put_stamp(writer, "created", row->created);
    json_put_stamp(writer, "changed", row->changed);
    json_put_stamp(writer, "archived", row->archived);
    json_object_end(writer);
    return !writer->out->failed && call->fail.kind == FAIL_NONE;
}

bool row_write_json(struct call *call, const struct row *row, ref_namer name,
                    struct json_writer *writer)
{
    return write_row(call, row, row->record->field_count, name, writer);
}

bool row_show_json(struct call *call, const struct row *row, ref_namer name,
                   struct json_writer *writer)
{
    return write_row(call, row, record_shown_count(row->record), name, writer);
}

/* --- as words --- */

static bool word_of_text(const struct writing *writing, struct value value)
{
    out_text(writing->out, value.text);
    return true;
}

static bool word_of_int(const struct writing *writing, struct value value)
{
    out_format(writing->out, "%lld", (long long)value.integer);
    return true;
}

static bool word_of_real(const struct writing *writing, struct value value)
{
    char room[32];
    int size = real_write(value.real, room);
    out_text(writing->out, (text){ room, (size_t)size });
    return true;
}

static bool word_of_bool(const struct writing *writing, struct value value)
{
    out_string(writing->out, value.integer ? "yes" : "no");
    return true;
}

static bool word_of_stamp(const struct writing *writing, struct value value)
{
    char room[STAMP_TEXT_SIZE];
    stamp_write(value.integer, room);
    out_string(writing->out, room);
    return true;
}

static bool word_of_date(const struct writing *writing, struct value value)
{
    char room[DATE_TEXT_SIZE];
    date_write(value.integer, room);
    out_string(writing->out, room);
    return true;
}

/* `*is_first` is false once something was written: what may not be read leaves no comma behind. */
static bool word_of_id(const struct writing *writing, rid id, bool *is_first)
{
    text name = TEXT_NONE;
    if (writing->name && !writing->name(writing->call, writing->field, id, &name))
        return false;
    if (writing->name && !name.at)
        return true;
    out_string(writing->out, *is_first ? "" : ",");
    *is_first = false;
    if (writing->name)
        out_text(writing->out, name);
    else
        out_format(writing->out, "%lld", (long long)id);
    return true;
}

static bool word_of_ref(const struct writing *writing, struct value value)
{
    bool is_first = true;
    return word_of_id(writing, value.integer, &is_first);
}

static bool word_of_refs(const struct writing *writing, struct value value)
{
    bool is_first = true;
    for (uint32_t i = 0; i < value.count; i++)
        if (!word_of_id(writing, value.ids[i], &is_first))
            return false;
    return true;
}

static bool word_of_tags(const struct writing *writing, struct value value)
{
    for (uint32_t i = 0; i < value.count; i++) {
        out_string(writing->out, i ? "," : "");
        out_text(writing->out, value.texts[i]);
    }
    return true;
}

static bool word_of_blob(const struct writing *writing, struct value value)
{
    text base64 = base64_write(writing->call, value.text);
    out_text(writing->out, base64);
    return base64.at != NULL;
}

static const value_writer word_writers[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = word_of_text,  [FIELD_PROSE] = word_of_text, [FIELD_INT] = word_of_int,
    [FIELD_REAL] = word_of_real,  [FIELD_BOOL] = word_of_bool,  [FIELD_STAMP] = word_of_stamp,
    [FIELD_DATE] = word_of_date,  [FIELD_ZONE] = word_of_text,  [FIELD_CHOICE] = word_of_text,
    [FIELD_REF] = word_of_ref,    [FIELD_REFS] = word_of_refs,  [FIELD_TAGS] = word_of_tags,
    [FIELD_RANK] = word_of_text,  [FIELD_JSON] = word_of_text,  [FIELD_BLOB] = word_of_blob,
};

bool value_write_text(struct call *call, const struct field *field, struct value value,
                      ref_namer name, struct out *out)
{
    struct writing writing = { .call = call, .field = field, .name = name, .out = out };
    if (value_is_null(value))
        return !out->failed;
    return word_writers[field->kind](&writing, value) && !out->failed;
}
