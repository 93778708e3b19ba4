/*
 * See experiment.h: variance reduction by what was measured before exposure, for a mean and for a
 * ratio of two means. Knows not whether the covariate is really from before.
 */
#include "engine/stats/experiment.h"

#include <math.h>

struct cuped_arm cuped_arm_of_values(const double *post, const double *pre, size_t count)
{
    struct moments after = moments_of_values(post, count), before = moments_of_values(pre, count);
    double products = 0;
    for (size_t i = 0; i < count; i++)
        products += (post[i] - after.mean) * (pre[i] - before.mean);
    return (struct cuped_arm){
        .n = (double)count,
        .post_mean = after.mean,
        .post_variance = after.variance,
        .pre_mean = before.mean,
        .pre_variance = before.variance,
        .covariance = count > 1 ? products / (double)(count - 1) : 0,
    };
}

bool cuped_arm_of_sums(double n, double post_sum, double post_squares, double pre_sum,
                       double pre_squares, double products, struct cuped_arm *arm)
{
    struct moments after, before;
    bool is_after = moments_of_sums(n, post_sum, post_squares, &after);
    bool is_before = moments_of_sums(n, pre_sum, pre_squares, &before);
    *arm = (struct cuped_arm){
        .n = n,
        .post_mean = after.mean,
        .post_variance = after.variance,
        .pre_mean = before.mean,
        .pre_variance = before.variance,
        .covariance = (products - post_sum * pre_sum / n) / (n - 1),
    };
    return is_after && is_before;
}

/* A (co)variance of both arms as one sample, from each arm's and the means of its two columns. */
static double joined(const struct cuped_arm *a, const struct cuped_arm *b, double part_a,
                     double part_b, double step_x, double step_y)
{
    double within = part_a * (a->n - 1) + part_b * (b->n - 1);
    double between = a->n * b->n / (a->n + b->n) * step_x * step_y;
    return (within + between) / (a->n + b->n - 1);
}

/* A variance that is nothing but the rounding of two equal means. */
static bool is_flat(double variance, double mean)
{
    return variance <= 1e-28 * mean * mean;
}

static double cuped_theta(const struct cuped_arm *a, const struct cuped_arm *b)
{
    double post = b->post_mean - a->post_mean, pre = b->pre_mean - a->pre_mean;
    double of_pre = joined(a, b, a->pre_variance, b->pre_variance, pre, pre);
    double of_post = joined(a, b, a->post_variance, b->post_variance, post, post);
    if (is_flat(of_pre, a->pre_mean) || is_flat(of_post, a->post_mean))
        return 0;
    return joined(a, b, a->covariance, b->covariance, post, pre) / of_pre;
}

static double adjusted_variance(const struct cuped_arm *arm, double theta)
{
    return fmax(0, arm->post_variance + theta * theta * arm->pre_variance -
                       2 * theta * arm->covariance);
}

/* g' S g / n for the gradient (post, pre). */
static double through_gradient(const struct cuped_arm *arm, double post, double pre)
{
    double variance = post * post * arm->post_variance + pre * pre * arm->pre_variance +
                      2 * post * pre * arm->covariance;
    return fmax(0, variance) / arm->n;
}

struct cuped cuped(const struct cuped_arm *a, const struct cuped_arm *b, bool is_relative)
{
    struct cuped test = { .theta = cuped_theta(a, b) };
    double theta = test.theta, control = a->post_mean;
    test.mean_a = a->post_mean - theta * a->pre_mean;
    test.mean_b = b->post_mean - theta * b->pre_mean;
    test.var_a = adjusted_variance(a, theta);
    test.var_b = adjusted_variance(b, theta);
    double diff = test.mean_b - test.mean_a;
    if (!is_relative) {
        test.estimate = diff;
        test.se = sqrt(test.var_a / a->n + test.var_b / b->n);
        return test;
    }
    test.estimate = diff / control;
    test.se = sqrt(through_gradient(a, -(control + diff) / (control * control), theta / control) +
                   through_gradient(b, 1 / control, -theta / control));
    return test;
}

/* --- ratios --- */

struct gradient {
    double part[RATIO_PARTS];
};

/* Of m_post / d_post, and of m_pre / d_pre, each 0 elsewhere. */
static struct gradient post_gradient(const struct ratio_arm *arm)
{
    const double *mean = arm->mean;
    return (struct gradient){ {
        [M_POST] = 1 / mean[D_POST],
        [D_POST] = -mean[M_POST] / (mean[D_POST] * mean[D_POST]),
    } };
}

static struct gradient pre_gradient(const struct ratio_arm *arm)
{
    const double *mean = arm->mean;
    return (struct gradient){ {
        [M_PRE] = 1 / mean[D_PRE],
        [D_PRE] = -mean[M_PRE] / (mean[D_PRE] * mean[D_PRE]),
    } };
}

/* x' S y. */
static double between(const struct ratio_arm *arm, const struct gradient *x,
                      const struct gradient *y)
{
    double sum = 0;
    for (int i = 0; i < RATIO_PARTS; i++)
        for (int j = 0; j < RATIO_PARTS; j++)
            sum += x->part[i] * arm->covariance[i][j] * y->part[j];
    return sum;
}

/* factor_post * post - factor_pre * pre. */
static struct gradient combined(const struct ratio_arm *arm, double factor_post, double factor_pre)
{
    struct gradient post = post_gradient(arm), pre = pre_gradient(arm), sum;
    for (int i = 0; i < RATIO_PARTS; i++)
        sum.part[i] = factor_post * post.part[i] - factor_pre * pre.part[i];
    return sum;
}

static double ratio_variance(const struct ratio_arm *arm, double factor_post, double factor_pre)
{
    struct gradient gradient = combined(arm, factor_post, factor_pre);
    return fmax(0, between(arm, &gradient, &gradient)) / arm->n;
}

/* x' S x, were the columns independent: beside it, what is left of a constant ratio is rounding. */
static double apart(const struct ratio_arm *arm, const struct gradient *x)
{
    double sum = 0;
    for (int i = 0; i < RATIO_PARTS; i++)
        sum += x->part[i] * x->part[i] * arm->covariance[i][i];
    return sum;
}

static double ratio_theta(const struct ratio_arm *a, const struct ratio_arm *b)
{
    struct gradient post_a = post_gradient(a), pre_a = pre_gradient(a);
    struct gradient post_b = post_gradient(b), pre_b = pre_gradient(b);
    double covariance = between(a, &post_a, &pre_a) + between(b, &post_b, &pre_b);
    double variance = between(a, &pre_a, &pre_a) + between(b, &pre_b, &pre_b);
    double parts = apart(a, &pre_a) + apart(b, &pre_b);
    return variance > 1e-13 * parts ? covariance / variance : 0;
}

static double adjusted_ratio(const struct ratio_arm *arm, double theta)
{
    return arm->mean[M_POST] / arm->mean[D_POST] - theta * arm->mean[M_PRE] / arm->mean[D_PRE];
}

struct cuped_ratio cuped_ratio(const struct ratio_arm *a, const struct ratio_arm *b,
                               bool is_relative, double alpha)
{
    double theta = ratio_theta(a, b), control = a->mean[M_POST] / a->mean[D_POST];
    double diff = adjusted_ratio(b, theta) - adjusted_ratio(a, theta);
    double var_a = ratio_variance(a, 1, theta), var_b = ratio_variance(b, 1, theta);
    struct difference difference = {
        .estimate = diff,
        .se = sqrt(var_a + var_b),
        .df = welch_df(var_a, a->n, var_b, b->n),
    };
    if (is_relative) {
        difference.estimate = diff / control;
        double post = -1 / control - diff / (control * control);
        difference.se = sqrt(ratio_variance(a, post, -theta / control) +
                             ratio_variance(b, 1 / control, theta / control));
    }
    return (struct cuped_ratio){
        .theta = theta,
        .test = welch_t(&difference, alpha, TWO_SIDED),
    };
}
