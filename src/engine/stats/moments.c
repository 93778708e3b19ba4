/*
 * See experiment.h: what is kept of an arm, and the difference of two. Knows no test.
 */
#include "engine/stats/experiment.h"

#include <math.h>

/* What squares may fall short of, relative to themselves, by rounding; beyond, they are wrong. */
static const double rounding = 1e-9, noise = 1e-15;

struct moments moments_of_values(const double *value, size_t count)
{
    double sum = 0, squares = 0, mean = value[0];
    /* From the first value on: of equal values the mean is exact, and the variance 0. */
    for (size_t i = 0; i < count; i++)
        sum += value[i] - value[0];
    mean += sum / (double)count;
    for (size_t i = 0; i < count; i++)
        squares += (value[i] - mean) * (value[i] - mean);
    return (struct moments){
        .n = (double)count,
        .mean = mean,
        .variance = count > 1 ? squares / (double)(count - 1) : 0,
    };
}

bool moments_of_sums(double n, double sum, double sum_squares, struct moments *arm)
{
    double spread = sum_squares - sum * sum / n;
    *arm = (struct moments){ .n = n, .mean = sum / n, .variance = fmax(0, spread) / (n - 1) };
    if (spread < noise * sum_squares)
        arm->variance = 0;
    return sum_squares >= 0 && spread >= -rounding * sum_squares;
}

struct moments moments_of_rate(double n, double sum)
{
    double rate = sum / n;
    return (struct moments){ .n = n, .mean = rate, .variance = rate * (1 - rate) };
}

struct lift_variance lift_variance(const struct moments *a, const struct moments *b)
{
    double square = a->mean * a->mean;
    struct lift_variance variance = {
        .absolute = a->variance / a->n + b->variance / b->n,
        .has_relative = a->mean != 0,
    };
    if (variance.has_relative)
        variance.relative = b->variance / (b->n * square) +
                            a->variance * (b->mean * b->mean) / (a->n * square * square);
    return variance;
}

double welch_df(double a_part, double a_n, double b_part, double b_n)
{
    double sum = a_part + b_part;
    return sum * sum / (a_part * a_part / (a_n - 1) + b_part * b_part / (b_n - 1));
}

struct difference difference_of(const struct moments *a, const struct moments *b, bool is_relative)
{
    struct lift_variance variance = lift_variance(a, b);
    double estimate = b->mean - a->mean;
    return (struct difference){
        .estimate = is_relative ? estimate / fabs(a->mean) : estimate,
        .se = sqrt(is_relative ? variance.relative : variance.absolute),
        .df = welch_df(a->variance / a->n, a->n, b->variance / b->n, b->n),
    };
}
