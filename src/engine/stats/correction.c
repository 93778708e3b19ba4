/*
 * Many looks at once: what p values mean when a whole family of them is read. Knows numbers, not
 * whose they are.
 */
#include "engine/stats/scores.h"

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

/* The p values from the smallest up. NULL: memory ran out. */
static struct ranked *rank_all(const double *p, size_t count)
{
    struct ranked *ranked = calloc(count + 1, sizeof *ranked);
    for (size_t i = 0; ranked && i < count; i++)
        ranked[i] = (struct ranked){ p[i], i };
    if (ranked)
        qsort(ranked, count, sizeof *ranked, by_p);
    return ranked;
}

bool benjamini_hochberg(const double *p, size_t count, double *adjusted)
{
    struct ranked *ranked = rank_all(p, count);
    double least = 1;
    if (!ranked)
        return false;
    for (size_t rank = count; rank > 0; rank--) {
        double candidate = ranked[rank - 1].p * (double)count / (double)rank;
        if (candidate < least)
            least = candidate;
        adjusted[ranked[rank - 1].at] = least;
    }
    free(ranked);
    return true;
}

bool holm(const double *p, size_t count, double *adjusted)
{
    struct ranked *ranked = rank_all(p, count);
    double most = 0;
    if (!ranked)
        return false;
    for (size_t i = 0; i < count; i++) {
        double candidate = ranked[i].p * (double)(count - i);
        if (candidate > most)
            most = candidate;
        adjusted[ranked[i].at] = most < 1 ? most : 1;
    }
    free(ranked);
    return true;
}
