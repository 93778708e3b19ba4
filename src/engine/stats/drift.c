/* See drift.h: noise, change points and alarms of one series. */
#include "engine/stats/drift.h"

#include <assert.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <stdlib.h>

/* --- noise --- */

static double median_of(double *value, size_t count)
{
    gsl_sort(value, 1, count);
    return gsl_stats_median_from_sorted_data(value, 1, count);
}

static double median_deviation(double *value, size_t count)
{
    double middle = median_of(value, count);
    for (size_t i = 0; i < count; i++)
        value[i] = fabs(value[i] - middle);
    return median_of(value, count);
}

/* A series that stands still but for a few jumps: what is known of noise is in the jumps. */
static double sigma_of_jumps(const double *series, size_t n, double *jump)
{
    size_t count = 0;
    for (size_t i = 1; i < n; i++)
        if (series[i] != series[i - 1])
            jump[count++] = series[i] - series[i - 1];
    return count >= 2 ? gsl_stats_sd(jump, 1, count) / M_SQRT2 : 0;
}

bool noise_sigma(const double *series, size_t n, struct noise_sigma *result)
{
    *result = (struct noise_sigma){ .is_known = n >= 2 };
    if (n < 2)
        return true;
    double *difference = calloc(n, sizeof *difference);
    if (!difference)
        return false;
    for (size_t i = 1; i < n; i++)
        difference[i - 1] = series[i] - series[i - 1];
    result->sigma = 1.4826 * median_deviation(difference, n - 1) / M_SQRT2;
    if (result->sigma == 0)
        result->sigma = sigma_of_jumps(series, n, difference);
    result->penalty = 3 * result->sigma * result->sigma * log((double)n);
    free(difference);
    return true;
}

/* --- change points --- */

/* A segment while it grows; its mean is updated so that equal values cost exactly nothing. */
struct segment {
    double count, mean, squares;
    double passed, total;
};

struct series {
    const double *value;
    const int64_t *passed, *total;
    void (*grow)(struct segment *segment, const struct series *series, size_t at);
    double (*cost)(const struct segment *segment);
};

static void grow_mean(struct segment *segment, const struct series *series, size_t at)
{
    double off = series->value[at] - segment->mean;
    segment->count++;
    segment->mean += off / segment->count;
    segment->squares += off * (series->value[at] - segment->mean);
}

static double cost_mean(const struct segment *segment)
{
    return segment->squares;
}

static void grow_rate(struct segment *segment, const struct series *series, size_t at)
{
    segment->passed += (double)series->passed[at];
    segment->total += (double)series->total[at];
}

static double surprise(double part, double whole)
{
    return part > 0 ? -2 * part * log(part / whole) : 0;
}

static double cost_rate(const struct segment *segment)
{
    return surprise(segment->passed, segment->total) +
           surprise(segment->total - segment->passed, segment->total);
}

/* The best way from an index to the end. */
struct road {
    double objective;
    size_t changes, next; /* next: the first index of the following segment; n at the last */
};

static bool is_better(const struct road *a, const struct road *b, double tolerance)
{
    if (fabs(a->objective - b->objective) > tolerance)
        return a->objective < b->objective;
    if (a->changes != b->changes)
        return a->changes < b->changes;
    return a->next < b->next;
}

static double cost_of_all(const struct series *series, size_t n)
{
    struct segment segment = { 0 };
    for (size_t i = 0; i < n; i++)
        series->grow(&segment, series, i);
    return series->cost(&segment);
}

/* road[to] is known for every `to` beyond `from`. A road of infinite cost does not exist. */
static struct road road_from(const struct series *series, size_t n, size_t from, double penalty,
                             size_t min_segment, double tolerance, const struct road *road)
{
    struct road best = { .objective = INFINITY, .next = n };
    struct segment segment = { 0 };
    for (size_t to = from + 1; to <= n; to++) {
        series->grow(&segment, series, to - 1);
        if (to - from < min_segment || (to < n && isinf(road[to].objective)))
            continue;
        struct road next = { .objective = series->cost(&segment), .next = to };
        if (to < n) {
            next.objective += penalty + road[to].objective;
            next.changes = road[to].changes + 1;
        }
        if (isinf(best.objective) || is_better(&next, &best, tolerance))
            best = next;
    }
    return best;
}

static bool change_points(const struct series *series, size_t n, size_t min_segment,
                          struct change_points *result)
{
    double all = cost_of_all(series, n);
    assert(min_segment >= 1);
    result->count = 0;
    result->objective = all;
    if (n / 2 < min_segment)
        return true;
    struct road *road = calloc(n, sizeof *road);
    if (!road)
        return false;
    for (size_t from = n; from-- > 0;)
        road[from] = road_from(series, n, from, result->penalty, min_segment, 1e-12 * all, road);
    result->objective = road[0].objective;
    for (size_t at = road[0].next; at < n; at = road[at].next)
        result->breakpoint[result->count++] = at;
    free(road);
    return true;
}

bool change_points_l2(const double *series, size_t n, const double *penalty, size_t min_segment,
                      struct change_points *result)
{
    const struct series values = { .value = series, .grow = grow_mean, .cost = cost_mean };
    struct noise_sigma noise = { .is_known = true };
    if (!penalty && !noise_sigma(series, n, &noise))
        return false;
    result->has_penalty = noise.is_known;
    result->penalty = penalty ? *penalty : noise.penalty;
    return change_points(&values, n, min_segment, result);
}

bool change_points_binomial(const int64_t *passed, const int64_t *total, size_t n,
                            const double *penalty, size_t min_segment, struct change_points *result)
{
    const struct series rates = {
        .passed = passed,
        .total = total,
        .grow = grow_rate,
        .cost = cost_rate,
    };
    result->has_penalty = penalty || n > 0;
    result->penalty = penalty ? *penalty : n > 0 ? 2 * log((double)n) : 0;
    return change_points(&rates, n, min_segment, result);
}

/* --- alarms --- */

size_t cusum_lower(const double *series, size_t n, double mu0, double sigma, double k, double h,
                   double *s)
{
    size_t first = n;
    double sum = 0;
    assert(sigma > 0);
    for (size_t i = 0; i < n; i++) {
        sum = fmax(0, sum + (mu0 - series[i]) / sigma - k);
        s[i] = sum;
        if (sum > h && first == n)
            first = i;
    }
    return first;
}

struct evalue evalue_bernoulli(int64_t successes, int64_t n, double p0, double prior_a,
                               double prior_b)
{
    double x = (double)successes, rest = (double)(n - successes);
    assert(successes >= 0 && successes <= n && p0 > 0 && p0 < 1 && prior_a > 0 && prior_b > 0);
    struct evalue result = { .log_e = 0, .p = 1 };
    if (n == 0)
        return result;
    result.log_e = gsl_sf_lnbeta(prior_a + x, prior_b + rest) - gsl_sf_lnbeta(prior_a, prior_b) -
                   x * log(p0) - rest * log1p(-p0);
    result.p = fmin(1, exp(-result.log_e));
    return result;
}
