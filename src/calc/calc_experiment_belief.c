/* See calc.h: experiments, Bayes (methods/experiments.md, section 9). */
#include "calc/calc_arm.h"
#include "calc/calc_experiment.h"
#include "engine/stats/posterior.h"

#include <math.h>

const struct calc_input calc_gaussian_risk_inputs[] = {
    CALC_INPUT("mu", CALC_NUMBER),
    CALC_INPUT("sigma", CALC_POSITIVE),
    { 0 },
};

bool run_calc_gaussian_risk(struct call *call, const struct calc_values *in,
                            struct json_writer *out)
{
    (void)call;
    struct risk risk = gaussian_risk(calc_real(in, "mu"), calc_real(in, "sigma"));
    json_put_real(out, "risk_keep", risk.keep);
    json_put_real(out, "risk_ship", risk.ship);
    return true;
}

const struct calc_input calc_bayes_gaussian_inputs[] = {
    CALC_ARM("a"), CALC_ARM("b"), CALC_DIFFERENCE("\"relative\""), CALC_PRIOR, CALC_ALPHA, { 0 },
};

/* Without variation there is no posterior: nothing but the estimate is written. */
bool run_calc_bayes_gaussian(struct call *call, const struct calc_values *in,
                             struct json_writer *out)
{
    struct difference difference;
    struct calc_prior prior;
    if (!calc_arms_difference(call, in, &difference) || !calc_prior(call, in, &prior))
        return false;
    bool is_known = difference.se > 0;
    struct gaussian_posterior posterior = { .mean = difference.estimate };
    if (is_known)
        posterior =
            bayes_gaussian(difference.estimate, difference.se, prior.mean,
                           prior.is_given ? prior.variance : INFINITY, calc_real(in, "alpha"));
    json_put_real(out, "estimate", posterior.mean);
    calc_put_real(out, "sd", is_known, posterior.sd);
    calc_put_real(out, "chance_to_win", is_known, posterior.chance_to_win);
    calc_put_real(out, "lower", is_known, posterior.lower);
    calc_put_real(out, "upper", is_known, posterior.upper);
    calc_put_real(out, "risk_keep", is_known, posterior.risk.keep);
    calc_put_real(out, "risk_ship", is_known, posterior.risk.ship);
    return true;
}

const struct calc_input calc_beta_binomial_inputs[] = {
    CALC_INPUT("k_a", CALC_COUNT, .within = "n_a"),
    CALC_INPUT("n_a", CALC_COUNT),
    CALC_INPUT("k_b", CALC_COUNT, .within = "n_b"),
    CALC_INPUT("n_b", CALC_COUNT),
    CALC_INPUT("prior_alpha", CALC_POSITIVE, .fallback = "1"),
    CALC_INPUT("prior_beta", CALC_POSITIVE, .fallback = "1"),
    { 0 },
};

bool run_calc_beta_binomial(struct call *call, const struct calc_values *in,
                            struct json_writer *out)
{
    (void)call;
    struct beta_binomial rates = beta_binomial(
        calc_count(in, "k_a"), calc_count(in, "n_a"), calc_count(in, "k_b"), calc_count(in, "n_b"),
        calc_real(in, "prior_alpha"), calc_real(in, "prior_beta"));
    json_put_real(out, "chance_b_better", rates.chance_b_better);
    json_put_real(out, "mean_a", rates.mean_a);
    json_put_real(out, "mean_b", rates.mean_b);
    json_put_real(out, "loss_ship_b", rates.loss_ship_b);
    json_put_real(out, "loss_keep_a", rates.loss_keep_a);
    return true;
}
