/* See drift.h: which change explains a drop. */
#include "engine/stats/drift.h"
#include "engine/stats/stats.h"

#include <assert.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdlib.h>

static double log_beta(double fail, double ok)
{
    return gsl_sf_lnbeta(1 + fail, 1 + ok);
}

/* A change cannot explain that the cases outside it fail as often: then it only loses. */
static double log_ratio(double a, double b, double c, double d)
{
    if (a + b == 0 || c + d == 0)
        return 0;
    double ratio = log_beta(a, b) + log_beta(c, d) - log_beta(a + c, b + d);
    return a * d <= c * b ? fmin(0, ratio) : ratio;
}

double suspect_log_lr(const struct suspect *suspect)
{
    if (!suspect->has_counts)
        return 0;
    return log_ratio((double)suspect->touched_fail, (double)suspect->touched_ok,
                     (double)suspect->other_fail, (double)suspect->other_ok);
}

static struct ranked_suspect judge(const struct suspect *suspect, size_t at)
{
    double a = (double)suspect->touched_fail, b = (double)suspect->touched_ok,
           c = (double)suspect->other_fail, d = (double)suspect->other_ok;
    struct ranked_suspect ranked = { .at = at, .has_counts = suspect->has_counts };
    if (!suspect->has_counts)
        return ranked;
    ranked.log_lr = suspect_log_lr(suspect);
    ranked.odds_ratio = (a + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5));
    ranked.p_fisher = flip_fisher(suspect->other_ok, suspect->other_fail + suspect->other_ok,
                                  suspect->touched_ok, suspect->touched_fail + suspect->touched_ok);
    ranked.has_coverage = a + c > 0;
    ranked.coverage = ranked.has_coverage ? a / (a + c) : 0;
    return ranked;
}

/* The posteriors in proportion to the largest, so that no evidence is too much for a double. */
static bool normalise(const struct suspect *suspect, size_t count, struct ranked_suspect *ranked)
{
    double largest = -INFINITY, sum = 0;
    for (size_t i = 0; i < count; i++)
        if (suspect[i].prior > 0)
            largest = fmax(largest, log(suspect[i].prior) + ranked[i].log_lr);
    if (isinf(largest))
        return false;
    for (size_t i = 0; i < count; i++) {
        bool can_be = suspect[i].prior > 0;
        ranked[i].posterior = can_be ? exp(log(suspect[i].prior) + ranked[i].log_lr - largest) : 0;
        sum += ranked[i].posterior;
    }
    for (size_t i = 0; i < count; i++)
        ranked[i].posterior /= sum;
    return true;
}

static bool comes_before(const struct suspect *suspect, const struct ranked_suspect *a,
                         const struct ranked_suspect *b)
{
    if (a->posterior != b->posterior)
        return a->posterior > b->posterior;
    int order = text_compare(suspect[a->at].id, suspect[b->at].id);
    return order ? order < 0 : a->at < b->at;
}

/* Changes between two runs are few: each is put into its place. */
static void sort(const struct suspect *suspect, size_t count, struct ranked_suspect *ranked)
{
    for (size_t i = 1; i < count; i++) {
        struct ranked_suspect moved = ranked[i];
        size_t to = i;
        for (; to > 0 && comes_before(suspect, &moved, &ranked[to - 1]); to--)
            ranked[to] = ranked[to - 1];
        ranked[to] = moved;
    }
}

bool suspect_rank(const struct suspect *suspect, size_t count, struct ranked_suspect *ranked)
{
    for (size_t i = 0; i < count; i++) {
        assert(suspect[i].prior >= 0);
        ranked[i] = judge(&suspect[i], i);
    }
    if (!normalise(suspect, count, ranked))
        return false;
    sort(suspect, count, ranked);
    return true;
}
