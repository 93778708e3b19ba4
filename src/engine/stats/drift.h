/*
 * Drift and attribution: the noise of a series of runs, where its level changed, alarms while it
 * goes on, how far two batches differ, and which change explains a drop. Pure functions, named as
 * on the methods page. "Undefined" is said by a bool, never by 0 or NaN; what an assert holds the
 * caller has to have checked.
 */
#ifndef RONDO_DRIFT_H
#define RONDO_DRIFT_H

#include "base/text.h"

#include <stdint.h>

/*
 * sigma = 1.4826 median |d - median d| / sqrt 2 of the first differences d (Rousseeuw and Croux
 * 1993 for the constant; differences so that steps do not count as noise). Where that is 0, the
 * standard deviation of the differences that are not 0, of which there must be two. `penalty` is
 * 3 sigma^2 ln n. False when memory ran out.
 */
struct noise_sigma {
    bool is_known; /* two points or more */
    double sigma, penalty;
};
bool noise_sigma(const double *series, size_t n, struct noise_sigma *result);

/*
 * Exact segmentation by dynamic programming (Auger and Lawrence 1989; penalty per change as in
 * Killick, Fearnhead and Eckley 2012, without their pruning, which loses the optimum under a
 * minimum segment). Ties go to fewer changes, then to earlier ones. `breakpoint` has room for n:
 * the first index of each new segment. min_segment >= 1. False when memory ran out.
 */
struct change_points {
    size_t *breakpoint;
    size_t count;
    double objective;
    bool has_penalty; /* false: none was given and the series has no default */
    double penalty;
};

/* Cost: squared deviations from the segment's mean. penalty NULL: that of noise_sigma. */
bool change_points_l2(const double *series, size_t n, const double *penalty, size_t min_segment,
                      struct change_points *result);

/*
 * Cost: -2 log likelihood of one rate per segment, without the binomial coefficient. penalty NULL:
 * 2 ln n. passed[i] of total[i].
 */
bool change_points_binomial(const int64_t *passed, const int64_t *total, size_t n,
                            const double *penalty, size_t min_segment,
                            struct change_points *result);

/*
 * One-sided CUSUM for a fall (Page 1954): s[t] = max(0, s[t - 1] + (mu0 - x[t]) / sigma - k); the
 * first t with s[t] > h, or n. sigma > 0. `s` has room for n.
 */
size_t cusum_lower(const double *series, size_t n, double mu0, double sigma, double k, double h,
                   double *s);

/*
 * E-value of a rate against p0, 0 < p0 < 1, under a Beta(a, b) mixture (Ville 1939; Grünwald, de
 * Heide and Koolen 2024): valid at every look. p = min(1, 1 / e).
 */
struct evalue {
    double log_e, p;
};
struct evalue evalue_bernoulli(int64_t successes, int64_t n, double p0, double prior_a,
                               double prior_b);

/*
 * Two counts of the same k categories: population stability index, Jensen-Shannon divergence in
 * bits (Lin 1991), G and Pearson's chi-square over the categories that were seen at all, Cramer's
 * V, total variation. Nothing is known when a batch is empty.
 */
struct categorical_drift {
    bool is_known;
    bool has_psi; /* no share is 0 */
    double psi;
    double js_divergence, js_distance;
    double g, p_g, chi2, p_chi2;
    int64_t df;
    double cramers_v, total_variation;
};
struct categorical_drift categorical_drift(const double *reference, const double *current,
                                           size_t k);

/*
 * Two samples of numbers: Kolmogorov-Smirnov distance with the exact two-sided p by counting paths
 * (Hodges 1958), and Wasserstein-1. Nothing is known when a sample is empty; no p where the paths
 * are beyond counting. False when memory ran out.
 */
struct numeric_drift {
    bool is_known;
    double ks;
    bool has_p;
    double p_exact, wasserstein;
};
bool numeric_drift(const double *reference, size_t n, const double *current, size_t m,
                   struct numeric_drift *result);

/*
 * Which change explains the newly failing cases: two rates, inside and outside the cases that it
 * touched, against one common rate, each under Beta(1, 1) (Kass and Raftery 1995). A suspect
 * without counts neither gains nor loses.
 */
struct suspect {
    text id;
    double prior; /* >= 0 */
    bool has_counts;
    int64_t touched_fail, touched_ok, other_fail, other_ok;
};

struct ranked_suspect {
    size_t at; /* its place in the list that was given */
    double log_lr, posterior;
    bool has_counts;
    double odds_ratio, p_fisher;
    bool has_coverage; /* something fails */
    double coverage;
};

/* The logarithm of that likelihood ratio; 0 without counts. */
double suspect_log_lr(const struct suspect *suspect);

/* By posterior, then id. False when every prior is 0. `ranked` has room for count. */
bool suspect_rank(const struct suspect *suspect, size_t count, struct ranked_suspect *ranked);

#endif
