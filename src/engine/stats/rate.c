/*
 * A rate and its Wilson interval, and the one normal quantile that all intervals share. Knows
 * counts only, not what was counted.
 */
#include "engine/stats/stats.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

double normal_two_sided(double confidence)
{
    assert(confidence > 0 && confidence < 1);
    return gsl_cdf_ugaussian_Pinv(1 - (1 - confidence) / 2);
}

struct interval wilson(int64_t successes, int64_t n, double confidence)
{
    if (n <= 0 || successes < 0 || successes > n)
        return (struct interval){ .is_known = false };
    double z = normal_two_sided(confidence);
    double count = (double)n, p = (double)successes / count;
    double shrink = 1 + z * z / count;
    double centre = (p + z * z / (2 * count)) / shrink;
    double half = z / shrink * sqrt(p * (1 - p) / count + z * z / (4 * count * count));
    return (struct interval){
        .is_known = true,
        .lower = successes == 0 ? 0 : fmax(0, centre - half),
        .upper = successes == n ? 1 : fmin(1, centre + half),
    };
}
