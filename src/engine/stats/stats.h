/*
 * The statistical methods of the eval review, as pure functions. Names and formulas are those of
 * the methods page (docs/guide/methods.md). "Undefined" is said by a bool, never by 0 or NaN.
 */
#ifndef RONDO_STATS_H
#define RONDO_STATS_H

#include "base/sort.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct interval {
    bool is_known;
    double lower, upper;
};

/*
 * The normal quantile that leaves (1 - confidence) / 2 in each tail; 0.95 gives 1.959963984540054.
 */
double normal_two_sided(double confidence);

/*
 * Wilson score interval of successes / n (Wilson 1927). n = 0: not known. Exactly 0 at 0 of n,
 * exactly 1 at n of n.
 */
struct interval wilson(int64_t successes, int64_t n, double confidence);

/* Exact McNemar on the discordant pairs b = pass_to_fail, c = fail_to_pass; X ~ Bin(b + c, 1/2). */
struct mcnemar {
    int64_t discordant;
    double p_exact;  /* min(1, 2 P(X <= min(b, c))): decides */
    double p_mid;
    double p_worse;  /* P(X >= b): gates, tails, flips */
    double p_better; /* P(X >= c) */
    bool has_chi2;   /* b + c > 0 */
    double chi2_cc, p_chi2_cc;
};
struct mcnemar mcnemar(int64_t pass_to_fail, int64_t fail_to_pass);

/* Its p_exact alone. */
double mcnemar_exact(int64_t pass_to_fail, int64_t fail_to_pass);

/*
 * Difference of pass rates over the same cases from the four counts; z interval. Undefined se for n
 * < 2.
 */
struct paired_binary {
    int64_t n;
    bool has_diff; /* n > 0 */
    double diff;   /* (fail_pass - pass_fail) / n */
    bool has_se;   /* n > 1 */
    double se;
    struct interval interval;
    double p_exact;
};
struct paired_binary paired_binary_diff(int64_t pass_pass, int64_t pass_fail, int64_t fail_pass,
                                        int64_t fail_fail, double confidence);

/*
 * The smallest net flip rate d in (0, D] that n pairs with discordant rate D can see. False: not
 * reachable.
 */
bool mde_mcnemar(double n, double discordant_rate, double alpha, double power, double *mde);

/*
 * One-sided Fisher: P(passes now <= k1) given the case's own history. Empty history or empty now:
 * 1.
 */
double flip_fisher(int64_t history_pass, int64_t history_n, int64_t now_pass, int64_t now_n);

/* Two-sided Fisher exact test of the 2x2 table (sum of tables no likelier than this one). */
double fisher_two_sided(int64_t a, int64_t b, int64_t c, int64_t d);

/*
 * Benjamini-Hochberg adjusted p values, in input order. `adjusted` has room for count, and
 * `sorting` for twice as many.
 */
void benjamini_hochberg(const double *p, size_t count, double *adjusted,
                        struct sorted_real *sorting);

/*
 * Mann-Kendall trend with Theil-Sen slope. Points need not be sorted; x may be uneven; x NULL means
 * 0, 1, 2 and so on. n >= 2, else has_* false. Of points with the same x the earlier counts as
 * first, and their pair has no slope.
 */
struct mann_kendall {
    size_t n;
    int64_t s;
    double var_s, z;
    double p_normal;
    bool has_exact; /* n <= 12 and no ties */
    double p_exact;
    double p; /* p_exact where it exists, else p_normal */
    double tau_a;
    bool has_tau_b; /* false when every y is equal */
    double tau_b;
    bool has_slope;
    double slope, intercept;
};
/* False when memory ran out. */
bool mann_kendall(const double *y, const double *x, size_t n, struct mann_kendall *result);

#endif
