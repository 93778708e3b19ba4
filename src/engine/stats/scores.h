/*
 * Scores of cases: two runs on the same cases, repeated runs, cases that belong together, and how
 * many of them it takes to see something. Names and formulas are those of the methods page.
 * Standard deviations use n - 1. "Undefined" is said by a bool, never by 0 or NaN.
 */
#ifndef RONDO_SCORES_H
#define RONDO_SCORES_H

#include "engine/stats/stats.h"

/* The t test of paired differences candidate - baseline, which decides for scores. */
struct paired_scores {
    size_t n;
    bool has_mean; /* n > 0 */
    double mean;
    bool has_se; /* n > 1 */
    double se;
    bool has_t; /* se is not 0 */
    double t;
    bool has_p; /* n > 1; without spread p is 1 where nothing moved, else 0 */
    double p;
    struct interval by_t, by_z;
};
struct paired_scores paired_scores(const double *baseline, const double *candidate, size_t n,
                                   double confidence);

/* What pairing is worth: both standard errors and the correlation. n < 2: nothing is known. */
struct pairing {
    bool is_known;
    double se_paired, se_unpaired;
    bool has_r; /* neither side is constant */
    double pearson_r;
};
struct pairing pairing_of(const double *baseline, const double *candidate, size_t n);

/* Standard errors of a mean whose cases belong to clusters (numbers from 0 to n - 1). */
struct clustered {
    size_t n, clusters;
    bool has_mean;
    double mean;
    bool has_se; /* n > 1 */
    double se_clt;
    double se_miller; /* Miller 2024, "Adding error bars to evals", arXiv 2411.00640 */
    double se_cr0;
    bool has_cr1; /* two clusters or more */
    double se_cr1;
};
/* False when memory ran out. */
bool clustered_scores(const double *score, const uint32_t *cluster, size_t n,
                      struct clustered *result);

/* Repeated runs: each case counts once, by its mean. Case i has count[i] > 0 of the scores. */
struct repeats {
    size_t cases;
    bool has_mean;
    double mean;
    bool has_se; /* two cases or more */
    double se;
    bool has_naive;  /* two scores or more */
    double se_naive; /* as if each score were a case: shown to show that it is wrong */
    bool has_within; /* a case with two scores */
    double within_variance;
};
struct repeats repeated_scores(const double *score, const size_t *count, size_t cases);

/* Holm's step-down adjusted p values, in input order; `sorting` has room for twice as many. */
void holm(const double *p, size_t count, double *adjusted, struct sorted_real *sorting);

/* --- how much can be seen --- */

/* Of paired scores: the variance of a case's difference, of its trials, and how many trials. */
struct paired_design {
    double omega2, sigma2_a, sigma2_b, k_a, k_b;
    double alpha, power;
};
double sample_size_paired(const struct paired_design *design, double delta);
double mde_paired(const struct paired_design *design, double n);

/* Two rates near p, n cases for each. */
double mde_two_proportion(double n_per_arm, double p, double alpha, double power);

/* At least one of k tries passes; all k do. False for k > n. */
bool pass_at_k(int64_t n, int64_t correct, int64_t k, double *any, double *all);

#endif
