/* Experiments exported from Langfuse: which score decides, and what joins what. */
#include "support/eval_collect.h"

#include <math.h>

static const struct eval_read_options of_ok = { .has_threshold = true,
                                                .threshold = 0.5,
                                                .threshold_metric = TEXT("ok") };
static const struct eval_read_options of_score = { .has_threshold = true,
                                                   .threshold = 0.5,
                                                   .threshold_metric = TEXT("score"),
                                                   .suite = TEXT("support") };

#define KEY(n) "item" n "@2026-11-01T00:00:00Z"

static void the_chosen_score_decides_and_a_category_does_not(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "langfuse", "langfuse/items.json", &of_ok);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 6);
    assert_int_equal(line_of_case(&all, KEY("1"), 0)->verdict, EVAL_PASS);
    assert_int_equal(line_of_case(&all, KEY("2"), 0)->verdict, EVAL_FAIL);
    assert_int_equal(line_of_case(&all, KEY("3"), 0)->verdict, EVAL_UNSCORED);
    assert_true(isnan(line_of_case(&all, KEY("3"), 0)->score)); /* its 0 is no measurement */
    assert_text(line_of_case(&all, KEY("3"), 0)->failure, "unsure");
    assert_int_equal(line_of_case(&all, KEY("4"), 0)->verdict, EVAL_ERROR);
    assert_text(line_of_case(&all, KEY("4"), 0)->error, "provider down");
    assert_int_equal(line_of_case(&all, KEY("6"), 0)->verdict, EVAL_UNSCORED);
    collected_release(&all);
}

/* Runs of datasets name traces and observations, which tell the rest. */
static void traces_and_observations_tell_what_the_item_does_not(void **state)
{
    struct collected all;
    (void)state;
    collect(&all, "langfuse", "x.json",
            TEXT("{\"datasetRunItems\":["
                 "{\"id\":\"r1\",\"datasetRunName\":\"R\",\"datasetItemId\":\"c1\","
                 "\"traceId\":\"t1\",\"observationId\":\"o1\"},"
                 "{\"id\":\"r2\",\"datasetRunName\":\"R\",\"datasetItemId\":\"c2\","
                 "\"traceId\":\"t2\"},"
                 "{\"id\":\"r3\",\"datasetRunName\":\"R\",\"datasetItemId\":\"c3\","
                 "\"traceId\":\"t3\"}],"
                 "\"scores\":["
                 "{\"id\":\"s1\",\"name\":\"ok\",\"value\":1,\"dataType\":\"BOOLEAN\","
                 "\"traceId\":\"t1\"},"
                 "{\"id\":\"s2\",\"name\":\"ok\",\"value\":1,\"dataType\":\"BOOLEAN\","
                 "\"traceId\":\"t2\",\"updatedAt\":\"2026-11-16T08:00:00Z\"},"
                 "{\"id\":\"s3\",\"name\":\"ok\",\"value\":0,\"dataType\":\"BOOLEAN\","
                 "\"traceId\":\"t2\",\"updatedAt\":\"2026-11-16T07:00:00Z\"}],"
                 "\"traces\":[{\"id\":\"t2\",\"latency\":2.5,\"totalCost\":\"0.004\"}],"
                 "\"observations\":["
                 "{\"id\":\"o1\",\"traceId\":\"t1\",\"type\":\"SPAN\",\"level\":\"ERROR\","
                 "\"statusMessage\":\"down\"},"
                 "{\"id\":\"o2\",\"traceId\":\"t2\",\"type\":\"SPAN\",\"level\":\"DEFAULT\"},"
                 "{\"id\":\"o3\",\"traceId\":\"t2\",\"type\":\"GENERATION\","
                 "\"parentObservationId\":\"o2\",\"level\":\"ERROR\",\"promptName\":\"p\","
                 "\"promptVersion\":3,\"model\":\"m\",\"usageDetails\":{\"input\":7}}]}"),
            &of_score);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 3);
    assert_int_equal(all.bads, 0);
    assert_int_equal(all.line[0].verdict, EVAL_ERROR); /* whatever its score says */
    assert_text(all.line[0].error, "down");
    assert_int_equal(all.line[1].verdict,
                     EVAL_PASS); /* the step was tried again; the newest score */
    assert_true(all.line[1].latency_ms == 2500 && all.line[1].cost_usd == 0.004);
    assert_true(all.line[1].tokens_in == 7 && isnan(all.line[1].tokens_out));
    assert_text(all.line[1].prompt, "p");
    assert_text(all.line[1].prompt_version, "3");
    assert_text(all.line[1].model, "m");
    assert_int_equal(all.line[2].verdict, EVAL_UNSCORED);
    assert_true(isnan(all.line[2].latency_ms));
    collected_release(&all);
}

static void of_rows_with_one_id_the_newest_counts(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "langfuse", "langfuse/items.json", &of_ok);
    assert_int_equal(line_of_case(&all, KEY("5"), 0)->verdict, EVAL_PASS);
    assert_int_equal(notes_of(&all, "repeated_line"), 1);
    collected_release(&all);
}

static void an_item_says_what_it_cost_and_which_prompt_it_was(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "langfuse", "langfuse/items.json", &of_ok);
    const struct eval_line *line = line_of_case(&all, KEY("1"), 0);
    assert_text(line->suite, "support");
    assert_text(line->run, "exp1");
    assert_true(line->started_at == TEST_NOW);
    assert_true(line->latency_ms == 1500);
    assert_true(line->cost_usd == 0.0031);
    assert_text(line->prompt, "refund");
    assert_text(line->prompt_version, "12");
    assert_text(line->input, "{\"q\":1}");
    collected_release(&all);
}

static void of_several_scores_none_is_taken_by_chance(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "langfuse", "langfuse/items.json", NULL);
    assert_int_equal(line_of_case(&all, KEY("1"), 0)->verdict, EVAL_UNSCORED);
    assert_int_equal(notes_of(&all, "several_metrics"), 1);
    collected_release(&all);
}

static void scores_join_items_of_older_runs_by_their_trace(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "langfuse", "langfuse/rows.jsonl", &of_score);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 2);
    assert_text(all.line[0].run, "run7");
    assert_true(line_of_case(&all, "i1", 0)->score == 0.9);
    assert_int_equal(line_of_case(&all, "i1", 0)->verdict, EVAL_PASS);
    assert_int_equal(line_of_case(&all, "i2", 0)->verdict, EVAL_FAIL);
    assert_int_equal(all.bads, 1);
    assert_int_equal(all.bad[0].number, 6);
    assert_non_null(strstr(all.bad[0].reason.at, "must be an experiment's item"));
    collected_release(&all);
}

static void a_file_without_items_or_without_a_suite_is_refused(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "langfuse", "langfuse/rows.jsonl", NULL);
    assert_non_null(strstr(all.call.fail.sentence, "the item in row 1 of '"));
    assert_refused(&all.call, FAIL_INVALID, "rows.jsonl' names no dataset: give one with --suite");
    collected_release(&all);
    collect(&all, "langfuse", "x.json", TEXT("{\"data\":[]}"), NULL);
    assert_refused(&all.call, FAIL_INVALID, "'x.json' holds no items of experiments");
    collected_release(&all);
    collect(&all, "langfuse", "x.json", TEXT("[{\"name\":\"a\",\"value\":1}]"), &of_ok);
    assert_refused(&all.call, FAIL_INVALID, "'x.json' holds no items of experiments");
    collected_release(&all);
}

static void an_answer_that_was_cut_keeps_its_whole_items(void **state)
{
    struct collected all;
    (void)state;
    collect(&all, "langfuse", "x.json",
            TEXT("{\"data\":[{\"experimentItemId\":\"1\",\"datasetName\":\"d\",\"experimentId\":"
                 "\"e\"},{\"experimentItemId\":\"2\",\"datasetNa"),
            NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 1);
    assert_int_equal(all.bads, 1);
    assert_int_equal(all.cuts, 1);
    assert_text(all.cut_run, "e");
    collected_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chosen_score_decides_and_a_category_does_not),
        cmocka_unit_test(traces_and_observations_tell_what_the_item_does_not),
        cmocka_unit_test(of_rows_with_one_id_the_newest_counts),
        cmocka_unit_test(an_item_says_what_it_cost_and_which_prompt_it_was),
        cmocka_unit_test(of_several_scores_none_is_taken_by_chance),
        cmocka_unit_test(scores_join_items_of_older_runs_by_their_trace),
        cmocka_unit_test(a_file_without_items_or_without_a_suite_is_refused),
        cmocka_unit_test(an_answer_that_was_cut_keeps_its_whole_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
