/*
 * Values as people and programs write them: words of a command line or a CSV cell, and JSON. It turns what was
 * written into values and refuses what is not of the field's kind; ranges, lengths and choices are row_check's.
 */
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/stamp.h"
#include "catalog/row.h"

#include <math.h>
#include <sodium.h>

/* What a reader of one kind is given. */
struct reading {
    struct call *call;
    const struct field *field;
    ref_resolver resolve;
};

/* Long input is shown by its start. */
enum { SHOWN_BYTES = 60 };
#define SHOWN(word) TEXT_FMT(text_until_character((word), SHOWN_BYTES))

static bool fail_word(const struct reading *reading, text word, const char *wanted)
{
    const char *name = reading->field->name;
    return fail_at(reading->call, name, "'%s' must be %s, not '%.*s'", name, wanted, SHOWN(word));
}

/* --- from words --- */

static bool read_text(const struct reading *reading, text word, struct value *value)
{
    *value = value_text(call_text(reading->call, word));
    return !value_is_null(*value);
}

static bool read_int(const struct reading *reading, text word, struct value *value)
{
    int64_t integer;
    if (!text_to_int(text_trim(word), &integer))
        return fail_word(reading, word, "a whole number of at most 64 bits");
    *value = value_int(integer);
    return true;
}

static bool read_real(const struct reading *reading, text word, struct value *value)
{
    double real;
    if (!text_to_real(text_trim(word), &real))
        return fail_word(reading, word, "a number such as 0.25");
    *value = value_real(real);
    return true;
}

static bool read_bool(const struct reading *reading, text word, struct value *value)
{
    static const char *const yes[] = { "yes", "true", "1" };
    static const char *const no[] = { "no", "false", "0" };
    word = text_trim(word);
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        bool is_yes = text_same_word(word, text_of(yes[i]));
        if (!is_yes && !text_same_word(word, text_of(no[i])))
            continue;
        *value = value_bool(is_yes);
        return true;
    }
    return fail_word(reading, word, "yes or no");
}

static bool read_stamp(const struct reading *reading, text word, struct value *value)
{
    const char *name = reading->field->name;
    stamp at = 0;
    word = text_trim(word);
    switch (stamp_read(word, &at, NULL)) {
    case STAMP_NOT:
        return fail_word(reading, word, "an instant such as 2026-11-16T07:00:00Z");
    case STAMP_WITHOUT_ZONE:
        return fail_at(reading->call, name,
                       "'%s' needs a time zone: write '%.*sZ' for UTC, or an offset such as +01:00 at the end",
                       name, SHOWN(word));
    case STAMP_DATE_ONLY:
    case STAMP_WITH_ZONE:
        break;
    }
    *value = value_stamp(at);
    return true;
}

static bool read_date(const struct reading *reading, text word, struct value *value)
{
    int64_t days;
    if (!date_read(text_trim(word), &days))
        return fail_word(reading, word, "a day such as 2026-11-16");
    *value = value_int(days);
    return true;
}

/* Without a resolver only the store's own numbers are known. */
static bool read_id(const struct reading *reading, text word, rid *id)
{
    word = text_trim(word);
    if (reading->resolve)
        return reading->resolve(reading->call, reading->field, word, id);
    if (text_to_int(word, id) && *id > 0)
        return true;
    return fail_word(reading, word, "the number of a row");
}

static bool read_ref(const struct reading *reading, text word, struct value *value)
{
    rid id = 0;
    if (!read_id(reading, word, &id))
        return false;
    *value = value_ref(id);
    return true;
}

static size_t count_parts(text list)
{
    size_t count = 1;
    for (size_t i = 0; i < list.size; i++)
        count += list.at[i] == ',';
    return count;
}

static bool read_refs(const struct reading *reading, text word, struct value *value)
{
    rid *ids = call_array(reading->call, count_parts(word), sizeof *ids);
    if (!ids)
        return false;
    uint32_t count = 0;
    while (word.at) {
        text part = text_trim(text_cut(word, ',', &word));
        if (part.size && !read_id(reading, part, &ids[count++]))
            return false;
    }
    *value = (struct value){ .kind = VALUE_IDS, .count = count, .ids = ids };
    return true;
}

/* Adds a tag in small letters, unless it is there already. */
static bool tag_add(struct call *call, text tag, text *texts, uint32_t *count)
{
    text copy = call_text(call, text_trim(tag));
    if (!copy.at)
        return false;
    char *at = (char *)(uintptr_t)copy.at;
    for (size_t i = 0; i < copy.size; i++)
        if (at[i] >= 'A' && at[i] <= 'Z')
            at[i] = (char)(at[i] - 'A' + 'a');
    for (uint32_t i = 0; i < *count; i++)
        if (text_equal(texts[i], copy))
            return true;
    texts[(*count)++] = copy;
    return true;
}

static bool read_tags(const struct reading *reading, text word, struct value *value)
{
    text *texts = call_array(reading->call, count_parts(word), sizeof *texts);
    if (!texts)
        return false;
    uint32_t count = 0;
    while (word.at) {
        text part = text_trim(text_cut(word, ',', &word));
        if (part.size && !tag_add(reading->call, part, texts, &count))
            return false;
    }
    *value = (struct value){ .kind = VALUE_TEXTS, .count = count, .texts = texts };
    return true;
}

/* JSON is kept in one form, so that white space is no change. */
static bool keep_json(const struct reading *reading, const struct json *json, struct value *value)
{
    struct out out;
    struct json_writer writer;
    if (json->kind == JSON_NULL) {
        *value = VALUE_NONE;
        return true;
    }
    out_init(&out, reading->call);
    json_writer_init(&writer, &out, false);
    json_tree(&writer, json);
    *value = value_text(out_view(&out));
    return !value_is_null(*value);
}

static bool read_json(const struct reading *reading, text word, struct value *value)
{
    struct call *call = reading->call;
    const char *name = reading->field->name;
    struct json json;
    struct json_notes notes = { 0 };
    if (!json_read(call, word, &json, &notes)) {
        struct fail reason = call->fail;
        if (reason.kind != FAIL_INVALID)
            return false;
        fail_clear(call);
        return fail_at(call, name, "'%s' must be JSON: %s", name, reason.sentence);
    }
    if (notes.no_number)
        return fail_at(call, name, "'%s' must be JSON, which has no NaN or Infinity; write null", name);
    return keep_json(reading, &json, value);
}

static bool read_blob(const struct reading *reading, text word, struct value *value)
{
    word = text_trim(word);
    size_t room = word.size / 4 * 3 + 3;
    unsigned char *bytes = call_take(reading->call, room);
    size_t size = 0;
    if (!bytes)
        return false;
    if (sodium_base642bin(bytes, room, word.at, word.size, NULL, &size, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return fail_word(reading, word, "bytes in base64");
    *value = value_text((text){ (char *)bytes, size });
    return true;
}

typedef bool (*word_reader)(const struct reading *reading, text word, struct value *value);

static const word_reader word_readers[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = read_text,   [FIELD_PROSE] = read_text, [FIELD_INT] = read_int,
    [FIELD_REAL] = read_real,   [FIELD_BOOL] = read_bool,  [FIELD_STAMP] = read_stamp,
    [FIELD_DATE] = read_date,   [FIELD_ZONE] = read_text,  [FIELD_CHOICE] = read_text,
    [FIELD_REF] = read_ref,     [FIELD_REFS] = read_refs,  [FIELD_TAGS] = read_tags,
    [FIELD_RANK] = read_text,   [FIELD_JSON] = read_json,  [FIELD_BLOB] = read_blob,
};

bool value_read_text(struct call *call, const struct field *field, text word, ref_resolver resolve,
                     struct value *value)
{
    struct reading reading = { call, field, resolve };
    *value = VALUE_NONE;
    return word.size == 0 || word_readers[field->kind](&reading, word, value);
}

/* --- from JSON --- */

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
    return fail_at(reading->call, field->name, "'%s' must be %s", field->name, json_wanted[field->kind]);
}

/* What is a text in JSON reads like a word. */
static bool json_as_word(const struct reading *reading, const struct json *json, struct value *value)
{
    if (json->kind != JSON_TEXT)
        return fail_kind_of_json(reading);
    return json->text.size == 0 || word_readers[reading->field->kind](reading, json->text, value);
}

/* 3.0 is a whole number too, as long as a double holds every integer near it. */
static bool json_as_int(const struct reading *reading, const struct json *json, struct value *value)
{
    static const double exact = 9007199254740992.0; /* 2^53 */
    if (json->kind == JSON_INT)
        *value = value_int(json->integer);
    else if (json->kind == JSON_REAL && fabs(json->real) <= exact && json->real == floor(json->real))
        *value = value_int((int64_t)json->real);
    else
        return fail_kind_of_json(reading);
    return true;
}

static bool json_as_real(const struct reading *reading, const struct json *json, struct value *value)
{
    double real;
    if (json_is_number(json))
        real = json_number(json);
    else if (json->kind != JSON_BIG_INT || !text_to_real(json->text, &real))
        return fail_kind_of_json(reading);
    *value = value_real(real);
    return true;
}

static bool json_as_bool(const struct reading *reading, const struct json *json, struct value *value)
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
        return read_id(reading, json->text, id);
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

static bool json_as_refs(const struct reading *reading, const struct json *json, struct value *value)
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

static bool json_as_tags(const struct reading *reading, const struct json *json, struct value *value)
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
        if (!tag_add(reading->call, json->item[i].text, texts, &count))
            return false;
    }
    *value = (struct value){ .kind = VALUE_TEXTS, .count = count, .texts = texts };
    return true;
}

typedef bool (*json_reader)(const struct reading *reading, const struct json *json, struct value *value);

static const json_reader json_readers[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = json_as_word,  [FIELD_PROSE] = json_as_word, [FIELD_INT] = json_as_int,
    [FIELD_REAL] = json_as_real,  [FIELD_BOOL] = json_as_bool,  [FIELD_STAMP] = json_as_word,
    [FIELD_DATE] = json_as_word,  [FIELD_ZONE] = json_as_word,  [FIELD_CHOICE] = json_as_word,
    [FIELD_REF] = json_as_ref,    [FIELD_REFS] = json_as_refs,  [FIELD_TAGS] = json_as_tags,
    [FIELD_RANK] = json_as_word,  [FIELD_JSON] = keep_json,     [FIELD_BLOB] = json_as_word,
};

bool value_read_json(struct call *call, const struct field *field, const struct json *json,
                     ref_resolver resolve, struct value *value)
{
    struct reading reading = { call, field, resolve };
    *value = VALUE_NONE;
    return json->kind == JSON_NULL || json_readers[field->kind](&reading, json, value);
}
