/* See target.h. */
#include "http/target.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that the escape at the start of `source` stands for, or -1. */
static int escape_read(text source)
{
    if (source.size < 3)
        return -1;
    int high = hex_digit(source.at[1]);
    int low = hex_digit(source.at[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static bool fail_escape(struct call *call, text source)
{
    source = text_until_character(source, 3);
    return fail(call, FAIL_USAGE,
                "the address holds '%.*s', no percent escape: write '%%25' for a percent sign",
                TEXT_FMT(source));
}

/* Decodes into `room`, which has at least source.size bytes. */
static bool unescape(struct call *call, text source, bool plus_is_blank, char *room, size_t *size)
{
    *size = 0;
    for (size_t i = 0; i < source.size; i++) {
        char c = source.at[i];
        if (c == '%') {
            int byte = escape_read(text_from(source, i));
            if (byte < 0)
                return fail_escape(call, text_from(source, i));
            c = (char)byte;
            i += 2;
        } else if (c == '+' && plus_is_blank) {
            c = ' ';
        }
        room[(*size)++] = c;
    }
    return true;
}

static bool decode(struct call *call, text source, bool plus_is_blank, text *decoded)
{
    char *room = call_take(call, source.size + 1);
    size_t size;
    if (!room || !unescape(call, source, plus_is_blank, room, &size))
        return false;
    *decoded = (text){ room, size };
    if (size && memchr(room, '\0', size))
        return fail(call, FAIL_USAGE, "the address holds a NUL byte, which is not accepted");
    if (!text_is_utf8(*decoded))
        return fail(call, FAIL_USAGE,
                    "the address is not UTF-8 once its percent escapes are decoded");
    return true;
}

static bool query_read(struct call *call, text query, struct request *request)
{
    struct pair *pair = call_array(call, TARGET_PAIRS_MAX, sizeof *pair);
    if (!pair)
        return false;
    size_t count = 0;
    while (query.at) {
        text piece = text_cut(query, '&', &query);
        if (piece.size == 0)
            continue;
        if (count == TARGET_PAIRS_MAX)
            return fail(call, FAIL_USAGE, "the address holds more than %d query parameters",
                        TARGET_PAIRS_MAX);
        text value;
        text name = text_cut(piece, '=', &value);
        if (!value.at)
            value = TEXT("");
        if (!decode(call, name, true, &pair[count].name) ||
            !decode(call, value, true, &pair[count].value))
            return false;
        count++;
    }
    request->query = pair;
    request->query_count = count;
    return true;
}

bool target_read(struct call *call, struct request *request)
{
    text query;
    text path = text_cut(request->path, '?', &query);
    request->path = path;
    if (path.size == 0 || path.at[0] != '/')
        return fail(call, FAIL_USAGE, "the address does not begin with '/': give the path alone");
    if (path.size > TARGET_PATH_MAX)
        return fail(call, FAIL_TOO_LARGE, "the path is longer than %d bytes", TARGET_PATH_MAX);
    if (query.size > TARGET_QUERY_MAX)
        return fail(call, FAIL_TOO_LARGE, "the query is longer than %d bytes", TARGET_QUERY_MAX);
    return !query.at || query_read(call, query, request);
}

bool target_split(struct call *call, text path, struct target_segments *segments)
{
    segments->count = 0;
    text rest = text_from(path, 1);
    while (rest.at) {
        text piece = text_cut(rest, '/', &rest);
        if (segments->count == TARGET_SEGMENTS_MAX)
            return fail(call, FAIL_NOT_FOUND,
                        "the path has more than %d segments, and no page here has",
                        TARGET_SEGMENTS_MAX);
        if (!decode(call, piece, false, &segments->at[segments->count++]))
            return false;
    }
    return true;
}
