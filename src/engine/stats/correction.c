/*
 * Many looks at once: what p values mean when a whole family of them is read. Knows numbers, not
 * whose they are.
 */
#include "engine/stats/scores.h"

#include "base/sort.h"

#include <stdlib.h>

/* The p values from the smallest up. NULL: memory ran out. */
static struct sorted_real *rank_all(const double *p, size_t count)
{
    struct sorted_real *ranked = calloc(count + 1, sizeof *ranked);
    for (size_t i = 0; ranked && i < count; i++)
        ranked[i] = (struct sorted_real){ p[i] + 0.0, i }; /* no negative zero */
    if (ranked && sort_reals(ranked, count))
        return ranked;
    free(ranked);
    return NULL;
}

bool benjamini_hochberg(const double *p, size_t count, double *adjusted)
{
    struct sorted_real *ranked = rank_all(p, count);
    double least = 1;
    if (!ranked)
        return false;
    for (size_t rank = count; rank > 0; rank--) {
        double candidate = ranked[rank - 1].value * (double)count / (double)rank;
        if (candidate < least)
            least = candidate;
        adjusted[ranked[rank - 1].at] = least;
    }
    free(ranked);
    return true;
}

bool holm(const double *p, size_t count, double *adjusted)
{
    struct sorted_real *ranked = rank_all(p, count);
    double most = 0;
    if (!ranked)
        return false;
    for (size_t i = 0; i < count; i++) {
        double candidate = ranked[i].value * (double)(count - i);
        if (candidate > most)
            most = candidate;
        adjusted[ranked[i].at] = most < 1 ? most : 1;
    }
    free(ranked);
    return true;
}
