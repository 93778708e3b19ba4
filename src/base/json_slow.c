/*
 * The slow JSON reader: recursive descent, one character at a time. It takes everything RFC 8259
 * takes, and also what real eval files hold: bare NaN, Infinity and -Infinity, and integers of any
 * length. What it refuses, it refuses with the place and what was expected there. Knows
 * nothing of simdjson.
 */
#include "base/json_read.h"
#include "base/json_settle.h"

#include <math.h>
#include <stdio.h>

/*
 * While a list or object is open, what it holds so far lies on `pending` (an item is a member
 * without a key); when it closes, its part is copied into a piece of the right size. So the arena
 * holds no half-grown lists.
 */
struct reader {
    struct call *call;
    text source;
    size_t at;
    int depth;
    struct json_notes notes;
    struct json_member *pending;
    size_t pending_count;
    size_t pending_room;
    char *texts; /* room for every text of the tree: none is longer than it was in the source */
    size_t texts_size;
};

enum { PLACE_SIZE = 64 };

/* "byte 12", or behind the first line "line 3, column 5", where an editor has it. */
static void write_place(const struct reader *reader, char place[PLACE_SIZE])
{
    size_t line = 1, column = 1;
    for (size_t i = 0; i < reader->at; i++) {
        unsigned char c = (unsigned char)reader->source.at[i];
        if (c == '\n') {
            line++;
            column = 1;
        } else if ((c & 0xc0) != 0x80) { /* no further byte of a character */
            column++;
        }
    }
    if (line == 1)
        snprintf(place, PLACE_SIZE, "byte %zu", reader->at);
    else
        snprintf(place, PLACE_SIZE, "line %zu, column %zu", line, column);
}

static bool refuse(struct reader *reader, const char *expected)
{
    char place[PLACE_SIZE];
    write_place(reader, place);
    reader->notes.is_broken = true;
    reader->notes.ends_early = reader->at >= reader->source.size;
    if (reader->notes.ends_early)
        return fail(reader->call, FAIL_INVALID,
                    "not JSON: expected %s at %s, but the text ends there", expected, place);
    unsigned char found = (unsigned char)reader->source.at[reader->at];
    if (found > 0x20 && found < 0x7f)
        return fail(reader->call, FAIL_INVALID, "not JSON: expected %s at %s, found '%c'", expected,
                    place, found);
    return fail(reader->call, FAIL_INVALID, "not JSON: expected %s at %s, found the byte 0x%02x",
                expected, place, found);
}

/* The byte at the place of reading, or -1 at the end. */
static int peek(const struct reader *reader)
{
    return reader->at < reader->source.size ? (unsigned char)reader->source.at[reader->at] : -1;
}

static bool accept(struct reader *reader, char c)
{
    if (peek(reader) != c)
        return false;
    reader->at++;
    return true;
}

static bool accept_word(struct reader *reader, text word)
{
    if (!text_starts(text_from(reader->source, reader->at), word))
        return false;
    reader->at += word.size;
    return true;
}

static void skip_blanks(struct reader *reader)
{
    int c = peek(reader);
    while (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        reader->at++;
        c = peek(reader);
    }
}

static text keep(struct reader *reader, text source)
{
    char *at = reader->texts + reader->texts_size;
    memcpy(at, source.at, source.size);
    reader->texts_size += source.size;
    return (text){ at, source.size };
}

static void keep_byte(struct reader *reader, uint32_t byte)
{
    reader->texts[reader->texts_size++] = (char)(unsigned char)byte;
}

static void keep_code_point(struct reader *reader, uint32_t code)
{
    if (code < 0x80) {
        keep_byte(reader, code);
    } else if (code < 0x800) {
        keep_byte(reader, 0xC0 | code >> 6);
        keep_byte(reader, 0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        keep_byte(reader, 0xE0 | code >> 12);
        keep_byte(reader, 0x80 | (code >> 6 & 0x3F));
        keep_byte(reader, 0x80 | (code & 0x3F));
    } else {
        keep_byte(reader, 0xF0 | code >> 18);
        keep_byte(reader, 0x80 | (code >> 12 & 0x3F));
        keep_byte(reader, 0x80 | (code >> 6 & 0x3F));
        keep_byte(reader, 0x80 | (code & 0x3F));
    }
}

static int hexadecimal_digit(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_four_digits(struct reader *reader, uint32_t *code)
{
    *code = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hexadecimal_digit(peek(reader));
        if (digit < 0)
            return refuse(reader, "four hexadecimal digits");
        *code = *code << 4 | (uint32_t)digit;
        reader->at++;
    }
    return true;
}

static bool is_high_surrogate(uint32_t code)
{
    return code >= 0xD800 && code <= 0xDBFF;
}

static bool is_low_surrogate(uint32_t code)
{
    return code >= 0xDC00 && code <= 0xDFFF;
}

/* After "\u". A character outside the first plane comes in two halves; half of one is no text. */
static bool read_code_point(struct reader *reader)
{
    uint32_t high, low;
    size_t start = reader->at - 2;
    if (!read_four_digits(reader, &high))
        return false;
    if (!is_high_surrogate(high) && !is_low_surrogate(high)) {
        keep_code_point(reader, high);
        return true;
    }
    if (is_high_surrogate(high) && accept_word(reader, TEXT("\\u"))) {
        if (!read_four_digits(reader, &low))
            return false;
        if (is_low_surrogate(low)) {
            keep_code_point(reader, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
            return true;
        }
    }
    reader->at = start;
    return refuse(reader, "both halves of a surrogate pair");
}

static const char escapes[128] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
};

/* After the backslash. */
static bool read_escape(struct reader *reader)
{
    int c = peek(reader);
    if (accept(reader, 'u'))
        return read_code_point(reader);
    if (c < 0 || c > 127 || !escapes[c])
        return refuse(reader, "one of \"\\/bfnrtu after a backslash");
    keep_byte(reader, (uint32_t)(unsigned char)escapes[c]);
    reader->at++;
    return true;
}

static bool read_character(struct reader *reader)
{
    text rest = text_from(reader->source, reader->at);
    size_t size = text_character(rest);
    if (size == 0)
        return refuse(reader, rest.size ? "valid UTF-8" : "the closing '\"' of a text");
    if ((unsigned char)rest.at[0] < 0x20)
        return refuse(reader, "an escape instead of a control character");
    keep(reader, text_until(rest, size));
    reader->at += size;
    return true;
}

/* After the opening quote. */
static bool read_text(struct reader *reader, text *value)
{
    size_t start = reader->texts_size;
    while (!accept(reader, '"')) {
        bool done = accept(reader, '\\') ? read_escape(reader) : read_character(reader);
        if (!done)
            return false;
    }
    *value = (text){ reader->texts + start, reader->texts_size - start };
    return true;
}

static bool skip_digits(struct reader *reader)
{
    size_t start = reader->at;
    while (peek(reader) >= '0' && peek(reader) <= '9')
        reader->at++;
    return reader->at > start || refuse(reader, "a digit");
}

/* Steps over a number; the grammar of RFC 8259, which forbids "01", "1." and ".5". */
static bool skip_number(struct reader *reader, bool *is_integer)
{
    *is_integer = true;
    if (!accept(reader, '0') && !skip_digits(reader))
        return false;
    if (accept(reader, '.')) {
        *is_integer = false;
        if (!skip_digits(reader))
            return false;
    }
    if (accept(reader, 'e') || accept(reader, 'E')) {
        *is_integer = false;
        if (!accept(reader, '-'))
            accept(reader, '+');
        return skip_digits(reader);
    }
    return true;
}

static bool read_integer(struct reader *reader, text digits, struct json *json)
{
    if (text_to_int(digits, &json->integer)) {
        json->kind = JSON_INT;
        return true;
    }
    json->kind = JSON_BIG_INT;
    json->text = keep(reader, digits);
    reader->notes.big_int = true;
    return true;
}

static bool read_real(struct reader *reader, text digits, struct json *json)
{
    struct arena_mark mark = arena_mark(&reader->call->arena);
    char *copy = call_string(reader->call, digits);
    if (!copy)
        return false;
    json->kind = JSON_REAL;
    json->real = strtod(copy, NULL);
    arena_rewind(&reader->call->arena, mark);
    if (isfinite(json->real))
        return true;
    reader->at -= digits.size;
    return refuse(reader, "a number that fits 64 bits");
}

static bool read_number(struct reader *reader, struct json *json)
{
    size_t start = reader->at;
    bool is_integer;
    accept(reader, '-');
    if (!skip_number(reader, &is_integer))
        return false;
    text digits = text_until(text_from(reader->source, start), reader->at - start);
    return is_integer ? read_integer(reader, digits, json) : read_real(reader, digits, json);
}

static bool push(struct reader *reader, struct json_member member)
{
    struct json_member *list = call_more(reader->call, reader->pending, reader->pending_count,
                                         &reader->pending_room, sizeof member);
    if (!list)
        return false;
    reader->pending = list;
    reader->pending[reader->pending_count++] = member;
    return true;
}

static bool read_value(struct reader *reader, struct json *json);

static bool read_item(struct reader *reader)
{
    struct json_member item = { .key = TEXT_NONE };
    return read_value(reader, &item.value) && push(reader, item);
}

static bool read_member(struct reader *reader)
{
    struct json_member member = { .key = TEXT_NONE };
    skip_blanks(reader);
    if (!accept(reader, '"'))
        return refuse(reader, "a key in '\"'");
    if (!read_text(reader, &member.key))
        return false;
    skip_blanks(reader);
    if (!accept(reader, ':'))
        return refuse(reader, "':' after the key");
    return read_value(reader, &member.value) && push(reader, member);
}

/* What the two containers differ in. */
struct container {
    char closing;
    const char *expected;
    bool (*read_one)(struct reader *reader);
};

static const struct container list_container = { ']', "',' or ']'", read_item };
static const struct container object_container = { '}', "',' or '}'", read_member };

/* After the opening bracket: pushes what is inside on `pending`. */
static bool read_inside(struct reader *reader, const struct container *container)
{
    skip_blanks(reader);
    if (accept(reader, container->closing))
        return true;
    do {
        if (!container->read_one(reader))
            return false;
        skip_blanks(reader);
    } while (accept(reader, ','));
    return accept(reader, container->closing) || refuse(reader, container->expected);
}

static bool take_list(struct reader *reader, size_t start, struct json *json)
{
    size_t count = reader->pending_count - start;
    struct json *item = call_array(reader->call, count, sizeof *item);
    if (!item)
        return false;
    for (size_t i = 0; i < count; i++)
        item[i] = reader->pending[start + i].value;
    json->kind = JSON_LIST;
    json->count = (uint32_t)count;
    json->item = item;
    return true;
}

static bool take_object(struct reader *reader, size_t start, struct json *json)
{
    size_t count = reader->pending_count - start;
    struct json_member *member = call_array(reader->call, count, sizeof *member);
    if (!member)
        return false;
    if (count)
        memcpy(member, reader->pending + start, count * sizeof *member);
    json->kind = JSON_OBJECT;
    json->count = (uint32_t)count;
    json->member = member;
    return json_settle(reader->call, member, &json->count, &reader->notes);
}

/* At the opening bracket. */
static bool read_container(struct reader *reader, bool is_object, struct json *json)
{
    size_t start = reader->pending_count;
    if (reader->depth == JSON_DEPTH_MAX) {
        char place[PLACE_SIZE];
        write_place(reader, place);
        return fail(reader->call, FAIL_INVALID,
                    "JSON nested more than %d levels deep at %s; flatten it", JSON_DEPTH_MAX,
                    place);
    }
    reader->depth++;
    reader->at++;
    if (!read_inside(reader, is_object ? &object_container : &list_container))
        return false;
    if (reader->pending_count - start > UINT32_MAX)
        return fail(reader->call, FAIL_TOO_LARGE,
                    "a JSON list or object holds more than 4294967295 items");
    bool done = is_object ? take_object(reader, start, json) : take_list(reader, start, json);
    reader->pending_count = start;
    reader->depth--;
    return done;
}

/* The values that are words. */
static const struct word {
    text word;
    struct json value;
} words[] = {
    { { "null", 4 }, { .kind = JSON_NULL } },
    { { "true", 4 }, { .kind = JSON_BOOL, .boolean = true } },
    { { "false", 5 }, { .kind = JSON_BOOL } },
    { { "NaN", 3 }, { .kind = JSON_NO_NUMBER } },
    { { "Infinity", 8 }, { .kind = JSON_NO_NUMBER } },
    { { "-Infinity", 9 }, { .kind = JSON_NO_NUMBER } },
};

static bool read_word(struct reader *reader, struct json *json)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!accept_word(reader, words[i].word))
            continue;
        *json = words[i].value;
        reader->notes.no_number = reader->notes.no_number || json->kind == JSON_NO_NUMBER;
        return true;
    }
    return false;
}

static bool read_value(struct reader *reader, struct json *json)
{
    skip_blanks(reader);
    int c = peek(reader);
    if (c == '{' || c == '[')
        return read_container(reader, c == '{', json);
    if (accept(reader, '"')) {
        json->kind = JSON_TEXT;
        return read_text(reader, &json->text);
    }
    if (read_word(reader, json))
        return true;
    return c == '-' || (c >= '0' && c <= '9') ? read_number(reader, json)
                                              : refuse(reader, "a value");
}

static void notes_add(struct json_notes *notes, struct json_notes found)
{
    if (!notes)
        return;
    notes->no_number = notes->no_number || found.no_number;
    notes->duplicate_key = notes->duplicate_key || found.duplicate_key;
    notes->big_int = notes->big_int || found.big_int;
}

bool json_read_slowly(struct call *call, text source, struct json *json, struct json_notes *notes)
{
    struct reader reader = { .call = call, .source = source };
    struct json read = { .kind = JSON_NULL };
    reader.texts = call_take(call, source.size + 1);
    if (!reader.texts)
        return false;
    bool is_read = read_value(&reader, &read);
    if (is_read)
        skip_blanks(&reader);
    if (is_read && reader.at < source.size)
        is_read = refuse(&reader, "the end of the text");
    if (is_read) {
        *json = read;
        notes_add(notes, reader.notes);
    } else if (notes) {
        notes->is_broken = reader.notes.is_broken;
        notes->ends_early = reader.notes.ends_early;
    }
    return is_read;
}
