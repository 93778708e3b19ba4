/*
 * The statistical methods of experiments, as pure functions: two arms, control `a` and treatment
 * `b`. Names and formulas are those of the methods page. "Undefined" is said by a bool, never by 0
 * or NaN; what a caller must refuse first (an arm of one, a control mean of 0 under a relative
 * difference) stands at the function. Sizes and power: experiment_size.h; Bayes: posterior.h.
 */
#ifndef RONDO_EXPERIMENT_H
#define RONDO_EXPERIMENT_H

#include "engine/stats/stats.h"

/* What is kept of an arm; n is a double, because formulas also ask "and with k times as many". */
struct moments {
    double n, mean, variance;
};

/* Of values: the sample variance (n - 1), in two passes. n >= 1; the variance of one is 0. */
struct moments moments_of_values(const double *value, size_t count);

/* Of sums: false when sum_squares is too small to be one of these. n >= 2. */
bool moments_of_sums(double n, double sum, double sum_squares, struct moments *arm);

/* Of a proportion: p(1 - p), without n - 1. n >= 1. */
struct moments moments_of_rate(double n, double sum);

/* Var of mean(b) - mean(a), and of (mean(b) - mean(a)) / |mean(a)| by the delta method. */
struct lift_variance {
    double absolute;
    bool has_relative; /* the control mean is not 0 */
    double relative;
};
struct lift_variance lift_variance(const struct moments *a, const struct moments *b);

/* A difference of two arms. Each has n >= 2; a relative one has a control mean that is not 0. */
struct difference {
    double estimate, se;
    double df; /* Welch-Satterthwaite, on the absolute scale in both cases; needs se > 0 */
};
struct difference difference_of(const struct moments *a, const struct moments *b, bool is_relative);

/* Welch-Satterthwaite of the two variances of means. */
double welch_df(double a_part, double a_n, double b_part, double b_n);

enum alternative { TWO_SIDED, GREATER, LESS };

/* t test of the difference. With se = 0 nothing but estimate and se is known. */
struct welch {
    struct difference difference;
    bool is_known;
    double t, p;
    bool has_lower, has_upper; /* a one-sided test has one bound, with all of alpha */
    double lower, upper;
};
struct welch welch_t(const struct difference *difference, double alpha,
                     enum alternative alternative);

/*
 * Difference of two rates: Newcombe interval (1998, method 10), z tests, Fisher. An empty arm:
 * nothing is known; a z test needs a standard error above 0.
 */
struct two_proportion {
    bool is_known;
    double diff;
    struct interval interval;
    bool has_pooled, has_unpooled;
    double z_pooled, p_pooled, z_unpooled, p_unpooled;
    double p_fisher;
};
struct two_proportion two_proportion(int64_t k_a, int64_t n_a, int64_t k_b, int64_t n_b,
                                     double confidence);

/*
 * Sample ratio mismatch: chi-square of the counts against the configured weights, over arms with
 * weight above 0.
 */
struct srm {
    int64_t df;    /* such arms - 1, never below 0 */
    bool is_known; /* two such arms, and an exposure in one of them */
    double chi2, p;
    bool alarm; /* p < .001 with at least 100 exposures */
};
struct srm srm(const int64_t *count, const double *weight, size_t arms);

/* --- a covariate from before exposure --- */

struct cuped_arm {
    double n;
    double post_mean, post_variance, pre_mean, pre_variance, covariance; /* n - 1 */
};
struct cuped_arm cuped_arm_of_values(const double *post, const double *pre, size_t count);

/* Of sums: false when the squares are too small to be squares of these. */
bool cuped_arm_of_sums(double n, double post_sum, double post_squares, double pre_sum,
                       double pre_squares, double products, struct cuped_arm *arm);

/* CUPED (Deng and others 2013). Arms of n >= 2; relative: to the unadjusted control mean, not 0. */
struct cuped {
    double theta; /* over both arms together; 0 when either variance is 0 */
    double mean_a, mean_b, var_a, var_b;
    double estimate, se;
};
struct cuped cuped(const struct cuped_arm *a, const struct cuped_arm *b, bool is_relative);

/* The four columns of a ratio metric: metric and denominator, after and before exposure. */
enum ratio_part { M_POST, D_POST, M_PRE, D_PRE, RATIO_PARTS };

struct ratio_arm {
    double n;
    double mean[RATIO_PARTS];
    double covariance[RATIO_PARTS][RATIO_PARTS];
};

/* Both denominators' means are not 0; relative: nor is the control's metric. n >= 2. */
struct cuped_ratio {
    double theta;
    struct welch test;
};
struct cuped_ratio cuped_ratio(const struct ratio_arm *a, const struct ratio_arm *b,
                               bool is_relative, double alpha);

/* --- look any time --- */

/* rho of the asymptotic confidence sequence (Waudby-Smith and others, arXiv 2103.06476). */
double sequence_rho(double planned_n, double alpha);

/* Its half width in standard errors, when n = both arms have been seen. */
double sequence_bound(double n, double rho, double alpha);

struct sequence {
    double rho;
    bool is_known; /* se > 0 */
    double halfwidth, lower, upper, p;
    double ratio_to_fixed; /* the price of looking */
    bool has_one_sided;    /* alpha < .5 */
    double rho_one_sided, halfwidth_one_sided, lower_one_sided, upper_one_sided;
};
struct sequence sequential_test(double estimate, double se, double n, double planned_n,
                                double alpha);

#endif
