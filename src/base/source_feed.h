/*
 * Where a source gets its bytes from: a file or memory, digested as they come, and gunzipped when
 * they are gzip. Private to source.c and source_decode.c.
 *
 * States: unknown -> plain or gzip (decided by the first two bytes) -> end. A gzip stream that
 * stops early or is damaged ends there with `is_cut`, one that is followed by what is no gzip with
 * `had_junk`; what follows is still read, so that the digest covers the whole file.
 */
#ifndef RONDO_SOURCE_FEED_H
#define RONDO_SOURCE_FEED_H

#include "base/source_facts.h"

#include <nettle/sha2.h>
#include <zlib.h>

enum { SOURCE_CHUNK = 256 * 1024 };

enum source_form { SOURCE_UNKNOWN, SOURCE_PLAIN, SOURCE_GZIP };

struct source_feed {
    struct source_facts *facts; /* the source's; kept up to date here */
    int file;                   /* -1: memory */
    text memory;                /* what of it is not read yet */
    bool is_raw_ended;
    bool is_undigested; /* nobody asks for `facts->sha256`, which takes longer than to read */
    struct sha256_ctx digest;

    enum source_form form;
    unsigned char *raw; /* a chunk of bytes as they came; raw_at..raw_size is not used yet */
    size_t raw_at;
    size_t raw_size;

    z_stream unpacker;
    int64_t unpacked_bytes;
    bool is_between_members;
    bool is_unpacked;
};

/* Life cycle: open in one of two ways, read until `*got` is 0, close (also after a failed open). */
bool source_feed_open(struct call *call, struct source_feed *feed, const char *path);
bool source_feed_open_memory(struct call *call, struct source_feed *feed, text bytes);
void source_feed_close(struct source_feed *feed);

/* Up to `size` bytes; `*got` is 0 only at the end. */
bool source_feed_read(struct call *call, struct source_feed *feed, char *room, size_t size,
                      size_t *got);

#endif
