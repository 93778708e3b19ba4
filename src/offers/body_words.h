/*
 * The body of a request as a handful of words: which keys it may have, and where each text goes.
 * For verbs that take a few words and no row.
 */
#ifndef RONDO_BODY_WORDS_H
#define RONDO_BODY_WORDS_H

#include "base/call.h"

struct request;

struct body_word {
    const char *key;
    text *word; /* TEXT_NONE when it is not there, or null */
};

/*
 * Reads them; without a body all are TEXT_NONE. A whole number is taken as it is written. Refused,
 * naming the key: one that is not known, a value that is no text.
 */
bool body_words_read(struct call *call, const struct request *request,
                     const struct body_word *known, size_t count);

#endif
