/* Samples of lm-evaluation-harness, of today and of 2024, with and without their results file. */
#include "support/eval_collect.h"

#include <math.h>

#define NEW "lm_eval/samples_sums_2026-11-16T00-00-00.500000.jsonl"
#define OLD "lm_eval/samples_old_task_2024-06-13T12-34-56.789012.jsonl"

static void each_filter_is_a_surface_of_its_own(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "lm-eval", NEW, NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 4);
    assert_int_equal(all.bads + all.cuts, 0);
    assert_text(all.line[0].suite, "sums");
    assert_text(all.line[0].surface, "sums,strict");
    assert_text(all.line[1].surface, "sums,flexible");
    assert_text(all.line[0].run, "samples_sums_2026-11-16T00-00-00.500000");
    assert_text(all.line[2].case_key, "h1");
    assert_int_equal(all.line[2].key_kind, EVAL_KEY_CONTENT);
    assert_int_equal(all.line[2].verdict, EVAL_FAIL);
    assert_int_equal(all.line[3].verdict, EVAL_PASS);
    assert_int_equal(all.line[3].trial, 1);
    assert_text(all.line[3].judge, "exact_match");
    assert_text(all.line[3].attributes, "{\"prompt_hash\":\"ph1\"}");
    collected_release(&all);
}

static void the_results_file_beside_them_says_model_date_and_coverage(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "lm-eval", NEW, NULL);
    assert_text(all.line[0].model, "hf pretrained=org/m-large");
    assert_text(all.line[0].dataset_version, "3");
    assert_text(all.line[0].harness_version, "abc");
    assert_int_equal(all.line[0].prompt_version.size, 16);
    assert_true(all.line[0].is_dated);
    assert_int_equal(all.line[0].status, EVAL_RUN_PARTIAL);
    assert_text(all.note[0].words, "run 'samples_sums_2026-11-16T00-00-00.500000' covers 2 of the "
                                   "task's 100 cases and stays out of trends");
    collected_release(&all);
}

/* Whoever sends bytes under a name does not make us read what lies there. */
static void bytes_that_are_no_named_file_open_nothing(void **state)
{
    struct collected all;
    (void)state;
    collect(&all, "lm-eval", "tests/fixtures/" NEW,
            TEXT("{\"doc_id\":1,\"target\":\"x\",\"exact_match\":1.0}\n"), NULL);
    assert_done(&all.call, all.is_done);
    assert_null(all.line[0].model.at);
    assert_int_equal(notes_of(&all, "no_results"), 1);
    assert_int_equal(all.line[0].status, EVAL_RUN_COMPLETE);
    assert_int_equal(all.line[0].key_kind, EVAL_KEY_POSITION);
    collected_release(&all);
}

static void lines_of_2024_have_neither_filter_nor_metrics(void **state)
{
    const struct eval_read_options zone = { .zone = TEXT("Europe/Berlin") };
    struct collected all;
    (void)state;
    collect_file(&all, "lm-eval", OLD, NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 4);
    assert_text(all.line[0].surface, "old_task");
    assert_text(all.line[0].judge, "acc");
    assert_int_equal(all.line[0].verdict, EVAL_PASS);
    assert_int_equal(all.line[1].verdict, EVAL_FAIL);
    assert_int_equal(line_of_case(&all, "o1", 2)->verdict, EVAL_PASS); /* the same question again */
    assert_int_equal(all.line[3].verdict, EVAL_UNSCORED);              /* a list is no score */
    assert_int_equal(notes_of(&all, "no_scalar"), 1);
    assert_int_equal(all.bads, 1);
    assert_int_equal(all.cuts, 1);
    assert_false(all.line[0].is_dated);
    assert_int_equal(notes_of(&all, "no_zone"), 1);
    collected_release(&all);
    collect_file(&all, "lm-eval", OLD, &zone);
    assert_true(all.line[0].is_dated);
    assert_text(all.line[0].started_zone, "Europe/Berlin");
    collected_release(&all);
}

static void other_metrics_need_a_threshold(void **state)
{
    struct eval_read_options options = {
        .has_threshold = true, .threshold = 0.5, .threshold_metric = TEXT("f1"), .suite = TEXT("s")
    };
    const text lines = TEXT("{\"doc_id\":1,\"target\":\"x\",\"f1\":0.75,\"metrics\":[\"f1\"]}\n"
                            "{\"doc_id\":2,\"target\":\"x\",\"f1\":NaN,\"metrics\":[\"f1\"]}\n");
    struct collected all;
    (void)state;
    collect(&all, "lm-eval", "x.jsonl", lines, &options);
    assert_int_equal(all.line[0].verdict, EVAL_PASS);
    assert_int_equal(all.line[1].verdict, EVAL_UNSCORED);
    collected_release(&all);
    options.has_threshold = false;
    collect(&all, "lm-eval", "x.jsonl", lines, &options);
    assert_int_equal(all.line[0].verdict, EVAL_UNSCORED);
    assert_true(all.line[0].score == 0.75);
    collected_release(&all);
}

static void totals_and_lines_without_a_case_are_refused(void **state)
{
    static const char *const totals[] = { "lm_eval/results_2023.json",
                                          "lm_eval/results_2026-11-16T00-00-00.500000.json" };
    struct collected all;
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        collect_file(&all, "lm-eval", totals[i], NULL);
        assert_refused(&all.call, FAIL_INVALID, "holds totals and no cases: give its samples_");
        collected_release(&all);
    }
    collect(&all, "lm-eval", "samples_t_2026-11-16T00-00-00.jsonl",
            TEXT("{\"target\":1,\"acc\":1}\n{\"doc_id\":1,\"acc\":1}\n"), NULL);
    assert_int_equal(all.lines, 1);
    assert_text(all.bad[0].reason, "the line has neither 'doc_hash' nor 'doc_id'");
    assert_text(all.bad[0].suite, "t");
    collected_release(&all);
    collect(&all, "lm-eval", "x.jsonl", TEXT("{\"doc_id\":1,\"acc\":1}\n"), NULL);
    assert_refused(&all.call, FAIL_INVALID, "'x.jsonl' names no suite: give one with --suite");
    collected_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_filter_is_a_surface_of_its_own),
        cmocka_unit_test(the_results_file_beside_them_says_model_date_and_coverage),
        cmocka_unit_test(bytes_that_are_no_named_file_open_nothing),
        cmocka_unit_test(lines_of_2024_have_neither_filter_nor_metrics),
        cmocka_unit_test(other_metrics_need_a_threshold),
        cmocka_unit_test(totals_and_lines_without_a_case_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
