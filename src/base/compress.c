/*
 * See compress.h. One zstd frame per piece, with its size and a checksum: damage is noticed. To
 * open a packer costs more than to pack a small piece with it, so each thread keeps one; the key
 * exists only so that it is closed when its thread ends.
 */
#include "base/compress.h"

#include <pthread.h>
#include <zstd.h>

enum { COMPRESSION_LEVEL = 3 };

static pthread_key_t packer_key;
static pthread_once_t packer_once = PTHREAD_ONCE_INIT;

static void packer_close(void *kept)
{
    ZSTD_freeCCtx(kept);
}

static void packer_prepare(void)
{
    pthread_key_create(&packer_key, packer_close);
}

static ZSTD_CCtx *packer_of_thread(void)
{
    pthread_once(&packer_once, packer_prepare);
    ZSTD_CCtx *packer = pthread_getspecific(packer_key);
    if (packer)
        return packer;
    packer = ZSTD_createCCtx();
    if (!packer || pthread_setspecific(packer_key, packer) != 0) {
        ZSTD_freeCCtx(packer);
        return NULL;
    }
    ZSTD_CCtx_setParameter(packer, ZSTD_c_compressionLevel, COMPRESSION_LEVEL);
    ZSTD_CCtx_setParameter(packer, ZSTD_c_checksumFlag, 1);
    return packer;
}

bool compress(struct call *call, text plain, text *packed)
{
    ZSTD_CCtx *packer = packer_of_thread();
    size_t room_size = ZSTD_compressBound(plain.size);
    char *room = call_take_unset(call, room_size);
    if (!room)
        return false;
    size_t size = packer ? ZSTD_compress2(packer, room, room_size, plain.at, plain.size) : 0;
    if (size == 0 || ZSTD_isError(size))
        return fail(call, FAIL_INTERNAL, "no memory to compress %zu bytes", plain.size);
    arena_shrink(&call->arena, room, room_size, size);
    *packed = (text){ room, size };
    return true;
}

bool decompress_pieces(struct call *call, text packed, size_t size, text *plain)
{
    char *room = call_take_unset(call, size + 1);
    if (!room)
        return false;
    size_t got = ZSTD_decompress(room, size, packed.at, packed.size);
    if (ZSTD_isError(got) || got != size)
        return fail(call, FAIL_STORE, "a compressed piece of %zu bytes is damaged: %s", packed.size,
                    ZSTD_isError(got) ? ZSTD_getErrorName(got) : "it is too short");
    *plain = (text){ room, got };
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
    return decompress_pieces(call, packed, (size_t)size, plain);
}
