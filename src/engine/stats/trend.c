/*
 * Is a series going somewhere: the Mann-Kendall test (Mann 1945, Kendall 1975) with the Theil-Sen
 * slope. Knows points, not weeks. Looks at all pairs: meant for series of weeks, not for millions
 * of points.
 */
#include "engine/stats/stats.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

enum { EXACT_N_MAX = 12, EXACT_PAIRS_MAX = EXACT_N_MAX * (EXACT_N_MAX - 1) / 2 };

struct point {
    double x, y;
    size_t at;
};

static int by_x(const void *left, const void *right)
{
    const struct point *a = left, *b = right;
    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Sorts `value` and gives its middle. count > 0. */
static double median(double *value, size_t count)
{
    qsort(value, count, sizeof *value, by_value);
    return count % 2 ? value[count / 2] : (value[count / 2 - 1] + value[count / 2]) / 2;
}

/* What equal values of y take away: pairs from tau_b, variance from S. */
struct ties {
    int64_t pairs;
    double variance;
};

static struct ties ties_of(const double *sorted, size_t count)
{
    struct ties ties = { 0 };
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && sorted[to] == sorted[from]; to++)
            ;
        double t = (double)(to - from);
        ties.pairs += (int64_t)(to - from) * (int64_t)(to - from - 1) / 2;
        ties.variance += t * (t - 1) * (2 * t + 5);
    }
    return ties;
}

/* S, and the slope of each pair with different x; the number of slopes is the result. */
static size_t walk_pairs(const struct point *point, size_t n, double *slope, int64_t *s)
{
    size_t slope_count = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            *s += (point[j].y > point[i].y) - (point[j].y < point[i].y);
            if (point[j].x > point[i].x)
                slope[slope_count++] = (point[j].y - point[i].y) / (point[j].x - point[i].x);
        }
    }
    return slope_count;
}

/*
 * min(1, 2 P(S >= |s|)) when every order of n different values is equally likely. An order with v
 * inversions has S = pairs - 2 v; the orders with v inversions are counted by putting in one value
 * after the other.
 */
static double inversions_p(size_t n, int64_t s)
{
    double orders[EXACT_PAIRS_MAX + 1] = { 1 }, all = 1;
    size_t pairs = 0;
    for (size_t size = 2; size <= n; size++) {
        double before[EXACT_PAIRS_MAX + 1] = { 0 };
        for (size_t v = 0; v <= pairs; v++)
            for (size_t passed = 0; passed < size; passed++)
                before[v + passed] += orders[v];
        pairs += size - 1;
        all *= (double)size;
        for (size_t v = 0; v <= pairs; v++)
            orders[v] = before[v];
    }
    double tail = 0;
    for (size_t v = 0; v <= (pairs - (size_t)llabs(s)) / 2; v++)
        tail += orders[v];
    return fmin(1, 2 * tail / all);
}

static void test_trend(struct mann_kendall *result, struct ties ties)
{
    double n = (double)result->n;
    double pairs = n * (n - 1) / 2, s = (double)result->s;
    result->var_s = (n * (n - 1) * (2 * n + 5) - ties.variance) / 18;
    if (result->s != 0 && result->var_s > 0)
        result->z = (s > 0 ? s - 1 : s + 1) / sqrt(result->var_s);
    result->p_normal = fmin(1, 2 * gsl_cdf_ugaussian_Q(fabs(result->z)));
    result->has_exact = result->n <= EXACT_N_MAX && ties.pairs == 0;
    if (result->has_exact)
        result->p_exact = inversions_p(result->n, result->s);
    result->p = result->has_exact ? result->p_exact : result->p_normal;
    result->tau_a = s / pairs;
    result->has_tau_b = (double)ties.pairs < pairs;
    if (result->has_tau_b)
        result->tau_b = s / sqrt(pairs * (pairs - (double)ties.pairs));
}

/* `slope` has room for every pair, `value` for every point. */
static void fill_result(struct mann_kendall *result, const struct point *point, double *slope,
                        double *value)
{
    size_t n = result->n;
    size_t slope_count = walk_pairs(point, n, slope, &result->s);
    for (size_t i = 0; i < n; i++)
        value[i] = point[i].y;
    double y_median = median(value, n);
    test_trend(result, ties_of(value, n));
    result->has_slope = slope_count > 0;
    if (!result->has_slope)
        return;
    for (size_t i = 0; i < n; i++)
        value[i] = point[i].x;
    result->slope = median(slope, slope_count);
    result->intercept = y_median - result->slope * median(value, n);
}

bool mann_kendall(const double *y, const double *x, size_t n, struct mann_kendall *result)
{
    *result = (struct mann_kendall){ .n = n, .p_normal = 1, .p = 1 };
    size_t twice_pairs;
    if (n < 2)
        return true;
    if (__builtin_mul_overflow(n, n - 1, &twice_pairs))
        return false;
    struct point *point = calloc(n, sizeof *point);
    double *slope = calloc(twice_pairs / 2, sizeof *slope);
    double *value = calloc(n, sizeof *value);
    bool has_room = point && slope && value;
    if (has_room) {
        for (size_t i = 0; i < n; i++)
            point[i] = (struct point){ x ? x[i] : (double)i, y[i], i };
        qsort(point, n, sizeof *point, by_x);
        fill_result(result, point, slope, value);
    }
    free(point);
    free(slope);
    free(value);
    return has_room;
}
