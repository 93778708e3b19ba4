/* The gate: each rule on both sides of its limit, and which verdict wins. */
#include "engine/gate.h"
#include "support/support.h"

#include <math.h>
#include <string.h>

static const text critical[] = { { "case-1", 6 }, { "case-2", 6 } };

/* Everything is asked for, and the figures below keep it all. */
static const struct gate_policy strict = {
    .has_floor = true,        .floor = 0.8,
    .alpha = 0.05,            .critical = critical,
    .critical_count = 2,      .has_tail = true,
    .tail_fraction = 0.1,     .tail_margin = 0.05,
    .has_cost = true,         .cost_max_increase = 0.1,
    .has_latency = true,      .latency_p95_max_ms = 3000,
    .coverage_min = 0.95,     .errors_max = 0.05,
};

static const struct gate_case critical_pass[] = {
    { .key = { "case-1", 6 }, .is_there = true, .is_passed = true, .was_passed = true },
    { .key = { "case-2", 6 }, .is_there = true, .is_passed = true, .was_passed = false },
};

/* 200 cases, 180 pass: the lower bound is 85.1 %. */
static struct gate_figures good(void)
{
    return (struct gate_figures){
        .baseline_cases = 200, .cases = 200, .shared_cases = 200,
        .without_verdict = 0, .passed = 180, .n = 200,
        .pass_pass = 176, .pass_fail = 4, .fail_pass = 4, .fail_fail = 16,
        .critical = critical_pass, .critical_count = 2,
        .tail_cases = 20, .tail_passed = 10, .tail_n = 20, .tail_baseline_passed = 10,
        .tail_baseline_n = 20,
        .cost_cases = 200, .baseline_cost_usd = 0.01, .cost_usd = 0.01,
        .results = 200, .latency_results = 200, .baseline_latency_p95_ms = 1000,
        .latency_p95_ms = 1200,
    };
}

static struct gate_judgement judged(struct call *call, const struct gate_policy *policy,
                                    struct gate_figures figures)
{
    struct gate_judgement judgement;
    assert_done(call, gate_judge(call, policy, &figures, &judgement));
    return judgement;
}

static const struct gate_rule *rule_of(const struct gate_judgement *judgement, const char *name)
{
    for (size_t i = 0; i < judgement->rule_count; i++)
        if (strcmp(judgement->rule[i].rule, name) == 0)
            return &judgement->rule[i];
    print_message("there is no rule %s\n", name);
    assert_true(false);
    return NULL;
}

/* The rule's verdict, and that of all. */
static void assert_verdicts(struct call *call, struct gate_figures figures, const char *name,
                            enum gate_verdict of_rule, enum gate_verdict of_all)
{
    struct gate_judgement judgement = judged(call, &strict, figures);
    const struct gate_rule *rule = rule_of(&judgement, name);
    if (rule->verdict != of_rule || judgement.verdict != of_all)
        print_message("%s: %s, in all %s: %.*s\n", name, gate_verdict_words[rule->verdict],
                      gate_verdict_words[judgement.verdict], TEXT_FMT(rule->sentence));
    assert_int_equal(rule->verdict, of_rule);
    assert_int_equal(judgement.verdict, of_all);
}

static void what_keeps_everything_passes_by_every_rule(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct gate_judgement judgement = judged(&call, &strict, good());
    assert_int_equal(judgement.rule_count, GATE_RULES);
    for (size_t i = 0; i < judgement.rule_count; i++)
        assert_int_equal(judgement.rule[i].verdict, GATE_PASS);
    assert_int_equal(judgement.verdict, GATE_PASS);
    assert_int_equal(judgement.pairs.paired.n, 200);
    call_release(&call);
}

static void without_a_floor_the_gate_is_not_defined_and_blocks(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct gate_judgement judgement = judged(&call, &gate_policy_default, good());
    assert_int_equal(judgement.rule_count, 5); /* nothing but what has a default */
    assert_int_equal(judgement.verdict, GATE_BLOCKED);
    assert_non_null(strstr(rule_of(&judgement, "floor")->sentence.at, "gate not defined"));
    call_release(&call);
}

/* The lower bound of 180 of 200 by Wilson's formula, worked out apart: 0.850594... */
static void the_floor_is_kept_by_the_lower_bound_and_not_by_the_rate(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct gate_policy policy = strict;
    policy.floor = 0.8505;
    assert_int_equal(judged(&call, &policy, good()).verdict, GATE_PASS);
    policy.floor = 0.8506;
    struct gate_judgement judgement = judged(&call, &policy, good());
    assert_int_equal(judgement.verdict, GATE_BLOCKED);
    assert_text(rule_of(&judgement, "floor")->sentence,
                "pass rate 90.0 % (180 of 200), lower bound 85.059 %, is below the floor of "
                "85.060 %");
    call_release(&call);
}

/* Five that fail and none that passes: p = 1/32; four: 1/16. */
static void a_regression_is_decided_by_the_one_sided_exact_test(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct gate_figures figures = good();
    figures.pass_fail = 4;
    figures.fail_pass = 0;
    assert_verdicts(&call, figures, "regression", GATE_PASS, GATE_PASS);
    figures.pass_fail = 5;
    assert_verdicts(&call, figures, "regression", GATE_BLOCKED, GATE_BLOCKED);
    struct gate_judgement judgement = judged(&call, &strict, figures);
    assert_true(rule_of(&judgement, "regression")->figure == 0.03125);
    figures.pass_fail = 0;
    figures.fail_pass = 50; /* better is no regression */
    assert_verdicts(&call, figures, "regression", GATE_PASS, GATE_PASS);
    call_release(&call);
}

static void fewer_than_ten_pairs_decide_nothing(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct gate_figures figures = good();
    figures.pass_pass = figures.pass_fail = figures.fail_fail = 0;
    figures.fail_pass = 9;
    assert_verdicts(&call, figures, "regression", GATE_COULD_NOT_MEASURE, GATE_COULD_NOT_MEASURE);
    figures.fail_pass = 10;
    assert_verdicts(&call, figures, "regression", GATE_PASS, GATE_PASS);
    call_release(&call);
}

static void a_critical_case_is_lost_when_it_fails_and_when_it_is_not_there(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct gate_case cases[2] = { critical_pass[0], critical_pass[1] };
    struct gate_figures figures = good();
    figures.critical = cases;
    cases[1].is_passed = false; /* it did not pass before either */
    assert_verdicts(&call, figures, "critical_cases", GATE_BLOCKED, GATE_BLOCKED);
    cases[0].is_there = cases[0].is_passed = false;
    struct gate_judgement judgement = judged(&call, &strict, figures);
    assert_text(rule_of(&judgement, "critical_cases")->sentence,
                "2 of 2 critical cases do not pass: 'case-1' (not in the candidate), 'case-2'");
    call_release(&call);
}

static void the_hardest_cases_may_fall_by_the_margin_and_no_more(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct gate_figures figures = good();
    figures.tail_passed = 9; /* 5 points of 20 cases */
    assert_verdicts(&call, figures, "tail", GATE_PASS, GATE_PASS);
    figures.tail_passed = 8;
    assert_verdicts(&call, figures, "tail", GATE_BLOCKED, GATE_BLOCKED);
    figures.tail_cases = 0;
    figures.tail_n = figures.tail_baseline_n = 0;
    assert_verdicts(&call, figures, "tail", GATE_COULD_NOT_MEASURE, GATE_COULD_NOT_MEASURE);
    call_release(&call);
}

static void cost_may_rise_by_its_part_and_an_unknown_one_is_never_green(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct gate_figures figures = good();
    figures.cost_usd = 0.011;
    assert_verdicts(&call, figures, "cost_usd", GATE_PASS, GATE_PASS);
    figures.cost_usd = 0.01101;
    assert_verdicts(&call, figures, "cost_usd", GATE_BLOCKED, GATE_BLOCKED);
    figures.cost_usd = figures.baseline_cost_usd = NAN;
    figures.cost_cases = 0;
    assert_verdicts(&call, figures, "cost_usd", GATE_COULD_NOT_MEASURE, GATE_COULD_NOT_MEASURE);
    figures = good();
    figures.cost_cases = 189;
    assert_verdicts(&call, figures, "cost_usd", GATE_COULD_NOT_MEASURE, GATE_COULD_NOT_MEASURE);
    figures.cost_cases = 190;
    assert_verdicts(&call, figures, "cost_usd", GATE_PASS, GATE_PASS);
    call_release(&call);
}

static void what_cost_nothing_has_no_increase_and_may_not_begin_to_cost(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct gate_figures figures = good();
    figures.baseline_cost_usd = figures.cost_usd = 0;
    assert_verdicts(&call, figures, "cost_usd", GATE_PASS, GATE_PASS);
    figures.cost_usd = 0.001;
    assert_verdicts(&call, figures, "cost_usd", GATE_BLOCKED, GATE_BLOCKED);
    assert_true(isnan(judged(&call, &strict, figures).cost_increase));
    call_release(&call);
}

static void latency_is_that_of_19_of_20_results(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct gate_figures figures = good();
    figures.latency_p95_ms = 3000;
    assert_verdicts(&call, figures, "latency_ms", GATE_PASS, GATE_PASS);
    figures.latency_p95_ms = 3000.01;
    assert_verdicts(&call, figures, "latency_ms", GATE_BLOCKED, GATE_BLOCKED);
    struct gate_judgement judgement = judged(&call, &strict, figures);
    assert_text(rule_of(&judgement, "latency_ms")->sentence,
                "19 of 20 results came within 3000.01 ms (p95), which is above the limit of "
                "3000.00 ms");
    figures.latency_results = 0;
    figures.latency_p95_ms = NAN;
    assert_verdicts(&call, figures, "latency_ms", GATE_COULD_NOT_MEASURE, GATE_COULD_NOT_MEASURE);
    call_release(&call);
}

static void half_the_cases_or_too_many_errors_are_never_green(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct gate_figures figures = good();
    figures.shared_cases = 190;
    assert_verdicts(&call, figures, "coverage", GATE_PASS, GATE_PASS);
    figures.shared_cases = 189;
    assert_verdicts(&call, figures, "coverage", GATE_COULD_NOT_MEASURE, GATE_COULD_NOT_MEASURE);
    figures = good();
    figures.without_verdict = 10;
    assert_verdicts(&call, figures, "errors", GATE_PASS, GATE_PASS);
    figures.without_verdict = 11;
    assert_verdicts(&call, figures, "errors", GATE_COULD_NOT_MEASURE, GATE_COULD_NOT_MEASURE);
    call_release(&call);
}

static void runs_that_cannot_be_compared_are_not_judged_by_what_needs_both(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct gate_figures figures = good();
    figures.other_part = "dataset_version";
    figures.other_from = TEXT("v1");
    figures.other_to = TEXT("v2");
    assert_verdicts(&call, figures, "comparable", GATE_COULD_NOT_MEASURE, GATE_COULD_NOT_MEASURE);
    assert_verdicts(&call, figures, "regression", GATE_COULD_NOT_MEASURE, GATE_COULD_NOT_MEASURE);
    assert_verdicts(&call, figures, "floor", GATE_PASS, GATE_COULD_NOT_MEASURE);
    struct gate_judgement judgement = judged(&call, &strict, figures);
    assert_text(rule_of(&judgement, "comparable")->sentence,
                "the runs cannot be compared: the dataset_version of the baseline is 'v1', of the "
                "candidate 'v2'");
    call_release(&call);
}

/* A sick harness says nothing; one unknown figure does not save what another rule blocks. */
static void which_verdict_wins(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct gate_figures figures = good();
    figures.passed = 100;
    figures.without_verdict = 20;
    assert_verdicts(&call, figures, "floor", GATE_BLOCKED, GATE_COULD_NOT_MEASURE);
    figures.without_verdict = 0;
    figures.cost_cases = 0;
    assert_verdicts(&call, figures, "cost_usd", GATE_COULD_NOT_MEASURE, GATE_BLOCKED);
    call_release(&call);
}

static void an_empty_candidate_and_an_empty_baseline_say_nothing(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct gate_figures figures = { .baseline_cases = 0, .latency_p95_ms = NAN, .cost_usd = NAN };
    struct gate_judgement judgement = judged(&call, &strict, figures);
    assert_int_equal(judgement.verdict, GATE_COULD_NOT_MEASURE);
    assert_text(rule_of(&judgement, "coverage")->sentence,
                "the baseline has no cases: there is nothing to compare with");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_keeps_everything_passes_by_every_rule),
        cmocka_unit_test(without_a_floor_the_gate_is_not_defined_and_blocks),
        cmocka_unit_test(the_floor_is_kept_by_the_lower_bound_and_not_by_the_rate),
        cmocka_unit_test(a_regression_is_decided_by_the_one_sided_exact_test),
        cmocka_unit_test(fewer_than_ten_pairs_decide_nothing),
        cmocka_unit_test(a_critical_case_is_lost_when_it_fails_and_when_it_is_not_there),
        cmocka_unit_test(the_hardest_cases_may_fall_by_the_margin_and_no_more),
        cmocka_unit_test(cost_may_rise_by_its_part_and_an_unknown_one_is_never_green),
        cmocka_unit_test(what_cost_nothing_has_no_increase_and_may_not_begin_to_cost),
        cmocka_unit_test(latency_is_that_of_19_of_20_results),
        cmocka_unit_test(half_the_cases_or_too_many_errors_are_never_green),
        cmocka_unit_test(runs_that_cannot_be_compared_are_not_judged_by_what_needs_both),
        cmocka_unit_test(which_verdict_wins),
        cmocka_unit_test(an_empty_candidate_and_an_empty_baseline_say_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
