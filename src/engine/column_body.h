/*
 * For the files column*.c: the head around the body of a packed column, and whole numbers of one,
 * two, four or eight bytes. Knows no kinds: what a body means is told in column.h.
 */
#ifndef RONDO_COLUMN_BODY_H
#define RONDO_COLUMN_BODY_H

#include "base/call.h"

/* The largest body, before compression. */
enum { COLUMN_BODY_SIZE_MAX = 1 << 30 };

/* What the head says about a body. */
struct column_head {
    uint8_t kind, form;
    bool is_compressed;
    uint32_t count;
};

/* A zeroed body with room for the head before it; NULL when the call has failed. */
unsigned char *column_body_new(struct call *call, size_t size);

/* Writes the head before a body made by column_body_new. */
text column_body_seal(unsigned char *body, size_t size, struct column_head head);

/*
 * Checks the head and gives form and body. The body points into `packed` unless it was compressed.
 * False: the call has failed.
 */
bool column_body_open(struct call *call, const char *name, text packed, uint8_t kind,
                      uint32_t count, uint8_t *form, text *body);

/* Fails the call: the bytes are not what was packed. */
bool column_body_damaged(struct call *call, const char *name);

/* The fewest bytes (1, 2 or 4) that hold `largest`. */
uint8_t column_body_width(uint32_t largest);

/* Little endian, spelled so that the compiler makes one load or store of it. */
static inline uint64_t column_body_read(const unsigned char *at, size_t width)
{
    uint64_t value = at[0];
    if (width >= 2)
        value |= (uint64_t)at[1] << 8;
    if (width >= 4)
        value |= (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24;
    if (width == 8)
        value |= (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
                 (uint64_t)at[7] << 56;
    return value;
}

static inline void column_body_write(unsigned char *at, uint64_t value, size_t width)
{
    for (size_t i = 0; i < width; i++)
        at[i] = (unsigned char)(value >> 8 * i);
}

#endif
