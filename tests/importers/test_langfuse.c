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
        cmocka_unit_test(of_rows_with_one_id_the_newest_counts),
        cmocka_unit_test(an_item_says_what_it_cost_and_which_prompt_it_was),
        cmocka_unit_test(of_several_scores_none_is_taken_by_chance),
        cmocka_unit_test(scores_join_items_of_older_runs_by_their_trace),
        cmocka_unit_test(a_file_without_items_or_without_a_suite_is_refused),
        cmocka_unit_test(an_answer_that_was_cut_keeps_its_whole_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
