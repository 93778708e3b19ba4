/*
 * The bytes of one entry of an archive, unpacked. Private to zip.c, which knows the headers.
 */
#ifndef RONDO_ZIP_UNPACK_H
#define RONDO_ZIP_UNPACK_H

#include "base/call.h"

enum zip_method { ZIP_STORED = 0, ZIP_DEFLATED = 8, ZIP_ZSTANDARD = 93 };

struct zip_unpacked {
    text bytes;
    size_t consumed; /* of the packed bytes; less than all when the stream ended before them */
};

/*
 * `size` is what the entry says it unpacks to, or SIZE_MAX when it does not say; more is refused.
 * Failures say what is wrong and not of what: the caller names the entry.
 */
bool zip_unpack(struct call *call, int method, text packed, size_t size,
                struct zip_unpacked *unpacked);

/* The most that `packed_size` bytes may become. */
size_t zip_unpack_max(size_t packed_size);

#endif
