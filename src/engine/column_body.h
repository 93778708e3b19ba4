/*
 * For the files column*.c only: the head around a body, and whole numbers of one, two or four
 * bytes.
 */
#ifndef RONDO_COLUMN_BODY_H
#define RONDO_COLUMN_BODY_H

#include "engine/column.h"

/* A zeroed body with room for the head before it; NULL when the call has failed. */
unsigned char *column_body_new(struct call *call, size_t size);

/* Writes the head before a body made by column_body_new. */
text column_body_seal(unsigned char *body, size_t size, enum column_kind kind, uint8_t form,
                      bool is_compressed, uint32_t count);

/* Checks the head and gives form and body, decompressed; false: the call has failed. */
bool column_body_open(struct call *call, const char *name, text packed, enum column_kind kind,
                      uint32_t count, uint8_t *form, text *body);

/* Fails the call: the bytes are not what was packed. */
bool column_damaged(struct call *call, const char *name);

/* The fewest bytes (1, 2 or 4) that hold `largest`. */
uint8_t column_width(uint32_t largest);

/* `width` is 1, 2, 4 or 8. */
void column_write(unsigned char *at, uint64_t value, size_t width);
uint64_t column_read(const unsigned char *at, size_t width);

#endif
