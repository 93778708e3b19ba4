/*
 * The six dimensions of the double trio: which of them a text is about, by its words, and how a
 * person's work is spread over them. Deterministic; a text without a word of the table is of no
 * dimension.
 */
#ifndef RONDO_DIMENSIONS_H
#define RONDO_DIMENSIONS_H

#include "base/call.h"

/* In the order of the bits that rows have: Data, AI, IT; Governance, Business, People. */
enum { DIMENSIONS = 6, DIMENSIONS_TECHNICAL = 3 };

struct dimensions_hint {
    unsigned bits; /* bit n: the n-th dimension; 0: not known */
    text reason;   /* "AI: 'prompt', 'eval'", the words as they were written; empty: not known */
};

/*
 * The dimensions that most different words of the text speak of, all of them where several have
 * as many. False: memory.
 */
bool dimensions_suggest(struct call *call, text words, struct dimensions_hint *hint);

/* "Data", "AI", ... */
const char *dimensions_label(int dimension);

struct dimensions_balance {
    bool is_known; /* false: nothing was counted, and there are no shares */
    double share[DIMENSIONS];
    double technical, operational; /* sums of the shares of Data, AI, IT and of the others */
};

/* Shares of counts (methods page, planning, 8). Counts are 0 or more. */
struct dimensions_balance dimensions_balance(const double count[DIMENSIONS]);

#endif
