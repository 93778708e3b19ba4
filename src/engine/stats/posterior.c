/*
 * See posterior.h. P(B > A) of two beta distributions is a finite sum when one of their four
 * parameters is whole (Evan Miller, "Formulas for Bayesian A/B testing", 2015; the other three by
 * symmetry). Knows no experiment and no decision.
 */
#include "engine/stats/posterior.h"
#include "engine/stats/student.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

/* Further out than this the normal density is 0 to a double, and its products may be no number. */
static const double certain = 37;

struct risk gaussian_risk(double mu, double sigma)
{
    double z = mu / sigma;
    if (fabs(z) > certain)
        return (struct risk){ .keep = fmax(mu, 0), .ship = fmax(-mu, 0) };
    double keep = mu * gsl_cdf_ugaussian_P(z) + sigma * gsl_ran_ugaussian_pdf(z);
    return (struct risk){ .keep = keep, .ship = keep - mu };
}

struct gaussian_posterior bayes_gaussian(double estimate, double se, double prior_mean,
                                         double prior_variance, double alpha)
{
    double data = 1 / (se * se), prior = isinf(prior_variance) ? 0 : 1 / prior_variance;
    struct gaussian_posterior posterior = {
        .mean = prior > 0 ? (estimate * data + prior_mean * prior) / (data + prior) : estimate,
        .sd = prior > 0 ? sqrt(1 / (data + prior)) : se,
    };
    double half = normal_level(alpha) * posterior.sd;
    posterior.chance_to_win = gsl_cdf_ugaussian_P(posterior.mean / posterior.sd);
    posterior.lower = posterior.mean - half;
    posterior.upper = posterior.mean + half;
    posterior.risk = gaussian_risk(posterior.mean, posterior.sd);
    return posterior;
}

/* --- two rates --- */

struct beta {
    double a, b;
};

static double beta_mean(struct beta beta)
{
    return beta.a / (beta.a + beta.b);
}

static double beta_variance(struct beta beta)
{
    double sum = beta.a + beta.b;
    return beta.a * beta.b / (sum * sum * (sum + 1));
}

static struct beta mirrored(struct beta beta)
{
    return (struct beta){ beta.b, beta.a };
}

/* The beta distribution of the sum's weights: one more success. */
static struct beta one_more(struct beta beta)
{
    return (struct beta){ beta.a + 1, beta.b };
}

static const double terms_max = 1e6;

/* How many terms the sum over this parameter has; infinite when it is not whole. */
static double terms_of(double parameter)
{
    return parameter == floor(parameter) ? parameter : INFINITY;
}

/* P(high > low) for a whole high.a: each term from the one before, in logs lest the first be 0. */
static double sum_above(struct beta high, struct beta low)
{
    double all = low.a + low.b + high.b, sum = 0;
    double term = gsl_sf_lnbeta(low.a, low.b + high.b) - gsl_sf_lnbeta(low.a, low.b);
    for (double i = 0; i < high.a; i++) {
        sum += exp(term);
        term += log((low.a + i) / (all + i) * ((high.b + i) / (1 + i)));
    }
    return fmin(1, sum);
}

/* The density of the logit s of x. */
static double logit_density(struct beta beta, double s)
{
    double log_x = -log1p(exp(-s)), log_rest = -log1p(exp(s));
    return beta.a * log_x + beta.b * log_rest - gsl_sf_lnbeta(beta.a, beta.b);
}

/* The spread of the logit, about. */
static double logit_spread(struct beta beta)
{
    return sqrt(1 / beta.a + 1 / beta.b);
}

/*
 * The area of `high`'s density weighted with P(low < x); better for the narrower one as `high`,
 * since GSL has the other's tail. The trapezoid rule: over the logit the integrand is smooth and
 * falls off at both ends, so that it is right to all digits once the step is a fraction of both
 * spreads.
 */
static double integral_above(struct beta high, struct beta low)
{
    double step = fmin(0.25, fmin(logit_spread(high), logit_spread(low)) / 4);
    double mode = log(high.a / high.b), peak = logit_density(high, mode), sum = 0;
    for (int side = -1; side <= 1; side += 2)
        for (double s = side < 0 ? mode : mode + step;; s += side * step) {
            double density = logit_density(high, s);
            if (density < peak - 45)
                break;
            sum += exp(density) * gsl_cdf_beta_P(1 / (1 + exp(-s)), low.a, low.b);
        }
    return fmin(1, sum * step);
}

static double normal_above(struct beta high, struct beta low)
{
    double spread = sqrt(beta_variance(high) + beta_variance(low));
    return gsl_cdf_ugaussian_P((beta_mean(high) - beta_mean(low)) / spread);
}

/* P(high > low), by the shortest way there is. */
static double beta_above(struct beta high, struct beta low)
{
    double first = fmin(terms_of(high.a), terms_of(low.b));
    double second = fmin(terms_of(low.a), terms_of(high.b));
    if (fmin(high.a + high.b, low.a + low.b) > terms_max && !(fmin(first, second) <= terms_max))
        return normal_above(high, low);
    if (isinf(first) && isinf(second))
        return logit_spread(high) < logit_spread(low) ? integral_above(high, low)
                                                      : 1 - integral_above(low, high);
    if (first <= second)
        return terms_of(high.a) == first ? sum_above(high, low)
                                         : sum_above(mirrored(low), mirrored(high));
    return 1 - (terms_of(low.a) == second ? sum_above(low, high)
                                          : sum_above(mirrored(high), mirrored(low)));
}

/* E max(other - chosen, 0), from the same probability with one more success. */
static double expected_loss(struct beta chosen, struct beta other)
{
    return fmax(0, beta_mean(other) * beta_above(one_more(other), chosen) -
                       beta_mean(chosen) * beta_above(other, one_more(chosen)));
}

struct beta_binomial beta_binomial(int64_t k_a, int64_t n_a, int64_t k_b, int64_t n_b,
                                   double prior_alpha, double prior_beta)
{
    struct beta a = { (double)k_a + prior_alpha, (double)(n_a - k_a) + prior_beta };
    struct beta b = { (double)k_b + prior_alpha, (double)(n_b - k_b) + prior_beta };
    return (struct beta_binomial){
        .chance_b_better = beta_above(b, a),
        .mean_a = beta_mean(a),
        .mean_b = beta_mean(b),
        .loss_ship_b = expected_loss(b, a),
        .loss_keep_a = expected_loss(a, b),
    };
}
