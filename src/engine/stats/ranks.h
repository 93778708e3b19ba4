/*
 * What ranks say: tests that need no shape of a distribution, and the worst share of a list. Names
 * and formulas are those of the methods page. "Undefined" is said by a bool.
 */
#ifndef RONDO_RANKS_H
#define RONDO_RANKS_H

#include "engine/stats/stats.h"

/* Beyond this many the exact distribution is not asked for. */
enum { SIGNED_RANKS_MAX = 25 };

/*
 * Wilcoxon's signed ranks (1945) over pairs that differ by more than 1e-9; ranks of equal sizes are
 * shared, and the exact p is that of the shared ranks. False when memory ran out.
 */
struct signed_ranks {
    size_t n; /* pairs that differ */
    double w; /* the smaller sum of ranks */
    bool has_exact;
    double p_exact; /* two-sided */
};
bool signed_ranks(const double *before, const double *after, size_t count,
                  struct signed_ranks *result);

/* Mann and Whitney (1947): u counts pairs in which y is above x, ties one half. */
struct rank_sum {
    bool has_u; /* neither side is empty */
    double u;
    bool has_asymptotic; /* not all values are equal */
    double p_asymptotic; /* with tie and continuity correction, two-sided */
    bool has_exact;      /* no ties, and few enough pairs */
    double p_exact;      /* two-sided */
    double cliffs_delta; /* 2 u / (nx ny) - 1 */
};
/* False when memory ran out. */
bool rank_sum(const double *x, size_t nx, const double *y, size_t ny, struct rank_sum *result);

/* Of sorted values, linear between them (type 7 of Hyndman and Fan 1996); count > 0. */
double quantile_sorted(const double *sorted, size_t count, double share);

/* The same of values in any order, which it moves about but does not sort. */
double quantile_picked(double *value, size_t count, double share);

/* The mean of the lowest `fraction` of scores, the one at the border with its part. count > 0. */
struct worst {
    double mean, quantile, n; /* n = fraction x count */
};
/* Sorts the scores. */
struct worst worst_scores(double *score, size_t count, double fraction);

/*
 * Losses: the smallest value with F >= level, and the mean of the worst 1 - level beyond it
 * (Rockafellar and Uryasev 2002). Sorts the values. count > 0.
 */
struct loss_tail {
    double at_risk, mean, quantile;
};
struct loss_tail loss_tail_of(double *value, size_t count, double level);

/*
 * The hardest ceil(fraction x count) cases by their past rate, then their place; `order` receives
 * all places from the hardest on. Gives how many are chosen and how many are at or below the cut.
 * False when memory ran out.
 */
bool hardest_cases(const double *past_rate, size_t count, double fraction, uint32_t *order,
                   size_t *chosen, size_t *tied);

#endif
