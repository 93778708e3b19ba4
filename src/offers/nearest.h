/*
 * The nearest of some words to a word that was mistyped: for "did you mean". Compares bytes; knows
 * nothing of what the words stand for.
 */
#ifndef RONDO_NEAREST_H
#define RONDO_NEAREST_H

#include "base/text.h"

struct nearest {
    text word;
    text best;
    size_t distance; /* of `best` */
};

void nearest_init(struct nearest *nearest, text word);
void nearest_try(struct nearest *nearest, text candidate);

/* The nearest candidate tried, or TEXT_NONE when none is near enough to have been meant. */
text nearest_best(const struct nearest *nearest);

/* Insertions, deletions, replacements and swaps of neighbours that lead from a to b; SIZE_MAX when
 * one is too long. */
size_t nearest_distance(text a, text b);

#endif
