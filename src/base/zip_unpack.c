/* See zip_unpack.h. Room grows while bytes come, so that a false size costs nothing. */
#include "base/zip_unpack.h"

#include <zlib.h>
#include <zstd.h>

enum { FIRST_ROOM = 64 * 1024, RATIO_MAX = 1000, MAGIC_SIZE = 4 };

#define ENTRY_MAX ((size_t)1024 * 1024 * 1024)
#define RATIO_FREE ((size_t)4 * 1024 * 1024) /* small entries may be as dense as they like */

struct unpacking {
    struct call *call;
    text packed;
    size_t at;   /* of the packed bytes, not used yet */
    size_t size; /* SIZE_MAX: not said */
    size_t size_max;
    char *room;
    size_t room_size;
    size_t filled;
};

size_t zip_unpack_max(size_t packed_size)
{
    size_t most = packed_size > ENTRY_MAX / RATIO_MAX ? ENTRY_MAX : packed_size * RATIO_MAX;
    return most > RATIO_FREE ? most : RATIO_FREE;
}

static bool refuse_size(struct unpacking *unpacking)
{
    if (unpacking->size != SIZE_MAX && unpacking->filled >= unpacking->size)
        return fail(unpacking->call, FAIL_INVALID, "it unpacks to more than the %zu bytes it says",
                    unpacking->size);
    return fail(unpacking->call, FAIL_TOO_LARGE,
                "it unpacks to more than %d times its size or 1 GiB, as archives do that are made "
                "to exhaust a machine",
                RATIO_MAX);
}

/* Room for at least one more byte: one more than may come, so that too much is seen. */
static bool room_prepare(struct unpacking *unpacking)
{
    size_t most = unpacking->size < unpacking->size_max ? unpacking->size : unpacking->size_max;
    if (unpacking->filled > most)
        return refuse_size(unpacking);
    if (unpacking->filled < unpacking->room_size)
        return true;
    size_t grown = unpacking->room_size ? 2 * unpacking->room_size : FIRST_ROOM;
    if (grown > most + 1)
        grown = most + 1;
    if (grown <= unpacking->room_size)
        return refuse_size(unpacking);
    char *room = call_grow_unset(unpacking->call, unpacking->room, unpacking->room_size, grown);
    if (!room)
        return false;
    unpacking->room = room;
    unpacking->room_size = grown;
    return true;
}

static bool refuse_damage(struct unpacking *unpacking)
{
    return fail(unpacking->call, FAIL_INVALID, "its packed bytes are damaged at byte %zu",
                unpacking->at);
}

/* --- stored --- */

static bool unpack_stored(struct unpacking *unpacking)
{
    if (unpacking->size != unpacking->packed.size)
        return fail(unpacking->call, FAIL_INVALID,
                    "it is stored as it is, and its two sizes differ");
    unpacking->room = (char *)call_text(unpacking->call, unpacking->packed).at;
    unpacking->filled = unpacking->at = unpacking->packed.size;
    return unpacking->room != NULL;
}

/* --- deflate --- */

static bool inflate_all(struct unpacking *unpacking, z_stream *stream)
{
    int step = Z_OK;
    while (step != Z_STREAM_END) {
        if (!room_prepare(unpacking))
            return false;
        size_t left = unpacking->packed.size - unpacking->at;
        size_t free_room = unpacking->room_size - unpacking->filled;
        stream->next_in = (unsigned char *)(uintptr_t)(unpacking->packed.at + unpacking->at);
        stream->avail_in = left > UINT32_MAX / 2 ? UINT32_MAX / 2 : (unsigned)left;
        stream->next_out = (unsigned char *)unpacking->room + unpacking->filled;
        stream->avail_out = free_room > UINT32_MAX / 2 ? UINT32_MAX / 2 : (unsigned)free_room;
        unsigned had_in = stream->avail_in, had_out = stream->avail_out;
        step = inflate(stream, Z_NO_FLUSH);
        unpacking->at += had_in - stream->avail_in;
        unpacking->filled += had_out - stream->avail_out;
        bool moved = had_in != stream->avail_in || had_out != stream->avail_out;
        if ((step != Z_OK && step != Z_STREAM_END) || (step == Z_OK && !moved))
            return refuse_damage(unpacking);
    }
    return true;
}

static bool unpack_deflated(struct unpacking *unpacking)
{
    z_stream stream = { 0 };
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return fail(unpacking->call, FAIL_INTERNAL, "no memory to unpack an archive");
    bool done = inflate_all(unpacking, &stream);
    inflateEnd(&stream);
    return done;
}

/* --- Zstandard --- */

/* A frame, or one that is to be skipped. */
static bool frame_follows(text rest)
{
    if (rest.size < MAGIC_SIZE)
        return false;
    const unsigned char *at = (const unsigned char *)rest.at;
    uint32_t magic =
        (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
    return magic == ZSTD_MAGICNUMBER ||
           (magic & ZSTD_MAGIC_SKIPPABLE_MASK) == ZSTD_MAGIC_SKIPPABLE_START;
}

static bool frame_unpack(struct unpacking *unpacking, ZSTD_DStream *stream)
{
    size_t step = 1;
    while (step != 0) {
        if (!room_prepare(unpacking))
            return false;
        ZSTD_inBuffer in = { unpacking->packed.at, unpacking->packed.size, unpacking->at };
        ZSTD_outBuffer out = { unpacking->room, unpacking->room_size, unpacking->filled };
        step = ZSTD_decompressStream(stream, &out, &in);
        bool moved = in.pos != unpacking->at || out.pos != unpacking->filled;
        unpacking->at = in.pos;
        unpacking->filled = out.pos;
        if (ZSTD_isError(step) || (step != 0 && !moved))
            return refuse_damage(unpacking);
    }
    return true;
}

static bool frames_unpack(struct unpacking *unpacking, ZSTD_DStream *stream)
{
    do {
        if (!frame_unpack(unpacking, stream))
            return false;
    } while (frame_follows(text_from(unpacking->packed, unpacking->at)));
    return true;
}

static bool unpack_zstandard(struct unpacking *unpacking)
{
    ZSTD_DStream *stream = ZSTD_createDStream();
    if (!stream)
        return fail(unpacking->call, FAIL_INTERNAL, "no memory to unpack an archive");
    bool done = frames_unpack(unpacking, stream);
    ZSTD_freeDStream(stream);
    return done;
}

static const struct method {
    int number;
    bool (*unpack)(struct unpacking *unpacking);
} methods[] = {
    { ZIP_STORED, unpack_stored },
    { ZIP_DEFLATED, unpack_deflated },
    { ZIP_ZSTANDARD, unpack_zstandard },
};

bool zip_unpack(struct call *call, int method, text packed, size_t size,
                struct zip_unpacked *unpacked)
{
    struct unpacking unpacking = { .call = call, .packed = packed, .size = size };
    unpacking.size_max = zip_unpack_max(packed.size);
    if (size != SIZE_MAX && size > unpacking.size_max)
        return refuse_size(&unpacking);
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (methods[i].number == method) {
            if (!methods[i].unpack(&unpacking))
                return false;
            unpacked->bytes = (text){ unpacking.room, unpacking.filled };
            unpacked->consumed = unpacking.at;
            return unpacking.filled <= size || refuse_size(&unpacking);
        }
    return fail(call, FAIL_INVALID,
                "it is packed with method %d; stored, deflate (8) and Zstandard (93) are read",
                method);
}
