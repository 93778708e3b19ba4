/*
 * What is believed after an experiment, as pure functions: normal posteriors of a difference, beta
 * posteriors of two rates, and what a wrong decision is expected to cost.
 */
#ifndef RONDO_POSTERIOR_H
#define RONDO_POSTERIOR_H

#include <stdint.h>

/* Expected loss under a normal posterior, sigma > 0: of not shipping, and of shipping. */
struct risk {
    double keep, ship;
};
struct risk gaussian_risk(double mu, double sigma);

/* The estimate's posterior by precision weights; se > 0. A prior of infinite variance is flat. */
struct gaussian_posterior {
    double mean, sd;
    double chance_to_win;
    double lower, upper;
    struct risk risk;
};
struct gaussian_posterior bayes_gaussian(double estimate, double se, double prior_mean,
                                         double prior_variance, double alpha);

/*
 * Exact comparison of two rates under Beta(prior_alpha, prior_beta) priors, both above 0. Where the
 * sum is too long (a million terms) the normal approximation stands in; where no parameter is
 * whole, so that there is no sum, an integral.
 */
struct beta_binomial {
    double chance_b_better;
    double mean_a, mean_b;
    double loss_ship_b, loss_keep_a;
};
struct beta_binomial beta_binomial(int64_t k_a, int64_t n_a, int64_t k_b, int64_t n_b,
                                   double prior_alpha, double prior_beta);

#endif
