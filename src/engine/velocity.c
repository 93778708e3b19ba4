/* See velocity.h. */
#include "engine/velocity.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

static double floor_nearly(double value)
{
    return floor(value + PLANNING_EPSILON);
}

struct velocity velocity_average(const struct velocity_iteration *iteration, size_t count,
                                 size_t window, double iteration_weeks, double initial)
{
    double sum = 0;
    size_t taken = 0;
    for (size_t i = count; i-- > 0 && taken < window;) {
        if (iteration[i].strength == 0)
            continue;
        sum += iteration[i].points / iteration[i].strength / (iteration[i].weeks / iteration_weeks);
        taken++;
    }
    if (taken == 0)
        return (struct velocity){ initial, true };
    return (struct velocity){ floor_nearly(sum / (double)taken), false };
}

static double mean_of(const double *value, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += value[i];
    return sum / (double)count;
}

bool velocity_volatility(const double *points, size_t count, size_t window, int64_t *percent)
{
    *percent = 0;
    if (count == 0 || window == 0)
        return false;
    if (window < count) {
        points += count - window;
        count = window;
    }
    double mean = mean_of(points, count), squares = 0;
    for (size_t i = 0; i < count; i++)
        squares += (points[i] - mean) * (points[i] - mean);
    if (mean != 0)
        *percent = (int64_t)floor_nearly(sqrt(squares / (double)count) / mean * 100);
    return true;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static size_t sign_test_rank(size_t count, double confidence)
{
    size_t k = 0;
    while (2 * gsl_cdf_binomial_P((unsigned)k, 0.5, (unsigned)count) <=
               1 - confidence + PLANNING_EPSILON &&
           k + 1 <= (count + 1) / 2)
        k++;
    return k;
}

struct velocity_interval velocity_interval(double *velocity, size_t count, double confidence)
{
    struct velocity_interval interval = { false, 0, NAN, NAN };
    if (count < VELOCITY_INTERVAL_MIN)
        return interval;
    size_t k = sign_test_rank(count, confidence);
    if (k == 0)
        return interval;
    qsort(velocity, count, sizeof *velocity, by_value);
    return (struct velocity_interval){ true, (int64_t)k, velocity[k - 1], velocity[count - k] };
}

struct velocity_range velocity_range(double *velocity, size_t count, int64_t iterations)
{
    if (count == 0)
        return (struct velocity_range){ false, NAN, NAN, NAN };
    size_t few = count < 3 ? count : 3;
    double times = (double)iterations;
    qsort(velocity, count, sizeof *velocity, by_value);
    return (struct velocity_range){ true, mean_of(velocity, few) * times,
                                    mean_of(velocity, count) * times,
                                    mean_of(velocity + count - few, few) * times };
}

size_t velocity_plan(const double *points, size_t count, double velocity, size_t *iteration)
{
    size_t number = 0;
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_full = sum + points[i] > velocity + PLANNING_EPSILON;
        bool is_started = i > 0;
        if (is_full && is_started) {
            number++;
            sum = 0;
        }
        sum += points[i];
        iteration[i] = number;
    }
    return count ? number + 1 : 0;
}

struct velocity_ready velocity_ready(const double *points, size_t count, double velocity)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += points[i];
    return (struct velocity_ready){ sum, sum >= velocity - PLANNING_EPSILON, velocity != 0,
                                    velocity != 0 ? sum / velocity : NAN };
}
