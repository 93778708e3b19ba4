/*
 * See json_write.h. Keeps commas, indentation and nesting, escapes texts and prints numbers; knows
 * nothing of what the JSON means. A writer used in the wrong order is our own mistake and stops at
 * an assertion.
 */
#include "base/json_write.h"

#include "base/json.h"
#include "base/stamp.h"

#include <assert.h>
#include <math.h>

void json_writer_init(struct json_writer *writer, struct out *out, bool is_pretty)
{
    *writer = (struct json_writer){ .out = out, .is_pretty = is_pretty };
}

/*
 * Where that many bytes can be written at once, or NULL: then they are written piece by piece. Most
 * of what is written is short, and asking once for all of it is what makes a long answer fast.
 */
static char *room_for(const struct out *out, size_t size)
{
    return !out->failed && out->room - out->size >= size ? out->at + out->size : NULL;
}

static void write_line_start(struct json_writer *writer)
{
    if (!writer->is_pretty)
        return;
    out_char(writer->out, '\n');
    out_repeat(writer->out, ' ', 2 * (size_t)writer->depth);
}

/* What stands before a key or an item: a comma unless it is the first, then perhaps a new line. */
static void write_separator(struct json_writer *writer)
{
    if (writer->depth == 0)
        return;
    bool *has_item = &writer->has_item[writer->depth - 1];
    size_t indent = writer->is_pretty ? 1 + 2 * (size_t)writer->depth : 0;
    char *at = *has_item ? room_for(writer->out, 1 + indent) : NULL;
    if (at) {
        *at = ',';
        if (indent) {
            at[1] = '\n';
            memset(at + 2, ' ', indent - 1);
        }
        writer->out->size += 1 + indent;
        return;
    }
    if (*has_item)
        out_char(writer->out, ',');
    *has_item = true;
    write_line_start(writer);
}

static void value_start(struct json_writer *writer)
{
    if (writer->after_key)
        writer->after_key = false;
    else
        write_separator(writer);
}

static void nest(struct json_writer *writer, char opening)
{
    value_start(writer);
    assert(writer->depth < JSON_WRITE_DEPTH_MAX);
    writer->has_item[writer->depth++] = false;
    out_char(writer->out, opening);
}

static void unnest(struct json_writer *writer, char closing)
{
    assert(writer->depth > 0 && !writer->after_key);
    writer->depth--;
    if (writer->has_item[writer->depth])
        write_line_start(writer);
    out_char(writer->out, closing);
}

void json_object(struct json_writer *writer)
{
    nest(writer, '{');
}

void json_object_end(struct json_writer *writer)
{
    unnest(writer, '}');
}

void json_list(struct json_writer *writer)
{
    nest(writer, '[');
}

void json_list_end(struct json_writer *writer)
{
    unnest(writer, ']');
}

/* The short escapes; every other control character becomes \u00XX. */
static const char *const short_escapes[128] = {
    ['"'] = "\\\"", ['\\'] = "\\\\", ['\n'] = "\\n", ['\r'] = "\\r",
    ['\t'] = "\\t", ['\b'] = "\\b",  ['\f'] = "\\f",
};

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && (unsigned char)c < 0x80 && c != '"' && c != '\\';
}

/* Writes the character at the start, which is not plain; returns how many bytes it took. */
static size_t write_character(struct out *out, text rest)
{
    unsigned char first = (unsigned char)rest.at[0];
    if (first < 0x80) {
        if (short_escapes[first])
            out_string(out, short_escapes[first]);
        else
            out_format(out, "\\u%04x", first);
        return 1;
    }
    size_t size = text_character(rest);
    out_text(out, size ? text_until(rest, size) : TEXT("\xEF\xBF\xBD"));
    return size ? size : 1;
}

static void write_quoted_slowly(struct out *out, text value)
{
    out_char(out, '"');
    while (value.size) {
        size_t plain = 0;
        while (plain < value.size && is_plain(value.at[plain]))
            plain++;
        out_text(out, text_until(value, plain));
        value = text_from(value, plain);
        if (value.size)
            value = text_from(value, write_character(out, value));
    }
    out_char(out, '"');
}

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/*
 * Whether each of eight characters is_plain; a byte too many is a slower way, never another text.
 */
static bool are_plain(uint64_t word)
{
    uint64_t quote = word ^ EACH_BYTE('"'), backslash = word ^ EACH_BYTE('\\');
    uint64_t odd = word | (word - EACH_BYTE(0x20)) | (quote - EACH_BYTE(1)) |
                   (backslash - EACH_BYTE(1));
    return (odd & EACH_BYTE(0x80)) == 0;
}

static bool copy_eight(char *to, const char *from)
{
    uint64_t word;
    memcpy(&word, from, sizeof word);
    memcpy(to, &word, sizeof word);
    return are_plain(word);
}

/* Four to eight characters as two fours that may overlap: most keys are that short. */
static bool copy_four_to_eight(char *to, text value)
{
    uint32_t first, last;
    memcpy(&first, value.at, sizeof first);
    memcpy(&last, value.at + value.size - sizeof last, sizeof last);
    memcpy(to, &first, sizeof first);
    memcpy(to + value.size - sizeof last, &last, sizeof last);
    return are_plain((uint64_t)first << 32 | last);
}

static bool copy_few(char *to, text value)
{
    for (size_t at = 0; at < value.size; at++) {
        if (!is_plain(value.at[at]))
            return false;
        to[at] = value.at[at];
    }
    return true;
}

/* Eight characters at a time, the last eight perhaps over some of those before. Whether all of them
 * were plain and are written. */
static bool copy_plain(char *to, text value)
{
    if (value.size < 4)
        return copy_few(to, value);
    if (value.size <= 8)
        return copy_four_to_eight(to, value);
    for (size_t at = 0; at < value.size - 8; at += 8)
        if (!copy_eight(to + at, value.at + at))
            return false;
    return copy_eight(to + value.size - 8, value.at + value.size - 8);
}

static void write_quoted(struct out *out, text value)
{
    char *at = room_for(out, value.size + 2);
    if (at && copy_plain(at + 1, value)) {
        at[0] = '"';
        at[value.size + 1] = '"';
        out->size += value.size + 2;
        return;
    }
    write_quoted_slowly(out, value);
}

/* The comma, the key and the colon at once, as most of them are; false: nothing is written yet. */
static bool write_key_at_once(struct json_writer *writer, text key)
{
    bool *has_item = &writer->has_item[writer->depth - 1];
    char *at = writer->is_pretty ? NULL : room_for(writer->out, key.size + sizeof ",\"\":");
    if (!at)
        return false;
    if (*has_item)
        *at++ = ',';
    if (!copy_plain(at + 1, key))
        return false;
    *at = '"';
    at += key.size + 1;
    *at++ = '"';
    *at++ = ':';
    *has_item = true;
    out_end(writer->out, at);
    return true;
}

void json_key_text(struct json_writer *writer, text key)
{
    assert(writer->depth > 0 && !writer->after_key);
    writer->after_key = true;
    if (write_key_at_once(writer, key))
        return;
    write_separator(writer);
    write_quoted(writer->out, key);
    out_text(writer->out, writer->is_pretty ? TEXT(": ") : TEXT(":"));
}

void json_key(struct json_writer *writer, const char *key)
{
    json_key_text(writer, text_of(key));
}

void json_raw(struct json_writer *writer, text json)
{
    value_start(writer);
    out_text(writer->out, json.at ? json : TEXT("null"));
}

char *json_raw_begin(struct json_writer *writer, size_t most)
{
    value_start(writer);
    return out_begin(writer->out, most);
}

void json_raw_end(struct json_writer *writer, const char *end)
{
    out_end(writer->out, end);
}

void json_null(struct json_writer *writer)
{
    json_raw(writer, TEXT("null"));
}

void json_bool(struct json_writer *writer, bool value)
{
    json_raw(writer, value ? TEXT("true") : TEXT("false"));
}

size_t json_int_write(int64_t value, char room[JSON_INT_SIZE])
{
    char digits[JSON_INT_SIZE], *end = digits + sizeof digits, *at = end;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        *--at = '-';
    memcpy(room, at, (size_t)(end - at));
    return (size_t)(end - at);
}

void json_int(struct json_writer *writer, int64_t value)
{
    char room[JSON_INT_SIZE];
    json_raw(writer, (text){ room, json_int_write(value, room) });
}

void json_real(struct json_writer *writer, double value)
{
    char room[32];
    if (!isfinite(value)) {
        json_null(writer);
        return;
    }
    int size = real_write(value, room);
    json_raw(writer, (text){ room, (size_t)size });
}

void json_text(struct json_writer *writer, text value)
{
    if (!value.at) {
        json_null(writer);
        return;
    }
    value_start(writer);
    write_quoted(writer->out, value);
}

void json_string(struct json_writer *writer, const char *value)
{
    json_text(writer, text_of(value));
}

void json_stamp(struct json_writer *writer, stamp value)
{
    char room[STAMP_TEXT_SIZE];
    if (value == 0) {
        json_null(writer);
        return;
    }
    int size = stamp_write(value, room);
    json_text(writer, (text){ room, (size_t)size });
}

static void write_list(struct json_writer *writer, const struct json *list)
{
    json_list(writer);
    for (uint32_t i = 0; i < list->count; i++)
        json_tree(writer, &list->item[i]);
    json_list_end(writer);
}

static void write_object(struct json_writer *writer, const struct json *object)
{
    json_object(writer);
    for (uint32_t i = 0; i < object->count; i++) {
        json_key_text(writer, object->member[i].key);
        json_tree(writer, &object->member[i].value);
    }
    json_object_end(writer);
}

void json_tree(struct json_writer *writer, const struct json *json)
{
    if (!json) {
        json_null(writer);
        return;
    }
    switch (json->kind) {
    case JSON_NULL:
    case JSON_NO_NUMBER: json_null(writer); break;
    case JSON_BOOL: json_bool(writer, json->boolean); break;
    case JSON_INT: json_int(writer, json->integer); break;
    case JSON_REAL: json_real(writer, json->real); break;
    case JSON_TEXT: json_text(writer, json->text); break;
    case JSON_BIG_INT: json_raw(writer, json->text); break;
    case JSON_LIST: write_list(writer, json); break;
    case JSON_OBJECT: write_object(writer, json); break;
    }
}

void json_put_bool(struct json_writer *writer, const char *key, bool value)
{
    json_key(writer, key);
    json_bool(writer, value);
}

void json_put_int(struct json_writer *writer, const char *key, int64_t value)
{
    json_key(writer, key);
    json_int(writer, value);
}

void json_put_real(struct json_writer *writer, const char *key, double value)
{
    json_key(writer, key);
    json_real(writer, value);
}

void json_put_known_real(struct json_writer *writer, const char *key, bool is_known, double value)
{
    json_put_real(writer, key, is_known ? value : NAN);
}

void json_put_text(struct json_writer *writer, const char *key, text value)
{
    json_key(writer, key);
    json_text(writer, value);
}

void json_put_string(struct json_writer *writer, const char *key, const char *value)
{
    json_key(writer, key);
    json_string(writer, value);
}

void json_put_stamp(struct json_writer *writer, const char *key, stamp value)
{
    json_key(writer, key);
    json_stamp(writer, value);
}

void json_put_null(struct json_writer *writer, const char *key)
{
    json_key(writer, key);
    json_null(writer);
}
