/* Runs at rest: what makes two imports the same run, what a restatement keeps, what is told. */
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/evals_store.h"
#include "support/house.h"
#include "support/runs.h"

#define LINE(run, number, pass) \
    "{\"suite\":\"s\",\"run\":\"" run "\",\"case\":\"" number "\",\"pass\":" pass "}\n"
#define SAID(run, number, pass, more)                                                              \
    "{\"suite\":\"s\",\"run\":\"" run "\",\"case\":\"" number "\",\"pass\":" pass "," more "}\n"

static const struct import_options replacing = { .replace = true };

static void assert_counts(const struct import_report *report, size_t new_runs, size_t unchanged,
                          size_t replaced, size_t refused)
{
    if (report->refused_count != refused && report->refused_count)
        print_error("refused: %.*s\n", TEXT_FMT(report->refused[0].reason));
    assert_int_equal(report->new_runs.count, new_runs);
    assert_int_equal(report->unchanged.count, unchanged);
    assert_int_equal(report->replaced.count, replaced);
    assert_int_equal(report->refused_count, refused);
}

static int64_t case_number(struct test_house *test, const char *key)
{
    struct row row = test_titled(test, &eval_case_record, key);
    assert_true(row.id != 0);
    return value_as_int(row.value[EVAL_CASE_NUMBER]);
}

static const char *stored_word(struct test_house *test, const struct row *run)
{
    struct verdicts verdicts;
    assert_done(&test->call, stored_verdicts_read(&test->call, run_place(run), &verdicts));
    return test_word(&test->call, &verdicts);
}

static text input_hash_of(struct test_house *test, const char *key)
{
    struct row row = test_titled(test, &eval_case_record, key);
    assert_true(row.id != 0);
    return value_as_text(row.value[EVAL_CASE_INPUT_HASH]);
}

/* --- content --- */

static void the_same_results_in_another_order_and_file_are_the_same_run(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(
        test, "a.jsonl",
        SAID("r", "1", "true", "\"score\":0.5,\"slice\":\"x\"") LINE("r", "2", "false")
        SAID("r", "3", "null", "\"trial\":1") SAID("r", "3", "true", "\"trial\":2"), NULL);
    assert_counts(&report, 1, 0, 0, 0);
    report = test_import(
        test, "b.csv",
        "suite,run,case,pass,score,slice,trial\ns,r,3,true,,,2\ns,r,2,false,,,\n"
        "s,r,1,true,0.5,x,1\ns,r,3,,,,1\n", NULL);
    assert_counts(&report, 0, 1, 0, 0);
    assert_text(report.unchanged.name[0], "r");
    assert_text(value_as_text(test_run_row(test, "r").value[EVAL_RUN_FILE]), "a.jsonl");
    assert_int_equal(test_count(test, "eval_runs"), 1);
}

static void any_difference_of_content_is_refused_and_named(void **state)
{
    static const char original[] =
        SAID("r", "1", "true", "\"score\":0.5,\"started_at\":\"2026-11-16\",\"model\":\"a\"")
        SAID("r", "2", "false", "\"started_at\":\"2026-11-16\"");
    static const struct {
        const char *first, *second, *part;
    } cases[] = {
        { "\"started_at\":\"2026-11-17\",\"model\":\"a\"", "\"started_at\":\"2026-11-17\"",
          "started_at was 2026-11-16T00:00:00Z and is 2026-11-17T00:00:00Z" },
        { "\"model\":\"a\"", "\"score\":null",
          "started_at was 2026-11-16T00:00:00Z and is no date" },
        { "\"started_at\":\"2026-11-16\",\"model\":\"b\"", "\"started_at\":\"2026-11-16\"",
          "model was 'a' and is 'b'" },
        { "\"started_at\":\"2026-11-16\",\"model\":\"a\",\"judge\":\"j\"",
          "\"started_at\":\"2026-11-16\",\"judge\":\"j\"", "judge was '' and is 'j'" },
        { "\"started_at\":\"2026-11-16\",\"model\":\"a\"", "\"started_at\":\"2026-11-16\"",
          "scores, times, costs, slices or texts of results differ" },
    };
    struct test_house *test = *state;
    test_import(test, "a.jsonl", original, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        text file = call_format(&test->call, SAID("r", "1", "true", "%s")
                                SAID("r", "2", "false", "%s") LINE("new%zu", "1", "true"),
                                cases[i].first, cases[i].second, i);
        struct import_report report = test_import(test, "a.jsonl", file.at, NULL);
        assert_counts(&report, 1, 0, 0, 1); /* the other runs of the file are stored */
        if (text_find(report.refused[0].reason, text_of(cases[i].part)) == SIZE_MAX)
            print_error("%.*s\n", TEXT_FMT(report.refused[0].reason));
        assert_true(text_find(report.refused[0].reason, text_of(cases[i].part)) != SIZE_MAX);
        assert_int_equal(import_report_exit(&report), 1);
    }
    assert_int_equal(value_as_int(test_run_row(test, "r").value[EVAL_RUN_CONTENT]), 1);
}

static void a_refusal_names_the_first_case_that_differs(void **state)
{
    static const struct {
        const char *file, *sentence;
    } cases[] = {
        { LINE("r", "1", "true") LINE("r", "2", "true") LINE("r", "3", "true"),
          "run 'r' of 's' is here with other content: case '2' was fail and is pass; restate it "
          "with --replace, or give the new run its own name" },
        { LINE("r", "3", "true") LINE("r", "1", "true") LINE("r", "2", "false")
          LINE("r", "4", "true"), "case '4' is new" },
        { LINE("r", "1", "true") LINE("r", "3", "true"), "case '2' is missing" },
        { LINE("r", "1", "true") LINE("r", "2", "null") LINE("r", "3", "false"),
          "case '2' was fail and is unscored" },
        { SAID("r", "1", "true", "\"trial\":1") SAID("r", "1", "true", "\"trial\":2")
          LINE("r", "2", "false") LINE("r", "3", "true"), "it had 3 results and has 4" },
    };
    struct test_house *test = *state;
    test_import(test, "a.jsonl",
                LINE("r", "1", "true") LINE("r", "2", "false") LINE("r", "3", "true"), NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct import_report report = test_import(test, "a.jsonl", cases[i].file, NULL);
        assert_counts(&report, 0, 0, 0, 1);
        if (text_find(report.refused[0].reason, text_of(cases[i].sentence)) == SIZE_MAX)
            print_error("%.*s\n", TEXT_FMT(report.refused[0].reason));
        assert_true(text_find(report.refused[0].reason, text_of(cases[i].sentence)) != SIZE_MAX);
    }
    struct row run = test_run_row(test, "r");
    assert_string_equal(stored_word(test, &run), "PFP");
    assert_int_equal(test_count(test, "eval_cases"), 3); /* a refused run makes no case */
}

/* --- cases --- */

static void case_numbers_stay_when_a_suite_grows(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl", LINE("r1", "b", "true") LINE("r1", "a", "false"), NULL);
    assert_int_equal(case_number(test, "b"), 0);
    assert_int_equal(case_number(test, "a"), 1);
    test_import(test, "b.jsonl",
                LINE("r2", "c", "true") LINE("r2", "a", "true") LINE("r2", "b", "false"), NULL);
    assert_int_equal(case_number(test, "b"), 0);
    assert_int_equal(case_number(test, "a"), 1);
    assert_int_equal(case_number(test, "c"), 2);
    struct row first = test_run_row(test, "r1"), second = test_run_row(test, "r2");
    assert_string_equal(stored_word(test, &first), "PF");
    assert_string_equal(stored_word(test, &second), "FPP");
}

static void numbers_of_dropped_cases_are_not_given_again(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl", LINE("r1", "a", "true") LINE("r1", "b", "false"), NULL);
    rid last = test_titled(test, &eval_case_record, "b").id;
    test->call.all_rows = true;
    assert_done(&test->call, ledger_archive(&test->call, &eval_case_record, last));
    test->call.all_rows = false;
    test_import(test, "b.jsonl", LINE("r2", "b", "true") LINE("r2", "a", "true"), NULL);
    assert_int_equal(case_number(test, "b"), 2);
    struct row second = test_run_row(test, "r2");
    assert_string_equal(stored_word(test, &second), "P.P");
}

static void results_lie_in_the_order_of_the_suite(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl", LINE("r1", "a", "true") LINE("r1", "b", "false"), NULL);
    test_import(test, "b.jsonl",
                SAID("r2", "b", "true", "\"score\":2") SAID("r2", "a", "true", "\"score\":1"),
                NULL);
    assert_int_equal(test_count(test, "eval_column WHERE name IN ('case', 'trial', 'verdict')"), 0);
    struct row run = test_run_row(test, "r2");
    struct verdicts verdicts;
    struct stored_results stored;
    assert_done(&test->call,
                stored_verdicts_read(&test->call, run_place(&run), &verdicts) &&
                    columns_read_results(&test->call, run_place(&run), &verdicts, 2, &stored));
    assert_int_equal(stored.case_number[0], 0);
    assert_true(stored.real[RESULTS_SCORE][0] == 1 && stored.real[RESULTS_SCORE][1] == 2);
}

/* --- restating --- */

static void a_restatement_keeps_the_columns_of_the_earlier_content(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl", LINE("r", "1", "true") LINE("r", "2", "false"), NULL);
    struct row before = test_run_row(test, "r");
    struct import_report report =
        test_import(test, "b.jsonl", LINE("r", "1", "false") LINE("r", "2", "false"), &replacing);
    assert_counts(&report, 0, 0, 1, 0);
    struct row after = test_run_row(test, "r");
    assert_int_equal(after.id, before.id);
    assert_int_equal(value_as_int(after.value[EVAL_RUN_CONTENT]), 2);
    assert_int_equal(value_as_int(after.value[EVAL_RUN_PASSED]), 0);
    assert_text(value_as_text(after.value[EVAL_RUN_FILE]), "b.jsonl");
    assert_string_equal(stored_word(test, &before), "PF");
    assert_string_equal(stored_word(test, &after), "FF");
    report = test_import(test, "c.jsonl", LINE("r", "2", "false") LINE("r", "1", "false"),
                         &replacing);
    assert_counts(&report, 0, 1, 0, 0); /* nothing to restate */
}

static void after_an_undone_restatement_the_run_can_be_restated_again(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl", LINE("r", "1", "true"), NULL);
    test_import(test, "b.jsonl", LINE("r", "1", "false"), &replacing);
    assert_done(&test->call, ledger_undo(&test->call, change_id(&test->call)));
    struct row undone = test_run_row(test, "r");
    assert_string_equal(stored_word(test, &undone), "P");
    test_import(test, "c.jsonl", LINE("r", "1", "null"), &replacing);
    struct row again = test_run_row(test, "r");
    assert_string_equal(stored_word(test, &again), "U");
    assert_int_equal(value_as_int(again.value[EVAL_RUN_CONTENT]), 3);
}

static void an_undone_import_can_be_made_again(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl", LINE("r", "1", "true"), NULL);
    rid first = test_run_row(test, "r").id;
    assert_done(&test->call, ledger_undo(&test->call, change_id(&test->call)));
    assert_int_equal(test_titled(test, &eval_run_record, "r").id, 0);
    struct import_report report = test_import(test, "a.jsonl", LINE("r", "1", "true"), NULL);
    assert_counts(&report, 1, 0, 0, 0);
    assert_true(test_run_row(test, "r").id != first);
}

/* The line that could not be read is left out by now: the same results, and all of them. */
static void a_run_that_turns_out_complete_keeps_its_content(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl", LINE("r", "1", "true") LINE("r", "2", "maybe"), NULL);
    assert_text(value_as_text(test_run_row(test, "r").value[EVAL_RUN_STATUS]), "partial");
    struct import_report report = test_import(test, "b.jsonl", LINE("r", "1", "true"), NULL);
    assert_counts(&report, 0, 0, 0, 1);
    assert_true(text_find(report.refused[0].reason, TEXT("it was partial and is complete")) !=
                SIZE_MAX);
    report = test_import(test, "b.jsonl", LINE("r", "1", "true"), &replacing);
    assert_counts(&report, 0, 0, 1, 0);
    struct row run = test_run_row(test, "r");
    assert_text(value_as_text(run.value[EVAL_RUN_STATUS]), "complete");
    assert_int_equal(value_as_int(run.value[EVAL_RUN_CONTENT]), 1);
}

/* --- what is told --- */

static void equal_results_under_another_model_are_flagged(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(
        test, "a.jsonl",
        SAID("a", "1", "true", "\"model\":\"x\"") SAID("a", "2", "false", "\"model\":\"x\"")
        SAID("b", "1", "false", "\"model\":\"y\"") SAID("b", "2", "true", "\"model\":\"y\"")
        SAID("c", "1", "true", "\"model\":\"x\"") SAID("c", "2", "false", "\"model\":\"x\""), NULL);
    assert_null(test_note(&report, "same_results").at); /* same numbers; same model */
    report = test_import(
        test, "b.jsonl",
        SAID("d", "2", "false", "\"model\":\"z\"") SAID("d", "1", "true", "\"model\":\"z\""), NULL);
    assert_counts(&report, 1, 0, 0, 0);
    assert_text(test_note(&report, "same_results"),
                "runs 'a' and 'd' have the same results under different models: is one a copy?");
}

static void results_that_are_alike_number_for_number_are_flagged(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(
        test, "a.jsonl",
        SAID("a", "1", "true", "\"score\":0.71") SAID("a", "2", "false", "\"score\":0.2")
            SAID("b", "1", "true", "\"score\":0.72") SAID("b", "2", "false", "\"score\":0.2"),
        NULL);
    assert_null(test_note(&report, "same_results").at); /* one score is another */
    report = test_import(test, "b.jsonl",
                         SAID("c", "2", "false", "\"score\":0.2,\"started_at\":\"2026-11-16\"")
                             SAID("c", "1", "true", "\"score\":0.71,\"started_at\":\"2026-11-16\""),
                         NULL);
    assert_counts(&report, 1, 0, 0, 0);
    assert_text(test_note(&report, "same_results"),
                "runs 'a' and 'c' have the same results, number for number: is one a copy? The "
                "later one counts as no rerun; if it was measured anew: 'rondo eval-run set RUN-3 "
                "--is-rerun yes'");
    struct row run = test_run_row(test, "c");
    assert_int_equal(value_as_int(run.value[EVAL_RUN_SAME_AS]), test_run_row(test, "a").id);
    assert_false(value_is_null(run.value[EVAL_RUN_IS_RERUN]));
    assert_false(value_as_bool(run.value[EVAL_RUN_IS_RERUN]));
    run = test_run_row(test, "b");
    assert_true(value_is_null(run.value[EVAL_RUN_SAME_AS]));
    assert_true(value_is_null(run.value[EVAL_RUN_IS_RERUN]));
}

/* Another model's numbers to the last are no rerun either, and a question of their own. */
static void numbers_of_another_model_to_the_last_are_taken_for_a_copy(void **state)
{
    struct test_house *test = *state;
    struct import_report report =
        test_import(test, "a.jsonl",
                    SAID("a", "1", "true", "\"score\":0.71,\"model\":\"x\"")
                        SAID("b", "1", "true", "\"score\":0.71,\"model\":\"y\""),
                    NULL);
    assert_text(test_note(&report, "same_results"),
                "runs 'a' and 'b' have the same results under different models: is one a copy? The "
                "later one counts as no rerun; if it was measured anew: 'rondo eval-run set RUN-2 "
                "--is-rerun yes'");
    report = test_import(test, "b.jsonl", SAID("c", "1", "true", "\"score\":0.71,\"model\":\"y\""),
                         NULL);
    struct row run = test_run_row(test, "c"); /* one of its own model goes first */
    assert_int_equal(value_as_int(run.value[EVAL_RUN_SAME_AS]), test_run_row(test, "b").id);
}

/* What was said stays where the results do; other results are another question. */
static void what_was_said_of_a_copy_holds_for_these_results_alone(void **state)
{
    struct test_house *test = *state;
    struct call *call = &test->call;
    struct row run, said;
    test_import(test, "a.jsonl",
                SAID("a", "1", "true", "\"score\":0.71") SAID("b", "1", "true", "\"score\":0.71"),
                NULL);
    run = test_run_row(test, "b");
    assert_true(row_copy(call, &run, &said));
    said.value[EVAL_RUN_IS_RERUN] = VALUE_NONE;
    assert_false(ledger_update(call, &run, &said));
    assert_refused(call, FAIL_INVALID, "'b' has the results of an earlier run: say yes");
    said.value[EVAL_RUN_IS_RERUN] = value_bool(true);
    assert_true(ledger_update(call, &run, &said));
    struct import_report report = test_import(
        test, "b.jsonl", SAID("b", "1", "true", "\"score\":0.71,\"model\":\"x\""), &replacing);
    assert_counts(&report, 0, 0, 1, 0);
    assert_null(test_note(&report, "same_results").at);
    assert_true(value_as_bool(test_run_row(test, "b").value[EVAL_RUN_IS_RERUN]));
    test_import(test, "b.jsonl", SAID("b", "1", "true", "\"score\":0.72"), &replacing);
    run = test_run_row(test, "b");
    assert_true(value_is_null(run.value[EVAL_RUN_SAME_AS]));
    assert_true(value_is_null(run.value[EVAL_RUN_IS_RERUN]));
    assert_true(row_copy(call, &run, &said));
    said.value[EVAL_RUN_IS_RERUN] = value_bool(false);
    assert_false(ledger_update(call, &run, &said));
    assert_refused(call, FAIL_INVALID, "no earlier run has the results of 'b'");
}

/* They are flagged by a note of their own, and count. */
static void scores_that_only_repeat_verdicts_are_no_sign_of_a_copy(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(
        test, "a.jsonl",
        SAID("a", "1", "true", "\"score\":1") SAID("a", "2", "false", "\"score\":0")
            SAID("b", "1", "true", "\"score\":1") SAID("b", "2", "false", "\"score\":0"),
        NULL);
    assert_counts(&report, 2, 0, 0, 0);
    assert_null(test_note(&report, "same_results").at);
    assert_non_null(test_note(&report, "same_verdicts").at);
    struct row run = test_run_row(test, "b");
    assert_int_equal(value_as_int(run.value[EVAL_RUN_SAME_AS]), test_run_row(test, "a").id);
    assert_true(value_as_bool(run.value[EVAL_RUN_IS_RERUN]));
    report = test_import(
        test, "b.jsonl",
        SAID("c", "1", "true", "\"score\":1") SAID("c", "2", "true", "\"score\":0"), NULL);
    assert_null(test_note(&report, "same_verdicts").at);
}

/* Each asks for its like among those before it: only what is alike is read. */
static void many_runs_with_equal_results_fit_into_the_memory_of_a_call(void **state)
{
    enum { RUNS = 900 };
    struct test_house *test = *state;
    struct out file;
    out_init(&file, &test->call);
    for (int i = 0; i < RUNS; i++)
        for (int number = 1; number <= 2; number++)
            out_format(&file,
                       "{\"suite\":\"s\",\"run\":\"r%03d\",\"case\":\"%d\",\"pass\":%s,"
                       "\"model\":\"%s\"}\n",
                       i, number, number == 1 ? "true" : "false", i == RUNS - 1 ? "other" : "m");
    struct import_report report =
        test_import(test, "a.jsonl", call_string(&test->call, out_view(&file)), NULL);
    assert_counts(&report, RUNS, 0, 0, 0);
    assert_int_equal(report.note_count, 3); /* all are undated, and all but two like the first */
    assert_text(test_note(&report, "same_results"),
                "runs 'r000' and 'r899' have the same results under different models: is one a "
                "copy?");
}

/* A suite that has grown has longer bitsets; what they say of the earlier cases is the same. */
static void a_copy_is_found_after_the_suite_has_grown(void **state)
{
    struct test_house *test = *state;
    struct out file;
    test_import(test, "a.jsonl", SAID("a", "1", "true", "\"model\":\"x\"")
                                 SAID("a", "2", "false", "\"model\":\"x\""), NULL);
    out_init(&file, &test->call);
    for (int number = 1; number <= 300; number++)
        out_format(&file, SAID("b", "%d", "true", "\"model\":\"x\""), number);
    test_import(test, "b.jsonl", call_string(&test->call, out_view(&file)), NULL);
    struct import_report report =
        test_import(test, "c.jsonl", SAID("c", "1", "true", "\"model\":\"y\"")
                                     SAID("c", "2", "false", "\"model\":\"y\""), NULL);
    assert_text(test_note(&report, "same_results"),
                "runs 'a' and 'c' have the same results under different models: is one a copy?");
}

static void the_suites_own_threshold_decides_scores_without_a_verdict(void **state)
{
    struct test_house *test = *state;
    const struct import_options with_threshold = {
        .has_threshold = true, .threshold = 0.5, .threshold_metric = TEXT("score"),
    };
    static const char scores[] =
        "{\"suite\":\"s\",\"run\":\"%s\",\"case\":\"1\",\"score\":0.5}\n"
        "{\"suite\":\"s\",\"run\":\"%s\",\"case\":\"2\",\"score\":0.49}\n";
    struct call *call = &test->call;
    char *file = call_string(call, call_format(call, scores, "a", "a"));
    struct import_report report = test_import(test, "a.jsonl", file, NULL);
    assert_int_equal(report.bad_count, 2); /* no threshold yet */
    report = test_import(test, "a.jsonl", file, &with_threshold);
    assert_counts(&report, 1, 0, 0, 0);
    assert_text(value_as_text(
                    test_titled(test, &suite_record, "s").value[SUITE_THRESHOLD_METRIC]), "score");
    report = test_import(test, "b.jsonl", call_string(call, call_format(call, scores, "b", "b")),
                         NULL);
    assert_counts(&report, 1, 0, 0, 0);
    struct row run = test_run_row(test, "b");
    assert_string_equal(stored_word(test, &run), "PF");
}

static void texts_are_kept_only_where_the_suite_allows_it(void **state)
{
    static const char file[] = SAID("r", "1", "true", "\"input\":\"q\",\"expected\":\"e\"");
    struct test_house *test = *state;
    struct import_report report = test_import(test, "a.jsonl", file, NULL);
    assert_non_null(test_note(&report, "texts_left_out").at);
    assert_int_equal(test_count(test, "eval_column WHERE name IN ('input', 'expected')"), 0);
    report = test_import(test, "b.jsonl", LINE("r2", "1", "true"), NULL);
    assert_null(test_note(&report, "texts_left_out").at);
    struct row suite = test_titled(test, &suite_record, "s"), after;
    assert_done(&test->call, row_copy(&test->call, &suite, &after));
    after.value[SUITE_KEEPS_TEXTS] = value_bool(true);
    assert_done(&test->call, ledger_update(&test->call, &suite, &after));
    report = test_import(test, "a.jsonl", file, &replacing); /* as the note says */
    assert_counts(&report, 0, 0, 1, 0);
    assert_null(test_note(&report, "texts_left_out").at);
    assert_int_equal(test_count(test, "eval_column WHERE name IN ('input', 'expected')"), 2);
}

static void undated_runs_are_kept_and_told_of(void **state)
{
    struct test_house *test = *state;
    struct import_report report = test_import(test, "a.jsonl", LINE("r", "1", "true"), NULL);
    assert_non_null(test_note(&report, "undated").at);
    report = test_import(test, "b.jsonl", SAID("d", "1", "false", "\"started_at\":\"2026-11-16\""),
                         NULL);
    assert_null(test_note(&report, "undated").at);
    assert_int_equal(report.note_count, 0);
}

static void a_dry_run_tells_the_same_and_stores_nothing(void **state)
{
    struct test_house *test = *state;
    const struct import_options dry = { .dry_run = true };
    int64_t live = test_house_live(test);
    struct import_report report = test_import(
        test, "a.jsonl", LINE("r", "1", "true") LINE("r", "1", "false"), &dry);
    assert_counts(&report, 1, 0, 0, 0);
    assert_int_equal(report.bad_count, 1);
    assert_int_equal(test_house_live(test), live);
    assert_int_equal(test_count(test, "eval_column") + test_count(test, "eval_verdicts"), 0);
    assert_int_equal(test_count(test, "quarantine"), 0);
}

static void a_case_keeps_what_tells_its_first_input_apart(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl",
                SAID("r", "1", "true", "\"input\":\"Who?\"")
                    SAID("r", "2", "true", "\"input\":\"Who?\"")
                        SAID("r", "3", "true", "\"input\":\"who?\"")
                            SAID("r", "4", "true", "\"input\":\"\"") LINE("r", "5", "true"),
                NULL);
    text first = input_hash_of(test, "1");
    assert_int_equal(first.size, 16);
    assert_true(text_equal(input_hash_of(test, "2"), first));
    assert_int_equal(input_hash_of(test, "3").size, 16);
    assert_false(text_equal(input_hash_of(test, "3"), first));
    assert_null(input_hash_of(test, "4").at);
    assert_null(input_hash_of(test, "5").at);
    test_import(test, "b.jsonl",
                SAID("q", "1", "true", "\"input\":\"What?\"")
                    SAID("q", "5", "true", "\"input\":\"What?\""),
                NULL);
    assert_true(text_equal(input_hash_of(test, "1"), first));
    assert_null(input_hash_of(test, "5").at);
}

#define TURN(CASE, TRIAL, INPUT)                                                                   \
    SAID("r", CASE, "true", "\"trial\":" TRIAL ",\"input\":\"" INPUT "\"")

static void several_inputs_of_a_case_tell_it_apart_all_together(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl",
                TURN("1", "1", "Who?") TURN("1", "2", "Who?") TURN("2", "1", "Who?")
                    TURN("2", "2", "When?") TURN("3", "1", "Who?") TURN("3", "2", "Why?")
                        TURN("4", "1", "When?") TURN("4", "2", "Who?") TURN("4", "3", "When?")
                            TURN("5", "1", "Who?"),
                NULL);
    text one = input_hash_of(test, "1"), two = input_hash_of(test, "2");
    assert_true(text_equal(input_hash_of(test, "5"), one)); /* tries of one input are that one */
    assert_false(text_equal(two, one));
    assert_false(text_equal(input_hash_of(test, "3"), two));
    assert_true(text_equal(input_hash_of(test, "4"), two)); /* in whatever order they came */
}

static void surfaces_of_a_suite_share_its_cases(void **state)
{
    struct test_house *test = *state;
    test_import(test, "a.jsonl",
                SAID("r", "1", "true", "\"surface\":\"x\"")
                    SAID("r", "1", "false", "\"surface\":\"y\"")
                        SAID("r", "2", "true", "\"surface\":\"y\""),
                NULL);
    assert_int_equal(test_count(test, "eval_cases"), 2);
    assert_int_equal(test_count(test, "surfaces"), 2);
    assert_int_equal(test_count(test, "suites"), 1);
    assert_int_equal(test_count(test, "eval_runs"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(the_same_results_in_another_order_and_file_are_the_same_run),
        WITH_HOUSE(any_difference_of_content_is_refused_and_named),
        WITH_HOUSE(a_refusal_names_the_first_case_that_differs),
        WITH_HOUSE(case_numbers_stay_when_a_suite_grows),
        WITH_HOUSE(numbers_of_dropped_cases_are_not_given_again),
        WITH_HOUSE(results_lie_in_the_order_of_the_suite),
        WITH_HOUSE(a_restatement_keeps_the_columns_of_the_earlier_content),
        WITH_HOUSE(after_an_undone_restatement_the_run_can_be_restated_again),
        WITH_HOUSE(an_undone_import_can_be_made_again),
        WITH_HOUSE(a_run_that_turns_out_complete_keeps_its_content),
        WITH_HOUSE(equal_results_under_another_model_are_flagged),
        WITH_HOUSE(results_that_are_alike_number_for_number_are_flagged),
        WITH_HOUSE(numbers_of_another_model_to_the_last_are_taken_for_a_copy),
        WITH_HOUSE(what_was_said_of_a_copy_holds_for_these_results_alone),
        WITH_HOUSE(scores_that_only_repeat_verdicts_are_no_sign_of_a_copy),
        WITH_HOUSE(many_runs_with_equal_results_fit_into_the_memory_of_a_call),
        WITH_HOUSE(a_copy_is_found_after_the_suite_has_grown),
        WITH_HOUSE(the_suites_own_threshold_decides_scores_without_a_verdict),
        WITH_HOUSE(texts_are_kept_only_where_the_suite_allows_it),
        WITH_HOUSE(undated_runs_are_kept_and_told_of),
        WITH_HOUSE(a_dry_run_tells_the_same_and_stores_nothing),
        WITH_HOUSE(a_case_keeps_what_tells_its_first_input_apart),
        WITH_HOUSE(several_inputs_of_a_case_tell_it_apart_all_together),
        WITH_HOUSE(surfaces_of_a_suite_share_its_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
