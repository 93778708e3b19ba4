/*
 * The texts of one kind (inputs, outputs) of one run while they are gathered: numbered from 0,
 * compressed piece by piece, so that a large import holds what it will store and not what it read.
 * What is compressed stays with the call; the rest grows on the heap.
 */
#ifndef RONDO_GATHERED_TEXTS_H
#define RONDO_GATHERED_TEXTS_H

#include "base/call.h"

/* Texts that are not compressed yet, one after the other; each distinct one once. */
struct open_texts {
    char *bytes;
    size_t size, room;
    uint32_t *at; /* where each begins */
    uint32_t count, at_room;
    uint32_t *place; /* hash places: index + 1, 0 = free; twice as many as at_room */
};

/* A zstd frame of texts. */
struct text_piece {
    text packed;
    size_t size; /* unpacked */
};

struct gathered_texts {
    uint32_t count, room;
    uint64_t *hash; /* of each: hash_quick with seed 0 */
    uint32_t *size; /* of each, in bytes */
    struct text_piece *piece;
    size_t piece_count, piece_room;
    struct open_texts open; /* the last ones, a piece later */
};

/*
 * What the runs of a file share: the texts packed last, because the inputs of one run are mostly
 * those of the run before and need not be compressed again. Zero-initialise; release.
 */
struct text_packer {
    struct open_texts last, spare;
    text last_packed;
};

void gathered_texts_release(struct gathered_texts *texts);
void text_packer_release(struct text_packer *packer);

/* The number of the text, new or one of the open ones; UINT32_MAX when the call has failed. */
uint32_t gathered_texts_add(struct call *call, struct gathered_texts *texts,
                            struct text_packer *packer, text value);

/* Compresses what is open. */
bool gathered_texts_pack(struct call *call, struct gathered_texts *texts,
                         struct text_packer *packer);

/* Whether two numbers, or UINT32_MAX for none, are of the same text: by size and hash. */
bool gathered_texts_equal(const struct gathered_texts *texts, uint32_t a, uint32_t b);

/* All texts by number, unpacked. NULL: the call has failed. */
const text *gathered_texts_view(struct call *call, const struct gathered_texts *texts);

#endif
