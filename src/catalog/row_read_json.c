/*
 * Values and rows out of JSON, strictly by type. A key that is not known, not for people to set or
 * not to be changed any more is refused by its name. Ranges, lengths and choices are row_check's.
 */
#include "base/json_read.h"
#include "catalog/reading.h"

#include <math.h>

/* What a kind is in JSON, for the sentence that refuses something else. */
static const char *const json_wanted[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = "a text",
    [FIELD_PROSE] = "a text",
    [FIELD_INT] = "a whole number of at most 64 bits",
    [FIELD_REAL] = "a number",
    [FIELD_BOOL] = "true or false",
    [FIELD_STAMP] = "a text such as \"2026-11-16T07:00:00Z\"",
    [FIELD_DATE] = "a text such as \"2026-11-16\"",
    [FIELD_ZONE] = "the name of a time zone such as \"Europe/Berlin\"",
    [FIELD_CHOICE] = "a text",
    [FIELD_REF] = "the id of a row, as a text",
    [FIELD_REFS] = "a list of ids, each a text",
    [FIELD_TAGS] = "a list of words",
    [FIELD_RANK] = "a text",
    [FIELD_JSON] = "any JSON",
    [FIELD_BLOB] = "bytes in base64, as a text",
};

static bool fail_kind_of_json(const struct reading *reading)
{
    const struct field *field = reading->field;
    return fail_at(reading->call, field->name, "'%s' must be %s", field->name,
                   json_wanted[field->kind]);
}

/* What is a text in JSON reads like a word. */
static bool json_as_word(const struct reading *reading, const struct json *json,
                         struct value *value)
{
    if (json->kind != JSON_TEXT)
        return fail_kind_of_json(reading);
    return value_read_text(reading->call, reading->field, json->text, reading->resolve, value);
}

/* 3.0 is a whole number too, as long as a double holds every integer near it. */
static bool json_as_int(const struct reading *reading, const struct json *json, struct value *value)
{
    static const double exact = 9007199254740992.0; /* 2^53 */
    if (json->kind == JSON_INT)
        *value = value_int(json->integer);
    else if (json->kind == JSON_REAL && fabs(json->real) <= exact &&
             json->real == floor(json->real))
        *value = value_int((int64_t)json->real);
    else
        return fail_kind_of_json(reading);
    return true;
}

static bool json_as_real(const struct reading *reading, const struct json *json,
                         struct value *value)
{
    double real;
    if (json_is_number(json))
        real = json_number(json);
    else if (json->kind != JSON_BIG_INT || !text_to_real(json->text, &real))
        return fail_kind_of_json(reading);
    *value = value_real(real);
    return true;
}

static bool json_as_bool(const struct reading *reading, const struct json *json,
                         struct value *value)
{
    if (json->kind != JSON_BOOL)
        return fail_kind_of_json(reading);
    *value = value_bool(json->boolean);
    return true;
}

/* Numbers are what row_write_json writes when nobody names the rows; people write texts. */
static bool json_as_id(const struct reading *reading, const struct json *json, rid *id)
{
    if (json->kind == JSON_TEXT)
        return reading_id(reading, json->text, id);
    if (reading->resolve || json->kind != JSON_INT || json->integer <= 0)
        return fail_kind_of_json(reading);
    *id = json->integer;
    return true;
}

static bool json_as_ref(const struct reading *reading, const struct json *json, struct value *value)
{
    rid id = 0;
    if (json->kind == JSON_TEXT && json->text.size == 0)
        return true;
    if (!json_as_id(reading, json, &id))
        return false;
    *value = value_ref(id);
    return true;
}

static bool json_as_refs(const struct reading *reading, const struct json *json,
                         struct value *value)
{
    if (json->kind != JSON_LIST)
        return fail_kind_of_json(reading);
    rid *ids = call_array(reading->call, json->count, sizeof *ids);
    if (!ids)
        return false;
    for (uint32_t i = 0; i < json->count; i++)
        if (!json_as_id(reading, &json->item[i], &ids[i]))
            return false;
    *value = (struct value){ .kind = VALUE_IDS, .count = json->count, .ids = ids };
    return true;
}

static bool json_as_tags(const struct reading *reading, const struct json *json,
                         struct value *value)
{
    if (json->kind != JSON_LIST)
        return fail_kind_of_json(reading);
    text *texts = call_array(reading->call, json->count, sizeof *texts);
    if (!texts)
        return false;
    uint32_t count = 0;
    for (uint32_t i = 0; i < json->count; i++) {
        if (json->item[i].kind != JSON_TEXT)
            return fail_kind_of_json(reading);
        if (!reading_tag(reading, json->item[i].text, texts, &count))
            return false;
    }
    *value = (struct value){ .kind = VALUE_TEXTS, .count = count, .texts = texts };
    return true;
}

typedef bool (*json_reader)(const struct reading *reading, const struct json *json,
                            struct value *value);

static const json_reader json_readers[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = json_as_word,  [FIELD_PROSE] = json_as_word, [FIELD_INT] = json_as_int,
    [FIELD_REAL] = json_as_real,  [FIELD_BOOL] = json_as_bool,  [FIELD_STAMP] = json_as_word,
    [FIELD_DATE] = json_as_word,  [FIELD_ZONE] = json_as_word,  [FIELD_CHOICE] = json_as_word,
    [FIELD_REF] = json_as_ref,    [FIELD_REFS] = json_as_refs,  [FIELD_TAGS] = json_as_tags,
    [FIELD_RANK] = json_as_word,  [FIELD_JSON] = reading_json,  [FIELD_BLOB] = json_as_word,
};

bool value_read_json(struct call *call, const struct field *field, const struct json *json,
                     ref_resolver resolve, struct value *value)
{
    struct reading reading = { call, field, resolve };
    *value = VALUE_NONE;
    return json->kind == JSON_NULL || json_readers[field->kind](&reading, json, value);
}

/* --- whole rows --- */

/* Where a row is read into, and how. */
struct row_reading {
    struct call *call;
    ref_resolver resolve;
    bool creating;
    struct row *row;
};

static bool read_dimension(struct call *call, const struct json *json, unsigned *bits)
{
    for (unsigned i = 0; json->kind == JSON_TEXT && i < DIMENSION_COUNT; i++) {
        if (!text_is(json->text, dimension_facts[i].word))
            continue;
        *bits |= 1u << i;
        return true;
    }
    return fail_at(call, "dimensions",
                   "'dimensions' takes the words data, ai, it, governance, business and people");
}

static bool read_dimensions(const struct row_reading *reading, const struct json *json)
{
    unsigned bits = 0;
    if (json->kind != JSON_LIST && json->kind != JSON_NULL)
        return fail_at(reading->call, "dimensions", "'dimensions' must be a list of words");
    for (uint32_t i = 0; json->kind == JSON_LIST && i < json->count; i++)
        if (!read_dimension(reading->call, &json->item[i], &bits))
            return false;
    reading->row->dimensions = bits;
    return true;
}

/* What every row has beside its fields and nobody may set. */
static bool is_built_in(text key)
{
    static const char *const built_in[] = { "id", "version", "created", "changed", "archived" };
    for (size_t i = 0; i < sizeof built_in / sizeof built_in[0]; i++)
        if (text_is(key, built_in[i]))
            return true;
    return false;
}

/* How many letters must change to make `b` of `a` (Levenshtein); names longer than the room are
 * cut. */
static size_t letters_apart(text a, text b)
{
    enum { LETTERS_MAX = 64 };
    size_t row[LETTERS_MAX + 1];
    a = text_until(a, LETTERS_MAX);
    b = text_until(b, LETTERS_MAX);
    for (size_t j = 0; j <= b.size; j++)
        row[j] = j;
    for (size_t i = 0; i < a.size; i++) {
        size_t corner = row[0]++;
        for (size_t j = 0; j < b.size; j++) {
            size_t best = corner + (a.at[i] != b.at[j]);
            corner = row[j + 1];
            if (best > corner + 1)
                best = corner + 1;
            if (best > row[j] + 1)
                best = row[j] + 1;
            row[j + 1] = best;
        }
    }
    return row[b.size];
}

static const char *nearest_key(const struct record *record, text key)
{
    const char *nearest = "dimensions";
    size_t least = letters_apart(key, text_of(nearest));
    for (size_t i = 0; i < record->field_count; i++) {
        const struct field *field = &record->field[i];
        size_t apart = letters_apart(key, text_of(field->name));
        if (apart >= least || (field->flags & FIELD_COUNTED))
            continue;
        nearest = field->name;
        least = apart;
    }
    return nearest;
}

static bool fail_unknown_key(const struct row_reading *reading, text key)
{
    const struct record *record = reading->row->record;
    text shown = text_until_character(key, FAIL_FIELD_SIZE - 1);
    char name[FAIL_FIELD_SIZE];
    snprintf(name, sizeof name, "%.*s", TEXT_FMT(shown));
    return fail_at(reading->call, name, "'%.*s' is not a field of '%s'; the nearest is '%s'",
                   TEXT_FMT(shown), record->name, nearest_key(record, key));
}

/* A fixed field may be repeated as it is, so that a row that was read can be sent back. */
static bool read_field(const struct row_reading *reading, int i, const struct json *json)
{
    const struct field *field = &reading->row->record->field[i];
    struct value *value = &reading->row->value[i];
    struct value read;
    if (field->flags & FIELD_COUNTED)
        return fail_at(reading->call, field->name, "'%s' is counted by Rondo and cannot be set",
                       field->name);
    if (!value_read_json(reading->call, field, json, reading->resolve, &read))
        return false;
    if (!reading->creating && (field->flags & FIELD_FIXED) && !value_equal(*value, read))
        return fail_at(reading->call, field->name,
                       "'%s' is fixed at creation and cannot be changed", field->name);
    *value = read;
    return true;
}

static bool read_member(const struct row_reading *reading, const struct json_member *member)
{
    int field = record_field(reading->row->record, member->key);
    if (field >= 0)
        return read_field(reading, field, &member->value);
    if (text_is(member->key, "dimensions"))
        return read_dimensions(reading, &member->value);
    if (!is_built_in(member->key))
        return fail_unknown_key(reading, member->key);
    return !reading->creating ||
           fail_at(reading->call, call_string(reading->call, member->key),
                   "'%.*s' is set by Rondo and cannot be given", TEXT_FMT(member->key));
}

bool row_read_json(struct call *call, const struct json *object, ref_resolver resolve,
                   bool creating, struct row *row)
{
    struct row_reading reading = { call, resolve, creating, row };
    if (object->kind != JSON_OBJECT)
        return fail(call, FAIL_INVALID, "the fields of '%s' must come as one JSON object",
                    row->record->name);
    for (uint32_t i = 0; i < object->count; i++)
        if (!read_member(&reading, &object->member[i]))
            return false;
    return true;
}
