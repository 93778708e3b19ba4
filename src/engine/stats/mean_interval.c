/* See mean_interval.h. */
#include "engine/stats/mean_interval.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

void running_mean_add(struct running_mean *running, double value)
{
    running->n++;
    double distance = value - running->mean;
    running->mean += distance / (double)running->n;
    running->squares += distance * (value - running->mean);
}

struct interval mean_interval(const struct running_mean *running, double confidence)
{
    if (running->n < 2)
        return (struct interval){ .is_known = false };
    double freedom = (double)(running->n - 1);
    double error = sqrt(running->squares / freedom / (double)running->n);
    double half = gsl_cdf_tdist_Qinv((1 - confidence) / 2, freedom) * error;
    return (struct interval){ .is_known = isfinite(half),
                              .lower = running->mean - half,
                              .upper = running->mean + half };
}
