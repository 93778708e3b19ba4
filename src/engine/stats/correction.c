/*
 * Many looks at once: what p values mean when a whole family of them is read. Knows numbers, not
 * whose they are.
 */
#include "engine/stats/stats.h"

#include <stdlib.h>

struct ranked {
    double p;
    size_t at;
};

static int by_p(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->p != b->p)
        return a->p < b->p ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

bool benjamini_hochberg(const double *p, size_t count, double *adjusted)
{
    if (count == 0)
        return true;
    struct ranked *ranked = calloc(count, sizeof *ranked);
    if (!ranked)
        return false;
    for (size_t i = 0; i < count; i++)
        ranked[i] = (struct ranked){ p[i], i };
    qsort(ranked, count, sizeof *ranked, by_p);
    double least = 1;
    for (size_t rank = count; rank > 0; rank--) {
        double candidate = ranked[rank - 1].p * (double)count / (double)rank;
        if (candidate < least)
            least = candidate;
        adjusted[ranked[rank - 1].at] = least;
    }
    free(ranked);
    return true;
}
