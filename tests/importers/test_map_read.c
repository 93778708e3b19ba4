/* Files under a mapping: the person's own, and ours for terminal-bench, tau-bench and pairwise
 * judges. */
#include "importers/mapping.h"
#include "support/eval_collect.h"

#include <math.h>

/* ---- ours ---- */

static void terminal_bench_knows_timeouts_retries_and_uncounted_tokens(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "terminal-bench", "terminal_bench/results.json", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 4);
    assert_int_equal(all.bads, 0);
    const struct eval_line *first = line_of_case(&all, "fix-git", 1);
    const struct eval_line *second = line_of_case(&all, "fix-git", 2);
    assert_text(first->suite, "terminal-bench");
    assert_text(first->run, "2026-11-15__19-30-00");
    assert_true(first->started_at == TEST_NOW - 13 * STAMP_HOUR / 2 + 3 * STAMP_SECOND / 2);
    assert_int_equal(first->verdict, EVAL_PASS);
    assert_text(first->failure, "agent_timeout");
    assert_true(first->tokens_in == 120 && first->tokens_out == 7);
    assert_true(first->latency_ms == 30500);
    assert_true(first->score == 1 && second->score == 0.5);
    assert_text(first->attributes, "{\"checks\":2}");
    assert_int_equal(second->verdict, EVAL_FAIL);
    assert_null(second->failure.at);
    assert_true(isnan(second->tokens_in) && isnan(second->tokens_out));
    assert_int_equal(line_of_case(&all, "play", 1)->verdict, EVAL_UNSCORED);
    assert_text(line_of_case(&all, "play", 1)->failure, "parse_error");
    assert_true(isnan(line_of_case(&all, "play", 1)->score));
    assert_true(isnan(line_of_case(&all, "play", 2)->latency_ms));
    assert_int_equal(first->status, EVAL_RUN_COMPLETE);
    collected_release(&all);
}

static void totals_that_differ_from_the_rows_keep_the_run_out(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "terminal-bench", "terminal_bench/totals.json", NULL);
    assert_int_equal(all.line[0].status, EVAL_RUN_PARTIAL);
    assert_int_equal(notes_of(&all, "totals_differ"), 1);
    collected_release(&all);
    collect_file(&all, "terminal-bench", "terminal_bench/empty.json", NULL);
    assert_refused(&all.call, FAIL_INVALID, "holds no rows");
    collected_release(&all);
    collect(&all, "terminal-bench", "x.json", TEXT("{\"results\":{}}"), NULL);
    assert_refused(&all.call, FAIL_INVALID, "'x.json' has no list of rows at '/results'");
    collected_release(&all);
}

static void tau_bench_counts_trials_from_0_and_its_errors_are_none_of_the_case(void **state)
{
    struct collected all;
    (void)state;
    collect_file(&all, "tau-bench", "mapping/tau_bench.json", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(line_of_case(&all, "0", 1)->verdict, EVAL_PASS);
    assert_int_equal(line_of_case(&all, "0", 2)->verdict, EVAL_FAIL);
    assert_int_equal(line_of_case(&all, "1", 1)->verdict, EVAL_ERROR);
    assert_text(line_of_case(&all, "1", 1)->error, "rate limit");
    assert_text(line_of_case(&all, "0", 1)->attributes, "{\"turns\":2}");
    assert_text(all.line[0].run, "tau_bench");
    assert_false(all.line[0].is_dated);
    collected_release(&all);
}

static void a_pairwise_judge_gives_wins_and_sometimes_nothing(void **state)
{
    static const enum eval_verdict wanted[] = { EVAL_PASS, EVAL_FAIL, EVAL_FAIL, EVAL_UNSCORED,
                                                EVAL_PASS };
    struct collected all;
    (void)state;
    collect_file(&all, "pairwise", "mapping/pairwise.json", NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 5);
    for (int i = 0; i < 5; i++)
        assert_int_equal(all.line[i].verdict, wanted[i]);
    assert_true(all.line[4].score > 0.89 && all.line[4].score < 0.91);
    assert_text(all.line[0].model, "m-large");
    assert_text(all.line[0].judge, "j1");
    assert_text(all.line[0].slice, "helpful");
    assert_int_equal(all.line[0].key_kind, EVAL_KEY_CONTENT);
    assert_int_equal(all.line[0].case_key.size, 64);
    assert_false(text_equal(all.line[0].case_key, all.line[1].case_key));
    collected_release(&all);
}

/* ---- the person's ---- */

static void read_mapped(struct collected *all, const char *map, const char *rows)
{
    static struct json tree;
    struct call call;
    test_call_init(&call);
    assert_done(&call, json_read(&call, text_of(map), &tree, NULL));
    const struct eval_read_options options = { .map = &tree };
    collect(all, "map", "x.json", text_of(rows), &options);
    call_release(&call);
}

static void a_map_says_where_rows_and_fields_are(void **state)
{
    struct collected all;
    (void)state;
    read_mapped(&all,
                "{\"rows\":\"/a/b\",\"suite\":{\"value\":\"s\"},\"case\":\"/k/id\",\"pass\":\"ok\","
                "\"latency_ms\":\"ms\",\"model_served\":\"/k/by\","
                "\"failure\":{\"from\":\"why\",\"unless\":\"none\"}}",
                "{\"a\":{\"b\":[{\"k\":{\"id\":7,\"by\":\"m-1\"},\"ok\":\"yes\",\"ms\":\"12\","
                "\"why\":\"none\",\"n\":1},{\"k\":{\"id\":8},\"ok\":0,\"why\":\"late\"},{\"ok\":1},"
                "{\"k\":{\"id\":9},\"ok\":\"perhaps\"},5]}}");
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 2);
    assert_text(all.line[0].case_key, "7");
    assert_text(all.line[0].run, "x");
    assert_int_equal(all.line[0].verdict, EVAL_PASS);
    assert_true(all.line[0].latency_ms == 12);
    assert_null(all.line[0].failure.at);
    assert_text(all.line[0].model_served, "m-1");
    assert_null(all.line[1].model_served.at);
    assert_text(all.line[0].attributes, "{\"n\":1}");
    assert_text(all.line[1].failure, "late");
    assert_int_equal(all.bads, 3);
    assert_int_equal(all.bad[0].number, 3);
    assert_text(all.bad[0].reason, "the line has no 'case', which must be a text or an integer");
    assert_text(all.bad[0].run, "x");
    assert_text(all.bad[0].suite, "s");
    assert_text(all.bad[2].reason, "the row must be a JSON object");
    collected_release(&all);
}

static void lines_of_json_are_rows_too(void **state)
{
    struct collected all;
    (void)state;
    read_mapped(&all,
                "{\"suite\":{\"value\":\"s\"},\"case\":\"id\",\"score\":\"x\","
                "\"threshold\":0.5}",
                "{\"id\":1,\"x\":0.5}\n\n{\"id\":2,\"x\":0.4}\nnoise\n{\"id\":3,\"x\":null}\n"
                "{\"id\":4,");
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 3);
    assert_int_equal(all.line[0].verdict, EVAL_PASS);
    assert_int_equal(all.line[1].verdict, EVAL_FAIL);
    assert_int_equal(all.line[1].number, 3);
    assert_int_equal(all.line[2].verdict, EVAL_UNSCORED);
    assert_int_equal(all.bads, 2);
    assert_int_equal(all.bad[0].number, 4);
    assert_int_equal(all.cuts, 1);
    collected_release(&all);
}

static void a_document_that_was_cut_keeps_its_whole_rows(void **state)
{
    struct collected all;
    (void)state;
    read_mapped(&all, "{\"suite\":{\"value\":\"s\"},\"case\":\"id\",\"pass\":\"ok\"}",
                "[{\"id\":1,\"ok\":true},{\"id\":2,\"ok\":true},{\"id\":3,\"ok\"");
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 2);
    assert_int_equal(all.cuts, 1);
    assert_text(all.cut_run, "x");
    assert_int_equal(all.bads, 1);
    assert_text(all.bad[0].reason, "the file ends in the middle of a row: write it again and "
                                   "import it with --replace");
    collected_release(&all);
    read_mapped(&all, "{\"suite\":{\"value\":\"s\"},\"case\":\"id\",\"pass\":\"ok\"}",
                "[{\"id\":1,\"ok\":true}} ,{\"id\":2}]");
    assert_refused(&all.call, FAIL_INVALID, "x.json: not JSON");
    collected_release(&all);
}

static void a_map_that_makes_no_sense_is_refused(void **state)
{
    static const struct {
        const char *map, *part;
    } maps[] = {
        { "{\"pass\":\"ok\"}", "the map must say where 'case' comes from" },
        { "{\"case\":\"id\",\"modle\":\"m\"}", "the map names 'modle', which is not a field" },
        { "{\"case\":\"id\",\"model_answered\":\"m\"}", "names 'model_answered', which is not" },
        { "{\"case\":7}", "the map's 'case' must be a key, a JSON pointer" },
        { "{\"case\":{\"value\":1,\"from\":\"x\"}}", "the map's 'case' must be a key" },
        { "{\"case\":{\"unless\":1}}", "the map's 'case' must be given a pointer in 'from'" },
        { "{\"case\":{\"from\":\"a\",\"of\":1}}", "the map's 'case' holds 'of': from, until" },
        { "{\"case\":{\"from\":\"a\",\"as\":\"word\"}}", "given 'as' count, content, earliest" },
        { "{\"case\":{\"from\":\"a\",\"plus\":\"1\"}}", "given with a number in 'plus'" },
        { "{\"case\":\"a\",\"rows\":7}", "the map's 'rows' must be the name of a key" },
        { "{\"case\":\"a\",\"threshold\":\"x\"}", "the map's 'threshold' must be a number" },
        { "{\"case\":\"a\",\"attributes\":[]}", "the map's 'attributes' must be an object" },
        { "[]", "the map must be a JSON object" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        struct collected all;
        read_mapped(&all, maps[i].map, "[{}]");
        assert_refused(&all.call, FAIL_INVALID, maps[i].part);
        collected_release(&all);
    }
}

static void a_rule_on_a_value_that_it_does_not_fit_is_a_bad_line(void **state)
{
    static const struct {
        const char *rule, *value, *part;
    } rules[] = {
        { "{\"from\":\"/v\",\"plus\":1}", "\"a\"", "'/v' of the row, for 'score', is no number" },
        { "{\"from\":\"/v\",\"share\":\"x\"}", "1", "is neither a list nor an object" },
        { "{\"from\":\"/v\",\"as\":\"count\"}", "1", "is neither a list nor an object" },
        { "{\"from\":\"/v\",\"until\":\"/w\"}", "\"soon\"", "is no time" },
        { "{\"from\":\"/v\",\"before\":\"x\"}", "1", "is no text" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        struct collected all;
        char map[300], rows[200];
        snprintf(map, sizeof map,
                 "{\"suite\":{\"value\":\"s\"},\"case\":\"id\",\"pass\":\"ok\","
                 "\"score\":%s}",
                 rules[i].rule);
        snprintf(rows, sizeof rows, "[{\"id\":1,\"ok\":true,\"v\":%s,\"w\":\"2026-11-16\"}]",
                 rules[i].value);
        read_mapped(&all, map, rows);
        assert_int_equal(all.bads, 1);
        assert_non_null(strstr(all.bad[0].reason.at, rules[i].part));
        collected_release(&all);
    }
}

static void without_a_map_a_document_is_refused_with_the_known_names(void **state)
{
    struct collected all;
    (void)state;
    collect(&all, "map", "x.json", TEXT("{\"a\":1}"), NULL);
    assert_refused(&all.call, FAIL_INVALID,
                   "cannot tell the format of 'x.json': name one with "
                   "--format (inspect, ");
    collected_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terminal_bench_knows_timeouts_retries_and_uncounted_tokens),
        cmocka_unit_test(totals_that_differ_from_the_rows_keep_the_run_out),
        cmocka_unit_test(tau_bench_counts_trials_from_0_and_its_errors_are_none_of_the_case),
        cmocka_unit_test(a_pairwise_judge_gives_wins_and_sometimes_nothing),
        cmocka_unit_test(a_map_says_where_rows_and_fields_are),
        cmocka_unit_test(lines_of_json_are_rows_too),
        cmocka_unit_test(a_document_that_was_cut_keeps_its_whole_rows),
        cmocka_unit_test(a_map_that_makes_no_sense_is_refused),
        cmocka_unit_test(a_rule_on_a_value_that_it_does_not_fit_is_a_bad_line),
        cmocka_unit_test(without_a_map_a_document_is_refused_with_the_known_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
