/*
 * One column of one run as bytes for the store, and back: bits, reals, numbers or texts, one value
 * per dense case number. Lossless, and checked on the way back: damaged bytes are refused, never
 * half read. Knows no store; what a column means is its caller's matter.
 *
 * A packed column is a head of 16 bytes and a body; whole numbers are little endian.
 *   0  magic byte 0xC5
 *   1  version of the layout, 1
 *   2  kind (enum packed_kind)
 *   3  form: how the body holds the values, by kind
 *   4  packing: 0 = plain, 1 = zstd over the body; texts pack their parts and say so in the form
 *   5  zero, three bytes
 *   8  number of values, four bytes
 *   12 the low half of hash_quick of the body as stored, seeded by the first 12 bytes' hash
 *
 * `name` is the column's name in the sentence of a failure. Packed bytes and values live in the
 * call; values never point into the packed bytes. `count` on the way back is what the caller knows
 * from elsewhere (the cases of the run); a column of another count is damaged.
 */
#ifndef RONDO_COLUMN_H
#define RONDO_COLUMN_H

#include "engine/gathered_texts.h"

enum packed_kind { PACKED_BITS = 1, PACKED_REALS, PACKED_NUMBERS, PACKED_TEXTS };

/* A bitset (engine/bits.h) of `count` cases, stored raw. */
bool column_pack_bits(struct call *call, const uint64_t *word, uint32_t count, text *packed);
bool column_unpack_bits(struct call *call, const char *name, text packed, uint32_t count,
                        uint64_t **word);

/*
 * Reals, NAN = unknown: decimals of up to four places as 16-bit whole numbers where every value
 * survives that, else float where every value survives, else double. All unknown: TEXT_NONE.
 */
bool column_pack_reals(struct call *call, const double *value, uint32_t count, text *packed);
bool column_unpack_reals(struct call *call, const char *name, text packed, uint32_t count,
                         double **value);

/* Whole numbers, as 8, 16 or 32 bits by the largest. */
bool column_pack_numbers(struct call *call, const uint32_t *value, uint32_t count, text *packed);
bool column_unpack_numbers(struct call *call, const char *name, text packed, uint32_t count,
                           uint32_t **value);

/*
 * Texts, each distinct one stored once; TEXT_NONE and the empty text stay apart. Compressed when
 * that is smaller. All TEXT_NONE: TEXT_NONE. Refuses more than 1 GiB before compression.
 */
bool column_pack_texts(struct call *call, const char *name, const text *value, uint32_t count,
                       text *packed);

/*
 * The same of texts that were gathered and packed, each of them in `index`: 0 = no text, k = number
 * k - 1. They are not compressed again.
 */
bool column_pack_gathered(struct call *call, const char *name, const struct gathered_texts *texts,
                          const uint32_t *index, uint32_t count, text *packed);

/* Both come back as texts; a column that was not stored is all TEXT_NONE. */
bool column_unpack_texts(struct call *call, const char *name, text packed, uint32_t count,
                         text **value);

#endif
