/* See reading.h. */
#include "catalog/reading.h"

#include "base/json_read.h"
#include "base/json_write.h"

enum { SHOWN_BYTES = 60 };

bool reading_fail(const struct reading *reading, text word, const char *wanted)
{
    const char *name = reading->field->name;
    return fail_at(reading->call, name, "'%s' must be %s, not '%.*s'", name, wanted,
                   TEXT_FMT(text_until_character(word, SHOWN_BYTES)));
}

bool reading_id(const struct reading *reading, text word, rid *id)
{
    word = text_trim(word);
    if (reading->resolve)
        return reading->resolve(reading->call, reading->field, word, id);
    if (text_to_int(word, id) && *id > 0)
        return true;
    return reading_fail(reading, word, "the number of a row");
}

bool reading_tag(const struct reading *reading, text tag, text *texts, uint32_t *count)
{
    text copy = call_text(reading->call, text_trim(tag));
    if (!copy.at)
        return false;
    char *at = (char *)(uintptr_t)copy.at;
    for (size_t i = 0; i < copy.size; i++)
        if (at[i] >= 'A' && at[i] <= 'Z')
            at[i] = (char)(at[i] - 'A' + 'a');
    for (uint32_t i = 0; i < *count; i++)
        if (text_equal(texts[i], copy))
            return true;
    const char *name = reading->field->name;
    if (*count == TAGS_MAX)
        return fail_at(reading->call, name, "'%s' takes at most %d words", name, TAGS_MAX);
    texts[(*count)++] = copy;
    return true;
}

bool reading_json(const struct reading *reading, const struct json *json, struct value *value)
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
