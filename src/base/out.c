/* See out.h. */
#include "base/out.h"

#include <errno.h>
#include <stdarg.h>

enum { OUT_ROOM_FIRST = 512, OUT_STREAM_ROOM = 16 * 1024 };

void out_init(struct out *out, struct call *call)
{
    *out = (struct out){ .call = call };
}

void out_init_stream(struct out *out, struct call *call, FILE *stream)
{
    *out = (struct out){ .call = call, .stream = stream };
}

static bool stream_write(struct out *out, text bytes)
{
    if (bytes.size && fwrite(bytes.at, 1, bytes.size, out->stream) != bytes.size) {
        out->failed = true;
        fail(out->call, FAIL_STORE, "cannot write the output: %s", strerror(errno));
    }
    return !out->failed;
}

static bool out_drain(struct out *out)
{
    bool is_written = stream_write(out, (text){ out->at, out->size });
    out->size = 0;
    return is_written;
}

static bool out_grow(struct out *out, size_t room)
{
    char *grown = call_grow_unset(out->call, out->at, out->room, room);
    if (!grown) {
        out->failed = true;
        return false;
    }
    out->at = grown;
    out->room = room;
    return true;
}

static bool out_make_room(struct out *out, size_t more)
{
    if (out->stream && out->size >= OUT_STREAM_ROOM && !out_drain(out))
        return false;
    if (out->room - out->size >= more)
        return true;
    size_t room = out->room ? out->room * 2 : OUT_ROOM_FIRST;
    while (room - out->size < more)
        room *= 2;
    return out_grow(out, room);
}

void out_expect(struct out *out, size_t more)
{
    size_t room = out->size + more;
    if (!out->stream && !out->failed && out->room < room &&
        arena_has_room(&out->call->arena, 2 * room))
        out_grow(out, room);
}

/* Room for `more` bytes; false when the sink has failed, now or before. */
static inline bool out_reserve(struct out *out, size_t more)
{
    return !out->failed && (out->room - out->size >= more || out_make_room(out, more));
}

char *out_begin(struct out *out, size_t most)
{
    return out_reserve(out, most) ? out->at + out->size : NULL;
}

void out_end(struct out *out, const char *end)
{
    out->size = (size_t)(end - out->at);
}

void out_text(struct out *out, text bytes)
{
    if (out->stream && bytes.size >= OUT_STREAM_ROOM) { /* it need not be copied first */
        if (!out->failed && out_drain(out))
            stream_write(out, bytes);
        return;
    }
    if (bytes.size == 0 || !out_reserve(out, bytes.size))
        return;
    memcpy(out->at + out->size, bytes.at, bytes.size);
    out->size += bytes.size;
}

void out_string(struct out *out, const char *string)
{
    out_text(out, text_of(string));
}

void out_char(struct out *out, char c)
{
    if (out_reserve(out, 1))
        out->at[out->size++] = c;
}

void out_repeat(struct out *out, char c, size_t n)
{
    if (n == 0 || !out_reserve(out, n))
        return;
    memset(out->at + out->size, c, n);
    out->size += n;
}

/* Written where there is room at once; only what did not fit is written a second time. */
void out_format(struct out *out, const char *format, ...)
{
    va_list arguments;
    size_t room = out->failed ? 0 : out->room - out->size;
    va_start(arguments, format);
    int size = vsnprintf(room ? out->at + out->size : NULL, room, format, arguments);
    va_end(arguments);
    if (size < 0 || !out_reserve(out, (size_t)size + 1))
        return;
    if ((size_t)size >= room) {
        va_start(arguments, format);
        vsnprintf(out->at + out->size, (size_t)size + 1, format, arguments);
        va_end(arguments);
    }
    out->size += (size_t)size;
}

bool out_flush(struct out *out)
{
    if (!out->stream || out->failed)
        return !out->failed;
    if (!out_drain(out))
        return false;
    if (fflush(out->stream) != 0) {
        out->failed = true;
        return fail(out->call, FAIL_STORE, "cannot write the output: %s", strerror(errno));
    }
    return true;
}

text out_view(const struct out *out)
{
    if (out->failed)
        return TEXT_NONE;
    return out->at ? (text){ out->at, out->size } : TEXT("");
}
