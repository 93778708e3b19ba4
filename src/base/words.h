/*
 * Cuts a text of any language into the words by which it is found. Boundaries are those of Unicode
 * (UAX 29, by ICU); a word is folded (NFKC, case), so that "Straße" and "STRASSE" are one. Scripts
 * that are written without blanks become overlapping pairs of characters. An emoji is a word. Knows
 * nothing of languages, stems or stores.
 */
#ifndef RONDO_WORDS_H
#define RONDO_WORDS_H

#include "base/call.h"

enum { WORD_BYTES_MAX = 64 };

/*
 * A run of characters without blanks is stored as its pairs and its last character, so that any
 * single character finds it, too; it is asked for by its pairs alone.
 */
enum words_use { WORDS_STORED, WORDS_ASKED };

struct word {
    text folded;        /* at most WORD_BYTES_MAX bytes; lasts until the taker returns */
    size_t start, size; /* where it stands in the source, in bytes */
    bool is_single;     /* one character of a script without blanks: the start of a pair */
};

/* False: enough, cut no more. */
typedef bool (*word_taker)(void *to, const struct word *word);

/* False: the call has failed. Bytes that are not UTF-8 part words. */
bool words_cut(struct call *call, text source, enum words_use use, word_taker take, void *to);

#endif
