/*
 * How much a team gets done per iteration, and what that says of the next ones (methods page,
 * planning, 1). Points are accepted points only; who accepted what is not known here. Nothing here
 * fails: "not known" is said by a bool. Sums of decimals are compared with PLANNING_EPSILON.
 */
#ifndef RONDO_VELOCITY_H
#define RONDO_VELOCITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a sum of decimals may be off before a comparison with it is wrong. */
#define PLANNING_EPSILON 1e-9

enum { VELOCITY_WINDOW_MAX = 4, VELOCITY_INTERVAL_MIN = 5 };

/* One iteration, oldest first in lists. */
struct velocity_iteration {
    double points;
    double strength; /* share of the team that was there; 0: not counted at all */
    double weeks;    /* above 0 */
};

struct velocity {
    double points;   /* whole, unless it is the team's own first guess */
    bool is_initial; /* no iteration counted */
};

/*
 * The floor of the mean of the last `window` iterations, each as if the whole team had worked for
 * iteration_weeks (Pivotal Tracker's rule).
 */
struct velocity velocity_average(const struct velocity_iteration *iteration, size_t count,
                                 size_t window, double iteration_weeks, double initial);

/*
 * floor(population standard deviation / mean * 100) of the last `window`, in percent; 0 when the
 * mean is. False: no points.
 */
bool velocity_volatility(const double *points, size_t count, size_t window, int64_t *percent);

/*
 * Interval of the median by the sign test: the k-th lowest and highest, k the largest with
 * 2 P(Bin(n, 1/2) <= k - 1) <= 1 - confidence. Not known below five, or when no k is that sure.
 */
struct velocity_interval {
    bool is_known;
    int64_t k;
    double low, high;
};
/* Sorts the velocities. */
struct velocity_interval velocity_interval(double *velocity, size_t count, double confidence);

/* Means of the three lowest, all and the three highest (or as many as there are), for n of them. */
struct velocity_range {
    bool is_known; /* there are velocities */
    double worst, mean, best;
};
/* Sorts the velocities. */
struct velocity_range velocity_range(double *velocity, size_t count, int64_t iterations);

/*
 * Fills iterations in the order of the backlog, skipping nothing: iteration[i] is that of story i,
 * from 0. A story larger than the velocity gets one of its own. Returns how many there are.
 */
size_t velocity_plan(const double *points, size_t count, double velocity, size_t *iteration);

/* Whether the stories that are ready fill one iteration. */
struct velocity_ready {
    double points;
    bool is_enough;
    bool has_iterations; /* the velocity is not 0 */
    double iterations;
};
struct velocity_ready velocity_ready(const double *points, size_t count, double velocity);

#endif
