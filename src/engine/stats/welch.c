/*
 * See experiment.h: tests of two arms at a planned end: of two means, two rates, and of the
 * counts of the arms themselves. Knows no look before the end: that is sequence.c.
 */
#include "engine/stats/experiment.h"
#include "engine/stats/student.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* There is variation, and no square of it was beyond a double. */
static bool is_testable(const struct difference *difference)
{
    return difference->se > 0 && isfinite(difference->se) && isfinite(difference->estimate) &&
           isfinite(difference->df);
}

struct welch welch_t(const struct difference *difference, double alpha,
                     enum alternative alternative)
{
    struct welch test = { .difference = *difference, .is_known = is_testable(difference) };
    if (!test.is_known)
        return test;
    double df = difference->df, tail = alternative == TWO_SIDED ? alpha / 2 : alpha;
    double half = student_quantile(tail, df) * difference->se;
    test.t = difference->estimate / difference->se;
    test.p = alternative == TWO_SIDED ? fmin(1, 2 * student_upper(fabs(test.t), df))
             : alternative == GREATER ? student_upper(test.t, df)
                                      : student_upper(-test.t, df);
    test.has_lower = alternative != LESS;
    test.has_upper = alternative != GREATER;
    test.lower = difference->estimate - half;
    test.upper = difference->estimate + half;
    return test;
}

/* z of a difference and its two-sided p; false where the standard error is 0. */
static bool z_test(double diff, double variance, double *z, double *p)
{
    if (variance <= 0)
        return false;
    *z = diff / sqrt(variance);
    *p = 2 * gsl_cdf_ugaussian_Q(fabs(*z));
    return true;
}

struct two_proportion two_proportion(int64_t k_a, int64_t n_a, int64_t k_b, int64_t n_b,
                                     double confidence)
{
    struct two_proportion test = { .is_known = n_a > 0 && n_b > 0 };
    if (!test.is_known)
        return test;
    double count_a = (double)n_a, count_b = (double)n_b;
    double p_a = (double)k_a / count_a, p_b = (double)k_b / count_b;
    double pooled = ((double)k_a + (double)k_b) / (count_a + count_b);
    struct interval a = wilson(k_a, n_a, confidence), b = wilson(k_b, n_b, confidence);
    test.diff = p_b - p_a;
    test.interval = (struct interval){
        .is_known = true,
        .lower = test.diff - hypot(p_b - b.lower, a.upper - p_a),
        .upper = test.diff + hypot(b.upper - p_b, p_a - a.lower),
    };
    test.has_pooled = z_test(test.diff, pooled * (1 - pooled) * (1 / count_a + 1 / count_b),
                             &test.z_pooled, &test.p_pooled);
    test.has_unpooled = z_test(test.diff, p_a * (1 - p_a) / count_a + p_b * (1 - p_b) / count_b,
                               &test.z_unpooled, &test.p_unpooled);
    test.p_fisher = fisher_two_sided(k_a, n_a - k_a, k_b, n_b - k_b);
    return test;
}

static const double srm_alarm_p = 0.001, srm_alarm_exposures = 100;

struct srm srm(const int64_t *count, const double *weight, size_t arms)
{
    struct srm test = { .df = -1 };
    double exposures = 0, weights = 0;
    for (size_t i = 0; i < arms; i++) {
        test.df += weight[i] > 0;
        weights += weight[i];
        exposures += weight[i] > 0 ? (double)count[i] : 0;
    }
    test.is_known = test.df > 0 && exposures > 0;
    test.df = test.df < 0 ? 0 : test.df;
    for (size_t i = 0; test.is_known && i < arms; i++) {
        if (weight[i] <= 0)
            continue;
        double expected = exposures * (weight[i] / weights);
        test.chi2 += ((double)count[i] - expected) * ((double)count[i] - expected) / expected;
    }
    test.p = test.is_known ? gsl_cdf_chisq_Q(test.chi2, (double)test.df) : 1;
    test.alarm = test.is_known && test.p < srm_alarm_p && exposures >= srm_alarm_exposures;
    return test;
}
