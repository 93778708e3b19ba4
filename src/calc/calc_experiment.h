/*
 * The rows of the group "experiments" that stand in files of their own, for its one table.
 */
#ifndef RONDO_CALC_EXPERIMENT_H
#define RONDO_CALC_EXPERIMENT_H

#include "calc/calc.h"

#define CALC_EXPERIMENT(name)                                                                      \
    extern const struct calc_input name##_inputs[];                                                \
    bool run_##name(struct call *call, const struct calc_values *in, struct json_writer *out)

/* calc_experiment_test.c */
CALC_EXPERIMENT(calc_welch_t);
CALC_EXPERIMENT(calc_two_proportion);
CALC_EXPERIMENT(calc_cuped);
CALC_EXPERIMENT(calc_cuped_ratio);
CALC_EXPERIMENT(calc_srm);
CALC_EXPERIMENT(calc_sequential_test);
CALC_EXPERIMENT(calc_lift_variance);

/* calc_experiment_size.c */
CALC_EXPERIMENT(calc_sample_size_two_proportion);
CALC_EXPERIMENT(calc_sample_size_mean);
CALC_EXPERIMENT(calc_sample_size_mcnemar);
CALC_EXPERIMENT(calc_power_lift);
CALC_EXPERIMENT(calc_power_mid_experiment);

/* calc_experiment_belief.c */
CALC_EXPERIMENT(calc_gaussian_risk);
CALC_EXPERIMENT(calc_bayes_gaussian);
CALC_EXPERIMENT(calc_beta_binomial);

#endif
