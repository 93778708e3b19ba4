/*
 * See source.h. Here is the window on the decoded bytes and the cutting into lines; where the bytes
 * come from is in source_feed.c, other encodings are in source_decode.c.
 *
 * Invariants: window[start..end) is what was read and not given out yet; of it, `searched` bytes
 * are known to hold no line end. Lines are views into the window: it moves only when more is read.
 */
#include "base/source.h"

#include "base/source_decode.h"

struct source {
    struct source_facts facts;
    char *name;
    struct source_feed feed;
    struct source_decode *decode; /* NULL: UTF-8 */
    char *window;
    size_t room;
    size_t start;
    size_t end;
    size_t searched;
    bool is_begun;
    bool is_ended; /* nothing more will come into the window */
};

static struct source *source_new(struct call *call, const char *name)
{
    struct source *source = calloc(1, sizeof *source);
    char *copy = strdup(name);
    if (!source || !copy) {
        free(source);
        free(copy);
        fail(call, FAIL_INTERNAL, "no memory to read '%s'", name);
        return NULL;
    }
    source->name = copy;
    source->facts.name = copy;
    source->feed.facts = &source->facts;
    source->feed.file = -1;
    return source;
}

static bool prepare_decoding(struct call *call, struct source *source, text encoding)
{
    if (source_decode_is_none(encoding))
        return true;
    source->decode = source_decode_open(call, source->name, encoding);
    return source->decode != NULL;
}

struct source *source_open(struct call *call, const char *path, text encoding)
{
    struct source *source = source_new(call, strcmp(path, "-") == 0 ? "standard input" : path);
    if (!source)
        return NULL;
    source->facts.is_named_file = strcmp(path, "-") != 0;
    if (source_feed_open(call, &source->feed, path) && prepare_decoding(call, source, encoding))
        return source;
    source_close(source);
    return NULL;
}

struct source *source_open_memory(struct call *call, const char *name, text bytes, text encoding)
{
    struct source *source = source_new(call, name);
    if (!source)
        return NULL;
    if (source_feed_open_memory(call, &source->feed, bytes) &&
        prepare_decoding(call, source, encoding))
        return source;
    source_close(source);
    return NULL;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    source_feed_close(&source->feed);
    source_decode_close(source->decode);
    free(source->window);
    free(source->name);
    free(source);
}

const struct source_facts *source_facts(const struct source *source)
{
    return &source->facts;
}

/* Room for more: what is left moves to the front; a window that it half fills is doubled. */
static bool window_prepare(struct call *call, struct source *source)
{
    size_t left = source->end - source->start;
    if (left && source->start)
        memmove(source->window, source->window + source->start, left);
    source->start = 0;
    source->end = left;
    if (source->room && left <= source->room / 2)
        return true;
    size_t room = source->room ? source->room * 2 : 2 * (size_t)SOURCE_CHUNK;
    char *grown = realloc(source->window, room);
    if (!grown)
        return fail(call, FAIL_INTERNAL, "no memory to read '%s'", source->name);
    source->window = grown;
    source->room = room;
    return true;
}

static bool window_fill(struct call *call, struct source *source)
{
    if (!window_prepare(call, source))
        return false;
    char *room = source->window + source->end;
    size_t size = source->room - source->end;
    size_t got;
    if (size > SOURCE_CHUNK) /* small enough to stay in the processor's cache */
        size = SOURCE_CHUNK;
    bool done = source->decode
                    ? source_decode_read(call, source->decode, &source->feed, room, size, &got)
                    : source_feed_read(call, &source->feed, room, size, &got);
    if (!done)
        return false;
    source->end += got;
    source->is_ended = got == 0;
    return true;
}

static text window_view(const struct source *source)
{
    if (!source->window)
        return TEXT("");
    return (text){ source->window + source->start, source->end - source->start };
}

/* Fills until the window holds `size` bytes or everything. */
static bool window_want(struct call *call, struct source *source, size_t size)
{
    while (window_view(source).size < size && !source->is_ended)
        if (!window_fill(call, source))
            return false;
    return true;
}

static bool source_begin(struct call *call, struct source *source)
{
    text bom = TEXT("\xEF\xBB\xBF");
    if (source->is_begun)
        return true;
    if (!window_want(call, source, bom.size))
        return false;
    source->is_begun = true;
    source->facts.had_bom = text_starts(window_view(source), bom);
    if (source->facts.had_bom)
        source->start += bom.size;
    return true;
}

bool source_peek(struct call *call, struct source *source, size_t size, text *head)
{
    if (!source_begin(call, source) || !window_want(call, source, size))
        return false;
    *head = text_until(window_view(source), size);
    return true;
}

bool source_rest(struct call *call, struct source *source, size_t size_max, text *bytes)
{
    if (!source_begin(call, source))
        return false;
    while (!source->is_ended && window_view(source).size <= size_max)
        if (!window_fill(call, source))
            return false;
    text rest = window_view(source);
    if (rest.size > size_max)
        return fail(call, FAIL_TOO_LARGE,
                    "'%s' holds more than the %zu bytes that are read at once; split it",
                    source->name, size_max);
    *bytes = rest;
    source->start = source->end;
    source->searched = 0;
    return true;
}

/* The place of the next LF, or NULL when none came before the end or a line is too long for one. */
static bool line_find(struct call *call, struct source *source, const char **hit)
{
    for (;;) {
        text rest = text_from(window_view(source), source->searched);
        *hit = rest.size ? memchr(rest.at, '\n', rest.size) : NULL;
        source->searched += rest.size;
        if (*hit || source->is_ended || source->searched > SOURCE_LINE_MAX)
            return true;
        if (!window_fill(call, source))
            return false;
    }
}

static text line_take(struct source *source, const char *hit)
{
    text line = window_view(source);
    if (hit)
        line = text_until(line, (size_t)(hit - line.at));
    source->start += line.size + (hit ? 1 : 0);
    source->searched = 0;
    if (hit && line.size && line.at[line.size - 1] == '\r') {
        line.size--;
        source->facts.had_crlf = true;
    }
    return line;
}

enum source_step source_line(struct call *call, struct source *source, text *line, bool *ended)
{
    const char *hit;
    if (!source_begin(call, source) || !line_find(call, source, &hit))
        return SOURCE_FAILED;
    text rest = window_view(source);
    if (rest.size == 0)
        return SOURCE_END;
    if ((hit ? (size_t)(hit - rest.at) : rest.size) > SOURCE_LINE_MAX) {
        fail(call, FAIL_TOO_LARGE, "line %lld of '%s' is longer than %zu MiB; break it up",
             (long long)source->facts.line + 1, source->name, SOURCE_LINE_MAX >> 20);
        return SOURCE_FAILED;
    }
    source->facts.line++;
    *ended = hit != NULL;
    *line = line_take(source, hit);
    return SOURCE_LINE;
}

bool source_whole(struct call *call, text path, size_t size_max, text *bytes)
{
    char *name = call_string(call, path);
    struct source *source = name ? source_open(call, name, TEXT_NONE) : NULL;
    if (source)
        source->feed.is_undigested = true;
    bool done = source && source_rest(call, source, size_max, bytes);
    *bytes = done ? call_text(call, *bytes) : TEXT_NONE; /* it goes with its source */
    if (source)
        source_close(source);
    return bytes->at != NULL;
}
