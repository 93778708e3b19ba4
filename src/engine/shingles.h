/*
 * How alike two short texts are: the sets of their pieces of k characters (Broder 1997), and the
 * chance that hashing them into bands proposes a pair.
 */
#ifndef RONDO_SHINGLES_H
#define RONDO_SHINGLES_H

#include "base/call.h"

struct shingle_overlap {
    size_t size_a, size_b, both, any;
    bool has_jaccard; /* not both texts are empty */
    double jaccard;
};

/*
 * Blanks are collapsed first, and left out at both ends; the case stays as it is. A text shorter
 * than k characters is one shingle, an empty one has none. k >= 1.
 */
bool shingles_overlap(struct call *call, text a, text b, size_t k, struct shingle_overlap *overlap);

/* 1 - (1 - jaccard^rows)^bands. */
double shingles_proposed(double jaccard, double bands, double rows);

#endif
