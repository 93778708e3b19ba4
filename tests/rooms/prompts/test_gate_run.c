/* The gate over stored runs, by the stored policy of their surface and by one that is given. */
#include "rooms/prompts/gate_run.h"

#include "base/json_read.h"
#include "support/house.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CASES = 40, FILE_BYTES = 64 * 1024 };

/* What a run of the tests is made of; of its first cases some fail. */
struct made_run {
    const char *run, *started_at, *more;
    int first, cases, failed, errors;
    double cost_usd; /* NAN: not said */
};

static void import_run(struct test_house *test, const struct made_run *made)
{
    static char bytes[FILE_BYTES];
    size_t at = 0;
    for (int i = made->first; i < made->first + made->cases; i++) {
        int place = i - made->first;
        const char *verdict = place < made->failed                  ? "false"
                              : place < made->failed + made->errors ? "null,\"error\":\"timeout\""
                                                                    : "true";
        char cost[48] = "";
        if (!isnan(made->cost_usd))
            snprintf(cost, sizeof cost, ",\"cost_usd\":%g", made->cost_usd);
        at += (size_t)snprintf(bytes + at, sizeof bytes - at,
                               "{\"suite\":\"helpdesk\",\"surface\":\"support\",\"run\":\"%s\","
                               "\"started_at\":\"%s\",\"case\":\"case-%03d\",\"pass\":%s,"
                               "\"latency_ms\":%d%s%s}\n",
                               made->run, made->started_at, i, verdict, 100 + i, cost, made->more);
        assert_true(at < sizeof bytes);
    }
    test_import(test, made->run, bytes, NULL);
}

static const struct made_run baseline = {
    "base", "2026-11-09T08:00:00Z", "", 0, CASES, 1, 0, 0.01,
};

static struct made_run candidate(int failed)
{
    return (struct made_run){ "next", "2026-11-10T08:00:00Z", "", 0, CASES, failed, 0, 0.01 };
}

static bool read_policy(struct test_house *test, const char *words, struct gate_policy *policy,
                        text *surface)
{
    struct json json;
    assert_done(&test->call, json_read(&test->call, text_of(words), &json, NULL));
    return gate_policy_read(&test->call, &json, policy, surface);
}

/* The candidate against the baseline by these words; NULL: by what is stored. */
static struct gate_decision decided(struct test_house *test, const struct made_run *now,
                                    const char *words)
{
    struct gate_policy policy;
    struct gate_decision decision;
    text surface;
    import_run(test, &baseline);
    import_run(test, now);
    if (words)
        assert_done(&test->call, read_policy(test, words, &policy, &surface));
    assert_done(&test->call,
                gate_of_runs(&test->call, test_run_row(test, "base").id,
                             test_run_row(test, now->run).id, words ? &policy : NULL, &decision));
    return decision;
}

static const struct gate_rule *rule_of(const struct gate_decision *decision, const char *name)
{
    for (size_t i = 0; i < decision->judgement.rule_count; i++)
        if (strcmp(decision->judgement.rule[i].rule, name) == 0)
            return &decision->judgement.rule[i];
    print_message("there is no rule %s\n", name);
    assert_true(false);
    return NULL;
}

#define FLOOR "{\"floor\":{\"pass_rate_lower\":0.8}}"

static void a_candidate_like_its_baseline_passes(void **state)
{
    struct test_house *test = *state;
    struct made_run now = candidate(2);
    struct gate_decision decision = decided(test, &now, FLOOR);
    assert_int_equal(decision.judgement.verdict, GATE_PASS);
    assert_text(decision.surface, "support");
    assert_text(decision.baseline, "base");
    assert_text(decision.candidate, "next");
    assert_int_equal(decision.figures.pass_fail, 1);
    assert_int_equal(decision.figures.shared_cases, CASES);
    assert_true(fabs(decision.figures.cost_usd - 0.01) < 1e-12);
    assert_int_equal(decision.figures.cost_cases, CASES);
    assert_true(fabs(decision.figures.latency_p95_ms - 137.05) < 1e-9); /* of 100 to 139 */
    assert_false(decision.has_waiver);
}

static void a_regression_is_blocked(void **state)
{
    struct test_house *test = *state;
    struct made_run now = candidate(10);
    struct gate_decision decision = decided(test, &now, "{\"floor\":{\"pass_rate_lower\":0.1}}");
    assert_int_equal(decision.judgement.verdict, GATE_BLOCKED);
    assert_int_equal(rule_of(&decision, "regression")->verdict, GATE_BLOCKED);
    assert_int_equal(rule_of(&decision, "floor")->verdict, GATE_PASS);
    assert_false(gate_is_open(&decision));
}

static void without_a_stored_policy_the_gate_is_not_defined(void **state)
{
    struct test_house *test = *state;
    struct made_run now = candidate(1);
    struct gate_decision decision = decided(test, &now, NULL);
    assert_int_equal(decision.judgement.verdict, GATE_BLOCKED);
    assert_non_null(strstr(rule_of(&decision, "floor")->sentence.at, "gate not defined"));
}

static bool make_policy(struct test_house *test, const char *floor)
{
    struct row policy;
    struct row surface = test_titled(test, &surface_record, "support");
    assert_done(&test->call, row_init(&test->call, &gate_policy_record, &policy));
    policy.value[GATE_POLICY_SURFACE] = value_ref(surface.id);
    policy.value[GATE_POLICY_FLOOR] = value_text(text_of(floor));
    policy.value[GATE_POLICY_COVERAGE_MIN] = value_real(0.4);
    return ledger_create(&test->call, &policy);
}

static void the_stored_policy_of_the_surface_holds(void **state)
{
    struct test_house *test = *state;
    struct made_run half = candidate(1);
    half.cases = CASES / 2;
    import_run(test, &baseline);
    assert_done(&test->call, make_policy(test, "{\"pass_rate_lower\":0.7}"));
    struct gate_decision decision = decided(test, &half, NULL);
    assert_int_equal(decision.judgement.verdict, GATE_PASS);
    assert_true(rule_of(&decision, "floor")->limit == 0.7);
    assert_true(rule_of(&decision, "coverage")->limit == 0.4);
}

static void a_stored_policy_is_checked_as_a_file_is(void **state)
{
    struct test_house *test = *state;
    import_run(test, &baseline);
    assert_false(make_policy(test, "{\"pass_rate\":0.7}"));
    assert_refused(&test->call, FAIL_INVALID, "'pass_rate' is no key of 'floor'");
}

static void half_the_cases_could_not_be_measured(void **state)
{
    struct test_house *test = *state;
    struct made_run half = candidate(0);
    half.cases = CASES / 2;
    struct gate_decision decision = decided(test, &half, FLOOR);
    assert_int_equal(decision.judgement.verdict, GATE_COULD_NOT_MEASURE);
    assert_int_equal(rule_of(&decision, "coverage")->verdict, GATE_COULD_NOT_MEASURE);
    assert_true(rule_of(&decision, "coverage")->figure == 0.5);
}

static void errors_are_counted_by_the_harness_and_not_by_the_candidate(void **state)
{
    struct test_house *test = *state;
    struct made_run broken = candidate(0);
    broken.errors = 4;
    struct gate_decision decision = decided(test, &broken, FLOOR);
    assert_int_equal(decision.judgement.verdict, GATE_COULD_NOT_MEASURE);
    assert_true(rule_of(&decision, "errors")->figure == 0.1);
}

static void another_dataset_is_named_and_not_compared(void **state)
{
    struct test_house *test = *state;
    struct made_run before = baseline, now = candidate(1);
    struct gate_policy policy;
    struct gate_decision decision;
    text surface;
    before.more = ",\"dataset_version\":\"v1\"";
    now.more = ",\"dataset_version\":\"v2\"";
    import_run(test, &before);
    import_run(test, &now);
    assert_done(&test->call, read_policy(test, FLOOR, &policy, &surface));
    assert_done(&test->call, gate_of_runs(&test->call, test_run_row(test, "base").id,
                                          test_run_row(test, "next").id, &policy, &decision));
    assert_int_equal(decision.judgement.verdict, GATE_COULD_NOT_MEASURE);
    assert_non_null(strstr(rule_of(&decision, "comparable")->sentence.at, "dataset_version"));
}

static void an_unknown_cost_is_no_green_rule(void **state)
{
    struct test_house *test = *state;
    struct made_run now = candidate(1);
    now.cost_usd = NAN;
    struct gate_decision decision = decided(
        test, &now, "{\"floor\":{\"pass_rate_lower\":0.5},\"cost_usd\":{\"max_increase\":0.1}}");
    assert_int_equal(decision.judgement.verdict, GATE_COULD_NOT_MEASURE);
    assert_int_equal(rule_of(&decision, "cost_usd")->verdict, GATE_COULD_NOT_MEASURE);
}

static void a_critical_case_is_found_by_its_name(void **state)
{
    struct test_house *test = *state;
    struct made_run now = candidate(2);
    struct gate_decision decision =
        decided(test, &now, "{\"floor\":{\"pass_rate_lower\":0.5},\"critical_cases\":"
                            "[\"case-001\",\"case-039\",\"case-777\"]}");
    assert_int_equal(decision.judgement.verdict, GATE_BLOCKED);
    assert_text(rule_of(&decision, "critical_cases")->sentence,
                "2 of 3 critical cases do not pass: 'case-001' (passed before), 'case-777' (not "
                "in the candidate)");
}

/* The hardest tenth are the four that failed in the earlier run; the baseline does not choose. */
static void the_hardest_cases_are_those_of_earlier_runs(void **state)
{
    struct test_house *test = *state;
    struct made_run earlier = { "old", "2026-11-02T08:00:00Z", "", 0, CASES, 4, 0, NAN };
    struct made_run now = candidate(4);
    static const char words[] =
        "{\"floor\":{\"pass_rate_lower\":0.5},\"tail\":{\"fraction\":0.1,\"margin\":0.05}}";
    struct gate_decision decision = decided(test, &now, words);
    assert_int_equal(rule_of(&decision, "tail")->verdict, GATE_COULD_NOT_MEASURE);
    import_run(test, &earlier);
    decision = decided(test, &now, words);
    assert_int_equal(decision.figures.tail_cases, 4);
    assert_int_equal(decision.figures.tail_passed, 0);
    assert_int_equal(decision.figures.tail_baseline_passed, 3);
    assert_int_equal(rule_of(&decision, "tail")->verdict, GATE_BLOCKED);
}

/* --- policies --- */

static const char *const refused[][2] = {
    { "[]", "a gate policy is an object" },
    { "{\"flor\":{}}", "'flor' is no key of a gate policy: it has surface, floor" },
    { "{\"floor\":0.9}", "'floor' is an object with pass_rate_lower" },
    { "{\"floor\":{}}", "'floor' needs 'pass_rate_lower'" },
    { "{\"floor\":{\"pass_rate_lower\":1.01}}", "a number from 0 up to 1" },
    { "{\"floor\":{\"pass_rate_lower\":\"0.9\"}}", "a number from 0 up to 1" },
    { "{\"floor\":{\"pass_rate_lower\":null}}", "a number from 0 up to 1" },
    { "{\"regression\":{\"alpha\":0}}", "a number above 0 up to 0.5" },
    { "{\"tail\":{\"fraction\":0.1}}", "'tail' needs 'margin'" },
    { "{\"tail\":{\"fraction\":0,\"margin\":0}}", "a number above 0 up to 1" },
    { "{\"cost_usd\":{\"max_increase\":-0.1}}", "a number from 0 up to 1000" },
    { "{\"latency_ms\":{\"p95\":3000}}", "'p95' is no key of 'latency_ms': it has p95_max" },
    { "{\"coverage_min\":1.5}", "a number from 0 up to 1" },
    { "{\"errors_max\":true}", "a number from 0 up to 1" },
    { "{\"critical_cases\":\"a\"}", "is a list of the ids of cases" },
    { "{\"critical_cases\":[\"a\",{}]}", "item 2 of 'critical_cases'" },
    { "{\"surface\":7}", "'surface' is the name" },
};

static void what_no_policy_has_is_refused_by_its_name(void **state)
{
    struct test_house *test = *state;
    struct gate_policy policy;
    text surface;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_false(read_policy(test, refused[i][0], &policy, &surface));
        assert_refused(&test->call, FAIL_INVALID, refused[i][1]);
    }
}

static void a_policy_says_what_is_asked_for_and_the_rest_has_defaults(void **state)
{
    struct test_house *test = *state;
    struct gate_policy policy;
    text surface;
    assert_done(&test->call,
                read_policy(test,
                            "{\"surface\":\"support\",\"floor\":{\"pass_rate_lower\":1},"
                            "\"tail\":{\"margin\":0},\"critical_cases\":[\"a\",17]}",
                            &policy, &surface));
    assert_text(surface, "support");
    assert_true(policy.has_floor && policy.floor == 1);
    assert_true(policy.has_tail && policy.tail_fraction == 0.1 && policy.tail_margin == 0);
    assert_false(policy.has_cost);
    assert_false(policy.has_latency);
    assert_true(policy.alpha == 0.05 && policy.coverage_min == 0.95 && policy.errors_max == 0.05);
    assert_int_equal(policy.critical_count, 2);
    assert_text(policy.critical[1], "17");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(a_candidate_like_its_baseline_passes),
        WITH_HOUSE(a_regression_is_blocked),
        WITH_HOUSE(without_a_stored_policy_the_gate_is_not_defined),
        WITH_HOUSE(the_stored_policy_of_the_surface_holds),
        WITH_HOUSE(a_stored_policy_is_checked_as_a_file_is),
        WITH_HOUSE(half_the_cases_could_not_be_measured),
        WITH_HOUSE(errors_are_counted_by_the_harness_and_not_by_the_candidate),
        WITH_HOUSE(another_dataset_is_named_and_not_compared),
        WITH_HOUSE(an_unknown_cost_is_no_green_rule),
        WITH_HOUSE(a_critical_case_is_found_by_its_name),
        WITH_HOUSE(the_hardest_cases_are_those_of_earlier_runs),
        WITH_HOUSE(what_no_policy_has_is_refused_by_its_name),
        WITH_HOUSE(a_policy_says_what_is_asked_for_and_the_rest_has_defaults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
