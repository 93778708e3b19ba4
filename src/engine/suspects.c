/* See suspects.h. */
#include "engine/suspects.h"

#include "engine/bits.h"
#include "engine/stats/stats.h"

#include <float.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

const double suspect_share_defaults[SUSPECT_SHARES] = {
    [SUSPECT_PROMPT] = .25,   [SUSPECT_MODEL] = .2,  [SUSPECT_RETRIEVAL] = .15,
    [SUSPECT_CODE] = .15,     [SUSPECT_JUDGE] = .05, [SUSPECT_DATASET] = .05,
    [SUSPECT_PROVIDER] = .05, [SUSPECT_NOISE] = .1,
};

static void count_cases(const struct suspect_change *change, const struct suspect_cases *cases,
                        struct suspect *suspect)
{
    size_t n = cases->case_count;
    int64_t fail = bits_count(cases->newly_failing, n), all = bits_count(cases->passed_before, n),
            touched = all;
    suspect->has_counts = change->has_touched;
    if (!change->has_touched)
        return;
    suspect->touched_fail = fail;
    if (change->touched) {
        suspect->touched_fail = bits_and_count(change->touched, cases->newly_failing, n);
        touched = bits_and_count(change->touched, cases->passed_before, n);
    }
    suspect->touched_ok = touched - suspect->touched_fail;
    suspect->other_fail = fail - suspect->touched_fail;
    suspect->other_ok = all - touched - suspect->other_fail;
}

void suspects_learn(const int64_t confirmed[SUSPECT_SHARES], double share[SUSPECT_SHARES])
{
    int64_t total = 0;
    for (int kind = 0; kind < SUSPECT_SHARES; kind++)
        total += confirmed[kind];
    for (int kind = 0; kind < SUSPECT_SHARES; kind++)
        share[kind] =
            (suspect_share_defaults[kind] * SUSPECTS_DEFAULT_CAUSES + (double)confirmed[kind]) /
            (double)(SUSPECTS_DEFAULT_CAUSES + total);
}

/* How much likelier it is, in logarithms, that such flips go either way evenly than mostly down. */
static double log_even(int64_t failing, int64_t passing)
{
    double is_down = fmax(mcnemar(passing + 1, failing).p_worse, DBL_MIN); /* Beta above 1/2 */
    return -(double)(failing + passing + 1) * M_LN2 -
           gsl_sf_lnbeta(1 + (double)failing, 1 + (double)passing) - log(is_down);
}

static double log_weight(const struct suspect_change *change, const struct suspect_cases *cases,
                         const struct suspect *suspect)
{
    size_t n = cases->case_count;
    int64_t fail = bits_count(cases->newly_failing, n), pass = bits_count(cases->newly_passing, n);
    if (change->share == SUSPECT_NOISE)
        return log(SUSPECTS_QUIET_WEEKS) + log_even(fail, pass);
    if (!change->has_touched || !change->touched)
        return 0;
    int64_t touched_pass = bits_and_count(change->touched, cases->newly_passing, n);
    double drop = fmax(0, -log_even(suspect->touched_fail, touched_pass));
    return log_even(suspect->other_fail, pass - touched_pass) -
           fmax(0, suspect_log_lr(suspect) - 2 * drop);
}

/*
 * Whoever looks at many changes finds one that fits by chance: noise is as many times likelier.
 * What touches all cases fits in any case and is not looked for.
 */
static double log_looks(const struct suspect_change *change, size_t count)
{
    size_t looks = 1;
    for (size_t i = 0; i < count; i++)
        looks += change[i].has_touched && change[i].touched;
    return log((double)looks);
}

/* Shares times weights, as parts of 1; in proportion to the largest, so that none is too much. */
static void set_priors(const double *share, const double *weight, struct suspect *suspect,
                       size_t count)
{
    double largest = -INFINITY, sum = 0;
    for (size_t i = 0; i < count; i++)
        if (share[i] > 0)
            largest = fmax(largest, weight[i]);
    for (size_t i = 0; i < count; i++) {
        suspect[i].prior = share[i] > 0 ? share[i] * exp(weight[i] - largest) : 0;
        sum += suspect[i].prior;
    }
    for (size_t i = 0; sum > 0 && i < count; i++)
        suspect[i].prior /= sum;
}

bool suspects_rank(struct call *call, const struct suspect_change *change, size_t count,
                   const struct suspect_cases *cases, const double share[SUSPECT_SHARES],
                   struct suspects *result)
{
    int64_t members[SUSPECT_SHARES] = { 0 };
    struct suspect *suspect = call_array(call, count + 1, sizeof *suspect);
    struct ranked_suspect *ranked = call_array(call, count + 1, sizeof *ranked);
    double *own = call_array(call, count + 1, sizeof *own),
           *weight = call_array(call, count + 1, sizeof *weight);
    if (!suspect || !ranked || !own || !weight)
        return false;
    for (size_t i = 0; i < count; i++)
        members[change[i].share]++;
    for (size_t i = 0; i < count; i++) {
        suspect[i].id = change[i].id;
        own[i] = share[change[i].share] / (double)members[change[i].share];
        count_cases(&change[i], cases, &suspect[i]);
        weight[i] = log_weight(&change[i], cases, &suspect[i]);
        if (change[i].share == SUSPECT_NOISE)
            weight[i] += log_looks(change, count);
    }
    set_priors(own, weight, suspect, count);
    *result = (struct suspects){ suspect, own, ranked, count };
    return suspect_rank(suspect, count, ranked) ||
           fail(call, FAIL_INTERNAL, "there is no suspect with a prior to rank");
}

double suspects_noise(double share, int64_t flips, int64_t pairs)
{
    return ((double)flips + share * SUSPECTS_DEFAULT_PAIRS) /
           (double)(pairs + SUSPECTS_DEFAULT_PAIRS);
}

size_t suspects_remaining(const struct suspects *suspects)
{
    double held = 0;
    size_t count = 0;
    while (count < suspects->count && held < SUSPECTS_REMAINING)
        held += suspects->ranked[count++].posterior;
    return count;
}

int suspects_reruns(size_t changes)
{
    int reruns = 0;
    while (reruns < 63 && (uint64_t)1 << reruns < changes)
        reruns++;
    return changes == 1 ? 1 : reruns;
}
