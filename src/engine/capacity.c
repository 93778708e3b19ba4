/* See capacity.h. Knows no resource and no limit but the numbers. */
#include "engine/capacity.h"
#include "engine/stats/stats.h"

#include <math.h>

bool capacity_runway(double used, double capacity, double weekly_growth, double threshold,
                     double *weeks)
{
    double full = threshold * capacity;
    *weeks = 0;
    if (used >= full)
        return true;
    if (weekly_growth <= 0 || used <= 0)
        return false;
    *weeks = log(full / used) / log1p(weekly_growth);
    return isfinite(*weeks);
}

bool predict_linear(const double *t, const double *v, size_t count, struct line *line)
{
    double mean_x = 0, mean_v = 0, squares = 0, products = 0;
    for (size_t i = 0; i < count; i++) {
        mean_x += (t[i] - t[count - 1]) / (double)count;
        mean_v += v[i] / (double)count;
    }
    bool has_two = false;
    for (size_t i = 0; i < count; i++) {
        double x = t[i] - t[count - 1] - mean_x;
        squares += x * x;
        products += x * (v[i] - mean_v);
        has_two = has_two || t[i] != t[0];
    }
    if (!has_two)
        return false;
    line->slope = products / squares;
    line->intercept = mean_v - line->slope * mean_x;
    return true;
}

static void put_interval(struct ahead *ahead, size_t step, double forecast, double variance,
                         double coverage)
{
    double half = normal_two_sided(coverage) * sqrt(variance);
    ahead->forecast[step] = forecast;
    ahead->lower[step] = forecast - half;
    ahead->upper[step] = forecast + half;
}

struct smoothed holt_linear(const double *y, size_t count, const struct smoothing *with,
                            struct ahead *ahead)
{
    double alpha = with->alpha, beta = alpha * with->beta_star;
    struct smoothed now = { .level = y[0], .trend = y[1] - y[0] };
    for (size_t i = 1; i < count; i++) {
        double error = y[i] - (now.level + now.trend);
        now.level += now.trend + alpha * error;
        now.trend += beta * error;
        now.sigma2 += error * error / (double)(count - 1);
    }
    for (size_t step = 0; step < ahead->steps; step++) {
        double h = (double)step + 1;
        double spread = alpha * alpha + alpha * beta * h + beta * beta * h * (2 * h - 1) / 6;
        put_interval(ahead, step, now.level + h * now.trend, now.sigma2 * (1 + (h - 1) * spread),
                     with->coverage);
    }
    return now;
}

static double mean_of(const double *y, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += y[i];
    return sum / (double)count;
}

/* The first season is the level, the second says how it moves. */
static struct smoothed season_start(const double *y, size_t season, double *seasonal)
{
    double first = mean_of(y, season), second = mean_of(y + season, season);
    for (size_t i = 0; i < season; i++)
        seasonal[i] = y[i] - first;
    return (struct smoothed){ .level = first, .trend = (second - first) / (double)season };
}

struct smoothed holt_winters_additive(const double *y, size_t count, const struct smoothing *with,
                                      double *seasonal, struct ahead *ahead)
{
    double alpha = with->alpha, beta = alpha * with->beta_star, spread = 1;
    struct smoothed now = season_start(y, with->season, seasonal);
    for (size_t i = 0; i < count; i++) {
        size_t place = i % with->season;
        double error = y[i] - (now.level + now.trend + seasonal[place]);
        now.level += now.trend + alpha * error;
        now.trend += beta * error;
        seasonal[place] += with->gamma * error;
        now.sigma2 += error * error / (double)count;
    }
    for (size_t step = 0; step < ahead->steps; step++) {
        double h = (double)step + 1;
        put_interval(ahead, step,
                     now.level + h * now.trend + seasonal[(count + step) % with->season],
                     now.sigma2 * spread, with->coverage);
        double weight = alpha + beta * h + ((step + 1) % with->season == 0 ? with->gamma : 0);
        spread += weight * weight;
    }
    return now;
}
