/* promptfoo: which row is which case, what is no verdict, and files that are refused. */
#include "support/eval_collect.h"

#include <math.h>

static void rows_come_in_the_order_of_tests_each_column_a_surface(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "promptfoo", "promptfoo/results.json", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 8);
    assert_int_equal(all.bads + all.cuts + all.notes, 0);
    assert_text(all.line[0].suite, "support answers");
    assert_text(all.line[0].surface, "openai:m-large"); /* its label is empty */
    assert_text(all.line[1].surface, "small");
    assert_text(all.line[0].run, "eval-aBc-2026-11-16T07:00:00");
    assert_true(all.line[0].is_dated);
    assert_text(all.line[0].harness_version, "0.120.0");
    assert_int_equal(all.line[0].status, EVAL_RUN_COMPLETE);
    collected_release(&all);
}

static void the_same_content_is_the_same_case_and_its_repeats_are_trials(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "promptfoo", "promptfoo/results.json", NULL);
    assert_true(text_equal(all.line[0].case_key, all.line[6].case_key));
    assert_true(text_equal(all.line[0].case_key, all.line[1].case_key));
    assert_false(text_equal(all.line[0].case_key, all.line[4].case_key));
    assert_int_equal(all.line[0].key_kind, EVAL_KEY_CONTENT);
    assert_int_equal(all.line[0].trial, 1);
    assert_int_equal(all.line[1].trial, 1);
    assert_int_equal(all.line[6].trial, 2);
    assert_text(all.line[2].case_key, "17"); /* a number that the author gave */
    assert_int_equal(all.line[2].key_kind, EVAL_KEY_ID);
    collected_release(&all);
}

static void a_failed_assertion_is_a_failure_and_a_broken_judge_an_error(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "promptfoo", "promptfoo/results.json", NULL);
    assert_int_equal(all.line[0].verdict, EVAL_PASS);
    assert_int_equal(all.line[1].verdict, EVAL_FAIL);
    assert_true(all.line[1].score == 0.75);
    assert_null(all.line[1].error.at);
    assert_text(all.line[1].failure, "contains");
    assert_int_equal(all.line[3].verdict, EVAL_ERROR);
    assert_text(all.line[3].error, "API error: 500");
    assert_int_equal(all.line[4].verdict, EVAL_ERROR);
    assert_true(isnan(all.line[4].score));
    collected_release(&all);
}

static void zeros_and_what_came_from_a_cache_are_not_measured(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "promptfoo", "promptfoo/results.json", NULL);
    assert_true(all.line[0].latency_ms == 420 && all.line[0].cost_usd == 0.0021);
    assert_true(all.line[0].tokens_in == 11 && all.line[0].tokens_out == 4);
    assert_true(isnan(all.line[1].latency_ms) && isnan(all.line[1].cost_usd));
    assert_true(isnan(all.line[1].tokens_in));
    assert_true(isnan(all.line[2].latency_ms) && isnan(all.line[2].cost_usd));
    assert_true(text_find(all.line[2].attributes, TEXT("\"cached\":true")) != SIZE_MAX);
    collected_release(&all);
}

static void version_2_keeps_its_results_in_a_table(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "promptfoo", "promptfoo/version2.json", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 3);
    assert_int_equal(all.line[0].verdict, EVAL_PASS);
    assert_int_equal(all.line[1].verdict, EVAL_FAIL);
    assert_text(all.line[1].input, "{\"q\":\"two\"}");
    assert_text(all.line[0].model, "openai:m-large");
    assert_text(all.line[0].surface, "support answers"); /* there is one column */
    assert_text(all.line[0].run, "version2");
    collected_release(&all);
}

static void stripped_exports_are_known_by_position_and_say_so(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "promptfoo", "promptfoo/stripped.json", NULL);
    assert_int_equal(all.lines, 3);
    assert_text(all.line[1].case_key, "test 1");
    assert_int_equal(all.line[1].key_kind, EVAL_KEY_POSITION);
    assert_int_equal(notes_of(&all, "position"), 1);
    collected_release(&all);
}

static void totals_that_differ_make_the_run_partial(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "promptfoo", "promptfoo/totals.json", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(notes_of(&all, "totals"), 1);
    assert_int_equal(all.line[0].status, EVAL_RUN_PARTIAL);
    collected_release(&all);
}

/* One test under the columns of `first` and `second`: members of a row, without its verdict. */
static void collect_two(struct collected *all, const char *first, const char *second)
{
    char bytes[2048];
    const struct eval_read_options options = { .suite = TEXT("s") };
    int size =
        snprintf(bytes, sizeof bytes,
                 "{\"evalId\":\"e\",\"results\":{\"version\":3,\"results\":["
                 "{\"testIdx\":0,\"promptIdx\":0,\"vars\":{\"q\":\"a\"},\"success\":true,%s},"
                 "{\"testIdx\":0,\"promptIdx\":1,\"vars\":{\"q\":\"a\"},\"success\":false,%s}"
                 "]}}",
                 first, second);
    collect(all, "promptfoo", "x.json", (text){ bytes, (size_t)size }, &options);
    assert_done(&all->call, all->is_done);
    assert_int_equal(all->lines, 2);
}

/* A column is (promptId, provider.id, provider.label). */
static void columns_of_one_name_are_told_apart_by_their_ids(void **state)
{
    (void)state;
    struct collected all;
    collect_two(&all, "\"provider\":{\"id\":\"a:1\",\"label\":\"same\"}",
                "\"provider\":{\"id\":\"b:2\",\"label\":\"same\"}");
    assert_text(all.line[0].surface, "same (a:1)");
    assert_text(all.line[1].surface, "same (b:2)");
    assert_int_equal(all.line[1].trial, 1);
    collected_release(&all);
    collect_two(&all, "\"promptId\":\"0123456789abcdef\",\"prompt\":{\"label\":\"p\"}",
                "\"promptId\":\"fedcba9876543210\",\"prompt\":{\"label\":\"p\"}");
    assert_text(all.line[0].surface, "p (0123456789ab)");
    assert_text(all.line[1].surface, "p (fedcba987654)");
    collected_release(&all);
    collect_two(&all, "\"provider\":{\"id\":\"a:1\",\"label\":\"\"}",
                "\"provider\":{\"id\":\"a:1\",\"label\":\"\"}");
    assert_text(all.line[0].surface, "s");
    assert_int_equal(all.line[1].trial, 2);
    collected_release(&all);
}

static void rows_of_version_2_are_the_tests_of_its_table(void **state)
{
    (void)state;
    struct collected rows, table;
    const struct eval_read_options options = { .suite = TEXT("s") };
    const char *start = "{\"version\":2,\"results\":{\"version\":2,\"results\":[",
               *row = "{\"provider\":{\"id\":\"m\"},\"vars\":{\"q\":\"a\"},\"success\":true}",
               *end = "],\"table\":{\"head\":{\"prompts\":[{\"label\":\"p\",\"provider\":\"m\"}],"
                      "\"vars\":[\"q\"]},\"body\":[{\"vars\":[\"a\"],\"outputs\":[{\"pass\":true}],"
                      "\"test\":{\"vars\":{\"q\":\"a\"},\"description\":\"d\"}}]}}}";
    char bytes[1024];
    snprintf(bytes, sizeof bytes, "%s%s%s", start, row, end);
    collect(&rows, "promptfoo", "x.json", text_of(bytes), &options);
    snprintf(bytes, sizeof bytes, "%s%s", start, end);
    collect(&table, "promptfoo", "x.json", text_of(bytes), &options);
    assert_int_equal(rows.lines, 1);
    assert_int_equal(table.lines, 1);
    assert_true(text_equal(rows.line[0].case_key, table.line[0].case_key));
    collected_release(&rows);
    collected_release(&table);
}

static void passes_that_differ_from_the_totals_make_the_run_partial(void **state)
{
    (void)state;
    struct collected all;
    const struct eval_read_options options = { .suite = TEXT("s") };
    char bytes[512];
    for (int passed = 0; passed < 2; passed++) {
        snprintf(bytes, sizeof bytes,
                 "{\"evalId\":\"e\",\"results\":{\"results\":[{\"testIdx\":0,\"vars\":{\"q\":1},"
                 "\"success\":true}],\"stats\":{\"successes\":%d,\"failures\":%d}}}",
                 passed, 1 - passed);
        collect(&all, "promptfoo", "x.json", text_of(bytes), &options);
        assert_int_equal(all.line[0].status, passed ? EVAL_RUN_COMPLETE : EVAL_RUN_PARTIAL);
        assert_int_equal(notes_of(&all, "totals"), 1 - passed);
        collected_release(&all);
    }
}

static void refuses(const char *format, const char *bytes, const char *words)
{
    struct collected all;
    collect(&all, format, "x.json", text_of(bytes), NULL);
    assert_false(all.is_done);
    assert_int_equal(all.call.fail.kind, FAIL_INVALID);
    assert_non_null(strstr(all.call.fail.sentence, words));
    collected_release(&all);
}

static void totals_without_rows_are_refused(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "promptfoo", "promptfoo/no_rows.json", NULL);
    assert_false(all.is_done);
    assert_non_null(strstr(all.call.fail.sentence, "8 results and holds none"));
    collected_release(&all);
}

static void what_is_no_output_of_promptfoo_is_refused(void **state)
{
    (void)state;
    refuses("promptfoo", "", "'x.json' is empty");
    refuses("promptfoo", "{\"results\":[]}", "no object 'results'");
    refuses("promptfoo", "{\"results\":{\"results\":[{\"success\":true}]}}", "--suite");
    refuses("promptfoo", "{\"results\": nonsense}", "x.json");
    refuses("promptfoo-jsonl", "{\"a\":1}\n", "--suite");
}

static void a_row_without_a_verdict_is_a_bad_line_and_the_others_count(void **state)
{
    (void)state;
    struct collected all;
    const struct eval_read_options options = { .suite = TEXT("s") };
    collect(&all, "promptfoo", "x.json",
            TEXT("{\"results\":{\"results\":[{\"success\":true,\"vars\":{\"a\":1}},"
                 "{\"success\":\"perhaps\",\"vars\":{\"a\":2}},{\"vars\":{\"a\":3}},7]}}"),
            &options);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 1);
    assert_int_equal(all.bads, 3);
    assert_text(all.bad[0].suite, "s");
    collected_release(&all);
}

static void lines_are_read_up_to_the_one_that_is_cut(void **state)
{
    (void)state;
    struct collected all;
    const struct eval_read_options options = { .suite = TEXT("s") };
    collect_file(&all, "promptfoo-jsonl", "promptfoo/rows.jsonl", &options);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 3);
    assert_int_equal(all.bads, 1);
    assert_int_equal(all.cuts, 1);
    assert_text(all.line[0].run, "rows");
    assert_int_equal(all.line[0].status, EVAL_RUN_PARTIAL); /* and all other columns */
    assert_false(all.line[0].is_dated);
    collected_release(&all);
}

static void a_file_that_is_cut_is_read_up_to_its_last_whole_row(void **state)
{
    (void)state;
    struct collected all;
    const struct eval_read_options options = { .suite = TEXT("s") };
    collect(&all, "promptfoo", "x.json",
            TEXT("{\"evalId\":null,\"results\":{\"results\":[{\"success\":true,\"vars\":{\"a\":1}},"
                 "{\"success\":false,\"va"),
            &options);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 1);
    assert_int_equal(all.bads, 1);
    assert_int_equal(all.cuts, 1);
    collected_release(&all);
}

/* ---- what the tool itself wrote; see tests/fixtures/README.md ---- */

struct verdict_counts {
    int lines, passes, fails, errors;
};

static struct verdict_counts counts_of(const struct collected *all, const char *surface)
{
    struct verdict_counts counts = { 0 };
    for (int i = 0; i < all->lines; i++) {
        if (surface && !text_is(all->line[i].surface, surface))
            continue;
        counts.lines++;
        counts.passes += all->line[i].verdict == EVAL_PASS;
        counts.fails += all->line[i].verdict == EVAL_FAIL;
        counts.errors += all->line[i].verdict == EVAL_ERROR;
    }
    return counts;
}

static void assert_counts(const struct collected *all, const char *surface, int passes, int fails,
                          int errors)
{
    struct verdict_counts counts = counts_of(all, surface);
    assert_int_equal(counts.passes, passes);
    assert_int_equal(counts.fails, fails);
    assert_int_equal(counts.errors, errors);
    assert_int_equal(counts.lines, passes + fails + errors);
}

/* A judge that broke is an error here, though the tool counts it among its failures. */
static void the_tools_own_json_is_three_columns_of_four_cases_run_twice(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "promptfoo", "promptfoo/echo.json", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 24);
    assert_int_equal(all.bads + all.cuts + all.notes, 0);
    assert_counts(&all, NULL, 8, 4, 12);
    assert_counts(&all, "echo-a / short", 4, 2, 2);
    assert_counts(&all, "echo-a / polite", 4, 2, 2);
    assert_counts(&all, "broken / short", 0, 0, 8);
    assert_text(all.line[0].suite, "support answers");
    assert_text(all.line[0].harness_version, "0.121.20");
    assert_true(all.line[0].is_dated);
    assert_int_equal(all.line[0].status, EVAL_RUN_COMPLETE);
    collected_release(&all);
}

static void the_tools_own_repeats_named_scores_and_metadata_are_kept(void **state)
{
    (void)state;
    struct collected all;
    collect_file(&all, "promptfoo", "promptfoo/echo.json", NULL);
    const struct eval_line *refund = line_of_case(&all, "refund-17", 2);
    assert_int_equal(refund->key_kind, EVAL_KEY_ID);
    assert_int_equal(refund->verdict, EVAL_FAIL);
    assert_true(fabs(refund->score - 1.0 / 3) < 1e-12);
    assert_text(refund->failure, "icontains");
    assert_true(text_find(refund->attributes,
                          TEXT("\"named_scores\":{\"on_topic\":1,\"polite\":0}")) != SIZE_MAX);
    assert_true(text_find(refund->attributes, TEXT("\"metadata\":{\"id\":\"refund-17\",")) !=
                SIZE_MAX);
    assert_true(isnan(refund->cost_usd) && isnan(refund->tokens_in));
    for (int i = 0; i < all.lines; i++)
        assert_int_equal(all.line[i].trial, i / 3 % 2 + 1);
    collected_release(&all);
}

static void the_tools_own_lines_have_one_case_for_each_value_of_a_list(void **state)
{
    (void)state;
    struct collected all;
    const struct eval_read_options options = { .suite = TEXT("s") };
    collect_file(&all, "promptfoo-jsonl", "promptfoo/echo_one.jsonl", &options);
    assert_done(&all.call, all.is_done);
    assert_counts(&all, "s", 3, 1, 0);
    assert_int_equal(all.lines, 4);
    assert_int_equal(all.bads + all.cuts, 0);
    for (int i = 0; i < all.lines; i++) {
        assert_int_equal(all.line[i].key_kind, EVAL_KEY_CONTENT);
        assert_int_equal(all.line[i].trial, 1);
        assert_text(all.line[i].model, "echo");
    }
    collected_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_in_the_order_of_tests_each_column_a_surface),
        cmocka_unit_test(the_same_content_is_the_same_case_and_its_repeats_are_trials),
        cmocka_unit_test(a_failed_assertion_is_a_failure_and_a_broken_judge_an_error),
        cmocka_unit_test(zeros_and_what_came_from_a_cache_are_not_measured),
        cmocka_unit_test(version_2_keeps_its_results_in_a_table),
        cmocka_unit_test(stripped_exports_are_known_by_position_and_say_so),
        cmocka_unit_test(totals_that_differ_make_the_run_partial),
        cmocka_unit_test(columns_of_one_name_are_told_apart_by_their_ids),
        cmocka_unit_test(rows_of_version_2_are_the_tests_of_its_table),
        cmocka_unit_test(passes_that_differ_from_the_totals_make_the_run_partial),
        cmocka_unit_test(totals_without_rows_are_refused),
        cmocka_unit_test(what_is_no_output_of_promptfoo_is_refused),
        cmocka_unit_test(a_row_without_a_verdict_is_a_bad_line_and_the_others_count),
        cmocka_unit_test(lines_are_read_up_to_the_one_that_is_cut),
        cmocka_unit_test(a_file_that_is_cut_is_read_up_to_its_last_whole_row),
        cmocka_unit_test(the_tools_own_json_is_three_columns_of_four_cases_run_twice),
        cmocka_unit_test(the_tools_own_repeats_named_scores_and_metadata_are_kept),
        cmocka_unit_test(the_tools_own_lines_have_one_case_for_each_value_of_a_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
