/* MLflow: both frames, which metric decides, and tables that are refused. */
#include "support/eval_collect.h"

#include <math.h>

static const struct eval_read_options at_four = { .suite = TEXT("s"),
                                                  .has_threshold = true,
                                                  .threshold = 4,
                                                  .threshold_metric = TEXT("answer_correctness") };

static void the_only_metric_decides_by_its_threshold(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "mlflow", "mlflow/classic.json", &at_four);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 4);
    assert_int_equal(all.line[0].verdict, EVAL_PASS);
    assert_int_equal(all.line[1].verdict, EVAL_FAIL);
    assert_true(all.line[1].score == 2 && all.line[1].latency_ms == 1500);
    assert_text(all.line[1].judge, "answer_correctness");
    assert_text(all.line[0].expected, "a");
    assert_text(all.line[0].run, "classic");
    assert_false(all.line[0].is_dated);
    collected_release(&all);
}

/* "A source without a run name uses the file's name", though all tables share it. */
static void the_tools_own_name_is_a_runs_name_too(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "mlflow", "mlflow/eval_results_table.json", &at_four);
    assert_done(&all.call, all.is_done);
    assert_text(all.line[0].run, "eval_results_table");
    collected_release(&all);
}

static void a_score_that_failed_is_an_error_and_a_missing_one_no_verdict(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "mlflow", "mlflow/classic.json", &at_four);
    assert_int_equal(all.line[2].verdict, EVAL_ERROR);
    assert_true(text_starts(all.line[2].error, TEXT("Failed to score")));
    assert_true(isnan(all.line[2].latency_ms));
    assert_int_equal(all.line[3].verdict, EVAL_UNSCORED);
    assert_int_equal(all.bads, 1); /* the row that is too short */
    assert_non_null(strstr(all.bad[0].reason.at, "row 5"));
    collected_release(&all);
}

static void without_a_threshold_a_score_is_no_verdict(void **state)
{
    (void)state;
    struct collected all;
    const struct eval_read_options options = { .suite = TEXT("s") };
    collect_file(&all, "mlflow", "mlflow/classic.json", &options);
    assert_int_equal(all.line[0].verdict, EVAL_UNSCORED);
    assert_true(all.line[0].score == 5);
    assert_int_equal(notes_of(&all, "no_threshold"), 1);
    collected_release(&all);
}

static void judges_that_answer_yes_and_no_give_verdicts(void **state)
{
    (void)state;
    struct collected all;
    const struct eval_read_options options = { .suite = TEXT("s") };
    collect_file(&all, "mlflow", "mlflow/genai.json", &options);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 5);
    assert_int_equal(all.line[0].verdict, EVAL_PASS);
    assert_int_equal(all.line[1].verdict, EVAL_FAIL);
    assert_int_equal(all.line[1].trial, 2); /* the same request again */
    assert_int_equal(all.line[2].verdict, EVAL_ERROR);
    assert_text(all.line[2].error, "judge timed out");
    assert_int_equal(all.line[3].verdict, EVAL_ERROR);
    assert_text(all.line[3].error, "predict failed");
    assert_int_equal(all.line[4].verdict, EVAL_UNSCORED);
    assert_int_equal(notes_of(&all, "category"), 1);
    assert_int_equal(all.line[2].key_kind, EVAL_KEY_CONTENT); /* not the new id of its trace */
    assert_int_equal(all.line[2].case_key.size, 64);
    assert_int_equal(notes_of(&all, "not_kept"), 1);
    collected_release(&all);
}

static void of_several_metrics_the_one_asked_for_decides(void **state)
{
    (void)state;
    struct collected all;
    struct eval_read_options options = { .suite = TEXT("s") };
    collect_file(&all, "mlflow", "mlflow/several.json", &options);
    assert_int_equal(notes_of(&all, "several_metrics"), 1);
    assert_true(isnan(all.line[0].score));
    collected_release(&all);
    options.has_threshold = true;
    options.threshold = 1;
    options.threshold_metric = TEXT("b");
    collect_file(&all, "mlflow", "mlflow/several.json", &options);
    assert_int_equal(notes_of(&all, "several_metrics"), 0);
    assert_int_equal(all.line[0].verdict, EVAL_FAIL);
    assert_int_equal(all.line[1].verdict, EVAL_PASS);
    collected_release(&all);
}

static void refused(const char *name, const struct eval_read_options *options, const char *words)
{
    struct collected all;
    collect_file(&all, "mlflow", name, options);
    assert_false(all.is_done);
    assert_int_equal(all.call.fail.kind, FAIL_INVALID);
    assert_non_null(strstr(all.call.fail.sentence, words));
    collected_release(&all);
}

static void tables_that_name_no_suite_or_hold_no_row_are_refused(void **state)
{
    (void)state;
    refused("mlflow/classic.json", NULL, "--suite");
    refused("mlflow/empty.json", &at_four, "holds no row");
    refused("deepeval/empty.json", &at_four, "no lists 'columns' and 'data'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_only_metric_decides_by_its_threshold),
        cmocka_unit_test(the_tools_own_name_is_a_runs_name_too),
        cmocka_unit_test(a_score_that_failed_is_an_error_and_a_missing_one_no_verdict),
        cmocka_unit_test(without_a_threshold_a_score_is_no_verdict),
        cmocka_unit_test(judges_that_answer_yes_and_no_give_verdicts),
        cmocka_unit_test(of_several_metrics_the_one_asked_for_decides),
        cmocka_unit_test(tables_that_name_no_suite_or_hold_no_row_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
