/* See content_key.h. */
#include "importers/content_key.h"

#include "base/hash.h"
#include "base/json_write.h"
#include "base/normal.h"

static int by_key(const void *a, const void *b)
{
    const struct json_member *const *one = a, *const *other = b;
    return text_compare((*one)->key, (*other)->key);
}

static bool write_value(struct call *call, struct json_writer *writer, const struct json *value);

static bool write_object(struct call *call, struct json_writer *writer, const struct json *value)
{
    const struct json_member **member = call_array(call, (size_t)value->count + 1, sizeof *member);
    if (!member)
        return false;
    for (uint32_t i = 0; i < value->count; i++)
        member[i] = &value->member[i];
    qsort(member, value->count, sizeof *member, by_key);
    json_object(writer);
    for (uint32_t i = 0; i < value->count; i++) {
        json_key_text(writer, normal_text(call, member[i]->key));
        if (!write_value(call, writer, &member[i]->value))
            return false;
    }
    json_object_end(writer);
    return true;
}

static bool write_list(struct call *call, struct json_writer *writer, const struct json *value)
{
    json_list(writer);
    for (uint32_t i = 0; i < value->count; i++)
        if (!write_value(call, writer, &value->item[i]))
            return false;
    json_list_end(writer);
    return true;
}

static bool write_value(struct call *call, struct json_writer *writer, const struct json *value)
{
    if (value->kind == JSON_OBJECT)
        return write_object(call, writer, value);
    if (value->kind == JSON_LIST)
        return write_list(call, writer, value);
    if (value->kind == JSON_TEXT)
        json_text(writer, normal_text(call, value->text));
    else
        json_tree(writer, value);
    return call->fail.kind == FAIL_NONE;
}

static text hash_words(struct call *call, const struct out *out)
{
    char hexadecimal[HASH_TEXT_SIZE];
    text words = out_view(out);
    if (!words.at || call->fail.kind != FAIL_NONE)
        return TEXT_NONE;
    struct hash hash = hash_sha256(words);
    hash_write(&hash, hexadecimal);
    return call_text(call, text_of(hexadecimal));
}

text content_key(struct call *call, const struct json *value)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    if (!value)
        json_null(&writer);
    bool is_written = !value || write_value(call, &writer, value);
    return is_written ? hash_words(call, &out) : TEXT_NONE;
}

text content_key_of(struct call *call, const struct content_part *part, size_t count)
{
    struct json object = { .kind = JSON_OBJECT };
    struct json_member *member = call_array(call, count + 1, sizeof *member);
    if (!member)
        return TEXT_NONE;
    for (size_t i = 0; i < count; i++)
        if (part[i].value)
            member[object.count++] = (struct json_member){ text_of(part[i].name), *part[i].value };
    object.member = member;
    return content_key(call, &object);
}
