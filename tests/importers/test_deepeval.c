/* DeepEval: what a metric that broke means, which name is a case, and files that are refused. */
#include "support/eval_collect.h"

#include <math.h>

#define RUN "deepeval/test_run_20261116_070000.json"

static const struct eval_read_options berlin = { .zone = TEXT("Europe/Berlin") };

static void the_run_and_its_local_time_stand_in_the_name(void **state)
{
    (void)state;
    char room[STAMP_TEXT_SIZE];
    struct collected all;
    collect_file(&all, "deepeval", RUN, &berlin);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 7);
    assert_text(all.line[0].run, "test_run_20261116_070000");
    assert_text(all.line[0].suite, "support");
    assert_text(all.line[0].model, "m-large");
    assert_text(all.line[0].judge, "m-judge");
    stamp_write(all.line[0].started_at, room);
    assert_string_equal(room, "2026-11-16T06:00:00Z");
    collected_release(&all);
    collect_file(&all, "deepeval", RUN, NULL);
    assert_false(all.line[0].is_dated);
    assert_int_equal(notes_of(&all, "no_zone"), 1);
    collected_release(&all);
}

static void a_metric_that_broke_is_an_error_and_a_flaky_one_does_not_count(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "deepeval", RUN, &berlin);
    assert_int_equal(all.line[0].verdict, EVAL_PASS);
    assert_true(all.line[0].score == 0.9 && all.line[0].latency_ms == 1250);
    assert_int_equal(all.line[0].tag_count, 2);
    assert_int_equal(all.line[1].verdict, EVAL_FAIL);
    assert_text(all.line[1].failure, "Answer Relevancy");
    assert_true(isnan(all.line[1].latency_ms));
    assert_int_equal(all.line[2].verdict, EVAL_ERROR);
    assert_text(all.line[2].error, "Evaluation LLM outputted an invalid JSON");
    assert_int_equal(all.line[3].verdict, EVAL_ERROR);
    assert_int_equal(all.line[4].verdict, EVAL_PASS);
    assert_true(all.line[4].score == 0.8);
    collected_release(&all);
}

static void one_that_broke_leaves_no_pass_and_the_only_prompt_is_the_runs(void **state)
{
    (void)state;
    struct collected all;
    collect(&all, "deepeval", "test_run_20261116_070000.json",
            TEXT("{\"testCases\":[{\"name\":\"a\",\"success\":true,\"metricsData\":["
                 "{\"name\":\"m\",\"success\":true,\"score\":1},"
                 "{\"name\":\"n\",\"success\":true,\"score\":null}]},"
                 "{\"name\":\"b\",\"success\":true,\"metricsData\":["
                 "{\"name\":\"m\",\"success\":true,\"score\":1},"
                 "{\"name\":\"n\",\"score\":null,\"error\":\"e\",\"flaky\":true}]}],"
                 "\"prompts\":[{\"alias\":\"refund\",\"version\":\"00.00.07\"}],"
                 "\"hyperparameters\":{\"model\":\"m\"},\"testPassed\":2,\"testFailed\":0,"
                 "\"datasetAlias\":\"d\"}"),
            &berlin);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.line[0].verdict, EVAL_ERROR);
    assert_int_equal(all.line[1].verdict, EVAL_PASS);
    assert_text(all.line[0].prompt, "refund");
    assert_text(all.line[0].prompt_version, "00.00.07");
    assert_text(all.line[0].parameters, "{\"hyperparameters\":{\"model\":\"m\"}}");
    collected_release(&all);
}

static void numbered_names_are_positions_and_repeated_inputs_trials(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "deepeval", RUN, &berlin);
    assert_int_equal(all.line[0].key_kind, EVAL_KEY_CONTENT);
    assert_true(text_equal(all.line[0].case_key, all.line[5].case_key));
    assert_int_equal(all.line[5].trial, 2);
    assert_text(all.line[4].case_key, "greeting");
    assert_int_equal(all.line[4].key_kind, EVAL_KEY_ID);
    assert_text(all.line[6].input, "A customer is angry");
    collected_release(&all);
}

static void a_name_of_several_inputs_tells_no_case_and_odd_ones_are_bad_lines(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "deepeval", "deepeval/shared_names.json", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 2);
    assert_int_equal(all.line[0].key_kind, EVAL_KEY_CONTENT);
    assert_false(text_equal(all.line[0].case_key, all.line[1].case_key));
    assert_int_equal(notes_of(&all, "shared_names"), 1);
    assert_int_equal(all.bads, 2);
    assert_non_null(strstr(all.bad[0].reason.at, "'success' of test case 3"));
    collected_release(&all);
}

static void totals_that_differ_make_the_run_partial(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "deepeval", "deepeval/totals.json", NULL);
    assert_int_equal(notes_of(&all, "totals"), 1);
    assert_int_equal(all.line[0].status, EVAL_RUN_PARTIAL);
    collected_release(&all);
    collect_file(&all, "deepeval", RUN, &berlin);
    assert_int_equal(notes_of(&all, "totals"), 0);
    assert_int_equal(all.line[0].status, EVAL_RUN_COMPLETE);
    collected_release(&all);
}

static void a_file_without_cases_or_suite_is_refused(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "deepeval", "deepeval/empty.json", NULL);
    assert_false(all.is_done);
    assert_non_null(strstr(all.call.fail.sentence, "holds no test case"));
    collected_release(&all);
    collect(&all, "deepeval", "x.json",
            TEXT("{\"testCases\":[{\"input\":\"a\",\"success\":true}]}"), NULL);
    assert_false(all.is_done);
    assert_non_null(strstr(all.call.fail.sentence, "--suite"));
    collected_release(&all);
}

static void a_file_that_is_cut_keeps_its_whole_cases(void **state)
{
    (void)state;
    struct collected all;
    const struct eval_read_options options = { .suite = TEXT("s") };
    collect(&all, "deepeval", "x.json",
            TEXT("{\"testCases\":[{\"input\":\"a\",\"success\":true},{\"input\":\"b\",\"succ"),
            &options);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 1);
    assert_int_equal(all.bads, 1);
    assert_int_equal(all.cuts, 1);
    collected_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_run_and_its_local_time_stand_in_the_name),
        cmocka_unit_test(a_metric_that_broke_is_an_error_and_a_flaky_one_does_not_count),
        cmocka_unit_test(one_that_broke_leaves_no_pass_and_the_only_prompt_is_the_runs),
        cmocka_unit_test(numbered_names_are_positions_and_repeated_inputs_trials),
        cmocka_unit_test(a_name_of_several_inputs_tells_no_case_and_odd_ones_are_bad_lines),
        cmocka_unit_test(totals_that_differ_make_the_run_partial),
        cmocka_unit_test(a_file_without_cases_or_suite_is_refused),
        cmocka_unit_test(a_file_that_is_cut_keeps_its_whole_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
