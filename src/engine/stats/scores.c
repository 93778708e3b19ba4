/* See scores.h. */
#include "engine/stats/scores.h"
#include "engine/stats/student.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static double mean_of(const double *value, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += value[i];
    return sum / (double)n;
}

/* The sum of squares around the mean; exactly 0 where all values are equal. */
static double squares_of(const double *value, size_t n, double mean)
{
    double sum = 0;
    bool is_constant = true;
    for (size_t i = 0; i < n; i++) {
        sum += (value[i] - mean) * (value[i] - mean);
        is_constant = is_constant && value[i] == value[0];
    }
    return is_constant ? 0 : sum;
}

/* --- pairs --- */

static struct interval around(double mean, double half)
{
    return (struct interval){ true, mean - half, mean + half };
}

/* What doubles lose of these numbers, added up in whatever order. */
static double loss_of(const double *baseline, const double *candidate, size_t n)
{
    double scale = 0;
    for (size_t i = 0; i < n; i++)
        scale = fmax(scale, fmax(fabs(candidate[i]), fabs(baseline[i])));
    return 1e-14 * scale;
}

/* Differences that all are the same up to what doubles lose have no spread. */
static double spread_of(const double *baseline, const double *candidate, size_t n, double mean)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double off = candidate[i] - baseline[i] - mean;
        sum += off * off;
    }
    return sqrt(sum / (double)n) <= loss_of(baseline, candidate, n) ? 0 : sum;
}

struct paired_scores paired_scores(const double *baseline, const double *candidate, size_t n,
                                   double confidence)
{
    struct paired_scores result = { .n = n };
    if (n == 0)
        return result;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += candidate[i] - baseline[i];
    result.has_mean = true;
    result.mean = sum / (double)n;
    if (n < 2)
        return result;
    double squares = spread_of(baseline, candidate, n, result.mean);
    if (squares == 0 && fabs(result.mean) <= loss_of(baseline, candidate, n))
        result.mean = 0; /* nothing moved: case means of the same trials in another order */
    result.has_se = result.has_p = true;
    result.se = sqrt(squares / (double)(n - 1) / (double)n);
    result.has_t = result.se > 0;
    result.t = result.has_t ? result.mean / result.se : 0;
    result.p = result.has_t       ? 2 * gsl_cdf_tdist_Q(fabs(result.t), (double)(n - 1))
               : result.mean == 0 ? 1
                                  : 0;
    double t = student_quantile((1 - confidence) / 2, (double)(n - 1));
    result.by_t = around(result.mean, t * result.se);
    result.by_z = around(result.mean, normal_two_sided(confidence) * result.se);
    return result;
}

struct pairing pairing_of(const double *baseline, const double *candidate, size_t n)
{
    struct pairing result = { .is_known = n > 1 };
    if (n < 2)
        return result;
    double a = mean_of(baseline, n), b = mean_of(candidate, n), product = 0;
    double a_squares = squares_of(baseline, n, a), b_squares = squares_of(candidate, n, b);
    for (size_t i = 0; i < n; i++)
        product += (baseline[i] - a) * (candidate[i] - b);
    double pairs = (double)n * (double)(n - 1);
    result.se_paired = sqrt(spread_of(baseline, candidate, n, b - a) / pairs);
    result.se_unpaired = sqrt((a_squares + b_squares) / pairs);
    result.has_r = a_squares > 0 && b_squares > 0;
    result.pearson_r = result.has_r ? product / sqrt(a_squares * b_squares) : 0;
    return result;
}

/* --- clusters and repeats --- */

bool clustered_scores(const double *score, const uint32_t *cluster, size_t n,
                      struct clustered *result)
{
    *result = (struct clustered){ .n = n, .has_mean = n > 0, .has_se = n > 1 };
    double *sum = calloc(n + 1, sizeof *sum);
    if (!sum)
        return false;
    double own = 0, of_clusters = 0, count = (double)n;
    result->mean = n ? mean_of(score, n) : 0;
    for (size_t i = 0; i < n; i++) {
        double off = score[i] - result->mean;
        own += off * off;
        sum[cluster[i]] += off;
        if (cluster[i] >= result->clusters)
            result->clusters = cluster[i] + 1;
    }
    for (size_t i = 0; i < result->clusters; i++)
        of_clusters += sum[i] * sum[i];
    free(sum);
    if (n < 2)
        return true;
    double clt2 = own / (count - 1) / count, clusters = (double)result->clusters;
    result->se_clt = sqrt(clt2);
    result->se_miller = sqrt(fmax(0, clt2 + (of_clusters - own) / (count * count)));
    result->se_cr0 = sqrt(of_clusters) / count;
    result->has_cr1 = result->clusters > 1;
    result->se_cr1 = result->has_cr1 ? result->se_cr0 * sqrt(clusters / (clusters - 1)) : 0;
    return true;
}

struct repeats repeated_scores(const double *score, const size_t *count, size_t cases)
{
    struct repeats result = { .cases = cases, .has_mean = cases > 0 };
    size_t total = 0, repeated = 0, at = 0;
    double squares = 0, within = 0;
    for (size_t i = 0; i < cases; at += count[i++]) {
        double mean = mean_of(score + at, count[i]);
        result.mean += mean / (double)cases;
        total += count[i];
        if (count[i] < 2)
            continue;
        within += squares_of(score + at, count[i], mean) / (double)(count[i] - 1);
        repeated++;
    }
    at = 0;
    for (size_t i = 0; i < cases; at += count[i++]) {
        double off = mean_of(score + at, count[i]) - result.mean;
        squares += off * off;
    }
    result.has_se = cases > 1;
    result.se = result.has_se ? sqrt(squares / (double)(cases - 1) / (double)cases) : 0;
    result.has_naive = total > 1;
    if (result.has_naive)
        result.se_naive = sqrt(squares_of(score, total, mean_of(score, total)) /
                               (double)(total - 1) / (double)total);
    result.has_within = repeated > 0;
    result.within_variance = repeated ? within / (double)repeated : 0;
    return result;
}

/* --- how much can be seen --- */

static double seen_by(double alpha, double power)
{
    return normal_level(alpha) + gsl_cdf_ugaussian_Pinv(power);
}

static double variance_of(const struct paired_design *design)
{
    return design->omega2 + design->sigma2_a / design->k_a + design->sigma2_b / design->k_b;
}

double sample_size_paired(const struct paired_design *design, double delta)
{
    double z = seen_by(design->alpha, design->power);
    return z * z * variance_of(design) / (delta * delta);
}

double mde_paired(const struct paired_design *design, double n)
{
    return seen_by(design->alpha, design->power) * sqrt(variance_of(design) / n);
}

double mde_two_proportion(double n_per_arm, double p, double alpha, double power)
{
    return seen_by(alpha, power) * sqrt(2 * p * (1 - p) / n_per_arm);
}

/*
 * C(part, k) / C(n, k): that k of n are all of the part. The same as C(n - k, rest) / C(n, rest)
 * with the rest n - part, so that the smaller of k and rest counts the steps.
 */
static double all_of_part(int64_t n, int64_t part, int64_t k)
{
    int64_t rest = n - part, steps = k < rest ? k : rest, other = k < rest ? rest : k;
    double share = 1;
    for (int64_t i = 0; i < steps && share > 0; i++)
        share *= (double)(n - other - i > 0 ? n - other - i : 0) / (double)(n - i);
    return share;
}

bool pass_at_k(int64_t n, int64_t correct, int64_t k, double *any, double *all)
{
    if (k > n)
        return false;
    *any = 1 - all_of_part(n, n - correct, k);
    *all = all_of_part(n, correct, k);
    return true;
}
