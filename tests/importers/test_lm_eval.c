/* Samples of lm-evaluation-harness of all its ages, with and without their results file. */
#include "support/eval_collect.h"

#include <math.h>

#define NEW "lm_eval/samples_sums_2026-11-16T00-00-00.500000.jsonl"
#define OLDEST "lm_eval/old_sums_write_out_info.json"
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
    assert_text(all.line[0].git_commit, "abc");
    assert_text(all.line[0].parameters,
                "{\"model_args\":\"pretrained=org/m-large\",\"n-shot\":5,\"limit\":2}");
    assert_int_equal(all.line[0].dataset_cases, 100);
    assert_int_equal(all.line[0].prompt_version.size, 16);
    assert_true(all.line[0].is_dated);
    assert_int_equal(all.line[0].status, EVAL_RUN_PARTIAL);
    assert_text(all.note[0].words, "run 'samples_sums_2026-11-16T00-00-00.500000' covers 2 of the "
                                   "task's 100 cases and stays out of trends");
    collected_release(&all);
}

static void a_filter_with_fewer_lines_than_the_results_count_is_partial(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "lm-eval", "lm_eval/samples_counts_2026-11-17T00-00-00.000000.jsonl", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 3);
    assert_int_equal(all.line[0].status, EVAL_RUN_COMPLETE);
    assert_int_equal(all.partials, 1);
    assert_text(all.partial_surface, "counts,flexible");
    assert_int_equal(notes_of(&all, "totals_differ"), 1);
    collected_release(&all);
    collect_file(&all, "lm-eval", NEW, NULL);
    assert_int_equal(all.partials, 0);
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
    assert_null(all.line[0].parameters.at);
    assert_int_equal(all.line[0].dataset_cases, 0);
    assert_int_equal(notes_of(&all, "no_results"), 1);
    assert_int_equal(all.line[0].status, EVAL_RUN_COMPLETE);
    assert_int_equal(all.line[0].key_kind, EVAL_KEY_POSITION);
    assert_int_equal(notes_of(&all, "position"), 1);
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

static void the_list_of_2023_has_cases_by_their_prompts(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "lm-eval", OLDEST, NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 5);
    assert_text(all.line[0].suite, "old_sums");
    assert_text(all.line[0].surface, "old_sums");
    assert_text(all.line[0].judge, "acc");
    assert_int_equal(all.line[0].key_kind, EVAL_KEY_CONTENT);
    assert_int_equal(all.line[0].case_key.size, 64);
    assert_int_equal(all.line[0].verdict, EVAL_PASS);
    assert_int_equal(all.line[1].verdict, EVAL_FAIL);     /* "False" */
    assert_int_equal(all.line[2].verdict, EVAL_UNSCORED); /* "nan" */
    assert_true(isnan(all.line[2].score));
    assert_true(text_equal(all.line[3].case_key, all.line[0].case_key));
    assert_int_equal(all.line[3].trial, 2);               /* the same prompts again */
    assert_int_equal(all.line[4].verdict, EVAL_UNSCORED); /* a pair is no score */
    assert_int_equal(notes_of(&all, "no_scalar"), 1);
    assert_text(all.line[2].input, "Question: 2 + 2\nAnswer:");
    assert_text(all.line[2].output, " 4");
    assert_text(all.line[2].expected, "4");
    assert_text(all.line[0].output, "[-0.5,-2.25]");
    collected_release(&all);
}

static void what_the_list_of_2023_does_not_say_is_unknown(void **state)
{
    const struct eval_read_options at = { .started_at = TEXT("2023-06-13T12:00:00Z") };
    struct collected all;
    (void)state;
    collect_file(&all, "lm-eval", OLDEST, NULL);
    assert_false(all.line[0].is_dated);
    assert_null(all.line[0].model.at);
    assert_int_equal(notes_of(&all, "no_results"), 1);
    assert_int_equal(all.bads, 1);
    assert_text(all.bad[0].reason, "case 6 must have 'prompt_0'");
    assert_text(all.bad[0].suite, "old_sums");
    collected_release(&all);
    collect_file(&all, "lm-eval", OLDEST, &at);
    assert_true(all.line[0].is_dated);
    collected_release(&all);
}

/* A metric of another name than `acc` is a verdict only with a threshold, whatever its text. */
static void lists_of_2023_are_judged_and_refused_as_later_samples(void **state)
{
    const text list = TEXT("[{\"doc_id\":1,\"prompt_0\":\"a\",\"f1\":\"0.75\"},7,"
                           "{\"doc_id\":2,\"prompt_0\":\"b\",\"f1\":\"0.25\"}]");
    const struct eval_read_options options = {
        .has_threshold = true, .threshold = 0.5, .threshold_metric = TEXT("f1")
    };
    struct collected all;
    (void)state;
    collect(&all, "lm-eval", "t_write_out_info.json", list, &options);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.line[0].verdict, EVAL_PASS);
    assert_int_equal(all.line[1].verdict, EVAL_FAIL);
    assert_text(all.bad[0].reason, "case 2 must be a JSON object");
    collected_release(&all);
    collect(&all, "lm-eval", "t_write_out_info.json", list, NULL);
    assert_int_equal(all.line[0].verdict, EVAL_UNSCORED);
    assert_true(all.line[0].score == 0.75);
    collected_release(&all);
    collect(&all, "lm-eval", "renamed.json", list, NULL);
    assert_refused(&all.call, FAIL_INVALID, "'renamed.json' names no suite: give one with --suite");
    collected_release(&all);
}

static void a_list_of_2023_that_was_cut_is_read_up_to_there(void **state)
{
    struct collected all;
    (void)state;
    collect(&all, "lm-eval", "t_write_out_info.json",
            TEXT("[{\"doc_id\":1,\"prompt_0\":\"a\",\"acc\":\"1.0\"},{\"doc_id\":2,\"prom"), NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 1);
    assert_int_equal(all.cuts, 1);
    collected_release(&all);
}

static void a_list_without_prompts_is_not_of_this_tool(void **state)
{
    (void)state;
    const struct eval_format *format = format_named("lm-eval");
    assert_true(format->recognise(TEXT("[{\"doc_id\":1,\"prompt_0\":\"a\"}]"), "x.json"));
    assert_false(format->recognise(TEXT("[{\"doc_id\":1,\"prompt\":\"a\"}]"), "x.json"));
    assert_false(format->recognise(TEXT("{\"doc_id\":1,\"prompt_0\":\"a\"}"), "x.json"));
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
        assert_refused(&all.call, FAIL_INVALID,
                       "holds totals and no cases: give its samples_TASK_DATE.jsonl (of "
                       "--log_samples), beside which it is read, or TASK_write_out_info.json (of "
                       "--write_out, version 0.3)");
        collected_release(&all);
    }
    collect(&all, "lm-eval", "samples_t_2026-11-16T00-00-00.jsonl",
            TEXT("{\"target\":1,\"acc\":1}\n{\"doc_id\":1,\"acc\":1}\n"), NULL);
    assert_int_equal(all.lines, 1);
    assert_text(all.bad[0].reason, "the line must have 'doc_hash' or 'doc_id'");
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
        cmocka_unit_test(a_filter_with_fewer_lines_than_the_results_count_is_partial),
        cmocka_unit_test(bytes_that_are_no_named_file_open_nothing),
        cmocka_unit_test(lines_of_2024_have_neither_filter_nor_metrics),
        cmocka_unit_test(the_list_of_2023_has_cases_by_their_prompts),
        cmocka_unit_test(what_the_list_of_2023_does_not_say_is_unknown),
        cmocka_unit_test(lists_of_2023_are_judged_and_refused_as_later_samples),
        cmocka_unit_test(a_list_of_2023_that_was_cut_is_read_up_to_there),
        cmocka_unit_test(a_list_without_prompts_is_not_of_this_tool),
        cmocka_unit_test(other_metrics_need_a_threshold),
        cmocka_unit_test(totals_and_lines_without_a_case_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
