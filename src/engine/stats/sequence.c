/*
 * See experiment.h: a test that holds whenever one looks. `planned_n` is the number fixed at the
 * start; whether it was, is for the caller to know.
 */
#include "engine/stats/experiment.h"
#include "engine/stats/student.h"

#include <math.h>

double sequence_rho(double planned_n, double alpha)
{
    double twice = -2 * log(alpha);
    return sqrt((twice + log(twice + 1)) / planned_n);
}

double sequence_bound(double n, double rho, double alpha)
{
    double t = n * rho * rho + 1, width = n * rho;
    return sqrt(n) * sqrt(2 * t * (log(t) / 2 - log(alpha)) / (width * width));
}

/* p in logs: with a large z the exponential alone is 0. */
static double sequence_p(double z, double n, double rho)
{
    double t = n * rho * rho + 1;
    return exp(fmin(0, log(t) / 2 - rho * rho * z * z * n / (2 * t)));
}

static void one_side(struct sequence *test, double estimate, double se, double n, double alpha)
{
    double t = n * test->rho_one_sided * test->rho_one_sided + 1;
    double width = n * test->rho_one_sided;
    test->halfwidth_one_sided =
        se * sqrt(n) * sqrt(2 * t / (width * width) * log1p(sqrt(t) / (2 * alpha)));
    test->lower_one_sided = estimate - test->halfwidth_one_sided;
    test->upper_one_sided = estimate + test->halfwidth_one_sided;
}

struct sequence sequential_test(double estimate, double se, double n, double planned_n,
                                double alpha)
{
    struct sequence test = {
        .rho = sequence_rho(planned_n, alpha),
        .is_known = se > 0,
        .has_one_sided = alpha < 0.5,
    };
    if (test.has_one_sided)
        test.rho_one_sided = sequence_rho(planned_n, 2 * alpha);
    if (!test.is_known)
        return test;
    double bound = sequence_bound(n, test.rho, alpha);
    test.halfwidth = bound * se;
    test.lower = estimate - test.halfwidth;
    test.upper = estimate + test.halfwidth;
    test.p = sequence_p(estimate / se, n, test.rho);
    test.ratio_to_fixed = bound / normal_level(alpha);
    if (test.has_one_sided)
        one_side(&test, estimate, se, n, alpha);
    return test;
}
