/*
 * Pass or fail on the same cases, twice: the exact test on the discordant pairs, the size of the
 * difference, and how small a difference could have been seen. Knows four counts only, not which
 * cases they are.
 *
 * Binomial terms are summed relative to the likeliest one, outwards, until they vanish: every term
 * is positive and comes from its neighbour by one product, so millions of pairs keep about twelve
 * digits. GSL's binomial works by way of log-gamma: it loses digits as n grows (nine are left at a
 * million) and takes 32-bit counts.
 */
#include "engine/stats/stats.h"
#include "engine/stats/student.h"

#include <assert.h>
#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

/*
 * Above this many pairs the normal with continuity correction is as good: its error falls with n.
 */
static const int64_t pairs_summed_max = (int64_t)1 << 31;

/* P(X <= k) and P(X = k) for X ~ Bin(n, 1/2). */
struct half_binomial {
    double up_to, at;
};

static struct half_binomial half_binomial_normal(int64_t k, int64_t n)
{
    double mean = (double)n / 2, sd = sqrt((double)n) / 2;
    return (struct half_binomial){
        .up_to = gsl_cdf_ugaussian_P(((double)k + 0.5 - mean) / sd),
        .at = gsl_ran_ugaussian_pdf(((double)k - mean) / sd) / sd,
    };
}

/* What is so much smaller than a sum changes none of its digits, however many come after it. */
static bool is_nothing_to(double weight, double sum)
{
    return weight < sum * 1e-30;
}

/*
 * k is in the lower half. Weights from the middle down, as many as matter to the sum up to k and
 * to the whole; the upper half is the lower one's mirror.
 */
static struct half_binomial half_binomial(int64_t k, int64_t n)
{
    if (n > pairs_summed_max)
        return half_binomial_normal(k, n);
    double half = 0, up_to = 0, at = 0, weight = 1;
    for (int64_t x = n / 2; x >= 0 && weight >= DBL_MIN; x--) {
        if (is_nothing_to(weight, half) && x < k && is_nothing_to(weight, up_to))
            break;
        half += weight;
        up_to += x <= k ? weight : 0;
        at = x == k ? weight : at;
        weight *= (double)x / (double)(n - x + 1);
    }
    double total = 2 * half - (n % 2 == 0); /* the middle of an even number is there once */
    return (struct half_binomial){ up_to / total, at / total };
}

double mcnemar_exact(int64_t pass_to_fail, int64_t fail_to_pass)
{
    assert(pass_to_fail >= 0 && fail_to_pass >= 0 && pass_to_fail <= INT64_MAX - fail_to_pass);
    int64_t fewer = pass_to_fail < fail_to_pass ? pass_to_fail : fail_to_pass;
    return fmin(1, 2 * half_binomial(fewer, pass_to_fail + fail_to_pass).up_to);
}

struct mcnemar mcnemar(int64_t pass_to_fail, int64_t fail_to_pass)
{
    assert(pass_to_fail >= 0 && fail_to_pass >= 0 && pass_to_fail <= INT64_MAX - fail_to_pass);
    int64_t n = pass_to_fail + fail_to_pass;
    bool is_worse_fewer = pass_to_fail < fail_to_pass;
    struct half_binomial fewer = half_binomial(is_worse_fewer ? pass_to_fail : fail_to_pass, n);
    double up_to_more = fmin(1, 1 - fewer.up_to + fewer.at);
    /* P(X >= b) = P(X <= c), because both halves are alike. */
    struct mcnemar result = {
        .discordant = n,
        .p_exact = fmin(1, 2 * fewer.up_to),
        .p_mid = pass_to_fail == fail_to_pass ? 1 : fmin(1, 2 * fewer.up_to - fewer.at),
        .p_worse = is_worse_fewer ? up_to_more : fewer.up_to,
        .p_better = is_worse_fewer ? fewer.up_to : up_to_more,
        .has_chi2 = n > 0,
    };
    if (result.has_chi2) {
        double apart = fmax(0, fabs((double)pass_to_fail - (double)fail_to_pass) - 1);
        result.chi2_cc = apart * apart / (double)n;
        result.p_chi2_cc = erfc(sqrt(result.chi2_cc / 2)); /* one degree of freedom: a normal */
    }
    return result;
}

struct paired_binary paired_binary_diff(int64_t pass_pass, int64_t pass_fail, int64_t fail_pass,
                                        int64_t fail_fail, double confidence)
{
    struct paired_binary result = { .n = pass_pass + pass_fail + fail_pass + fail_fail };
    result.p_exact = mcnemar_exact(pass_fail, fail_pass);
    if (result.n <= 0)
        return result;
    double n = (double)result.n, net = (double)(fail_pass - pass_fail);
    result.has_diff = true;
    result.diff = net / n;
    if (result.n < 2)
        return result;
    double variance = ((double)(pass_fail + fail_pass) - net * net / n) / (n - 1);
    result.has_se = true;
    result.se = sqrt(fmax(0, variance) / n);
    double half = normal_two_sided(confidence) * result.se;
    result.interval = (struct interval){ true, result.diff - half, result.diff + half };
    return result;
}

/*
 * True when n pairs see a net flip rate d with the wanted power: the formula of the header, solved
 * for its root.
 */
static bool can_see(double d, double n, double discordant_rate, double z_alpha, double z_power)
{
    double spread = sqrt(fmax(0, discordant_rate - d * d));
    return d * sqrt(n) >= z_alpha * sqrt(discordant_rate) + z_power * spread;
}

bool mde_mcnemar(double n, double discordant_rate, double alpha, double power, double *mde)
{
    assert(alpha > 0 && alpha < 1 && power > 0 && power < 1);
    if (!(n > 0) || !(discordant_rate > 0 && discordant_rate <= 1))
        return false;
    double z_alpha = normal_level(alpha), z_power = gsl_cdf_ugaussian_Pinv(power);
    double low = 0, high = discordant_rate;
    if (!can_see(high, n, discordant_rate, z_alpha, z_power))
        return false;
    while (high - low > 1e-12) {
        double middle = (low + high) / 2;
        if (can_see(middle, n, discordant_rate, z_alpha, z_power))
            high = middle;
        else
            low = middle;
    }
    *mde = high;
    return true;
}
