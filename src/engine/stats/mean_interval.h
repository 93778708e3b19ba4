/*
 * The mean of a few values and how sure it is: Student's t interval (Student 1908). Values are
 * given one by one (Welford 1962), so that a long series takes no memory.
 */
#ifndef RONDO_MEAN_INTERVAL_H
#define RONDO_MEAN_INTERVAL_H

#include "engine/stats/stats.h"

struct running_mean {
    int64_t n;
    double mean, squares; /* the sum of squared distances from the mean */
};

/* Begin with zeros. The value has to be finite. */
void running_mean_add(struct running_mean *running, double value);

/* The t interval with n - 1 degrees of freedom; not known for fewer than two values. */
struct interval mean_interval(const struct running_mean *running, double confidence);

#endif
