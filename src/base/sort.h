/*
 * Sorting, and as much of it as is needed. Lists that mostly come in order (rows of an index, names
 * that were numbered as they came) cost one walk and no memory; any other is sorted by qsort.
 */
#ifndef RONDO_SORT_H
#define RONDO_SORT_H

#include <stdbool.h>
#include <stddef.h>

/* As qsort; equal items of a list that is in order keep their places. */
void sort_items(void *item, size_t count, size_t size,
                int (*compare)(const void *left, const void *right));

/*
 * Brings the `most` least of the pointers to the front, in any order: a few of many are found
 * without the others being sorted. `compare` is given two pointers themselves, not where they lie.
 */
void sort_least(const void **pointer, size_t count, size_t most,
                int (*compare)(const void *left, const void *right));

/* A number and where it stood. */
struct sorted_real {
    double value;
    size_t at;
};

/*
 * Brings numbers from the least up, equal ones in the order they stood; none may be negative or
 * NaN. Many thousands cost a few walks and no comparison. `other` has room for count, too; what it
 * holds afterwards is nothing.
 */
void sort_reals(struct sorted_real *real, size_t count, struct sorted_real *other);

#endif
