/*
 * Distinct texts, numbered from 0 in the order of their first appearance: case keys, slices,
 * failures. The texts are copied into the call's memory; the hash places are the lexicon's own.
 */
#ifndef RONDO_LEXICON_H
#define RONDO_LEXICON_H

#include "base/call.h"

enum { LEXICON_NONE = UINT32_MAX };

struct lexicon {
    text *word;
    uint64_t *hash;
    uint32_t count, room;
    uint32_t *place; /* hash places: number + 1, 0 = free; twice as many as room */
};

/* Zero-initialise, then add; release gives the heap memory back (the texts stay with the call). */
void lexicon_release(struct lexicon *lexicon);

/* The number of the word, new or known; LEXICON_NONE when the call has failed. */
uint32_t lexicon_add(struct call *call, struct lexicon *lexicon, text word);

/* The number of a known word, else LEXICON_NONE without failure. */
uint32_t lexicon_find(const struct lexicon *lexicon, text word);

#endif
