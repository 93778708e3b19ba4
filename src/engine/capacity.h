/*
 * When something is full: forecasts of a level, as pure functions, always with an interval.
 * Smoothing: Hyndman and Athanasopoulos, "Forecasting", sections 8.2, 8.3 and 8.7 (ETS models
 * AAN and AAA), with the starting values of the methods page.
 */
#ifndef RONDO_CAPACITY_H
#define RONDO_CAPACITY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Weeks until `used` is at threshold * capacity with this growth a week; 0: it is there. False:
 * never.
 */
bool capacity_runway(double used, double capacity, double weekly_growth, double threshold,
                     double *weeks);

struct line {
    double slope, intercept; /* at the last time */
};

/* Least squares over times relative to the last in the list. False: fewer than two times. */
bool predict_linear(const double *t, const double *v, size_t count, struct line *line);

struct smoothing {
    double alpha, beta_star,
        gamma;       /* of level, trend, season; beta_star is that of alpha's share */
    size_t season;   /* positions in it */
    double coverage; /* of the interval */
};

struct smoothed {
    double level, trend, sigma2;
};

/* What lies ahead; three arrays with room for `steps`. */
struct ahead {
    size_t steps;
    double *forecast, *lower, *upper;
};

/* count >= 3. */
struct smoothed holt_linear(const double *y, size_t count, const struct smoothing *with,
                            struct ahead *ahead);

/* At least two seasons; `seasonal` has room for one, by the position in the season. */
struct smoothed holt_winters_additive(const double *y, size_t count, const struct smoothing *with,
                                      double *seasonal, struct ahead *ahead);

#endif
