/*
 * Many looks at once: what p values mean when a whole family of them is read. Knows numbers, not
 * whose they are.
 */
#include "engine/stats/scores.h"

/* The p values from the smallest up. */
static void rank_all(const double *p, size_t count, struct sorted_real *ranked)
{
    for (size_t i = 0; i < count; i++)
        ranked[i] = (struct sorted_real){ p[i] + 0.0, i }; /* no negative zero */
    sort_reals(ranked, count, ranked + count);
}

void benjamini_hochberg(const double *p, size_t count, double *adjusted,
                        struct sorted_real *sorting)
{
    const struct sorted_real *ranked = sorting;
    double least = 1;
    rank_all(p, count, sorting);
    for (size_t rank = count; rank > 0; rank--) {
        double candidate = ranked[rank - 1].value * (double)count / (double)rank;
        if (candidate < least)
            least = candidate;
        adjusted[ranked[rank - 1].at] = least;
    }
}

void holm(const double *p, size_t count, double *adjusted, struct sorted_real *sorting)
{
    const struct sorted_real *ranked = sorting;
    double most = 0;
    rank_all(p, count, sorting);
    for (size_t i = 0; i < count; i++) {
        double candidate = ranked[i].value * (double)(count - i);
        if (candidate > most)
            most = candidate;
        adjusted[ranked[i].at] = most < 1 ? most : 1;
    }
}
