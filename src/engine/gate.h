/*
 * The gate: whether a candidate may follow its baseline, by a policy. Pure: counted figures and a
 * policy go in, a verdict with each rule's figure, limit and sentence comes out. Knows no runs, no
 * stores and no labels.
 *
 * Which verdict is given, the first that holds:
 *   could not measure  the runs are not comparable, too many cases have no verdict, or too few
 *                      cases of the baseline are there: then no figure says anything
 *   blocked            a rule says no; no floor, no gate: that is blocked too
 *   could not measure  a rule that was asked for has no figure, such as an unknown cost
 *   pass               everything that was asked for holds
 */
#ifndef RONDO_GATE_H
#define RONDO_GATE_H

#include "engine/stats/stats.h"

#include "base/call.h"

enum gate_verdict { GATE_PASS, GATE_BLOCKED, GATE_COULD_NOT_MEASURE, GATE_VERDICTS };
extern const char *const gate_verdict_words[GATE_VERDICTS + 1]; /* of JSON; ended by NULL */

/* What is asked for. A rule that is not named is not judged, but for those with a default. */
struct gate_policy {
    bool has_floor;
    double floor; /* of the lower bound of the pass rate; without it the gate is not defined */
    double alpha; /* default 0.05 */
    const text *critical;
    size_t critical_count;
    bool has_tail;
    double tail_fraction, tail_margin;
    bool has_cost;
    double cost_max_increase; /* 0.1: a tenth more than the baseline's */
    bool has_latency;
    double latency_p95_max_ms;
    double coverage_min; /* default 0.95: of the baseline's cases, in the candidate */
    double errors_max;   /* default 0.05: of the candidate's cases, without a verdict */
};

/* The defaults, and nothing else asked for. */
extern const struct gate_policy gate_policy_default;

/* How a critical case does. */
struct gate_case {
    text key;
    bool is_there; /* the candidate holds it */
    bool is_passed, was_passed;
};

/* What was counted of two runs. Unknown means and quantiles are NAN. */
struct gate_figures {
    const char *other_part; /* that makes the runs not comparable, such as "judge"; NULL: none */
    text other_from, other_to;
    int64_t baseline_cases, cases, shared_cases;
    int64_t without_verdict; /* of the candidate's cases */
    int64_t passed, n;       /* the candidate's pass rate, as its suite counts */
    int64_t pass_pass, pass_fail, fail_pass, fail_fail; /* baseline first */
    const struct gate_case *critical; /* in the order of the policy */
    size_t critical_count;
    size_t tail_cases; /* the hardest ones by what was before both runs; 0: nothing was */
    int64_t tail_passed, tail_n, tail_baseline_passed, tail_baseline_n;
    int64_t cost_cases; /* of the shared cases, those whose cost both runs know */
    double baseline_cost_usd, cost_usd; /* the mean of these cases */
    int64_t results, latency_results; /* of the candidate; those whose latency is known */
    double baseline_latency_p95_ms, latency_p95_ms;
};

struct gate_rule {
    const char *rule;
    double figure, limit; /* NAN: none */
    enum gate_verdict verdict;
    text sentence;
};

/* The pairs that the regression was judged by. */
struct gate_pairs {
    struct paired_binary paired;
    struct mcnemar mcnemar;
    int64_t pass_to_fail, fail_to_pass;
    bool has_smallest_detectable;
    double smallest_detectable;
};

enum { GATE_RULES = 9 };

struct gate_judgement {
    enum gate_verdict verdict;
    struct gate_rule rule[GATE_RULES];
    size_t rule_count;
    struct gate_pairs pairs;
    double cost_increase; /* relative; NAN: unknown */
};

/* False: the call has failed. */
bool gate_judge(struct call *call, const struct gate_policy *policy,
                const struct gate_figures *figures, struct gate_judgement *judgement);

#endif
