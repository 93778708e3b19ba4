/* See gate.h: a function for each rule, and a table of them in the order of their weight. */
#include "engine/gate.h"

#include "base/out.h"

#include <math.h>
#include <stdio.h>

#define CONFIDENCE 0.95
#define POWER 0.8
#define ROUNDING 1e-9 /* of differences of rates: 1 - 0.95 is more than 0.05 in floating numbers */

enum { PAIRS_MIN = 10, NAMES_MAX = 5, HEALTH_RULES = 3 };

const char *const gate_verdict_words[GATE_VERDICTS + 1] = { "pass", "blocked",
                                                            "could_not_measure", NULL };

const struct gate_policy gate_policy_default = { .alpha = 0.05,
                                                 .coverage_min = 0.95,
                                                 .errors_max = 0.05 };

struct judging {
    struct call *call;
    const struct gate_policy *policy;
    const struct gate_figures *figures;
    struct gate_judgement *to;
};

typedef struct gate_rule (*rule_judge)(const struct judging *judging);

/* --- numbers in sentences --- */

enum { DIGITS_MAX = 6 };

/* Digits behind the point, from one on, that tell a figure from its limit. */
static int digits_of(double figure, double limit)
{
    char a[64], b[64];
    int digits = 1;
    for (; digits < DIGITS_MAX && figure != limit; digits++) {
        snprintf(a, sizeof a, "%.*f", digits, figure);
        snprintf(b, sizeof b, "%.*f", digits, limit);
        if (strcmp(a, b) != 0)
            break;
    }
    return digits;
}

static double rate_of(int64_t part, int64_t n)
{
    return n ? (double)part / (double)n : NAN;
}

/* A rule that needs both runs, and they cannot be compared. */
static struct gate_rule not_comparable(const struct judging *judging, double limit)
{
    return (struct gate_rule){ .figure = NAN,
                               .limit = limit,
                               .verdict = GATE_COULD_NOT_MEASURE,
                               .sentence = call_format(judging->call,
                                                       "not judged: the runs cannot be compared "
                                                       "by their %s",
                                                       judging->figures->other_part) };
}

/* --- health: whether anything can be said --- */

static struct gate_rule judge_comparable(const struct judging *judging)
{
    const struct gate_figures *figures = judging->figures;
    struct gate_rule rule = { .figure = NAN, .limit = NAN };
    rule.verdict = figures->other_part ? GATE_COULD_NOT_MEASURE : GATE_PASS;
    rule.sentence =
        figures->other_part
            ? call_format(judging->call,
                          "the runs cannot be compared: the %s of the baseline is '%.*s', of the "
                          "candidate '%.*s'",
                          figures->other_part, TEXT_FMT(figures->other_from),
                          TEXT_FMT(figures->other_to))
            : TEXT("as far as both runs say, they were measured with the same dataset, judge and "
                   "harness");
    return rule;
}

static struct gate_rule judge_errors(const struct judging *judging)
{
    const struct gate_figures *figures = judging->figures;
    struct gate_rule rule = { .figure = rate_of(figures->without_verdict, figures->cases),
                              .limit = judging->policy->errors_max };
    bool is_good = rule.figure <= rule.limit; /* false of unknown */
    int digits = digits_of(100 * rule.figure, 100 * rule.limit);
    rule.verdict = is_good ? GATE_PASS : GATE_COULD_NOT_MEASURE;
    rule.sentence =
        figures->cases == 0
            ? TEXT("the candidate has no cases")
            : call_format(judging->call,
                          "%lld of %lld cases of the candidate ended without a verdict: %.*f %% "
                          "is %s %.*f %%",
                          (long long)figures->without_verdict, (long long)figures->cases, digits,
                          100 * rule.figure, is_good ? "within the limit of" : "more than",
                          digits, 100 * rule.limit);
    return rule;
}

static struct gate_rule judge_coverage(const struct judging *judging)
{
    const struct gate_figures *figures = judging->figures;
    struct gate_rule rule = { .figure = rate_of(figures->shared_cases, figures->baseline_cases),
                              .limit = judging->policy->coverage_min };
    if (figures->other_part && figures->shared_cases == 0)
        return not_comparable(judging, rule.limit);
    bool is_good = rule.figure >= rule.limit;
    int digits = digits_of(100 * rule.figure, 100 * rule.limit);
    rule.verdict = is_good ? GATE_PASS : GATE_COULD_NOT_MEASURE;
    rule.sentence =
        figures->baseline_cases == 0
            ? TEXT("the baseline has no cases: there is nothing to compare with")
            : call_format(judging->call,
                          "%lld of %lld cases of the baseline are in the candidate: %.*f %% is "
                          "%s %.*f %%",
                          (long long)figures->shared_cases, (long long)figures->baseline_cases,
                          digits, 100 * rule.figure, is_good ? "at least" : "less than", digits,
                          100 * rule.limit);
    return rule;
}

/* --- quality --- */

static struct gate_rule judge_floor(const struct judging *judging)
{
    const struct gate_figures *figures = judging->figures;
    struct interval bounds = wilson(figures->passed, figures->n, CONFIDENCE);
    struct gate_rule rule = { .figure = bounds.is_known ? bounds.lower : NAN, .limit = NAN };
    rule.verdict = GATE_BLOCKED;
    rule.sentence = TEXT("gate not defined: the policy has no floor; give it one, such as floor: "
                         "{pass_rate_lower: 0.90}");
    if (!judging->policy->has_floor)
        return rule;
    rule.limit = judging->policy->floor;
    if (!bounds.is_known) {
        rule.verdict = GATE_COULD_NOT_MEASURE;
        rule.sentence = TEXT("the candidate has no cases that count: its pass rate is not known");
        return rule;
    }
    bool is_good = rule.figure >= rule.limit;
    int digits = digits_of(100 * rule.figure, 100 * rule.limit);
    rule.verdict = is_good ? GATE_PASS : GATE_BLOCKED;
    rule.sentence = call_format(
        judging->call,
        "pass rate %.1f %% (%lld of %lld), lower bound %.*f %%, is %s the floor of %.*f %%",
        100 * rate_of(figures->passed, figures->n), (long long)figures->passed,
        (long long)figures->n, digits, 100 * rule.figure, is_good ? "not below" : "below", digits,
        100 * rule.limit);
    return rule;
}

/* Never "no regression": what was not seen may be there. */
static text unseen_words(const struct judging *judging)
{
    const struct gate_pairs *pairs = &judging->to->pairs;
    return pairs->has_smallest_detectable
               ? call_format(judging->call,
                             "; a net change below %.1f points could not have been seen",
                             100 * pairs->smallest_detectable)
               : TEXT("");
}

static struct gate_rule judge_regression(const struct judging *judging)
{
    const struct gate_pairs *pairs = &judging->to->pairs;
    struct gate_rule rule = { .figure = NAN, .limit = judging->policy->alpha };
    if (judging->figures->other_part)
        return not_comparable(judging, rule.limit);
    if (pairs->paired.n < PAIRS_MIN) {
        rule.verdict = GATE_COULD_NOT_MEASURE;
        rule.sentence = call_format(
            judging->call, "%lld case%s in both runs: a comparison needs %d",
            (long long)pairs->paired.n, pairs->paired.n == 1 ? " is" : "s are", PAIRS_MIN);
        return rule;
    }
    rule.figure = pairs->mcnemar.p_worse;
    bool is_good = rule.figure > rule.limit;
    rule.verdict = is_good ? GATE_PASS : GATE_BLOCKED;
    text unseen = is_good ? unseen_words(judging) : TEXT("");
    rule.sentence = call_format(
        judging->call,
        "%s: %lld case%s, %lld now pass, of %lld in both (one-sided exact p = %.4g, "
        "alpha %.4g)%.*s",
        is_good ? "no evidence of a regression" : "a regression", (long long)pairs->pass_to_fail,
        pairs->pass_to_fail == 1 ? " now fails" : "s now fail", (long long)pairs->fail_to_pass,
        (long long)pairs->paired.n,
        rule.figure, rule.limit, TEXT_FMT(unseen));
    return rule;
}

static bool is_lost(const struct gate_case *critical)
{
    return !critical->is_there || !critical->is_passed;
}

/* "'a', 'b' (not in the candidate) and 3 more" */
static text lost_names(const struct judging *judging, int64_t lost)
{
    const struct gate_figures *figures = judging->figures;
    struct out words;
    int64_t named = 0;
    out_init(&words, judging->call);
    for (size_t i = 0; i < figures->critical_count && named < NAMES_MAX; i++) {
        const struct gate_case *critical = &figures->critical[i];
        if (!is_lost(critical))
            continue;
        out_format(&words, "%s'%.*s'%s", named++ ? ", " : "", TEXT_FMT(critical->key),
                   !critical->is_there     ? " (not in the candidate)"
                   : critical->was_passed ? " (passed before)"
                                           : "");
    }
    if (lost > named)
        out_format(&words, " and %lld more", (long long)(lost - named));
    return out_view(&words);
}

/* A case that is not there is lost as well: whoever leaves it out would else pass. */
static struct gate_rule judge_critical_cases(const struct judging *judging)
{
    const struct gate_figures *figures = judging->figures;
    int64_t lost = 0;
    for (size_t i = 0; i < figures->critical_count; i++)
        lost += is_lost(&figures->critical[i]);
    struct gate_rule rule = { .figure = (double)lost, .limit = 0 };
    rule.verdict = lost ? GATE_BLOCKED : GATE_PASS;
    text names = lost_names(judging, lost);
    rule.sentence =
        lost ? call_format(judging->call, "%lld of %zu critical cases do not pass: %.*s",
                           (long long)lost, figures->critical_count, TEXT_FMT(names))
             : call_format(judging->call, "all critical cases pass: %zu", figures->critical_count);
    return rule;
}

static struct gate_rule judge_tail(const struct judging *judging)
{
    const struct gate_figures *figures = judging->figures;
    double now = rate_of(figures->tail_passed, figures->tail_n),
           before = rate_of(figures->tail_baseline_passed, figures->tail_baseline_n);
    struct gate_rule rule = { .figure = now - before, .limit = -judging->policy->tail_margin };
    if (figures->other_part)
        return not_comparable(judging, rule.limit);
    if (!isfinite(rule.figure)) {
        rule.figure = NAN;
        rule.verdict = GATE_COULD_NOT_MEASURE;
        rule.sentence = TEXT("the hardest cases are not known: no earlier run of the surface says "
                             "how its cases did before both runs");
        return rule;
    }
    bool is_good = rule.figure >= rule.limit - ROUNDING;
    rule.verdict = is_good ? GATE_PASS : GATE_BLOCKED;
    rule.sentence = call_format(
        judging->call,
        "of the %zu hardest cases %lld of %lld pass now, %lld of %lld in the baseline: %+.1f "
        "points is %s the margin of %.1f points",
        figures->tail_cases, (long long)figures->tail_passed, (long long)figures->tail_n,
        (long long)figures->tail_baseline_passed, (long long)figures->tail_baseline_n,
        100 * rule.figure, is_good ? "within" : "outside", 100 * judging->policy->tail_margin);
    return rule;
}

/* --- cost and latency --- */

/* Whether a figure is known of so few that it says nothing: by the limit that coverage has. */
static bool is_known_of_few(const struct judging *judging, int64_t known, int64_t all)
{
    return known == 0 || (double)known < judging->policy->coverage_min * (double)all - ROUNDING;
}

static struct gate_rule judge_cost(const struct judging *judging)
{
    const struct gate_figures *figures = judging->figures;
    struct gate_rule rule = { .figure = judging->to->cost_increase,
                              .limit = judging->policy->cost_max_increase };
    if (figures->other_part)
        return not_comparable(judging, rule.limit);
    if (is_known_of_few(judging, figures->cost_cases, figures->shared_cases)) {
        rule.figure = NAN;
        rule.verdict = GATE_COULD_NOT_MEASURE;
        rule.sentence = call_format(
            judging->call, "both runs know the cost of %lld of %lld shared cases: that is too few",
            (long long)figures->cost_cases, (long long)figures->shared_cases);
        return rule;
    }
    bool is_free = figures->baseline_cost_usd == 0;
    bool is_good = is_free ? figures->cost_usd == 0 : rule.figure <= rule.limit + ROUNDING;
    int digits = digits_of(100 * rule.figure, 100 * rule.limit);
    rule.verdict = is_good ? GATE_PASS : GATE_BLOCKED;
    rule.sentence =
        is_free ? call_format(judging->call,
                              "the baseline cost nothing; the candidate's cases cost %.6g USD each",
                              figures->cost_usd)
                : call_format(judging->call,
                              "a case costs %.6g USD, %.6g USD in the baseline: %+.*f %% is %s "
                              "the limit of +%.*f %%",
                              figures->cost_usd, figures->baseline_cost_usd, digits,
                              100 * rule.figure, is_good ? "within" : "above", digits,
                              100 * rule.limit);
    return rule;
}

static struct gate_rule judge_latency(const struct judging *judging)
{
    const struct gate_figures *figures = judging->figures;
    struct gate_rule rule = { .figure = figures->latency_p95_ms,
                              .limit = judging->policy->latency_p95_max_ms };
    if (is_known_of_few(judging, figures->latency_results, figures->results)) {
        rule.figure = NAN;
        rule.verdict = GATE_COULD_NOT_MEASURE;
        rule.sentence = call_format(
            judging->call,
            "the candidate knows the latency of %lld of %lld results: that is too few",
            (long long)figures->latency_results, (long long)figures->results);
        return rule;
    }
    bool is_good = rule.figure <= rule.limit;
    int digits = digits_of(rule.figure, rule.limit);
    rule.verdict = is_good ? GATE_PASS : GATE_BLOCKED;
    rule.sentence = call_format(
        judging->call,
        "19 of 20 results came within %.*f ms (p95), which is %s the limit of %.*f ms", digits,
        rule.figure, is_good ? "within" : "above", digits, rule.limit);
    return rule;
}

/* --- all rules --- */

static bool asks_always(const struct gate_policy *policy)
{
    (void)policy;
    return true;
}

static bool asks_critical(const struct gate_policy *policy)
{
    return policy->critical_count > 0;
}

static bool asks_tail(const struct gate_policy *policy)
{
    return policy->has_tail;
}

static bool asks_cost(const struct gate_policy *policy)
{
    return policy->has_cost;
}

static bool asks_latency(const struct gate_policy *policy)
{
    return policy->has_latency;
}

/* The first HEALTH_RULES are about whether anything can be said. */
static const struct {
    const char *name;
    bool (*is_asked)(const struct gate_policy *policy);
    rule_judge judge;
} rules[] = {
    { "comparable", asks_always, judge_comparable },
    { "errors", asks_always, judge_errors },
    { "coverage", asks_always, judge_coverage },
    { "floor", asks_always, judge_floor },
    { "regression", asks_always, judge_regression },
    { "critical_cases", asks_critical, judge_critical_cases },
    { "tail", asks_tail, judge_tail },
    { "cost_usd", asks_cost, judge_cost },
    { "latency_ms", asks_latency, judge_latency },
};
_Static_assert(sizeof rules / sizeof rules[0] == GATE_RULES, "a judgement has room for each rule");

static struct gate_pairs count_pairs(const struct gate_figures *figures, double alpha)
{
    struct gate_pairs pairs = {
        .paired = paired_binary_diff(figures->pass_pass, figures->pass_fail, figures->fail_pass,
                                     figures->fail_fail, CONFIDENCE),
        .mcnemar = mcnemar(figures->pass_fail, figures->fail_pass),
        .pass_to_fail = figures->pass_fail,
        .fail_to_pass = figures->fail_pass,
    };
    double discordant = rate_of(figures->pass_fail + figures->fail_pass, pairs.paired.n);
    pairs.has_smallest_detectable =
        pairs.paired.n && mde_mcnemar((double)pairs.paired.n, discordant, alpha, POWER,
                                      &pairs.smallest_detectable);
    return pairs;
}

static double relative_increase(double before, double now)
{
    double increase = now / before - 1;
    return isfinite(increase) ? increase : now == before ? 0 : NAN;
}

static enum gate_verdict verdict_of_rules(const struct gate_judgement *judgement)
{
    enum gate_verdict verdict = GATE_PASS;
    for (size_t i = 0; i < judgement->rule_count; i++) {
        enum gate_verdict said = judgement->rule[i].verdict;
        if (i < HEALTH_RULES && said == GATE_COULD_NOT_MEASURE)
            return said;
        if (said == GATE_BLOCKED || verdict == GATE_PASS)
            verdict = said;
    }
    return verdict;
}

bool gate_judge(struct call *call, const struct gate_policy *policy,
                const struct gate_figures *figures, struct gate_judgement *judgement)
{
    const struct judging judging = { call, policy, figures, judgement };
    *judgement = (struct gate_judgement){
        .pairs = count_pairs(figures, policy->alpha),
        .cost_increase = relative_increase(figures->baseline_cost_usd, figures->cost_usd),
    };
    for (size_t i = 0; i < GATE_RULES; i++) {
        if (!rules[i].is_asked(policy))
            continue;
        struct gate_rule *rule = &judgement->rule[judgement->rule_count++];
        *rule = rules[i].judge(&judging);
        rule->rule = rules[i].name;
    }
    judgement->verdict = verdict_of_rules(judgement);
    return call->fail.kind == FAIL_NONE;
}
