/*
 * How large an experiment must be, and what one of a given size can see. Formulas: the methods
 * page. alpha is two-sided; power lies above alpha, differences are not 0: the caller refuses.
 */
#ifndef RONDO_EXPERIMENT_SIZE_H
#define RONDO_EXPERIMENT_SIZE_H

#include "engine/stats/experiment.h"

/* The smallest whole number that is not below n, but for rounding. */
int64_t size_whole(double n);

/* Per arm, for the rates p1 and p2. */
struct size_two_proportion {
    double exact, arcsine, unpooled;
};
struct size_two_proportion sample_size_two_proportion(double p1, double p2, double alpha,
                                                      double power);

/* Per arm, for a difference of means in standard deviations: by z, and by the noncentral t. */
struct size_mean {
    double z, t;
};
struct size_mean sample_size_mean(double effect_size, double alpha, double power);

/* Pairs for McNemar's test (Connor 1987); p10 and p01 are rates of flips, not equal. */
double sample_size_mcnemar(double p10, double p01, double alpha, double power);

/* A relative lift of a mean that is not 0, looked at once and looked at any time. */
struct lift_plan {
    double mean, variance; /* of one user, variance > 0 */
    double n_per_arm;
    double alpha, power;
    double planned_n;
};
struct lift_power {
    double fixed, sequential;
    bool has_mde, has_mde_sequential; /* some lift, however large, would be seen */
    double mde, mde_sequential;
};
struct lift_power power_lift(const struct lift_plan *plan, double effect);

/*
 * How much more data a running experiment needs, as a multiple of what it has: the smallest k >= 0
 * with enough power at the true effect. se > 0 is that of the present n (both arms).
 */
struct mid_plan {
    double se, n, effect;
    double alpha, power, planned_n;
    bool has_prior;
    double prior_mean, prior_variance; /* variance > 0 */
};
struct extra {
    bool is_known; /* false: no multiple suffices, or no prior */
    double k;
};
struct mid_power {
    struct extra fixed, sequential, bayes;
};
struct mid_power power_mid_experiment(const struct mid_plan *plan);

#endif
