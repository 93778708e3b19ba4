/* See compress.h. One zstd frame per piece, with its size and a checksum: damage is noticed. */
#include "base/compress.h"

#include <zstd.h>

enum { COMPRESSION_LEVEL = 3 };

static size_t compress_into(char *room, size_t room_size, text plain)
{
    ZSTD_CCtx *context = ZSTD_createCCtx();
    if (!context)
        return 0;
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, COMPRESSION_LEVEL);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    size_t size = ZSTD_compress2(context, room, room_size, plain.at, plain.size);
    ZSTD_freeCCtx(context);
    return ZSTD_isError(size) ? 0 : size;
}

bool compress(struct call *call, text plain, text *packed)
{
    size_t room_size = ZSTD_compressBound(plain.size);
    char *room = call_take(call, room_size);
    if (!room)
        return false;
    size_t size = compress_into(room, room_size, plain);
    if (size == 0)
        return fail(call, FAIL_INTERNAL, "no memory to compress %zu bytes", plain.size);
    *packed = (text){ room, size };
    return true;
}

bool decompress(struct call *call, text packed, size_t size_max, text *plain)
{
    unsigned long long size = ZSTD_getFrameContentSize(packed.at, packed.size);
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
        return fail(call, FAIL_STORE,
                    "a compressed piece of %zu bytes is damaged: no size at its start",
                    packed.size);
    if (size > size_max)
        return fail(call, FAIL_TOO_LARGE,
                    "a compressed piece unpacks to %llu bytes, more than the %zu allowed", size,
                    size_max);
    char *room = call_take(call, (size_t)size + 1);
    if (!room)
        return false;
    size_t got = ZSTD_decompress(room, (size_t)size, packed.at, packed.size);
    if (ZSTD_isError(got) || got != size)
        return fail(call, FAIL_STORE, "a compressed piece of %zu bytes is damaged: %s", packed.size,
                    ZSTD_isError(got) ? ZSTD_getErrorName(got) : "it is too short");
    *plain = (text){ room, got };
    return true;
}
