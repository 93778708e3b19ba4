/*
 * Fisher's exact test: is this flip more than the case's own flakiness, and do two columns of a 2x2
 * table differ. Terms are summed relative to the likeliest one, as in mcnemar.c and for the same
 * reason.
 */
#include "engine/stats/stats.h"

#include <assert.h>
#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* A table that is likelier by less than this still counts as "no likelier": floating noise. */
static const double tie_tolerance = 1e-7;

/*
 * Beyond this spread a walk over all terms takes too long, and the normal with continuity
 * correction is right to about six digits.
 */
static const double spread_summed_max = 1e6;

/* X good ones among `drawn` out of `total`, of which `good` are good; low <= X <= high. */
struct urn {
    int64_t total, good, drawn, low, high, mode;
    double mean, spread;
};

static int64_t between(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

static struct urn urn_of(int64_t total, int64_t good, int64_t drawn)
{
    double n = (double)total, k = (double)good, m = (double)drawn;
    struct urn urn = {
        .total = total, .good = good, .drawn = drawn,
        .low = drawn > total - good ? drawn - (total - good) : 0,
        .high = drawn < good ? drawn : good,
    };
    /* Any start near the mode will do: the terms are divided by their sum. */
    urn.mode = between((int64_t)floor((m + 1) * (k + 1) / (n + 2)), urn.low, urn.high);
    urn.mean = n > 0 ? m * k / n : 0;
    urn.spread = n > 1 ? sqrt(m * (k / n) * (1 - k / n) * ((n - m) / (n - 1))) : 0;
    return urn;
}

/* P(X = x + 1) / P(X = x). */
static double urn_ratio(const struct urn *urn, int64_t x)
{
    int64_t bad_left = urn->total - urn->good - urn->drawn + x + 1;
    double up = (double)(urn->good - x) * (double)(urn->drawn - x);
    return up / ((double)(x + 1) * (double)bad_left);
}

/* The weight of x relative to the mode; 0 when it is beyond counting. */
static double urn_weight(const struct urn *urn, int64_t x)
{
    double weight = 1;
    for (int64_t at = urn->mode; at < x && weight >= DBL_MIN; at++)
        weight *= urn_ratio(urn, at);
    for (int64_t at = urn->mode; at > x && weight >= DBL_MIN; at--)
        weight /= urn_ratio(urn, at - 1);
    return weight >= DBL_MIN ? weight : 0;
}

/* The share of the terms with x <= last whose weight is at most `weight_max`. */
static double urn_share(const struct urn *urn, int64_t last, double weight_max)
{
    double total = 0, part = 0, weight = 1;
    for (int64_t x = urn->mode; x >= urn->low && weight >= DBL_MIN; x--) {
        total += weight;
        part += x <= last && weight <= weight_max ? weight : 0;
        if (x > urn->low)
            weight /= urn_ratio(urn, x - 1);
    }
    weight = urn->mode < urn->high ? urn_ratio(urn, urn->mode) : 0;
    for (int64_t x = urn->mode + 1; x <= urn->high && weight >= DBL_MIN; x++) {
        total += weight;
        part += x <= last && weight <= weight_max ? weight : 0;
        weight *= x < urn->high ? urn_ratio(urn, x) : 0;
    }
    return part / total;
}

static double urn_normal_up_to(const struct urn *urn, int64_t x)
{
    return gsl_cdf_ugaussian_P(((double)x + 0.5 - urn->mean) / urn->spread);
}

double flip_fisher(int64_t history_pass, int64_t history_n, int64_t now_pass, int64_t now_n)
{
    assert(history_pass >= 0 && history_pass <= history_n && now_pass >= 0 && now_pass <= now_n);
    if (history_n == 0 || now_n == 0)
        return 1;
    struct urn urn = urn_of(history_n + now_n, history_pass + now_pass, now_n);
    if (urn.spread > spread_summed_max)
        return urn_normal_up_to(&urn, now_pass);
    return urn_share(&urn, now_pass, INFINITY);
}

double fisher_two_sided(int64_t a, int64_t b, int64_t c, int64_t d)
{
    assert(a >= 0 && b >= 0 && c >= 0 && d >= 0);
    struct urn urn = urn_of(a + b + c + d, a + c, a + b);
    if (urn.spread > spread_summed_max)
        return fmin(1, 2 * fmin(urn_normal_up_to(&urn, a), 1 - urn_normal_up_to(&urn, a - 1)));
    return urn_share(&urn, urn.high, urn_weight(&urn, a) * (1 + tie_tolerance));
}
