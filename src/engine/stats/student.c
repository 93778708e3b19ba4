/*
 * See student.h. GSL has the distribution; its quantile is polished here, because for few degrees
 * of freedom it is good to about nine digits only. Knows no arms and no samples.
 */
#include "engine/stats/student.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

double normal_level(double alpha)
{
    return gsl_cdf_ugaussian_Qinv(alpha / 2);
}

double student_upper(double t, double df)
{
    return gsl_cdf_tdist_Q(t, df);
}

double student_quantile(double tail, double df)
{
    double t = gsl_cdf_tdist_Qinv(tail, df);
    for (int i = 0; i < 3; i++) {
        double density = gsl_ran_tdist_pdf(t, df);
        double step = (gsl_cdf_tdist_Q(t, df) - tail) / density;
        if (!isfinite(step) || fabs(step) > 1e-3 * (1 + fabs(t)))
            break;
        t += step;
    }
    return t;
}

/* Beyond this weight of the Poisson terms nothing is left that a double could show. */
static const double weight_least = 1e-18;

/* From here on T is its noncentrality over the root of its chi-square: the normal part is a point.
 */
static const double rate_large = 1e5;

double student_power(double noncentrality, double df, double alpha)
{
    double bound = student_quantile(alpha / 2, df);
    double at = 1 / (1 + df / (bound * bound)); /* of the beta distribution */
    double rate = noncentrality * noncentrality / 2;
    double seen = 0;
    if (rate > rate_large)
        return gsl_cdf_chisq_P(2 * rate * df / (bound * bound), df);
    for (double j = fmax(0, floor(rate - 10 * sqrt(rate)));; j++) {
        double weight = exp(j * log(rate) - rate - lgamma(j + 1));
        if (rate == 0)
            weight = j == 0 ? 1 : 0;
        seen += weight * gsl_cdf_beta_Q(at, 0.5 + j, df / 2);
        if (j > rate && weight < weight_least)
            return fmin(1, seen);
    }
}
