/*
 * See json_line.h. Every function takes the place of reading and gives the place behind what it
 * read, or NULL: declined.
 *
 * Where the end is: the last byte is a '}', which neither blanks nor numbers nor words pass over.
 * So only texts and words look for the end, and an inner bracket that closes there is declined.
 * Texts are looked at and copied a step of bytes at a time: what a copy wrote too much is written
 * over by the next one.
 */
#include "base/json_line.h"

#include "base/json_settle.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { SIZE_MAX_READ = 64 * 1024, LEVELS_MAX = 8, PENDING_MAX = 64, STEP = 16 };

/* What is in an open list or object lies on `pending`; an item is a member without a key. */
struct reader {
    struct call *call;
    const char *end;
    char *texts; /* where the next text goes */
    int level;
    bool is_failed; /* the call has no memory */
    struct json_notes notes;
    uint32_t pending_count;
    struct json_member pending[PENDING_MAX];
};

static const char *read_value(struct reader *reader, const char *at, struct json *json);

static const char *skip_blanks(const char *at)
{
    while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')
        at++;
    return at;
}

/* ---- texts ---- */

/* Copies STEP bytes and tells how many of them come before a '"', a '\\', a control, or any byte
 * beyond ASCII. */
static size_t copy_step(const char *from, char *to)
{
#ifdef __SSE2__
    const __m128i bytes = _mm_loadu_si128((const __m128i *)from);
    const __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                      _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    const __m128i below = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)); /* signed: beyond ASCII too */
    const int found = _mm_movemask_epi8(_mm_or_si128(ends, below));
    _mm_storeu_si128((__m128i *)to, bytes);
    return (size_t)__builtin_ctz((unsigned)found | 1u << STEP);
#else
    size_t plain = 0;
    while (plain < STEP && from[plain] != '"' && from[plain] != '\\' &&
           (unsigned char)(from[plain] - 0x20) < 0x60)
        plain++;
    memcpy(to, from, STEP);
    return plain;
#endif
}

/* The last bytes of the source are copied into a step of their own; its zeros are controls. */
static size_t copy_plain(const char *from, const char *end, char *to)
{
    size_t size = 0, step = STEP;
    while (step == STEP && (size_t)(end - from) - size >= STEP) {
        step = copy_step(from + size, to + size);
        size += step;
    }
    if (step < STEP)
        return size;
    char last[STEP] = { 0 };
    memcpy(last, from + size, (size_t)(end - from) - size);
    return size + copy_step(last, to + size);
}

static const char escapes[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
};

/* Where plain bytes ended: an escape or one character. */
static const char *copy_character(const char *at, const char *end, char **to)
{
    if (*at == '\\') {
        char meant = end - at > 1 ? escapes[(unsigned char)at[1]] : '\0';
        *(*to)++ = meant;
        return meant ? at + 2 : NULL;
    }
    size_t size = text_character((text){ at, (size_t)(end - at) });
    if ((unsigned char)*at < 0x20 || size == 0)
        return NULL;
    memcpy(*to, at, size);
    *to += size;
    return at + size;
}

/* After the opening quote. */
static const char *read_text(struct reader *reader, const char *at, text *value)
{
    const char *end = reader->end;
    char *to = reader->texts;
    while (at) {
        size_t size = copy_plain(at, end, to);
        at += size;
        to += size;
        if (at == end)
            return NULL;
        if (*at == '"')
            break;
        at = copy_character(at, end, &to);
    }
    *value = (text){ reader->texts, (size_t)(to - reader->texts) };
    reader->texts = to;
    return at ? at + 1 : NULL;
}

/* ---- numbers and words ---- */

enum { DIGITS_MAX = 18 };             /* so many always fit 64 bits */
#define EXACT_MAX ((uint64_t)1 << 53) /* up to here a double is any whole number */

/* Doubles exactly, as is every power of ten up to 1e22. */
static const double powers[DIGITS_MAX + 1] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,
                                               1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13,
                                               1e14, 1e15, 1e16, 1e17, 1e18 };

/* Goes on with `sum`, modulo 2^64. */
static const char *read_digits(const char *at, uint64_t *sum)
{
    for (; *at >= '0' && *at <= '9'; at++)
        *sum = *sum * 10 + (uint64_t)(*at - '0');
    return at;
}

/* A quotient of two exact doubles is the nearest double, as strtod's (Clinger 1990). */
static const char *read_number(const char *at, struct json *json)
{
    bool is_negative = *at == '-';
    const char *first = at + is_negative;
    uint64_t digits = 0;
    at = read_digits(first, &digits);
    ptrdiff_t whole = at - first;
    if (whole == 0 || whole > DIGITS_MAX || (*first == '0' && whole > 1))
        return NULL;
    if (*at != '.') {
        json->kind = JSON_INT;
        json->integer = is_negative ? -(int64_t)digits : (int64_t)digits;
        return (*at | 0x20) == 'e' ? NULL : at;
    }
    const char *point = at;
    at = read_digits(point + 1, &digits);
    ptrdiff_t places = at - point - 1;
    if (places == 0 || whole + places > DIGITS_MAX || digits > EXACT_MAX)
        return NULL;
    double value = (double)digits / powers[places];
    json->kind = JSON_REAL;
    json->real = is_negative ? -value : value;
    return (*at | 0x20) == 'e' ? NULL : at;
}

static const char *read_word(const struct reader *reader, const char *at, text word)
{
    return (size_t)(reader->end - at) > word.size && memcmp(at, word.at, word.size) == 0
               ? at + word.size
               : NULL;
}

/* ---- lists and objects ---- */

/* After its opening quote. */
static const char *read_key(struct reader *reader, const char *at, text *key)
{
    at = read_text(reader, at, key);
    at = at ? skip_blanks(at) : NULL;
    return at && *at == ':' ? skip_blanks(at + 1) : NULL;
}

static const char *read_member(struct reader *reader, const char *at, bool has_key)
{
    if (reader->pending_count == PENDING_MAX)
        return NULL;
    struct json_member *member = &reader->pending[reader->pending_count++];
    *member = (struct json_member){ .key = TEXT_NONE };
    if (has_key)
        at = *at == '"' ? read_key(reader, at + 1, &member->key) : NULL;
    at = at ? read_value(reader, at, &member->value) : NULL;
    return at && at < reader->end ? skip_blanks(at) : NULL;
}

static bool take_list(struct reader *reader, uint32_t start, struct json *json)
{
    uint32_t count = reader->pending_count - start;
    struct json *item = call_array(reader->call, count, sizeof *item);
    for (uint32_t i = 0; item && i < count; i++)
        item[i] = reader->pending[start + i].value;
    *json = (struct json){ .kind = JSON_LIST, .count = count, .item = item };
    return item != NULL;
}

static bool take_object(struct reader *reader, uint32_t start, struct json *json)
{
    uint32_t count = reader->pending_count - start;
    size_t size = count * sizeof(struct json_member);
    struct json_member *member = call_take_unset(reader->call, size);
    if (!member)
        return false;
    memcpy(member, reader->pending + start, size);
    *json = (struct json){ .kind = JSON_OBJECT, .count = count, .member = member };
    return json_settle(reader->call, member, &json->count, &reader->notes);
}

/* At the opening bracket. */
static const char *read_container(struct reader *reader, const char *at, struct json *json)
{
    bool is_object = *at == '{';
    const char closing = is_object ? '}' : ']';
    uint32_t start = reader->pending_count;
    if (++reader->level > LEVELS_MAX)
        return NULL;
    at = skip_blanks(at + 1);
    bool is_closed = *at == closing;
    while (!is_closed) {
        at = read_member(reader, at, is_object);
        if (!at)
            return NULL;
        is_closed = *at == closing;
        if (!is_closed && *at != ',')
            return NULL;
        at = is_closed ? at : skip_blanks(at + 1);
    }
    reader->level--;
    reader->is_failed = !(is_object ? take_object : take_list)(reader, start, json);
    reader->pending_count = start;
    return reader->is_failed ? NULL : at + 1;
}

static const char *read_value(struct reader *reader, const char *at, struct json *json)
{
    switch (*at) {
    case '"':
        json->kind = JSON_TEXT;
        return read_text(reader, at + 1, &json->text);
    case '{':
    case '[':
        return read_container(reader, at, json);
    case 't':
    case 'f':
        *json = (struct json){ .kind = JSON_BOOL, .boolean = *at == 't' };
        return read_word(reader, at, json->boolean ? TEXT("true") : TEXT("false"));
    case 'n':
        json->kind = JSON_NULL;
        return read_word(reader, at, TEXT("null"));
    default:
        return read_number(at, json);
    }
}

enum json_line json_line_read(struct call *call, text source, struct json *json,
                              struct json_notes *notes)
{
    struct reader reader; /* `pending` is large and is not cleared */
    if (source.size < 2 || source.size > SIZE_MAX_READ || source.at[0] != '{' ||
        source.at[source.size - 1] != '}')
        return JSON_LINE_DECLINED;
    reader.call = call;
    reader.end = source.at + source.size;
    reader.texts = call_take_unset(call, source.size + STEP);
    reader.level = 0;
    reader.is_failed = !reader.texts;
    reader.notes = (struct json_notes){ .no_number = false };
    reader.pending_count = 0;
    struct json read = { .kind = JSON_NULL };
    const char *at = reader.is_failed ? NULL : read_container(&reader, source.at, &read);
    if (at != reader.end)
        return reader.is_failed ? JSON_LINE_FAILED : JSON_LINE_DECLINED;
    *json = read;
    if (notes)
        notes->duplicate_key = notes->duplicate_key || reader.notes.duplicate_key;
    return JSON_LINE_DONE;
}
