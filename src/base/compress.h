/* zstd, for what is stored and seldom read. A compressed piece knows its own size. */
#ifndef RONDO_COMPRESS_H
#define RONDO_COMPRESS_H

#include "base/call.h"

bool compress(struct call *call, text plain, text *packed);

/* Several pieces, one after the other, that unpack to `size` bytes in all; refuses damaged ones. */
bool decompress_pieces(struct call *call, text packed, size_t size, text *plain);

/* Refuses damaged pieces and pieces that claim more than `size_max` bytes. */
bool decompress(struct call *call, text packed, size_t size_max, text *plain);

#endif
