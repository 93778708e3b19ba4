/*
 * Values as people write them: words of a command line, cells of a CSV file. It turns what was
 * written into values and refuses what is not of the field's kind; ranges, lengths and choices are
 * row_check's.
 */
#include "base/base64.h"
#include "base/json_read.h"
#include "base/stamp.h"
#include "catalog/reading.h"

static bool read_text(const struct reading *reading, text word, struct value *value)
{
    *value = value_text(call_text(reading->call, word));
    return !value_is_null(*value);
}

static bool read_int(const struct reading *reading, text word, struct value *value)
{
    int64_t integer;
    if (!text_to_int(text_trim(word), &integer))
        return reading_fail(reading, word, "a whole number of at most 64 bits");
    *value = value_int(integer);
    return true;
}

static bool read_real(const struct reading *reading, text word, struct value *value)
{
    double real;
    if (!text_to_real(text_trim(word), &real))
        return reading_fail(reading, word, "a number such as 0.25");
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
    return reading_fail(reading, word, "yes or no");
}

static bool read_stamp(const struct reading *reading, text word, struct value *value)
{
    const char *name = reading->field->name;
    stamp at = 0;
    word = text_trim(word);
    switch (stamp_read(word, &at, NULL)) {
    case STAMP_NOT:
        return reading_fail(reading, word, "an instant such as 2026-11-16T07:00:00Z");
    case STAMP_WITHOUT_ZONE:
        return fail_at(
            reading->call, name,
            "'%s' needs a time zone: write '%.*sZ' for UTC, or an offset such as +01:00 at the end",
            name, TEXT_FMT(word));
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
        return reading_fail(reading, word, "a day such as 2026-11-16");
    *value = value_int(days);
    return true;
}

static bool read_ref(const struct reading *reading, text word, struct value *value)
{
    rid id = 0;
    if (!reading_id(reading, word, &id))
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
        if (part.size && !reading_id(reading, part, &ids[count++]))
            return false;
    }
    *value = (struct value){ .kind = VALUE_IDS, .count = count, .ids = ids };
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
        if (part.size && !reading_tag(reading, part, texts, &count))
            return false;
    }
    *value = (struct value){ .kind = VALUE_TEXTS, .count = count, .texts = texts };
    return true;
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
        return fail_at(call, name, "'%s' must be JSON, which has no NaN or Infinity; write null",
                       name);
    return reading_json(reading, &json, value);
}

static bool read_blob(const struct reading *reading, text word, struct value *value)
{
    text bytes;
    if (!base64_read(reading->call, text_trim(word), &bytes))
        return reading_fail(reading, word, "bytes in base64");
    *value = bytes.size ? value_text(bytes) : VALUE_NONE;
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
