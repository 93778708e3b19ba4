/*
 * See experiment_size.h. Closed forms where there are; else the power as a function of the size,
 * and a search for where it is enough. Knows no arms and no data, only their spread.
 */
#include "engine/stats/experiment_size.h"
#include "engine/stats/student.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

int64_t size_whole(double n)
{
    return (int64_t)ceil(n - 1e-9);
}

/* zB, what the power asks for; zA, what the level asks for, is normal_level. */
static double z_power(double power)
{
    return gsl_cdf_ugaussian_Pinv(power);
}

static double square(double x)
{
    return x * x;
}

struct size_two_proportion sample_size_two_proportion(double p1, double p2, double alpha,
                                                      double power)
{
    double level = normal_level(alpha), seen = z_power(power), both = square(level + seen);
    double mean = (p1 + p2) / 2, spread = p1 * (1 - p1) + p2 * (1 - p2);
    double angle = 2 * asin(sqrt(p2)) - 2 * asin(sqrt(p1));
    double pooled = level * sqrt(2 * mean * (1 - mean)) + seen * sqrt(spread);
    return (struct size_two_proportion){
        .exact = square(pooled) / square(p2 - p1),
        .unpooled = both * spread / square(p2 - p1),
        .arcsine = 2 * both / square(angle),
    };
}

/* --- means --- */

/* Beyond this size the t test needs zA^2 / 4 more than the z test, to more digits than count. */
static const double size_large = 1e5;

static double mean_power(double n, double effect_size, double alpha)
{
    return student_power(effect_size * sqrt(n / 2), 2 * n - 2, alpha);
}

static double size_by_t(double start, double effect_size, double alpha, double power)
{
    double low = 1.01, high = fmax(start, 2);
    while (mean_power(high, effect_size, alpha) < power)
        high *= 1.5;
    for (int i = 0; i < 200 && high - low > 1e-12 * high; i++) {
        double middle = (low + high) / 2;
        if (mean_power(middle, effect_size, alpha) < power)
            low = middle;
        else
            high = middle;
    }
    return high;
}

struct size_mean sample_size_mean(double effect_size, double alpha, double power)
{
    double effect = fabs(effect_size);
    double z = 2 * square(normal_level(alpha) + z_power(power)) / square(effect);
    return (struct size_mean){
        .z = z,
        .t = z > size_large ? z + square(normal_level(alpha)) / 4
                            : size_by_t(z, effect, alpha, power),
    };
}

double sample_size_mcnemar(double p10, double p01, double alpha, double power)
{
    double flips = p10 + p01, net = p01 - p10;
    double sum = normal_level(alpha) * sqrt(flips) + z_power(power) * sqrt(flips - net * net);
    return square(sum) / square(net);
}

/* --- a lift --- */

/* P(|estimate| > bound standard errors) when the true effect is `shift` standard errors. */
static double power_beyond(double shift, double bound)
{
    return gsl_cdf_ugaussian_P(shift - bound) + gsl_cdf_ugaussian_P(-shift - bound);
}

/* The d > 0 with d = demand * sqrt(unit * (1 + (1 + d)^2)); false: there is none. */
static bool solve_mde(double unit, double demand, double *mde)
{
    double share = unit * demand * demand;
    if (demand <= 0 || share >= 1)
        return false;
    *mde = (share + sqrt(share * share + 2 * share * (1 - share))) / (1 - share);
    return true;
}

struct lift_power power_lift(const struct lift_plan *plan, double effect)
{
    double unit = plan->variance / (plan->n_per_arm * square(plan->mean));
    double shift = effect / sqrt(unit * (1 + square(1 + effect)));
    double seen = z_power(plan->power), fixed = normal_level(plan->alpha);
    double rho = sequence_rho(plan->planned_n, plan->alpha);
    double sequential = sequence_bound(2 * plan->n_per_arm, rho, plan->alpha);
    struct lift_power power = {
        .fixed = power_beyond(shift, fixed),
        .sequential = power_beyond(shift, sequential),
    };
    power.has_mde = solve_mde(unit, fixed + seen, &power.mde);
    power.has_mde_sequential = solve_mde(unit, sequential + seen, &power.mde_sequential);
    return power;
}

/* --- in the middle of an experiment --- */

typedef double mid_power_of(const struct mid_plan *plan, double times);

static double mid_se(const struct mid_plan *plan, double times)
{
    return plan->se / sqrt(times);
}

static double mid_fixed(const struct mid_plan *plan, double times)
{
    return power_beyond(plan->effect / mid_se(plan, times), normal_level(plan->alpha));
}

static double mid_sequential(const struct mid_plan *plan, double times)
{
    double rho = sequence_rho(plan->planned_n, plan->alpha);
    return power_beyond(plan->effect / mid_se(plan, times),
                        sequence_bound(plan->n * times, rho, plan->alpha));
}

/* The posterior's interval excludes 0 when the estimate lies beyond one of two bounds. */
static double mid_bayes(const struct mid_plan *plan, double times)
{
    double se = mid_se(plan, times), precision = 1 / square(se) + 1 / plan->prior_variance;
    double demand = normal_level(plan->alpha) * sqrt(precision);
    double pull = plan->prior_mean / plan->prior_variance;
    double above = square(se) * (demand - pull), below = square(se) * (-demand - pull);
    return gsl_cdf_ugaussian_Q((above - plan->effect) / se) +
           gsl_cdf_ugaussian_P((below - plan->effect) / se);
}

static const double times_max = 1e15, times_step = 1.02;

/* A prior that says much may make the power fall before it rises: so a walk, then a bisection. */
static struct extra smallest_extra(const struct mid_plan *plan, mid_power_of *power_of)
{
    double low = 1, high = 1;
    while (power_of(plan, high) < plan->power) {
        low = high;
        high *= times_step;
        if (high > times_max)
            return (struct extra){ .is_known = false };
    }
    for (int i = 0; i < 100 && high > low; i++) {
        double middle = (low + high) / 2;
        if (power_of(plan, middle) < plan->power)
            low = middle;
        else
            high = middle;
    }
    return (struct extra){ .is_known = true, .k = high - 1 };
}

struct mid_power power_mid_experiment(const struct mid_plan *plan)
{
    struct mid_power extra = {
        .fixed = smallest_extra(plan, mid_fixed),
        .sequential = smallest_extra(plan, mid_sequential),
    };
    if (plan->has_prior)
        extra.bayes = smallest_extra(plan, mid_bayes);
    return extra;
}
